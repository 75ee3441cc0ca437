//! What Kie says about a task: recordInfo in two eras, and the callback in two shapes.

use serde_json::{Map, Value, json};

use crate::world::{Era, State, Task};

const MS_PER_SECOND: u64 = 1_000;

/// The request as Kie stores it: JSON text in which `input` is JSON text again.
fn param(task: &Task) -> String {
    let mut param = Map::new();
    let input = Value::Object(task.input.clone()).to_string();
    param.insert("input".to_owned(), Value::String(input));
    if let Some(url) = &task.callback_url {
        param.insert("callBackUrl".to_owned(), json!(url));
    }
    param.insert("model".to_owned(), json!(task.model.name));
    Value::Object(param).to_string()
}

/// Whole seconds from creation to completion; null in flight.
fn cost_time(task: &Task) -> Value {
    match task.completed_ms {
        Some(completed) => json!(completed.saturating_sub(task.created_ms) / MS_PER_SECOND),
        None => Value::Null,
    }
}

fn credits_consumed(task: &Task) -> f64 {
    match task.state {
        State::InFlight | State::Success { .. } => task.price,
        State::Fail { .. } => 0.0,
    }
}

/// `data` of recordInfo.
pub fn record(task: &Task, era: Era) -> Value {
    let param = param(task);
    let (state, flag) = match &task.state {
        State::InFlight => (task.in_flight_state.as_str(), 0),
        State::Success { .. } => ("success", 1),
        State::Fail { .. } => ("fail", 3),
    };
    let (result, response) = match &task.state {
        State::Success { urls } => {
            let result = json!({"resultUrls": urls});
            (result.to_string(), Some(result))
        }
        State::InFlight | State::Fail { .. } => (String::new(), None),
    };
    let (fail_code, fail_msg) = match &task.state {
        State::Fail { code, msg } => (json!(code), json!(msg)),
        State::InFlight | State::Success { .. } => (Value::Null, Value::Null),
    };
    let mut data = json!({
        "taskId": task.id, "model": task.model.name, "state": state, "param": param,
        "resultJson": result, "failCode": fail_code, "failMsg": fail_msg,
        "costTime": cost_time(task), "completeTime": task.completed_ms,
        "createTime": task.created_ms,
    });
    if era == Era::September2026 {
        data["creditsConsumed"] = json!(credits_consumed(task));
        data["operationType"] = json!(task.model.name);
        data["successFlag"] = json!(flag);
        data["paramJson"] = json!(param);
        if let Some(response) = response {
            data["response"] = response;
        }
    }
    data
}

/// Callbacks round their times to whole seconds.
fn whole_second(ms: u64) -> u64 {
    ms / MS_PER_SECOND * MS_PER_SECOND
}

/// Callbacks show whole amounts without a fraction.
#[expect(clippy::cast_possible_truncation, reason = "only whole amounts are cast")]
fn plain_number(amount: f64) -> Value {
    if amount.fract() == 0.0 { json!(amount as i64) } else { json!(amount) }
}

/// The whole callback body; `remaining` is the balance, which the shape of 2025 shows.
pub fn callback(task: &Task, shape_2025: bool, remaining: f64) -> Value {
    let failed = matches!(task.state, State::Fail { .. });
    let state = match &task.state {
        State::InFlight => task.in_flight_state.as_str(),
        State::Success { .. } => "success",
        State::Fail { .. } => "fail",
    };
    let mut data = json!({
        "taskId": task.id, "model": task.model.name, "state": state, "param": param(task),
        "costTime": cost_time(task), "createTime": whole_second(task.created_ms),
        "creditsConsumed": plain_number(credits_consumed(task)),
    });
    if let Some(completed) = task.completed_ms {
        data["completeTime"] = json!(whole_second(completed));
        data["updateTime"] = json!(whole_second(completed));
    }
    match &task.state {
        State::Success { urls } => {
            data["resultJson"] = json!(json!({"resultUrls": urls}).to_string());
        }
        State::Fail { code, msg } => {
            data["failCode"] = json!(code);
            data["failMsg"] = json!(msg);
        }
        State::InFlight => {}
    }
    if shape_2025 {
        data["consumeCredits"] = plain_number(credits_consumed(task));
        data["remainedCredits"] = plain_number(remaining);
        let mut param = json!({"input": task.input, "model": task.model.name});
        if let Some(url) = &task.callback_url {
            param["callBackUrl"] = json!(url);
        }
        data["param"] = json!(param.to_string());
        if let Some(data) = data.as_object_mut() {
            data.remove("creditsConsumed");
        }
    }
    let (code, msg) = if failed {
        (501, "Playground task failed.")
    } else {
        (200, "Playground task completed successfully.")
    };
    json!({"code": code, "msg": msg, "data": data})
}
