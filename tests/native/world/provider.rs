//! A model of Kie behind the port. It answers the wire's own JSON, since the product decodes that,
//! and keeps its own clock, which no fault turns.

use std::collections::{BTreeMap, VecDeque};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::image_fixtures::{jpeg, segment};

/// createTask calls that are taken in [`WINDOW_MS`].
pub const CALLS_MAX: usize = 20;
/// The window of that limit.
pub const WINDOW_MS: i64 = 10_000;
/// What one picture costs, in thousandths of a credit.
pub const PRICE_MILLI: i64 = 8_000;
/// Where results lie.
pub const RESULT_ORIGIN: &str = "https://tempfile.aiquickdraw.com";
/// Where results lie that the configuration does not know.
pub const OTHER_ORIGIN: &str = "https://elsewhere.example.net";

/// How the provider answers one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// As it should.
    Honest,
    /// Too often, in the body of a 200.
    Busy,
    /// Too often, by HTTP status.
    Busy429,
    /// A JSON error 500; whether the task was made all the same.
    ServerError { made: bool },
    /// A gateway's HTML.
    Html { made: bool },
    /// JSON that stops in the middle.
    Truncated { made: bool },
    /// Nothing until the time-out.
    Silent { made: bool },
    /// The connection breaks.
    Broken { made: bool },
    /// No credits, in the words of the wire.
    OutOfCredits,
    /// The key is not good.
    Unauthorized,
    /// Closed.
    Maintenance,
    /// The content policy.
    Policy,
    /// recordInfo does not know the task yet.
    NotVisible,
}

impl Reply {
    const fn made(self) -> bool {
        match self {
            Self::Honest => true,
            Self::ServerError { made }
            | Self::Html { made }
            | Self::Truncated { made }
            | Self::Silent { made }
            | Self::Broken { made } => made,
            Self::Busy
            | Self::Busy429
            | Self::OutOfCredits
            | Self::Unauthorized
            | Self::Maintenance
            | Self::Policy
            | Self::NotVisible => false,
        }
    }
}

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Success,
    /// With this code and text.
    Fail(&'static str, &'static str),
    /// Not at all.
    Never,
    /// Success, and some time later a record that says failure.
    SuccessThenFail,
    /// Failure, and some time later a record that says success.
    FailThenSuccess,
}

/// What lies behind a result's link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosting {
    Fine,
    /// 404 for so many tries, then fine.
    Late(u32),
    /// 404 for ever.
    Gone,
    /// A 5xx for so many tries, then fine.
    Trips(u32),
    /// Slower than the time-out for so many tries, then fine.
    Slow(u32),
    /// More bytes than are taken.
    Huge,
    /// A page in place of a picture.
    Page,
    /// A redirect to somewhere else.
    Redirect,
    /// A picture that stops in the middle.
    Cut,
    /// On an origin that is not in the configuration.
    Elsewhere,
}

/// What comes as callbacks when the task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calls {
    /// How often.
    pub times: u32,
    /// How long after the end.
    pub delay_ms: i64,
}

impl Calls {
    /// Every callback is lost.
    pub const NONE: Self = Self { times: 0, delay_ms: 0 };
}

/// What will become of the next task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskPlan {
    /// From createTask to the end.
    pub latency_ms: i64,
    /// How long createTask's own answer takes.
    pub answer_ms: i64,
    pub outcome: Outcome,
    pub hosting: Hosting,
    pub calls: Calls,
}

impl Default for TaskPlan {
    fn default() -> Self {
        Self {
            latency_ms: 3_000,
            answer_ms: 300,
            outcome: Outcome::Success,
            hosting: Hosting::Fine,
            calls: Calls { times: 1, delay_ms: 20 },
        }
    }
}

/// One task at the provider.
#[derive(Clone, Debug)]
pub struct Task {
    pub id: String,
    pub model: String,
    /// The path of callBackUrl behind the site's origin.
    pub callback_path: String,
    pub input_paths: Vec<String>,
    pub created_at: i64,
    pub plan: TaskPlan,
    /// It could not read its inputs.
    pub unreadable: bool,
    param: String,
}

