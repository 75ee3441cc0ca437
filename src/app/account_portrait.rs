//! The portrait of a person: fetched once from where Google keeps it, and from then on ours.
//!
//! The row names a file before it is stored, and what it named before is deleted before that: so
//! whatever dies in between, no file is left that no row knows. The source is noted last; as long
//! as it is not, the next sign-in fetches the portrait again.

use sha2::{Digest, Sha256};

use crate::domain::account::{Account, Portrait};
use crate::domain::crc32::crc32;
use crate::domain::hex::hex;
use crate::domain::id::FileId;
use crate::domain::image::sanitize;
use crate::domain::portrait::{BYTES_MAX, LIMITS, PREFIX};
use crate::domain::time::SECOND_MS;
use crate::identity::portrait::{FOUND, is_portrait_address};
use crate::ports::{Level, LogLine, OutsideCall, World};
use crate::store::accounts;

use super::Failure;

/// How long a sign-in waits for the portrait.
const TIMEOUT_MS: i64 = 3 * SECOND_MS;

/// Fetches the portrait at this address unless it is the one that the account has. A failure is no
/// reason to refuse a sign-in: then the account keeps what it has.
pub async fn refresh<W: World>(
    world: &W,
    account: &Account,
    source: Option<&str>,
    address: Option<&str>,
) {
    let issuer = &world.config().identity.issuer;
    let Some(address) = address.filter(|one| is_portrait_address(one, issuer)) else { return };
    let wanted = hex(&Sha256::digest(address));
    if source == Some(wanted.as_str()) {
        return;
    }
    if let Err(failure) = replace(world, account, address, &wanted).await {
        let line = LogLine::new(Level::Warning, "portrait_not_fetched");
        world.log(&line.with("error", failure.log_text()));
    }
}

async fn replace<W: World>(
    world: &W,
    account: &Account,
    address: &str,
    source: &str,
) -> Result<(), Failure> {
    let old_key = account.portrait.as_ref().map(|portrait| portrait.key.as_str());
    let bytes = match sanitize(fetch(world, address).await?, "portrait", &LIMITS) {
        Ok(clean) => (clean.bytes, clean.facts.format),
        // It will be no better at the next sign-in.
        Err(refusal) => {
            let note = accounts::note_portrait_source(account.id, old_key, source);
            world.database(vec![note]).await?;
            return Err(refusal.into());
        }
    };
    let (bytes, format) = bytes;
    let portrait = Portrait {
        key: format!("{PREFIX}{}", FileId::from_bytes(world.random())),
        format,
        bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        sha256: hex(&Sha256::digest(&bytes)),
        crc32: crc32(&bytes),
    };
    if let Some(key) = old_key {
        world.delete_files(vec![key.to_owned()]).await?;
    }
    let name = accounts::name_portrait(account.id, old_key, &portrait);
    if world.database(vec![name]).await?.iter().all(Vec::is_empty) {
        // Another sign-in of the same person was quicker.
        return Ok(());
    }
    let (file, _) = world.hold_file(vec![bytes]).await?;
    world.put_file(&portrait.key, file).await?;
    let note = accounts::note_portrait_source(account.id, Some(&portrait.key), source);
    if world.database(vec![note]).await?.iter().all(Vec::is_empty) {
        // The account went, or names another one meanwhile.
        world.delete_files(vec![portrait.key]).await?;
    }
    Ok(())
}

async fn fetch<W: World>(world: &W, address: &str) -> Result<Vec<u8>, Failure> {
    let call = OutsideCall {
        url: address.to_owned(),
        content_type: None,
        body: None,
        timeout_ms: TIMEOUT_MS,
        bytes_max: BYTES_MAX + 1,
    };
    let answer = world.call_outside(call).await?;
    if answer.status == FOUND {
        return Ok(answer.body);
    }
    Err(Failure::Unavailable(format!("portrait: status {}", answer.status)))
}
