//! What a form may hold, and the two shapes of the answer.

use serde_json::{Value, json};

use crate::image_fixtures::{jpeg, jpeg_exif, riff, tiff, vp8l};
use crate::site::{
    assert_problem, garment, get, order_form, path_of, person, place, post_order, send,
};
use crate::world::{Ask, Form, World};

fn refused(form: Form, field: Option<&str>) {
    let answer = send(&World::new(), post_order(form));
    assert_problem(&answer, 422, "input_invalid", field);
}

/// A form of these files, with consent.
fn files(persons: usize, garments: usize) -> Form {
    let form = Form::new().text("consent", "on");
    let form = (0..persons).fold(form, |form, _| form.file("person_image", "a", &person()));
    (0..garments).fold(form, |form, _| form.file("garment_images", "b", &garment()))
}

/// An input that was left alone, as browsers send it.
fn left_alone(form: Form, name: &str) -> Form {
    form.file(name, "", b"")
}

#[test]
fn the_number_of_photos_is_held() {
    for garments in 1..=4 {
        let placed = send(&World::new(), post_order(files(1, garments)));
        assert_eq!(placed.status, 201, "{garments} garments");
        let images = placed.json()["images"].clone();
        let roles: Vec<&str> =
            images.as_array().unwrap().iter().map(|one| one["role"].as_str().unwrap()).collect();
        let wanted: Vec<&str> =
            std::iter::once("person").chain(std::iter::repeat_n("garment", garments)).collect();
        assert_eq!(roles, wanted);
    }
    refused(files(1, 0), Some("garment_images"));
    refused(files(1, 5), Some("garment_images"));
    refused(files(0, 1), Some("person_image"));
    refused(files(2, 1), Some("person_image"));
    refused(Form::new(), Some("person_image"));
}

#[test]
fn an_input_that_was_left_alone_is_no_file() {
    let form = left_alone(files(1, 1), "garment_images");
    assert_eq!(send(&World::new(), post_order(form)).status, 201);
    refused(left_alone(files(0, 1), "person_image"), Some("person_image"));
    refused(left_alone(files(1, 0), "garment_images"), Some("garment_images"));
}

#[test]
fn consent_is_asked_for_and_named() {
    for consent in [None, Some(""), Some("off"), Some("true"), Some("ON")] {
        let form = Form::new().file("person_image", "a", &person());
        let form = form.file("garment_images", "b", &garment());
        let form = consent.iter().fold(form, |form, value| form.text("consent", value));
        let answer = send(&World::new(), post_order(form));
        assert_problem(&answer, 422, "consent_required", Some("consent"));
    }
}

#[test]
fn a_value_that_is_not_offered_is_named() {
    for field in [
        "category",
        "garment_photo_type",
        "look_style",
        "focus",
        "resolution",
        "aspect_ratio",
        "output_format",
    ] {
        for value in ["no-such-value", "AUTO", " auto", "1k", "jpg"] {
            refused(order_form().text(field, value), Some(field));
        }
        let empty = send(&World::new(), post_order(order_form().text(field, "")));
        assert_eq!(empty.status, 201, "an empty {field} is the default");
    }
}

#[test]
fn every_choice_arrives_in_the_order() {
    let form = order_form()
        .text("category", "one-pieces")
        .text("garment_photo_type", "flat-lay")
        .text("look_style", "editorial")
        .text("focus", "upper-body")
        .text("resolution", "4K")
        .text("aspect_ratio", "9:16")
        .text("output_format", "png")
        .text("instructions", "  Roll the sleeves up.\r\nKeep the hat.  ");
    let placed = send(&World::new(), post_order(form)).json();
    let wanted = json!({
        "category": "one-pieces", "garment_photo_type": "flat-lay", "look_style": "editorial",
        "focus": "upper-body", "resolution": "4K", "aspect_ratio": "9:16", "output_format": "png",
        "instructions": "Roll the sleeves up.\nKeep the hat.",
    });
    assert_eq!(placed["options"], wanted);
}

