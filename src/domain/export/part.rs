//! What one part of an export holds: as many orders as fit, their rows and their pictures; the last
//! part also everything else. Each says in its manifest what is in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::language::Language;
use crate::domain::time::Millis;
use crate::domain::zip::{Content, Entry, Zip, plan};

/// Bytes of one part, everything counted.
pub const PART_BYTES_MAX: u64 = 1_000_000_000;
/// What is left of a part for everything but pictures and orders: the other tables, the manifest,
/// the page, the end of the zip.
const RESERVED_BYTES: u64 = 48_000_000;
/// Pictures of one part. To find out which one is missing takes a question about each, and the
/// platform allows 10,000 an event.
const PICTURES_MAX: usize = 3_000;
/// Orders of one part, and bytes of their rows: they pass through memory.
const ORDERS_MAX: usize = 3_000;
const ROWS_BYTES_MAX: usize = 8_000_000;
/// The folder of the rows.
const DATA: &str = "data";
/// Edition of the manifest and of what lies beside it.
const SCHEMA_VERSION: u32 = 1;

/// A stored picture and its name in the zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its path in the zip.
    pub name: String,
    /// What it shows.
    pub role: String,
    /// Key of the file in R2.
    pub key: String,
    /// Where in the file it begins.
    pub offset: u64,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, from when it came in.
    pub sha256: String,
    /// CRC-32, from when it came in.
    pub crc32: u32,
    /// When it was made.
    pub modified: Millis,
}

/// One order of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Its row as JSON.
    pub row: String,
    /// Its pictures.
    pub pictures: Vec<Picture>,
    /// What cannot be in the export.
    pub missing: Vec<Missing>,
    /// When it was placed.
    pub created_at: Millis,
    /// What its owner called it.
    pub label: Option<String>,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

/// The rows of one table as JSON texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRows {
    /// The table's name.
    pub name: String,
    /// The rows.
    pub rows: Vec<String>,
}

/// What should be in an export and is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its path, were it there; or the table's name.
    pub name: String,
    /// Why.
    pub reason: &'static str,
}

/// What is in no export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The table or the place.
    pub what: &'static str,
    /// Why.
    pub why: &'static str,
}

/// What a part says of itself to those after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Path of its manifest.
    pub manifest: String,
    /// The manifest's size.
    pub bytes: u64,
    /// SHA-256 of the manifest, lower-case hex.
    pub sha256: String,
    /// Files that it lists.
    pub files: usize,
    /// Orders that it has.
    pub orders: usize,
    /// What it misses.
    pub missing: usize,
}

/// What is said of the whole export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The site's origin.
    pub origin: String,
    /// The account.
    pub account: String,
    /// The export.
    pub export: String,
    /// The site's name.
    pub site: String,
    /// The person's name.
    pub person: String,
    /// The person's language.
    pub language: Language,
    /// When it was requested.
    pub requested_at: Millis,
    /// When this part is made.
    pub made_at: Millis,
}

/// The page to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// What is said of the whole export.
    pub header: Header,
    /// The part's number.
    pub number: usize,
    /// Whether it is the last one.
    pub last: bool,
    /// The orders.
    pub orders: Vec<IndexOrder>,
    /// Pictures that belong to no order.
    pub others: Vec<IndexPicture>,
    /// Paths of the files with rows.
    pub data: Vec<String>,
    /// Path of the manifest.
    pub manifest: String,
    /// Paths of the pages of the parts before.
    pub earlier: Vec<String>,
    /// How much is missing, in this part and those before.
    pub missing: usize,
}

/// An order on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexOrder {
    /// When it was placed.
    pub created_at: Millis,
    /// What its owner called it.
    pub label: Option<String>,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// Its pictures.
    pub pictures: Vec<IndexPicture>,
}

/// A picture on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPicture {
    /// Its path.
    pub name: String,
    /// What it shows.
    pub role: String,
}

/// A part that is ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The zip.
    pub zip: Zip,
    /// What the next part says of it.
    pub earlier: Earlier,
}

#[derive(Serialize)]
struct File<'a> {
    name: &'a str,
    bytes: u64,
    sha256: &'a str,
}

