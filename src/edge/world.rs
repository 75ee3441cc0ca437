//! The world on Cloudflare.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use serde_json::json;
use wasm_bindgen::prelude::*;
use worker::Env;

use crate::domain::asks::Asks;
use crate::domain::id::AccountId;
use crate::domain::image::{Ingest, IngestFacts, IngestRefusal};
use crate::domain::limits::StartLog;
use crate::domain::time::Millis;
use crate::domain::uploads::Uploads;
use crate::domain::zip::Segment;
use crate::ports::{
    Admission, AdmissionAsk, CallError, Config, DatabaseError, Fence, FetchError, FileError,
    LogLine, Mail, MailError, Nudge, OutsideAnswer, OutsideCall, ProviderAnswer, ProviderCall, Row,
    Statement, Stored, World,
};
use crate::provider::reply::BODY_BYTES_MAX;

use super::dispatcher::Own;
use super::limiter::Question;
use super::pieces;
use super::platform::{self, Bindings, thrown};
use super::wait::{self, Calls};

/// Time-out of one question to a Durable Object.
const OBJECT_TIMEOUT_MS: u32 = 10_000;
/// Time-out of the coarse fence, which is not worth waiting for.
const FENCE_TIMEOUT_MS: u32 = 1_000;
/// Time-out of handing one mail over.
const MAIL_TIMEOUT_MS: u32 = 10_000;
/// Time-out of everything else of the platform; D1 itself gives up after as long.
pub const PLATFORM_TIMEOUT_MS: u32 = 30_000;
/// The one Dispatcher of the provider's key.
const DISPATCHER_NAME: &str = "kie";

thread_local! {
    // Plain data: nothing of a request may outlive it, this must.
    static UPLOADS: RefCell<Uploads> = RefCell::default();
    static ASKS: RefCell<Asks> = RefCell::default();
}

/// One event's handle on the platform.
#[derive(Clone)]
pub struct Cloud {
    env: Rc<Env>,
    config: Rc<Config>,
    /// What the event waits for; many wait for nothing.
    calls: Rc<OnceCell<Calls>>,
    /// The Dispatcher's own storage and memory, inside the Dispatcher.
    own: Option<Rc<Own>>,
}

impl Cloud {
    /// The world of a request or of the cron.
    pub fn new(env: Env, config: Rc<Config>) -> Self {
        Self { env: Rc::new(env), config, calls: Rc::default(), own: None }
    }

    /// The world of the Dispatcher, who tells himself without a call.
    pub fn of_dispatcher(env: Env, config: Rc<Config>, own: Rc<Own>) -> Self {
        Self { env: Rc::new(env), config, calls: Rc::default(), own: Some(own) }
    }

    /// What the event waits for.
    pub fn calls(&self) -> &Calls {
        self.calls.get_or_init(Calls::new)
    }

    /// What the Worker is bound to.
    pub fn bindings(&self) -> &Bindings {
        Bindings::of(&self.env)
    }

    async fn ask(
        &self,
        namespace: &JsValue,
        name: &str,
        question: String,
    ) -> Result<Admission, CallError> {
        let call = platform::ask_object(namespace, name, &question);
        let answer = self
            .calls()
            .settled(call, OBJECT_TIMEOUT_MS)
            .await
            .map_err(|error| call_error(&error))?;
        let text = answer.as_string().unwrap_or_default();
        serde_json::from_str(&text).map_err(|error| CallError::Broken(error.to_string()))
    }
}

impl World for Cloud {
    type File = Uint8Array;

    fn now(&self) -> Millis {
        now()
    }

    fn random(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        // The platform's source cannot fail. If it ever did, ids would still be unique: an empty id
        // is refused by the database as a duplicate.
        let _ = getrandom::fill(&mut bytes);
        bytes
    }

    fn config(&self) -> &Config {
        &self.config
    }

    fn log(&self, line: &LogLine) {
        super::log(line);
    }

    async fn sleep(&self, ms: i64) {
        wait::pause(u32::try_from(ms.max(0)).unwrap_or(u32::MAX)).await;
    }

    fn with_uploads<T>(&self, look: impl FnOnce(&mut Uploads) -> T) -> T {
        UPLOADS.with_borrow_mut(look)
    }

    fn with_asks<T>(&self, look: impl FnOnce(&mut Asks) -> T) -> T {
        ASKS.with_borrow_mut(look)
    }

    async fn database(&self, batch: Vec<Statement>) -> Result<Vec<Vec<Row>>, DatabaseError> {
        // Serialising our own plain structs cannot fail.
        let batch = serde_json::to_string(&batch).unwrap_or_default();
        let call = platform::database(&self.bindings().db(), &batch);
        let rows = self
            .calls()
            .settled(call, PLATFORM_TIMEOUT_MS)
            .await
            .map_err(|error| database_error(thrown(&error)))?;
        serde_json::from_str(&rows.as_string().unwrap_or_default())
            .map_err(|error| DatabaseError::Broken(error.to_string()))
    }

