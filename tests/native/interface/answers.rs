//! Every answer of the document is given by the real handlers, and looks as the document says.

use std::collections::BTreeSet;

use anytryon::domain::id::AccountId;
use anytryon::domain::news::end_token;
use anytryon::domain::time::MINUTE_MS;
use anytryon::web::Disconnected;
use anytryon::web::routes::{Access, ROUTES, Route, Who};

use super::schema::document;
use crate::site::{
    address, get, order_form, path_of, person, place, place_from, post_order, send, send_pieces,
};
use crate::world::{Answer, Ask, Browser, Fault, Form, Op, World, keyring};

/// Operations and statuses that were seen, as `readOrder 200`.
type Seen = BTreeSet<String>;

/// A world together with what was seen in it.
struct Tour<'a> {
    world: World,
    seen: &'a mut Seen,
}

impl Tour<'_> {
    fn note(&mut self, method: &str, path: &str, answer: &Answer) {
        let operation = super::conformity::operation(method, path).unwrap();
        let name = operation["operationId"].as_str().unwrap();
        self.seen.insert(format!("{name} {}", answer.status));
    }

    fn ask(&mut self, ask: &Ask) -> Answer {
        let answer = send(&self.world, ask.clone());
        self.note(&ask.method, &ask.path, &answer);
        answer
    }

    /// The same request as a program and as a browser without JavaScript.
    fn both(&mut self, ask: &Ask, status: u16) -> Answer {
        let page = self.ask(&ask.clone().header("accept", "text/html"));
        assert_eq!(page.status, status, "{} {}: {}", ask.method, ask.path, page.text());
        let answer = self.ask(ask);
        assert_eq!(answer.status, status, "{} {}: {}", ask.method, ask.path, answer.text());
        answer
    }
}

fn post(path: &str) -> Ask {
    Ask::new("POST", path)
}

