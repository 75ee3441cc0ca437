//! Letters as mails: the same words as text and as HTML, and a foot that says who writes, why, and
//! how that ends.

use askama::Template;

use super::message::rendered;
use super::order::{fill, moment};
use super::text::{LetterText, MailText, Text};
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::site::Site;
use crate::domain::time::Millis;

/// The page that confirms an entry of the waitlist.
pub const CONFIRMATION_PATH: &str = "/waitlist/confirmation";
/// The page that ends one.
pub const UNSUBSCRIPTION_PATH: &str = "/waitlist/unsubscription";
/// The page that ends news to an account.
pub const NEWS_END_PATH: &str = "/account/unsubscription";
/// Where an account is seen to.
const ACCOUNT_PATH: &str = "/account";
/// Where deletion receipts are explained.
const RECEIPT_PATH: &str = "/security";
/// Where what is promised stands.
const POLICY_PATH: &str = "/privacy";

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject, one line.
    pub subject: String,
    /// The whole of it for programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one POST ends mails of this kind (RFC 8058), if they may be ended.
    pub unsubscribe: Option<String>,
}

struct Action {
    label: &'static str,
    url: String,
}

/// What a letter says before it has a shape.
struct Content {
    subject: String,
    lines: Vec<String>,
    action: Option<Action>,
    /// What is to be kept as it is.
    enclosed: Option<String>,
    /// Why it is sent; `{link}` stands for `why_link`.
    why: &'static str,
    why_link: Option<String>,
    unsubscribe: Option<String>,
}

#[derive(Template)]
#[template(path = "mail/letter.html", config = "src/pages/askama.toml")]
struct LetterPage<'a> {
    site: &'a Site,
    language: Language,
    subject: &'a str,
    lines: &'a [String],
    action: Option<&'a Action>,
    or_copy: &'static str,
    enclosed: Option<&'a str>,
    from: &'a str,
    why_before: &'a str,
    why_link: Option<&'a str>,
    why_after: &'a str,
}

/// A letter in the words of a language.
pub fn write(site: &Site, language: Language, letter: &Letter) -> Written {
    let desk = Desk { site, language, words: &Text::of(language).mail };
    let content = desk.content(letter);
    let from = desk.said(desk.words.from);
    let link = content.why_link.as_deref();
    let (before, after) = content.why.split_once("{link}").unwrap_or((content.why, ""));
    let page = LetterPage {
        site,
        language,
        subject: &content.subject,
        lines: &content.lines,
        action: content.action.as_ref(),
        or_copy: desk.words.or_copy,
        enclosed: content.enclosed.as_deref(),
        from: &from,
        why_before: before,
        why_link: link,
        why_after: after,
    };
    let html = rendered(&page);
    let why = format!("{before}{}{after}", link.unwrap_or_default());
    let mut parts = content.lines;
    parts.extend(content.action.map(|action| format!("{}:\n{}", action.label, action.url)));
    parts.extend(content.enclosed);
    parts.push(format!("-- \n{from}\n{why}"));
    let text = parts.join("\n\n");
    Written { subject: content.subject, text, html, unsubscribe: content.unsubscribe }
}

/// Whoever writes: for which site, in which words.
struct Desk<'a> {
    site: &'a Site,
    language: Language,
    words: &'static MailText,
}

impl Desk<'_> {
    fn content(&self, letter: &Letter) -> Content {
        let words = self.words;
        match letter {
            Letter::NewSignIn { device, at } => {
                let device = if device.is_empty() { words.unknown_device } else { device };
                let marks = [("device", device.to_owned()), ("time", time(*at))];
                self.of_account(&words.new_sign_in, &marks)
            }
            Letter::EmailChanged { at } => {
                self.of_account(&words.email_changed, &[("time", time(*at))])
            }
            Letter::DeletionScheduled { due_at } => {
                self.of_account(&words.deletion_scheduled, &[("time", time(*due_at))])
            }
            Letter::ExportReady { expires_at } => {
                self.of_account(&words.export_ready, &[("time", time(*expires_at))])
            }
            Letter::DeletionDone { receipt } => {
                let own = self.letter(&words.deletion_done, &[], RECEIPT_PATH, words.why_deleted);
                Content { enclosed: Some(receipt.clone()), ..own }
            }
            Letter::EmailChangeConfirm { path } => {
                self.letter(&words.email_change_confirm, &[], path, words.why_entered)
            }
            Letter::WaitlistConfirm { token } => {
                let path = format!("{CONFIRMATION_PATH}?token={token}");
                let own = self.letter(&words.waitlist_confirm, &[], &path, words.why_asked);
                let end = self.url(&format!("{UNSUBSCRIPTION_PATH}?token={token}"));
                Content { why_link: Some(end.clone()), unsubscribe: Some(end), ..own }
            }
            Letter::Waitlist { subject, text, token } => {
                let path = format!("{UNSUBSCRIPTION_PATH}?token={token}");
                self.of_many(subject, text, &path, words.why_waitlist)
            }
            Letter::News { subject, text, token } => {
                let path = format!("{NEWS_END_PATH}?token={token}");
                self.of_many(subject, text, &path, words.why_news)
            }
            Letter::Announcement { id: _, title, text } => self.announcement(title, text),
        }
    }

    fn of_account(&self, letter: &LetterText, marks: &[(&str, String)]) -> Content {
        let own = self.letter(letter, marks, ACCOUNT_PATH, self.words.why_account);
        Content { why_link: Some(self.url(ACCOUNT_PATH)), ..own }
    }

    fn letter(
        &self,
        letter: &LetterText,
        marks: &[(&str, String)],
        path: &str,
        why: &'static str,
    ) -> Content {
        let line = |line: &&str| {
            marks.iter().fold(self.said(line), |line, (name, value)| fill(&line, name, value))
        };
        Content {
            subject: line(&letter.subject),
            lines: letter.lines.iter().map(line).collect(),
            action: Some(Action { label: letter.action, url: self.url(path) }),
            enclosed: None,
            why,
            why_link: None,
            unsubscribe: None,
        }
    }

    /// What goes to many, who may end it under this path.
    fn of_many(&self, subject: &str, text: &str, path: &str, why: &'static str) -> Content {
        let end = self.url(path);
        Content {
            subject: subject.to_owned(),
            lines: text.split("\n\n").map(str::to_owned).collect(),
            action: None,
            enclosed: None,
            why,
            why_link: Some(end.clone()),
            unsubscribe: Some(end),
        }
    }

    fn announcement(&self, title: &str, text: &str) -> Content {
        let label = self.words.announcement_action;
        Content {
            subject: title.to_owned(),
            lines: vec![text.to_owned()],
            action: Some(Action { label, url: self.url(POLICY_PATH) }),
            enclosed: None,
            why: self.words.why_announced,
            why_link: Some(self.url(ACCOUNT_PATH)),
            unsubscribe: None,
        }
    }

    /// The full address of a path in the mail's language.
    fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.site.origin, self.language.path_prefix())
    }

    fn said(&self, line: &str) -> String {
        fill(&fill(line, "site", &self.site.name), "contact", &self.site.contact)
    }
}

/// A moment to the minute, the same in every language.
fn time(at: Millis) -> String {
    moment(&at.rfc3339()).words
}
