//! Methods and paths: HEAD, 405 with Allow, 404, and pages under a language.

use std::collections::BTreeMap;

use crate::interface::schema::document;
use crate::site::{assert_problem, get, path_of, place, send};
use crate::world::{Ask, World};

const METHODS: [&str; 9] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

/// Each path of the document with the methods it takes.
fn paths() -> BTreeMap<String, Vec<&'static str>> {
    let all = document()["paths"].as_object().unwrap();
    all.iter()
        .map(|(path, item)| {
            let takes = |method: &&str| {
                let method = if *method == "HEAD" { "GET" } else { method };
                item.get(method.to_ascii_lowercase()).is_some()
            };
            (path.clone(), METHODS.into_iter().filter(takes).collect())
        })
        .collect()
}

fn filled(path: &str) -> String {
    let segments = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
    segments.collect::<Vec<_>>().join("/")
}

/// The log writes only methods that it knows.
fn send_any(world: &World, method: &str, path: &str) -> crate::world::Answer {
    if ["TRACE", "BREW"].contains(&method) {
        let answer = crate::site::send_unlogged(world, Ask::new(method, path));
        assert_eq!(world.logs().last().unwrap()["method"], "other");
        return answer;
    }
    send(world, Ask::new(method, path))
}

#[test]
fn another_method_is_405_with_those_that_are_taken() {
    let world = World::new();
    for (path, taken) in paths() {
        for method in METHODS {
            let answer = send_any(&world, method, &filled(&path));
            assert_eq!(answer.status != 405, taken.contains(&method), "{method} {path}");
            if answer.status == 405 {
                assert_problem(&answer, 405, "method_not_allowed", None);
                let mut allow: Vec<&str> = answer.header("allow").split(", ").collect();
                let mut wanted = taken.clone();
                allow.sort_unstable();
                wanted.sort_unstable();
                assert_eq!(allow, wanted, "{path}");
            }
        }
    }
}

#[test]
fn a_path_without_a_route_is_404_for_every_method() {
    let world = World::new();
    let paths = [
        "/",
        "/api",
        "/api/",
        "/api/orders/",
        "/api/order",
        "/api/orders/x/",
        "/api/orders//events",
        "/api/orders/x/events/y",
        "/API/orders/x",
        "/i/",
        "/i/a/b",
        "/orders",
        "/openapi.json",
        "/webhooks/kie",
        "/webhooks/kie/",
        "/webhooks/other/x",
        "/en",
        "/en/api/options",
        "/en/i/x",
        "/fr/orders/x",
        "/enorders/x",
        "/en/en/orders/x",
        "/.env",
        "/..%2f",
    ];
    for path in paths {
        for method in METHODS {
            let answer = send_any(&world, method, path);
            assert_problem(&answer, 404, "not_found", None);
        }
        let page = send(&world, get(path).header("accept", "text/html"));
        assert_eq!(page.status, 404);
        assert!(page.header("content-type").starts_with("text/html"));
    }
}

#[test]
fn pages_are_reached_under_each_language() {
    let world = World::new();
    let page = path_of(&place(&world)).replace("/api", "");
    for language in ["/en", "/es", "/de", "/zh"] {
        assert_eq!(send(&world, get(&format!("{language}{page}"))).status, 200);
        let other = send(&world, Ask::new("PUT", &format!("{language}{page}")));
        assert_eq!((other.status, other.header("allow")), (405, "GET, HEAD"));
    }
    for verb in ["cancellation", "deletion"] {
        assert_eq!(send(&world, Ask::new("POST", &format!("/de{page}/{verb}"))).status, 303);
    }
}

#[test]
fn a_share_without_a_service_worker_leads_to_the_form_in_the_visitors_language() {
    let world = World::new();
    let share = |path: &str, cookie: &str| {
        let ask = Ask::new("POST", path).header("sec-fetch-site", "none").body(vec![0xFF; 70_000]);
        let answer = send(&world, ask.header("cookie", cookie));
        assert_eq!(answer.status, 303, "the body is no form and is not looked at");
        answer.header("location").to_owned()
    };
    assert_eq!(share("/api/share-target", "theme=dark"), "/#shared");
    assert_eq!(share("/api/share-target", "lang=es"), "/es/#shared");
    assert_eq!(share("/de/api/share-target", "lang=es"), "/de/#shared");
}

#[test]
fn head_is_get_without_a_body() {
    let world = World::new();
    let placed = place(&world);
    world.run_until_idle();
    let path = path_of(&placed);
    let page = path.replace("/api", "");
    let url = send(&world, get(&path)).json()["images"][2]["url"].as_str().unwrap().to_owned();
    let events = format!("{path}/events");
    for path in [
        path.as_str(),
        &events,
        &page,
        &url,
        "/api/options",
        "/api/session",
        "/api/health",
        "/api/orders/x",
        "/i/x",
    ] {
        let read = send(&world, get(path).header("cookie", &placed.cookie()));
        let head = send(&world, Ask::new("HEAD", path).header("cookie", &placed.cookie()));
        assert_eq!(head.status, read.status, "{path}");
        let (mut whole, mut bare) = (read.headers.clone(), head.headers.clone());
        whole.remove("x-request-id");
        bare.remove("x-request-id");
        assert_eq!(bare, whole, "{path}");
    }
    let before = world.elapsed_ms();
    let files = world.counts().of(crate::world::Op::ReadFile);
    for path in [&events, &url] {
        let head = send(&world, Ask::new("HEAD", path));
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}: nothing is opened for it");
    }
    let ranged = send(&world, Ask::new("HEAD", &url).header("range", "bytes=0-1"));
    assert_eq!(ranged.status, 200, "a range is for GET alone");
    assert_eq!(world.counts().of(crate::world::Op::ReadFile), files);
    assert_eq!(world.elapsed_ms(), before);
}

#[test]
fn nobody_watches_for_a_head_of_the_stream() {
    let world = World::new();
    let path = path_of(&place(&world));
    let before = world.elapsed_ms();
    let head = send(&world, Ask::new("HEAD", &format!("{path}/events")));
    assert_eq!((head.status, head.header("content-type")), (200, "text/event-stream"));
    assert_eq!((head.body.len(), world.elapsed_ms()), (0, before));
}
