//! The order machine, every state with every event: what `domain::order::step` does is written out
//! as a table and held against the README's. `UPDATE_README=1` writes it there.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use anytryon::domain::count::{Count, Outcome, class_of, hour_of};
use anytryon::domain::id::{AccountId, CallbackToken, FileId, OrderId};
use anytryon::domain::image::Format;
use anytryon::domain::order::{
    Act, Event, FileKey, Image, Order, Owner, Role, State, Step, TaskFailure, TaskRefusal, step,
};
use anytryon::domain::problem::Problem;
use anytryon::domain::refusal::{Code, Refusal};
use anytryon::domain::rules::{Rules, TASKS_PER_ORDER_MAX};
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

use crate::choices::plain;

pub const NOW: Millis = Millis(1_795_168_800_000);
const TASK: &str = "task-1";
const BEGIN: &str = "<!-- transitions -->";
const END: &str = "<!-- /transitions -->";

fn image(role: Role, number: u8) -> Image {
    Image {
        role,
        key: FileKey::new(NOW, FileId::from_bytes([number; 16])),
        offset: 0,
        format: Format::Jpeg,
        width: 300,
        height: 400,
        bytes: 1_000,
        sha256: "00".repeat(32),
        crc32: 0,
    }
}

/// An order of one hour's age in this state, not due; `tasks` as the state implies.
pub fn order(state: State) -> Order {
    let ended = matches!(state, State::Delivered | State::Failed | State::Canceled);
    let expires_at = NOW.plus(47 * HOUR_MS);
    let mut images = vec![image(Role::Person, 1), image(Role::Garment, 2)];
    if state == State::Delivered {
        images.push(image(Role::Output, 3));
    }
    Order {
        id: OrderId::from_bytes([7; 30]),
        version: 5,
        state,
        visitor: Some("visitor".to_owned()),
        account: None,
        counted: true,
        trashed_at: None,
        preview: None,
        options: plain(),
        prompt_version: 1,
        model: "nano-banana-2".to_owned(),
        images,
        metadata_removed: vec![],
        result_key: FileKey::new(NOW, FileId::from_bytes([3; 16])),
        callback_token: CallbackToken::from_bytes([9; 16]),
        tasks: u8::from(state != State::Placed),
        task_id: (state != State::Placed && state != State::Submitting).then(|| TASK.to_owned()),
        credits_milli: None,
        parked: false,
        error: (state == State::Failed).then_some(Code::ProviderFailed),
        problems: None,
        given_back: state == State::Failed,
        created_at: NOW.plus(-HOUR_MS),
        submitted_at: (state == State::Submitted).then(|| NOW.plus(-MINUTE_MS)),
        completed_at: ended.then(|| NOW.plus(-MINUTE_MS)),
        expires_at: Some(expires_at),
        wake_at: match state {
            State::Placed => Some(NOW),
            State::Submitting | State::Submitted => Some(NOW.plus(MINUTE_MS)),
            State::Delivered | State::Failed | State::Canceled | State::Closed => None,
        },
    }
}

/// The account of the tests.
pub const ACCOUNT: AccountId = AccountId::from_bytes([5; 16]);

/// The same order of an account; ended, its files are to be moved in a minute.
pub fn owned(state: State) -> Order {
    let before = order(state);
    let ended = before.completed_at.is_some();
    Order {
        account: Some(ACCOUNT),
        expires_at: None,
        wake_at: before.wake_at.or(ended.then(|| NOW.plus(MINUTE_MS))),
        ..before
    }
}

/// The same delivered, with its files where they are kept.
pub fn kept() -> Order {
    let mut kept = Order { wake_at: None, ..owned(State::Delivered) };
    for image in &mut kept.images {
        image.key = image.key.in_place(true);
    }
    kept.result_key = kept.result_key.in_place(true);
    kept
}

/// The same in the trash since a day.
pub fn trashed() -> Order {
    let at = NOW.plus(-DAY_MS);
    let end = at.plus(Rules::default().trash_ms);
    Order { trashed_at: Some(at), wake_at: Some(end), ..kept() }
}

