//! History: pages that stay true while orders come and go, filters, notes, the trash, selections,
//! and the small pictures of browsers that may be anybody's.

use std::io::{Cursor, Read};

use serde_json::{Value, json};

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::image_fixtures::{jpeg, jpeg_exif, png, riff, vp8l};
use crate::pages::html::{Tag, visible};
use crate::site::{assert_problem, hold, order_form, post_order};
use crate::world::{Answer, Ask, Browser, Fault, Form, Op, World};

/// Sends a request and holds the answer against the document.
fn send(world: &World, who: &mut Browser, ask: Ask) -> Answer {
    let (method, path) = (ask.method.clone(), ask.path.clone());
    let answer = who.send(world, ask);
    hold(&method, &path, &answer);
    answer
}

fn get(world: &World, who: &mut Browser, path: &str) -> Answer {
    send(world, who, Ask::new("GET", path))
}

fn with_json(method: &str, path: &str, body: &Value) -> Ask {
    let ask = Ask::new(method, path).header("content-type", "application/json");
    ask.body(body.to_string().into_bytes())
}

/// Delivers an order of this form; its id.
fn deliver_form(world: &World, who: &mut Browser, form: Form) -> String {
    let placed = send(world, who, post_order(form));
    assert_eq!(placed.status, 201, "{}", placed.text());
    world.advance_time(MINUTE_MS);
    placed.json()["id"].as_str().unwrap().to_owned()
}

fn deliver(world: &World, who: &mut Browser) -> String {
    deliver_form(world, who, order_form())
}

fn ids(page: &Value) -> Vec<String> {
    let orders = page["orders"].as_array().unwrap();
    orders.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// What this query finds, over all its pages.
fn found(world: &World, who: &mut Browser, query: &str) -> Vec<String> {
    let (mut all, mut cursor) = (vec![], String::new());
    loop {
        assert!(all.len() < 1_000, "pages without end");
        let page = get(world, who, &format!("/api/history?{query}&cursor={cursor}"));
        assert_eq!(page.status, 200, "{}", page.text());
        let page = page.json();
        all.extend(ids(&page));
        let Some(next) = page["next_cursor"].as_str() else { return all };
        assert_ne!(next, cursor, "a page leads to itself");
        next.clone_into(&mut cursor);
    }
}

fn note(world: &World, who: &mut Browser, id: &str, note: &Value) -> Answer {
    send(world, who, with_json("PATCH", &format!("/api/orders/{id}"), note))
}

fn chosen(world: &World, who: &mut Browser, verb: &str, ids: &[&str]) -> Answer {
    send(world, who, with_json("POST", &format!("/api/history/{verb}"), &json!({ "ids": ids })))
}

fn put_preview(world: &World, who: &mut Browser, id: &str, bytes: Vec<u8>) -> Answer {
    send(world, who, Ask::new("PUT", &format!("/api/orders/{id}/preview")).body(bytes))
}

fn webp(width: u32, height: u32) -> Vec<u8> {
    riff(&[vp8l(width, height)])
}

/// Copies an order so many times, each a millisecond after the other; the newest is the last.
fn multiply(world: &World, id: &str, count: i64) {
    let sql = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?2) \
               INSERT INTO orders (id, version, state, visitor, options, prompt_version, model, \
               images, metadata_removed, result_key, callback_token, tasks, parked, created_at, \
               completed_at, account, kept) SELECT printf('%040d', n), version, state, visitor, \
               options, prompt_version, model, images, metadata_removed, result_key, \
               callback_token, tasks, parked, created_at, completed_at, account, 1 \
               FROM orders, n WHERE id = ?1";
    world.with_database(|one| one.connection().execute(sql, (id, count)).unwrap());
}

fn kept_files(world: &World) -> Vec<String> {
    world.with_files(|files| files.list("kept/", ""))
}

#[test]
fn pages_follow_each_other_whatever_comes_and_goes() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let mut all: Vec<String> = (0..5).map(|_| deliver(&world, &mut ada)).collect();
    all.reverse();
    let first = get(&world, &mut ada, "/api/history?limit=2").json();
    assert_eq!(ids(&first), all[..2]);
    let cursor = first["next_cursor"].as_str().unwrap();
    deliver(&world, &mut ada);
    chosen(&world, &mut ada, "deletion", &[&all[0], &all[2]]);
    let next = get(&world, &mut ada, &format!("/api/history?limit=2&cursor={cursor}")).json();
    assert_eq!((ids(&next), &next["next_cursor"]), (all[3..].to_vec(), &Value::Null));
    assert_eq!(found(&world, &mut ada, "limit=1").len(), 4);
    assert_eq!(found(&world, &mut ada, "trashed=true&limit=1"), [&*all[0], &*all[2]]);
}

