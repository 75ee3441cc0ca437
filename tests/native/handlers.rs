//! The real handlers over the native world, topic by topic. `site::send` holds each answer against
//! the document, the security headers and the log.

mod account;
mod account_email;
mod account_portrait;
mod announcing;
mod bad_pictures;
mod changing;
mod cross_site;
mod history;
mod idempotency;
mod logs;
mod mails;
mod methods;
mod networks;
mod news;
mod operator;
mod pictures;
mod placing;
mod reading;
mod reporting;
mod service;
mod signing_in;
mod sizes;
mod status;
mod trial;
mod uploads;
mod visitor;
mod waitlist;
