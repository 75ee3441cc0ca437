//! Replies of Kie, decoded into closed enums. The HTTP status is 200 also for errors and the
//! truth is `code` in the body, but gateways answer with their own status and with HTML, and the
//! same cause comes under several codes; so the text decides where it is known.

use serde_json::Value;

use super::task_id_in;

/// Largest body that is read, in bytes: recordInfo repeats the prompt, escaped twice, in two
/// fields, which is 80 KB at most.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// Longest result link, in bytes.
pub const RESULT_URL_BYTES_MAX: usize = 2_048;
/// How much of a message is looked at, in characters.
const TEXT_CHARS_MAX: usize = 1_000;
/// Largest number of credits that is believed; its thousandths fit 53 bits of a float.
const CREDITS_MAX: f64 = 1e9;

/// What createTask answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateReply {
    /// The task exists and is paid for.
    Accepted {
        /// Kie's id of it.
        task_id: String,
    },
    /// Refused for frequency, not queued: call again later.
    RateLimited,
    /// The account, or the key's own quota, has nothing left: orders wait for the operator.
    OutOfCredits,
    /// The key is wrong, or may not call from here: orders wait for the operator.
    Unauthorized,
    /// Closed for maintenance, or this model is switched off: call again much later.
    Maintenance,
    /// Refused for good, no task exists.
    Rejected {
        /// What Kie objects to.
        kind: RejectKind,
    },
    /// Nobody can tell whether the task exists: a gateway's error, a reply that cannot be read.
    Ambiguous,
}

/// What Kie objects to in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RejectKind {
    /// A field is missing or out of range: a defect of the model table.
    Input,
    /// The model is unknown or withdrawn.
    Model,
    /// The content policy.
    Policy,
    /// An input image could not be fetched.
    Fetch,
}

/// What recordInfo answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordReply {
    /// Not finished; also every state that is not known here.
    InFlight,
    /// Finished.
    Succeeded {
        /// Link of the first picture, as Kie wrote it: not yet checked against the origins.
        result_url: String,
        /// Price in thousandths of a credit, when Kie says it.
        credits_milli: Option<i64>,
    },
    /// Failed for good.
    Failed {
        /// What to do about it.
        class: FailureClass,
        /// Kie's number, for the log.
        code: Option<u16>,
        /// What it cost all the same, in thousandths of a credit.
        credits_milli: Option<i64>,
    },
    /// Kie does not know the task: too early, or there is none.
    NotVisible,
    /// Ask again later.
    Busy,
    /// The key is wrong, or may not call from here.
    Unauthorized,
    /// Not a record of this task, or finished without a link.
    Unreadable,
}

/// What to do about a failed task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClass {
    /// The provider's own trouble: one new task.
    Transient,
    /// The content policy: tell the visitor, no new task.
    Policy,
    /// An input image could not be fetched: fresh links, once more.
    Fetch,
    /// No credits: wait for the operator.
    OutOfCredits,
    /// The request itself is wrong: no new task.
    Rejected,
}

/// What the credit query answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditReply {
    /// Credits left, in thousandths; a debt is negative.
    Balance {
        /// Thousandths of a credit.
        milli: i64,
    },
    /// The key is wrong, or may not call from here.
    Unauthorized,
    /// Ask again later.
    Busy,
    /// Not an answer to this question.
    Unreadable,
}

/// Reads the reply to createTask.
pub fn create(http_status: u16, body: &[u8]) -> CreateReply {
    let envelope = Envelope::read(http_status, body);
    // A task id is proof that the task exists, whatever the code beside it says.
    if let Some(task_id) = task_id_in(&envelope.data) {
        return CreateReply::Accepted { task_id };
    }
    match envelope.code {
        401 | 403 => return CreateReply::Unauthorized,
        402 | 433 => return CreateReply::OutOfCredits,
        429 => return CreateReply::RateLimited,
        455 | 505 => return CreateReply::Maintenance,
        _ => {}
    }
    let refused = (400..500).contains(&envelope.code) && envelope.code != 408;
    let rejected = |kind| CreateReply::Rejected { kind };
    match Meaning::of(&envelope.text) {
        Some(Meaning::Credits) => CreateReply::OutOfCredits,
        Some(Meaning::Rate) => CreateReply::RateLimited,
        Some(Meaning::Access) => CreateReply::Unauthorized,
        Some(Meaning::Paused) => CreateReply::Maintenance,
        Some(Meaning::Policy) => rejected(RejectKind::Policy),
        Some(Meaning::Fetch) => rejected(RejectKind::Fetch),
        Some(Meaning::Model) => rejected(RejectKind::Model),
        Some(Meaning::Input) => rejected(RejectKind::Input),
        None if refused => rejected(RejectKind::Input),
        Some(Meaning::Transient) | None => CreateReply::Ambiguous,
    }
}

