//! Limits what costs money: some objects a day, each for its share of the network prefixes.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, State, Storage, durable_object};

use crate::domain::limits::{Gcra, Verdict, admit_all, give_back_all};
use crate::domain::network::useless_from;
use crate::domain::time::{MINUTE_MS, Millis};
use crate::ports::{Admission, AdmissionAsk, LimiterKey};

use super::config::config;
use super::platform::{self, Bindings};
use super::wait::Calls;
use super::world::now;

/// How long an Idempotency-Key stays reserved when nobody frees it: longer than storing 24 MB
/// takes.
const RESERVED_MS: i64 = MINUTE_MS;
/// Reservations of one object's networks at a time; beyond it a repeated request is settled by the
/// database.
const RESERVED_MAX: usize = 10_000;
/// Time-out of the question to yesterday's object. Without an answer the day starts afresh.
const YESTERDAY_TIMEOUT_MS: u32 = 2_000;
/// Networks whose state is kept in memory, some 200 bytes each; storage has them all.
const NETWORKS_MAX: usize = 10_000;

/// What the object is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Question {
    /// May one more order of this prefix pass?
    Admit(AdmissionAsk),
    /// Take that admission back.
    GiveBack(AdmissionAsk),
    /// What is this network's state? Asked by an object of the next day.
    Standing(String),
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
    /// By the network's key; what is here and was counted is in storage, or on its way there.
    rates: BTreeMap<String, Rates>,
    /// Whether the alarm is known to be set by which everything is forgotten.
    armed: bool,
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
            Question::Standing(key) => Response::from_json(&self.stored(&key).await?),
        }
    }

    /// The prefixes' hashes change daily; what was counted under it is forgotten with it.
    async fn alarm(&self) -> Result<Response> {
        self.storage.delete_all().await?;
        self.memory.take();
        Response::empty()
    }
}

impl Limiter {
    async fn admit(&self, ask: AdmissionAsk) -> Result<Admission> {
        let policies = self.policies()?;
        let found = self.look(&ask).await?;
        let now = now();
        // No await from here to where `save` begins to write: the check and the count are one.
        let (rates, verdict) = {
            let memory = &mut *self.memory.borrow_mut();
            if memory.is_reserved(ask.idempotency.as_ref(), now) {
                return Ok(Admission::Running);
            }
            let rates = memory.rates_of(&ask.today.key, found);
            let verdict = admit_all(rates, &policies, now);
            let rates = *rates;
            if matches!(verdict.verdict, Verdict::Admitted { .. }) {
                memory.reserve(ask.idempotency, now);
            }
            (rates, verdict)
        };
        if matches!(verdict.verdict, Verdict::Refused { .. }) {
            return Ok(Admission::Refused(verdict));
        }
        self.save(&ask.today.key, rates, now).await?;
        Ok(Admission::Admitted)
    }

    async fn give_back(&self, ask: AdmissionAsk) -> Result<()> {
        let policies = self.policies()?;
        let found = self.look(&ask).await?;
        let rates = {
            let memory = &mut *self.memory.borrow_mut();
            if let Some(key) = &ask.idempotency {
                memory.reserved.remove(key);
            }
            let rates = memory.rates_of(&ask.today.key, found);
            give_back_all(rates, &policies);
            *rates
        };
        self.save(&ask.today.key, rates, now()).await
    }

    fn policies(&self) -> Result<[crate::domain::limits::Policy; 2]> {
        config(&self.env)
            .map(|config| config.rules.prefix_policies())
            .map_err(|wrong| worker::Error::RustError(format!("{} is not valid", wrong.0)))
    }

    /// The network's state from memory or storage, or on its first order of a day from yesterday's
    /// object. Others may be served meanwhile: what they have put into the memory goes before this.
    async fn look(&self, ask: &AdmissionAsk) -> Result<Rates> {
        if let Some(rates) = self.stored(&ask.today.key).await? {
            return Ok(rates);
        }
        Ok(self.ask_yesterday(&ask.yesterday).await.unwrap_or_default())
    }

    async fn stored(&self, key: &str) -> Result<Option<Rates>> {
        if let Some(rates) = self.memory.borrow().rates.get(key) {
            return Ok(Some(*rates));
        }
        let text: Option<String> = self.storage.get(key).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    async fn ask_yesterday(&self, at: &LimiterKey) -> Option<Rates> {
        let namespace = Bindings::of(&self.env).limiter();
        let question = json!(Question::Standing(at.key.clone())).to_string();
        let call = platform::ask_object(&namespace, &at.limiter, &question);
        let calls = Calls::new();
        let answer = calls.settled(call, YESTERDAY_TIMEOUT_MS).await;
        calls.end();
        serde_json::from_str(&answer.ok()?.as_string()?).ok()?
    }

    async fn save(&self, key: &str, rates: Rates, now: Millis) -> Result<()> {
        self.storage.put(key, json!(rates).to_string()).await?;
        if !self.memory.borrow().armed {
            if self.storage.get_alarm().await?.is_none() {
                // A plain number is the time from now.
                self.storage.set_alarm(useless_from(now).since(now)).await?;
            }
            self.memory.borrow_mut().armed = true;
        }
        Ok(())
    }
}

impl Memory {
    /// The state to count in; `found` where the memory has none. A full memory forgets all, since
    /// each state was given to storage as soon as it was counted; only who was looking for a state
    /// at that very moment may bring an older one.
    fn rates_of(&mut self, key: &str, found: Rates) -> &mut Rates {
        if self.rates.len() >= NETWORKS_MAX && !self.rates.contains_key(key) {
            self.rates.clear();
        }
        self.rates.entry(key.to_owned()).or_insert(found)
    }

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
