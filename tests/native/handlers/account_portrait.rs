//! The portrait: fetched once from where Google keeps it, checked, and served by us to its person.

use serde_json::{Value, json};

use crate::image_fixtures::{jpeg, jpeg_exif, png};
use crate::world::{Ask, Browser, Fault, Op, World};

fn fetched(world: &World) -> u64 {
    world.with_google(|google| google.calls.get("portrait").copied().unwrap_or(0))
}

fn stored(world: &World) -> Vec<String> {
    world.with_files(|files| {
        files.keys().filter(|key| key.starts_with("portraits/")).cloned().collect()
    })
}

fn url(world: &World, browser: &mut Browser) -> Value {
    browser.get(world, "/api/account").json()["avatar_url"].clone()
}

fn move_picture(world: &World, address: &str) {
    world.with_google(|google| google.change = json!({ "picture": address }));
}

#[test]
fn a_portrait_is_fetched_once_and_served_without_its_metadata() {
    let world = World::new();
    let exif = jpeg_exif(b"II*\0\x08\0\0\0planted");
    world.with_google(|google| google.portrait = (200, jpeg(96, 96, &[exif])));
    let mut ada = Browser::of(&world, "ada");
    let mut again = Browser::of(&world, "ada");
    assert_eq!((fetched(&world), stored(&world).len()), (1, 1));
    let address = url(&world, &mut ada).as_str().unwrap().to_owned();
    assert_eq!(url(&world, &mut again), address.as_str());
    let answer = ada.get(&world, &address);
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"));
    assert!(!answer.body.windows(7).any(|part| part == b"planted"));
    assert!(answer.header("cache-control").starts_with("private, max-age="));
    assert!(answer.header("content-security-policy").contains("sandbox"));
    let etag = answer.header("etag").to_owned();
    let known = ada.send(&world, Ask::new("GET", &address).header("if-none-match", &etag));
    assert_eq!((known.status, known.body.len()), (304, 0));
    let mut ben = Browser::of(&world, "ben");
    assert_eq!(Browser::default().get(&world, &address).status, 401);
    assert_ne!(stored(&world).len(), 1, "ben has one of his own");
    assert_eq!(ben.get(&world, &address).status, 200);
}

#[test]
fn a_new_portrait_takes_the_place_of_the_old_one() {
    let world = World::new();
    let mut ada = Browser::of(&world, "ada");
    let (old, first) = (stored(&world), url(&world, &mut ada));
    world.with_google(|google| google.portrait = (200, png(64, 64, &[], &[])));
    move_picture(&world, "https://lh3.googleusercontent.com/a/new");
    ada.sign_in(&world, "ada");
    let new = stored(&world);
    assert_eq!(new.len(), 1, "the old one is deleted");
    assert_ne!(new, old);
    assert_ne!(url(&world, &mut ada), first, "another address, so no browser shows the old one");
    let address = url(&world, &mut ada).as_str().unwrap().to_owned();
    assert_eq!(ada.get(&world, &address).header("content-type"), "image/png");
}

#[test]
fn nothing_is_fetched_from_anywhere_else() {
    let world = World::new();
    for elsewhere in [
        "https://evil.example/a.jpg",
        "https://googleusercontent.com.evil.example/a.jpg",
        "http://lh3.googleusercontent.com/a.jpg",
        "https://10.0.0.1/a.jpg",
    ] {
        let before = world.counts().of(Op::CallOutside);
        move_picture(&world, elsewhere);
        let mut browser = Browser::default();
        assert_eq!(browser.sign_in(&world, "ada").status, 303);
        // Its code was exchanged, and at first the provider's documents were fetched.
        assert!(world.counts().of(Op::CallOutside) - before <= 3, "{elsewhere}");
        assert_eq!(url(&world, &mut browser), Value::Null, "{elsewhere}");
    }
    assert_eq!((fetched(&world), stored(&world).len()), (0, 0));
    assert_eq!(world.with_google(|google| google.calls.get("elsewhere").copied()), None);
}

#[test]
fn what_is_no_portrait_is_not_stored_and_stops_no_sign_in() {
    for (status, body) in [
        (200, b"<html>".to_vec()),
        (200, vec![]),
        (200, jpeg(2_000, 10, &[])),
        (200, jpeg(1_025, 1_025, &[])),
        (200, [jpeg(96, 96, &[]), vec![0; 256 * 1024]].concat()),
        (404, vec![]),
        (302, vec![]),
        (500, b"down".to_vec()),
    ] {
        let world = World::new();
        world.with_google(|google| google.portrait = (status, body));
        let mut ada = Browser::of(&world, "ada");
        assert_eq!((url(&world, &mut ada), stored(&world).len()), (Value::Null, 0));
        assert_eq!(ada.get(&world, "/api/account/portrait").status, 404);
        // What is no picture will be none at the next sign-in; an outage passes.
        ada.sign_in(&world, "ada");
        assert_eq!(fetched(&world), if status == 200 { 1 } else { 2 });
    }
}

#[test]
fn a_fault_stops_no_sign_in_leaves_no_file_alone_and_the_next_one_heals_it() {
    let words = ["SET portrait = ", "SET portrait_source = "];
    for fault in [Fault::Before, Fault::After] {
        for (op, statement) in [
            (Op::PutFile, None),
            (Op::DeleteFiles, None),
            (Op::Database, Some(words[0])),
            (Op::Database, Some(words[1])),
        ] {
            let world = World::new();
            let mut ada = Browser::of(&world, "ada");
            move_picture(&world, "https://lh3.googleusercontent.com/a/new");
            match statement {
                Some(part) => world.script_batch(part, fault),
                None => world.script_fault(op, fault),
            }
            let address = ada.depart(&world, "");
            let (code, state) = world.with_google(|google| google.allow("ada", &address));
            let path = format!("/auth/google/callback?code={code}&state={state}");
            assert_eq!(ada.get(&world, &path).status, 303, "{op:?} {statement:?} {fault:?}");
            let known: Option<String> = world.with_database(|one| {
                let sql = "SELECT portrait ->> 'key' FROM accounts";
                one.connection().query_row(sql, [], |row| row.get(0)).unwrap()
            });
            let alone = stored(&world).into_iter().find(|key| Some(key) != known.as_ref());
            assert_eq!(alone, None, "{op:?} {statement:?} {fault:?}");
            ada.sign_in(&world, "ada");
            let address = url(&world, &mut ada).as_str().unwrap().to_owned();
            assert_eq!(ada.get(&world, &address).status, 200, "{op:?} {statement:?} {fault:?}");
            assert_eq!(stored(&world).len(), 1);
        }
    }
}
