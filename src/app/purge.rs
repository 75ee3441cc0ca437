//! Deletes the accounts whose time is over, a few steps each minute: what there is gets counted,
//! then deleted, and with the last row goes the receipt to whoever has its code. Every step may be
//! interrupted and is then done again.

use crate::domain::account::Account;
use crate::domain::deletion::Schedule;
use crate::domain::hex::hex;
use crate::domain::letter::Letter;
use crate::domain::order::{Event, Order, State, Step, step};
use crate::domain::receipt::{self, Deleted, Kept};
use crate::domain::time::{HOUR_MS, MINUTE_MS};
use crate::ports::{DatabaseError, Level, LogLine, Row, Statement, World};
use crate::store::deletions::{self, Progress};
use crate::store::{accounts, exports, orders, receipts, trial};

use super::Failure;
use super::advance::{advance_loaded, note, statements};
use super::mails::{self, Recipient};
use super::visitor::account_hash;

/// Accounts that one sweep goes on with. They take turns, so that those that fail each time hold up
/// nobody else for long.
const ACCOUNTS_MAX: i64 = 8;
/// Steps of one account in one sweep. A step is some four calls, of the 1,000 that the platform
/// allows an invocation, so 8 accounts take a sixth of them.
const STEPS_MAX: usize = 5;
/// Orders of one step: 2 statements and 7 files each at most. An account of 5,000 is gone in an
/// hour.
const PAGE_MAX: i64 = 40;

/// What a step has brought.
enum Then {
    /// There is more to do.
    Next(Box<Progress>),
    /// Not now: somebody else is at it, or something is still on its way.
    Later,
    /// The account is gone.
    Gone,
}

/// Goes on with what is due. Failures are logged: no account waits for another, nor the rest of the
/// sweep for any.
pub async fn purge_due<W: World>(world: &W) {
    let now = world.now();
    let mut batch = vec![deletions::list_due(now, ACCOUNTS_MAX)];
    if now.0.rem_euclid(HOUR_MS) < MINUTE_MS {
        batch.push(receipts::purge(now));
    }
    let due = match world.database(batch).await {
        Ok(rows) => rows.into_iter().next().unwrap_or_default(),
        Err(error) => return log_failure(world, &error.into()),
    };
    for row in due {
        if let Err(failure) = purge(world, &row).await {
            log_failure(world, &failure);
        }
    }
}

fn log_failure<W: World>(world: &W, failure: &Failure) {
    let line = LogLine::new(Level::Error, "account_not_deleted");
    world.log(&line.with("error", failure.log_text()));
}

/// Goes on with one account.
async fn purge<W: World>(world: &W, row: &Row) -> Result<(), Failure> {
    let (account, schedule) = (accounts::account(row)?, deletions::schedule_of(row)?);
    let begin = deletions::begin(account.id, &hex(&world.random()), world.now());
    let turn = deletions::note_turn(account.id, world.now());
    let stop = deletions::stop_exports(account.id);
    let rows = world.database(vec![turn, begin, stop, deletions::find(account.id)]).await?;
    // None when it was taken back, or somebody else has ended it.
    let Some(row) = rows.get(3).and_then(|rows| rows.first()) else { return Ok(()) };
    let mut progress = deletions::progress(row)?;
    for _ in 0..STEPS_MAX {
        match go_on(world, &account, schedule, progress).await? {
            Then::Next(next) => progress = *next,
            Then::Later | Then::Gone => return Ok(()),
        }
    }
    Ok(())
}

async fn go_on<W: World>(
    world: &W,
    account: &Account,
    schedule: Schedule,
    progress: Progress,
) -> Result<Then, Failure> {
    let until = progress.counted_until.as_str();
    let batch = vec![
        deletions::list_uncounted(account.id, until, PAGE_MAX),
        deletions::list_counted(account.id, until, PAGE_MAX),
    ];
    let rows = world.database(batch).await?;
    let [uncounted, counted] = rows.as_slice() else {
        return Err(Failure::Broken("a deletion got too few results".to_owned()));
    };
    if !uncounted.is_empty() {
        return count(world, account, progress, orders_of(uncounted)?).await;
    }
    if !counted.is_empty() {
        erase(world, orders_of(counted)?).await?;
        return Ok(Then::Next(Box::new(progress)));
    }
    finish(world, account.clone(), schedule, progress).await
}

fn orders_of(rows: &[Row]) -> Result<Vec<Order>, Failure> {
    let orders = rows.iter().map(orders::order);
    Ok(orders.collect::<Result<_, _>>()?)
}

/// Counts a page of orders. Those that still go on are stopped first: what has ended changes no
/// more.
async fn count<W: World>(
    world: &W,
    account: &Account,
    mut progress: Progress,
    page: Vec<Order>,
) -> Result<Then, Failure> {
    for mut order in page {
        if order.completed_at.is_none() {
            match advance_loaded(world, order, &Event::CancelRequested).await {
                Ok(Some(stopped)) => order = stopped,
                // It has ended in this very moment, and is read again.
                Ok(None) | Err(Failure::Refused(_)) => break,
                Err(failure) => return Err(failure),
            }
        }
        add(&mut progress, &order);
    }
    progress.version += 1;
    let rows = world.database(vec![deletions::advance(account.id, &progress)]).await?;
    let is_written = rows.first().is_some_and(|rows| !rows.is_empty());
    Ok(if is_written { Then::Next(Box::new(progress)) } else { Then::Later })
}

fn add(progress: &mut Progress, order: &Order) {
    for image in order.images.iter().chain(&order.preview) {
        progress.tally.add_object(&progress.salt, &image.sha256, image.bytes.into());
    }
    progress.tally.add_order(order.completed_at.unwrap_or(order.created_at));
    progress.counted_until = order.id.to_string();
}

