//! The account: read, changed, restricted, and the places where somebody is signed in.

use serde_json::{Value, json};

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use super::mails::rows;
use crate::world::provider::{Outcome, TaskPlan};
use crate::world::{Answer, Ask, Browser, Fault, Op, World};

pub fn ask(method: &str, path: &str, body: &Value) -> Ask {
    let json = body.to_string().into_bytes();
    Ask::new(method, path).header("content-type", "application/json").body(json)
}

fn change(world: &World, browser: &mut Browser, body: &Value) -> Answer {
    browser.send(world, ask("PATCH", "/api/account", body))
}

fn form(path: &str, body: &str) -> Ask {
    Ask::new("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .body(body.as_bytes().to_vec())
}

fn account(world: &World, browser: &mut Browser) -> Value {
    let answer = browser.get(world, "/api/account");
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

fn sessions(world: &World, browser: &mut Browser) -> Vec<Value> {
    browser.get(world, "/api/account/sessions").json()["sessions"].as_array().unwrap().clone()
}

fn is_signed_in(world: &World, browser: &mut Browser) -> bool {
    browser.get(world, "/api/account").status == 200
}

#[test]
fn an_account_is_read_as_google_has_it_and_by_nobody_else() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let account = account(&world, &mut ada);
    let wanted = json!({
        "name": "Person ada", "email": "ada@example.com", "email_change": null, "language": "en",
        "theme": "auto", "marketing": false, "restricted_at": null,
        "objected_at": null, "deletion": null,
    });
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(&account[name], value, "{name}");
    }
    assert!(account["avatar_url"].as_str().unwrap().starts_with("/api/account/portrait?v="));
    for (method, path) in [
        ("GET", "/api/account"),
        ("PATCH", "/api/account"),
        ("GET", "/api/account/sessions"),
        ("DELETE", "/api/account/sessions"),
        ("DELETE", "/api/account/sessions/AAAAAAAAAAAAAAAAAAAAAA"),
        ("PUT", "/api/account/restriction"),
        ("DELETE", "/api/account/restriction"),
        ("GET", "/api/account/portrait"),
        ("GET", "/account"),
    ] {
        let answer = Browser::default().send(&world, Ask::new(method, path));
        let code = answer.json()["code"].clone();
        assert_eq!((answer.status, code), (401, json!("sign_in_required")), "{method} {path}");
    }
}

#[test]
fn what_is_corrected_stays_through_the_next_sign_in_and_what_is_not_sent_stays_as_it_is() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let answer = change(&world, &mut ada, &json!({"name": "  Ada \u{202E} Marlow\n"}));
    assert_eq!((answer.status, &answer.json()["name"]), (200, &json!("Ada Marlow")));
    let answer = change(&world, &mut ada, &json!({"language": "de", "theme": "dark"}));
    assert_eq!(answer.json()["name"], "Ada Marlow");
    assert_eq!((ada.cookie("lang"), ada.cookie("theme")), (Some("de"), Some("dark")));
    change(&world, &mut ada, &json!({"theme": "auto"}));
    assert_eq!((ada.cookie("lang"), ada.cookie("theme")), (Some("de"), None));
    let mut again = Browser::of(&world, "ada");
    assert_eq!(account(&world, &mut again)["name"], "Ada Marlow");
    let mut ben = Browser::of(&world, "ben");
    assert_eq!(account(&world, &mut ben)["name"], "Person ben", "another account is untouched");
}

#[test]
fn a_new_device_looks_as_the_account_does_and_a_chosen_one_stays() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    change(&world, &mut ada, &json!({"language": "es", "theme": "light"}));
    let new = Browser::of(&world, "ada");
    assert_eq!((new.cookie("lang"), new.cookie("theme")), (Some("es"), Some("light")));
    let mut chosen = Browser::default();
    let address = chosen.depart(&world, "");
    let (code, state) = world.with_google(|google| google.allow("ada", &address));
    let cookies = format!("{}; lang=zh; theme=dark", chosen.cookies());
    let back = Ask::new("GET", &format!("/auth/google/callback?code={code}&state={state}"));
    let answer = world.try_request(back.header("cookie", &cookies)).unwrap();
    assert_eq!(answer.status, 303);
    chosen.take(&answer);
    assert_eq!((chosen.cookie("lang"), chosen.cookie("theme")), (None, None), "left as they are");
}

