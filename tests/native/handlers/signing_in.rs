//! Signing in and out: the way to Google and back, and each attack on it that must end without a
//! session.

use serde_json::{Value, json};

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};

use crate::site::{order_form, post_order};
use crate::world::{Answer, Ask, Browser, World};

const FAILED: &str = "sign_in_failed";

fn sessions(world: &World) -> i64 {
    number(world, "SELECT count(*) FROM sessions")
}

fn accounts(world: &World) -> i64 {
    number(world, "SELECT count(*) FROM accounts")
}

fn number(world: &World, sql: &str) -> i64 {
    world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap())
}

/// All that the tables of sign-ins and sessions hold.
fn kept(world: &World) -> String {
    let sql = "SELECT group_concat(text, ' ') FROM (SELECT concat_ws(' ', token_hash, account, id, \
               device) AS text FROM sessions UNION ALL SELECT concat_ws(' ', state_hash, \
               return_to) FROM sign_ins)";
    world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap())
}

/// Comes back from Google with this query.
fn come_back(world: &World, browser: &mut Browser, query: &str) -> Answer {
    browser.get(world, &format!("/auth/google/callback?{query}"))
}

/// Goes to Google and back; what it brings.
fn allowed(world: &World, browser: &mut Browser) -> (String, String) {
    let address = browser.depart(world, "");
    world.with_google(|google| google.allow("ada", &address))
}

fn assert_nobody(world: &World, browser: &Browser, answer: &Answer) {
    assert_eq!((answer.status, &answer.json()["code"]), (403, &json!(FAILED)));
    assert_eq!(browser.cookie("__Host-session"), None);
    assert_eq!(sessions(world), 0);
}

fn account(world: &World, browser: &mut Browser) -> Value {
    browser.get(world, "/api/session").json()["account"].clone()
}

#[test]
fn who_signs_in_has_an_account_and_a_session_of_which_only_the_hash_is_kept() {
    let world = World::new();
    let mut browser = Browser::default();
    let address = browser.depart(&world, "?return_to=/orders/x");
    assert!(address.starts_with("https://accounts.google.com/o/oauth2/v2/auth?"), "{address}");
    for part in ["response_type=code", "code_challenge_method=S256", "client_id=client"] {
        assert!(address.contains(part), "{address}");
    }
    assert_eq!(account(&world, &mut browser), Value::Null);
    let (code, state) = world.with_google(|google| google.allow("ada", &address));
    let answer = come_back(&world, &mut browser, &format!("code={code}&state={state}"));
    assert_eq!((answer.status, answer.header("location")), (303, "/orders/x"));
    let lines: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    let session = lines.iter().find_map(|line| line.to_str().ok()?.strip_prefix("__Host-session="));
    let attributes = "; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=Lax";
    assert!(session.unwrap().ends_with(attributes), "{session:?}");
    let known = account(&world, &mut browser);
    assert_eq!(
        (&known["name"], &known["email"]),
        (&json!("Person ada"), &json!("ada@example.com"))
    );
    let token = browser.cookie("__Host-session").unwrap().to_owned();
    assert_eq!(token.len(), 43);
    let _ = Browser::default().depart(&world, "?return_to=/begun");
    let kept = kept(&world);
    assert!(kept.contains("/begun"), "{kept}");
    assert!(![&token, &code, &state].iter().any(|secret| kept.contains(*secret)), "{kept}");
}

#[test]
fn an_identity_is_issuer_and_subject_and_never_the_address() {
    let world = World::new();
    let _first = Browser::of(&world, "ada");
    world.with_google(|google| google.change = json!({"email": "new@example.com"}));
    let mut again = Browser::of(&world, "ada");
    assert_eq!(accounts(&world), 1);
    assert_eq!(account(&world, &mut again)["email"], "new@example.com");
    world.with_google(|google| google.change = json!({"email": "new@example.com"}));
    let _other = Browser::of(&world, "bob");
    assert_eq!(accounts(&world), 2, "the address of another person is another person");
}