#[test]
fn each_account_has_its_own_and_nobody_has_none() {
    let world = World::new();
    let (mut ada, mut ben) = (Browser::of(&world, "ada"), Browser::of(&world, "ben"));
    let id = deliver(&world, &mut ada);
    assert_eq!(found(&world, &mut ada, ""), [&*id]);
    assert_eq!(found(&world, &mut ben, ""), Vec::<String>::new());
    let own = format!("/api/orders/{id}");
    for who in [&mut ben, &mut Browser::default()] {
        let (status, code) = if who.cookie("__Host-session").is_some() {
            (404, "not_found")
        } else {
            (401, "sign_in_required")
        };
        assert_problem(&note(&world, who, &id, &json!({})), status, code, None);
        assert_problem(&put_preview(&world, who, &id, webp(32, 32)), status, code, None);
        let restored = send(&world, who, Ask::new("POST", &format!("{own}/restoration")));
        assert_problem(&restored, status, code, None);
    }
    assert_eq!(chosen(&world, &mut ben, "deletion", &[&id]).json(), json!({ "changed": 0 }));
    let nothing = chosen(&world, &mut ben, "download", &[&id]);
    assert_problem(&nothing, 422, "input_invalid", Some("ids"));
    chosen(&world, &mut ada, "deletion", &[&id]);
    assert_eq!(chosen(&world, &mut ben, "restoration", &[&id]).json()["changed"], 0);
    let emptied = send(&world, &mut ben, Ask::new("DELETE", "/api/history/trash"));
    assert_eq!(emptied.json(), json!({ "deleted": 0, "remaining": 0 }));
    assert_eq!(found(&world, &mut ada, "trashed=true"), [&*id]);
    assert_eq!(kept_files(&world).len(), 2, "all is there still");
}

#[test]
fn every_filter_leaves_what_it_says() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let styled = |style: &str| order_form().text("look_style", style);
    let street = deliver_form(&world, &mut ada, styled("street"));
    world.advance_time(DAY_MS);
    let told = styled("evening").text("instructions", "Ärmel hochgekrempelt");
    let evening = deliver_form(&world, &mut ada, told);
    note(&world, &mut ada, &street, &json!({ "label": "For ÅSA 2", "rating": 4 }));
    note(&world, &mut ada, &evening, &json!({ "starred": true }));
    let mut finds = |query: &str, wanted: &[&String]| {
        let found = found(&world, &mut ada, query);
        assert_eq!(found.iter().collect::<Vec<_>>(), wanted, "{query}");
    };
    finds("style=street", &[&street]);
    finds("style=studio", &[]);
    finds("rating=4", &[&street]);
    finds("rating=5", &[]);
    finds("starred=on", &[&evening]);
    finds("starred=false&q=&from=", &[&evening, &street]);
    finds("q=%C3%A5sa", &[&street]);
    finds("q=2%20for", &[&street]);
    finds("q=%C3%84RMEL", &[&evening]);
    finds("q=evening", &[&evening]);
    finds("q=evening%20street", &[]);
    let day = |ms: i64| world.clock().plus(ms).rfc3339()[..10].to_owned();
    finds(&format!("to={}", day(-DAY_MS)), &[&street]);
    finds(&format!("from={}", day(0)), &[&evening]);
    finds(&format!("from={}&to={}", day(-DAY_MS), day(0)), &[&evening, &street]);
    finds(&format!("from={}", day(DAY_MS)), &[]);
    finds("style=street&rating=4&q=for", &[&street]);
}

#[test]
fn a_search_understands_the_choices_in_the_language_of_who_asks() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver_form(&world, &mut ada, order_form().text("look_style", "evening"));
    send(&world, &mut ada, with_json("PATCH", "/api/account", &json!({ "language": "de" })));
    assert_eq!(found(&world, &mut ada, "q=abend"), [id]);
}

