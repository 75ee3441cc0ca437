//! Small bodies, read as a whole: a JSON object or a form.

use bytes::Bytes;
use futures_util::StreamExt;
use http::HeaderMap;
use serde_json::Value;

use crate::app::Failure;
use crate::domain::refusal::{Code, Refusal};

use super::{Incoming, text_header};

/// A small body as a whole.
pub(super) async fn collect(mut body: Incoming, bytes_max: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes: Vec<u8> = Vec::new();
    while let Some(chunk) = body.next().await {
        let chunk: Bytes = chunk.map_err(|_| {
            Refusal::new(Code::InputInvalid, "The body ended early. Send it again.")
        })?;
        if bytes.len() + chunk.len() > bytes_max {
            let detail = format!("The body is too large; at most {bytes_max} bytes are read.");
            return Err(Refusal::new(Code::BodyTooLarge, detail).into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// One field of a JSON object or of a form.
pub(super) fn field(
    headers: &HeaderMap,
    body: &[u8],
    name: &'static str,
) -> Result<String, Refusal> {
    if is_form(headers) {
        let pair = form_urlencoded::parse(body).find(|(key, _)| key == name);
        return pair.map(|(_, value)| value.into_owned()).ok_or_else(|| missing(name));
    }
    let value = object(body)?;
    value.get(name).and_then(Value::as_str).map(str::to_owned).ok_or_else(|| missing(name))
}

/// Refuses members of a JSON object, or fields of a form, with other names: whoever sends one means
/// something by it, and would not be told that it is not heard.
pub(super) fn only(headers: &HeaderMap, body: &[u8], names: &[&str]) -> Result<(), Refusal> {
    let is_known = if is_form(headers) {
        form_urlencoded::parse(body).all(|(name, _)| names.contains(&&*name))
    } else {
        // Of what is no object the fields are missing, which is said by name.
        let members = object(body)?;
        let mut members = members.as_object().into_iter().flatten();
        members.all(|(name, _)| names.contains(&name.as_str()))
    };
    if is_known {
        return Ok(());
    }
    let detail = format!("There is a field that is not known here. Fields: {}.", names.join(", "));
    Err(Refusal::new(Code::InputInvalid, detail))
}

/// Every field of a form.
pub(super) fn form_fields(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

/// The same field when it may be missing.
pub(super) fn maybe_field(
    headers: &HeaderMap,
    body: &[u8],
    name: &'static str,
) -> Result<Option<String>, Refusal> {
    let is_there = if is_form(headers) {
        form_urlencoded::parse(body).any(|(key, _)| key == name)
    } else {
        object(body)?.get(name).is_some_and(|value| !value.is_null())
    };
    if is_there { field(headers, body, name).map(Some) } else { Ok(None) }
}

/// Every member of a JSON object as it is.
pub(super) fn members(body: &[u8]) -> Result<Vec<(String, Value)>, Refusal> {
    match object(body)? {
        Value::Object(members) => Ok(members.into_iter().collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(Refusal::new(Code::InputInvalid, "Send a JSON object or a form."))
        }
    }
}

/// Texts of a JSON object's list, or of a form's repeated field. A form without the field is an
/// empty list: boxes that are not ticked are not sent.
pub(super) fn list(
    headers: &HeaderMap,
    body: &[u8],
    name: &'static str,
    form_name: &str,
) -> Result<Vec<String>, Refusal> {
    if is_form(headers) {
        let pairs = form_urlencoded::parse(body).filter(|(key, _)| key == form_name);
        return Ok(pairs.map(|(_, value)| value.into_owned()).collect());
    }
    let value = object(body)?;
    let list = value.get(name).and_then(Value::as_array).ok_or_else(|| missing(name))?;
    let texts = list.iter().map(|one| one.as_str().map(str::to_owned));
    let not_text = || Refusal::field(Code::InputInvalid, name, "The list holds more than names.");
    texts.collect::<Option<_>>().ok_or_else(not_text)
}

/// Whether the body is a form's.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    let content_type = text_header(headers, "content-type").unwrap_or_default();
    content_type.starts_with("application/x-www-form-urlencoded")
}

fn object(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body)
        .map_err(|_| Refusal::new(Code::InputInvalid, "Send a JSON object or a form."))
}

fn missing(name: &'static str) -> Refusal {
    Refusal::field(Code::InputInvalid, name, format!("The field {name} is missing."))
}
