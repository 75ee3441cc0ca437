//! From a row's JSON values to domain values. A value that does not decode is a corrupt row.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::ports::Row;

/// A stored row that the product could not have written: the column that does not decode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorruptRow(pub &'static str);

/// A text column.
pub fn text<'row>(row: &'row Row, column: &'static str) -> Result<&'row str, CorruptRow> {
    row.get(column).and_then(Value::as_str).ok_or(CorruptRow(column))
}

/// A text column that may be NULL.
pub fn maybe_text<'row>(
    row: &'row Row,
    column: &'static str,
) -> Result<Option<&'row str>, CorruptRow> {
    match row.get(column) {
        Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value)),
        Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) | None => {
            Err(CorruptRow(column))
        }
    }
}

/// An integer column; D1 sends numbers as JavaScript does, so `3.0` is 3.
pub fn int(row: &Row, column: &'static str) -> Result<i64, CorruptRow> {
    maybe_int(row, column)?.ok_or(CorruptRow(column))
}

/// An integer column that may be NULL.
pub fn maybe_int(row: &Row, column: &'static str) -> Result<Option<i64>, CorruptRow> {
    match row.get(column) {
        Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => {
            let whole =
                number.as_i64().or_else(|| number.to_string().strip_suffix(".0")?.parse().ok());
            whole.map(Some).ok_or(CorruptRow(column))
        }
        Some(Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_)) | None => {
            Err(CorruptRow(column))
        }
    }
}

/// A column that holds JSON.
pub fn json<T: DeserializeOwned>(row: &Row, column: &'static str) -> Result<T, CorruptRow> {
    serde_json::from_str(text(row, column)?).map_err(|_| CorruptRow(column))
}

/// A column that holds JSON or NULL.
pub fn maybe_json<T: DeserializeOwned>(
    row: &Row,
    column: &'static str,
) -> Result<Option<T>, CorruptRow> {
    let text = maybe_text(row, column)?;
    text.map(serde_json::from_str).transpose().map_err(|_| CorruptRow(column))
}
