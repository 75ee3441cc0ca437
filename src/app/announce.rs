//! The announcement of a change in what is promised, mailed to everybody who has an account, page
//! by page. A finished one is never begun again.

use serde_json::Value;

use crate::domain::letter::Letter;
use crate::domain::time::Millis;
use crate::policy::announcements::{self, Announcement};
use crate::ports::World;
use crate::store::announced::{self, Reader};
use crate::store::mails::{self, Recipient};

use super::Failure;

/// Accounts that one minute's step looks at.
pub const PAGE_ACCOUNTS: usize = 50;

/// Does one page of the announcement that is shown now, unless enough mails wait already.
pub async fn step<W: World>(world: &W) -> Result<(), Failure> {
    let now = world.now();
    let Some(news) = announcements::current(now) else { return Ok(()) };
    step_of(world, news, now).await
}

async fn step_of<W: World>(world: &W, news: &Announcement, now: Millis) -> Result<(), Failure> {
    // Nearly always it is finished, and then one row is all that is read.
    let rows = world.database(vec![announced::find(news.id)]).await?;
    let known = rows.iter().flatten().next().map(announced::progress).transpose()?;
    if known.is_some_and(|progress| progress.is_finished) {
        return Ok(());
    }
    let batch = vec![announced::begin(news.id), announced::find(news.id), mails::count_due(now)];
    let rows = world.database(batch).await?;
    let [_, found, backlog] = rows.as_slice() else {
        return Err(Failure::Broken("an announcement got too few results".to_owned()));
    };
    let Some(progress) = found.first().map(announced::progress).transpose()? else {
        return Err(Failure::Broken("an announcement was not begun".to_owned()));
    };
    let is_full = backlog.first().map(mails::is_full).transpose()?.unwrap_or(true);
    if progress.is_finished || is_full {
        return Ok(());
    }
    let from = &progress.next_account;
    let most = i64::try_from(PAGE_ACCOUNTS + 1).unwrap_or(i64::MAX);
    let list = announced::list_readers(from, news.published.begins(), now, most);
    let rows = world.database(vec![list]).await?;
    let readers = rows.iter().flatten().map(announced::reader).collect::<Result<Vec<_>, _>>()?;
    let next = readers.get(PAGE_ACCOUNTS).map(|reader| reader.id.to_string());
    let page = readers.iter().take(PAGE_ACCOUNTS).filter(|reader| reader.is_meant);
    let mails: Vec<Value> = page.filter_map(|reader| mail(news, reader, now)).collect();
    let batch = vec![
        announced::write(news.id, from, Value::from(mails).to_string()),
        announced::advance(news.id, from, next.as_deref(), now),
    ];
    world.database(batch).await?;
    Ok(())
}

fn mail(news: &Announcement, reader: &Reader, now: Millis) -> Option<Value> {
    let language = reader.language;
    let letter = Letter::Announcement {
        id: news.id.to_owned(),
        title: news.title.of(language).to_owned(),
        text: news.text.of(language).to_owned(),
    };
    let email = reader.email.as_deref()?;
    let to = Recipient { account: Some(reader.id), email, language };
    // Two accounts may have one address.
    Some(mails::row(&to, &letter, &format!("{} {}", news.id, reader.id), now))
}
