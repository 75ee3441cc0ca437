//! Every native test, in one binary.
