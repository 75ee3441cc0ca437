//! Limits what costs money: one object a visitor's network.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// See the module.
#[durable_object(fetch)]
pub struct Limiter {
    state: State,
}

impl DurableObject for Limiter {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::ok(self.state.id().to_string())
    }
}