/// How long after its end a record flips that says two things.
const FLIP_MS: i64 = 20_000;

impl Task {
    pub const fn ends_at(&self) -> i64 {
        self.created_at + self.plan.latency_ms
    }

    /// The secret that names the order.
    pub fn token(&self) -> &str {
        self.callback_path.rsplit('/').next().unwrap_or_default()
    }

    pub fn url(&self) -> String {
        let origin = match self.plan.hosting {
            Hosting::Elsewhere => OTHER_ORIGIN,
            Hosting::Fine
            | Hosting::Late(_)
            | Hosting::Gone
            | Hosting::Trips(_)
            | Hosting::Slow(_)
            | Hosting::Huge
            | Hosting::Page
            | Hosting::Redirect
            | Hosting::Cut => RESULT_ORIGIN,
        };
        format!("{origin}/p/{}_1.jpg", self.id)
    }

    /// The picture, another one for each task.
    pub fn picture(&self) -> Vec<u8> {
        jpeg(320, 320, &[segment(0xFE, self.id.as_bytes())])
    }

    fn verdict(&self, now: i64) -> Option<Result<(), (&'static str, &'static str)>> {
        const TRIPPED: (&str, &str) = ("500", "Internal Error, Please try again later.");
        if self.unreadable {
            let text = "Your media file is unavailable, please replace it.";
            return Some(Err(("422", text)));
        }
        if now < self.ends_at() {
            return None;
        }
        let flipped = now >= self.ends_at() + FLIP_MS;
        match self.plan.outcome {
            Outcome::Never => None,
            Outcome::Success => Some(Ok(())),
            Outcome::Fail(code, text) => Some(Err((code, text))),
            Outcome::SuccessThenFail => Some(if flipped { Err(TRIPPED) } else { Ok(()) }),
            Outcome::FailThenSuccess => Some(if flipped { Ok(()) } else { Err(TRIPPED) }),
        }
    }

    fn record(&self, now: i64, state: &str) -> Value {
        json!({
            "taskId": self.id, "model": self.model, "state": state, "param": self.param,
            "paramJson": self.param, "resultJson": "", "failCode": null, "failMsg": null,
            "costTime": null, "completeTime": null, "createTime": now,
            "creditsConsumed": 8.0, "operationType": self.model, "successFlag": 0,
        })
    }

    /// The content of recordInfo and of a callback.
    pub fn data(&self, now: i64) -> Value {
        let seconds = self.plan.latency_ms / 1_000;
        match self.verdict(now) {
            None => self.record(self.created_at, "generating"),
            Some(Ok(())) => {
                let urls = json!({ "resultUrls": [self.url()] });
                let mut record = self.record(self.created_at, "success");
                record["resultJson"] = json!(urls.to_string());
                record["response"] = urls;
                record["successFlag"] = json!(1);
                record["costTime"] = json!(seconds);
                record["completeTime"] = json!(self.ends_at());
                record
            }
            Some(Err((code, text))) => {
                let mut record = self.record(self.created_at, "fail");
                record["failCode"] = json!(code);
                record["failMsg"] = json!(text);
                record["successFlag"] = json!(3);
                record["creditsConsumed"] = json!(0.0);
                record["costTime"] = json!(seconds);
                record["completeTime"] = json!(self.ends_at());
                record
            }
        }
    }
}

/// What fetching a result's link brings.
pub enum Fetched {
    Bytes(Vec<u8>),
    Status(u16),
    /// Nothing until the time-out.
    Silent,
}

/// See the module.
pub struct Provider {
    pub tasks: BTreeMap<String, Task>,
    /// Moments of the createTask calls that reached it.
    pub creates: Vec<i64>,
    pub records: u64,
    pub fetches: u64,
    /// Credits that are left, in thousandths; held at creation, given back by a failure.
    pub balance_milli: i64,
    /// Moments of the calls that were taken.
    taken: VecDeque<i64>,
    fetched: BTreeMap<String, u32>,
    returned: BTreeMap<String, bool>,
}

const JSON_500: &str = r#"{"code":500,"msg":"Server exception, please try again later or contact customer service","data":null}"#;
const HTML_502: &str = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";

