//! Envelope, createTask, recordInfo, limits, credits.

use bytes::Bytes;
use image::ImageFormat;
use serde_json::{Value, json};

use crate::outside::{Bench, encoded, picture, send};

fn changed(mut request: Value, pointer: &str, value: Value) -> Value {
    *request.pointer_mut(pointer).unwrap() = value;
    request
}

#[tokio::test]
async fn every_error_is_http_200_with_its_code_in_the_body() {
    let bench = Bench::open().await;
    for (method, path, code, msg) in [
        ("GET", "/jobs/recordInfo", 400, "taskId parameter is required"),
        ("GET", "/jobs/recordInfo?taskId=abc", 422, "recordInfo is null"),
        ("GET", "/jobs/queryTask?taskId=abc", 404, "Not Found"),
        ("GET", "/jobs/createTask", 404, "Not Found"),
        ("POST", "/common/download-url", 422, "url is wrong"),
    ] {
        let envelope = bench.api(method, path, json!({"url": "https://example.org/a.png"})).await;
        assert_eq!(envelope, json!({"code": code, "msg": msg, "data": null}), "{path}");
    }
}

#[tokio::test]
async fn answers_are_typed_and_chunked_like_the_gateways() {
    let bench = Bench::open().await;
    let reply = bench.raw("GET", "/api/v1/chat/credit", "").await.unwrap();
    assert_eq!(reply.header("content-type"), "application/json;charset=UTF-8");
    assert_eq!(reply.header("transfer-encoding"), "chunked");
    assert!(reply.body.ends_with(b"1000.0,\"msg\":\"success\"}"), "a float: {:?}", reply.body);
}

/// Each step repairs one thing, so each answer shows which check comes next.
#[tokio::test]
async fn create_task_checks_key_model_required_enum_credits_in_this_order() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"credits": 7.5})).await;
    let mut request = json!({
        "model": "nano-banana-3",
        "input": {"image_urls": [bench.url("/person.jpg")], "output_format": "jpg",
                  "aspect_ratio": "7:5"},
    });
    let url = format!("{}/api/v1/jobs/createTask", bench.sandbox.api);
    for (header, value) in [("authorization", "Bearer wrong"), ("apikey", "sandbox-key")] {
        let reply = send("POST", &url, &[(header, value)], request.to_string()).await.unwrap();
        assert_eq!((reply.status, reply.json()["code"].as_i64()), (200, Some(401)));
    }
    let envelope = bench.create(request.clone()).await;
    assert_eq!(envelope["code"], 422);
    assert!(envelope["msg"].as_str().unwrap().starts_with("The model name you specified"));
    request["model"] = json!("google/nano-banana-edit");
    let envelope = bench.create(request.clone()).await;
    assert_eq!((&envelope["code"], &envelope["msg"]), (&json!(500), &json!("prompt is required")));
    request["input"]["prompt"] = json!("Put it on");
    let images = request["input"]["image_urls"].take();
    let envelope = bench.create(request.clone()).await;
    assert_eq!(envelope["msg"], "This field is required");
    request["input"]["image_urls"] = images;
    let envelope = bench.create(request.clone()).await;
    let text = "This aspect_ratio is not within the range of allowed options";
    assert_eq!((&envelope["code"], &envelope["msg"]), (&json!(500), &json!(text)));
    request["input"]["aspect_ratio"] = json!("3:4");
    let envelope = bench.create(request.clone()).await;
    let text = "output_format is not within the range of allowed options";
    assert_eq!(envelope["msg"], text, "jpg is jpeg on this model");
    request["input"]["output_format"] = json!("jpeg");
    bench.control("POST", "settings", json!({"credits": 3.5})).await;
    let envelope = bench.create(request.clone()).await;
    assert_eq!(envelope["code"], 402);
    assert!(envelope["msg"].as_str().unwrap().starts_with("Credits insufficient : Your current"));
    assert!(envelope["msg"].as_str().unwrap().contains("isn\u{2019}t"));
    bench.control("POST", "settings", json!({"credits": 4.0})).await;
    assert_eq!(bench.create(request).await["code"], 200);
    assert!(bench.credits().await.abs() < 1e-9, "4 credits are held at creation");
}

