//! The pages, read as a browser reads them: tags with attributes and the text between.

pub mod html;
mod installable;
mod offer;
mod prose;
pub mod samples;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anytryon::app::place::GARMENTS;
use anytryon::domain::asset::Assets;
use anytryon::domain::credits::Credits;
use anytryon::domain::image::Metadata;
use anytryon::domain::language::Language;
use anytryon::domain::problem::Problem;
use anytryon::domain::refusal::Code;
use anytryon::domain::view::Status;
use anytryon::pages::text::Text;
use anytryon::pages::{
    ErrorNotice, FormState, Frame, GARMENT_IMAGES_MAX, IMAGES_BYTES_MAX, error_page, order,
    waitlist_thanks,
};
use anytryon::policy::parties::PROCESSORS;
use anytryon::provider::models::find;
use anytryon::web::multipart::FILES_BYTES_MAX;
use anytryon::web::orders::PROBLEM_FIELD;

use serde_json::{Value, json};

use crate::interface::schema::document;

use html::{Tag, tags, unescaped, visible};
use samples::{
    ORIGIN, PLANTED, STATUSES, blank, every_page, frame, home_page, notice, offer, planted_pages,
    refused_page, view,
};

// The interface, written down a second time so that a change of the code alone is seen.
const CATEGORY: &[&str] =
    &["auto", "tops", "bottoms", "one-pieces", "outerwear", "footwear", "accessories"];
const GARMENT_PHOTO_TYPE: &[&str] = &["auto", "flat-lay", "model"];
const LOOK_STYLE: &[&str] = &["natural", "studio", "street", "editorial", "evening"];
const FOCUS: &[&str] = &["full-body", "upper-body", "lower-body", "details"];
const RESOLUTION: &[&str] = &["1K", "2K", "4K"];
const ASPECT_RATIO: &[&str] =
    &["auto", "1:1", "3:4", "4:3", "2:3", "3:2", "4:5", "5:4", "9:16", "16:9"];
/// The one link that leads elsewhere.
const CONTACT: &str = "mailto:hello@anytryon.example";
const OUTPUT_FORMAT: &[&str] = &["jpeg", "png"];

#[test]
fn the_form_has_exactly_the_fields_and_values_of_the_interface() {
    let page = tags(&home_page(&blank()));
    let form = page.iter().find(|tag| tag.get("action") == Some("/api/orders")).unwrap();
    assert_eq!(form.get("method"), Some("post"));
    assert_eq!(form.get("enctype"), Some("multipart/form-data"));

    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let start = page.iter().position(|tag| tag.get("action") == Some("/api/orders")).unwrap();
    let length = page[start..].iter().position(|tag| tag.name == "/form").unwrap();
    for tag in &page[start..start + length] {
        // What has no name is not sent: it is about the device and not about the order.
        if let ("input" | "textarea", Some(name)) = (tag.name.as_str(), tag.get("name")) {
            values.entry(name).or_default().push(tag.get("value").unwrap_or(""));
        }
        assert!(tag.name != "select" && tag.name != "option", "{tag:?}");
    }
    let expected: BTreeMap<&str, Vec<&str>> = [
        ("person_image", vec![""]),
        ("garment_images", vec![""]),
        ("category", CATEGORY.to_vec()),
        ("garment_photo_type", GARMENT_PHOTO_TYPE.to_vec()),
        ("look_style", LOOK_STYLE.to_vec()),
        ("focus", FOCUS.to_vec()),
        ("resolution", RESOLUTION.to_vec()),
        ("aspect_ratio", ASPECT_RATIO.to_vec()),
        ("output_format", OUTPUT_FORMAT.to_vec()),
        ("instructions", vec![""]),
        ("consent", vec!["on"]),
    ]
    .into();
    assert_eq!(values, expected);
}

