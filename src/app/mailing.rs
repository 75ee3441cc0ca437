//! What the operator writes to the confirmed waitlist: asked for once, put into the outbox page by
//! page by the cron. Who is on the list from before the confirmation was asked for, is asked now.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::id::WaitlistToken;
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::{DAY_MS, Millis};
use crate::ports::World;
use crate::store::mailings::{self, Mailing, Step};
use crate::store::mails::{self, Recipient};
use crate::store::waitlist::{self, Entry};

use super::Failure;
use super::operator;

/// Entries that one minute's step looks at.
pub const PAGE_ENTRIES: usize = 50;
/// Longest subject in characters: what a mail program shows in one line, and some more.
const SUBJECT_CHARS_MAX: usize = 150;
/// Longest text in bytes. A page of mails is one parameter of a statement, at most 2 MB.
const TEXT_BYTES_MAX: usize = 8_000;
/// How long a mailing is remembered, so that it is not sent twice.
const REMEMBERED_MS: i64 = 30 * DAY_MS;

/// What an operator wants to write.
pub struct Draft<'a> {
    /// One line.
    pub subject: &'a str,
    /// Paragraphs with an empty line between them.
    pub text: &'a str,
    /// Only to entries of this language.
    pub language: Option<&'a str>,
}

/// Begins a mailing; `false` when the same one was asked for in the last 30 days, and then nothing
/// happens.
pub async fn begin<W: World>(world: &W, draft: &Draft<'_>) -> Result<bool, Failure> {
    let mailing = parse(draft)?;
    let now = world.now();
    let language = mailing.language.map_or("every", Language::as_str);
    let detail = format!("mailing {}, language: {language}", mailing.id);
    let batch = vec![
        mailings::purge(now.plus(-REMEMBERED_MS)),
        mailings::begin(&mailing, now),
        operator::note(world, "waitlist_mails", detail),
    ];
    let rows = world.database(batch).await?;
    Ok(rows.get(1).is_some_and(|rows| !rows.is_empty()))
}

fn parse(draft: &Draft) -> Result<Mailing, Refusal> {
    let refusal = |field, detail: &'static str| Refusal::field(Code::InputInvalid, field, detail);
    let subject = draft.subject.trim();
    let text = draft.text.replace("\r\n", "\n");
    let text = text.trim();
    if subject.is_empty()
        || subject.chars().count() > SUBJECT_CHARS_MAX
        || subject.chars().any(char::is_control)
    {
        return Err(refusal("subject", "The subject is one line of 1 to 150 characters."));
    }
    let is_odd = |c: char| c.is_control() && c != '\n';
    if text.is_empty() || text.len() > TEXT_BYTES_MAX || text.chars().any(is_odd) {
        return Err(refusal("text", "The text is plain, of 1 to 8,000 bytes."));
    }
    let language = draft.language.map(|name| {
        Language::parse(name).ok_or(refusal("language", "The language is en, es, de or zh."))
    });
    let language = language.transpose()?;
    let name = language.map_or("", Language::as_str);
    let digest = Sha256::digest(format!("{name}\0{subject}\0{text}"));
    Ok(Mailing {
        id: hex(&digest).get(..16).unwrap_or_default().to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        language,
        after_email: String::new(),
        written: 0,
        asked: 0,
    })
}

/// Does one page of the mailing that is next, unless enough mails wait already.
pub async fn step<W: World>(world: &W) -> Result<(), Failure> {
    let now = world.now();
    let rows = world.database(vec![mailings::find_unfinished(), mails::count_due(now)]).await?;
    let [unfinished, backlog] = rows.as_slice() else {
        return Err(Failure::Broken("a mailing got too few results".to_owned()));
    };
    let Some(row) = unfinished.first() else { return Ok(()) };
    if backlog.first().map(mails::is_full).transpose()?.unwrap_or(true) {
        return Ok(());
    }
    let mailing = mailings::mailing(row)?;
    let most = i64::try_from(PAGE_ENTRIES).unwrap_or(i64::MAX);
    let rows = world.database(vec![waitlist::list_after(&mailing.after_email, most)]).await?;
    let entries = rows.iter().flatten().map(waitlist::entry).collect::<Result<Vec<_>, _>>()?;
    if let Some(last) = entries.last() {
        write_page(world, &mailing, &entries, &last.email, now).await?;
    }
    if entries.len() < PAGE_ENTRIES {
        return finish(world, &mailing.id, now).await;
    }
    Ok(())
}

async fn write_page<W: World>(
    world: &W,
    mailing: &Mailing,
    entries: &[Entry],
    to_email: &str,
    now: Millis,
) -> Result<(), Failure> {
    let (mut rows, mut tokens) = (vec![], Map::new());
    let meant = |entry: &&Entry| mailing.language.is_none_or(|language| language == entry.language);
    for entry in entries.iter().filter(meant) {
        let letter = match entry.token {
            Some(token) if entry.is_confirmed => Letter::Waitlist {
                subject: mailing.subject.clone(),
                text: mailing.text.clone(),
                token: token.to_string(),
            },
            // It was asked already.
            Some(_) => continue,
            None => {
                let token = WaitlistToken::from_bytes(world.random()).to_string();
                tokens.insert(entry.email.clone(), Value::from(token.as_str()));
                Letter::WaitlistConfirm { token }
            }
        };
        let to = Recipient { account: None, email: &entry.email, language: entry.language };
        rows.push(mails::row(&to, &letter, &mailing.id, now));
    }
    let asked = i64::try_from(tokens.len()).unwrap_or(i64::MAX);
    let written = i64::try_from(rows.len()).unwrap_or(i64::MAX) - asked;
    let step = Step { mailing, to_email, written, asked };
    let batch = vec![
        mailings::write(&step, Value::from(rows).to_string()),
        waitlist::give_tokens(Value::from(tokens).to_string(), now),
        mailings::advance(&step),
    ];
    world.database(batch).await?;
    Ok(())
}

async fn finish<W: World>(world: &W, id: &str, now: Millis) -> Result<(), Failure> {
    let note = operator::note(world, "waitlist_mails_done", format!("mailing {id}"));
    world.database(vec![mailings::finish(id, now), note]).await?;
    Ok(())
}
