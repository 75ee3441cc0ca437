//! `/openapi.json` against the route table, the choices, the limits, the error table, and the real
//! answers of the handlers.

pub mod answers;
pub mod bodies;
pub mod conformity;
pub mod schema;

use std::collections::{BTreeMap, BTreeSet};

use anytryon::domain::image::{Format, Limits, Metadata};
use anytryon::domain::language::Language;
use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, INSTRUCTIONS_CHARS_MAX, LookStyle,
    OutputFormat, Resolution,
};
use anytryon::domain::problem::{FIELD, Problem};
use anytryon::domain::refusal::Code;
use anytryon::domain::service::Provider;
use anytryon::domain::view::Status;
use anytryon::provider::callback::BODY_BYTES_MAX;
use anytryon::web::cookies;
use anytryon::web::error::http_of;
use anytryon::web::form::{FILE_FIELDS, REMOVED_MAX, TEXT_FIELDS};
use anytryon::web::multipart::FILES_BYTES_MAX;
use anytryon::web::orders::PROBLEM_FIELD;
use anytryon::web::routes::{ROUTES, Who};
use http::Method;
use serde_json::{Value, json};

use crate::site::{get, send};
use crate::world::World;
use schema::{document, resolve, schema, violations};

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Every operation as (method, path, what the document says).
fn operations() -> Vec<(String, String, &'static Value)> {
    let mut all = vec![];
    for (path, item) in document()["paths"].as_object().unwrap() {
        for (key, operation) in item.as_object().unwrap() {
            if METHODS.contains(&key.as_str()) {
                all.push((key.to_ascii_uppercase(), path.clone(), operation));
            } else {
                assert_eq!(key, "parameters", "{path} has a part of no known kind");
            }
        }
    }
    all
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let described: BTreeSet<(String, String)> =
        operations().into_iter().map(|(method, path, _)| (method, path)).collect();
    let routed: BTreeSet<(String, String)> =
        ROUTES.iter().map(|route| (route.method.to_string(), route.template.to_owned())).collect();
    assert_eq!(described, routed);
    assert!(ROUTES.iter().all(|route| route.method != Method::HEAD));
}

#[test]
fn operations_ask_for_what_the_route_table_asks_for() {
    let none = Value::Null;
    for route in ROUTES {
        let wanted = match route.who {
            Who::Visitor => json!([{}, {"visitor": []}, {"session": []}]),
            Who::Holder => json!([{}, {"session": []}]),
            Who::Account | Who::Fresh => json!([{"session": []}]),
            Who::Bearer if route.template.starts_with("/api/operator/") => {
                json!([{"operator": []}])
            }
            // The proof of a bearer is a part of the request that the document describes as such.
            Who::Everyone | Who::Bearer => none.clone(),
        };
        let item = &document()["paths"][route.template];
        let operation = &item[route.method.as_str().to_ascii_lowercase()];
        let security = operation.get("security").unwrap_or(&none);
        assert_eq!(*security, wanted, "{} {}", route.method, route.template);
    }
    let schemes = &document()["components"]["securitySchemes"];
    assert_eq!(schemes["visitor"]["name"], cookies::NAME);
    assert_eq!(schemes["session"]["name"], cookies::SESSION);
    assert_eq!(schemes["operator"]["scheme"], "bearer");
}

#[test]
fn operations_have_names_of_their_own_and_all_their_path_parameters() {
    let mut names = BTreeSet::new();
    for (method, path, operation) in operations() {
        assert!(names.insert(operation["operationId"].as_str().unwrap()), "{path}: a name twice");
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()));
        let item = &document()["paths"][&path];
        let parameters = [item, operation].into_iter().filter_map(|of| of["parameters"].as_array());
        let in_path: Vec<&str> = parameters
            .flatten()
            .map(resolve)
            .filter(|parameter| parameter["in"] == "path")
            .map(|parameter| parameter["name"].as_str().unwrap())
            .collect();
        let segments: Vec<&str> =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        assert_eq!(in_path, segments, "{method} {path}");
    }
}

