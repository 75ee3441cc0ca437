//! The log: one line a request, and never anything that belongs to somebody. Unique texts are
//! planted wherever a client or the provider can put one, through a full run with faults, and none
//! may be found.

use std::collections::BTreeSet;

use serde_json::Value;

use anytryon::ports::Level;
use anytryon::web::routes::ROUTES;

use crate::image_fixtures::{CANARY, jpeg, jpeg_exif, tiff};
use crate::site::{garment, get, post_order, send, send_unlogged};
use crate::world::provider::{Outcome, Reply, TaskPlan};
use crate::world::{Answer, Ask, Fault, Form, Op, World};

const SID: &str = "CANARYcookieCANARY000A";
const PLANTED: [&str; 12] = [
    SID,
    "CANARY-other-cookie",
    "CANARY-file-name",
    "CANARY-instructions",
    "CANARY-idempotency",
    "CANARY-agent",
    "CANARY-referer",
    "CANARY-query",
    "CANARY-segment",
    "CANARYMETHOD",
    "canary.person",
    "203.0.113.77",
];

/// A request with everything that a client can say about itself.
fn planted(ask: Ask) -> Ask {
    ask.header("cookie", &format!("theme=CANARY-other-cookie; __Host-anon_sid={SID}"))
        .header("cf-connecting-ip", "203.0.113.77")
        .header("x-forwarded-for", "203.0.113.77")
        .header("user-agent", "CANARY-agent")
        .header("referer", "https://example.com/CANARY-referer")
}

fn order(key: &str) -> Ask {
    let photo = jpeg(300, 400, &[jpeg_exif(&tiff(6, true))]);
    let form = Form::new()
        .text("consent", "on")
        .text("instructions", "CANARY-instructions")
        .file("person_image", "CANARY-file-name.jpg", &photo)
        .file("garment_images", "CANARY-file-name.png", &garment());
    planted(post_order(form)).header("idempotency-key", &format!("CANARY-idempotency-{key}"))
}

fn wanted(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text());
}

/// Everything that belongs to the orders: ids, links, tokens, tasks, results, hashes.
fn secrets(world: &World, answers: &[Answer]) -> Vec<String> {
    let mut found: Vec<String> = world.with_provider(|provider| {
        let tasks = provider.tasks.values();
        tasks
            .flat_map(|task| {
                let inputs = task.input_paths.iter();
                let inputs = inputs.map(|path| path.trim_start_matches("/i/").to_owned());
                inputs.chain([task.token().to_owned(), task.url()]).collect::<Vec<_>>()
            })
            .collect()
    });
    for answer in answers {
        let order = answer.json();
        found.extend(order["id"].as_str().map(str::to_owned));
        for image in order["images"].as_array().into_iter().flatten() {
            found.push(image["id"].as_str().unwrap().to_owned());
            found.push(image["url"].as_str().unwrap().trim_start_matches("/i/").to_owned());
        }
    }
    found.extend(world.with_database(|database| {
        let sql = "SELECT visitor, idempotency, fingerprint FROM orders";
        let mut statement = database.connection().prepare(sql).unwrap();
        let mut rows = statement.query([]).unwrap();
        let mut cells: Vec<String> = vec![];
        while let Some(row) = rows.next().unwrap() {
            cells.extend((0..3).filter_map(|at| row.get::<_, Option<String>>(at).unwrap()));
        }
        cells
    }));
    found.extend(world.with_files(|files| files.keys().cloned().collect::<Vec<_>>()));
    found
}

