//! The pages that mails to the waitlist and news lead to: each asks for one deed, and says that it
//! is done.

use askama::Template;

use super::frame::Frame;
use super::mail::{CONFIRMATION_PATH, NEWS_END_PATH, UNSUBSCRIPTION_PATH};
use super::message::{SCRIPTS, STYLES, rendered, said};
use super::text::Text;

#[derive(Template)]
#[template(path = "deed.html", config = "src/pages/askama.toml")]
struct DeedPage<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'static str,
    styles: &'static [&'static str],
    scripts: &'static [&'static str],
    title: &'a str,
    detail: &'a str,
    label: &'a str,
    action: String,
}

fn deed(frame: Frame, words: [&str; 3], path: &str, token: &str) -> String {
    let [title, detail, label] = words;
    rendered(&DeedPage {
        frame,
        text: frame.text,
        path: "/",
        styles: &STYLES,
        scripts: &SCRIPTS,
        title,
        detail,
        label,
        action: format!("{}?token={token}", frame.href(path)),
    })
}

/// Asks whether the owner of an address wants to be on the waitlist.
pub fn waitlist_confirmation(frame: Frame, token: &str) -> String {
    let words = &frame.text.mail.waitlist;
    let words = [words.confirm_title, words.confirm_detail, words.confirm];
    deed(frame, words, CONFIRMATION_PATH, token)
}

/// Says that the address is on the waitlist.
pub fn waitlist_confirmed(frame: Frame) -> String {
    let words = &frame.text.mail.waitlist;
    said(frame, words.confirmed_title, words.confirmed_detail)
}

/// Asks whether the owner of an address wants to leave the waitlist.
pub fn waitlist_unsubscription(frame: Frame, token: &str) -> String {
    let words = &frame.text.mail.waitlist;
    let words = [words.leave_title, words.leave_detail, words.leave];
    deed(frame, words, UNSUBSCRIPTION_PATH, token)
}

/// Says that the address is not on the waitlist any more.
pub fn waitlist_left(frame: Frame) -> String {
    let words = &frame.text.mail.waitlist;
    said(frame, words.left_title, words.left_detail)
}

/// Asks whether the owner of an account wants no more news by mail.
pub fn news_unsubscription(frame: Frame, token: &str) -> String {
    let words = &frame.text.mail.news;
    deed(frame, [words.end_title, words.end_detail, words.end], NEWS_END_PATH, token)
}

/// Says that there will be no more news.
pub fn news_ended(frame: Frame) -> String {
    let words = &frame.text.mail.news;
    said(frame, words.ended_title, words.ended_detail)
}