    async fn hold_file(
        &self,
        parts: Vec<Vec<u8>>,
    ) -> Result<(Uint8Array, Vec<[u8; 32]>), FileError> {
        let failed = |error| FileError(thrown(&error));
        let (held, parts) = platform::held(parts).map_err(failed)?;
        let call = platform::digests(&parts);
        let digests = self.calls().settled(call, PLATFORM_TIMEOUT_MS).await.map_err(failed)?;
        let digests = platform::sha256_of_each(&digests, parts.length())
            .ok_or_else(|| FileError("no digest".to_owned()))?;
        Ok((held, digests))
    }

    async fn put_file(&self, key: &str, file: Uint8Array) -> Result<(), FileError> {
        platform::put_file(&self.bindings().files(), key, &file)
            .await
            .map_err(|error| FileError(thrown(&error)))
    }

    async fn put_pieces(
        &self,
        key: &str,
        segments: Vec<Segment>,
        length: u64,
    ) -> Result<Stored, FileError> {
        let sha256 = pieces::put(&self.bindings().files(), key, segments, length)
            .await
            .map_err(|error| FileError(thrown(&error)))?;
        let sha256 = sha256.ok_or_else(|| FileError("no digest".to_owned()))?;
        Ok(Stored { sha256, bytes: length })
    }

    async fn copy_file(&self, from: &str, to: &str) -> Result<(), FileError> {
        platform::copy_file(&self.bindings().files(), from, to)
            .await
            .map_err(|error| FileError(thrown(&error)))
    }

    async fn delete_files(&self, keys: Vec<String>) -> Result<(), FileError> {
        let keys = json!(keys).to_string();
        platform::delete_files(&self.bindings().files(), &keys)
            .await
            .map_err(|error| FileError(thrown(&error)))
    }

    async fn has_file(&self, key: &str) -> Result<bool, FileError> {
        let found = platform::has_file(&self.bindings().files(), key)
            .await
            .map_err(|error| FileError(thrown(&error)))?;
        Ok(found.is_truthy())
    }

    async fn list_files(&self, prefix: &str, after: &str) -> Result<Vec<String>, FileError> {
        let keys = platform::list_files(&self.bindings().files(), prefix, after)
            .await
            .map_err(|error| FileError(thrown(&error)))?;
        serde_json::from_str(&keys.as_string().unwrap_or_default())
            .map_err(|error| FileError(error.to_string()))
    }

    async fn call_provider(&self, call: ProviderCall) -> Result<ProviderAnswer, CallError> {
        let url = format!("{}{}", self.config.provider_url, call.path);
        let bytes_max = u32::try_from(BODY_BYTES_MAX).unwrap_or(u32::MAX);
        let key = &self.config.provider_key;
        let answer = platform::call_provider(
            &url,
            key,
            call.body.as_deref(),
            ms(call.timeout_ms),
            bytes_max,
        )
        .await
        .map_err(|error| call_error(&error))?;
        platform::status_and_bytes(&answer)
            .map(|(status, body)| ProviderAnswer { status, body })
            .ok_or_else(|| CallError::Broken("no status".to_owned()))
    }

    async fn fetch_result(
        &self,
        url: &str,
        key: &str,
        ingest: Ingest,
    ) -> Result<IngestFacts, FetchError> {
        let rules = &self.config.rules;
        let seen = Rc::new(RefCell::new((ingest, None::<IngestRefusal>)));
        let see = {
            let seen = Rc::clone(&seen);
            Closure::<dyn FnMut(Uint8Array) -> bool>::new(move |piece: Uint8Array| {
                let (ingest, refusal) = &mut *seen.borrow_mut();
                *refusal = ingest.feed(&piece.to_vec()).err();
                refusal.is_none()
            })
        };
        #[expect(clippy::cast_precision_loss, reason = "30 MB is far below 2^53")]
        let bytes_max = rules.result_bytes_max as f64;
        let bucket = self.bindings().files();
        let timeout_ms = ms(rules.result_timeout_ms);
        let answer = platform::fetch_result(url, &bucket, key, timeout_ms, bytes_max, &see)
            .await
            .map_err(|error| FetchError::Transient(thrown(&error)))?;
        drop(see);
        let (ingest, refusal) = Rc::try_unwrap(seen)
            .map_err(|_| FetchError::Transient("still being read".to_owned()))?
            .into_inner();
        let fetched = fetched(answer.as_f64().unwrap_or(0.0), ingest, refusal);
        if let Err(FetchError::Refused(_)) = &fetched {
            // What turned out to be no whole picture only at its end is stored by now.
            let _ = self.delete_files(vec![key.to_owned()]).await;
        }
        fetched
    }

    async fn call_outside(&self, call: OutsideCall) -> Result<OutsideAnswer, CallError> {
        let bytes_max = u32::try_from(call.bytes_max).unwrap_or(u32::MAX);
        let answer = platform::call_outside(
            &call.url,
            call.content_type,
            call.body.as_deref(),
            ms(call.timeout_ms),
            bytes_max,
        )
        .await
        .map_err(|error| call_error(&error))?;
        let cache_control = platform::text_at(&answer, 2);
        platform::status_and_bytes(&answer)
            .map(|(status, body)| OutsideAnswer { status, cache_control, body })
            .ok_or_else(|| CallError::Broken("no status".to_owned()))
    }

