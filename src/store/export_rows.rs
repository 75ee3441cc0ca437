//! What an export of an account reads: every table with personal data, page by page. Columns are
//! not named, so that one that is added is in the export by itself; what may not leave is named.

use serde_json::Value;

use crate::domain::export::LeftOut;
use crate::domain::id::AccountId;
use crate::domain::id::OrderId;
use crate::domain::time::Millis;
use crate::ports::{Arg, Row, Statement};

use super::{statement, text};

/// Rows of one page.
pub const PAGE_ROWS: i64 = 100;
/// What stands in an export in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// By what a table knows whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The account's id.
    Account,
    /// The account's mail address, which its owner has proved to have.
    Email,
}

/// A table of which an account may have rows.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// By what it knows whose a row is.
    pub owner: Owner,
    /// What sorts the rows of an owner, each row once.
    keys: &'static [Key],
    /// Columns whose values do not leave: whoever found the export could use them.
    pub secrets: &'static [&'static str],
    /// Columns that hold JSON, which is told as such.
    json: &'static [&'static str],
    sql: &'static str,
}

#[derive(Clone, Copy, Debug)]
enum Key {
    Text(&'static str),
    Int(&'static str),
}

/// The orders, which have a page of their own; see [`orders`].
pub const ORDERS: Table = Table {
    name: "orders",
    owner: Owner::Account,
    keys: &[],
    secrets: &["callback_token"],
    json: &["options", "images", "metadata_removed", "result_key", "problems", "preview"],
    sql: "SELECT * FROM orders WHERE account = ?1 AND id > ?2 AND id < ?3 \
          AND (expires_at IS NULL OR expires_at > 0) ORDER BY id LIMIT ?4",
};

/// Every other table with personal data.
pub const TABLES: [Table; 8] = [
    Table {
        name: "accounts",
        owner: Owner::Account,
        keys: &[],
        secrets: &["deletion_claim"],
        json: &["portrait"],
        sql: "SELECT * FROM accounts WHERE id = ?1 LIMIT ?2",
    },
    Table {
        name: "sessions",
        owner: Owner::Account,
        keys: &[Key::Text("id")],
        secrets: &["token_hash"],
        json: &[],
        sql: "SELECT * FROM sessions WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    },
    Table {
        name: "mails",
        owner: Owner::Account,
        keys: &[Key::Text("id")],
        // A letter may hold the link that confirms something.
        secrets: &["letter"],
        json: &[],
        sql: "SELECT * FROM mails WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    },
    Table {
        name: "email_changes",
        owner: Owner::Account,
        keys: &[],
        secrets: &["token_hash"],
        json: &[],
        sql: "SELECT * FROM email_changes WHERE account = ?1 LIMIT ?2",
    },
    Table {
        name: "consents",
        owner: Owner::Account,
        keys: &[Key::Text("kind"), Key::Int("given_at")],
        secrets: &[],
        json: &[],
        sql: "SELECT * FROM consents WHERE account = ?1 AND (kind, given_at) > (?2, ?3) \
              ORDER BY kind, given_at LIMIT ?4",
    },
    Table {
        name: "exports",
        owner: Owner::Account,
        keys: &[Key::Text("id")],
        secrets: &[],
        json: &["parts", "progress"],
        sql: "SELECT * FROM exports WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT ?3",
    },
    Table {
        name: "deletions",
        owner: Owner::Account,
        keys: &[],
        secrets: &[],
        json: &["tally"],
        sql: "SELECT * FROM deletions WHERE account = ?1 LIMIT ?2",
    },
    Table {
        name: "waitlist",
        owner: Owner::Email,
        keys: &[],
        secrets: &["token"],
        json: &[],
        sql: "SELECT * FROM waitlist WHERE email = lower(?1) LIMIT ?2",
    },
];

/// What no export has.
pub const LEFT_OUT: [LeftOut; 12] = [
    LeftOut {
        what: "listings",
        why: "How far stored files have been compared with the rows that name them.",
    },
    LeftOut {
        what: "sign_ins",
        why: "A sign-in that was begun belongs to nobody yet; it is gone after ten minutes.",
    },
    LeftOut { what: "identity_providers", why: "What Google publishes about itself." },
    LeftOut {
        what: "receipts",
        why: "A deletion receipt names no person; whoever has its claim code can read it.",
    },
    LeftOut {
        what: "operator_log",
        why: "What an operator did, without personal data of anybody else.",
    },
    LeftOut { what: "mailings", why: "What was written to many, and how far it was sent." },
    LeftOut { what: "announced", why: "How far an announcement has been mailed." },
    LeftOut { what: "outcomes", why: "Counters that name no order and no person." },
    LeftOut { what: "reports", why: "Counters that name no order and no person." },
    LeftOut { what: "provider_status", why: "How the image service answered last." },
    LeftOut {
        what: "spent_tries",
        why: "A hash of an order that was deleted, for two days: it keeps the day's number true.",
    },
    LeftOut {
        what: "the counters of the limits",
        why: "They count networks under a hash that changes daily, and know no account.",
    },
];

/// A page of the account's orders that were placed before `until`, those after the order `after`.
/// An order that is being deleted for good is none.
pub fn orders(account: AccountId, after: &str, until: Millis) -> Statement {
    let args = vec![
        text(account.to_string()),
        text(after),
        text(OrderId::first_text_of(until)),
        Arg::Int(PAGE_ROWS),
    ];
    statement(ORDERS.sql, args)
}

/// A page of the owner's rows, those after `last`.
pub fn page(table: &Table, owner: &str, last: Option<&Row>) -> Statement {
    let mut args = vec![text(owner)];
    args.extend(table.keys.iter().map(|key| key.after(last)));
    args.push(Arg::Int(PAGE_ROWS));
    statement(table.sql, args)
}

impl Table {
    /// Whether one page has all that an owner can have.
    pub const fn is_single(&self) -> bool {
        self.keys.is_empty()
    }

    /// The row as JSON, without what may not leave.
    pub fn told(&self, row: &Row) -> String {
        let mut told = row.clone();
        for (column, value) in &mut told {
            let column = column.as_str();
            if self.secrets.contains(&column) {
                if !value.is_null() {
                    *value = REDACTED.into();
                }
            } else if self.json.contains(&column)
                && let Some(text) = value.as_str()
                && let Ok(nested) = serde_json::from_str(text)
            {
                *value = nested;
            }
        }
        Value::Object(told).to_string()
    }
}

impl Key {
    fn after(self, last: Option<&Row>) -> Arg {
        match self {
            Self::Text(column) => {
                let value = last.and_then(|row| row.get(column)?.as_str());
                text(value.unwrap_or_default())
            }
            Self::Int(column) => {
                let value = last.and_then(|row| super::decode::int(row, column).ok());
                // D1 carries numbers as JavaScript does.
                Arg::Int(value.unwrap_or(-1))
            }
        }
    }
}