#[test]
fn a_state_is_good_once_in_its_own_browser_and_for_ten_minutes() {
    let world = World::new();
    let mut browser = Browser::default();
    let (code, state) = allowed(&world, &mut browser);
    for query in [
        format!("code={code}"),
        format!("code={code}&state="),
        format!("code={code}&state={}", "A".repeat(43)),
        format!("code={code}&state={state}x"),
    ] {
        let answer = come_back(&world, &mut browser, &query);
        assert_nobody(&world, &browser, &answer);
    }
    let mut stranger = Browser::default();
    let answer = come_back(&world, &mut stranger, &format!("code={code}&state={state}"));
    assert_nobody(&world, &stranger, &answer);
    let mut other = Browser::default();
    let _ = allowed(&world, &mut other);
    let answer = come_back(&world, &mut other, &format!("code={code}&state={state}"));
    assert_nobody(&world, &other, &answer);
    // None of these has used it up.
    let before = browser.clone();
    let query = format!("code={code}&state={state}");
    assert_eq!(come_back(&world, &mut browser, &query).status, 303);
    assert_eq!(sessions(&world), 1);
    let mut replay = before;
    let answer = come_back(&world, &mut replay, &query);
    assert_eq!((answer.status, &answer.json()["code"]), (403, &json!(FAILED)));
    assert_eq!(sessions(&world), 1);
    let mut late = Browser::default();
    let (code, state) = allowed(&world, &mut late);
    world.advance_time(11 * MINUTE_MS);
    let answer = come_back(&world, &mut late, &format!("code={code}&state={state}"));
    assert_eq!((answer.status, sessions(&world)), (403, 1));
}

#[test]
fn a_state_is_used_up_whatever_code_comes_with_it_the_next_time() {
    let world = World::new();
    let mut browser = Browser::default();
    let address = browser.depart(&world, "");
    let (code, state) = world.with_google(|google| google.allow("ada", &address));
    let mut again = browser.clone();
    let query = format!("code={code}&state={state}");
    assert_eq!(come_back(&world, &mut browser, &query).status, 303);
    // Google gives a second code to whoever asks twice with the same address.
    let (code, _) = world.with_google(|google| google.allow("ada", &address));
    let answer = come_back(&world, &mut again, &format!("code={code}&state={state}"));
    assert_eq!((answer.status, &answer.json()["code"]), (403, &json!(FAILED)));
    assert_eq!(sessions(&world), 1);
}

#[test]
fn a_code_of_another_sign_in_proves_nobody() {
    let world = World::new();
    let (mut browser, mut other) = (Browser::default(), Browser::default());
    let (_, state) = allowed(&world, &mut browser);
    let (foreign, _) = allowed(&world, &mut other);
    // Its challenge belongs to another verifier.
    let answer = come_back(&world, &mut browser, &format!("code={foreign}&state={state}"));
    assert_nobody(&world, &browser, &answer);
    // And who did not allow it gets nowhere.
    let (_, state) = allowed(&world, &mut browser);
    let answer = come_back(&world, &mut browser, &format!("error=access_denied&state={state}"));
    assert_nobody(&world, &browser, &answer);
}

#[test]
fn a_token_that_says_something_else_ends_without_a_session() {
    let world = World::new();
    let now_s = world.clock().0 / SECOND_MS;
    let cases = [
        json!({"iss": "https://accounts.google.com/"}),
        json!({"iss": "accounts.google.com"}),
        json!({"iss": null}),
        json!({"aud": "other"}),
        json!({"aud": ["client", "other"]}),
        json!({"azp": "other"}),
        json!({"exp": now_s - 3_600}),
        json!({"iat": now_s + 3_600}),
        json!({"nbf": now_s + 3_600}),
        json!({"nonce": "wrong"}),
        json!({"nonce": null}),
        json!({"sub": ""}),
        json!({"sub": null}),
        json!({"email_verified": false}),
    ];
    for change in cases {
        world.with_google(|google| google.change = change.clone());
        let mut browser = Browser::default();
        let answer = browser.sign_in(&world, "ada");
        assert_nobody(&world, &browser, &answer);
        assert_eq!(accounts(&world), 0, "{change}");
    }
    world.with_google(|google| google.change = json!({"email": null, "email_verified": null}));
    let mut browser = Browser::of(&world, "ada");
    assert_eq!(
        account(&world, &mut browser)["email"],
        Value::Null,
        "an account without an address"
    );
}

