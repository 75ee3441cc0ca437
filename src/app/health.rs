//! How the product is, from stored state: no call to the provider, no Durable Object.

use crate::ports::World;
use crate::store::{decode, provider_status};

/// How the product is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// How the provider answered last; `None` when the database does not say.
    pub provider: Option<String>,
}

/// Reads the stored state.
pub async fn health<W: World>(world: &W) -> Health {
    let provider = match world.database(vec![provider_status::find()]).await {
        Ok(rows) => rows
            .first()
            .and_then(|rows| rows.first())
            .and_then(|row| decode::text(row, "status").ok())
            .map(str::to_owned),
        Err(_) => None,
    };
    Health { provider }
}
