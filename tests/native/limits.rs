//! The visitors' limiter against a reference that counts, and the provider's window against a
//! receiver that counts.

use anytryon::domain::limits::{
    Gcra, Policy, Rate, START_DELAY_MS_MAX, START_WINDOW_MS, STARTS_MAX, StartLog, Verdict,
    admit_all, give_back_all,
};
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

use crate::random::Random;

/// The reference keeps every admission and knows no timestamp arithmetic: one more at `now` is
/// allowed exactly when, for each earlier admission, the number from that one to this one stays
/// within `burst + time between / interval`, computed without division.
struct Counting {
    burst: i128,
    interval: i128,
    admitted: Vec<i64>,
}

impl Counting {
    fn new(rate: Rate) -> Self {
        Self {
            burst: i128::from(rate.burst()),
            interval: i128::from(rate.interval_ms()),
            admitted: Vec::new(),
        }
    }

    fn allows(&self, now: i64) -> bool {
        let mut count = 1;
        if self.burst < 1 {
            return false;
        }
        self.admitted.iter().rev().all(|start| {
            count += 1;
            count * self.interval <= self.burst * self.interval + i128::from(now - start)
        })
    }
}

fn pause(random: &mut Random, interval: i64, burst: i64) -> i64 {
    match random.below(20) {
        0..=9 => 0,
        10 => 1,
        11 | 12 => interval,
        13 => interval - 1,
        14 | 15 => random.between(0, 2 * interval),
        16..=18 => random.between(0, interval),
        _ => random.between(0, interval * (burst + 2)),
    }
}

fn admitted(verdict: Verdict) -> bool {
    match verdict {
        Verdict::Admitted { .. } => true,
        Verdict::Refused { .. } => false,
    }
}

#[test]
fn a_million_arrivals_are_admitted_exactly_as_the_reference_admits_them() {
    let mut random = Random::new(1);
    let (mut arrivals, mut yes) = (0, 0);
    for _ in 0..2_500 {
        let rate =
            Rate::new(u32::try_from(random.between(0, 30)).unwrap(), random.between(1, 5_000));
        let mut reference = Counting::new(rate);
        let mut gcra = Gcra::default();
        let mut now = random.between(-1_000_000, 1_800_000_000_000);
        for _ in 0..400 {
            now += pause(&mut random, rate.interval_ms(), rate.burst().into());
            let expected = reference.allows(now);
            let verdict = gcra.admit(rate, Millis(now));
            assert_eq!(admitted(verdict), expected, "{rate:?} at {now}");
            match verdict {
                Verdict::Admitted { .. } => reference.admitted.push(now),
                Verdict::Refused { retry_after_ms } => {
                    let soon = now + retry_after_ms;
                    if rate.burst() > 0 {
                        assert!(reference.allows(soon), "refused at the moment it named");
                        assert!(!reference.allows(soon - 1), "the moment it named is too late");
                    }
                }
            }
            arrivals += 1;
        }
        yes += reference.admitted.len();
        for (i, first) in reference.admitted.iter().enumerate() {
            for (count, last) in (1..).zip(&reference.admitted[i..]) {
                assert!(count <= rate.most_in(last - first), "{rate:?}: too many in a window");
            }
        }
    }
    assert_eq!(arrivals, 1_000_000);
    assert!((200_000..800_000).contains(&yes), "both answers must be common, admitted: {yes}");
}

#[test]
fn what_remains_is_what_is_admitted_next() {
    let mut random = Random::new(2);
    for _ in 0..20_000 {
        let rate = Rate::new(u32::try_from(random.between(1, 12)).unwrap(), random.between(1, 500));
        let mut gcra = Gcra::default();
        let mut now = Millis(random.between(0, 1_000_000));
        for _ in 0..random.below(20) {
            now = now.plus(pause(&mut random, rate.interval_ms(), rate.burst().into()));
            gcra.admit(rate, now);
        }
        let standing = gcra.standing(rate, now);
        let possible = |at: Millis| {
            let mut copy = gcra;
            (0..100).take_while(|_| admitted(copy.admit(rate, at))).count()
        };
        let remaining = usize::try_from(standing.remaining).unwrap();
        assert_eq!(possible(now), remaining);
        assert!((1..=rate.interval_ms()).contains(&standing.reset_ms));
        let full = rate.burst() == standing.remaining;
        assert_eq!(possible(now.plus(standing.reset_ms - 1)), remaining);
        assert_eq!(possible(now.plus(standing.reset_ms)), remaining + usize::from(!full));
    }
}