#[test]
fn instructions_are_counted_in_characters() {
    let told =
        |text: &str| send(&World::new(), post_order(order_form().text("instructions", text)));
    for letter in ["a", "é", "你", "👗"] {
        let longest = letter.repeat(500);
        assert_eq!(told(&longest).json()["options"]["instructions"], longest);
        let answer = told(&letter.repeat(501));
        assert_problem(&answer, 422, "input_invalid", Some("instructions"));
    }
    assert_eq!(told("  \r\n ").json()["options"]["instructions"], Value::Null);
    assert_problem(
        &told(&format!("{} ", "a".repeat(500))),
        422,
        "input_invalid",
        Some("instructions"),
    );
    assert_problem(&told(&"a".repeat(5_000)), 422, "input_invalid", Some("instructions"));
}

#[test]
fn unknown_and_repeated_fields_are_refused() {
    refused(order_form().text("colour", "red"), None);
    refused(order_form().file("other_image", "a", &person()), None);
    refused(order_form().text("category", "tops").text("category", "tops"), Some("category"));
    refused(order_form().text("consent", "on"), Some("consent"));
    let many = (0..40).fold(files(1, 1), |form, _| left_alone(form, "garment_images"));
    refused(many, None);
}

#[test]
fn what_is_no_form_is_refused() {
    let whole = order_form().body();
    let kinds = ["", "application/json", "multipart/form-data", "text/plain; boundary=x"];
    for kind in kinds {
        let ask = Ask::new("POST", "/api/orders").header("content-type", kind).body(whole.clone());
        assert_problem(&send(&World::new(), ask), 422, "input_invalid", None);
    }
    for length in [0, 1, 40, 200, whole.len() / 2, whole.len() - 5] {
        let ask = post_order(order_form()).body(whole[..length].to_vec());
        assert_problem(&send(&World::new(), ask), 422, "input_invalid", None);
    }
    let mut latin = order_form().text("instructions", "caf#").body();
    let at = latin.windows(4).position(|text| text == b"caf#").unwrap();
    latin[at + 3] = 0xE9;
    let answer = send(&World::new(), post_order(order_form()).body(latin));
    assert_problem(&answer, 422, "input_invalid", Some("instructions"));
}

#[test]
fn a_refused_order_leaves_nothing() {
    let world = World::new();
    for form in [files(1, 0), files(1, 5), order_form().text("category", "x")] {
        assert_eq!(send(&world, post_order(form)).status, 422);
    }
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
    let statement = "SELECT count(*) FROM orders";
    let rows: i64 = world
        .with_database(|one| one.connection().query_row(statement, [], |row| row.get(0)))
        .unwrap();
    assert_eq!(rows, 0);
}

#[test]
fn a_program_gets_the_order_and_its_address() {
    let world = World::new();
    let placed = place(&world);
    let order = placed.json();
    assert_eq!(path_of(&placed), format!("/api/orders/{}", order["id"].as_str().unwrap()));
    assert_eq!(order["status"], "queued");
    assert_eq!(order["created_at"], "2026-11-20T10:00:00.000Z");
    assert_eq!(order["expires_at"], "2026-11-22T10:00:00.000Z");
    assert_eq!(order["facts"]["stored_until"], order["expires_at"]);
    assert_eq!(send(&world, get(&path_of(&placed))).json()["id"], order["id"]);
}

