//! Every fault that can be armed does what it says.

use std::time::{Duration, Instant};

use bytes::Bytes;
use serde_json::{Value, json};

use crate::{
    identity_faults, mail,
    outside::{Arrived, Bench, KEY, WEBHOOK_KEY, send},
};

#[tokio::test]
async fn every_fault_of_the_list_does_what_it_says() {
    let bench = Bench::open().await;
    let list = bench.control("GET", "faults", json!({})).await;
    let kinds = list["faults"].as_array().unwrap();
    assert!(kinds.len() > 50);
    for kind in kinds {
        let (name, at) = (kind["fault"].as_str().unwrap(), kind["at"].as_str().unwrap());
        assert!(!kind["about"].as_str().unwrap().is_empty());
        bench.control("POST", "reset", json!({})).await;
        bench.control("POST", "settings", json!({"latency_ms": 0, "callback_retry_ms": 1})).await;
        println!("{name}");
        match at {
            "api" => api(&bench, name).await,
            "createTask" => create_task(&bench, name).await,
            "task" if name.starts_with("fail_") => failure(&bench, name).await,
            "task" => task(&bench, name).await,
            "recordInfo" => record(&bench, name).await,
            "callback" => callback(&bench, name).await,
            "result" => result(&bench, name).await,
            "upload" => upload(&bench).await,
            "mail" => mail::proof(&bench, name).await,
            "identity" | "discovery" | "authorize" | "token" | "id_token" | "keys" => {
                identity_faults::proof(&bench, at, name).await;
            }
            other => panic!("no proof for the faults of {other}"),
        }
        let left = bench.control("GET", "faults", json!({})).await;
        assert_eq!(left["armed"], json!([]), "{name} was not used up");
    }
}

#[tokio::test]
async fn faults_wait_for_their_path_and_for_their_turn() {
    let bench = Bench::open().await;
    let fault = json!({"fault": "html_502", "times": 2, "skip": 1, "with": {"path": "recordInfo"}});
    bench.control("POST", "faults", fault).await;
    assert!((bench.credits().await - 1_000.0).abs() < 1e-9, "another path");
    let mut statuses = Vec::new();
    for _ in 0..4 {
        let reply = bench.raw("GET", "/api/v1/jobs/recordInfo?taskId=a", "").await.unwrap();
        statuses.push(reply.status);
    }
    assert_eq!(statuses, [200, 502, 502, 200]);
    let fault = json!({"fault": "html_502", "times": 9});
    bench.control("POST", "faults", fault).await;
    bench.control("DELETE", "faults", json!({})).await;
    assert_eq!(bench.raw("GET", "/api/v1/chat/credit", "").await.unwrap().status, 200);
}

async fn api(bench: &Bench, name: &str) {
    let credit = || bench.raw("GET", "/api/v1/chat/credit", "");
    match name {
        "http_status" => {
            bench.arm(name, json!({"status": 429, "retry_after": 7})).await;
            let reply = credit().await.unwrap();
            assert_eq!((reply.status, reply.header("retry-after")), (429, "7"));
        }
        "html_502" => {
            bench.arm(name, json!({})).await;
            let reply = credit().await.unwrap();
            assert_eq!(reply.status, 502);
            assert!(reply.body.starts_with(b"<!DOCTYPE html>"));
        }
        "body_code" => {
            bench.arm(name, json!({"code": 455, "msg": "maintenance"})).await;
            let answer = credit().await.unwrap().json();
            assert_eq!(answer, json!({"code": 455, "msg": "maintenance", "data": null}));
        }
        "truncated_json" => {
            bench.arm(name, json!({})).await;
            let reply = credit().await.unwrap();
            assert!(reply.status == 200 && reply.body.starts_with(b"{\"code\":200"));
            assert!(serde_json::from_slice::<Value>(&reply.body).is_err());
        }
        "empty_body" => {
            bench.arm(name, json!({})).await;
            let reply = credit().await.unwrap();
            assert_eq!((reply.status, reply.body.len()), (200, 0));
        }
        "message_field" => {
            bench.arm(name, json!({})).await;
            let answer = credit().await.unwrap().json();
            assert!(answer["message"] == "success" && answer.get("msg").is_none());
        }
        "slow_answer" => {
            bench.arm(name, json!({"ms": 200})).await;
            let start = Instant::now();
            assert_eq!(credit().await.unwrap().json()["code"], 200);
            assert!(start.elapsed() >= Duration::from_millis(200));
        }
        "connection_dropped" => {
            bench.arm(name, json!({})).await;
            assert!(credit().await.is_err());
        }
        _ => panic!("no proof for {name}"),
    }
    let call = bench.calls().await[0].clone();
    assert!(name == "message_field" || name == call["fault"], "{call}");
    assert_eq!(credit().await.unwrap().json()["code"], 200, "only once");
}

