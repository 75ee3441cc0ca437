//! What goes into one part of an export, read page by page.

use serde::Deserialize;

use crate::domain::account::{Account, Portrait};
use crate::domain::export::{Builder, Export, Item, Missing, Picture, TableRows};
use crate::domain::image::Format;
use crate::domain::order::FileKey;
use crate::domain::time::Millis;
use crate::ports::{Row, World};
use crate::store::decode::{int, maybe_int, maybe_json, maybe_text, text};
use crate::store::export_rows::{self, ORDERS, Owner, PAGE_ROWS, TABLES, Table};

use super::Failure;

/// Bytes of one table's rows, the orders apart: they are in one part, and pass through memory.
const TABLE_BYTES_MAX: usize = 4_000_000;
/// The folder of the pictures.
const PICTURES: &str = "pictures";
/// Length of the day in a time.
const DAY_TEXT_LENGTH: usize = 10;

/// One part, and whether orders are left for another one.
pub(super) struct Gathered {
    pub(super) builder: Builder,
    pub(super) more: bool,
}

/// Reads what belongs into the export's next part.
pub(super) async fn gather<W: World>(
    world: &W,
    export: &Export,
    owner: &Account,
) -> Result<Gathered, Failure> {
    let mut builder = Builder::new(export.next_number());
    // What was placed in the very millisecond of the request is in it.
    let until = export.requested_at.plus(1);
    loop {
        let after = builder.last_id().unwrap_or(&export.progress.after).to_owned();
        let statement = export_rows::orders(export.account, &after, until);
        let rows = world.database(vec![statement]).await?;
        let rows = rows.first().map(Vec::as_slice).unwrap_or_default();
        for row in rows {
            if !builder.add(item(row)?) {
                return Ok(Gathered { builder, more: true });
            }
        }
        if is_last(rows) {
            break;
        }
    }
    let (mut tables, mut missing) = (vec![], vec![]);
    for table in &TABLES {
        let (rows, whole) = read(world, table, owner).await?;
        if !whole {
            missing.push(Missing { name: table.name.to_owned(), reason: TOO_MANY });
        }
        tables.push(rows);
    }
    let portrait = owner.portrait.as_ref().map(|portrait| portrait_of(portrait, owner));
    builder.close(tables, portrait.into_iter().collect(), missing);
    Ok(Gathered { builder, more: false })
}

const TOO_MANY: &str = "more rows than an export takes; write to us for the rest";
const UNREADABLE: &str = "the order's row does not say where its pictures lie";

fn is_last(rows: &[Row]) -> bool {
    usize::try_from(PAGE_ROWS).is_ok_and(|most| rows.len() < most)
}

/// The rows of one table, and whether they are all.
async fn read<W: World>(
    world: &W,
    table: &Table,
    owner: &Account,
) -> Result<(TableRows, bool), Failure> {
    let mut told = TableRows { name: table.name.to_owned(), rows: vec![] };
    let id = match table.owner {
        Owner::Account => Some(owner.id.to_string()),
        Owner::Email => owner.email.clone(),
    };
    let Some(id) = id else { return Ok((told, true)) };
    let (mut last, mut bytes): (Option<Row>, usize) = (None, 0);
    loop {
        let rows = world.database(vec![export_rows::page(table, &id, last.as_ref())]).await?;
        let rows = rows.into_iter().next().unwrap_or_default();
        for row in &rows {
            let row = table.told(row);
            bytes += row.len();
            if bytes > TABLE_BYTES_MAX {
                return Ok((told, false));
            }
            told.rows.push(row);
        }
        if table.is_single() || is_last(&rows) {
            return Ok((told, true));
        }
        last = rows.into_iter().next_back();
    }
}

/// What an order's row says of one of its pictures.
#[derive(Deserialize)]
struct Stored {
    role: String,
    key: FileKey,
    offset: u32,
    format: Format,
    bytes: u32,
    sha256: String,
    crc32: u32,
}

fn item(row: &Row) -> Result<Item, Failure> {
    let id = text(row, "id")?;
    let created_at = Millis(int(row, "created_at")?);
    let folder = folder(id, created_at);
    let (mut pictures, mut missing) = (vec![], vec![]);
    let stored = maybe_json::<Vec<Stored>>(row, "images");
    let preview = maybe_json::<Stored>(row, "preview");
    if let (Ok(stored), Ok(preview)) = (stored, preview) {
        let mut garments = 0;
        for one in stored.into_iter().flatten() {
            garments += usize::from(one.role == "garment");
            let name = if one.role == "garment" {
                format!("garment-{garments}")
            } else {
                one.role.clone()
            };
            pictures.push(picture(one, &folder, &name, created_at));
        }
        let preview = preview.map(|one| Stored { role: "preview".to_owned(), ..one });
        pictures.extend(preview.map(|one| picture(one, &folder, "preview", created_at)));
    } else {
        missing.push(Missing { name: folder, reason: UNREADABLE });
    }
    Ok(Item {
        id: id.to_owned(),
        row: ORDERS.told(row),
        pictures,
        missing,
        created_at,
        label: maybe_text(row, "label")?.map(str::to_owned),
        trashed: maybe_int(row, "trashed_at")?.is_some(),
    })
}

fn folder(id: &str, created_at: Millis) -> String {
    let time = created_at.rfc3339();
    format!("{PICTURES}/{}-{id}", time.get(..DAY_TEXT_LENGTH).unwrap_or_default())
}

fn picture(stored: Stored, folder: &str, name: &str, modified: Millis) -> Picture {
    Picture {
        name: format!("{folder}/{name}.{}", stored.format.extension()),
        role: stored.role,
        key: stored.key.to_string(),
        offset: u64::from(stored.offset),
        bytes: u64::from(stored.bytes),
        sha256: stored.sha256,
        crc32: stored.crc32,
        modified,
    }
}

fn portrait_of(portrait: &Portrait, owner: &Account) -> Picture {
    Picture {
        name: format!("{PICTURES}/portrait.{}", portrait.format.extension()),
        role: "portrait".to_owned(),
        key: portrait.key.clone(),
        offset: 0,
        bytes: u64::from(portrait.bytes),
        sha256: portrait.sha256.clone(),
        crc32: portrait.crc32,
        modified: owner.created_at,
    }
}
