//! Callbacks: what is sent, how it is signed, and how often it is tried.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::{
    faults::{number, text},
    fetch, record,
    world::{CallbackAttempt, Shared, Task, now_ms},
};

/// Further tries after the first: "After 3 consecutive retry failures, the system will stop".
const MAX_RETRIES: u64 = 3;
/// Copies of one callback that a test may ask for.
const MAX_COPIES: u64 = 100;
/// Age of a timestamp that is called old.
const OLD_SECONDS: u64 = 3_600;

/// `base64(HMAC-SHA256(key, taskId + "." + timestamp))`; the body is not signed.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub fn signature(key: &str, task_id: &str, timestamp: u64) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length is a key");
    mac.update(format!("{task_id}.{timestamp}").as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// How a callback departs from an honest one.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each departure is independent of the others")]
pub struct Variant {
    /// Fields of `data` that are replaced after signing.
    pub swap: Option<Value>,
    pub bad_signature: bool,
    pub unsigned: bool,
    pub old_seconds: u64,
    pub copies: u64,
    pub shape_2025: bool,
    pub snake_id: bool,
    pub other_task: bool,
    pub not_json: bool,
    /// Wait before the first byte.
    pub late_ms: u64,
    /// Sent once, whatever the answer.
    pub no_retry: bool,
}

/// Data that a forger would like to be believed.
fn forged(shared: &Shared) -> Value {
    let urls = json!({"resultUrls": [format!("{}/forged.png", shared.origins.results)]});
    json!({"state": "success", "resultJson": urls.to_string(), "creditsConsumed": 0})
}

impl Variant {
    /// The armed faults of the next callback; `None`: it is not sent at all.
    pub fn from_faults(shared: &Shared) -> Option<Self> {
        let mut world = shared.world();
        let mut take = |name: &str| world.faults.take(name, "callback");
        if take("callback_missing").is_some() {
            return None;
        }
        let copies = take("callback_duplicated").map_or(1, |with| number(&with, "times", 5));
        let late_ms = take("callback_late").map_or(0, |with| number(&with, "ms", 5_000));
        let old = take("callback_old_timestamp");
        let swap = take("callback_swapped_body").map(|with| match &with["data"] {
            data if data.is_object() => data.clone(),
            _ => forged(shared),
        });
        Some(Self {
            swap,
            bad_signature: take("callback_bad_signature").is_some(),
            unsigned: take("callback_unsigned").is_some(),
            old_seconds: old.map_or(0, |with| number(&with, "seconds", OLD_SECONDS)),
            copies,
            shape_2025: take("callback_2025").is_some(),
            snake_id: take("callback_snake_id").is_some(),
            other_task: take("callback_other_task").is_some(),
            not_json: take("callback_not_json").is_some(),
            late_ms,
            no_retry: false,
        })
    }

    /// The options of `POST /_control/tasks/{id}/callback`.
    pub fn from_options(shared: &Shared, options: &Value) -> Self {
        let is = |name: &str| options[name] == true;
        let swap = match &options["swap_body"] {
            data if data.is_object() => Some(data.clone()),
            value => (value == true).then(|| forged(shared)),
        };
        let old_seconds = match &options["old_timestamp"] {
            value if value == true => OLD_SECONDS,
            value => value.as_u64().unwrap_or(0),
        };
        Self {
            swap,
            bad_signature: is("bad_signature"),
            unsigned: is("unsigned"),
            old_seconds,
            copies: number(options, "times", 1),
            shape_2025: text(options, "shape", "2026") == "2025",
            snake_id: is("snake_id"),
            other_task: is("other_task"),
            not_json: is("not_json"),
            late_ms: number(options, "delay_ms", 0),
            no_retry: true,
        }
    }

    fn body(&self, task: &Task, shape_2025: bool, remaining: f64) -> String {
        if self.not_json {
            return "<html>not what you expect</html>".to_owned();
        }
        let mut body = record::callback(task, self.shape_2025 || shape_2025, remaining);
        if let (Some(Value::Object(swap)), Some(data)) = (&self.swap, body["data"].as_object_mut())
        {
            data.extend(swap.clone());
        }
        if self.other_task {
            body["data"]["taskId"] = json!(task.id.chars().rev().collect::<String>());
        }
        if self.snake_id
            && let Some(data) = body["data"].as_object_mut()
        {
            let id = data.remove("taskId").unwrap_or_default();
            data.insert("task_id".to_owned(), id);
        }
        body.to_string()
    }

    fn headers(&self, key: &str, task: &Task) -> Vec<(&'static str, String)> {
        if self.unsigned || key.is_empty() {
            return Vec::new();
        }
        let timestamp = (now_ms() / 1_000).saturating_sub(self.old_seconds);
        let key = if self.bad_signature { "another key" } else { key };
        vec![
            ("x-webhook-timestamp", timestamp.to_string()),
            ("x-webhook-signature", signature(key, &task.id, timestamp)),
        ]
    }
}

/// Sends a callback about `task` as it stands in `task`, with retries, and logs each attempt.
pub async fn send(shared: &Shared, task: &Task, variant: &Variant) {
    let Some(url) = &task.callback_url else { return };
    tokio::time::sleep(Duration::from_millis(variant.late_ms)).await;
    for _ in 0..variant.copies.min(MAX_COPIES) {
        for retry in 0..=MAX_RETRIES {
            if attempt(shared, task, url, variant).await || variant.no_retry {
                break;
            }
            if retry < MAX_RETRIES {
                let pause = shared.world().settings.callback_retry_ms * (retry + 1);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        }
    }
}

/// One POST; only HTTP 200 counts as received.
async fn attempt(shared: &Shared, task: &Task, url: &str, variant: &Variant) -> bool {
    let (settings, remaining) = {
        let world = shared.world();
        (world.settings.clone(), world.credits)
    };
    let time_ms = now_ms();
    let body = variant.body(task, settings.callback_2025, remaining);
    let headers = variant.headers(&settings.webhook_key, task);
    let timeout = Duration::from_millis(settings.callback_timeout_ms);
    let status = fetch::post_json(url, &headers, body, timeout).await;
    let received = status == Ok(200);
    if let Ok(mut attempts) = task.callbacks.lock() {
        attempts.push(CallbackAttempt { time_ms, status });
    }
    received
}
