//! The statements of `src/store` against the real migrations: none reads a whole table, all are
//! known here, and the tables refuse what the product must never write.

use std::path::Path;

use rusqlite::{Connection, params_from_iter};

use anytryon::domain::account::Portrait;
use anytryon::domain::account_change::AccountChange;
use anytryon::domain::consent::Kind as Consented;
use anytryon::domain::count::{Count, Outcome};
use anytryon::domain::deletion::{Schedule, Tally};
use anytryon::domain::export::Export;
use anytryon::domain::history::{Note, Query};
use anytryon::domain::id::{AccountId, ExportId, OrderId, SessionId, WaitlistToken};
use anytryon::domain::image::Format;
use anytryon::domain::language::Language;
use anytryon::domain::letter::Letter;
use anytryon::domain::news::Audience;
use anytryon::domain::order::{Order, State};
use anytryon::domain::problem::Problem;
use anytryon::domain::receipt::Kept;
use anytryon::domain::session::Session;
use anytryon::domain::time::Millis;
use anytryon::ports::{Arg, DatabaseError, Statement};
use anytryon::store::accounts::Arrival;
use anytryon::store::deletions::Progress;
use anytryon::store::identity_providers::Documents;
use anytryon::store::listings::Place;
use anytryon::store::mailings::{Mailing, Step};
use anytryon::store::mails::Recipient;
use anytryon::store::operator::Note as OperatorNote;
use anytryon::store::orders::Idempotency;
use anytryon::store::trial::Counted;
use anytryon::store::waitlist::Request;
use anytryon::store::{
    accounts, announced, consents, counts, deletions, email_changes, export_rows, exports, history,
    identity_providers, listings, mailings, mails, operator, orders, provider_status, receipts,
    sessions, trial, waitlist,
};

use crate::machine;
use crate::world::{Database, keyring, migrations};

const NOW: Millis = Millis(1_795_168_800_000);
const WINDOW_MS: i64 = 24 * 60 * 60 * 1_000;
const ACCOUNT: AccountId = AccountId::from_bytes([1; 16]);
const SCHEDULE: Schedule = Schedule { asked_at: NOW, due_at: NOW };
/// A SHA-256 in hex.
const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn visitor() -> Counted {
    Counted { visitor: "visitor".to_owned(), account: None }
}

fn of_account() -> Counted {
    Counted { account: Some(machine::ACCOUNT), ..visitor() }
}

fn progress() -> Progress {
    Progress {
        version: 2,
        salt: "5a".to_owned(),
        counted_until: String::new(),
        tally: Tally::default(),
    }
}

fn kept() -> Kept {
    Kept { receipt: "a.b.c".to_owned(), expires_at: NOW }
}