#[test]
fn what_is_no_query_is_refused_by_its_field() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let (long, padded) = ("x".repeat(81), format!("x{}", "%20".repeat(80)));
    let bad = [
        ("q", &*padded),
        ("limit", "%20"),
        ("rating", "%205"),
        ("cursor", "x"),
        ("limit", "0"),
        ("limit", "101"),
        ("q", &long),
        ("trashed", "maybe"),
        ("style", "Street"),
        ("rating", "6"),
        ("rating", "0"),
        ("starred", "1"),
        ("from", "2026-02-30"),
        ("from", "2026-2-3"),
        ("to", "+262142-12-31"),
    ];
    for (field, value) in bad {
        let path = format!("/api/history?{field}={}", value.replace('+', "%2B"));
        let answer = get(&world, &mut ada, &path);
        assert_problem(&answer, 422, "input_invalid", Some(field));
    }
}

#[test]
fn notes_are_taken_kept_and_taken_away() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    let full = json!({ "label": "  My\n\u{202E} coat ", "starred": true, "rating": 5 });
    let noted = note(&world, &mut ada, &id, &full).json();
    assert_eq!([&noted["label"], &noted["rating"]], [&json!("My coat"), &json!(5)]);
    let noted = note(&world, &mut ada, &id, &json!({ "starred": false })).json();
    assert_eq!((&noted["label"], &noted["starred"]), (&json!("My coat"), &json!(false)));
    let noted = note(&world, &mut ada, &id, &json!({ "rating": 4.0 })).json();
    assert_eq!(noted["rating"], 4, "in JSON the same number");
    let noted = note(&world, &mut ada, &id, &json!({ "label": null, "rating": null })).json();
    assert_eq!((&noted["label"], &noted["rating"]), (&Value::Null, &Value::Null));
    let fits = "ü".repeat(80);
    assert_eq!(note(&world, &mut ada, &id, &json!({ "label": fits })).json()["label"], fits);
    let bad = [
        (json!({ "label": "x".repeat(81) }), Some("label")),
        (json!({ "label": format!("{} ", "x".repeat(80)) }), Some("label")),
        (json!({ "label": 3 }), Some("label")),
        (json!({ "starred": "true" }), Some("starred")),
        (json!({ "rating": 0 }), Some("rating")),
        (json!({ "rating": 6 }), Some("rating")),
        (json!({ "rating": 2.5 }), Some("rating")),
        (json!({ "rating": "3" }), Some("rating")),
        (json!({ "color": "red" }), None),
        (json!([]), None),
    ];
    for (body, field) in bad {
        let answer = note(&world, &mut ada, &id, &body);
        assert_problem(&answer, 422, "input_invalid", field);
    }
    assert_eq!(get(&world, &mut ada, "/api/history").json()["orders"][0]["label"], fits);
    // What is deleted takes none, and loses none.
    assert_eq!(chosen(&world, &mut ada, "deletion", &[&id]).json()["changed"], 1);
    let read = get(&world, &mut ada, &format!("/api/orders/{id}"));
    let answer = note(&world, &mut ada, &id, &json!({ "label": null }));
    assert_eq!((answer.status, &answer.json()["code"]), (read.status, &read.json()["code"]));
    assert_eq!(answer.status, 410);
    assert_eq!(chosen(&world, &mut ada, "restoration", &[&id]).json()["changed"], 1);
    assert_eq!(get(&world, &mut ada, "/api/history").json()["orders"][0]["label"], fits);
}

