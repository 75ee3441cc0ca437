//! What the world offers, as traits.
