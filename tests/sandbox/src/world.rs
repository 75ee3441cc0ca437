//! All state of the sandbox.

use std::{
    collections::{BTreeMap, VecDeque, hash_map::RandomState},
    hash::BuildHasher as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use tokio::sync::Notify;

use crate::{
    config::Config,
    faults::Faults,
    identity::{self, Identity},
    limits::SlidingWindow,
    mail::Mailbox,
    models::Model,
    traces::Traces,
};

/// Calls kept in the log; the oldest go first. 20,000 are an hour of heavy polling.
const MAX_CALLS: usize = 20_000;
/// Tasks kept; the oldest go first.
const MAX_TASKS: usize = 10_000;
/// Files kept by each file host; at about 300 KB a picture these are 150 MB.
const MAX_FILES: usize = 500;
/// Temporary links kept.
const MAX_TEMPORARY: usize = 1_000;

const HOUR_MS: u64 = 3_600_000;
const CREATE_CALLS: usize = 20;
const CREATE_WINDOW_MS: u64 = 10_000;
const RECORD_CALLS: usize = 10;
const RECORD_WINDOW_MS: u64 = 1_000;

/// Milliseconds since 1970.
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Which shape recordInfo has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Era {
    /// As recorded April and May 2026.
    April2026,
    /// As recorded September 2026: adds credits, flags and the parsed response.
    September2026,
}

/// What `POST /_control/settings` changes.
#[derive(Debug, Clone)]
pub struct Settings {
    pub latency_ms: u64,
    pub era: Era,
    /// Callbacks in the shape of 2025.
    pub callback_2025: bool,
    /// For so long after createTask recordInfo says that there is no such task.
    pub record_null_ms: u64,
    /// State in flight of every model instead of its own.
    pub in_flight_state: Option<String>,
    /// Empty: callbacks are not signed.
    pub webhook_key: String,
    pub result_ttl_ms: u64,
    pub upload_ttl_ms: u64,
    pub download_url_ttl_ms: u64,
    pub input_timeout_ms: u64,
    pub callback_timeout_ms: u64,
    /// Pause before the first retry of a callback; each further one is as much longer.
    pub callback_retry_ms: u64,
    pub rate_limits: bool,
    pub identity: identity::Settings,
}

impl Settings {
    fn new(config: &Config) -> Self {
        Self {
            latency_ms: config.latency_ms,
            era: Era::September2026,
            callback_2025: false,
            record_null_ms: 0,
            in_flight_state: None,
            webhook_key: config.webhook_key.clone(),
            result_ttl_ms: 14 * 24 * HOUR_MS,
            upload_ttl_ms: 24 * HOUR_MS,
            download_url_ttl_ms: HOUR_MS / 3,
            input_timeout_ms: 30_000,
            callback_timeout_ms: 15_000,
            callback_retry_ms: 1_000,
            rate_limits: true,
            identity: identity::Settings::default(),
        }
    }

    /// Changes what `changes` names; an unknown name or a wrong type changes nothing.
    pub fn change(&mut self, changes: &Map<String, Value>) -> Result<(), String> {
        let mut next = self.clone();
        for (name, value) in changes {
            next.change_one(name, value).ok_or(format!("{name} cannot be {value}"))?;
        }
        *self = next;
        Ok(())
    }

    fn change_one(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "latency_ms" => self.latency_ms = value.as_u64()?,
            "era" => {
                self.era = match value.as_str()? {
                    "2026-04" => Era::April2026,
                    "2026-09" => Era::September2026,
                    _ => return None,
                }
            }
            "callback_2025" => self.callback_2025 = value.as_bool()?,
            "record_null_ms" => self.record_null_ms = value.as_u64()?,
            "in_flight_state" if value.is_null() => self.in_flight_state = None,
            "in_flight_state" => self.in_flight_state = Some(value.as_str()?.to_owned()),
            "webhook_key" => value.as_str()?.clone_into(&mut self.webhook_key),
            "result_ttl_ms" => self.result_ttl_ms = value.as_u64()?,
            "upload_ttl_ms" => self.upload_ttl_ms = value.as_u64()?,
            "download_url_ttl_ms" => self.download_url_ttl_ms = value.as_u64()?,
            "input_timeout_ms" => self.input_timeout_ms = value.as_u64()?,
            "callback_timeout_ms" => self.callback_timeout_ms = value.as_u64()?,
            "callback_retry_ms" => self.callback_retry_ms = value.as_u64()?,
            "rate_limits" => self.rate_limits = value.as_bool()?,
            _ => return self.identity.change_one(name, value),
        }
        Some(())
    }

    pub fn list(&self) -> Value {
        let mut list = json!({
            "latency_ms": self.latency_ms,
            "era": match self.era { Era::April2026 => "2026-04", Era::September2026 => "2026-09" },
            "callback_2025": self.callback_2025,
            "record_null_ms": self.record_null_ms,
            "in_flight_state": self.in_flight_state,
            "webhook_key": self.webhook_key,
            "result_ttl_ms": self.result_ttl_ms,
            "upload_ttl_ms": self.upload_ttl_ms,
            "download_url_ttl_ms": self.download_url_ttl_ms,
            "input_timeout_ms": self.input_timeout_ms,
            "callback_timeout_ms": self.callback_timeout_ms,
            "callback_retry_ms": self.callback_retry_ms,
            "rate_limits": self.rate_limits,
        });
        self.identity.list_into(&mut list);
        list
    }
}

