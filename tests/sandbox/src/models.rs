//! The models, their published inputs and prices (`models.json`), and what Kie checks before it
//! takes a task. Unknown fields are not an error: Kie ignores them and bills.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::wire::Envelope;

/// One model as published.
#[derive(Deserialize)]
pub struct Model {
    #[serde(rename = "model")]
    pub name: String,
    /// The field that takes the reference pictures.
    pub images: Option<String>,
    /// The fields that take the aspect ratio, the newest name first.
    ratio: Vec<String>,
    /// The field that takes the resolution, and what its values mean where they are not 1K, 2K …
    size: Option<String>,
    #[serde(default)]
    size_names: BTreeMap<String, String>,
    price: Price,
    /// The format of the result where the request does not say.
    format: String,
    /// The one state in which its tasks are seen until they end.
    pub in_flight: String,
    /// Decides which of the two texts a failed input download has.
    #[serde(default)]
    pub fetched_by_google: bool,
    /// The ratio restricts the resolution (gpt-image-2).
    #[serde(default)]
    ratio_limits_size: bool,
    input: Vec<Field>,
}

#[derive(Deserialize)]
struct Price {
    base: f64,
    by: Option<String>,
    #[serde(default)]
    table: BTreeMap<String, f64>,
    #[serde(default)]
    per_further_image: f64,
    times: Option<String>,
    #[serde(default)]
    times_default: u32,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    required: bool,
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "enum", default)]
    allowed: Vec<Value>,
    default: Option<Value>,
    max_items: Option<usize>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    minimum: Option<f64>,
    maximum: Option<f64>,
    max_mb: Option<f64>,
    #[serde(default)]
    mime: Vec<String>,
}

/// Size of an input where the model's page names none: the playground's 30 MB.
const DEFAULT_MAX_MB: f64 = 30.0;
const BYTES_PER_MB: f64 = 1_048_576.0;
/// Results of one task; seedream-v4 and wan document at most 6.
const MAX_RESULTS: u32 = 6;

static MODELS: LazyLock<Vec<Model>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../models.json")).expect("models.json is part of the binary")
});

/// The model of this name.
pub fn find(name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.name == name)
}

impl Model {
    /// What createTask says about this input: required fields first, then types and values.
    pub fn check(&self, input: &Map<String, Value>) -> Result<(), Envelope> {
        for field in self.input.iter().filter(|field| field.required) {
            if input.get(&field.name).is_none_or(is_blank) {
                return Err(missing(&field.name));
            }
        }
        for field in &self.input {
            if let Some(value) = input.get(&field.name) {
                field.check(value)?;
            }
        }
        self.check_ratio_against_size(input)
    }

    /// gpt-image-2: "otherwise the task will fail to create".
    fn check_ratio_against_size(&self, input: &Map<String, Value>) -> Result<(), Envelope> {
        if !self.ratio_limits_size {
            return Ok(());
        }
        let size = input.get("resolution").and_then(Value::as_str).unwrap_or("1K");
        let ratio = input.get("aspect_ratio").and_then(Value::as_str).unwrap_or("auto");
        let possible = match ratio {
            "auto" | "5:4" | "4:5" => size == "1K",
            "1:1" => size != "4K",
            _ => true,
        };
        if possible { Ok(()) } else { Err(out_of_range("resolution")) }
    }

    /// Names in `input` that this model does not publish.
    pub fn unknown_fields(&self, input: &Map<String, Value>) -> Vec<String> {
        let known = |name: &str| self.input.iter().any(|field| field.name == name);
        input.keys().filter(|name| !known(name)).cloned().collect()
    }

