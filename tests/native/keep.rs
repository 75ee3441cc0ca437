//! Orders of accounts: placed, claimed, moved, put into the trash and out of it, gone.

use anytryon::app::Failure;
use anytryon::app::place::{Draft, Upload, place};
use anytryon::app::visitor::{Visitor, account_hash};
use anytryon::app::{change, claim, history, keep, read, trial};
use anytryon::domain::id::{AccountId, AnonSid, OrderId};
use anytryon::domain::network;
use anytryon::domain::order::{Order, Owner, Role};
use anytryon::domain::refusal::Code;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use anytryon::domain::view::OrderView;
use anytryon::ports::World as _;
use anytryon::store::orders;

use crate::choices::plain;
use crate::image_fixtures::{jpeg, png};
use crate::journey::{id_of, place as place_anonymous};
use crate::world::provider::{Calls, Outcome, TaskPlan};
use crate::world::{Answer, Fault, Op, World};

const ADA: AccountId = AccountId::from_bytes([1; 16]);
const BEN: AccountId = AccountId::from_bytes([2; 16]);

pub fn owner(id: AccountId) -> Owner {
    Owner { id, counted: true }
}

/// The row of an account that nobody signed in to.
fn have(world: &World, id: AccountId) {
    let sql = "INSERT OR IGNORE INTO accounts (id, issuer, subject, name, created_at) \
               VALUES (?1, 'issuer', ?1, '', 0)";
    world.with_database(|one| one.connection().execute(sql, [id.to_string()]).unwrap());
}

pub fn place_for(world: &World, owner: Owner) -> Result<Order, Failure> {
    have(world, owner.id);
    let event = world.fresh();
    let visitor = Visitor {
        sid: AnonSid::from_bytes(world.random()),
        account: Some(owner),
        idempotency: None,
        network: network::keys(b"key", "192.0.2.1", world.now()),
    };
    let upload = |role, bytes| Upload { role, bytes };
    let draft = Draft {
        options: plain(),
        consent: true,
        uploads: vec![
            upload(Role::Person, jpeg(300, 400, &[])),
            upload(Role::Garment, png(256, 300, &[], &[])),
        ],
        removed: vec![],
    };
    world.block_on(async move { place(&event, &visitor, draft).await }).unwrap()
}

fn see(world: &World, id: OrderId, who: Option<AccountId>) -> Result<OrderView, Failure> {
    let event = world.fresh();
    world.block_on(async move { read::read(&event, id, who).await }).unwrap()
}

fn refused<T>(result: Result<T, Failure>) -> Code {
    match result.err().unwrap() {
        Failure::Refused(refusal) | Failure::Limited(refusal, _) => refusal.code,
        Failure::Unavailable(_) | Failure::Broken(_) => Code::Internal,
    }
}

fn delete(world: &World, id: OrderId, who: AccountId) {
    let event = world.fresh();
    let done = world.block_on(async move { change::delete(&event, id, Some(who)).await });
    done.unwrap().unwrap();
}

fn restore(world: &World, id: OrderId, who: AccountId) -> Result<Order, Failure> {
    let event = world.fresh();
    world.block_on(async move { keep::restore(&event, id, who).await }).unwrap()
}

/// What emptying the trash comes to; `None` when the Worker died over it.
fn empty(world: &World, who: AccountId) -> Option<Result<history::Emptied, Failure>> {
    let event = world.fresh();
    world.block_on(async move { history::empty_trash(&event, who).await })
}

/// Claims the orders of a Cookie header; `None` when the Worker died over it.
fn claim(world: &World, cookie: &str, owner: Owner) -> Option<usize> {
    have(world, owner.id);
    let sid = AnonSid::parse(cookie.split_once('=').unwrap().1).unwrap();
    let event = world.fresh();
    world.block_on(async move { claim::claim(&event, sid, owner).await }).map(Result::unwrap)
}

fn row(world: &World, id: OrderId) -> Option<Order> {
    let rows = world.with_database(|database| database.run(&[orders::find(id)])).unwrap();
    rows[0].first().map(|row| orders::order(row).unwrap())
}

fn files(world: &World) -> Vec<String> {
    let places = |key: &String| key.split('/').next().unwrap().to_owned();
    world.with_files(|files| files.keys().map(places).collect())
}

fn show(world: &World, url: &str) -> Answer {
    world.request("GET", url, &[], vec![])
}

fn url_of(view: &OrderView, number: usize) -> String {
    view.images[number].url.clone()
}