/// How a task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    InFlight,
    Success { urls: Vec<String> },
    Fail { code: String, msg: String },
}

/// One GET of an input picture.
pub struct InputFetch {
    pub url: String,
    pub time_ms: u64,
    /// HTTP status, or why there is none.
    pub status: Result<u16, String>,
    pub content_type: Option<String>,
    pub bytes: usize,
    pub traces: Traces,
}

/// One attempt to deliver a callback.
pub struct CallbackAttempt {
    pub time_ms: u64,
    pub status: Result<u16, String>,
}

/// A generation task.
#[derive(Clone)]
pub struct Task {
    pub id: String,
    pub model: &'static Model,
    pub input: Map<String, Value>,
    pub callback_url: Option<String>,
    pub created_ms: u64,
    pub completed_ms: Option<u64>,
    pub state: State,
    /// Credits held, or kept after success.
    pub price: f64,
    pub in_flight_state: String,
    /// Ends the task now.
    pub finish: Arc<Notify>,
    pub fetches: Arc<Mutex<Vec<InputFetch>>>,
    pub callbacks: Arc<Mutex<Vec<CallbackAttempt>>>,
}

/// A file of one of the two file hosts.
#[derive(Clone)]
pub struct File {
    pub bytes: Bytes,
    pub content_type: String,
    pub expires_ms: u64,
}

/// Files by path; the oldest go when there are too many.
#[derive(Default)]
pub struct Files {
    by_path: BTreeMap<String, File>,
    order: VecDeque<String>,
}

impl Files {
    pub fn put(&mut self, path: String, file: File) {
        if self.by_path.insert(path.clone(), file).is_none() {
            self.order.push_back(path);
        }
        while self.order.len() > MAX_FILES {
            if let Some(oldest) = self.order.pop_front() {
                self.by_path.remove(&oldest);
            }
        }
    }

    /// The file, unless it is expired.
    pub fn get(&self, path: &str, now_ms: u64) -> Option<File> {
        self.by_path.get(path).filter(|file| now_ms < file.expires_ms).cloned()
    }
}

/// Everything that changes.
pub struct World {
    pub settings: Settings,
    pub credits: f64,
    pub faults: Faults,
    pub tasks: BTreeMap<String, Task>,
    task_order: VecDeque<String>,
    pub uploads: Files,
    pub results: Files,
    /// Path of a temporary link to path of the file and expiry.
    pub temporary: BTreeMap<String, (String, u64)>,
    pub identity: Identity,
    pub mailbox: Mailbox,
    calls: VecDeque<Value>,
    calls_dropped: usize,
    create_window: SlidingWindow,
    record_windows: BTreeMap<String, SlidingWindow>,
    seed: u64,
    ids_given: u64,
}

impl World {
    fn new(config: &Config) -> Self {
        Self {
            settings: Settings::new(config),
            credits: config.credits,
            faults: Faults::default(),
            tasks: BTreeMap::new(),
            task_order: VecDeque::new(),
            uploads: Files::default(),
            results: Files::default(),
            temporary: BTreeMap::new(),
            identity: Identity::default(),
            mailbox: Mailbox::default(),
            calls: VecDeque::new(),
            calls_dropped: 0,
            create_window: SlidingWindow::new(CREATE_CALLS, CREATE_WINDOW_MS),
            record_windows: BTreeMap::new(),
            seed: config.seed.unwrap_or_else(|| RandomState::new().hash_one(now_ms())),
            ids_given: 0,
        }
    }