#[test]
fn a_change_that_makes_no_sense_changes_nothing() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let before = account(&world, &mut ada);
    for (body, field) in [
        (json!({"name": ""}), "name"),
        (json!({"name": " \u{200B} "}), "name"),
        (json!({"name": "x".repeat(101)}), "name"),
        (json!({"name": format!("{} ", "x".repeat(100))}), "name"),
        (json!({"email": "nobody"}), "email"),
        (json!({"email": " "}), "email"),
        (json!({"language": "fr"}), "language"),
        (json!({"theme": "pink"}), "theme"),
        (json!({"marketing": "yes"}), "marketing"),
        (json!({"objection": ""}), "objection"),
        (json!({"name": "New", "theme": "pink"}), "theme"),
        (json!({"subject": "ben"}), ""),
        (json!({"restricted_at": null}), ""),
        (json!({"name": ["Ada"]}), "name"),
        (json!({"name": false}), "name"),
        (json!({"name": null}), "name"),
        (json!({"marketing": "true"}), "marketing"),
        (json!(["name"]), ""),
    ] {
        let answer = change(&world, &mut ada, &body);
        let said = answer.json();
        assert_eq!((answer.status, &said["code"]), (422, &json!("input_invalid")), "{body}");
        assert_eq!(said["field"].as_str().unwrap_or_default(), field, "{body}");
    }
    let long = change(&world, &mut ada, &json!({"name": "x".repeat(5_000)}));
    assert_eq!(long.status, 413);
    assert_eq!(account(&world, &mut ada), before);
}

#[test]
fn news_are_off_until_they_are_wanted_and_each_consent_is_on_record() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    for _ in 0..2 {
        let on = change(&world, &mut ada, &json!({"marketing": true})).json();
        assert_eq!((&on["marketing"], of_news(&on).len()), (&json!(true), 1));
    }
    world.advance_time(HOUR_MS);
    let off = change(&world, &mut ada, &json!({"marketing": false})).json();
    let [consent] = of_news(&off).try_into().unwrap();
    assert_eq!(off["marketing"], json!(false));
    assert!(!consent["version"].as_str().unwrap().is_empty());
    assert!(consent["given_at"].as_str().unwrap() < consent["withdrawn_at"].as_str().unwrap());
    world.advance_time(HOUR_MS);
    let again = change(&world, &mut ada, &json!({"marketing": true})).json();
    assert_eq!((&again["marketing"], of_news(&again).len()), (&json!(true), 2));
}

/// The consents of this account to news.
fn of_news(account: &Value) -> Vec<Value> {
    let all = account["consents"].as_array().unwrap().iter();
    all.filter(|one| one["kind"] == "marketing").cloned().collect()
}

/// Kind, version and moment of each consent.
fn on_record(account: &Value) -> Vec<[String; 3]> {
    let all = account["consents"].as_array().unwrap().iter();
    let field = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    all.map(|one| ["kind", "version", "given_at"].map(|name| field(one, name))).collect()
}