/// Reads the reply to recordInfo for `task_id`. A record of another task is unreadable: its
/// picture is another person's.
pub fn record(task_id: &str, http_status: u16, body: &[u8]) -> RecordReply {
    let envelope = Envelope::read(http_status, body);
    if let Some(state) = TaskState::of(&envelope.data) {
        return match task_id_in(&envelope.data) {
            Some(other) if other != task_id => RecordReply::Unreadable,
            Some(_) | None => state.reply(&envelope),
        };
    }
    if envelope.text.contains("recordinfo is null") {
        return RecordReply::NotVisible;
    }
    match envelope.code {
        401 | 403 => RecordReply::Unauthorized,
        404 | 422 => RecordReply::NotVisible,
        // Only Kie itself says that a task is over; a gateway's time-out says nothing about it.
        code @ (408 | 501) if envelope.said => RecordReply::Failed {
            class: FailureClass::of(Some(code), &envelope.text),
            code: Some(code),
            credits_milli: None,
        },
        402 | 408 | 429 | 433 | 455 | 500.. => RecordReply::Busy,
        200 if envelope.said && envelope.data.is_null() => RecordReply::NotVisible,
        _ if Meaning::of(&envelope.text) == Some(Meaning::Rate) => RecordReply::Busy,
        _ => RecordReply::Unreadable,
    }
}

/// The callback address that a record of recordInfo repeats from its createTask; `None` where it
/// has none or cannot be read.
pub fn callback_url(body: &[u8]) -> Option<String> {
    if body.len() > BODY_BYTES_MAX {
        return None;
    }
    let body: Value = serde_json::from_slice(body).ok()?;
    let param = either(body.get("data")?, "param", "paramJson")?.as_str()?;
    let param: Value = serde_json::from_str(param).ok()?;
    param.get("callBackUrl")?.as_str().map(str::to_owned)
}

/// Reads the reply to the credit query.
pub fn credit(http_status: u16, body: &[u8]) -> CreditReply {
    let envelope = Envelope::read(http_status, body);
    match (envelope.code, milli(&envelope.data)) {
        (200, Some(milli)) => CreditReply::Balance { milli },
        (401 | 403, _) => CreditReply::Unauthorized,
        (408 | 429 | 433 | 455 | 500.., _) => CreditReply::Busy,
        _ => CreditReply::Unreadable,
    }
}

/// The common frame of all replies: `{code, msg, data}`.
struct Envelope {
    /// The body's code or, where it has none or calls an HTTP error a success, the HTTP status.
    code: u16,
    /// Whether the code is the body's own.
    said: bool,
    /// The message, folded for comparison.
    text: String,
    /// The content; null when there is none.
    data: Value,
}

impl Envelope {
    fn read(http_status: u16, body: &[u8]) -> Self {
        let mut body = if body.len() > BODY_BYTES_MAX {
            Value::Null
        } else {
            serde_json::from_slice(body).unwrap_or_default()
        };
        let own = body.get("code").and_then(number);
        let (code, said) = match own {
            Some(200) | None if http_status != 200 => (http_status, false),
            Some(code) => (code, true),
            None => (http_status, false),
        };
        let text = ["msg", "message", "error"].iter().find_map(|name| body.get(name)?.as_str());
        let text = fold(text.unwrap_or_default());
        let data = body.get_mut("data").map(Value::take).unwrap_or_default();
        Self { code, said, text, data }
    }
}

#[derive(Clone, Copy)]
enum TaskState {
    InFlight,
    Success,
    Fail,
}

impl TaskState {
    /// The state of a record, by name or, where it has no name, by flag; `None` for what is not a
    /// record.
    fn of(data: &Value) -> Option<Self> {
        let name = data.get("state").and_then(Value::as_str).filter(|name| !name.is_empty());
        if let Some(name) = name {
            return Some(match name {
                "success" => Self::Success,
                "fail" => Self::Fail,
                _ => Self::InFlight,
            });
        }
        Some(match data.get("successFlag").and_then(number)? {
            1 => Self::Success,
            2 | 3 => Self::Fail,
            _ => Self::InFlight,
        })
    }

    fn reply(self, envelope: &Envelope) -> RecordReply {
        let data = &envelope.data;
        let credits_milli = either(data, "creditsConsumed", "consumeCredits").and_then(milli);
        match self {
            Self::InFlight => RecordReply::InFlight,
            Self::Success => match result_url(data) {
                Some(result_url) => RecordReply::Succeeded { result_url, credits_milli },
                None => RecordReply::Unreadable,
            },
            Self::Fail => {
                let fail_code = either(data, "failCode", "errorCode");
                let own = Some(envelope.code).filter(|code| envelope.said && *code >= 400);
                let code = fail_code.and_then(number).or(own);
                let named = fail_code.and_then(Value::as_str).unwrap_or_default();
                let told = either(data, "failMsg", "errorMessage").and_then(Value::as_str);
                let text = fold(&format!("{named} {}", told.unwrap_or(&envelope.text)));
                let class = FailureClass::of(code, &text);
                RecordReply::Failed { class, code, credits_milli }
            }
        }
    }
}

