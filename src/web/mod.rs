//! HTTP on plain types: one route table, thin handlers, one error table.
