//! What the Exporter's Durable Objects do around `app::export`: one for each account, with an alarm.

use std::collections::BTreeMap;

use anytryon::app::export::build;
use anytryon::domain::id::AccountId;
use anytryon::pages;

use super::{TaskId, World};

/// How often the platform repeats an alarm that failed, and its first pause.
const ALARM_TRIES_MAX: u32 = 6;
const ALARM_PAUSE_MS: i64 = 2_000;

/// The run of each account's alarm.
pub type Exporters = BTreeMap<String, TaskId>;

impl World {
    /// What the object does when it is told: it sets its alarm, unless that runs already.
    pub(super) fn tell_exporter(&self, account: AccountId) {
        let running = self.shared.exporters.borrow().get(&account.to_string()).copied();
        if running.is_some_and(|task| self.is_alive(task)) {
            return;
        }
        let world = self.fresh();
        let task = self.spawn(async move {
            let mut tries = 0;
            loop {
                let wait_ms = match build(&world, account, pages::export_index).await {
                    Ok(Some(at)) => {
                        tries = 0;
                        at.since(world.clock())
                    }
                    Err(_) if tries < ALARM_TRIES_MAX => {
                        tries += 1;
                        ALARM_PAUSE_MS << (tries - 1)
                    }
                    Ok(None) | Err(_) => return,
                };
                world.shared.executor.sleep(wait_ms.max(0)).await;
            }
        });
        self.shared.exporters.borrow_mut().insert(account.to_string(), task);
    }

    /// The objects die in the middle of whatever they do; only the cron tells them again.
    pub fn kill_exporters(&self) {
        for task in std::mem::take(&mut *self.shared.exporters.borrow_mut()).into_values() {
            self.kill(task);
        }
    }

    /// An alarm that the platform delivers although the one before still runs.
    pub fn repeat_exporter_alarm(&self, account: AccountId) {
        let world = self.fresh();
        self.spawn(async move {
            let _ = build(&world, account, pages::export_index).await;
        });
    }
}