#[tokio::test]
async fn gpt_image_refuses_sizes_that_its_ratio_does_not_allow() {
    let bench = Bench::open().await;
    let base = json!({"model": "gpt-image-2-image-to-image", "input": {
        "prompt": "Put it on", "input_urls": [bench.url("/person.jpg")],
        "aspect_ratio": "2:3", "resolution": "4K"}});
    for (ratio, resolution, code) in [
        ("auto", "2K", 500),
        ("auto", "1K", 200),
        ("1:1", "4K", 500),
        ("1:1", "2K", 200),
        ("4:5", "2K", 500),
        ("2:3", "4K", 200),
    ] {
        let request = changed(base.clone(), "/input/aspect_ratio", json!(ratio));
        let request = changed(request, "/input/resolution", json!(resolution));
        assert_eq!(bench.create(request).await["code"], code, "{ratio} {resolution}");
    }
}

#[tokio::test]
async fn ids_are_32_hex_and_stand_in_the_answer_twice() {
    let bench = Bench::open().await;
    let data = bench.create(bench.good_request()).await["data"].clone();
    let id = data["taskId"].as_str().unwrap();
    assert_eq!(id.len(), 32);
    assert!(id.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit)));
    assert_eq!(data, json!({"taskId": id, "recordId": id}));
    assert_ne!(bench.created().await, id);
}

#[tokio::test]
async fn unknown_fields_are_ignored_billed_and_logged() {
    let bench = Bench::open().await;
    let mut request = bench.good_request();
    request["input"]["image_urls"] = request["input"]["image_input"].take();
    request["input"].as_object_mut().unwrap().remove("image_input");
    request["callbackUrl"] = request["callBackUrl"].take();
    let id = bench.created_with(request).await;
    let task = bench.ended(&id).await;
    assert_eq!((&task["state"], &task["input_fetch_count"]), (&json!("success"), &json!(0)));
    assert!((bench.credits().await - 992.0).abs() < 1e-9);
    let calls = bench.calls().await;
    let call = calls.iter().find(|call| call["path"] == "/api/v1/jobs/createTask").unwrap();
    assert_eq!(call["unknown_fields"], json!(["image_urls", "/callbackUrl"]));
    assert_eq!((&call["code"], &call["taskId"]), (&json!(200), &json!(id)));
    assert_eq!(call["input"]["prompt"], "Put the tops on the person");
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const APRIL: [&str; 10] = [
    "completeTime",
    "costTime",
    "createTime",
    "failCode",
    "failMsg",
    "model",
    "param",
    "resultJson",
    "state",
    "taskId",
];

#[tokio::test]
async fn record_info_has_the_shape_of_its_era_in_flight_and_at_the_end() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"latency_ms": 60_000, "era": "2026-04"})).await;
    let id = bench.created().await;
    let old = bench.record(&id).await["data"].clone();
    assert_eq!(names(&old), APRIL);
    assert_eq!(old["state"], "waiting");
    assert_eq!(old["resultJson"], "", "empty text, not null");
    for null in ["failCode", "failMsg", "costTime", "completeTime"] {
        assert_eq!(old[null], Value::Null, "{null}");
    }
    bench.control("POST", "settings", json!({"era": "2026-09"})).await;
    let new = bench.record(&id).await["data"].clone();
    let flags = ["creditsConsumed", "operationType", "paramJson", "successFlag"];
    assert!(flags.iter().all(|name| names(&new).contains(name)), "{new}");
    assert_eq!(names(&new).len(), APRIL.len() + flags.len());
    assert_eq!((&new["successFlag"], &new["creditsConsumed"]), (&json!(0), &json!(8.0)));
    bench.control("POST", &format!("tasks/{id}/finish"), json!({})).await;
    bench.ended(&id).await;
    let new = bench.record(&id).await["data"].clone();
    assert_eq!((&new["state"], &new["successFlag"]), (&json!("success"), &json!(1)));
    let result: Value = serde_json::from_str(new["resultJson"].as_str().unwrap()).unwrap();
    assert_eq!(new["response"], result, "the same, already parsed");
    let times = (&new["completeTime"], &new["createTime"]);
    let took = times.0.as_u64().unwrap() - times.1.as_u64().unwrap();
    assert_eq!(new["costTime"], took / 1_000, "whole seconds");
    bench.control("POST", "settings", json!({"era": "2026-04"})).await;
    assert_eq!(names(&bench.record(&id).await["data"]), APRIL);
}

