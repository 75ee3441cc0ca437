//! A strict validator of the part of JSON Schema that the document uses: it stops at a keyword that
//! it does not know, so that nothing in the document goes unchecked.

use std::collections::BTreeSet;
use std::fmt::Formatter;
use std::sync::OnceLock;

use anytryon::web::is_request_id;
use chrono::DateTime;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

const DOCUMENT: &str = include_str!("../../../src/web/openapi.json");

/// The document as the repository holds it.
pub fn document() -> &'static Value {
    static PARSED: OnceLock<Value> = OnceLock::new();
    PARSED.get_or_init(|| serde_json::from_str(DOCUMENT).unwrap())
}

/// JSON of which nothing is kept: an object with a name twice is an error, since one of the two would
/// be lost without a word.
struct NamesOnce;

impl<'de> Deserialize<'de> for NamesOnce {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Look;
        impl<'de> Visitor<'de> for Look {
            type Value = NamesOnce;
            fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
                f.write_str("JSON")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NamesOnce, A::Error> {
                let mut names = BTreeSet::new();
                while let Some((name, NamesOnce)) = map.next_entry::<String, _>()? {
                    if let Some(twice) = names.replace(name) {
                        return Err(A::Error::custom(format!("{twice} is there twice")));
                    }
                }
                Ok(NamesOnce)
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<NamesOnce, A::Error> {
                while let Some(NamesOnce) = list.next_element()? {}
                Ok(NamesOnce)
            }
            fn visit_unit<E>(self) -> Result<NamesOnce, E> {
                Ok(NamesOnce)
            }
            fn visit_bool<E>(self, _: bool) -> Result<NamesOnce, E> {
                Ok(NamesOnce)
            }
            fn visit_u64<E>(self, _: u64) -> Result<NamesOnce, E> {
                Ok(NamesOnce)
            }
            fn visit_str<E>(self, _: &str) -> Result<NamesOnce, E> {
                Ok(NamesOnce)
            }
        }
        from.deserialize_any(Look)
    }
}

#[test]
fn no_object_has_a_name_twice() {
    let twice = serde_json::from_str::<NamesOnce>(r#"[{"a": 1, "b": {"a": null, "a": true}}]"#);
    assert!(twice.is_err_and(|error| error.to_string().contains("a is there twice")));
    serde_json::from_str::<NamesOnce>(DOCUMENT).map(|NamesOnce| ()).unwrap();
}

/// What a `$ref` leads to; the value itself when it is none.
pub fn resolve(value: &Value) -> &Value {
    let Some(to) = value.get("$ref").and_then(Value::as_str) else { return value };
    let found = document().pointer(to.strip_prefix('#').unwrap_or_default());
    assert!(found.is_some(), "{to} leads nowhere");
    resolve(found.unwrap_or(value))
}

/// One of the schemas by name.
pub fn schema(name: &str) -> &'static Value {
    &document()["components"]["schemas"][name]
}

/// Every way in which `value` is not what the schema says, with its place.
pub fn violations(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = vec![];
    check(schema, value, "", &mut found);
    found
}

fn check(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let schema = resolve(schema);
    let keywords = schema.as_object().unwrap();
    for (keyword, wanted) in keywords {
        let good = match keyword.as_str() {
            "description" | "default" => true,
            name if name.starts_with("x-") => true,
            "type" => has_type(wanted, value),
            "enum" => wanted.as_array().unwrap().contains(value),
            "anyOf" => {
                let mut options = wanted.as_array().unwrap().iter();
                options.any(|option| violations(option, value).is_empty())
            }
            "allOf" => {
                let mut parts = wanted.as_array().unwrap().iter();
                parts.all(|part| violations(part, value).is_empty())
            }
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
            "minLength" => length(value).is_none_or(|length| length >= wanted.as_u64().unwrap()),
            "maxLength" => length(value).is_none_or(|length| length <= wanted.as_u64().unwrap()),
            "minItems" => items(value).is_none_or(|count| count >= wanted.as_u64().unwrap()),
            "maxItems" => items(value).is_none_or(|count| count <= wanted.as_u64().unwrap()),
            "uniqueItems" => is_unique(value),
            "pattern" => value.as_str().is_none_or(|text| matches(wanted.as_str().unwrap(), text)),
            "format" => {
                value.as_str().is_none_or(|text| has_format(wanted.as_str().unwrap(), text))
            }
            "required" | "properties" | "additionalProperties" | "items" => true,
            other => {
                assert!(other.is_empty(), "the validator does not know the keyword {other}");
                false
            }
        };
        if !good {
            found.push(format!("{at}: {keyword} {wanted} is not met by {value}"));
        }
    }
    if let Some(object) = value.as_object() {
        check_object(keywords, object, at, found);
    }
    if let (Some(list), Some(of)) = (value.as_array(), keywords.get("items")) {
        for (index, one) in list.iter().enumerate() {
            check(of, one, &format!("{at}/{index}"), found);
        }
    }
}

