//! The outside world of `AnyTryOn` on localhost. So far: Kie AI, as an independent reading of its
//! published contract; it shares no code with the product.
//!
//! - [`config`]: command line and environment
//! - `server`: three listeners, one task a connection
//! - `api`: `/api/v1` as Kie answers it; `record`: what it says about a task
//! - `job`: the life of a task: fetch the inputs, draw, finish, call back
//! - `uploads`, `results`: Kie's file hosts
//! - `control`: `/_control`, where tests set faults and read what happened
//! - `world`: all state, behind one lock that is never held across an await

mod api;
mod callback;
pub mod config;
mod control;
mod faults;
mod fetch;
mod job;
mod limits;
mod models;
mod picture;
mod record;
mod results;
mod server;
mod traces;
mod uploads;
mod wire;
mod world;

pub use callback::signature;
pub use server::{Sandbox, start};
