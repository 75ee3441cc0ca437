//! The sandbox keeps to the contracts of the outside world, over real connections.
//!
//! - `outside`: a client, a host of input pictures, a callback receiver
//! - `jobs`: envelope, createTask, recordInfo, limits, credits
//! - `callbacks`: signature, retries, order of events
//! - `hosts`: uploads, results, temporary links
//! - `identity`: the `OpenID` provider; `identity_faults`: its faults
//! - `mail`: the mail service
//! - `faults`: every fault that can be armed does what it says
//! - `process`: the binary itself

mod callbacks;
mod faults;
mod hosts;
mod identity;
mod identity_faults;
mod jobs;
mod mail;
mod outside;
mod process;
