//! Asking the provider whether a task has ended, from wherever waiting costs nothing: a listener's
//! stream and the cron. The Dispatcher is billed for each second that it is awake, so it is told
//! only of what it has to act on.

use crate::domain::order::Order;
use crate::ports::{CallError, Level, LogLine, Nudge, ProviderCall, World};
use crate::provider::reply::{self, RecordReply};
use crate::provider::request;

use super::Failure;

/// What the provider's record of the task says, and the record itself.
pub async fn record<W: World>(
    world: &W,
    task_id: &str,
) -> Result<(RecordReply, Vec<u8>), CallError> {
    let call = ProviderCall {
        path: request::record_info_path(task_id),
        body: None,
        timeout_ms: world.config().rules.record_timeout_ms,
    };
    let answer = world.call_provider(call).await?;
    Ok((reply::record(task_id, answer.status, &answer.body), answer.body))
}

/// What a question about a task came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It has ended, and the Dispatcher knows.
    Told,
    /// It has not ended.
    NoNews,
    /// Nobody answered, or the Dispatcher could not be told: whoever asks next asks the same.
    Unknown,
}

/// Asks about the order's task, and tells the Dispatcher when it has ended.
pub async fn ask<W: World>(world: &W, order: &Order) -> Asked {
    let Some(task_id) = order.task_id.as_deref() else { return Asked::NoNews };
    let Ok((reply, _)) = record(world, task_id).await else { return Asked::Unknown };
    match reply {
        RecordReply::Succeeded { .. } | RecordReply::Failed { .. } => {}
        RecordReply::InFlight | RecordReply::NotVisible => return Asked::NoNews,
        RecordReply::Busy | RecordReply::Unauthorized | RecordReply::Unreadable => {
            return Asked::Unknown;
        }
    }
    let token = order.callback_token.to_string();
    let nudge = Nudge::Task { token, task_id: task_id.to_owned() };
    if let Err(error) = world.nudge(nudge).await {
        let line = LogLine::new(Level::Warning, "nudge_lost");
        world.log(&line.with("error", Failure::from(error).log_text()));
        return Asked::Unknown;
    }
    Asked::Told
}
