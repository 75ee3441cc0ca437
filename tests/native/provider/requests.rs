//! What is sent: only published fields with published values, and exactly what was chosen.

use std::collections::BTreeSet;

use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, Options, OutputFormat, Resolution,
};
use anytryon::domain::prompt::{PROMPT_BYTES_MAX, compose};
use anytryon::domain::refusal::Code;
use anytryon::provider::models::{DEFAULT_MODEL_ID, MODELS, Model, find};
use anytryon::provider::request::{LINK_BYTES_MAX, create_task, record_info_path};
use serde_json::{Value, json};

const CALLBACK: &str = "https://tryon.example/webhooks/kie/0123456789abcdefghijkl";

fn published() -> Value {
    let facts = include_str!("../../fixtures/kie_models.json");
    serde_json::from_str::<Value>(facts).unwrap()["models"].take()
}

fn options(resolution: Resolution, aspect_ratio: AspectRatio, format: OutputFormat) -> Options {
    Options {
        category: Category::Tops,
        garment_photo_type: GarmentPhotoType::FlatLay,
        look_style: LookStyle::Studio,
        focus: Focus::UpperBody,
        resolution,
        aspect_ratio,
        output_format: format,
        instructions: Some("👗".repeat(500)),
    }
}

fn every_combination() -> Vec<Options> {
    let mut all = Vec::new();
    for &resolution in Resolution::ALL {
        for &ratio in AspectRatio::ALL {
            for &format in OutputFormat::ALL {
                all.push(options(resolution, ratio, format));
            }
        }
    }
    all
}

fn links(garments: usize) -> Vec<String> {
    (0..=garments).map(|n| format!("https://tryon.example/i/{n}.jpg")).collect()
}

fn strings(value: &Value) -> BTreeSet<&str> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

/// Holds one request against the published inputs of its model.
fn hold(body: &Value, published: &Value) {
    let top: BTreeSet<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(top, BTreeSet::from(["callBackUrl", "input", "model"]));
    let inputs = published[body["model"].as_str().unwrap()]["input"].as_object().unwrap();
    let sent = body["input"].as_object().unwrap();
    for (name, value) in sent {
        assert!(inputs.contains_key(name), "{name} is not published: {body}");
        let rule = &inputs[name];
        match rule["type"].as_str().unwrap() {
            "array" => {
                let items = strings(value).len() as u64;
                assert!(items >= 2 && items <= rule["items_max"].as_u64().unwrap(), "{body}");
            }
            "boolean" => assert!(value.is_boolean(), "{body}"),
            kind => {
                assert_eq!(kind, "string", "{name}");
                let text = value.as_str().unwrap();
                if rule["values"].is_array() {
                    assert!(strings(&rule["values"]).contains(text), "{name}: {text}");
                }
                let chars = text.chars().count() as u64;
                assert!(chars >= rule["chars_min"].as_u64().unwrap_or(1), "{name}");
                assert!(chars <= rule["chars_max"].as_u64().unwrap_or(u64::MAX), "{name}");
            }
        }
    }
    for (name, rule) in inputs {
        assert!(rule["required"] != true || sent.contains_key(name), "{name} is missing: {body}");
    }
}

/// Kie's word for a choice, read off the published enums and not off the model table.
fn expected_field(published: &Value, id: &str, choice: &Options) -> Vec<(&'static str, String)> {
    let inputs = &published[id]["input"];
    let mut fields = Vec::new();
    if inputs["resolution"].is_object() {
        fields.push(("resolution", choice.resolution.as_str().to_owned()));
    }
    if inputs["quality"].is_object() {
        let high = choice.resolution == Resolution::R2K;
        fields.push(("quality", if high { "high" } else { "basic" }.to_owned()));
    }
    if inputs["output_format"].is_object() {
        let jpeg = if strings(&inputs["output_format"]["values"]).contains("jpg") {
            "jpg"
        } else {
            "jpeg"
        };
        let jpeg_chosen = choice.output_format == OutputFormat::Jpeg;
        fields.push(("output_format", if jpeg_chosen { jpeg } else { "png" }.to_owned()));
    }
    fields
}

