//! The cookie: who gets it, what it says, and who is nobody.

use serde_json::json;

use crate::site::{get, order_form, place, post_order, send, used};
use crate::world::{Answer, World};

const SID: &str = "AQIDBAUGBwgJCgsMDQ4PEA";

fn set(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect()
}

fn assert_cookie(answer: &Answer) -> String {
    let cookies = set(answer);
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let (pair, attributes) = cookies[0].split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Max-Age=172800; Secure; HttpOnly; SameSite=Lax");
    let value = pair.strip_prefix("__Host-anon_sid=").unwrap();
    assert!(
        value.len() == 22
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
        "{value}"
    );
    value.to_owned()
}

#[test]
fn a_first_visit_gets_a_cookie_of_its_own() {
    let world = World::new();
    let first = send(&world, get("/api/session"));
    let fresh = json!({
        "account": null, "csrf": null, "trial": {"limit": 3, "used": 0, "resets_at": null},
    });
    assert_eq!(first.json(), fresh);
    let (one, two) = (assert_cookie(&first), assert_cookie(&send(&world, get("/api/session"))));
    assert_ne!(one, two);
}

#[test]
fn who_is_known_keeps_the_cookie() {
    let world = World::new();
    for header in [
        format!("__Host-anon_sid={SID}"),
        format!("theme=dark; __Host-anon_sid={SID}; lang=de"),
        format!("anon_sid=x; __Host-anon_sid_old=y;__Host-anon_sid={SID}"),
    ] {
        let known = send(&world, get("/api/session").header("cookie", &header));
        assert_eq!(set(&known), [""; 0], "{header}");
        let placed = send(&world, post_order(order_form()).header("cookie", &header));
        assert_eq!(assert_cookie(&placed), SID, "an order renews it");
    }
    assert_eq!(used(&world, &format!("__Host-anon_sid={SID}")), 3, "all three were one visitor");
}

#[test]
fn what_is_no_id_is_nobody() {
    let world = World::new();
    let second_spelling = format!("{}B", &SID[..21]);
    for value in
        ["", "x", &SID[1..], &format!("{SID}A"), &second_spelling, "AQIDBAUGBwgJCgsMDQ4P=="]
    {
        let header = format!("__Host-anon_sid={value}");
        let answer = send(&world, get("/api/session").header("cookie", &header));
        assert_ne!(assert_cookie(&answer), value);
    }
    let other_name = send(&world, get("/api/session").header("cookie", &format!("anon_sid={SID}")));
    assert_cookie(&other_name);
}

#[test]
fn only_a_session_and_an_order_set_a_cookie() {
    let world = World::new();
    let placed = place(&world);
    let sid = assert_cookie(&placed);
    assert_eq!(used(&world, &format!("__Host-anon_sid={sid}")), 1);
    let path = placed.header("location").to_owned();
    let page = path.replace("/api", "");
    for path in [&path, &page, "/api/options", "/api/health"] {
        assert_eq!(set(&send(&world, get(path))), [""; 0], "{path}");
    }
    let refused = send(&world, post_order(order_form().text("focus", "x")));
    assert_eq!((refused.status, set(&refused).len()), (422, 0));
}
