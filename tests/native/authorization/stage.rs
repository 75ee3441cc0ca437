//! A world with people and things of theirs, and a request for each route.

use std::cell::Cell;

use anytryon::domain::deletion::ClaimCode;
use anytryon::domain::hex::hex;
use anytryon::domain::id::{
    AccountId, AnonSid, ExportId, MailToken, SessionId, SessionToken, TOKEN_BYTES, WaitlistToken,
};
use anytryon::domain::news::end_token;
use anytryon::domain::session::token_hash;
use anytryon::domain::time::{DAY_MS, HOUR_MS};
use anytryon::web::routes::Route;
use http::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::image_fixtures::jpeg;
use crate::site::{order_form, post_order};
use crate::world::{Answer, Ask, World, config};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    Nobody,
    /// Has placed the anonymous order.
    AnonymousA,
    AnonymousB,
    /// Owns what is somebody's, and has just proved who she is.
    Ada,
    /// The same, yesterday.
    AdaLongAgo,
    /// The same, just signed in without a proof.
    AdaUnproven,
    /// Another account.
    Bob,
    /// The cookie of an account that is gone.
    Gone,
    /// The cookie of an account whose time is over, before anybody has swept it away.
    Leaving,
}

impl Asker {
    pub const ALL: [Self; 9] = [
        Self::Nobody,
        Self::AnonymousA,
        Self::AnonymousB,
        Self::Ada,
        Self::AdaLongAgo,
        Self::AdaUnproven,
        Self::Bob,
        Self::Gone,
        Self::Leaving,
    ];

    /// What the tokens of this person's session are made of; nobody has one without it.
    const fn number(self) -> Option<u8> {
        match self {
            Self::Nobody | Self::AnonymousA | Self::AnonymousB => None,
            Self::Ada => Some(1),
            Self::AdaLongAgo => Some(2),
            Self::Bob => Some(3),
            Self::Gone => Some(4),
            Self::Leaving => Some(5),
            Self::AdaUnproven => Some(6),
        }
    }

    fn cookie(self) -> String {
        match (self, self.number()) {
            (Self::AnonymousA, _) => format!("__Host-anon_sid={}", sid(1)),
            (Self::AnonymousB, _) => format!("__Host-anon_sid={}", sid(2)),
            (_, Some(number)) => format!("__Host-session={}; signed_in=1", token(number)),
            (_, None) => String::new(),
        }
    }
}

/// Who may have a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    /// Whoever has its id.
    ById,
    /// Ada alone.
    ByAda,
}

/// The kind of a thing that a request names in its body.
pub const SELECTION: &str = "selection";

/// What stands in a route's segment, or in the body.
#[derive(Clone, Debug)]
pub struct Thing {
    pub kind: &'static str,
    pub segment: Option<String>,
    pub holding: Holding,
}

/// See the module.
pub struct Stage {
    world: World,
    anonymous_order: String,
    adas_order: String,
    adas_picture: String,
    anonymous_picture: String,
    /// Texts that nobody but Ada may be told.
    pub adas: Vec<String>,
    networks: Cell<usize>,
}

fn sid(number: u8) -> AnonSid {
    AnonSid::from_bytes([200 + number; 16])
}

fn token(number: u8) -> SessionToken {
    SessionToken::from_bytes([number; TOKEN_BYTES])
}

fn account(number: u8) -> AccountId {
    AccountId::from_bytes([number; 16])
}

fn session(number: u8) -> SessionId {
    SessionId::from_bytes([100 + number; 16])
}

fn export() -> ExportId {
    ExportId::from_bytes([11; 16])
}

fn claim() -> ClaimCode {
    ClaimCode::from_bytes([12; 16])
}

fn waitlist_token() -> WaitlistToken {
    WaitlistToken::from_bytes([13; 16])
}

fn mail_token() -> MailToken {
    MailToken::from_bytes([9; TOKEN_BYTES])
}

impl Stage {
    pub fn new() -> Self {
        let world = World::new();
        world.advance_time(2 * DAY_MS);
        let mut stage = Self {
            world,
            anonymous_order: String::new(),
            adas_order: String::new(),
            adas_picture: String::new(),
            anonymous_picture: String::new(),
            adas: vec![],
            networks: Cell::new(0),
        };
        for (number, name) in [(1, "Ada"), (3, "Bob"), (4, "Gil"), (5, "Lea")] {
            stage.insert_account(number, name);
        }
        for (asker, owner) in [(1, 1), (2, 1), (3, 3), (4, 4), (5, 5), (6, 1)] {
            let ago_ms = if asker == 2 { 20 * HOUR_MS } else { 0 };
            stage.insert_session(asker, owner, ago_ms, asker != 6);
        }
        stage.place_orders();
        stage.give_ada_more();
        stage.end_others();
        stage
    }