/// Every statement that the product has, by the function that makes it.
#[expect(clippy::too_many_lines, reason = "a table with a line a statement")]
fn statements() -> Vec<(&'static str, Statement)> {
    let order = machine::order(State::Placed);
    let id = OrderId::from_bytes([7; 30]);
    let key = Idempotency { key: "key".to_owned(), fingerprint: "print".to_owned() };
    let ended = Count::Ended { hour: 9, outcome: Outcome::Completed, seconds: 30 };
    let reported = Count::Reported { hour: 9, problems: Problem::ALL.to_vec() };
    let account = AccountId::from_bytes([1; 16]);
    let session = Session {
        id: SessionId::from_bytes([2; 16]),
        device: "Firefox · Linux".to_owned(),
        signed_in_at: NOW,
        proved_at: Some(NOW),
        used_at: NOW,
    };
    let arrival = Arrival { issuer: "issuer", subject: "ada", name: "Ada", email: None };
    let documents =
        Documents { endpoints: "{}".to_owned(), keys: "{}".to_owned(), fresh_until: NOW };
    let to = Recipient { account: None, email: "ada@example.org", language: Language::En };
    let letter = Letter::EmailChanged { at: NOW };
    let (mailing, request) = (mailing(), request());
    let step = Step { mailing: &mailing, to_email: "b@example.org", written: 1, asked: 0 };
    let note = OperatorNote {
        at: NOW,
        id: "id".to_owned(),
        action: "log".to_owned(),
        detail: String::new(),
    };
    let export = Export::new(account, ExportId::from_bytes([4; 16]), NOW);
    let pages = export_rows::TABLES.iter().map(|table| export_rows::page(table, "owner", None));
    let pages = pages.map(|page| ("export_rows::page", page));
    let others = vec![
        ("accounts::arrive", accounts::arrive(account, &arrival, Language::En, NOW)),
        ("accounts::detach_over", accounts::detach_over("issuer", "ada", NOW)),
        ("accounts::find", accounts::find(account)),
        ("deletions::schedule", deletions::schedule(ACCOUNT, &SCHEDULE, HASH)),
        ("deletions::cancel", deletions::cancel(ACCOUNT, NOW)),
        ("deletions::list_due", deletions::list_due(NOW, 8)),
        ("deletions::note_turn", deletions::note_turn(account, NOW)),
        ("deletions::begin", deletions::begin(ACCOUNT, "salt", NOW)),
        ("deletions::find", deletions::find(ACCOUNT)),
        ("deletions::advance", deletions::advance(ACCOUNT, &progress())),
        ("deletions::list_uncounted", deletions::list_uncounted(ACCOUNT, "", 9)),
        ("deletions::list_counted", deletions::list_counted(ACCOUNT, "x", 9)),
        ("deletions::stop_exports", deletions::stop_exports(ACCOUNT)),
        ("deletions::list_exports", deletions::list_exports(ACCOUNT)),
        ("deletions::count_rows", deletions::count_rows(ACCOUNT, Some("ada@example.org"))),
        ("deletions::leave_waitlist", deletions::leave_waitlist("ada@example.org")),
        ("deletions::delete_account", deletions::delete_account(ACCOUNT)),
        ("identity_providers::claim", identity_providers::claim("issuer", NOW, 60_000)),
        ("identity_providers::find", identity_providers::find("issuer")),
        ("identity_providers::keep", identity_providers::keep("issuer", &documents)),
        ("receipts::find", receipts::find(HASH, NOW)),
        ("receipts::keep", receipts::keep(ACCOUNT, &kept(), NOW)),
        ("receipts::purge", receipts::purge(NOW)),
        ("sessions::begin_sign_in", sessions::begin_sign_in(HASH, "/", false, NOW)),
        ("sessions::drop_most", sessions::drop_most(account)),
        ("sessions::end", sessions::end(HASH)),
        ("sessions::end_one", sessions::end_one(account, session.id)),
        ("sessions::end_others", sessions::end_others(account, session.id)),
        ("sessions::find", sessions::find(HASH)),
        ("sessions::insert", sessions::insert(HASH, account, &session)),
        ("sessions::list", sessions::list(account)),
        ("sessions::purge", sessions::purge(NOW, WINDOW_MS, WINDOW_MS)),
        ("sessions::purge_sign_ins", sessions::purge_sign_ins(NOW, WINDOW_MS)),
        ("sessions::take_sign_in", sessions::take_sign_in(HASH, NOW, WINDOW_MS)),
        ("sessions::touch", sessions::touch(HASH, NOW)),
        ("accounts::change", accounts::change(account, &AccountChange::default(), NOW)),
        ("accounts::lift", accounts::lift(account)),
        ("accounts::name_portrait", accounts::name_portrait(account, None, &portrait())),
        (
            "accounts::note_portrait_source",
            accounts::note_portrait_source(account, Some("portraits/x"), HASH),
        ),
        ("accounts::restrict", accounts::restrict(account, NOW)),
        ("announced::begin", announced::begin("news")),
        ("announced::find", announced::find("news")),
        ("announced::list_readers", announced::list_readers("", NOW, NOW, 51)),
        ("announced::write", announced::write("news", "", "[]".to_owned())),
        ("announced::advance", announced::advance("news", "", None, NOW)),
        ("consents::accept", consents::accept("https://accounts.google.com", "1", "1", NOW)),
        ("consents::give", consents::give(account, Consented::Marketing, "1", NOW)),
        ("consents::list", consents::list(account)),
        ("consents::list_readers_after", consents::list_readers_after("", 9)),
        ("consents::withdraw", consents::withdraw(account, Consented::Marketing, NOW)),
        ("email_changes::ask", email_changes::ask(account, "a@b.example", HASH, NOW, NOW, 5)),
        ("email_changes::confirm", email_changes::confirm(HASH, NOW)),
        ("email_changes::find", email_changes::find(account)),
        ("email_changes::find_by_token", email_changes::find_by_token(HASH, NOW)),
        ("email_changes::follow", email_changes::follow(HASH, "a@b.example", NOW)),
        ("email_changes::forget", email_changes::forget(account, HASH)),
        ("email_changes::mail", email_changes::mail(&to, &letter, HASH, NOW)),
        ("email_changes::purge", email_changes::purge(NOW)),
        ("email_changes::take", email_changes::take(HASH, HASH, NOW)),
        ("counts::add", counts::add(&order, &ended)),
        ("counts::add", counts::add(&order, &reported)),
        ("counts::list_outcomes", counts::list_outcomes(9, 10)),
        ("counts::list_reports", counts::list_reports(9, 10)),
        ("exports::request", exports::request(&export)),
        ("exports::update", exports::update(&export, &export)),
        ("exports::delete", exports::delete(&export)),
        ("exports::list", exports::list(account)),
        ("exports::find", exports::find(account, export.id)),
        ("exports::find_live", exports::find_live(account)),
        ("exports::list_due", exports::list_due(NOW)),
        ("export_rows::orders", export_rows::orders(account, "", NOW)),
        ("history::count_trash", history::count_trash(account)),
        ("history::find_chosen", history::find_chosen(account, &[id])),
        ("history::find_trash", history::find_trash(account, 100)),
        ("history::list", history::list(account, &everything(), 24)),
        ("history::list_chosen", history::list_chosen(account, &[id])),
        ("history::list_trash", history::list_trash(account, &everything(), 24)),
        ("history::name_preview", history::name_preview(&order, &order.images[0])),
        ("history::note", history::note(account, id, &Note::default())),
        ("mails::find_due", mails::find_due(NOW)),
        ("mails::queue", mails::queue(&to, &letter, "cause", NOW)),
        ("mails::take_due", mails::take_due(NOW, 6)),
        ("mails::delete", mails::delete(&["x".to_owned()])),
        ("mails::count_due", mails::count_due(NOW)),
        ("listings::advance", listings::advance("x", &Place { hour: 1, after_key: String::new() })),
        ("listings::find", listings::find("x")),
        ("mailings::begin", mailings::begin(&mailing, NOW)),
        ("mailings::find", mailings::find("x")),
        ("mailings::find_unfinished", mailings::find_unfinished()),
        ("mailings::write", mailings::write(&step, "[]".to_owned())),
        ("mailings::advance", mailings::advance(&step)),
        ("mailings::finish", mailings::finish("x", NOW)),
        ("mailings::purge", mailings::purge(NOW)),
        ("operator::note", operator::note(&note)),
        ("operator::list_notes", operator::list_notes(NOW, 9)),
        ("operator::count", operator::count(NOW)),
        ("orders::count_waiting", orders::count_waiting()),
        ("orders::count_in_flight", orders::count_in_flight()),
        ("orders::insert", orders::insert(&order, Some(&key))),
        ("orders::update", orders::update(&order, &machine::order(State::Delivered))),
        ("orders::delete", orders::delete(&order)),
        ("orders::find", orders::find(id)),
        ("orders::find_of_account", orders::find_of_account(id)),
        ("orders::find_by_idempotency", orders::find_by_idempotency("visitor", "key")),
        ("orders::list_due", orders::list_due(NOW)),
        ("orders::find_next_due", orders::find_next_due()),
        ("orders::list_in_flight", orders::list_in_flight()),
        ("orders::list_of_accounts", orders::list_of_accounts(1, None, 9)),
        ("orders::list_overdue", orders::list_overdue(NOW)),
        ("orders::list_expired", orders::list_expired(NOW, 2 * WINDOW_MS, false)),
        ("orders::list_keep_due", orders::list_keep_due(NOW, 60)),
        ("orders::list_trash_over", orders::list_trash_over(NOW, 60)),
        ("orders::list_unmoved", orders::list_unmoved(500_000)),
        ("orders::list_waiting_since", orders::list_waiting_since(NOW)),
        ("orders::list_claimable", orders::list_claimable("visitor", NOW)),
        ("orders::find_waiting", orders::find_waiting()),
        ("orders::list_waiting", orders::list_waiting()),
        ("orders::list_waiting_of", orders::list_waiting_of(account, NOW)),
        ("orders::list_taken", orders::list_taken()),
        ("provider_status::note", provider_status::note("ok", NOW)),
        ("provider_status::find", provider_status::find()),
        ("trial::require", trial::require(&visitor(), NOW, 3, WINDOW_MS)),
        ("trial::require", trial::require(&of_account(), NOW, 3, WINDOW_MS)),
        ("trial::list", trial::list(&of_account(), NOW, WINDOW_MS)),
        ("trial::forget", trial::forget("visitor", NOW, WINDOW_MS)),
        ("trial::keep", trial::keep(&order, WINDOW_MS)),
        ("trial::list", trial::list(&visitor(), NOW, WINDOW_MS)),
        ("trial::purge", trial::purge(NOW, WINDOW_MS)),
        ("waitlist::join", waitlist::join(&request, NOW, WINDOW_MS)),
        ("waitlist::ask", waitlist::ask(&request, NOW)),
        ("waitlist::confirm", waitlist::confirm(request.token, NOW)),
        ("waitlist::leave", waitlist::leave(request.token)),
        ("waitlist::leave_as", waitlist::leave_as(account)),
        ("waitlist::purge", waitlist::purge(NOW)),
        ("waitlist::list_after", waitlist::list_after("", 9)),
        ("waitlist::give_tokens", waitlist::give_tokens("{}".to_owned(), NOW)),
    ];
    others.into_iter().chain(pages).collect()
}