impl FailureClass {
    fn of(code: Option<u16>, text: &str) -> Self {
        if matches!(code, Some(402 | 433)) {
            return Self::OutOfCredits;
        }
        match Meaning::of(text) {
            Some(Meaning::Credits) => Self::OutOfCredits,
            Some(Meaning::Policy) => Self::Policy,
            Some(Meaning::Fetch) => Self::Fetch,
            Some(Meaning::Model | Meaning::Input | Meaning::Access) => Self::Rejected,
            Some(Meaning::Rate | Meaning::Paused | Meaning::Transient) => Self::Transient,
            None => match code {
                Some(408 | 429 | 455) => Self::Transient,
                Some(400..500) => Self::Rejected,
                Some(_) | None => Self::Transient,
            },
        }
    }
}

/// What a message of Kie means, whatever code it comes with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Credits,
    Rate,
    Policy,
    Fetch,
    Access,
    Paused,
    Model,
    Input,
    Transient,
}

/// Parts of messages, folded; the first that matches decides. "Invalid prompt: prompt contains
/// prohibited content" is policy before it is input, "call frequency … try again later" rate before
/// it is transient.
const PHRASES: &[(Meaning, &[&str])] = &[
    (
        Meaning::Credits,
        &[
            "credits insufficient",
            "insufficient credit",
            "balance isn't enough",
            "please top up",
            "points used by apikey has exceeded",
        ],
    ),
    (Meaning::Rate, &["rate limit", "call frequency", "too many requests"]),
    (
        Meaning::Policy,
        &[
            "content polic",
            "content_policy",
            "prohibited content",
            "flagged as sensitive",
            "sensitive content",
            "nsfw",
            "moderation",
            "safety",
            "content could not be processed",
        ],
    ),
    (
        Meaning::Fetch,
        &[
            "media file is unavailable",
            "image fetch failed",
            "failed to fetch",
            "failed to download",
            "could not be downloaded",
        ],
    ),
    (Meaning::Access, &["access permissions", "authentication failed", "unauthorized"]),
    (Meaning::Paused, &["temporarily paused", "maintenance"]),
    (Meaning::Model, &["model name you specified", "does not exist or is not published"]),
    (
        Meaning::Input,
        &[
            "is required",
            "within the range of allowed",
            "cannot be empty",
            "can't be empty",
            "invalid parameter",
            "not supported",
            "maximum length",
        ],
    ),
    (
        Meaning::Transient,
        &[
            "internal error",
            "internal server error",
            "try again later",
            "server exception",
            "unable to generate",
        ],
    ),
];

impl Meaning {
    fn of(folded: &str) -> Option<Self> {
        let says = |phrases: &&[&str]| phrases.iter().any(|phrase| folded.contains(phrase));
        PHRASES.iter().find(|(_, phrases)| says(phrases)).map(|(meaning, _)| *meaning)
    }
}

/// Lower case where it is ASCII, as every word looked for is; straight apostrophes, single spaces.
fn fold(text: &str) -> String {
    let start: String = text.chars().take(TEXT_CHARS_MAX).collect();
    let words = start.split_whitespace().collect::<Vec<_>>().join(" ");
    words.to_ascii_lowercase().replace(['\u{2019}', '\u{2018}', '\u{2BC}'], "'")
}

fn either<'a>(object: &'a Value, name: &str, older: &str) -> Option<&'a Value> {
    let present = |name: &str| object.get(name).filter(|value| !value.is_null());
    present(name).or_else(|| present(older))
}

/// A whole number, also when it is written as text.
fn number(value: &Value) -> Option<u16> {
    match value.as_str() {
        Some(text) => text.trim().parse().ok(),
        None => u16::try_from(value.as_u64()?).ok(),
    }
}

/// Credits, a decimal number, in thousandths.
fn milli(credits: &Value) -> Option<i64> {
    let credits = credits.as_f64().filter(|credits| credits.abs() <= CREDITS_MAX)?;
    #[expect(clippy::cast_possible_truncation, reason = "rounded, and at most 10^12 by the limit")]
    Some((credits * 1_000.0).round() as i64)
}

/// The first link in `resultJson`, which is JSON within a string or already an object, or else in
/// `response`.
fn result_url(data: &Value) -> Option<String> {
    let result = data.get("resultJson");
    let inner = result.and_then(Value::as_str).map(serde_json::from_str::<Value>);
    let inner = inner.and_then(Result::ok);
    let places = [inner.as_ref(), result, data.get("response")];
    let url = places.into_iter().flatten().find_map(|place| {
        either(place, "resultUrls", "result_urls")?.as_array()?.first()?.as_str()
    })?;
    (1..=RESULT_URL_BYTES_MAX).contains(&url.len()).then(|| url.to_owned())
}
