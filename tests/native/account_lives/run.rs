//! One seed: what people do in their browsers, and what the clock and the platform do to them.

use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::rc::Rc;
use std::sync::OnceLock;

use anytryon::app::sweep::sweep;
use anytryon::app::visitor::visitor_hash;
use anytryon::domain::id::AnonSid;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS};
use anytryon::ports::World as _;
use serde_json::{Value, json};

use crate::image_fixtures::{jpeg, png};
use crate::random::Random;
use crate::world::{Answer, Ask, Browser, Form, World};

use super::chaos::{Chaos, Profile};
use super::model::{Model, Moment, Snapshot};

/// Things that are done in one seed before the quiet end.
pub const EVENTS: u64 = 120;
/// The longest a port takes to act, and again to answer, without a fault.
const LATENCY_MS: u64 = 4;
/// Who signs in. Each has a name that stands nowhere else.
pub const PEOPLE: [&str; 3] = ["adelheid", "bonifaz", "cunigunde"];
const BROWSERS: usize = 3;
/// For so long after its placing there may be a file of an anonymous order.
const ANONYMOUS_MS: i64 = 53 * HOUR_MS;

fn order_body() -> &'static [u8] {
    static BODY: OnceLock<Vec<u8>> = OnceLock::new();
    BODY.get_or_init(|| Form::order(&jpeg(256, 320, &[]), &[png(256, 256, &[], &[])]).body())
}

/// What became of one seed.
pub struct Outcome {
    pub events: u64,
    pub trace: String,
    pub model: Model,
}

type Jar = Rc<RefCell<Browser>>;

pub struct Lives {
    pub world: World,
    pub random: Random,
    pub model: Rc<RefCell<Model>>,
    trace: Option<Rc<RefCell<String>>>,
    pub jars: Vec<Jar>,
    pub active: Rc<Cell<bool>>,
    events: u64,
    networks: Cell<u32>,
    told: usize,
}

/// Runs one seed; the trace is empty unless it is asked for.
pub fn run(seed: u64, traced: bool) -> Outcome {
    let mut lives = Lives::new(seed, traced);
    while lives.events < EVENTS && lives.model.borrow().violations.is_empty() {
        lives.event();
    }
    if lives.model.borrow().violations.is_empty() {
        lives.quiet();
    }
    lives.finish()
}

impl Lives {
    fn new(seed: u64, traced: bool) -> Self {
        let active = Rc::new(Cell::new(true));
        let chaos = Chaos::new(seed, Rc::clone(&active));
        let builder = World::builder(seed).plan(chaos).latency_ms(LATENCY_MS);
        let builder = builder.rules(|rules| rules.result_bytes_max = 64 * 1_024);
        let world = builder.without_logs().build();
        let rules = world.config().rules.clone();
        let model = Model::new(Profile::of(seed), rules);
        let lives = Self {
            world,
            random: Random::new(seed),
            model: Rc::new(RefCell::new(model)),
            trace: traced.then(Rc::default),
            jars: (0..BROWSERS).map(|_| Rc::default()).collect(),
            active,
            events: 0,
            networks: Cell::new(0),
            told: 0,
        };
        lives.say(|| format!("seed {seed} {:?}", Profile::of(seed)));
        lives
    }