async fn tasks(bench: &Bench) -> usize {
    bench.control("GET", "tasks", json!({})).await.as_array().unwrap().len()
}

async fn create_task(bench: &Bench, name: &str) {
    let with = if name == "create_answer_hangs" { json!({"ms": 200}) } else { json!({}) };
    bench.arm(name, with).await;
    let start = Instant::now();
    let body = bench.good_request().to_string();
    let reply = bench.raw("POST", "/api/v1/jobs/createTask", &body).await;
    let code = reply.as_ref().ok().map(|reply| reply.json()["code"].as_i64().unwrap());
    let msg = reply.as_ref().ok().map(|reply| reply.json()["msg"].to_string());
    let (expected_code, expected_tasks) = match name {
        "create_402" => (Some(402), 0),
        "create_402_as_500" => (Some(500), 0),
        "create_429" => (Some(429), 0),
        "create_answer_lost" | "create_answer_hangs" => (None, 1),
        "create_500_but_created" => (Some(500), 1),
        "create_without_task_id" => (Some(200), 0),
        "callback_before_answer" => (Some(200), 1),
        _ => panic!("no proof for {name}"),
    };
    assert_eq!((code, tasks(bench).await), (expected_code, expected_tasks), "{name}");
    if name.starts_with("create_402") {
        assert!(msg.unwrap().contains("Credits insufficient"));
    }
    if name == "create_answer_hangs" {
        assert!(start.elapsed() >= Duration::from_millis(200));
    }
    if name == "create_without_task_id" {
        assert_eq!(reply.unwrap().json()["data"], Value::Null);
    } else if name == "callback_before_answer" {
        assert_eq!(bench.waiting_callbacks().await, 1, "it is there before the answer");
    }
    if expected_tasks == 1 {
        // The task is real: it ends and calls back, though nobody was told of it.
        assert_eq!(bench.callback().await.json()["data"]["state"], "success");
    }
}

async fn failure(bench: &Bench, name: &str) {
    bench.arm(name, json!({})).await;
    let id = bench.created().await;
    bench.ended(&id).await;
    let data = bench.record(&id).await["data"].clone();
    let (code, text) = match name {
        "fail_media_unavailable" => ("422", "Your media file is unavailable"),
        "fail_image_fetch" => ("400", "Image fetch failed."),
        "fail_not_processed" => ("400", "The current content could not be processed"),
        "fail_openai_policy" => ("400", "Sorry, but the image we created may violate OpenAI's"),
        "fail_content_policy" => ("422", "CONTENT_POLICY_BLOCKED"),
        "fail_prompt_prohibited" => ("422", "Invalid prompt"),
        "fail_try_again" => ("500", "Internal Error, Please try again later."),
        "fail_internal" => ("500", "Internal server error"),
        "fail_generation" => ("501", "Generation failed"),
        "fail_credits" => ("402", "Credits insufficient"),
        "fail_google" => ("400", "The Google model was unable to generate"),
        _ => panic!("no proof for {name}"),
    };
    assert_eq!((&data["state"], &data["failCode"]), (&json!("fail"), &json!(code)), "{name}");
    assert!(data["failMsg"].as_str().unwrap().starts_with(text), "{data}");
    assert!((bench.credits().await - 1_000.0).abs() < 1e-9, "{name} gives the credits back");
    assert_eq!(bench.callback().await.json()["code"], 501);
}

