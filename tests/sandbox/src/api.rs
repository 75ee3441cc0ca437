//! `/api/v1`: HTTP 200 and an envelope for everything, unless a fault says otherwise.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use hyper::{
    Method,
    header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER},
    http::request::Parts,
};
use serde_json::{Map, Value, json};
use tokio::sync::Notify;

use crate::{
    faults::{number, text},
    job::{self, NO_CREDITS, Plan},
    models, record,
    wire::{Answer, Dropped, Envelope, chunked, full, html_page, response},
    world::{Shared, State, Task, World, now_ms},
};

const CONTENT: &str = "application/json;charset=UTF-8";
const NO_ACCESS: &str = "You do not have access permissions";
const TOO_OFTEN: &str = "Your call frequency is too high. Please try again later.";
const SERVER_EXCEPTION: &str =
    "Server exception, please try again later or contact customer service";
const UNKNOWN_MODEL: &str = "The model name you specified is not supported. Please verify your \
                             input and use one of the supported models provided by KIE.";
const UPSTREAM_SILENT: &str = "Upstream is currently experiencing service issues. No result has \
                               been returned for over 10 minutes";
/// How long a callback that must come first holds back the answer of createTask at most.
const MAX_HELD_ANSWER: Duration = Duration::from_secs(20);

/// What one call is told, and how its answer goes wrong.
struct Told {
    envelope: Envelope,
    /// Fields for the call log.
    log: Value,
    wait_ms: u64,
    drop: bool,
}

impl From<Envelope> for Told {
    fn from(envelope: Envelope) -> Self {
        Self { envelope, log: json!({}), wait_ms: 0, drop: false }
    }
}

/// Answers one call and logs it.
pub async fn answer(shared: Arc<Shared>, parts: Parts, body: Bytes) -> Answer {
    let path = parts.uri.path().to_owned();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let number = shared.world().log_call(json!({
        "port": "api", "method": parts.method.as_str(), "path": path, "query": parts.uri.query(),
        "time_ms": now_ms(), "content_type": header(CONTENT_TYPE), "bytes": body.len(),
        "model": null, "input": null, "unknown_fields": [], "http_status": null, "code": null,
        "taskId": null, "fault": null,
    }));
    if let Some((fault, answer)) = instead(&shared, &path) {
        let status = answer.as_ref().map(|response| response.status().as_u16()).ok();
        let fields = json!({"fault": fault, "http_status": status});
        shared.world().amend_call(number, fields);
        return answer;
    }
    let told = route(&shared, &parts, &path, &body).await;
    let mut fields = told.log;
    fields["code"] = json!(told.envelope.code);
    shared.world().amend_call(number, fields);
    if told.wait_ms > 0 {
        tokio::time::sleep(Duration::from_millis(told.wait_ms)).await;
    }
    if told.drop {
        return Err(Dropped);
    }
    shared.world().amend_call(number, json!({"http_status": 200}));
    Ok(afterwards(&shared, &path, number, &told.envelope).await)
}

