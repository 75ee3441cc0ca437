//! Keeps the rooms apart: walks the repository and fails on a word that does not belong where it
//! stands, with the reason and the right room. Every rule is a function of a path and a text, and
//! has a planted violation below that proves it can fail.

mod blank;
mod rules;
mod walk;

use std::path::Path;

use rules::{Finding, RULES, Rule};

#[test]
fn every_file_is_in_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = walk::files(root);
    let sources = files.iter().filter(|file| file.path.starts_with("src/")).count();
    assert!(sources > 10, "only {sources} files found in src: the walk does not see the code");
    let mut found = Vec::new();
    for file in &files {
        for rule in RULES {
            for Finding { line, reason } in (rule.check)(&file.path, &file.text) {
                found.push(format!("{}:{line}: {reason} [{}]", file.path, rule.name));
            }
        }
    }
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

fn rule(name: &str) -> &'static Rule {
    RULES.iter().find(|rule| rule.name == name).unwrap()
}

/// The rule finds each planted line, and says the given part of a reason.
fn finds(name: &str, path: &str, reason: &str, planted: &[&str]) {
    for plant in planted {
        let text = format!("//! A file.\n\n{plant}\n");
        let found = (rule(name).check)(path, &text);
        assert!(
            found.iter().any(|f| f.line == 3 && f.reason.contains(reason)),
            "{name} overlooks `{plant}` in {path}: {found:?}"
        );
    }
}

fn passes(name: &str, path: &str, harmless: &[&str]) {
    for text in harmless {
        let found = (rule(name).check)(path, text);
        assert!(found.is_empty(), "{name} wrongly finds `{text}` in {path}: {found:?}");
    }
}

#[test]
fn the_platform_stays_in_edge() {
    let planted = [
        "use worker::Env;",
        "fn f(env: &worker::Env) {}",
        "use worker::{Env, event};",
        "use wasm_bindgen::prelude::*;",
        "let x = js_sys::Date::now();",
        "use web_sys::Request;",
        "#[wasm_bindgen]",
    ];
    for path in ["src/web/home.rs", "src/app/place.rs", "src/domain/id.rs", "src/ports.rs"] {
        finds("platform", path, "src/edge", &planted);
    }
    passes("platform", "src/edge/mod.rs", &planted);
    let harmless = [
        "// the worker::Env of edge",
        "let worker = 1;",
        "coworker::x();",
        r#"let text = "worker::Env";"#,
    ];
    passes("platform", "src/web/home.rs", &harmless);
}

