//! The world of the native tests: the real handlers, verbs, statements and migrations over
//! `SQLite`, a map of files, a model of the provider and a virtual clock. Everything that happens
//! follows from the seed.

pub mod database;
mod dispatcher;
mod executor;
mod exporter;
mod faults;
mod files;
mod form;
pub mod google;
mod limiter;
mod people;
mod port;
pub mod provider;
mod traffic;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::OnceLock;

use anytryon::app::Failure;
use anytryon::app::sweep::{Swept, sweep};
use anytryon::domain::asks::Asks;
use anytryon::domain::asset::Assets;
use anytryon::domain::keyring::{Key, Keyring};
use anytryon::domain::rules::Rules;
use anytryon::domain::site::Site;
use anytryon::domain::time::{MINUTE_MS, Millis};
use anytryon::domain::uploads::Uploads;
use anytryon::ports::{Config, Identity, MailRoute};
use anytryon::provider::origin::{DEFAULT_RESULT_ORIGINS, ResultOrigins};

use crate::random::Random;

pub use database::{Change, Database, Kind, OrderRow, migrations};
pub use executor::{Executor, TaskId};
pub use faults::{Calm, Fault, Op, Plan};
pub use files::Files;
pub use form::Form;
pub use people::Browser;
pub use traffic::{Answer, Ask};

use dispatcher::Dispatcher;
use google::Google;
use limiter::Limiter;
use provider::Provider;

/// Where the virtual clock begins: 2026-11-20 10:00 UTC.
pub const BEGIN: Millis = Millis(1_795_168_800_000);
/// The site's origin in every test.
pub const ORIGIN: &str = "https://anytryon.example";
/// The key with which the provider signs.
pub const WEBHOOK_KEY: &str = "test-hmac-key";
/// The longest that [`World::run_until_idle`] lets the clock run.
const IDLE_MS_MAX: i64 = 60 * MINUTE_MS;

/// The production configuration with test secrets.
pub fn config() -> Config {
    Config {
        site: site(),
        provider_url: "https://api.kie.ai".to_owned(),
        provider_model: "nano-banana-2".to_owned(),
        result_origins: ResultOrigins::parse(DEFAULT_RESULT_ORIGINS).unwrap(),
        provider_key: "kie-test-key".to_owned(),
        webhook_keys: vec![WEBHOOK_KEY.to_owned()],
        link_keys: keyring(1, None),
        address_key: b"address-key-of-the-tests-32-bytes".to_vec(),
        identity: Identity {
            issuer: "https://accounts.google.com".to_owned(),
            client_id: "client".to_owned(),
            client_secret: "secret".to_owned(),
        },
        mail: MailRoute { from: "hello@anytryon.example".to_owned(), url: None },
        receipt_seed: [7; 32],
        operator_key: b"operator-key-of-the-tests-32-byte".to_vec(),
        rules: Rules::default(),
        version: "test".to_owned(),
    }
}

/// The site of the tests, with the style sheets and scripts that `public/` has.
pub fn site() -> Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(read_site).clone()
}

fn read_site() -> Site {
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("public");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for folder in ["css", "js"] {
        for entry in fs::read_dir(public.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&public).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(&path).unwrap());
        }
    }
    Site {
        name: "AnyTryOn".to_owned(),
        origin: ORIGIN.to_owned(),
        contact: "hello@anytryon.example".to_owned(),
        assets: Assets::of(files.iter().map(|(name, content)| (&**name, &**content))),
        ..Site::default()
    }
}

/// A keyring of numbered test keys.
pub fn keyring(current: u8, previous: Option<u8>) -> Keyring {
    let key = |number: u8| Key::new(&[number; 32]).unwrap();
    Keyring { current: key(current), previous: previous.map(key) }
}

/// How a world is made.
pub struct Builder {
    seed: u64,
    config: Config,
    latency_ms: u64,
    plan: Box<dyn Plan>,
    keeps_logs: bool,
}

impl Builder {
    #[must_use]
    pub fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    #[must_use]
    pub fn rules(self, change: impl FnOnce(&mut Rules)) -> Self {
        self.config(|config| change(&mut config.rules))
    }

    /// The longest that a port takes to act and again to answer; 0 is at once.
    #[must_use]
    pub fn latency_ms(mut self, ms: u64) -> Self {
        self.latency_ms = ms;
        self
    }

