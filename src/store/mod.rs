//! Every SQL statement, as data, and the decoding of rows into domain values.
