//! Bodies that the document does not allow are refused, each for what is wrong with it: a field that
//! is not known, and in JSON a value of another type.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::operations;
use super::schema::resolve;
use crate::site::{address, send};
use crate::world::{Answer, Ask, Browser, World};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A body that the document describes: method, path, content type, schema.
type Described = (String, String, &'static str, &'static Value);

/// Every body of named fields; photos come with other ones, and a callback's is not ours.
fn bodies() -> Vec<Described> {
    let mut all = vec![];
    for (method, path, operation) in operations() {
        for kind in [JSON, FORM] {
            let Some(content) = operation["requestBody"]["content"].get(kind) else { continue };
            let schema = resolve(&content["schema"]);
            if schema.get("properties").is_some() {
                all.push((method.clone(), path.clone(), kind, schema));
            }
        }
    }
    assert!(all.len() > 20, "{}", all.len());
    all
}

/// The fields that must be there, with good values.
fn required(schema: &Value) -> Value {
    let names = schema["required"].as_array().into_iter().flatten();
    let fields = names.map(|name| {
        let name = name.as_str().unwrap();
        let value = match name {
            "ids" => json!(["A".repeat(40)]),
            "problem" | "problems" => json!(["other"]),
            "email" => json!("ada@example.com"),
            "claim" => json!("0".repeat(32)),
            _ => json!("home"),
        };
        (name.to_owned(), value)
    });
    Value::Object(fields.collect())
}

/// The types of JSON that the schema allows.
fn types(schema: &Value) -> BTreeSet<&str> {
    let schema = resolve(schema);
    let one = schema["type"].as_str().into_iter();
    let several = schema["type"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let listed = schema["enum"].as_array().into_iter().flatten().map(type_of);
    let parts = schema["anyOf"].as_array().into_iter().flatten().flat_map(types);
    one.chain(several).chain(listed).chain(parts).collect()
}

fn type_of(value: &Value) -> &str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn encoded(kind: &str, body: &Value) -> Vec<u8> {
    if kind == JSON {
        return body.to_string().into_bytes();
    }
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, value) in body.as_object().unwrap() {
        let texts = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        form.extend_pairs(texts.iter().map(|text| (name, text.as_str().unwrap())));
    }
    form.finish().into_bytes()
}

/// Sends it as whoever may, each time from another network: they are more than the fence lets through.
fn ask(
    (world, ada): (&World, &Browser),
    number: usize,
    described: &Described,
    body: &Value,
) -> Answer {
    let (method, path, kind, _) = described;
    let path = path.replace("{id}", &"A".repeat(40));
    let ask = Ask::new(method, &path)
        .header("cookie", &ada.cookies())
        .header("sec-fetch-site", "same-origin")
        .header("authorization", "Bearer operator-key-of-the-tests-32-byte")
        .header("cf-connecting-ip", &address(number))
        .header("content-type", kind)
        .body(encoded(kind, body));
    send(world, ask)
}

#[test]
fn a_field_that_the_document_does_not_know_is_refused() {
    let world = World::new();
    let ada = Browser::of(&world, "ada");
    let of_ada = (&world, &ada);
    for (number, described) in bodies().iter().enumerate() {
        let mut body = required(described.3);
        let known = ask(of_ada, 2 * number, described, &body);
        let unknown = "There is a field that is not known here";
        assert!(!known.text().contains(unknown), "{described:?}: {}", known.text());
        body["of_nobody"] = json!("x");
        let answer = ask(of_ada, 2 * number + 1, described, &body);
        assert_eq!(answer.status, 422, "{described:?}: {}", answer.text());
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        let (_, fields) = detail.split_once(": ").unwrap();
        let mut fields: Vec<&str> = fields.trim_end_matches('.').split(", ").collect();
        fields.retain(|field| *field != "back");
        let known = described.3["properties"].as_object().unwrap().keys().map(String::as_str);
        let mut known: Vec<&str> = known.filter(|field| *field != "back").collect();
        fields.sort_unstable();
        known.sort_unstable();
        assert_eq!(fields, known, "{described:?}: the fix names the fields");
    }
}

#[test]
fn a_value_of_another_type_is_refused() {
    let world = World::new();
    let ada = Browser::of(&world, "ada");
    let of_ada = (&world, &ada);
    let values = [json!(false), json!(7), json!("true"), json!([]), json!({}), json!(null)];
    let mut number = 0;
    for described in bodies().iter().filter(|(_, _, kind, _)| *kind == JSON) {
        for (name, schema) in described.3["properties"].as_object().unwrap() {
            for value in values.iter().filter(|value| !types(schema).contains(type_of(value))) {
                let mut body = required(described.3);
                body[name] = value.clone();
                number += 1;
                let answer = ask(of_ada, number, described, &body);
                assert_eq!(answer.status, 422, "{} {body}: {}", described.1, answer.text());
            }
        }
        for body in [json!(null), json!([]), json!("text")] {
            number += 1;
            assert_eq!(ask(of_ada, number, described, &body).status, 422, "{} {body}", described.1);
        }
    }
}
