//! What the world offers the product, as one trait. `edge` implements it on Cloudflare, the native
//! tests on `rusqlite`. Nothing here decides anything.

use std::future::Future;

use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::domain::asks::Asks;
use crate::domain::id::{AccountId, OrderId};
use crate::domain::image::{Ingest, IngestFacts, IngestRefusal};
use crate::domain::keyring::Keyring;
use crate::domain::limits::{JointVerdict, StartLog};
use crate::domain::rules::Rules;
use crate::domain::site::Site;
use crate::domain::time::Millis;
use crate::domain::uploads::Uploads;
use crate::domain::zip::Segment;
use crate::provider::origin::ResultOrigins;

/// What an operator sets. Secrets included: never printed, never logged.
#[derive(Clone)]
pub struct Config {
    /// Whose site it is and where it lies.
    pub site: Site,
    /// The provider's origin.
    pub provider_url: String,
    /// The provider's model that makes the pictures.
    pub provider_model: String,
    /// Exact origins from which results may be fetched.
    pub result_origins: ResultOrigins,
    /// The provider's API key.
    pub provider_key: String,
    /// Keys of the provider's callbacks: the current one and, during a rotation, the one before.
    pub webhook_keys: Vec<String>,
    /// Keys of signed links and of orders' ids.
    pub link_keys: Keyring,
    /// Key of the daily hash of network prefixes, and of cookie and id hashes.
    pub address_key: Vec<u8>,
    /// Who signs people in.
    pub identity: Identity,
    /// How mails leave.
    pub mail: MailRoute,
    /// Seed of the Ed25519 key that signs deletion receipts, 32 bytes.
    pub receipt_seed: [u8; 32],
    /// What opens the operator's routes.
    pub operator_key: Vec<u8>,
    /// Durations and limits.
    pub rules: Rules,
    /// What `/api/health` calls the running build.
    pub version: String,
}

/// The `OpenID` provider that signs people in, and what we are to it.
#[derive(Clone)]
pub struct Identity {
    /// Its issuer, exactly as its tokens say it.
    pub issuer: String,
    /// Our public id there.
    pub client_id: String,
    /// Our secret there.
    pub client_secret: String,
}

/// How mails leave.
#[derive(Clone)]
pub struct MailRoute {
    /// The sender's address.
    pub from: String,
    /// Where an HTTP mailbox takes them; `None` for the platform's own binding.
    pub url: Option<String>,
}

/// One bound value of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// SQL NULL.
    Null,
    /// An integer; D1 carries up to 2^53.
    Int(i64),
    /// Text.
    Text(String),
}

/// One SQL statement as data. Parameters are numbered `?1`, `?2`, ….
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// The text, from `store`.
    pub sql: &'static str,
    /// Its parameters, at most 100.
    pub args: Vec<Arg>,
}

/// One row, by column name.
pub type Row = Map<String, Value>;

/// Why the database gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseError {
    /// A constraint aborted the batch; the text names it. Nothing was written.
    Constraint(String),
    /// It may work when tried again, and **it may have been committed**.
    Transient(String),
    /// It will not work when tried again.
    Broken(String),
}

/// Why a file operation failed. Every operation is idempotent and may be tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError(pub String);

/// A composed file that was stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its digest, made on the way.
    pub sha256: [u8; 32],
    /// Its size.
    pub bytes: u64,
}

/// Why an outside call has no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallError {
    /// No answer in time. The other side may have acted.
    TimedOut,
    /// The connection failed or broke. The other side may have acted.
    Broken(String),
}

/// One call to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderCall {
    /// Path and query under the provider's origin.
    pub path: String,
    /// A JSON body makes it a POST, `None` a GET.
    pub body: Option<String>,
    /// Time-out of the whole call.
    pub timeout_ms: i64,
}

/// The provider's answer, body cut at the limit of `provider::reply`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderAnswer {
    /// HTTP status.
    pub status: u16,
    /// Body bytes.
    pub body: Vec<u8>,
}

/// One call to anybody but the provider of pictures: sign-in, a person's picture, a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutsideCall {
    /// The whole address.
    pub url: String,
    /// What the body is; with one it is a POST, without a GET.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: Option<String>,
    /// Time-out of the whole call.
    pub timeout_ms: i64,
    /// Where the answer's body is cut.
    pub bytes_max: usize,
}

