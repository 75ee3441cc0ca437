//! Cloudflare: entry points, configuration, adapters. The only room that names `worker::`.

mod boundary;
mod dispatcher;
mod limiter;
mod now_or_promise;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use wasm_bindgen::prelude::*;
use worker::{Env, ScheduleContext, ScheduledEvent, event};

/// The Worker's `fetch` handler, in place of `#[event(fetch)]`: no Promise unless something waits.
///
/// # Errors
/// A JavaScript exception, which the platform answers with 500.
#[wasm_bindgen]
pub fn fetch(request: JsValue, env: Env, _context: JsValue) -> Result<JsValue, JsValue> {
    now_or_promise::now_or_promise(handle(request, env))
}

async fn handle(request: JsValue, env: Env) -> Result<JsValue, JsValue> {
    let Ok(request) = boundary::request(&request) else {
        return boundary::response(StatusCode::BAD_REQUEST, &HeaderMap::new(), &JsValue::NULL);
    };
    let mut headers = HeaderMap::new();
    if request.method() != Method::GET || request.uri().path() != "/api/health" {
        return boundary::response(StatusCode::NOT_FOUND, &headers, &JsValue::NULL);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let (status, body) = match env.d1("DB") {
        Ok(db) => match db.prepare("SELECT 1").run().await {
            Ok(_) => (StatusCode::OK, r#"{"status":"ok"}"#),
            Err(_) => (StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"degraded"}"#),
        },
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, r#"{"status":"degraded"}"#),
    };
    boundary::response(status, &headers, &JsValue::from_str(body))
}

/// The cron of each minute.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, _env: Env, _context: ScheduleContext) {}