async fn task(bench: &Bench, name: &str) {
    let with = match name {
        "task_fails" => json!({"fail_code": "433", "fail_msg": "Own words"}),
        "task_latency" => json!({"ms": 3_600_000}),
        "task_flips" => json!({"ms": 1}),
        "inputs_fetched_again" => json!({"gets": 3}),
        _ => json!({}),
    };
    bench.arm(name, with).await;
    let waits = ["task_never_ends", "task_latency", "task_in_flight_state"].contains(&name);
    if name == "task_in_flight_state" {
        bench.control("POST", "settings", json!({"latency_ms": 3_600_000})).await;
    }
    let id = bench.created().await;
    if waits {
        // A second, undisturbed task passes the first one.
        bench.control("POST", "settings", json!({"latency_ms": 0})).await;
        let other = bench.created().await;
        assert_eq!(bench.ended(&other).await["state"], "success");
        bench.callback().await;
        let state = if name == "task_in_flight_state" { "queuing" } else { "waiting" };
        assert_eq!(bench.record(&id).await["data"]["state"], state);
        bench.control("POST", &format!("tasks/{id}/finish"), json!({})).await;
    }
    let task = bench.ended(&id).await;
    let first = bench.callback().await.json();
    match name {
        "task_fails" => {
            assert_eq!((&task["failCode"], &task["failMsg"]), (&json!("433"), &json!("Own words")));
        }
        "task_flips" => {
            assert_eq!(first["data"]["state"], "success");
            assert_eq!(bench.callback().await.json()["data"]["state"], "fail");
            assert_eq!(bench.record(&id).await["data"]["state"], "fail");
            assert!((bench.credits().await - 1_000.0).abs() < 1e-9);
        }
        "inputs_fetched_again" => assert_eq!(task["input_fetch_count"], 6),
        "result_unlisted_host" => {
            let url = task["resultUrls"][0].as_str().unwrap();
            assert!(url.starts_with("http://localhost:"), "{url}");
            let elsewhere = json!({"origin": "https://evil.example"});
            bench.arm(name, elsewhere).await;
            let url = bench.finished_url().await;
            assert!(url.starts_with("https://evil.example/p/"), "{url}");
            bench.callback().await;
        }
        _ => assert!(waits && task["state"] == "success", "no proof for {name}"),
    }
}

async fn record(bench: &Bench, name: &str) {
    let id = bench.created().await;
    bench.ended(&id).await;
    bench.callback().await;
    bench.arm(name, json!({})).await;
    let spoilt = bench.record(&id).await;
    let data = &spoilt["data"];
    match name {
        "record_null" => assert_eq!(spoilt["msg"], "recordInfo is null"),
        "record_404" => assert_eq!(spoilt["code"], 404),
        "record_408" => assert_eq!(spoilt["code"], 408),
        "record_429" => assert_eq!(spoilt["code"], 429),
        "record_state" => {
            assert_eq!((&data["state"], &data["resultJson"]), (&json!("reviewing"), &json!("")));
        }
        "record_wrong_task" => {
            assert!(data["taskId"] != id.as_str() && data["state"] == "success");
        }
        "record_result_object" => assert!(data["resultJson"]["resultUrls"][0].is_string()),
        "record_result_null" => {
            assert!(data["resultJson"].is_null() && data.get("response").is_none());
        }
        "record_result_broken" => {
            let text = data["resultJson"].as_str().unwrap();
            assert!(!text.is_empty() && serde_json::from_str::<Value>(text).is_err());
        }
        "record_no_urls" => assert_eq!(data["resultJson"], "{\"resultUrls\":[]}"),
        _ => panic!("no proof for {name}"),
    }
    let good = bench.record(&id).await["data"].clone();
    assert!(good["taskId"] == id.as_str() && good["response"]["resultUrls"][0].is_string());
}

/// Whether the signature is true for this task id, and how old it is.
fn signed(arrived: &Arrived, id: &str, now_ms: u64) -> (bool, u64) {
    let timestamp: u64 = arrived.headers["x-webhook-timestamp"].parse().unwrap();
    let expected = sandbox::signature(WEBHOOK_KEY, id, timestamp);
    (arrived.headers["x-webhook-signature"] == expected, now_ms / 1_000 - timestamp)
}