/// Deletes a page of orders: unreadable by a commit, then the files, then the rows.
async fn erase<W: World>(world: &W, page: Vec<Order>) -> Result<(), Failure> {
    let unreadable = commit_all(world, page, &Event::PurgeRequested).await?;
    let keys = unreadable.iter().flat_map(Order::file_keys).map(|key| key.to_string()).collect();
    world.delete_files(keys).await?;
    commit_all(world, unreadable, &Event::FilesGone).await?;
    Ok(())
}

/// Lets the same happen to all of them in one batch of compare-and-sets; those that it did happen
/// to, and those to which it had happened before. The others are read again.
async fn commit_all<W: World>(
    world: &W,
    page: Vec<Order>,
    event: &Event,
) -> Result<Vec<Order>, Failure> {
    let rules = &world.config().rules;
    let (mut batch, mut changed, mut done) = (vec![], vec![], vec![]);
    for order in page {
        let next = step(&order, event, world.now(), rules)?;
        if next.changed {
            batch.extend(statements_of(world, &order, &next));
            changed.push((order, next, batch.len()));
        } else {
            done.push(next.order);
        }
    }
    if batch.is_empty() {
        return Ok(done);
    }
    let rows = world.database(batch).await?;
    for (before, next, end) in changed {
        // The compare-and-set is the last statement of its order.
        if rows.get(end - 1).is_some_and(|rows| !rows.is_empty()) {
            note(world, &before, &next, event);
            done.push(next.order);
        }
    }
    Ok(done)
}

/// What a step writes. Of these orders no try is remembered.
fn statements_of<W: World>(world: &W, before: &Order, next: &Step) -> Vec<Statement> {
    if next.order.state == State::Closed {
        return vec![orders::delete(&next.order)];
    }
    statements(world, before, next)
}

/// The last act, once no order is left: exports, portrait, and in one batch every row of the
/// person, with the receipt and the mail that brings it. Whoever was let in before the time was
/// over may still write for some minutes, so the rows wait for that.
async fn finish<W: World>(
    world: &W,
    account: Account,
    schedule: Schedule,
    progress: Progress,
) -> Result<Then, Failure> {
    let email = account.email.as_deref();
    let rows = world
        .database(vec![
            accounts::find(account.id),
            deletions::list_exports(account.id),
            deletions::count_rows(account.id, email),
        ])
        .await?;
    let [found, exports, counts] = rows.as_slice() else {
        return Err(Failure::Broken("a deletion got too few results".to_owned()));
    };
    let (Some(found), Some(counts)) = (found.first(), counts.first()) else {
        return Ok(Then::Gone);
    };
    let account = accounts::account(found)?;
    let parts = drop_objects(world, &account, exports).await?;
    let now = world.now();
    if !schedule.is_quiet(now) {
        return Ok(Then::Later);
    }
    let mut tally = progress.tally;
    for (sha256, bytes) in parts {
        tally.add_object(&progress.salt, &sha256, bytes);
    }
    let mut counted = deletions::rows_by_table(counts)?;
    counted.push(("orders", tally.orders));
    let config = world.config();
    let deleted = Deleted {
        issuer: &config.site.origin,
        schedule,
        done_at: now,
        rows: counted,
        tally: &tally,
        salt: &progress.salt,
        is_mailed: account.email.is_some(),
    };
    let receipt = receipt::sign(&config.receipt_seed, &deleted)
        .ok_or_else(|| Failure::Broken("RECEIPT_KEY is no key".to_owned()))?;
    let is_gone = erase_account(world, &account, receipt).await?;
    if is_gone {
        let line = LogLine::new(Level::Info, "account_deleted").with("orders", tally.orders);
        world.log(&line.with("objects", tally.objects));
    }
    Ok(if is_gone { Then::Gone } else { Then::Later })
}

/// Deletes the exports' objects and the portrait; digest and size of each.
async fn drop_objects<W: World>(
    world: &W,
    account: &Account,
    rows: &[Row],
) -> Result<Vec<(String, u64)>, Failure> {
    let (mut keys, mut objects) = (vec![], vec![]);
    for row in rows {
        let export = exports::export(row)?;
        keys.extend(export.file_keys());
        objects.extend(export.parts.into_iter().map(|part| (part.sha256, part.bytes)));
    }
    if let Some(portrait) = &account.portrait {
        keys.push(portrait.key.clone());
        objects.push((portrait.sha256.clone(), portrait.bytes.into()));
    }
    if !keys.is_empty() {
        world.delete_files(keys).await?;
    }
    Ok(objects)
}

/// The one batch after which nothing names the person but a mail on its way; `false` when an order
/// has come meanwhile, or somebody else was quicker.
async fn erase_account<W: World>(
    world: &W,
    account: &Account,
    receipt: String,
) -> Result<bool, Failure> {
    let (now, rules) = (world.now(), &world.config().rules);
    let kept = Kept { receipt: receipt.clone(), expires_at: now.plus(rules.receipt_life_ms) };
    let mut batch = vec![receipts::keep(account.id, &kept, now)];
    if let Some(to) = Recipient::of(account) {
        let letter = Letter::DeletionDone { receipt };
        batch.push(mails::queue(&to.outliving(), &letter, &account.id.to_string(), now));
        batch.push(deletions::leave_waitlist(to.email));
    }
    batch.push(trial::forget(&account_hash(account.id), now, rules.trial_window_ms));
    batch.push(deletions::delete_account(account.id));
    match world.database(batch).await {
        Ok(_) => Ok(true),
        Err(DatabaseError::Constraint(text)) => {
            let line = LogLine::new(Level::Warning, "account_not_empty");
            world.log(&line.with("error", text));
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
