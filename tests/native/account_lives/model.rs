//! What must hold, told apart from the product: by what the database holds between two events, and
//! by what each browser is answered.

use std::collections::{BTreeMap, BTreeSet};

use anytryon::domain::hex::hex;
use anytryon::domain::id::SessionToken;
use anytryon::domain::rules::{Rules, TASKS_PER_ORDER_MAX};
use anytryon::domain::session::token_hash;
use anytryon::domain::time::{HOUR_MS, MINUTE_MS};
use sha2::{Digest, Sha256};

use crate::world::{Answer, Ask, World};

use super::chaos::Profile;

/// How far the clock is turned, forth and back, and how long a request may take.
const SKEW_MS: i64 = 25 * MINUTE_MS;
/// Before this age every order of an account is moved, when the storage works.
const MOVED_MS: i64 = 47 * HOUR_MS;

/// A link lives at least so long.
const LINK_MS: i64 = 4 * MINUTE_MS;

/// An order's row, as far as the model looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub account: Option<String>,
    pub visitor: Option<String>,
    pub state: String,
    pub kept: bool,
    pub trashed_at: Option<i64>,
    pub expires_at: Option<i64>,
    pub created_at: i64,
    pub token: String,
}

impl Row {
    /// It is being deleted for good.
    fn is_condemned(&self) -> bool {
        self.expires_at == Some(0)
    }
}

/// An account's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub subject: String,
    pub due_at: Option<i64>,
}

/// What the database held at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub now: i64,
    pub orders: BTreeMap<String, Row>,
    pub accounts: BTreeMap<String, Person>,
}

impl Snapshot {
    pub fn of(world: &World) -> Self {
        let mut snapshot = Self { now: world.clock().0, ..Self::default() };
        world.with_database(|one| {
            let sql = "SELECT id, account, visitor, state, kept, trashed_at, expires_at, \
                       created_at, callback_token FROM orders";
            let mut prepared = one.connection().prepare_cached(sql).unwrap();
            let mut rows = prepared.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let order = Row {
                    account: row.get(1).unwrap(),
                    visitor: row.get(2).unwrap(),
                    state: row.get(3).unwrap(),
                    kept: row.get(4).unwrap(),
                    trashed_at: row.get(5).unwrap(),
                    expires_at: row.get(6).unwrap(),
                    created_at: row.get(7).unwrap(),
                    token: row.get(8).unwrap(),
                };
                snapshot.orders.insert(row.get(0).unwrap(), order);
            }
            let sql = "SELECT id, subject, deletion_due_at FROM accounts";
            let mut prepared = one.connection().prepare_cached(sql).unwrap();
            let mut rows = prepared.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                let person = Person { subject: row.get(1).unwrap(), due_at: row.get(2).unwrap() };
                snapshot.accounts.insert(row.get(0).unwrap(), person);
            }
        });
        snapshot
    }

    fn owner(&self, id: &str) -> Option<&str> {
        self.orders.get(id)?.account.as_deref()
    }
}

/// Who asked, and what there was when he did.
#[derive(Clone, Debug)]
pub struct Moment {
    pub account: Option<String>,
    pub before: Snapshot,
}

/// What browsers were told of an order.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub id: String,
    /// Links to its pictures, whether it was an account's when they were made, and when they were.
    pub links: BTreeMap<String, (bool, i64)>,
}

/// See the module.
pub struct Model {
    pub profile: Profile,
    pub rules: Rules,
    pub violations: Vec<String>,
    pub stats: BTreeMap<String, u64>,
    pub known: Vec<Known>,
    pub last: Snapshot,
    /// Everybody who ever had an account, by its id.
    pub people: BTreeMap<String, String>,
    /// Which visitors have gone to sign in as whom.
    claims: BTreeSet<(String, String)>,
    /// Who may have asked for an order to be deleted.
    deletions: BTreeSet<String>,
    /// Orders that may be emptied from the trash.
    purges: BTreeSet<String>,
    /// All that ever belonged to an account: ids of its orders and keys of their files.
    belongings: BTreeMap<String, BTreeSet<String>>,
    /// The latest moment that any clock has shown.
    latest: i64,
    /// When the cron last ran to its end.
    pub swept_at: i64,
}

impl Model {
    pub fn new(profile: Profile, rules: Rules) -> Self {
        Self {
            profile,
            rules,
            violations: vec![],
            stats: BTreeMap::new(),
            known: vec![],
            last: Snapshot::default(),
            people: BTreeMap::new(),
            claims: BTreeSet::new(),
            deletions: BTreeSet::new(),
            purges: BTreeSet::new(),
            belongings: BTreeMap::new(),
            latest: 0,
            swept_at: 0,
        }
    }

