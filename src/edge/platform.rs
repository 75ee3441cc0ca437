//! The platform's services as `platform.js` offers them. Every import is `catch`: an exception
//! through one without it would kill the instance and every request in flight.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use worker::Env;

#[wasm_bindgen(module = "/src/edge/platform.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub fn database(db: &JsValue, batch: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    fn memory(length: u32) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(catch)]
    pub fn digests(parts: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = putFile)]
    pub async fn put_file(bucket: &JsValue, key: &str, held: &Uint8Array) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = copyFile)]
    pub async fn copy_file(bucket: &JsValue, from: &str, to: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = deleteFiles)]
    pub async fn delete_files(bucket: &JsValue, keys: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = hasFile)]
    pub async fn has_file(bucket: &JsValue, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = listFiles)]
    pub async fn list_files(
        bucket: &JsValue,
        prefix: &str,
        after: &str,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub fn fence(binding: &JsValue, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = askObject)]
    pub fn ask_object(namespace: &JsValue, name: &str, question: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = callProvider)]
    pub async fn call_provider(
        url: &str,
        key: &str,
        body: Option<&str>,
        timeout_ms: u32,
        bytes_max: u32,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = callOutside)]
    pub async fn call_outside(
        url: &str,
        content_type: Option<&str>,
        body: Option<&str>,
        timeout_ms: u32,
        bytes_max: u32,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = sendMail)]
    pub async fn send_mail(
        binding: &JsValue,
        url: Option<&str>,
        from: &str,
        mail: &str,
        timeout_ms: u32,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = fetchResult)]
    pub async fn fetch_result(
        url: &str,
        bucket: &JsValue,
        key: &str,
        timeout_ms: u32,
        bytes_max: f64,
        see: &Closure<dyn FnMut(Uint8Array) -> bool>,
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    /// What the Worker is bound to. A binding that is missing is undefined, which the service then
    /// says. Read as fields: a name that crosses as text each time costs a microsecond.
    pub type Bindings;

    #[wasm_bindgen(method, getter, js_name = DB)]
    pub fn db(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = FILES)]
    pub fn files(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = FENCE_READS)]
    pub fn fence_reads(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = FENCE_WRITES)]
    pub fn fence_writes(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = LIMITER)]
    pub fn limiter(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = MAIL)]
    pub fn mail(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = DISPATCHER)]
    pub fn dispatcher(this: &Bindings) -> JsValue;

    #[wasm_bindgen(method, getter, js_name = EXPORTER)]
    pub fn exporter(this: &Bindings) -> JsValue;
}

impl Bindings {
    /// Those of an event.
    pub fn of(env: &Env) -> &Self {
        env.unchecked_ref()
    }
}

/// Name and message of what JavaScript threw. Messages of the platform name no request.
pub fn thrown(error: &JsValue) -> String {
    let read = |field: &str| {
        Reflect::get(error, &JsValue::from_str(field)).ok().and_then(|value| value.as_string())
    };
    match (read("name"), read("message")) {
        (Some(name), Some(message)) => format!("{name}: {message}"),
        (_, message) => message.unwrap_or_else(|| "exception".to_owned()),
    }
}

/// Whether what was thrown is the end of a time-out.
pub fn is_timeout(error: &JsValue) -> bool {
    thrown(error).starts_with("TimeoutError")
}

/// The parts one after the other in one memory of JavaScript's, and each of them as a view of it.
/// Ours moves when it grows, so bytes that are waited for cannot stay there; each part is freed as
/// soon as it is copied.
///
/// # Errors
/// What JavaScript threw: it has no such memory.
pub fn held(parts: Vec<Vec<u8>>) -> Result<(Uint8Array, Array), JsValue> {
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let held = memory(length(parts.iter().map(Vec::len).sum()))?;
    let (views, mut end) = (Array::new(), 0);
    for part in parts {
        let begin = end;
        end += length(part.len());
        let view = held.subarray(begin, end);
        view.copy_from(&part);
        views.push(&view);
    }
    Ok((held, views))
}

/// The digests of `count` parts.
pub fn sha256_of_each(digests: &JsValue, count: u32) -> Option<Vec<[u8; 32]>> {
    let bytes = digests.dyn_ref::<Uint8Array>()?.to_vec();
    let (digests, _) = bytes.as_chunks::<32>();
    (digests.len() == count as usize).then(|| digests.to_vec())
}

/// The text at this place of an answer; empty when there is none.
pub fn text_at(answer: &JsValue, index: u32) -> String {
    let answer = answer.dyn_ref::<Array>();
    answer.and_then(|answer| answer.get(index).as_string()).unwrap_or_default()
}

/// `[status, bytes]` of an answer.
pub fn status_and_bytes(answer: &JsValue) -> Option<(u16, Vec<u8>)> {
    let answer = answer.dyn_ref::<Array>()?;
    let status = answer.get(0).as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "an HTTP status is between 100 and 599"
    )]
    let status = status as u16;
    Some((status, answer.get(1).dyn_into::<Uint8Array>().ok()?.to_vec()))
}
