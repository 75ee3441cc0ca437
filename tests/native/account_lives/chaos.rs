//! What goes wrong in one seed, and how often.

use std::cell::Cell;
use std::rc::Rc;

use crate::random::Random;
use crate::world::provider::{Calls, Outcome, Reply, TaskPlan};
use crate::world::{Fault, Op, Plan};

/// How often each part fails, in thousandths of its operations.
#[derive(Clone, Copy, Debug, Default)]
pub struct Profile {
    pub database: u64,
    pub files: u64,
    /// Durable Objects, Google, the portraits and the mails.
    pub others: u64,
    pub provider: u64,
    pub kills: u64,
    /// The wall clock is turned.
    pub clock: bool,
}

impl Profile {
    pub fn of(seed: u64) -> Self {
        let calm = Self::default();
        match seed % 8 {
            0 => calm,
            1 => Self { database: 50, ..calm },
            2 => Self { files: 150, ..calm },
            3 => Self { others: 100, ..calm },
            4 => Self { provider: 150, ..calm },
            5 => Self { kills: 25, ..calm },
            6 => Self { clock: true, files: 40, ..calm },
            _ => Self { database: 12, files: 40, others: 20, provider: 60, kills: 8, clock: true },
        }
    }

    /// What is stored and what is asked for arrives.
    pub const fn is_answered(self) -> bool {
        self.database == 0 && self.kills == 0
    }
}

/// Draws what goes wrong from the seed.
pub struct Chaos {
    profile: Profile,
    random: Random,
    /// While it is false nothing goes wrong.
    active: Rc<Cell<bool>>,
}

impl Chaos {
    pub fn new(seed: u64, active: Rc<Cell<bool>>) -> Self {
        Self { profile: Profile::of(seed), random: Random::new(seed ^ 0xacc), active }
    }

    fn hits(&mut self, thousandths: u64) -> bool {
        thousandths > 0 && self.active.get() && self.random.below(1_000) < thousandths
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
            | Op::CopyFile
            | Op::DeleteFiles
            | Op::HasFile
            | Op::ListFiles
            | Op::ReadFile
            | Op::PutPieces
            | Op::FetchResult => self.profile.files,
            Op::Fence
            | Op::Admit
            | Op::GiveBack
            | Op::Nudge
            | Op::WakeExporter
            | Op::LoadStarts
            | Op::SaveStarts
            | Op::CallOutside
            | Op::SendMail => self.profile.others,
            Op::CreateTask | Op::RecordInfo | Op::Credit | Op::Alarm => 0,
        };
        if !self.hits(rate) {
            return Fault::None;
        }
        match self.random.below(8) {
            0..=1 => Fault::Before,
            2..=4 => Fault::After,
            5 => Fault::Slow(self.random.between(20, 2_000)),
            6 => Fault::SlowAnswer(self.random.between(20, 2_000)),
            _ => Fault::Slow(self.random.between(5_000, 29_000)),
        }
    }

    fn reply(&mut self, op: Op) -> Reply {
        if !self.hits(self.profile.provider) {
            return Reply::Honest;
        }
        let made = self.random.below(2) == 0;
        if op == Op::CreateTask {
            let replies = [Reply::Silent { made }, Reply::Busy, Reply::ServerError { made }];
            return self.random.pick(&replies);
        }
        self.random.pick(&[Reply::Silent { made }, Reply::NotVisible, Reply::Html { made }])
    }

    fn task(&mut self) -> TaskPlan {
        let mut plan = TaskPlan {
            latency_ms: match self.random.below(8) {
                0..=5 => self.random.between(1_000, 20_000),
                6 => self.random.between(20_000, 90_000),
                _ => self.random.between(90_000, 13 * 60_000),
            },
            calls: Calls { times: u32::from(self.random.below(6) > 0), delay_ms: 20 },
            ..TaskPlan::default()
        };
        if self.hits(self.profile.provider) {
            let failed = Outcome::Fail("501", "Generation failed");
            plan.outcome = self.random.pick(&[failed, Outcome::Never]);
        }
        plan
    }
}
