//! Planned zips, read back by somebody else's reader.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read};
use std::iter::repeat_n;

use ::zip::{CompressionMethod, ZipArchive};
use anytryon::domain::time::{DAY_MS, Millis};
use anytryon::domain::zip::{Content, Entry, PART_ENTRIES_MAX, Segment, Zip, named, plan, split};
use anytryon::ports::{FileError, Level, LogLine, Stored, World as _};
use anytryon::web::{Outgoing, PiecesBody, Reply};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::Response;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::{BEGIN, Fault, Op, World};

const GB: u64 = 1_000_000_000;
/// Of a zip without entries.
const EMPTY_BYTES: u64 = 22;

fn bytes(name: &str, bytes: &[u8]) -> Entry {
    Entry { name: name.to_owned(), modified: BEGIN, content: Content::Bytes(bytes.to_vec()) }
}

fn file(name: &str, offset: u64, length: u64, crc32: u32) -> Entry {
    let content = Content::File { key: format!("kept/{name}"), offset, length, crc32 };
    Entry { name: name.to_owned(), modified: BEGIN, content }
}

/// What a stored file holds: every file of these tests has these bytes at its places.
fn stored(offset: u64, length: u64) -> Vec<u8> {
    (offset..offset + length).map(|at| u8::try_from(at * 7 % 251).unwrap()).collect()
}

/// An entry of a stored file with its true checksum.
fn true_file(name: &str, offset: u64, length: u64) -> Entry {
    file(name, offset, length, crc32fast::hash(&stored(offset, length)))
}

fn written(zip: &Zip) -> Vec<u8> {
    let mut whole = Vec::new();
    for segment in &zip.segments {
        match segment {
            Segment::Bytes(bytes) => whole.extend_from_slice(bytes),
            Segment::File { offset, length, .. } => whole.extend(stored(*offset, *length)),
        }
    }
    assert_eq!(whole.len() as u64, zip.length);
    whole
}

/// Name and bytes of each entry; the reader checks what it reads against the checksums.
fn read(whole: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(whole)).unwrap();
    let indexes = 0..archive.len();
    indexes
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            assert_eq!(entry.compression(), CompressionMethod::Stored);
            let name = entry.name().unwrap().into_owned();
            assert!(entry.enclosed_name().is_some(), "{name} leads out of the folder");
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (name, content)
        })
        .collect()
}

fn names(given: &[&str]) -> Vec<String> {
    let entries = given.iter().map(|name| bytes(name, b"")).collect();
    named(entries).into_iter().map(|entry| entry.name).collect()
}

#[test]
fn a_zip_is_read_back_as_it_was_planned() {
    let entries = vec![
        bytes("index.html", b"<!doctype html>"),
        true_file("pictures/one.jpg", 0, 70_000),
        true_file("pictures/two.jpg", 70_000, 3),
        bytes("empty.json", b""),
        true_file("nothing.jpg", 5, 0),
        bytes("Bücher/照片 👗.json", b"{}"),
    ];
    let zip = plan(entries.clone());
    // What is at hand between two files is one segment, and no file is read for nothing.
    let kinds: Vec<_> =
        zip.segments.iter().map(|one| matches!(one, Segment::File { .. })).collect();
    assert_eq!(kinds, [false, true, false, true, false]);
    let expected = [
        ("index.html", b"<!doctype html>".to_vec()),
        ("pictures/one.jpg", stored(0, 70_000)),
        ("pictures/two.jpg", stored(70_000, 3)),
        ("empty.json", vec![]),
        ("nothing.jpg", vec![]),
        ("Bücher/照片 👗.json", b"{}".to_vec()),
    ];
    let expected: Vec<_> =
        expected.into_iter().map(|(name, content)| (name.to_owned(), content)).collect();
    assert_eq!(read(written(&zip)), expected);
    assert_eq!(plan(entries), zip, "the same entries are the same zip");
}

#[test]
fn a_wrong_checksum_is_noticed_by_who_reads() {
    let right = crc32fast::hash(&stored(0, 10));
    let whole = written(&plan(vec![file("one", 0, 10, right ^ 1)]));
    let mut archive = ZipArchive::new(Cursor::new(whole)).unwrap();
    assert!(archive.by_index(0).unwrap().read_to_end(&mut Vec::new()).is_err());
}