#[test]
fn a_sign_in_leads_to_a_path_of_our_own_and_nowhere_else() {
    let world = World::new();
    for (asked, wanted) in [
        ("/account", "/account"),
        ("/de/history%3Fq%3Dred", "/de/history?q=red"),
        ("https://evil.example/", "/history"),
        ("//evil.example", "/history"),
        ("/%5Cevil.example", "/history"),
        ("/%09/evil.example", "/history"),
        ("evil", "/history"),
        ("/auth/google", "/history"),
    ] {
        let mut browser = Browser::default();
        let address = browser.depart(&world, &format!("?return_to={asked}"));
        let (code, state) = world.with_google(|google| google.allow("ada", &address));
        let answer = come_back(&world, &mut browser, &format!("code={code}&state={state}"));
        assert_eq!(answer.header("location"), wanted, "{asked}");
    }
}

#[test]
fn the_keys_are_fetched_once_and_after_that_at_most_once_a_minute() {
    let world = World::new();
    let fetched = || world.with_google(|google| google.calls.get("keys").copied().unwrap_or(0));
    for _ in 0..3 {
        let _ = Browser::of(&world, "ada");
    }
    assert_eq!(fetched(), 1);
    // Tokens that name keys which nobody has.
    world.with_google(|google| google.kid = "invented".to_owned());
    for _ in 0..20 {
        let mut browser = Browser::default();
        assert_eq!(browser.sign_in(&world, "ada").status, 403);
        world.advance_time(5 * SECOND_MS);
    }
    assert!((2..=3).contains(&fetched()), "{} in 100 seconds", fetched());
}

#[test]
fn new_keys_are_found_and_an_outage_leaves_sessions_alive() {
    let world = World::new();
    let mut browser = Browser::of(&world, "ada");
    world.advance_time(2 * MINUTE_MS);
    world.with_google(|google| {
        google.kid = "key-2".to_owned();
        google.published = "key-2".to_owned();
    });
    assert_eq!(Browser::default().sign_in(&world, "bob").status, 303);
    world.advance_time(HOUR_MS + 30 * MINUTE_MS);
    world.with_google(|google| google.broken = Some(503));
    let mut late = Browser::default();
    let answer = late.sign_in(&world, "eve");
    assert_eq!((answer.status, &answer.json()["code"]), (503, &json!("unavailable")));
    assert_eq!(account(&world, &mut browser)["name"], "Person ada");
    let cold = World::new();
    cold.with_google(|google| google.broken = Some(503));
    assert_eq!(Browser::default().get(&cold, "/auth/google").status, 503);
}

#[test]
fn keys_that_cannot_be_fetched_anew_are_believed_for_an_hour_and_no_longer() {
    let world = World::new();
    let _ = Browser::of(&world, "ada");
    world.with_google(|google| google.publishes_nothing = true);
    // The documents hold for an hour, and are used for one more.
    world.advance_time(2 * HOUR_MS - 2 * SECOND_MS);
    assert_eq!(Browser::default().sign_in(&world, "bob").status, 303);
    world.advance_time(2 * SECOND_MS);
    for _ in 0..2 {
        let answer = Browser::default().get(&world, "/auth/google");
        assert_eq!((answer.status, &answer.json()["code"]), (503, &json!("unavailable")));
        world.advance_time(2 * MINUTE_MS);
    }
    world.with_google(|google| google.publishes_nothing = false);
    assert_eq!(Browser::default().sign_in(&world, "bob").status, 303);
}

