//! The expected no. Every refusal has a code of the HTTP interface, says what to do about it, and
//! names the field it is about.

use std::borrow::Cow;

/// Error codes of the HTTP interface and of a failed order. `web::error` maps each to a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// A field is missing, unknown, repeated or out of range.
    InputInvalid,
    /// The bytes of an image are not JPEG, PNG or WebP.
    ImageFormatUnsupported,
    /// One image exceeds its bytes, sides or pixels.
    ImageTooLarge,
    /// One image is under the least side.
    ImageTooSmall,
    /// The image is damaged, truncated, empty or animated.
    ImageUnreadable,
    /// The whole body exceeds its limit.
    BodyTooLarge,
    /// The consent box is not ticked.
    ConsentRequired,
    /// The anonymous tries of the day are used.
    TrialExhausted,
    /// Too many requests or orders from one network, or over the global cap.
    RateLimited,
    /// No such thing, or not yours: the same answer for both.
    NotFound,
    /// It existed and is deleted or expired.
    Gone,
    /// A signed link was altered or is signed for something else.
    LinkInvalid,
    /// The Idempotency-Key was used with another payload.
    IdempotencyMismatch,
    /// The first request with this Idempotency-Key is still running.
    IdempotencyRunning,
    /// A state-changing request from another site.
    CrossSiteRequest,
    /// The path exists, the method does not.
    MethodNotAllowed,
    /// The route needs a session.
    SignInRequired,
    /// The route needs a person who has signed in a moment ago.
    FreshSignInRequired,
    /// Signing in ended without a person.
    SignInFailed,
    /// The account's owner has restricted processing.
    ProcessingRestricted,
    /// A webhook's signature is missing or wrong.
    SignatureInvalid,
    /// The order has ended and cannot be changed that way.
    OrderFinal,
    /// The provider refused the request itself.
    ProviderRejected,
    /// The provider's content policy said no.
    ContentModeration,
    /// The provider tried and failed.
    ProviderFailed,
    /// No result within the time an order may take.
    ProviderTimeout,
    /// The provider takes no work at the moment.
    ProviderBusy,
    /// A part of the platform does not answer; try again.
    Unavailable,
    /// A defect of the product.
    Internal,
}

impl Code {
    /// Every code, for tables and tests.
    pub const ALL: [Self; 29] = [
        Self::InputInvalid,
        Self::ImageFormatUnsupported,
        Self::ImageTooLarge,
        Self::ImageTooSmall,
        Self::ImageUnreadable,
        Self::BodyTooLarge,
        Self::ConsentRequired,
        Self::TrialExhausted,
        Self::RateLimited,
        Self::NotFound,
        Self::Gone,
        Self::LinkInvalid,
        Self::IdempotencyMismatch,
        Self::IdempotencyRunning,
        Self::CrossSiteRequest,
        Self::MethodNotAllowed,
        Self::SignInRequired,
        Self::FreshSignInRequired,
        Self::SignInFailed,
        Self::ProcessingRestricted,
        Self::SignatureInvalid,
        Self::OrderFinal,
        Self::ProviderRejected,
        Self::ContentModeration,
        Self::ProviderFailed,
        Self::ProviderTimeout,
        Self::ProviderBusy,
        Self::Unavailable,
        Self::Internal,
    ];

    /// The code's fixed name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InputInvalid => "input_invalid",
            Self::ImageFormatUnsupported => "image_format_unsupported",
            Self::ImageTooLarge => "image_too_large",
            Self::ImageTooSmall => "image_too_small",
            Self::ImageUnreadable => "image_unreadable",
            Self::BodyTooLarge => "body_too_large",
            Self::ConsentRequired => "consent_required",
            Self::TrialExhausted => "trial_exhausted",
            Self::RateLimited => "rate_limited",
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::LinkInvalid => "link_invalid",
            Self::IdempotencyMismatch | Self::IdempotencyRunning => "idempotency_conflict",
            Self::CrossSiteRequest => "cross_site_request",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::SignInRequired => "sign_in_required",
            Self::FreshSignInRequired => "fresh_sign_in_required",
            Self::SignInFailed => "sign_in_failed",
            Self::ProcessingRestricted => "processing_restricted",
            Self::SignatureInvalid => "signature_invalid",
            Self::OrderFinal => "order_final",
            Self::ProviderRejected => "provider_rejected",
            Self::ContentModeration => "content_moderation",
            Self::ProviderFailed => "provider_failed",
            Self::ProviderTimeout => "provider_timeout",
            Self::ProviderBusy => "provider_busy",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// The first code of this name on the wire; `None` for an unknown one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == name)
    }
}

impl Code {
    /// Why an order ended without a picture, for its visitor: title, what happened and what to do,
    /// and whether the same order placed again may succeed.
    pub const fn order_text(self) -> (&'static str, &'static str, bool) {
        match self {
            Self::ProviderRejected => (
                "This combination is not possible",
                "The image service did not accept this order. Try other options or other photos. \
                 This try was not counted.",
                false,
            ),
            Self::ContentModeration => (
                "The image service declined these pictures",
                "Its content rules did not allow this picture. Use other photos or change the \
                 instructions. This try was not counted.",
                false,
            ),
            Self::ProviderTimeout => (
                "It took too long",
                "The image service did not finish in time. Please place the order again. This try \
                 was not counted.",
                true,
            ),
            Self::ProviderBusy => (
                "The image service takes no orders at the moment",
                "Please try again later. This try was not counted.",
                true,
            ),
            Self::ProviderFailed
            | Self::InputInvalid
            | Self::ImageFormatUnsupported
            | Self::ImageTooLarge
            | Self::ImageTooSmall
            | Self::ImageUnreadable
            | Self::BodyTooLarge
            | Self::ConsentRequired
            | Self::TrialExhausted
            | Self::RateLimited
            | Self::NotFound
            | Self::Gone
            | Self::LinkInvalid
            | Self::IdempotencyMismatch
            | Self::IdempotencyRunning
            | Self::CrossSiteRequest
            | Self::MethodNotAllowed
            | Self::SignInRequired
            | Self::FreshSignInRequired
            | Self::SignInFailed
            | Self::ProcessingRestricted
            | Self::SignatureInvalid
            | Self::OrderFinal
            | Self::Unavailable
            | Self::Internal => (
                "The picture could not be made",
                "The image service tried and failed. Please place the order again. This try was \
                 not counted.",
                true,
            ),
        }
    }
}

/// An expected no: what is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Which kind of no.
    pub code: Code,
    /// The form field it is about, by its name on the wire.
    pub field: Option<&'static str>,
    /// One or two sentences for a person: the cause and the fix. Never holds input text.
    pub detail: Cow<'static, str>,
    /// Seconds after which the same request may succeed.
    pub retry_after_seconds: Option<u32>,
}

impl Refusal {
    /// A refusal that is about no particular field.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, field: None, detail: detail.into(), retry_after_seconds: None }
    }

    /// A refusal about one form field.
    pub fn field(code: Code, field: &'static str, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, field: Some(field), detail: detail.into(), retry_after_seconds: None }
    }

    /// The same refusal with the seconds after which to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_seconds = Some(seconds);
        self
    }
}
