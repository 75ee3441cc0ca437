//! The only caller of the provider's createTask: one object for the provider's key. It is the shell
//! of `app::dispatch`: storage, the alarm, and the global cap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, State, Storage, durable_object};

use crate::app::dispatch::{Desk, run};
use crate::domain::limits::{Gcra, StartLog, Verdict, admit_all};
use crate::domain::time::Millis;
use crate::ports::{Admission, CallError, Nudge, World};

use super::config::config;
use super::world::Cloud;

const STARTS: &str = "starts";
const CAP: &str = "cap";
/// The order that is announced is committed a moment later; looking at once would look in vain.
const ANNOUNCED_MS: i64 = 60;

/// See the module.
#[durable_object(alarm)]
pub struct Dispatcher {
    own: Rc<Own>,
    env: Env,
}

/// The Dispatcher's storage and memory.
pub struct Own {
    /// What it remembers while awake.
    pub desk: Desk,
    storage: Storage,
    running: Cell<bool>,
    cap: RefCell<Option<[Gcra; 1]>>,
}

impl Own {
    /// The stored log of createTask starts; empty before the first.
    ///
    /// # Errors
    /// What storage says.
    pub async fn load_starts(&self) -> std::result::Result<StartLog, CallError> {
        let text: Option<String> =
            self.storage.get(STARTS).await.map_err(|error| broken(&error))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Stores the log.
    ///
    /// # Errors
    /// What storage says.
    pub async fn save_starts(&self, log: &StartLog) -> std::result::Result<(), CallError> {
        self.storage.put(STARTS, json!(log).to_string()).await.map_err(|error| broken(&error))
    }
}

fn broken(error: &worker::Error) -> CallError {
    CallError::Broken(error.to_string())
}

impl DurableObject for Dispatcher {
    fn new(state: State, env: Env) -> Self {
        let own = Own {
            desk: Desk::default(),
            storage: state.storage(),
            running: Cell::new(false),
            cap: RefCell::new(None),
        };
        Self { own: Rc::new(own), env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let nudge: Nudge = serde_json::from_str(&request.text().await?)?;
        let cloud = self.cloud()?;
        let mut wake_in_ms = 0;
        if matches!(nudge, Nudge::Placing { .. }) {
            if let Some(refused) = self.count(&cloud).await? {
                return Response::from_json(&refused);
            }
            wake_in_ms = ANNOUNCED_MS;
        }
        self.own.desk.call(nudge, cloud.now());
        if !self.own.running.get() {
            // A plain number is the time from now.
            self.own.storage.set_alarm(wake_in_ms).await?;
        }
        Response::from_json(&Admission::Admitted)
    }

    async fn alarm(&self) -> Result<Response> {
        if self.own.running.replace(true) {
            return Response::empty();
        }
        let cloud = self.cloud();
        let next = match cloud {
            Ok(cloud) => run(cloud.clone(), self.own.desk.clone())
                .await
                .map(|at| at.since(cloud.now()).max(0)),
            Err(error) => {
                self.own.running.set(false);
                return Err(error);
            }
        };
        // No await between the end of the run and this: a nudge either woke the run or sets an
        // alarm after the one set here.
        self.own.running.set(false);
        if let Some(wake_in_ms) = next {
            self.own.storage.set_alarm(wake_in_ms).await?;
        }
        Response::empty()
    }
}

impl Dispatcher {
    fn cloud(&self) -> Result<Cloud> {
        let config = config(&self.env)
            .map_err(|wrong| worker::Error::RustError(format!("{} is not valid", wrong.0)))?;
        Ok(Cloud::of_dispatcher(self.env.clone(), config, Rc::clone(&self.own)))
    }

    /// Counts one order against the global cap; the refusal when it is over.
    async fn count(&self, cloud: &Cloud) -> Result<Option<Admission>> {
        if self.own.cap.borrow().is_none() {
            let text: Option<String> = self.own.storage.get(CAP).await?;
            let stored = text.and_then(|text| serde_json::from_str(&text).ok());
            // Whoever was served meanwhile has loaded the same and may have counted.
            let cap = &mut *self.own.cap.borrow_mut();
            cap.get_or_insert_with(|| stored.unwrap_or_default());
        }
        let now: Millis = cloud.now();
        let (verdict, text) = {
            let cap = &mut *self.own.cap.borrow_mut();
            let cap = cap.get_or_insert_default();
            let verdict = admit_all(cap, &cloud.config().rules.global_policies(), now);
            (verdict, json!(cap).to_string())
        };
        if matches!(verdict.verdict, Verdict::Refused { .. }) {
            return Ok(Some(Admission::Refused(verdict)));
        }
        self.own.storage.put(CAP, text).await?;
        Ok(None)
    }
}
