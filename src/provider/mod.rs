//! Kie AI's wire language, pure: requests out, replies in. No IO, no clock.

pub mod callback;
pub mod models;
pub mod origin;
pub mod reply;
pub mod request;

use serde_json::Value;

/// Longest task id, in characters. The real ones have 32; the documented samples are shorter.
pub const TASK_ID_CHARS_MAX: usize = 64;

/// Whether `text` can be a task id: 1 to [`TASK_ID_CHARS_MAX`] letters, digits, `-`, `_`.
pub fn is_task_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (1..=TASK_ID_CHARS_MAX).contains(&text.len()) && text.bytes().all(plain)
}

/// The task id in an object, in either of Kie's spellings.
fn task_id_in(object: &Value) -> Option<String> {
    let id = object.get("taskId").or_else(|| object.get("task_id"))?.as_str()?;
    is_task_id(id).then(|| id.to_owned())
}