#[test]
fn every_request_holds_only_what_kie_publishes() {
    let published = published();
    let mut requests = 0;
    for model in &MODELS {
        for choice in every_combination() {
            for garments in 1..=4 {
                if model.check(&choice, garments).is_err() {
                    continue;
                }
                let prompt = compose(&choice, garments);
                let urls = links(garments);
                let body =
                    create_task(model, &choice, &prompt, &urls, (1536, 2048), CALLBACK).unwrap();
                hold(&body, &published);
                assert_eq!(body["model"], model.id);
                assert_eq!(body["callBackUrl"], CALLBACK);
                assert_eq!(body["input"]["prompt"], json!(prompt));
                let arrays: Vec<&Value> =
                    body["input"].as_object().unwrap().values().filter(|v| v.is_array()).collect();
                assert_eq!(arrays, [&json!(urls)], "the person is first, garments in order");
                for (name, value) in expected_field(&published, model.id, &choice) {
                    assert_eq!(body["input"][name], json!(value), "{}", model.id);
                }
                if choice.aspect_ratio != AspectRatio::Auto {
                    assert_eq!(body["input"]["aspect_ratio"], choice.aspect_ratio.as_str());
                }
                requests += 1;
            }
        }
    }
    // Pairs of resolution and ratio times formats times garments: 30·2·4 for nano-banana-2 and
    // -pro, 10·1·4 for lite, 10·2·4 for edit, 16·2·4 for seedream, 25·1·4 for gpt-image-2.
    assert_eq!(requests, 240 + 240 + 40 + 80 + 128 + 100);
}

#[test]
fn what_is_published_and_ours_is_offered_and_nothing_else() {
    let published = published();
    for model in &MODELS {
        let inputs = &published[model.id]["input"];
        let offer = model.offers();
        let known = strings(&inputs["aspect_ratio"]["values"]);
        let ratios: Vec<_> = AspectRatio::ALL
            .iter()
            .copied()
            .filter(|ratio| *ratio == AspectRatio::Auto || known.contains(ratio.as_str()))
            .collect();
        assert_eq!(offer.ratios, ratios, "{}", model.id);
        let resolutions = match (&inputs["resolution"], &inputs["quality"]) {
            (Value::Object(_), Value::Null) => Resolution::ALL,
            (Value::Null, Value::Object(_)) => &[Resolution::R1K, Resolution::R2K],
            _ => &[Resolution::R1K],
        };
        assert_eq!(offer.resolutions, resolutions, "{}", model.id);
        let formats = if inputs["output_format"].is_object() { 2 } else { 1 };
        assert_eq!(offer.formats.len(), formats, "{}", model.id);
        let images = inputs[model.images_field]["items_max"].as_u64().unwrap();
        assert_eq!(model.images_max as u64, images, "{}", model.id);
        let mb = inputs[model.images_field]["file_mb_max"].as_u64().unwrap_or(10);
        assert_eq!(u64::from(model.image_mb_max), mb, "{}", model.id);
        let chars = inputs["prompt"]["chars_max"].as_u64().unwrap_or(20_000);
        assert_eq!(model.prompt_chars_max as u64, chars, "{}", model.id);
        assert!(PROMPT_BYTES_MAX <= model.prompt_chars_max, "{}", model.id);
    }
}

#[test]
fn the_table_and_the_facts_have_the_same_models() {
    let published = published();
    let facts: BTreeSet<&str> = published.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(MODELS.iter().map(|model| model.id).collect::<BTreeSet<_>>(), facts);
    for id in facts {
        assert_eq!(find(id).unwrap().id, id);
    }
    assert_eq!(find(DEFAULT_MODEL_ID).unwrap().id, "nano-banana-2");
    assert_eq!(find("nano-banana"), None);
    assert_eq!(find(""), None);
}

#[test]
fn the_bodies_are_those_of_the_published_samples() {
    let cases = [
        (
            "nano-banana-2",
            options(Resolution::R2K, AspectRatio::R3x4, OutputFormat::Jpeg),
            json!({"prompt": "p", "image_input": ["https://p", "https://g"],
                "aspect_ratio": "3:4", "resolution": "2K", "output_format": "jpg"}),
        ),
        (
            "google/nano-banana-edit",
            options(Resolution::R1K, AspectRatio::Auto, OutputFormat::Png),
            json!({"prompt": "p", "image_urls": ["https://p", "https://g"],
                "aspect_ratio": "auto", "output_format": "png"}),
        ),
        (
            "seedream/5-pro-image-to-image",
            options(Resolution::R2K, AspectRatio::R3x4, OutputFormat::Png),
            json!({"prompt": "p", "image_urls": ["https://p", "https://g"],
                "aspect_ratio": "3:4", "quality": "high", "output_format": "png",
                "nsfw_checker": true}),
        ),
        (
            "gpt-image-2-image-to-image",
            options(Resolution::R2K, AspectRatio::R2x3, OutputFormat::Png),
            json!({"prompt": "p", "input_urls": ["https://p", "https://g"],
                "aspect_ratio": "2:3", "resolution": "2K"}),
        ),
    ];
    let urls = ["https://p".to_owned(), "https://g".to_owned()];
    for (id, choice, input) in cases {
        let body =
            create_task(find(id).unwrap(), &choice, "p", &urls, (3, 4), "https://c").unwrap();
        assert_eq!(body, json!({"model": id, "callBackUrl": "https://c", "input": input}));
    }
}