    async fn send_mail(&self, mail: Mail) -> Result<(), MailError> {
        let route = &self.config.mail;
        let mail = json!(mail).to_string();
        let binding = self.bindings().mail();
        platform::send_mail(&binding, route.url.as_deref(), &route.from, &mail, MAIL_TIMEOUT_MS)
            .await
            .map(|_| ())
            .map_err(|error| {
                let text = thrown(&error);
                // Only a refusal of this very mail would be repeated for ever.
                if text.starts_with("MailRefused") {
                    MailError::Refused(text)
                } else {
                    MailError::Transient(text)
                }
            })
    }

    async fn fence(&self, fence: Fence, key: &str) -> bool {
        let binding = match fence {
            Fence::Writes => self.bindings().fence_writes(),
            Fence::Reads => self.bindings().fence_reads(),
        };
        // The fence is the coarse one: when it does not answer, the exact limits still stand.
        self.calls()
            .settled(platform::fence(&binding, key), FENCE_TIMEOUT_MS)
            .await
            .map_or(true, |answer| answer.as_bool().unwrap_or(true))
    }

    async fn admit(&self, ask: AdmissionAsk) -> Result<Admission, CallError> {
        let name = ask.today.limiter.clone();
        self.ask(&self.bindings().limiter(), &name, json!(Question::Admit(ask)).to_string()).await
    }

    async fn give_back(&self, ask: AdmissionAsk) -> Result<(), CallError> {
        let name = ask.today.limiter.clone();
        self.ask(&self.bindings().limiter(), &name, json!(Question::GiveBack(ask)).to_string())
            .await
            .map(|_| ())
    }

    async fn nudge(&self, nudge: Nudge) -> Result<Admission, CallError> {
        if let Some(own) = &self.own {
            own.desk.call(nudge, self.now());
            return Ok(Admission::Admitted);
        }
        self.ask(&self.bindings().dispatcher(), DISPATCHER_NAME, json!(nudge).to_string()).await
    }

    async fn wake_exporter(&self, account: AccountId) -> Result<(), CallError> {
        let name = account.to_string();
        self.ask(&self.bindings().exporter(), &name, json!(account).to_string()).await.map(drop)
    }

    async fn load_starts(&self) -> Result<StartLog, CallError> {
        match &self.own {
            Some(own) => own.load_starts().await,
            None => Err(CallError::Broken("only the Dispatcher has starts".to_owned())),
        }
    }

    async fn save_starts(&self, log: &StartLog) -> Result<(), CallError> {
        match &self.own {
            Some(own) => own.save_starts(log).await,
            None => Err(CallError::Broken("only the Dispatcher has starts".to_owned())),
        }
    }
}

/// The platform's clock, without making a `Date`.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
pub fn now() -> Millis {
    Millis(js_sys::Date::now() as i64)
}

fn ms(ms: i64) -> u32 {
    u32::try_from(ms.max(0)).unwrap_or(u32::MAX)
}

/// D1 says what happened only in words. What is not known to be final counts as transient: every
/// batch may be repeated, and those who repeat it read back first.
fn database_error(text: String) -> DatabaseError {
    const FINAL: [&str; 5] =
        ["SQLITE_ERROR", "no such", "syntax error", "D1_TYPE_ERROR", "undefined"];
    if text.contains("constraint failed") || text.contains("SQLITE_CONSTRAINT") {
        DatabaseError::Constraint(text)
    } else if FINAL.iter().any(|word| text.contains(word)) {
        DatabaseError::Broken(text)
    } else {
        DatabaseError::Transient(text)
    }
}

fn call_error(error: &JsValue) -> CallError {
    if platform::is_timeout(error) { CallError::TimedOut } else { CallError::Broken(thrown(error)) }
}

/// Client errors that say "later", not "no".
const PASSING: [&str; 2] = ["status 408", "status 429"];

fn fetched(
    status: f64,
    ingest: Ingest,
    refusal: Option<IngestRefusal>,
) -> Result<IngestFacts, FetchError> {
    if let Some(refusal) = refusal {
        return Err(FetchError::Refused(refusal));
    }
    if (200.0..201.0).contains(&status) {
        return ingest.finish().map_err(FetchError::Refused);
    }
    if (413.0..414.0).contains(&status) {
        return Err(FetchError::Refused(IngestRefusal::TooLarge));
    }
    let text = format!("status {status}");
    if (300.0..400.0).contains(&status) {
        Err(FetchError::Unusable(text))
    } else if (400.0..500.0).contains(&status) && !PASSING.contains(&text.as_str()) {
        Err(FetchError::Missing(text))
    } else {
        Err(FetchError::Transient(text))
    }
}