#[test]
fn the_trash_shows_its_days_gives_back_and_is_emptied() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let (old, new) = (deliver(&world, &mut ada), deliver(&world, &mut ada));
    put_preview(&world, &mut ada, &old, webp(32, 40));
    let shown = get(&world, &mut ada, "/api/history").json();
    let picture = shown["orders"][1]["preview"]["url"].as_str().unwrap().to_owned();
    assert_eq!(ada.get(&world, &picture).status, 200);
    assert_eq!(chosen(&world, &mut ada, "deletion", &[&old, &new]).json()["changed"], 2);
    assert_eq!(chosen(&world, &mut ada, "deletion", &[&old, &new]).json()["changed"], 0);
    assert_eq!(ada.get(&world, &picture).status, 410);
    let trash = get(&world, &mut ada, "/api/history?trashed=true").json();
    let small = trash["orders"][1]["preview"]["url"].as_str().unwrap().to_owned();
    assert_eq!(small, format!("/api/orders/{old}/preview"));
    assert_eq!(ada.get(&world, &small).headers["content-type"], "image/webp");
    assert_eq!(Browser::of(&world, "ben").get(&world, &small).status, 404);
    assert_eq!(get(&world, &mut ada, &format!("/api/orders/{new}/preview")).status, 404);
    world.advance_time(4 * DAY_MS + HOUR_MS);
    let trash = get(&world, &mut ada, "/api/history?trashed=true").json();
    let one = &trash["orders"][0];
    assert_eq!((&one["days_left"], &one["output"]), (&json!(25), &Value::Null));
    let restored =
        send(&world, &mut ada, Ask::new("POST", &format!("/api/orders/{new}/restoration")));
    assert_eq!((restored.status, &restored.json()["id"]), (200, &json!(new)));
    assert_eq!(kept_files(&world).len(), 5);
    let emptied = send(&world, &mut ada, Ask::new("DELETE", "/api/history/trash"));
    assert_eq!(emptied.json(), json!({ "deleted": 1, "remaining": 0 }));
    assert_eq!(kept_files(&world).len(), 2, "inputs, result and preview of the other are gone");
    assert_eq!(get(&world, &mut ada, &format!("/api/orders/{old}")).status, 410);
    assert_eq!(ada.get(&world, &small).status, 410);
    assert_eq!(found(&world, &mut ada, ""), [new]);
}

#[test]
fn a_large_trash_is_emptied_by_hundreds() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    multiply(&world, &id, 150);
    let sql = "UPDATE orders SET trashed_at = 1, keep_at = 9000000000000 WHERE id <> ?1";
    world.with_database(|one| one.connection().execute(sql, [&id]).unwrap());
    let mut empty = || send(&world, &mut ada, Ask::new("DELETE", "/api/history/trash")).json();
    assert_eq!(empty(), json!({ "deleted": 100, "remaining": 50 }));
    assert_eq!(empty(), json!({ "deleted": 50, "remaining": 0 }));
    assert_eq!(empty(), json!({ "deleted": 0, "remaining": 0 }));
}

#[test]
fn an_emptied_trash_whose_files_could_not_be_deleted_is_unreadable_and_goes_with_the_sweep() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    chosen(&world, &mut ada, "deletion", &[&id]);
    world.script_fault(Op::DeleteFiles, Fault::Before);
    world.script_fault(Op::DeleteFiles, Fault::Before);
    assert_eq!(send(&world, &mut ada, Ask::new("DELETE", "/api/history/trash")).status, 503);
    assert_eq!(found(&world, &mut ada, "trashed=true").len(), 0);
    world.advance_time(MINUTE_MS);
    world.cron().unwrap().unwrap();
    assert_eq!(kept_files(&world).len(), 0);
}

#[test]
fn a_selection_is_one_to_a_hundred_ids() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let many: Vec<String> = (0..101).map(|n| format!("{n:040}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for verb in ["deletion", "restoration", "download"] {
        for ids in [&[][..], &["x"], &many] {
            let answer = chosen(&world, &mut ada, verb, ids);
            assert_problem(&answer, 422, "input_invalid", Some("ids"));
        }
    }
    assert_eq!(chosen(&world, &mut ada, "deletion", &many[1..]).json()["changed"], 0);
}

#[test]
fn the_pictures_of_a_selection_come_as_a_zip_under_their_labels() {
    let world = World::new();
    let (mut ada, mut ben) = (Browser::of(&world, "ada"), Browser::of(&world, "ben"));
    let labelled = deliver(&world, &mut ada);
    note(&world, &mut ada, &labelled, &json!({ "label": "Coat / blue" }));
    let plain = deliver_form(&world, &mut ada, order_form().text("category", "tops"));
    let theirs = deliver(&world, &mut ben);
    let canceled = send(&world, &mut ada, post_order(order_form())).json();
    let canceled = canceled["id"].as_str().unwrap();
    send(&world, &mut ada, Ask::new("POST", &format!("/api/orders/{canceled}/cancellation")));
    let body = format!("ids={labelled}&ids={plain}&ids={theirs}&ids={canceled}&ids={labelled}");
    let ask = Ask::new("POST", "/api/history/download")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .body(body.into_bytes());
    let answer = send(&world, &mut ada, ask);
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/zip"));
    let day = world.clock().rfc3339()[..10].to_owned();
    let name = format!("attachment; filename=\"history-{day}.zip\"");
    assert_eq!(answer.header("content-disposition"), name);
    let shown = get(&world, &mut ada, &format!("/api/orders/{labelled}")).json();
    let output = ada.get(&world, shown["images"][2]["url"].as_str().unwrap()).body;
    let mut zip = zip::ZipArchive::new(Cursor::new(answer.body)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let wanted = [format!("{day} tops natural.jpg"), format!("{day} Coat - blue.jpg")];
    assert_eq!(names, wanted);
    let mut bytes = vec![];
    zip.by_name(&wanted[1]).unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, output);
}