/// The columns of the table beside the states: orders of accounts.
fn of_accounts() -> [(&'static str, Order); 4] {
    [
        ("of an account", owned(State::Submitted)),
        ("to be moved", owned(State::Delivered)),
        ("kept", kept()),
        ("in the trash", trashed()),
    ]
}

/// One row of the table: how it is called, what happens, and in what it differs from the order above.
struct Case {
    name: &'static str,
    event: Event,
    prepare: fn(&mut Order),
}

fn case(name: &'static str, event: Event) -> Case {
    Case { name, event, prepare: |_| {} }
}

fn last_task(name: &'static str, event: Event) -> Case {
    Case { name, event, prepare: |order| order.tasks = TASKS_PER_ORDER_MAX }
}

fn failure(task_id: &str, failure: TaskFailure) -> Event {
    Event::TaskFailed { task_id: task_id.to_owned(), failure }
}

fn stored() -> Event {
    Event::ResultStored { image: image(Role::Output, 3), credits_milli: Some(8_000) }
}

/// Every event with every kind within it, and the conditions on which an answer depends.
fn cases() -> Vec<Case> {
    let accepted = Event::TaskAccepted { task_id: TASK.to_owned() };
    let rejected = TaskRefusal::Rejected(Code::ContentModeration);
    let due: fn(&mut Order) = |order| order.wake_at = order.wake_at.map(|_| NOW);
    let due_last: fn(&mut Order) = |order| {
        order.wake_at = order.wake_at.map(|_| NOW);
        order.tasks = TASKS_PER_ORDER_MAX;
    };
    let due_late: fn(&mut Order) = |order| {
        order.wake_at = order.wake_at.map(|_| NOW);
        order.submitted_at = order.submitted_at.map(|_| NOW.plus(-15 * MINUTE_MS));
    };
    let reported = || Event::ProblemsReported(vec![Problem::FaceChanged, Problem::Other]);
    let once: fn(&mut Order) = |order| {
        order.problems = (order.state == State::Delivered).then(|| vec![Problem::BodyChanged]);
    };
    let due_parked: fn(&mut Order) = |order| {
        order.wake_at = order.wake_at.map(|_| NOW);
        order.parked = true;
    };
    let due_old: fn(&mut Order) = |order| {
        order.wake_at = order.wake_at.map(|_| NOW);
        order.created_at = NOW.plus(-44 * HOUR_MS);
    };
    let due_for_good: fn(&mut Order) = |order| {
        order.wake_at = order.wake_at.map(|_| NOW);
        order.trashed_at = order.trashed_at.map(|_| NOW.plus(-29 * DAY_MS));
    };
    vec![
        case("dispatch started", Event::DispatchStarted),
        case("task accepted", accepted),
        case("refused: busy", Event::TaskRefused(TaskRefusal::Busy)),
        case("refused: outage", Event::TaskRefused(TaskRefusal::Outage)),
        case("refused: rejected", Event::TaskRefused(rejected)),
        case("answer lost", Event::AnswerLost),
        case("task failed: transient", failure(TASK, TaskFailure::Transient)),
        last_task("… after the last task", failure(TASK, TaskFailure::Transient)),
        case("task failed: fetch", failure(TASK, TaskFailure::Fetch)),
        last_task("… after the last task", failure(TASK, TaskFailure::Fetch)),
        case("task failed: no credits", failure(TASK, TaskFailure::OutOfCredits)),
        last_task("… after the last task", failure(TASK, TaskFailure::OutOfCredits)),
        case("task failed: policy", failure(TASK, TaskFailure::Policy)),
        case("task failed: rejected", failure(TASK, TaskFailure::Rejected)),
        case("another task failed", failure("task-2", TaskFailure::Policy)),
        case("result stored", stored()),
        case("result unusable", Event::ResultUnusable),
        case("result on an unlisted host", Event::ResultParked),
        case("cancel", Event::CancelRequested),
        case("delete", Event::DeleteRequested),
        case("claimed by an account", Event::Claimed(Owner { id: ACCOUNT, counted: true })),
        case("files moved", Event::FilesMoved),
        case("restore", Event::RestoreRequested),
        case("purge", Event::PurgeRequested),
        case("problems reported", reported()),
        Case { name: "… once more", event: reported(), prepare: once },
        case("files gone", Event::FilesGone),
        case("woken early", Event::Woken),
        Case { name: "woken when due", event: Event::Woken, prepare: due },
        Case { name: "… after the last task", event: Event::Woken, prepare: due_last },
        Case { name: "… at the deadline", event: Event::Woken, prepare: due_late },
        Case { name: "… parked", event: Event::Woken, prepare: due_parked },
        Case { name: "… after 44 hours", event: Event::Woken, prepare: due_old },
        Case { name: "… after 29 days", event: Event::Woken, prepare: due_for_good },
    ]
}

/// What a step does, in a few words: the next state, the error, what the visitor gets back, acts.
fn cell(before: &Order, stepped: &Result<Step, Refusal>) -> String {
    let step = match stepped {
        Ok(step) => step,
        Err(refusal) => return format!("no: {}", refusal.code.as_str()),
    };
    let next = &step.order;
    let mut words = vec![];
    if next.state != before.state {
        words.push(next.state.as_str().to_owned());
    } else if step.changed {
        words.push("changed".to_owned());
    }
    let deadline = Some(next.deadline(&Rules::default()));
    if next.state == State::Submitted && next.wake_at != before.wake_at && next.wake_at == deadline
    {
        words.push("deadline".to_owned());
    }
    words
        .extend(next.error.filter(|_| before.error.is_none()).map(|code| code.as_str().to_owned()));
    if next.account != before.account {
        words.push("the account's".to_owned());
    } else if next.expires_at != before.expires_at {
        words.push("unreadable".to_owned());
    }
    match (before.trashed_at, next.trashed_at) {
        (None, Some(_)) => words.push("trash".to_owned()),
        (Some(_), None) => words.push("restored".to_owned()),
        (None, None) | (Some(_), Some(_)) => {}
    }
    if next.is_kept() != before.is_kept() {
        words.push("kept".to_owned());
    }
    if next.parked && step.changed {
        words.push("parked".to_owned());
    }
    if next.problems != before.problems {
        words.push("reported".to_owned());
    }
    if next.given_back && !before.given_back {
        words.push("try back".to_owned());
    }
    words.extend(step.acts.iter().map(|act| match act {
        Act::Dispatch => "dispatch".to_owned(),
        Act::DeleteFiles => "delete files".to_owned(),
        Act::DeleteResult => "delete result".to_owned(),
        Act::MoveFiles => "move files".to_owned(),
        Act::DeleteOldFiles => "delete old files".to_owned(),
        Act::Alert(_) => "alert".to_owned(),
    }));
    if words.is_empty() { "·".to_owned() } else { words.join(", ") }
}

fn table() -> String {
    let mut table = String::from("| event |");
    for state in State::ALL {
        let _ = write!(table, " {} |", state.as_str());
    }
    table.push_str(" expired |");
    for (name, _) in of_accounts() {
        let _ = write!(table, " {name} |");
    }
    let columns = State::ALL.len() + 2 + of_accounts().len();
    let _ = writeln!(table, "\n{}|", "|---".repeat(columns));
    for Case { name, event, prepare } in cases() {
        let _ = write!(table, "| {name} |");
        for state in State::ALL {
            let mut before = order(state);
            prepare(&mut before);
            let _ = write!(table, " {} |", cell(&before, &take(&before, &event)));
        }
        let _ = write!(table, " {} |", expired_cell(&event, prepare));
        for (_, mut before) in of_accounts() {
            prepare(&mut before);
            let _ = write!(table, " {} |", cell(&before, &take(&before, &event)));
        }
        table.push('\n');
    }
    table
}

/// The same for all six states of an order whose time is over.
fn expired_cell(event: &Event, prepare: fn(&mut Order)) -> String {
    let mut cells: Vec<String> = vec![];
    for state in State::ALL.into_iter().filter(|state| *state != State::Closed) {
        let mut before = order(state);
        prepare(&mut before);
        before.expires_at = Some(NOW);
        cells.push(cell(&before, &take(&before, event)));
    }
    cells.dedup();
    assert_eq!(cells.len(), 1, "an expired order is an expired order: {event:?} {cells:?}");
    cells.remove(0)
}

/// A step, held to what every step must keep.
fn take(before: &Order, event: &Event) -> Result<Step, Refusal> {
    let stepped = step(before, event, NOW, &Rules::default());
    let what = format!("{} + {event:?}", before.state.as_str());
    let Ok(step) = &stepped else {
        let asked = matches!(
            event,
            Event::CancelRequested
                | Event::DeleteRequested
                | Event::RestoreRequested
                | Event::PurgeRequested
                | Event::ProblemsReported(_)
        );
        assert!(asked, "the world's events are never refused: {what}");
        return stepped;
    };
    let next = &step.order;
    let grown = i64::from(step.changed);
    assert_eq!(next.version, before.version + grown, "the version guards each change: {what}");
    assert_eq!(*next != *before, step.changed, "what changed is written, and only that: {what}");
    assert!(next.tasks <= TASKS_PER_ORDER_MAX, "{what}");
    let ended = [State::Delivered, State::Failed, State::Canceled].contains(&next.state);
    let is_left = next.account.is_some() && (!next.is_kept() || next.trashed_at.is_some());
    let sleeps =
        next.state == State::Closed || ended && next.expires_at != Some(Millis(0)) && !is_left;
    assert_eq!(next.wake_at.is_none(), sleeps, "what is live or to be deleted wakes: {what}");
    assert_eq!(
        next.completed_at.is_some(),
        ended || next.completed_at.is_some() && next.state == State::Closed,
        "{what}"
    );
    let in_vain = matches!(next.state, State::Failed | State::Canceled | State::Closed);
    assert!(
        !next.given_back || in_vain,
        "a try comes back only with an end without a picture: {what}"
    );
    assert_eq!(step.count, counted(before, next), "{what}");
    stepped
}

/// What must be counted: each end when it comes, and the first report of a picture.
fn counted(before: &Order, next: &Order) -> Option<Count> {
    let hour = |at: Option<Millis>| hour_of(at.unwrap());
    if next.problems != before.problems {
        let problems = next.problems.clone().unwrap();
        return Some(Count::Reported { hour: hour(next.completed_at), problems });
    }
    if before.completed_at.is_some() {
        return None;
    }
    let completed_at = next.completed_at;
    let ended = |outcome, seconds, at| Some(Count::Ended { hour: hour(at), outcome, seconds });
    match next.state {
        State::Placed | State::Submitting | State::Submitted => None,
        State::Delivered => {
            let took = class_of(completed_at.unwrap().since(before.created_at));
            ended(Outcome::Completed, took, completed_at)
        }
        State::Failed => ended(Outcome::Failed(next.error.unwrap()), 0, completed_at),
        State::Canceled => ended(Outcome::Canceled, 0, completed_at),
        // A row in this state never was: the table alone has an order closed from the beginning.
        State::Closed if before.state == State::Closed => None,
        State::Closed => ended(Outcome::Expired, 0, before.expires_at),
    }
}

/// Doing the same again changes nothing more, so every act may be repeated.
#[test]
fn a_repeated_event_changes_nothing_more() {
    for Case { name, event, prepare } in cases() {
        let orders = State::ALL.map(order).into_iter();
        for mut before in orders.chain(of_accounts().map(|(_, order)| order)) {
            prepare(&mut before);
            let state = before.state;
            let Ok(first) = take(&before, &event) else { continue };
            let Ok(second) = step(&first.order, &event, NOW, &Rules::default()) else { continue };
            // Parking again sets the alarm anew, which is how the operator is reminded.
            let again = first.order.parked && second.order.parked;
            let what = format!("{name} in {}", state.as_str());
            assert!(!second.changed || again || started_twice(&before, &event), "{what}");
            let twice = second.order.given_back && !first.order.given_back;
            assert!(!twice || started_twice(&before, &event), "{what}");
        }
    }
}

/// A wake-up that puts an order back into the queue is followed by one of the queue.
fn started_twice(before: &Order, event: &Event) -> bool {
    let fails_again = before.state == State::Submitted || before.state == State::Submitting;
    fails_again && matches!(event, Event::TaskFailed { .. })
}

#[test]
fn an_account_keeps_an_order_without_an_expiry() {
    let ends = [
        (State::Submitted, stored()),
        (State::Submitting, Event::ResultUnusable),
        (State::Placed, Event::CancelRequested),
    ];
    for (state, event) in ends {
        let next = take(&owned(state), &event).unwrap();
        assert_eq!((next.order.wake_at, next.order.expires_at), (Some(NOW.plus(MINUTE_MS)), None));
        assert_eq!(next.acts, [Act::MoveFiles], "{event:?}");
        let moved = take(&next.order, &Event::FilesMoved).unwrap();
        assert_eq!(moved.acts, [Act::DeleteOldFiles]);
        assert!(moved.order.images.iter().all(|image| image.key.kept));
        assert!(moved.order.is_kept(), "what is stored late is looked for there, too");
        assert_eq!(moved.order.wake_at, None, "nothing is left to do about it");
        let places = |order: &Order| {
            let mut keys: Vec<_> = order.file_keys().iter().map(ToString::to_string).collect();
            keys.sort();
            keys
        };
        assert_eq!(places(&next.order), places(&moved.order), "both places are always known");
        let anon = places(&next.order).iter().filter(|key| key.starts_with("anon/")).count();
        assert_eq!(anon * 2, places(&next.order).len());
    }
}

#[test]
fn moving_is_tried_each_minute_and_goes_on_in_the_trash() {
    let rules = Rules::default();
    let woken = |order: &Order, at: Millis| step(order, &Event::Woken, at, &rules).unwrap();
    let unmoved = Order { wake_at: Some(NOW), ..owned(State::Delivered) };
    let again = woken(&unmoved, NOW);
    assert_eq!(
        (again.order.wake_at, &*again.acts),
        (Some(NOW.plus(MINUTE_MS)), &[Act::MoveFiles][..])
    );
    assert!(!woken(&again.order, NOW.plus(MINUTE_MS - 1)).changed);
    let trashed = take(&again.order, &Event::DeleteRequested).unwrap().order;
    assert_eq!(trashed.wake_at, again.order.wake_at, "the earlier of both");
    assert_eq!(woken(&trashed, NOW.plus(MINUTE_MS)).acts, [Act::MoveFiles]);
    let end = NOW.plus(rules.trash_ms);
    let moved = take(&trashed, &Event::FilesMoved).unwrap().order;
    assert_eq!(moved.wake_at, Some(end));
    assert!(!woken(&moved, end.plus(-1)).changed, "day 29 is not over");
    for late in [&moved, &trashed] {
        let purged = woken(late, end);
        assert_eq!(
            (purged.order.expires_at, &*purged.acts),
            (Some(Millis(0)), &[Act::DeleteFiles][..])
        );
    }
    let restored = take(&moved, &Event::RestoreRequested).unwrap().order;
    assert_eq!((restored.trashed_at, restored.wake_at), (None, None));
    let restored = take(&trashed, &Event::RestoreRequested).unwrap().order;
    assert_eq!(restored.wake_at, again.order.wake_at, "its files are still to be moved");
}

#[test]
fn an_account_never_takes_another_accounts_order() {
    let other = Owner { id: AccountId::from_bytes([6; 16]), counted: false };
    for order in [owned(State::Placed), owned(State::Delivered), kept(), trashed()] {
        assert!(!take(&order, &Event::Claimed(other)).unwrap().changed);
    }
    let claimed = take(&order(State::Delivered), &Event::Claimed(other)).unwrap().order;
    assert_eq!((claimed.account, claimed.counted), (Some(other.id), false));
    assert_eq!(claimed.visitor, order(State::Delivered).visitor, "whose trial it used");
}

/// The storage's own rule deletes what is two days old, and files are moved when an order has ended.
#[test]
fn an_accounts_order_ends_in_time_for_its_files_to_be_moved() {
    let rules = Rules::default();
    let at = NOW.plus(-rules.give_up_ms);
    for state in [State::Placed, State::Submitting, State::Submitted] {
        for parked in [false, true] {
            // What the provider has ends by its own deadline.
            let waits = parked || state == State::Placed;
            let is_late = waits || state == State::Submitting;
            let aged = |order: Order, age: Millis| Order {
                created_at: age,
                parked,
                wake_at: Some(NOW),
                ..order
            };
            let late = take(&aged(owned(state), at), &Event::Woken).unwrap().order;
            let timeout = |is_over: bool| is_over.then_some(Code::ProviderTimeout);
            assert_eq!((late.error, late.given_back), (timeout(is_late), is_late));
            let young = take(&aged(owned(state), at.plus(1)), &Event::Woken).unwrap().order;
            assert_eq!(young.error, None, "{}", state.as_str());
            let own = Event::Claimed(Owner { id: ACCOUNT, counted: true });
            let claimed = take(&aged(order(state), at), &own).unwrap().order;
            assert_eq!(claimed.error, timeout(waits));
            assert_eq!(take(&aged(order(state), at), &Event::Woken).unwrap().order.error, None);
        }
    }
}

/// The wake-up of the call stands for the young task, so that taking it writes no index.
#[test]
fn a_task_gets_its_deadline_when_the_wake_up_of_its_call_comes() {
    let rules = Rules::default();
    let called = step(&order(State::Placed), &Event::DispatchStarted, NOW, &rules).unwrap().order;
    let accepted = Event::TaskAccepted { task_id: TASK.to_owned() };
    let at = NOW.plus(5_000);
    let taken = step(&called, &accepted, at, &rules).unwrap().order;
    let first = NOW.plus(rules.create_timeout_ms + rules.grace_ms);
    assert_eq!((taken.wake_at, called.wake_at), (Some(first), Some(first)));
    let woken = |order: &Order, at: Millis| step(order, &Event::Woken, at, &rules).unwrap().order;
    assert_eq!(woken(&taken, first.plus(-1)), taken);
    let slow = woken(&taken, first);
    let deadline = at.plus(rules.deadline_ms);
    assert_eq!((slow.state, slow.wake_at), (State::Submitted, Some(deadline)));
    assert_eq!(woken(&slow, deadline.plus(-1)), slow);
    for late in [&slow, &taken] {
        assert_eq!(woken(late, deadline).error, Some(Code::ProviderTimeout));
    }
    // A lost answer's task that a callback names after its order is in the queue again.
    let found = step(&order(State::Placed), &accepted, at, &rules).unwrap().order;
    assert_eq!(found.wake_at, Some(deadline));
}

/// Clocks of different places differ, and one that is set right steps back.
#[test]
fn a_deleted_order_is_over_by_every_clock() {
    for state in State::ALL.into_iter().filter(|state| *state != State::Closed) {
        let deleted = take(&order(state), &Event::DeleteRequested).unwrap().order;
        assert!(deleted.is_expired(NOW.plus(-24 * HOUR_MS)), "{}", state.as_str());
        assert!(deleted.wake_at.is_some_and(|at| at < NOW.plus(-24 * HOUR_MS)));
    }
}

#[test]
fn no_event_is_left_out_of_the_table() {
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases() {
        *named.entry(case.event.name()).or_default() += 1;
    }
    assert_eq!(named.len(), 17, "{named:?}");
    assert_eq!(cases().len() * (State::ALL.len() + 1 + of_accounts().len()), 408);
}

#[test]
fn the_readme_shows_the_table() {
    let table = table();
    eprintln!("{table}");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let begin = readme.find(BEGIN).map(|at| at + BEGIN.len());
    let (Some(begin), Some(end)) = (begin, readme.find(END)) else {
        assert!(readme.contains(BEGIN) && readme.contains(END), "README.md has lost its markers");
        return;
    };
    if std::env::var("UPDATE_README").is_ok() {
        let text = format!("{}\n{table}{}", &readme[..begin], &readme[end..]);
        std::fs::write(&path, text).unwrap();
        return;
    }
    assert!(
        readme[begin..end].trim() == table.trim(),
        "README.md shows another machine; write this one with: \
         UPDATE_README=1 cargo test --test native machine"
    );
}