fn cron_each_minute(world: &World, minutes: i64) {
    for _ in 0..minutes {
        world.advance_time(MINUTE_MS);
        if let Some(swept) = world.cron() {
            swept.unwrap();
        }
    }
}

/// An anonymous order that was delivered, with its cookie.
fn delivered(world: &World) -> (OrderId, String) {
    let placed = place_anonymous(world, "");
    let id = OrderId::parse(&id_of(&placed)).unwrap();
    world.advance_time(10 * SECOND_MS);
    assert_eq!(row(world, id).unwrap().state.as_str(), "delivered");
    (id, placed.cookie())
}

#[test]
fn an_accounts_order_is_moved_when_it_is_delivered_and_stays() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    assert_eq!((order.expires_at, files(&world)), (None, vec!["anon".to_owned()]));
    world.run_until_idle();
    assert_eq!(files(&world), ["kept", "kept"], "the inputs and the result");
    let stored = row(&world, order.id).unwrap();
    assert!(
        stored.is_kept()
            && stored.wake_at.is_none()
            && stored.images.iter().all(|one| one.key.kept)
    );
    assert_eq!(refused(see(&world, order.id, None)), Code::SignInRequired);
    assert_eq!(refused(see(&world, order.id, Some(BEN))), Code::NotFound);
    for days in [3, 40] {
        world.advance_time(days * DAY_MS);
        cron_each_minute(&world, 60);
        let view = see(&world, order.id, Some(ADA)).unwrap();
        assert_eq!((view.images.len(), view.expires_at.as_deref()), (3, None));
        assert_eq!(show(&world, &url_of(&view, 2)).status, 200, "after {days} days");
    }
}

#[test]
fn who_may_do_what_is_decided_in_one_place() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    for (who, code) in [(None, Code::SignInRequired), (Some(BEN), Code::NotFound)] {
        let (event, id) = (world.fresh(), order.id);
        let codes = world.block_on(async move {
            [
                refused(read::read(&event, id, who).await),
                refused(change::cancel(&event, id, who).await),
                refused(change::delete(&event, id, who).await),
                refused(change::report(&event, id, who, vec![]).await),
                refused(anytryon::app::watch::Watch::begin(&event, id, who).await.map(|_| ())),
            ]
        });
        assert_eq!(codes.unwrap(), [code; 5]);
    }
    assert_eq!(refused(restore(&world, order.id, BEN)), Code::NotFound);
    for who in [ADA, BEN] {
        let emptied = empty(&world, who).unwrap().unwrap();
        assert_eq!((emptied.deleted, emptied.remaining), (0, 0), "it is not in the trash");
    }
    assert!(see(&world, order.id, Some(ADA)).is_ok());
    let (anonymous, _) = delivered(&world);
    for who in [None, Some(ADA), Some(BEN)] {
        assert!(see(&world, anonymous, who).is_ok(), "whoever has the id");
    }
    assert_eq!(refused(restore(&world, anonymous, ADA)), Code::NotFound);
}

#[test]
fn signing_in_claims_the_orders_of_this_browser_and_nobody_elses() {
    let world = World::new();
    let (mine, cookie) = delivered(&world);
    let live = OrderId::parse(&id_of(&place_anonymous(&world, &cookie))).unwrap();
    let (others, other_cookie) = delivered(&world);
    assert_eq!(claim(&world, &cookie, owner(ADA)), Some(2));
    assert_eq!(claim(&world, &cookie, owner(BEN)), Some(0), "they are somebody's");
    for id in [mine, live] {
        assert!(see(&world, id, Some(ADA)).is_ok());
        assert_eq!(refused(see(&world, id, None)), Code::SignInRequired);
    }
    assert!(see(&world, others, None).is_ok());
    world.run_until_idle();
    assert!(row(&world, mine).unwrap().is_kept() && row(&world, live).unwrap().is_kept());
    world.advance_time(2 * DAY_MS);
    assert_eq!(claim(&world, &other_cookie, owner(ADA)), Some(0), "its time is over");
    cron_each_minute(&world, 180);
    assert!(row(&world, others).is_none());
    assert_eq!(files(&world), ["kept"; 4]);
    assert_eq!(see(&world, mine, Some(ADA)).unwrap().images.len(), 3);
}

