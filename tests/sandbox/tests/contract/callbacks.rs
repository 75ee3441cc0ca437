//! Signature, retries, order of events.

use serde_json::{Value, json};

use crate::outside::{Arrived, Bench, WEBHOOK_KEY};

fn is_signed(arrived: &Arrived, id: &str) -> bool {
    let timestamp = arrived.headers["x-webhook-timestamp"].parse().unwrap();
    arrived.headers["x-webhook-signature"] == sandbox::signature(WEBHOOK_KEY, id, timestamp)
}

#[test]
fn the_signature_matches_the_published_vector() {
    let signature =
        sandbox::signature("test-hmac-key", "ee9c2715375b7837f8bb51d641ff5863", 1_757_000_000);
    assert_eq!(signature, "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKo=");
}

#[tokio::test]
async fn success_and_failure_call_back_once_signed_and_in_shape() {
    let bench = Bench::open().await;
    let id = bench.created().await;
    let arrived = bench.callback().await;
    assert!(is_signed(&arrived, &id));
    let body = arrived.json();
    assert_eq!(body["code"], 200);
    assert_eq!(body["msg"], "Playground task completed successfully.");
    let data = &body["data"];
    assert_eq!((&data["taskId"], &data["state"]), (&json!(id), &json!("success")));
    assert_eq!(data["creditsConsumed"].to_string(), "8", "whole amounts without a fraction");
    assert_eq!(data["completeTime"].as_u64().unwrap() % 1_000, 0, "rounded to seconds");
    let record = bench.record(&id).await["data"].clone();
    assert_eq!((&data["resultJson"], &data["param"]), (&record["resultJson"], &record["param"]));

    bench.arm("fail_generation", json!({})).await;
    let id = bench.created().await;
    let arrived = bench.callback().await;
    assert!(is_signed(&arrived, &id));
    let body = arrived.json();
    assert_eq!((&body["code"], &body["msg"]), (&json!(501), &json!("Playground task failed.")));
    let data = body["data"].as_object().unwrap();
    assert_eq!((&data["failCode"], &data["creditsConsumed"]), (&json!("501"), &json!(0)));
    assert!(!data.contains_key("resultJson"));
}

#[tokio::test]
async fn a_callback_that_is_not_answered_with_200_is_tried_four_times_in_all() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"callback_timeout_ms": 50})).await;
    // One that never answers, two that fail in other ways, and then the last chance.
    bench.answer_callbacks(&[0, 500, 204, 503]);
    let id = bench.created().await;
    let mut bodies = Vec::new();
    for _ in 0..4 {
        let arrived = bench.callback().await;
        assert!(is_signed(&arrived, &id));
        bodies.push(arrived.body);
    }
    assert!(bodies.iter().all(|body| body == &bodies[0]));
    let attempts = attempts_of(&bench, &id, 4).await;
    assert_eq!(attempts, ["timed out", "500", "204", "503"]);
    pass_time(&bench).await;
    assert_eq!(bench.waiting_callbacks().await, 0, "no fifth attempt");
}

/// Draws a picture, which takes many times the milliseconds to another retry.
async fn pass_time(bench: &Bench) {
    bench.arm("callback_missing", json!({})).await;
    let other = bench.created().await;
    bench.ended(&other).await;
}

/// Statuses or errors of the attempts, once there are as many.
async fn attempts_of(bench: &Bench, id: &str, count: usize) -> Vec<String> {
    for _ in 0..1_000 {
        let task = bench.task(id).await;
        let attempts = task["callbacks"].as_array().unwrap().clone();
        if attempts.len() >= count {
            let text = |attempt: &Value| {
                let error = attempt["error"].as_str().map(str::to_owned);
                error.unwrap_or_else(|| attempt["status"].to_string())
            };
            return attempts.iter().map(text).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("fewer than {count} attempts");
}

#[tokio::test]
async fn retries_stop_at_the_first_200() {
    let bench = Bench::open().await;
    bench.answer_callbacks(&[500]);
    let id = bench.created().await;
    bench.callback().await;
    bench.callback().await;
    assert_eq!(attempts_of(&bench, &id, 2).await, ["500", "200"]);
    pass_time(&bench).await;
    assert_eq!(bench.waiting_callbacks().await, 0);
}

#[tokio::test]
async fn without_a_webhook_key_nothing_is_signed() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"webhook_key": ""})).await;
    bench.created().await;
    assert!(!bench.callback().await.headers.contains_key("x-webhook-signature"));
}

#[tokio::test]
async fn the_control_interface_sends_true_and_forged_callbacks() {
    let bench = Bench::open().await;
    let id = bench.created().await;
    bench.callback().await;
    let path = format!("tasks/{id}/callback");
    bench.control("POST", &path, json!({"times": 2})).await;
    assert!(is_signed(&bench.callback().await, &id) && is_signed(&bench.callback().await, &id));
    bench.control("POST", &path, json!({"bad_signature": true})).await;
    assert!(!is_signed(&bench.callback().await, &id));
    bench.control("POST", &path, json!({"swap_body": {"state": "fail"}})).await;
    let arrived = bench.callback().await;
    assert!(is_signed(&arrived, &id));
    assert_eq!(arrived.json()["data"]["state"], "fail");
    bench.control("POST", &path, json!({"swap_body": true})).await;
    assert!(bench.callback().await.json()["data"]["resultJson"].to_string().contains("forged"));
    bench.control("POST", &path, json!({"old_timestamp": 7_200})).await;
    let arrived = bench.callback().await;
    let sent: u64 = arrived.headers["x-webhook-timestamp"].parse().unwrap();
    let completed = bench.task(&id).await["completeTime"].as_u64().unwrap() / 1_000;
    assert!(is_signed(&arrived, &id) && sent + 7_190 < completed);
    bench.answer_callbacks(&[500]);
    let attempts = bench.control("POST", &path, json!({"shape": "2025"})).await;
    assert_eq!(attempts.as_array().unwrap().len(), 8, "and no retry");
    assert_eq!(bench.callback().await.json()["data"]["consumeCredits"], 8);
}