/// What came back. A redirect is an answer and is not followed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutsideAnswer {
    /// HTTP status.
    pub status: u16,
    /// The header `Cache-Control`, empty without one.
    pub cache_control: String,
    /// Body bytes.
    pub body: Vec<u8>,
}

/// One mail, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text for programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one POST ends mails of this kind (RFC 8058), for those that may be ended.
    pub unsubscribe: Option<String>,
}

/// Why a mail was not taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailError {
    /// Try again later; it may have been taken over.
    Transient(String),
    /// It would be refused again.
    Refused(String),
}

/// How fetching a result ended without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Try again: network, time-out, 5xx, or our own storage.
    Transient(String),
    /// The host does not have it (4xx): a few more tries, since links may lag behind records.
    Missing(String),
    /// What came is no picture that we take. A page or a cut-off picture may be a passing fault of
    /// the host; too large stays too large.
    Refused(IngestRefusal),
    /// It will never be a picture: a redirect to somewhere else.
    Unusable(String),
}

/// Where a network prefix is counted on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimiterKey {
    /// Name of the limiter's object.
    pub limiter: String,
    /// The network's pseudonym within it.
    pub key: String,
}

/// The question to the limiter of one network prefix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionAsk {
    /// Where the prefix is counted.
    pub today: LimiterKey,
    /// Where it was counted yesterday, which still counts.
    pub yesterday: LimiterKey,
    /// Hash of visitor and Idempotency-Key, reserved while the request runs.
    pub idempotency: Option<String>,
}

/// The limiter's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Admission {
    /// Counted.
    Admitted,
    /// Over a limit; nothing was counted. Standings are in the order of the policies.
    Refused(JointVerdict),
    /// A request with the same Idempotency-Key is still running.
    Running,
}

/// What the Dispatcher is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Nudge {
    /// An order is about to be committed: count it against the global cap and look for it.
    Placing {
        /// The order.
        order: OrderId,
    },
    /// Orders may be due.
    Due,
    /// A verified callback names a task: ask the provider about it now.
    Task {
        /// The order's secret in `callBackUrl`.
        token: String,
        /// The provider's task id.
        task_id: String,
    },
}

/// The first fence: a coarse count for each network prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// Requests that change something.
    Writes,
    /// Requests that read.
    Reads,
}

/// How serious a log line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Ordinary.
    Info,
    /// Somebody should look at it.
    Warning,
    /// A defect, or the operator must act.
    Error,
}

/// One structured log line. Fields never hold personal data, links, ids of orders or secrets.
#[derive(Clone, Debug, PartialEq)]
pub struct LogLine {
    /// How serious.
    pub level: Level,
    /// What happened, in a fixed word.
    pub event: &'static str,
    /// What belongs to it, in order.
    pub fields: Vec<(&'static str, Value)>,
}

impl LogLine {
    /// A line without fields.
    pub fn new(level: Level, event: &'static str) -> Self {
        Self { level, event, fields: Vec::with_capacity(FIELDS_USUAL) }
    }

    /// The same line with one more field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((name, value.into()));
        self
    }
}

/// What the line of a request has.
const FIELDS_USUAL: usize = 5;

impl Serialize for LogLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2 + self.fields.len()))?;
        map.serialize_entry("level", &self.level)?;
        map.serialize_entry("event", self.event)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