#[test]
fn the_choices_are_those_of_the_code() {
    fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Value {
        all.iter().map(|one| name(*one)).collect()
    }
    let table = [
        ("Category", names(Category::ALL, Category::as_str), "auto"),
        ("GarmentPhotoType", names(GarmentPhotoType::ALL, GarmentPhotoType::as_str), "auto"),
        ("LookStyle", names(LookStyle::ALL, LookStyle::as_str), "natural"),
        ("Focus", names(Focus::ALL, Focus::as_str), "full-body"),
        ("Resolution", names(Resolution::ALL, Resolution::as_str), "1K"),
        ("AspectRatio", names(AspectRatio::ALL, AspectRatio::as_str), "auto"),
        ("OutputFormat", names(OutputFormat::ALL, OutputFormat::as_str), "jpeg"),
    ];
    let form = &schema("OrderForm")["properties"];
    let placed = crate::site::place(&World::new()).json();
    for (name, values, default) in table {
        assert_eq!(schema(name)["enum"], values, "{name}");
        let target = format!("#/components/schemas/{name}");
        let field =
            form.as_object().unwrap().iter().find(|(_, of)| of["allOf"][0]["$ref"] == target);
        let (field, described) = field.unwrap();
        assert_eq!(described["default"], default, "{name}");
        assert_eq!(placed["options"][field], default, "{name}: the default that an order gets");
    }
    let metadata: Value = Metadata::ALL.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(schema("Facts")["properties"]["metadata_removed"]["items"]["enum"], metadata);
    let problems: Value = Problem::ALL.iter().map(|problem| problem.as_str()).collect();
    assert_eq!(schema("ReportedProblem")["enum"], problems);
    for (report, field) in [("Report", FIELD), ("ReportForm", PROBLEM_FIELD)] {
        assert_eq!(schema(report)["properties"][field]["maxItems"], Problem::ALL.len());
    }
    let removed = &schema("OrderForm")["properties"]["metadata_removed"];
    assert_eq!((&removed["items"]["enum"], &removed["maxItems"]), (&metadata, &json!(REMOVED_MAX)));
    let provider: Value = Provider::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(schema("ServiceStatus")["properties"]["provider"]["enum"], provider);
    let health = schema("Health")["properties"]["provider"]["enum"].as_array().unwrap();
    assert_eq!(
        health.iter().filter(|state| *state != "unknown").cloned().collect::<Value>(),
        provider
    );
    let statuses = [
        Status::Queued,
        Status::Processing,
        Status::Completed,
        Status::Failed,
        Status::Canceled,
        Status::Expired,
    ];
    let statuses: Value = statuses.iter().map(|status| status.as_str()).collect();
    assert_eq!(schema("Order")["properties"]["status"]["enum"], statuses);
}

#[test]
fn the_form_has_the_fields_and_the_limits_of_the_code() {
    let form = schema("OrderForm");
    let described: BTreeSet<&str> =
        form["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, FILE_FIELDS.into_iter().chain(TEXT_FIELDS).collect());
    let limits = &form["x-limits"];
    assert_eq!(limits["image_bytes_max"], Limits::UPLOAD.bytes_max);
    assert_eq!(limits["images_bytes_max"], FILES_BYTES_MAX);
    assert_eq!(limits["side_min"], Limits::UPLOAD.side_min);
    assert_eq!(limits["side_max"], Limits::UPLOAD.side_max);
    assert_eq!(limits["pixels_max"], Limits::UPLOAD.pixels_max);
    assert_eq!(limits["formats"], json!(Format::ALL.map(Format::content_type)));
    assert_eq!(limits["instructions_chars_max"], INSTRUCTIONS_CHARS_MAX);
    assert_eq!(form["properties"]["instructions"]["maxLength"], INSTRUCTIONS_CHARS_MAX);
    let garments = &form["properties"]["garment_images"];
    assert_eq!(garments["minItems"], limits["garment_images_min"]);
    assert_eq!(garments["maxItems"], limits["garment_images_max"]);
    let told = send(&World::new(), get("/api/options")).json();
    assert_eq!(*limits, told["limits"], "GET /api/options says the same");
    let text = document()["paths"]["/webhooks/kie/{order_token}"].to_string();
    assert_eq!(BODY_BYTES_MAX, 131_072);
    assert!(text.contains("131,072 bytes"), "the cap of a callback");
}

/// Codes with what is said of each: status, title, and whether to try again.
type Explained = BTreeMap<&'static str, BTreeSet<(Option<u16>, &'static str, bool)>>;