#[tokio::test]
async fn param_is_json_in_json_and_the_input_is_json_once_more() {
    let bench = Bench::open().await;
    let request = bench.good_request();
    let data = bench.record(&bench.created().await).await["data"].clone();
    let param: Value = serde_json::from_str(data["param"].as_str().unwrap()).unwrap();
    assert_eq!(names(&param), ["callBackUrl", "input", "model"]);
    assert_eq!(param["callBackUrl"], request["callBackUrl"]);
    let input: Value = serde_json::from_str(param["input"].as_str().unwrap()).unwrap();
    assert_eq!(input, request["input"]);
    assert_eq!(data["paramJson"], data["param"]);
    let mut silent = request;
    silent.as_object_mut().unwrap().remove("callBackUrl");
    let data = bench.record(&bench.created_with(silent).await).await["data"].clone();
    let param: Value = serde_json::from_str(data["param"].as_str().unwrap()).unwrap();
    assert_eq!(names(&param), ["input", "model"], "only if it was sent");
}

#[tokio::test]
async fn each_model_shows_one_state_in_flight() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"latency_ms": 60_000})).await;
    let lite = json!({"model": "seedream/5-lite-image-to-image", "input": {
        "prompt": "Put it on", "image_urls": [bench.url("/person.jpg")],
        "aspect_ratio": "3:4", "quality": "basic"}});
    let id = bench.created_with(lite).await;
    assert_eq!(bench.record(&id).await["data"]["state"], "generating");
    bench.control("POST", "settings", json!({"in_flight_state": "queuing"})).await;
    assert_eq!(bench.record(&bench.created().await).await["data"]["state"], "queuing");
}

#[tokio::test]
async fn a_new_task_can_be_unknown_for_a_while() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"record_null_ms": 3_600_000})).await;
    let id = bench.created().await;
    assert_eq!(bench.record(&id).await["msg"], "recordInfo is null");
    bench.control("POST", "settings", json!({"record_null_ms": 0})).await;
    assert_eq!(bench.record(&id).await["code"], 200);
}

#[tokio::test]
async fn twenty_creations_in_ten_seconds_then_code_429_and_nothing_is_queued() {
    let bench = Bench::open().await;
    for _ in 0..20 {
        bench.created().await;
    }
    let refused = bench.create(bench.good_request()).await;
    let text = "Your call frequency is too high. Please try again later.";
    assert_eq!(refused, json!({"code": 429, "msg": text, "data": null}));
    let tasks = bench.control("GET", "tasks", json!({})).await;
    assert_eq!(tasks.as_array().unwrap().len(), 20);
    bench.control("POST", "settings", json!({"rate_limits": false})).await;
    assert_eq!(bench.create(bench.good_request()).await["code"], 200);
}

#[tokio::test]
async fn ten_records_a_second_for_each_task() {
    let bench = Bench::open().await;
    let (first, second) = (bench.created().await, bench.created().await);
    let mut codes = Vec::new();
    for _ in 0..11 {
        codes.push(bench.record(&first).await["code"].as_i64().unwrap());
    }
    assert_eq!(codes[..10], [200; 10]);
    assert_eq!(codes[10], 429);
    assert_eq!(bench.record(&second).await["code"], 200, "the limit counts by task");
}