#[test]
fn types_come_from_the_content_and_metadata_goes() {
    let photo = jpeg(300, 400, &[jpeg_exif(&tiff(6, true))]);
    let webp = riff(&[vp8l(256, 256)]);
    let png = [garment(), b"behind".to_vec()].concat();
    let form = Form::order(&photo, &[webp, png]);
    let order = send(&World::new(), post_order(form)).json();
    let images = order["images"].as_array().unwrap();
    let kinds: Vec<&str> = images.iter().map(|one| one["content_type"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["image/jpeg", "image/webp", "image/png"]);
    assert_eq!((&images[0]["width"], &images[0]["height"]), (&json!(400), &json!(300)), "turned");
    let removed = order["facts"]["metadata_removed"].as_array().unwrap();
    for kind in ["gps", "exif", "thumbnail", "trailing_data"] {
        assert!(removed.contains(&json!(kind)), "{removed:?}");
    }
}

#[test]
fn a_browser_without_script_is_led_to_the_page() {
    let world = World::new();
    let ask = post_order(order_form());
    let accept = "text/html,application/xhtml+xml,*/*;q=0.8";
    let ask = Ask { headers: vec![ask.headers[0].clone()], ..ask };
    let placed = send(&world, ask.header("accept", accept));
    assert_eq!(placed.status, 303);
    let path = placed.header("location").to_owned();
    assert!(path.starts_with("/orders/") && path.len() == "/orders/".len() + 40, "{path}");
    let page = send(&world, get(&path));
    assert_eq!(page.status, 200);
    assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(send(&world, get(&format!("/api{path}"))).status, 200);
}

#[test]
fn a_refused_form_comes_back_as_it_was_typed() {
    let planted = r#"</textarea><script>alert(1)</script>" onfocus="x"#;
    let form = order_form()
        .text("category", "outerwear")
        .text("resolution", "4K")
        .text("instructions", planted)
        .text("look_style", "<b>none</b>");
    let refused = send(&World::new(), post_order(form).header("accept", "text/html"));
    assert_eq!(refused.status, 422);
    assert!(refused.header("content-type").starts_with("text/html"));
    let page = refused.text();
    assert!(page.contains(r#"name="instructions""#));
    assert!(!page.contains("<script>alert"), "escaped");
    assert!(!page.contains("<b>none"), "an unknown value is not shown");
    let shown = page.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"");
    assert!(shown.contains(planted), "{page}");
    for value in [r#"value="outerwear""#, r#"value="4K""#] {
        let tag = page.split('<').find(|tag| tag.contains(value)).unwrap();
        assert!(tag.contains("checked") || tag.contains("selected"), "{tag}");
    }
    assert!(page.contains("This value is not offered"), "says what is wrong");
    assert!(page.contains("id=\"error-look_style\""), "and where");
    assert!(!page.contains("me.jpg"), "no file name comes back");
    assert!(page.contains("checked") && page.contains(r#"name="consent" value="on""#));
}

#[test]
fn texts_behind_a_refused_photo_come_back_too() {
    let large = Form::new().file("person_image", "a.jpg", &vec![0xFF; 10 * 1024 * 1024 + 1]);
    for (form, status) in [(files(1, 5), 422), (files(2, 1), 422), (large, 413)] {
        let form = form.text("category", "shoes?").text("instructions", "Keep the hat.");
        let page = send(&World::new(), post_order(form).header("accept", "text/html"));
        assert_eq!(page.status, status);
        assert!(page.text().contains("Keep the hat."), "as a browser sends it: photos first");
    }
}

/// Photos that the browser has re-encoded come without the metadata that it removed.
#[test]
fn what_the_browser_removed_stands_in_the_facts_as_well() {
    let world = World::new();
    let photo = jpeg(300, 400, &[jpeg_exif(&tiff(6, true))]);
    let form = ["xmp", "gps", "xmp"]
        .iter()
        .fold(Form::order(&photo, &[garment()]), |form, kind| form.text("metadata_removed", kind));
    let placed = send(&world, post_order(form));
    assert_eq!(placed.status, 201, "{}", placed.text());
    let removed = &placed.json()["facts"]["metadata_removed"];
    assert_eq!(*removed, json!(["gps", "exif", "xmp", "thumbnail"]), "each once, in their order");
    let read = send(&world, get(placed.header("location"))).json();
    assert_eq!(read["facts"]["metadata_removed"], *removed);

    let refused = |form: Form| {
        let answer = send(&world, post_order(form));
        assert_problem(&answer, 422, "input_invalid", Some("metadata_removed"));
    };
    for kind in ["", "GPS", "location", "gps,exif"] {
        refused(order_form().text("metadata_removed", kind));
    }
    let times = |count: usize| {
        (0..count).fold(order_form(), |form, _| form.text("metadata_removed", "other"))
    };
    refused(times(17));
    assert_eq!(send(&world, post_order(times(16))).status, 201);
}
