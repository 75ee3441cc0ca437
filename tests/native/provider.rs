//! Kie's wire language: requests against the published inputs, replies of both eras, callbacks
//! and result links.

mod callbacks;
mod origins;
mod replies;
mod requests;