#[test]
fn the_form_limits_and_requires_what_the_server_does() {
    let page = tags(&home_page(&blank()));
    let control = |name: &str| page.iter().find(|tag| tag.get("name") == Some(name)).unwrap();
    for required in ["person_image", "garment_images", "consent"] {
        assert!(control(required).has("required"), "{required}");
    }
    assert!(!control("person_image").has("multiple"));
    assert!(control("garment_images").has("multiple"));
    assert_eq!(control("instructions").get("maxlength"), Some("500"));
    let garments = page.iter().find(|tag| tag.get("id") == Some("field-garment_images")).unwrap();
    assert_eq!(garments.get("data-files-max"), Some("4"));
    assert_eq!(GARMENT_IMAGES_MAX, *GARMENTS.end());
    let form = page.iter().find(|tag| tag.name == "order-form").unwrap();
    assert_eq!(form.get("data-images-bytes-max"), Some("25165824"));
    assert_eq!(IMAGES_BYTES_MAX, FILES_BYTES_MAX);
    // Consent is never given in advance; each choice has exactly one default.
    assert!(!control("consent").has("checked"));
    for name in [
        "category",
        "look_style",
        "focus",
        "garment_photo_type",
        "resolution",
        "aspect_ratio",
        "output_format",
    ] {
        let chosen: Vec<_> =
            page.iter().filter(|tag| tag.get("name") == Some(name) && tag.has("checked")).collect();
        assert_eq!(chosen.len(), 1, "{name}");
    }
}

#[test]
fn every_control_has_a_label() {
    let page = tags(&home_page(&blank()));
    let labelled: BTreeSet<_> = page.iter().filter_map(|tag| tag.get("for")).collect();
    let mut inside_label = false;
    for tag in &page {
        match tag.name.as_str() {
            "label" => inside_label = true,
            "/label" => inside_label = false,
            "input" | "select" | "textarea" if tag.get("type") != Some("hidden") => {
                let named = inside_label
                    || tag.has("aria-label")
                    || tag.get("id").is_some_and(|id| labelled.contains(id));
                assert!(named, "{tag:?}");
            }
            _ => {}
        }
    }
}

#[test]
fn a_refused_form_keeps_every_text_field() {
    let typed = [
        ("category", "footwear"),
        ("garment_photo_type", "model"),
        ("look_style", "evening"),
        ("focus", "details"),
        ("resolution", "4K"),
        ("aspect_ratio", "9:16"),
        ("output_format", "png"),
        ("instructions", "\nRed laces"),
        ("consent", "on"),
    ];
    let html = refused_page(&FormState::refused(offer(), typed, notice(Some("garment_images"))));
    let page = tags(&html);
    for (name, value) in typed {
        let kept = match name {
            "instructions" => html.contains("\">\n\nRed laces</textarea>"),
            "consent" => page.iter().any(|tag| tag.get("name") == Some(name) && tag.has("checked")),
            _ => page.iter().any(|tag| tag.get("value") == Some(value) && tag.has("checked")),
        };
        assert!(kept, "{name}");
    }
}

#[test]
fn a_refusal_is_shown_at_its_field_and_nowhere_without_one() {
    let shown = |page: &str| -> Vec<String> {
        tags(page)
            .into_iter()
            .filter(|tag| tag.has("data-error-for") && !tag.has("hidden"))
            .map(|tag| format!("{}: {}", tag.get("data-error-for").unwrap(), tag.text))
            .collect()
    };
    assert_eq!(shown(&home_page(&blank())), Vec::<String>::new());
    for field in
        ["person_image", "garment_images", "category", "resolution", "instructions", "consent"]
    {
        let form = FormState::refused(offer(), [], notice(Some(field)));
        assert_eq!(shown(&refused_page(&form)), [format!("{field}: Choose a photo.")]);
    }
    // The closed part of the form is open when the error lies in it.
    let open = |field| {
        tags(&refused_page(&FormState::refused(offer(), [], notice(Some(field)))))
            .iter()
            .any(|tag| tag.name == "details" && tag.has("open") && !tag.in_template)
    };
    assert!(open("aspect_ratio") && open("instructions") && !open("consent"));
}

#[test]
fn a_value_the_form_does_not_offer_falls_back_to_the_default() {
    let odd = [("category", PLANTED), ("focus", "all"), ("unknown", "x"), ("consent", "off")];
    let fields = FormState::refused(offer(), odd, notice(None));
    assert_eq!(refused_page(&fields), refused_page(&FormState::refused(offer(), [], notice(None))));
}

