//! What must hold, told apart from the product: the model sees committed changes, answers and
//! files, and never asks the code under test what it thinks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use sha2::{Digest, Sha256};

use anytryon::domain::hex::hex;
use anytryon::domain::limits::Rate;
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{HOUR_MS, MINUTE_MS};

use crate::world::{Answer, Change, Kind, OrderRow, World};

use super::chaos::Profile;

/// Which states may follow which. A final state is followed by itself only, when it is deleted.
const NEXT: [(&str, &[&str]); 6] = [
    ("placed", &["submitting", "submitted", "delivered", "canceled"]),
    ("submitting", &["placed", "submitted", "delivered", "failed", "canceled", "submitting"]),
    ("submitted", &["placed", "submitted", "delivered", "failed", "canceled"]),
    ("delivered", &["delivered"]),
    ("failed", &["failed"]),
    ("canceled", &["canceled"]),
];

/// How long a request may be under way, for the limits and the keys.
const SLACK_MS: i64 = 5 * MINUTE_MS;
/// How long after a forward step of the clock the window of starts is not held.
const AFTER_STEP_MS: i64 = 22_000;

/// One order as its changes show it.
pub struct Tracked {
    pub row: OrderRow,
    pub inputs: Vec<String>,
    pub output: Option<String>,
    pub closed: bool,
}

/// One order that a visitor knows of.
pub struct Known {
    pub id: String,
    /// Ticks of the acknowledgements.
    pub canceled: Option<u64>,
    pub deleted: Option<u64>,
    /// Largest sequence seen and when.
    pub seen: (u64, i64),
    /// Links to its pictures, each with the picture's id.
    pub links: Vec<(String, String)>,
}

/// The moment of a request.
#[derive(Clone, Copy)]
pub struct Moment {
    pub tick: u64,
    pub wall: i64,
}

/// What a placing request was about.
#[derive(Clone)]
pub struct Placing {
    pub cookie: String,
    pub key: Option<String>,
    pub body: usize,
}

/// See the module.
pub struct Model {
    pub profile: Profile,
    pub rules: Rules,
    pub orders: BTreeMap<String, Tracked>,
    pub known: Vec<Known>,
    /// (cookie, key) -> (body, order).
    keys: BTreeMap<(String, String), (usize, String)>,
    /// Visitor's hash -> tries that are taken: when and by which order.
    holds: BTreeMap<String, Vec<(i64, String)>>,
    /// (hour, how an order ended or what of its picture was reported) -> how many.
    counted: BTreeMap<(i64, String), i64>,
    latest_take: BTreeMap<String, i64>,
    /// Visitor's hash -> network.
    pub networks: BTreeMap<String, usize>,
    placed_by_network: BTreeMap<usize, Vec<i64>>,
    placed: Vec<i64>,
    /// Digest of each picture, by its public id.
    digests: BTreeMap<String, String>,
    tasks_seen: usize,
    creates_seen: usize,
    tick: u64,
    pub max_wall: i64,
    /// Forward steps of the wall clock, summed, and when the last was.
    pub forward_ms: i64,
    pub stepped_at: i64,
    /// When the keys were changed, by the wall clock.
    pub rotated_at: Vec<i64>,
    /// Hours whose files a sweep has listed without a failure.
    pub hours_swept: BTreeSet<i64>,
    pub violations: Vec<String>,
    /// How often interesting things happened.
    pub stats: BTreeMap<String, u64>,
}

fn key_of(key: &Value) -> String {
    format!("anon/{}/{}", key["hour"], key["id"].as_str().unwrap())
}

impl Model {
    pub fn new(profile: Profile, rules: Rules) -> Self {
        Self {
            profile,
            rules,
            orders: BTreeMap::new(),
            known: vec![],
            keys: BTreeMap::new(),
            holds: BTreeMap::new(),
            counted: BTreeMap::new(),
            latest_take: BTreeMap::new(),
            networks: BTreeMap::new(),
            placed_by_network: BTreeMap::new(),
            placed: vec![],
            digests: BTreeMap::new(),
            tasks_seen: 0,
            creates_seen: 0,
            tick: 0,
            max_wall: 0,
            forward_ms: 0,
            stepped_at: -AFTER_STEP_MS,
            rotated_at: vec![],
            hours_swept: BTreeSet::new(),
            violations: vec![],
            stats: BTreeMap::new(),
        }
    }

