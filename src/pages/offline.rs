//! The page that stands in for another one while there is no connection. The service worker keeps
//! it and shows it at the other one's address.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::text::{OfflineText, SiteText, Text};

const STYLES: [&str; 1] = ["css/message.css"];
const SCRIPTS: [&str; 1] = ["js/site.js"];

#[derive(Template)]
#[template(path = "offline.html", config = "src/pages/askama.toml")]
struct OfflinePage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    offline: &'a OfflineText,
}

/// The page, as it lies at `/offline`.
pub fn offline(frame: Frame, site_text: &SiteText) -> String {
    rendered(&OfflinePage {
        frame,
        text: frame.text,
        styles: &STYLES,
        scripts: &SCRIPTS,
        offline: &site_text.offline,
    })
}