#[test]
fn a_move_that_stops_anywhere_is_gone_on_with() {
    let faults = [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter];
    let stops = [Op::CopyFile, Op::DeleteFiles];
    for fault in faults {
        for op in stops {
            let world = World::new();
            let (id, cookie) = delivered(&world);
            world.script_fault(op, fault);
            claim(&world, &cookie, owner(ADA));
            let view = see(&world, id, Some(ADA)).unwrap();
            assert_eq!(show(&world, &url_of(&view, 2)).status, 200, "{op:?} {fault:?}");
            cron_each_minute(&world, 2);
            assert!(row(&world, id).unwrap().is_kept(), "{op:?} {fault:?}");
            world.advance_time(50 * HOUR_MS);
            cron_each_minute(&world, 120);
            assert_eq!(files(&world), ["kept"; 2], "{op:?} {fault:?}");
            let view = see(&world, id, Some(ADA)).unwrap();
            assert_eq!(show(&world, &url_of(&view, 2)).status, 200);
        }
        for words in ["account = ?18", "kept = ?15"] {
            let world = World::new();
            let (id, cookie) = delivered(&world);
            world.script_batch(words, fault);
            claim(&world, &cookie, owner(ADA));
            claim(&world, &cookie, owner(ADA));
            cron_each_minute(&world, 2);
            let stored = row(&world, id).unwrap();
            assert_eq!((stored.account, stored.is_kept()), (Some(ADA), true), "{words} {fault:?}");
        }
    }
}

/// Whoever comes first, the other one finds the order as it then is.
#[test]
fn a_claim_races_with_the_delivery_and_with_a_deletion() {
    let mut ends = std::collections::BTreeSet::new();
    for at in 0..40_i64 {
        let world = World::builder(at.unsigned_abs()).latency_ms(40).build();
        let placed = place_anonymous(&world, "");
        let id = OrderId::parse(&id_of(&placed)).unwrap();
        world.advance_time(if at % 2 == 0 { 3_000 + at * 60 } else { 10_000 });
        let (event, deleting) = (world.fresh(), at % 2 == 1);
        if deleting {
            world.spawn(async move { drop(change::delete(&event, id, None).await) });
            world.advance_time(at * 2);
        }
        claim(&world, &placed.cookie(), owner(ADA)).unwrap();
        world.advance_time(30 * SECOND_MS);
        cron_each_minute(&world, 4);
        let outcome = match row(&world, id) {
            None => {
                assert_eq!(files(&world), Vec::<String>::new(), "at {at}");
                "deleted"
            }
            Some(order) => {
                assert_eq!((order.account, order.is_kept()), (Some(ADA), true), "at {at}");
                assert_eq!(files(&world), ["kept"; 2], "at {at}");
                if order.trashed_at.is_some() { "trashed" } else { "delivered" }
            }
        };
        ends.insert(outcome);
        world.end();
    }
    assert!(ends.contains("deleted") && ends.contains("delivered"), "{ends:?}");
}

#[test]
fn the_trash_gives_back_for_29_days_and_then_nothing_is_left() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    world.run_until_idle();
    let rules = world.config().rules.clone();
    let url = url_of(&see(&world, order.id, Some(ADA)).unwrap(), 0);
    delete(&world, order.id, ADA);
    assert_eq!(refused(see(&world, order.id, Some(ADA))), Code::Gone);
    assert_eq!(show(&world, &url).status, 410, "its links ended with it");
    world.advance_time(rules.trash_ms - 1);
    world.cron().unwrap().unwrap();
    assert!(row(&world, order.id).is_some(), "a millisecond is left");
    restore(&world, order.id, ADA).unwrap();
    assert_eq!(see(&world, order.id, Some(ADA)).unwrap().images.len(), 3);
    restore(&world, order.id, ADA).unwrap();
    world.advance_time(rules.trash_ms);
    world.cron().unwrap().unwrap();
    assert!(row(&world, order.id).is_some(), "it is not in the trash any more");
    delete(&world, order.id, ADA);
    world.advance_time(rules.trash_ms);
    world.cron().unwrap().unwrap();
    assert_eq!((row(&world, order.id), files(&world)), (None, vec![]));
    assert_eq!(refused(restore(&world, order.id, ADA)), Code::NotFound);
}

