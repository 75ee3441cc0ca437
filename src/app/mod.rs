//! What the product does, one verb a file: load, decide, commit, act.
