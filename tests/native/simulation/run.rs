//! One seed: what visitors, the provider, the clock and the platform do, drawn at random, and the
//! quiet end in which everything must come to rest.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;
use std::sync::OnceLock;

use futures_util::future::{FutureExt, select};

use anytryon::app::sweep::sweep;
use anytryon::app::visitor::visitor_hash;
use anytryon::domain::id::AnonSid;
use anytryon::domain::problem::Problem;
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use anytryon::ports::{Config, World as _};
use anytryon::provider::origin::ResultOrigins;

use crate::image_fixtures::{jpeg, png};
use crate::random::Random;
use crate::world::provider::{OTHER_ORIGIN, RESULT_ORIGIN, signature};
use crate::world::{Answer, Ask, BEGIN, Form, WEBHOOK_KEY, World, keyring};

use super::chaos::{Chaos, Profile};
use super::model::{Model, Moment, Placing};

/// Things that are done in one seed before the quiet end.
pub const EVENTS: u64 = 200;
/// The longest a port takes to act, and again to answer, without a fault.
const LATENCY_MS: u64 = 4;
/// Minutes of quiet after which every order must have ended: two deadlines, two graces, the
/// longest pauses, and twenty minutes by which the clock may have been turned.
const QUIET_MINUTES_MAX: i64 = 75;
/// The previous key opens the links that it signed until the last of them has expired.
const ROTATION_MS: i64 = 45 * MINUTE_MS;
const NETWORKS: u64 = 3;
const FIRST_VISITORS: usize = 5;
const KEYS: u64 = 4;

/// Order forms: their bodies differ in their photos or choices.
fn bodies() -> &'static [Vec<u8>] {
    static BODIES: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    BODIES.get_or_init(|| {
        let garment = |width| png(width, 256, &[], &[]);
        vec![
            Form::order(&jpeg(256, 320, &[]), &[garment(256)]).body(),
            Form::order(&jpeg(264, 320, &[]), &[garment(256)]).body(),
            Form::order(&jpeg(256, 320, &[]), &[garment(256), garment(264)]).body(),
            Form::order(&jpeg(256, 320, &[]), &[garment(256)]).text("focus", "details").body(),
        ]
    })
}

/// What became of one seed.
pub struct Outcome {
    pub events: u64,
    pub trace: String,
    pub model: Model,
}

#[derive(Clone)]
struct Visitor {
    cookie: String,
    network: usize,
}

struct Simulation {
    world: World,
    random: Random,
    model: Rc<RefCell<Model>>,
    trace: Option<Rc<RefCell<String>>>,
    visitors: Vec<Visitor>,
    active: Rc<Cell<bool>>,
    outage: Rc<Cell<bool>>,
    events: u64,
    keys: u8,
    rotated_at: i64,
    logged: usize,
    told: usize,
}

/// Runs one seed; the trace is empty unless it is asked for.
pub fn run(seed: u64, traced: bool) -> Outcome {
    let mut simulation = Simulation::new(seed, traced);
    for _ in 0..EVENTS {
        simulation.event();
        if !simulation.model.borrow().violations.is_empty() {
            break;
        }
    }
    if simulation.model.borrow().violations.is_empty() {
        simulation.quiet();
    }
    simulation.finish()
}

impl Simulation {
    fn new(seed: u64, traced: bool) -> Self {
        let profile = Profile::of(seed);
        let (active, outage) = (Rc::new(Cell::new(true)), Rc::new(Cell::new(false)));
        let chaos = Chaos::new(seed, profile, Rc::clone(&active), Rc::clone(&outage));
        let mut builder = World::builder(seed).plan(chaos).latency_ms(LATENCY_MS);
        if profile.tight {
            builder = builder.rules(|rules| {
                rules.prefix_orders_hour = 4;
                rules.prefix_orders_day = 6;
                rules.global_orders_hour = 9;
                // Longer than an order lives: what it has used has to outlive it.
                rules.trial_window_ms = 4 * DAY_MS;
            });
        }
        builder = builder.rules(|rules| rules.result_bytes_max = 64 * 1_024);
        if !traced {
            builder = builder.without_logs();
        }
        let world = builder.build();
        let rules: Rules = world.config().rules.clone();
        let mut simulation = Self {
            world,
            random: Random::new(seed),
            model: Rc::new(RefCell::new(Model::new(profile, rules))),
            trace: traced.then(Rc::default),
            visitors: vec![],
            active,
            outage,
            events: 0,
            keys: 1,
            rotated_at: -ROTATION_MS,
            logged: 0,
            told: 0,
        };
        for _ in 0..FIRST_VISITORS {
            simulation.new_visitor();
        }
        simulation.say(|| format!("seed {seed} {profile:?}"));
        simulation
    }