    /// Who decides what goes wrong; nothing does by default.
    #[must_use]
    pub fn plan(mut self, plan: impl Plan + 'static) -> Self {
        self.plan = Box::new(plan);
        self
    }

    #[must_use]
    pub fn without_logs(mut self) -> Self {
        self.keeps_logs = false;
        self
    }

    pub fn build(self) -> World {
        let shared = Shared {
            executor: Executor::new(self.seed ^ 0x5eed),
            database: RefCell::new(Database::new()),
            files: RefCell::default(),
            provider: RefCell::new(Provider::new()),
            google: RefCell::default(),
            limiter: RefCell::default(),
            dispatcher: RefCell::default(),
            exporters: RefCell::default(),
            uploads: RefCell::default(),
            asks: RefCell::default(),
            config: RefCell::new(Rc::new(self.config)),
            plan: RefCell::new(self.plan),
            script: RefCell::default(),
            random: RefCell::new(Random::new(self.seed ^ 0xd1ce)),
            latency_ms: self.latency_ms,
            skew_ms: Cell::new(0),
            keeps_logs: self.keeps_logs,
            logs: RefCell::default(),
            counts: RefCell::default(),
            requests: RefCell::default(),
        };
        let config = Rc::clone(&shared.config.borrow());
        World { shared: Rc::new(shared), config, in_dispatcher: false }
    }
}

struct Shared {
    executor: Rc<Executor>,
    database: RefCell<Database>,
    files: RefCell<Files>,
    provider: RefCell<Provider>,
    google: RefCell<Google>,
    limiter: RefCell<Limiter>,
    dispatcher: RefCell<Dispatcher>,
    exporters: RefCell<exporter::Exporters>,
    /// Of the one isolate that answers requests.
    uploads: RefCell<Uploads>,
    asks: RefCell<Asks>,
    config: RefCell<Rc<Config>>,
    plan: RefCell<Box<dyn Plan>>,
    script: RefCell<faults::Script>,
    random: RefCell<Random>,
    latency_ms: u64,
    /// How far the wall clock is from the virtual one.
    skew_ms: Cell<i64>,
    keeps_logs: bool,
    logs: RefCell<Vec<serde_json::Value>>,
    counts: RefCell<BTreeMap<Op, u64>>,
    /// Requests, callbacks and sweeps under way: what dies with an isolate.
    requests: RefCell<Vec<TaskId>>,
}

/// One event's handle on the world; see the module.
#[derive(Clone)]
pub struct World {
    shared: Rc<Shared>,
    config: Rc<Config>,
    in_dispatcher: bool,
}

/// How often each port was used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Uses of each port operation.
    pub operations: BTreeMap<Op, u64>,
    /// D1 statements.
    pub statements: u64,
    /// D1 rows inserted, updated or deleted.
    pub rows_written: u64,
    /// D1 rows returned.
    pub rows_returned: u64,
}

impl Counts {
    pub fn of(&self, op: Op) -> u64 {
        self.operations.get(&op).copied().unwrap_or(0)
    }

    /// What happened since `before`.
    #[must_use]
    pub fn since(&self, before: &Self) -> Self {
        let operations = self.operations.iter().map(|(op, count)| (*op, count - before.of(*op)));
        Self {
            operations: operations.filter(|(_, count)| *count > 0).collect(),
            statements: self.statements - before.statements,
            rows_written: self.rows_written - before.rows_written,
            rows_returned: self.rows_returned - before.rows_returned,
        }
    }
}

impl World {
    /// A world in which nothing goes wrong, with production rules and no latency.
    pub fn builder(seed: u64) -> Builder {
        let plan = Box::new(Calm);
        Builder { seed, config: config(), latency_ms: 0, plan, keeps_logs: true }
    }

    /// The same with nothing changed.
    pub fn new() -> Self {
        Self::builder(1).build()
    }

    /// A handle on the configuration that holds now, as the next event gets it.
    pub fn fresh(&self) -> Self {
        let config = Rc::clone(&self.shared.config.borrow());
        Self { shared: Rc::clone(&self.shared), config, in_dispatcher: false }
    }

