//! `AnyTryOn`: virtual try-on as one Cloudflare Worker. Dependencies point inward:
//! edge -> web -> app -> {store, provider, identity, ports} -> domain, and beside them policy,
//! which says what is promised about data. `tests/native/tidy.rs` enforces it.

pub mod domain;
pub mod identity;
pub mod policy;
pub mod ports;
pub mod provider;
pub mod store;

pub mod app;
pub mod pages;
pub mod web;

#[cfg(target_arch = "wasm32")]
pub mod edge;
