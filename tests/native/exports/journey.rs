//! The whole way: requested, built, fetched, read by somebody else's reader, over.

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use anytryon::ports::World as _;
use rusqlite::params;
use serde_json::{Value, json};

use super::{
    account_of, ada, execute, exported, first, hold_manifests, keep_order, parts, pass_days,
    sha256, unpack,
};
use crate::site::send;
use crate::world::{Ask, Browser, Fault, Op, World};

fn request(world: &World, browser: &mut Browser) -> crate::world::Answer {
    browser.send(world, Ask::new("POST", "/api/account/exports"))
}

#[test]
fn an_export_has_every_row_and_every_picture_of_its_account() {
    let (world, mut browser) = ada(12);
    let mut other = Browser::of(&world, "eve");
    let foreign = keep_order(&world, &account_of(&world, "eve"), 99);
    let account = account_of(&world, "ada");
    let trashed = keep_order(&world, &account, 60);
    execute(
        &world,
        "UPDATE orders SET trashed_at = ?2, keep_at = ?2 WHERE id = ?1",
        params![trashed, world.now().0],
    );
    let portrait = b"a portrait";
    world.with_files(|files| files.put("portraits/1", portrait.to_vec()));
    let stored = json!({
        "key": "portraits/1", "format": "png", "bytes": portrait.len(),
        "sha256": sha256(portrait), "crc32": crc32fast::hash(portrait),
    });
    execute(
        &world,
        "UPDATE accounts SET portrait = ?2 WHERE id = ?1",
        params![account, stored.to_string()],
    );
    for at in 0..250 {
        execute(
            &world,
            "INSERT INTO consents (account, kind, given_at, version) VALUES (?1, 'terms', ?2, '1')",
            params![account, at],
        );
    }
    let email = "SELECT email FROM accounts WHERE id = ?1";
    let sql = format!(
        "INSERT INTO waitlist (email, source, joined_at, token) \
                       VALUES (({email}), 'home', 1, 'secret-token')"
    );
    execute(&world, &sql, params![account]);
    // The waitlist has an address in lower case, the account as its owner writes it.
    let typed = "UPDATE accounts SET email = upper(substr(email, 1, 1)) || substr(email, 2)";
    execute(&world, &format!("{typed} WHERE id = ?1"), params![account]);

    let export = exported(&world, &mut browser);
    let zips = parts(&world, &mut browser, &export);
    assert_eq!(zips.len(), 1);
    let files = unpack(&zips[0]);
    let manifest = hold_manifests(&files);
    assert_eq!(manifest["missing"], json!([]));
    assert_eq!(manifest["account"], account.as_str());
    let rows = |name: &str| -> Value { serde_json::from_slice(&files[name]).unwrap() };
    let orders = rows("data/orders-1.json");
    assert_eq!(orders.as_array().unwrap().len(), 13);
    assert!(orders.as_array().unwrap().iter().all(|order| order["account"] == account.as_str()));
    assert_eq!(orders[0]["options"]["look_style"], "natural", "JSON as JSON");
    let consents = rows("data/consents.json");
    assert_eq!(consents.as_array().unwrap().len(), 252, "page by page, with those of the sign-in");
    assert_eq!(rows("data/sessions.json").as_array().unwrap().len(), 1);
    assert_eq!(rows("data/waitlist.json")[0]["token"], "[redacted]");
    assert_eq!(files["pictures/portrait.png"], portrait);
    let pictures = files.keys().filter(|name| name.starts_with("pictures/")).count();
    assert_eq!(pictures, 13 * 5 + 1, "each of every order, also in the trash");
    let all: Vec<u8> = files.values().flatten().copied().collect();
    let all = String::from_utf8_lossy(&all);
    let hash: String = world.with_database(|database| {
        let sql = "SELECT token_hash FROM sessions WHERE account = ?1";
        database.connection().query_row(sql, [&account], |row| row.get(0)).unwrap()
    });
    for secret in [hash.as_str(), "callback-secret", "secret-token", &foreign] {
        assert!(!all.contains(secret), "{secret}");
    }
    let page = String::from_utf8(files["index.html"].clone()).unwrap();
    assert!(page.contains("Look 3 &#60;b&#62;") && page.contains("in the trash"), "{page}");
    for name in files.keys().filter(|name| name.starts_with("pictures/")) {
        assert!(page.contains(&format!("src=\"{name}\"")), "{name} is not shown");
    }
    assert_eq!(first(&world, &mut other), Value::Null);
}