/// Two orders in the trash that is emptied with this fault; whether it was met.
fn empties_with(op: Op, before: usize, fault: Fault) -> bool {
    let case = format!("{op:?} {before} {fault:?}");
    let world = World::new();
    let ids = [(), ()].map(|()| place_for(&world, owner(ADA)).unwrap().id);
    world.run_until_idle();
    let bens = place_for(&world, owner(BEN)).unwrap().id;
    world.run_until_idle();
    for (id, who) in [(ids[0], ADA), (ids[1], ADA), (bens, BEN)] {
        delete(&world, id, who);
    }
    for _ in 0..before {
        world.script_fault(op, Fault::None);
    }
    world.script_fault(op, fault);
    let counted = world.counts().of(op);
    let told = empty(&world, ADA);
    let met = world.counts().of(op) - counted > before as u64;
    if !met {
        return false;
    }
    let is_gone = |id| row(&world, id).is_none_or(|order| order.is_expired(world.now()));
    if let Some(Ok(emptied)) = &told {
        assert!(emptied.deleted == 0 || ids.into_iter().all(is_gone), "{case} {emptied:?}");
    }
    if !ids.into_iter().all(is_gone) {
        // Nobody was told that it was deleted, and nothing was: it can be asked for again.
        assert_eq!(files(&world).len(), 6, "{case}");
        assert!(ids.into_iter().all(|id| row(&world, id).unwrap().trashed_at.is_some()), "{case}");
        world.run_until_idle();
        assert_eq!(empty(&world, ADA).unwrap().unwrap().deleted, 2, "{case}");
    }
    assert!(ids.into_iter().all(is_gone), "{case}: unreadable at once");
    assert_eq!(
        refused(restore(&world, ids[0], ADA)),
        row(&world, ids[0]).map_or(Code::NotFound, |_| Code::Gone)
    );
    cron_each_minute(&world, 2);
    assert_eq!(ids.map(|id| row(&world, id)), [None, None], "{case}");
    assert_eq!(files(&world), ["kept", "kept"], "{case}: nobody else's");
    assert!(row(&world, bens).unwrap().trashed_at.is_some(), "{case}");
    true
}

#[test]
fn emptying_the_trash_deletes_at_once_whatever_fails_on_the_way() {
    let mut met = 0;
    for op in [Op::Database, Op::DeleteFiles] {
        for fault in [Fault::Before, Fault::After, Fault::KillBefore, Fault::KillAfter] {
            let cases = (0..20).take_while(|before| empties_with(op, *before, fault)).count();
            assert!((1..20).contains(&cases), "{op:?} {fault:?}: {cases}");
            met += cases;
        }
    }
    assert!(met >= 20, "reading, commit, files, rows, count: {met}");
}

#[test]
fn an_order_is_trashed_while_it_is_live_and_moved_there() {
    let world = World::new();
    world.script_task(TaskPlan {
        outcome: Outcome::Never,
        calls: Calls::NONE,
        ..TaskPlan::default()
    });
    let order = place_for(&world, owner(ADA)).unwrap();
    world.advance_time(SECOND_MS);
    world.script_fault(Op::CopyFile, Fault::Before);
    delete(&world, order.id, ADA);
    assert_eq!(files(&world), ["anon"]);
    cron_each_minute(&world, 2);
    assert_eq!(files(&world), ["kept"]);
    let restored = restore(&world, order.id, ADA).unwrap();
    assert_eq!((restored.state.as_str(), restored.wake_at), ("canceled", None));
}

/// It waits in the queue, as it does while the provider is out.
#[test]
fn what_has_not_ended_after_44_hours_fails_and_is_moved_in_time() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    world.kill_dispatcher();
    let give_up_ms = world.config().rules.give_up_ms;
    world.with_database(|database| {
        let sql = "UPDATE orders SET due_at = ?1";
        database.connection().execute(sql, [world.now().plus(100 * HOUR_MS).0]).unwrap();
    });
    world.advance_time(give_up_ms - HOUR_MS);
    cron_each_minute(&world, 59);
    assert_eq!(row(&world, order.id).unwrap().state.as_str(), "placed");
    cron_each_minute(&world, 62);
    let failed = row(&world, order.id).unwrap();
    assert_eq!((failed.error, failed.is_kept()), (Some(Code::ProviderTimeout), true));
    assert_eq!(files(&world), ["kept"]);
    assert!(world.now().since(order.created_at) < 47 * HOUR_MS);
}