    /// The reference pictures in order; one link may stand without its array (qwen2).
    pub fn image_urls(&self, input: &Map<String, Value>) -> Vec<String> {
        let texts = |value: &Value| match value {
            Value::String(url) => vec![url.clone()],
            Value::Array(urls) => {
                urls.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
        };
        self.images.as_ref().and_then(|name| input.get(name)).map(texts).unwrap_or_default()
    }

    /// Bytes of one input picture.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few MB")]
    pub fn max_image_bytes(&self) -> usize {
        let megabytes = self.image_field().and_then(|field| field.max_mb);
        (megabytes.unwrap_or(DEFAULT_MAX_MB) * BYTES_PER_MB) as usize
    }

    /// Whether pictures of this type are taken.
    pub fn takes_image_type(&self, mime: &str) -> bool {
        match self.image_field() {
            Some(field) if !field.mime.is_empty() => field.mime.iter().any(|known| known == mime),
            Some(_) | None => ["image/jpeg", "image/png", "image/webp"].contains(&mime),
        }
    }

    fn image_field(&self) -> Option<&Field> {
        let name = self.images.as_ref()?;
        self.input.iter().find(|field| &field.name == name)
    }

    /// Text value of a field, or its published default.
    fn value<'a>(&'a self, input: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
        let default = || self.input.iter().find(|field| field.name == name)?.default.as_ref();
        input.get(name).or_else(default).and_then(Value::as_str)
    }

    /// Width to height; `None` is auto.
    pub fn ratio(&self, input: &Map<String, Value>) -> Option<(u32, u32)> {
        let named = self.ratio.iter().find(|name| input.contains_key(*name));
        let text = self.value(input, named.or(self.ratio.first())?)?;
        let (name, numbers) = match text.split_once('_') {
            Some((name, numbers)) => (name, numbers.replace('_', ":")),
            None => (text, text.to_owned()),
        };
        if name == "square" {
            return Some((1, 1));
        }
        let (a, b) = numbers.split_once(':')?;
        let (a, b) = (a.parse().ok()?, b.parse().ok()?);
        // `portrait_4_3` names the ratio of the turned picture.
        if name == "portrait" { Some((b, a)) } else { Some((a, b)) }
    }

    /// Pixels of the longer side.
    pub fn longer_side(&self, input: &Map<String, Value>) -> u32 {
        let text = self.size.as_ref().and_then(|name| self.value(input, name)).unwrap_or("1K");
        match self.size_names.get(text).map_or(text, String::as_str) {
            "4K" => 4_096,
            "3K" => 3_072,
            "2K" => 2_048,
            _ => 1_024,
        }
    }

    /// `png`, `jpg` or `jpeg`.
    pub fn output_format<'a>(&'a self, input: &'a Map<String, Value>) -> &'a str {
        self.value(input, "output_format").unwrap_or(&self.format)
    }

    /// How many pictures come back.
    pub fn results(&self, input: &Map<String, Value>) -> u32 {
        let Some(name) = &self.price.times else { return 1 };
        let asked = input.get(name).and_then(|value| {
            value.as_u64().or_else(|| value.as_str()?.parse().ok()).and_then(|n| n.try_into().ok())
        });
        asked.unwrap_or(self.price.times_default).clamp(1, MAX_RESULTS)
    }