#[derive(Serialize)]
struct Table<'a> {
    name: &'a str,
    rows: usize,
    files: Vec<String>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema_version: u32,
    origin: &'a str,
    account: &'a str,
    export: &'a str,
    requested_at: String,
    made_at: String,
    part: usize,
    last: bool,
    files: Vec<File<'a>>,
    tables: Vec<Table<'a>>,
    missing: &'a [Missing],
    earlier_parts: &'a [Earlier],
    left_out: &'a [LeftOut],
}

/// A part that is being put together.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    number: usize,
    items: Vec<Item>,
    tables: Option<Vec<TableRows>>,
    others: Vec<Picture>,
    missing: Vec<Missing>,
    bytes: u64,
    rows_bytes: usize,
    pictures: usize,
}

impl Builder {
    /// The part of this number, counted from 1.
    pub fn new(number: usize) -> Self {
        Self { number, ..Self::default() }
    }

    /// Takes the order when it fits; whether it did. A part without one takes any, since no order
    /// is larger than a part.
    pub fn add(&mut self, item: Item) -> bool {
        let sizes = item.pictures.iter().map(|picture| entry_bytes(&picture.name, picture.bytes));
        let bytes = sizes.sum::<u64>() + size(&item.row);
        let fits = self.bytes + bytes <= PART_BYTES_MAX - RESERVED_BYTES
            && self.rows_bytes + item.row.len() <= ROWS_BYTES_MAX
            && self.pictures + item.pictures.len() <= PICTURES_MAX
            && self.items.len() < ORDERS_MAX;
        if !fits && !self.items.is_empty() {
            return false;
        }
        self.bytes += bytes;
        self.rows_bytes += item.row.len();
        self.pictures += item.pictures.len();
        self.items.push(item);
        true
    }

    /// Makes it the last part: with the rows of every other table, and pictures of no order.
    pub fn close(&mut self, tables: Vec<TableRows>, others: Vec<Picture>, missing: Vec<Missing>) {
        self.tables = Some(tables);
        self.others = others;
        self.missing = missing;
    }

    /// The id of its last order.
    pub fn last_id(&self) -> Option<&str> {
        self.items.last().map(|item| item.id.as_str())
    }

    /// Every stored file that it reads.
    pub fn keys(&self) -> BTreeSet<String> {
        self.all_pictures().map(|picture| picture.key.clone()).collect()
    }

    /// Leaves out the pictures of files that do not exist, and says so.
    pub fn drop_lost(&mut self, lost: &BTreeSet<String>) {
        let items = self.items.iter_mut();
        let lists = items.map(|item| (&mut item.pictures, &mut item.missing));
        let all = lists.chain([(&mut self.others, &mut self.missing)]);
        for (pictures, missing) in all {
            let gone = pictures.extract_if(.., |picture| lost.contains(&picture.key));
            missing.extend(gone.map(|picture| Missing {
                name: picture.name,
                reason: "the stored file does not exist",
            }));
        }
    }

    /// The page to look at.
    pub fn index(&self, header: &Header, earlier: &[Earlier]) -> Index {
        let order = |item: &Item| IndexOrder {
            created_at: item.created_at,
            label: item.label.clone(),
            trashed: item.trashed,
            pictures: item.pictures.iter().map(shown).collect(),
        };
        let missing = self.all_missing().count();
        Index {
            header: header.clone(),
            number: self.number,
            last: self.is_last(),
            orders: self.items.iter().map(order).collect(),
            others: self.others.iter().map(shown).collect(),
            data: self.data().into_iter().map(|(name, _)| name).collect(),
            manifest: self.manifest_name(),
            earlier: (1..self.number).map(|number| format!("index-{number}.html")).collect(),
            missing: missing + earlier.iter().map(|one| one.missing).sum::<usize>(),
        }
    }

