//! One run of an account's Exporter: it writes one part, and the row says where the next one
//! begins.

use std::collections::BTreeSet;

use futures_util::stream::{self, StreamExt};

use crate::domain::account::Account;
use crate::domain::export::{Builder, Event, Export, Header, Index, Part, Reason, Rest};
use crate::domain::hex::hex;
use crate::domain::id::{AccountId, FileId};
use crate::domain::time::Millis;
use crate::ports::{Level, LogLine, World};
use crate::store::export_rows::LEFT_OUT;
use crate::store::{accounts, exports};

use super::super::mails::Recipient;
use super::rows::{self, Gathered};
use super::{Failure, advance};

/// Makes the page to look at.
pub type Draw = fn(&Index) -> String;

/// Questions about files at once.
const LOOKS_MAX: usize = 6;

/// Writes the next part of what the account has requested. The moment at which to come again;
/// `None` when there is nothing to come for.
pub async fn build<W: World>(
    world: &W,
    account: AccountId,
    draw: Draw,
) -> Result<Option<Millis>, Failure> {
    let rows = world.database(vec![exports::find_live(account), accounts::find(account)]).await?;
    let [live, owner] = rows.as_slice() else {
        return Err(Failure::Broken("an export got too few results".to_owned()));
    };
    let (Some(export), Some(owner)) = (live.first(), owner.first()) else { return Ok(None) };
    let (export, owner) = (exports::export(export)?, accounts::account(owner)?);
    let key = export.new_key(FileId::from_bytes(world.random()));
    let begun = Event::Begun { key: key.clone() };
    let Some(export) = advance(world, &export, &begun, None).await? else {
        return Ok(export.wake_at);
    };
    if !export.state.is_live() {
        return Ok(None);
    }
    let ended = match write(world, &export, &owner, &key, draw).await {
        Ok((part, rest)) => Event::Stored { part, rest },
        Err(failure) => troubled(world, key.clone(), &failure),
    };
    let after = match advance(world, &export, &ended, Recipient::of(&owner)).await {
        Ok(Some(after)) => after,
        // Somebody else went on, or the account is gone: then no row knows of this file.
        Ok(None) => return world.delete_files(vec![key]).await.map(|()| None).map_err(Into::into),
        Err(failure) => {
            // Otherwise it may have been committed: the next run finds what became of the file.
            if matches!(failure, Failure::Broken(_)) {
                world.delete_files(vec![key]).await?;
            }
            return Err(failure);
        }
    };
    Ok(after.wake_at.filter(|_| after.state.is_live()))
}

fn troubled<W: World>(world: &W, key: String, failure: &Failure) -> Event {
    let reason = match failure {
        Failure::Unavailable(_) => Reason::Unavailable,
        Failure::Refused(_) | Failure::Limited(..) | Failure::Broken(_) => Reason::Internal,
    };
    let line = LogLine::new(Level::Error, "export_part_failed");
    world.log(&line.with("error", failure.log_text()));
    Event::Troubled { key, reason }
}

/// Gathers the part's rows, plans its zip and stores it.
async fn write<W: World>(
    world: &W,
    export: &Export,
    owner: &Account,
    key: &str,
    draw: Draw,
) -> Result<(Part, Option<Rest>), Failure> {
    let Gathered { mut builder, more } = rows::gather(world, export, owner).await?;
    // A file that is missing fails the whole, so after a failure each is looked for.
    if export.progress.tries > 1 {
        let lost = lost(world, &builder).await?;
        if !lost.is_empty() {
            let line = LogLine::new(Level::Error, "export_files_missing");
            world.log(&line.with("files", lost.len()));
            builder.drop_lost(&lost);
        }
    }
    let header = header(world, export, owner);
    let earlier = &export.progress.earlier;
    let page = draw(&builder.index(&header, earlier));
    let made = builder.finish(&header, page, earlier, &LEFT_OUT);
    let stored = world.put_pieces(key, made.zip.segments, made.zip.length).await?;
    let part = Part { key: key.to_owned(), bytes: stored.bytes, sha256: hex(&stored.sha256) };
    let after = builder.last_id().unwrap_or(&export.progress.after).to_owned();
    Ok((part, more.then_some(Rest { after, earlier: made.earlier })))
}

fn header<W: World>(world: &W, export: &Export, owner: &Account) -> Header {
    let site = &world.config().site;
    Header {
        origin: site.origin.clone(),
        account: export.account.to_string(),
        export: export.id.to_string(),
        site: site.name.clone(),
        person: owner.name.clone(),
        language: owner.language,
        requested_at: export.requested_at,
        made_at: world.now(),
    }
}

/// Which of the files that the part reads do not exist.
async fn lost<W: World>(world: &W, builder: &Builder) -> Result<BTreeSet<String>, Failure> {
    let looks = stream::iter(builder.keys()).map(|key| async move {
        let is_there = world.has_file(&key).await?;
        Ok((!is_there).then_some(key))
    });
    let looked: Vec<Result<Option<String>, Failure>> =
        looks.buffer_unordered(LOOKS_MAX).collect().await;
    let lost: Result<Vec<Option<String>>, Failure> = looked.into_iter().collect();
    Ok(lost?.into_iter().flatten().collect())
}
