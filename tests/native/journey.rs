//! One order from the form to its end, over the native world.

use anytryon::ports::World as _;
use anytryon::provider::origin::ResultOrigins;
use serde_json::{Value, json};

use crate::image_fixtures::{jpeg, png};
use crate::site::{order_form, post_order};
use crate::world::provider::{Calls, Outcome, Reply, TaskPlan};
use crate::world::{Answer, Ask, Fault, Form, Op, World};

pub fn place(world: &World, cookie: &str) -> Answer {
    let body = Form::order(&jpeg(300, 400, &[]), &[png(256, 300, &[], &[])]).body();
    let content_type = Form::content_type();
    let mut headers = vec![("content-type", content_type.as_str()), ("accept", "application/json")];
    if !cookie.is_empty() {
        headers.push(("cookie", cookie));
    }
    world.request("POST", "/api/orders", &headers, body)
}

pub fn read(world: &World, id: &str) -> Answer {
    world.request("GET", &format!("/api/orders/{id}"), &[], vec![])
}

pub fn id_of(answer: &Answer) -> String {
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_order_is_delivered_and_its_picture_is_the_providers() {
    let world = World::new();
    let placed = place(&world, "");
    assert_eq!(placed.json()["status"], "queued");
    let id = id_of(&placed);
    world.advance_time(1_000);
    assert_eq!(read(&world, &id).json()["status"], "processing");
    world.run_until_idle();
    let order = read(&world, &id).json();
    assert_eq!(order["status"], "completed", "{order:#}");
    let output = &order["images"][2];
    assert_eq!(output["role"], "output");
    let picture = world.request("GET", output["url"].as_str().unwrap(), &[], vec![]);
    let made = world.with_provider(|one| one.tasks.values().next().unwrap().picture());
    assert_eq!(picture.status, 200);
    assert_eq!(picture.body, made);
    assert_eq!(picture.header("content-type"), "image/jpeg");
    assert!(world.elapsed_ms() < 10_000, "a callback ends it long before the next poll");
}

#[test]
fn a_stream_tells_every_change_and_ends_with_the_last() {
    let world = World::new();
    let id = id_of(&place(&world, ""));
    let events = world.request("GET", &format!("/api/orders/{id}/events"), &[], vec![]).text();
    let states: Vec<Value> = events
        .lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str::<Value>(data).unwrap()["status"].clone())
        .collect();
    assert_eq!(states.first(), Some(&json!("queued")));
    assert_eq!(states.last(), Some(&json!("completed")), "{events}");
}

#[test]
fn without_callbacks_a_listener_hears_of_the_result_in_time() {
    let world = World::new();
    let (calls, latency_ms) = (Calls::NONE, 61_000);
    world.script_task(TaskPlan { latency_ms, calls, ..TaskPlan::default() });
    let path = format!("/api/orders/{}/events", id_of(&place(&world, "")));
    // The first ends by itself a second before the task does; the browser connects again.
    let [first, second] = [(); 2].map(|()| world.request("GET", &path, &[], vec![]).text());
    assert!(!first.contains("\"completed\""), "{first}");
    assert!(second.contains("\"completed\""), "{second}");
    let late_ms = world.elapsed_ms() - latency_ms;
    assert!((0..12_000).contains(&late_ms), "{late_ms} ms");
}