#[test]
fn a_refused_form_offers_all_that_the_first_one_did_in_words() {
    let (first, again) = (home_page(&blank()), refused_page(&blank()));
    let fields = |html: &str| -> Vec<String> {
        let named = tags(html).into_iter().filter(|tag| !tag.in_template);
        let kept = ["name", "value", "checked", "required", "maxlength", "aria-describedby"];
        let named = named.filter(|tag| tag.has("name") && tag.name != "meta");
        let form = named.filter(|tag| tag.get("id") != Some("waitlist-email"));
        form.filter(|tag| tag.get("name") != Some("source"))
            .map(|tag| format!("{} {:?}", tag.name, kept.map(|name| tag.get(name))))
            .collect()
    };
    assert!(fields(&first).len() > 30 && fields(&again) == fields(&first));
    let labels = |html: &str| -> Vec<String> {
        let of_a_choice = |tag: &Tag| tag.get("class") == Some("pick__label");
        tags(html).into_iter().filter(of_a_choice).map(|tag| tag.text).collect()
    };
    assert!(labels(&again).iter().all(|label| !label.is_empty()));
    assert_eq!(labels(&again), labels(&first));
    for only_first in ["class=\"drawing\"", "data-sample", "class=\"how\""] {
        assert!(first.contains(only_first) && !again.contains(only_first), "{only_first}");
    }
}

#[test]
fn nothing_from_outside_becomes_markup() {
    for (name, html) in planted_pages() {
        assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{name}");
        for tag in tags(&html) {
            assert!(!tag.attributes.keys().any(|key| key.starts_with("on")), "{name}: {tag:?}");
        }
        // It is there as text, so the page did show it.
        assert!(unescaped(&html).contains(PLANTED), "{name}");
    }
}

/// The link to a company's own terms: followed by whoever wants to, and telling it nothing.
pub fn leads_to_a_company(tag: &Tag) -> bool {
    let known = |url| PROCESSORS.iter().any(|one| one.terms_url == url);
    tag.name == "a"
        && tag.get("rel") == Some("external noreferrer")
        && tag.get("href").is_some_and(known)
}

#[test]
fn no_page_needs_more_than_the_strict_content_security_policy() {
    for (name, html) in every_page() {
        for tag in tags(&html) {
            assert!(tag.name != "style" && !tag.has("style"), "{name}: {tag:?}");
            assert!(!tag.attributes.keys().any(|key| key.starts_with("on")), "{name}: {tag:?}");
            if tag.name == "script" {
                assert!(tag.get("src").is_some() && tag.text.is_empty(), "{name}: {tag:?}");
            }
            for key in ["src", "href", "action", "srcset", "formaction"] {
                if let Some(target) = tag.get(key) {
                    let own = target.starts_with('#')
                        || leads_to_a_company(&tag)
                        || target == CONTACT
                        || (target.is_empty() && tag.name == "a")
                        || tag
                            .get("rel")
                            .is_some_and(|rel| rel == "canonical" || rel == "alternate")
                        || (target.starts_with('/') && !target.starts_with("//"));
                    assert!(own, "{name}: {tag:?}");
                }
            }
        }
    }
}

#[test]
fn every_file_a_page_names_is_in_public() {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for (name, html) in every_page() {
        for tag in tags(&html) {
            let named = match tag.name.as_str() {
                "script" => tag.get("src"),
                // The site builder makes the manifest.
                "link" if tag.get("rel") == Some("manifest") => None,
                "link" => tag.get("href"),
                _ => None,
            };
            let Some(path) = named.filter(|path| !path.starts_with("http")) else { continue };
            let version = format!("/v/{}/", frame().site.assets.version);
            let path = path.strip_prefix(&version).unwrap_or(path.trim_start_matches('/'));
            assert!(public.join(path).is_file(), "{name}: {path}");
        }
    }
}

#[test]
fn every_page_has_a_language_a_title_one_heading_and_alternative_texts() {
    // With PAGES_OUT=folder each page is also left there, for tests/browser/screenshots.mjs.
    let out = env::var_os("PAGES_OUT");
    for (name, html) in every_page() {
        if let Some(folder) = &out {
            fs::write(Path::new(folder).join(format!("{name}.html")), &html).unwrap();
        }
        let page = tags(&html);
        assert_eq!(page.iter().find(|tag| tag.name == "html").unwrap().get("lang"), Some("en"));
        let titles: Vec<_> = page.iter().filter(|tag| tag.name == "title").collect();
        assert!(titles.len() == 1 && titles[0].text.ends_with(" · AnyTryOn"), "{name}: {titles:?}");
        assert!(titles[0].text.len() > " · AnyTryOn".len() + 3, "{name}");
        let headings: Vec<_> =
            page.iter().filter(|tag| tag.name == "h1" && !tag.in_template).collect();
        assert!(headings.len() == 1 && !headings[0].text.is_empty(), "{name}: {headings:?}");
        assert_eq!(page.iter().filter(|tag| tag.name == "main").count(), 1, "{name}");
        for image in page.iter().filter(|tag| tag.name == "img") {
            assert!(image.get("alt").is_some_and(|alt| alt.len() > 8), "{name}: {image:?}");
            assert!(image.has("width") && image.has("height"), "{name}: {image:?}");
        }
        let mut ids = BTreeSet::new();
        for id in page.iter().filter_map(|tag| tag.get("id")) {
            assert!(ids.insert(id.to_owned()), "{name}: two elements have the id {id}");
        }
    }
}