    /// 32 hexadecimal digits that no other call gets.
    pub fn new_id(&mut self) -> String {
        self.ids_given += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(self.ids_given.to_be_bytes());
        let number = hash.finalize().iter().take(16).fold(0_u128, |n, b| n << 8 | u128::from(*b));
        format!("{number:032x}")
    }

    pub fn add_task(&mut self, task: Task) {
        self.credits -= task.price;
        self.task_order.push_back(task.id.clone());
        self.tasks.insert(task.id.clone(), task);
        while self.task_order.len() > MAX_TASKS {
            if let Some(oldest) = self.task_order.pop_front() {
                self.tasks.remove(&oldest);
                self.record_windows.remove(&oldest);
            }
        }
    }

    /// Tasks in the order of their creation.
    pub fn tasks_in_order(&self) -> impl Iterator<Item = &Task> {
        self.task_order.iter().filter_map(|id| self.tasks.get(id))
    }

    /// Settles a task: a failure gives its credits back. `None`: it is gone (a reset).
    pub fn settle(&mut self, id: &str, state: State, now_ms: u64) -> Option<Task> {
        let task = self.tasks.get_mut(id)?;
        let was_failed = matches!(task.state, State::Fail { .. });
        let is_failed = matches!(state, State::Fail { .. });
        if is_failed && !was_failed {
            self.credits += task.price;
        } else if was_failed && !is_failed {
            self.credits -= task.price;
        }
        task.state = state;
        task.completed_ms = Some(now_ms);
        Some(task.clone())
    }

    pub fn add_temporary(&mut self, link: String, path: String, expires_ms: u64) {
        if self.temporary.len() >= MAX_TEMPORARY {
            self.temporary.pop_first();
        }
        self.temporary.insert(link, (path, expires_ms));
    }

    pub fn admit_create(&mut self, now_ms: u64) -> bool {
        !self.settings.rate_limits || self.create_window.admit(now_ms)
    }

    /// The limit of recordInfo counts by task id; ids that do not exist share one window.
    pub fn admit_record(&mut self, id: &str, now_ms: u64) -> bool {
        let key = if self.tasks.contains_key(id) { id } else { "" };
        let fresh = || SlidingWindow::new(RECORD_CALLS, RECORD_WINDOW_MS);
        let window = self.record_windows.entry(key.to_owned()).or_insert_with(fresh);
        !self.settings.rate_limits || window.admit(now_ms)
    }

    /// Logs a call at its arrival; the number is for [`World::amend_call`].
    pub fn log_call(&mut self, call: Value) -> usize {
        if self.calls.len() >= MAX_CALLS {
            self.calls.pop_front();
            self.calls_dropped += 1;
        }
        self.calls.push_back(call);
        self.calls_dropped + self.calls.len() - 1
    }

    /// Adds fields to a logged call, unless the log was cleared since.
    pub fn amend_call(&mut self, number: usize, fields: Value) {
        let call = number.checked_sub(self.calls_dropped).and_then(|at| self.calls.get_mut(at));
        if let (Some(Value::Object(call)), Value::Object(fields)) = (call, fields) {
            call.extend(fields);
        }
    }

    pub fn calls(&self) -> Vec<Value> {
        self.calls.iter().cloned().collect()
    }

    pub fn clear_calls(&mut self) {
        self.calls_dropped += self.calls.len();
        self.calls.clear();
    }
}

/// Base addresses of the listeners, without a slash at the end.
#[derive(Debug, Clone)]
pub struct Origins {
    pub api: String,
    pub uploads: String,
    pub results: String,
    pub identity: String,
    pub mail: String,
}

/// What every connection shares.
pub struct Shared {
    pub config: Config,
    pub origins: Origins,
    world: Mutex<World>,
}

impl Shared {
    pub fn new(config: Config, origins: Origins) -> Self {
        let world = Mutex::new(World::new(&config));
        Self { config, origins, world }
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        // A panic elsewhere must not turn every later test into a lock error.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the start, but the ids go on: a task of before must not meet its own id again.
    pub fn reset(&self) {
        let mut world = self.world();
        let World { seed, ids_given, .. } = *world;
        let calls_dropped = world.calls_dropped + world.calls.len();
        *world = World { calls_dropped, seed, ids_given, ..World::new(&self.config) };
    }
}