fn everything() -> (String, String) {
    Query::default().id_range()
}

fn portrait() -> Portrait {
    Portrait {
        key: "portraits/x".to_owned(),
        format: Format::Jpeg,
        bytes: 1,
        sha256: HASH.to_owned(),
        crc32: 1,
    }
}

fn mailing() -> Mailing {
    Mailing {
        id: "id".to_owned(),
        subject: "News".to_owned(),
        text: "Text".to_owned(),
        audience: Audience::Both,
        language: None,
        after_email: "a@example.org".to_owned(),
        written: 0,
        asked: 0,
    }
}

fn request() -> Request<'static> {
    let (language, token) = (Language::En, WaitlistToken::from_bytes([7; 16]));
    Request { email: "ada@example.org", source: "home", language, token }
}

/// Names of the public functions of src/store that return a statement, as `file::function`.
fn builders() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for start in text.split("\npub fn ").skip(1) {
            let head = start.split('{').next().unwrap();
            if head.contains("-> Statement") {
                let name = head.split(['(', '<']).next().unwrap();
                found.push(format!("{module}::{name}"));
            }
        }
    }
    found.sort();
    found
}

fn arg(arg: &Arg) -> Box<dyn rusqlite::ToSql> {
    match arg {
        Arg::Null => Box::new(rusqlite::types::Null),
        Arg::Int(number) => Box::new(*number),
        Arg::Text(text) => Box::new(text.clone()),
    }
}