#[tokio::test]
async fn inputs_are_fetched_once_each_and_their_metadata_is_seen() {
    let bench = Bench::open().await;
    let plain = encoded(&picture(64, 64, [9, 9, 9]), ImageFormat::Jpeg);
    // Orientation and a link to a GPS directory, as a camera writes them.
    let mut tagged = b"\xFF\xD8\xFF\xE1\0\x2EExif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    tagged.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\0\0\0\0\0");
    tagged.extend(&plain[2..]);
    let size = tagged.len();
    bench.put_file("/gps.jpg", 200, "image/jpeg", Bytes::from(tagged));
    let images = json!([bench.url("/gps.jpg"), bench.url("/garment.png")]);
    let id = bench.created_with(changed(bench.good_request(), "/input/image_input", images)).await;
    let task = bench.ended(&id).await;
    assert_eq!((&task["state"], &task["input_fetch_count"]), (&json!("success"), &json!(2)));
    let gps = task["input_fetches"].as_array().unwrap().iter();
    let gps = gps.clone().find(|fetch| fetch["url"] == bench.url("/gps.jpg")).unwrap();
    assert_eq!((&gps["status"], &gps["bytes"]), (&json!(200), &json!(size)));
    assert_eq!(gps["content_type"], "image/jpeg");
    assert_eq!(gps["metadata"]["gps"], true);
    assert_eq!(gps["metadata"]["exif_tags"], json!([0x0112, 0x8825]));
    let clean = &task["input_fetches"].as_array().unwrap()[1]["metadata"];
    assert_eq!((&clean["exif"], &clean["xmp"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn inputs_that_cannot_be_used_fail_the_task_and_give_the_credits_back() {
    let bench = Bench::open().await;
    bench.put_file("/gone.jpg", 403, "image/jpeg", Bytes::from_static(b"\xFF\xD8\xFF"));
    bench.put_file("/page.jpg", 200, "text/html", Bytes::from_static(b"<html>"));
    bench.put_file("/liar.jpg", 200, "image/jpeg", Bytes::from_static(b"<html>"));
    let good = encoded(&picture(64, 64, [9, 9, 9]), ImageFormat::Jpeg);
    bench.put_file("/untyped.jpg", 200, "application/octet-stream", good);
    bench.put_file("/broken.jpg", 200, "image/jpeg", Bytes::from_static(b"\xFF\xD8\xFF\xE0"));
    let huge = [b"\xFF\xD8\xFF".as_slice(), &vec![0; 11 << 20]].concat();
    bench.put_file("/huge.jpg", 200, "image/jpeg", Bytes::from(huge));
    let google = ("422", "Your media file is unavailable, please replace it.");
    let other =
        ("400", "Image fetch failed. Check access settings or use our File Upload API instead.");
    let processed = ("400", "The current content could not be processed");
    for (model, path, (code, msg)) in [
        ("google/nano-banana-edit", "/gone.jpg", google),
        ("google/nano-banana-edit", "/page.jpg", google),
        ("google/nano-banana-edit", "/liar.jpg", google),
        ("google/nano-banana-edit", "/untyped.jpg", google),
        ("google/nano-banana-edit", "/absent.jpg", google),
        ("google/nano-banana-edit", "/huge.jpg", google),
        ("google/nano-banana-edit", "/broken.jpg", processed),
        ("seedream/4.5-edit", "/gone.jpg", other),
    ] {
        let id = bench
            .created_with(json!({"model": model, "input": {
            "prompt": "Put it on", "image_urls": [bench.url(path)],
            "aspect_ratio": "3:4", "quality": "basic"}}))
            .await;
        bench.ended(&id).await;
        let data = bench.record(&id).await["data"].clone();
        assert_eq!(data["state"], "fail", "{path}");
        assert_eq!((&data["failCode"], &data["failMsg"]), (&json!(code), &json!(msg)), "{path}");
        assert_eq!((&data["creditsConsumed"], &data["successFlag"]), (&json!(0.0), &json!(3)));
        assert_eq!(data["resultJson"], "");
        assert!((bench.credits().await - 1_000.0).abs() < 1e-9, "{path}");
    }
}

#[tokio::test]
async fn a_slow_input_host_is_given_up() {
    let bench = Bench::open().await;
    bench.control("POST", "settings", json!({"input_timeout_ms": 50})).await;
    // A listener that never accepts: the connection opens and stays silent.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/a.jpg", silent.local_addr().unwrap());
    let request = changed(bench.good_request(), "/input/image_input", json!([url]));
    let id = bench.created_with(request).await;
    let task = bench.ended(&id).await;
    assert_eq!((&task["state"], &task["failCode"]), (&json!("fail"), &json!("422")));
    assert_eq!(task["input_fetches"][0]["error"], "timed out");
}

#[tokio::test]
async fn a_reset_forgets_everything_but_repeats_no_id() {
    let bench = Bench::open().await;
    let before = bench.created().await;
    bench.ended(&before).await;
    bench.arm("html_502", json!({})).await;
    bench.control("POST", "reset", json!({})).await;
    assert!((bench.credits().await - 1_000.0).abs() < 1e-9);
    assert_eq!(bench.record(&before).await["msg"], "recordInfo is null");
    assert_eq!(bench.control("GET", "tasks", json!({})).await, json!([]));
    assert_ne!(bench.created().await, before);
}

#[tokio::test]
async fn the_control_interface_refuses_what_it_does_not_know() {
    let bench = Bench::open().await;
    for (path, body) in [
        ("faults", json!({"fault": "no_such_fault"})),
        ("faults", json!({"fault": "html_502", "times": "three"})),
        ("faults", json!({"fault": "html_502", "times": 0})),
        ("settings", json!({"latency": 3})),
        ("settings", json!({"latency_ms": "3"})),
        ("settings", json!({"era": "2024-01"})),
    ] {
        let url = format!("{}/_control/{path}", bench.sandbox.api);
        let reply = send("POST", &url, &[], body.to_string()).await.unwrap();
        assert_eq!(reply.status, 422, "{body}");
    }
    let settings = bench.control("GET", "settings", json!({})).await;
    assert_eq!(settings["latency_ms"], 0, "a refused change changes nothing");
}