    fn execute(&self, sql: &str, args: &[&dyn rusqlite::ToSql]) {
        self.world.with_database(|one| one.connection().execute(sql, args).unwrap());
    }

    fn insert_account(&self, number: u8, name: &str) {
        let sql = "INSERT INTO accounts (id, issuer, subject, name, email, created_at) \
                   VALUES (?1, 'https://accounts.google.com', ?2, ?3, ?4, ?5)";
        let id = account(number).to_string();
        let subject = format!("subject-of-{name}");
        let email = format!("{name}@private.example");
        let created_at = self.world.clock().0 - DAY_MS;
        self.execute(sql, &[&id, &subject, &format!("{name} Lovelace"), &email, &created_at]);
    }

    fn insert_session(&self, number: u8, owner: u8, ago_ms: i64, is_proof: bool) {
        let sql = "INSERT INTO sessions (token_hash, account, id, device, signed_in_at, used_at, \
                   proved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let now = self.world.clock().0;
        let (hash, account) = (token_hash(&token(number)), account(owner).to_string());
        let (id, device) = (session(number).to_string(), format!("Device {number}"));
        let (begun, proved) = (now - ago_ms, is_proof.then_some(now - ago_ms));
        self.execute(sql, &[&hash, &account, &id, &device, &begun, &now, &proved]);
    }

    /// Ada's order is delivered and moved before the others leave.
    fn place_orders(&mut self) {
        let place = |asker: Asker| {
            let ask = post_order(order_form()).header("cookie", &asker.cookie());
            let ask = ask.header("sec-fetch-site", "same-origin");
            let placed = self.send(&ask);
            assert_eq!(placed.status, 201, "{}", placed.text());
            placed.json()["id"].as_str().unwrap().to_owned()
        };
        let ids = [place(Asker::AnonymousA), place(Asker::Ada), place(Asker::AnonymousB)];
        self.world.advance_time(HOUR_MS / 10);
        let [anonymous, adas, _] = ids;
        (self.anonymous_order, self.adas_order) = (anonymous, adas);
        let picture = |stage: &Self, asker: Asker, id: &str| {
            let told = stage.told_to(asker, &format!("/api/orders/{id}"));
            let view: Value = serde_json::from_str(&told).unwrap();
            view["images"][2]["url"].as_str().unwrap().trim_start_matches("/i/").to_owned()
        };
        let preview = Ask::new("PUT", &format!("/api/orders/{}/preview", self.adas_order));
        let preview = preview.header("cookie", &Asker::Ada.cookie());
        let preview = preview.header("sec-fetch-site", "same-origin");
        assert_eq!(self.send(&preview.body(jpeg(96, 128, &[]))).status, 204);
        self.anonymous_picture = picture(self, Asker::Nobody, &self.anonymous_order);
        self.adas_picture = picture(self, Asker::Ada, &self.adas_order);
    }

    fn give_ada_more(&mut self) {
        let now = self.world.clock().0;
        let id = account(1).to_string();
        let hash = hex(&Sha256::digest(mail_token().bytes()));
        self.execute(
            "INSERT INTO email_changes (account, email, token_hash, expires_at) \
             VALUES (?1, 'ada@next.example', ?2, ?3)",
            &[&id, &hash, &(now + DAY_MS)],
        );
        self.execute(
            "UPDATE orders SET label = 'the label of Ada', starred = 1, rating = 4 WHERE account = ?1",
            &[&id],
        );
        self.give_portrait(1, "Ada");
        self.give_portrait(3, "Bob");
        self.export_hers(&id, now);
        self.execute(
            "INSERT INTO receipts (claim_hash, receipt, expires_at) VALUES (?1, 'a receipt', ?2)",
            &[&claim().hash(), &(now + DAY_MS)],
        );
        self.execute(
            "INSERT INTO waitlist (email, source, joined_at, token) VALUES ('w@x.example', 'home', ?1, ?2)",
            &[&now, &waitlist_token().to_string()],
        );
        let own = [
            id,
            export().to_string(),
            "the export of Ada".to_owned(),
            self.adas_order.clone(),
            self.adas_picture.clone(),
            session(1).to_string(),
            session(2).to_string(),
            session(6).to_string(),
            token(1).to_string(),
            token(2).to_string(),
            token(6).to_string(),
            "Ada Lovelace".to_owned(),
            "Ada@private.example".to_owned(),
            "ada@next.example".to_owned(),
            "subject-of-Ada".to_owned(),
            "the label of Ada".to_owned(),
            "the portrait of Ada".to_owned(),
            "Device 2".to_owned(),
            "Device 6".to_owned(),
        ];
        self.adas = own.into();
    }