fn has_form(page: &[Tag], action: &str) -> bool {
    page.iter().any(|tag| {
        tag.name == "form" && tag.get("action") == Some(action) && tag.get("method") == Some("post")
    })
}

#[test]
fn an_order_page_offers_what_its_status_allows() {
    let id = &view(Status::Queued).id;
    for status in STATUSES {
        let page = visible(&order(frame(), &view(status)));
        let running = matches!(status, Status::Queued | Status::Processing);
        let done = status == Status::Completed;
        let exists = status != Status::Expired;

        let cancel = has_form(&page, &format!("/orders/{id}/cancellation"));
        assert_eq!(cancel, running, "{status:?} cancel");
        let delete = has_form(&page, &format!("/orders/{id}/deletion"));
        assert_eq!(delete, exists, "{status:?} delete");
        // The address of the picture itself: the browser has it already.
        let download = page.iter().any(|tag| tag.get("href") == Some("/i/token-output"));
        assert_eq!(download, done, "{status:?} download");
        let mark = page.iter().any(|tag| tag.text == "AI preview");
        assert_eq!(mark, done, "{status:?} mark");

        let pictures: Vec<_> = page.iter().filter_map(|tag| tag.get("src")).collect();
        let shows = |src: &str| pictures.contains(&src);
        assert_eq!(shows("/i/token-output"), done, "{status:?} output");
        assert_eq!(shows("/i/token-person"), exists, "{status:?} person");
        let garments = pictures.iter().filter(|src| **src == "/i/token-garment").count();
        assert_eq!(garments, if exists { 2 } else { 0 }, "{status:?} garments");

        let link = format!("{ORIGIN}/orders/{id}");
        let linked = page.iter().any(|tag| tag.get("value") == Some(link.as_str()));
        assert_eq!(linked, exists, "{status:?} link");
        let current: Vec<_> = page
            .iter()
            .filter(|tag| tag.has("aria-current"))
            .filter_map(|tag| tag.get("data-step"))
            .collect();
        let expected = if running { vec![status.as_str()] } else { Vec::new() };
        assert_eq!(current, expected, "{status:?} step");

        assert_eq!(has_form(&page, &format!("/orders/{id}/reports")), done, "{status:?} report");
        // Every end has a way on, and what is still stored can be used for it.
        let leads = |to: &str| page.iter().any(|tag| tag.get("href") == Some(to));
        let stored = exists && !running;
        assert_eq!(leads(&format!("/#person={id}")), stored, "{status:?} same person");
        assert_eq!(leads(&format!("/#output={id}")), done, "{status:?} result as person");
        let start = page.iter().any(|tag| tag.text == "To the start page");
        assert_eq!(start, status.is_final() && !done, "{status:?} start page");
    }
}