/// The world, cheap to clone: one handle for each request.
pub trait World: Clone + 'static {
    /// A file on its way into storage, in the world's own memory and no longer in ours.
    type File;

    /// The moment of this event, UTC. Stands still while code runs without awaiting.
    fn now(&self) -> Millis;
    /// Sixteen bytes from a cryptographic source.
    fn random(&self) -> [u8; 16];
    /// What the operator set.
    fn config(&self) -> &Config;
    /// Writes one log line.
    fn log(&self, line: &LogLine);
    /// Sleeps.
    fn sleep(&self, ms: i64) -> impl Future<Output = ()>;

    /// Looks at the uploads of this instance, which all its requests share.
    fn with_uploads<T>(&self, look: impl FnOnce(&mut Uploads) -> T) -> T;

    /// Looks at what the listeners of this instance have asked the provider.
    fn with_asks<T>(&self, look: impl FnOnce(&mut Asks) -> T) -> T;

    /// Runs the statements as one transaction; rows of each, in order.
    fn database(
        &self,
        batch: Vec<Statement>,
    ) -> impl Future<Output = Result<Vec<Vec<Row>>, DatabaseError>>;

    /// Takes a file over until it is stored, part after part, and gives the SHA-256 of each, which
    /// platforms have as instructions of the processor.
    fn hold_file(
        &self,
        parts: Vec<Vec<u8>>,
    ) -> impl Future<Output = Result<(Self::File, Vec<[u8; 32]>), FileError>>;
    /// Stores a file, replacing one under the same key. The whole of it or nothing is stored.
    fn put_file(&self, key: &str, file: Self::File) -> impl Future<Output = Result<(), FileError>>;
    /// Composes a file of `length` bytes out of these segments and stores it, replacing one under
    /// the same key. The whole of it or nothing is stored; a segment's file that is missing or too
    /// short is an error. It may take most of the time that an alarm's run has.
    fn put_pieces(
        &self,
        key: &str,
        segments: Vec<Segment>,
        length: u64,
    ) -> impl Future<Output = Result<Stored, FileError>>;
    /// Copies a file to another key, replacing what is there. One that is not at `from` and is at
    /// `to` was copied before; one that is at neither fails.
    fn copy_file(&self, from: &str, to: &str) -> impl Future<Output = Result<(), FileError>>;
    /// Deletes files; those that are not there count as deleted. At most 1000 keys.
    fn delete_files(&self, keys: Vec<String>) -> impl Future<Output = Result<(), FileError>>;
    /// Whether a file of this key is there. Costs a twelfth of a listing.
    fn has_file(&self, key: &str) -> impl Future<Output = Result<bool, FileError>>;
    /// Keys under a prefix in order, those after this one; at most 1000.
    fn list_files(
        &self,
        prefix: &str,
        after: &str,
    ) -> impl Future<Output = Result<Vec<String>, FileError>>;

    /// Calls the provider with our key.
    fn call_provider(
        &self,
        call: ProviderCall,
    ) -> impl Future<Output = Result<ProviderAnswer, CallError>>;
    /// Fetches a result and stores it under `key` as it comes, shown to `ingest` piece by piece.
    fn fetch_result(
        &self,
        url: &str,
        key: &str,
        ingest: Ingest,
    ) -> impl Future<Output = Result<IngestFacts, FetchError>>;

    /// Calls somebody else than the provider.
    fn call_outside(
        &self,
        call: OutsideCall,
    ) -> impl Future<Output = Result<OutsideAnswer, CallError>>;
    /// Hands one mail over to whoever delivers it.
    fn send_mail(&self, mail: Mail) -> impl Future<Output = Result<(), MailError>>;

    /// Whether the coarse fence lets one more request of this prefix through.
    fn fence(&self, fence: Fence, key: &str) -> impl Future<Output = bool>;
    /// Asks the limiter of a network prefix for one more order.
    fn admit(&self, ask: AdmissionAsk) -> impl Future<Output = Result<Admission, CallError>>;
    /// Takes an admission back: the order was refused after all.
    fn give_back(&self, ask: AdmissionAsk) -> impl Future<Output = Result<(), CallError>>;
    /// Tells the Dispatcher; `Refused` only for [`Nudge::Placing`] over the global cap.
    fn nudge(&self, nudge: Nudge) -> impl Future<Output = Result<Admission, CallError>>;
    /// Tells the Exporter of an account that there is something to build, now.
    fn wake_exporter(&self, account: AccountId) -> impl Future<Output = Result<(), CallError>>;
    /// Loads the Dispatcher's log of createTask starts. Only within the Dispatcher.
    fn load_starts(&self) -> impl Future<Output = Result<StartLog, CallError>>;
    /// Saves the log, before the calls are made. Only within the Dispatcher.
    fn save_starts(&self, log: &StartLog) -> impl Future<Output = Result<(), CallError>>;
}
