//! History: what an account keeps, page by page; what its owner notes about an order; selections of
//! them; the trash.

use crate::domain::history::{Entry, EntryView, Note, PageView, Query, SELECTION_MAX};
use crate::domain::id::{AccountId, OrderId};
use crate::domain::link::{self, Link, Purpose};
use crate::domain::options::Options;
use crate::domain::order::{Event, Image, Order, State, not_found};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::Millis;
use crate::domain::view::ImageView;
use crate::domain::zip::{self, Content, Zip};
use crate::ports::{Config, World};
use crate::store::decode::int;
use crate::store::history;

use super::Failure;
use super::advance::{perform, settle_all};
use super::keep::erase_all;
use super::read::{image_view, load};

/// Orders that the first reading of a page has beyond its entries: some may not be what is searched
/// for, and one more tells whether another page follows.
const SPARE_ROWS: usize = 4;
/// Orders of one further reading, which is made where few of them are asked for.
const SEARCH_ROWS: usize = 300;
/// Further readings of one page. Who searches goes on with the next page.
const SEARCHES_MAX: usize = 2;
/// Most orders that are read for one page of the usual length.
pub const ROWS_MAX: usize =
    crate::domain::history::PAGE_ENTRIES + SPARE_ROWS + SEARCHES_MAX * SEARCH_ROWS;
/// Readings of what is changed together: each lost race is somebody else's change of an order.
const ROUNDS_MAX: usize = 3;
/// Orders whose files are moved while a deletion waits. The sweep moves those of the others.
const MOVED_AT_ONCE: usize = 4;

/// A page of what is asked for. `choices` says an order's choices in the words of whoever asks.
pub async fn page<W: World>(
    world: &W,
    account: AccountId,
    query: &Query,
    choices: impl Fn(&Options) -> String,
) -> Result<PageView, Failure> {
    let (mut range, entries_max) = (query.id_range(), query.page_entries());
    let (mut found, mut next): (Vec<Entry>, _) = (vec![], None);
    for round in 0..=SEARCHES_MAX {
        let most = if round == 0 { entries_max + SPARE_ROWS } else { SEARCH_ROWS };
        let rows = read(world, account, query, &range, most).await?;
        let is_last = rows.len() < most;
        for entry in rows {
            if found.len() == entries_max {
                return Ok(page_of(world, &found, next));
            }
            next = Some(entry.id);
            if query.admits(&entry, &choices) {
                found.push(entry);
            }
        }
        if is_last || found.len() == entries_max {
            return Ok(page_of(world, &found, next.filter(|_| !is_last)));
        }
        range.1 = next.map_or(range.1, |id| id.to_string());
    }
    Ok(page_of(world, &found, next))
}

async fn read<W: World>(
    world: &W,
    account: AccountId,
    query: &Query,
    range: &(String, String),
    most: usize,
) -> Result<Vec<Entry>, Failure> {
    let list = if query.trashed { history::list_trash } else { history::list };
    let rows = world.database(vec![list(account, range, most)]).await?;
    let entries = rows.iter().flatten().map(history::entry);
    Ok(entries.collect::<Result<_, _>>()?)
}

fn page_of<W: World>(world: &W, found: &[Entry], next: Option<OrderId>) -> PageView {
    let (config, now) = (world.config(), world.now());
    PageView {
        orders: found.iter().map(|entry| view(config, entry, now)).collect(),
        next_cursor: next.map(|id| id.to_string()),
    }
}

fn view(config: &Config, entry: &Entry, now: Millis) -> EntryView {
    let shown = |image: &Option<Image>| {
        let image = image.as_ref().filter(|_| entry.trashed_at.is_none())?;
        Some(linked(config, entry.id, image, now))
    };
    // A signed link shows nothing of what is deleted: its owner's session does, until it is gone.
    let in_trash = |trashed_at: Millis| {
        let image = linked(config, entry.id, entry.preview.as_ref()?, now);
        let url = format!("/api/orders/{}/preview", entry.id);
        let url_expires_at = trashed_at.plus(config.rules.trash_ms).rfc3339();
        Some(ImageView { url, url_expires_at, ..image })
    };
    EntryView {
        id: entry.id.to_string(),
        created_at: entry.id.created_at().rfc3339(),
        status: entry.state.status(),
        options: entry.options.clone(),
        label: entry.label.clone(),
        starred: entry.starred,
        rating: entry.rating,
        preview: entry.trashed_at.map_or_else(|| shown(&entry.preview), in_trash),
        output: shown(&entry.output),
        trashed_at: entry.trashed_at.map(Millis::rfc3339),
        days_left: entry.days_left(now, &config.rules),
    }
}