#[test]
fn the_hourly_listing_leaves_what_is_not_moved_and_tells_the_operator() {
    let world = World::new();
    let (id, cookie) = delivered(&world);
    world.script_fault(Op::CopyFile, Fault::Before);
    claim(&world, &cookie, owner(ADA)).unwrap();
    world.with_database(|database| {
        let sql = "UPDATE orders SET keep_at = ?1";
        database.connection().execute(sql, [world.now().plus(100 * DAY_MS).0]).unwrap();
    });
    world.with_files(|files| {
        let hour = files.keys().next().unwrap().split('/').nth(1).unwrap().to_owned();
        files.put(&format!("anon/{hour}/orphan"), vec![1]);
    });
    world.advance_time(50 * HOUR_MS);
    cron_each_minute(&world, 60);
    assert_eq!(files(&world), ["anon", "anon"], "and the file of no order is gone");
    let told = world.logs().into_iter().filter(|line| line["event"] == "files_not_moved");
    assert!(told.clone().count() >= 1 && told.clone().all(|line| line["level"] == "error"));
    world.with_database(|database| {
        database.connection().execute("UPDATE orders SET keep_at = 1", []).unwrap();
    });
    cron_each_minute(&world, 1);
    assert!(row(&world, id).unwrap().is_kept());
    assert_eq!(files(&world), ["kept", "kept"]);
}

#[test]
fn a_link_finds_its_picture_while_it_moves_and_ends_within_a_minute_of_its_order() {
    let world = World::new();
    let (id, cookie) = delivered(&world);
    world.script_fault(Op::CopyFile, Fault::Before);
    claim(&world, &cookie, owner(ADA)).unwrap();
    let view = see(&world, id, Some(ADA)).unwrap();
    let (person, garment) = (url_of(&view, 0), url_of(&view, 1));
    let before = [show(&world, &person), show(&world, &garment)];
    assert_eq!(files(&world), ["anon", "anon"]);
    cron_each_minute(&world, 2);
    assert_eq!(files(&world), ["kept", "kept"]);
    for (url, before) in [&person, &garment].into_iter().zip(&before) {
        let answer = show(&world, url);
        assert_eq!((answer.status, &answer.body), (200, &before.body));
        assert_eq!(answer.header("cache-control"), "private, max-age=60");
        assert_eq!(answer.header("etag"), before.header("etag"));
    }
    delete(&world, id, ADA);
    let tag = before[0].header("etag").to_owned();
    for headers in [vec![], vec![("if-none-match", tag.as_str())]] {
        assert_eq!(world.request("GET", &person, &headers, vec![]).status, 410);
        assert_eq!(world.request("HEAD", &person, &headers, vec![]).status, 410);
    }
    restore(&world, id, ADA).unwrap();
    assert_eq!(show(&world, &person).status, 200);
}