    pub fn say(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            let mut trace = trace.borrow_mut();
            let _ = writeln!(trace, "{:>12} {}", self.world.elapsed_ms(), line());
        }
    }

    fn profile(&self) -> Profile {
        self.model.borrow().profile
    }

    /// One thing happens, and some time passes.
    fn event(&mut self) {
        self.events += 1;
        match self.random.below(1_000) {
            0..130 => self.place(),
            130..215 => self.read(),
            215..285 => self.look_at_picture(),
            285..380 => self.sign_in(),
            380..415 => self.attack(),
            415..440 => self.sign_out(),
            440..500 => self.delete(),
            500..530 => self.simple("POST", "/api/orders/{id}/restoration"),
            530..545 => self.empty_trash(),
            545..565 => self.simple("POST", "/api/orders/{id}/cancellation"),
            565..640 => self.look_around(),
            640..660 => self.note(),
            660..675 => self.end_sessions(),
            675..700 => self.account("POST", "/api/account/exports"),
            700..725 => self.download(),
            725..745 => self.account("PUT", "/api/account/deletion"),
            745..760 => self.account("DELETE", "/api/account/deletion"),
            760..775 => self.last_second(),
            775..850 => self.cron(1),
            850..870 => self.cron(2),
            870..885 => self.turn_clock(),
            885..905 => self.kill(),
            _ => self.pause(),
        }
        let ms = match self.random.below(100) {
            0..30 => 0,
            30..60 => self.random.between(1, 500),
            60..90 => self.random.between(500, 15_000),
            _ => self.random.between(15_000, 180_000),
        };
        self.pass(ms);
    }

    pub fn pass(&mut self, ms: i64) {
        self.world.advance_time(ms);
        self.model.borrow_mut().look(&self.world);
        self.tell();
    }

    fn tell(&mut self) {
        let model = self.model.borrow();
        for violation in model.violations.iter().skip(self.told) {
            self.say(|| format!("VIOLATION {violation}"));
        }
        self.told = model.violations.len();
    }

    fn jar(&mut self) -> Jar {
        let index = usize::try_from(self.random.below(self.jars.len() as u64)).unwrap();
        Rc::clone(&self.jars[index])
    }

    fn person(&mut self) -> &'static str {
        self.random.pick(&PEOPLE)
    }

    /// A request of a browser, from a network of its own.
    pub fn from(&self, jar: &Jar, ask: Ask) -> Ask {
        let number = self.networks.get();
        self.networks.set(number + 1);
        let network = format!("10.{}.{}.7", number / 256 % 256, number % 256);
        let ask = ask.header("cf-connecting-ip", &network);
        let ask = ask.header("sec-fetch-site", "same-origin");
        let cookies = jar.borrow().cookies();
        if cookies.is_empty() { ask } else { ask.header("cookie", &cookies) }
    }

    /// Sends a request whose answer the model judges, if one comes.
    fn ask(
        &self,
        jar: &Jar,
        ask: Ask,
        before: impl FnOnce(&mut Model, &Moment),
        judge: impl FnOnce(&mut Model, &Moment, &Answer, &World) + 'static,
    ) {
        let ask = self.from(jar, ask);
        let (world, model, jar) = (self.world.fresh(), Rc::clone(&self.model), Rc::clone(jar));
        let session = jar.borrow().cookie("__Host-session").map(str::to_owned);
        let moment = model.borrow().moment(&world, session.as_deref());
        before(&mut model.borrow_mut(), &moment);
        let trace = self.trace.clone();
        self.world.spawn_request(async move {
            let answer = world.send(ask.clone()).await;
            if let Some(trace) = trace {
                let (at, status) = (world.elapsed_ms(), answer.status);
                let _ =
                    writeln!(trace.borrow_mut(), "{at:>12} {} {} = {status}", ask.method, ask.path);
            }
            jar.borrow_mut().take(&answer);
            if answer.headers.contains_key("clear-site-data") {
                *jar.borrow_mut() = Browser::default();
            }
            let mut model = model.borrow_mut();
            model.answered(&moment, &ask, &answer);
            judge(&mut model, &moment, &answer, &world);
        });
    }

    /// The same, waited for; `None` when the Worker died over it.
    pub fn ask_now(&mut self, jar: &Jar, ask: Ask) -> Option<Answer> {
        let slot: Rc<RefCell<Option<Answer>>> = Rc::default();
        let put = Rc::clone(&slot);
        self.ask(
            jar,
            ask,
            |_, _| {},
            move |_, _, answer, _| {
                *put.borrow_mut() = Some(answer.clone());
            },
        );
        for _ in 0..12 {
            if slot.borrow().is_some() {
                break;
            }
            self.pass(5 * SECOND_MS);
        }
        slot.take()
    }

    fn place(&mut self) {
        let jar = self.jar();
        let ask = Ask::new("POST", "/api/orders").header("content-type", &Form::content_type());
        self.ask(
            &jar,
            ask.body(order_body().to_vec()),
            |_, _| {},
            |model, moment, answer, world| {
                model.note(&format!("POST orders {}", answer.status));
                if answer.status != 201 {
                    return;
                }
                let id = answer.json()["id"].as_str().unwrap().to_owned();
                learn(model, moment, &id, answer);
                let now = Snapshot::of(world);
                let owner = now.orders.get(&id).map(|row| row.account.clone());
                if owner.is_some_and(|owner| owner.is_some() && owner != moment.account) {
                    model.violate("I13 an order was placed for somebody else");
                }
            },
        );
    }

    /// An order that somebody was told of, whosever it is: mostly a young one.
    fn known(&mut self) -> Option<usize> {
        let count = self.model.borrow().known.len() as u64;
        if count == 0 {
            return None;
        }
        let back = self.random.below(count).min(self.random.below(count));
        Some(usize::try_from(count - 1 - back).unwrap())
    }

    fn id(&self, index: usize) -> String {
        self.model.borrow().known[index].id.clone()
    }

    fn read(&mut self) {
        let (jar, Some(index)) = (self.jar(), self.known()) else { return };
        let id = self.id(index);
        let ask = Ask::new("GET", &format!("/api/orders/{id}"));
        self.ask(
            &jar,
            ask,
            |_, _| {},
            move |model, moment, answer, world| {
                model.note(&format!("GET order {}", answer.status));
                model.about(moment, &id, answer, world);
                if answer.status == 200 {
                    learn(model, moment, &id, answer);
                }
            },
        );
    }

    fn look_at_picture(&mut self) {
        let (jar, Some(index)) = (self.jar(), self.known()) else { return };
        let known = self.model.borrow().known[index].clone();
        if known.links.is_empty() {
            return;
        }
        let at = usize::try_from(self.random.below(known.links.len() as u64)).unwrap();
        let (url, made) = known.links.into_iter().nth(at).unwrap();
        self.show(&jar, known.id, &url, made);
    }

    fn show(&mut self, jar: &Jar, id: String, url: &str, made: (bool, i64)) {
        self.ask(
            jar,
            Ask::new("GET", url),
            |_, _| {},
            move |model, moment, answer, world| {
                model.pictured(moment, &id, made, answer, world);
            },
        );
    }

    /// An order in the History of whoever is signed in here, and a link to its picture.
    fn shown_link(&mut self, jar: &Jar) -> Option<(String, String)> {
        let page = self.ask_now(jar, Ask::new("GET", "/api/history"))?;
        let page = page.json();
        let entry = page["orders"].as_array()?.iter().find(|one| one["output"].is_object())?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Some((text(&entry["id"])?, text(&entry["output"]["url"])?))
    }

    /// A request about an order, which its owner may make and nobody else.
    fn simple(&mut self, method: &str, template: &str) {
        let (jar, Some(index)) = (self.jar(), self.known()) else { return };
        let id = self.id(index);
        let name = format!("{method} {template}");
        let ask = Ask::new(method, &template.replace("{id}", &id));
        self.ask(
            &jar,
            ask,
            |_, _| {},
            move |model, moment, answer, world| {
                model.note(&format!("{name} {}", answer.status));
                let after = Snapshot::of(world);
                let owners = [&moment.before, &after]
                    .map(|one| one.orders.get(&id).and_then(|row| row.account.clone()));
                let may = owners.iter().any(|owner| owner.is_none() || *owner == moment.account);
                if answer.status < 300 && !may {
                    model.violate(format!("I13 {name} of another account's order"));
                }
            },
        );
    }

    fn delete(&mut self) {
        let (jar, Some(index)) = (self.jar(), self.known()) else { return };
        let id = self.id(index);
        let ask = Ask::new("DELETE", &format!("/api/orders/{id}"));
        let told = id.clone();
        self.ask(
            &jar,
            ask,
            move |model, moment| model.deletes(moment, &told),
            |model, _, answer, _| {
                model.note(&format!("DELETE order {}", answer.status));
            },
        );
    }

    fn empty_trash(&mut self) {
        let jar = self.jar();
        let ask = Ask::new("DELETE", "/api/history/trash");
        self.ask(&jar, ask, Model::empties, |model, _, answer, _| {
            model.note(&format!("DELETE trash {}", answer.status));
        });
    }

    fn account(&mut self, method: &str, path: &str) {
        let jar = self.jar();
        let name = format!("{method} {path}");
        self.ask(
            &jar,
            Ask::new(method, path),
            |_, _| {},
            move |model, _, answer, _| {
                model.note(&format!("{name} {}", answer.status));
            },
        );
    }

    fn look_around(&mut self) {
        let path = self.random.pick(&[
            "/api/account",
            "/account",
            "/api/account/sessions",
            "/api/account/exports",
            "/api/account/deletion",
            "/api/session",
            "/api/history",
            "/api/history?trashed=true",
            "/api/account/portrait",
        ]);
        self.account("GET", path);
    }

    fn note(&mut self) {
        let (jar, Some(index)) = (self.jar(), self.known()) else { return };
        let id = self.id(index);
        let preview = self.random.below(2) == 0;
        let ask = if preview {
            Ask::new("PUT", &format!("/api/orders/{id}/preview"))
                .header("content-type", "image/jpeg")
                .body(jpeg(96, 128, &[]))
        } else {
            Ask::new("PATCH", &format!("/api/orders/{id}"))
                .header("content-type", "application/json")
                .body(json!({"label": "mine", "starred": true}).to_string().into_bytes())
        };
        self.ask(
            &jar,
            ask,
            |_, _| {},
            move |model, moment, answer, world| {
                model.note(&format!("note {preview} {}", answer.status));
                model.about(moment, &id, answer, world);
            },
        );
    }

    fn end_sessions(&mut self) {
        self.account("DELETE", "/api/account/sessions");
    }

    /// Looks for exports and fetches what is ready.
    fn download(&mut self) {
        let jar = self.jar();
        let Some(list) = self.ask_now(&jar, Ask::new("GET", "/api/account/exports")) else {
            return;
        };
        let url = list.json()["exports"][0]["parts"][0]["url"].as_str().map(str::to_owned);
        let Some(url) = url else { return };
        // Now and then somebody else finds the address.
        let other = self.random.below(3) == 0;
        let jar = if other { self.jar() } else { jar };
        self.ask(
            &jar,
            Ask::new("GET", &url),
            |_, _| {},
            |model, _, answer, _| {
                model.note(&format!("GET export {}", answer.status));
            },
        );
    }

    fn sign_out(&mut self) {
        let jar = self.jar();
        let token = jar.borrow().cookie("__Host-session").map(str::to_owned);
        let ask = Ask::new("POST", "/auth/sign-out");
        self.ask(
            &jar,
            ask,
            |_, _| {},
            move |model, _, answer, world| {
                model.note(&format!("sign out {}", answer.status));
                let alive = model.moment(world, token.as_deref()).account.is_some();
                if answer.status < 400 && alive {
                    model.violate("a session lives on after its end");
                }
            },
        );
    }

    /// To Google and, after a while, back. What Google gives for `subject` comes back with it.
    fn depart(&mut self, jar: &Jar, query: &str, subject: &str) -> Option<String> {
        let answer = self.ask_now(jar, Ask::new("GET", &format!("/auth/google{query}")))?;
        if answer.status != 303 {
            return None;
        }
        let address = answer.header("location").to_owned();
        let (code, state) = self.world.with_google(|google| google.allow(subject, &address));
        Some(format!("/auth/google/callback?code={code}&state={state}"))
    }

    fn sign_in(&mut self) {
        let (jar, subject) = (self.jar(), self.person());
        let _ = self.sign_in_as(&jar, subject);
    }

    pub fn sign_in_as(&mut self, jar: &Jar, subject: &'static str) -> Option<Answer> {
        let query = if self.random.below(2) == 0 { "?fresh=on" } else { "" };
        self.sign_in_with(jar, query, subject)
    }

    pub fn sign_in_with(
        &mut self,
        jar: &Jar,
        query: &str,
        subject: &'static str,
    ) -> Option<Answer> {
        let path = self.depart(jar, query, subject)?;
        let away_ms = if self.random.below(4) == 0 { self.random.between(0, 30_000) } else { 0 };
        self.pass(away_ms);
        let visitor = visitor_of(&jar.borrow());
        let claims = visitor.clone();
        let slot: Rc<RefCell<Option<Answer>>> = Rc::default();
        let put = Rc::clone(&slot);
        self.ask(
            jar,
            Ask::new("GET", &path),
            move |model, _| {
                if let Some(visitor) = claims {
                    model.claims(&visitor, subject);
                }
            },
            move |model, moment, answer, world| {
                model.note(&format!("sign in {}", answer.status));
                if answer.status == 303 {
                    all_claimed(model, moment, visitor.as_deref(), world);
                }
                *put.borrow_mut() = Some(answer.clone());
            },
        );
        for _ in 0..12 {
            if slot.borrow().is_some() {
                break;
            }
            let ms = self.random.between(1, 5_000);
            self.pass(ms);
        }
        slot.take()
    }

    /// What must end without a session.
    fn attack(&mut self) {
        let (jar, subject) = (self.jar(), self.person());
        let kind = self.random.below(5);
        let Some(path) = self.depart(&jar, "", subject) else { return };
        let stranger: Jar = Rc::default();
        let now_s = self.world.clock().0 / SECOND_MS;
        let (from, path, change) = match kind {
            // Another browser is led to the callback.
            0 => (stranger, path, Value::Null),
            1 => (jar, path.replacen("state=", "state=A", 1), Value::Null),
            2 => (jar, path, json!({"nonce": "wrong"})),
            3 => (jar, path, json!({"aud": "other"})),
            _ => (jar, path, json!({"exp": now_s - 7_200, "iat": now_s - 10_800})),
        };
        self.world.with_google(|google| google.change = change);
        let answer = self.ask_now(&from, Ask::new("GET", &path));
        self.world.with_google(|google| google.change = Value::Null);
        let Some(answer) = answer else { return };
        self.model.borrow_mut().note(&format!("attack {kind} {}", answer.status));
        if answer.status < 400 || tells_session(&answer) {
            self.model.borrow_mut().violate(format!("attack {kind} answered {}", answer.status));
        }
    }

    /// A deletion is asked for and, around its last second, taken back.
    fn last_second(&mut self) {
        let (jar, subject) = (self.jar(), self.person());
        let proven = self.sign_in_with(&jar, "?fresh=on", subject);
        if proven.is_none_or(|answer| answer.status != 303) {
            return;
        }
        let Some(asked) = self.ask_now(&jar, Ask::new("PUT", "/api/account/deletion")) else {
            return;
        };
        let due_at = asked.json()["due_at"].as_str().map(str::to_owned);
        let Some(due_at) = due_at else { return };
        let due_at = chrono::DateTime::parse_from_rfc3339(&due_at).unwrap().timestamp_millis();
        let early_ms = self.random.pick(&[MINUTE_MS, SECOND_MS, 20, 5, 0, -5, -20, -SECOND_MS]);
        let until = due_at - early_ms;
        while until - self.world.clock().0 > HOUR_MS {
            self.next_hour();
        }
        self.pass((until - SECOND_MS - self.world.clock().0).max(0));
        let link = self.shown_link(&jar);
        self.pass((until - self.world.clock().0).max(0));
        // The cron may run in this very moment.
        if self.random.below(2) == 0 {
            self.cron(1);
        }
        let ask = Ask::new("DELETE", "/api/account/deletion");
        self.ask(
            &jar,
            ask,
            |_, _| {},
            move |model, moment, answer, world| {
                model.note(&format!("last second {}", answer.status));
                let account = moment.account.clone().unwrap_or_default();
                let now = Snapshot::of(world);
                let stands = now.accounts.get(&account).is_some_and(|one| one.due_at.is_none());
                if answer.status == 204 && !stands {
                    model.violate("I8 a deletion went on that was taken back");
                }
            },
        );
        if let Some((id, url)) = link {
            let made_at = self.world.clock().0;
            self.model.borrow_mut().note("last picture");
            self.show(&Jar::default(), id, &url, (true, made_at));
        }
        self.pass(SECOND_MS);
        for _ in 0..3 {
            self.cron(1);
            self.pass(MINUTE_MS);
        }
    }

    pub fn cron(&mut self, count: u64) {
        for _ in 0..count {
            let (world, model) = (self.world.fresh(), Rc::clone(&self.model));
            self.world.spawn_request(async move {
                if sweep(&world).await.is_ok() {
                    model.borrow_mut().swept_at = world.clock().0;
                }
            });
        }
        self.say(|| format!("cron x{count}"));
    }

    fn turn_clock(&mut self) {
        if self.profile().clock {
            let to = self.random.pick(&[-10 * MINUTE_MS, 0, 10 * MINUTE_MS, -700, 90 * SECOND_MS]);
            self.say(|| format!("clock {to:+} ms"));
            self.model.borrow_mut().look(&self.world);
            self.world.set_skew(to);
        }
    }

    fn kill(&mut self) {
        if self.profile().kills == 0 {
            return;
        }
        match self.random.below(3) {
            0 => self.world.kill_dispatcher(),
            1 => self.world.kill_exporters(),
            _ => self.world.kill_isolates(),
        }
        self.say(|| "killed".to_owned());
    }

    /// Hours or weeks in which nobody does anything.
    fn pause(&mut self) {
        let ms = match self.random.below(20) {
            0..12 => self.random.between(0, 3) * HOUR_MS,
            12..17 => self.random.between(6, 60) * HOUR_MS,
            17 => 4 * DAY_MS,
            18 => 9 * DAY_MS,
            _ => 30 * DAY_MS,
        };
        self.say(|| format!("pause of {} h", ms / HOUR_MS));
        self.sleep(ms);
    }

    /// Lets time pass with the cron of each hour, as long as it has files to look for, and then of
    /// every sixth.
    pub fn sleep(&mut self, ms: i64) {
        let (begin, end) = (self.world.elapsed_ms(), self.world.elapsed_ms() + ms);
        while self.world.elapsed_ms() + HOUR_MS < end {
            if self.world.elapsed_ms() - begin > ANONYMOUS_MS {
                self.pass(5 * HOUR_MS);
            }
            self.next_hour();
        }
        self.pass((end - self.world.elapsed_ms()).max(0));
    }

    /// The first minutes of the next hour of the wall clock.
    pub fn next_hour(&mut self) {
        let wall = self.world.clock().0;
        let next = (wall.div_euclid(HOUR_MS) + 1) * HOUR_MS;
        self.pass(next - wall + 5 * SECOND_MS);
        self.cron(1);
        self.pass(MINUTE_MS);
        self.cron(1);
        self.pass(2 * SECOND_MS);
    }

    fn finish(mut self) -> Outcome {
        self.model.borrow_mut().look(&self.world);
        self.tell();
        self.world.end();
        let trace = self.trace.take().map(|trace| trace.take()).unwrap_or_default();
        let rules = self.world.config().rules.clone();
        let model = self.model.replace(Model::new(Profile::default(), rules));
        Outcome { events: self.events, trace, model }
    }
}