#[test]
fn it_is_as_of_the_request() {
    let (world, mut browser) = ada(2);
    assert_eq!(request(&world, &mut browser).status, 202);
    keep_order(&world, &account_of(&world, "ada"), 50);
    world.advance_time(MINUTE_MS);
    let export = first(&world, &mut browser);
    let files = unpack(&parts(&world, &mut browser, &export)[0]);
    let manifest = hold_manifests(&files);
    let orders = manifest["tables"][0]["rows"].as_u64().unwrap();
    // The one that was placed in the millisecond of the request may be in it.
    assert!(orders == 2 || orders == 3, "{orders}");
}

#[test]
fn nobody_else_reads_or_learns_of_an_export() {
    let (world, mut browser) = ada(1);
    let export = exported(&world, &mut browser);
    let url = export["parts"][0]["url"].as_str().unwrap();
    let mut eve = Browser::of(&world, "eve");
    let answer = eve.get(&world, url);
    assert_eq!((answer.status, &answer.json()["code"]), (404, &json!("not_found")));
    let unknown = url.replace(export["id"].as_str().unwrap(), &"A".repeat(22));
    assert_eq!(eve.get(&world, &unknown).status, 404, "the same for what never was");
    for ask in [
        Ask::new("GET", url),
        Ask::new("GET", "/api/account/exports"),
        Ask::new("POST", "/api/account/exports").header("sec-fetch-site", "same-origin"),
        Ask::new("POST", "/account/exports").header("sec-fetch-site", "same-origin"),
    ] {
        assert_eq!(send(&world, ask).status, 401);
    }
    let cross = Ask::new("POST", "/api/account/exports")
        .header("sec-fetch-site", "cross-site")
        .header("cookie", &browser.cookies());
    assert_eq!(send(&world, cross).status, 403);
    let id = export["id"].as_str().unwrap();
    let bad = [format!("{id}.0.zip"), format!("{id}.2.zip"), format!("{id}.01.zip"), id.to_owned()];
    for name in bad {
        let path = format!("/api/account/exports/{name}");
        assert_eq!(browser.get(&world, &path).status, 404, "{name}");
    }
}

#[test]
fn a_part_is_an_attachment_whose_download_can_go_on_where_it_broke() {
    let (world, mut browser) = ada(3);
    let export = exported(&world, &mut browser);
    let whole = parts(&world, &mut browser, &export).remove(0);
    let url = export["parts"][0]["url"].as_str().unwrap();
    let ask = |method: &str| Ask::new(method, url).header("cookie", &browser.cookies());
    let answer = send(&world, ask("GET"));
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("cache-control"), "no-store");
    let name = "attachment; filename=\"export-2026-11-20-1-of-1.zip\"";
    assert_eq!(answer.header("content-disposition"), name);
    let etag = answer.header("etag").to_owned();
    let rest = send(&world, ask("GET").header("range", "bytes=100-").header("if-range", &etag));
    assert_eq!((rest.status, rest.body.as_slice()), (206, &whole[100..]));
    let range = format!("bytes 100-{}/{}", whole.len() - 1, whole.len());
    assert_eq!(rest.header("content-range"), range);
    let beyond = send(&world, ask("GET").header("range", "bytes=99999999-"));
    assert_eq!(beyond.status, 416);
    assert_eq!(send(&world, ask("GET").header("if-none-match", &etag)).status, 304);
    let head = send(&world, ask("HEAD"));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn one_is_made_at_a_time_and_three_a_day() {
    let (world, mut browser) = ada(1);
    world.script_fault(Op::WakeExporter, Fault::Before);
    let one = request(&world, &mut browser).json();
    let again = request(&world, &mut browser);
    assert_eq!(
        (again.status, &again.json()["id"]),
        (202, &one["id"]),
        "the one that is being made"
    );
    for _ in 0..2 {
        world.advance_time(HOUR_MS);
        world.cron().unwrap().unwrap();
        assert_ne!(request(&world, &mut browser).json()["id"], one["id"]);
    }
    world.advance_time(HOUR_MS);
    let refused = request(&world, &mut browser);
    assert_eq!((refused.status, &refused.json()["code"]), (429, &json!("rate_limited")));
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    world.advance_time(wait * 1_000 + MINUTE_MS);
    assert_eq!(request(&world, &mut browser).status, 202, "no hidden wait");
    // Another account has its own number.
    let mut eve = Browser::of(&world, "eve");
    assert_eq!(request(&world, &mut eve).status, 202);
}

