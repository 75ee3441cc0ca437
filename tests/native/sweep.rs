//! The cron's minute when the provider does not answer.

use anytryon::app::sweep::{ASKING_MS_MAX, sweep};
use anytryon::domain::time::{MINUTE_MS, SECOND_MS};
use anytryon::ports::World as _;

use crate::journey::{id_of, place, read};
use crate::world::provider::{Calls, Outcome, Reply, TaskPlan};
use crate::world::{Op, World};

/// Orders whose time is over.
const LATE: usize = 30;

/// A world in which one order expires while others have waited too long for their pictures.
fn late_world() -> (World, String, Vec<String>) {
    let rules = |rules: &mut anytryon::domain::rules::Rules| rules.prefix_orders_hour = 1_000;
    let world = World::builder(5).rules(rules).build();
    let expiring = id_of(&place(&world, ""));
    world.run_until_idle();
    assert_eq!(read(&world, &expiring).json()["status"], "completed");
    let retention_ms = world.config().rules.retention_ms;
    world.advance_time(retention_ms - 20 * MINUTE_MS - world.elapsed_ms());
    let calls = Calls { times: 0, delay_ms: 0 };
    let never = TaskPlan { outcome: Outcome::Never, calls, ..TaskPlan::default() };
    let late = (0..LATE).map(|_| {
        world.script_task(never);
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
    let (world, expiring, late) = late_world();
    for _ in 0..2 * LATE {
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
    let ended = failed(&world, &late);
    assert!((6..=9).contains(&ended), "{ended} were asked about and have ended");
    // Each minute brings others their end.
    let mut minutes = 1;
    while failed(&world, &late) < LATE {
        world.cron().unwrap().unwrap();
        minutes += 1;
        assert!(minutes <= LATE / 6, "they end after {minutes} minutes");
    }
}

#[test]
fn when_the_provider_answers_all_whose_time_is_over_end_in_one_sweep() {
    let (world, _, late) = late_world();
    let swept = world.cron().unwrap().unwrap();
    assert_eq!((swept.woken, failed(&world, &late)), (1 + LATE, LATE));
}
