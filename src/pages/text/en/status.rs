//! The page of the service's status.

use crate::domain::count::Outcome;
use crate::domain::problem::Problem;
use crate::domain::refusal::Code;
use crate::domain::service::Provider;
use crate::pages::text::StatusText;

/// The page of the service's status.
pub(super) const STATUS: StatusText = StatusText {
    title: "Status",
    provider,
    now: "Now",
    waiting: "Waiting for their turn",
    under_way: "Being made",
    or_more: "{number} or more",
    last_day: "The last 24 hours",
    since: "Orders that ended since {time}.",
    nothing: "No orders in the last day, so there is nothing to tell.",
    by_model: "By model",
    model: "Model",
    orders: "Orders",
    success: "Succeeded",
    median: "Typical time",
    unknown: "–",
    by_end: "How they ended",
    end: "End",
    ended,
    reported: "What visitors reported",
    nothing_reported: "Nobody reported a problem with a picture.",
    problem_column: "Problem",
    problem,
    pictures: "Pictures",
    share: "Of all pictures",
    percent: "{percent}%",
    how: "How this is counted",
    how_counted: "Each order adds one to a counter of its hour when it ends. A counter names no \
                  order and no visitor, is deleted after 48 hours, and stays as it is when you \
                  delete your order. Canceled orders count neither as success nor as failure. \
                  Half of the pictures came within the typical time, waiting included.",
};

fn provider(state: Provider) -> &'static str {
    match state {
        Provider::Ok => "The image service takes orders.",
        Provider::OutOfCredits | Provider::Unauthorized => {
            "The image service takes no orders from us at the moment. New ones wait until it does; \
             we have to put that right."
        }
        Provider::Maintenance => {
            "The image service is being maintained. New orders wait until it is back."
        }
    }
}

fn ended(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Completed => "With a picture",
        Outcome::Failed(Code::ContentModeration) => "Declined by the image service’s content rules",
        Outcome::Failed(Code::ProviderRejected) => "Not possible with these options",
        Outcome::Failed(Code::ProviderTimeout) => "Took too long",
        Outcome::Failed(Code::ProviderBusy) => "The image service took no orders",
        Outcome::Failed(_) => "The image service tried and failed",
        Outcome::Canceled => "Canceled by the visitor",
        Outcome::Expired => "Waited until its time was over",
    }
}

fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::BodyChanged => "The body changed",
        Problem::OldGarmentLeft => "The old garment is still there",
        Problem::WrongGarment => "Wrong garment",
        Problem::FaceChanged => "The face changed",
        Problem::Other => "Something else",
    }
}
