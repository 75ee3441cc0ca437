//! Whose site it is and where it lies, as its operator set it.

use super::asset::Assets;

/// What every page says of the site itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The product's name.
    pub name: String,
    /// Scheme, host and port, as in `https://example.com`; no slash at the end.
    pub origin: String,
    /// Mail address of the operator.
    pub contact: String,
    /// Style sheets and scripts.
    pub assets: Assets,
    /// Who else may count visits.
    pub analytics: Analytics,
}

/// Who else may count the visits of those who agree to it. Nobody, unless an operator says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analytics {
    /// The measurement id of Google Analytics.
    pub google: Option<String>,
    /// The project id of Microsoft Clarity.
    pub clarity: Option<String>,
}

impl Analytics {
    /// Whether there is any.
    pub const fn is_on(&self) -> bool {
        self.google.is_some() || self.clarity.is_some()
    }
}
