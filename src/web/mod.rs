//! HTTP on plain types: one route table, thin handlers, one error table.

pub mod rate_headers;
