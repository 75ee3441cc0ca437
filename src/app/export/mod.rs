//! "Download my data": requesting an export, building it, reading it, and its end.

mod build;
mod rows;

use crate::domain::account::Account;
use crate::domain::export::{
    Act, EXPORTS_A_DAY, Event, Export, Next, Part, last_hour_over, prefix_of_hour, step,
};
use crate::domain::id::{AccountId, ExportId};
use crate::domain::letter::Letter;
use crate::domain::limits::{Policy, Rate, Standing};
use crate::domain::order::gone;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis, SECOND_MS};
use crate::ports::{Level, LogLine, Row, World};
use crate::store::exports;

use super::Failure;
use super::mails::{self, Recipient};
use super::read::not_found;

pub use build::{Draw, build};

/// Hours of requests that are listed for files that no row knows of, counted back from the last
/// that is over: more than one, so that a cron that did not run for a while misses none.
const ORPHAN_HOURS: i64 = 3;

/// Requests an export. Where one is being made already that is the one.
pub async fn request<W: World>(world: &W, account: &Account) -> Result<Export, Failure> {
    let now = world.now();
    let wanted = Export::new(account.id, ExportId::from_bytes(world.random()), now);
    let rows = world.database(vec![exports::request(&wanted), exports::list(account.id)]).await?;
    let [made, all] = rows.as_slice() else {
        return Err(Failure::Broken("a request for an export got too few results".to_owned()));
    };
    if made.is_empty() {
        return standing(&read(all)?, now);
    }
    // When it is not heard the cron tells it within a minute.
    if let Err(error) = world.wake_exporter(account.id).await {
        let line = LogLine::new(Level::Warning, "exporter_not_told");
        world.log(&line.with("error", Failure::from(error).log_text()));
    }
    Ok(wanted)
}

/// Why there is no new one: the one that is being made, or that the day's number is used.
fn standing(all: &[Export], now: Millis) -> Result<Export, Failure> {
    if let Some(live) = all.iter().find(|export| export.state.is_live()) {
        return Ok(live.clone());
    }
    let counted = usize::try_from(EXPORTS_A_DAY).unwrap_or(usize::MAX);
    let frees = all.get(counted - 1).map_or(now, |oldest| oldest.requested_at.plus(DAY_MS));
    let seconds = frees.since(now).max(SECOND_MS).div_euclid(SECOND_MS);
    let detail = format!(
        "An account can request {EXPORTS_A_DAY} exports in 24 hours. Those that are ready can \
         still be downloaded."
    );
    let refusal = Refusal::new(Code::RateLimited, detail)
        .retry_after(u32::try_from(seconds).unwrap_or(u32::MAX));
    let policy = Policy { name: "exports", rate: Rate::per(EXPORTS_A_DAY, DAY_MS) };
    let reset_ms = frees.since(now);
    Err(Failure::Limited(refusal, vec![(policy, Standing { remaining: 0, reset_ms })]))
}

/// The exports of an account, the one that was requested last first.
pub async fn list<W: World>(world: &W, account: AccountId) -> Result<Vec<Export>, Failure> {
    let rows = world.database(vec![exports::list(account)]).await?;
    read(rows.first().map(Vec::as_slice).unwrap_or_default())
}

/// The part of this number, counted from 1, of the account's own export. Not found for whoever has
/// another account; gone when its time is over.
pub async fn part<W: World>(
    world: &W,
    account: AccountId,
    id: ExportId,
    number: usize,
) -> Result<(Export, Part), Failure> {
    let rows = world.database(vec![exports::find(account, id)]).await?;
    let all = read(rows.first().map(Vec::as_slice).unwrap_or_default())?;
    let export = all.into_iter().next().ok_or_else(not_found)?;
    if export.state.is_live() {
        return Err(not_found().into());
    }
    if !export.is_open(world.now()) {
        return Err(gone().into());
    }
    let part = number.checked_sub(1).and_then(|index| export.parts.get(index)).cloned();
    let part = part.ok_or_else(not_found)?;
    // Once the answer has begun nobody can be told that the file is not there.
    if !world.has_file(&part.key).await? {
        return Err(gone().into());
    }
    Ok((export, part))
}

/// Does what is due about exports; how many were seen to. Safe to run twice, or late.
pub async fn tend<W: World>(world: &W) -> Result<usize, Failure> {
    let now = world.now();
    let rows = world.database(vec![exports::list_due(now)]).await?;
    let mut tended = 0;
    for row in rows.iter().flatten() {
        match wake(world, row).await {
            Ok(()) => tended += 1,
            Err(failure) => {
                let line = LogLine::new(Level::Error, "export_not_woken");
                world.log(&line.with("error", failure.log_text()));
            }
        }
    }
    if now.0.rem_euclid(HOUR_MS) < MINUTE_MS {
        drop_orphans(world, now).await?;
    }
    Ok(tended)
}

async fn wake<W: World>(world: &W, row: &Row) -> Result<(), Failure> {
    let export = exports::export(row)?;
    advance(world, &export, &Event::Woken, None).await?;
    Ok(())
}

/// Deletes what somebody wrote whose export was over, or whose account was gone, by then.
async fn drop_orphans<W: World>(world: &W, now: Millis) -> Result<(), Failure> {
    let newest = last_hour_over(now, &world.config().rules);
    for hour in newest - (ORPHAN_HOURS - 1)..=newest {
        let keys = world.list_files(&prefix_of_hour(hour), "").await?;
        if !keys.is_empty() {
            world.delete_files(keys).await?;
        }
    }
    Ok(())
}

fn read(rows: &[Row]) -> Result<Vec<Export>, Failure> {
    let all: Result<Vec<Export>, _> = rows.iter().map(exports::export).collect();
    Ok(all?)
}

/// One step of an export: decided, committed, acted on. `None` when nothing came of it: it was
/// untimely, or somebody else was faster. Its owner, where known, gets what letter there is.
async fn advance<W: World>(
    world: &W,
    export: &Export,
    event: &Event,
    owner: Option<Recipient<'_>>,
) -> Result<Option<Export>, Failure> {
    let Ok(done) = step(export, event, world.now(), &world.config().rules) else {
        return Ok(None);
    };
    let after = match done.next {
        Next::Same => Some(export.clone()),
        Next::Changed(after) => {
            let mut batch = vec![exports::update(export, &after)];
            if let (Act::Tell, Some(to), Some(at)) = (&done.act, owner, after.expires_at) {
                let letter = Letter::ExportReady { expires_at: at };
                batch.push(mails::queue(&to, &letter, &after.id.to_string(), world.now()));
            }
            let written = world.database(batch).await?;
            written.first().is_some_and(|rows| !rows.is_empty()).then_some(*after)
        }
        Next::Gone => {
            world.database(vec![exports::delete(export)]).await?;
            None
        }
    };
    let Some(after) = after else { return Ok(None) };
    match done.act {
        Act::Nothing | Act::Tell => {}
        Act::Build => world.wake_exporter(after.account).await?,
        Act::Delete(keys) => {
            if !keys.is_empty() {
                world.delete_files(keys).await?;
            }
            Box::pin(advance(world, &after, &Event::Cleared, None)).await?;
        }
    }
    Ok(Some(after))
}
