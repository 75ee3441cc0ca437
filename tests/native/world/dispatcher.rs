//! What the Dispatcher's Durable Object does around `app::dispatch`: its alarm, its storage, the
//! global cap.

use anytryon::app::dispatch::{Desk, run};
use anytryon::domain::limits::{Gcra, StartLog, Verdict, admit_all};
use anytryon::domain::time::Millis;
use anytryon::ports::{Admission, Nudge};

use super::{Op, TaskId, World};

/// The order that is announced is committed a moment later.
const ANNOUNCED_MS: i64 = 60;
/// How often the platform repeats an alarm that died, and its first pause.
const ALARM_TRIES_MAX: u32 = 6;
const ALARM_PAUSE_MS: i64 = 2_000;

/// Storage and memory of the object.
#[derive(Default)]
pub struct Dispatcher {
    desk: Desk,
    running: Option<TaskId>,
    /// Whether an alarm began the run: the platform repeats one that died, and nothing else.
    by_alarm: bool,
    tries: u32,
    alarm: Option<Millis>,
    alarm_task: Option<TaskId>,
    pub(super) starts: StartLog,
    cap: [Gcra; 1],
}

impl World {
    /// What the object does when it is told something.
    pub(super) fn tell_dispatcher(&self, nudge: Nudge) -> Admission {
        let now = self.clock();
        let mut wait_ms = 0;
        {
            let dispatcher = &mut *self.shared.dispatcher.borrow_mut();
            if matches!(nudge, Nudge::Placing { .. }) {
                let policies = self.config.rules.global_policies();
                let verdict = admit_all(&mut dispatcher.cap, &policies, now);
                if matches!(verdict.verdict, Verdict::Refused { .. }) {
                    return Admission::Refused(verdict);
                }
                wait_ms = ANNOUNCED_MS;
            }
            dispatcher.desk.call(nudge, now);
            if dispatcher.running.is_some() {
                return Admission::Admitted;
            }
        }
        self.begin(wait_ms, false);
        Admission::Admitted
    }

    /// The Dispatcher tells itself.
    pub(super) fn tell_own_desk(&self, nudge: Nudge) {
        self.shared.dispatcher.borrow().desk.call(nudge, self.clock());
    }

    fn set_alarm(&self, at: Millis) {
        let world = self.fresh();
        let wait_ms = at.since(self.clock());
        let task = self.spawn(async move {
            world.shared.executor.sleep(wait_ms).await;
            world.ring();
        });
        let before = {
            let dispatcher = &mut *self.shared.dispatcher.borrow_mut();
            dispatcher.alarm = Some(at);
            dispatcher.alarm_task.replace(task)
        };
        if let Some(before) = before {
            self.kill(before);
        }
    }

    /// The wall clock was turned: the alarm keeps its moment.
    pub(super) fn rearm(&self) {
        let alarm = self.shared.dispatcher.borrow().alarm;
        if let Some(at) = alarm {
            self.set_alarm(at);
        }
    }

    fn ring(&self) {
        self.count(Op::Alarm);
        {
            let dispatcher = &mut *self.shared.dispatcher.borrow_mut();
            dispatcher.alarm = None;
            dispatcher.alarm_task = None;
            if dispatcher.running.is_some() {
                return;
            }
        }
        self.begin(0, true);
    }

    fn begin(&self, wait_ms: i64, by_alarm: bool) {
        let desk = self.shared.dispatcher.borrow().desk.clone();
        let mut world = self.fresh();
        world.in_dispatcher = true;
        let task = self.spawn(async move {
            world.shared.executor.sleep(wait_ms).await;
            let next = run(world.clone(), desk).await;
            {
                let dispatcher = &mut *world.shared.dispatcher.borrow_mut();
                dispatcher.running = None;
                dispatcher.tries = 0;
            }
            if let Some(at) = next {
                world.set_alarm(at);
            }
        });
        let dispatcher = &mut *self.shared.dispatcher.borrow_mut();
        dispatcher.running = Some(task);
        dispatcher.by_alarm = by_alarm;
    }

    /// The object dies: its memory is lost, its storage stays, and an alarm that was being handled
    /// comes again.
    pub fn kill_dispatcher(&self) {
        let (running, tries) = {
            let dispatcher = &mut *self.shared.dispatcher.borrow_mut();
            dispatcher.desk = Desk::default();
            dispatcher.tries += u32::from(dispatcher.running.is_some() && dispatcher.by_alarm);
            (dispatcher.running.take(), dispatcher.tries)
        };
        let Some(task) = running else { return };
        self.kill(task);
        let again = {
            let dispatcher = self.shared.dispatcher.borrow();
            dispatcher.by_alarm && dispatcher.alarm.is_none()
        };
        if tries <= ALARM_TRIES_MAX && again {
            self.set_alarm(self.clock().plus(ALARM_PAUSE_MS << (tries - 1)));
        }
    }

    /// Whether the Dispatcher is at work.
    pub fn is_dispatching(&self) -> bool {
        self.shared.dispatcher.borrow().running.is_some()
    }
}
