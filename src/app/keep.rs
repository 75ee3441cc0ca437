//! What an account keeps: its files are moved out of the reach of the storage's own rule, and what
//! it deletes lies in the trash for a while.

use crate::domain::id::{AccountId, OrderId};
use crate::domain::order::{Event, Order, gone, not_found, readable_by};
use crate::ports::World;

use super::Failure;
use super::advance::{advance_loaded, find, settle, settle_all};

/// Copies the files of an ended order, commits where they lie, deletes them where they lay. Every
/// step may be repeated; one that fails is tried again in a minute.
pub(super) async fn move_files<W: World>(world: &W, order: &Order) -> Result<(), Failure> {
    for key in order.shown_keys().into_iter().filter(|key| !key.kept) {
        world.copy_file(&key.to_string(), &key.in_place(true).to_string()).await?;
    }
    let keys = match settle(world, order.clone(), &Event::FilesMoved).await? {
        Some(step) if step.order.is_kept() && !step.order.is_expired(world.now()) => {
            step.order.old_keys()
        }
        // It was deleted for good meanwhile, and nobody else knows of the copies.
        Some(_) | None => order.file_keys(),
    };
    world.delete_files(keys.iter().map(ToString::to_string).collect()).await?;
    Ok(())
}

/// The order of this account, whether or not it lies in the trash.
pub async fn load_own<W: World>(
    world: &W,
    id: OrderId,
    account: AccountId,
) -> Result<Order, Failure> {
    let order = find(world, id).await?.ok_or_else(not_found)?;
    if order.account.is_none() {
        return Err(not_found().into());
    }
    readable_by(&order, Some(account))?;
    if order.is_expired(world.now()) { Err(gone().into()) } else { Ok(order) }
}

/// Takes an order out of the trash. One that is not there stays as it is.
pub async fn restore<W: World>(
    world: &W,
    id: OrderId,
    account: AccountId,
) -> Result<Order, Failure> {
    let order = load_own(world, id, account).await?;
    advance_loaded(world, order, &Event::RestoreRequested).await?.ok_or_else(|| gone().into())
}

/// Lets `event` delete these orders for good: unreadable by one commit, then the files of all, then
/// the rows; how many it were. Should it stop on the way, the sweep goes on with each.
pub(super) async fn erase_all<W: World>(
    world: &W,
    found: Vec<Order>,
    event: &Event,
) -> Result<usize, Failure> {
    let begun = settle_all(world, found, event).await?.written;
    let orders: Vec<Order> = begun.into_iter().map(|step| step.order).collect();
    let erased = orders.len();
    if erased > 0 {
        let keys = orders.iter().flat_map(Order::file_keys).map(|key| key.to_string());
        world.delete_files(keys.collect()).await?;
        settle_all(world, orders, &Event::FilesGone).await?;
    }
    Ok(erased)
}
