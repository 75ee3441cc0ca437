//! What a device needs to install the site: the manifest and its icons, the service worker, and the
//! page that stands in while there is no connection.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use anytryon::app::place::GARMENTS;
use anytryon::domain::language::Language;
use anytryon::pages::text::{SiteText, Text};
use anytryon::pages::{Frame, SHARED_PHOTO, manifest, offline};
use anytryon::web::routes::{Endpoint, Match, find};
use http::Method;
use serde_json::{Value, json};

use super::html::tags;
use super::samples::{ORIGIN, every_page, frame};

fn frame_in(language: Language) -> Frame<'static> {
    Frame { text: Text::of(language), site: frame().site }
}

fn public(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("public").join(path)).unwrap()
}

fn service_worker() -> String {
    String::from_utf8(public("service-worker.js")).unwrap()
}

/// Width and height that the header of a PNG names.
fn size_of_png(bytes: &[u8]) -> (u32, u32) {
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (side(16), side(20))
}

#[test]
fn the_manifest_has_what_an_installed_site_shows() {
    for language in Language::ALL {
        let frame = frame_in(language);
        let manifest: Value = serde_json::from_str(&manifest(frame)).unwrap();
        let prefix = frame.text.language.path_prefix();
        let start = format!("{prefix}/");
        let expected = json!({
            "id": "/", "name": frame.site.name, "short_name": frame.site.name,
            "lang": frame.text.language.tag(), "scope": "/", "display": "standalone",
            "start_url": start,
        });
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(manifest[key], *value, "{language:?} {key}");
        }
        let description = manifest["description"].as_str().unwrap();
        assert!(description.chars().count() > 20, "{language:?}: {description}");
        assert_eq!(manifest["shortcuts"][0]["url"], start);
    }
}

#[test]
fn every_icon_is_there_in_the_size_that_is_told() {
    let manifest: Value = serde_json::from_str(&manifest(frame())).unwrap();
    let icons = manifest["icons"].as_array().unwrap();
    let all = icons.iter().chain(manifest["shortcuts"][0]["icons"].as_array().unwrap());
    for icon in all {
        let (width, height) = size_of_png(&public(&icon["src"].as_str().unwrap()[1..]));
        assert_eq!(icon["sizes"], format!("{width}x{height}"), "{icon}");
        assert_eq!(icon["type"], "image/png");
    }
    let has = |sizes: &str, purpose: &str| {
        icons.iter().any(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose)
    };
    assert!(has("192x192", "any") && has("512x512", "any") && has("512x512", "maskable"));
    assert_eq!(size_of_png(&public("img/apple-touch-icon.png")), (180, 180));
}

#[test]
fn every_page_names_manifest_icon_and_the_colours_of_both_themes() {
    let manifest: Value = serde_json::from_str(&manifest(frame())).unwrap();
    for (name, html) in every_page() {
        let page = tags(&html);
        let link = |rel: &str| {
            page.iter().find(|tag| tag.get("rel") == Some(rel)).and_then(|tag| tag.get("href"))
        };
        assert_eq!(link("manifest"), Some("/manifest.webmanifest"), "{name}");
        assert_eq!(link("apple-touch-icon"), Some("/img/apple-touch-icon.png"), "{name}");
        let metas = page.iter().filter(|tag| tag.get("name") == Some("theme-color"));
        let metas: Vec<_> = metas
            .map(|tag| (tag.get("data-scheme").unwrap(), tag.get("content").unwrap()))
            .collect();
        assert_eq!(metas.iter().map(|(scheme, _)| *scheme).collect::<Vec<_>>(), ["light", "dark"]);
        assert_eq!(manifest["theme_color"], metas[0].1, "{name}");
        // The script that changes them runs where it stands.
        let colours = html.find("name=\"theme-color\"").unwrap();
        assert!(colours < html.find("/js/theme.js").unwrap(), "{name}");
    }
}

#[test]
fn a_share_goes_to_a_route_of_its_language_and_holds_photos() {
    for language in Language::ALL {
        let frame = frame_in(language);
        let manifest: Value = serde_json::from_str(&manifest(frame)).unwrap();
        let share = &manifest["share_target"];
        assert_eq!(share["method"], "POST");
        assert_eq!(share["enctype"], "multipart/form-data");
        let Match::Found { route, language: led, .. } =
            find(&Method::POST, share["action"].as_str().unwrap())
        else {
            panic!("no route for {share}")
        };
        assert_eq!(route.endpoint, Endpoint::ShareTarget);
        assert_eq!(led.unwrap_or(Language::En), frame.text.language);
        let files = &share["params"]["files"][0];
        assert_eq!(files["name"], SHARED_PHOTO);
        for format in ["image/jpeg", "image/png", "image/webp", "image/heic"] {
            assert!(files["accept"].as_array().unwrap().contains(&json!(format)), "{format}");
        }
    }
}

#[test]
fn the_service_worker_knows_the_languages_the_field_and_the_form() {
    let script = service_worker();
    let prefixes: Vec<_> = Language::ALL.map(|one| format!("\"{}\"", one.path_prefix())).into();
    let list = format!("const PREFIXES = [{}];", prefixes.join(", "));
    assert!(script.contains(&list), "{list}");
    assert!(script.contains(&format!("getAll(\"{SHARED_PHOTO}\")")));
    assert!(script.contains(&format!("const SHARED_MAX = {};", 1 + GARMENTS.end())));
}

#[test]
fn the_service_worker_keeps_nothing_but_through_its_two_doors() {
    let script = service_worker();
    let count = |what: &str| script.matches(what).count();
    // One for the offline page, one for its files, one for a versioned file.
    assert_eq!((count("cache.put("), count("cache.addAll("), count("cache.add(")), (2, 1, 0));
    for storage in ["indexedDB", "localStorage", "storage.getDirectory"] {
        assert_eq!(count(storage), 0, "{storage}");
    }
    // A page that is open goes on with the service worker it has.
    assert_eq!((count("skipWaiting("), count("clients.claim(")), (0, 0));
}

#[test]
fn the_offline_page_tells_what_goes_on_and_reloads_without_a_script() {
    for language in Language::ALL {
        let html = offline(frame_in(language), SiteText::of(language));
        let page = tags(&html);
        let retry = page.iter().find(|tag| tag.name == "a" && tag.get("href") == Some("")).unwrap();
        assert!(!retry.text.is_empty());
        assert!(html.contains(r#"<meta name="robots" content="noindex">"#));
    }
    let html = offline(frame(), SiteText::of(Language::En));
    assert!(html.contains("goes on without you") && html.contains("no connection"));
}

#[test]
fn the_service_worker_is_new_exactly_when_what_it_keeps_is() {
    assert_eq!(service_worker().matches("\"{version}\"").count(), 1);
    let parent = env::temp_dir().join(format!("anytryon-release-{}", std::process::id()));
    let build = |name: &str, contact: &str| {
        let folder = parent.join("site");
        let run = Command::new(env!("CARGO_BIN_EXE_build-site"))
            .arg(&folder)
            .envs([("PUBLIC_ORIGIN", ORIGIN), ("SITE_NAME", name), ("CONTACT_ADDRESS", contact)])
            .env_remove("PROVIDER_MODEL")
            .status();
        assert!(run.unwrap().success());
        fs::read_to_string(folder.join("service-worker.js")).unwrap()
    };
    let first = build("AnyTryOn", "ada@example.com");
    assert!(!first.contains("{version}"));
    assert_eq!(build("AnyTryOn", "ada@example.com"), first);
    assert_ne!(build("Another name", "ada@example.com"), first);
    fs::remove_dir_all(parent).unwrap();
}