    pub fn violate(&mut self, text: impl Into<String>) {
        self.violations.push(text.into());
    }

    pub fn note(&mut self, what: &str) {
        *self.stats.entry(what.to_owned()).or_default() += 1;
    }

    /// Who asks with this cookie, and what there is.
    pub fn moment(&self, world: &World, session: Option<&str>) -> Moment {
        let account = session.and_then(|token| account_of(world, token, &self.rules));
        Moment { account, before: Snapshot::of(world) }
    }

    pub fn learn(&mut self, id: &str) -> usize {
        if let Some(index) = self.known.iter().position(|one| one.id == id) {
            return index;
        }
        self.known.push(Known { id: id.to_owned(), ..Known::default() });
        self.known.len() - 1
    }

    /// Somebody who brings this visitor's cookie goes to sign in.
    pub fn claims(&mut self, visitor: &str, subject: &str) {
        self.claims.insert((visitor.to_owned(), subject.to_owned()));
    }

    /// Somebody asks for an order to be deleted; whether that may happen.
    pub fn deletes(&mut self, moment: &Moment, id: &str) {
        let owner = moment.before.owner(id);
        if owner.is_none() || owner == moment.account.as_deref() {
            self.deletions.insert(id.to_owned());
        }
    }

    /// An account empties its trash.
    pub fn empties(&mut self, moment: &Moment) {
        let Some(account) = &moment.account else { return };
        let hers = moment.before.orders.iter();
        let hers = hers.filter(|(_, row)| row.account.as_ref() == Some(account));
        self.purges.extend(hers.map(|(id, _)| id.clone()));
    }

    /// What must hold of every answer.
    pub fn answered(&mut self, moment: &Moment, ask: &Ask, answer: &Answer) {
        let named = format!("{} {}", ask.method, ask.path);
        if answer.status >= 500 && answer.status != 503 {
            self.violate(format!("{named} answered {}", answer.status));
        }
        let text = answer.text();
        let said = format!("{} {}", ask.path, String::from_utf8_lossy(&ask.body));
        for (account, subject) in &self.people {
            let is_own = moment.account.as_ref() == Some(account);
            let own_subject =
                moment.account.as_ref().and_then(|own| self.people.get(own)) == Some(subject);
            let words = [format!("Person {subject}"), format!("{subject}@example.com")];
            let tells_name = !own_subject && words.iter().any(|word| text.contains(word));
            if tells_name || (!is_own && text.contains(account)) {
                self.violations.push(format!("I13 {named} tells of {subject}"));
            }
        }
        for (id, row) in &moment.before.orders {
            let Some(owner) = &row.account else { continue };
            let is_own = moment.account.as_ref() == Some(owner);
            if !is_own && text.contains(id.as_str()) && !said.contains(id.as_str()) {
                self.violations.push(format!("I13 {named} tells of an order of another account"));
            }
        }
        if moment.account.is_none() && answer.status < 300 && is_accounts(&ask.path) {
            self.violate(format!("I13 {named} answered {} to nobody", answer.status));
        }
    }

    /// An answer about one order: whether this browser may have it.
    pub fn about(&mut self, moment: &Moment, id: &str, answer: &Answer, world: &World) {
        if answer.status >= 300 {
            return;
        }
        let after = Snapshot::of(world);
        let may = |owner: Option<&str>| owner.is_none() || owner == moment.account.as_deref();
        if !may(moment.before.owner(id)) {
            self.violate("I13 another account's order was served");
        }
        // Its owner may note something about what lies in the trash.
        if !answer.text().contains("\"images\"") {
            return;
        }
        // It may have been trashed or deleted in the very meantime, but not before and after.
        let is_gone = |snapshot: &Snapshot| {
            snapshot.orders.get(id).is_none_or(|row| {
                row.trashed_at.is_some() || row.expires_at.is_some_and(|at| snapshot.now >= at)
            })
        };
        if is_gone(&moment.before) && is_gone(&after) {
            self.violate("I9 what was gone or in the trash was served");
        }
    }