#[test]
fn an_order_page_says_the_facts_in_words() {
    let field = |page: &[Tag], name: &str| {
        page.iter().find(|tag| tag.get("data-field") == Some(name)).map(|tag| tag.text.clone())
    };
    let queued = visible(&order(frame(), &view(Status::Queued)));
    let expected = [
        ("headline", "You are in line"),
        ("queue_position", "4"),
        ("typical_time", "50 seconds"),
        ("choices", "Top · Street · Upper body · 2K, about 2048 pixels · Portrait 3:4 · JPEG"),
        ("instructions", "Tuck the shirt in"),
        ("created_at", "2026-01-31 12:34 UTC"),
        ("stored_until", "2026-02-02 12:34 UTC"),
        ("pictures", "3"),
        ("size", "550 kB"),
        ("metadata_removed", "location, camera data"),
        ("model", "Kie AI · nano-banana-2"),
        ("provider_retention", "14 days"),
        ("provider_credits", "8 credits"),
    ];
    for (name, words) in expected {
        assert_eq!(field(&queued, name).as_deref(), Some(words), "{name}");
    }
    let failed = visible(&order(frame(), &view(Status::Failed)));
    assert_eq!(
        field(&failed, "error_title").as_deref(),
        Some("The image service declined these pictures")
    );
    assert!(field(&failed, "error_detail").unwrap().contains("Use other photos"));

    let mut plain = view(Status::Processing);
    plain.eta_seconds = Some(150);
    plain.options.instructions = None;
    plain.facts.provider_credits = None;
    plain.facts.metadata_removed = Vec::new();
    let plain = visible(&order(frame(), &plain));
    assert_eq!(field(&plain, "typical_time").as_deref(), Some("3 minutes"));
    assert_eq!(field(&plain, "metadata_removed").as_deref(), Some("Nothing was hidden in them"));
    for absent in ["queue_position", "instructions", "provider_credits"] {
        assert_eq!(field(&plain, absent), None, "{absent}");
    }
}

#[test]
fn a_size_is_told_as_people_tell_it() {
    let size = |bytes: u64| {
        let mut view = view(Status::Queued);
        view.images.truncate(1);
        view.images[0].bytes = bytes;
        let page = visible(&order(frame(), &view));
        let size = page.into_iter().find(|tag| tag.get("data-field") == Some("size")).unwrap();
        assert_eq!(size.get("value"), Some(bytes.to_string().as_str()));
        size.text
    };
    assert_eq!(size(1), "1 kB");
    assert_eq!(size(999_001), "1000 kB");
    assert_eq!(size(1_000_000), "1.0 MB");
    assert_eq!(size(9_950_001), "10.0 MB");
}

#[test]
fn a_report_names_the_problems_of_the_interface_and_is_asked_for_once() {
    let mut done = view(Status::Completed);
    let boxes = |page: &[Tag]| -> Vec<String> {
        let boxes = page.iter().filter(|tag| tag.get("name") == Some(PROBLEM_FIELD));
        boxes.map(|tag| tag.get("value").unwrap().to_owned()).collect()
    };
    let thanks = |page: &[Tag]| page.iter().any(|tag| tag.text.starts_with("Thank you"));
    let asking = visible(&order(frame(), &done));
    assert_eq!(boxes(&asking), Problem::ALL.map(Problem::as_str));
    assert!(!thanks(&asking));
    done.problems = vec!["face_changed"];
    let reported = visible(&order(frame(), &done));
    assert_eq!(boxes(&reported), [""; 0]);
    assert!(thanks(&reported));
}

#[test]
fn the_result_is_described_by_what_was_ordered() {
    let page = tags(&order(frame(), &view(Status::Completed)));
    let result = page.iter().find(|tag| tag.get("src") == Some("/i/token-output")).unwrap();
    let alt = "AI preview: the person from your photo wearing the top you chose. Look: Street";
    assert_eq!(result.get("alt"), Some(alt));
}