#[test]
fn what_signing_in_accepts_is_on_record_once_for_each_version() {
    let world = World::new();
    let first = world.clock().rfc3339();
    let mut ada = Browser::of(&world, "ada");
    let accepted = |version: &str, at: &str| {
        ["terms", "privacy"].map(|kind| [kind, version, at].map(str::to_owned))
    };
    assert_eq!(on_record(&account(&world, &mut ada)), accepted("2026-11-20", &first));
    world.advance_time(HOUR_MS);
    let mut again = Browser::of(&world, "ada");
    assert_eq!(on_record(&account(&world, &mut again)), accepted("2026-11-20", &first));
    // Published, and announced for everybody else.
    world.advance_time(2 * DAY_MS);
    let second = world.clock().rfc3339();
    let mut later = Browser::of(&world, "ada");
    let [terms, privacy] = accepted("2026-12-06", &second);
    let [terms_before, privacy_before] = accepted("2026-11-20", &first);
    let all = vec![terms, terms_before, privacy, privacy_before];
    assert_eq!(on_record(&account(&world, &mut later)), all);
    let page = later.send(&world, Ask::new("GET", "/account").header("accept", "text/html"));
    let page = page.text();
    for part in ["<strong>Terms</strong> · text of 2026-12-06", "<strong>Privacy</strong> · text"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn an_account_and_what_its_person_accepts_are_noted_together_or_not_at_all() {
    for fault in [Fault::Before, Fault::After] {
        let world = World::new();
        world.script_batch("INSERT INTO accounts", fault);
        assert_eq!(Browser::default().sign_in(&world, "ada").status, 503);
        assert_eq!(rows(&world, "consents"), 2 * rows(&world, "accounts"), "{fault:?}");
        Browser::of(&world, "ada");
        assert_eq!((rows(&world, "accounts"), rows(&world, "consents")), (1, 2));
    }
}

#[test]
fn whoever_is_led_to_google_reads_before_what_signing_in_accepts() {
    let world = World::new();
    for (path, prefix) in [("/account", ""), ("/de/account", "/de"), ("/es/history", "/es")] {
        let ask = Ask::new("GET", path).header("accept", "text/html");
        let page = Browser::default().send(&world, ask).text();
        let mut ways = page.split("/auth/google").skip(1);
        let menu = ways.next().unwrap().split("</li>").next().unwrap().to_owned();
        let button = ways.next().unwrap().to_owned();
        for part in [menu, button.split("</main>").next().unwrap().to_owned()] {
            for link in ["terms", "privacy"] {
                assert!(part.contains(&format!("href=\"{prefix}/{link}\"")), "{path}: {part}");
            }
        }
    }
}

#[test]
fn an_objection_has_a_moment_and_can_be_taken_back() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let on = change(&world, &mut ada, &json!({"objection": true})).json()["objected_at"].clone();
    assert!(on.is_string());
    world.advance_time(HOUR_MS);
    let again = change(&world, &mut ada, &json!({"objection": true})).json();
    assert_eq!(again["objected_at"], on, "the first moment stays");
    let renamed = change(&world, &mut ada, &json!({"name": "Ada"})).json();
    assert_eq!(renamed["objected_at"], on);
    assert_eq!(
        change(&world, &mut ada, &json!({"objection": false})).json()["objected_at"],
        json!(null)
    );
}

#[test]
fn sessions_are_listed_and_end_one_by_one_or_all_at_once() {
    let world = World::new();
    let mut old = Browser::of(&world, "ada");
    world.advance_time(MINUTE_MS);
    let mut phone = Browser::of(&world, "ada");
    world.advance_time(MINUTE_MS);
    let mut here = Browser::of(&world, "ada");
    let mut ben = Browser::of(&world, "ben");
    let listed = sessions(&world, &mut here);
    let current: Vec<bool> = listed.iter().map(|one| one["current"].as_bool().unwrap()).collect();
    assert_eq!(current, [true, false, false], "the one that was used last comes first");
    let end = |browser: &mut Browser, id: &Value| {
        let path = format!("/api/account/sessions/{}", id.as_str().unwrap());
        browser.send(&world, Ask::new("DELETE", &path)).status
    };
    assert_eq!(end(&mut ben, &listed[1]["id"]), 404, "another account's");
    assert!(is_signed_in(&world, &mut phone));
    assert_eq!(end(&mut here, &listed[1]["id"]), 204);
    assert_eq!(end(&mut here, &listed[1]["id"]), 404, "it is gone");
    assert!(!is_signed_in(&world, &mut phone), "with the next request");
    assert!(is_signed_in(&world, &mut old));
    assert_eq!(here.send(&world, Ask::new("DELETE", "/api/account/sessions")).status, 204);
    assert!(!is_signed_in(&world, &mut old));
    assert!(is_signed_in(&world, &mut here) && is_signed_in(&world, &mut ben));
    assert_eq!(end(&mut here, &listed[0]["id"]), 204);
    assert_eq!(here.cookie("__Host-session"), None, "whoever ends the own one is signed out");
}

#[test]
fn a_session_that_is_over_is_not_listed() {
    let world = World::new();
    let _idle = Browser::of(&world, "ada");
    world.advance_time(13 * DAY_MS);
    let mut here = Browser::of(&world, "ada");
    world.advance_time(2 * DAY_MS);
    assert_eq!(sessions(&world, &mut here).len(), 1);
}

#[test]
fn a_restriction_has_a_moment_and_leaves_everything_readable() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let answer = ada.send(&world, Ask::new("PUT", "/api/account/restriction"));
    let since = answer.json()["restricted_at"].clone();
    assert_eq!((answer.status, answer.json()["canceled_orders"].clone()), (200, json!(0)));
    assert_eq!(account(&world, &mut ada)["restricted_at"], since);
    world.advance_time(HOUR_MS);
    let again = ada.send(&world, Ask::new("PUT", "/api/account/restriction"));
    assert_eq!(again.json()["restricted_at"], since, "the first moment stays");
    assert_eq!(ada.send(&world, Ask::new("DELETE", "/api/account/restriction")).status, 204);
    assert_eq!(account(&world, &mut ada)["restricted_at"], Value::Null);
}

