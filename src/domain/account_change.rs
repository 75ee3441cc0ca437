//! What a person changes about the account: names and values as they are on the wire, parsed.

use super::account::Theme;
use super::language::Language;
use super::mail_address::MailAddress;
use super::person_name::typed_name;
use super::refusal::{Code, Refusal};
use super::time::DAY_MS;

/// How long another mail address waits to be confirmed.
pub const EMAIL_CHANGE_LIFE_MS: i64 = DAY_MS;
/// The fields that can be changed.
pub const FIELDS: [&str; 6] = ["name", "email", "language", "theme", "marketing", "objection"];

/// A mail address that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmailWish {
    /// This one, once its owner confirms it.
    Change(MailAddress),
    /// None but the present one: a change that waits for its confirmation is forgotten.
    Keep,
}

/// What is to be changed; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountChange {
    /// The name.
    pub name: Option<String>,
    /// The mail address.
    pub email: Option<EmailWish>,
    /// The language of mails and of a new device.
    pub language: Option<Language>,
    /// The theme of a new device.
    pub theme: Option<Theme>,
    /// Whether news come by mail.
    pub marketing: Option<bool>,
    /// Whether the person objects to being counted in statistics.
    pub objection: Option<bool>,
}

impl AccountChange {
    /// Takes one field; a later one of the same name replaces it.
    pub fn take(&mut self, name: &str, value: &str) -> Result<(), Refusal> {
        match name {
            "name" => self.name = Some(typed_name(value)?),
            "email" => self.email = Some(wish(value)?),
            "language" => self.language = Some(known("language", Language::parse(value))?),
            "theme" => self.theme = Some(known("theme", Theme::parse(value))?),
            "marketing" => self.marketing = Some(known("marketing", truth(value))?),
            "objection" => self.objection = Some(known("objection", truth(value))?),
            _ => {
                let detail = format!("Fields that can be changed: {}.", FIELDS.join(", "));
                return Err(Refusal::new(Code::InputInvalid, detail));
            }
        }
        Ok(())
    }
}

fn wish(value: &str) -> Result<EmailWish, Refusal> {
    if value.is_empty() {
        return Ok(EmailWish::Keep);
    }
    Ok(EmailWish::Change(MailAddress::parse(value)?))
}

fn truth(value: &str) -> Option<bool> {
    match value {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

fn known<T>(field: &'static str, value: Option<T>) -> Result<T, Refusal> {
    let detail = "This value is not offered; /openapi.json lists those that are.";
    value.ok_or_else(|| Refusal::field(Code::InputInvalid, field, detail))
}
