//! Page templates and message catalogues: domain views in, HTML out. No page knows a request, a
//! status code's meaning or a signed link's making; whoever calls has decided all that.
//!
//! Every word a visitor reads is in [`text`], also those that the scripts in `public/js/` show: the
//! pages carry them in a `<template id="page-text">`. The markup of an order exists once, in
//! `order_panel.html`: the order page holds it filled, the home page holds it blank for the script
//! that opens a new order in place.

mod account;
mod account_deletion;
mod account_exports;
mod article;
mod consent;
mod data_tables;
mod deed;
mod drawings;
mod error;
mod form;
mod frame;
mod history;
mod home;
pub mod mail;
mod manifest;
mod message;
mod offline;
mod order;
mod prose;
mod receipt;
pub mod samples;
mod script_text;
mod sitemap;
mod status;
pub mod text;

pub use account::{AccountNotice, AccountPart, EmailConfirmation, account, email_confirmation};
pub use account_deletion::{DeletionView, account_deletion};
pub use account_exports::{ExportsPart, export_index, exports_part};
pub use article::{Costs, articles};
pub use consent::headers;
pub use deed::{
    news_ended, news_unsubscription, waitlist_confirmation, waitlist_confirmed, waitlist_left,
    waitlist_unsubscription,
};
pub use error::ErrorNotice;
pub use form::{FormState, GARMENT_IMAGES_MAX, IMAGES_BYTES_MAX, refused_form};
pub use frame::Frame;
pub use history::history;
pub use home::home;
pub use manifest::{SHARED_PHOTO, manifest};
pub use message::{error_page, waitlist_thanks};
pub use offline::offline;
pub use order::{REFRESH_SECONDS, choice_words, order};
pub use receipt::{ReceiptView, receipt};
pub use sitemap::{STATIC_PATHS, robots, sitemap};
pub use status::status;
