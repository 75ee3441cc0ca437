//! The small picture of an order, which its owner's browser makes: checked like an upload.
//!
//! The row names a file before it is stored, and what it named before is deleted before that: so
//! whatever dies in between, no file is left that no row knows, but of an order that is deleted for
//! good in that very moment. A picture that is named and not there is made once more by the browser
//! that misses it.

use crate::domain::id::{AccountId, FileId, OrderId};
use crate::domain::order::{FileKey, Image, Order, State, not_found};
use crate::domain::preview;
use crate::domain::refusal::{Code, Refusal};
use crate::ports::World;
use crate::store::history;

use super::Failure;
use super::advance::find;
use super::read::{load, load_trashed};

/// Tries against others who change the order at the same time.
const TRIES_MAX: usize = 3;

/// The preview of an order, for its owner alone and in the trash too.
pub async fn get<W: World>(world: &W, account: AccountId, id: OrderId) -> Result<Image, Failure> {
    let order = load_trashed(world, id, Some(account)).await?;
    Ok(order.preview.ok_or_else(not_found)?)
}

/// Stores the preview of a delivered order, in place of the one before.
pub async fn put<W: World>(
    world: &W,
    account: AccountId,
    id: OrderId,
    bytes: Vec<u8>,
) -> Result<(), Failure> {
    let clean = preview::examine(bytes)?;
    for _ in 0..TRIES_MAX {
        let order = load_delivered(world, account, id).await?;
        if let Some(old) = &order.preview {
            world.delete_files(vec![old.key.to_string()]).await?;
        }
        let key = FileKey::new_kept(order.created_at, FileId::from_bytes(world.random()));
        let image = preview::image(&clean, key);
        let named = world.database(vec![history::name_preview(&order, &image)]).await?;
        if named.iter().any(|rows| !rows.is_empty()) {
            return store(world, id, &image, clean.bytes).await;
        }
    }
    Err(Failure::Unavailable("preview: too many races".to_owned()))
}

async fn load_delivered<W: World>(
    world: &W,
    account: AccountId,
    id: OrderId,
) -> Result<Order, Failure> {
    let order = load(world, id, Some(account)).await?;
    if order.account.is_none() {
        return Err(not_found().into());
    }
    if order.state == State::Delivered {
        return Ok(order);
    }
    let detail = "This order has no picture, so there is nothing to make a small one of.";
    Err(Refusal::new(Code::OrderFinal, detail).into())
}

async fn store<W: World>(
    world: &W,
    id: OrderId,
    image: &Image,
    bytes: Vec<u8>,
) -> Result<(), Failure> {
    let (file, _) = world.hold_file(vec![bytes]).await?;
    world.put_file(&image.key.to_string(), file).await?;
    // Whoever deleted the order meanwhile deleted what was not there yet.
    let order = find(world, id).await?;
    if order.and_then(|order| order.preview).is_none_or(|one| one.key != image.key) {
        world.delete_files(vec![image.key.to_string()]).await?;
    }
    Ok(())
}