    pub fn violate(&mut self, what: impl Into<String>) {
        self.violations.push(what.into());
    }

    pub fn note(&mut self, what: &str) {
        match self.stats.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.stats.insert(what.to_owned(), 1);
            }
        }
    }

    pub fn next_tick(&mut self) -> u64 {
        self.tick += 1;
        self.tick
    }

    /// Looks at everything that was committed since the last look, then at what must always hold.
    pub fn check(&mut self, world: &World) {
        self.max_wall = self.max_wall.max(world.clock().0);
        let changes = world.with_database(|database| std::mem::take(&mut database.changes));
        for change in changes {
            self.observe(&change, world);
        }
        self.check_files(world);
        self.check_provider(world);
    }

    fn observe(&mut self, change: &Change, world: &World) {
        let id = &change.id;
        match (change.kind, &change.row) {
            (Kind::Placed, Some(row)) => self.observe_placed(id, row, world),
            (Kind::Moved, Some(row)) => self.observe_moved(id, row, world),
            (Kind::Closed, None) => self.observe_closed(id),
            (kind, _) => self.violate(format!("a change {kind:?} that left no fitting row")),
        }
    }

    fn observe_placed(&mut self, id: &str, row: &OrderRow, world: &World) {
        if row.version != 1 || row.state != "placed" {
            self.violate(format!("I2 an order begins as {} {}", row.state, row.version));
        }
        let images: Value = serde_json::from_str(&row.images).unwrap();
        let mut inputs = vec![];
        for image in images.as_array().unwrap() {
            inputs.push(key_of(&image["key"]));
            self.learn(image);
        }
        let tracked = Tracked { row: row.clone(), inputs, output: None, closed: false };
        if self.orders.insert(id.to_owned(), tracked).is_some() {
            self.violate("I12 one id was inserted twice");
        }
        self.note("placed");
        let Some(visitor) = row.visitor.clone() else { return };
        self.check_trial(&visitor, id, row.created_at);
        self.check_limits(&visitor, world);
    }

    fn learn(&mut self, image: &Value) {
        let file = image["key"]["id"].as_str().unwrap();
        let id = match image["offset"].as_u64().unwrap() {
            0 => file.to_owned(),
            offset => format!("{file}.{offset}"),
        };
        self.digests.insert(id, image["sha256"].as_str().unwrap().to_owned());
    }

    /// I4: never more tries taken in one window than there are.
    fn check_trial(&mut self, visitor: &str, id: &str, at: i64) {
        let latest = self.latest_take.entry(visitor.to_owned()).or_insert(at);
        *latest = at.max(*latest);
        let begin = *latest - self.rules.trial_window_ms;
        let holds = self.holds.entry(visitor.to_owned()).or_default();
        holds.push((at, id.to_owned()));
        let used = holds.iter().filter(|(used_at, _)| *used_at > begin).count();
        if used > self.rules.trial_orders as usize {
            self.violate(format!("I4 {used} tries in one window"));
        }
    }

    fn give_back(&mut self, id: &str, visitor: Option<&String>) {
        if let Some(holds) = visitor.and_then(|visitor| self.holds.get_mut(visitor)) {
            holds.retain(|(_, order)| order != id);
        }
    }

    /// I4: no stretch of time sees more orders than the rates allow.
    fn check_limits(&mut self, visitor: &str, world: &World) {
        let at = world.elapsed_ms() + self.forward_ms;
        self.placed.push(at);
        let [everyone] = self.rules.global_policies();
        if let Some(over) = over(&self.placed, everyone.rate) {
            self.violate(format!("I4 {over} orders of everyone, over {}", everyone.name));
        }
        // A clock that steps back over midnight finds yesterday's counters, which is the price of
        // pseudonyms that live for a day.
        let Some(network) = self.networks.get(visitor).filter(|_| !self.profile.clock) else {
            return;
        };
        let of_network = self.placed_by_network.entry(*network).or_default();
        of_network.push(at);
        let mut found = vec![];
        for policy in self.rules.prefix_policies() {
            if let Some(over) = over(of_network, policy.rate) {
                found.push(format!("I4 {over} orders of one network, over {}", policy.name));
            }
        }
        self.violations.append(&mut found);
    }

    fn observe_moved(&mut self, id: &str, row: &OrderRow, world: &World) {
        let Some(tracked) = self.orders.get_mut(id) else {
            return self.violate("a change of an order that was never placed");
        };
        let before = std::mem::replace(&mut tracked.row, row.clone());
        let closed = tracked.closed;
        let allowed = NEXT.iter().find(|(state, _)| *state == before.state).map(|(_, to)| *to);
        let step = format!("{} -> {}", before.state, row.state);
        if closed {
            self.violate(format!("I7 closed -> {}", row.state));
        }
        if !allowed.is_some_and(|to| to.contains(&row.state.as_str())) {
            self.violate(format!("I7 {step}"));
        }
        if row.version != before.version + 1 {
            self.violate(format!("versions {} -> {}", before.version, row.version));
        }
        if is_final(&before.state)
            && (&before.error, before.completed_at) != (&row.error, row.completed_at)
        {
            self.violate("I7 an ended order ended in another way");
        }
        if !(0..=2).contains(&row.tasks) {
            self.violate(format!("I10 {} tasks, {step}", row.tasks));
        }
        if self.profile.is_calm() && row.state == "failed" {
            self.violate(format!("an order failed without a fault: {:?}", row.error));
        }
        if row.state != before.state {
            self.note(&step);
            if let Some(error) = &row.error {
                self.note(error);
            }
        }
        let from_queue = before.state == "placed" && row.state == "canceled";
        let fails = before.state != "failed" && row.state == "failed";
        if from_queue || fails {
            self.give_back(id, row.visitor.as_ref());
        }
        self.observe_counted(&before, row);
        if before.state != "delivered" && row.state == "delivered" {
            self.observe_delivered(id, row, world);
        }
    }

    /// I2, I13: what is delivered is a picture that the provider made for this very order.
    fn observe_delivered(&mut self, id: &str, row: &OrderRow, world: &World) {
        let images: Value = serde_json::from_str(&row.images).unwrap();
        let outputs: Vec<&Value> =
            images.as_array().unwrap().iter().filter(|image| image["role"] == "output").collect();
        let [output] = outputs[..] else {
            return self.violate(format!("I2 delivered with {} results", outputs.len()));
        };
        self.learn(output);
        let own = world.with_provider(|provider| {
            let tasks = provider.tasks.values();
            let mut own = tasks.filter(|task| task.token() == row.callback_token);
            own.any(|task| output["sha256"] == hex(&Sha256::digest(task.picture())))
        });
        if !own {
            self.violate("I13 delivered a picture that was not made for this order");
        }
        let key = key_of(&output["key"]);
        if let Some(tracked) = self.orders.get_mut(id) {
            tracked.output = Some(key);
        }
    }

    fn observe_counted(&mut self, before: &OrderRow, row: &OrderRow) {
        let Some(at) = row.completed_at else { return };
        if before.completed_at.is_none() {
            let outcome = match (row.state.as_str(), &row.error) {
                ("delivered", _) => "completed".to_owned(),
                (state, None) => state.to_owned(),
                (state, Some(code)) => format!("{state}:{code}"),
            };
            self.count(at, outcome);
        }
        if before.problems != row.problems {
            if before.problems.is_some() {
                self.violate("a second report took the place of the first");
            }
            let problems: Vec<String> =
                serde_json::from_str(row.problems.as_deref().unwrap_or("[]")).unwrap();
            for problem in problems {
                self.count(at, problem);
            }
        }
    }

    fn count(&mut self, at: i64, what: String) {
        *self.counted.entry((at.div_euclid(HOUR_MS), what)).or_default() += 1;
    }

    /// What the status counts is what happened, no more and no less, as long as it is kept.
    pub fn check_counts(&mut self, world: &World) {
        let first = world.clock().0.div_euclid(HOUR_MS) - 40;
        let rows: BTreeMap<(i64, String), i64> = world.with_database(|database| {
            let sql = "SELECT hour, outcome, sum(orders) FROM outcomes WHERE hour >= ?1 \
                       GROUP BY hour, outcome UNION ALL \
                       SELECT hour, problem, orders FROM reports WHERE hour >= ?1";
            let mut prepared = database.connection().prepare_cached(sql).unwrap();
            let row = |row: &rusqlite::Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.get(2)?));
            let rows = prepared.query_map([first], row).unwrap();
            rows.map(Result::unwrap).collect()
        });
        let counted = self.counted.iter().filter(|((hour, _), _)| *hour >= first);
        let counted: BTreeMap<_, _> = counted.map(|(key, count)| (key.clone(), *count)).collect();
        if rows != counted {
            self.violate(format!("counted {rows:?}, and it was {counted:?}"));
        }
    }

    fn observe_closed(&mut self, id: &str) {
        let max_wall = self.max_wall;
        let Some(tracked) = self.orders.get_mut(id) else { return };
        tracked.closed = true;
        if let (None, Some(at)) = (tracked.row.completed_at, tracked.row.expires_at) {
            self.count(at, "expired".to_owned());
        }
        let Some(tracked) = self.orders.get(id) else { return };
        let early = tracked.row.expires_at.is_none_or(|at| at > max_wall);
        self.note("closed");
        if early {
            self.violate("I9 closed before its time");
        }
    }

    /// I5: as long as an order can be read its files are there.
    fn check_files(&mut self, world: &World) {
        let max_wall = self.max_wall;
        let missing = world.with_files(|files| {
            let readable = self.orders.values().filter(|tracked| {
                !tracked.closed && tracked.row.expires_at.is_none_or(|at| at > max_wall)
            });
            readable
                .filter(|tracked| {
                    let mut keys = tracked.inputs.iter().chain(&tracked.output);
                    keys.any(|key| !files.contains(key))
                })
                .count()
        });
        if missing > 0 {
            self.violate(format!("I5 {missing} readable orders without a file of theirs"));
        }
    }

    /// I10 and the provider's limit.
    fn check_provider(&mut self, world: &World) {
        let now = world.elapsed_ms();
        let (tasks, creates) =
            world.with_provider(|provider| (provider.tasks.len(), provider.creates.len()));
        if tasks > self.tasks_seen {
            self.tasks_seen = tasks;
            let most = world.with_provider(|provider| {
                let mut by_token: BTreeMap<&str, usize> = BTreeMap::new();
                for task in provider.tasks.values() {
                    *by_token.entry(task.token()).or_default() += 1;
                }
                by_token.values().max().copied().unwrap_or(0)
            });
            if most > 1 {
                self.note("second task");
            }
            if most > 2 || (most > 1 && self.profile.one_task_is_enough()) {
                self.violate(format!("I10 {most} tasks for one order"));
            }
        }
        if creates > self.creates_seen {
            self.creates_seen = creates;
            let most = world.with_provider(|provider| {
                let recent = provider.creates.iter().rev().take(100);
                let recent: Vec<i64> = recent.copied().collect();
                let within = |from: i64| {
                    recent.iter().filter(|at| (from - 9_999..=from).contains(*at)).count()
                };
                recent.iter().map(|from| within(*from)).max().unwrap_or(0)
            });
            if most > 20 && now - self.stepped_at > AFTER_STEP_MS {
                self.violate(format!("{most} createTask calls in 10 s"));
            }
        }
    }

    /// What a visitor may see of this order at this moment: nothing once its deletion was
    /// acknowledged or its time is over.
    pub fn may_read(&self, index: usize, moment: Moment) -> bool {
        let known = &self.known[index];
        let deleted = known.deleted.is_some_and(|tick| tick < moment.tick);
        let created_at = self.orders[&known.id].row.created_at;
        !deleted && moment.wall < created_at + self.rules.retention_ms
    }

    /// The same at rest, when no request is under way: deletions without an answer count too.
    pub fn must_be_readable(&self, index: usize, moment: Moment) -> bool {
        let tracked = &self.orders[&self.known[index].id];
        let over = tracked.row.expires_at.is_some_and(|at| at <= moment.wall);
        !tracked.closed && !over && self.may_read(index, moment)
    }

    /// Whether an order that is over may answer 404: its id is known again as long as the key lives
    /// that made it, the current one or the one before. A request under way keeps its keys.
    pub fn may_be_unknown(&self, index: usize) -> bool {
        let created_at = self.orders[&self.known[index].id].row.created_at;
        let since = self.rotated_at.iter().filter(|at| *at + SLACK_MS >= created_at).count();
        self.profile.clock || since >= 2
    }

    /// An answer to `POST /api/orders`. Returns the order's place among those that are known.
    pub fn placed(&mut self, placing: &Placing, answer: &Answer, world: &World) -> Option<usize> {
        self.note(&format!("POST orders {}", answer.status));
        match answer.status {
            201 => {}
            403 | 409 | 410 | 422 | 429 | 503 => return None,
            status => {
                self.violate(format!("placing answered {status}: {}", answer.text()));
                return None;
            }
        }
        let body = answer.json();
        let id = body["id"].as_str().unwrap_or_default().to_owned();
        // The change may be younger than the last look.
        self.check(world);
        if !self.orders.contains_key(&id) {
            self.violate("I11 acknowledged and not in the database");
            return None;
        }
        if let Some(key) = &placing.key {
            self.check_key(placing, key, &id);
        }
        if let Some(index) = self.known.iter().position(|known| known.id == id) {
            return Some(index);
        }
        let links = links_of(&body);
        let known = Known { id, canceled: None, deleted: None, seen: (0, 0), links };
        self.known.push(known);
        Some(self.known.len() - 1)
    }

    /// I12: same key and body, same order; same key and other body, no order.
    fn check_key(&mut self, placing: &Placing, key: &str, id: &str) {
        let place = (placing.cookie.clone(), key.to_owned());
        let wall = self.max_wall;
        if let Some((body, before)) = self.keys.get(&place) {
            let row = self.orders.get(before);
            let over =
                row.is_none_or(|one| one.closed || one.row.expires_at.is_some_and(|at| at <= wall));
            if !over && (before != id || *body != placing.body) {
                let text = format!("I12 key reused: same body {}", *body == placing.body);
                return self.violate(text);
            }
        }
        self.keys.insert(place, (placing.body, id.to_owned()));
    }

    /// An answer to `GET /api/orders/{id}`.
    pub fn read(&mut self, index: usize, asked: Moment, answer: &Answer) {
        self.note(&format!("GET order {}", answer.status));
        let may_read = self.may_read(index, asked);
        match answer.status {
            200 if !may_read => self.violate("I9 an order was readable after its end"),
            200 => {
                let body = answer.json();
                let sequence = body["status_sequence"].as_i64().unwrap_or(0);
                let answered = self.next_tick();
                let known = &mut self.known[index];
                let (seen_at, seen) = known.seen;
                known.links = links_of(&body);
                if sequence >= seen {
                    known.seen = (answered, sequence);
                }
                let canceled = known.canceled.is_some_and(|tick| tick < asked.tick);
                if seen_at < asked.tick && sequence < seen {
                    self.violate(format!("status_sequence {seen} -> {sequence}"));
                }
                if canceled && body["status"] != "canceled" {
                    self.violate(format!("I7 canceled and then {}", body["status"]));
                }
            }
            410 if self.known[index].deleted.is_none() && may_read && self.is_live(index) => {
                // Somebody's deletion may be under way without an answer.
                self.note("gone without an acknowledged deletion");
            }
            404 if !self.may_be_unknown(index) => self.violate("I8 404 in place of 410"),
            404 | 410 | 429 | 503 => {}
            status => self.violate(format!("reading answered {status}: {}", answer.text())),
        }
    }

    fn is_live(&self, index: usize) -> bool {
        self.orders.get(&self.known[index].id).is_some_and(|tracked| !tracked.closed)
    }

    /// An answer to `GET /i/{token}`.
    pub fn pictured(&mut self, index: usize, picture: &str, asked: Moment, answer: &Answer) {
        self.note(&format!("GET picture {}", answer.status));
        match answer.status {
            200 => {
                // The links of a deleted order die with its objects, which follow the commit.
                let created_at = self.orders[&self.known[index].id].row.created_at;
                if created_at + self.rules.retention_ms <= asked.wall {
                    self.violate("I9 a picture was readable after its end");
                }
                if self.digests.get(picture) != Some(&hex(&Sha256::digest(&answer.body))) {
                    self.violate("I13 a link showed another picture");
                }
            }
            403 | 410 | 429 | 503 => {}
            status => self.violate(format!("a picture answered {status}: {}", answer.text())),
        }
    }

    /// An answer to `DELETE /api/orders/{id}`.
    pub fn deleted(&mut self, index: usize, answer: &Answer, world: &World) {
        self.note(&format!("DELETE order {}", answer.status));
        match answer.status {
            204 => {
                let tick = self.next_tick();
                self.known[index].deleted.get_or_insert(tick);
                self.check(world);
                let tracked = &self.orders[&self.known[index].id];
                let over =
                    tracked.closed || tracked.row.expires_at.is_some_and(|at| at <= self.max_wall);
                if !over {
                    self.violate("I11 a deletion was acknowledged and not committed");
                }
            }
            404 if !self.may_be_unknown(index) => self.violate("I8 404 in place of 410"),
            404 | 410 | 429 | 503 => {}
            status => self.violate(format!("deleting answered {status}: {}", answer.text())),
        }
    }

    /// An answer to `POST /api/orders/{id}/cancellation`.
    pub fn canceled(&mut self, index: usize, answer: &Answer, world: &World) {
        self.note(&format!("POST cancellation {}", answer.status));
        match answer.status {
            202 => {
                let tick = self.next_tick();
                self.known[index].canceled.get_or_insert(tick);
                self.check(world);
                let tracked = &self.orders[&self.known[index].id];
                if tracked.row.state != "canceled" {
                    let state = tracked.row.state.clone();
                    self.violate(format!("I11 a cancellation was acknowledged: {state}"));
                }
            }
            404 if !self.may_be_unknown(index) => self.violate("I8 404 in place of 410"),
            404 | 409 | 410 | 429 | 503 => {}
            status => self.violate(format!("canceling answered {status}: {}", answer.text())),
        }
    }

    /// An answer to `POST /api/orders/{id}/reports`.
    pub fn reported(&mut self, index: usize, answer: &Answer, world: &World) {
        self.note(&format!("POST reports {}", answer.status));
        match answer.status {
            204 => {
                self.check(world);
                if self.orders[&self.known[index].id].row.problems.is_none() {
                    self.violate("I11 a report was acknowledged and not committed");
                }
            }
            404 if !self.may_be_unknown(index) => self.violate("I8 404 in place of 410"),
            404 | 409 | 410 | 422 | 429 | 503 => {}
            status => self.violate(format!("reporting answered {status}: {}", answer.text())),
        }
    }

    /// A sweep that did everything, at this moment of the wall clock.
    pub fn swept(&mut self, begun_at: i64) {
        if begun_at.rem_euclid(HOUR_MS) < MINUTE_MS {
            let newest = (begun_at - self.rules.retention_ms - 2 * HOUR_MS).div_euclid(HOUR_MS);
            self.hours_swept.extend(newest - 2..=newest);
        }
    }

    /// I4, I2: the tries that the database counts are those that the changes account for.
    pub fn check_holds(&mut self, world: &World) {
        let begin = world.clock().0 - self.rules.trial_window_ms;
        let select = |sql| -> Vec<(String, String)> {
            world.with_database(|database| {
                let mut prepared = database.connection().prepare_cached(sql).unwrap();
                let rows = prepared.query_map([begin], |row| Ok((row.get(0)?, row.get(1)?)));
                rows.unwrap().map(Result::unwrap).collect()
            })
        };
        let live = "SELECT visitor, id FROM orders WHERE created_at > ?1 AND given_back = 0";
        let live = select(live).into_iter();
        let live = live.map(|(visitor, id)| (visitor, hex(&Sha256::digest(id))));
        let gone = select("SELECT visitor, order_hash FROM spent_tries WHERE used_at > ?1");
        let mut rows = BTreeSet::new();
        for row in live.chain(gone) {
            if !rows.insert(row) {
                self.violate("I2 one try counts twice");
            }
        }
        let holds = self.holds.iter().flat_map(|(visitor, holds)| {
            let within = holds.iter().filter(|(used_at, _)| *used_at > begin);
            within.map(|(_, order)| (visitor.clone(), hex(&Sha256::digest(order))))
        });
        let holds: BTreeSet<(String, String)> = holds.collect();
        if rows != holds {
            let lost = holds.difference(&rows).count();
            let kept = rows.difference(&holds).count();
            self.violate(format!("I2 tries: {kept} not given back, {lost} given back wrongly"));
        }
    }
}

fn is_final(state: &str) -> bool {
    ["delivered", "failed", "canceled"].contains(&state)
}

/// How many in the worst stretch that ends with the last moment, if they are too many.
fn over(moments: &[i64], rate: Rate) -> Option<usize> {
    let last = *moments.last()?;
    let counts = moments.iter().rev().zip(1..);
    let mut bad = counts.filter(|(from, count)| {
        let allowed = rate.most_in(last - **from + SLACK_MS);
        i64::try_from(*count).unwrap() > allowed
    });
    bad.next().map(|(_, count)| count)
}

/// The links of an order's view and the ids of the pictures behind them.
fn links_of(view: &Value) -> Vec<(String, String)> {
    let images = view["images"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    images.iter().map(|image| (text(&image["url"]), text(&image["id"]))).collect()
}