fn refused_field(model: &Model, choice: &Options, garments: usize) -> Option<&'static str> {
    let refusal = model.check(choice, garments).err()?;
    assert_eq!(refusal.code, Code::InputInvalid);
    let sent = create_task(model, choice, "p", &links(garments), (1, 1), CALLBACK);
    assert_eq!(sent, Err(refusal.clone()), "refused, yet sent");
    refusal.field
}

#[test]
fn what_a_model_cannot_do_is_refused_by_field() {
    use AspectRatio as A;
    use OutputFormat::{Jpeg, Png};
    use Resolution as R;
    let seedream = find("seedream/5-pro-image-to-image").unwrap();
    let gpt = find("gpt-image-2-image-to-image").unwrap();
    let lite = find("nano-banana-2-lite").unwrap();
    let cases = [
        (seedream, R::R4K, A::R3x4, Png, 1, Some("resolution")),
        (seedream, R::R1K, A::R4x5, Png, 1, Some("aspect_ratio")),
        (seedream, R::R1K, A::R5x4, Png, 1, Some("aspect_ratio")),
        (seedream, R::R2K, A::Auto, Png, 4, None),
        (gpt, R::R1K, A::R4x5, Png, 1, None),
        (gpt, R::R2K, A::R4x5, Png, 1, Some("aspect_ratio")),
        (gpt, R::R2K, A::R5x4, Png, 1, Some("aspect_ratio")),
        (gpt, R::R4K, A::R5x4, Png, 1, Some("aspect_ratio")),
        (gpt, R::R2K, A::R1x1, Png, 1, None),
        (gpt, R::R4K, A::R1x1, Png, 1, Some("aspect_ratio")),
        (gpt, R::R4K, A::R9x16, Png, 1, None),
        (gpt, R::R1K, A::Auto, Jpeg, 1, Some("output_format")),
        (lite, R::R2K, A::Auto, Jpeg, 1, Some("resolution")),
        (lite, R::R1K, A::Auto, Png, 1, Some("output_format")),
        (lite, R::R1K, A::Auto, Jpeg, 0, Some("garment_images")),
        (lite, R::R1K, A::Auto, Jpeg, 9, None),
        (lite, R::R1K, A::Auto, Jpeg, 10, Some("garment_images")),
    ];
    for (model, resolution, ratio, format, garments, field) in cases {
        let choice = options(resolution, ratio, format);
        let case = format!("{} {choice:?} {garments}", model.id);
        assert_eq!(refused_field(model, &choice, garments), field, "{case}");
    }
    let refusal = gpt.check(&options(R::R4K, A::R1x1, Png), 1).unwrap_err();
    assert_eq!(
        refusal.detail,
        "This aspect ratio at 4K is not available. Choose one of: auto, 3:4, 4:3, 2:3, 3:2, 9:16, \
         16:9."
    );
}

#[test]
fn the_offer_says_what_check_says() {
    for model in &MODELS {
        let offer = model.offers();
        for choice in every_combination() {
            let offered = offer.resolutions.contains(&choice.resolution)
                && offer.ratios.contains(&choice.aspect_ratio)
                && offer.formats.contains(&choice.output_format)
                && !offer.impossible.contains(&(choice.resolution, choice.aspect_ratio));
            assert_eq!(model.check(&choice, 1).is_ok(), offered, "{} {choice:?}", model.id);
        }
    }
}

