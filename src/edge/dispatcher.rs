//! The only caller of the provider's createTask: one object a provider key.

use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// See the module.
#[durable_object(alarm)]
pub struct Dispatcher {
    state: State,
}

impl DurableObject for Dispatcher {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::ok(self.state.id().to_string())
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }
}
