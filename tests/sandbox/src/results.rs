//! The host of finished pictures: plain GET, no key, links that expire.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use hyper::{
    Method, Response,
    header::{CONTENT_LENGTH, HeaderValue, LOCATION},
    http::request::Parts,
};
use serde_json::{Value, json};

use crate::{
    faults::{number, text},
    wire::{Answer, Body, Dropped, chunked, full, html_page, pieces, response},
    world::{File, Shared, now_ms},
};

/// Pieces of a dribbled picture.
const DRIBBLE_PIECES: usize = 20;
/// Size of a huge result where a test does not say: twice what a client should take.
const HUGE_BYTES: u64 = 60 << 20;
const NOISE_PIECE: usize = 1 << 16;

/// Answers one request to the result host.
pub async fn answer(shared: Arc<Shared>, parts: Parts) -> Answer {
    let path = parts.uri.path().to_owned();
    let call = shared.world().log_call(json!({
        "port": "results", "method": parts.method.as_str(), "path": path, "time_ms": now_ms(),
        "host": parts.headers.get("host").and_then(|host| host.to_str().ok()),
        "authorization": parts.headers.contains_key("authorization"),
        "http_status": null, "fault": null,
    }));
    let file = find(&shared, &path);
    let (answer, fault) = match (parts.method == Method::GET, file) {
        (true, Some(file)) => serve(&shared, &path, file).await,
        (false, Some(file)) if parts.method == Method::HEAD => (Ok(picture(&file)), None),
        (_, _) => (Ok(html_page(404, "404 Not Found")), None),
    };
    let status = answer.as_ref().map(|response| response.status().as_u16()).ok();
    shared.world().amend_call(call, json!({"http_status": status, "fault": fault}));
    answer
}

/// The file behind a path or behind a temporary link.
fn find(shared: &Shared, path: &str) -> Option<File> {
    let world = shared.world();
    let now = now_ms();
    match world.temporary.get(path) {
        Some((path, expires_ms)) if now < *expires_ms => world.results.get(path, now),
        Some(_) => None,
        None => world.results.get(path, now),
    }
}

fn picture(file: &File) -> Response<Body> {
    response(200, &file.content_type, full(file.bytes.clone()))
}

const FAULTS: [&str; 10] = [
    "result_status",
    "result_slow",
    "result_hangs",
    "result_huge",
    "result_html",
    "result_mislabelled",
    "result_redirect",
    "result_chunked",
    "result_truncated",
    "result_empty",
];

/// The picture, or what the armed fault makes of it.
async fn serve(shared: &Shared, path: &str, file: File) -> (Answer, Option<&'static str>) {
    let armed = {
        let mut world = shared.world();
        FAULTS.iter().find_map(|name| Some((*name, world.faults.take(name, path)?)))
    };
    let Some((name, with)) = armed else { return (Ok(picture(&file)), None) };
    let answer = match name {
        "result_status" => {
            let status = u16::try_from(number(&with, "status", 404)).unwrap_or(404);
            Ok(html_page(status, &status.to_string()))
        }
        "result_slow" => Ok(dribble(file, number(&with, "ms", 5_000))),
        "result_hangs" => {
            tokio::time::sleep(Duration::from_millis(number(&with, "ms", 120_000))).await;
            Err(Dropped)
        }
        "result_huge" => Ok(huge(&file, &with)),
        "result_html" => Ok(html_page(200, "Just a moment...")),
        "result_mislabelled" => {
            Ok(response(200, &file.content_type, full("<html><script>alert(1)</script></html>")))
        }
        "result_redirect" => Ok(redirect(shared, path, &with)),
        "result_chunked" => Ok(response(200, &file.content_type, chunked(file.bytes))),
        "result_truncated" => Ok(truncated(&file)),
        _ => Ok(response(200, &file.content_type, full(Bytes::new()))),
    };
    (answer, Some(name))
}

fn with_length(mut response: Response<Body>, length: u64) -> Response<Body> {
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn dribble(file: File, total_ms: u64) -> Response<Body> {
    let (sender, body) = pieces();
    let length = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let answer = with_length(response(200, &file.content_type, body), length);
    tokio::spawn(async move {
        let size = file.bytes.len().div_ceil(DRIBBLE_PIECES).max(1);
        for start in (0..file.bytes.len()).step_by(size) {
            let piece = file.bytes.slice(start..(start + size).min(file.bytes.len()));
            if sender.send(Ok(piece)).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(total_ms / DRIBBLE_PIECES as u64)).await;
        }
    });
    answer
}

/// Begins as the true picture, so that only counting bytes finds it out.
pub fn huge(file: &File, with: &Value) -> Response<Body> {
    let (sender, body) = pieces();
    let total = number(with, "bytes", HUGE_BYTES);
    let mut answer = response(200, &file.content_type, body);
    if with["length"] == true {
        answer = with_length(answer, total);
    }
    let start = file.bytes.clone();
    tokio::spawn(async move {
        let noise = Bytes::from(vec![0x5A; NOISE_PIECE]);
        let mut left = usize::try_from(total).unwrap_or(usize::MAX);
        let mut piece = start;
        while left > 0 {
            let size = piece.len().min(left);
            left -= size;
            if sender.send(Ok(piece.slice(..size))).await.is_err() {
                return;
            }
            piece = noise.clone();
        }
    });
    answer
}

fn redirect(shared: &Shared, path: &str, with: &Value) -> Response<Body> {
    let other = shared.origins.results.replace("127.0.0.1", "localhost") + path;
    let mut answer = response(302, "text/html", full(""));
    if let Ok(location) = HeaderValue::from_str(text(with, "location", &other)) {
        answer.headers_mut().insert(LOCATION, location);
    }
    answer
}

/// Half of it, though its length is told.
pub fn truncated(file: &File) -> Response<Body> {
    let (sender, body) = pieces();
    let half = file.bytes.slice(..file.bytes.len() / 2);
    let length = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
    let answer = with_length(response(200, &file.content_type, body), length);
    tokio::spawn(async move {
        if sender.send(Ok(half)).await.is_ok() {
            let _ = sender.send(Err(io::ErrorKind::ConnectionReset.into())).await;
        }
    });
    answer
}
