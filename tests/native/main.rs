//! Every native test, in one binary.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what supports the tests may stop them just as a test itself does"
)]

mod account_lives;
mod asks;
mod authorization;
mod choices;
mod crc32;
mod credits;
mod deletion;
mod drawings;
mod exports;
mod fingerprint;
mod handlers;
mod identity;
mod image;
mod image_fixtures;
mod interface;
mod journey;
mod keep;
mod leftovers;
mod limits;
mod link;
mod machine;
mod mail_address;
mod network;
mod order_id;
mod pages;
mod policy;
mod prompt;
mod provider;
mod random;
mod return_path;
mod simulation;
mod site;
mod sql;
mod sweep;
mod tidy;
mod uploads;
mod words;
mod world;
mod zip;
