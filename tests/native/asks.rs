//! What the listeners of one instance may ask the provider.

use std::collections::BTreeMap;

use anytryon::domain::asks::{
    Asks, LAST_CHANCE_MS, LISTENERS, TASKS_MAX, is_due, is_given_up, is_last_chance,
};
use anytryon::domain::id::OrderId;
use anytryon::domain::order::{Order, State};
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{HOUR_MS, MINUTE_MS, Millis, SECOND_MS};

use crate::machine::{self, NOW};

fn submitted(number: u32, at: Millis) -> Order {
    let mut bytes = [0; 30];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    Order {
        id: OrderId::from_bytes(bytes),
        submitted_at: Some(at),
        ..machine::order(State::Submitted)
    }
}

#[test]
fn a_task_is_asked_about_once_a_pause_however_many_look() {
    let (rules, order, mut asks) = (Rules::default(), submitted(1, NOW), Asks::default());
    let mut times = vec![];
    for ms in 0..3 * MINUTE_MS {
        // Of a thousand streams that look each second one looks each millisecond.
        if asks.admit(&order, &rules, NOW.plus(ms)) {
            times.push(ms);
        }
    }
    // Every 8 s for two minutes, then after a fifth of its age.
    let even = (1..=14).map(|turn| turn * 8_000);
    assert_eq!(times, even.chain([139_999, 174_998]).collect::<Vec<_>>());
}

#[test]
fn of_a_thousand_tasks_the_rate_lets_a_few_through_and_none_is_left_out() {
    let (rules, mut asks) = (Rules::default(), Asks::default());
    let orders: Vec<Order> = (0..1_000).map(|number| submitted(number, NOW)).collect();
    let mut times = vec![];
    for second in 10..70 {
        for (index, order) in (0..).zip(&orders) {
            let now = NOW.plus(second * SECOND_MS + index);
            if asks.admit(order, &rules, now) {
                times.push(now.0);
            }
        }
    }
    let in_all = 2 * 60;
    assert!((in_all - 2..=in_all + 2).contains(&times.len()), "{} in a minute", times.len());
    for at in &times {
        let within = times.iter().filter(|time| (*at..=at + SECOND_MS).contains(time)).count();
        assert!(within <= 4, "{within} in the second from {at}");
    }
    assert_eq!(LISTENERS.most_in(SECOND_MS), 4);
}

/// However many are asked about, nobody is asked about again before the pause is over, though only
/// so many are remembered.
#[test]
fn what_is_remembered_is_bounded_and_enough() {
    let (rules, mut asks) = (Rules::default(), Asks::default());
    // All of the age at which the pause is longest; never the same state for two.
    let submitted_at = NOW.plus(-rules.deadline_ms);
    let mut last: BTreeMap<OrderId, Millis> = BTreeMap::new();
    let mut most = 0;
    for turn in 0..20_000 {
        let now = NOW.plus(i64::from(turn) * 50);
        // Two orders in three are new, the third is the one that was asked about first of all.
        let known = last.iter().min_by_key(|(_, at)| **at).map(|(id, _)| *id);
        let order = match known.filter(|_| turn % 3 == 0) {
            Some(id) => Order { id, ..submitted(0, submitted_at) },
            None => submitted(turn, submitted_at),
        };
        if asks.admit(&order, &rules, now) {
            let before = last.insert(order.id, now);
            let pause_ms = rules.poll_pause(rules.deadline_ms);
            assert!(before.is_none_or(|at| now.since(at) >= pause_ms), "asked too early");
        }
        most = most.max(asks.tasks());
    }
    assert_eq!(most, TASKS_MAX, "it was never full");
}

#[test]
fn a_clock_that_steps_back_delays_a_question_by_one_pause() {
    for step in [1, 9_000, MINUTE_MS] {
        let (rules, mut asks) = (Rules::default(), Asks::default());
        let order = submitted(1, NOW.plus(-2 * MINUTE_MS + 10_000));
        assert!(asks.admit(&order, &rules, NOW));
        let back = NOW.plus(-step);
        let pause_ms = rules.poll_pause_ms;
        let again = (0..2 * pause_ms).find(|ms| asks.admit(&order, &rules, back.plus(*ms)));
        // The rate counts anew as well.
        let late_ms = pause_ms + LISTENERS.interval_ms();
        assert!(again.is_some_and(|ms| (pause_ms..=late_ms).contains(&ms)), "{step}: {again:?}");
    }
}

#[test]
fn only_a_task_that_the_provider_works_on_is_asked_about() {
    let rules = Rules::default();
    let asked = |order: &Order| is_due(order, Millis(0), &rules, NOW);
    let young = submitted(1, NOW.plus(-rules.poll_pause_ms));
    assert!(asked(&young));
    assert!(!asked(&submitted(1, NOW.plus(1 - rules.poll_pause_ms))), "it was just begun");
    assert!(!asked(&Order { expires_at: Some(NOW), ..young.clone() }), "its time is over");
    let parked = Order { parked: true, wake_at: Some(NOW.plus(1)), ..young.clone() };
    assert!(!asked(&parked), "the operator has it");
    assert!(asked(&Order { wake_at: Some(NOW), ..parked }));
    assert!(asked(&submitted(1, NOW.plus(-HOUR_MS))), "an old one too");
    for state in State::ALL.into_iter().filter(|state| *state != State::Submitted) {
        assert!(!asked(&machine::order(state)), "{state:?}");
    }
}

#[test]
fn an_order_whose_time_is_over_waits_three_minutes_for_an_answer() {
    let rules = Rules::default();
    let submitted_at = NOW.plus(-rules.deadline_ms);
    let over = Order { wake_at: Some(NOW), ..submitted(1, submitted_at) };
    // The wake-up of its call stands still.
    let young = Order { submitted_at: Some(submitted_at.plus(1)), ..over.clone() };
    let parked = Order { parked: true, ..young.clone() };
    let expired = Order { expires_at: Some(NOW), ..over.clone() };
    for (order, is_last) in [(&over, true), (&young, false), (&parked, true), (&expired, false)] {
        assert_eq!(is_last_chance(order, &rules, NOW), is_last);
        assert!(!is_given_up(order, &rules, NOW.plus(LAST_CHANCE_MS - 1)));
        let later = NOW.plus(LAST_CHANCE_MS);
        assert_eq!(is_given_up(order, &rules, later), is_last && *order != young);
    }
    assert!(is_given_up(&over, &rules, NOW.plus(LAST_CHANCE_MS)));
}
