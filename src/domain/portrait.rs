//! The portrait of a person: what it may be and where it is stored.

use super::image::Limits;

/// Largest portrait, in bytes as it is fetched.
pub const BYTES_MAX: usize = 256 * 1024;
/// The prefix of every portrait's key.
pub const PREFIX: &str = "portraits/";

/// What a portrait may be.
pub const LIMITS: Limits =
    Limits { bytes_max: BYTES_MAX, side_min: 16, side_max: 1_024, pixels_max: 1_024 * 1_024 };
