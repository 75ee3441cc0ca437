//! The quiet end of a seed: faults stop, everything comes to rest, and what is left is what somebody
//! owns.

use std::collections::BTreeSet;
use std::rc::Rc;

use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::world::{Ask, Browser};

use super::run::{Lives, PEOPLE};

/// Minutes of quiet after which everything must have ended: two deadlines, two graces, the quiet
/// of a deletion, and twenty minutes by which the clock may have been turned.
const MINUTES_MAX: i64 = 100;

impl Lives {
    fn count(&self, sql: &str) -> i64 {
        let now = self.world.clock().0;
        self.world.with_database(|one| {
            let mut prepared = one.connection().prepare_cached(sql).unwrap();
            let args: &[&dyn rusqlite::ToSql] = if sql.contains("?1") { &[&now] } else { &[] };
            prepared.query_row(args, |row| row.get(0)).unwrap()
        })
    }

    fn violate(&self, text: String) {
        self.model.borrow_mut().violate(text);
    }

    /// See the module.
    pub fn quiet(&mut self) {
        self.say(|| "quiet".to_owned());
        self.active.set(false);
        self.world.set_skew(0);
        if self.model.borrow().profile.kills > 0 {
            self.world.kill_isolates();
        }
        self.settle();
        self.everybody_finds_his_own();
        self.sleep(54 * HOUR_MS);
        self.no_file_is_lost_and_none_left();
        self.one_leaves();
    }

    /// I6: within the time that the rules allow everything ends and nothing is due.
    fn settle(&mut self) {
        const TO_DO: [(&str, &str); 5] = [
            (
                "orders live",
                "SELECT count(*) FROM orders WHERE state IN ('placed', 'submitting', 'submitted')",
            ),
            (
                "orders due",
                "SELECT count(*) FROM orders WHERE due_at <= ?1 OR wake_at <= ?1 OR keep_at <= ?1",
            ),
            ("accounts due", "SELECT count(*) FROM accounts WHERE deletion_due_at <= ?1"),
            (
                "exports being made",
                "SELECT count(*) FROM exports WHERE state IN ('queued', 'building')",
            ),
            ("mails due", "SELECT count(*) FROM mails WHERE due_at <= ?1"),
        ];
        for minute in 0..MINUTES_MAX {
            self.cron(1);
            self.pass(MINUTE_MS);
            if minute > 2 && TO_DO.iter().all(|(_, sql)| self.count(sql) == 0) {
                break;
            }
        }
        for (what, sql) in TO_DO {
            let left = self.count(sql);
            if left > 0 {
                self.violate(format!("I6 {left} {what}"));
            }
        }
        self.model.borrow_mut().nothing_left(&self.world);
    }

    /// Whoever signs in sees all that is his, with its pictures, and nothing else.
    fn everybody_finds_his_own(&mut self) {
        for subject in PEOPLE {
            let jar = Rc::default();
            let Some(answer) = self.sign_in_as(&jar, subject) else {
                self.violate("I6 signing in does not work at rest".to_owned());
                continue;
            };
            if answer.status != 303 {
                self.violate(format!("I6 signing in answers {} at rest", answer.status));
                continue;
            }
            for trashed in [false, true] {
                let shown = self.shown(&jar, trashed);
                let owned = self.owned(subject, trashed);
                if shown != owned {
                    self.violate(format!("I13 {subject} sees {shown:?}, owns {owned:?}"));
                }
                for id in owned.iter().filter(|_| !trashed) {
                    self.has_pictures(&jar, id);
                }
            }
        }
    }