async fn callback(bench: &Bench, name: &str) {
    let with = match name {
        "callback_early" | "callback_late" => json!({"ms": 300}),
        _ => json!({}),
    };
    bench.arm(name, with).await;
    let id = bench.created().await;
    if name == "callback_missing" {
        bench.ended(&id).await;
        // The next task's callback is the first that arrives.
        let next = bench.created().await;
        assert_eq!(bench.callback().await.json()["data"]["taskId"], next.as_str());
        return;
    }
    let arrived = bench.callback().await;
    if name == "callback_early" {
        assert_eq!(arrived.json()["data"]["state"], "success");
        assert_eq!(bench.record(&id).await["data"]["state"], "waiting");
        assert_eq!(bench.ended(&id).await["state"], "success");
        return;
    }
    let task = bench.ended(&id).await;
    let completed = task["completeTime"].as_u64().unwrap();
    let text = String::from_utf8(arrived.body.to_vec()).unwrap();
    match name {
        "callback_duplicated" => {
            for _ in 0..4 {
                assert_eq!(bench.callback().await.body, arrived.body);
            }
        }
        "callback_late" => {
            let attempt = task["callbacks"].as_array().unwrap().first().cloned();
            let sent = match attempt {
                Some(attempt) => attempt["time_ms"].as_u64().unwrap(),
                // Arrived, but its answer is not logged yet: then it is certainly after.
                None => completed + 300,
            };
            assert!(sent >= completed + 300);
        }
        "callback_2025" => {
            let data = arrived.json()["data"].clone();
            assert_eq!(
                (&data["consumeCredits"], &data["remainedCredits"]),
                (&json!(8), &json!(992))
            );
            let param: Value = serde_json::from_str(data["param"].as_str().unwrap()).unwrap();
            assert!(param["input"].is_object());
        }
        "callback_snake_id" => {
            let data = arrived.json()["data"].clone();
            assert!(data["task_id"] == id.as_str() && data.get("taskId").is_none());
        }
        "callback_bad_signature" => assert!(!signed(&arrived, &id, completed).0),
        "callback_unsigned" => assert!(!arrived.headers.contains_key("x-webhook-signature")),
        "callback_old_timestamp" => {
            let (is_true, age) = signed(&arrived, &id, completed + 1_000);
            assert!(is_true && age >= 3_600, "{age}");
        }
        "callback_swapped_body" => {
            assert!(signed(&arrived, &id, completed + 1_000).0 && text.contains("forged.png"));
        }
        "callback_other_task" => {
            assert!(signed(&arrived, &id, completed + 1_000).0);
            assert_ne!(arrived.json()["data"]["taskId"], id.as_str());
        }
        "callback_not_json" => assert!(text.starts_with("<html>")),
        _ => panic!("no proof for {name}"),
    }
}

async fn result(bench: &Bench, name: &str) {
    let url = bench.finished_url().await;
    bench.callback().await;
    let good = send("GET", &url, &[], "").await.unwrap();
    let with = match name {
        "result_status" => json!({"status": 403}),
        "result_slow" | "result_hangs" => json!({"ms": 200}),
        "result_huge" => json!({"bytes": 3 << 20}),
        _ => json!({}),
    };
    bench.arm(name, with).await;
    let start = Instant::now();
    let spoilt = send("GET", &url, &[], "").await;
    let waited = start.elapsed() >= Duration::from_millis(200);
    let call = bench.calls().await.pop().unwrap();
    assert_eq!(call["fault"], name);
    if ["result_hangs", "result_truncated"].contains(&name) {
        assert!(spoilt.is_err() && (waited || name == "result_truncated"), "{spoilt:?}");
        return;
    }
    let spoilt = spoilt.unwrap();
    let kind = spoilt.header("content-type");
    match name {
        "result_status" => assert_eq!(spoilt.status, 403),
        "result_slow" => assert!(waited && spoilt.body == good.body),
        "result_huge" => {
            assert_eq!((spoilt.body.len(), spoilt.header("content-length")), (3 << 20, ""));
            assert!(spoilt.body.starts_with(&good.body));
        }
        "result_html" => assert!(kind.starts_with("text/html") && spoilt.status == 200),
        "result_mislabelled" => assert!(kind == "image/jpeg" && spoilt.body.starts_with(b"<html>")),
        "result_redirect" => {
            let to = url.replace("127.0.0.1", "localhost");
            assert_eq!((spoilt.status, spoilt.header("location")), (302, to.as_str()));
        }
        "result_chunked" => {
            assert_eq!(spoilt.header("transfer-encoding"), "chunked");
            assert_eq!(spoilt.body, good.body);
        }
        "result_empty" => assert_eq!((spoilt.status, spoilt.body.len()), (200, 0)),
        _ => panic!("no proof for {name}"),
    }
}

async fn upload(bench: &Bench) {
    bench.arm("upload_fails", json!({})).await;
    let url = format!("{}/api/file-base64-upload", bench.sandbox.uploads);
    let authorization = format!("Bearer {KEY}");
    let body = Bytes::from_static(b"{\"base64Data\":\"AAAA\",\"uploadPath\":\"a\"}");
    let mut answers = Vec::new();
    for _ in 0..2 {
        let headers = [("authorization", authorization.as_str())];
        answers.push(send("POST", &url, &headers, body.clone()).await.unwrap().json());
    }
    let failed = json!({"success": false, "code": 500, "msg": "Internal server error"});
    assert_eq!(answers[0], failed);
    assert_eq!(answers[1]["success"], true);
}
