//! The site as a client meets it. Each answer is held against what holds for every answer: the
//! document, the security headers, the request id, and one log line.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::path::Path;
use std::task::Poll;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use http::Request;
use serde_json::Value;

use anytryon::ports::World as _;
use anytryon::web::{Disconnected, Outgoing, handle, is_request_id};

use crate::image_fixtures::{jpeg, png};
use crate::interface::conformity::{described, differences};
use crate::world::{Answer, Ask, Form, World};

/// The policy of a picture.
const PICTURE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// The security headers of the static files: `public/_headers` is written by hand.
pub fn static_headers() -> BTreeMap<String, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/_headers");
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().skip_while(|line| *line != "/*").skip(1);
    let headers = lines.map_while(|line| line.trim().split_once(": "));
    headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
}

/// Sends a request and holds the answer against everything that holds for every answer.
pub fn send(world: &World, ask: Ask) -> Answer {
    let before = world.logs().len();
    let (method, path) = (ask.method.clone(), ask.path.clone());
    let answer = send_unlogged(world, ask);
    one_line(&world.logs()[before..], &method, &path, &answer);
    answer
}

/// The same without a look at the log, which is copied for each look.
pub fn send_unlogged(world: &World, ask: Ask) -> Answer {
    let (method, path) = (ask.method.clone(), ask.path.clone());
    let answer = world.try_request(ask).unwrap();
    hold(&method, &path, &answer);
    answer
}

/// What holds for every answer.
pub fn hold(method: &str, path: &str, answer: &Answer) {
    let asked = format!("{method} {path} -> {}", answer.status);
    let differences = differences(method, path, answer);
    assert!(differences.is_empty(), "{asked}: {differences:#?}");
    let is_picture = (path.starts_with("/i/")
        || path.starts_with("/api/account/portrait")
        || (method == "GET" && path.ends_with("/preview")))
        && [200, 206, 304, 416].contains(&answer.status);
    for (name, mut value) in static_headers() {
        if is_picture && name == "content-security-policy" {
            PICTURE_POLICY.clone_into(&mut value);
        }
        let values: Vec<_> = answer.headers.get_all(&name).iter().collect();
        assert_eq!(values, [&value], "{asked}: {name}");
    }
    assert!(is_request_id(answer.header("x-request-id")), "{asked}");
    assert!(!answer.header("cache-control").is_empty(), "{asked}: may be kept at will");
    if answer.status >= 400 && answer.status != 416 {
        assert_eq!(answer.header("cache-control"), "no-store", "{asked}");
    }
    let opens = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
    assert_eq!(opens, None, "{asked}: no other site may read it");
}

/// Exactly one line of the log is about the request, and says what it should.
fn one_line(lines: &[Value], method: &str, path: &str, answer: &Answer) {
    let id = answer.header("x-request-id");
    let of_this = |line: &&Value| line["event"] == "request" && line["request_id"] == id;
    let lines: Vec<&Value> = lines.iter().filter(of_this).collect();
    assert_eq!(lines.len(), 1, "{method} {path}: {lines:?}");
    let route = described(path).map_or("none", |(template, _)| template);
    assert_eq!(lines[0]["route"], route);
    assert_eq!(lines[0]["status"], answer.status);
    assert_eq!(lines[0]["method"], method);
    assert!(lines[0]["duration_ms"].is_u64());
}

/// Lets others run once: a piece of a real body is never there before it is asked for.
async fn yield_once() {
    let mut yielded = false;
    poll_fn(move |context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// A POST whose body comes in these pieces.
pub fn send_pieces(
    world: &World,
    path: &str,
    headers: &[(&str, &str)],
    pieces: impl Iterator<Item = Result<Bytes, Disconnected>> + Send + 'static,
) -> Answer {
    let mut request = Request::post(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let pieces = stream::iter(pieces).then(|piece| async {
        yield_once().await;
        piece
    });
    let request = request.body(pieces.boxed()).unwrap();
    let event = world.fresh();
    let reply = world.block_on(async move { handle(event, request).await }).unwrap();
    world.fresh().log(&reply.log);
    let (parts, body) = reply.response.into_parts();
    let body = match body {
        Outgoing::Text(text) => text.into_bytes(),
        Outgoing::Empty | Outgoing::File(_) | Outgoing::Pieces(_) | Outgoing::Events(_) => vec![],
    };
    let answer = Answer { status: parts.status.as_u16(), headers: parts.headers, body };
    hold("POST", path, &answer);
    answer
}

pub fn get(path: &str) -> Ask {
    Ask::new("GET", path)
}

/// Another network for each number.
pub fn address(number: usize) -> String {
    format!("10.{}.{}.7", number / 256 % 256, number % 256)
}

pub fn person() -> Vec<u8> {
    jpeg(300, 400, &[])
}

pub fn garment() -> Vec<u8> {
    png(256, 300, &[], &[])
}

/// A form with everything that an order needs.
pub fn order_form() -> Form {
    Form::order(&person(), &[garment()])
}

/// The request that sends a form as a program does.
pub fn post_order(form: Form) -> Ask {
    Ask::new("POST", "/api/orders")
        .header("content-type", &Form::content_type())
        .header("accept", "application/json")
        .body(form.body())
}

/// Places an order as a new visitor of this network.
pub fn place_from(world: &World, address: &str) -> Answer {
    let answer = send(world, post_order(order_form()).header("cf-connecting-ip", address));
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer
}

/// Places an order as a new visitor.
pub fn place(world: &World) -> Answer {
    place_from(world, "192.0.2.1")
}

/// The path of the order that was just placed.
pub fn path_of(placed: &Answer) -> String {
    placed.header("location").to_owned()
}

/// The answer is this error, about this field.
pub fn assert_problem(answer: &Answer, status: u16, code: &str, field: Option<&str>) {
    let body = answer.json();
    assert_eq!(answer.status, status, "{body}");
    assert_eq!(body["code"], code, "{body}");
    assert_eq!(body["field"].as_str(), field, "{body}");
}

/// How many tries the visitor of this cookie has used.
pub fn used(world: &World, cookie: &str) -> Value {
    send(world, get("/api/session").header("cookie", cookie)).json()["trial"]["used"].clone()
}