#[test]
fn no_entries_are_a_zip_and_no_part() {
    let zip = plan(vec![]);
    assert_eq!(zip.length, EMPTY_BYTES);
    assert_eq!(read(written(&zip)), []);
    assert!(split(vec![], GB).is_empty());
}

#[test]
fn times_are_in_utc_and_within_what_a_zip_can_say() {
    let time = |modified: Millis| {
        let whole = written(&plan(vec![Entry { modified, ..bytes("one", b"") }]));
        let mut archive = ZipArchive::new(Cursor::new(whole)).unwrap();
        let entry = archive.by_index(0).unwrap();
        entry.last_modified().unwrap().to_string()
    };
    assert_eq!(time(BEGIN), "2026-11-20 10:00:00");
    assert_eq!(time(BEGIN.plus(59 * 60_000 + 59_999)), "2026-11-20 10:59:58");
    assert_eq!(time(Millis(0)), "1980-01-01 00:00:00");
    assert_eq!(time(Millis(i64::MIN)), "1980-01-01 00:00:00");
    assert_eq!(time(Millis(200 * 366 * DAY_MS)), "2107-12-31 23:59:58");
    assert_eq!(time(Millis(i64::MAX)), "2107-12-31 23:59:58");
}

#[test]
fn names_stay_within_the_folder() {
    let cases = [
        ("one.jpg", "one.jpg"),
        ("a/b/c.jpg", "a/b/c.jpg"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("..\\..\\autoexec.bat", "autoexec.bat"),
        ("C:\\x.jpg", "C_/x.jpg"),
        ("a/./b//c/../d", "a/b/c/d"),
        ("", "file"),
        ("..", "file"),
        ("\u{7}\u{202e}gpj.exe\n", "gpj.exe"),
        ("what? \"this\" <is>|*", "what_ _this_ _is___"),
        ("dots and spaces. . ", "dots and spaces"),
        ("con.txt", "_con.txt"),
        ("COM1", "_COM1"),
        ("contents.txt", "contents.txt"),
        ("a/b/c/d/e/f/g/h/i/j.jpg", "c/d/e/f/g/h/i/j.jpg"),
        ("Kleid für Ana 👗.jpg", "Kleid für Ana 👗.jpg"),
    ];
    for (given, safe) in cases {
        assert_eq!(names(&[given]), [safe], "{given:?}");
    }
    let long = names(&[&format!("{}.jpeg", "ü".repeat(200))]);
    assert_eq!(long, [format!("{}.jpeg", "ü".repeat(57))]);
    assert_eq!(names(&[&format!("nul{}x", " ".repeat(200))]), ["_nul"]);
    assert_eq!(names(&[&format!("{}{}", ".".repeat(200), "x".repeat(30))]), ["file"]);
}

#[test]
fn no_two_names_are_alike() {
    let given = ["a.jpg", "A.JPG", "a.jpg", "a (2).jpg", "b", "b/c.jpg", "d/e", "d", "a", "a"];
    let wanted = [
        "a.jpg",
        "A (2).JPG",
        "a (3).jpg",
        "a (2) (2).jpg",
        "b",
        "b_c.jpg",
        "d/e",
        "d (2)",
        "a",
        "a (2)",
    ];
    assert_eq!(names(&given), wanted);
    let long = "x".repeat(300);
    let both = names(&[&long, &long]);
    assert_eq!(both, ["x".repeat(120), format!("{} (2)", "x".repeat(116))]);
    assert_eq!(names(&[&both[0], &both[1]]), both, "what is well named stays");
}

#[test]
fn more_entries_than_16_bits_count_are_read_back() {
    let entries: Vec<_> = (0..70_000).map(|number| bytes(&format!("{number}"), b"")).collect();
    assert_eq!(read(written(&plan(entries))).len(), 70_000);
    // 65,535 is the number that means "look elsewhere", so it needs the larger record as well.
    for (count, wide) in [(65_534, 0), (65_535, 76)] {
        let entries: Vec<_> =
            (0..count).map(|number| bytes(&format!("{number:05}"), b"")).collect();
        assert_eq!(plan(entries).length, count * (30 + 46 + 2 * 5) + wide + 22);
    }
}

/// The last bytes of a plan, which hold the directory.
fn directory(zip: &Zip) -> &[u8] {
    let bytes = zip.segments.last().map(|last| match last {
        Segment::Bytes(bytes) => bytes.as_slice(),
        Segment::File { .. } => &[],
    });
    bytes.unwrap()
}

#[test]
fn lengths_of_10_gb_are_computed() {
    // Names of 9 bytes; each header is 30 + 9 and each line of the directory 46 + 9 bytes.
    let entries = |size: u64, count: u64| -> Vec<Entry> {
        (0..count).map(|number| file(&format!("{number:05}.jpg"), 0, size, 7)).collect()
    };
    let zip = plan(entries(2_000_000, 5_000));
    // Those that begin beyond 4 GiB say where in 12 bytes more; the 76 are the larger end.
    let first = u64::from(u32::MAX).div_ceil(2_000_000 + 39);
    let offsets = 12 * (5_000 - first);
    assert_eq!(zip.length, 5_000 * (2_000_000 + 39 + 55) + offsets + 76 + 22);
    assert_eq!(zip.segments.len(), 2 * 5_000 + 1);
    let end: [u8; 98] = *directory(&zip).last_chunk().unwrap();
    let number = |at: usize| u64::from_le_bytes(end[at..at + 8].try_into().unwrap());
    assert_eq!(end[..4], *b"PK\x06\x06");
    assert_eq!([number(24), number(32)], [5_000, 5_000]);
    let entries_bytes = 5_000 * (2_000_000 + 39);
    assert_eq!([number(40), number(48)], [5_000 * 55 + offsets, entries_bytes]);
    assert_eq!(end[56..60], *b"PK\x06\x07");
    assert_eq!(number(64), zip.length - 98, "where the larger end lies");
    assert_eq!(end[76..80], *b"PK\x05\x06");

    // One file of 10 GB: both sizes in its header, its place is within 32 bits.
    let one = plan(vec![file("large.bin", 0, 10 * GB, 7)]);
    assert_eq!(one.length, 10 * GB + (39 + 20) + (55 + 20) + 76 + 22);

    let parts = split(entries(2_000_000, 5_000), GB);
    assert_eq!(parts.len(), 11);
    assert!(parts.iter().all(|part| plan(part.clone()).length <= GB));
}

/// A reader that holds nothing of the one large file but its header.
struct Sparse {
    head: Vec<u8>,
    hole: u64,
    tail: Vec<u8>,
    at: u64,
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (head, hole) = (self.head.len() as u64, self.hole);
        let count = if self.at < head {
            (&self.head[usize::try_from(self.at).unwrap()..]).read(buffer)?
        } else if self.at < head + hole {
            let left = usize::try_from(head + hole - self.at).unwrap_or(usize::MAX);
            let count = left.min(buffer.len());
            buffer[..count].fill(0);
            count
        } else {
            let from = usize::try_from(self.at - head - hole).unwrap();
            self.tail.get(from..).unwrap_or_default().read(buffer)?
        };
        self.at += count as u64;
        Ok(count)
    }
}

