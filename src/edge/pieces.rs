//! Composed bodies and files: what crosses is their plan and the bytes at hand; the stored files
//! that they are made of stay on the other side.

use js_sys::{Array, Uint8Array};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::domain::zip::Segment;
use crate::ports::{Level, LogLine};
use crate::web::PiecesBody;

use super::platform;

#[wasm_bindgen(module = "/src/edge/pieces.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = stream)]
    fn stream_of(
        bucket: &JsValue,
        plan: &str,
        bytes: &Array,
        length: f64,
        line: &str,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = putPieces)]
    async fn put_pieces(
        bucket: &JsValue,
        key: &str,
        plan: &str,
        bytes: &Array,
        length: f64,
        ms_max: u32,
    ) -> Result<JsValue, JsValue>;
}

/// The longest that storing a composed file may take. The run of an alarm ends after 15 minutes.
const PUT_MS_MAX: u32 = 12 * 60 * 1_000;

/// The body as a stream of the platform's. When it breaks off a line says so, with the route and
/// the request of `log`.
///
/// # Errors
/// What JavaScript threw.
pub fn stream(bucket: &JsValue, body: PiecesBody, log: &LogLine) -> Result<JsValue, JsValue> {
    let (plan, bytes) = crossing(body.segments)?;
    let mut line = LogLine::new(Level::Error, "zip_broken");
    let told = log.fields.iter().filter(|(name, _)| ["route", "request_id"].contains(name));
    line.fields.extend(told.cloned());
    let line = serde_json::to_string(&line).unwrap_or_default();
    stream_of(bucket, &plan, &bytes, number(body.length), &line)
}

/// Stores the file, and gives its SHA-256.
///
/// # Errors
/// What JavaScript threw; nothing is stored then.
pub async fn put(
    bucket: &JsValue,
    key: &str,
    segments: Vec<Segment>,
    length: u64,
) -> Result<Option<[u8; 32]>, JsValue> {
    let (plan, bytes) = crossing(segments)?;
    let sha256 = put_pieces(bucket, key, &plan, &bytes, number(length), PUT_MS_MAX).await?;
    Ok(sha256.dyn_ref::<Uint8Array>().and_then(|digest| digest.to_vec().try_into().ok()))
}

/// The plan as JSON, where null stands for the next one of the bytes.
fn crossing(segments: Vec<Segment>) -> Result<(String, Array), JsValue> {
    let mut bytes = Vec::new();
    let plan: Vec<Value> = segments
        .into_iter()
        .map(|segment| match segment {
            Segment::File { key, offset, length } => {
                json!({ "key": key, "offset": offset, "length": length })
            }
            Segment::Bytes(part) => {
                bytes.push(part);
                Value::Null
            }
        })
        .collect();
    let (_, views) = platform::held(bytes)?;
    Ok((Value::Array(plan).to_string(), views))
}

#[expect(clippy::cast_precision_loss, reason = "objects are far below 2^53 bytes")]
fn number(length: u64) -> f64 {
    length as f64
}
