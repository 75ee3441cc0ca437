//! Limits what costs money: one object for each network prefix and day.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, State, Storage, durable_object};

use crate::domain::limits::{Gcra, Verdict, admit_all, give_back_all};
use crate::domain::network::useless_from;
use crate::domain::time::{MINUTE_MS, Millis};
use crate::ports::{Admission, AdmissionAsk};

use super::config::config;
use super::platform::{self, Bindings};
use super::wait::Calls;
use super::world::now;

/// How long an Idempotency-Key stays reserved when nobody frees it: longer than storing 24 MB
/// takes.
const RESERVED_MS: i64 = MINUTE_MS;
/// Reservations of one network at a time; beyond it a repeated request is settled by the database.
const RESERVED_MAX: usize = 1_000;
/// Time-out of the question to yesterday's object. Without an answer the day starts afresh.
const YESTERDAY_TIMEOUT_MS: u32 = 2_000;
const STATE: &str = "state";

/// What the object is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Question {
    /// May one more order of this prefix pass?
    Admit(AdmissionAsk),
    /// Take that admission back.
    GiveBack(AdmissionAsk),
    /// What is your state? Asked by the object of the next day.
    Standing,
}

/// The two rates' states: hour, day.
type Rates = [Gcra; 2];

/// See the module.
#[durable_object(alarm)]
pub struct Limiter {
    storage: Storage,
    env: Env,
    memory: RefCell<Memory>,
}

#[derive(Default)]
struct Memory {
    rates: Option<Rates>,
    /// Whether storage holds a state of this day, and with it the alarm that forgets it.
    written: bool,
    /// Reserved keys and until when.
    reserved: BTreeMap<String, Millis>,
}

impl DurableObject for Limiter {
    fn new(state: State, env: Env) -> Self {
        Self { storage: state.storage(), env, memory: RefCell::default() }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let question = serde_json::from_str(&request.text().await?)?;
        match question {
            Question::Admit(ask) => Response::from_json(&self.admit(ask).await?),
            Question::GiveBack(ask) => {
                self.give_back(ask).await?;
                Response::from_json(&Admission::Admitted)
            }
            Question::Standing => Response::from_json(&self.stored().await?),
        }
    }

    /// The prefix's hash changes daily; what was counted under it is forgotten with it.
    async fn alarm(&self) -> Result<Response> {
        self.storage.delete_all().await?;
        self.memory.take();
        Response::empty()
    }
}

impl Limiter {
    async fn admit(&self, ask: AdmissionAsk) -> Result<Admission> {
        let policies = self.policies()?;
        self.load(&ask.key_yesterday).await?;
        let now = now();
        // No await from here to the end of the block: the check and the count are one.
        let verdict = {
            let memory = &mut *self.memory.borrow_mut();
            if memory.is_reserved(ask.idempotency.as_ref(), now) {
                return Ok(Admission::Running);
            }
            let rates = memory.rates.get_or_insert_default();
            let verdict = admit_all(rates, &policies, now);
            if matches!(verdict.verdict, Verdict::Admitted { .. }) {
                memory.reserve(ask.idempotency, now);
            }
            verdict
        };
        if matches!(verdict.verdict, Verdict::Refused { .. }) {
            return Ok(Admission::Refused(verdict));
        }
        self.save(now).await?;
        Ok(Admission::Admitted)
    }

    async fn give_back(&self, ask: AdmissionAsk) -> Result<()> {
        let policies = self.policies()?;
        self.load(&ask.key_yesterday).await?;
        {
            let memory = &mut *self.memory.borrow_mut();
            if let Some(key) = &ask.idempotency {
                memory.reserved.remove(key);
            }
            give_back_all(memory.rates.get_or_insert_default(), &policies);
        }
        self.save(now()).await
    }

    fn policies(&self) -> Result<[crate::domain::limits::Policy; 2]> {
        config(&self.env)
            .map(|config| config.rules.prefix_policies())
            .map_err(|wrong| worker::Error::RustError(format!("{} is not valid", wrong.0)))
    }

    /// Fills the memory from storage, or on a prefix's first order of a day from yesterday's
    /// object. Others may be served meanwhile, so what they have put into the memory stays.
    async fn load(&self, key_yesterday: &str) -> Result<()> {
        if self.memory.borrow().rates.is_some() {
            return Ok(());
        }
        let stored = self.stored().await?;
        let written = stored.is_some();
        let found = match stored {
            Some(rates) => Some(rates),
            None => self.ask_yesterday(key_yesterday).await,
        };
        let memory = &mut *self.memory.borrow_mut();
        memory.written |= written;
        if memory.rates.is_none() {
            memory.rates = found;
        }
        Ok(())
    }

    async fn stored(&self) -> Result<Option<Rates>> {
        if let Some(rates) = self.memory.borrow().rates {
            return Ok(Some(rates));
        }
        let text: Option<String> = self.storage.get(STATE).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn ask_yesterday(&self, key: &str) -> Option<Rates> {
        let namespace = Bindings::of(&self.env).limiter();
        let question = json!(Question::Standing).to_string();
        let call = platform::ask_object(&namespace, key, &question);
        let answer = Calls::new().settled(call, YESTERDAY_TIMEOUT_MS).await;
        serde_json::from_str(&answer.ok()?.as_string()?).ok()?
    }

    async fn save(&self, now: Millis) -> Result<()> {
        let (rates, first) = {
            let memory = &mut *self.memory.borrow_mut();
            (memory.rates, !std::mem::replace(&mut memory.written, true))
        };
        self.storage.put(STATE, json!(rates).to_string()).await?;
        if first {
            // A plain number is the time from now.
            self.storage.set_alarm(useless_from(now).since(now)).await?;
        }
        Ok(())
    }
}

impl Memory {
    fn is_reserved(&self, key: Option<&String>, now: Millis) -> bool {
        key.and_then(|key| self.reserved.get(key)).is_some_and(|until| now < *until)
    }

    fn reserve(&mut self, key: Option<String>, now: Millis) {
        self.reserved.retain(|_, until| now < *until);
        if let Some(key) = key
            && self.reserved.len() < RESERVED_MAX
        {
            self.reserved.insert(key, now.plus(RESERVED_MS));
        }
    }
}
