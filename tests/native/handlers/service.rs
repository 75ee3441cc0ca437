//! Callbacks, the waitlist, the options of each model, and health.

use serde_json::{Value, json};

use anytryon::provider::models::MODELS;

use crate::site::{address, assert_problem, get, order_form, path_of, place, post_order, send};
use crate::world::provider::Reply;
use crate::world::{Answer, Ask, Fault, Op, World, provider};

const TASK: &str = "0123456789abcdef0123456789abcdef";
const HOOK: &str = "/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA";

fn task_body() -> Vec<u8> {
    format!(r#"{{"code":200,"data":{{"taskId":"{TASK}","state":"success"}}}}"#).into_bytes()
}

/// A callback signed with this key, so many seconds from now.
fn signed(world: &World, key: &str, seconds: i64) -> Ask {
    let at = world.clock().seconds() + seconds;
    let ask = Ask::new("POST", HOOK).body(task_body());
    provider::signature(key, TASK, at)
        .iter()
        .fold(ask, |ask, (name, value)| ask.header(name, value))
}

#[test]
fn a_callback_that_is_rightly_signed_is_taken_whatever_it_is_about() {
    let world = World::new();
    for seconds in [0, -300, 300] {
        let answer = send(&world, signed(&world, crate::world::WEBHOOK_KEY, seconds));
        assert_eq!(answer.json(), json!({"code": 200, "msg": "success"}), "{seconds}");
    }
    let twice = signed(&world, crate::world::WEBHOOK_KEY, 0);
    for _ in 0..2 {
        assert_eq!(send(&world, twice.clone()).status, 200);
    }
}

#[test]
fn a_callback_that_is_not_rightly_signed_is_refused() {
    let world = World::new();
    let good = signed(&world, crate::world::WEBHOOK_KEY, 0);
    let without = |name: &str| {
        let headers = good.headers.iter().filter(|(of, _)| !of.eq_ignore_ascii_case(name));
        Ask { headers: headers.cloned().collect(), ..good.clone() }
    };
    let table = [
        Ask::new("POST", HOOK),
        Ask::new("POST", HOOK).body(task_body()),
        signed(&world, "another key", 0),
        signed(&world, "", 0),
        signed(&world, crate::world::WEBHOOK_KEY, -301),
        signed(&world, crate::world::WEBHOOK_KEY, 301),
        without("x-webhook-timestamp"),
        without("x-webhook-signature"),
        good.clone().body(b"{}".to_vec()),
        good.clone().body(b"no json".to_vec()),
        good.clone().body(String::from_utf8(task_body()).unwrap().replace('7', "8").into_bytes()),
    ];
    for ask in table {
        let said = format!("{:?} {:?}", ask.headers, String::from_utf8_lossy(&ask.body));
        let answer = send(&world, ask);
        assert_eq!(answer.status, 401, "{said}");
        assert_problem(&answer, 401, "signature_invalid", None);
    }
    assert_eq!(world.counts().of(Op::Nudge), 0, "nobody was told");
}

#[test]
fn a_callback_is_read_up_to_its_cap() {
    let world = World::new();
    let good = signed(&world, crate::world::WEBHOOK_KEY, 0);
    let padded = |length: usize| {
        let mut body = task_body();
        body.resize(length, b' ');
        good.clone().body(body)
    };
    assert_eq!(send(&world, padded(128 * 1024)).status, 200);
    assert_problem(&send(&world, padded(128 * 1024 + 1)), 413, "body_too_large", None);
}

#[test]
fn a_callback_that_could_not_be_passed_on_is_asked_for_again() {
    let world = World::new();
    world.script_fault(Op::Nudge, Fault::Before);
    let answer = send(&world, signed(&world, crate::world::WEBHOOK_KEY, 0));
    assert_problem(&answer, 503, "unavailable", None);
}

fn join(world: &World, kind: &str, body: &str) -> Answer {
    let ask = Ask::new("POST", "/api/waitlist").header("content-type", kind);
    send(world, ask.body(body.as_bytes().to_vec()))
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

fn entries(world: &World) -> Vec<(String, String)> {
    world.with_database(|database| {
        let sql = "SELECT email, source FROM waitlist ORDER BY email";
        let mut statement = database.connection().prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    })
}

#[test]
fn nobody_learns_who_is_on_the_waitlist() {
    let world = World::new();
    let mut answers = vec![];
    for body in [
        r#"{"email":"ada@example.com","source":"home"}"#,
        r#"{"email":"ada@example.com","source":"home"}"#,
        r#"{"email":" ADA@Example.COM ","source":"footer"}"#,
        r#"{"email":"bob@example.com","source":"home"}"#,
    ] {
        let mut answer = join(&world, JSON, body);
        answer.headers.remove("x-request-id");
        answers.push((answer.status, format!("{:?}", answer.headers), answer.body));
    }
    assert_eq!(answers[0].0, 202);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let wanted = [("ada@example.com", "home"), ("bob@example.com", "home")];
    assert_eq!(entries(&world), wanted.map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[test]
fn the_waitlist_takes_a_form_and_thanks_with_a_page() {
    let world = World::new();
    assert_eq!(join(&world, FORM, "email=ada%2Bx%40example.com&source=home").status, 202);
    let kind = "application/x-www-form-urlencoded; charset=UTF-8";
    assert_eq!(join(&world, kind, "source=home&email=bob@example.com").status, 202);
    assert_eq!(entries(&world).len(), 2);
    assert_eq!(entries(&world)[0].0, "ada+x@example.com");
    let mut pages = vec![];
    for _ in 0..2 {
        let ask = Ask::new("POST", "/api/waitlist")
            .header("content-type", FORM)
            .header("accept", "text/html")
            .body(b"email=eve@example.com&source=home".to_vec());
        let page = send(&world, ask);
        assert_eq!(page.status, 202);
        assert!(!page.text().contains("eve@"));
        pages.push(page.body);
    }
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn what_the_waitlist_does_not_take_is_named() {
    let world = World::new();
    for (body, field) in [
        (r#"{"email":"ada","source":"home"}"#, Some("email")),
        (r#"{"email":5,"source":"home"}"#, Some("email")),
        (r#"{"source":"home"}"#, Some("email")),
        (r#"{"email":"ada@example.com"}"#, Some("source")),
        (r#"{"email":"ada@example.com","source":"Home page"}"#, Some("source")),
        (r#"{"email":"ada@example.com","source":""}"#, Some("source")),
        (r#"["ada@example.com"]"#, Some("email")),
        (r#"{"email":"ada@example.com","source":"home","more":1}"#, None),
        ("", None),
        ("email=ada@example.com&source=home", None),
    ] {
        assert_problem(&join(&world, JSON, body), 422, "input_invalid", field);
    }
    assert_problem(&join(&world, FORM, "source=home"), 422, "input_invalid", Some("email"));
    let fill = |length: usize| {
        let head = r#"{"email":"ada@example.com","source":"home"}"#;
        format!("{head}{}", " ".repeat(length - head.len()))
    };
    assert_problem(&join(&world, JSON, &fill(2_049)), 413, "body_too_large", None);
    assert_eq!(entries(&world), []);
    assert_eq!(join(&world, JSON, &fill(2_048)).status, 202);
}

#[test]
fn what_a_model_cannot_make_is_not_offered_and_refused_by_name() {
    for model in &MODELS {
        let world =
            World::builder(1).config(|config| model.id.clone_into(&mut config.provider_model));
        let world = world.build();
        let options = send(&world, get("/api/options")).json();
        assert_eq!(options["prices"]["model"], model.id);
        let offered = |field: &str, value: &str| {
            options[field].as_array().unwrap().contains(&Value::from(value))
        };
        let impossible = options["impossible"].as_array().unwrap();
        let mut number = 0;
        for resolution in ["1K", "2K", "4K"] {
            for ratio in ["auto", "1:1", "3:4", "4:5", "9:16"] {
                for format in ["jpeg", "png"] {
                    number += 1;
                    let form = order_form()
                        .text("resolution", resolution)
                        .text("aspect_ratio", ratio)
                        .text("output_format", format);
                    let ask = post_order(form).header("cf-connecting-ip", &address(number));
                    let answer = send(&world, ask);
                    let pair = json!({"resolution": resolution, "aspect_ratio": ratio});
                    let wrong = if !offered("resolution", resolution) {
                        Some("resolution")
                    } else if !offered("aspect_ratio", ratio) || impossible.contains(&pair) {
                        Some("aspect_ratio")
                    } else if offered("output_format", format) {
                        None
                    } else {
                        Some("output_format")
                    };
                    match wrong {
                        Some(field) => assert_problem(&answer, 422, "input_invalid", Some(field)),
                        None => assert_eq!(answer.status, 201, "{}: {}", model.id, answer.text()),
                    }
                }
            }
        }
        let priced = options["prices"]["provider_credits_with_one_garment"].as_object().unwrap();
        let resolutions = options["resolution"].as_array().unwrap();
        assert!(resolutions.iter().all(|one| priced.contains_key(one.as_str().unwrap())));
        assert_eq!(priced.len(), resolutions.len());
        world.end();
    }
}

#[test]
fn a_model_without_4k_does_not_offer_it() {
    let world = World::builder(1)
        .config(|config| "nano-banana-2-lite".clone_into(&mut config.provider_model))
        .build();
    let options = send(&world, get("/api/options")).json();
    assert_eq!(options["resolution"], json!(["1K"]));
    assert_eq!(options["output_format"], json!(["jpeg"]));
    assert_eq!(options["prices"]["provider_credits_with_one_garment"], json!({"1K": 4.0}));
    let answer = send(&world, post_order(order_form().text("resolution", "4K")));
    assert_problem(&answer, 422, "input_invalid", Some("resolution"));
    assert!(answer.json()["detail"].as_str().unwrap().contains("1K"), "it says what there is");
}

#[test]
fn the_options_follow_the_configuration_and_may_be_kept_for_a_while() {
    let world = World::builder(1)
        .rules(|rules| {
            rules.trial_orders = 5;
            rules.trial_window_ms = 6 * 60 * 60 * 1_000;
        })
        .build();
    let options = send(&world, get("/api/options"));
    assert_eq!(options.header("cache-control"), "public, max-age=300");
    let prices = options.json()["prices"].clone();
    assert_eq!((&prices["trial_orders"], &prices["trial_window_hours"]), (&json!(5), &json!(6)));
    assert_eq!(prices["trial_price"], 0);
}

#[test]
fn health_says_what_is_wrong_and_when_it_is_over() {
    let world = World::new();
    let health = || send(&world, get("/api/health"));
    let well = json!({"status": "ok", "version": "test", "provider": "ok", "database": "ok"});
    assert_eq!((health().status, health().json()), (200, well.clone()));
    for (reply, said) in [
        (Reply::OutOfCredits, "out_of_credits"),
        (Reply::Unauthorized, "unauthorized"),
        (Reply::Maintenance, "maintenance"),
    ] {
        world.script_reply(Op::CreateTask, reply);
        let path = path_of(&place(&world));
        world.advance_time(2_000);
        let ill = health();
        assert_eq!(ill.status, 200, "orders are still taken");
        assert_eq!(
            ill.json(),
            json!({
                "status": "degraded", "version": "test", "provider": said, "database": "ok",
            })
        );
        assert_eq!(send(&world, get(&path)).json()["status"], "queued", "the order waits");
        world.advance_time(180_000);
        assert_eq!(send(&world, get(&path)).json()["status"], "completed");
        assert_eq!(health().json(), well);
    }
    world.script_fault(Op::Database, Fault::Before);
    let ill = health();
    assert_eq!(ill.status, 503);
    assert_eq!(
        ill.json(),
        json!({
            "status": "degraded", "version": "test", "provider": "unknown", "database": "unavailable",
        })
    );
}
