//! Reading an order: the view of it, with signed links and its place in the queue.

use crate::domain::credits::Credits;
use crate::domain::id::{AccountId, OrderId};
use crate::domain::link::{self, Link};
use crate::domain::order::{
    FileKey, Image, Order, State, gone, in_trash, readable_by, shows_pictures,
};
use crate::domain::queue;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::{DAY_MS, Millis, SECOND_MS};
use crate::domain::view::{ErrorView, FactsView, ImageView, OrderView, Status};
use crate::ports::{Config, World};
use crate::provider::models;
use crate::store::{decode, orders};

pub use crate::domain::order::not_found;

use super::Failure;
use super::advance::find;

/// Days for which the provider keeps results, as its documentation says.
const PROVIDER_RETENTION_DAYS: u32 = 14;
/// Starts per second that the provider's limit lets the queue make: 18 in 10.5 s.
const QUEUE_PER_SECOND: f64 = 18.0 / 10.5;

/// The order as its reader may see it. Gone when it is over, not found when it never was.
pub async fn read<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
) -> Result<OrderView, Failure> {
    let order = load(world, id, who).await?;
    describe(world, &order).await
}

/// The view of an order that was just read.
pub async fn describe<W: World>(world: &W, order: &Order) -> Result<OrderView, Failure> {
    let position = match order.state {
        State::Placed => position(world, order.id).await?,
        State::Submitting
        | State::Submitted
        | State::Delivered
        | State::Failed
        | State::Canceled
        | State::Closed => None,
    };
    Ok(view(world.config(), order, position, world.now()))
}

/// The order with this id, when `who` may read it.
pub async fn load<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
) -> Result<Order, Failure> {
    let order = load_trashed(world, id, who).await?;
    if order.trashed_at.is_some() { Err(in_trash().into()) } else { Ok(order) }
}

/// The same, also when it lies in the trash.
pub(super) async fn load_trashed<W: World>(
    world: &W,
    id: OrderId,
    who: Option<AccountId>,
) -> Result<Order, Failure> {
    let Some(order) = find(world, id).await? else {
        return Err(missing(world.config(), id, world.now()).into());
    };
    if order.is_expired(world.now()) {
        return Err(gone().into());
    }
    readable_by(&order, who)?;
    Ok(order)
}

/// Where the picture of an account's link lies now; gone when [`shows_pictures`] says so.
pub async fn picture_key<W: World>(
    world: &W,
    id: OrderId,
    link: &Link,
) -> Result<FileKey, Failure> {
    let rows = world.database(vec![orders::find_of_account(id)]).await?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or_else(gone)?;
    let (order, due_at) = (orders::order(row)?, orders::account_due_at(row)?);
    if !shows_pictures(&order, due_at, world.now()) {
        return Err(gone().into());
    }
    let mut images = order.images.iter().chain(&order.preview);
    let image = images.find(|image| (image.key.id, image.offset) == (link.file.id, link.offset));
    Ok(image.ok_or_else(gone)?.key)
}

/// Why there is no such order: its time is over, or it never was. The id itself says which. One
/// that was made for an order that could not be committed passes for closed; it was told to nobody.
fn missing(config: &Config, id: OrderId, now: Millis) -> Refusal {
    let gone_until = id.created_at().plus(config.rules.retention_ms + config.rules.gone_ms);
    if now < gone_until && id.is_genuine(&config.link_keys) { gone() } else { not_found() }
}

async fn position<W: World>(world: &W, id: OrderId) -> Result<Option<u32>, Failure> {
    let rows = world.database(vec![orders::list_waiting()]).await?;
    let waiting = rows.first().into_iter().flatten().map(orders::waiting);
    let waiting: Vec<_> = waiting.collect::<Result<_, _>>()?;
    // Whose turn it is matters only where several wait; each reading is billed.
    if waiting.len() < 2 {
        return Ok(queue::position(&waiting, vec![], id));
    }
    Ok(queue::position(&waiting, turns(world).await?, id))
}

/// The visitor of each order that the provider has or may have: turns that were taken.
pub async fn turns<W: World>(world: &W) -> Result<Vec<String>, Failure> {
    let rows = world.database(vec![orders::list_taken()]).await?;
    let taken = rows.first().into_iter().flatten();
    let taken = taken.map(|row| decode::text(row, "visitor").map(str::to_owned));
    Ok(taken.collect::<Result<_, _>>()?)
}

/// The view of an order at `now`.
pub fn view(config: &Config, order: &Order, position: Option<u32>, now: Millis) -> OrderView {
    let status = order.status(now);
    let rfc3339 = |at: Option<Millis>| at.map(Millis::rfc3339);
    OrderView {
        id: order.id.to_string(),
        kind: "try_on",
        status,
        status_sequence: order.version,
        queue_position: position,
        eta_seconds: eta_seconds(order, status, position, now),
        created_at: order.created_at.rfc3339(),
        completed_at: rfc3339(order.completed_at),
        expires_at: rfc3339(order.expires_at),
        options: order.options.clone(),
        has_preview: order.preview.is_some(),
        images: order.images.iter().map(|image| shown(config, order, image, now)).collect(),
        error: order.error.map(error_view),
        problems: order.problems.iter().flatten().map(|one| one.as_str()).collect(),
        facts: FactsView {
            provider: "kie",
            model: order.model.clone(),
            provider_credits: order.credits_milli.map(Credits),
            metadata_removed: order.metadata_removed.iter().map(|one| one.as_str()).collect(),
            stored_until: rfc3339(order.expires_at),
            provider_retention_days: PROVIDER_RETENTION_DAYS,
        },
    }
}

/// Typical seconds that are left: the queue before it at the provider's pace, then the model's
/// usual time, less what has passed; at least 1, because it is not done.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positions are at most the length of one reading of the queue"
)]
fn eta_seconds(order: &Order, status: Status, position: Option<u32>, now: Millis) -> Option<u32> {
    if status.is_final() {
        return None;
    }
    let typical = models::find(&order.model).map_or(60, |model| model.typical_seconds);
    let ahead = position.map_or(0, |place| (f64::from(place) / QUEUE_PER_SECOND) as u32);
    let passed_ms = order.submitted_at.map_or(0, |at| now.since(at)).clamp(0, DAY_MS);
    let passed = u32::try_from(passed_ms / SECOND_MS).unwrap_or(0);
    Some((typical + ahead).saturating_sub(passed).max(1))
}

fn shown(config: &Config, order: &Order, image: &Image, now: Millis) -> ImageView {
    let expires_at = link::view_expiry(now, order.expires_at);
    image_view(config, image, &Link::view(order, image, expires_at))
}

/// The view of a picture behind this link.
pub(super) fn image_view(config: &Config, image: &Image, link: &Link) -> ImageView {
    ImageView {
        id: image.key.picture_id(image.offset),
        role: image.role.as_str(),
        content_type: image.format.content_type(),
        width: image.width,
        height: image.height,
        bytes: u64::from(image.bytes),
        url: format!("/i/{}", link::sign(&config.link_keys, link)),
        url_expires_at: link.expires_at.rfc3339(),
    }
}

fn error_view(code: Code) -> ErrorView {
    let (title, detail, retryable) = code.order_text();
    ErrorView { code: code.as_str(), title, detail, retryable }
}