/// A day of one visitor: orders that go well and badly, everything else, and every kind of fault.
fn full_run(world: &World) -> Vec<Answer> {
    let outcome = Outcome::Fail("422", "CANARY-instructions: prohibited content");
    world.script_task(TaskPlan::default());
    world.script_task(TaskPlan { outcome, ..TaskPlan::default() });
    let mut answers = vec![send(world, order("1"))];
    world.advance_time(1_000);
    answers.push(send(world, order("2")));
    wanted(&answers[0], 201);
    let path = answers[0].header("location").to_owned();
    let cancellation = format!("{path}/cancellation");
    world.run_until_idle();
    answers.push(send(world, planted(get(&path))));
    let url = answers[2].json()["images"][2]["url"].as_str().unwrap().to_owned();
    let page = path.replace("/api", "");
    for asked in [page.as_str(), &url, &format!("{url}?CANARY-query"), &format!("{path}/events")] {
        wanted(&send(world, planted(get(asked))), 200);
    }
    wanted(&send(world, order("1")), 201);
    wanted(&send(world, order("1").body(Form::new().text("CANARY-instructions", "x").body())), 422);
    wanted(&send(world, planted(get("/api/CANARY-segment?CANARY-query"))), 404);
    wanted(&send(world, planted(get("/i/CANARY-segment"))), 403);
    let strange = Ask::new("CANARYMETHOD", "/api/session");
    wanted(&send_unlogged(world, planted(strange)), 405);
    for email in ["canary.person@example.com", "canary.person"] {
        let body = format!(r#"{{"email":"{email}","source":"home"}}"#).into_bytes();
        send(world, planted(Ask::new("POST", "/api/waitlist").body(body)));
    }
    let hook = "/webhooks/kie/CANARY-segment";
    wanted(&send(world, planted(Ask::new("POST", hook).body(b"CANARY-query".to_vec()))), 401);
    for (op, fault) in [
        (Op::Database, Fault::Before),
        (Op::PutFile, Fault::Before),
        (Op::PutFile, Fault::After),
        (Op::Nudge, Fault::Before),
        (Op::Admit, Fault::Before),
    ] {
        world.script_fault(op, fault);
        world.script_fault(Op::GiveBack, Fault::Before);
        world.script_fault(Op::DeleteFiles, Fault::Before);
        wanted(&send(world, order("3").header("accept", "text/html")), 503);
        world.advance_time(120_000);
    }
    for reply in [
        Reply::Html { made: false },
        Reply::Truncated { made: false },
        Reply::ServerError { made: false },
        Reply::Unauthorized,
        Reply::Policy,
    ] {
        world.script_reply(Op::CreateTask, reply);
    }
    answers.push(send(world, order("4")));
    world.run_until_idle();
    wanted(&send(world, planted(Ask::new("POST", &cancellation))), 409);
    wanted(&send(world, planted(Ask::new("DELETE", &path))), 204);
    world.cron().unwrap().unwrap();
    answers
}

#[test]
fn nothing_that_belongs_to_anybody_is_in_the_log() {
    let world = World::new();
    let mut searched: Vec<String> = PLANTED.iter().map(|text| (*text).to_owned()).collect();
    let answers = full_run(&world);
    searched.extend(secrets(&world, &answers));
    searched.push(String::from_utf8(CANARY.to_vec()).unwrap());
    let config = crate::world::config();
    searched.extend([config.provider_key, config.webhook_keys[0].clone()]);
    let lines: Vec<String> = world.logs().iter().map(Value::to_string).collect();
    assert!(lines.len() > 40, "{} lines", lines.len());
    for text in &searched {
        let lower = text.to_ascii_lowercase();
        let found = lines.iter().find(|line| line.to_ascii_lowercase().contains(&lower));
        assert_eq!(found, None, "{text} is in the log");
    }
    assert!(searched.len() > 30, "{searched:?}");
    world.end();
}

#[test]
fn the_line_of_a_request_has_these_fields_and_no_other() {
    let world = World::new();
    full_run(&world);
    let templates: BTreeSet<_> = ROUTES.iter().map(|route| route.template).collect();
    let mut lines = 0;
    for line in world.logs().iter().filter(|line| line["event"] == "request") {
        let names: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        let mut wanted =
            ["level", "event", "route", "method", "status", "duration_ms", "request_id"];
        wanted.sort_unstable();
        assert_eq!(names, wanted, "{line}");
        let route = line["route"].as_str().unwrap();
        assert!(templates.contains(route) || route == "none", "{route} is no template");
        assert!(line["status"].as_u64().is_some() && line["duration_ms"].as_i64().is_some());
        assert!(uuid::Uuid::parse_str(line["request_id"].as_str().unwrap()).is_ok());
        lines += 1;
    }
    assert!(lines > 20, "{lines}");
}

#[test]
fn a_defect_and_an_outage_are_in_the_log_and_not_in_the_answer() {
    for accept in ["application/json", "text/html"] {
        let world = World::new();
        world.script_fault(Op::PutFile, Fault::Before);
        let down = send(&world, order("1").header("accept", accept));
        world
            .with_database(|one| one.connection().execute_batch("DROP TABLE spent_tries").unwrap());
        let broken = send(&world, order("2").header("accept", accept));
        for (answer, status, said) in [(down, 503, "files: "), (broken, 500, "database: ")] {
            wanted(&answer, status);
            let id = answer.header("x-request-id");
            let logs = world.logs();
            let of_this = |event: &str| {
                let mut lines = logs.iter().filter(|line| line["request_id"] == id);
                lines.find(|line| line["event"] == event).cloned().unwrap_or_default()
            };
            let failure = of_this("failure");
            let text = failure["error"].as_str().unwrap_or_default();
            assert!(text.starts_with(said), "{accept} {status}: {failure}");
            assert!(!answer.text().contains(text), "the visitor reads no internal text");
            assert_eq!(of_this("request")["level"], serde_json::to_value(Level::Error).unwrap());
        }
    }
}