#[test]
fn what_still_waits_is_canceled_by_a_restriction_and_its_tries_are_free_again() {
    let world = World::new();
    let (mut ada, mut ben) = (Browser::of(&world, "ada"), Browser::of(&world, "ben"));
    let used = |browser: &mut Browser| account(&world, browser)["limits"]["orders"]["used"].clone();
    let place = |browser: &mut Browser| {
        let placed = browser.send(&world, crate::site::post_order(crate::site::order_form()));
        assert_eq!(placed.status, 201, "{}", placed.text());
        placed.header("location").to_owned()
    };
    let (first, second, other) = (place(&mut ada), place(&mut ada), place(&mut ben));
    assert_eq!((used(&mut ada), used(&mut ben)), (json!(2), json!(1)));
    let answer = ada.send(&world, Ask::new("PUT", "/api/account/restriction"));
    assert_eq!(answer.json()["canceled_orders"], 2);
    let status =
        |browser: &mut Browser, path: &str| browser.get(&world, path).json()["status"].clone();
    assert_eq!(status(&mut ada, &first), "canceled");
    assert_eq!(status(&mut ada, &second), "canceled");
    assert_eq!(status(&mut ben, &other), "queued", "another account's");
    assert_eq!((used(&mut ada), used(&mut ben)), (json!(0), json!(1)));
    world.run_until_idle();
    assert_eq!(status(&mut ben, &other), "completed");
    assert_eq!(status(&mut ada, &first), "canceled", "nothing was sent");
}

#[test]
fn nothing_is_made_for_an_account_while_it_is_restricted() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let place = || crate::site::post_order(crate::site::order_form());
    assert_eq!(ada.send(&world, place()).status, 201);
    ada.send(&world, Ask::new("PUT", "/api/account/restriction"));
    let answer = ada.send(&world, place());
    let code = answer.json()["code"].clone();
    assert_eq!((answer.status, code), (403, json!("processing_restricted")));
    let page = ada.send(&world, place().header("accept", "text/html"));
    assert_eq!(page.status, 403);
    assert!(page.text().contains("/account"), "the way to lift it");
    ada.send(&world, Ask::new("DELETE", "/api/account/restriction"));
    assert_eq!(ada.send(&world, place()).status, 201);
}

/// One order of Ada, with batches that come late by their words, and a restriction meanwhile.
fn restricted_in_between(late: &[(&'static str, i64)]) -> World {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    for (words, ms) in late {
        world.script_batch(words, Fault::Slow(*ms));
    }
    let ask = crate::site::post_order(crate::site::order_form());
    let ask = ask.header("sec-fetch-site", "same-origin").header("cookie", &ada.cookies());
    let event = world.fresh();
    world.spawn(async move { assert_eq!(event.send(ask).await.status, 201) });
    world.advance_time(1_000);
    assert_eq!(ada.send(&world, Ask::new("PUT", "/api/account/restriction")).status, 200);
    world
}

#[test]
fn an_order_that_is_let_in_at_the_moment_of_a_restriction_is_not_sent() {
    let (insert, start) = ("INSERT INTO orders", "UPDATE orders SET version");
    // The restriction is committed, and has not yet looked for what waits.
    let look = "AND state = 'placed'";
    for late in [
        vec![(insert, 5_000)],
        vec![(start, 5_000)],
        vec![(start, 5_000), (look, 10_000)],
        vec![(insert, 5_000), (look, 10_000)],
    ] {
        let world = restricted_in_between(&late);
        for _ in 0..5 {
            world.advance_time(MINUTE_MS);
            world.cron().unwrap().unwrap();
        }
        assert_eq!(world.counts().of(Op::CreateTask), 0, "{late:?}: it was sent");
        let canceled = rows(&world, "orders WHERE state = 'canceled' AND given_back = 1");
        assert_eq!(canceled, 1, "{late:?}");
    }
}

#[test]
fn a_failed_order_is_not_sent_once_more_under_a_restriction() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let plan = TaskPlan { outcome: Outcome::Fail("500", "Internal error"), ..TaskPlan::default() };
    world.script_task(plan);
    let ask = crate::site::post_order(crate::site::order_form());
    assert_eq!(ada.send(&world, ask).status, 201);
    world.advance_time(1_000);
    ada.send(&world, Ask::new("PUT", "/api/account/restriction"));
    world.run_until_idle();
    assert_eq!(world.counts().of(Op::CreateTask), 1);
    assert_eq!(rows(&world, "orders WHERE state = 'canceled'"), 1);
}