#[test]
fn a_running_order_refreshes_itself_where_no_script_runs() {
    for status in STATUSES {
        let html = order(frame(), &view(status));
        let inside = r#"<noscript><meta http-equiv="refresh" content="5"></noscript>"#;
        assert_eq!(html.contains(inside), !status.is_final(), "{status:?}");
        assert_eq!(html.matches("http-equiv").count(), usize::from(!status.is_final()));
        assert!(html.contains(r#"<meta name="robots" content="noindex"#), "{status:?}");
    }
}

#[test]
fn the_error_page_names_status_code_and_request() {
    let html = error_page(frame(), 410, &notice(None));
    for part in ["Error 410", "Something is missing", "Choose a photo.", "href=\"/\""] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(reference(&html), ["input_invalid", "req-123"]);
    let unnamed = ErrorNotice { request_id: None, ..notice(None) };
    assert_eq!(reference(&error_page(frame(), 404, &unnamed)), ["input_invalid"]);
    assert_eq!(reference(&waitlist_thanks(frame())), [""; 0]);
}

#[test]
fn what_is_gone_is_no_error() {
    let gone = ErrorNotice { code: Code::Gone, ..notice(None) };
    let html = error_page(frame(), 410, &gone);
    assert!(html.contains("Something is missing") && !html.contains("Error 410"), "{html}");
    assert_eq!(reference(&html), [""; 0]);
}

/// What a visitor reads in the small print of an error.
fn reference(html: &str) -> Vec<String> {
    let codes = visible(html).into_iter().filter(|tag| tag.name == "code");
    codes.map(|tag| tag.text).collect()
}

#[test]
fn a_refused_form_names_code_and_request() {
    let refused = |field| refused_page(&FormState::refused(offer(), [], notice(field)));
    for field in [None, Some("person_image"), Some("resolution")] {
        assert_eq!(reference(&refused(field)), ["input_invalid", "req-123"]);
    }
    assert_eq!(reference(&home_page(&blank())), [""; 0]);
}

#[test]
fn wherever_a_page_speaks_of_deletion_it_says_what_stays() {
    let remainder = "can remain in our database’s own recovery history for up to 30 days.";
    let says = |html: &str, beginning: &str| {
        let found = tags(html).into_iter().find(|tag| tag.text.starts_with(beginning));
        found.unwrap_or_else(|| panic!("no page says {beginning}")).text.ends_with(remainder)
    };
    let home = home_page(&blank());
    assert!(says(&home, "Photos, picture and order cannot be opened after 48 hours"));
    assert!(says(&home, "The order, your photos and the picture are gone."));
    for status in STATUSES {
        let order = order(frame(), &view(status));
        assert!(says(&order, "The order, your photos and the picture are deleted at once."));
    }
    let expired = order(frame(), &view(Status::Expired));
    assert!(says(&expired, "It was deleted or its time is over"));
}

/// What stands between `before` and the next `"` in a script, wherever it occurs.
fn quoted_after(script: &str, before: &str) -> BTreeSet<String> {
    script
        .match_indices(before)
        .map(|(at, _)| script[at + before.len()..].split('"').next().unwrap().to_owned())
        .collect()
}

fn script(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/js").join(name);
    fs::read_to_string(path).unwrap()
}

/// Keys of the lines that scripts show: those that they name, and those that they choose among.
fn script_lines() -> BTreeSet<String> {
    let scripts = [
        "camera.js",
        "order-form.js",
        "order-status.js",
        "page-photos.js",
        "photo-field.js",
        "pictures.js",
        "preparation.js",
        "remember-photo.js",
    ]
    .map(script)
    .concat();
    let mut keys = BTreeSet::new();
    for before in [" text(\"", "(text(\"", "{text(\""] {
        keys.extend(quoted_after(&scripts, before));
    }
    // Those that a script chooses among.
    for key in [
        "photo_wrong_type",
        "photo_heic",
        "photo_unreadable",
        "photo_too_small",
        "photo_too_large",
        "photos_too_heavy",
        "main_garment",
        "location_removed",
        "hidden_removed",
        "camera_refused",
        "camera_busy",
        "camera_absent",
        "sending",
        "sent",
        "tries_left",
        "tries_used",
    ] {
        assert!(scripts.contains(&format!("\"{key}\"")), "{key}");
        keys.insert(key.to_owned());
    }
    for act in ["remove", "earlier", "later"] {
        assert!(scripts.contains(&format!("\"{act}\"")), "{act}");
        keys.insert(format!("{act}_photo"));
    }
    for key in ["notify_note", "notify_on", "notify_refused"] {
        assert!(scripts.contains(&format!("\"{key}\"")), "{key}");
        keys.insert(key.to_owned());
    }
    for key in ["action_failed", "connection_lost"] {
        keys.extend([format!("{key}_title"), format!("{key}_detail")]);
    }
    keys
}

/// Keys of the lines of which a page's data chooses one.
fn data_lines() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for status in STATUSES.map(Status::as_str).into_iter().chain(["deleted"]) {
        keys.extend([format!("headline:{status}"), format!("message:{status}")]);
    }
    keys.extend(Metadata::ALL.map(|kind| format!("metadata:{}", kind.as_str())));
    let shown_options = [
        ("category", CATEGORY),
        ("worn", CATEGORY),
        ("look_style", LOOK_STYLE),
        ("focus", FOCUS),
        ("resolution", RESOLUTION),
        ("aspect_ratio", ASPECT_RATIO),
        ("output_format", OUTPUT_FORMAT),
    ];
    for (name, values) in shown_options {
        keys.extend(values.iter().map(|value| format!("{name}:{value}")));
    }
    keys
}

#[test]
fn every_line_that_a_script_shows_is_in_the_pages() {
    let keys = &script_lines() | &data_lines();
    assert!(keys.len() > 60, "the scripts were read: {keys:?}");
    for (name, html) in
        [("home", home_page(&blank())), ("order", order(frame(), &view(Status::Queued)))]
    {
        let lines: BTreeMap<_, _> = tags(&html)
            .into_iter()
            .filter(|tag| tag.name == "data")
            .map(|tag| (tag.get("value").unwrap().to_owned(), tag.text))
            .collect();
        for key in &keys {
            assert!(lines.get(key).is_some_and(|line| !line.is_empty()), "{name} lacks {key}");
        }
    }
}

#[test]
fn every_part_that_the_status_script_fills_is_in_the_markup() {
    let source = script("order-status.js");
    let mut fields = quoted_after(&source, "#field(\"");
    let rows: BTreeSet<_> = ["#showFact(\"", "#showMoment(\""]
        .iter()
        .flat_map(|call| quoted_after(&source, call))
        .collect();
    fields.extend(rows.iter().cloned());
    let parts = quoted_after(&source, "#part(\"");
    assert!(fields.len() > 12 && rows.len() > 7 && parts.len() > 2, "the script was read");

    let home = tags(&home_page(&blank()));
    let blank: Vec<_> = home.iter().filter(|tag| tag.in_template).collect();
    let filled = tags(&order(frame(), &view(Status::Queued)));
    for (attribute, names) in [("data-field", fields), ("data-row", rows), ("data-part", parts)] {
        for name in names {
            let is_it = |tag: &Tag| tag.get(attribute) == Some(name.as_str());
            assert!(blank.iter().any(|tag| is_it(tag)), "blank lacks {attribute} {name}");
            assert!(filled.iter().any(is_it), "order page lacks {attribute} {name}");
        }
    }
}

#[test]
fn the_blank_order_is_the_markup_of_the_order_page() {
    let skeleton = |tags: Vec<Tag>| -> Vec<String> {
        let start = tags.iter().position(|tag| tag.name == "order-status").unwrap();
        let end = tags.iter().position(|tag| tag.name == "/order-status").unwrap();
        tags[start..end]
            .iter()
            .filter(|tag| !["img", "li", "/li"].contains(&tag.name.as_str()))
            .map(|tag| {
                let attribute = |name| tag.get(name).unwrap_or_default().to_owned();
                let marks = ["class", "data-field", "data-part", "data-when"].map(attribute);
                format!("{} {}", tag.name, marks.join(" "))
            })
            .collect()
    };
    let blank = skeleton(tags(&home_page(&blank())));
    for status in STATUSES {
        assert_eq!(skeleton(tags(&order(frame(), &view(status)))), blank, "{status:?}");
    }
}

#[test]
fn static_files_forbid_everything_inline_and_foreign() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/_headers");
    let headers = fs::read_to_string(path).unwrap();
    let policy = headers
        .lines()
        .find_map(|line| line.trim().strip_prefix("Content-Security-Policy: "))
        .unwrap();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for word in ["unsafe", "http:", "https:", "*", "data:"] {
        assert!(!policy.contains(word), "{word}");
    }
    for directive in ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(directive), "{directive}");
    }
}