/// Notes what this answer tells of an order.
fn learn(model: &mut Model, moment: &Moment, id: &str, answer: &Answer) {
    let owned = moment.before.orders.get(id).is_some_and(|row| row.account.is_some());
    let index = model.learn(id);
    for image in answer.json()["images"].as_array().into_iter().flatten() {
        let url = image["url"].as_str().unwrap().to_owned();
        model.known[index].links.entry(url).or_insert((owned, moment.before.now));
    }
}

fn visitor_of(browser: &Browser) -> Option<String> {
    browser.cookie("__Host-anon_sid").and_then(AnonSid::parse).map(visitor_hash)
}

fn tells_session(answer: &Answer) -> bool {
    let lines = answer.headers.get_all("set-cookie").iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .any(|line| line.starts_with("__Host-session=") && !line.starts_with("__Host-session=;"))
}

/// Whoever is signed in has the orders that his browser had placed before.
fn all_claimed(model: &mut Model, moment: &Moment, visitor: Option<&str>, world: &World) {
    let Some(visitor) = visitor.filter(|_| model.profile.is_answered()) else { return };
    let now = Snapshot::of(world);
    let left = moment.before.orders.iter().filter(|(id, row)| {
        let was_his = row.account.is_none() && row.visitor.as_deref() == Some(visitor);
        let is_alive = |at: Option<i64>| at.is_some_and(|at| at > now.now + MINUTE_MS);
        let is_left = now
            .orders
            .get(*id)
            .is_some_and(|row| row.account.is_none() && is_alive(row.expires_at));
        was_his && is_left
    });
    let left = left.count();
    if left > 0 {
        model.violate(format!("{left} orders were not claimed"));
    }
}