impl std::io::Seek for Sparse {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        let end = self.head.len() as u64 + self.hole + self.tail.len() as u64;
        let moved = match to {
            std::io::SeekFrom::Start(at) => Some(at),
            std::io::SeekFrom::End(by) => end.checked_add_signed(by),
            std::io::SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = moved.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[test]
fn a_file_behind_10_gb_is_found() {
    let zip = plan(vec![file("large.bin", 0, 10 * GB, 7), bytes("behind.txt", b"here")]);
    let [Segment::Bytes(head), Segment::File { length, .. }, Segment::Bytes(tail)] =
        &zip.segments[..]
    else {
        panic!("{:?}", zip.segments.len());
    };
    let sparse = Sparse { head: head.clone(), hole: *length, tail: tail.clone(), at: 0 };
    let mut archive = ZipArchive::new(sparse).unwrap();
    assert_eq!(archive.by_index(0).unwrap().size(), 10 * GB);
    let mut content = String::new();
    archive.by_name("behind.txt").unwrap().read_to_string(&mut content).unwrap();
    assert_eq!(content, "here");
}

#[test]
fn parts_have_no_more_files_than_one_event_can_read() {
    let count = PART_ENTRIES_MAX * 2 + 1;
    let entries = (0..count).map(|number| file(&format!("{number}"), 0, 1, 0)).collect();
    let sizes: Vec<_> = split(entries, GB).iter().map(Vec::len).collect();
    assert_eq!(sizes, [PART_ENTRIES_MAX, PART_ENTRIES_MAX, 1]);
}

fn entry() -> impl Strategy<Value = Entry> {
    let alike = prop::sample::select(vec!["a", "A", "a.jpg", "a (2)", "b/a", "b", "..", "b/..\\c"]);
    let name = prop_oneof![alike.prop_map(str::to_owned), any::<String>(), "[a-z/.]{0,12}"];
    let content = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..50).prop_map(Err),
        (0..1_000_u64, 0..200_u64).prop_map(Ok),
    ];
    (name, any::<i64>(), content).prop_map(|(name, modified, content)| {
        let plain = match content {
            Ok((offset, length)) => true_file(&name, offset, length),
            Err(content) => bytes(&name, &content),
        };
        Entry { modified: Millis(modified), ..plain }
    })
}