    /// Changes the configuration for every event that begins from now on.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        let mut config = (**self.shared.config.borrow()).clone();
        change(&mut config);
        *self.shared.config.borrow_mut() = Rc::new(config);
    }

    /// Deploys another configuration: the Dispatcher begins anew.
    pub fn deploy(&self, change: impl FnOnce(&mut Config)) {
        self.configure(change);
        self.kill_dispatcher();
    }

    /// The wall clock.
    pub fn clock(&self) -> Millis {
        BEGIN.plus(self.shared.executor.now() + self.shared.skew_ms.get())
    }

    /// The virtual clock, which never steps.
    pub fn elapsed_ms(&self) -> i64 {
        self.shared.executor.now()
    }

    /// Turns the wall clock.
    pub fn set_skew(&self, ms: i64) {
        self.shared.skew_ms.set(ms);
        self.rearm();
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) -> TaskId {
        self.shared.executor.spawn(future)
    }

    pub fn kill(&self, task: TaskId) {
        self.shared.executor.kill(task);
    }

    pub fn is_alive(&self, task: TaskId) -> bool {
        self.shared.executor.is_alive(task)
    }

    /// Lets time pass and everything happen that falls into it.
    pub fn advance_time(&self, ms: i64) {
        self.shared.executor.run_until(self.shared.executor.now() + ms);
    }

    /// Runs until nothing is under way and no timer or alarm is set, for an hour at most.
    pub fn run_until_idle(&self) {
        let executor = &self.shared.executor;
        let limit = executor.now() + IDLE_MS_MAX;
        loop {
            while executor.step() {}
            if !executor.skip_to_next_timer(limit) {
                return;
            }
        }
    }

    /// Runs the world until the future is done; `None` when it was killed.
    pub fn block_on<T: 'static>(&self, future: impl Future<Output = T> + 'static) -> Option<T> {
        let slot = Rc::new(RefCell::new(None));
        let task = {
            let slot = Rc::clone(&slot);
            self.spawn(async move {
                let value = future.await;
                *slot.borrow_mut() = Some(value);
            })
        };
        self.shared.requests.borrow_mut().push(task);
        let executor = &self.shared.executor;
        while self.is_alive(task) {
            if !executor.step() && !executor.skip_to_next_timer(i64::MAX) {
                break;
            }
        }
        slot.take()
    }

    /// The cron of a minute; `None` when it was killed.
    pub fn cron(&self) -> Option<Result<Swept, Failure>> {
        let world = self.fresh();
        self.block_on(async move { sweep(&world).await })
    }

    /// An isolate dies with every request in it and with what Durable Objects remember.
    pub fn kill_isolates(&self) {
        let requests = std::mem::take(&mut *self.shared.requests.borrow_mut());
        for task in requests {
            self.kill(task);
        }
        *self.shared.uploads.borrow_mut() = Uploads::default();
        *self.shared.asks.borrow_mut() = Asks::default();
        self.evict_limiter();
        self.kill_dispatcher();
        self.kill_exporters();
    }

    /// The limiter's objects lose what they have not stored, while requests go on.
    pub fn evict_limiter(&self) {
        self.shared.limiter.borrow_mut().forget();
    }

    /// Ends the world: its tasks hold it, so that it would never be freed.
    pub fn end(&self) {
        self.shared.executor.clear();
    }

    /// Log lines, oldest first.
    pub fn logs(&self) -> Vec<serde_json::Value> {
        self.shared.logs.borrow().clone()
    }

    pub fn counts(&self) -> Counts {
        let database = self.shared.database.borrow();
        Counts {
            operations: self.shared.counts.borrow().clone(),
            statements: database.statements,
            rows_written: database.rows_written,
            rows_returned: database.rows_returned,
        }
    }

    /// Reads or changes the database behind the product's back.
    pub fn with_database<T>(&self, look: impl FnOnce(&mut Database) -> T) -> T {
        look(&mut self.shared.database.borrow_mut())
    }

    /// Reads or changes the files behind the product's back.
    pub fn with_files<T>(&self, look: impl FnOnce(&mut Files) -> T) -> T {
        look(&mut self.shared.files.borrow_mut())
    }

    /// Reads or changes the provider.
    pub fn with_provider<T>(&self, look: impl FnOnce(&mut Provider) -> T) -> T {
        look(&mut self.shared.provider.borrow_mut())
    }

    /// Reads or changes Google and the mailbox.
    pub fn with_google<T>(&self, look: impl FnOnce(&mut Google) -> T) -> T {
        look(&mut self.shared.google.borrow_mut())
    }

    fn draw(&self, end: u64) -> u64 {
        self.shared.random.borrow_mut().below(end)
    }
}
