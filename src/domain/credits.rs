//! The provider's credits.

use std::fmt;

use serde::{Serialize, Serializer};

/// Thousandths of one credit of the provider's. As text and in JSON it is a number of credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credits(pub i64);

impl Credits {
    /// The number of credits, for JSON.
    #[expect(clippy::cast_precision_loss, reason = "thousandths of credits stay far below 2^53")]
    pub const fn number(self) -> f64 {
        self.0 as f64 / 1_000.0
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.number())
    }
}

/// Without zeros at the end: `8`, `18.5`. By whole numbers, since core's printing of a float is ten
/// kilobytes that the Worker has no other use for.
impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, milli) = (self.0.unsigned_abs() / 1_000, self.0.unsigned_abs() % 1_000);
        let decimals = format!("{milli:03}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{decimals}"),
        }
    }
}
