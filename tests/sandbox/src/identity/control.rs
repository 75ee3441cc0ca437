//! The provider's part of the control interface.

use hyper::Method;
use serde_json::{Value, json};

use super::Endpoint;
use crate::world::{Shared, World};

/// The answer, or what is wrong with the request; `None`: there is no such control.
pub fn answer(
    shared: &Shared,
    method: &Method,
    words: &[&str],
    request: &Value,
) -> Option<Result<Value, String>> {
    let mut world = shared.world();
    let issuer = &shared.origins.identity;
    match (method, words) {
        (&Method::GET, ["identity"] | ["identity", "people"]) => {}
        (&Method::POST, ["identity", "keys", "rotate"]) => {
            let publish = request["publish"].as_bool().unwrap_or(true);
            world.identity.keys.rotate(publish);
        }
        (&Method::POST, ["identity", "keys", "publish"]) => world.identity.keys.publish(),
        (&Method::POST, ["identity", "keys", "drop-old"]) => world.identity.keys.drop_old(),
        (&Method::POST, ["identity", "people", name]) => {
            let Some(changes) = request.as_object() else {
                return Some(Err("not an object".to_owned()));
            };
            // As long as Google's, and nobody else's.
            let digits = u128::from_str_radix(&world.new_id(), 16).unwrap_or_default();
            let sub = || format!("2{:020}", digits % 10_u128.pow(20));
            if let Err(why) = world.identity.people.change(name, changes, sub) {
                return Some(Err(why));
            }
        }
        _ => return None,
    }
    Some(Ok(if words.contains(&"people") {
        world.identity.people.list(issuer)
    } else {
        json!({
            "issuer": issuer, "client_id": shared.config.client_id,
            "keys": world.identity.keys.list(), "calls": counts(&world),
        })
    }))
}

/// Calls to each endpoint since the log was cleared.
fn counts(world: &World) -> Value {
    let calls = world.calls();
    let count = |endpoint: Endpoint| {
        let of = |call: &&Value| call["port"] == "identity" && call["endpoint"] == endpoint.name();
        calls.iter().filter(of).count()
    };
    Endpoint::ALL.into_iter().map(|one| (one.name().to_owned(), json!(count(one)))).collect()
}