    fn give_portrait(&self, number: u8, name: &str) {
        let key = format!("portraits/of-{name}");
        let bytes = format!("the portrait of {name}").into_bytes();
        let portrait = serde_json::json!({
            "key": key, "format": "jpeg", "bytes": bytes.len(), "sha256": "0".repeat(64), "crc32": 0,
        });
        self.world.with_files(|files| files.put(&key, bytes));
        let sql = "UPDATE accounts SET portrait = ?2 WHERE id = ?1";
        self.execute(sql, &[&account(number).to_string(), &portrait.to_string()]);
    }

    fn export_hers(&self, id: &str, now: i64) {
        let key = "exports/1/of-ada";
        self.world.with_files(|files| files.put(key, b"the export of Ada".to_vec()));
        let parts = serde_json::json!([{"key": key, "bytes": 17, "sha256": "0".repeat(64)}]);
        self.execute(
            "INSERT INTO exports (account, id, state, parts, requested_at, finished_at, expires_at, \
             wake_at) VALUES (?1, ?2, 'ready', ?3, ?4, ?4, ?5, ?5)",
            &[&id, &export().to_string(), &parts.to_string(), &(now - HOUR_MS), &(now + DAY_MS)],
        );
    }

    fn end_others(&self) {
        // As the deletion of an account leaves it: its cookies are still out there.
        self.execute("DELETE FROM accounts WHERE id = ?1", &[&account(4).to_string()]);
        let now = self.world.clock().0;
        self.execute(
            "UPDATE accounts SET deletion_asked_at = ?2 - 1, deletion_due_at = ?2, \
             deletion_claim = ?3 WHERE id = ?1",
            &[&account(5).to_string(), &now, &"0".repeat(64)],
        );
    }

    /// What a route can be asked for.
    pub fn things(&self, route: &Route) -> Vec<Thing> {
        let thing = |kind, segment: &str, holding| Thing {
            kind,
            segment: Some(segment.to_owned()),
            holding,
        };
        let Some((before, _)) = route.template.split_once('{') else {
            let chooses = ["/deletion", "/restoration", "/download"];
            let is_chosen = chooses.iter().any(|end| route.template.ends_with(end));
            if route.method == Method::POST && is_chosen && route.template.contains("history") {
                return vec![thing(SELECTION, &self.adas_order, Holding::ByAda)];
            }
            return vec![Thing { kind: "nothing", segment: None, holding: Holding::ByAda }];
        };
        let things = match before {
            "/api/orders/" | "/orders/" | "/history/orders/" => vec![
                thing("anonymous order", &self.anonymous_order, Holding::ById),
                thing("account's order", &self.adas_order, Holding::ByAda),
            ],
            "/i/" => vec![
                thing("anonymous picture", &self.anonymous_picture, Holding::ById),
                thing("account's picture", &self.adas_picture, Holding::ById),
            ],
            "/api/account/sessions/" | "/account/sessions/" => {
                vec![thing("session", &session(2).to_string(), Holding::ByAda)]
            }
            "/api/account/exports/" => {
                vec![thing("export", &format!("{}.1.zip", export()), Holding::ByAda)]
            }
            "/webhooks/kie/" => {
                vec![thing("callback", &self.callback_token(), Holding::ById)]
            }
            _ => vec![],
        };
        assert!(!things.is_empty(), "{} has a segment, and no thing for it", route.template);
        things
    }

    fn callback_token(&self) -> String {
        let row = self.world.with_database(|one| one.order(&self.adas_order).unwrap());
        row.callback_token
    }

