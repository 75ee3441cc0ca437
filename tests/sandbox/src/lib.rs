//! The outside world of `AnyTryOn` on localhost, as an independent reading of published contracts;
//! it shares no code with the product. So far: Kie AI, an `OpenID` provider as Google is one, and a
//! mail service.
//!
//! - [`config`]: command line and environment
//! - `server`: a listener each, one task a connection
//! - `api`: `/api/v1` as Kie answers it; `record`: what it says about a task
//! - `job`: the life of a task: fetch the inputs, draw, finish, call back
//! - `uploads`, `results`: Kie's file hosts
//! - `identity`: discovery, the choice of a person, tokens, keys
//! - `mail`: what would be sent, and a page that shows it; `html`: how pages are written
//! - `control`: `/_control`, where tests set faults and read what happened
//! - `world`: all state, behind one lock that is never held across an await

mod api;
mod callback;
pub mod config;
mod control;
mod faults;
mod fetch;
mod html;
mod identity;
mod job;
mod limits;
mod mail;
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
