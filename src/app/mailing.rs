//! What the operator writes to the confirmed waitlist, and to accounts whose owners want news:
//! asked for once, put into the outbox page by page by the cron. Who is on the list from before
//! the confirmation was asked for, is asked now.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::domain::hex::hex;
use crate::domain::id::WaitlistToken;
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::news::{Audience, NEWS_PAUSE_MS, end_token};
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::Millis;
use crate::ports::World;
use crate::store::consents::{self, Reader};
use crate::store::mailings::{self, Mailing, Step};
use crate::store::mails::{self, Recipient};
use crate::store::waitlist::{self, Entry};

use super::Failure;
use super::operator;

/// Entries of the waitlist, and accounts, that one minute's step looks at.
pub const PAGE_ENTRIES: usize = 50;
/// Longest subject in characters: what a mail program shows in one line, and some more.
const SUBJECT_CHARS_MAX: usize = 150;
/// Longest text in bytes. A page of mails is one parameter of a statement, at most 2 MB.
const TEXT_BYTES_MAX: usize = 8_000;
/// How long a mailing is remembered, so that it is not sent twice, and the next one not too soon.
const REMEMBERED_MS: i64 = NEWS_PAUSE_MS;

/// What an operator wants to write.
pub struct Draft<'a> {
    /// One line.
    pub subject: &'a str,
    /// Paragraphs with an empty line between them.
    pub text: &'a str,
    /// To whom; to the waitlist when nothing is said.
    pub audience: Option<&'a str>,
    /// Only to those of this language.
    pub language: Option<&'a str>,
}

/// Begins a mailing; `false` when the same one was asked for in the last 31 days, and then nothing
/// happens. Accounts are written to once in that time, so another one to them is refused.
pub async fn begin<W: World>(world: &W, draft: &Draft<'_>) -> Result<bool, Failure> {
    let mailing = parse(draft)?;
    let now = world.now();
    let language = mailing.language.map_or("every", Language::as_str);
    let to = mailing.audience.as_str();
    let detail = format!("mailing {}, to: {to}, language: {language}", mailing.id);
    let batch = vec![
        mailings::purge(now.plus(-REMEMBERED_MS)),
        mailings::begin(&mailing, now),
        mailings::find(&mailing.id),
        operator::note(world, "mailing", detail),
    ];
    let rows = world.database(batch).await?;
    let has_row = |at: usize| rows.get(at).is_some_and(|rows| !rows.is_empty());
    if !has_row(2) {
        let detail = "Accounts of this language were written to in the last 31 days, and news are \
                      promised once a month at most.";
        return Err(Refusal::field(Code::InputInvalid, "to", detail).into());
    }
    Ok(has_row(1))
}

fn parse(draft: &Draft) -> Result<Mailing, Refusal> {
    let refusal = |field, detail: &'static str| Refusal::field(Code::InputInvalid, field, detail);
    let subject = draft.subject.trim();
    let text = draft.text.replace("\r\n", "\n");
    let is_odd = |c: char| c.is_control() && c != '\n';
    let is_too_much = text.len() > TEXT_BYTES_MAX || text.chars().any(is_odd);
    let text = text.trim();
    if subject.is_empty()
        || draft.subject.chars().count() > SUBJECT_CHARS_MAX
        || draft.subject.chars().any(char::is_control)
    {
        return Err(refusal("subject", "The subject is one line of 1 to 150 characters."));
    }
    if text.is_empty() || is_too_much {
        return Err(refusal("text", "The text is plain, of 1 to 8,000 bytes."));
    }
    let language = draft.language.map(|name| {
        Language::parse(name).ok_or(refusal("language", "The language is en, es, de or zh."))
    });
    let language = language.transpose()?;
    let audience = draft.audience.map_or(Some(Audience::Waitlist), Audience::parse);
    let audience = audience.ok_or(refusal("to", "It is waitlist, accounts or both."))?;
    let (name, to) = (language.map_or("", Language::as_str), audience.as_str());
    let digest = Sha256::digest(format!("{to}\0{name}\0{subject}\0{text}"));
    Ok(Mailing {
        id: hex(&digest).get(..16).unwrap_or_default().to_owned(),
        subject: subject.to_owned(),
        text: text.to_owned(),
        audience,
        language,
        after_email: String::new(),
        written: 0,
        asked: 0,
    })
}

/// Does one page of the mailing that is next, unless enough mails wait already.
pub async fn step<W: World>(world: &W) -> Result<(), Failure> {
    let now = world.now();
    let rows = world.database(vec![mailings::find_unfinished()]).await?;
    let Some(row) = rows.iter().flatten().next() else { return Ok(()) };
    let mailing = mailings::mailing(row)?;
    let rows = world.database(vec![mails::count_due(now)]).await?;
    if rows.iter().flatten().next().map(mails::is_full).transpose()?.unwrap_or(true) {
        return Ok(());
    }
    let page = read_page(world, &mailing).await?;
    if let Some((last, _)) = page.addressees.last_key_value() {
        write_page(world, &mailing, &page.addressees, last, now).await?;
    }
    if page.is_last {
        return finish(world, &mailing.id, now).await;
    }
    Ok(())
}

