//! Pages that say one thing, and what errors mean.

use crate::domain::refusal::Code;

/// An error for people.
pub struct ErrorText {
    /// A few words.
    pub(in crate::pages) title: &'static str,
    /// The cause and the fix, in one to three sentences.
    pub(in crate::pages) detail: &'static str,
}

/// Every error, by its name on the wire.
pub struct ErrorTexts {
    pub(in crate::pages) input_invalid: ErrorText,
    pub(in crate::pages) image_format_unsupported: ErrorText,
    pub(in crate::pages) image_too_large: ErrorText,
    pub(in crate::pages) image_too_small: ErrorText,
    pub(in crate::pages) image_unreadable: ErrorText,
    pub(in crate::pages) body_too_large: ErrorText,
    pub(in crate::pages) consent_required: ErrorText,
    pub(in crate::pages) trial_exhausted: ErrorText,
    pub(in crate::pages) rate_limited: ErrorText,
    pub(in crate::pages) not_found: ErrorText,
    pub(in crate::pages) gone: ErrorText,
    pub(in crate::pages) link_invalid: ErrorText,
    pub(in crate::pages) idempotency_conflict: ErrorText,
    pub(in crate::pages) cross_site_request: ErrorText,
    pub(in crate::pages) method_not_allowed: ErrorText,
    pub(in crate::pages) sign_in_required: ErrorText,
    pub(in crate::pages) fresh_sign_in_required: ErrorText,
    pub(in crate::pages) sign_in_failed: ErrorText,
    pub(in crate::pages) processing_restricted: ErrorText,
    pub(in crate::pages) signature_invalid: ErrorText,
    pub(in crate::pages) order_final: ErrorText,
    pub(in crate::pages) provider_rejected: ErrorText,
    pub(in crate::pages) content_moderation: ErrorText,
    pub(in crate::pages) provider_failed: ErrorText,
    pub(in crate::pages) provider_timeout: ErrorText,
    pub(in crate::pages) provider_busy: ErrorText,
    pub(in crate::pages) unavailable: ErrorText,
    pub(in crate::pages) internal: ErrorText,
}

/// Pages that say one thing, and what errors mean.
pub struct MessageText {
    pub(in crate::pages) error_status: &'static str,
    pub(in crate::pages) error_code: &'static str,
    pub(in crate::pages) request_id: &'static str,
    pub(in crate::pages) errors: ErrorTexts,
    /// Between two sentences: a space, or nothing where the script has none.
    pub(in crate::pages) between: &'static str,
    /// When to try again, as a sentence of its own; so the three that follow.
    pub(in crate::pages) wait_moment: &'static str,
    /// `{seconds}`: at least 10.
    pub(in crate::pages) wait_seconds: &'static str,
    /// `{minutes}`: at least 2.
    pub(in crate::pages) wait_minutes: &'static str,
    /// `{hours}`: at least 2.
    pub(in crate::pages) wait_hours: &'static str,
    /// Buttons that lead on from an error.
    pub(in crate::pages) way_home: &'static str,
    pub(in crate::pages) way_again: &'static str,
    pub(in crate::pages) way_new: &'static str,
    pub(in crate::pages) way_pricing: &'static str,
    pub(in crate::pages) way_status: &'static str,
    pub(in crate::pages) way_sign_in: &'static str,
    pub(in crate::pages) way_account: &'static str,
    pub(in crate::pages) way_contact: &'static str,
    pub(in crate::pages) more_help: &'static str,
    pub(in crate::pages) thanks_title: &'static str,
    pub(in crate::pages) thanks_detail: &'static str,
}

impl MessageText {
    /// The words of an error; two codes of one name on the wire have the same.
    pub(in crate::pages) const fn error(&self, code: Code) -> &ErrorText {
        let all = &self.errors;
        match code {
            Code::InputInvalid => &all.input_invalid,
            Code::ImageFormatUnsupported => &all.image_format_unsupported,
            Code::ImageTooLarge => &all.image_too_large,
            Code::ImageTooSmall => &all.image_too_small,
            Code::ImageUnreadable => &all.image_unreadable,
            Code::BodyTooLarge => &all.body_too_large,
            Code::ConsentRequired => &all.consent_required,
            Code::TrialExhausted => &all.trial_exhausted,
            Code::RateLimited => &all.rate_limited,
            Code::NotFound => &all.not_found,
            Code::Gone => &all.gone,
            Code::LinkInvalid => &all.link_invalid,
            Code::IdempotencyMismatch | Code::IdempotencyRunning => &all.idempotency_conflict,
            Code::CrossSiteRequest => &all.cross_site_request,
            Code::MethodNotAllowed => &all.method_not_allowed,
            Code::SignInRequired => &all.sign_in_required,
            Code::FreshSignInRequired => &all.fresh_sign_in_required,
            Code::SignInFailed => &all.sign_in_failed,
            Code::ProcessingRestricted => &all.processing_restricted,
            Code::SignatureInvalid => &all.signature_invalid,
            Code::OrderFinal => &all.order_final,
            Code::ProviderRejected => &all.provider_rejected,
            Code::ContentModeration => &all.content_moderation,
            Code::ProviderFailed => &all.provider_failed,
            Code::ProviderTimeout => &all.provider_timeout,
            Code::ProviderBusy => &all.provider_busy,
            Code::Unavailable => &all.unavailable,
            Code::Internal => &all.internal,
        }
    }
}
