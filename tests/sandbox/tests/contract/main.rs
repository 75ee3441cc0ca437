//! The sandbox keeps to Kie's contract, over real connections.
//!
//! - `outside`: a client, a host of input pictures, a callback receiver
//! - `jobs`: envelope, createTask, recordInfo, limits, credits
//! - `callbacks`: signature, retries, order of events
//! - `hosts`: uploads, results, temporary links
//! - `faults`: every fault that can be armed does what it says
//! - `process`: the binary itself

mod callbacks;
mod faults;
mod hosts;
mod jobs;
mod outside;
mod process;
