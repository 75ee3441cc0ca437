//! The parts of a large account, computed: nothing of it is stored anywhere.

use std::collections::BTreeSet;

use anytryon::domain::export::{
    Builder, Earlier, Header, Item, Missing, PART_BYTES_MAX, Picture, TableRows,
};
use anytryon::domain::language::Language;
use anytryon::domain::zip::Segment;
use anytryon::pages::export_index;
use serde_json::Value;

use crate::world::BEGIN;

const GB: u64 = 1_000_000_000;

fn header() -> Header {
    Header {
        origin: "https://anytryon.example".to_owned(),
        account: "account".to_owned(),
        export: "export".to_owned(),
        site: "AnyTryOn".to_owned(),
        person: "Ada".to_owned(),
        language: Language::De,
        requested_at: BEGIN,
        made_at: BEGIN,
    }
}

fn picture(id: &str, role: &str, bytes: u64) -> Picture {
    Picture {
        name: format!("pictures/2026-11-20-{id}/{role}.jpg"),
        role: role.to_owned(),
        key: format!("kept/1/{id}-{role}"),
        offset: 0,
        bytes,
        sha256: "0".repeat(64),
        crc32: 1,
        modified: BEGIN,
    }
}

fn item(number: usize, sizes: &[u64], row_bytes: usize) -> Item {
    let id = format!("{number:040}");
    let roles = ["person", "garment-1", "output", "preview"];
    Item {
        row: format!("{{\"id\":\"{id}\",\"x\":\"{}\"}}", "y".repeat(row_bytes)),
        pictures: sizes.iter().zip(roles).map(|(size, role)| picture(&id, role, *size)).collect(),
        id,
        missing: vec![],
        created_at: BEGIN,
        label: None,
        trashed: false,
    }
}

struct Part {
    bytes: u64,
    at_hand: u64,
    pictures: u64,
    names: Vec<String>,
    manifest: Value,
}

/// Every part of an account with these orders, as the Exporter makes one after the other.
fn parts_of(items: Vec<Item>) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    let mut earlier: Vec<Earlier> = vec![];
    let mut builder = Builder::new(1);
    for item in items {
        if !builder.add(item.clone()) {
            let (part, said) = made(&builder, &earlier);
            parts.push(part);
            earlier.push(said);
            builder = Builder::new(parts.len() + 1);
            assert!(builder.add(item));
        }
    }
    let rows = vec![TableRows { name: "sessions".to_owned(), rows: vec!["{}".to_owned()] }];
    builder.close(rows, vec![picture("account", "portrait", 9)], vec![]);
    parts.push(made(&builder, &earlier).0);
    parts
}

fn made(builder: &Builder, earlier: &[Earlier]) -> (Part, Earlier) {
    let page = export_index(&builder.index(&header(), earlier));
    let made = builder.finish(&header(), page, earlier, &[]);
    let (mut at_hand, mut pictures, mut whole) = (0, 0, vec![]);
    for segment in &made.zip.segments {
        match segment {
            Segment::Bytes(bytes) => {
                at_hand += bytes.len() as u64;
                whole.extend_from_slice(bytes);
            }
            Segment::File { length, .. } => pictures += length,
        }
    }
    let text = String::from_utf8_lossy(&whole);
    let begin = text.find("{\n  \"schema_version\"").unwrap();
    let mut reader = serde_json::Deserializer::from_str(&text[begin..]).into_iter::<Value>();
    let manifest = reader.next().unwrap().unwrap();
    let files = manifest["files"].as_array().unwrap();
    let names = files.iter().map(|file| file["name"].as_str().unwrap().to_owned()).collect();
    let part = Part { bytes: made.zip.length, at_hand, pictures, names, manifest };
    (part, made.earlier)
}

#[test]
fn ten_gigabytes_become_parts_of_one_at_most_that_fit_into_memory() {
    // 2.5 MB an order.
    let sizes = [700_000, 900_000, 880_000, 20_000];
    let orders = 4_000;
    let parts = parts_of((0..orders).map(|number| item(number, &sizes, 3_000)).collect());
    let total: u64 = parts.iter().map(|part| part.pictures).sum();
    assert_eq!(total, sizes.iter().sum::<u64>() * orders as u64 + 9);
    assert_eq!(total / GB, 10);
    for part in &parts {
        assert!(part.bytes <= PART_BYTES_MAX, "{} bytes", part.bytes);
        assert!(part.at_hand < 12_000_000, "{} bytes in memory", part.at_hand);
    }
    assert!(parts.len() <= 15, "{} parts", parts.len());
    let names: Vec<&String> = parts.iter().flat_map(|part| &part.names).collect();
    let unique: BTreeSet<&&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "all can be unpacked into one folder");
    let last = &parts.last().unwrap().manifest;
    assert_eq!(last["earlier_parts"].as_array().unwrap().len(), parts.len() - 1);
    assert_eq!(last["tables"][0]["rows"], orders);
    assert_eq!(last["tables"][0]["files"].as_array().unwrap().len(), parts.len());
}

#[test]
fn large_pictures_fill_a_part_by_their_bytes() {
    // The largest results that are taken.
    let sizes = [10_000_000, 10_000_000, 30_000_000];
    let parts = parts_of((0..200).map(|number| item(number, &sizes, 3_000)).collect());
    assert_eq!(parts.len(), 11);
    for part in &parts {
        assert!(part.bytes <= PART_BYTES_MAX, "{} bytes", part.bytes);
    }
    assert!(parts.first().unwrap().bytes > 900_000_000, "and not much is wasted");
}

#[test]
fn many_orders_without_pictures_do_not_pass_through_memory_at_once() {
    let parts = parts_of((0..9_000).map(|number| item(number, &[], 3_000)).collect());
    assert_eq!(parts.len(), 4);
    assert!(parts.iter().all(|part| part.at_hand < 10_000_000));
}

#[test]
fn an_account_without_orders_has_one_part() {
    let parts = parts_of(vec![]);
    assert_eq!(parts.len(), 1);
    let names = &parts[0].names;
    assert_eq!(names[..2], ["index.html", "data/orders-1.json"]);
    assert_eq!(parts[0].manifest["tables"][0]["rows"], 0);
}

#[test]
fn what_is_lost_is_left_out_and_told() {
    let mut builder = Builder::new(1);
    assert!(builder.add(item(1, &[5, 6, 7], 10)));
    let lost = builder.keys().into_iter().find(|key| key.ends_with("output")).unwrap();
    builder.drop_lost(&[lost].into());
    let corrupt = Missing { name: "mails".to_owned(), reason: "too many" };
    builder.close(vec![], vec![], vec![corrupt]);
    let index = builder.index(&header(), &[]);
    assert_eq!(index.missing, 2);
    assert!(export_index(&index).contains("(2)"));
    let (part, _) = made(&builder, &[]);
    assert!(!part.names.iter().any(|name| name.contains("output")));
    let missing = part.manifest["missing"].as_array().unwrap();
    assert_eq!(missing.len(), 2);
    assert!(missing[0]["name"].as_str().unwrap().ends_with("/output.jpg"), "{missing:?}");
}
