//! What one network and everybody together may do, and how they are told.

use crate::site::{
    address, assert_problem, get, order_form, path_of, place, place_from, post_order, send,
    send_unlogged,
};
use crate::world::{Answer, Ask, Form, World};

const NOBODYS: &str = "/api/orders/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn order_from(world: &World, address: &str) -> Answer {
    send(world, post_order(order_form()).header("cf-connecting-ip", address))
}

fn assert_limited(answer: &Answer, policy: &str, left: &str, wait: &str) {
    assert_problem(answer, 429, "rate_limited", None);
    assert_eq!(answer.header("ratelimit-policy"), policy);
    assert_eq!(answer.header("ratelimit"), left);
    assert_eq!(answer.header("retry-after"), wait);
}

const PREFIX_POLICY: &str = r#""hour";q=20;w=3600, "day";q=60;w=86400"#;

#[test]
fn a_network_has_20_orders_at_once_and_then_one_every_three_minutes() {
    let world = World::new();
    for host in 0..20 {
        place_from(&world, &format!("192.0.2.{host}"));
    }
    let refused = order_from(&world, "192.0.2.200");
    assert_limited(&refused, PREFIX_POLICY, r#""hour";r=0;t=180, "day";r=40;t=1440"#, "180");
    place_from(&world, "192.0.3.1");
    world.advance_time(500);
    let refused = order_from(&world, "192.0.2.1");
    assert_limited(&refused, PREFIX_POLICY, r#""hour";r=0;t=180, "day";r=40;t=1440"#, "180");
    world.advance_time(1_000);
    let refused = order_from(&world, "192.0.2.1");
    assert_limited(&refused, PREFIX_POLICY, r#""hour";r=0;t=179, "day";r=40;t=1439"#, "179");
    world.advance_time(178_499);
    assert_eq!(order_from(&world, "192.0.2.1").header("retry-after"), "1", "rounded up");
    world.advance_time(1);
    place_from(&world, "192.0.2.1");
    assert_eq!(order_from(&world, "192.0.2.1").status, 429);
}

#[test]
fn a_network_has_60_orders_a_day_also_over_midnight() {
    let world = World::new();
    // Until 17:00 UTC: 20 at once and one each three minutes would be 160.
    let mut placed = 0;
    for _ in 0..80 {
        placed += usize::from(order_from(&world, "192.0.2.1").status == 201);
        placed += usize::from(order_from(&world, "192.0.2.1").status == 201);
        world.advance_time(315_000);
    }
    assert_eq!(placed, 60 + 7 * 60 / 24, "60 and one more each 24 minutes");
    world.advance_time(6 * 60 * 60 * 1_000 + 50 * 60_000);
    while order_from(&world, "192.0.2.1").status == 201 {}
    world.advance_time(15 * 60_000);
    let after_midnight = (0..30).filter(|_| order_from(&world, "192.0.2.1").status == 201).count();
    assert_eq!(after_midnight, 1, "the state went over into the new day's object");
    world.end();
}

#[test]
fn networks_of_version_6_are_counted_by_their_first_64_bits() {
    let world = World::builder(1).rules(|rules| rules.prefix_orders_hour = 2).build();
    place_from(&world, "2001:db8:1:2::1");
    place_from(&world, "2001:db8:1:2:ffff::9");
    assert_eq!(order_from(&world, "2001:db8:1:2:8::8").status, 429);
    place_from(&world, "2001:db8:1:3::1");
    place_from(&world, "");
    place_from(&world, "no address");
    assert_eq!(send(&world, post_order(order_form())).status, 429, "the unknown share one");
}

#[test]
fn refusals_and_repetitions_cost_the_network_nothing() {
    let world = World::builder(1).rules(|rules| rules.prefix_orders_hour = 4).build();
    let keyed = |cookie: &str| {
        post_order(order_form())
            .header("cf-connecting-ip", "192.0.2.1")
            .header("idempotency-key", "k")
            .header("cookie", cookie)
    };
    let cookie = place_from(&world, "192.0.2.1").cookie();
    assert_eq!(send(&world, keyed(&cookie)).status, 201);
    for _ in 0..10 {
        let bad = post_order(Form::new()).header("cf-connecting-ip", "192.0.2.1");
        assert_eq!(send(&world, bad).status, 422);
        assert_eq!(send(&world, keyed(&cookie)).status, 201, "the same order");
        let other = keyed(&cookie).body(order_form().text("focus", "details").body());
        assert_eq!(send(&world, other).status, 422, "the key is taken");
    }
    place_from(&world, "192.0.2.1");
    place_from(&world, "192.0.2.1");
    assert_eq!(order_from(&world, "192.0.2.1").status, 429, "the fifth");
}

#[test]
fn an_exhausted_trial_costs_the_network_nothing() {
    let world = World::builder(1).rules(|rules| rules.prefix_orders_hour = 4).build();
    let cookie = place_from(&world, "192.0.2.1").cookie();
    let mut answers = vec![];
    for _ in 0..10 {
        let ask = post_order(order_form()).header("cf-connecting-ip", "192.0.2.1");
        answers.push(send(&world, ask.header("cookie", &cookie)).status);
    }
    assert_eq!(answers, [201, 201, 403, 403, 403, 403, 403, 403, 403, 403]);
    place_from(&world, "192.0.2.1");
    assert_eq!(order_from(&world, "192.0.2.1").status, 429);
}

#[test]
fn everybody_together_has_a_limit_and_who_meets_it_keeps_his_own() {
    let world = World::builder(1)
        .rules(|rules| {
            rules.prefix_orders_hour = 3;
            rules.global_orders_hour = 2;
        })
        .build();
    place_from(&world, &address(1));
    place_from(&world, "192.0.2.1");
    let files = world.with_files(|files| files.keys().count());
    for _ in 0..5 {
        let refused = order_from(&world, "192.0.2.1");
        let policy = r#""everyone";q=2;w=3600"#;
        assert_limited(&refused, policy, r#""everyone";r=0;t=1800"#, "1800");
    }
    assert_eq!(world.with_files(|files| files.keys().count()), files, "nothing was left");
    world.deploy(|config| config.rules.global_orders_hour = 2_000);
    world.advance_time(4_000);
    place_from(&world, "192.0.2.1");
    place_from(&world, "192.0.2.1");
    let last = order_from(&world, "192.0.2.1");
    assert!(last.header("ratelimit").starts_with(r#""hour";r=0"#), "{:?}", last.headers);
}

#[test]
fn the_fence_stops_the_101st_change_of_a_minute() {
    let world = World::builder(1).without_logs().build();
    let delete = |host: &str| {
        send_unlogged(&world, Ask::new("DELETE", NOBODYS).header("cf-connecting-ip", host))
    };
    for host in 0..100 {
        assert_eq!(delete(&format!("192.0.2.{host}")).status, 404);
    }
    let refused = delete("192.0.2.1");
    assert_limited(&refused, r#""writes";q=100;w=60"#, r#""writes";r=0;t=60"#, "60");
    assert_eq!(delete("192.0.3.1").status, 404);
    let reading = get(NOBODYS).header("cf-connecting-ip", "192.0.2.1");
    assert_eq!(send_unlogged(&world, reading).status, 404, "reading has its own");
    world.advance_time(60_000);
    assert_eq!(delete("192.0.2.1").status, 404);
}

#[test]
fn the_fence_stops_the_1001st_reading_of_a_minute() {
    let world = World::builder(1).without_logs().build();
    let path = path_of(&place_without_log(&world));
    for _ in 0..1_000 {
        assert_eq!(send_unlogged(&world, get("/api/orders/x")).status, 404);
    }
    let refused = send_unlogged(&world, get(&path));
    assert_limited(&refused, r#""reads";q=1000;w=60"#, r#""reads";r=0;t=60"#, "60");
    assert_eq!(send_unlogged(&world, get("/api/options")).status, 200, "it is open");
    world.advance_time(60_000);
    assert_eq!(send_unlogged(&world, get(&path)).status, 200);
}

fn place_without_log(world: &World) -> Answer {
    send_unlogged(world, post_order(order_form()))
}

#[test]
fn a_callback_is_never_fenced() {
    let world = World::builder(1).without_logs().build();
    let task = "0123456789abcdef0123456789abcdef";
    let body = format!(r#"{{"data":{{"taskId":"{task}"}}}}"#).into_bytes();
    let ask = world.callback_ask("/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA", task, Some(body));
    for _ in 0..150 {
        assert_eq!(send_unlogged(&world, ask.clone()).status, 200);
    }
}

#[test]
fn an_address_is_not_kept() {
    let world = World::new();
    place(&world);
    let dump: Vec<String> = world.with_database(|database| {
        let mut rows = vec![];
        for table in ["orders", "spent_tries", "waitlist", "provider_status"] {
            let sql = format!("SELECT * FROM {table}");
            let mut statement = database.connection().prepare(&sql).unwrap();
            let columns = statement.column_count();
            let mut found = statement.query([]).unwrap();
            while let Some(row) = found.next().unwrap() {
                let text = |at| row.get_ref(at).unwrap().as_str().unwrap_or_default().to_owned();
                rows.extend((0..columns).map(text));
            }
        }
        rows
    });
    assert!(dump.iter().any(|cell| cell.contains("one-pieces") || cell.contains("full-body")));
    assert!(dump.iter().all(|cell| !cell.contains("192.0.2")), "{dump:?}");
}