impl Provider {
    pub fn new() -> Self {
        Self {
            tasks: BTreeMap::new(),
            creates: vec![],
            records: 0,
            fetches: 0,
            balance_milli: 1_000_000_000,
            taken: VecDeque::new(),
            fetched: BTreeMap::new(),
            returned: BTreeMap::new(),
        }
    }

    fn error(code: u16, text: &str) -> (u16, Vec<u8>) {
        (200, json!({ "code": code, "msg": text, "data": null }).to_string().into_bytes())
    }

    fn fault(reply: Reply) -> Option<(u16, Vec<u8>)> {
        match reply {
            Reply::Honest | Reply::Silent { .. } | Reply::Broken { .. } => None,
            Reply::Busy => {
                let text = "Your call frequency is too high. Please try again later.";
                Some(Self::error(429, text))
            }
            Reply::Busy429 => {
                let body = r#"{"code":429,"message":"Rate limit exceeded"}"#;
                Some((429, body.as_bytes().to_vec()))
            }
            Reply::ServerError { .. } => Some((200, JSON_500.as_bytes().to_vec())),
            Reply::Html { .. } => Some((502, HTML_502.as_bytes().to_vec())),
            Reply::Truncated { .. } => Some((200, br#"{"code":200,"msg":"succ"#.to_vec())),
            Reply::OutOfCredits => {
                let text = "Credits insufficient : Your current balance isn\u{2019}t enough to run \
                            this request. Please top up to continue.";
                Some(Self::error(402, text))
            }
            Reply::Unauthorized => Some(Self::error(401, "You do not have access permissions")),
            Reply::Maintenance => Some(Self::error(455, "maintenance")),
            Reply::Policy => {
                let text = "Invalid prompt: prompt contains prohibited content";
                Some(Self::error(422, text))
            }
            Reply::NotVisible => Some(Self::error(422, "recordInfo is null")),
        }
    }

    /// createTask. The id is given; the task, when one was made, is the second answer; no first
    /// answer means silence or a broken line, as `reply` says.
    pub fn create(
        &mut self,
        now: i64,
        body: &str,
        id: &str,
        reply: Reply,
        plan: TaskPlan,
    ) -> (Option<(u16, Vec<u8>)>, Option<Task>) {
        self.creates.push(now);
        while self.taken.front().is_some_and(|at| now - at >= WINDOW_MS) {
            self.taken.pop_front();
        }
        if self.taken.len() >= CALLS_MAX {
            return (Self::fault(Reply::Busy), None);
        }
        if !reply.made() {
            return (Self::fault(reply), None);
        }
        let body: Value = serde_json::from_str(body).unwrap();
        let input = &body["input"];
        let links = input["image_input"].as_array().map(Vec::as_slice).unwrap_or_default();
        if body["model"] != "nano-banana-2" {
            return (
                Some(Self::error(422, "The model name you specified is not supported.")),
                None,
            );
        }
        if links.is_empty() || input["prompt"].as_str().is_none_or(str::is_empty) {
            return (Some(Self::error(422, "This field is required")), None);
        }
        if self.balance_milli < PRICE_MILLI {
            return (Self::fault(Reply::OutOfCredits), None);
        }
        self.balance_milli -= PRICE_MILLI;
        self.taken.push_back(now);
        let callback = body["callBackUrl"].as_str().unwrap_or_default();
        let param = json!({
            "input": input.to_string(), "callBackUrl": callback, "model": body["model"],
        });
        let task = Task {
            id: id.to_owned(),
            model: "nano-banana-2".to_owned(),
            callback_path: path_of(callback),
            input_paths: links.iter().filter_map(Value::as_str).map(path_of).collect(),
            created_at: now,
            plan,
            unreadable: false,
            param: param.to_string(),
        };
        self.tasks.insert(id.to_owned(), task.clone());
        let answer = match reply {
            Reply::Silent { .. } | Reply::Broken { .. } => None,
            Reply::Honest => {
                let data = json!({ "taskId": id, "recordId": id });
                let body = json!({ "code": 200, "msg": "success", "data": data });
                Some((200, body.to_string().into_bytes()))
            }
            Reply::Busy
            | Reply::Busy429
            | Reply::ServerError { .. }
            | Reply::Html { .. }
            | Reply::Truncated { .. }
            | Reply::OutOfCredits
            | Reply::Unauthorized
            | Reply::Maintenance
            | Reply::Policy
            | Reply::NotVisible => Self::fault(reply),
        };
        (answer, Some(task))
    }

    /// recordInfo.
    pub fn record(&mut self, now: i64, id: &str, reply: Reply) -> Option<(u16, Vec<u8>)> {
        self.records += 1;
        if matches!(reply, Reply::Silent { .. } | Reply::Broken { .. }) {
            return None;
        }
        if let Some(fault) = Self::fault(reply) {
            return Some(fault);
        }
        let Some(task) = self.tasks.get(id) else {
            return Some(Self::error(422, "recordInfo is null"));
        };
        if matches!(task.verdict(now), Some(Err(_)))
            && self.returned.insert(id.to_owned(), true).is_none()
        {
            self.balance_milli += PRICE_MILLI;
        }
        let body = json!({ "code": 200, "msg": "success", "data": task.data(now) });
        Some((200, body.to_string().into_bytes()))
    }

    /// The credit query.
    pub fn credit(&self, reply: Reply) -> Option<(u16, Vec<u8>)> {
        if matches!(reply, Reply::Silent { .. } | Reply::Broken { .. }) {
            return None;
        }
        if let Some(fault) = Self::fault(reply) {
            return Some(fault);
        }
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        let credits = self.balance_milli as f64 / 1_000.0;
        let body = json!({ "code": 200, "msg": "success", "data": credits });
        Some((200, body.to_string().into_bytes()))
    }

    /// A GET of a result's link; `bytes_max` is what the asker takes.
    pub fn result(&mut self, url: &str, bytes_max: u64) -> Fetched {
        self.fetches += 1;
        let Some(task) = self.tasks.values().find(|task| task.url() == url) else {
            return Fetched::Status(404);
        };
        let tries = self.fetched.entry(url.to_owned()).or_default();
        *tries += 1;
        let tries = *tries;
        match task.plan.hosting {
            Hosting::Late(times) if tries <= times => Fetched::Status(404),
            Hosting::Trips(times) if tries <= times => Fetched::Status(503),
            Hosting::Slow(times) if tries <= times => Fetched::Silent,
            Hosting::Gone => Fetched::Status(404),
            Hosting::Redirect => Fetched::Status(302),
            Hosting::Page => Fetched::Bytes(HTML_502.as_bytes().to_vec()),
            Hosting::Cut => {
                let picture = task.picture();
                Fetched::Bytes(picture[..picture.len() / 2].to_vec())
            }
            Hosting::Huge => {
                let mut bytes = task.picture();
                bytes.resize(usize::try_from(bytes_max).unwrap() + 1, 0);
                Fetched::Bytes(bytes)
            }
            Hosting::Fine
            | Hosting::Late(_)
            | Hosting::Trips(_)
            | Hosting::Slow(_)
            | Hosting::Elsewhere => Fetched::Bytes(task.picture()),
        }
    }

    /// The body of a task's callback.
    pub fn callback_body(&self, id: &str, now: i64) -> Vec<u8> {
        let Some(task) = self.tasks.get(id) else { return b"{}".to_vec() };
        let data = task.data(now);
        let (code, text) = if data["state"] == "fail" {
            (501, "Playground task failed.")
        } else {
            (200, "Playground task completed successfully.")
        };
        json!({ "code": code, "msg": text, "data": data }).to_string().into_bytes()
    }
}

/// The headers with which Kie signs a callback.
pub fn signature(key: &str, task_id: &str, seconds: i64) -> [(String, String); 2] {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    let mac = mac.chain_update(format!("{task_id}.{seconds}"));
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    [
        ("x-webhook-timestamp".to_owned(), seconds.to_string()),
        ("x-webhook-signature".to_owned(), signature),
    ]
}

/// Path and query of a link.
fn path_of(link: &str) -> String {
    let after = link.split_once("://").map_or(link, |(_, after)| after);
    after.find('/').map_or_else(String::new, |at| after[at..].to_owned())
}