#[test]
fn what_is_left_of_sessions_and_of_sign_ins_is_deleted_when_they_are_over() {
    let world = World::new();
    let mut used = Browser::of(&world, "ada");
    let _ = Browser::of(&world, "ada");
    let _ = Browser::default().depart(&world, "?return_to=/orders/private");
    let begun = "SELECT count(*) FROM sign_ins";
    world.cron().unwrap().unwrap();
    assert_eq!((number(&world, begun), sessions(&world)), (1, 2));
    world.advance_time(12 * MINUTE_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(number(&world, begun), 0);
    for _ in 0..14 {
        world.advance_time(DAY_MS);
        assert_ne!(account(&world, &mut used), Value::Null);
    }
    world.advance_time(HOUR_MS - world.clock().0.rem_euclid(HOUR_MS));
    world.cron().unwrap().unwrap();
    assert_eq!(sessions(&world), 1, "one was not used for 14 days");
    for _ in 0..77 {
        world.advance_time(DAY_MS);
        account(&world, &mut used);
    }
    world.cron().unwrap().unwrap();
    assert_eq!(sessions(&world), 0, "90 days are over, though it was used today");
}

#[test]
fn an_order_that_nobody_can_read_keeps_nobody_from_signing_in() {
    let world = World::new();
    let mut browser = Browser::default();
    for _ in 0..2 {
        assert_eq!(browser.send(&world, post_order(order_form())).status, 201);
    }
    world.with_database(|one| {
        let sql = "UPDATE orders SET images = '[1]' WHERE id = (SELECT min(id) FROM orders)";
        one.connection().execute(sql, []).unwrap()
    });
    assert_eq!(browser.sign_in(&world, "ada").status, 303);
    assert_eq!(number(&world, "SELECT count(*) FROM orders WHERE account IS NOT NULL"), 1);
    assert!(world.logs().iter().any(|line| line["event"] == "order_not_claimed"));
}

#[test]
fn a_new_sign_in_ends_the_session_that_the_browser_had() {
    let world = World::new();
    let mut browser = Browser::of(&world, "ada");
    let mut old = browser.clone();
    browser.sign_in(&world, "ada");
    assert_ne!(browser.cookie("__Host-session"), old.cookie("__Host-session"));
    assert_eq!(account(&world, &mut old), Value::Null);
    assert_eq!(sessions(&world), 1);
}

#[test]
fn a_session_ends_when_idle_when_old_and_when_its_owner_says_so() {
    let world = World::new();
    let mut idle = Browser::of(&world, "ada");
    world.advance_time(14 * DAY_MS - SECOND_MS);
    assert_ne!(account(&world, &mut idle), Value::Null);
    world.advance_time(14 * DAY_MS);
    assert_eq!(account(&world, &mut idle), Value::Null);
    let mut used = Browser::of(&world, "ada");
    for _ in 0..89 {
        world.advance_time(DAY_MS);
        assert_ne!(account(&world, &mut used), Value::Null);
    }
    world.advance_time(DAY_MS);
    assert_eq!(account(&world, &mut used), Value::Null, "90 days are the end of any session");
    let mut browser = Browser::of(&world, "ada");
    let mut copy = browser.clone();
    let answer = browser.send(&world, Ask::new("POST", "/auth/sign-out"));
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("clear-site-data"), "\"cache\", \"cookies\", \"storage\"");
    assert_eq!(browser.cookie("__Host-session"), None);
    assert_eq!(account(&world, &mut copy), Value::Null, "with the next request");
}

#[test]
fn only_a_sign_in_that_was_to_prove_who_it_is_may_do_what_cannot_be_undone() {
    let world = World::new();
    let asked = |browser: &mut Browser| {
        let answer = browser.send(&world, Ask::new("PUT", "/api/account/deletion"));
        (answer.status, answer.json()["code"].as_str().map(str::to_owned))
    };
    let refused = (403, Some("fresh_sign_in_required".to_owned()));
    let mut browser = Browser::of(&world, "ada");
    assert_eq!(asked(&mut browser), refused, "whoever sits at an unlocked browser chooses so");
    // Google says that the last proof was before this sign-in began.
    world.advance_time(10 * MINUTE_MS);
    let proved_s = world.clock().0 / SECOND_MS - 180;
    world.with_google(|google| google.change = json!({"auth_time": proved_s}));
    let before = browser.clone();
    assert_eq!(browser.sign_in_with(&world, "ada", "?fresh=on").status, 403);
    browser = before;
    assert_eq!(asked(&mut browser), refused);
    assert_eq!(browser.sign_in(&world, "ada").status, 303, "an ordinary one may rest on it");
    assert_eq!(asked(&mut browser), refused);
    let now_s = world.clock().0 / SECOND_MS;
    world.with_google(|google| google.change = json!({"auth_time": now_s}));
    assert_eq!(browser.sign_in(&world, "ada").status, 303);
    assert_eq!(asked(&mut browser), refused, "however new the proof: nobody asked for it");
    assert_eq!(browser.sign_in_with(&world, "ada", "?fresh=on").status, 303);
    assert_eq!(asked(&mut browser).0, 202);
    world.with_google(|google| google.change = Value::Null);
    assert_eq!(asked(&mut Browser::of(&world, "ada")), refused, "a proof is of one browser");
    browser.sign_in(&world, "ada");
    assert_eq!(asked(&mut browser), refused, "and of one session");
}