#[test]
fn auto_becomes_the_nearest_ratio_where_the_model_has_none() {
    let sent = |id: &str, resolution, size| {
        find(id).unwrap().sent_ratio(resolution, AspectRatio::Auto, size).unwrap().as_str()
    };
    let seedream = "seedream/5-pro-image-to-image";
    let cases = [
        ((768, 1024), "3:4"),
        ((1024, 768), "4:3"),
        ((1000, 1000), "1:1"),
        // 4:5 is 1.067 times 3:4 and 1.25 times smaller than 1:1.
        ((800, 1000), "3:4"),
        ((1080, 1920), "9:16"),
        ((1080, 2400), "9:16"),
        ((8192, 256), "16:9"),
        ((2000, 3000), "2:3"),
        ((3000, 2000), "3:2"),
        // The geometric mean of 1:1 and 4:3 is 1.1547.
        ((11_546, 10_000), "1:1"),
        ((11_548, 10_000), "4:3"),
        ((u32::MAX, 1), "16:9"),
        ((1, u32::MAX), "9:16"),
        ((0, 0), "1:1"),
    ];
    for (size, ratio) in cases {
        assert_eq!(sent(seedream, Resolution::R1K, size), ratio, "{size:?}");
    }
    let gpt = "gpt-image-2-image-to-image";
    assert_eq!(sent(gpt, Resolution::R1K, (800, 1000)), "auto");
    assert_eq!(sent(gpt, Resolution::R2K, (800, 1000)), "3:4");
    assert_eq!(sent(gpt, Resolution::R2K, (1000, 1000)), "1:1");
    assert_eq!(sent(gpt, Resolution::R4K, (1000, 1001)), "3:4");
    assert_eq!(sent("nano-banana-2", Resolution::R4K, (800, 1000)), "auto");
}

#[test]
fn prices_are_those_published() {
    use Resolution as R;
    let price = |id: &str, resolution, images| find(id).unwrap().price_milli(resolution, images);
    let table = [
        ("nano-banana-2", [Some(8_000), Some(12_000), Some(18_000)]),
        ("nano-banana-pro", [Some(18_000), Some(18_000), Some(24_000)]),
        ("nano-banana-2-lite", [Some(4_000), None, None]),
        ("google/nano-banana-edit", [Some(4_000), None, None]),
        ("gpt-image-2-image-to-image", [Some(6_000), Some(10_000), Some(16_000)]),
    ];
    for (id, prices) in table {
        for images in [1, 2, 5] {
            assert_eq!([R::R1K, R::R2K, R::R4K].map(|r| price(id, r, images)), prices, "{id}");
        }
    }
    let seedream = "seedream/5-pro-image-to-image";
    assert_eq!([1, 2, 5].map(|n| price(seedream, R::R1K, n).unwrap()), [7_000, 7_500, 9_000]);
    assert_eq!(price(seedream, R::R2K, 3), Some(15_000));
    assert_eq!(price(seedream, R::R4K, 3), None);
    assert_eq!(price(seedream, R::R1K, usize::MAX), None);
    assert_eq!(price("nano-banana-2", R::R1K, 0), Some(8_000));
}

#[test]
fn a_prompt_or_link_that_does_not_fit_is_never_sent() {
    let model = find("google/nano-banana-edit").unwrap();
    let choice = options(Resolution::R1K, AspectRatio::Auto, OutputFormat::Png);
    let send = |prompt: &str, urls: &[String], callback: &str| {
        create_task(model, &choice, prompt, urls, (3, 4), callback).map_err(|no| no.code)
    };
    let long = format!("https://x/{}", "a".repeat(LINK_BYTES_MAX));
    assert!(send(&"ä".repeat(5_000), &links(1), CALLBACK).is_ok());
    assert_eq!(send(&"ä".repeat(5_001), &links(1), CALLBACK), Err(Code::Internal));
    assert_eq!(send("", &links(1), CALLBACK), Err(Code::Internal));
    assert_eq!(send("p", &links(1), ""), Err(Code::Internal));
    assert_eq!(send("p", &links(1), &long), Err(Code::Internal));
    assert_eq!(send("p", &["https://p".to_owned(), long], CALLBACK), Err(Code::Internal));
    assert_eq!(send("p", &["https://p".to_owned()], CALLBACK), Err(Code::InputInvalid));
    assert_eq!(send("p", &[], CALLBACK), Err(Code::InputInvalid));
}

#[test]
fn a_task_id_cannot_add_to_the_query() {
    let path = "/api/v1/jobs/recordInfo?taskId=";
    assert_eq!(record_info_path("task_google_17"), format!("{path}task_google_17"));
    assert_eq!(record_info_path("a&b=c#d/ä"), format!("{path}a%26b%3Dc%23d%2F%C3%A4"));
}
