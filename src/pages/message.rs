//! Pages that say one thing: an error, or thanks.

use askama::Template;

use super::error::{ErrorNotice, Way, anchor, way_on, way_path};
use super::frame::Frame;
use super::text::Text;
use crate::domain::refusal::Code;

pub(super) const STYLES: [&str; 1] = ["css/message.css"];
pub(super) const SCRIPTS: [&str; 1] = ["js/site.js"];

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
    way_path: String,
    way_label: &'a str,
    /// Whether the way on is to sign in.
    leads_to_google: bool,
    /// Where the help page says more.
    help_anchor: Option<String>,
}

/// The page of one error. `status` is the HTTP status it is sent with.
pub fn error_page(frame: Frame, status: u16, notice: &ErrorNotice) -> String {
    let way = way_on(notice.code);
    // What was deleted as it should be is no error, and neither is it to be asked to sign in.
    let is_error =
        !matches!(notice.code, Code::Gone | Code::SignInRequired | Code::FreshSignInRequired);
    let page = MessagePage {
        frame,
        text: frame.text,
        path: "/",
        styles: &STYLES,
        scripts: &SCRIPTS,
        status: is_error.then_some(status),
        title: notice.title,
        detail: &notice.detail,
        code: is_error.then_some(notice.code.as_str()),
        request_id: notice.request_id.as_deref(),
        way_path: way_path(notice),
        way_label: label(frame.text, way),
        leads_to_google: way == Way::SignIn,
        help_anchor: Some(anchor(notice.code)),
    };
    rendered(&page)
}

/// What follows a waitlist form sent without JavaScript. The same for a new and a known address.
pub fn waitlist_thanks(frame: Frame) -> String {
    said(frame, frame.text.message.thanks_title, frame.text.message.thanks_detail)
}

/// A page that says what was done.
pub(super) fn said(frame: Frame, title: &str, detail: &str) -> String {
    let text = frame.text;
    let page = MessagePage {
        frame,
        text,
        path: "/",
        styles: &STYLES,
        scripts: &SCRIPTS,
        status: None,
        title,
        detail,
        code: None,
        request_id: None,
        way_path: Way::Home.path().to_owned(),
        way_label: label(text, Way::Home),
        leads_to_google: false,
        help_anchor: None,
    };
    rendered(&page)
}

/// A way on as its button says it.
const fn label(text: &Text, way: Way) -> &'static str {
    match way {
        Way::Home => text.message.way_home,
        Way::Again => text.message.way_again,
        Way::New => text.message.way_new,
        Way::Pricing => text.message.way_pricing,
        Way::Status => text.message.way_status,
        Way::SignIn => text.message.way_sign_in,
        Way::Account => text.message.way_account,
        Way::Contact => text.message.way_contact,
    }
}

/// Writing into a `String` cannot fail and no template here calls a fallible filter, so the empty
/// page is never seen.
pub(super) fn rendered(page: &impl Template) -> String {
    page.render().unwrap_or_default()
}