/// Faults that answer before anything is done.
fn instead(shared: &Shared, path: &str) -> Option<(&'static str, Answer)> {
    let mut world = shared.world();
    if world.faults.take("connection_dropped", path).is_some() {
        return Some(("connection_dropped", Err(Dropped)));
    }
    if world.faults.take("html_502", path).is_some() {
        return Some(("html_502", Ok(html_page(502, "502 Bad Gateway"))));
    }
    if let Some(with) = world.faults.take("http_status", path) {
        let status = u16::try_from(number(&with, "status", 500)).unwrap_or(500);
        let envelope = Envelope::error(i64::from(status), "Internal Server Error");
        let mut response = response(status, CONTENT, full(envelope.text("msg")));
        if let Some(seconds) = with["retry_after"].as_u64() {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        return Some(("http_status", Ok(response)));
    }
    if let Some(with) = world.faults.take("body_code", path) {
        let code = with["code"].as_i64().unwrap_or(500);
        let envelope = Envelope::error(code, text(&with, "msg", "Internal Server Error"));
        return Some(("body_code", Ok(response(200, CONTENT, chunked(envelope.text("msg"))))));
    }
    None
}

/// Faults that spoil the answer of a call that was done.
async fn afterwards(
    shared: &Shared,
    path: &str,
    number_of_call: usize,
    envelope: &Envelope,
) -> hyper::Response<crate::wire::Body> {
    let slow = shared.world().faults.take("slow_answer", path);
    if let Some(with) = slow {
        shared.world().amend_call(number_of_call, json!({"fault": "slow_answer"}));
        tokio::time::sleep(Duration::from_millis(number(&with, "ms", 5_000))).await;
    }
    let mut world = shared.world();
    let message_field = world.faults.take("message_field", path).map_or("msg", |_| "message");
    let mut text = envelope.text(message_field);
    if world.faults.take("truncated_json", path).is_some() {
        world.amend_call(number_of_call, json!({"fault": "truncated_json"}));
        let half = text.chars().count() / 2;
        text = text.chars().take(half).collect();
    }
    if world.faults.take("empty_body", path).is_some() {
        world.amend_call(number_of_call, json!({"fault": "empty_body"}));
        text = String::new();
    }
    response(200, CONTENT, chunked(text))
}

async fn route(shared: &Arc<Shared>, parts: &Parts, path: &str, body: &Bytes) -> Told {
    let bearer = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = bearer.and_then(|text| text.strip_prefix("Bearer "));
    let known = [
        (Method::POST, "/api/v1/jobs/createTask"),
        (Method::GET, "/api/v1/jobs/recordInfo"),
        (Method::GET, "/api/v1/chat/credit"),
        (Method::POST, "/api/v1/common/download-url"),
    ];
    if !known.iter().any(|known| *known == (parts.method.clone(), path)) {
        return Envelope::error(404, "Not Found").into();
    }
    if key != Some(shared.config.api_key.as_str()) {
        return Envelope::error(401, NO_ACCESS).into();
    }
    match path {
        "/api/v1/jobs/createTask" => create_task(shared, body).await,
        "/api/v1/jobs/recordInfo" => record_info(shared, parts.uri.query().unwrap_or_default()),
        "/api/v1/chat/credit" => Envelope::success(json!(shared.world().credits)).into(),
        _ => download_url(shared, body),
    }
}

async fn create_task(shared: &Arc<Shared>, body: &Bytes) -> Told {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let (accepted, mut log) = accept(&mut shared.world(), &shared.origins.results, &request);
    let (task, plan) = match accepted {
        Ok(accepted) => accepted,
        Err(envelope) => return Told { log, ..envelope.into() },
    };
    let id = task.id.clone();
    log["taskId"] = json!(id);
    let running = tokio::spawn(job::run(Arc::clone(shared), task, plan));
    let answered_late = shared.world().faults.take("callback_before_answer", "createTask");
    if answered_late.is_some() {
        log["fault"] = json!("callback_before_answer");
        let _ = tokio::time::timeout(MAX_HELD_ANSWER, running).await;
    }
    let mut told = Told::from(Envelope::success(json!({"taskId": id, "recordId": id})));
    told.log = log;
    let mut world = shared.world();
    let mut take = |name: &'static str| {
        let with = world.faults.take(name, "createTask")?;
        told.log["fault"] = json!(name);
        Some(with)
    };
    if take("create_answer_lost").is_some() {
        told.drop = true;
    } else if let Some(with) = take("create_answer_hangs") {
        told.wait_ms = number(&with, "ms", 60_000);
        told.drop = true;
    } else if take("create_500_but_created").is_some() {
        told.envelope = Envelope::error(500, SERVER_EXCEPTION);
    }
    told
}

type Accepted = Result<(Task, Plan), Envelope>;

/// Checks rate, model, required fields, values and credits, in this order, and takes the task.
/// The second part goes to the call log.
fn accept(world: &mut World, results: &str, request: &Value) -> (Accepted, Value) {
    let input = request["input"].as_object().cloned().unwrap_or_default();
    let name = request["model"].as_str().unwrap_or_default();
    let model = models::find(name);
    let mut unknown: Vec<String> = model.map_or(Vec::new(), |model| model.unknown_fields(&input));
    let outer = request.as_object().into_iter().flat_map(Map::keys);
    let outer = outer.filter(|name| !["model", "input", "callBackUrl"].contains(&name.as_str()));
    unknown.extend(outer.map(|name| format!("/{name}")));
    let log = json!({
        "model": request["model"], "input": request["input"], "unknown_fields": unknown,
        "callBackUrl": request["callBackUrl"],
    });
    (check_and_take(world, results, request, input), log)
}