    /// The zip, with this page in it.
    pub fn finish(
        &self,
        header: &Header,
        page: String,
        earlier: &[Earlier],
        left_out: &[LeftOut],
    ) -> Made {
        let mut made: Vec<(String, Vec<u8>)> = vec![(self.page_name(), page.into_bytes())];
        made.extend(self.data().into_iter().map(|(name, text)| (name, text.into_bytes())));
        let digests: Vec<String> =
            made.iter().map(|(_, bytes)| hex(&Sha256::digest(bytes))).collect();
        let own = made.iter().zip(&digests);
        let own = own.map(|((name, bytes), sha256)| File { name, bytes: count(bytes), sha256 });
        let stored = self.all_pictures().map(|one| File {
            name: &one.name,
            bytes: one.bytes,
            sha256: &one.sha256,
        });
        let missing: Vec<Missing> = self.all_missing().cloned().collect();
        let manifest = Manifest {
            schema_version: SCHEMA_VERSION,
            origin: &header.origin,
            account: &header.account,
            export: &header.export,
            requested_at: header.requested_at.rfc3339(),
            made_at: header.made_at.rfc3339(),
            part: self.number,
            last: self.is_last(),
            files: own.chain(stored).collect(),
            tables: self.told_tables(earlier),
            missing: &missing,
            earlier_parts: if self.is_last() { earlier } else { &[] },
            left_out: if self.is_last() { left_out } else { &[] },
        };
        // Serialising our own plain structs cannot fail.
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default().into_bytes();
        let said = Earlier {
            manifest: self.manifest_name(),
            bytes: count(&text),
            sha256: hex(&Sha256::digest(&text)),
            files: manifest.files.len(),
            orders: self.items.len(),
            missing: missing.len(),
        };
        drop(manifest);
        made.insert(0, (self.manifest_name(), text));
        Made { zip: plan(self.entries(made, header.made_at)), earlier: said }
    }

    fn entries(&self, made: Vec<(String, Vec<u8>)>, at: Millis) -> Vec<Entry> {
        let made = made.into_iter().map(|(name, bytes)| Entry {
            name,
            modified: at,
            content: Content::Bytes(bytes),
        });
        let stored = self.all_pictures().map(|picture| Entry {
            name: picture.name.clone(),
            modified: picture.modified,
            content: Content::File {
                key: picture.key.clone(),
                offset: picture.offset,
                length: picture.bytes,
                crc32: picture.crc32,
            },
        });
        made.chain(stored).collect()
    }

    fn is_last(&self) -> bool {
        self.tables.is_some()
    }

    fn manifest_name(&self) -> String {
        if self.is_last() {
            "manifest.json".to_owned()
        } else {
            format!("manifest-{}.json", self.number)
        }
    }

    fn page_name(&self) -> String {
        if self.is_last() { "index.html".to_owned() } else { format!("index-{}.html", self.number) }
    }

    fn all_pictures(&self) -> impl Iterator<Item = &Picture> {
        self.items.iter().flat_map(|item| &item.pictures).chain(&self.others)
    }

    fn all_missing(&self) -> impl Iterator<Item = &Missing> {
        self.items.iter().flat_map(|item| &item.missing).chain(&self.missing)
    }

    /// Path and text of each file with rows.
    fn data(&self) -> Vec<(String, String)> {
        let rows: Vec<&str> = self.items.iter().map(|item| item.row.as_str()).collect();
        let mut files = vec![(orders_name(self.number), list(&rows))];
        for table in self.tables.iter().flatten() {
            let rows: Vec<&str> = table.rows.iter().map(String::as_str).collect();
            files.push((table_name(&table.name), list(&rows)));
        }
        files
    }

    fn told_tables(&self, earlier: &[Earlier]) -> Vec<Table<'_>> {
        // The last part says what all of them have.
        let before: &[Earlier] = if self.is_last() { earlier } else { &[] };
        let first = if self.is_last() { 1 } else { self.number };
        let orders = Table {
            name: "orders",
            rows: self.items.len() + before.iter().map(|one| one.orders).sum::<usize>(),
            files: (first..=self.number).map(orders_name).collect(),
        };
        let others = self.tables.iter().flatten().map(|table| Table {
            name: &table.name,
            rows: table.rows.len(),
            files: vec![table_name(&table.name)],
        });
        std::iter::once(orders).chain(others).collect()
    }
}

fn shown(picture: &Picture) -> IndexPicture {
    IndexPicture { name: picture.name.clone(), role: picture.role.clone() }
}

fn orders_name(number: usize) -> String {
    format!("{DATA}/orders-{number}.json")
}

fn table_name(table: &str) -> String {
    format!("{DATA}/{table}.json")
}

fn list(rows: &[&str]) -> String {
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", rows.join(",\n")) }
}

fn size(text: &str) -> u64 {
    count(text.as_bytes())
}

fn count(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Bytes of an entry with its two headers and its line in the manifest.
fn entry_bytes(name: &str, bytes: u64) -> u64 {
    bytes + 3 * size(name) + 400
}