#[test]
fn an_admission_given_back_leaves_no_trace() {
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let rate = Rate::new(u32::try_from(random.between(1, 12)).unwrap(), random.between(1, 500));
        let (mut plain, mut refunded) = (Gcra::default(), Gcra::default());
        let mut now = Millis(0);
        for _ in 0..30 {
            now = now.plus(pause(&mut random, rate.interval_ms(), rate.burst().into()));
            if random.below(3) == 0 && admitted(refunded.admit(rate, now)) {
                refunded.give_back(rate);
            }
            assert_eq!(plain.standing(rate, now), refunded.standing(rate, now));
            assert_eq!(plain.admit(rate, now), refunded.admit(rate, now));
        }
    }
}

#[test]
fn a_clock_that_jumps_neither_opens_the_gate_nor_locks_it() {
    let mut random = Random::new(4);
    for _ in 0..5_000 {
        let rate = Rate::new(u32::try_from(random.between(1, 12)).unwrap(), random.between(1, 500));
        let mut gcra = Gcra::default();
        let (mut now, mut forward, mut count) = (0, 0, 0);
        for _ in 0..200 {
            let step = match random.below(8) {
                0 => -random.between(0, 100_000),
                1 => -random.between(0, rate.interval_ms()),
                _ => pause(&mut random, rate.interval_ms(), 1),
            };
            now += step;
            forward += step.max(0);
            match gcra.admit(rate, Millis(now)) {
                Verdict::Admitted { .. } => count += 1,
                Verdict::Refused { retry_after_ms } => {
                    assert!(retry_after_ms <= rate.interval_ms(), "locked for {retry_after_ms}");
                    let mut later = gcra;
                    assert!(admitted(later.admit(rate, Millis(now + retry_after_ms))));
                }
            }
            assert!(count <= rate.most_in(forward), "{count} in {forward} ms of {rate:?}");
        }
    }
}

#[test]
fn rates_state_their_burst_and_interval() {
    let hour = Rate::per(20, HOUR_MS);
    assert_eq!((hour.burst(), hour.interval_ms()), (20, 3 * MINUTE_MS));
    assert_eq!((hour.period_ms(), hour.most_in(HOUR_MS)), (HOUR_MS, 40));
    assert_eq!(Rate::per(7, HOUR_MS).interval_ms(), 514_286, "rounded up");
    assert_eq!(Rate::per(3, 2).interval_ms(), 1);
    let mut never = Gcra::default();
    for rate in [Rate::per(0, HOUR_MS), Rate::new(0, -5)] {
        assert!(!admitted(never.admit(rate, Millis(0))));
        assert_eq!((rate.most_in(DAY_MS), never.standing(rate, Millis(0)).remaining), (0, 0));
    }
    let mut wide = Gcra::default();
    let huge = Rate::new(u32::MAX, i64::MAX);
    assert!(admitted(wide.admit(huge, Millis(i64::MAX))), "saturates instead of overflowing");
}

const ORDERS: [Policy; 2] = [
    Policy { name: "hour", rate: Rate::per(20, HOUR_MS) },
    Policy { name: "day", rate: Rate::per(60, DAY_MS) },
];

#[test]
fn several_rates_count_all_or_none() {
    let mut states = [Gcra::default(); 2];
    for left in (0..20).rev() {
        let joint = admit_all(&mut states, &ORDERS, Millis(0));
        assert_eq!(joint.standings[0].remaining, left);
        assert_eq!(joint.standings[1].remaining, left + 40);
        assert!(matches!(joint.verdict, Verdict::Admitted { remaining, reset_ms }
            if remaining == left && reset_ms == 24 * MINUTE_MS));
    }
    let full = states;
    let joint = admit_all(&mut states, &ORDERS, Millis(0));
    assert_eq!(joint.verdict, Verdict::Refused { retry_after_ms: 3 * MINUTE_MS });
    assert_eq!((joint.standings[0].remaining, joint.standings[1].remaining), (0, 40));
    assert_eq!(states, full, "a refusal of one rate counts in none");

    give_back_all(&mut states, &ORDERS);
    assert!(admitted(admit_all(&mut states, &ORDERS, Millis(0)).verdict));
    assert_eq!(states, full);
}