/// The plan of a statement, one line for each step.
fn plan(connection: &Connection, statement: &Statement) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let mut prepared = connection.prepare(&sql).unwrap();
    let rows =
        prepared.query_map(params_from_iter(statement.args.iter().map(arg)), |row| row.get(3));
    rows.unwrap().map(Result::unwrap).collect()
}

/// Steps that read a whole table. Walking the few rows that a WITH clause makes is none.
fn scans(plan: &[String]) -> Vec<&String> {
    let harmless = ["SCAN uses", "SCAN hours", "SCAN CONSTANT ROW", "SCAN json_each VIRTUAL"];
    // A subquery of its own is a step of its own, and what it reads is judged there.
    let harmless = [&harmless[..], &["SCAN (subquery-"]].concat();
    let scan = plan.iter().filter(|step| step.starts_with("SCAN"));
    scan.filter(|step| !harmless.iter().any(|start| step.starts_with(start))).collect()
}

#[test]
fn every_statement_is_known_here() {
    let mut known: Vec<String> = statements().iter().map(|(name, _)| (*name).to_owned()).collect();
    known.sort();
    known.dedup();
    assert_eq!(known, builders());
}

#[test]
fn no_statement_reads_a_whole_table() {
    let database = Database::new();
    for (name, statement) in statements() {
        let plan = plan(database.connection(), &statement);
        let scans = scans(&plan);
        assert!(scans.is_empty(), "{name} reads a whole table: {plan:#?}");
    }
}

/// Each minute of every day reads it.
#[test]
fn what_is_due_of_what_accounts_keep_is_one_range_of_its_index() {
    let database = Database::new();
    let plan = plan(database.connection(), &orders::list_keep_due(NOW, 60));
    assert_eq!(plan, ["SEARCH orders USING INDEX orders_keep ((kept,keep_at)<(?,?))"]);
}

#[test]
fn a_whole_table_read_is_found() {
    let database = Database::new();
    let sql = "SELECT id FROM orders WHERE model = 'x'";
    let plan = plan(database.connection(), &Statement { sql, args: vec![] });
    assert_eq!(scans(&plan).len(), 1, "{plan:?}");
}

#[test]
fn every_statement_runs_with_few_parameters() {
    for (name, statement) in statements() {
        let mut database = Database::new();
        assert!(statement.args.len() <= 100, "{name}");
        // What belongs to an account needs one.
        let (_, arrive) = statements().swap_remove(0);
        if name != "accounts::arrive" {
            database.run(&[arrive]).unwrap();
        }
        let ran = database.run(std::slice::from_ref(&statement));
        // Without an account this one aborts its batch.
        let aborts = name == "receipts::keep";
        assert_eq!(ran.is_ok(), !aborts, "{name}: {ran:?}");
    }
}

/// A statement never mentions a parameter that it is not given, nor is given one in vain.
#[test]
fn parameters_are_numbered_without_gaps() {
    for (name, statement) in statements() {
        let mut numbers: Vec<usize> = vec![];
        for rest in statement.sql.split('?').skip(1) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            numbers.push(digits.parse().unwrap());
        }
        numbers.sort_unstable();
        numbers.dedup();
        let expected: Vec<usize> = (1..=statement.args.len()).collect();
        assert_eq!(numbers, expected, "{name}");
    }
}

#[test]
fn migrations_apply_to_an_empty_database_and_to_one_with_rows() {
    let connection = Connection::open_in_memory().unwrap();
    let mut orders = 0;
    for (name, text) in migrations() {
        connection.execute_batch(text).unwrap();
        // Rows of an older version are there when the next migration comes.
        if name.starts_with("0001") {
            let before = ROW.replace(&"A".repeat(40), &"A".repeat(22)).replace("due_at", "wake_at");
            connection.execute_batch(&before).unwrap();
        }
        if name.starts_with("0005") {
            connection.execute_batch(ROW).unwrap();
            orders += 1;
        }
    }
    let count: i64 =
        connection.query_row("SELECT count(*) FROM orders", [], |row| row.get(0)).unwrap();
    assert_eq!((orders, count), (1, 1), "those with ids that prove nothing are given up");
    let status: String =
        connection.query_row("SELECT status FROM provider_status", [], |row| row.get(0)).unwrap();
    assert_eq!(status, "ok");
}

/// A placed order as the fifth migration knows it.
const ROW: &str = "INSERT INTO orders (id, version, state, options, prompt_version, model, images, \
                   metadata_removed, result_key, callback_token, tasks, parked, created_at, \
                   expires_at, due_at) VALUES \
                   ('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 1, 'placed', '{}', 1, \
                   'nano-banana-2', '[]', '[]', '{}', 'token', 0, 0, 1, 2, 1)";

fn with_row() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    for (_, text) in migrations() {
        connection.execute_batch(text).unwrap();
    }
    connection.execute_batch(ROW).unwrap();
    connection
}

