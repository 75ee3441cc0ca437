//! What a visitor is told of an error, and where it leads on. Pages and scripts both take their
//! words from here.

use std::borrow::Cow;

use super::order::fill;
use super::text::Text;
use crate::domain::language::Language;
use crate::domain::refusal::{Code, Refusal};

/// Below this many seconds a wait is a moment; so that no sentence has to say "1 seconds".
const SECONDS_FROM: u32 = 10;
/// From this many seconds on a wait is told in minutes.
const MINUTES_FROM_SECONDS: u32 = 100;
/// From this many seconds on a wait is told in hours.
const HOURS_FROM_SECONDS: u32 = 100 * 60;

/// An error as a visitor reads it, on a page of its own or in the form it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorNotice {
    /// The code of the HTTP interface.
    pub code: Code,
    /// A few words.
    pub title: &'static str,
    /// The cause and the fix.
    pub detail: Cow<'static, str>,
    /// The form field it is about, by its name on the wire.
    pub field: Option<&'static str>,
    /// What to name when asking for help.
    pub request_id: Option<String>,
    /// Where a sign-in leads back to, if that is the way on.
    pub return_to: Option<String>,
}

impl ErrorNotice {
    /// A refusal in the words of a language.
    pub fn of(text: &Text, refusal: &Refusal, request_id: Option<&str>) -> Self {
        let words = text.message.error(refusal.code);
        let own = fill(detail_line(text, refusal.code), "detail", &refusal.detail);
        let detail = match refusal.retry_after_seconds {
            Some(seconds) => format!("{own}{}{}", text.message.between, wait(text, seconds)),
            None => own,
        };
        Self {
            code: refusal.code,
            title: words.title,
            detail: detail.into(),
            field: refusal.field,
            request_id: request_id.map(str::to_owned),
            return_to: None,
        }
    }
}

/// What a page says about this code. The HTTP interface speaks English, and to some errors it says
/// more than a catalogue can (which field, which limit); an English page keeps that, at `{detail}`.
pub(super) fn detail_line(text: &Text, code: Code) -> &'static str {
    match (text.language, is_particular(code)) {
        (Language::En, true) => "{detail}",
        (Language::En | Language::Es | Language::De | Language::Zh, _) => {
            text.message.error(code).detail
        }
    }
}

/// Whether the interface's detail depends on the case and not on the code alone.
const fn is_particular(code: Code) -> bool {
    match code {
        Code::InputInvalid
        | Code::ImageFormatUnsupported
        | Code::ImageTooLarge
        | Code::ImageTooSmall
        | Code::ImageUnreadable
        | Code::BodyTooLarge
        | Code::ConsentRequired
        | Code::TrialExhausted
        | Code::RateLimited
        | Code::OrderFinal => true,
        Code::NotFound
        | Code::Gone
        | Code::LinkInvalid
        | Code::IdempotencyMismatch
        | Code::IdempotencyRunning
        | Code::CrossSiteRequest
        | Code::MethodNotAllowed
        | Code::SignInRequired
        | Code::FreshSignInRequired
        | Code::SignInFailed
        | Code::ProcessingRestricted
        | Code::SignatureInvalid
        | Code::ProviderRejected
        | Code::ContentModeration
        | Code::ProviderFailed
        | Code::ProviderTimeout
        | Code::ProviderBusy
        | Code::Unavailable
        | Code::Internal => false,
    }
}

fn wait(text: &Text, seconds: u32) -> String {
    if seconds < SECONDS_FROM {
        text.message.wait_moment.to_owned()
    } else if seconds < MINUTES_FROM_SECONDS {
        fill(text.message.wait_seconds, "seconds", &seconds)
    } else if seconds < HOURS_FROM_SECONDS {
        fill(text.message.wait_minutes, "minutes", &seconds.div_ceil(60))
    } else {
        fill(text.message.wait_hours, "hours", &seconds.div_ceil(60 * 60))
    }
}

/// Where an error leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To the start page.
    Home,
    /// To the form, with what was wrong put right.
    Again,
    /// To the form, for another picture.
    New,
    /// To what is free and what is not.
    Pricing,
    /// To how the product is.
    Status,
    /// To Google, and back to the start page.
    SignIn,
    /// To the account.
    Account,
    /// To whom to write.
    Contact,
}

impl Way {
    /// The page's path without a language.
    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Home | Self::Again | Self::New => "/",
            Self::Pricing => "/pricing",
            Self::Status => "/status",
            Self::SignIn => "/auth/google",
            Self::Account => "/account",
            Self::Contact => "/help#contact",
        }
    }
}