#[test]
fn after_a_week_it_cannot_be_read_and_its_files_are_gone_and_after_a_month_its_row() {
    let (world, mut browser) = ada(1);
    let export = exported(&world, &mut browser);
    let url = export["parts"][0]["url"].as_str().unwrap().to_owned();
    let life = |world: &World| {
        let at = export["expires_at"].as_str().unwrap();
        chrono::DateTime::parse_from_rfc3339(at).unwrap().timestamp_millis() - world.clock().0
    };
    world.advance_time(life(&world) - 1);
    assert_eq!(browser.get(&world, &url).status, 200, "to the last millisecond");
    world.advance_time(1);
    let gone = browser.get(&world, &url);
    assert_eq!((gone.status, &gone.json()["code"]), (410, &json!("gone")));
    let told = first(&world, &mut browser);
    assert_eq!((&told["state"], &told["parts"]), (&json!("expired"), &json!([])));
    let files = |world: &World| {
        world.with_files(|files| files.keys().filter(|key| key.starts_with("exports/")).count())
    };
    assert_eq!(files(&world), 1);
    world.cron().unwrap().unwrap();
    assert_eq!(files(&world), 0);
    pass_days(&world, 24);
    assert_eq!(first(&world, &mut browser), Value::Null);
}

#[test]
fn whoever_restricted_processing_or_waits_for_deletion_can_still_export() {
    let (world, mut browser) = ada(2);
    let account = account_of(&world, "ada");
    let due = world.now().plus(3 * DAY_MS).0;
    execute(
        &world,
        "UPDATE accounts SET restricted_at = 1, objected_at = 1, deletion_due_at = ?2, \
         deletion_asked_at = 1, deletion_claim = ?3 WHERE id = ?1",
        params![account, due, "c".repeat(64)],
    );
    let export = exported(&world, &mut browser);
    let files = unpack(&parts(&world, &mut browser, &export)[0]);
    hold_manifests(&files);
    let rows: Value = serde_json::from_slice(&files["data/accounts.json"]).unwrap();
    assert_eq!(
        (&rows[0]["restricted_at"], &rows[0]["deletion_claim"]),
        (&json!(1), &json!("[redacted]"))
    );
}

#[test]
fn its_owner_is_told_once_by_mail() {
    let (world, mut browser) = ada(1);
    exported(&world, &mut browser);
    let told = || {
        world.with_database(|database| -> i64 {
            let sql = "SELECT count(*) FROM mails WHERE letter ->> '$.kind' = 'export_ready'";
            database.connection().query_row(sql, [], |row| row.get(0)).unwrap()
        })
    };
    assert_eq!(told(), 1);
}

#[test]
fn the_account_page_says_where_each_export_is_and_its_form_asks_for_one() {
    let (world, mut browser) = ada(1);
    let page = |browser: &mut Browser| browser.get(&world, "/de/account").text();
    assert!(page(&mut browser).contains("keinen Download angefordert"));
    world.script_fault(Op::WakeExporter, Fault::Before);
    let answer = browser.send(&world, Ask::new("POST", "/de/account/exports"));
    assert_eq!((answer.status, answer.header("location")), (303, "/de/account#exports"));
    assert!(page(&mut browser).contains("type=\"submit\" disabled"), "one at a time");
    world.advance_time(MINUTE_MS);
    world.cron().unwrap().unwrap();
    world.advance_time(MINUTE_MS);
    let ready = page(&mut browser);
    let export = first(&world, &mut browser);
    let link = format!("href=\"{}\"", export["parts"][0]["url"].as_str().unwrap());
    assert!(ready.contains(&link) && ready.contains("Noch 6 Tage"), "{ready}");
    world.advance_time(6 * DAY_MS);
    assert!(page(&mut browser).contains("Stunden, bis"));
    world.advance_time(DAY_MS);
    let over = page(&mut browser);
    assert!(over.contains("Abgelaufen") && !over.contains(&link), "{over}");
}
