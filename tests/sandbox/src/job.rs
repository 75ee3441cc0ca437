//! The life of a task after createTask: fetch the inputs, draw, wait, settle, call back.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use serde_json::Value;

use crate::{
    callback::{self, Variant},
    faults::{Faults, number, text},
    fetch, picture,
    traces::Traces,
    world::{File, InputFetch, Shared, State, Task, now_ms},
};

/// GETs of one input that a test may ask for.
const MAX_GETS: u64 = 10;
/// Text of code 402; the apostrophe is curly on the wire.
pub const NO_CREDITS: &str = "Credits insufficient : Your current balance isn\u{2019}t enough to \
                              run this request. Please top up to continue.";
const MEDIA_UNAVAILABLE: (&str, &str) =
    ("422", "Your media file is unavailable, please replace it.");
const IMAGE_FETCH_FAILED: (&str, &str) =
    ("400", "Image fetch failed. Check access settings or use our File Upload API instead.");
const NOT_PROCESSED: (&str, &str) = ("400", "The current content could not be processed");

/// Failures as they were seen: fault, failCode, failMsg.
const FAILURES: &[(&str, &str, &str)] = &[
    ("fail_media_unavailable", MEDIA_UNAVAILABLE.0, MEDIA_UNAVAILABLE.1),
    ("fail_image_fetch", IMAGE_FETCH_FAILED.0, IMAGE_FETCH_FAILED.1),
    ("fail_not_processed", NOT_PROCESSED.0, NOT_PROCESSED.1),
    (
        "fail_openai_policy",
        "400",
        "Sorry, but the image we created may violate OpenAI's content policies",
    ),
    (
        "fail_content_policy",
        "422",
        "CONTENT_POLICY_BLOCKED: The input or output was flagged as sensitive.",
    ),
    ("fail_prompt_prohibited", "422", "Invalid prompt: prompt contains prohibited content"),
    ("fail_try_again", "500", "Internal Error, Please try again later."),
    ("fail_internal", "500", "Internal server error"),
    ("fail_generation", "501", "Generation failed"),
    ("fail_credits", "402", NO_CREDITS),
    ("fail_google", "400", "The Google model was unable to generate an image for this request."),
];

/// What will happen to a task beyond the ordinary; fixed at its creation.
#[derive(Default)]
pub struct Plan {
    fails: Option<(String, String)>,
    /// Fails as soon as its inputs are fetched.
    at_once: bool,
    never_ends: bool,
    pub in_flight_state: Option<String>,
    pub latency_ms: Option<u64>,
    flips_after_ms: Option<u64>,
    gets: u64,
    result_origin: Option<String>,
}

impl Plan {
    /// Takes the `task` faults that are armed. `results` is the origin of the result host.
    pub fn take(faults: &mut Faults, results: &str) -> Self {
        let mut take = |name: &str| faults.take(name, "createTask");
        let mut plan = Self {
            never_ends: take("task_never_ends").is_some(),
            latency_ms: take("task_latency").map(|with| number(&with, "ms", 0)),
            in_flight_state: take("task_in_flight_state")
                .map(|with| text(&with, "state", "queuing").to_owned()),
            flips_after_ms: take("task_flips").map(|with| number(&with, "ms", 1_000)),
            gets: take("inputs_fetched_again").map_or(1, |with| number(&with, "gets", 2)),
            result_origin: take("result_unlisted_host").map(|with| {
                let other = results.replace("127.0.0.1", "localhost");
                text(&with, "origin", &other).to_owned()
            }),
            ..Self::default()
        };
        if let Some(with) = take("task_fails") {
            let code = text(&with, "fail_code", "501").to_owned();
            plan.fails = Some((code, text(&with, "fail_msg", "Generation failed").to_owned()));
        }
        for &(name, code, msg) in FAILURES {
            if take(name).is_some() {
                plan.fails = Some((code.to_owned(), msg.to_owned()));
                plan.at_once = name == "fail_try_again";
            }
        }
        plan
    }
}

/// Runs a task to its end. A reset of the sandbox ends it silently.
pub async fn run(shared: Arc<Shared>, task: Task, plan: Plan) {
    let latency = plan.latency_ms.unwrap_or_else(|| shared.world().settings.latency_ms);
    let end = tokio::time::Instant::now() + Duration::from_millis(latency);
    let picture = match prepare(&shared, &task, &plan).await {
        Ok(picture) => picture,
        Err((code, msg)) => return settle_and_tell(&shared, &task, failure(code, msg)).await,
    };
    if plan.never_ends {
        task.finish.notified().await;
    } else if !plan.at_once {
        tokio::select! {
            () = tokio::time::sleep_until(end) => {}
            () = task.finish.notified() => {}
        }
    }
    let good = publish(&shared, &task, &plan, &picture);
    let bad = |(code, msg): &(String, String)| failure(code, msg);
    let (first, second) = match &plan.fails {
        Some(why) => (bad(why), good),
        None => (good, failure("501", "Generation failed")),
    };
    settle_and_tell(&shared, &task, first).await;
    if let Some(after) = plan.flips_after_ms {
        tokio::time::sleep(Duration::from_millis(after)).await;
        settle_and_tell(&shared, &task, second).await;
    }
}