/// The way on from each error.
pub(super) const fn way_on(code: Code) -> Way {
    match code {
        Code::InputInvalid
        | Code::ImageFormatUnsupported
        | Code::ImageTooLarge
        | Code::ImageTooSmall
        | Code::ImageUnreadable
        | Code::BodyTooLarge
        | Code::ConsentRequired
        | Code::IdempotencyMismatch
        | Code::IdempotencyRunning
        | Code::ProviderRejected
        | Code::ContentModeration
        | Code::ProviderFailed
        | Code::ProviderTimeout => Way::Again,
        Code::Gone | Code::OrderFinal => Way::New,
        Code::TrialExhausted => Way::Pricing,
        Code::ProviderBusy | Code::Unavailable => Way::Status,
        Code::Internal | Code::SignatureInvalid => Way::Contact,
        Code::RateLimited
        | Code::NotFound
        | Code::LinkInvalid
        | Code::CrossSiteRequest
        | Code::MethodNotAllowed => Way::Home,
        Code::SignInRequired | Code::FreshSignInRequired | Code::SignInFailed => Way::SignIn,
        Code::ProcessingRestricted => Way::Account,
    }
}

/// The path of that way. A sign-in leads back to what it was needed for, anew if it must be fresh.
pub(super) fn way_path(notice: &ErrorNotice) -> String {
    let way = way_on(notice.code);
    let Some(return_to) = notice.return_to.as_deref().filter(|_| way == Way::SignIn) else {
        return way.path().to_owned();
    };
    let encoded: String = form_urlencoded::byte_serialize(return_to.as_bytes()).collect();
    let fresh = if notice.code == Code::FreshSignInRequired { "&fresh=on" } else { "" };
    format!("{}?return_to={encoded}{fresh}", way.path())
}

/// Where the help page explains a code: the same in every language.
pub(super) fn anchor(code: Code) -> String {
    format!("error-{}", code.as_str().replace('_', "-"))
}

/// The codes by their names on the wire, of which two codes may share one, and then all words.
pub(super) fn named_codes() -> Vec<Code> {
    let mut named: Vec<Code> = vec![];
    for code in Code::ALL {
        if !named.iter().any(|known| known.as_str() == code.as_str()) {
            named.push(code);
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::text::EN;

    const GERMAN: Text = Text { language: Language::De, ..EN };

    fn said(text: &Text, refusal: &Refusal) -> String {
        ErrorNotice::of(text, refusal, None).detail.into_owned()
    }

    #[test]
    fn every_code_has_words_of_its_own() {
        let mut titles: Vec<&str> = vec![];
        for code in named_codes() {
            let words = EN.message.error(code);
            assert!(!titles.contains(&words.title), "{code:?} has the title of another");
            titles.push(words.title);
            assert!(words.title.len() < 60 && !words.title.ends_with('.'), "{code:?}");
            assert!(words.detail.ends_with('.') && words.detail.len() > 40, "{code:?}");
            assert_eq!(Code::parse(code.as_str()), Some(code));
        }
        assert_eq!(titles.len(), Code::ALL.len() - 1, "two codes share a name");
    }

    #[test]
    fn only_an_english_page_keeps_what_the_interface_says_of_the_case() {
        let refusal = Refusal::field(Code::ImageTooSmall, "person_image", "It has 12 x 9 pixels.");
        assert_eq!(said(&EN, &refusal), "It has 12 x 9 pixels.");
        assert_eq!(said(&GERMAN, &refusal), GERMAN.message.error(refusal.code).detail);
        let gone = Refusal::new(Code::Gone, "The interface's words.");
        assert_eq!(said(&EN, &gone), EN.message.error(Code::Gone).detail);
    }

    #[test]
    fn an_error_that_passes_says_when() {
        let after = |seconds| {
            let refusal = Refusal::new(Code::RateLimited, "Wait.").retry_after(seconds);
            said(&EN, &refusal).replace("Wait. You can try again in ", "")
        };
        assert_eq!(after(1), "a few seconds.");
        assert_eq!(after(10), "10 seconds.");
        assert_eq!(after(99), "99 seconds.");
        assert_eq!(after(100), "2 minutes.");
        assert_eq!(after(5_999), "100 minutes.");
        assert_eq!(after(6_000), "about 2 hours.");
        assert_eq!(after(86_400), "about 24 hours.");
    }
}
