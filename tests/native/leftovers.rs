//! Files under `kept/` that no order names: found once, when the moves of their hour have ended,
//! and nothing else is touched.

use anytryon::domain::id::AccountId;
use anytryon::domain::order::Order;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use anytryon::ports::World as _;

use crate::keep::{owner, place_for};
use crate::world::{Fault, Op, World};

const ADA: AccountId = AccountId::from_bytes([1; 16]);

/// An account's order that is delivered and moved.
fn kept(world: &World) -> Order {
    let order = place_for(world, owner(ADA)).unwrap();
    world.run_until_idle();
    order
}

fn hour_of(order: &Order) -> i64 {
    order.created_at.0.div_euclid(HOUR_MS)
}

fn leave(world: &World, hour: i64, name: &str) {
    world.with_files(|files| files.put(&format!("kept/{hour}/{name}"), vec![1]));
}

fn keys(world: &World) -> Vec<String> {
    world.with_files(|files| files.keys().cloned().collect())
}

/// The first minute of the next hour, with its sweep; what that asked of the storage.
fn next_hour(world: &World) -> (u64, u64) {
    let before = world.counts();
    world.advance_time(HOUR_MS - world.clock().0.rem_euclid(HOUR_MS));
    let swept = world.cron();
    if let Some(swept) = swept {
        swept.unwrap();
    }
    let asked = world.counts().since(&before);
    (asked.of(Op::ListFiles), asked.of(Op::DeleteFiles))
}

fn hours(world: &World, number: i64) {
    for _ in 0..number {
        next_hour(world);
    }
}

#[test]
fn a_file_that_no_order_names_is_found_51_hours_after_its_order_and_the_named_stay() {
    let world = World::new();
    let order = kept(&world);
    let named = keys(&world);
    assert_eq!(named.len(), 2);
    leave(&world, hour_of(&order), "AAAAAAAAAAAAAAAAAAAAAA");
    hours(&world, 50);
    assert!(world.now().since(order.created_at) <= 51 * HOUR_MS);
    assert_eq!(keys(&world), named, "the leftover alone is gone");
    hours(&world, 10);
    assert_eq!(keys(&world), named);
}

#[test]
fn an_hour_is_listed_once_and_an_idle_one_costs_one_listing() {
    let world = World::new();
    next_hour(&world);
    // Three hours of what is anonymous, three of exports, and one of what is kept.
    for _ in 0..5 {
        assert_eq!(next_hour(&world), (7, 0));
    }
    for _ in 0..58 {
        let before = world.counts();
        world.advance_time(MINUTE_MS);
        world.cron().unwrap().unwrap();
        assert_eq!(world.counts().since(&before).of(Op::ListFiles), 0, "no other minute lists");
    }
}

#[test]
fn copies_of_a_move_that_goes_on_stay_and_so_do_previews() {
    let world = World::new();
    let order = kept(&world);
    let hour = hour_of(&order);
    // As a move leaves it that died before its commit.
    world.with_files(|files| {
        for key in files.list("kept/", "") {
            files.put(&key.replace("kept/", "anon/"), vec![1]);
        }
    });
    let preview = format!("kept/{hour}/PPPPPPPPPPPPPPPPPPPPPA");
    leave(&world, hour, "PPPPPPPPPPPPPPPPPPPPPA");
    world.with_database(|one| {
        let sql = "UPDATE orders SET kept = 0, keep_at = 9000000000000, preview = json_set(\
                   images ->> '$[0]', '$.key.id', 'PPPPPPPPPPPPPPPPPPPPPA'), \
                   images = replace(images, ',\"kept\":true', ''), \
                   result_key = replace(result_key, ',\"kept\":true', '')";
        assert_eq!(one.connection().execute(sql, []).unwrap(), 1);
    });
    let before: Vec<_> = world.with_files(|files| files.list("kept/", ""));
    assert!(before.len() == 3 && before.contains(&preview));
    hours(&world, 52);
    assert_eq!(world.with_files(|files| files.list("kept/", "")), before);
}

#[test]
fn many_are_found_page_by_page_and_a_clock_that_stood_still_misses_no_hour() {
    let world = World::new();
    next_hour(&world);
    let order = kept(&world);
    let (named, hour) = (keys(&world), hour_of(&order));
    for number in 0..2_500 {
        leave(&world, hour, &format!("{number:022}"));
    }
    leave(&world, hour + 1, "AAAAAAAAAAAAAAAAAAAAAA");
    leave(&world, hour + 5, "AAAAAAAAAAAAAAAAAAAAAA");
    world.advance_time(3 * DAY_MS);
    hours(&world, 8);
    assert_eq!(keys(&world), named);
}

#[test]
fn a_row_that_nobody_can_read_keeps_its_hours_files_and_holds_up_no_other() {
    let world = World::new();
    next_hour(&world);
    let order = kept(&world);
    let (mut all, hour) = (keys(&world), hour_of(&order));
    leave(&world, hour, "AAAAAAAAAAAAAAAAAAAAAA");
    all.push(keys(&world).into_iter().find(|key| !all.contains(key)).unwrap());
    all.sort();
    leave(&world, hour + 1, "AAAAAAAAAAAAAAAAAAAAAA");
    world.with_database(|one| {
        one.connection().execute("UPDATE orders SET images = '[1]'", []).unwrap()
    });
    hours(&world, 54);
    let mut left = keys(&world);
    left.sort();
    assert_eq!(left, all);
    assert!(world.logs().iter().any(|line| line["event"] == "hour_not_compared"));
}

#[test]
fn whatever_breaks_on_the_way_it_goes_on_where_it_was() {
    for op in [Op::Database, Op::DeleteFiles, Op::ListFiles] {
        for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
            let world = World::new();
            next_hour(&world);
            let order = kept(&world);
            let named = keys(&world);
            leave(&world, hour_of(&order), "AAAAAAAAAAAAAAAAAAAAAA");
            hours(&world, 49);
            world.advance_time(HOUR_MS - world.clock().0.rem_euclid(HOUR_MS));
            for times in 0..12 {
                // The sweep of that minute fails at each of its steps in turn.
                for _ in 0..times {
                    world.script_fault(op, Fault::Slow(0));
                }
                world.script_fault(op, fault);
                let _ = world.cron();
            }
            for _ in 0..9 {
                world.advance_time(HOUR_MS);
                let _ = world.cron();
            }
            assert_eq!(keys(&world), named, "{op:?} {fault:?}");
        }
    }
}
