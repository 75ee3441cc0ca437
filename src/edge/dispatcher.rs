//! The only caller of the provider's createTask: one object for the provider's key. It is the shell
//! of `app::dispatch`: storage, the alarm, and the global cap.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use worker::{DurableObject, Env, Request, Response, Result, State, Storage, durable_object};

use crate::app::dispatch::{Desk, run};
use crate::domain::limits::{Gcra, StartLog, Verdict, admit_all};
use crate::ports::{Admission, CallError, Level, LogLine, Nudge, World};

use super::config::config;
use super::world::Cloud;

const STORED: &str = "counts";
/// The order that is announced is committed a moment later; looking at once would look in vain.
const ANNOUNCED_MS: i64 = 60;

/// See the module.
#[durable_object(alarm)]
pub struct Dispatcher {
    state: State,
    own: Rc<Own>,
    env: Env,
}

/// What outlives the Dispatcher's memory, in one row: each write is billed.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Counts {
    starts: StartLog,
    cap: [Gcra; 1],
}

/// The Dispatcher's storage and memory.
pub struct Own {
    /// What it remembers while awake.
    pub desk: Desk,
    storage: Storage,
    running: Cell<bool>,
    counts: RefCell<Option<Counts>>,
    /// Whether `counts` has what is not stored yet.
    unsaved: Cell<bool>,
}

impl Own {
    /// The stored log of createTask starts; empty before the first.
    ///
    /// # Errors
    /// What storage says.
    pub async fn load_starts(&self) -> std::result::Result<StartLog, CallError> {
        self.load().await.map_err(|error| broken(&error))?;
        Ok(self.with_counts(|counts| counts.starts.clone()))
    }

    /// Stores the log.
    ///
    /// # Errors
    /// What storage says.
    pub async fn save_starts(&self, log: &StartLog) -> std::result::Result<(), CallError> {
        self.with_counts(|counts| counts.starts.clone_from(log));
        self.save().await.map_err(|error| broken(&error))
    }

    async fn load(&self) -> Result<()> {
        if self.counts.borrow().is_some() {
            return Ok(());
        }
        let text: Option<String> = self.storage.get(STORED).await?;
        let stored = text.and_then(|text| serde_json::from_str(&text).ok());
        // Whoever was served meanwhile has loaded the same and may have counted.
        self.counts.borrow_mut().get_or_insert_with(|| stored.unwrap_or_default());
        Ok(())
    }

    async fn save(&self) -> Result<()> {
        let text = self.with_counts(|counts| json!(counts).to_string());
        self.unsaved.set(false);
        self.storage.put(STORED, text).await
    }

    fn with_counts<T>(&self, change: impl FnOnce(&mut Counts) -> T) -> T {
        change(self.counts.borrow_mut().get_or_insert_default())
    }

    /// Works until nothing is to be done for a while, then sets the alarm for what comes next.
    async fn work(&self, cloud: Cloud) -> Result<()> {
        let next = run(cloud.clone(), self.desk.clone()).await;
        cloud.calls().end();
        // No await between the end of the run and this: a nudge either woke the run or begins one.
        self.running.set(false);
        // Nor before the alarm is set, or this one would be set over that of the next run.
        if let Some(at) = next {
            // A plain number is the time from now.
            self.storage.set_alarm(at.since(cloud.now()).max(0)).await?;
        }
        if self.unsaved.get() {
            // Nothing was begun that would have stored it.
            self.save().await?;
        }
        Ok(())
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
            counts: RefCell::new(None),
            unsaved: Cell::new(false),
        };
        Self { state, own: Rc::new(own), env }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let nudge: Nudge = serde_json::from_str(&request.text().await?)?;
        let cloud = self.cloud()?;
        let mut wait_ms = 0;
        if matches!(nudge, Nudge::Placing { .. }) {
            if let Some(refused) = self.count(&cloud).await? {
                return Response::from_json(&refused);
            }
            wait_ms = ANNOUNCED_MS;
        }
        self.own.desk.call(nudge, cloud.now());
        if !self.own.running.replace(true) {
            self.begin(cloud, wait_ms);
        }
        Response::from_json(&Admission::Admitted)
    }

    async fn alarm(&self) -> Result<Response> {
        if self.own.running.replace(true) {
            return Response::empty();
        }
        let cloud = self.cloud().inspect_err(|_| self.own.running.set(false))?;
        self.own.work(cloud).await?;
        Response::empty()
    }
}

impl Dispatcher {
    fn cloud(&self) -> Result<Cloud> {
        let config = config(&self.env)
            .map_err(|wrong| worker::Error::RustError(format!("{} is not valid", wrong.0)))?;
        Ok(Cloud::of_dispatcher(self.env.clone(), config, Rc::clone(&self.own)))
    }

    /// Works behind the answer. An alarm would be billed as a row and a request more; a run that
    /// dies is begun again by the cron.
    fn begin(&self, cloud: Cloud, wait_ms: i64) {
        let own = Rc::clone(&self.own);
        self.state.wait_until(async move {
            if wait_ms > 0 {
                cloud.sleep(wait_ms).await;
            }
            if let Err(error) = own.work(cloud.clone()).await {
                let line = LogLine::new(Level::Warning, "alarm_not_set");
                cloud.log(&line.with("error", error.to_string()));
            }
        });
    }

    /// Counts one order against the global cap; the refusal when it is over. It is stored with the
    /// start that follows: an object that dies before forgets an order that nobody has begun.
    async fn count(&self, cloud: &Cloud) -> Result<Option<Admission>> {
        self.own.load().await?;
        let policies = cloud.config().rules.global_policies();
        let now = cloud.now();
        let verdict = self.own.with_counts(|counts| admit_all(&mut counts.cap, &policies, now));
        if matches!(verdict.verdict, Verdict::Refused { .. }) {
            return Ok(Some(Admission::Refused(verdict)));
        }
        self.own.unsaved.set(true);
        Ok(None)
    }
}