fn join(email: &str) -> Ask {
    let body = format!("email={email}&source=home").into_bytes();
    post("/api/waitlist").header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// One request to each operation about an order.
fn about(path: &str) -> [Ask; 9] {
    let page = path.trim_start_matches("/api").to_owned();
    [
        get(path),
        get(&format!("{path}/events")),
        Ask::new("DELETE", path),
        post(&format!("{path}/cancellation")),
        get(&page),
        post(&format!("{page}/deletion")),
        post(&format!("{page}/cancellation")),
        report(path, &["other"]),
        report(&page, &["other"]),
    ]
}

fn report(path: &str, problems: &[&str]) -> Ask {
    let body: Vec<String> = problems.iter().map(|problem| format!("problem={problem}")).collect();
    post(&format!("{path}/reports"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.join("&").into_bytes())
}

/// A picture is reported, by a program and by a form, and what is no report is refused.
fn reports(tour: &mut Tour<'_>, path: &str) {
    let page = path.trim_start_matches("/api");
    tour.both(&report(path, &["other"]), 204);
    tour.both(&report(page, &["other"]), 303);
    for path in [path, page] {
        tour.both(&report(path, &["ugly"]), 422);
        tour.both(&report(path, &["other"; 100]), 413);
    }
    let canceled = path_of(&place(&tour.world));
    tour.ask(&post(&format!("{canceled}/cancellation")));
    for path in [canceled.as_str(), canceled.trim_start_matches("/api")] {
        tour.both(&report(path, &["other"]), 409);
    }
}

fn cross_site(ask: &Ask) -> Ask {
    ask.clone().header("sec-fetch-site", "cross-site")
}

const NOBODYS: &str = "/api/orders/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn orders(tour: &mut Tour<'_>) {
    let placed = tour.ask(&post_order(order_form()));
    let page = tour.ask(&post_order(order_form()).header("accept", "text/html"));
    assert_eq!((placed.status, page.status), (201, 303));
    let path = path_of(&placed);
    tour.both(&get(&format!("{path}/events")), 200);
    reports(tour, &path);
    let read = tour.both(&get(&path), 200);
    tour.both(&get(&path).header("if-none-match", read.header("etag")), 304);
    tour.ask(&get(path.trim_start_matches("/api")));
    for ask in &about(&path)[3..] {
        if ask.path.ends_with("/cancellation") {
            tour.both(ask, 409);
        }
    }
    pictures(tour, read.json()["images"][2]["url"].as_str().unwrap());
    tour.ask(&Ask::new("DELETE", &path));
    for ask in about(&path) {
        tour.both(&ask, 410);
    }
    tour.both(&get(read.json()["images"][2]["url"].as_str().unwrap()), 410);
    for ask in about(NOBODYS) {
        tour.both(&ask, 404);
        if ask.method != "GET" {
            tour.both(&cross_site(&ask), 403);
        }
    }
    let other = path_of(&place(&tour.world));
    tour.ask(&post(&format!("{other}/cancellation")));
    tour.ask(&post(&format!("{}/cancellation", other.trim_start_matches("/api"))));
    tour.ask(&post(&format!("{}/deletion", other.trim_start_matches("/api"))));
}

fn pictures(tour: &mut Tour<'_>, url: &str) {
    for ask in [get(url), get(&format!("{url}.jpg")), get(&format!("{url}?download"))] {
        tour.both(&ask, 200);
    }
    tour.both(&get(url).header("range", "bytes=0-9"), 206);
    tour.both(&get(url).header("range", "bytes=9999999-"), 416);
    tour.both(&get(url).header("if-none-match", "*"), 304);
    tour.both(&get(&format!("{url}.png")), 403);
}

fn refused_orders(tour: &mut Tour<'_>) {
    let order = |form: Form| post_order(form).header("accept", "text/html");
    tour.both(&cross_site(&post_order(order_form())), 403);
    tour.both(&order(Form::new()), 422);
    tour.both(&order(Form::order(b"GIF89a", &[person()])), 415);
    tour.both(&order(Form::order(&vec![0xFF; 10 * 1024 * 1024 + 1], &[person()])), 413);
    let cookie = place(&tour.world).cookie();
    let with_key = |form: Form, key: &str| {
        post_order(form).header("cookie", &cookie).header("idempotency-key", key)
    };
    assert_eq!(tour.ask(&with_key(order_form(), "one")).status, 201);
    tour.both(&with_key(order_form().text("category", "tops"), "one"), 422);
    tour.world.script_fault(Op::PutFile, Fault::SlowAnswer(5_000));
    let (world, first) = (tour.world.fresh(), with_key(order_form(), "two"));
    tour.world.spawn_request(async move {
        world.send(first).await;
    });
    tour.world.advance_time(1_000);
    tour.both(&with_key(order_form(), "two"), 409);
    tour.world.advance_time(10_000);
    tour.both(&post_order(order_form()).header("cookie", &cookie), 403);
    tour.world.advance_time(49 * 60 * 60 * 1_000);
    tour.both(&with_key(order_form(), "one"), 410);
}

fn service(tour: &mut Tour<'_>) {
    for path in ["/api/options", "/api/session", "/api/health", "/status"] {
        tour.both(&get(path), 200);
    }
    tour.both(&post("/api/share-target"), 303);
    tour.both(&cross_site(&post("/api/share-target")), 403);
    tour.both(&join("ada@example.com"), 202);
    tour.both(&join("ada"), 422);
    tour.both(&cross_site(&join("ada@example.com")), 403);
    tour.both(&join(&"a".repeat(3_000)), 413);
    let task = "0123456789abcdef0123456789abcdef";
    let body = format!(r#"{{"data":{{"taskId":"{task}"}}}}"#).into_bytes();
    let path = "/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA";
    let callback = tour.world.callback_ask(path, task, Some(body));
    tour.both(&callback, 200);
    tour.both(&post(path), 401);
    tour.both(&post(path).body(vec![b' '; 131_073]), 413);
    let lost = send_pieces(&tour.world, path, &[], std::iter::once(Err(Disconnected)));
    tour.note("POST", path, &lost);
    tour.world.script_fault(Op::Nudge, Fault::Before);
    tour.world.script_fault(Op::Nudge, Fault::Before);
    tour.both(&callback, 503);
}

const KEY: &str = "Bearer operator-key-of-the-tests-32-byte";
const TOKEN: &str = "token=AAAAAAAAAAAAAAAAAAAAAA";

fn overview() -> Ask {
    get("/api/operator/overview").header("authorization", KEY)
}

fn notes() -> Ask {
    get("/api/operator/log").header("authorization", KEY)
}

fn mailing(body: &str) -> Ask {
    let ask = post("/api/operator/mailings").header("authorization", KEY);
    ask.header("content-type", "application/json").body(body.as_bytes().to_vec())
}

const DRAFT: &str = r#"{"subject":"News","text":"One.\n\nTwo.","language":null}"#;

fn operator(tour: &mut Tour<'_>) {
    for ask in [overview(), notes()] {
        tour.both(&ask, 200);
    }
    tour.both(&mailing(DRAFT), 202);
    for path in ["/api/operator/overview", "/api/operator/log"] {
        tour.both(&get(path), 401);
    }
    tour.both(&post("/api/operator/mailings"), 401);
    tour.both(&cross_site(&mailing(DRAFT)), 403);
    tour.both(&mailing("{}"), 422);
    tour.both(&mailing(&" ".repeat(65_537)), 413);
}

/// The path with the token of the entry of this address.
fn led_to(tour: &Tour<'_>, email: &str, path: &str) -> String {
    let sql = "SELECT token FROM waitlist WHERE email = ?1";
    let token: String = tour
        .world
        .with_database(|one| one.connection().query_row(sql, [email], |row| row.get(0)).unwrap());
    format!("{path}?token={token}")
}

fn waitlist(tour: &mut Tour<'_>) {
    tour.both(&join("ada@example.com"), 202);
    let news = end_token(&keyring(1, None), AccountId::from_bytes([1; 16]));
    let end = format!("/account/unsubscription?token={news}");
    for ask in [get(&end), post(&end), cross_site(&post(&end)), get(&format!("/de{end}"))] {
        tour.both(&ask, 200);
    }
    for ask in [get("/account/unsubscription"), post("/account/unsubscription")] {
        tour.both(&ask, 404);
    }
    for path in ["/waitlist/confirmation", "/waitlist/unsubscription"] {
        let led = led_to(tour, "ada@example.com", path);
        tour.both(&get(&led), 200);
        tour.both(&post(&led), 200);
        tour.both(&get(&format!("/de{path}?{TOKEN}")), 200);
        for ask in [get(path), post(path)] {
            tour.both(&ask, 404);
        }
    }
    let nobodys = post(&format!("/waitlist/confirmation?{TOKEN}"));
    tour.both(&nobodys, 404);
    tour.both(&cross_site(&nobodys), 403);
    let leave = cross_site(&post(&format!("/waitlist/unsubscription?{TOKEN}")));
    tour.both(&leave, 200);
}

/// Everything that asks the database, at first.
fn asking(path: &str) -> Vec<Ask> {
    let news = end_token(&keyring(1, None), AccountId::from_bytes([1; 16]));
    let others = [
        post_order(order_form()),
        get("/api/session").header("cookie", "__Host-anon_sid=AAAAAAAAAAAAAAAAAAAAAA"),
        join("ada@example.com"),
        get("/status"),
        post(&format!("/waitlist/confirmation?{TOKEN}")),
        post(&format!("/waitlist/unsubscription?{TOKEN}")),
        post(&format!("/account/unsubscription?token={news}")),
        overview(),
        notes(),
        mailing(DRAFT),
    ];
    about(path).into_iter().chain(others).collect()
}

fn broken(tour: &mut Tour<'_>) {
    let placed = place(&tour.world);
    let path = path_of(&placed);
    let picture = get(placed.json()["images"][0]["url"].as_str().unwrap());
    for _ in 0..2 {
        tour.world.script_fault(Op::ReadFile, Fault::Before);
    }
    tour.both(&picture, 503);
    let health = get("/api/health");
    for ask in asking(&path).iter().chain([&health]) {
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.both(ask, 503);
    }
    tour.world.with_database(|database| {
        let tables = "DROP TABLE orders; DROP TABLE spent_tries; DROP TABLE waitlist; DROP TABLE operator_log;";
        database.connection().execute_batch(tables).unwrap();
    });
    for ask in asking(&path) {
        tour.both(&ask, 500);
    }
    tour.world.deploy(|config| "no such model".clone_into(&mut config.provider_model));
    tour.both(&get("/api/options"), 500);
}

fn fenced(tour: &mut Tour<'_>) {
    for _ in 0..100 {
        assert_eq!(tour.world.request("DELETE", NOBODYS, &[], vec![]).status, 404);
    }
    for _ in 0..1_000 {
        assert_eq!(tour.world.request("GET", "/api/orders/x", &[], vec![]).status, 404);
    }
    for (_, ask) in every_route().filter(|(route, _)| route.access != Access::Open) {
        tour.both(&ask, 429);
    }
}

/// A request to each route, as plain as can be.
fn every_route() -> impl Iterator<Item = (&'static Route, Ask)> {
    ROUTES.iter().map(|route| {
        let segments = route.template.split('/');
        let segments = segments.map(|one| if one.starts_with('{') { "x" } else { one });
        let path = segments.collect::<Vec<_>>().join("/");
        (route, Ask::new(route.method.as_str(), &path))
    })
}

/// An order of an account, asked for by nobody.
fn held(tour: &mut Tour<'_>) {
    let mut browser = Browser::of(&tour.world, "ada");
    let placed = browser.send(&tour.world, post_order(order_form()));
    for ask in about(&path_of(&placed)) {
        tour.both(&ask, 401);
    }
}

/// What the table's columns alone make of a request.
fn ruled(tour: &mut Tour<'_>) {
    for (number, (route, ask)) in every_route().enumerate() {
        // Each from a network of its own: they are more than the fence lets through.
        let ask = ask.header("cf-connecting-ip", &address(number));
        if matches!(route.who, Who::Account | Who::Fresh) {
            tour.both(&ask, 401);
        }
        if route.access == Access::Write {
            tour.both(&cross_site(&ask), 403);
        }
    }
}

fn claim(path: &str, claim: &str) -> Ask {
    let body = format!("claim={claim}").into_bytes();
    post(path).header("content-type", "application/x-www-form-urlencoded").body(body)
}

/// An account is deleted, and kept, and the receipt fetched.
fn deletion(tour: &mut Tour<'_>) {
    let paths = ["/api/account/deletion", "/account/deletion"];
    let browser = Browser::proven(&tour.world, "ada");
    let of_ada =
        |ask: Ask| ask.header("cookie", &browser.cookies()).header("sec-fetch-site", "same-origin");
    let ask = |method: &str, path: &str| of_ada(Ask::new(method, path));
    for path in paths {
        tour.both(&ask("GET", path), 200);
    }
    tour.both(&ask("POST", paths[1]), 202);
    tour.both(&ask("DELETE", paths[0]), 204);
    tour.both(&ask("POST", "/account/deletion/cancellation"), 303);
    let asked = tour.both(&ask("PUT", paths[0]), 202);
    tour.world.advance_time(10 * 60_000);
    tour.both(&ask("PUT", paths[0]), 403);
    tour.both(&ask("POST", paths[1]), 403);
    let code = asked.json()["claim"].as_str().unwrap().to_owned();
    tour.world.advance_time(73 * 60 * 60_000);
    tour.world.cron().unwrap().unwrap();
    for path in ["/api/receipts", "/receipt"] {
        tour.both(&claim(path, &code), 200);
        tour.both(&claim(path, &"0".repeat(32)), 404);
        tour.both(&claim(path, "x"), 422);
        tour.both(&claim(path, &"x".repeat(600)), 413);
    }
    tour.both(&get("/api/receipt-key"), 200);
    tour.both(&get("/receipt"), 200);
    begun(tour);
    for path in ["/api/receipts", "/receipt"] {
        for _ in 0..2 {
            tour.world.script_fault(Op::Database, Fault::Before);
        }
        tour.both(&claim(path, &code), 503);
    }
    tour.world.with_database(|one| one.connection().execute_batch("DROP TABLE receipts").unwrap());
    for path in ["/api/receipts", "/receipt"] {
        tour.both(&claim(path, &code), 500);
    }
}

/// A clock that is behind lets somebody in whose account is being deleted.
fn begun(tour: &mut Tour<'_>) {
    let browser = Browser::proven(&tour.world, "ben");
    let of_ben = |method: &str, path: &str| {
        let ask = Ask::new(method, path).header("cookie", &browser.cookies());
        ask.header("sec-fetch-site", "same-origin")
    };
    tour.ask(&of_ben("PUT", "/api/account/deletion"));
    tour.world.set_skew(72 * 60 * 60_000);
    tour.world.cron().unwrap().unwrap();
    tour.world.set_skew(0);
    for (method, path) in [
        ("PUT", "/api/account/deletion"),
        ("DELETE", "/api/account/deletion"),
        ("POST", "/account/deletion"),
        ("POST", "/account/deletion/cancellation"),
    ] {
        tour.both(&of_ben(method, path), 410);
    }
}

/// What becomes of a session when the database does not answer, or is damaged.
fn broken_sessions(tour: &mut Tour<'_>) {
    let cookies = Browser::of(&tour.world, "ada").cookies();
    let asks: Vec<Ask> = every_route()
        .filter(|(route, _)| !matches!(route.who, Who::Everyone | Who::Bearer))
        .map(|(_, ask)| ask.header("cookie", &cookies).header("sec-fetch-site", "same-origin"))
        .enumerate()
        .map(|(number, ask)| ask.header("cf-connecting-ip", &address(number)))
        .collect();
    for ask in &asks {
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.both(ask, 503);
    }
    // So many writes of one network in a minute meet the fence.
    tour.world.advance_time(60_000);
    tour.world.with_database(|one| one.connection().execute_batch("DROP TABLE sessions").unwrap());
    for ask in &asks {
        tour.both(ask, 500);
    }
}

/// A change as a form.
fn changed(path: &str, body: &str) -> Ask {
    let method = if path.starts_with("/api/") { "PATCH" } else { "POST" };
    Ask::new(method, path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.as_bytes().to_vec())
}

fn account(tour: &mut Tour<'_>) {
    let browser = Browser::of(&tour.world, "ada");
    let mut other = Browser::of(&tour.world, "ada");
    let own =
        |ask: Ask| ask.header("cookie", &browser.cookies()).header("sec-fetch-site", "same-origin");
    for path in ["/api/account", "/api/account/sessions", "/account"] {
        tour.both(&own(get(path)), 200);
    }
    let portrait = tour.both(&own(get("/api/account/portrait")), 200);
    let etag = portrait.header("etag").to_owned();
    tour.both(&own(get("/api/account/portrait").header("if-none-match", &etag)), 304);
    tour.world.with_files(|files| {
        let all: Vec<String> = files.list("portraits/", "");
        files.delete(&all, all.len());
    });
    tour.both(&own(get("/api/account/portrait")), 410);
    for (path, good) in [("/api/account", 200), ("/account/changes", 303)] {
        tour.both(&own(changed(path, "theme=dark&language=de&email=x@new.example")), good);
        tour.both(&own(changed(path, "theme=pink")), 422);
        tour.both(&own(changed(path, &"x".repeat(5_000))), 413);
    }
    tour.both(&own(Ask::new("PUT", "/api/account/restriction")), 200);
    tour.both(&own(post_order(order_form())), 403);
    tour.both(&own(Ask::new("DELETE", "/api/account/restriction")), 204);
    tour.both(&own(post("/account/restriction")), 303);
    tour.both(&own(post("/account/restriction/end")), 303);
    exports(tour, &own);
    sessions(tour, &own, &mut other);
    tour.world.with_database(|one| {
        one.connection().execute("UPDATE accounts SET portrait = NULL", []).unwrap()
    });
    tour.both(&own(get("/api/account/portrait")), 404);
}

fn exports(tour: &mut Tour<'_>, own: &dyn Fn(Ask) -> Ask) {
    let path = "/api/account/exports";
    tour.ask(&own(post(path)));
    tour.world.advance_time(MINUTE_MS);
    tour.both(&own(post("/account/exports")), 303);
    tour.world.advance_time(MINUTE_MS);
    let listed = tour.both(&own(get(path)), 200).json();
    let url = listed["exports"][1]["parts"][0]["url"].as_str().unwrap().to_owned();
    let part = tour.ask(&own(get(&url)));
    assert_eq!(part.status, 200);
    tour.ask(&own(get(&url).header("range", "bytes=0-9")));
    tour.ask(&own(get(&url).header("range", "bytes=99999999-")));
    tour.ask(&own(get(&url).header("if-none-match", part.header("etag"))));
    tour.both(&own(get(&format!("{path}/nothing.zip"))), 404);
    tour.ask(&own(post(path)));
    tour.world.advance_time(MINUTE_MS);
    tour.both(&own(post(path)), 429);
    tour.both(&own(post("/account/exports")), 429);
    tour.world.with_files(|files| {
        let all = files.list("exports/", "");
        files.delete(&all, all.len());
    });
    tour.both(&own(get(&url)), 410);
    // The fence counts the minute's writes.
    tour.world.advance_time(MINUTE_MS);
}

fn sessions(tour: &mut Tour<'_>, own: &dyn Fn(Ask) -> Ask, other: &mut Browser) {
    let listed = other.get(&tour.world, "/api/account/sessions").json();
    let id = listed["sessions"].as_array().unwrap().iter().find(|one| one["current"] == true);
    let id = id.unwrap()["id"].as_str().unwrap().to_owned();
    tour.ask(&own(post(&format!("/account/sessions/{id}/end"))));
    tour.both(&own(post(&format!("/account/sessions/{id}/end"))), 404);
    tour.both(&own(Ask::new("DELETE", &format!("/api/account/sessions/{id}"))), 404);
    other.sign_in(&tour.world, "ada");
    let id = other.get(&tour.world, "/api/account/sessions").json()["sessions"][0]["id"].clone();
    let path = format!("/api/account/sessions/{}", id.as_str().unwrap());
    tour.ask(&own(Ask::new("DELETE", &path)));
    tour.both(&own(Ask::new("DELETE", "/api/account/sessions")), 204);
    tour.both(&own(post("/account/sessions/end")), 303);
}

fn email_confirmation(tour: &mut Tour<'_>) {
    const PAGE: &str = "/account/email-confirmation";
    let mut browser = Browser::of(&tour.world, "ada");
    tour.both(&get(&format!("{PAGE}?token=x")), 403);
    tour.both(&get(&format!("{PAGE}?done=on")), 200);
    tour.both(&changed(PAGE, "token=x"), 403);
    tour.both(&changed(PAGE, "x=x"), 422);
    tour.both(&changed(PAGE, &"x".repeat(2_000)), 413);
    for accept in ["application/json", "text/html"] {
        let email = format!("{}@new.example", accept.len());
        browser.send(&tour.world, changed("/api/account", &format!("email={email}")));
        let path: String = tour.world.with_database(|one| {
            let sql = "SELECT letter ->> 'path' FROM mails WHERE recipient = ?1";
            one.connection().query_row(sql, [email], |row| row.get(0)).unwrap()
        });
        let link = path.split_once('?').unwrap().1;
        tour.ask(&changed(PAGE, link).header("accept", accept));
    }
    let token = "A".repeat(43);
    let asks = [get(&format!("{PAGE}?token={token}")), changed(PAGE, &format!("token={token}"))];
    for ask in &asks {
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.world.script_fault(Op::Database, Fault::Before);
        tour.both(ask, 503);
    }
    tour.world.with_database(|one| {
        one.connection().execute_batch("DROP TABLE email_changes").unwrap();
    });
    for ask in &asks {
        tour.both(ask, 500);
    }
}

fn sign_in(tour: &mut Tour<'_>) {
    tour.both(&get("/auth/google"), 303);
    tour.both(&get("/auth/google/callback?state=x&code=y"), 403);
    for _ in 0..2 {
        let mut browser = Browser::default();
        let address = browser.depart(&tour.world, "");
        let (code, state) = tour.world.with_google(|google| google.allow("ada", &address));
        let back = get(&format!("/auth/google/callback?code={code}&state={state}"));
        assert_eq!(tour.ask(&back.header("cookie", &browser.cookies())).status, 303);
    }
    tour.ask(&post("/auth/sign-out"));
    tour.ask(&post("/auth/sign-out").header("accept", "text/html"));
}

fn history(tour: &mut Tour<'_>) {
    let browser = Browser::of(&tour.world, "ada");
    let own =
        |ask: Ask| ask.header("cookie", &browser.cookies()).header("sec-fetch-site", "same-origin");
    let deliver = |tour: &mut Tour<'_>| {
        let path = path_of(&tour.ask(&own(post_order(order_form()))));
        tour.world.advance_time(60_000);
        path
    };
    let (path, other) = (deliver(tour), deliver(tour));
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    tour.both(&own(get("/api/history")), 200);
    tour.both(&own(get("/api/history?rating=9")), 422);
    let small = crate::image_fixtures::jpeg(64, 64, &[]);
    let preview = |path: &str, bytes: &[u8]| {
        own(Ask::new("PUT", &format!("{path}/preview")).body(bytes.to_vec()))
    };
    tour.both(&preview(&path, &small), 204);
    let shown = |path: &str| own(get(&format!("{path}/preview")));
    tour.both(&shown(&path), 200);
    tour.both(&shown(NOBODYS), 404);
    tour.both(&preview(&path, b"GIF89a"), 415);
    tour.both(&preview(&path, &vec![0; 50_000]), 413);
    tour.both(&preview(&path, &[]), 422);
    tour.both(&preview(NOBODYS, &small), 404);
    tour.both(&own(changed(&path, "label=x&starred=on&rating=3")), 200);
    tour.both(&own(changed(&path, "rating=9")), 422);
    tour.both(&own(changed(&path, &"x".repeat(3_000))), 413);
    tour.both(&own(changed(NOBODYS, "starred=on")), 404);
    let form = |path: &str, body: &str| {
        let kind = "application/x-www-form-urlencoded";
        own(post(path).header("content-type", kind).body(body.as_bytes().to_vec()))
    };
    for verb in ["download", "deletion", "restoration"] {
        let api = format!("/api/history/{verb}");
        tour.both(&form(&api, &format!("ids={}", id(&path))), 200);
        tour.both(&form(&api, "ids=x"), 422);
        tour.both(&form(&api, &"x".repeat(9_000)), 413);
    }
    history_forms(tour, &own, &id(&path));
    tour.both(&own(post(&format!("{NOBODYS}/restoration"))), 404);
    tour.both(&own(post(&format!("{path}/restoration"))), 200);
    let waiting = path_of(&tour.ask(&own(post_order(order_form()))));
    tour.both(&preview(&waiting, &small), 409);
    tour.ask(&own(Ask::new("DELETE", &other)));
    tour.both(&preview(&other, &small), 410);
    tour.both(&own(changed(&other, "starred=on")), 410);
    for _ in 0..2 {
        tour.world.script_fault(Op::DeleteFiles, Fault::Before);
    }
    tour.ask(&own(Ask::new("DELETE", "/api/history/trash")));
    tour.both(&own(post(&format!("{other}/restoration"))), 410);
    tour.both(&shown(&other), 410);
    tour.both(&own(Ask::new("DELETE", "/api/history/trash")), 200);
}

fn history_forms(tour: &mut Tour<'_>, own: &dyn Fn(Ask) -> Ask, id: &str) {
    tour.both(&own(get("/history")), 200);
    tour.both(&own(get("/history?style=none")), 422);
    let note = format!("/history/orders/{id}");
    tour.both(&own(changed(&note, "starred=true&back=q%3Dcoat")), 303);
    tour.both(&own(changed(&note, "rating=9")), 422);
    tour.both(&own(changed(&note, &"x".repeat(9_000))), 413);
    tour.both(&own(changed("/history/orders/x", "rating=1")), 404);
    for path in ["/history/deletion", "/history/restoration"] {
        tour.both(&own(changed(path, &format!("ids={id}"))), 303);
        tour.both(&own(changed(path, "ids=x")), 422);
        tour.both(&own(changed(path, &"x".repeat(9_000))), 413);
    }
    tour.both(&own(post("/history/trash")), 303);
}

#[test]
fn every_answer_of_the_document_is_given() {
    let mut seen = Seen::new();
    let tours: [fn(&mut Tour<'_>); 15] = [
        orders,
        refused_orders,
        service,
        broken,
        fenced,
        ruled,
        held,
        broken_sessions,
        sign_in,
        account,
        email_confirmation,
        deletion,
        history,
        operator,
        waitlist,
    ];
    for tour in tours {
        let world = World::new();
        tour(&mut Tour { world: world.fresh(), seen: &mut seen });
        world.end();
    }
    let mut documented = Seen::new();
    for item in document()["paths"].as_object().unwrap().values() {
        let operations = item.as_object().unwrap().values();
        for operation in operations.filter(|of| of.get("operationId").is_some()) {
            for status in operation["responses"].as_object().unwrap().keys() {
                documented
                    .insert(format!("{} {status}", operation["operationId"].as_str().unwrap()));
            }
        }
    }
    let never: Vec<&String> = documented.difference(&seen).collect();
    assert!(never.is_empty(), "documented and never seen: {never:#?}");
}

#[test]
fn every_shape_of_an_order_is_as_described() {
    use crate::world::provider::{Outcome, TaskPlan};
    let world = World::new();
    let failing =
        |code, text| TaskPlan { outcome: Outcome::Fail(code, text), ..TaskPlan::default() };
    for (number, plan) in [
        TaskPlan::default(),
        failing("500", "Internal Error, Please try again later."),
        failing("422", "Invalid prompt: prompt contains prohibited content"),
        TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() },
    ]
    .into_iter()
    .enumerate()
    {
        world.script_task(plan);
        world.script_task(plan);
        let path = path_of(&place_from(&world, &crate::site::address(number)));
        for _ in 0..20 {
            send(&world, get(&path));
            world.advance_time(60_000);
        }
        let ended = send(&world, get(&path)).json();
        assert_ne!(ended["completed_at"], serde_json::Value::Null, "{ended:#}");
    }
}