fn build_site(folder: &Path, model: Option<&str>) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_build-site"));
    command
        .arg(folder)
        .env_remove("PROVIDER_MODEL")
        .env("PUBLIC_ORIGIN", ORIGIN)
        .env("CONTACT_ADDRESS", &frame().site.contact);
    if let Some(id) = model {
        command.env("PROVIDER_MODEL", id);
    }
    let run = command.output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.success(), model.is_none_or(|id| id.is_empty() || find(id).is_some()));
    said
}

#[test]
fn without_an_address_to_write_to_there_is_no_site() {
    let folder = env::temp_dir().join(format!("anytryon-unreachable-{}", std::process::id()));
    for contact in [None, Some("")] {
        let mut run = Command::new(env!("CARGO_BIN_EXE_build-site"));
        run.arg(folder.join("site")).env("PUBLIC_ORIGIN", ORIGIN).env_remove("CONTACT_ADDRESS");
        run.envs(contact.map(|empty| ("CONTACT_ADDRESS", empty)));
        let run = run.output().unwrap();
        assert!(!run.status.success() && !folder.exists());
        let said = String::from_utf8(run.stderr).unwrap();
        assert!(said.contains("CONTACT_ADDRESS is not set"), "{said}");
    }
}

/// Time, days, credits and the list of what was removed, as an order's page writes them.
fn numbers(language: Language, seconds: u32, days: u32, milli: i64) -> [String; 4] {
    let mut view = view(Status::Processing);
    view.eta_seconds = Some(seconds);
    view.facts.provider_retention_days = days;
    view.facts.provider_credits = Some(Credits(milli));
    let page = visible(&order(Frame { text: Text::of(language), ..frame() }, &view));
    ["typical_time", "provider_retention", "provider_credits", "metadata_removed"].map(|name| {
        let field = page.iter().find(|tag| tag.get("data-field") == Some(name));
        field.unwrap().text.clone()
    })
}

