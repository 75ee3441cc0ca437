//! The page on which the receipt of a deletion is fetched.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::order::moment;
use super::text::{Text, VERIFY};
use crate::domain::receipt::readable;

const STYLES: [&str; 1] = ["css/deletion.css"];
const SCRIPTS: [&str; 2] = ["js/site.js", "js/account.js"];

/// What the page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptView<'a> {
    /// The form.
    Ask,
    /// The form again: what was typed is no code.
    NoCode,
    /// The form again: there is no receipt for the code.
    Unknown,
    /// The receipt.
    Claimed {
        /// The code, to ask for the same as a file.
        code: &'a str,
        /// The signed receipt.
        receipt: &'a str,
        /// Until when it waits.
        expires_at: &'a str,
    },
}

struct Claimed<'a> {
    code: &'a str,
    receipt: &'a str,
    says: String,
    machine: &'a str,
    until: (&'static str, String, &'static str),
}

#[derive(Template)]
#[template(path = "receipt.html", config = "src/pages/askama.toml")]
struct ReceiptPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    refused: Option<&'static str>,
    claimed: Option<Claimed<'a>>,
    verification: &'static str,
}

/// The page on which the receipt of a deletion is fetched.
pub fn receipt(frame: Frame, view: &ReceiptView) -> String {
    let text = frame.text;
    let refused = match view {
        ReceiptView::Ask | ReceiptView::Claimed { .. } => None,
        ReceiptView::NoCode => Some(text.deletion.no_code),
        ReceiptView::Unknown => Some(text.deletion.unknown),
    };
    let claimed = match *view {
        ReceiptView::Ask | ReceiptView::NoCode | ReceiptView::Unknown => None,
        ReceiptView::Claimed { code, receipt, expires_at } => {
            let line = text.deletion.waits_until;
            let (before, after) = line.split_once("{time}").unwrap_or((line, ""));
            Some(Claimed {
                code,
                receipt,
                says: readable(receipt).unwrap_or_default(),
                machine: expires_at,
                until: (before, moment(expires_at).words, after),
            })
        }
    };
    let page = ReceiptPage {
        frame,
        text,
        path: "/receipt",
        styles: &STYLES,
        scripts: &SCRIPTS,
        refused,
        claimed,
        verification: VERIFY,
    };
    rendered(&page)
}