#[test]
fn an_account_has_ten_orders_in_24_hours_and_keeps_as_many_as_it_likes() {
    let world = World::new();
    for _ in 0..10 {
        place_for(&world, owner(ADA)).unwrap();
        world.advance_time(10 * MINUTE_MS);
    }
    assert_eq!(refused(place_for(&world, owner(ADA))), Code::TrialExhausted);
    assert!(place_for(&world, owner(BEN)).is_ok());
    let event = world.fresh();
    let standing = world.block_on(async move { trial::standing_of_account(&event, ADA).await });
    let standing = standing.unwrap().unwrap();
    assert_eq!((standing.used, standing.limit), (10, 10));
    // What is deleted for good still counts.
    let ids = world.with_database(|database| {
        let sql = "SELECT id FROM orders WHERE visitor = ?1 ORDER BY id";
        let mut prepared = database.connection().prepare(sql).unwrap();
        let ids = prepared.query_map([account_hash(ADA)], |row| row.get::<_, String>(0)).unwrap();
        ids.map(|id| OrderId::parse(&id.unwrap()).unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(ids.len(), 10);
    delete(&world, ids[9], ADA);
    assert_eq!(empty(&world, ADA).unwrap().unwrap().deleted, 1);
    assert_eq!(refused(place_for(&world, owner(ADA))), Code::TrialExhausted);
    world.advance_time(DAY_MS - 100 * MINUTE_MS + 1);
    assert!(place_for(&world, owner(ADA)).is_ok(), "the first one is a day old");
    assert_eq!(refused(place_for(&world, owner(ADA))), Code::TrialExhausted);
}

#[test]
fn who_objects_to_statistics_is_not_counted() {
    for (counted, rows) in [(true, 1), (false, 0)] {
        let world = World::new();
        place_for(&world, Owner { id: ADA, counted }).unwrap();
        world.run_until_idle();
        let outcomes: i64 = world.with_database(|database| {
            let sql = "SELECT count(*) FROM outcomes";
            database.connection().query_row(sql, [], |row| row.get(0)).unwrap()
        });
        assert_eq!(outcomes, rows);
    }
}

/// Copies of an order that was delivered, with other values of `kept`, `trashed_at` and `keep_at`.
fn multiply(world: &World, id: OrderId, (from, count): (i64, i64), values: &str) {
    let sql = format!(
        "WITH RECURSIVE n (n) AS (SELECT ?2 UNION ALL SELECT n + 1 FROM n WHERE n < ?2 + ?3 - 1) \
         INSERT INTO orders (id, version, state, options, prompt_version, model, images, \
         metadata_removed, result_key, callback_token, tasks, parked, created_at, completed_at, \
         account, kept, trashed_at, keep_at) SELECT printf('--%038d', n), 1, state, options, \
         prompt_version, model, images, metadata_removed, result_key, callback_token, 1, 0, \
         created_at, completed_at, account, {values} FROM orders, n WHERE id = ?1"
    );
    world.with_database(|database| {
        database.connection().execute(&sql, (id.to_string(), from, count)).unwrap();
    });
}

fn count(world: &World, condition: &str) -> i64 {
    world.with_database(|database| {
        let sql = format!("SELECT count(*) FROM orders WHERE {condition}");
        database.connection().query_row(&sql, [], |row| row.get(0)).unwrap()
    })
}

#[test]
fn a_large_trash_is_gone_within_a_day_of_its_end_and_delays_no_move() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    world.run_until_idle();
    let (id, cookie) = delivered(&world);
    world.script_fault(Op::CopyFile, Fault::Before);
    claim(&world, &cookie, owner(BEN)).unwrap();
    // The time of all of it was over before that.
    multiply(&world, order.id, (0, 350), "1, 1, 2");
    let before = world.counts();
    cron_each_minute(&world, 1);
    let counts = world.counts().since(&before);
    assert!(row(&world, id).unwrap().is_kept(), "moved in the first minute");
    let left = count(&world, "trashed_at = 1");
    assert!(counts.of(Op::Database) < 20 && counts.of(Op::DeleteFiles) == 2, "{counts:?}");
    let minutes = 100_000 / (350 - left);
    assert!(minutes * MINUTE_MS < DAY_MS, "{minutes} minutes for 100,000");
    cron_each_minute(&world, 3);
    assert_eq!(count(&world, "trashed_at = 1"), 0);
    assert!(row(&world, order.id).is_some());
}

#[test]
fn a_trash_whose_time_is_over_goes_however_many_moves_fail() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    world.run_until_idle();
    multiply(&world, order.id, (0, 250), "0, NULL, 2");
    // Their files cannot be copied: there are none.
    let sql = "UPDATE orders SET images = replace(replace(images, '\"kept\":true', \
               '\"kept\":false'), '\"id\":\"', '\"id\":\"A') WHERE kept = 0";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    multiply(&world, order.id, (900, 150), "1, 1, 2");
    world.cron().unwrap().unwrap();
    assert_eq!(count(&world, "trashed_at = 1"), 50);
    world.cron().unwrap().unwrap();
    assert_eq!((count(&world, "trashed_at = 1"), count(&world, "kept = 0")), (0, 250));
}

/// It may not grow with what accounts keep.
#[test]
fn an_account_of_a_thousand_orders_costs_the_trial_and_the_sweep_nothing() {
    let world = World::new();
    let order = place_for(&world, owner(ADA)).unwrap();
    world.run_until_idle();
    world.with_database(|database| {
        let sql = "WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 \
                   FROM numbers WHERE number < 1000) INSERT INTO orders (id, version, state, \
                   visitor, options, prompt_version, model, images, metadata_removed, result_key, \
                   callback_token, tasks, parked, created_at, completed_at, account, kept) SELECT \
                   printf('--%038d', number), 1, 'delivered', visitor, options, prompt_version, \
                   model, images, metadata_removed, result_key, 'token', 1, 0, number, number, \
                   account, 1 FROM orders, numbers WHERE id = ?1";
        database.connection().execute(sql, [order.id.to_string()]).unwrap();
    });
    let before = world.counts();
    assert!(place_for(&world, owner(ADA)).is_ok());
    world.run_until_idle();
    cron_each_minute(&world, 1);
    let counts = world.counts().since(&before);
    assert!(counts.rows_returned < 60, "{counts:?}");
}
