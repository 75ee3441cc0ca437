//! Rules and values of the product. No async, no IO, no clock, no randomness, no SQL, no HTTP,
//! nobody else's JSON: every function here gives the same answer for the same arguments.

pub mod account;
pub mod asks;
pub mod asset;
pub mod count;
pub mod crc32;
pub mod credits;
pub mod device;
pub mod fingerprint;
pub mod hex;
pub mod id;
pub mod image;
pub mod keyring;
pub mod language;
pub mod letter;
pub mod limits;
pub mod link;
pub mod mac;
pub mod mail_address;
pub mod network;
pub mod options;
pub mod order;
pub mod problem;
pub mod prompt;
pub mod queue;
pub mod refusal;
pub mod return_path;
pub mod rules;
pub mod service;
pub mod session;
pub mod site;
pub mod time;
pub mod uploads;
pub mod view;
pub mod zip;
