//! A callback of the provider. Its signature does not cover the body, so it is a hint: it names a
//! task, and the Dispatcher asks the provider about that task with our own key.

use crate::domain::refusal::{Code, Refusal};
use crate::ports::{Level, LogLine, Nudge, World};
use crate::provider::callback;

use super::Failure;

/// A callback as it came.
#[derive(Clone, Copy, Debug)]
pub struct Callback<'request> {
    /// The order's secret, from the path.
    pub token: &'request str,
    /// The signature headers.
    pub timestamp: Option<&'request str>,
    /// Base64 of the HMAC.
    pub signature: Option<&'request str>,
    /// The body.
    pub body: &'request [u8],
}

/// Verifies a callback and passes the hint on. Success also for unknown orders and stale tasks: the
/// sender learns nothing.
pub async fn receive<W: World>(world: &W, callback: Callback<'_>) -> Result<(), Failure> {
    let keys: Vec<&[u8]> = world.config().webhook_keys.iter().map(String::as_bytes).collect();
    let verified = callback::task_id(callback.body).ok_or("no task id").and_then(|task_id| {
        let verdict = callback::verify(
            &keys,
            &task_id,
            callback.timestamp,
            callback.signature,
            world.now(),
            callback::TOLERANCE_MS,
        );
        verdict.map(|()| task_id).map_err(callback::CallbackRefusal::name)
    });
    match verified {
        Ok(task_id) => {
            world.nudge(Nudge::Task { token: callback.token.to_owned(), task_id }).await?;
            Ok(())
        }
        Err(reason) => {
            world.log(&LogLine::new(Level::Warning, "callback_refused").with("reason", reason));
            Err(Refusal::new(Code::SignatureInvalid, "The signature is missing or wrong.").into())
        }
    }
}