fn check_and_take(
    world: &mut World,
    results: &str,
    request: &Value,
    input: Map<String, Value>,
) -> Accepted {
    let now = now_ms();
    if !world.admit_create(now) || world.faults.take("create_429", "createTask").is_some() {
        return Err(Envelope::error(429, TOO_OFTEN));
    }
    let name = request["model"].as_str().unwrap_or_default();
    let model = models::find(name).ok_or_else(|| Envelope::error(422, UNKNOWN_MODEL))?;
    if !request["input"].is_object() {
        return Err(Envelope::error(422, "This field is required"));
    }
    model.check(&input)?;
    let price = model.price(&input);
    if world.credits < price || world.faults.take("create_402", "createTask").is_some() {
        return Err(Envelope::error(402, NO_CREDITS));
    }
    if world.faults.take("create_402_as_500", "createTask").is_some() {
        return Err(Envelope::error(500, NO_CREDITS));
    }
    if world.faults.take("create_without_task_id", "createTask").is_some() {
        return Err(Envelope::success(Value::Null));
    }
    let mut plan = Plan::take(&mut world.faults, results);
    if world.faults.is_armed("callback_before_answer") {
        plan.latency_ms = Some(0);
    }
    let in_flight_state = plan.in_flight_state.clone();
    let in_flight_state = in_flight_state.or_else(|| world.settings.in_flight_state.clone());
    let task = Task {
        id: world.new_id(),
        model,
        input,
        callback_url: request["callBackUrl"].as_str().map(str::to_owned),
        created_ms: now,
        completed_ms: None,
        state: State::InFlight,
        price,
        in_flight_state: in_flight_state.unwrap_or_else(|| model.in_flight.clone()),
        finish: Arc::new(Notify::new()),
        fetches: Arc::new(Mutex::new(Vec::new())),
        callbacks: Arc::new(Mutex::new(Vec::new())),
    };
    world.add_task(task.clone());
    Ok((task, plan))
}

fn record_info(shared: &Shared, query: &str) -> Told {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let id = pairs.find(|(name, _)| *name == "taskId").map(|(_, id)| id.to_owned());
    let Some(id) = id.filter(|id| !id.is_empty()) else {
        return Envelope::error(400, "taskId parameter is required").into();
    };
    let mut world = shared.world();
    let told = |envelope| Told { log: json!({"taskId": id}), ..Told::from(envelope) };
    let now = now_ms();
    let mut take = |name: &str| world.faults.take(name, "recordInfo").is_some();
    let error = if take("record_null") {
        Some((422, "recordInfo is null"))
    } else if take("record_404") {
        Some((404, "Task not found"))
    } else if take("record_408") {
        Some((408, UPSTREAM_SILENT))
    } else if take("record_429") || !world.admit_record(&id, now) {
        Some((429, TOO_OFTEN))
    } else {
        None
    };
    if let Some((code, msg)) = error {
        return told(Envelope::error(code, msg));
    }
    let visible_after = world.settings.record_null_ms;
    let task = world.tasks.get(&id).filter(|task| now >= task.created_ms + visible_after).cloned();
    match task {
        Some(task) => told(Envelope::success(shown_record(&mut world, task))),
        None => told(Envelope::error(422, "recordInfo is null")),
    }
}

/// `data` of recordInfo with the faults of its shape.
fn shown_record(world: &mut World, mut task: Task) -> Value {
    if let Some(with) = world.faults.take("record_state", "recordInfo") {
        text(&with, "state", "reviewing").clone_into(&mut task.in_flight_state);
        task.state = State::InFlight;
        task.completed_ms = None;
    }
    if world.faults.take("record_wrong_task", "recordInfo").is_some() {
        task.id = task.id.chars().rev().collect();
        let urls = vec!["http://127.0.0.1:1/other.png".to_owned()];
        task.state = State::Success { urls };
        task.completed_ms = Some(task.created_ms);
    }
    let finished = matches!(task.state, State::Success { .. });
    let mut take = |name: &str| finished && world.faults.take(name, "recordInfo").is_some();
    if take("record_no_urls") {
        task.state = State::Success { urls: Vec::new() };
    }
    let (object, null) = (take("record_result_object"), take("record_result_null"));
    let broken = take("record_result_broken");
    let mut data = record::record(&task, world.settings.era);
    if object {
        let text = data["resultJson"].as_str().unwrap_or_default();
        data["resultJson"] = serde_json::from_str(text).unwrap_or_default();
    }
    if null || broken {
        data["resultJson"] = if broken { json!("{\"resultUrls\":[") } else { Value::Null };
        if let Some(data) = data.as_object_mut() {
            data.remove("response");
        }
    }
    data
}

/// A link of one of the two file hosts becomes one that works for 20 minutes.
fn download_url(shared: &Shared, body: &Bytes) -> Told {
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let url = request["url"].as_str().unwrap_or_default();
    let mut world = shared.world();
    let now = now_ms();
    let Some(path) = url.strip_prefix(&shared.origins.results) else {
        return Envelope::error(422, "url is wrong").into();
    };
    if world.results.get(path, now).is_none() {
        return Envelope::error(422, "url is wrong").into();
    }
    let link = format!("/d/{}/{}", world.new_id(), path.rsplit('/').next().unwrap_or_default());
    let expires_ms = now.saturating_add(world.settings.download_url_ttl_ms);
    world.add_temporary(link.clone(), path.to_owned(), expires_ms);
    Envelope::success(json!(format!("{}{link}", shared.origins.results))).into()
}
