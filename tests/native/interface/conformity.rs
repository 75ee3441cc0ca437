//! Whether an answer is one that the document describes.

use serde_json::Value;

use super::schema::{document, resolve, schema, violations};
use crate::world::Answer;

/// Headers that an answer may only carry when the document says so.
const TOLD_HEADERS: [&str; 10] = [
    "location",
    "etag",
    "set-cookie",
    "retry-after",
    "ratelimit",
    "ratelimit-policy",
    "content-range",
    "accept-ranges",
    "content-disposition",
    "allow",
];

/// The document's template of a path, and what it says of it.
pub fn described(path: &str) -> Option<(&'static str, &'static Value)> {
    let path = path.split('?').next().unwrap_or_default();
    let path = ["/en", "/es", "/de", "/zh"]
        .iter()
        .find_map(|language| path.strip_prefix(language))
        .filter(|rest| PAGES.iter().any(|page| rest.starts_with(page)) || FORMS.contains(rest))
        .unwrap_or(path);
    let paths = document()["paths"].as_object().unwrap();
    let found = paths.iter().find(|(template, _)| {
        let (mut wanted, mut given) = (template.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(want), Some(is)) if want == is => {}
                (Some(want), Some(is)) if want.starts_with('{') && !is.is_empty() => {}
                (Some(_) | None, Some(_)) | (Some(_), None) => return false,
            }
        }
    });
    found.map(|(template, item)| (template.as_str(), item))
}

/// How the paths of pages and of what their forms lead to begin.
const PAGES: [&str; 6] = ["/orders/", "/status", "/account", "/receipt", "/waitlist/", "/history"];
/// What a form or a share leads to, and so is found under each language too.
const FORMS: [&str; 3] = ["/api/orders", "/api/waitlist", "/api/share-target"];

/// The operation that a request reaches.
pub fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_ascii_lowercase() };
    described(path)?.1.get(method)
}

/// Everything in which the answer differs from the document.
pub fn differences(method: &str, path: &str, answer: &Answer) -> Vec<String> {
    let status = answer.status.to_string();
    let Some(operation) = operation(method, path) else {
        let wanted = if described(path).is_some() {
            ("method_not_allowed", 405)
        } else {
            ("not_found", 404)
        };
        let mut found = problem(answer, &[Value::from(wanted.0)]);
        if answer.status != wanted.1 {
            found.push(format!("{status} for {}", wanted.0));
        }
        return found;
    };
    let Some(response) = operation["responses"].get(&status).map(resolve) else {
        return vec![format!("status {status} is not documented: {}", answer.text())];
    };
    let mut found = headers(response, answer);
    found.extend(content(response, answer, method == "HEAD"));
    found
}

fn headers(response: &Value, answer: &Answer) -> Vec<String> {
    let mut found = vec![];
    let described = response["headers"].as_object().unwrap();
    for (name, header) in described {
        let header = resolve(header);
        let Some(text) = answer.headers.get(name).map(|value| value.to_str().unwrap()) else {
            if header["required"] == true {
                found.push(format!("the header {name} is missing"));
            }
            continue;
        };
        let value = match header["schema"]["type"].as_str() {
            Some("integer") => text.parse::<u64>().map_or(Value::Null, Value::from),
            _ => Value::from(text),
        };
        let wrong = violations(&header["schema"], &value);
        found.extend(wrong.into_iter().map(|wrong| format!("header {name}{wrong}")));
    }
    for name in TOLD_HEADERS {
        let told = described.keys().any(|known| known.eq_ignore_ascii_case(name));
        if answer.headers.contains_key(name) && !told {
            found.push(format!("the header {name} is not documented"));
        }
    }
    found
}

fn content(response: &Value, answer: &Answer, is_head: bool) -> Vec<String> {
    let kind = answer.header("content-type").split(';').next().unwrap_or_default();
    let Some(kinds) = response.get("content").and_then(Value::as_object) else {
        let empty = answer.body.is_empty();
        return if empty { vec![] } else { vec!["a body that is not documented".to_owned()] };
    };
    let Some(described) = kinds.get(kind) else {
        return vec![format!("the content type {kind:?} is not documented")];
    };
    if is_head && answer.body.is_empty() {
        return vec![];
    }
    match kind {
        "application/problem+json" => problem(answer, response["x-codes"].as_array().unwrap()),
        "application/json" => match serde_json::from_slice(&answer.body) {
            Ok(value) => violations(&described["schema"], &value),
            Err(error) => vec![format!("no JSON: {error}")],
        },
        "text/event-stream" => {
            let event = &resolve(&described["schema"])["properties"];
            events(&event["data"]["contentSchema"], &answer.text())
        }
        "text/html" => {
            let page = answer.text();
            let whole = page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>");
            if whole { vec![] } else { vec![format!("no whole page: {page}")] }
        }
        _ => {
            let empty = answer.body.is_empty();
            if empty { vec!["an empty picture".to_owned()] } else { vec![] }
        }
    }
}

fn events(data: &Value, text: &str) -> Vec<String> {
    let mut found = vec![];
    for event in text.split_terminator("\n\n") {
        let Some(json) = event.strip_prefix("event: order\ndata: ") else {
            found.push(format!("no event: {event}"));
            continue;
        };
        found.extend(violations(data, &serde_json::from_str(json).unwrap()));
    }
    found
}

fn problem(answer: &Answer, codes: &[Value]) -> Vec<String> {
    if answer.header("content-type").starts_with("text/html") {
        return vec![];
    }
    if answer.header("content-type") != "application/problem+json" {
        return vec![format!("an error as {:?}", answer.header("content-type"))];
    }
    let body = answer.json();
    let mut found = violations(schema("Problem"), &body);
    if !codes.contains(&body["code"]) {
        found.push(format!("the code {} is not documented with this status", body["code"]));
    }
    let code = body["code"].as_str().unwrap_or_default();
    let entry = &document()["components"]["x-codes"][code];
    let entries = [entry, &entry["also"]];
    let agrees = |entry: &&Value| {
        ["title", "status", "retryable"].iter().all(|name| entry[name] == body[name])
    };
    if !entries.iter().any(agrees) {
        found.push(format!("x-codes says of {code}: {entry}, and the answer is {body}"));
    }
    if body["status"] != answer.status || body["request_id"] != answer.header("x-request-id") {
        found.push(format!("{body} in an answer with status {}", answer.status));
    }
    if body["type"] != format!("/openapi.json#/components/x-codes/{code}") {
        found.push(format!("type {}", body["type"]));
    }
    found
}
