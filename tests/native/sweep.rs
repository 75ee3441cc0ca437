//! The cron's minute when the provider or the Dispatcher does not answer.

use anytryon::app::sweep::{ASKING_MS_MAX, sweep};
use anytryon::domain::asks::LAST_CHANCE_MS;
use anytryon::domain::time::{MINUTE_MS, SECOND_MS};
use anytryon::ports::World as _;
use anytryon::store::orders::BATCH_ROWS_MAX;

use crate::journey::{id_of, place, read};
use crate::world::provider::{Calls, Outcome, Reply, TaskPlan};
use crate::world::{Fault, Op, World};

/// Between two orders: 18 tasks are begun in 10.5 s, and 100 requests a minute are let in.
const STARTS_MS: i64 = 610;

/// A world in which one order expires while others have waited too long for their pictures, by half
/// a minute the last of them.
fn late_world(late: i64) -> (World, String, Vec<String>) {
    let world = World::builder(5)
        .rules(|rules| (rules.prefix_orders_hour, rules.prefix_orders_day) = (1_000, 1_000))
        .build();
    let expiring = id_of(&place(&world, ""));
    world.run_until_idle();
    assert_eq!(read(&world, &expiring).json()["status"], "completed");
    let retention_ms = world.config().rules.retention_ms;
    let waits_ms = world.config().rules.deadline_ms + MINUTE_MS / 2 + late * STARTS_MS;
    world.advance_time(retention_ms - waits_ms - world.elapsed_ms());
    let late = (0..late).map(|_| {
        world.script_task(TaskPlan {
            outcome: Outcome::Never,
            calls: Calls::NONE,
            ..TaskPlan::default()
        });
        world.advance_time(STARTS_MS);
        id_of(&place(&world, ""))
    });
    let late: Vec<_> = late.collect();
    world.advance_time(retention_ms - world.elapsed_ms());
    (world, expiring, late)
}

fn failed(world: &World, orders: &[String]) -> usize {
    orders.iter().filter(|id| read(world, id).json()["status"] == "failed").count()
}

#[test]
fn a_provider_that_hangs_holds_up_no_expiry_and_no_sweep_runs_into_the_next() {
    let (world, expiring, late) = late_world(30);
    for _ in 0..late.len() {
        world.script_reply(Op::RecordInfo, Reply::Silent { made: false });
    }
    let is_kept = || world.with_database(|database| database.order(&expiring).is_some());
    assert!(is_kept());
    let event = world.fresh();
    let began = world.now();
    let running = world.spawn(async move {
        sweep(&event).await.unwrap();
    });
    world.advance_time(SECOND_MS);
    assert!(world.is_alive(running), "it asks");
    assert_eq!(read(&world, &expiring).status, 410);
    assert!(!is_kept(), "its row is gone and waits for no answer");
    while world.is_alive(running) {
        world.advance_time(SECOND_MS);
    }
    let took_ms = world.now().since(began);
    let bound_ms = ASKING_MS_MAX + world.config().rules.record_timeout_ms + SECOND_MS;
    assert!(took_ms <= bound_ms && bound_ms < MINUTE_MS, "{took_ms} ms");
}

#[test]
fn orders_about_which_nobody_answers_end_all_the_same_and_keep_nothing_waiting() {
    // More than one reading of overdue orders brings.
    let (world, _, late) = late_world(BATCH_ROWS_MAX + 20);
    let placed = place(&world, "");
    let doomed = id_of(&placed);
    let path = format!("/api/orders/{doomed}");
    world.script_fault(Op::DeleteFiles, Fault::Before);
    let headers = [("cookie", placed.cookie()), ("sec-fetch-site", "same-origin".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(world.request("DELETE", &path, &headers, vec![]).status, 204);
    let is_left = || world.with_database(|database| database.order(&doomed).is_some());
    assert!(is_left(), "the deletion was only begun");
    for _ in 0..100 {
        world.script_reply(Op::RecordInfo, Reply::Silent { made: false });
    }
    let mut minutes = 0;
    while failed(&world, &late) < late.len() || is_left() {
        world.advance_time(MINUTE_MS);
        world.cron().unwrap().unwrap();
        minutes += 1;
        assert!(minutes <= LAST_CHANCE_MS / MINUTE_MS, "{minutes} minutes");
    }
}

#[test]
fn a_picture_that_is_there_is_not_given_up_for_a_lost_message() {
    let world = World::new();
    world.script_task(TaskPlan { calls: Calls::NONE, ..TaskPlan::default() });
    let id = id_of(&place(&world, ""));
    world.advance_time(world.config().rules.deadline_ms + MINUTE_MS);
    for fault in [Op::RecordInfo, Op::Nudge] {
        world.script_fault(fault, Fault::Before);
        world.cron().unwrap().unwrap();
        assert_eq!(read(&world, &id).json()["status"], "processing", "{fault:?}");
    }
    world.cron().unwrap().unwrap();
    world.advance_time(2 * SECOND_MS);
    assert_eq!(read(&world, &id).json()["status"], "completed");
}

#[test]
fn when_the_provider_answers_all_whose_time_is_over_end_in_one_sweep() {
    let (world, _, late) = late_world(30);
    let swept = world.cron().unwrap().unwrap();
    assert_eq!((swept.woken, failed(&world, &late)), (1 + late.len(), late.len()));
}

#[test]
fn a_dispatcher_that_does_not_answer_keeps_no_order_from_its_end() {
    let (world, _, late) = late_world(1);
    let waiting = id_of(&place(&world, ""));
    assert_eq!(read(&world, &waiting).json()["status"], "queued", "so there is work for it");
    world.script_fault(Op::Nudge, Fault::Before);
    assert!(world.cron().unwrap().is_err());
    assert_eq!(failed(&world, &late), 1);
}

#[test]
fn an_idle_minute_asks_as_little_as_it_can() {
    let world = World::new();
    world.cron().unwrap().unwrap();
    world.advance_time(MINUTE_MS);
    let before = world.counts();
    world.cron().unwrap().unwrap();
    let asked = world.counts().since(&before);
    // Each reads a row, also where there is none. While an announcement is shown it is one more.
    assert_eq!((asked.statements, asked.rows_written), (12, 0));
}