fn linked(config: &Config, order: OrderId, image: &Image, now: Millis) -> ImageView {
    let link = Link::to(image, Purpose::View, link::view_expiry(now, None));
    image_view(config, image, &Link { order: Some(order), ..link })
}

/// Writes what its owner notes about an order; the entry as it is then.
pub async fn note<W: World>(
    world: &W,
    account: AccountId,
    id: OrderId,
    note: &Note,
) -> Result<EntryView, Failure> {
    let rows = world.database(vec![history::note(account, id, note)]).await?;
    let Some(row) = rows.first().and_then(|rows| rows.first()) else {
        // Says of one in the trash that it lies there.
        load(world, id, Some(account)).await?;
        return Err(not_found().into());
    };
    Ok(view(world.config(), &history::entry(row)?, world.now()))
}

/// Puts these orders into the trash; how many were not there. Others' are as good as none.
pub async fn trash<W: World>(
    world: &W,
    account: AccountId,
    ids: &[OrderId],
) -> Result<usize, Failure> {
    change(world, account, ids, &Event::DeleteRequested).await
}

/// Takes these orders out of the trash; how many were there.
pub async fn restore<W: World>(
    world: &W,
    account: AccountId,
    ids: &[OrderId],
) -> Result<usize, Failure> {
    change(world, account, ids, &Event::RestoreRequested).await
}

async fn change<W: World>(
    world: &W,
    account: AccountId,
    ids: &[OrderId],
    event: &Event,
) -> Result<usize, Failure> {
    let (mut changed, mut to_do) = (0, vec![]);
    for _ in 0..ROUNDS_MAX {
        let rows = world.database(vec![history::find_chosen(account, ids)]).await?;
        let found = rows.iter().flatten().map(crate::store::orders::order);
        let found: Vec<Order> = found.collect::<Result<_, _>>()?;
        let all = settle_all(world, found, event).await?;
        changed += all.written.len();
        to_do.extend(all.written);
        if all.lost == 0 {
            break;
        }
    }
    for step in to_do.iter().filter(|step| !step.acts.is_empty()).take(MOVED_AT_ONCE) {
        perform(world, step).await;
    }
    Ok(changed)
}

/// What emptying the trash has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Emptied {
    /// Orders that are deleted for good.
    pub deleted: usize,
    /// Orders that are still in the trash: ask again. At most 10,000 are counted.
    pub remaining: i64,
}

/// Deletes for good what lies in the trash, so much of it as one request can. What was begun and
/// not ended goes on with the sweep.
pub async fn empty_trash<W: World>(world: &W, account: AccountId) -> Result<Emptied, Failure> {
    let rows = world.database(vec![history::find_trash(account, SELECTION_MAX)]).await?;
    let found = rows.iter().flatten().map(crate::store::orders::order);
    let found: Vec<Order> = found.collect::<Result<_, _>>()?;
    let deleted = erase_all(world, found, &Event::PurgeRequested).await?;
    let rows = world.database(vec![history::count_trash(account)]).await?;
    let row = rows.first().and_then(|rows| rows.first());
    let remaining = row.map(|row| int(row, "orders")).transpose()?.unwrap_or(0);
    Ok(Emptied { deleted, remaining })
}

/// A zip of the pictures of these orders, as they are stored. Those without one are left out.
pub async fn download<W: World>(
    world: &W,
    account: AccountId,
    ids: &[OrderId],
) -> Result<Zip, Failure> {
    let rows = world.database(vec![history::list_chosen(account, ids)]).await?;
    let entries = rows.iter().flatten().map(history::entry);
    let entries: Vec<Entry> = entries.collect::<Result<_, _>>()?;
    let entries: Vec<zip::Entry> = entries.iter().filter_map(zip_entry).collect();
    if entries.is_empty() {
        let detail = "None of these orders has a picture that can be downloaded.";
        return Err(Refusal::field(Code::InputInvalid, crate::domain::history::IDS, detail).into());
    }
    Ok(zip::plan(entries))
}

fn zip_entry(entry: &Entry) -> Option<zip::Entry> {
    let image = entry.output.as_ref().filter(|_| entry.state == State::Delivered)?;
    let placed = entry.id.created_at();
    let day: String = placed.rfc3339().chars().take("2026-01-31".len()).collect();
    let options = &entry.options;
    let choices = || format!("{} {}", options.category.as_str(), options.look_style.as_str());
    // A slash would be a folder.
    let label = entry.label.as_deref().map_or_else(choices, |label| label.replace('/', "-"));
    Some(zip::Entry {
        name: format!("{day} {label}.{}", image.format.extension()),
        modified: placed,
        content: Content::File {
            key: image.key.to_string(),
            offset: u64::from(image.offset),
            length: u64::from(image.bytes),
            crc32: image.crc32,
        },
    })
}
