//! The receipt: what it says, who gets it, and that anybody can verify it.

use std::fs;
use std::process::Command;

use anytryon::domain::deletion::{ClaimCode, LISTED_MAX, Schedule, Tally};
use anytryon::domain::hex::hex;
use anytryon::domain::language::Language;
use anytryon::domain::receipt::{Deleted, HISTORY_MS, PROVIDER_PICTURES_MS, public_key, sign};
use anytryon::domain::time::{DAY_MS, Millis};
use anytryon::pages::text::{SiteText, Text};
use anytryon::pages::{Frame, articles};
use jwt_simple::algorithms::{Ed25519PublicKey, EdDSAPublicKeyLike};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{ADA, DELAY_MS, arrive, ask, claim, cron, furnish, payload};
use crate::pages::samples::{costs, frame};
use crate::site::{get, send};
use crate::world::{Ask, BEGIN, World, config};

const SEED: [u8; 32] = [7; 32];

fn deleted(tally: &Tally) -> Deleted<'_> {
    Deleted {
        issuer: "https://anytryon.example",
        schedule: Schedule { asked_at: BEGIN, due_at: BEGIN.plus(3 * DAY_MS) },
        done_at: BEGIN.plus(3 * DAY_MS),
        rows: vec![("sessions", 2)],
        tally,
        salt: "5a",
        is_mailed: false,
    }
}

fn verifies(receipt: &str, key: &str) -> bool {
    let key = Ed25519PublicKey::from_pem(key).unwrap();
    key.verify_token::<Value>(receipt, None).is_ok()
}

/// A receipt as the product makes it, with the code that opens it.
fn real(world: &World) -> (String, String) {
    let mut ada = arrive(world, ADA);
    furnish(world, &ada, ADA);
    let code = ask(world, &mut ada.browser)["claim"].as_str().unwrap().to_owned();
    world.advance_time(DELAY_MS);
    cron(world, 22);
    let answer = claim(world, &code);
    assert_eq!(answer.status, 200, "{}", answer.text());
    (answer.json()["receipt"].as_str().unwrap().to_owned(), code)
}