    /// The request of a route about a thing, as our own pages send it.
    pub fn ask(&self, route: &Route, thing: &Thing, asker: Asker) -> Ask {
        let mut path = route.template.to_owned();
        if let (Some((before, after)), Some(segment)) = (path.split_once('{'), &thing.segment) {
            path = format!("{before}{segment}{}", after.split_once('}').unwrap().1);
        }
        if thing.kind == "callback" {
            let task = self.world.with_database(|one| {
                let sql = "SELECT task_id FROM orders WHERE id = ?1";
                let id = &self.adas_order;
                one.connection().query_row(sql, [id], |row| row.get::<_, String>(0)).unwrap()
            });
            return self.world.callback_ask(&path, &task, None);
        }
        let ask = Ask::new(route.method.as_str(), &path).header("cookie", &asker.cookie());
        let ask = ask.header("sec-fetch-site", "same-origin");
        let ask = if path.starts_with("/api/operator/") {
            let key = String::from_utf8(config().operator_key).unwrap();
            ask.header("authorization", &format!("Bearer {key}"))
        } else {
            ask
        };
        let ask = Ask { path: with_query(&route.method, &path), ..ask };
        if route.method == Method::GET {
            return ask;
        }
        if path == "/api/orders" {
            let form = post_order(order_form());
            let kind = form.headers[0].1.clone();
            return ask.header("content-type", &kind).body(form.body);
        }
        if path.ends_with("/preview") {
            return ask.header("content-type", "image/jpeg").body(jpeg(96, 128, &[]));
        }
        let body = match &thing.segment {
            Some(id) if thing.kind == SELECTION => format!("ids={id}"),
            Some(_) | None => body_of(&route.method, &path),
        };
        let body = body.into_bytes();
        ask.header("content-type", "application/x-www-form-urlencoded").body(body)
    }

    /// The same with one letter of its proof changed.
    pub fn forged(mut ask: Ask) -> Ask {
        let proofs = ["x-webhook-signature", "authorization"];
        let of_header = |(name, _): &&mut (String, String)| proofs.contains(&&**name);
        if let Some((_, proof)) = ask.headers.iter_mut().find(of_header) {
            flip(proof, "Bearer ".len());
            return ask;
        }
        if let Some(at) = ask.path.find("token=") {
            flip(&mut ask.path, at + "token=".len());
            return ask;
        }
        let mut body = String::from_utf8(ask.body.clone()).unwrap();
        if let Some(at) = body.find('=') {
            flip(&mut body, at + 1);
            return ask.body(body.into_bytes());
        }
        // What is left has its proof in the path.
        flip(&mut ask.path, "/i/".len() + 5);
        ask
    }

    /// The same as a page of another site sends it, or, with no site, what sends no such header.
    pub fn sent_by(mut ask: Ask, site: &str) -> Ask {
        ask.headers.retain(|(name, _)| name != "sec-fetch-site");
        if site.is_empty() { ask } else { ask.header("sec-fetch-site", site) }
    }

    /// Sends it from a network that no other request comes from, since each has its limits.
    pub fn send(&self, ask: &Ask) -> Answer {
        let number = self.networks.get();
        self.networks.set(number + 1);
        let network = format!("10.{}.{}.7", number / 256, number % 256);
        self.world.try_request(ask.clone().header("cf-connecting-ip", &network)).unwrap()
    }

    pub fn told_to(&self, asker: Asker, path: &str) -> String {
        let ask = Ask::new("GET", path).header("cookie", &asker.cookie());
        let answer = self.send(&ask);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.text()
    }

    /// All rows of all tables and all keys of files.
    pub fn everything(&self) -> String {
        let keys = self.world.with_files(|files| files.keys().cloned().collect::<Vec<_>>());
        self.world.with_database(|one| one.everything()) + &keys.join("\n")
    }
}

fn flip(text: &mut String, at: usize) {
    let other = if &text[at..=at] == "1" { "2" } else { "1" };
    text.replace_range(at..=at, other);
}

fn with_query(method: &Method, path: &str) -> String {
    match path {
        "/account/email-confirmation" if method == Method::GET => {
            format!("{path}?token={}", mail_token())
        }
        "/waitlist/confirmation" | "/waitlist/unsubscription" => {
            format!("{path}?token={}", waitlist_token())
        }
        "/account/unsubscription" => {
            format!("{path}?token={}", end_token(&config().link_keys, account(1)))
        }
        _ => path.to_owned(),
    }
}

/// A form that says enough for the route to do something.
fn body_of(method: &Method, path: &str) -> String {
    match path {
        "/api/waitlist" => "email=new@example.com&source=home".to_owned(),
        "/api/account" | "/account/changes" => "name=Another+name".to_owned(),
        "/account/email-confirmation" => format!("token={}", mail_token()),
        "/api/receipts" | "/receipt" => format!("claim={}", claim()),
        "/api/operator/mailings" => "subject=News&text=There+is+news.".to_owned(),
        path if path.starts_with("/history/orders/") => "label=Another+label".to_owned(),
        path if method == Method::PATCH && path.starts_with("/api/orders/") => {
            "label=Another+label".to_owned()
        }
        path if path.ends_with("/reports") => "problem=other".to_owned(),
        _ => String::new(),
    }
}