    fn shown(&mut self, jar: &Rc<std::cell::RefCell<Browser>>, trashed: bool) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        let mut path =
            format!("/api/history?limit=100{}", if trashed { "&trashed=true" } else { "" });
        for _ in 0..10 {
            let Some(page) = self.ask_now(jar, Ask::new("GET", &path)) else { break };
            if page.status != 200 {
                self.violate(format!(
                    "I6 History answers {} at rest: {}",
                    page.status,
                    page.text()
                ));
            }
            let page = page.json();
            for order in page["orders"].as_array().into_iter().flatten() {
                ids.insert(order["id"].as_str().unwrap().to_owned());
            }
            let Some(cursor) = page["next_cursor"].as_str() else { break };
            path = format!(
                "/api/history?limit=100&cursor={cursor}{}",
                if trashed { "&trashed=true" } else { "" }
            );
        }
        ids
    }

    fn owned(&self, subject: &str, trashed: bool) -> BTreeSet<String> {
        let sql = "SELECT orders.id FROM orders JOIN accounts ON accounts.id = account \
                   WHERE subject = ?1 AND (trashed_at IS NOT NULL) = ?2";
        self.world.with_database(|one| {
            let mut prepared = one.connection().prepare_cached(sql).unwrap();
            let rows = prepared.query_map((subject, trashed), |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        })
    }

    fn has_pictures(&mut self, jar: &Rc<std::cell::RefCell<Browser>>, id: &str) {
        let answer = self.ask_now(jar, Ask::new("GET", &format!("/api/orders/{id}"))).unwrap();
        let view = answer.json();
        let wanted = if view["status"] == "completed" { 3 } else { 2 };
        let images = view["images"].as_array().cloned().unwrap_or_default();
        if answer.status != 200 || images.len() != wanted {
            self.violate(format!("I5 at rest {} with {} pictures", answer.status, images.len()));
        }
        for image in images {
            let url = image["url"].as_str().unwrap();
            let status = self.ask_now(jar, Ask::new("GET", url)).map(|answer| answer.status);
            if status != Some(200) {
                self.violate(format!("I5 at rest a picture answers {status:?}"));
            }
        }
    }

    /// I5, I9: what nobody owns is gone, and what somebody owns is there.
    fn no_file_is_lost_and_none_left(&mut self) {
        let anonymous = self.count("SELECT count(*) FROM orders WHERE account IS NULL");
        if anonymous > 0 {
            self.violate(format!("I9 {anonymous} anonymous orders after their time"));
        }
        let (mut named, mut needed) = (BTreeSet::new(), BTreeSet::new());
        self.world.with_database(|one| {
            let texts = |sql: &str| -> Vec<String> {
                let mut prepared = one.connection().prepare_cached(sql).unwrap();
                let rows = prepared.query_map([], |row| row.get(0)).unwrap();
                rows.map(Result::unwrap).collect()
            };
            let key = "iif(value ->> '$.kept', 'kept/', 'anon/') || (value ->> '$.hour') || '/' \
                       || (value ->> '$.id')";
            let images = format!(
                "SELECT {} FROM orders, json_each(images)",
                key.replace("value", "json_each.value ->> '$.key'")
            );
            needed.extend(texts(&images));
            let previews = format!(
                "SELECT {} FROM orders WHERE preview IS NOT NULL",
                key.replace("value", "preview ->> '$.key'")
            );
            named.extend(texts(&previews));
            let portraits = "SELECT portrait ->> '$.key' FROM accounts WHERE portrait IS NOT NULL";
            named.extend(texts(portraits));
            needed.extend(texts(&format!("{portraits} AND portrait_source IS NOT NULL")));
            let parts = "SELECT json_each.value ->> '$.key' FROM exports, json_each(parts)";
            named.extend(texts(parts));
            needed.extend(texts(&format!("{parts} WHERE state = 'ready'")));
            named.extend(texts(
                "SELECT json_each.value FROM exports, json_each(progress -> '$.abandoned')",
            ));
            let writing = "SELECT progress ->> '$.writing' FROM exports \
                           WHERE progress ->> '$.writing' IS NOT NULL";
            named.extend(texts(writing));
            // What is over has no file any more, whoever knows of it.
            let over = "SELECT json_each.value ->> '$.key' FROM exports, json_each(parts) \
                        WHERE state IN ('expired', 'failed')";
            for key in texts(over) {
                named.remove(&key);
            }
        });
        named.extend(needed.iter().cloned());
        let keys: BTreeSet<String> = self.world.with_files(|files| files.keys().cloned().collect());
        for key in needed.difference(&keys) {
            self.violate(format!("I5 {key} is lost"));
        }
        let now = self.world.clock().0;
        let life_ms = self.model.borrow().rules.export_life_ms;
        for key in keys.difference(&named) {
            if !export_hour(key).is_some_and(|hour| is_swept_later(hour, life_ms, now)) {
                self.violate(format!("I5 nobody knows of {key}"));
            }
        }
    }

    /// I8: somebody goes for good, and nothing of him is left anywhere.
    fn one_leaves(&mut self) {
        let subject = PEOPLE[0];
        let jar = Rc::default();
        let _ = self.sign_in_with(&jar, "?fresh=on", subject);
        let asked = self.ask_now(&jar, Ask::new("PUT", "/api/account/deletion")).unwrap();
        if asked.status != 202 {
            return self.violate(format!("I8 at rest a deletion answers {}", asked.status));
        }
        self.sleep(3 * DAY_MS);
        for _ in 0..40 {
            self.cron(1);
            self.pass(MINUTE_MS);
        }
        let rows = self.world.with_database(|one| one.everything());
        if rows.contains(subject) {
            self.violate(format!("I8 {subject} is left"));
        }
        self.model.borrow_mut().nothing_left(&self.world);
        let claim = asked.json()["claim"].as_str().unwrap().to_owned();
        let body = format!("claim={claim}").into_bytes();
        let ask = Ask::new("POST", "/api/receipts")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let status = self.ask_now(&Rc::default(), ask).map(|answer| answer.status);
        if status != Some(200) {
            self.violate(format!("I8 the receipt answers {status:?}"));
        }
        let told = self.ask_now(&jar, Ask::new("GET", "/api/account")).map(|answer| answer.status);
        if told != Some(401) {
            self.violate(format!("I8 the session of a deleted account answers {told:?}"));
        }
    }
}

/// When the export of this file was requested.
fn export_hour(key: &str) -> Option<i64> {
    key.strip_prefix("exports/")?.split_once('/')?.0.parse().ok()
}

/// What died while it was being written lies there until its hour is listed: when no export that was
/// requested then can be there, after a day of building and the life of what is ready.
fn is_swept_later(hour: i64, life_ms: i64, now: i64) -> bool {
    now < hour * HOUR_MS + DAY_MS + life_ms + 6 * HOUR_MS
}
