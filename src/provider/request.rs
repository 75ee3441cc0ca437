//! Requests to Kie. Each is a path below the API's origin and, for createTask, a JSON body; the
//! bearer key and `Content-Type: application/json` go with all of them, the GETs too.

use serde_json::{Map, Value, json};

use super::models::{Model, RATIO_FIELD, Sent};
use crate::domain::options::Options;
use crate::domain::refusal::{Code, Refusal};

/// The API's origin in production.
pub const API_ORIGIN: &str = "https://api.kie.ai";
/// POST: starts one job and charges for it.
pub const CREATE_TASK_PATH: &str = "/api/v1/jobs/createTask";
/// GET: the credits that the account has left.
pub const CREDIT_PATH: &str = "/api/v1/chat/credit";
/// Longest link that is sent, in bytes.
pub const LINK_BYTES_MAX: usize = 2_048;

/// GET: state, result links and cost of one task.
pub fn record_info_path(task_id: &str) -> String {
    let mut path = String::from("/api/v1/jobs/recordInfo?taskId=");
    for byte in task_id.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.extend([hex(byte >> 4), hex(byte & 15)]);
        }
    }
    path
}

/// The body of createTask. `image_urls` are the person first, then the garments, as the prompt
/// numbers them; `person_size` is width and height of the person's photo in pixels.
///
/// Refuses with `input_invalid` what the model cannot do, and with `internal` a prompt or a link
/// that is too long: Kie would bill a job that is not the one the visitor asked for.
pub fn create_task(
    model: &Model,
    options: &Options,
    prompt: &str,
    image_urls: &[String],
    person_size: (u32, u32),
    callback_url: &str,
) -> Result<Value, Refusal> {
    model.check(options, image_urls.len().saturating_sub(1))?;
    let ratio = model
        .sent_ratio(options.resolution, options.aspect_ratio, person_size)
        .ok_or_else(|| internal("no ratio to send"))?;
    if prompt.is_empty() || prompt.chars().count() > model.prompt_chars_max {
        return Err(internal("the prompt does not fit the model"));
    }
    let mut links = image_urls.iter().map(String::as_str).chain([callback_url]);
    if links.any(|link| link.is_empty() || link.len() > LINK_BYTES_MAX) {
        return Err(internal("a link is empty or too long"));
    }

    let mut input = Map::new();
    input.insert("prompt".to_owned(), json!(prompt));
    input.insert(model.images_field.to_owned(), json!(image_urls));
    input.insert(RATIO_FIELD.to_owned(), json!(ratio.as_str()));
    let size = model.size(options.resolution).and_then(|size| size.sent);
    let format = model.format(options.output_format).and_then(|class| class.sent);
    for Sent { field, value } in [size, format].into_iter().flatten() {
        input.insert(field.to_owned(), json!(value));
    }
    for field in model.switches_on {
        input.insert((*field).to_owned(), Value::Bool(true));
    }
    Ok(json!({ "model": model.id, "callBackUrl": callback_url, "input": input }))
}

fn internal(detail: &'static str) -> Refusal {
    Refusal::new(Code::Internal, detail)
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase()
}