#[test]
fn numbers_and_lists_are_written_as_the_language_has_them() {
    let expected = [
        (Language::En, ["1 second", "1 day", "1 credit", "location, camera data"]),
        (Language::Es, ["1 segundo", "1 día", "1 crédito", "ubicación, datos de la cámara"]),
        (Language::De, ["1 Sekunde", "1 Tag", "1 Credit", "Standort, Kameradaten"]),
        (Language::Zh, ["1 秒", "1 天", "1 积分", "位置、相机数据"]),
    ];
    for (language, words) in expected {
        assert_eq!(numbers(language, 1, 1, 1_000), words);
    }
    let expected = [
        (Language::En, ["2 minutes", "11 days", "1.5 credits"]),
        (Language::Es, ["2 minutos", "11 días", "1,5 créditos"]),
        (Language::De, ["2 Minuten", "11 Tage", "1,5 Credits"]),
        (Language::Zh, ["2 分钟", "11 天", "1.5 积分"]),
    ];
    for (language, words) in expected {
        assert_eq!(numbers(language, 101, 11, 1_500)[..3], words);
    }
}

#[test]
fn the_site_is_public_and_the_pages_and_nothing_stale() {
    let parent = env::temp_dir().join(format!("anytryon-site-{}", std::process::id()));
    let folder = parent.join("site");
    fs::create_dir_all(folder.join("old")).unwrap();
    fs::write(folder.join("old/stale.html"), "stale").unwrap();

    let first = build_site(&folder, None);
    assert!(first.contains("1 removed") && !first.contains("(0 written"), "{first}");
    assert!(!folder.join("old/stale.html").exists());
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    assert_eq!(read("index.html"), home_page(&blank()));
    assert!(read("404.html").contains("Error 404"));
    let mut description: Value = document().clone();
    assert_eq!(description["servers"], json!([{"url": "{own-origin}"}]));
    description["servers"][0]["url"] = ORIGIN.into();
    assert_eq!(serde_json::from_str::<Value>(&read("openapi.json")).unwrap(), description);
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    for path in ["_headers", "css/tokens.css", "js/order-status.js"] {
        let named = frame().site.assets.files.contains_key(path);
        let place =
            if named { frame().site.assets.url(path)[1..].to_owned() } else { path.to_owned() };
        assert_eq!(read(&place), fs::read_to_string(public.join(path)).unwrap(), "{path}");
    }
    let table = fs::read_to_string(parent.join("assets.json")).unwrap();
    assert_eq!(serde_json::from_str::<Assets>(&table).unwrap(), frame().site.assets);

    fs::write(folder.join("404.html"), "changed").unwrap();
    let second = build_site(&folder, Some(""));
    assert!(second.contains("(1 written, 0 removed)"), "{second}");

    let gpt = find("gpt-image-2-image-to-image").unwrap();
    let third = build_site(&folder, Some(gpt.id));
    // The home page and the prices of every language.
    assert!(third.contains("(8 written, 0 removed)"), "{third}");
    assert_eq!(read("index.html"), home_page(&FormState::blank(gpt.offers())));
    let fourth = build_site(&folder, Some("gpt-image-3"));
    assert!(fourth.contains("PROVIDER_MODEL=gpt-image-3") && fourth.contains(gpt.id), "{fourth}");
    fs::remove_dir_all(parent).unwrap();
}
