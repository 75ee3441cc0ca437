//! The wire language of `OpenID` Connect as Google speaks it, pure: requests out, replies and
//! tokens in. No IO, no clock.

pub mod discovery;
pub mod keys;
pub mod portrait;
pub mod reply;
pub mod request;
pub mod secrets;
pub mod token;

mod address;
