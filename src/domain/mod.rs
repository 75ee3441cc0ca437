//! Rules and values of the product. No async, no IO, no clock, no randomness, no SQL, no HTTP,
//! nobody else's JSON: every function here gives the same answer for the same arguments.

pub mod id;
pub mod options;
pub mod refusal;
pub mod time;
pub mod view;