/// With what an ended order of an account has in place of the words for it.
fn whole(set: &str) -> String {
    let ended = "due_at = NULL, state = 'delivered', completed_at = 5, account = ID22, \
                 expires_at = NULL";
    set.replace("ENDED", ended).replace("ID22", &format!("'{}'", "A".repeat(22)))
}

fn hold(bad: &[(&str, &str)], good: &[&str]) {
    for (set, what) in bad {
        let changed = with_row().execute(&format!("UPDATE orders SET {}", whole(set)), []);
        assert!(changed.is_err(), "the table takes {what}: {set}");
    }
    for set in good {
        let changed = with_row().execute(&format!("UPDATE orders SET {}", whole(set)), []);
        assert_eq!(changed, Ok(1), "{set}");
    }
}

#[test]
fn the_tables_refuse_rows_that_must_not_be() {
    let bad = [
        ("id = 'short'", "a short id"),
        ("version = 0", "version 0"),
        ("state = 'closed'", "a closed order has no row"),
        ("state = 'unknown'", "an unknown state"),
        ("options = '{'", "broken JSON"),
        ("images = 'x'", "broken JSON"),
        ("metadata_removed = ''", "broken JSON"),
        ("result_key = ''", "broken JSON"),
        ("tasks = 3", "a third task"),
        ("tasks = -1", "less than no task"),
        ("parked = 2", "parked is yes or no"),
        ("due_at = NULL, wake_at = 9, state = 'submitted'", "submitted without a task"),
        (
            "due_at = NULL, wake_at = 9, state = 'submitted', task_id = 't'",
            "submitted without a time",
        ),
        ("due_at = NULL, state = 'delivered'", "ended without a time"),
        ("completed_at = 5", "a time of the end without an end"),
        ("due_at = NULL, state = 'failed', completed_at = 5", "failed without a reason"),
        ("error = 'internal'", "a reason without a failure"),
        ("idempotency = 'k'", "a key without a fingerprint"),
        ("fingerprint = 'f'", "a fingerprint without a key"),
        ("due_at = NULL", "a placed order that sleeps for ever"),
        ("wake_at = 1", "a placed order with two moments"),
        ("due_at = NULL, state = 'submitting'", "a live order that sleeps for ever"),
        ("state = 'submitting', wake_at = 9", "an order at the provider and in the queue"),
        (
            "due_at = NULL, state = 'canceled', completed_at = 5, wake_at = 9",
            "an ended order that wakes before its time",
        ),
        (
            "due_at = NULL, state = 'canceled', completed_at = 5, expires_at = 0",
            "a deletion that nobody goes on with",
        ),
        ("idempotency = 'k', fingerprint = 'f'", "a key that is nobody's"),
        ("given_back = 1", "a try given back before the end"),
        ("due_at = NULL, state = 'delivered', completed_at = 5, given_back = 1", "a free one"),
        ("given_back = 2", "given back is yes or no"),
        ("created_at = NULL", "no time of creation"),
        ("problems = '[\"other\"]'", "a report of a picture that is not there"),
        ("due_at = NULL, state = 'delivered', completed_at = 5, problems = '['", "broken JSON"),
        ("version = 'one'", "text in a STRICT integer column"),
    ];
    let good = [
        "due_at = NULL, wake_at = 9, state = 'submitting'",
        "due_at = NULL, wake_at = 9, state = 'submitted', task_id = 't', submitted_at = 5",
        "due_at = NULL, state = 'delivered', completed_at = 5",
        "due_at = NULL, state = 'delivered', completed_at = 5, expires_at = NULL",
        "due_at = NULL, state = 'canceled', completed_at = 5, expires_at = 0, wake_at = 0",
        "due_at = NULL, state = 'failed', completed_at = 5, error = 'internal'",
        "due_at = NULL, state = 'delivered', completed_at = 5, problems = '[\"other\"]'",
        "visitor = 'v', idempotency = 'k', fingerprint = 'f'",
        "due_at = NULL, state = 'failed', completed_at = 5, error = 'internal', given_back = 1",
        "due_at = NULL, state = 'canceled', completed_at = 5, given_back = 1",
        "tasks = 2",
    ];
    hold(&bad, &good);
}

#[test]
fn the_tables_refuse_what_no_account_can_have() {
    let bad = [
        ("account = ID22", "an account's order that expires"),
        ("account = 'short', expires_at = NULL", "a short account"),
        ("kept = 1", "an anonymous order that is kept"),
        ("account = ID22, expires_at = NULL, kept = 1", "a live order that is kept"),
        ("starred = 1", "a star of nobody"),
        ("rating = 3", "a rating of nobody"),
        ("account = ID22, expires_at = NULL, rating = 6", "six of five"),
        ("label = 'x'", "a label of nobody"),
        ("preview = '{}'", "a preview for nobody"),
        ("counted = 2", "counted is yes or no"),
        ("trashed_at = 5", "a trash of nobody"),
        ("account = ID22, expires_at = NULL, trashed_at = 5", "a live order in the trash"),
        ("keep_at = 5", "an anonymous order with something to do about it"),
        ("ENDED", "an unmoved order that nobody goes on with"),
        ("ENDED, kept = 1, trashed_at = 5", "a trash that is never emptied"),
        ("ENDED, kept = 1, keep_at = 5", "a kept order with something to do about it"),
    ];
    let good = [
        "account = ID22, expires_at = NULL",
        "account = ID22, expires_at = NULL, starred = 1, rating = 5, label = 'x', preview = '{}'",
        "ENDED, keep_at = 5",
        "ENDED, kept = 1",
        "ENDED, kept = 1, trashed_at = 5, keep_at = 6",
        "ENDED, kept = 0, trashed_at = 5, keep_at = 6",
        "due_at = NULL, state = 'delivered', completed_at = 5, account = ID22, expires_at = 0, \
         wake_at = 0, kept = 1, trashed_at = 5",
        "counted = 0",
    ];
    hold(&bad, &good);
}