    /// Credits that the task holds.
    pub fn price(&self, input: &Map<String, Value>) -> f64 {
        let chosen = self.price.by.as_ref().and_then(|name| self.value(input, name));
        let each = chosen.and_then(|name| self.price.table.get(name)).unwrap_or(&self.price.base);
        let further = u32::try_from(self.image_urls(input).len()).unwrap_or(0).saturating_sub(1);
        let pictures = f64::from(self.results(input));
        each * pictures + self.price.per_further_image * f64::from(further)
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

/// Both codes are seen on the wire for a missing field; the prompt is the one seen with 500.
fn missing(field: &str) -> Envelope {
    if field == "prompt" {
        Envelope::error(500, "prompt is required")
    } else {
        Envelope::error(422, "This field is required")
    }
}

fn out_of_range(field: &str) -> Envelope {
    let subject =
        if field == "aspect_ratio" { "This aspect_ratio".to_owned() } else { field.to_owned() };
    Envelope::error(500, format!("{subject} is not within the range of allowed options"))
}

impl Field {
    fn check(&self, value: &Value) -> Result<(), Envelope> {
        if !self.has_right_type(value) {
            return Err(Envelope::error(422, format!("{} must be a {}", self.name, self.kind)));
        }
        if !self.allowed.is_empty() && !self.allowed.contains(value) {
            return Err(out_of_range(&self.name));
        }
        let letters = value.as_str().map(|text| text.chars().count());
        let too_long = letters > self.max_length && self.max_length.is_some();
        let too_short = letters.is_some_and(|n| self.min_length.is_some_and(|least| n < least));
        let items = value.as_array().map(Vec::len);
        let too_many = items > self.max_items && self.max_items.is_some();
        let number = value.as_f64();
        let too_small = number.is_some_and(|n| self.minimum.is_some_and(|least| n < least));
        let too_big = number.is_some_and(|n| self.maximum.is_some_and(|most| n > most));
        if too_long {
            return Err(Envelope::error(500, "The text length cannot exceed the maximum limit"));
        }
        if too_short || too_many || too_small || too_big {
            return Err(out_of_range(&self.name));
        }
        Ok(())
    }

    fn has_right_type(&self, value: &Value) -> bool {
        match self.kind.as_str() {
            // qwen2 publishes a string; an array was accepted on the wire.
            "string" if self.name == "image_url" => value.is_string() || value.is_array(),
            "string" => value.is_string(),
            "array" => value
                .as_array()
                .is_some_and(|items| self.max_mb.is_none() || items.iter().all(Value::is_string)),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{MODELS, Map, find};

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap()
    }

    #[test]
    fn every_model_names_fields_that_it_publishes() {
        for model in MODELS.iter() {
            let published = |name: &String| model.input.iter().any(|field| &field.name == name);
            assert!(model.ratio.iter().all(published), "{}", model.name);
            assert!(model.images.iter().all(published), "{}", model.name);
            assert!(model.size.iter().all(published), "{}", model.name);
            assert!(model.price.by.iter().all(published), "{}", model.name);
            assert!(model.price.times.iter().all(published), "{}", model.name);
        }
        assert_eq!(MODELS.len(), 21);
    }

    #[test]
    fn prices_follow_resolution_quality_inputs_and_count() {
        let price = |name: &str, input: Value| find(name).unwrap().price(&map(&input));
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
        close(price("nano-banana-2", json!({})), 8.0);
        close(price("nano-banana-2", json!({"resolution": "4K"})), 18.0);
        close(price("nano-banana-pro", json!({"resolution": "2K"})), 18.0);
        let three = json!({"quality": "high", "image_urls": ["a", "b", "c"]});
        close(price("seedream/5-pro-image-to-image", three), 15.0);
        close(price("seedream/5-lite-image-to-image", json!({"image_urls": ["a", "b"]})), 5.5);
        close(price("wan/2-7-image", json!({})), 19.2);
        close(price("bytedance/seedream-v4-edit", json!({"max_images": 3})), 15.0);
    }

    #[test]
    fn sizes_are_read_in_each_spelling() {
        let model = find("bytedance/seedream-v4-edit").unwrap();
        assert_eq!(model.ratio(&map(&json!({"image_size": "portrait_4_3"}))), Some((3, 4)));
        assert_eq!(model.ratio(&map(&json!({"image_size": "landscape_21_9"}))), Some((21, 9)));
        assert_eq!(model.ratio(&map(&json!({}))), Some((1, 1)), "square_hd is the default");
        let model = find("google/nano-banana-edit").unwrap();
        assert_eq!(model.ratio(&map(&json!({"image_size": "9:16"}))), Some((9, 16)));
        assert_eq!(model.ratio(&map(&json!({"aspect_ratio": "auto"}))), None);
        let model = find("seedream/5-lite-image-to-image").unwrap();
        assert_eq!(model.longer_side(&map(&json!({"quality": "high"}))), 3_072);
        assert_eq!(model.longer_side(&map(&json!({}))), 2_048);
    }
}