    fn say(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            let mut trace = trace.borrow_mut();
            let _ = writeln!(trace, "{:>10} {}", self.world.elapsed_ms(), line());
        }
    }

    fn profile(&self) -> Profile {
        self.model.borrow().profile
    }

    fn new_visitor(&mut self) -> Visitor {
        let sid = AnonSid::from_bytes(self.random.bytes());
        let network = usize::try_from(self.random.below(NETWORKS)).unwrap();
        self.model.borrow_mut().networks.insert(visitor_hash(sid), network);
        let visitor = Visitor { cookie: format!("__Host-anon_sid={sid}"), network };
        self.visitors.push(visitor.clone());
        visitor
    }

    fn visitor(&mut self) -> Visitor {
        if self.random.below(8) == 0 {
            return self.new_visitor();
        }
        let count = self.visitors.len() as u64;
        // Early visitors come again, so that the trial binds.
        let index = self.random.below(count).min(self.random.below(count));
        self.visitors[usize::try_from(index).unwrap()].clone()
    }

    fn known(&mut self) -> Option<usize> {
        let count = self.model.borrow().known.len() as u64;
        if count == 0 {
            return None;
        }
        // Mostly a young order: much can still happen to it.
        let back = self.random.below(count).min(self.random.below(count));
        Some(usize::try_from(count - 1 - back).unwrap())
    }

    /// One thing happens, and some time passes.
    fn event(&mut self) {
        self.events += 1;
        match self.random.below(1_000) {
            0..70 => self.place(1),
            70..90 => self.place_again(),
            90..100 => {
                let count = self.random.between(2, 5);
                self.place(count);
            }
            100..340 => self.read(),
            340..370 => self.report(),
            370..450 => self.look_at_picture(),
            450..500 => self.cancel(),
            500..550 => self.delete(),
            550..555 => self.watch(),
            555..590 => self.ask_session(),
            590..680 => self.forge_callback(),
            680..770 => self.replay_callback(),
            770..850 => self.cron(1),
            850..875 => self.cron(2),
            875..905 => self.turn_clock(),
            905..935 => self.kill_dispatcher(),
            935..945 => self.kill_isolates(),
            945..960 => self.rotate_keys(),
            960..982 => self.toggle_outage(),
            _ => self.long_pause(),
        }
        let ms = match self.random.below(100) {
            0..30 => 0,
            30..65 => self.random.between(1, 500),
            65..92 => self.random.between(500, 15_000),
            92..99 => self.random.between(15_000, 120_000),
            _ => self.random.between(120_000, 900_000),
        };
        self.pass(ms);
    }

    fn pass(&mut self, ms: i64) {
        self.world.advance_time(ms);
        self.look();
    }

    fn look(&mut self) {
        self.model.borrow_mut().check(&self.world);
        for violation in self.model.borrow().violations.iter().skip(self.told) {
            self.say(|| format!("VIOLATION {violation}"));
        }
        self.told = self.model.borrow().violations.len();
        if let Some(trace) = &self.trace {
            let logs = self.world.logs();
            let mut trace = trace.borrow_mut();
            for line in &logs[self.logged..] {
                let _ = writeln!(trace, "           {line}");
            }
            self.logged = logs.len();
        }
    }

    /// Sends a request and lets the model judge its answer, if one comes.
    fn ask(&self, ask: Ask, judge: impl FnOnce(&mut Model, Moment, &Answer, &World) + 'static) {
        let (world, model) = (self.world.fresh(), Rc::clone(&self.model));
        let trace = self.trace.clone();
        let tick = model.borrow_mut().next_tick();
        let wall = self.world.clock().0;
        self.world.spawn_request(async move {
            let named = format!("{} {}", ask.method, ask.path);
            let answer = world.send(ask).await;
            if let Some(trace) = trace {
                let at = world.elapsed_ms();
                let _ = writeln!(trace.borrow_mut(), "{at:>10} {named} = {}", answer.status);
            }
            judge(&mut model.borrow_mut(), Moment { tick, wall }, &answer, &world);
        });
    }

    fn place(&mut self, count: i64) {
        let visitor = self.visitor();
        for _ in 0..count {
            let key =
                (self.random.below(2) == 0).then(|| format!("key-{}", self.random.below(KEYS)));
            let body = usize::try_from(self.random.below(bodies().len() as u64)).unwrap();
            self.place_one(&visitor, key, body);
        }
    }

    /// F30: the same request several times at once, now and then with another body.
    fn place_again(&mut self) {
        let visitor = self.visitor();
        let key = Some(format!("key-{}", self.random.below(KEYS)));
        let body = usize::try_from(self.random.below(bodies().len() as u64)).unwrap();
        for _ in 0..self.random.between(2, 4) {
            let other = self.random.below(8) == 0;
            let body = if other { (body + 1) % bodies().len() } else { body };
            self.place_one(&visitor, key.clone(), body);
            // F11: the reservation of the key is only remembered.
            if self.profile().objects > 0 && self.random.below(2) == 0 {
                let ms = self.random.between(0, 30);
                self.pass(ms);
                self.world.evict_limiter();
            }
        }
    }

    fn place_one(&self, visitor: &Visitor, key: Option<String>, body: usize) {
        let mut ask = Ask::new("POST", "/api/orders")
            .header("content-type", &Form::content_type())
            .header("cookie", &visitor.cookie)
            .header("cf-connecting-ip", &format!("203.0.{}.7", visitor.network))
            .body(bodies()[body].clone());
        if let Some(key) = &key {
            ask = ask.header("idempotency-key", key);
        }
        self.say(|| format!("place body {body} key {key:?} network {}", visitor.network));
        let cookie = visitor.cookie.clone();
        let placing = Placing { cookie, key, body };
        self.ask(ask, move |model, _, answer, world| {
            model.placed(&placing, answer, world);
        });
    }

    fn id(&self, index: usize) -> String {
        self.model.borrow().known[index].id.clone()
    }

    fn read(&mut self) {
        let Some(index) = self.known() else { return };
        let ask = Ask::new("GET", &format!("/api/orders/{}", self.id(index)));
        self.ask(ask, move |model, moment, answer, _| model.read(index, moment, answer));
    }

    fn look_at_picture(&mut self) {
        let Some(index) = self.known() else { return };
        let links = self.model.borrow().known[index].links.clone();
        let (url, picture) =
            links[usize::try_from(self.random.below(links.len() as u64)).unwrap()].clone();
        let altered = self.random.below(10) == 0;
        let url = if altered { flipped(&url) } else { url };
        let ask = Ask::new("GET", &url);
        self.ask(ask, move |model, moment, answer, _| {
            if altered && answer.status != 403 {
                model.violate(format!("I13 an altered link answered {}", answer.status));
            }
            model.pictured(index, &picture, moment, answer);
        });
    }

    fn cancel(&mut self) {
        let Some(index) = self.known() else { return };
        let ask = Ask::new("POST", &format!("/api/orders/{}/cancellation", self.id(index)));
        self.ask(ask, move |model, _, answer, world| model.canceled(index, answer, world));
    }

    fn delete(&mut self) {
        let Some(index) = self.known() else { return };
        let ask = Ask::new("DELETE", &format!("/api/orders/{}", self.id(index)));
        self.ask(ask, move |model, _, answer, world| model.deleted(index, answer, world));
    }

    fn report(&mut self) {
        let Some(index) = self.known() else { return };
        let problem = Problem::ALL[usize::try_from(self.random.below(5)).unwrap()].as_str();
        let ask = Ask::new("POST", &format!("/api/orders/{}/reports", self.id(index)))
            .body(format!(r#"{{"problems":["{problem}"]}}"#).into_bytes());
        self.ask(ask, move |model, _, answer, world| model.reported(index, answer, world));
    }

    /// A listener, who mostly goes away in the middle.
    fn watch(&mut self) {
        let Some(index) = self.known() else { return };
        let ask = Ask::new("GET", &format!("/api/orders/{}/events", self.id(index)));
        let (world, patience_ms) = (self.world.fresh(), self.random.between(0, 15_000));
        let model = Rc::clone(&self.model);
        self.world.spawn_request(async move {
            let told = async { Some(world.send(ask).await) };
            let gone = world.sleep(patience_ms).map(|()| None);
            let answer = select(told.boxed_local(), gone.boxed_local()).await.factor_first().0;
            let note = answer.map_or("listener gone", |_| "listener told to the end");
            model.borrow_mut().note(note);
        });
    }

    fn ask_session(&mut self) {
        let visitor = self.visitor();
        let ask = Ask::new("GET", "/api/session").header("cookie", &visitor.cookie);
        self.ask(ask, |model, _, answer, _| {
            let used = answer.json()["trial"]["used"].as_u64();
            match (answer.status, used) {
                (200, Some(used)) if used <= u64::from(model.rules.trial_orders) => {}
                (503 | 429, _) => {}
                (status, used) => {
                    model.violate(format!("the session says {status}, {used:?} used"));
                }
            }
        });
    }

    /// Any task that the provider ever made.
    fn task(&mut self) -> Option<(String, String)> {
        let tasks = self.world.with_provider(|provider| provider.tasks.len() as u64);
        if tasks == 0 {
            return None;
        }
        let index = usize::try_from(self.random.below(tasks)).unwrap();
        self.world.with_provider(|provider| {
            let task = provider.tasks.values().nth(index).unwrap();
            Some((task.callback_path.clone(), task.id.clone()))
        })
    }

    /// F23: signed by another key, too old, for nobody's order, or a body that was swapped.
    fn forge_callback(&mut self) {
        let Some((path, id)) = self.task() else { return };
        let kind = self.random.below(4);
        let other = self.task().map_or_else(|| id.clone(), |(_, id)| id);
        let seconds = self.world.clock().seconds();
        let (path, key, seconds) = match kind {
            0 => (path, "somebody's key", seconds),
            1 => (path, WEBHOOK_KEY, seconds - 600),
            2 => ("/webhooks/kie/AAAAAAAAAAAAAAAAAAAAAA".to_owned(), WEBHOOK_KEY, seconds),
            _ => (path, WEBHOOK_KEY, seconds),
        };
        let now = self.world.elapsed_ms();
        let mut body = self.world.with_provider(|provider| provider.callback_body(&other, now));
        if kind == 3 {
            // The id is the signed one, everything else is another order's.
            let text = String::from_utf8(body).unwrap().replacen(&other, &id, 1);
            body = text.into_bytes();
        } else {
            body = self.world.with_provider(|provider| provider.callback_body(&id, now));
        }
        let ask = Ask::new("POST", &path).body(body);
        let signed = signature(key, &id, seconds);
        let ask = signed.iter().fold(ask, |ask, (name, value)| ask.header(name, value));
        self.say(|| format!("forged callback {kind}"));
        self.ask(ask, move |model, _, answer, _| {
            model.note(&format!("forged callback {kind} {}", answer.status));
            let expected: &[u16] = match kind {
                0 | 1 => &[401],
                // The key may have been rotated away.
                _ => &[200, 401, 503],
            };
            if !expected.contains(&answer.status) {
                model.violate(format!("I13 forged callback {kind} answered {}", answer.status));
            }
        });
    }

    /// F18, F21: a genuine callback of any order, five times, whatever has become of the order.
    fn replay_callback(&mut self) {
        let Some((path, id)) = self.task() else { return };
        let times = self.random.pick(&[1, 1, 1, 5]);
        for _ in 0..times {
            let ask = self.world.callback_ask(&path, &id, None);
            self.ask(ask, |model, _, answer, _| {
                model.note(&format!("callback {}", answer.status));
                // Its clock may be ours no longer.
                let stale = model.profile.clock && answer.status == 401;
                if ![200, 503].contains(&answer.status) && !stale {
                    model.violate(format!("a callback answered {}", answer.status));
                }
            });
        }
    }

    /// F26: the cron, also several times at once.
    fn cron(&mut self, count: u64) {
        for _ in 0..count {
            let (world, model) = (self.world.fresh(), Rc::clone(&self.model));
            self.world.spawn_request(async move {
                let begun_at = world.clock().0;
                let swept = sweep(&world).await;
                // The sweep takes its own time for the hour, so both must lie in it.
                if swept.is_ok()
                    && world.clock().0.div_euclid(MINUTE_MS) == begun_at.div_euclid(MINUTE_MS)
                {
                    model.borrow_mut().swept(begun_at);
                }
            });
        }
        self.say(|| format!("cron x{count}"));
    }

    /// F27: the clock of the platform is turned by up to ten minutes, also backwards.
    fn turn_clock(&mut self) {
        if !self.profile().clock {
            return;
        }
        let steps = [-10 * MINUTE_MS, 0, 10 * MINUTE_MS, -700, 90 * SECOND_MS];
        let to = self.random.pick(&steps);
        self.set_skew(to);
    }

    fn set_skew(&mut self, to: i64) {
        let before = self.world.clock();
        self.world.set_skew(to);
        let step = self.world.clock().since(before);
        let model = &mut *self.model.borrow_mut();
        if step > 0 {
            model.forward_ms += step;
            model.stepped_at = self.world.elapsed_ms();
        }
        model.note("clock turned");
        self.say(|| format!("clock {step:+} ms"));
    }

    fn kill_dispatcher(&mut self) {
        if self.profile().kills == 0 {
            return;
        }
        if self.world.is_dispatching() {
            self.model.borrow_mut().note("dispatcher killed at work");
        }
        self.say(|| "dispatcher killed".to_owned());
        self.world.kill_dispatcher();
    }

    /// F12, F13: everything in flight dies.
    fn kill_isolates(&mut self) {
        if self.profile().kills == 0 {
            return;
        }
        self.say(|| "isolates killed".to_owned());
        self.world.kill_isolates();
    }

    /// F32: new keys for links and callbacks; the ones before stay good for a while.
    fn rotate_keys(&mut self) {
        if self.world.elapsed_ms() - self.rotated_at < ROTATION_MS {
            return;
        }
        self.rotated_at = self.world.elapsed_ms();
        let previous = self.keys;
        self.keys = previous % 200 + 1;
        let current = self.keys;
        self.say(|| format!("keys rotated to {current}"));
        self.model.borrow_mut().note("keys rotated");
        self.model.borrow_mut().rotated_at.push(self.world.clock().0);
        let rotate = |config: &mut Config| {
            config.link_keys = keyring(current, Some(previous));
            let before = config.webhook_keys[0].clone();
            config.webhook_keys = vec![format!("webhook key {current}"), before];
        };
        // A deployment kills the Dispatcher at work, which belongs to the faults.
        if self.profile().kills == 0 {
            self.world.configure(rotate);
        } else {
            self.world.deploy(rotate);
        }
    }

    fn toggle_outage(&mut self) {
        if self.profile().provider == 0 {
            return;
        }
        self.outage.set(!self.outage.get());
        let outage = self.outage.get();
        self.say(|| format!("outage {outage}"));
        self.model.borrow_mut().note("outage toggled");
    }

    /// Hours in which little happens. The cron comes once in each, or not at all for the first.
    fn long_pause(&mut self) {
        // A day of alarms that find no credits would tell nothing new.
        self.outage.set(false);
        let hours = if self.random.below(20) == 0 { 30 } else { self.random.between(0, 2) };
        self.say(|| format!("pause of {hours} hours"));
        for _ in 0..hours {
            self.await_next_hour();
            self.cron(1);
            self.pass(2 * SECOND_MS);
        }
        let ms = self.random.between(0, 20 * MINUTE_MS);
        self.pass(ms);
    }

    /// Some seconds into the next hour of the wall clock.
    fn await_next_hour(&mut self) {
        let wall = self.world.clock().0;
        let next = (wall.div_euclid(HOUR_MS) + 1) * HOUR_MS;
        self.pass(next - wall + 5 * SECOND_MS);
    }

    /// Faults stop. Everything ends, can be read, expires, and leaves nothing behind.
    fn quiet(&mut self) {
        self.say(|| "quiet".to_owned());
        self.active.set(false);
        self.outage.set(false);
        // The operator has seen the alert about the unlisted host.
        self.world.configure(|config| {
            let origins = format!("{RESULT_ORIGIN},{OTHER_ORIGIN}");
            config.result_origins = ResultOrigins::parse(&origins).unwrap();
        });
        if self.profile().kills > 0 {
            self.kill_isolates();
        }
        self.settle();
        self.read_everything();
        self.expire();
        self.forget();
    }

    fn count(&self, sql: &str) -> i64 {
        let now = self.world.clock().0;
        self.world.with_database(|database| {
            let mut prepared = database.connection().prepare_cached(sql).unwrap();
            let args: &[&dyn rusqlite::ToSql] = if sql.contains("?1") { &[&now] } else { &[] };
            prepared.query_row(args, |row| row.get(0)).unwrap()
        })
    }

    /// I6: within the time that the rules allow every order ends and nothing is due.
    fn settle(&mut self) {
        const LIVE: &str = "SELECT count(*) FROM orders \
                            WHERE state IN ('placed', 'submitting', 'submitted')";
        for minute in 0..QUIET_MINUTES_MAX {
            self.cron(1);
            self.pass(MINUTE_MS);
            if minute > 1 && self.count(LIVE) == 0 {
                break;
            }
        }
        let live = self.count(LIVE);
        let due = self.count(
            "SELECT count(*) FROM orders WHERE due_at <= ?1 OR wake_at <= ?1 OR expires_at <= ?1",
        );
        if live + due > 0 {
            let text = format!("I6 {live} orders have not ended, {due} are due");
            self.model.borrow_mut().violate(text);
        }
        let model = &mut *self.model.borrow_mut();
        model.check_holds(&self.world);
        model.check_counts(&self.world);
    }

    /// Every order that is known and not deleted can be read with all its pictures; every other
    /// one is gone.
    fn read_everything(&mut self) {
        let count = self.model.borrow().known.len();
        for index in 0..count {
            let moment = self.moment();
            let readable = self.model.borrow().must_be_readable(index, moment);
            let expected = if readable { 200 } else { 410 };
            let answer = self.get(&format!("/api/orders/{}", self.id(index)));
            let model = &mut *self.model.borrow_mut();
            model.read(index, moment, &answer);
            let unknown = !readable && answer.status == 404 && model.may_be_unknown(index);
            if answer.status != expected && !unknown && !model.profile.clock {
                model.violate(format!("I11 at rest an order answers {}", answer.status));
            }
        }
        for index in 0..count {
            let moment = self.moment();
            if !self.model.borrow().must_be_readable(index, moment) {
                continue;
            }
            let id = self.id(index);
            let delivered = self.model.borrow().orders[&id].row.state == "delivered";
            let links = self.model.borrow().known[index].links.clone();
            if delivered && !links.iter().any(|(_, picture)| self.is_output(&id, picture)) {
                self.model.borrow_mut().violate("I2 delivered without a link to the result");
            }
            for (url, picture) in links {
                let answer = self.get(&url);
                let model = &mut *self.model.borrow_mut();
                model.pictured(index, &picture, moment, &answer);
                if answer.status != 200 {
                    model.violate(format!("I5 at rest a picture answers {}", answer.status));
                }
            }
        }
    }

    fn is_output(&self, id: &str, picture: &str) -> bool {
        let model = self.model.borrow();
        model.orders[id].output.as_ref().is_some_and(|key| key.ends_with(picture))
    }

    fn moment(&self) -> Moment {
        let tick = self.model.borrow_mut().next_tick();
        Moment { tick, wall: self.world.clock().0 }
    }

    fn get(&self, path: &str) -> Answer {
        self.world.try_request(Ask::new("GET", path)).unwrap()
    }

    /// I9: readable until 48 h and not at 48 h; the rows are gone soon after.
    fn expire(&mut self) {
        let last = {
            let model = self.model.borrow();
            let ends = model.orders.values().filter(|one| !one.closed);
            let known = |one: &&super::model::Tracked| {
                model.known.iter().position(|known| {
                    model.orders[&known.id].row.callback_token == one.row.callback_token
                })
            };
            ends.filter_map(|one| Some((one.row.expires_at?, known(&one)?))).max()
        };
        if let Some((expires_at, index)) = last {
            // Before the first hour's files are due for the sweep nothing happens.
            let dull_until = (BEGIN.0 + 49 * HOUR_MS).min(expires_at - 2 * HOUR_MS);
            self.pass((dull_until - self.world.clock().0).max(0));
            while self.world.clock().0 + HOUR_MS + MINUTE_MS < expires_at {
                self.await_next_hour();
                self.cron(1);
                self.pass(SECOND_MS);
            }
            // A request takes some milliseconds from its first look at the clock to its last.
            self.pass(expires_at - 50 - self.world.clock().0);
            let path = format!("/api/orders/{}", self.id(index));
            let before = self.get(&path).status;
            let links = self.model.borrow().known[index].links.clone();
            self.pass(expires_at - self.world.clock().0);
            let after = self.get(&path).status;
            let picture = links.first().map_or(410, |(url, _)| self.get(url).status);
            if (before, after, picture) != (200, 410, 410) {
                let text = format!("I9 around 48 h: {before}, {after}, picture {picture}");
                self.model.borrow_mut().violate(text);
            }
            self.model.borrow_mut().note("expired");
        }
        // Orders whose acknowledgement was lost may be younger.
        let unknown_ms = self.count("SELECT coalesce(max(expires_at) - ?1, 0) FROM orders");
        self.pass(unknown_ms.max(0));
        // No cron ran meanwhile; only that of an hour's first minute looks further back.
        self.await_next_hour();
        for _ in 0..3 {
            self.cron(1);
            self.pass(MINUTE_MS);
        }
        self.look();
        let rows = self.count("SELECT count(*) FROM orders");
        if rows > 0 {
            self.model.borrow_mut().violate(format!("I9 {rows} orders after their time"));
        }
        let model = &mut *self.model.borrow_mut();
        model.check_holds(&self.world);
        model.check_counts(&self.world);
    }

    /// I5: what no order knows of is gone some hours after the orders of its hour.
    fn forget(&mut self) {
        for _ in 0..6 {
            self.await_next_hour();
            self.cron(1);
            self.pass(2 * SECOND_MS);
        }
        let keys: Vec<String> = self.world.with_files(|files| files.keys().cloned().collect());
        let model = &mut *self.model.borrow_mut();
        let left = keys.iter().filter(|key| {
            let hour: i64 = key.split('/').nth(1).unwrap().parse().unwrap();
            model.hours_swept.contains(&hour)
        });
        let left = left.count();
        if left > 0 {
            model.violate(format!("I5 {left} files that no order knows of"));
        }
        if keys.len() > left {
            // Every sweep of these hours failed: the bucket's lifecycle rule takes them.
            model.note("left to the lifecycle rule");
        }
    }

    fn finish(mut self) -> Outcome {
        self.look();
        self.world.end();
        let trace = self.trace.take().map(|trace| trace.take()).unwrap_or_default();
        let mut model = self.model.replace(Model::new(Profile::default(), Rules::default()));
        for (op, count) in self.world.counts().operations {
            *model.stats.entry(format!("port {op:?}")).or_default() += count;
        }
        Outcome { events: self.events, trace, model }
    }
}

/// The link with one letter of its token changed.
fn flipped(url: &str) -> String {
    let mut text = url.to_owned();
    let last = if text.pop() == Some('A') { 'B' } else { 'A' };
    text.push(last);
    text
}
