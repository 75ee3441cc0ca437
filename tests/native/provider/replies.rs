//! What comes back: both eras, each error of the list, and bytes that nobody ever sent.

use anytryon::provider::reply::{
    BODY_BYTES_MAX, CreateReply, CreditReply, FailureClass, RecordReply, RejectKind, create,
    credit, record,
};
use anytryon::provider::{callback, is_task_id};
use proptest::prelude::*;
use serde_json::{Value, json};

const ID: &str = "dc2c8f2b75d98de2615ad20e9997fe94";
const LINK: &str =
    "https://tempfile.aiquickdraw.com/images/chatgpt/file_0000000014e081f5b33787718d6f4686.png";

fn body(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

fn error(code: u16, msg: &str) -> Vec<u8> {
    body(&json!({"code": code, "msg": msg, "data": null}))
}

fn accepted() -> Value {
    json!({"code": 200, "msg": "success", "data": {"taskId": ID, "recordId": ID}})
}

/// recordInfo of spring 2026, in flight.
fn waiting() -> Value {
    json!({"code": 200, "msg": "success", "data": {
        "taskId": ID, "model": "gpt-image-2-image-to-image", "state": "waiting",
        "param": "{\"input\":\"{\\\"aspect_ratio\\\":\\\"1:1\\\"}\"}", "resultJson": "",
        "failCode": null, "failMsg": null, "costTime": null, "completeTime": null,
        "createTime": 1_776_850_322_264_u64}})
}

/// recordInfo of autumn 2026, finished.
fn finished() -> Value {
    json!({"code": 200, "msg": "success", "data": {
        "taskId": ID, "model": "gpt-image-2-5-flare-image-to-image", "state": "success",
        "param": "{}", "resultJson": format!("{{\"resultUrls\":[\"{LINK}\"]}}"),
        "failCode": null, "failMsg": null, "costTime": 74, "completeTime": 1_789_126_855_840_u64,
        "createTime": 1_789_126_780_735_u64, "creditsConsumed": 6.0,
        "response": {"resultUrls": [LINK]}, "successFlag": 1, "paramJson": "{}"}})
}

fn failed(code: &Value, msg: &Value) -> Value {
    json!({"code": 200, "msg": "success", "data": {
        "taskId": ID, "state": "fail", "param": "{}", "resultJson": "", "failCode": code,
        "failMsg": msg, "costTime": 0, "creditsConsumed": 0.0, "successFlag": 3}})
}

const NO_CREDITS: &str = "Credits insufficient : Your current balance isn\u{2019}t enough to run \
                          this request. Please top up to continue.";
const UNKNOWN_MODEL: &str = "The model name you specified is not supported. Please verify your \
                             input and use one of the supported models provided by KIE.";
const BAD_RATIO: &str = "This aspect_ratio is not within the range of allowed options";

#[test]
fn create_task_accepted() {
    let expected = CreateReply::Accepted { task_id: ID.to_owned() };
    assert_eq!(create(200, &body(&accepted())), expected);
    let older = json!({"code": 200, "message": "success", "data": {"taskId": ID}});
    assert_eq!(create(200, &body(&older)), expected);
    let text_code = json!({"code": "200", "msg": "success", "data": {"task_id": ID}});
    assert_eq!(create(200, &body(&text_code)), expected);
    // An id proves the task, whatever stands beside it.
    let odd = json!({"code": 500, "msg": "Internal Server Error", "data": {"taskId": ID}});
    assert_eq!(create(200, &body(&odd)), expected);
    let sample = json!({"code": 200, "data": {"taskId": "task_google_1765178615729"}});
    let task_id = "task_google_1765178615729".to_owned();
    assert_eq!(create(200, &body(&sample)), CreateReply::Accepted { task_id });
}

#[test]
fn create_task_refused() {
    use CreateReply::{Ambiguous, Maintenance, OutOfCredits, RateLimited, Rejected, Unauthorized};
    let kind = |kind| Rejected { kind };
    let cases = [
        (200, 429, "Rate limit exceeded", RateLimited),
        (429, 429, "Rate limit exceeded", RateLimited),
        (200, 500, "Your call frequency is too high. Please try again later.", RateLimited),
        (200, 500, "Rate limit exceeded", RateLimited),
        (200, 500, "You do not have access permissions", Unauthorized),
        (200, 402, NO_CREDITS, OutOfCredits),
        (200, 500, NO_CREDITS, OutOfCredits),
        (200, 402, "", OutOfCredits),
        (200, 433, "", OutOfCredits),
        (200, 500, "Your current balance isn\u{2019}t enough", OutOfCredits),
        (200, 500, "Your current balance isn't  ENOUGH", OutOfCredits),
        (
            200,
            433,
            "The current number of points used by apiKey has exceeded the daily limit",
            OutOfCredits,
        ),
        (200, 401, "You do not have access permissions", Unauthorized),
        (401, 401, "Unauthorized", Unauthorized),
        (200, 455, "Service unavailable", Maintenance),
        (200, 505, "Feature disabled", Maintenance),
        (200, 500, "This interface is temporarily paused.", Maintenance),
        (200, 422, UNKNOWN_MODEL, kind(RejectKind::Model)),
        (200, 422, "The page does not exist or is not published", kind(RejectKind::Model)),
        (200, 422, "This field is required", kind(RejectKind::Input)),
        (200, 422, "something new", kind(RejectKind::Input)),
        (200, 400, "something new", kind(RejectKind::Input)),
        (200, 500, BAD_RATIO, kind(RejectKind::Input)),
        (500, 500, BAD_RATIO, kind(RejectKind::Input)),
        (
            200,
            500,
            "resolution is not within the range of allowed options",
            kind(RejectKind::Input),
        ),
        (200, 500, "prompt is required", kind(RejectKind::Input)),
        (200, 422, "Invalid prompt: prompt contains prohibited content", kind(RejectKind::Policy)),
        (
            200,
            400,
            "Image fetch failed. Check access settings or use our File Upload API instead.",
            kind(RejectKind::Fetch),
        ),
        (
            200,
            500,
            "Server exception, please try again later or contact customer service",
            Ambiguous,
        ),
        (200, 500, "Internal Server Error", Ambiguous),
        (200, 501, "Generation failed", Ambiguous),
        (200, 408, "Upstream is currently experiencing service issues.", Ambiguous),
        (200, 200, "success", Ambiguous),
        (502, 200, "success", Ambiguous),
    ];
    for (status, code, msg, expected) in cases {
        assert_eq!(create(status, &error(code, msg)), expected, "{status} {code} {msg}");
        let older = json!({"code": code, "message": msg});
        assert_eq!(create(status, &body(&older)), expected, "{status} {code} {msg} as message");
    }
}

#[test]
fn create_task_with_an_unreadable_body() {
    use CreateReply::{Ambiguous, RateLimited, Rejected, Unauthorized};
    let html = b"<html><h1>502 Bad Gateway</h1></html>".as_slice();
    let cases = [
        (200, Ambiguous),
        (301, Ambiguous),
        (400, Rejected { kind: RejectKind::Input }),
        (401, Unauthorized),
        (403, Unauthorized),
        (404, Rejected { kind: RejectKind::Input }),
        (408, Ambiguous),
        (429, RateLimited),
        (500, Ambiguous),
        (502, Ambiguous),
        (524, Ambiguous),
    ];
    for (status, expected) in cases {
        for bytes in [html, b"", b"null", b"[]", b"{}", b"\xff\xfe", b"{\"code\":200,\"da"] {
            assert_eq!(create(status, bytes), expected, "{status} {bytes:?}");
        }
    }
    let spring = br#"{"timestamp":1,"status":500,"error":"Internal Server Error","path":"/"}"#;
    assert_eq!(create(500, spring), Ambiguous);
    let mut long = body(&accepted());
    long.resize(BODY_BYTES_MAX, b' ');
    assert_eq!(create(200, &long), CreateReply::Accepted { task_id: ID.to_owned() });
    long.push(b' ');
    assert_eq!(create(200, &long), Ambiguous, "one byte over the limit");
}

#[test]
fn create_task_with_an_odd_id() {
    let long = "a".repeat(65);
    for id in [json!(""), json!(long), json!("a/../b"), json!("a b"), json!(7), json!(null)] {
        let reply = body(&json!({"code": 200, "msg": "success", "data": {"taskId": id}}));
        assert_eq!(create(200, &reply), CreateReply::Ambiguous, "{id}");
    }
    assert!(is_task_id(&"a".repeat(64)));
}

fn succeeded(credits_milli: Option<i64>) -> RecordReply {
    RecordReply::Succeeded { result_url: LINK.to_owned(), credits_milli }
}

#[test]
fn record_in_flight() {
    for state in ["waiting", "queuing", "generating", "paused-by-somebody", "SUCCESS", "failed"] {
        let mut reply = waiting();
        reply["data"]["state"] = json!(state);
        assert_eq!(record(ID, 200, &body(&reply)), RecordReply::InFlight, "{state}");
        reply["data"]["successFlag"] = json!(1);
        assert_eq!(record(ID, 200, &body(&reply)), RecordReply::InFlight, "the name decides");
    }
    let mut newer = waiting();
    newer["data"]["successFlag"] = json!(0);
    newer["data"]["creditsConsumed"] = json!(6.0);
    newer["data"].as_object_mut().unwrap().remove("state");
    assert_eq!(record(ID, 200, &body(&newer)), RecordReply::InFlight);
}

#[test]
fn record_finished_in_both_eras() {
    assert_eq!(record(ID, 200, &body(&finished())), succeeded(Some(6_000)));

    let mut spring = finished();
    for newer in ["response", "successFlag", "paramJson", "creditsConsumed"] {
        spring["data"].as_object_mut().unwrap().remove(newer);
    }
    assert_eq!(record(ID, 200, &body(&spring)), succeeded(None));

    let mut object = spring.clone();
    object["data"]["resultJson"] = json!({"resultUrls": [LINK, "https://second"]});
    assert_eq!(record(ID, 200, &body(&object)), succeeded(None));

    for empty in [json!(""), json!(null), json!("{}"), json!("not json"), json!({})] {
        let mut only_response = finished();
        only_response["data"]["resultJson"] = empty;
        assert_eq!(record(ID, 200, &body(&only_response)), succeeded(Some(6_000)));
    }

    let mut by_flag = finished();
    by_flag["data"].as_object_mut().unwrap().remove("state");
    assert_eq!(record(ID, 200, &body(&by_flag)), succeeded(Some(6_000)));

    let mut older_credits = spring;
    older_credits["data"]["consumeCredits"] = json!(7.5);
    older_credits["message"] = json!("success");
    assert_eq!(record(ID, 200, &body(&older_credits)), succeeded(Some(7_500)));
}

#[test]
fn record_finished_without_a_usable_link() {
    let long = format!("https://x/{}", "a".repeat(2_048));
    for result in [
        json!(""),
        json!({"resultUrls": []}),
        json!({"resultUrls": [""]}),
        json!({"resultUrls": [7]}),
        json!({"resultUrls": [long]}),
        json!({"resultObject": {}}),
    ] {
        let mut reply = finished();
        reply["data"]["resultJson"] = result.clone();
        reply["data"].as_object_mut().unwrap().remove("response");
        assert_eq!(record(ID, 200, &body(&reply)), RecordReply::Unreadable, "{result}");
    }
}

#[test]
fn the_record_of_another_task_is_never_taken() {
    let other = "00000000000000000000000000000000";
    assert_eq!(record(other, 200, &body(&finished())), RecordReply::Unreadable);
    assert_eq!(record(other, 200, &body(&waiting())), RecordReply::Unreadable);
    let no_id = json!({"code": 200, "data": {"state": "waiting"}});
    assert_eq!(record(other, 200, &body(&no_id)), RecordReply::InFlight);
}

#[test]
fn record_failed_is_classified() {
    use FailureClass::{Fetch, OutOfCredits, Policy, Rejected, Transient};
    let cases = [
        ("422", "Your media file is unavailable, please replace it.", Fetch),
        (
            "400",
            "Image fetch failed. Check access settings or use our File Upload API instead.",
            Fetch,
        ),
        ("400", "The current content could not be processed", Policy),
        (
            "400",
            "Sorry, but the image we created may violate OpenAI\u{2019}s content policies",
            Policy,
        ),
        ("422", "CONTENT_POLICY_BLOCKED: The input or output was flagged as sensitive.", Policy),
        ("422", "Invalid prompt: prompt contains prohibited content", Policy),
        ("500", "Internal Error, Please try again later.", Transient),
        ("500", "Internal server error", Transient),
        ("501", "Generation failed", Transient),
        ("400", "The Google model was unable to generate an image for this request.", Transient),
        ("402", NO_CREDITS, OutOfCredits),
        ("402", "", OutOfCredits),
        ("500", NO_CREDITS, OutOfCredits),
        ("500", BAD_RATIO, Rejected),
        ("422", UNKNOWN_MODEL, Rejected),
        ("400", "something new", Rejected),
        ("408", "something new", Transient),
        ("429", "something new", Transient),
        ("500", "something new", Transient),
        ("503", "", Transient),
        ("500", "Insufficient credits", OutOfCredits),
        ("400", "Too many requests", Transient),
        ("500", "Sensitive content found", Policy),
        ("500", "NSFW content found", Policy),
        ("500", "Stopped by moderation", Policy),
        ("500", "Blocked by our safety system", Policy),
        ("500", "Failed to fetch the image", Fetch),
        ("500", "Failed to download the image", Fetch),
        ("500", "The image could not be downloaded", Fetch),
        ("500", "Authentication failed", Rejected),
        ("400", "This model is under maintenance", Transient),
        ("500", "prompt cannot be empty", Rejected),
        ("500", "prompt can\u{2019}t be empty", Rejected),
        ("500", "Invalid parameter", Rejected),
        ("500", "The prompt exceeds the maximum length", Rejected),
        ("500", "image_urls file type is not supported", Rejected),
    ];
    for (text, msg, class) in cases {
        let number: u16 = text.parse().unwrap();
        for code in [json!(text), json!(number)] {
            let reply = record(ID, 200, &body(&failed(&code, &json!(msg))));
            let code = Some(number);
            let expected = RecordReply::Failed { class, code, credits_milli: Some(0) };
            assert_eq!(reply, expected, "{text} {msg}");
        }
    }
}

#[test]
fn record_failed_with_odd_codes() {
    let class = |code: Value, msg: Value| {
        let reply = record(ID, 200, &body(&failed(&code, &msg)));
        let RecordReply::Failed { class, code, .. } = reply else { panic!("{reply:?}") };
        (class, code)
    };
    assert_eq!(class(json!(null), json!(null)), (FailureClass::Transient, None));
    assert_eq!(class(json!(""), json!("")), (FailureClass::Transient, None));
    assert_eq!(class(json!("CONTENT_POLICY_BLOCKED"), json!("")), (FailureClass::Policy, None));
    assert_eq!(class(json!(-1), json!("x")), (FailureClass::Transient, None));
    let mut as_callback = failed(&json!(null), &json!(null));
    as_callback["code"] = json!(501);
    as_callback["msg"] = json!("Playground task failed.");
    let expected = RecordReply::Failed {
        class: FailureClass::Transient,
        code: Some(501),
        credits_milli: Some(0),
    };
    assert_eq!(record(ID, 200, &body(&as_callback)), expected);
    let mut by_flag = failed(&json!("422"), &json!("flagged as sensitive"));
    by_flag["data"].as_object_mut().unwrap().remove("state");
    assert!(matches!(
        record(ID, 200, &body(&by_flag)),
        RecordReply::Failed { class: FailureClass::Policy, .. }
    ));
}

#[test]
fn record_errors() {
    use RecordReply::{Busy, NotVisible, Unauthorized, Unreadable};
    let over = |code| RecordReply::Failed {
        class: FailureClass::Transient,
        code: Some(code),
        credits_milli: None,
    };
    let cases = [
        (200, 422, "recordInfo is null", NotVisible),
        (200, 500, "recordInfo is null", NotVisible),
        (200, 404, "Task not found", NotVisible),
        (200, 200, "success", NotVisible),
        (200, 401, "You do not have access permissions", Unauthorized),
        (200, 429, "Rate limit exceeded", Busy),
        (200, 455, "", Busy),
        (200, 500, "Internal Server Error", Busy),
        (200, 433, "exceeded the daily limit", Busy),
        (200, 400, "Your call frequency is too high. Please try again later.", Busy),
        (200, 400, "taskId parameter is required", Unreadable),
        (200, 408, "No result has been returned for over 10 minutes", over(408)),
        (200, 501, "Generation failed", over(501)),
    ];
    for (status, code, msg, expected) in cases {
        assert_eq!(record(ID, status, &error(code, msg)), expected, "{status} {code} {msg}");
    }
    let html = b"<html>".as_slice();
    let statuses = [
        (200, Unreadable),
        (302, Unreadable),
        (401, Unauthorized),
        (403, Unauthorized),
        (404, NotVisible),
        (408, Busy),
        (429, Busy),
        (501, Busy),
        (502, Busy),
        (524, Busy),
    ];
    for (status, expected) in statuses {
        assert_eq!(record(ID, status, html), expected, "{status}");
    }
}

#[test]
fn credit_is_a_decimal_number() {
    let balance = |data: Value| credit(200, &body(&json!({"code": 200, "data": data})));
    assert_eq!(balance(json!(5916.25)), CreditReply::Balance { milli: 5_916_250 });
    assert_eq!(balance(json!(100)), CreditReply::Balance { milli: 100_000 });
    assert_eq!(balance(json!(0.1 + 0.2)), CreditReply::Balance { milli: 300 });
    assert_eq!(balance(json!(1.005)), CreditReply::Balance { milli: 1_005 });
    assert_eq!(balance(json!(-2.5)), CreditReply::Balance { milli: -2_500 });
    for odd in [json!(null), json!("5"), json!({}), json!(1e300)] {
        assert_eq!(balance(odd), CreditReply::Unreadable);
    }
    assert_eq!(credit(200, &error(401, "no")), CreditReply::Unauthorized);
    assert_eq!(credit(401, b""), CreditReply::Unauthorized);
    assert_eq!(credit(200, &error(429, "slow down")), CreditReply::Busy);
    assert_eq!(credit(502, b"<html>"), CreditReply::Busy);
    assert_eq!(credit(200, b"<html>"), CreditReply::Unreadable);
    assert_eq!(credit(502, b"{\"code\":200,\"data\":5.0}"), CreditReply::Busy);
}

/// Any JSON, with the names of the wire language among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let names = [
        "code",
        "msg",
        "data",
        "state",
        "taskId",
        "resultJson",
        "resultUrls",
        "failCode",
        "failMsg",
        "successFlag",
        "creditsConsumed",
        "response",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop_oneof![Just("success"), Just("fail"), Just("200"), Just("{\"resultUrls\":[1]}")]
            .prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(names.to_vec()), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()),
        ]
    })
}