fn content_of(entry: &Entry) -> Vec<u8> {
    match &entry.content {
        Content::Bytes(bytes) => bytes.clone(),
        Content::File { offset, length, .. } => stored(*offset, *length),
    }
}

/// What the Worker's tests keep under `kept/<number>`, as they make it themselves.
fn kept(number: u64) -> Vec<u8> {
    let byte = |at: u64| u8::try_from((at * 31 + (at >> 8) + number * 17) & 255).unwrap();
    (0..1_000_003).map(byte).collect::<Vec<_>>().repeat(10)
}

/// An entry as `zip_plan.json` describes it.
fn described(entry: &Value) -> Entry {
    let (name, number) = (entry["name"].as_str().unwrap(), |field: &str| entry[field].as_u64());
    if let Some(text) = entry["text"].as_str() {
        return bytes(name, text.as_bytes());
    }
    let (offset, length) = (number("offset").unwrap(), number("length").unwrap());
    let key = entry["key"].as_str().unwrap().to_owned();
    let whole = kept(key.trim_start_matches("kept/").parse().unwrap());
    let range = usize::try_from(offset).unwrap()..usize::try_from(offset + length).unwrap();
    let content = Content::File { key, offset, length, crc32: crc32fast::hash(&whole[range]) };
    Entry { name: name.to_owned(), modified: BEGIN, content }
}

#[test]
fn the_plan_that_the_worker_is_tested_with_is_ours() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workerd/zip_plan.json");
    let given: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let entries = given["entries"].as_array().unwrap();
    let zip = plan(entries.iter().map(described).collect());
    let segment = |segment: &Segment| match segment {
        Segment::Bytes(bytes) => json!({ "bytes": BASE64_STANDARD.encode(bytes) }),
        Segment::File { key, offset, length } => {
            json!({ "key": key, "offset": offset, "length": length })
        }
    };
    let segments: Vec<_> = zip.segments.iter().map(segment).collect();
    let ours = json!({ "entries": entries, "segments": segments, "length": zip.length });
    assert!(ours == given, "tests/workerd/zip_plan.json should be:\n{ours}");
}

/// What a test keeps under the keys of [`file`].
fn stocked(names: &[&str]) -> World {
    let world = World::new();
    for name in names {
        world.with_files(|files| files.put(&format!("kept/{name}"), stored(0, 1_000)));
    }
    world
}

fn put(world: &World, zip: &Zip, key: &'static str) -> Result<Stored, FileError> {
    let (world, zip) = (world.clone(), zip.clone());
    let put = world.clone();
    world.block_on(async move { put.put_pieces(key, zip.segments, zip.length).await }).unwrap()
}

#[test]
fn a_composed_file_is_stored_with_its_digest_or_not_at_all() {
    let world = stocked(&["one", "two"]);
    let whole = plan(vec![true_file("one", 0, 1_000), true_file("two", 500, 500)]);
    let answer = put(&world, &whole, "export/1").unwrap();
    let bytes = world.with_files(|files| files.get("export/1").unwrap().to_vec());
    assert_eq!(answer.bytes, bytes.len() as u64);
    assert_eq!(answer.sha256, *Sha256::digest(&bytes));
    assert_eq!(read(bytes).len(), 2);
    assert_eq!(world.counts().of(Op::ReadFile), 2);

    // A missing file, one that is too short, and a length that is not that of the segments.
    let missing = plan(vec![true_file("one", 0, 1_000), true_file("three", 0, 1)]);
    let short = plan(vec![true_file("one", 500, 501)]);
    let told = Zip { length: whole.length + 1, ..whole.clone() };
    for zip in [missing, short, told] {
        assert!(put(&world, &zip, "export/2").is_err());
    }
    world.script_fault(Op::PutPieces, Fault::Before);
    assert!(put(&world, &whole, "export/2").is_err());
    assert!(!world.with_files(|files| files.contains("export/2")));
    // An answer that is lost is asked for again.
    world.script_fault(Op::PutPieces, Fault::After);
    assert!(put(&world, &whole, "export/2").is_err());
    assert_eq!(put(&world, &whole, "export/2"), Ok(answer));
}

