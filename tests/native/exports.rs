//! "Download my data": the machine, the plan of the parts, what is in them, and the whole way
//! through the real handlers, with a reader of zips that is somebody else's.

mod completeness;
mod journey;
mod machine;
mod plan;
mod trouble;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use ::zip::ZipArchive;
use anytryon::domain::id::OrderId;
use anytryon::domain::order::FileKey;
use anytryon::domain::time::{DAY_MS, MINUTE_MS};
use anytryon::ports::World as _;
use rusqlite::params;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::world::{Answer, Ask, Browser, World};

/// The files of a zip by name; the reader checks each against its checksum.
pub type Unpacked = BTreeMap<String, Vec<u8>>;

pub fn unpack(zip: &[u8]) -> Unpacked {
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut files = Unpacked::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        assert!(files.insert(entry.name().unwrap().into_owned(), bytes).is_none(), "a name twice");
    }
    files
}

pub fn sha256(bytes: &[u8]) -> String {
    anytryon::domain::hex::hex(&Sha256::digest(bytes))
}

/// The id of the only account, or of the one whose person Google calls `subject`.
pub fn account_of(world: &World, subject: &str) -> String {
    let sql = "SELECT id FROM accounts WHERE subject = ?1";
    world.with_database(|database| {
        database.connection().query_row(sql, [subject], |row| row.get(0)).unwrap()
    })
}

pub fn execute(world: &World, sql: &str, params: &[&dyn rusqlite::ToSql]) {
    world.with_database(|database| database.connection().execute(sql, params).unwrap());
}

/// One picture as an order's row has it; its bytes are stored behind what `file` holds already.
fn image(world: &World, role: &str, key: &Value, bytes: &[u8]) -> Value {
    let parsed: FileKey = serde_json::from_value(key.clone()).unwrap();
    let mut file = world.with_files(|files| {
        files.get(&parsed.to_string()).map(|held| held.to_vec()).unwrap_or_default()
    });
    let offset = file.len();
    file.extend_from_slice(bytes);
    world.with_files(|files| files.put(&parsed.to_string(), file));
    json!({
        "role": role, "key": key, "offset": offset, "format": "jpeg", "width": 8, "height": 8,
        "bytes": bytes.len(), "sha256": sha256(bytes), "crc32": crc32fast::hash(bytes),
    })
}

fn key(world: &World) -> Value {
    let id = anytryon::domain::id::FileId::from_bytes(world.random());
    json!({ "hour": 498_000, "id": id, "kept": true })
}

/// Keeps a delivered order for the account: a person, two garments, an output and a preview.
pub fn keep_order(world: &World, account: &str, number: u8) -> String {
    let id = OrderId::new(&world.config().link_keys, world.now(), world.random()).to_string();
    let (inputs, output, small) = (key(world), key(world), key(world));
    let bytes = |kind: u8| vec![number.wrapping_mul(7).wrapping_add(kind); 900 + usize::from(kind)];
    let images = json!([
        image(world, "person", &inputs, &bytes(1)),
        image(world, "garment", &inputs, &bytes(2)),
        image(world, "garment", &inputs, &bytes(3)),
        image(world, "output", &output, &bytes(4)),
    ]);
    let preview = image(world, "output", &small, &bytes(5));
    let now = world.now().0;
    execute(
        world,
        "INSERT INTO orders (id, version, state, options, prompt_version, model, images, \
         metadata_removed, result_key, callback_token, tasks, parked, created_at, completed_at, \
         account, kept, preview, label) VALUES (?1, 1, 'delivered', '{\"look_style\":\"natural\"}', \
         1, 'nano-banana-2', ?2, '[]', ?3, 'callback-secret', 1, 0, ?4, ?4, ?5, 1, ?6, ?7)",
        params![
            id,
            images.to_string(),
            output.to_string(),
            now,
            account,
            preview.to_string(),
            format!("Look {number} <b>")
        ],
    );
    id
}

/// Requests an export and lets it be built.
pub fn exported(world: &World, browser: &mut Browser) -> Value {
    let answer = browser.send(world, Ask::new("POST", "/api/account/exports"));
    assert_eq!(answer.status, 202, "{}", answer.text());
    world.advance_time(5 * MINUTE_MS);
    first(world, browser)
}

/// The export that was requested last.
pub fn first(world: &World, browser: &mut Browser) -> Value {
    browser.get(world, "/api/account/exports").json()["exports"][0].clone()
}

/// The zips of a ready export.
pub fn parts(world: &World, browser: &mut Browser, export: &Value) -> Vec<Vec<u8>> {
    assert_eq!(export["state"], "ready", "{export}");
    let urls = export["parts"].as_array().unwrap().clone();
    let part = |part: &Value| {
        let answer: Answer = browser.get(world, part["url"].as_str().unwrap());
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.body.len() as u64, part["bytes"]);
        assert_eq!(sha256(&answer.body), part["sha256"]);
        answer.body
    };
    urls.iter().map(part).collect()
}

/// Holds the unpacked files of a whole export against its manifests, which name all of them.
pub fn hold_manifests(files: &Unpacked) -> Value {
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let mut named = 1;
    let mut all = vec![manifest.clone()];
    for earlier in manifest["earlier_parts"].as_array().unwrap() {
        let text = &files[earlier["manifest"].as_str().unwrap()];
        assert_eq!(
            (sha256(text).as_str(), text.len() as u64),
            (earlier["sha256"].as_str().unwrap(), earlier["bytes"].as_u64().unwrap())
        );
        let said: Value = serde_json::from_slice(text).unwrap();
        assert_eq!(said["files"].as_array().unwrap().len() as u64, earlier["files"]);
        assert_eq!(said["last"], false);
        named += 1;
        all.push(said);
    }
    for file in all.iter().flat_map(|one| one["files"].as_array().unwrap()) {
        let name = file["name"].as_str().unwrap();
        assert!(files.contains_key(name), "{name} is not there");
        let bytes = &files[name];
        assert_eq!(bytes.len() as u64, file["bytes"], "{name}");
        assert_eq!(sha256(bytes), file["sha256"], "{name}");
        named += 1;
    }
    assert_eq!(named, files.len(), "a file that no manifest names");
    for table in manifest["tables"].as_array().unwrap() {
        let parts = table["files"].as_array().unwrap();
        let rows = parts.iter().map(|name| {
            let rows: Value = serde_json::from_slice(&files[name.as_str().unwrap()]).unwrap();
            rows.as_array().unwrap().len() as u64
        });
        assert_eq!(rows.sum::<u64>(), table["rows"], "{table}");
    }
    manifest
}

/// A world with a person who has kept some orders, and her browser.
pub fn ada(orders: u8) -> (World, Browser) {
    let world = World::new();
    let browser = Browser::of(&world, "ada");
    let account = account_of(&world, "ada");
    for number in 0..orders {
        keep_order(&world, &account, number);
        world.advance_time(MINUTE_MS);
    }
    (world, browser)
}

/// Days pass, minute by minute only where the cron matters.
pub fn pass_days(world: &World, days: i64) {
    world.advance_time(days * DAY_MS);
    world.cron().unwrap().unwrap();
}
