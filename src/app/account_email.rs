//! Another mail address for an account: wished for in a session, confirmed from its mailbox.

use sha2::{Digest, Sha256};

use crate::domain::account_change::{EMAIL_CHANGE_LIFE_MS, EmailWish};
use crate::domain::hex::hex;
use crate::domain::id::MailToken;
use crate::domain::letter::Letter;
use crate::domain::limits::{Policy, Rate, Standing};
use crate::domain::mail_address::MailAddress;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::SECOND_MS;
use crate::ports::World;
use crate::store::email_changes;

use super::Failure;
use super::mails::{self, Recipient};
use super::session::SignedIn;
use super::sign_in::token_bytes;

/// Mails with a link that an account may cause before a day has passed without one: each goes to a
/// mailbox whose owner may not have asked for it.
const ASKED_MAX: u32 = 5;
/// The path that the link in the mail leads to.
pub const CONFIRMATION_PATH: &str = "/account/email-confirmation";

/// Takes a wish: a link goes to the new address, and nothing changes until it is confirmed.
pub async fn wish<W: World>(world: &W, who: &SignedIn, wish: &EmailWish) -> Result<(), Failure> {
    let present = who.account.email.as_deref().unwrap_or_default();
    match wish {
        EmailWish::Change(email) if email.identity() != present.to_ascii_lowercase() => {
            ask(world, who, email).await
        }
        EmailWish::Change(_) | EmailWish::Keep => {
            let forget = email_changes::forget(who.account.id, &nobody_hash(world));
            world.database(vec![forget]).await?;
            Ok(())
        }
    }
}

async fn ask<W: World>(world: &W, who: &SignedIn, email: &MailAddress) -> Result<(), Failure> {
    let (account, now) = (&who.account, world.now());
    let rows = world.database(vec![email_changes::find(account.id)]).await?;
    let before = rows.iter().flatten().next().map(email_changes::email_change).transpose()?;
    if let Some(before) =
        before.filter(|one| one.expires_at > now && one.asked >= i64::from(ASKED_MAX))
    {
        return Err(too_often(before.expires_at.since(now)));
    }
    let token = MailToken::from_bytes(token_bytes(world));
    let (hash, expires_at) = (token_hash(token), now.plus(EMAIL_CHANGE_LIFE_MS));
    let to =
        Recipient { account: Some(account.id), email: email.as_str(), language: account.language };
    let path = format!("{CONFIRMATION_PATH}?token={token}");
    let letter = Letter::EmailChangeConfirm { path };
    let batch = vec![
        email_changes::ask(account.id, email.as_str(), &hash, now, expires_at, ASKED_MAX),
        email_changes::mail(&to, &letter, &hash, now),
    ];
    let rows = world.database(batch).await?;
    // Others of the same account have asked since it was read how often it has.
    if rows.first().is_none_or(Vec::is_empty) {
        return Err(too_often(EMAIL_CHANGE_LIFE_MS));
    }
    Ok(())
}

fn too_often(wait_ms: i64) -> Failure {
    let seconds = u32::try_from(wait_ms / SECOND_MS + 1).unwrap_or(u32::MAX);
    let detail = "You have asked for another e-mail address too often.";
    let policy = Policy { name: "email_changes", rate: Rate::per(ASKED_MAX, EMAIL_CHANGE_LIFE_MS) };
    let standing = Standing { remaining: 0, reset_ms: wait_ms };
    let refusal = Refusal::new(Code::RateLimited, detail).retry_after(seconds);
    Failure::Limited(refusal, vec![(policy, standing)])
}

/// The address that this token would confirm. It changes nothing: programs that look at mails open
/// the links in them.
pub async fn look<W: World>(world: &W, token: &str) -> Result<String, Failure> {
    let hash = parse(token)?;
    let rows = world.database(vec![email_changes::find_by_token(&hash, world.now())]).await?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or_else(over)?;
    Ok(email_changes::email_change(row)?.email)
}

/// Gives the account the address that waits for this token, once, and tells the one before.
pub async fn confirm<W: World>(world: &W, token: &str) -> Result<(), Failure> {
    let (hash, now) = (parse(token)?, world.now());
    let rows = world.database(vec![email_changes::find_by_token(&hash, now)]).await?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or_else(over)?;
    let account = email_changes::email_change(row)?.account;
    let mut batch = vec![email_changes::confirm(&hash, now)];
    if let Some(old) = email_changes::old_email(row)? {
        batch.push(email_changes::follow(&hash, old, now));
        let language = email_changes::language(row)?;
        let to = Recipient { account: Some(account), email: old, language };
        batch.push(mails::queue(&to, &Letter::EmailChanged { at: now }, &hash, now));
    }
    batch.push(email_changes::take(&hash, &nobody_hash(world), now));
    let rows = world.database(batch).await?;
    if rows.last().is_none_or(Vec::is_empty) {
        return Err(over().into());
    }
    Ok(())
}

fn parse(token: &str) -> Result<String, Refusal> {
    MailToken::parse(token).map(token_hash).ok_or_else(over)
}

fn over() -> Refusal {
    Refusal::new(
        Code::LinkInvalid,
        "This link has been used, is older than a day, or was replaced by a newer one.",
    )
}

/// Of a token that nobody knows.
fn nobody_hash<W: World>(world: &W) -> String {
    token_hash(MailToken::from_bytes(token_bytes(world)))
}

fn token_hash(token: MailToken) -> String {
    hex(&Sha256::digest(token.bytes()))
}