fn check_object(
    keywords: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
    found: &mut Vec<String>,
) {
    for name in keywords.get("required").and_then(Value::as_array).into_iter().flatten() {
        if !object.contains_key(name.as_str().unwrap()) {
            found.push(format!("{at}: {name} is missing"));
        }
    }
    let properties = keywords.get("properties").and_then(Value::as_object);
    for (name, one) in object {
        let at = format!("{at}/{name}");
        match (properties.and_then(|known| known.get(name)), keywords.get("additionalProperties")) {
            (Some(known), _) => check(known, one, &at, found),
            (None, None | Some(Value::Bool(true))) => {}
            (None, Some(Value::Bool(false))) => found.push(format!("{at}: not known")),
            (None, Some(other)) => check(other, one, &at, found),
        }
    }
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &str| match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match wanted.as_array() {
        Some(names) => names.iter().any(|name| is(name.as_str().unwrap())),
        None => is(wanted.as_str().unwrap()),
    }
}

fn length(value: &Value) -> Option<u64> {
    value.as_str().map(|text| text.chars().count() as u64)
}

fn items(value: &Value) -> Option<u64> {
    value.as_array().map(|list| list.len() as u64)
}

fn is_unique(value: &Value) -> bool {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    (0..list.len()).all(|index| !list[..index].contains(&list[index]))
}

fn has_format(format: &str, text: &str) -> bool {
    match format {
        "date-time" => text.ends_with('Z') && DateTime::parse_from_rfc3339(text).is_ok(),
        "uuid" => is_request_id(text),
        "uri-reference" => text.starts_with('/') && text.parse::<http::Uri>().is_ok(),
        "uri" => text.starts_with("https://") && text.parse::<http::Uri>().is_ok(),
        "email" => text.contains('@'),
        _ => false,
    }
}

/// A pattern of literals, classes, and `{n}`, `{m,n}` and `+` behind a class, from `^` to `$`.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut pattern = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')).unwrap();
    let mut text = text;
    while let Some(first) = pattern.chars().next() {
        if first != '[' {
            pattern = &pattern[1..];
            let literal = if first == '\\' { pattern.chars().next().unwrap() } else { first };
            if first == '\\' {
                pattern = &pattern[literal.len_utf8()..];
            }
            let Some(rest) = text.strip_prefix(literal) else { return false };
            text = rest;
            continue;
        }
        let (class, rest) = pattern[1..].split_once(']').unwrap();
        let (least, most, rest) = quantifier(rest);
        let run = text.bytes().take(most).take_while(|byte| in_class(class, *byte)).count();
        if run < least {
            return false;
        }
        (pattern, text) = (rest, &text[run..]);
    }
    text.is_empty()
}

fn quantifier(rest: &str) -> (usize, usize, &str) {
    if let Some(rest) = rest.strip_prefix('+') {
        return (1, usize::MAX, rest);
    }
    let (count, rest) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).unwrap();
    let (least, most) = count.split_once(',').unwrap_or((count, count));
    (least.parse().unwrap(), most.parse().unwrap(), rest)
}

fn in_class(class: &str, byte: u8) -> bool {
    let class = class.as_bytes();
    let mut index = 0;
    while index < class.len() {
        if class.get(index + 1) == Some(&b'-') && index + 2 < class.len() {
            if (class[index]..=class[index + 2]).contains(&byte) {
                return true;
            }
            index += 3;
        } else {
            if class[index] == byte {
                return true;
            }
            index += 1;
        }
    }
    false
}
