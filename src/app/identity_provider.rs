//! What is known of the identity provider: where it answers and with which keys it signs. Kept in
//! the database as long as the provider says that it holds, so that all instances together fetch it
//! once.

use crate::domain::time::{HOUR_MS, MINUTE_MS};
use crate::identity::discovery::{self, Endpoints};
use crate::identity::keys::{self, Keys};
use crate::ports::{Level, LogLine, OutsideAnswer, OutsideCall, World};
use crate::store::identity_providers::{self, Documents};

use super::Failure;

/// Time-out of each call to the identity provider.
pub const TIMEOUT_MS: i64 = 5_000;
/// Nobody fetches twice within this time: tokens that name invented keys would otherwise make us
/// flood the provider.
pub const REFETCH_PAUSE_MS: i64 = MINUTE_MS;

/// How long the documents are used beyond their time when nobody can fetch newer ones.
pub const GRACE_MS: i64 = HOUR_MS;

/// The provider as its documents describe it.
pub struct Known {
    /// Where it answers.
    pub endpoints: Endpoints,
    /// With which keys it signs.
    pub keys: Keys,
}

/// What is known of the provider; fetched when it is not known or no longer holds.
pub async fn known<W: World>(world: &W) -> Result<Known, Failure> {
    let issuer = &world.config().identity.issuer;
    let rows = world.database(vec![identity_providers::find(issuer)]).await?;
    let kept = rows.first().and_then(|rows| rows.first());
    let kept = kept.map(identity_providers::documents).transpose()?;
    let known = kept.as_ref().and_then(|documents| read(issuer, documents));
    match (known, kept) {
        (Some(known), Some(documents)) if world.now() < documents.fresh_until => Ok(known),
        // Whoever meets keys that are a little too old may be a moment too late for the one who
        // fetches them, or the provider hiccups. A key that it has withdrawn is believed no longer.
        (Some(known), Some(documents)) => match fetch(world).await {
            Err(_) if world.now() < documents.fresh_until.plus(GRACE_MS) => Ok(known),
            fetched => fetched,
        },
        (_, _) => fetch(world).await,
    }
}

/// Fetches the documents, at most once in [`REFETCH_PAUSE_MS`] for all instances together.
pub async fn fetch<W: World>(world: &W) -> Result<Known, Failure> {
    let issuer = &world.config().identity.issuer;
    let claim = identity_providers::claim(issuer, world.now(), REFETCH_PAUSE_MS);
    let claimed = world.database(vec![claim]).await?;
    if claimed.first().is_none_or(Vec::is_empty) {
        return Err(Failure::Unavailable("identity: asked a moment ago".to_owned()));
    }
    let discovery = get(world, discovery::address(issuer), discovery::BODY_BYTES_MAX).await?;
    let endpoints = discovery::decode(issuer, &discovery.body)
        .map_err(|fault| unusable(world, "discovery", fault.name()))?;
    let answer = get(world, endpoints.keys.clone(), keys::BODY_BYTES_MAX).await?;
    let keys = Keys::decode(&answer.body).map_err(|fault| unusable(world, "keys", fault.name()))?;
    let documents = Documents {
        endpoints: String::from_utf8_lossy(&discovery.body).into_owned(),
        keys: String::from_utf8_lossy(&answer.body).into_owned(),
        fresh_until: world.now().plus(keys::life_ms(Some(&answer.cache_control))),
    };
    world.database(vec![identity_providers::keep(issuer, &documents)]).await?;
    Ok(Known { endpoints, keys })
}

fn read(issuer: &str, documents: &Documents) -> Option<Known> {
    let endpoints = discovery::decode(issuer, documents.endpoints.as_bytes()).ok()?;
    Some(Known { endpoints, keys: Keys::decode(documents.keys.as_bytes()).ok()? })
}

async fn get<W: World>(world: &W, url: String, bytes_max: usize) -> Result<OutsideAnswer, Failure> {
    let call =
        OutsideCall { url, content_type: None, body: None, timeout_ms: TIMEOUT_MS, bytes_max };
    let answer = world.call_outside(call).await?;
    if discovery::is_document(answer.status) {
        return Ok(answer);
    }
    Err(Failure::Unavailable(format!("identity: answered {}", answer.status)))
}

fn unusable<W: World>(world: &W, document: &'static str, fault: &'static str) -> Failure {
    let line = LogLine::new(Level::Error, "identity_unusable").with("document", document);
    world.log(&line.with("fault", fault));
    Failure::Unavailable(format!("identity: {document} {fault}"))
}