fn failure(code: &str, msg: &str) -> State {
    State::Fail { code: code.to_owned(), msg: msg.to_owned() }
}

/// Makes `state` visible and sends the callback, in the order that the faults say.
async fn settle_and_tell(shared: &Shared, task: &Task, state: State) {
    let variant = Variant::from_faults(shared);
    let early = shared.world().faults.take("callback_early", "callback");
    if let (Some(with), Some(variant)) = (early, &variant) {
        let ended = Task { state: state.clone(), completed_ms: Some(now_ms()), ..task.clone() };
        callback::send(shared, &ended, variant).await;
        tokio::time::sleep(Duration::from_millis(number(&with, "ms", 1_000))).await;
        shared.world().settle(&task.id, state, now_ms());
        return;
    }
    let ended = shared.world().settle(&task.id, state, now_ms());
    if let (Some(ended), Some(variant)) = (ended, variant) {
        callback::send(shared, &ended, &variant).await;
    }
}

/// Fetches the inputs and draws the picture; the error is failCode and failMsg.
async fn prepare(
    shared: &Shared,
    task: &Task,
    plan: &Plan,
) -> Result<Bytes, (&'static str, &'static str)> {
    let urls = task.model.image_urls(&task.input);
    let fetches = urls.iter().map(|url| fetch_input(shared, task, url, plan.gets));
    let inputs = futures_util::future::join_all(fetches).await;
    let Some(inputs) = inputs.into_iter().collect::<Option<Vec<_>>>() else {
        let google = task.model.fetched_by_google;
        return Err(if google { MEDIA_UNAVAILABLE } else { IMAGE_FETCH_FAILED });
    };
    let wanted = picture::Wanted {
        ratio: task.model.ratio(&task.input),
        longer_side: task.model.longer_side(&task.input),
        png: task.model.output_format(&task.input) == "png",
        zone: picture::Zone::of_prompt(text_of(&task.input, "prompt")),
    };
    let drawn = tokio::task::spawn_blocking(move || picture::draw(&inputs, &wanted)).await;
    drawn.ok().flatten().map(Bytes::from).ok_or(NOT_PROCESSED)
}

fn text_of<'a>(input: &'a serde_json::Map<String, Value>, name: &str) -> &'a str {
    input.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// One input, fetched `gets` times; `None` where Kie would not take what came.
async fn fetch_input(shared: &Shared, task: &Task, url: &str, gets: u64) -> Option<Bytes> {
    let timeout = Duration::from_millis(shared.world().settings.input_timeout_ms);
    let mut last = None;
    for _ in 0..gets.clamp(1, MAX_GETS) {
        let time_ms = now_ms();
        let fetched = fetch::get(url, timeout, task.model.max_image_bytes()).await;
        let entry = InputFetch {
            url: url.to_owned(),
            time_ms,
            status: fetched.as_ref().map(|fetched| fetched.status).map_err(Clone::clone),
            content_type: fetched.as_ref().ok().and_then(|fetched| fetched.content_type.clone()),
            bytes: fetched.as_ref().map_or(0, |fetched| fetched.body.len()),
            traces: fetched.as_ref().map(|fetched| Traces::of(&fetched.body)).unwrap_or_default(),
        };
        if let Ok(mut fetches) = task.fetches.lock() {
            fetches.push(entry);
        }
        last = fetched.ok();
    }
    let fetched = last?;
    let declared = fetched.content_type.as_deref().unwrap_or_default();
    let is_picture = declared.starts_with("image/")
        && picture::mime(&fetched.body).is_some_and(|mime| task.model.takes_image_type(mime));
    (fetched.status == 200 && is_picture).then_some(fetched.body)
}

/// Puts the picture on the result host, once for each result that was asked for.
fn publish(shared: &Shared, task: &Task, plan: &Plan, picture: &Bytes) -> State {
    let format = task.model.output_format(&task.input);
    let content_type = if format == "png" { "image/png" } else { "image/jpeg" };
    let extension = if format == "png" { "png" } else { "jpg" };
    let origin = plan.result_origin.as_ref().unwrap_or(&shared.origins.results);
    let mut world = shared.world();
    let expires_ms = now_ms().saturating_add(world.settings.result_ttl_ms);
    let urls = (1..=task.model.results(&task.input)).map(|number| {
        let path = format!("/p/{}_{number}_{}.{extension}", task.id, task.created_ms);
        let content_type = content_type.to_owned();
        world.results.put(path.clone(), File { bytes: picture.clone(), content_type, expires_ms });
        format!("{origin}{path}")
    });
    State::Success { urls: urls.collect() }
}