#[test]
fn every_error_code_is_explained_as_the_table_of_errors_has_it() {
    let mut wanted: Explained = BTreeMap::new();
    let inside = [
        Code::ProviderRejected,
        Code::ContentModeration,
        Code::ProviderFailed,
        Code::ProviderTimeout,
        Code::ProviderBusy,
    ];
    for code in Code::ALL {
        let of = if inside.contains(&code) {
            let (title, _, retryable) = code.order_text();
            (None, title, retryable)
        } else {
            let (status, title, retryable) = http_of(code);
            (Some(status.as_u16()), title, retryable)
        };
        wanted.entry(code.as_str()).or_default().insert(of);
    }
    let entry = |entry: &'static Value| {
        for text in ["meaning", "fix"] {
            assert!(entry[text].as_str().is_some_and(|text| text.ends_with('.')), "{entry}");
        }
        let status = entry["status"].as_u64().map(|status| u16::try_from(status).unwrap());
        (status, entry["title"].as_str().unwrap(), entry["retryable"].as_bool().unwrap())
    };
    let mut described: Explained = BTreeMap::new();
    for (code, of) in document()["components"]["x-codes"].as_object().unwrap() {
        let also = of.get("also").map(entry);
        described.insert(code, std::iter::once(entry(of)).chain(also).collect());
    }
    assert_eq!(described, wanted);
    let in_order: Value = inside.iter().map(|code| code.as_str()).collect();
    assert_eq!(schema("OrderError")["properties"]["code"]["enum"], in_order);
}

#[test]
fn the_codes_of_each_response_have_its_status() {
    let codes = &document()["components"]["x-codes"];
    for (method, path, operation) in operations() {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let response = resolve(response);
            for code in response["x-codes"].as_array().into_iter().flatten() {
                let of = &codes[code.as_str().unwrap()];
                let statuses = [&of["status"], &of["also"]["status"]];
                let has = statuses.iter().any(|one| one.to_string() == *status);
                assert!(has, "{method} {path}: {code} does not come with {status}");
            }
            let is_error = response["content"].get("application/problem+json").is_some();
            assert_eq!(is_error, response.get("x-codes").is_some(), "{method} {path} {status}");
        }
    }
}

#[test]
fn objects_that_are_sent_are_closed_and_every_reference_leads_somewhere() {
    fn walk(value: &Value, at: &str) {
        resolve(value);
        match value {
            Value::Object(object) => {
                if object.get("type") == Some(&json!("object")) && object.contains_key("properties")
                {
                    assert_eq!(value["additionalProperties"], false, "{at} is open");
                }
                for (key, inner) in object {
                    walk(inner, &format!("{at}/{key}"));
                }
            }
            Value::Array(list) => list.iter().for_each(|inner| walk(inner, at)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    walk(document(), "#");
}

#[test]
fn the_document_names_every_language() {
    let page = document()["paths"]["/orders/{id}"].to_string();
    for language in Language::ALL.map(Language::as_str) {
        assert!(page.contains(&format!("`/{language}`")), "{language}");
    }
}

#[test]
fn the_validator_sees_each_kind_of_difference() {
    let object = json!({
        "type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {
            "a": {"type": ["string", "null"], "pattern": "^x[a-c]{2}\\.[0-9_]+$", "maxLength": 7},
            "b": {"type": "integer", "minimum": 2, "maximum": 3},
            "c": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true,
                  "items": {"enum": [1, 2, 3]}},
            "d": {"type": "string", "format": "date-time"},
            "e": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
        },
    });
    let good = [
        json!({"a": null}),
        json!({"a": "xab.1_2", "b": 2, "c": [1, 2], "d": "2026-01-31T12:00:00Z", "e": null}),
    ];
    for value in good {
        assert_eq!(violations(&object, &value), [""; 0]);
    }
    let bad = [
        json!({}),
        json!([]),
        json!({"a": 1}),
        json!({"a": "xad.1"}),
        json!({"a": "xab1"}),
        json!({"a": "xab.1-"}),
        json!({"a": "xabc.1"}),
        json!({"a": "xab.1234"}),
        json!({"a": null, "z": 1}),
        json!({"a": null, "b": 1}),
        json!({"a": null, "b": 4}),
        json!({"a": null, "b": 2.5}),
        json!({"a": null, "c": []}),
        json!({"a": null, "c": [1, 2, 3]}),
        json!({"a": null, "c": [1, 1]}),
        json!({"a": null, "c": [4]}),
        json!({"a": null, "d": "2026-01-31T12:00:00+01:00"}),
        json!({"a": null, "d": "yesterday"}),
        json!({"a": null, "e": "no"}),
    ];
    for value in bad {
        assert_eq!(violations(&object, &value).len(), 1, "{value}");
    }
}
