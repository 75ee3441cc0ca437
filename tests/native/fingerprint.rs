//! One request, one fingerprint; any other request, another one.

use std::collections::HashSet;

use anytryon::domain::fingerprint::{IDEMPOTENCY_KEY_LENGTH_MAX, IdempotencyKey, fingerprint};
use anytryon::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, LookStyle, Options, OutputFormat, Resolution,
};
use anytryon::domain::order::Role;
use anytryon::domain::refusal::Code;

use crate::choices::plain;

fn files() -> Vec<(Role, [u8; 32])> {
    vec![(Role::Person, [1; 32]), (Role::Garment, [2; 32]), (Role::Garment, [3; 32])]
}

#[test]
fn the_same_request_has_the_same_fingerprint_for_ever() {
    let print = fingerprint(&plain(), true, &files());
    assert_eq!(print, fingerprint(&plain(), true, &files()));
    // Stored rows are compared with it across versions of the program. The value was computed with
    // another implementation from the description: each part with an 8-byte big-endian length.
    let hex = print.map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(hex, "aa3534e3c44ab70edd1fa644e3e50bf6994b6748a06cef7725801111abafcb45");
}

#[test]
fn every_difference_shows() {
    let mut all: Vec<Options> = Vec::new();
    let base = plain();
    let mut add = |options: Options| all.push(options);
    add(base.clone());
    for value in &Category::ALL[1..] {
        add(Options { category: *value, ..base.clone() });
    }
    for value in &GarmentPhotoType::ALL[1..] {
        add(Options { garment_photo_type: *value, ..base.clone() });
    }
    for value in &LookStyle::ALL[1..] {
        add(Options { look_style: *value, ..base.clone() });
    }
    for value in &Focus::ALL[1..] {
        add(Options { focus: *value, ..base.clone() });
    }
    for value in &Resolution::ALL[1..] {
        add(Options { resolution: *value, ..base.clone() });
    }
    for value in &AspectRatio::ALL[1..] {
        add(Options { aspect_ratio: *value, ..base.clone() });
    }
    add(Options { output_format: OutputFormat::Png, ..base.clone() });
    for text in ["", " ", "red", "consent", "no consent", "without instructions"] {
        add(Options { instructions: Some(text.to_owned()), ..base.clone() });
    }
    let digest = |n| [n; 32];
    let lists = [
        vec![],
        files(),
        files()[..2].to_vec(),
        vec![(Role::Person, digest(1)), (Role::Garment, digest(3)), (Role::Garment, digest(2))],
        vec![(Role::Garment, digest(1)), (Role::Person, digest(2)), (Role::Garment, digest(3))],
        vec![(Role::Person, digest(1)), (Role::Garment, digest(2)), (Role::Garment, digest(2))],
    ];
    let mut seen = HashSet::new();
    for options in &all {
        for consent in [true, false] {
            for files in &lists {
                assert!(seen.insert(fingerprint(options, consent, files)), "{options:?}");
            }
        }
    }
    assert_eq!(seen.len(), all.len() * 2 * lists.len());
}

#[test]
fn instructions_cannot_play_a_later_part() {
    // What follows the instructions, spelled inside them with its length prefix.
    let mut text = String::new();
    text.push_str("x\0\0\0\0\0\0\0\u{7}consent\0\0\0\0\0\0\0\u{6}person");
    let sly = Options { instructions: Some(text), ..plain() };
    let plain = Options { instructions: Some("x".to_owned()), ..plain() };
    let files = [(Role::Person, [1; 32])];
    assert_ne!(fingerprint(&sly, true, &files), fingerprint(&plain, true, &files));
    assert_ne!(fingerprint(&sly, true, &[]), fingerprint(&plain, true, &files));
}

#[test]
fn an_idempotency_key_is_visible_ascii_of_1_to_255() {
    let longest = "k".repeat(IDEMPOTENCY_KEY_LENGTH_MAX);
    let all: String = (0x21..=0x7e).map(char::from).collect();
    for good in ["a", "8e03978e-40d5-43dd-bc93-6894a57f9324", "\"quoted\"", &longest, &all] {
        assert_eq!(IdempotencyKey::parse(good.as_bytes()).unwrap().as_str(), good);
    }
    let too_long = longest.clone() + "k";
    let bad: [&[u8]; 9] =
        [b"", b" ", b"a b", b"a\t", b"a\n", b"\x7f", "é".as_bytes(), b"\xff", too_long.as_bytes()];
    for value in bad {
        let refusal = IdempotencyKey::parse(value).unwrap_err();
        assert_eq!((refusal.code, refusal.field), (Code::InputInvalid, Some("Idempotency-Key")));
    }
    let key = IdempotencyKey::parse(b"jane@example.com").unwrap();
    assert!(!format!("{key:?}").contains("jane"));
}