    /// A picture was asked for by a link that was made at this moment.
    pub fn pictured(
        &mut self,
        moment: &Moment,
        id: &str,
        (owned, made_at): (bool, i64),
        answer: &Answer,
        world: &World,
    ) {
        self.note(&format!("GET picture {}", answer.status));
        let row = moment.before.orders.get(id);
        let after = Snapshot::of(world);
        let is_shown = |row: Option<&Row>| {
            row.is_some_and(|row| row.trashed_at.is_none() && row.expires_at.is_none())
        };
        let is_young = after.now - made_at < LINK_MS && !self.profile.clock;
        // The row of an account whose time is over stays for a while, and shows nothing.
        let is_over = |snapshot: &Snapshot| {
            let person = snapshot.owner(id).and_then(|account| snapshot.accounts.get(account));
            person.and_then(|person| person.due_at).is_some_and(|at| snapshot.now >= at)
        };
        let stays = is_shown(row) && is_shown(after.orders.get(id)) && !is_over(&after);
        if owned && is_young && stays && answer.status == 410 {
            self.violate("I5 a picture of an account's order could not be seen");
        }
        if answer.status != 200 {
            return;
        }
        let is_gone = row.is_none_or(|row| {
            row.expires_at.is_some_and(|at| moment.before.now >= at)
                || (owned && row.trashed_at.is_some())
        });
        if owned && is_over(&moment.before) && is_over(&after) {
            self.violate("I8 a link showed a picture of an account whose time was over");
        }
        if is_gone {
            self.violate(format!("I8 a link of what was gone served its picture ({row:?})"));
        }
    }

    /// Compares what there is with what there was.
    pub fn look(&mut self, world: &World) {
        let now = Snapshot::of(world);
        self.latest = self.latest.max(now.now);
        for (id, person) in &now.accounts {
            self.people.entry(id.clone()).or_insert_with(|| person.subject.clone());
        }
        let last = std::mem::take(&mut self.last);
        self.changes(&last, &now);
        self.ages(&now);
        self.remember(world, &now);
        self.tasks(world);
        self.deleted(world, &last, &now);
        self.last = now;
    }

    /// I8, I11, I13: who became an owner, and what vanished, had a reason.
    fn changes(&mut self, last: &Snapshot, now: &Snapshot) {
        for (id, before) in &last.orders {
            let after = now.orders.get(id);
            if let (Some(after), None) = (after, &before.account)
                && let Some(owner) = &after.account
            {
                let visitor = before.visitor.clone().unwrap_or_default();
                let subject = self.people.get(owner).cloned().unwrap_or_default();
                self.note("claimed");
                if !self.claims.contains(&(visitor, subject)) {
                    self.violate("I13 an order was claimed by somebody else");
                }
            }
            if let (Some(after), Some(owner)) = (after, &before.account)
                && after.account.as_ref() != Some(owner)
            {
                self.violate("I13 an order has another owner");
            }
            self.ends(id, before, after, last, now);
        }
    }

    fn ends(
        &mut self,
        id: &str,
        before: &Row,
        after: Option<&Row>,
        last: &Snapshot,
        now: &Snapshot,
    ) {
        let is_trashed = |row: &Row| row.trashed_at.is_some();
        if after.is_some_and(is_trashed) && !is_trashed(before) {
            self.note("trashed");
            if !self.deletions.contains(id) {
                self.violate("I13 nobody who may has put an order into the trash");
            }
        }
        if before.is_condemned() || after.is_some_and(|row| !row.is_condemned()) {
            return;
        }
        // It was deleted for good since.
        let owner = before.account.as_ref().or(after.and_then(|row| row.account.as_ref()));
        let Some(owner) = owner else {
            let over = before.expires_at.is_some_and(|at| at <= self.latest);
            if !over && !self.deletions.contains(id) {
                self.violate("I11 an anonymous order vanished");
            }
            return;
        };
        let is_due = |snapshot: &Snapshot| {
            let due_at = snapshot.accounts.get(owner).map(|person| person.due_at);
            due_at.is_none_or(|at| at.is_some_and(|at| at <= self.latest))
        };
        let old = before.trashed_at.is_some_and(|at| at + self.rules.trash_ms <= self.latest);
        if !is_due(last) && !is_due(now) && !old && !self.purges.contains(id) {
            let who = last.accounts.get(owner);
            self.violate(format!("I11 an account's order vanished: {before:?} of {who:?}"));
        }
        self.note("purged");
    }

    /// I9: nothing is anybody's for longer than 48 hours that nobody has claimed, and what was
    /// claimed is moved in time.
    fn ages(&mut self, now: &Snapshot) {
        for row in now.orders.values() {
            let age = now.now - row.created_at;
            let lives = row.expires_at.map_or(0, |at| at - row.created_at);
            if row.account.is_none()
                && (row.expires_at.is_none() || lives > self.rules.retention_ms)
            {
                self.violations.push("I9 an anonymous order lives longer".to_owned());
            }
            let moves =
                self.profile.files == 0 && self.profile.is_answered() && !self.profile.clock;
            let swept = now.now - self.swept_at < 2 * MINUTE_MS;
            if moves && swept && row.account.is_some() && !row.kept && age > MOVED_MS + SKEW_MS {
                self.violations.push(format!("I5 not moved after {} h: {row:?}", age / HOUR_MS));
            }
        }
    }