#[test]
fn one_key_makes_one_row() {
    let connection = with_row();
    let set = "UPDATE orders SET visitor = 'v', idempotency = 'k', fingerprint = 'f'";
    connection.execute_batch(set).unwrap();
    let second = ROW.replace("AAAA'", "BBBB'");
    connection.execute_batch(&second).unwrap();
    let error = connection.execute_batch(set).unwrap_err().to_string();
    let same = "UNIQUE constraint failed: orders.visitor, orders.idempotency";
    assert!(error.contains(same), "{error}");
    // Without a key a visitor has as many orders as the trial allows.
    let without = "UPDATE orders SET visitor = 'v', idempotency = NULL, fingerprint = NULL";
    connection.execute_batch(without).unwrap();
}

/// The order of this number, placed so many milliseconds after NOW.
fn numbered(number: u8) -> Order {
    Order {
        id: OrderId::from_bytes([number; 30]),
        version: 1,
        created_at: NOW.plus(number.into()),
        ..machine::order(State::Placed)
    }
}

/// The batch that places it.
fn placing(order: &Order) -> [Statement; 2] {
    let visitor = order.visitor.clone().unwrap();
    let who = Counted { visitor, account: order.account };
    [trial::require(&who, order.created_at, 3, WINDOW_MS), orders::insert(order, None)]
}

/// When the tries were used that count at this moment.
fn used(database: &mut Database, now: Millis) -> Vec<i64> {
    let rows = database.run(&[trial::list(&visitor(), now, WINDOW_MS)]).unwrap();
    trial::uses(&rows[0]).unwrap().iter().map(|at| at.since(NOW)).collect()
}

#[test]
fn the_fourth_try_aborts_the_whole_batch() {
    let mut database = Database::new();
    for number in 1..=3 {
        database.run(&placing(&numbered(number))).unwrap();
    }
    let text = "D1_ERROR: NOT NULL constraint failed: spent_tries.period: SQLITE_CONSTRAINT";
    let [require, insert] = placing(&numbered(4));
    for batch in [[require.clone(), insert.clone()], [insert.clone(), require]] {
        let refused = database.run(&batch).unwrap_err();
        assert_eq!(refused, DatabaseError::Constraint(text.to_owned()));
        let find = database.run(&[orders::find(numbered(4).id)]).unwrap();
        assert_eq!(find, [vec![]], "nothing of the batch was written");
    }
    assert_eq!(used(&mut database, NOW.plus(4)), [1, 2, 3]);
    let others = Order { visitor: Some("other".to_owned()), ..numbered(5) };
    database.run(&placing(&others)).unwrap();
    let later = |ms: i64| Order { created_at: NOW.plus(WINDOW_MS + ms), ..numbered(6) };
    database.run(&placing(&later(0))).unwrap_err();
    database.run(&placing(&later(1))).unwrap();
    assert_eq!(used(&mut database, NOW.plus(WINDOW_MS + 1)), [2, 3, WINDOW_MS + 1]);
}

#[test]
fn what_an_order_has_used_outlives_it_and_counts_once() {
    let mut database = Database::new();
    for number in 1..=3 {
        database.run(&placing(&numbered(number))).unwrap();
    }
    let closing = |number, version| {
        let closed = Order { version, state: State::Closed, ..numbered(number) };
        [trial::keep(&closed, WINDOW_MS), orders::delete(&closed)]
    };
    database.run(&closing(2, 7)).unwrap();
    assert_eq!(used(&mut database, NOW.plus(4)), [1, 2, 3], "another version was there");
    for _ in 0..3 {
        database.run(&closing(2, 2)).unwrap();
        assert_eq!(used(&mut database, NOW.plus(4)), [1, 2, 3]);
        database.run(&placing(&numbered(4))).unwrap_err();
    }
    let canceled = Order {
        version: 2,
        state: State::Canceled,
        completed_at: Some(NOW),
        given_back: true,
        wake_at: None,
        ..numbered(3)
    };
    database.run(&[orders::update(&numbered(3), &canceled)]).unwrap();
    assert_eq!(used(&mut database, NOW.plus(4)), [1, 2]);
    // Over midnight and to the end of the window, by a clock that is set back, too.
    let ends = NOW.plus(2 + WINDOW_MS);
    for now in [ends.plus(-1), NOW.plus(-WINDOW_MS / 24), NOW.plus(-WINDOW_MS)] {
        database.run(&[trial::purge(now, WINDOW_MS)]).unwrap();
        assert!(used(&mut database, now).contains(&2), "at {now:?}");
    }
    assert_eq!(used(&mut database, ends), Vec::<i64>::new());
    database.run(&[trial::purge(ends.plus(WINDOW_MS), WINDOW_MS)]).unwrap();
    let count = "SELECT count(*) FROM spent_tries";
    let left = database.connection().query_row(count, [], |row| row.get::<_, i64>(0));
    assert_eq!(left, Ok(0));
}

