//! Mails, by way of the outbox: a letter is queued in the very batch that causes it, and the cron
//! hands it over. Who dies between handing over and deleting the row sends it twice; who dies
//! before sends it later. No log line names an address.

pub use crate::store::mails::{Recipient, queue};

use futures_util::future::join_all;

use crate::domain::account::Account;
use crate::domain::letter::{Letter, TRIES_MAX};
use crate::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};
use crate::pages::mail;
use crate::ports::{Level, LogLine, Mail, MailError, Row, World};
use crate::store::decode::text;
use crate::store::mails::{self, Due};

use super::Failure;
use super::{announce, mailing, waitlist};

/// Mails that are handed over at once: the platform has six connections for one event.
const AT_ONCE: i64 = 6;
/// Times that as many in one minute, which makes 60.
const ROUNDS_MAX: usize = 10;
/// How long one minute's sending begins new rounds. The last one takes ten seconds more when nobody
/// answers, and the rest waits for the next minute.
pub const SENDING_MS_MAX: i64 = 10 * SECOND_MS;

impl<'a> Recipient<'a> {
    /// The account at its own address; `None` when it has none.
    pub fn of(account: &'a Account) -> Option<Self> {
        let email = account.email.as_deref()?;
        Some(Self { account: Some(account.id), email, language: account.language })
    }

    /// The same for a mail that is sent although the account is deleted.
    #[must_use]
    pub const fn outliving(self) -> Self {
        Self { account: None, ..self }
    }
}

/// What one minute's sending did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Mails that were taken over.
    pub taken: usize,
    /// Mails that will never be.
    pub dropped: usize,
    /// Mails that will be tried again.
    pub put_off: usize,
}

/// What the clock demands of all mails. A failure is logged and holds up nothing else.
pub async fn tend<W: World>(world: &W) {
    let begins_hour = world.now().0.rem_euclid(HOUR_MS) < MINUTE_MS;
    let sent = send_due(world).await.map(drop);
    let announced = announce::step(world).await;
    let stepped = mailing::step(world).await;
    let purged = if begins_hour { waitlist::purge(world).await } else { Ok(()) };
    for failure in [sent, announced, stepped, purged].into_iter().filter_map(Result::err) {
        let line = LogLine::new(Level::Error, "mails_failed");
        world.log(&line.with("error", failure.log_text()));
    }
}

/// Hands over the mails that are due.
pub async fn send_due<W: World>(world: &W) -> Result<Sent, Failure> {
    let (began, mut sent) = (world.now(), Sent::default());
    // Taking them reads five rows also when there is none, each minute of every day.
    let due = world.database(vec![mails::find_due(began)]).await?;
    if due.iter().all(Vec::is_empty) {
        return Ok(sent);
    }
    for _ in 0..ROUNDS_MAX {
        let rows = world.database(vec![mails::take_due(world.now(), AT_ONCE)]).await?;
        let rows = rows.into_iter().next().unwrap_or_default();
        let is_last = rows.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
        let ended = join_all(rows.iter().map(|row| see_to(world, row))).await;
        let round = count(&ended);
        let over: Vec<String> = ended.into_iter().filter_map(|(id, end)| end.over(id)).collect();
        if !over.is_empty() {
            world.database(vec![mails::delete(&over)]).await?;
        }
        sent.taken += round.taken;
        sent.dropped += round.dropped;
        sent.put_off += round.put_off;
        let is_outage = round.put_off > 0 && round.taken == 0;
        if is_last || is_outage || world.now().since(began) >= SENDING_MS_MAX {
            break;
        }
    }
    Ok(sent)
}

/// How the sight of one mail ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Taken,
    Dropped,
    PutOff,
}

impl End {
    /// The name of a mail whose row has done its work.
    fn over(self, id: String) -> Option<String> {
        match self {
            Self::Taken | Self::Dropped => Some(id),
            Self::PutOff => None,
        }
    }
}

fn count(ended: &[(String, End)]) -> Sent {
    let of = |wanted| ended.iter().filter(|(_, end)| *end == wanted).count();
    Sent { taken: of(End::Taken), dropped: of(End::Dropped), put_off: of(End::PutOff) }
}

async fn see_to<W: World>(world: &W, row: &Row) -> (String, End) {
    let due = match mails::due(row) {
        Ok(due) => due,
        Err(corrupt) => {
            let line = LogLine::new(Level::Error, "mail_corrupt");
            world.log(&line.with("error", Failure::from(corrupt).log_text()));
            // It would come back for ever, and with it somebody's address.
            return (text(row, "id").unwrap_or_default().to_owned(), End::Dropped);
        }
    };
    let end = match needless(&due, world.now()) {
        Some(why) => {
            tell(world, &due, why);
            End::Dropped
        }
        None => hand_over(world, &due).await,
    };
    (due.id, end)
}

/// Why a mail is not sent after all.
fn needless(due: &Due, now: Millis) -> Option<&'static str> {
    if now >= due.expires_at || due.tries > TRIES_MAX {
        return Some("mail_given_up");
    }
    let wanted = match due.letter {
        Letter::WaitlistConfirm { .. } => due.waits == Some(false),
        Letter::Waitlist { .. } => due.waits == Some(true),
        Letter::News { .. } => due.agrees,
        Letter::NewSignIn { .. }
        | Letter::EmailChangeConfirm { .. }
        | Letter::EmailChanged { .. }
        | Letter::DeletionScheduled { .. }
        | Letter::DeletionDone { .. }
        | Letter::ExportReady { .. }
        | Letter::Announcement { .. } => true,
    };
    (!wanted).then_some("mail_unwanted")
}

async fn hand_over<W: World>(world: &W, due: &Due) -> End {
    let written = mail::write(&world.config().site, due.language, &due.letter);
    let mail = Mail {
        to: due.recipient.clone(),
        subject: written.subject,
        text: written.text,
        html: written.html,
        unsubscribe: written.unsubscribe,
    };
    match world.send_mail(mail).await {
        Ok(()) => End::Taken,
        // What the other side says may name the address.
        Err(MailError::Refused(_)) => {
            tell(world, due, "mail_refused");
            End::Dropped
        }
        Err(MailError::Transient(_)) => {
            tell(world, due, "mail_put_off");
            End::PutOff
        }
    }
}

fn tell<W: World>(world: &W, due: &Due, event: &'static str) {
    let line = LogLine::new(Level::Warning, event).with("letter", due.letter.name());
    world.log(&line.with("tries", due.tries));
}