/// Whoever has an address, as the two lists know it.
#[derive(Default)]
struct Addressee {
    entry: Option<Entry>,
    reader: Option<Reader>,
}

/// The next addresses in order; of each of them everything is here.
struct Page {
    addressees: BTreeMap<String, Addressee>,
    is_last: bool,
}

async fn read_page<W: World>(world: &W, mailing: &Mailing) -> Result<Page, Failure> {
    let most = i64::try_from(PAGE_ENTRIES).unwrap_or(i64::MAX);
    let of = |is_meant: bool| if is_meant { most } else { 0 };
    let (after, audience) = (&mailing.after_email, mailing.audience);
    let batch = vec![
        waitlist::list_after(after, of(audience.has_waitlist())),
        consents::list_readers_after(after, of(audience.has_accounts())),
    ];
    let rows = world.database(batch).await?;
    let [entries, readers] = rows.as_slice() else {
        return Err(Failure::Broken("a mailing got too few results".to_owned()));
    };
    let entries = entries.iter().map(waitlist::entry).collect::<Result<Vec<_>, _>>()?;
    let readers = readers.iter().map(consents::reader).collect::<Result<Vec<_>, _>>()?;
    // Where a list is cut off, nothing is known of the addresses behind.
    let is_cut = |count: usize| count == PAGE_ENTRIES;
    let ends = [
        entries.last().filter(|_| is_cut(entries.len())).map(|entry| entry.email.clone()),
        readers.last().filter(|_| is_cut(readers.len())).map(|reader| reader.address.clone()),
    ];
    let end = ends.into_iter().flatten().min();
    let mut addressees: BTreeMap<String, Addressee> = BTreeMap::new();
    for entry in entries {
        let address = entry.email.clone();
        addressees.entry(address).or_default().entry = Some(entry);
    }
    for reader in readers {
        let known = &mut addressees.entry(reader.address.clone()).or_default().reader;
        // Two accounts may have one address.
        if known.as_ref().is_none_or(|known| !known.agrees) {
            *known = Some(reader);
        }
    }
    let is_last = end.is_none();
    addressees.retain(|address, _| end.as_ref().is_none_or(|end| address <= end));
    Ok(Page { addressees, is_last })
}

async fn write_page<W: World>(
    world: &W,
    mailing: &Mailing,
    page: &BTreeMap<String, Addressee>,
    to_email: &str,
    now: Millis,
) -> Result<(), Failure> {
    let (mut rows, mut tokens) = (vec![], Map::new());
    for (address, addressee) in page {
        let Some((to, letter)) = letter_to(world, mailing, addressee) else { continue };
        if let Letter::WaitlistConfirm { token } = &letter {
            tokens.insert(address.clone(), Value::from(token.as_str()));
        }
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

/// What an address gets, if anything: one mail, the account's if its owner wants it.
fn letter_to<'a, W: World>(
    world: &W,
    mailing: &Mailing,
    addressee: &'a Addressee,
) -> Option<(Recipient<'a>, Letter)> {
    let is_meant = |language| mailing.language.is_none_or(|one| one == language);
    let (subject, text) = (mailing.subject.clone(), mailing.text.clone());
    if let Some(reader) = addressee.reader.as_ref().filter(|reader| reader.agrees) {
        let (email, language) = (reader.email.as_str(), reader.language);
        let token = end_token(&world.config().link_keys, reader.id);
        let to = Recipient { account: Some(reader.id), email, language };
        return is_meant(language).then_some((to, Letter::News { subject, text, token }));
    }
    let entry = addressee.entry.as_ref();
    let entry = entry.filter(|entry| is_meant(entry.language) && !entry.is_silent)?;
    let letter = match entry.token {
        Some(token) if entry.is_confirmed => {
            Letter::Waitlist { subject, text, token: token.to_string() }
        }
        // It was asked already.
        Some(_) => return None,
        None => {
            let token = WaitlistToken::from_bytes(world.random());
            Letter::WaitlistConfirm { token: token.to_string() }
        }
    };
    Some((Recipient { account: None, email: &entry.email, language: entry.language }, letter))
}

async fn finish<W: World>(world: &W, id: &str, now: Millis) -> Result<(), Failure> {
    let note = operator::note(world, "mailing_done", format!("mailing {id}"));
    world.database(vec![mailings::finish(id, now), note]).await?;
    Ok(())
}