#[test]
fn a_compare_and_set_on_another_version_writes_nothing() {
    let mut database = Database::new();
    let mut order = machine::order(State::Placed);
    order.version = 1;
    database.run(&[orders::insert(&order, None)]).unwrap();
    let before = order.clone();
    order.version = 3;
    assert_eq!(database.run(&[orders::update(&before, &order)]).unwrap(), [vec![]]);
    order.version = 2;
    assert_eq!(database.run(&[orders::update(&before, &order)]).unwrap()[0].len(), 1);
}

/// An entry of an index is billed as a row, and an update that names its column writes it.
#[test]
fn an_update_names_the_moments_only_when_they_change() {
    let [placed, submitting, submitted] =
        [State::Placed, State::Submitting, State::Submitted].map(machine::order);
    let names = |before: &Order, next: &Order| orders::update(before, next).sql.contains("wake_at");
    assert!(names(&placed, &submitting) && names(&submitting, &placed));
    assert!(!names(&submitting, &submitted));
    let mut later = submitted.clone();
    later.wake_at = later.wake_at.map(|at| at.plus(1));
    assert!(names(&submitted, &later));
    // The same moment in the queue is another column.
    later.wake_at = placed.wake_at;
    assert!(names(&placed, &later));
    for (before, next) in [(&placed, &submitting), (&submitting, &submitted)] {
        let mut database = Database::new();
        let mut first = placed.clone();
        first.version = next.version - 2;
        database.run(&[orders::insert(&first, None)]).unwrap();
        let mut between = before.clone();
        between.version = next.version - 1;
        database.run(&[orders::update(&first, &between), orders::update(before, next)]).unwrap();
        let rows = database.run(&[orders::find(next.id)]).unwrap();
        assert_eq!(orders::order(&rows[0][0]).as_ref(), Ok(next), "read as it was written");
    }
}

/// The lists of an owner have indexes of their own.
#[test]
fn an_update_names_the_owner_and_the_trash_only_when_they_change() {
    let before = machine::order(State::Delivered);
    let names = |next: &Order| orders::update(&before, next).sql.contains("trashed_at = ");
    let mut next = before.clone();
    next.version += 1;
    assert!(!names(&next));
    next.wake_at = Some(NOW);
    assert!(!names(&next));
    next.account = Some(AccountId::from_bytes([1; 16]));
    assert!(names(&next));
    next.account = before.account;
    next.trashed_at = Some(NOW);
    assert!(names(&next));
}

/// What ended, and what the provider never took, is found by its age; what has a wake-up by that.
#[test]
fn every_order_is_found_at_its_end_and_not_before() {
    let mut database = Database::new();
    let retention_ms = 2 * WINDOW_MS;
    let placed_at = NOW.plus(-retention_ms);
    let insert = |database: &mut Database, state: State, at: Millis, number: u8| {
        let mut order = machine::order(state);
        order.created_at = at;
        order.id = OrderId::new(&keyring(1, None), at, [number; 16]);
        order.expires_at = Some(at.plus(retention_ms));
        let mut placed = machine::order(State::Placed);
        (placed.id, placed.created_at, placed.version) = (order.id, at, order.version - 1);
        database.run(&[orders::insert(&placed, None), orders::update(&placed, &order)]).unwrap();
        order.id
    };
    let ended = [State::Placed, State::Delivered, State::Failed, State::Canceled];
    let expired: Vec<OrderId> = (1..)
        .zip(ended)
        .map(|(number, state)| insert(&mut database, state, placed_at, number))
        .collect();
    for (number, state) in (11..).zip(ended) {
        insert(&mut database, state, placed_at.plus(1), number);
    }
    insert(&mut database, State::Submitted, placed_at, 21);
    let found = |database: &mut Database, now: Millis| -> Vec<OrderId> {
        let rows = database.run(&[orders::list_expired(now, retention_ms, false)]).unwrap();
        rows[0].iter().map(|row| orders::order(row).unwrap().id).collect()
    };
    assert_eq!(found(&mut database, NOW.plus(-1)), []);
    assert_eq!(found(&mut database, NOW), expired);
    assert_eq!(found(&mut database, NOW.plus(1)).len(), 8);
    let plan = plan(database.connection(), &orders::list_expired(NOW, retention_ms, false));
    assert_eq!(plan, ["SEARCH orders USING PRIMARY KEY (id>? AND id<?)"], "whatever else is kept");
    assert_eq!(found(&mut database, NOW.plus(WINDOW_MS)), [], "the long look finds what is left");
    let late = orders::list_expired(NOW.plus(WINDOW_MS), retention_ms, true);
    assert_eq!(database.run(&[late]).unwrap()[0].len(), 8);
}