    /// What belongs to whom, for the day on which it must be gone.
    fn remember(&mut self, world: &World, now: &Snapshot) {
        world.with_database(|one| {
            for (id, row) in &now.orders {
                let Some(account) = &row.account else { continue };
                let hers = self.belongings.entry(account.clone()).or_default();
                if hers.insert(id.clone()) {
                    let order = one.order(id).unwrap();
                    for text in [order.images, order.result_key] {
                        hers.extend(file_ids(&text));
                    }
                }
            }
        });
    }

    /// I10: never more than two tasks for one order.
    fn tasks(&mut self, world: &World) {
        let mut counts: BTreeMap<String, u8> = BTreeMap::new();
        world.with_provider(|provider| {
            for task in provider.tasks.values() {
                *counts.entry(task.token().to_owned()).or_default() += 1;
            }
        });
        if counts.values().any(|count| *count > TASKS_PER_ORDER_MAX) {
            self.violate("I10 three tasks for one order");
        }
    }

    /// I8: of an account that went nothing is left in any table.
    fn deleted(&mut self, world: &World, last: &Snapshot, now: &Snapshot) {
        for (id, person) in &last.accounts {
            if now.accounts.contains_key(id) {
                continue;
            }
            self.note("account deleted");
            if person.due_at.is_none_or(|at| at > self.latest) {
                self.violate("I8 an account went before its time");
            }
            self.nothing_left_in_rows(world, id);
        }
    }

    pub fn nothing_left_in_rows(&mut self, world: &World, account: &str) {
        let rows = world.with_database(|one| one.everything());
        let mut secrets = self.belongings.get(account).cloned().unwrap_or_default();
        secrets.insert(account.to_owned());
        secrets.insert(hash_of_account(account));
        for line in rows.lines() {
            if let Some(secret) = secrets.iter().find(|secret| line.contains(secret.as_str())) {
                let table = line.split(' ').next().unwrap_or_default();
                self.violations.push(format!("I8 {table} still holds {secret}"));
            }
        }
    }

    /// The same of every person who has no account now, and of the files of every account that went.
    pub fn nothing_left(&mut self, world: &World) {
        let rows = world.with_database(|one| one.everything());
        let keys: Vec<String> = world.with_files(|files| files.keys().cloned().collect());
        let here: BTreeSet<&String> =
            self.last.accounts.values().map(|person| &person.subject).collect();
        let gone = |id: &&String| !self.last.accounts.contains_key(*id);
        let accounts: Vec<String> = self.people.keys().filter(gone).cloned().collect();
        let mut found = vec![];
        for account in &accounts {
            let ids = self.belongings.get(account).into_iter().flatten();
            for key in keys.iter().filter(|key| ids.clone().any(|id| key.contains(id.as_str()))) {
                found.push(format!("I8 the file {key} of a deleted account"));
            }
            let subject = &self.people[account];
            if !here.contains(subject) && rows.contains(&format!("{subject}@example.com")) {
                found.push(format!("I8 the address of {subject} is left"));
            }
        }
        self.violations.extend(found);
        for account in accounts {
            self.nothing_left_in_rows(world, &account);
        }
    }
}

fn is_accounts(path: &str) -> bool {
    ["/api/account", "/api/history", "/account", "/history"]
        .iter()
        .any(|prefix| path.starts_with(prefix) && !path.starts_with("/account/email"))
}

/// The account of a session that is alive.
fn account_of(world: &World, token: &str, rules: &Rules) -> Option<String> {
    let hash = token_hash(&SessionToken::parse(token)?);
    let now = world.clock().0;
    world.with_database(|one| {
        let sql = "SELECT account FROM sessions JOIN accounts ON accounts.id = account \
                   WHERE token_hash = ?1 AND used_at > ?2 AND signed_in_at > ?3 \
                   AND (deletion_due_at IS NULL OR deletion_due_at > ?4)";
        let args = [now - rules.session_idle_ms, now - rules.session_life_ms, now];
        let mut prepared = one.connection().prepare_cached(sql).unwrap();
        prepared.query_row((hash, args[0], args[1], args[2]), |row| row.get(0)).ok()
    })
}

fn hash_of_account(id: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(id).unwrap_or_default();
    hex(&Sha256::digest([b"account\0".as_slice(), &bytes].concat()))
}

/// The ids of files that a column names.
fn file_ids(json: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    let mut to_do = vec![&value];
    while let Some(value) = to_do.pop() {
        match value {
            serde_json::Value::Array(all) => to_do.extend(all),
            serde_json::Value::Object(all) => {
                if let (Some(_), Some(serde_json::Value::String(id))) =
                    (all.get("hour"), all.get("id"))
                {
                    ids.insert(id.clone());
                }
                to_do.extend(all.values());
            }
            serde_json::Value::Null
            | serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::String(_) => {}
        }
    }
    ids
}