#[test]
fn a_use_is_noted_at_most_once_an_hour() {
    let world = World::new();
    let mut browser = Browser::of(&world, "ada");
    let written = |browser: &mut Browser| {
        let before = world.counts().rows_written;
        let _ = account(&world, browser);
        world.counts().rows_written - before
    };
    assert_eq!(written(&mut browser), 0);
    world.advance_time(HOUR_MS);
    assert_eq!(written(&mut browser), 1);
    assert_eq!(written(&mut browser), 0);
}

#[test]
fn a_request_that_no_page_sends_is_refused_with_a_session_and_served_without() {
    let world = World::new();
    let browser = Browser::of(&world, "ada");
    let bare = |cookies: &str| {
        let ask = Ask::new("POST", "/api/waitlist").header("cookie", cookies);
        world.try_request(ask).unwrap().json()["code"].clone()
    };
    assert_eq!(bare(&browser.cookies()), "cross_site_request");
    assert_ne!(bare("__Host-anon_sid=x"), "cross_site_request");
}

#[test]
fn a_token_that_was_never_given_signs_nobody_in() {
    let world = World::new();
    let real = Browser::of(&world, "ada");
    let token = real.cookie("__Host-session").unwrap();
    let mut wrong = token.to_owned();
    let last = if wrong.ends_with('A') { 'E' } else { 'A' };
    wrong.pop();
    wrong.push(last);
    for value in [wrong.as_str(), "", "x", &"A".repeat(43), &token[..42]] {
        let ask =
            Ask::new("GET", "/api/session").header("cookie", &format!("__Host-session={value}"));
        assert_eq!(world.try_request(ask).unwrap().json()["account"], Value::Null, "{value}");
    }
    let sql = "SELECT token_hash FROM sessions";
    let hash: String =
        world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap());
    let ask = Ask::new("GET", "/api/session").header("cookie", &format!("__Host-session={hash}"));
    assert_eq!(world.try_request(ask).unwrap().json()["account"], Value::Null);
}

#[test]
fn signing_in_makes_the_browsers_orders_the_accounts_and_nobody_elses() {
    let world = World::new();
    let (mut browser, mut stranger) = (Browser::default(), Browser::default());
    let own = browser.send(&world, post_order(order_form())).json();
    let others = stranger.send(&world, post_order(order_form())).json();
    let id = |order: &Value| order["id"].as_str().unwrap().to_owned();
    let status = |browser: &mut Browser, order: &Value| {
        browser.get(&world, &format!("/api/orders/{}", id(order))).status
    };
    assert_eq!(status(&mut stranger, &own), 200, "whoever has the link");
    browser.sign_in(&world, "ada");
    assert_eq!(status(&mut browser, &own), 200);
    assert_eq!(status(&mut stranger, &own), 401, "the owner changes at once");
    assert_eq!(status(&mut browser, &others), 200);
    stranger.sign_in(&world, "bob");
    assert_eq!(status(&mut stranger, &own), 404);
    assert_eq!(status(&mut browser, &others), 404);
    let claimed = "SELECT count(*) FROM orders WHERE account IS NOT NULL";
    assert_eq!(number(&world, claimed), 2);
}

#[test]
fn an_account_has_ten_orders_in_a_day_and_the_next_is_refused() {
    let world = World::builder(1).rules(|rules| rules.prefix_orders_hour = 100).build();
    let mut browser = Browser::of(&world, "ada");
    for used in 0..10 {
        assert_eq!(browser.get(&world, "/api/session").json()["trial"]["used"], used);
        assert_eq!(browser.send(&world, post_order(order_form())).status, 201);
    }
    let refused = browser.send(&world, post_order(order_form()));
    assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("trial_exhausted")));
    assert_eq!(browser.get(&world, "/api/session").json()["trial"]["limit"], 10);
    world.advance_time(DAY_MS);
    assert_eq!(browser.send(&world, post_order(order_form())).status, 201);
}
