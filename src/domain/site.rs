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
}