#[test]
fn a_preview_is_stored_without_its_metadata_and_replaced() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    let planted = jpeg(320, 240, &[jpeg_exif(b"II*\0\x08\0\0\0planted")]);
    assert_eq!(put_preview(&world, &mut ada, &id, planted).status, 204);
    let order = get(&world, &mut ada, "/api/history").json()["orders"][0].clone();
    let preview = &order["preview"];
    assert_eq!([&preview["width"], &preview["height"]], [&json!(320), &json!(240)]);
    let picture = ada.get(&world, preview["url"].as_str().unwrap());
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"));
    assert!(!picture.body.windows(7).any(|part| part == b"planted"));
    assert_eq!(put_preview(&world, &mut ada, &id, webp(100, 100)).status, 204);
    assert_eq!(kept_files(&world).len(), 3, "the one before is gone");
    let order = get(&world, &mut ada, "/api/history").json()["orders"][0].clone();
    assert_eq!(order["preview"]["content_type"], "image/webp");
}

/// What each language says of an order that an account keeps: below its heads, of its deletion.
const KEPT: [(&str, &str, &str); 4] = [
    ("", "until you delete it. Only you can see it", "bring it back for 29 days"),
    ("/de", "bis du ihn löschst. Nur du kannst ihn sehen", "29 Tage lang zurückholen"),
    ("/es", "hasta que lo borres. Solo tú puedes verlo", "recuperarlo durante 29 días"),
    ("/zh", "直到你删除它。只有你登录后才能看到", "29 天内可以恢复"),
];
/// What they say of one that belongs to whoever has its link.
const SHARED: [(&str, &str, &str); 4] = [
    ("", "Whoever has it can see", "deleted at once"),
    ("/de", "Wer ihn hat, kann diesen Auftrag sehen", "sofort gelöscht"),
    ("/es", "Quien lo tenga puede ver", "se borran al instante"),
    ("/zh", "拿到链接的人都能查看", "会立即删除"),
];

/// What is not hidden of the page of this order, and its element.
fn order_page(world: &World, who: &mut Browser, prefix: &str, id: &str) -> (String, Tag) {
    let page = page(world, who, &format!("{prefix}/orders/{id}"));
    let seen = visible(&page);
    let words: Vec<&str> = seen.iter().map(|tag| tag.text.as_str()).collect();
    let element = seen.iter().find(|tag| tag.name == "order-status").unwrap();
    (words.join(" "), element.clone())
}

#[test]
fn the_page_of_an_order_says_what_happens_to_it_and_who_sees_it() {
    let world = World::new();
    let (mut ada, mut anybody) = (Browser::of(&world, "ada"), Browser::default());
    let orders = [deliver(&world, &mut ada), deliver(&world, &mut anybody)];
    for ((prefix, kept, trash), (_, shared, gone)) in KEPT.into_iter().zip(SHARED) {
        let (own, _) = order_page(&world, &mut ada, prefix, &orders[0]);
        assert!(own.contains(kept) && own.contains(trash), "{own}");
        assert!(!own.contains(shared) && !own.contains(gone), "{own}");
        let (theirs, _) = order_page(&world, &mut anybody, prefix, &orders[1]);
        assert!(theirs.contains(shared) && theirs.contains(gone), "{theirs}");
        assert!(!theirs.contains(kept) && !theirs.contains(trash), "{theirs}");
    }
}

#[test]
fn the_page_of_an_order_asks_for_the_preview_that_an_account_does_not_have_yet() {
    let world = World::new();
    let (mut ada, mut anybody) = (Browser::of(&world, "ada"), Browser::default());
    let [own, shared] = [deliver(&world, &mut ada), deliver(&world, &mut anybody)];
    let wanted = |who: &mut Browser, id: &str| {
        order_page(&world, who, "", id).1.get("data-preview").map(str::to_owned)
    };
    assert_eq!(wanted(&mut ada, &own).as_deref(), Some("wanted"));
    assert_eq!(wanted(&mut anybody, &shared), None);
    assert_eq!(put_preview(&world, &mut ada, &own, webp(100, 100)).status, 204);
    assert_eq!(wanted(&mut ada, &own), None);
}

