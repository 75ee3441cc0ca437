//! `/_control`: where tests arm faults and read what happened.

use std::sync::Arc;

use bytes::Bytes;
use hyper::{Method, Response, http::request::Parts};
use serde_json::{Value, json};

use crate::{
    callback::{self, Variant},
    identity,
    wire::{Answer, Body, json_response},
    world::{Shared, State, Task},
};

/// Answers one request to the control interface.
pub async fn answer(shared: Arc<Shared>, parts: Parts, body: Bytes) -> Answer {
    let path = parts.uri.path().strip_prefix("/_control/").unwrap_or_default().to_owned();
    let request: Value = if body.is_empty() {
        json!({})
    } else {
        match serde_json::from_slice(&body) {
            Ok(request) => request,
            Err(error) => return Ok(refused(&error.to_string())),
        }
    };
    let words: Vec<&str> = path.split('/').collect();
    Ok(match (&parts.method, words.as_slice()) {
        (&Method::GET, ["faults"]) => json_response(200, &shared.world().faults.list()),
        (&Method::POST, ["faults"]) => done(shared.world().faults.arm(&request)),
        (&Method::DELETE, ["faults"]) => {
            shared.world().faults.clear();
            done(Ok(()))
        }
        (&Method::GET, ["calls"]) => json_response(200, &json!(shared.world().calls())),
        (&Method::DELETE, ["calls"]) => {
            shared.world().clear_calls();
            done(Ok(()))
        }
        (&Method::GET, ["tasks"]) => {
            let tasks: Vec<Value> = shared.world().tasks_in_order().map(listed).collect();
            json_response(200, &json!(tasks))
        }
        (&Method::GET, ["settings"]) => json_response(200, &settings(&shared)),
        (&Method::POST, ["settings"]) => change_settings(&shared, request),
        (&Method::POST, ["reset"]) => {
            shared.reset();
            done(Ok(()))
        }
        (&Method::POST, ["tasks", id, act]) => act_on_task(&shared, id, act, &request).await,
        (&Method::GET, ["mails"]) => {
            let query = parts.uri.query().unwrap_or_default().as_bytes();
            let to = form_urlencoded::parse(query).find(|(name, _)| name == "to");
            json_response(200, &shared.world().mailbox.list(to.as_ref().map(|(_, to)| to.as_ref())))
        }
        (&Method::DELETE, ["mails"]) => {
            shared.world().mailbox.clear();
            done(Ok(()))
        }
        (method, ["identity", ..]) => {
            match identity::control::answer(&shared, method, &words, &request) {
                Some(Ok(list)) => json_response(200, &list),
                Some(Err(why)) => refused(&why),
                None => no_such_control(),
            }
        }
        _ => no_such_control(),
    })
}

fn no_such_control() -> Response<Body> {
    json_response(404, &json!({"error": "no such control"}))
}

fn refused(why: &str) -> Response<Body> {
    json_response(422, &json!({"error": why}))
}

fn done(result: Result<(), String>) -> Response<Body> {
    match result {
        Ok(()) => json_response(200, &json!({"ok": true})),
        Err(why) => refused(&why),
    }
}

fn settings(shared: &Shared) -> Value {
    let world = shared.world();
    let mut settings = world.settings.list();
    settings["credits"] = json!(world.credits);
    settings
}

/// The balance stands among the settings, though calls change it too.
fn change_settings(shared: &Shared, mut request: Value) -> Response<Body> {
    let Some(changes) = request.as_object_mut() else { return refused("not an object") };
    let credits = match changes.remove("credits") {
        Some(value) => match value.as_f64() {
            Some(credits) => Some(credits),
            None => return refused("credits is not a number"),
        },
        None => None,
    };
    let mut world = shared.world();
    if let Err(why) = world.settings.change(changes) {
        return refused(&why);
    }
    world.credits = credits.unwrap_or(world.credits);
    drop(world);
    json_response(200, &settings(shared))
}

async fn act_on_task(shared: &Arc<Shared>, id: &str, act: &str, request: &Value) -> Response<Body> {
    let task = shared.world().tasks.get(id).cloned();
    let Some(task) = task else {
        return json_response(404, &json!({"error": "no such task"}));
    };
    match act {
        "finish" => {
            // Keeps one permit: a task that is still fetching ends as soon as it would wait.
            task.finish.notify_one();
            done(Ok(()))
        }
        "callback" => {
            let variant = Variant::from_options(shared, request);
            callback::send(shared, &task, &variant).await;
            json_response(200, &listed(&task)["callbacks"])
        }
        _ => json_response(404, &json!({"error": "no such act"})),
    }
}

/// A task as tests read it.
fn listed(task: &Task) -> Value {
    let outcome = |status: &Result<u16, String>| match status {
        Ok(status) => json!({"status": status, "error": null}),
        Err(error) => json!({"status": null, "error": error}),
    };
    let mut callbacks = Vec::new();
    for attempt in task.callbacks.lock().iter().flat_map(|attempts| attempts.iter()) {
        let mut entry = outcome(&attempt.status);
        entry["time_ms"] = json!(attempt.time_ms);
        callbacks.push(entry);
    }
    let mut fetches = Vec::new();
    for fetch in task.fetches.lock().iter().flat_map(|fetches| fetches.iter()) {
        let mut entry = outcome(&fetch.status);
        entry["url"] = json!(fetch.url);
        entry["time_ms"] = json!(fetch.time_ms);
        entry["content_type"] = json!(fetch.content_type);
        entry["bytes"] = json!(fetch.bytes);
        entry["metadata"] = fetch.traces.list();
        fetches.push(entry);
    }
    let (state, fail_code, fail_msg) = match &task.state {
        State::InFlight => (task.in_flight_state.as_str(), None, None),
        State::Success { .. } => ("success", None, None),
        State::Fail { code, msg } => ("fail", Some(code), Some(msg)),
    };
    let urls = match &task.state {
        State::Success { urls } => urls.as_slice(),
        State::InFlight | State::Fail { .. } => &[],
    };
    json!({
        "taskId": task.id, "model": task.model.name, "input": task.input,
        "callBackUrl": task.callback_url, "state": state, "failCode": fail_code,
        "failMsg": fail_msg, "resultUrls": urls, "credits": task.price,
        "createTime": task.created_ms, "completeTime": task.completed_ms,
        "callbacks": callbacks, "input_fetch_count": fetches.len(), "input_fetches": fetches,
    })
}
