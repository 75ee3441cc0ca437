//! Cloudflare: entry points, configuration, adapters. The only room that names `worker::`.

mod body;
mod boundary;
mod config;
mod dispatcher;
mod exporter;
mod limiter;
mod now_or_promise;
mod pieces;
mod platform;
mod wait;
mod world;

use http::StatusCode;
use wasm_bindgen::prelude::*;
use worker::{Env, ScheduleContext, ScheduledEvent, console_log, event};

use crate::app::sweep::sweep;
use crate::ports::{Level, LogLine, World};
use crate::web;

use boundary::Packed;
use config::Misconfigured;
use world::Cloud;

/// The Worker's `fetch` handler, in place of `#[event(fetch)]`: no Promise unless something waits.
///
/// # Errors
/// A JavaScript exception, which the platform answers with 500.
#[wasm_bindgen]
pub fn fetch(request: JsValue, env: Env, context: JsValue) -> Result<JsValue, JsValue> {
    now_or_promise::now_or_promise(handle(request, env, context))
}

async fn handle(request: JsValue, env: Env, context: JsValue) -> Result<JsValue, JsValue> {
    let config = match config::config(&env) {
        Ok(config) => config,
        Err(wrong) => return misconfigured(wrong),
    };
    let Ok(request) = boundary::request(&request, body::incoming(&request)) else {
        log(&LogLine::new(Level::Warning, "request_unreadable"));
        return unanswered(StatusCode::BAD_REQUEST);
    };
    let cloud = Cloud::new(env, config);
    let reply = web::handle(cloud.clone(), request).await;
    body::answer(&cloud, reply, &context).await
}

/// Nothing works without its configuration; the operator reads the variable's name in the log.
fn misconfigured(wrong: Misconfigured) -> Result<JsValue, JsValue> {
    log_misconfigured(wrong);
    unanswered(StatusCode::SERVICE_UNAVAILABLE)
}

/// An answer without a world to make one of: no body, the headers of every answer.
fn unanswered(status: StatusCode) -> Result<JsValue, JsValue> {
    let mut headers = http::HeaderMap::new();
    web::headers::secure(&mut headers);
    Packed::of(status, &headers).response(&JsValue::NULL)
}

fn log_misconfigured(Misconfigured(name, wanted): Misconfigured) {
    let line = LogLine::new(Level::Error, "misconfigured").with("variable", name);
    log(&line.with("wanted", wanted));
}

/// The cron of each minute.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let cloud = match config::config(&env) {
        Ok(config) => Cloud::new(env, config),
        Err(wrong) => return log_misconfigured(wrong),
    };
    let line = match sweep(&cloud).await {
        Ok(swept) => LogLine::new(Level::Info, "sweep")
            .with("woken", swept.woken)
            .with("orphans", swept.orphans)
            .with("exports", swept.exports),
        Err(failure) => {
            LogLine::new(Level::Error, "sweep_failed").with("error", failure.log_text())
        }
    };
    cloud.log(&line);
}

/// One line of JSON.
fn log(line: &LogLine) {
    console_log!("{}", serde_json::to_string(line).unwrap_or_default());
}