#[test]
fn the_form_that_deletes_an_order_leads_to_the_trash_of_its_account() {
    let world = World::new();
    let (mut ada, mut anybody) = (Browser::of(&world, "ada"), Browser::default());
    let [own, shared] = [deliver(&world, &mut ada), deliver(&world, &mut anybody)];
    let trash = form(&world, &mut ada, &format!("/de/orders/{own}/deletion"), "");
    assert_eq!(trash, "/de/history?trashed=on&done=on");
    assert!(page(&world, &mut ada, &trash).contains(&own));
    let gone = format!("/orders/{shared}");
    assert_eq!(form(&world, &mut anybody, &format!("{gone}/deletion"), ""), gone);
}

#[test]
fn what_is_no_small_picture_is_no_preview() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    let mut polyglot = webp(64, 64);
    polyglot.extend(b"<script>planted</script>PK\x03\x04");
    let padded = jpeg(64, 64, &[vec![0xFF, 0xFE, 0xFF, 0xFF]]);
    let bad: [(Vec<u8>, u16, &str, Option<&str>); 8] = [
        (vec![0; 40 * 1024 + 1], 413, "body_too_large", None),
        (b"GIF89a\x40\0\x40\0".to_vec(), 415, "image_format_unsupported", Some("preview")),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            415,
            "image_format_unsupported",
            Some("preview"),
        ),
        (png(64, 64, &[], &[]), 415, "image_format_unsupported", Some("preview")),
        (webp(321, 64), 413, "image_too_large", Some("preview")),
        (webp(8, 64), 422, "image_too_small", Some("preview")),
        (padded, 422, "image_unreadable", Some("preview")),
        (vec![], 422, "image_unreadable", Some("preview")),
    ];
    for (bytes, status, code, field) in bad {
        assert_problem(&put_preview(&world, &mut ada, &id, bytes), status, code, field);
    }
    let answer = put_preview(&world, &mut ada, &id, polyglot);
    if answer.status == 204 {
        let holds = |key: &String| {
            let bytes = world.with_files(|files| files.get(key).unwrap().to_vec());
            bytes.windows(7).any(|part| part == b"planted")
        };
        assert!(!kept_files(&world).iter().any(holds), "what hangs on is cut off");
    }
    let waiting = send(&world, &mut ada, post_order(order_form())).json();
    let early = put_preview(&world, &mut ada, waiting["id"].as_str().unwrap(), webp(64, 64));
    assert_problem(&early, 409, "order_final", None);
    chosen(&world, &mut ada, "deletion", &[&id]);
    assert_problem(&put_preview(&world, &mut ada, &id, webp(64, 64)), 410, "gone", None);
}

#[test]
fn a_preview_that_could_not_be_stored_is_made_once_more() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    world.script_fault(Op::PutFile, Fault::Before);
    assert_eq!(put_preview(&world, &mut ada, &id, webp(64, 64)).status, 503);
    let order = get(&world, &mut ada, "/api/history").json()["orders"][0].clone();
    assert_eq!(ada.get(&world, order["preview"]["url"].as_str().unwrap()).status, 410);
    assert_eq!(put_preview(&world, &mut ada, &id, webp(64, 64)).status, 204);
    assert_eq!(kept_files(&world).len(), 3);
}

/// Steps that the first page takes in the database: they grow with the rows that are read.
fn steps(world: &World, account: &str) -> i32 {
    use rusqlite::StatementStatus;
    let id = anytryon::domain::id::AccountId::parse(account).unwrap();
    let query = anytryon::domain::history::Query::default();
    let list = anytryon::store::history::list(id, &query.id_range(), 28);
    world.with_database(|one| {
        let mut prepared = one.connection().prepare(list.sql).unwrap();
        let (from, before) = query.id_range();
        let rows = prepared.query_map((account, from, before, 28), |_| Ok(())).unwrap();
        assert_eq!(rows.count(), 28);
        prepared.get_status(StatementStatus::VmStep)
    })
}