/// Counters as (hour, model, what, seconds, orders).
fn counters(database: &Database) -> Vec<(i64, String, String, i64, i64)> {
    let sql = "SELECT hour, model, outcome AS what, seconds, orders FROM outcomes UNION ALL \
               SELECT hour, model, problem, -1, orders FROM reports ORDER BY what, seconds";
    let mut prepared = database.connection().prepare(sql).unwrap();
    let rows = prepared
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn counter(what: &str, seconds: i64, orders: i64) -> (i64, String, String, i64, i64) {
    (9, "nano-banana-2".to_owned(), what.to_owned(), seconds, orders)
}

/// Two who come to the same step at once send the same batch: the second one changes nothing, and
/// so it counts nothing, although the order is just as the batch would have left it.
#[test]
fn a_lost_compare_and_set_counts_nothing() {
    let mut database = Database::new();
    database.run(&[orders::insert(&machine::order(State::Placed), None)]).unwrap();
    database.connection().execute_batch("UPDATE orders SET version = 1").unwrap();
    let placed = machine::order(State::Placed);
    let mut delivered = machine::order(State::Delivered);
    delivered.version = 2;
    let ended = Count::Ended { hour: 9, outcome: Outcome::Completed, seconds: 30 };
    let batch =
        |next: &Order, count: &Count| [counts::add(next, count), orders::update(&placed, next)];
    for returned in [1, 0, 0] {
        let rows = database.run(&batch(&delivered, &ended)).unwrap();
        assert_eq!(rows.iter().flatten().count(), returned);
        assert_eq!(counters(&database), [counter("completed", 30, 1)]);
    }
    let problems = vec![Problem::FaceChanged, Problem::Other];
    let mut reported = delivered.clone();
    reported.version = 3;
    reported.problems = Some(problems.clone());
    let both = Count::Reported { hour: 9, problems };
    for _ in 0..2 {
        database.run(&batch(&reported, &both)).unwrap();
        let all = [("completed", 30), ("face_changed", -1), ("other", -1)];
        assert_eq!(counters(&database), all.map(|(what, class)| counter(what, class, 1)));
    }
    // The same of another order counts on.
    let mut other = machine::order(State::Placed);
    other.id = OrderId::from_bytes([8; 30]);
    other.version = 1;
    database.run(&[orders::insert(&other, None)]).unwrap();
    other = Order { id: other.id, ..delivered };
    database.run(&batch(&other, &ended)).unwrap();
    assert_eq!(counters(&database)[0], counter("completed", 30, 2));
}

/// Counts an order that ended and a picture that was reported in this hour; each is another order.
fn count_in(database: &mut Database, hour: i64) {
    database.connection().execute_batch("DELETE FROM orders").unwrap();
    let mut order = machine::order(State::Placed);
    order.version = 1;
    database.run(&[orders::insert(&order, None)]).unwrap();
    order.version = 2;
    let ended = Count::Ended { hour, outcome: Outcome::Completed, seconds: 30 };
    let reported = Count::Reported { hour, problems: vec![Problem::Other] };
    database.run(&[counts::add(&order, &ended), counts::add(&order, &reported)]).unwrap();
}

/// The counters of these hours, as the status asks for them: completed orders and reports.
fn counted(database: &mut Database, first_hour: i64, last_hour: i64) -> (i64, i64) {
    let batch =
        [counts::list_outcomes(first_hour, last_hour), counts::list_reports(first_hour, last_hour)];
    let rows = database.run(&batch).unwrap();
    let number = |rows: &[anytryon::ports::Row]| -> i64 {
        assert!(rows.len() <= 1, "one kind, one row: {rows:?}");
        rows.iter().map(|row| row["orders"].as_i64().unwrap()).sum()
    };
    (number(&rows[0]), number(&rows[1]))
}

#[test]
fn counters_are_a_ring_of_two_days() {
    let mut database = Database::new();
    let now = NOW.0 / 3_600_000;
    for hour in [now - 24, now - 24, now, now, now] {
        count_in(&mut database, hour);
    }
    assert_eq!(counted(&mut database, now - 23, now), (3, 3), "the hours that are asked for");
    assert_eq!(counted(&mut database, now - 24, now), (5, 5));
    assert_eq!(counted(&mut database, now + 25, now + 48), (0, 0), "not what has the same slot");
    // Two days later its slot is another hour's, which begins at one.
    for orders in 1..=2 {
        count_in(&mut database, now + 48);
        assert_eq!(counted(&mut database, now + 25, now + 48), (orders, orders));
        assert_eq!(counted(&mut database, now - 24, now), (2, 2));
    }
    // What comes later still for the hour that was there before takes nothing away.
    count_in(&mut database, now);
    assert_eq!(counted(&mut database, now + 48, now + 48), (2, 2));
    let rows = counters(&database);
    assert_eq!(rows.len(), 4, "a row for each slot and kind: {rows:?}");
}

#[test]
fn counters_never_take_more_rows_than_the_ring_has() {
    let mut database = Database::new();
    for hour in 0..200 {
        count_in(&mut database, hour);
    }
    assert_eq!(counters(&database).len(), 2 * 48);
}
