//! How far the files under a prefix have been compared with the rows that name them.

use crate::ports::{Arg, Row, Statement};

use super::decode::{CorruptRow, int, text as read};
use super::{statement, text};

/// Where the comparison goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The hour that is next.
    pub hour: u32,
    /// Keys of it up to this one are done; empty before the first.
    pub after_key: String,
}

/// Where it goes on under a prefix, as [`place`] reads it; no row before the first time.
pub fn find(prefix: &str) -> Statement {
    statement("SELECT hour, after_key FROM listings WHERE prefix = ?1", vec![text(prefix)])
}

/// Notes where it goes on.
pub fn advance(prefix: &str, to: &Place) -> Statement {
    statement(
        "INSERT INTO listings (prefix, hour, after_key) VALUES (?1, ?2, ?3) \
         ON CONFLICT (prefix) DO UPDATE SET hour = excluded.hour, after_key = excluded.after_key",
        vec![text(prefix), Arg::Int(to.hour.into()), text(to.after_key.as_str())],
    )
}

/// The row of [`find`].
pub fn place(row: &Row) -> Result<Place, CorruptRow> {
    let hour = u32::try_from(int(row, "hour")?).map_err(|_| CorruptRow("hour"))?;
    Ok(Place { hour, after_key: read(row, "after_key")?.to_owned() })
}
