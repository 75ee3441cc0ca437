//! What goes wrong in one seed, and how often.

use std::cell::Cell;
use std::rc::Rc;

use crate::random::Random;
use crate::world::provider::{Calls, Hosting, Outcome, Reply, TaskPlan};
use crate::world::{Fault, Op, Plan};

/// How often each part fails, in thousandths of its operations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Profile {
    pub database: u64,
    pub files: u64,
    pub objects: u64,
    pub provider: u64,
    pub kills: u64,
    /// The wall clock is turned.
    pub clock: bool,
    /// Limits so low that they bind.
    pub tight: bool,
}

impl Profile {
    pub fn of(seed: u64) -> Self {
        let tight = seed / 8 % 4 == 3;
        let calm = Self { tight, ..Self::default() };
        match seed % 8 {
            0 => calm,
            1 => Self { database: 60, ..calm },
            2 => Self { files: 80, ..calm },
            3 => Self { objects: 80, ..calm },
            4 => Self { provider: 200, ..calm },
            5 => Self { kills: 30, ..calm },
            6 => Self { provider: 40, clock: true, ..calm },
            _ => Self {
                database: 15,
                files: 20,
                objects: 15,
                provider: 100,
                kills: 8,
                clock: true,
                tight,
            },
        }
    }

    /// Nothing that could make a second task be needed.
    pub const fn one_task_is_enough(self) -> bool {
        // A picture that cannot be read is one that the provider cannot fetch.
        let files = self.files == 0;
        files && self.database == 0 && self.provider == 0 && self.kills == 0 && !self.clock
    }

    /// Nothing that could make an order fail.
    pub const fn is_calm(self) -> bool {
        self.one_task_is_enough() && self.objects == 0
    }
}

/// Draws what goes wrong from the seed.
pub struct Chaos {
    profile: Profile,
    random: Random,
    /// While it is false nothing goes wrong.
    active: Rc<Cell<bool>>,
    /// While it is true the provider takes no work.
    outage: Rc<Cell<bool>>,
}

impl Chaos {
    pub fn new(
        seed: u64,
        profile: Profile,
        active: Rc<Cell<bool>>,
        outage: Rc<Cell<bool>>,
    ) -> Self {
        Self { profile, random: Random::new(seed ^ 0xc4a05), active, outage }
    }

    fn hits(&mut self, thousandths: u64) -> bool {
        thousandths > 0 && self.active.get() && self.random.below(1_000) < thousandths
    }

    fn failing(&mut self) -> Fault {
        match self.random.below(8) {
            0..=1 => Fault::Before,
            2..=4 => Fault::After,
            5 => Fault::Slow(self.random.between(20, 2_000)),
            6 => Fault::SlowAnswer(self.random.between(20, 2_000)),
            _ => Fault::Slow(self.random.between(5_000, 29_000)),
        }
    }

    fn end(&mut self) -> Outcome {
        let fails = [
            Outcome::Fail("500", "Internal Error, Please try again later."),
            Outcome::Fail("501", "Generation failed"),
            Outcome::Fail("422", "Your media file is unavailable, please replace it."),
            Outcome::Fail(
                "400",
                "Image fetch failed. Check access settings or use our File Upload API instead.",
            ),
            Outcome::Fail("422", "Invalid prompt: prompt contains prohibited content"),
            Outcome::Fail("402", "Credits insufficient : Please top up to continue."),
            Outcome::Fail("422", "This field is required"),
            Outcome::Never,
            Outcome::SuccessThenFail,
            Outcome::FailThenSuccess,
        ];
        self.random.pick(&fails)
    }

    fn hosting(&mut self) -> Hosting {
        let places = [
            Hosting::Late(1),
            Hosting::Late(3),
            Hosting::Gone,
            Hosting::Trips(2),
            Hosting::Slow(1),
            Hosting::Huge,
            Hosting::Page,
            Hosting::Redirect,
            Hosting::Cut,
            Hosting::Elsewhere,
            Hosting::Elsewhere,
        ];
        self.random.pick(&places)
    }
}

impl Plan for Chaos {
    fn fault(&mut self, op: Op) -> Fault {
        if self.hits(self.profile.kills) {
            return self.random.pick(&[Fault::KillBefore, Fault::KillAfter]);
        }
        let rate = match op {
            Op::Database => self.profile.database,
            Op::PutFile
            | Op::DeleteFiles
            | Op::HasFile
            | Op::ListFiles
            | Op::ReadFile
            | Op::PutPieces
            | Op::CopyFile
            | Op::FetchResult => self.profile.files,
            Op::Fence
            | Op::Admit
            | Op::GiveBack
            | Op::Nudge
            | Op::WakeExporter
            | Op::LoadStarts
            | Op::SaveStarts => self.profile.objects,
            Op::CreateTask
            | Op::RecordInfo
            | Op::Credit
            | Op::CallOutside
            | Op::SendMail
            | Op::Alarm => 0,
        };
        if self.hits(rate) { self.failing() } else { Fault::None }
    }

    fn reply(&mut self, op: Op) -> Reply {
        if self.outage.get() && op != Op::RecordInfo {
            return Reply::OutOfCredits;
        }
        if !self.hits(self.profile.provider) {
            return Reply::Honest;
        }
        let made = self.random.below(2) == 0;
        let mut replies = vec![
            Reply::Busy,
            Reply::Busy429,
            Reply::ServerError { made },
            Reply::Html { made },
            Reply::Truncated { made },
            Reply::Silent { made },
            Reply::Broken { made },
        ];
        if op == Op::CreateTask {
            let lost = Reply::Silent { made: true };
            replies.extend([lost, Reply::Unauthorized, Reply::Maintenance, Reply::Policy]);
        } else {
            replies.extend([Reply::NotVisible, Reply::Unauthorized]);
        }
        self.random.pick(&replies)
    }

    fn task(&mut self) -> TaskPlan {
        let mut plan = TaskPlan {
            latency_ms: match self.random.below(10) {
                // Done before createTask has answered.
                0 => 30,
                1..=6 => self.random.between(1_000, 20_000),
                7 | 8 => self.random.between(20_000, 90_000),
                _ => self.random.between(90_000, 13 * 60_000),
            },
            answer_ms: self.random.between(5, 600),
            calls: Calls {
                times: match self.random.below(6) {
                    0 => 0,
                    1 => 5,
                    _ => 1,
                },
                delay_ms: if self.random.below(5) == 0 {
                    self.random.between(1_000, 60_000)
                } else {
                    20
                },
            },
            ..TaskPlan::default()
        };
        if self.hits(self.profile.provider) {
            plan.outcome = self.end();
        }
        if self.hits(self.profile.provider) {
            plan.hosting = self.hosting();
        }
        if self.hits(self.profile.provider) {
            plan.answer_ms = self.random.between(1_000, 12_000);
        }
        plan
    }
}