#[test]
fn the_first_page_of_100000_orders_reads_no_more_than_that_of_50() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    let sql = "SELECT account FROM orders";
    let account: String =
        world.with_database(|one| one.connection().query_row(sql, [], |row| row.get(0)).unwrap());
    multiply(&world, &id, 50);
    let few = steps(&world, &account);
    let sql = "DELETE FROM orders WHERE id LIKE '000%'";
    world.with_database(|one| one.connection().execute(sql, []).unwrap());
    multiply(&world, &id, 100_000);
    assert_eq!(steps(&world, &account), few);
    let mut read = || {
        let before = world.counts();
        assert_eq!(ids(&get(&world, &mut ada, "/api/history").json()).len(), 24);
        let counts = world.counts().since(&before);
        assert_eq!(counts.of(Op::Database), 2, "the session and one reading");
        assert!(counts.rows_returned <= 29, "{counts:?}");
    };
    read();
    // The newest of them are in the trash.
    let sql = "UPDATE orders SET trashed_at = 1, keep_at = 9000000000000 \
               WHERE id > printf('%040d', 99400)";
    let trashed = world.with_database(|one| one.connection().execute(sql, []).unwrap());
    assert_eq!(trashed, 600);
    assert_eq!(steps(&world, &account), few);
    read();
}

#[test]
fn a_search_reads_a_bounded_number_of_rows_and_goes_on() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    note(&world, &mut ada, &id, &json!({ "label": "needle" }));
    multiply(&world, &id, 1_500);
    let page = get(&world, &mut ada, "/api/history?q=needle").json();
    assert_eq!(ids(&page).len(), 0);
    assert!(page["next_cursor"].is_string(), "there is more to look through");
    assert_eq!(anytryon::app::history::ROWS_MAX, 628);
    assert_eq!(found(&world, &mut ada, "q=needle"), [id]);
}

fn page(world: &World, who: &mut Browser, path: &str) -> String {
    let answer = send(world, who, Ask::new("GET", path).header("accept", "text/html"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.text()
}

fn form(world: &World, who: &mut Browser, path: &str, body: &str) -> String {
    let ask = Ask::new("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "text/html")
        .body(body.as_bytes().to_vec());
    let answer = send(world, who, ask);
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").to_owned()
}

#[test]
fn the_page_works_by_links_and_forms_alone() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    assert!(page(&world, &mut ada, "/history").contains("Nothing here yet"));
    let id = deliver(&world, &mut ada);
    let noted = form(
        &world,
        &mut ada,
        &format!("/history/orders/{id}"),
        "label=%3Cb%3ECoat&rating=4&back=style%3Dnatural",
    );
    assert_eq!(noted, "/history?style=natural&done=on");
    let shown = page(&world, &mut ada, &noted);
    assert!(shown.contains("&#60;b&#62;Coat") && shown.contains("Done."), "{shown}");
    assert!(shown.contains("loading=\"lazy\"") && shown.contains(&format!("value=\"{id}\"")));
    let path = form(&world, &mut ada, "/history/deletion", &format!("ids={id}&back="));
    assert_eq!(path, "/history?done=on");
    assert!(!page(&world, &mut ada, "/history").contains(&id));
    let trash = page(&world, &mut ada, "/de/history?trashed=on");
    assert!(trash.contains(&id) && trash.contains("Noch 29 Tage"), "{trash}");
    let bad = format!("ids={id}&back=%0d%0aSet-Cookie:x");
    assert_eq!(form(&world, &mut ada, "/zh/history/restoration", &bad), "/zh/history?done=on");
    form(&world, &mut ada, "/history/deletion", &format!("ids={id}"));
    form(&world, &mut ada, "/history/trash", "");
    assert_eq!(kept_files(&world).len(), 0);
    assert!(page(&world, &mut ada, "/history?trashed=on").contains("The trash is empty"));
}

#[test]
fn the_page_leads_on_with_what_was_asked_for() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let id = deliver(&world, &mut ada);
    multiply(&world, &id, 30);
    let first = page(&world, &mut ada, "/history?style=natural");
    let more = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let more = more.replace("&#38;", "&");
    assert!(more.starts_with("/history?style=natural&cursor="), "{more}");
    assert_eq!(first.matches("<li class=\"entry\"").count(), 24);
    assert_eq!(page(&world, &mut ada, &more).matches("<li class=\"entry\"").count(), 7);
}
