//! The upload service and the files uploaded to it, public for whoever has the link.

use std::{convert::Infallible, sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hyper::{
    Method, Response,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
    http::request::Parts,
};
use serde_json::{Value, json};

use crate::{
    faults::{number, text},
    fetch, picture,
    wire::{Answer, Body, full, json_response, response},
    world::{File, Shared, now_ms},
};

/// The account number in every path.
const ACCOUNT: u32 = 136_592;
/// "Recommended" in the documentation; a limit here.
const MAX_FILE: usize = 100 << 20;
const URL_TIMEOUT: Duration = Duration::from_secs(30);
/// Form fields read of one upload; three are known.
const MAX_FIELDS: usize = 20;

/// File name and folder of an upload, and its bytes.
#[derive(Default)]
struct Upload {
    bytes: Bytes,
    folder: Option<String>,
    name: Option<String>,
}

/// What is wrong with an upload: code and text.
type Refusal = (u16, String);

/// Answers one request to the upload host.
pub async fn answer(shared: Arc<Shared>, parts: Parts, body: Bytes) -> Answer {
    let path = parts.uri.path().to_owned();
    let call = shared.world().log_call(json!({
        "port": "uploads", "method": parts.method.as_str(), "path": path, "time_ms": now_ms(),
        "bytes": body.len(), "http_status": null,
    }));
    let mut response = match read(&shared, &parts, &path, body).await {
        Ok(Some(upload)) => json_response(200, &store(&shared, upload)),
        Ok(None) => download(&shared, &path),
        Err((code, msg)) => {
            json_response(code, &json!({"success": false, "code": code, "msg": msg}))
        }
    };
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    shared.world().amend_call(call, json!({"http_status": response.status().as_u16()}));
    Ok(response)
}

/// The upload that a request contains; `None` for a download.
async fn read(
    shared: &Shared,
    parts: &Parts,
    path: &str,
    body: Bytes,
) -> Result<Option<Upload>, Refusal> {
    let is_upload = matches!(
        path,
        "/api/file-stream-upload" | "/api/file-base64-upload" | "/api/file-url-upload"
    );
    if !is_upload {
        return Ok(None);
    }
    if parts.method != Method::POST {
        return Err((405, "Method not allowed".to_owned()));
    }
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let expected = format!("Bearer {}", shared.config.api_key);
    if header(AUTHORIZATION) != Some(expected.as_str()) {
        return Err((401, "Authentication failed: Invalid API Key".to_owned()));
    }
    let fault = shared.world().faults.take("upload_fails", path);
    if let Some(with) = fault {
        let code = u16::try_from(number(&with, "code", 500)).unwrap_or(500);
        return Err((code, text(&with, "msg", "Internal server error").to_owned()));
    }
    let upload = match path {
        "/api/file-stream-upload" => {
            multipart(header(CONTENT_TYPE).unwrap_or_default(), body).await?
        }
        _ => described(path, &serde_json::from_slice(&body).unwrap_or_default()).await?,
    };
    match &upload.folder {
        None => Err(missing("uploadPath")),
        Some(folder) if folder.starts_with('/') || folder.ends_with('/') => {
            Err((400, "uploadPath must not start or end with a slash".to_owned()))
        }
        Some(_) => Ok(Some(upload)),
    }
}

fn missing(field: &str) -> Refusal {
    (400, format!("Missing required parameter: {field}"))
}

async fn multipart(content_type: &str, body: Bytes) -> Result<Upload, Refusal> {
    let broken = |error: multer::Error| (400, error.to_string());
    let boundary = multer::parse_boundary(content_type).map_err(broken)?;
    let once = futures_util::stream::once(async { Ok::<_, Infallible>(body) });
    let mut form = multer::Multipart::new(once, boundary);
    let mut upload = Upload::default();
    let mut has_file = false;
    for _ in 0..MAX_FIELDS {
        let Some(field) = form.next_field().await.map_err(broken)? else { break };
        match field.name() {
            Some("file") => {
                let name = field.file_name().map(str::to_owned);
                upload.name = upload
                    .name
                    .or(name.filter(|name| name.contains('.')).as_deref().map(fresh_name));
                upload.bytes = field.bytes().await.map_err(broken)?;
                has_file = true;
            }
            Some("uploadPath") => upload.folder = Some(field.text().await.map_err(broken)?),
            Some("fileName") => upload.name = Some(field.text().await.map_err(broken)?),
            Some(_) | None => {}
        }
    }
    if has_file { Ok(upload) } else { Err(missing("file")) }
}

/// A name that Kie gives to a file that came without one of its own; keeps the extension.
fn fresh_name(original: &str) -> String {
    let extension = original.rsplit('.').next().unwrap_or("bin").to_owned();
    format!("{}-{}.{extension}", now_ms(), base36(original))
}

/// Eleven digits that depend on the time and on `salt`.
fn base36(salt: &str) -> String {
    use std::hash::{BuildHasher as _, RandomState};
    let mut number = RandomState::new().hash_one(salt);
    let digits = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut text = String::new();
    for _ in 0..11 {
        let digit = usize::try_from(number % 36).unwrap_or(0);
        text.push(char::from(digits[digit]));
        number /= 36;
    }
    text
}

/// An upload as JSON: the bytes themselves or where they are.
async fn described(path: &str, request: &Value) -> Result<Upload, Refusal> {
    let field = |name: &str| request[name].as_str().map(str::to_owned);
    let bytes = if path == "/api/file-base64-upload" {
        let data = field("base64Data").ok_or_else(|| missing("base64Data"))?;
        let raw = data.split_once(";base64,").map_or(data.as_str(), |(_, raw)| raw);
        let invalid = |_| (400, "Base64 decoding failed: Invalid Base64 format".to_owned());
        Bytes::from(STANDARD.decode(raw).map_err(invalid)?)
    } else {
        let url = field("fileUrl").ok_or_else(|| missing("fileUrl"))?;
        let fetched = fetch::get(&url, URL_TIMEOUT, MAX_FILE).await;
        let fetched = fetched.ok().filter(|fetched| fetched.status == 200);
        fetched.ok_or((500, "File download failed".to_owned()))?.body
    };
    Ok(Upload { bytes, folder: field("uploadPath"), name: field("fileName") })
}

/// Stores an upload, over an older one of the same name.
fn store(shared: &Shared, upload: Upload) -> Value {
    let mime = picture::mime(&upload.bytes).unwrap_or("application/octet-stream");
    let kind = mime.rsplit('/').next().unwrap_or("bin").to_owned();
    let name = upload.name.unwrap_or_else(|| fresh_name(&format!("file.{kind}")));
    let folder = upload.folder.unwrap_or_default();
    let path = format!("kieai/{ACCOUNT}/{folder}/{name}");
    let size = upload.bytes.len();
    let now = now_ms();
    let mut world = shared.world();
    let expires_ms = now.saturating_add(world.settings.upload_ttl_ms);
    let file = File { bytes: upload.bytes, content_type: mime.to_owned(), expires_ms };
    world.uploads.put(format!("/{path}"), file);
    json!({
        "success": true, "code": 200, "msg": "File uploaded successfully",
        "data": {
            "success": true, "fileName": name, "filePath": path,
            "downloadUrl": format!("{}/{path}", shared.origins.uploads),
            "fileSize": size, "mimeType": mime, "uploadedAt": rfc3339(now),
        },
    })
}

fn download(shared: &Shared, path: &str) -> Response<Body> {
    match shared.world().uploads.get(path, now_ms()) {
        Some(file) => response(200, &file.content_type, full(file.bytes)),
        None => response(404, "text/plain", full("404 Not Found")),
    }
}

/// `2026-04-16T07:19:12.309Z`.
fn rfc3339(ms: u64) -> String {
    let (days, in_day) = (ms / 86_400_000, ms % 86_400_000);
    // Days since 0000-03-01, in eras of 400 years: leap days then stand at the end of a year.
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (seconds, milliseconds) = (in_day / 1_000, in_day % 1_000);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milliseconds:03}Z")
}

#[cfg(test)]
mod tests {
    #[test]
    fn dates_are_right_around_leap_days() {
        // The recorded upload of kie's wire: its name holds the milliseconds of its date.
        assert_eq!(super::rfc3339(1_776_323_952_309), "2026-04-16T07:19:12.309Z");
        assert_eq!(super::rfc3339(1_709_164_800_000), "2024-02-29T00:00:00.000Z");
        assert_eq!(super::rfc3339(0), "1970-01-01T00:00:00.000Z");
    }
}
