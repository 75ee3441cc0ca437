//! Pages that say one thing: an error, or thanks.

use std::borrow::Cow;

use askama::Template;

use super::frame::Frame;
use super::text::Text;

const STYLES: [&str; 1] = ["css/message.css"];
const SCRIPTS: [&str; 1] = ["js/site.js"];

/// An error as a visitor reads it, on a page of its own or in the form it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorNotice {
    /// The code of the HTTP interface.
    pub code: &'static str,
    /// A few words.
    pub title: Cow<'static, str>,
    /// The cause and the fix.
    pub detail: Cow<'static, str>,
    /// The form field it is about, by its name on the wire.
    pub field: Option<&'static str>,
    /// What to name when asking for help.
    pub request_id: Option<String>,
}

#[derive(Template)]
#[template(path = "message.html", config = "src/pages/askama.toml")]
struct MessagePage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    status: Option<u16>,
    title: &'a str,
    detail: &'a str,
    code: Option<&'static str>,
    request_id: Option<&'a str>,
}

/// The page of one error. `status` is the HTTP status it is sent with.
pub fn error_page(frame: Frame, status: u16, notice: &ErrorNotice) -> String {
    let page = MessagePage {
        frame,
        text: frame.text,
        path: "/",
        styles: &STYLES,
        scripts: &SCRIPTS,
        status: Some(status),
        title: &notice.title,
        detail: &notice.detail,
        code: Some(notice.code),
        request_id: notice.request_id.as_deref(),
    };
    rendered(&page)
}

/// What follows a waitlist form sent without JavaScript. The same for a new and a known address.
pub fn waitlist_thanks(frame: Frame) -> String {
    let text = frame.text;
    let page = MessagePage {
        frame,
        text,
        path: "/",
        styles: &STYLES,
        scripts: &SCRIPTS,
        status: None,
        title: text.message.thanks_title,
        detail: text.message.thanks_detail,
        code: None,
        request_id: None,
    };
    rendered(&page)
}

/// Writing into a `String` cannot fail and no template here calls a fallible filter, so the empty
/// page is never seen.
pub(super) fn rendered(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