/// Decodes with everything; what is accepted must hold what the callers rely on.
fn decode(status: u16, bytes: &[u8]) {
    if let CreateReply::Accepted { task_id } = create(status, bytes) {
        assert!(is_task_id(&task_id));
    }
    if let RecordReply::Succeeded { result_url, .. } = record(ID, status, bytes) {
        assert!(!result_url.is_empty() && result_url.len() <= 2_048);
    }
    if let Some(task_id) = callback::task_id(bytes) {
        assert!(is_task_id(&task_id));
    }
    let _: CreditReply = credit(status, bytes);
}

proptest! {
    #[test]
    fn decoders_take_any_bytes(
        status in any::<u16>(),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        decode(status, &bytes);
    }

    #[test]
    fn decoders_take_any_json(status in any::<u16>(), value in any_json()) {
        decode(status, &body(&value));
        decode(200, &body(&json!({"code": 200, "data": value})));
    }

    #[test]
    fn decoders_take_damaged_replies(
        which in 0..4_usize,
        cut in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let replies = [accepted(), waiting(), finished(), failed(&json!("500"), &json!("x"))];
        let mut bytes = body(&replies[which]);
        for (at, to) in flips {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        decode(200, &bytes);
    }
}

#[test]
fn a_truncated_record_is_never_a_result() {
    let whole = body(&finished());
    for length in 0..whole.len() {
        assert_eq!(record(ID, 200, &whole[..length]), RecordReply::Unreadable, "{length}");
        assert_eq!(create(200, &whole[..length]), CreateReply::Ambiguous, "{length}");
    }
}

#[test]
fn nesting_without_end_is_refused() {
    let deep = format!("{{\"code\":200,\"data\":{}", "[".repeat(100_000));
    assert_eq!(create(200, deep.as_bytes()), CreateReply::Ambiguous);
    assert_eq!(record(ID, 200, deep.as_bytes()), RecordReply::Unreadable);
    let inner = json!("{\"resultUrls\":".to_owned() + &"[".repeat(50_000));
    let mut reply = finished();
    reply["data"]["resultJson"] = inner;
    reply["data"]["response"] = json!(null);
    assert_eq!(record(ID, 200, &body(&reply)), RecordReply::Unreadable);
}