#[test]
fn the_page_says_who_it_is_and_its_forms_need_no_script() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let page = ada.get(&world, "/account").text();
    for part in ["Person ada", "ada@example.com", "/api/account/portrait?v=", "This device"] {
        assert!(page.contains(part), "{part}");
    }
    let sent = ada.send(&world, form("/account/changes", "name=Ada"));
    assert_eq!((sent.status, sent.header("location")), (303, "/account?done=profile#profile"));
    let page = ada.get(&world, "/account?done=profile").text();
    assert!(page.contains("Saved.") && page.contains("value=\"Ada\""));
    let boxes = "marketing=false&marketing=true&objection=false";
    let sent = ada.send(&world, form("/de/account/changes", boxes));
    assert_eq!(sent.header("location"), "/de/account?done=privacy#privacy");
    let now = account(&world, &mut ada);
    assert_eq!((&now["marketing"], &now["objected_at"]), (&json!(true), &Value::Null));
    let sent = ada.send(&world, form("/account/changes", "language=zh&theme=dark"));
    assert_eq!(
        (sent.status, ada.cookie("lang"), ada.cookie("theme")),
        (303, Some("zh"), Some("dark"))
    );
    for (path, anchor) in [
        ("/account/restriction", "restriction"),
        ("/account/restriction/end", "restriction"),
        ("/account/sessions/end", "sessions"),
    ] {
        let sent = ada.send(&world, form(path, ""));
        assert_eq!(sent.status, 303, "{path}");
        assert!(sent.header("location").ends_with(&format!("#{anchor}")), "{path}");
    }
    let other = Browser::of(&world, "ada");
    let id = sessions(&world, &mut ada)
        .into_iter()
        .find(|one| one["current"] == false)
        .map(|one| one["id"].as_str().unwrap().to_owned());
    let path = format!("/account/sessions/{}/end", id.unwrap());
    assert_eq!(ada.send(&world, form(&path, "")).status, 303);
    assert!(!is_signed_in(&world, &mut other.clone()));
}

#[test]
fn a_refused_form_comes_back_as_it_was_typed() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let page = ada.send(&world, form("/account/changes", "email=%3Cb%3Enobody"));
    assert_eq!(page.status, 422);
    let text = page.text();
    assert!(
        text.contains("value=\"&#60;b&#62;nobody\"") || text.contains("value=\"&lt;b&gt;nobody\"")
    );
    assert!(text.contains("This is not an e-mail address"), "{text}");
    assert_eq!(account(&world, &mut ada)["email"], "ada@example.com");
}

#[test]
fn whoever_is_not_signed_in_is_shown_the_way_there_and_back() {
    let world = World::new();
    for (path, way) in [
        ("/account", "/auth/google?return_to=%2Faccount"),
        ("/de/account", "/de/auth/google?return_to=%2Fde%2Faccount"),
    ] {
        let ask = Ask::new("GET", path).header("accept", "text/html");
        let answer = Browser::default().send(&world, ask);
        assert_eq!(answer.status, 401);
        assert!(answer.text().contains(&format!("href=\"{way}\"")), "{}", answer.text());
    }
}