fn pour(world: &World, zip: Zip) -> Vec<u8> {
    let body = PiecesBody { segments: zip.segments, length: zip.length };
    let response = Response::new(Outgoing::Pieces(Box::new(body)));
    let reply = Reply { response, log: LogLine::new(Level::Info, "request") };
    let whole = world.clone();
    world.block_on(async move { whole.whole(reply).await }).unwrap().body
}

#[test]
fn a_composed_body_comes_whole_or_breaks_off_and_is_logged() {
    let world = stocked(&["one"]);
    let broken = || world.logs().iter().filter(|line| line["event"] == "zip_broken").count();
    let zip = plan(vec![true_file("one", 0, 1_000), bytes("two", b"2")]);
    assert_eq!(read(pour(&world, zip.clone())).len(), 2);
    assert_eq!(broken(), 0);
    let missing = plan(vec![true_file("one", 0, 1_000), true_file("three", 0, 1)]);
    let length = missing.length;
    assert!((pour(&world, missing).len() as u64) < length);
    assert_eq!(broken(), 1);
    world.script_fault(Op::ReadFile, Fault::Before);
    assert!((pour(&world, zip.clone()).len() as u64) < zip.length);
    assert_eq!(broken(), 2);
}

proptest! {
    #[test]
    fn whatever_is_split_is_read_back(
        entries in prop::collection::vec(entry(), 0..20),
        part_bytes_max in 0..2_000_u64,
    ) {
        let parts = split(entries.clone(), part_bytes_max);
        let mut found = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let zip = plan(part.clone());
            prop_assert!(zip.length <= part_bytes_max || part.len() == 1);
            if let Some(next) = parts.get(index + 1).and_then(|next| next.first()) {
                let more: Vec<_> = part.iter().cloned().chain([next.clone()]).collect();
                prop_assert!(plan(more).length > part_bytes_max, "one more had room");
            }
            found.extend(read(written(&zip)));
        }
        let contents: Vec<_> = found.iter().map(|(_, content)| content.clone()).collect();
        prop_assert_eq!(contents, entries.iter().map(content_of).collect::<Vec<_>>());
        let renamed: Vec<_> = named(entries).into_iter().map(|entry| entry.name).collect();
        let names: Vec<_> = found.into_iter().map(|(name, _)| name).collect();
        prop_assert_eq!(names, renamed);
    }

    #[test]
    fn every_name_is_safe_and_stays_so(entries in prop::collection::vec(entry(), 0..20)) {
        let once = named(entries);
        let lower: Vec<_> = once.iter().map(|entry| entry.name.to_lowercase()).collect();
        for name in &lower {
            prop_assert!(!name.chars().any(char::is_control) && !name.contains('\\'));
            for part in name.split('/') {
                prop_assert!(!part.is_empty() && part != "." && part != "..");
                prop_assert!(part.len() <= 255);
            }
            let inside = format!("{name}/");
            prop_assert!(!lower.iter().any(|other| other.starts_with(&inside)), "{}", inside);
        }
        prop_assert_eq!(lower.iter().collect::<BTreeSet<_>>().len(), lower.len());
        prop_assert_eq!(named(once.clone()), once);
    }

    #[test]
    fn the_same_name_again_and_again_gets_ever_higher_numbers(count in 1..200_usize) {
        let given: Vec<_> = repeat_n("same.jpg", count).collect();
        let last = names(&given).pop().unwrap();
        let wanted = if count == 1 { "same.jpg".to_owned() } else { format!("same ({count}).jpg") };
        prop_assert_eq!(last, wanted);
    }
}