#[test]
fn joint_rates_admit_what_both_references_admit() {
    let mut random = Random::new(5);
    for _ in 0..300 {
        let mut references = ORDERS.map(|policy| Counting::new(policy.rate));
        let mut states = [Gcra::default(); 2];
        let mut now = 0;
        for _ in 0..300 {
            now += match random.below(20) {
                0 => random.between(0, 12 * HOUR_MS),
                1..=4 => random.between(0, 30 * MINUTE_MS),
                _ => random.between(0, 3 * MINUTE_MS),
            };
            let expected = references.iter().all(|reference| reference.allows(now));
            let joint = admit_all(&mut states, &ORDERS, Millis(now));
            assert_eq!(admitted(joint.verdict), expected, "at {now}");
            if expected {
                for reference in &mut references {
                    reference.admitted.push(now);
                }
            }
            if let Verdict::Refused { retry_after_ms } = joint.verdict {
                let allows = |at| references.iter().all(|reference| reference.allows(at));
                assert!(allows(now + retry_after_ms) && !allows(now + retry_after_ms - 1));
            }
        }
    }
}

#[test]
fn a_refusal_by_one_rate_still_mends_the_other_after_a_step_back() {
    let mut states = [Gcra::default(); 2];
    for _ in 0..20 {
        admit_all(&mut states, &ORDERS, Millis(10 * DAY_MS));
    }
    let joint = admit_all(&mut states, &ORDERS, Millis(0));
    assert_eq!(joint.verdict, Verdict::Refused { retry_after_ms: 24 * MINUTE_MS });
    assert!(admitted(admit_all(&mut states, &ORDERS, Millis(24 * MINUTE_MS)).verdict));
}

fn most_in_any_window(times: &[i64], window: i64) -> usize {
    let mut most = 0;
    for (i, first) in times.iter().enumerate() {
        most = most.max(times[i..].iter().take_while(|time| *time - first <= window).count());
    }
    most
}

fn start_pause(random: &mut Random) -> i64 {
    match random.below(8) {
        0..=3 => random.between(0, 3),
        4 => START_WINDOW_MS,
        5 => START_WINDOW_MS + 1,
        6 => random.between(0, 2_000),
        _ => random.between(0, 25_000),
    }
}

#[test]
fn no_window_sees_more_starts_than_allowed_and_the_receiver_never_more_than_twenty() {
    let mut random = Random::new(6);
    let mut most_sent = 0;
    for _ in 0..2_000 {
        let mut log = StartLog::default();
        let mut now = random.between(0, 1_000_000);
        let (mut sent, mut arrived) = (Vec::new(), Vec::new());
        for _ in 0..200 {
            now += start_pause(&mut random);
            let want = usize::try_from(random.below(25)).unwrap();
            let free = most_possible(&sent, now);
            let granted = log.reserve(want, Millis(now));
            assert_eq!(granted, want.min(free), "at {now}");
            assert!(log.starts().len() <= STARTS_MAX);
            sent.extend(std::iter::repeat_n(now, granted));
            arrived.extend((0..granted).map(|_| now + random.between(0, 500)));
            let next = log.next_free(Millis(now)).0;
            assert!(next >= now && most_possible(&sent, next) > 0);
            assert!(next == now || most_possible(&sent, next - 1) == 0, "too late");
        }
        arrived.sort_unstable();
        most_sent = most_sent.max(most_in_any_window(&sent, START_WINDOW_MS));
        assert!(most_in_any_window(&arrived, 10_000) <= STARTS_MAX);
    }
    assert_eq!(most_sent, STARTS_MAX, "the limit is reached and not passed");
    // What remains of the provider's 20 is the reserve for calls that the log does not know.
    const { assert!(STARTS_MAX < 20) };
}

fn most_possible(sent: &[i64], now: i64) -> usize {
    STARTS_MAX - sent.iter().filter(|start| now - **start <= START_WINDOW_MS).count()
}