#[test]
fn without_callbacks_and_listeners_the_cron_finds_the_result() {
    let world = World::new();
    world.script_task(TaskPlan { calls: Calls::NONE, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    world.advance_time(60_000);
    assert_eq!(read(&world, &id).json()["status"], "processing", "nobody has asked yet");
    world.cron().unwrap().unwrap();
    world.advance_time(2_000);
    assert_eq!(read(&world, &id).json()["status"], "completed");
}

#[test]
fn a_task_that_ended_behind_its_deadline_is_asked_about_before_it_fails() {
    let world = World::new();
    world.script_task(TaskPlan { calls: Calls::NONE, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    world.advance_time(3_600_000);
    world.cron().unwrap().unwrap();
    world.advance_time(2_000);
    assert_eq!(read(&world, &id).json()["status"], "completed", "the picture is paid for");
}

#[test]
fn a_listener_asks_about_an_old_task_too() {
    let world = World::new();
    world.script_task(TaskPlan { latency_ms: 390_000, calls: Calls::NONE, ..TaskPlan::default() });
    let path = format!("/api/orders/{}/events", id_of(&place(&world, "")));
    // Its pause is longer than a stream, so each of them goes on where the one before ended.
    world.advance_time(320_000);
    let streams = [(); 3].map(|()| world.request("GET", &path, &[], vec![]).text());
    assert!(streams[2].contains("\"completed\""), "{streams:?}");
    let asked = world.counts().of(Op::RecordInfo);
    assert_eq!(asked, 3, "one look at the first stream, one a pause later, one by the Dispatcher");
}

/// The provider takes 10 questions a second from all of us.
#[test]
fn fifty_streams_of_one_order_ask_once_a_pause() {
    let world = World::new();
    world.script_task(TaskPlan {
        outcome: Outcome::Never,
        calls: Calls::NONE,
        ..TaskPlan::default()
    });
    let path = format!("/api/orders/{}/events", id_of(&place(&world, "")));
    world.advance_time(1_000);
    for _ in 0..50 {
        listen(&world, &path);
        world.advance_time(17);
    }
    world.advance_time(58_000);
    let asked = world.counts().of(Op::RecordInfo);
    assert!((6..=7).contains(&asked), "{asked} questions in a minute");
}

#[test]
fn streams_of_sixty_orders_ask_no_more_than_the_provider_has_left_for_them() {
    let world = World::builder(5)
        .rules(|rules| (rules.prefix_orders_hour, rules.prefix_orders_day) = (1_000, 1_000))
        .build();
    let ids: Vec<String> = (0..60)
        .map(|_| {
            world.script_task(TaskPlan {
                outcome: Outcome::Never,
                calls: Calls::NONE,
                ..TaskPlan::default()
            });
            id_of(&place(&world, ""))
        })
        .collect();
    world.advance_time(50_000);
    assert_eq!(world.with_provider(|one| one.tasks.len()), 60);
    for id in &ids {
        listen(&world, &format!("/api/orders/{id}/events"));
    }
    let before = world.counts();
    let mut seconds = vec![];
    for _ in 0..50 {
        let before = world.counts();
        world.advance_time(1_000);
        seconds.push(world.counts().since(&before).of(Op::RecordInfo));
    }
    let asked = world.counts().since(&before).of(Op::RecordInfo);
    assert!((90..=102).contains(&asked), "{asked} questions in 50 s");
    assert!(seconds.iter().all(|asked| *asked <= 4), "{seconds:?}");
}

fn listen(world: &World, path: &str) {
    let (ask, request) = (Ask::new("GET", path), world.fresh());
    world.spawn_request(async move {
        request.send(ask).await;
    });
}

#[test]
fn who_cancels_and_orders_again_stands_behind_nobody() {
    let world = World::new();
    world.script_task(TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() });
    let first = place(&world, "");
    world.advance_time(1_000);
    let path = format!("/api/orders/{}/cancellation", id_of(&first));
    let canceled = world.request("POST", &path, &[("cookie", &first.cookie())], vec![]);
    assert_eq!(canceled.status, 202, "{}", canceled.text());
    // Six calls at once are the most: two orders wait, and there is room for one of them at a time.
    for slot in 0..8 {
        let answer_ms = if slot == 0 { 3_000 } else { 8_000 };
        world.script_task(TaskPlan { answer_ms, latency_ms: 60_000, ..TaskPlan::default() });
    }
    (0..6).for_each(|_| drop(id_of(&place(&world, ""))));
    world.advance_time(1_000);
    let again = id_of(&place(&world, &first.cookie()));
    world.advance_time(10);
    let other = id_of(&place(&world, ""));
    world.advance_time(4_000);
    let status = |id: &str| read(&world, id).json()["status"].clone();
    assert_eq!([status(&again), status(&other)], ["processing", "queued"]);
}

/// It is billed for each second that it is awake.
#[test]
fn the_dispatcher_lets_go_while_the_provider_works() {
    let world = World::new();
    world.script_task(TaskPlan { latency_ms: 60_000, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    let before = world.counts();
    let mut awake_ms = 0;
    for _ in 0..650 {
        awake_ms += if world.is_dispatching() { 100 } else { 0 };
        world.advance_time(100);
    }
    assert_eq!(read(&world, &id).json()["status"], "completed");
    assert!(awake_ms <= 1_000, "{awake_ms} ms");
    let counts = world.counts().since(&before);
    assert_eq!(counts.of(Op::Alarm), 0, "an alarm is billed as a row and a request: {counts:?}");
}

#[test]
fn a_callback_ends_an_order_at_once_however_often_it_comes() {
    let world = World::new();
    world.script_task(TaskPlan { calls: Calls::NONE, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    world.advance_time(4_000);
    let task = world.with_provider(|one| one.tasks.values().next().unwrap().clone());
    let forged = world.callback("/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA", &task.id, None).unwrap();
    assert_eq!(forged.status, 200, "whose secret it is not learns nothing");
    world.advance_time(1_000);
    assert_eq!(read(&world, &id).json()["status"], "processing");
    for _ in 0..5 {
        let path = task.callback_path.as_str();
        assert_eq!(world.callback(path, &task.id, None).unwrap().status, 200);
    }
    world.advance_time(200);
    let order = read(&world, &id).json();
    assert_eq!(order["status"], "completed");
    assert_eq!(order["images"].as_array().unwrap().len(), 3, "one result, not five");
}

#[test]
fn a_lost_answer_costs_no_second_task_when_the_callback_comes() {
    let world = World::new();
    world.script_reply(Op::CreateTask, Reply::Silent { made: true });
    world.script_task(TaskPlan { latency_ms: 30_000, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    world.run_until_idle();
    assert_eq!(read(&world, &id).json()["status"], "completed");
    assert_eq!(world.with_provider(|one| one.tasks.len()), 1);
}

#[test]
fn a_task_that_never_ends_fails_in_time_and_gives_the_try_back() {
    let world = World::new();
    world.script_task(TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() });
    let placed = place(&world, "");
    let id = id_of(&placed);
    world.advance_time(16 * 60_000);
    let order = read(&world, &id).json();
    assert_eq!(order["error"]["code"], "provider_timeout", "{order:#}");
    let cookie = placed.cookie();
    let session = world.request("GET", "/api/session", &[("cookie", &cookie)], vec![]).json();
    assert_eq!(session["trial"]["used"], 0);
}

#[test]
fn a_dead_dispatcher_is_woken_again() {
    let world = World::new();
    world.script_fault(Op::CreateTask, Fault::KillBefore);
    let id = id_of(&place(&world, ""));
    for _ in 0..8 {
        world.advance_time(60_000);
        world.cron().unwrap().unwrap();
    }
    assert_eq!(read(&world, &id).json()["status"], "completed");
}

#[test]
fn the_cron_finds_the_result_when_the_alarm_is_gone() {
    let world = World::builder(3).rules(|rules| rules.poll_steady_ms = 3_600_000).build();
    world.script_task(TaskPlan { latency_ms: 400_000, calls: Calls::NONE, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    // The platform tries an alarm seven times, each time after twice the pause.
    for tries in 0..7 {
        world.advance_time(2_500 << tries);
        world.kill_dispatcher();
    }
    world.advance_time(120_000);
    assert_eq!(read(&world, &id).json()["status"], "processing");
    world.cron().unwrap().unwrap();
    world.advance_time(30_000);
    assert_eq!(read(&world, &id).json()["status"], "completed");
}

/// The Dispatcher looks when an order is announced; one that is committed late is not there yet.
#[test]
fn the_cron_wakes_the_dispatcher_for_an_order_that_it_looked_for_in_vain() {
    let world = World::new();
    world.script_batch("INSERT INTO orders", Fault::Slow(29_000));
    let id = id_of(&place(&world, ""));
    world.advance_time(50_000);
    assert_eq!(read(&world, &id).json()["status"], "queued", "nobody looks for it");
    world.cron().unwrap().unwrap();
    world.advance_time(10_000);
    assert_eq!(read(&world, &id).json()["status"], "completed");
}

#[test]
fn a_task_that_a_callback_has_named_outlives_the_dispatchers_memory() {
    let world = World::new();
    world.script_reply(Op::CreateTask, Reply::Silent { made: true });
    world.script_fault(Op::FetchResult, Fault::Before);
    let id = id_of(&place(&world, ""));
    world.advance_time(15_000);
    world.kill_dispatcher();
    for _ in 0..4 {
        world.advance_time(60_000);
        world.cron().unwrap().unwrap();
    }
    assert_eq!(read(&world, &id).json()["status"], "completed");
    assert_eq!(world.with_provider(|one| one.tasks.len()), 1, "a second task was paid");
}

/// The wake-up of its call comes after 130 s; what is slower has its 15 minutes all the same.
#[test]
fn a_slow_task_has_all_of_its_time() {
    let world = World::new();
    world.script_task(TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    for minute in 1..15 {
        world.advance_time(60_000);
        world.cron().unwrap().unwrap();
        world.advance_time(1);
        assert_eq!(read(&world, &id).json()["status"], "processing", "minute {minute}");
    }
    world.advance_time(62_000);
    world.cron().unwrap().unwrap();
    assert_eq!(read(&world, &id).json()["error"]["code"], "provider_timeout");
    assert_eq!(world.with_provider(|one| one.creates.len()), 1, "nobody has paid twice");
}

#[test]
fn a_callback_cannot_bring_another_orders_picture() {
    let world = World::new();
    world.script_task(TaskPlan { outcome: Outcome::Never, ..TaskPlan::default() });
    let waiting = id_of(&place(&world, ""));
    world.advance_time(2_000);
    let other = id_of(&place(&world, ""));
    world.advance_time(8_000);
    assert_eq!(read(&world, &other).json()["status"], "completed");
    let (path, task) = world.with_provider(|one| {
        let ends = |never: bool| {
            let mut tasks = one.tasks.values();
            tasks.find(|task| (task.plan.outcome == Outcome::Never) == never).unwrap().clone()
        };
        (ends(true).callback_path, ends(false).id)
    });
    assert_eq!(world.callback(&path, &task, None).unwrap().status, 200);
    world.advance_time(5_000);
    assert_eq!(read(&world, &waiting).json()["status"], "processing");
}

#[test]
fn a_dispatcher_that_keeps_dying_keeps_the_providers_limit() {
    let world = World::builder(7)
        .rules(|rules| (rules.prefix_orders_hour, rules.prefix_orders_day) = (1_000, 1_000))
        .build();
    for _ in 0..60 {
        id_of(&place(&world, ""));
    }
    for _ in 0..30 {
        world.advance_time(2_000);
        world.kill_dispatcher();
        world.cron().unwrap().unwrap();
    }
    let creates = world.with_provider(|one| one.creates.clone());
    assert!(creates.len() > 20, "only {} calls: one window holds them all", creates.len());
    for at in &creates {
        let within = creates.iter().filter(|other| (*at..at + 10_000).contains(other)).count();
        assert!(within <= 20, "{within} createTask calls in the 10 s from {at}");
    }
}

#[test]
fn at_48_hours_an_order_is_gone_and_soon_after_its_files() {
    let world = World::new();
    let id = id_of(&place(&world, ""));
    world.run_until_idle();
    let retention_ms = 48 * 60 * 60 * 1_000;
    world.advance_time(retention_ms - world.elapsed_ms() - 1);
    assert_eq!(read(&world, &id).status, 200);
    world.advance_time(1);
    assert_eq!(read(&world, &id).status, 410);
    world.cron().unwrap().unwrap();
    assert_eq!(read(&world, &id).status, 410);
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
}

/// Its result lies on a host that is not allowed, so it is looked at again and again until its time
/// is over, and never after.
#[test]
fn the_provider_is_not_asked_about_an_order_whose_time_is_over() {
    let world = World::builder(11)
        .latency_ms(50)
        .config(|config| {
            config.result_origins = ResultOrigins::parse("https://elsewhere.example").unwrap();
        })
        .build();
    let id = id_of(&place(&world, ""));
    world.advance_time(60_000);
    let alerts = |world: &World| {
        let lines = world.logs().into_iter();
        lines.filter(|line| line["event"] == "result_on_unlisted_host").count()
    };
    assert_eq!(alerts(&world), 1);
    let retention_ms = world.config().rules.retention_ms;
    world.advance_time(retention_ms - world.elapsed_ms() - 1);
    assert!(alerts(&world) > 200, "the operator is reminded");
    assert_eq!(read(&world, &id).status, 200);
    let before = world.counts();
    for _ in 0..60 {
        world.advance_time(60_000);
        world.cron().unwrap().unwrap();
        let counts = world.counts().since(&before);
        assert_eq!((read(&world, &id).status, counts.of(Op::RecordInfo)), (410, 0), "{counts:?}");
        assert!(counts.of(Op::DeleteFiles) <= 2, "{counts:?}");
    }
    assert!(!world.is_dispatching());
}

#[test]
fn the_operations_of_one_order_are_counted() {
    let world = World::new();
    let before = world.counts();
    id_of(&place(&world, ""));
    world.run_until_idle();
    let counts = world.counts().since(&before);
    let stored = counts.of(Op::PutFile) + counts.of(Op::FetchResult);
    assert_eq!(stored, 2, "the inputs and the result: {counts:?}");
    assert_eq!(counts.of(Op::CreateTask), 1);
    assert_eq!(counts.of(Op::ReadFile), 2, "the provider reads each input once");
}

/// The commit happens, its answer is lost, and before it is asked for the order is deleted.
#[test]
fn an_order_that_is_deleted_while_its_placing_is_unknown_does_not_come_back() {
    let world = World::new();
    let orders = |world: &World| {
        world.with_database(|database| {
            let sql = "SELECT id FROM orders";
            let mut statement = database.connection().prepare(sql).unwrap();
            let ids = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            ids.map(Result::unwrap).collect::<Vec<_>>()
        })
    };
    world.script_batch("INSERT INTO orders", Fault::After);
    let (tell, told) = std::sync::mpsc::channel();
    let event = world.fresh();
    world.spawn_request(async move {
        tell.send(event.send(post_order(order_form())).await.status).unwrap();
    });
    while orders(&world).is_empty() {
        world.advance_time(1);
    }
    let path = format!("/api/orders/{}", orders(&world)[0]);
    assert_eq!(world.request("DELETE", &path, &[], vec![]).status, 204);
    assert!(told.try_recv().is_err(), "it is still being placed");
    world.run_until_idle();
    assert_eq!(told.try_recv(), Ok(201), "it was placed");
    assert_eq!(orders(&world), [""; 0], "an order without its inputs");
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
}

/// The commit happens, its answer is lost, and reading back fails: an order that may be there must
/// keep its files.
#[test]
fn files_stay_while_nobody_can_tell_whether_their_order_is_there() {
    let world = World::new();
    world.script_batch("INSERT INTO orders", Fault::After);
    for _ in 0..3 {
        world.script_batch("FROM orders WHERE id", Fault::Before);
    }
    assert_eq!(place(&world, "").status, 503);
    let orders: i64 = world.with_database(|database| {
        let sql = "SELECT count(*) FROM orders";
        database.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    });
    assert_eq!(orders, 1);
    assert_eq!(world.with_files(|files| files.keys().count()), 1, "its inputs");
}