#[test]
fn sql_stays_in_the_store() {
    let planted = [
        r#"let q = "SELECT id FROM orders";"#,
        r#"let q = "INSERT INTO orders VALUES (1)";"#,
        r#"let q = "INSERT OR IGNORE INTO orders VALUES (1)";"#,
        r#"let q = "UPDATE orders SET state = 1";"#,
        r#"let q = "DELETE FROM orders";"#,
        r##"let q = r#"CREATE TABLE orders"#;"##,
    ];
    for path in ["src/app/place.rs", "src/edge/d1.rs", "src/web/home.rs"] {
        finds("sql", path, "src/store", &planted);
    }
    passes("sql", "src/store/orders.rs", &planted);
    passes("sql", "tests/native/store.rs", &planted);
    passes(
        "sql",
        "src/app/place.rs",
        &["// SELECT id", r#"let t = "Select a photo, UPDATE now";"#],
    );
}

#[test]
fn statuses_stay_in_web() {
    let named = ["use http::StatusCode;", "let s = StatusCode::OK;"];
    let numbers = ["reply.status(404)", "status: 404,", "if reply.status == 429 {"];
    for path in ["src/app/place.rs", "src/domain/refusal.rs", "src/pages/home.rs"] {
        finds("status", path, "src/web", &named);
        finds("status", path, "src/web", &numbers);
    }
    finds("status", "src/provider/reply.rs", "src/web", &named);
    // The provider's own answer codes are its wire language.
    passes("status", "src/provider/reply.rs", &numbers);
    finds("status", "src/identity/reply.rs", "src/web", &named);
    passes("status", "src/identity/reply.rs", &numbers);
    for path in ["src/web/error.rs", "src/edge/mod.rs"] {
        passes("status", path, &named);
        passes("status", path, &numbers);
    }
    passes(
        "status",
        "src/app/place.rs",
        &["// status 404", "status: Status::Queued", "bytes(404)"],
    );
}

#[test]
fn pure_rooms_neither_wait_nor_look_at_the_clock_nor_throw_dice() {
    let waits = ["pub async fn f() {}", "let x = f().await;", "let f = async { 1 };"];
    for path in ["src/domain/id.rs", "src/identity/token.rs", "src/store/orders.rs"] {
        finds("pure", path, "src/app", &waits);
        finds("clock", path, "argument", &["let now = world.now();"]);
    }
    passes("pure", "src/app/place.rs", &waits);
    passes("pure", "src/domain/id.rs", &["// async work .await", r#"let t = "async";"#]);

    let clocks = ["Utc::now()", "let t = SystemTime::UNIX_EPOCH;", "use std::time::Instant;"];
    let dice = ["getrandom::fill(&mut bytes)", "rand::random()", "Uuid::new_v4()"];
    for path in ["src/domain/id.rs", "src/app/place.rs", "src/web/home.rs", "src/ports.rs"] {
        finds("clock", path, "argument", &clocks);
        finds("clock", path, "ports", &dice);
    }
    passes("clock", "src/edge/world.rs", &clocks);
    passes("clock", "src/edge/world.rs", &dice);
    passes("clock", "src/app/place.rs", &["let now = world.now();", "operand::random()"]);
}

#[test]
fn the_providers_words_stay_in_provider() {
    let planted = rules::PROVIDER_WORDS.map(|word| format!("let x = \"/{word}?\";"));
    let planted = planted.each_ref().map(String::as_str);
    for path in ["src/app/place.rs", "src/edge/config.rs", "src/domain/order/mod.rs"] {
        finds("provider words", path, "src/provider", &planted);
    }
    passes("provider words", "src/provider/request.rs", &planted);
    passes("provider words", "tests/native/provider.rs", &planted);
    let comment = format!("// the answer of {}", rules::PROVIDER_WORDS[0]);
    passes("provider words", "src/app/place.rs", &[&comment]);
}

#[test]
fn dependencies_point_inward() {
    let cases = [
        ("src/domain/id.rs", "use crate::store::orders;"),
        ("src/domain/order/mod.rs", "use super::super::app::place;"),
        ("src/domain/mod.rs", "use super::ports::Config;"),
        ("src/provider/reply.rs", "use crate::{domain::id, ports::Config};"),
        ("src/provider/reply.rs", "use crate::{\n    domain::{id, time},\n    store,\n};"),
        ("src/identity/token.rs", "use crate::provider::reply;"),
        ("src/identity/token.rs", "use crate::ports::Config;"),
        ("src/store/orders.rs", "use crate::provider::reply;"),
        ("src/ports.rs", "use crate::app::place;"),
        ("src/ports.rs", "use super::store::orders;"),
        ("src/app/place.rs", "fn f(x: crate::web::Home) {}"),
        ("src/pages/home.rs", "use crate::app::read;"),
        ("src/web/home.rs", "use crate::store::orders;"),
        ("src/web/home.rs", "use crate::edge;"),
        ("src/bin/build_site.rs", "use anytryon::app::place;"),
    ];
    for (path, plant) in cases {
        let found = (rule("imports").check)(path, plant);
        assert!(found.iter().any(|f| f.reason.contains("inward")), "overlooked: {path} {plant}");
    }
    passes("imports", "src/domain/id.rs", &["use super::time;", "use crate::domain::time;"]);
    passes(
        "imports",
        "src/domain/order/mod.rs",
        &["use super::time;", "use super::super::domain;"],
    );
    passes("imports", "src/identity/token.rs", &["use crate::domain::time;", "use super::keys;"]);
    passes("imports", "src/web/home.rs", &["use super::pages;", "use crate::{app, domain::id};"]);
    passes("imports", "src/edge/mod.rs", &["use crate::{store, provider, web};"]);
    passes("imports", "src/store/orders.rs", &["// crate::web", "use crate::ports::Statement;"]);
    passes("imports", "src/bin/build_site.rs", &["use anytryon::{pages, provider::models};"]);
}

#[test]
fn every_room_has_a_law() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in walk::files(root) {
        if rules::is_source(&file.path) {
            assert!(rules::law_of(&file.path).is_some(), "no room for {}", file.path);
        }
    }
    assert!(rules::law_of("src/attic/box.rs").is_none());
    assert_eq!((rule("imports").check)("src/attic/box.rs", "").len(), 1);
}

#[test]
fn names_say_what_is_inside() {
    for path in [
        "src/utils.rs",
        "src/app/helpers.rs",
        "src/web/helper/mod.rs",
        "tests/native/common.rs",
        "public/js/order_manager.js",
        "src/domain/file-utils.rs",
    ] {
        assert_eq!((rule("names").check)(path, "").len(), 1, "overlooked: {path}");
    }
    for path in ["src/domain/id.rs", "src/app/utilise.rs", "package.json", "src/web/commons.rs"] {
        passes("names", path, &[]);
        assert!((rule("names").check)(path, "").is_empty(), "{path}");
    }
}

#[test]
fn lines_and_files_stay_short() {
    let wide = "x".repeat(101);
    finds("width", "src/domain/id.rs", "100", &[&wide]);
    passes("width", "src/domain/id.rs", &[&"é".repeat(100)]);
    passes("width", "src/pages/home.html", &[&wide]);
    let long = "x\n".repeat(501);
    assert_eq!((rule("length").check)("src/domain/id.rs", &long).len(), 1);
    passes("length", "src/domain/id.rs", &[&"x\n".repeat(500)]);
    passes("length", "tests/native/limits.rs", &[&long]);
}

#[test]
fn nothing_is_left_for_later() {
    let planted = rules::MARKERS.map(|word| format!("// {word}: later"));
    let planted = planted.each_ref().map(String::as_str);
    for path in ["src/domain/id.rs", "public/js/order.js", "tests/native/id.rs"] {
        finds("markers", path, "finish", &planted);
    }
    passes("markers", "src/domain/id.rs", &["let mastodon = 1;"]);
    passes("markers", "tests/native/id.rs", &[&format!("// {}S", rules::MARKERS[0])]);
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    let planted = [["#[", "allow(dead_code)]"].concat(), ["#![", "allow(x)]"].concat()];
    let planted = planted.each_ref().map(String::as_str);
    for path in ["src/domain/id.rs", "tests/native/id.rs"] {
        finds("lints", path, "expect", &planted);
    }
    let harmless = ["#[expect(x, reason = \"y\")]", "fn allow(x: u8) {}", "// no #[ allow"];
    passes("lints", "src/domain/id.rs", &harmless);
}

#[test]
fn nothing_in_src_can_panic() {
    let planted = [
        "let x = y.unwrap();",
        "let x = y\n    .expect(\"z\");",
        "panic!(\"no\")",
        "unreachable!()",
        "let x = y.unwrap_err();",
    ];
    for plant in planted {
        let found = (rule("panics").check)("src/domain/id.rs", plant);
        assert_eq!(found.len(), 1, "{plant}");
    }
    finds("panics", "src/app/place.rs", "Result", &["y.unwrap()"]);
    passes("panics", "tests/native/id.rs", &planted);
    let harmless = [
        "let x = y.unwrap_or_default();",
        "#[expect(x, reason = \"y\")]",
        "// never unwrap() here",
        "let t = \"panic!\";",
        "#[cfg(test)]\nmod tests {\n    fn f() { g().unwrap(); { panic!() } }\n}\n",
    ];
    passes("panics", "src/domain/id.rs", &harmless);
    let after = "#[cfg(test)]\nmod tests { fn f() {} }\nfn g() { h().unwrap() }\n";
    let found = (rule("panics").check)("src/domain/id.rs", after);
    assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [3]);
}

#[test]
fn no_place_of_one_machine_is_named() {
    for path in ["README.md", "src/domain/id.rs", "Makefile", "package-lock.json"] {
        for needle in rules::machine_words() {
            finds("machine", path, "machine", &[&format!("x = \"{needle}x\"")]);
        }
    }
    let harmless = ["https://example.com/tmp/x", "\"network/home/x\"", "let tmp = root / work;"];
    passes("machine", "README.md", &harmless);
}