#[test]
fn it_says_what_went_and_which_copies_live_how_long_and_names_nobody() {
    let world = World::new();
    let (receipt, _) = real(&world);
    let says = payload(&receipt);
    let rows = &says["rows_deleted"];
    let expected = json!({"accounts": 1, "sessions": 1, "consents": 3, "email_changes": 1,
                          "exports": 1, "waitlist": 1, "orders": 2});
    for (table, count) in expected.as_object().unwrap() {
        assert_eq!(&rows[table], count, "{table}: {says:#}");
    }
    assert_eq!(says["objects_deleted"]["count"], 8);
    let time =
        |name: &str| chrono::DateTime::parse_from_rfc3339(says[name].as_str().unwrap()).unwrap();
    let between = time("unreadable_from") - time("requested_at");
    assert_eq!(between.num_milliseconds(), DELAY_MS);
    assert!((20..=21).contains(&(time("done_at") - time("unreadable_from")).num_minutes()));
    let stores: Vec<&str> = says["copies_elsewhere"]
        .as_array()
        .unwrap()
        .iter()
        .map(|copy| copy["store"].as_str().unwrap())
        .collect();
    assert_eq!(
        stores,
        ["Outbox", "Cloudflare D1 Time Travel", "Cloudflare Workers Logs", "Kie AI", "Kie AI"]
    );
    assert!(says["claim"].as_str().unwrap().contains("does not prove"));
    let text = says.to_string();
    for secret in [&ADA[1..], "example.com", "exports/", "kept/", &"ab".repeat(32)] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

#[test]
fn digests_are_salted_chained_and_listed_up_to_a_number() {
    let mut tally = Tally::default();
    let mut chain = String::new();
    for number in 0..=LISTED_MAX {
        let digest = format!("{number:064x}");
        tally.add_object("5a", &digest, 10);
        let salted = hex(&Sha256::digest(format!("5a{digest}")));
        chain = hex(&Sha256::digest(format!("{chain}{salted}")));
        if number < LISTED_MAX {
            assert_eq!(tally.listed[number], salted);
        }
    }
    let says = payload(&sign(&SEED, &deleted(&tally)).unwrap());
    let objects = &says["objects_deleted"];
    assert_eq!(objects["chain"], chain);
    assert_eq!(objects["digests"].as_array().unwrap().len(), LISTED_MAX);
    assert_eq!((&objects["digests_not_listed"], &objects["bytes"]), (&json!(1), &json!(5010)));
}

#[test]
fn copies_whose_time_is_over_are_not_named() {
    let mut tally = Tally::default();
    let until =
        |tally: &Tally| payload(&sign(&SEED, &deleted(tally)).unwrap())["copies_elsewhere"].clone();
    assert_eq!(until(&tally).as_array().unwrap().len(), 2, "no order, no copy at the provider");
    assert_eq!(until(&tally)[0]["until"], BEGIN.plus(3 * DAY_MS + HISTORY_MS).rfc3339());
    tally.add_order(BEGIN.plus(-PROVIDER_PICTURES_MS + 3 * DAY_MS));
    assert_eq!(until(&tally).as_array().unwrap().len(), 3, "the logs alone");
    tally.add_order(Millis(0));
    tally.add_order(BEGIN);
    assert_eq!(until(&tally)[2]["until"], BEGIN.plus(PROVIDER_PICTURES_MS).rfc3339());
}

#[test]
fn it_verifies_and_no_changed_one_does() {
    let tally = Tally::default();
    let receipt = sign(&SEED, &deleted(&tally)).unwrap();
    assert_eq!(Some(&receipt), sign(&SEED, &deleted(&tally)).as_ref(), "the same again");
    let key = public_key(&SEED).unwrap();
    assert!(verifies(&receipt, &key));
    assert!(!verifies(&receipt, &public_key(&[8; 32]).unwrap()), "another key");
    assert_eq!(sign(&[0; 32], &deleted(&tally)), None, "no key at all");
    for at in (0..receipt.len()).step_by(7) {
        let mut bytes = receipt.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert!(!verifies(&changed, &key), "character {at}");
    }
}

/// The commands that a page tells, as a shell runs them.
fn commands(page: &str) -> String {
    let pre = page.split("<pre").find(|part| part.contains("openssl")).unwrap();
    let pre = pre.split_once('>').unwrap().1.split("</pre>").next().unwrap();
    let pre = pre.trim_start_matches("<code>").trim_end_matches("</code>");
    [("&#60;", "<"), ("&#62;", ">"), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#38;", "&")]
        .iter()
        .fold(pre.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn receipt_page(world: &World) -> String {
    send(world, get("/receipt").header("accept", "text/html")).text()
}

#[test]
fn the_security_page_tells_the_same_commands_and_where_the_key_and_the_receipt_are() {
    let world = World::new();
    let proven = commands(&receipt_page(&world));
    for language in Language::ALL {
        let frame = Frame { text: Text::of(language), site: frame().site };
        let pages = articles(frame, SiteText::of(language), &costs());
        let (_, page) = pages.into_iter().find(|(path, _)| *path == "/security").unwrap();
        let section = page.split("id=\"receipts\"").nth(1).unwrap();
        let section = section.split("</section>").next().unwrap();
        assert_eq!(commands(section).trim(), proven.trim(), "{language:?}");
        let links: Vec<_> = section.split("href=\"").skip(1).collect();
        let links: Vec<_> = links.iter().map(|link| link.split('"').next().unwrap()).collect();
        let receipt = format!("{}/receipt", language.path_prefix());
        assert_eq!(links, [receipt.as_str(), "/api/receipt-key"], "{language:?}");
        assert!(section.contains(" /api/receipt-key"), "{language:?}: the address in words");
        assert_eq!(send(&world, get(links[0]).header("accept", "text/html")).status, 200);
        let key = send(&world, get(links[1])).text();
        assert_eq!(Some(key), public_key(&config().receipt_seed), "{language:?}");
    }
}

#[test]
fn the_commands_of_the_page_verify_it_with_openssl_and_no_network() {
    let world = World::new();
    let (receipt, code) = real(&world);
    let form = format!("claim={}&file=on", code.to_uppercase().replace('-', "+"));
    let ask = Ask::new("POST", "/receipt")
        .header("accept", "text/html")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.into_bytes());
    let file = send(&world, ask);
    let named = file.header("content-disposition");
    assert_eq!((file.text(), named), (receipt, "attachment; filename=\"receipt.jws\""));
    let folder = std::env::temp_dir().join(format!("anytryon-receipt-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let key = send(&world, get("/api/receipt-key"));
    assert_eq!(key.header("content-disposition"), "attachment; filename=\"key.pem\"");
    fs::write(folder.join("key.pem"), &key.body).unwrap();
    let run = |receipt: &[u8]| {
        fs::write(folder.join("receipt.jws"), receipt).unwrap();
        let mut shell = Command::new("sh");
        let ran = shell
            .arg("-ec")
            .arg(commands(&receipt_page(&world)))
            .current_dir(&folder)
            .output()
            .unwrap();
        (ran.status.success(), String::from_utf8_lossy(&ran.stdout).into_owned())
    };
    let (verified, said) = run(&file.body);
    assert!(verified && said.contains("Signature Verified Successfully"), "{said}");
    let mut changed = file.body.clone();
    let middle = changed.len() / 2;
    changed[middle] = if changed[middle] == b'A' { b'B' } else { b'A' };
    assert!(!run(&changed).0, "a changed one does not");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_code_opens_its_receipt_for_thirty_days_however_it_is_typed() {
    let world = World::new();
    let (receipt, code) = real(&world);
    let plain = code.replace('-', "");
    for typed in [&code, &plain, &code.to_uppercase(), &format!(" {} ", code.replace('-', " "))] {
        assert_eq!(claim(&world, typed).json()["receipt"], receipt.as_str(), "{typed}");
    }
    let other = if plain.starts_with('0') { "1" } else { "0" }.to_owned() + &plain[1..];
    assert_eq!(claim(&world, &other).status, 404);
    for no_code in ["", "0", &plain[1..], &format!("{plain}0"), &"g".repeat(32), &"-".repeat(99)] {
        let refused = claim(&world, no_code);
        assert_eq!((refused.status, &refused.json()["field"]), (422, &json!("claim")), "{no_code}");
    }
    let page = |code: &str| {
        let ask = Ask::new("POST", "/receipt")
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded");
        send(&world, ask.body(format!("claim={code}").into_bytes()))
    };
    let shown = page(&code);
    assert_eq!((shown.status, shown.header("cache-control")), (200, "no-store"));
    assert!(shown.text().contains(&receipt));
    assert_eq!((page(&other).status, page("x").status), (404, 422));
    // It is made some minutes after the account's time.
    world.advance_time(30 * DAY_MS - 60 * 60_000);
    cron(&world, 1);
    assert_eq!(claim(&world, &code).status, 200);
    world.advance_time(60 * 60_000);
    assert_eq!(claim(&world, &code).status, 404);
    cron(&world, 60);
    assert_eq!(super::number(&world, "SELECT count(*) FROM receipts"), 0);
}

#[test]
fn a_code_is_read_back_as_it_was_made_and_shown_to_no_log() {
    let code = ClaimCode::from_bytes([0xA5; 16]);
    assert_eq!(code.to_string(), ["a5a5"; 8].join("-"));
    assert_eq!(ClaimCode::parse(&code.to_string()), Some(code));
    assert!(!format!("{code:?}").contains("a5"));
    assert_ne!(code.hash(), ClaimCode::from_bytes([0; 16]).hash());
}