#[test]
fn a_full_log_lets_the_next_call_through_one_millisecond_after_the_window() {
    let mut log = StartLog::default();
    assert_eq!(log.reserve(100, Millis(0)), STARTS_MAX);
    assert_eq!(log.reserve(1, Millis(START_WINDOW_MS)), 0);
    assert_eq!(log.next_free(Millis(0)), Millis(START_WINDOW_MS + 1));
    assert_eq!(log.reserve(1, Millis(START_WINDOW_MS + 1)), 1);
    let text = serde_json::to_string(&log).unwrap();
    assert_eq!(serde_json::from_str::<StartLog>(&text).unwrap(), log);
}

#[test]
fn calls_that_are_made_long_after_their_reservation_keep_the_limit_too() {
    let mut random = Random::new(7);
    let mut most_sent = 0;
    for _ in 0..500 {
        let mut log = StartLog::default();
        let mut now = 0;
        // Reservations that are not called yet: the moment in the log, and when the call comes.
        let mut held: Vec<(i64, i64)> = vec![];
        let mut sent = vec![];
        for _ in 0..200 {
            now += start_pause(&mut random);
            held.sort_unstable_by_key(|(_, call)| *call);
            let called = held.partition_point(|(_, call)| *call <= now);
            for (reserved, call) in held.drain(..called) {
                log.renew(Millis(reserved), Millis(call));
                sent.push(call);
            }
            for (reserved, _) in &mut held {
                log.renew(Millis(*reserved), Millis(now));
                *reserved = now;
            }
            let granted = log.reserve(usize::try_from(random.below(19)).unwrap(), Millis(now));
            let slowest = if random.below(4) == 0 { 20_000 } else { 100 };
            held.extend((0..granted).map(|_| (now, now + random.between(1, slowest))));
        }
        most_sent = most_sent.max(most_in_any_window(&sent, START_WINDOW_MS));
    }
    assert_eq!(most_sent, STARTS_MAX, "the limit is reached and not passed");
}

#[test]
fn a_log_that_was_read_again_counts_every_call_that_may_have_been_made() {
    let mut log = StartLog::default();
    assert_eq!(log.reserve(5, Millis(0)), 5);
    let crash = START_WINDOW_MS + START_DELAY_MS_MAX;
    assert_eq!(log.clone().recovered(Millis(crash)).starts(), [Millis(crash); 5]);
    assert_eq!(log.recovered(Millis(crash + 1)).starts(), []);
}

#[test]
fn a_log_whose_calls_are_noted_as_made_is_read_again_as_it_was() {
    let mut log = StartLog::default();
    log.reserve(STARTS_MAX, Millis(0));
    assert!(log.settle());
    assert!(!log.settle(), "it was noted before");
    // However often its keeper loses its memory, the calls leave the window when they should.
    let mut again = log.clone().recovered(Millis(4_000)).recovered(Millis(8_000));
    assert_eq!(again.reserve(1, Millis(START_WINDOW_MS)), 0);
    assert_eq!(again.reserve(1, Millis(START_WINDOW_MS + 1)), 1);
    // The one that was granted now may be made at any moment.
    let late = Millis(START_WINDOW_MS + 1_000);
    assert_eq!(again.recovered(late).starts(), [late]);
}

#[test]
fn a_clock_that_steps_back_delays_starts_by_two_windows_at_most() {
    for step in [1, 500, START_WINDOW_MS, START_WINDOW_MS + 1, 600_000, DAY_MS] {
        let mut log = StartLog::default();
        log.reserve(STARTS_MAX, Millis(0));
        assert_eq!(log.reserve(1, Millis(-step)), 0, "a step back frees nothing");
        let free = log.next_free(Millis(-step)).0 + step;
        assert!((START_WINDOW_MS..=2 * START_WINDOW_MS + 1).contains(&free), "{step}: {free}");
        assert_eq!(log.reserve(1, Millis(free - step - 1)), 0);
        assert_eq!(log.reserve(1, Millis(free - step)), 1);
    }
    let mut log = StartLog::default();
    log.reserve(STARTS_MAX, Millis(0));
    for wavering in [-400, 0, -9_000, 10, -1, 400] {
        assert_eq!(log.reserve(1, Millis(wavering)), 0, "a wavering clock frees nothing");
    }
    assert_eq!(log.next_free(Millis(400)), Millis(START_WINDOW_MS + 1), "nor adds a wait");
}
