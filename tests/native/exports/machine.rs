//! The machine: each state with each event.

use anytryon::domain::export::{
    Act, BUILD_MS_MAX, Earlier, Event, Export, Next, Part, Reason, Rest, State, Step, TOLD_MS,
    Untimely, step,
};
use anytryon::domain::id::{AccountId, ExportId};
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{MINUTE_MS, Millis};

use crate::world::BEGIN;

fn at(ms: i64) -> Millis {
    BEGIN.plus(ms)
}

fn part(key: &str) -> Part {
    Part { key: key.to_owned(), bytes: 9, sha256: "ab".to_owned() }
}

fn rest() -> Rest {
    let earlier = Earlier {
        manifest: "manifest-1.json".to_owned(),
        bytes: 1,
        sha256: String::new(),
        files: 1,
        orders: 1,
        missing: 0,
    };
    Rest { after: "order".to_owned(), earlier }
}

fn begun() -> Event {
    Event::Begun { key: "k1".to_owned() }
}

fn stored(rest: Option<Rest>) -> Event {
    Event::Stored { part: part("k1"), rest }
}

fn troubled(key: &str) -> Event {
    Event::Troubled { key: key.to_owned(), reason: Reason::Unavailable }
}

fn queued() -> Export {
    Export::new(AccountId::from_bytes([1; 16]), ExportId::from_bytes([2; 16]), BEGIN)
}

fn take(export: &Export, event: &Event, ms: i64) -> Result<Step, Untimely> {
    step(export, event, at(ms), &Rules::default())
}

/// The export behind an event that changes it.
fn after(export: &Export, event: &Event, ms: i64) -> Export {
    let next = take(export, event, ms).unwrap().next;
    assert!(matches!(next, Next::Changed(_)), "{next:?}");
    let Next::Changed(next) = next else { return export.clone() };
    assert_eq!(next.progress.version, export.progress.version + 1);
    *next
}

fn of(state: State) -> Export {
    let building = after(&queued(), &begun(), 0);
    let ready = after(&building, &stored(None), 1);
    match state {
        State::Queued => queued(),
        State::Building => building,
        State::Ready => ready,
        State::Expired => {
            let life_ms = Rules::default().export_life_ms;
            after(&ready, &Event::Woken, 1 + life_ms)
        }
        State::Failed => after(&queued(), &Event::Woken, BUILD_MS_MAX),
    }
}

#[test]
fn each_state_takes_the_events_that_belong_to_it() {
    let events = [begun(), stored(None), stored(Some(rest())), troubled("k1"), Event::Cleared];
    let table = [
        (State::Queued, [true, false, false, false, false]),
        // A second beginner takes the place of one who is dead.
        (State::Building, [true, true, true, true, false]),
        (State::Ready, [false; 5]),
        (State::Expired, [false, false, false, false, true]),
        (State::Failed, [false, false, false, false, true]),
    ];
    for (state, wanted) in table {
        let export = of(state);
        assert_eq!(export.state, state);
        let taken = events.each_ref().map(|event| take(&export, event, 2).is_ok());
        assert_eq!(taken, wanted, "{state:?}");
    }
}

#[test]
fn a_part_that_is_stored_leads_to_the_next_and_the_last_one_to_the_end() {
    let building = after(&queued(), &begun(), 0);
    assert_eq!((building.state, building.progress.tries), (State::Building, 1));
    assert!(building.wake_at > Some(at(15 * MINUTE_MS)), "longer than a run can last");
    let next = after(&building, &stored(Some(rest())), 5);
    assert_eq!((next.state, next.wake_at, next.progress.tries), (State::Building, Some(at(5)), 0));
    assert_eq!((next.progress.after.as_str(), next.next_number()), ("order", 2));
    let second = after(&next, &Event::Begun { key: "k2".to_owned() }, 6);
    let last = Event::Stored { part: part("k2"), rest: None };
    let done = take(&second, &last, 7).unwrap();
    assert_eq!(done.act, Act::Tell);
    let ready = after(&second, &last, 7);
    let end = at(7 + Rules::default().export_life_ms);
    assert_eq!(
        (ready.state, ready.expires_at, ready.wake_at),
        (State::Ready, Some(end), Some(end))
    );
    assert_eq!(ready.parts.len(), 2);
    assert!(ready.is_open(end.plus(-1)) && !ready.is_open(end), "to the millisecond");
    assert_eq!(ready.told_state(end), State::Expired, "whether or not somebody has noted it");
}

#[test]
fn whoever_was_taken_for_dead_stores_nothing_and_his_file_is_remembered() {
    let first = after(&queued(), &begun(), 0);
    let second = after(&first, &Event::Begun { key: "k2".to_owned() }, 1);
    assert_eq!(take(&second, &stored(None), 2), Err(Untimely));
    assert_eq!(take(&second, &troubled("k1"), 2), Err(Untimely));
    assert_eq!(second.file_keys(), ["k1", "k2"]);
    let done = after(&second, &Event::Stored { part: part("k2"), rest: None }, 3);
    assert_eq!(done.file_keys(), ["k2", "k1"], "he may still be writing: it goes with the parts");
}

#[test]
fn trouble_is_met_with_growing_pauses_and_then_with_an_end() {
    let mut export = queued();
    let mut now = 0;
    let mut pauses = vec![];
    loop {
        export = after(&export, &begun(), now);
        export = after(&export, &troubled("k1"), now);
        if export.state == State::Failed {
            break;
        }
        let wake = export.wake_at.unwrap();
        assert_eq!(take(&export, &begun(), now), Err(Untimely), "it rests");
        pauses.push(wake.since(at(now)) / MINUTE_MS);
        now = wake.since(BEGIN);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30]);
    assert_eq!(export.reason, Some(Reason::Unavailable));
}

#[test]
fn who_dies_each_time_ends_it_as_well_and_so_does_the_day() {
    let mut export = queued();
    for number in 0..8 {
        export = after(&export, &begun(), number);
        assert_eq!(export.state, State::Building);
    }
    let failed = after(&export, &begun(), 9);
    assert_eq!((failed.state, failed.reason), (State::Failed, Some(Reason::Internal)));
    for export in [queued(), of(State::Building)] {
        assert_eq!(take(&export, &Event::Woken, BUILD_MS_MAX - 1).unwrap().act, Act::Build);
        for event in [Event::Woken, begun()] {
            let late = after(&export, &event, BUILD_MS_MAX);
            assert_eq!((late.state, late.reason), (State::Failed, Some(Reason::TookTooLong)));
        }
    }
}

#[test]
fn files_go_at_once_and_the_row_a_month_after_the_request() {
    let expired = of(State::Expired);
    assert!(!expired.file_keys().is_empty());
    let again = take(&expired, &Event::Woken, 9).unwrap();
    assert_eq!(again, Step { next: Next::Same, act: Act::Delete(vec!["k1".to_owned()]) });
    let cleared = after(&expired, &Event::Cleared, 10);
    assert!(cleared.file_keys().is_empty());
    assert_eq!(take(&cleared, &Event::Woken, TOLD_MS - 1), Err(Untimely));
    assert_eq!(take(&cleared, &Event::Woken, TOLD_MS).unwrap().next, Next::Gone);
}
