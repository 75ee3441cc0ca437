//! No other site changes anything: each value of `Sec-Fetch-Site` with each `Origin`, on every route
//! that changes something, with every content type that a plain form or a script can send.

use anytryon::web::routes::{Access, ROUTES};

use crate::site::{address, get, order_form, path_of, place_from, send};
use crate::world::{Answer, Ask, Form, ORIGIN, World};

const SITES: [Option<&str>; 6] = [
    None,
    Some("same-origin"),
    Some("none"),
    Some("same-site"),
    Some("cross-site"),
    Some("something new"),
];
const ORIGINS: [Option<&str>; 6] = [
    None,
    Some(ORIGIN),
    Some("https://evil.example"),
    Some("null"),
    Some("http://anytryon.example"),
    Some("https://anytryon.example.evil.example"),
];
const CONTENT_TYPES: [&str; 4] =
    ["multipart", "application/x-www-form-urlencoded", "text/plain", "application/json"];

/// The rule in its own words: the first header decides if it is there, else the second.
fn passes(site: Option<&str>, origin: Option<&str>) -> bool {
    match (site, origin) {
        (Some("same-origin" | "none"), _) | (None, None) => true,
        (Some(_), _) => false,
        (None, Some(origin)) => origin == "https://anytryon.example",
    }
}

fn asked(ask: Ask, site: Option<&str>, origin: Option<&str>) -> Ask {
    let ask = site.iter().fold(ask, |ask, site| ask.header("sec-fetch-site", site));
    origin.iter().fold(ask, |ask, origin| ask.header("origin", origin))
}

fn is_refused(answer: &Answer) -> bool {
    answer.status == 403 && answer.json()["code"] == "cross_site_request"
}

#[test]
fn every_route_that_changes_something_is_closed_to_other_sites() {
    let mut number = 0;
    let routes: Vec<_> = ROUTES.iter().filter(|route| route.method != "GET").collect();
    let signed = routes.iter().filter(|route| route.access == Access::Open).count();
    assert_eq!(signed, 1, "only the callback needs no such check: its signature is the proof");
    for route in routes {
        let world = World::new();
        let path = route.template.replace("{id}", "x").replace("{order_token}", "x");
        for site in SITES {
            for origin in ORIGINS {
                for kind in CONTENT_TYPES {
                    number += 1;
                    let multipart = Form::content_type();
                    let kind = if kind == "multipart" { &multipart } else { kind };
                    let ask = Ask::new(route.method.as_str(), &path)
                        .header("content-type", kind)
                        .header("cf-connecting-ip", &address(number));
                    let answer = send(&world, asked(ask, site, origin));
                    let wanted = route.access == Access::Write && !passes(site, origin);
                    let said = format!("{path} {site:?} {origin:?} {kind}: {}", answer.text());
                    assert_eq!(is_refused(&answer), wanted, "{said}");
                }
            }
        }
    }
}

#[test]
fn reading_is_open_to_every_link() {
    let world = World::new();
    let path = path_of(&place_from(&world, "192.0.2.1"));
    for route in ROUTES.iter().filter(|route| route.method == "GET") {
        let path = route.template.replace("{id}", path.rsplit('/').next().unwrap());
        for (site, origin) in SITES.iter().zip(ORIGINS) {
            for method in ["GET", "HEAD"] {
                let answer = send(&world, asked(Ask::new(method, &path), *site, origin));
                assert!(!is_refused(&answer), "{path}");
            }
        }
    }
}

#[test]
fn a_refused_request_changes_nothing() {
    let world = World::new();
    let path = path_of(&place_from(&world, "192.0.2.1"));
    let page = path.replace("/api", "");
    let asks = [
        Ask::new("DELETE", &path),
        Ask::new("POST", &format!("{path}/cancellation")),
        Ask::new("POST", &format!("{page}/cancellation")),
        Ask::new("POST", &format!("{page}/deletion")),
        crate::site::post_order(order_form()),
        Ask::new("POST", "/api/waitlist")
            .body(br#"{"email":"a@example.com","source":"s"}"#.to_vec()),
    ];
    let before = (world.counts().rows_written, world.with_files(|files| files.keys().count()));
    for ask in asks {
        assert!(is_refused(&send(&world, ask.header("origin", "https://evil.example"))));
    }
    let after = (world.counts().rows_written, world.with_files(|files| files.keys().count()));
    assert_eq!(after, before);
    assert_eq!(send(&world, get(&path)).json()["status"], "queued");
}
