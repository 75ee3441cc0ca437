//! D1 as the port shows it: `SQLite` in memory with the real migrations, a batch as one transaction,
//! D1's limit of parameters and its words for a violated constraint.

use std::path::Path;
use std::sync::OnceLock;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, params_from_iter};
use serde_json::{Map, Value};

use anytryon::ports::{Arg, DatabaseError, Row, Statement};

/// D1's limit of bound parameters.
const ARGS_MAX: usize = 100;
/// Statements that stay compiled: more than the product has.
const CACHED_STATEMENTS: usize = 64;

/// What a committed statement did to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Inserted.
    Placed,
    /// Written over the version before.
    Moved,
    /// Deleted.
    Closed,
}

/// One committed change of an order.
#[derive(Clone, Debug)]
pub struct Change {
    pub kind: Kind,
    pub id: String,
    /// The row behind the change; `None` when it was deleted.
    pub row: Option<OrderRow>,
}

/// What the tests look at in an order's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub version: i64,
    pub state: String,
    pub visitor: Option<String>,
    pub images: String,
    pub result_key: String,
    pub callback_token: String,
    pub tasks: i64,
    pub error: Option<String>,
    pub problems: Option<String>,
    pub created_at: i64,
    pub completed_at: Option<i64>,
    pub expires_at: Option<i64>,
}

/// See the module.
pub struct Database {
    connection: Connection,
    /// Changes of orders since somebody last took them.
    pub changes: Vec<Change>,
    /// Statements that were run.
    pub statements: u64,
    /// Rows that were inserted, updated or deleted.
    pub rows_written: u64,
    /// Rows that were returned.
    pub rows_returned: u64,
}

/// The texts of migrations/*.sql by name.
pub fn migrations() -> &'static [(String, String)] {
    static MIGRATIONS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    MIGRATIONS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut paths: Vec<_> =
            entries.filter(|path| path.extension().is_some_and(|end| end == "sql")).collect();
        paths.sort();
        let read = |path: &std::path::PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        };
        paths.iter().map(read).collect()
    })
}

struct Bound<'a>(&'a Arg);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Arg::Null => ValueRef::Null,
            Arg::Int(number) => ValueRef::Integer(*number),
            Arg::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn json(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => Value::String(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| Value::from(*byte)).collect(),
    }
}

fn error(error: &rusqlite::Error) -> DatabaseError {
    if let rusqlite::Error::SqliteFailure(failure, Some(text)) = error
        && failure.code == ErrorCode::ConstraintViolation
    {
        return DatabaseError::Constraint(format!("D1_ERROR: {text}: SQLITE_CONSTRAINT"));
    }
    DatabaseError::Broken(format!("D1_ERROR: {error}: SQLITE_ERROR"))
}

impl Database {
    pub fn new() -> Self {
        let flags = OpenFlags::default() | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_in_memory_with_flags(flags).unwrap();
        // A plan that does not depend on the values bound to it stays compiled.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
        // As D1 does.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true).unwrap();
        // Thousands of small databases are made in a run of the simulation.
        connection.execute_batch("PRAGMA page_size = 1024").unwrap();
        connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        for (_, text) in migrations() {
            connection.execute_batch(text).unwrap();
        }
        Self { connection, changes: vec![], statements: 0, rows_written: 0, rows_returned: 0 }
    }

    /// The connection itself, for what the product never asks.
    pub fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Runs the statements as one transaction.
    pub fn run(&mut self, batch: &[Statement]) -> Result<Vec<Vec<Row>>, DatabaseError> {
        let alone = batch.len() == 1;
        if !alone {
            self.simple("BEGIN IMMEDIATE")?;
        }
        let mut changes = vec![];
        let mut all = Vec::with_capacity(batch.len());
        for statement in batch {
            match self.statement(statement, &mut changes) {
                Ok(rows) => all.push(rows),
                Err(failure) => {
                    if !alone {
                        self.simple("ROLLBACK")?;
                    }
                    return Err(failure);
                }
            }
        }
        if !alone {
            self.simple("COMMIT")?;
        }
        self.changes.append(&mut changes);
        Ok(all)
    }

    /// All rows of all tables as text, each begun by its table's name.
    pub fn everything(&self) -> String {
        let connection = &self.connection;
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut prepared = connection.prepare_cached(sql).unwrap();
        let names: Vec<String> =
            prepared.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let mut text = String::new();
        for name in names {
            let mut prepared = connection.prepare_cached(&format!("SELECT * FROM {name}")).unwrap();
            let columns = prepared.column_count();
            let mut rows = prepared.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                text.push_str(&name);
                for column in 0..columns {
                    text.push(' ');
                    match row.get_ref(column).unwrap() {
                        ValueRef::Null => text.push('-'),
                        ValueRef::Integer(number) => text.push_str(&number.to_string()),
                        ValueRef::Real(number) => text.push_str(&number.to_string()),
                        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                            text.push_str(&String::from_utf8_lossy(bytes));
                        }
                    }
                }
                text.push('\n');
            }
        }
        text
    }

    /// One order's row.
    pub fn order(&self, id: &str) -> Option<OrderRow> {
        let sql = "SELECT version, state, visitor, images, result_key, callback_token, tasks, \
                   error, created_at, completed_at, expires_at, problems FROM orders WHERE id = ?1";
        let mut prepared = self.connection.prepare_cached(sql).unwrap();
        let mut rows = prepared.query([id]).unwrap();
        let row = rows.next().unwrap()?;
        Some(OrderRow {
            version: row.get(0).unwrap(),
            state: row.get(1).unwrap(),
            visitor: row.get(2).unwrap(),
            images: row.get(3).unwrap(),
            result_key: row.get(4).unwrap(),
            callback_token: row.get(5).unwrap(),
            tasks: row.get(6).unwrap(),
            error: row.get(7).unwrap(),
            created_at: row.get(8).unwrap(),
            completed_at: row.get(9).unwrap(),
            expires_at: row.get(10).unwrap(),
            problems: row.get(11).unwrap(),
        })
    }

    fn simple(&self, sql: &str) -> Result<(), DatabaseError> {
        let run = |sql| self.connection.prepare_cached(sql)?.execute([]);
        run(sql).map(|_| ()).map_err(|failure| error(&failure))
    }

    fn statement(
        &mut self,
        statement: &Statement,
        changes: &mut Vec<Change>,
    ) -> Result<Vec<Row>, DatabaseError> {
        if statement.args.len() > ARGS_MAX {
            let text = "D1_ERROR: too many SQL variables: SQLITE_ERROR";
            return Err(DatabaseError::Broken(text.to_owned()));
        }
        let before = self.connection.total_changes();
        let rows = self.rows(statement).map_err(|failure| error(&failure))?;
        let written = self.connection.total_changes() - before;
        self.statements += 1;
        self.rows_written += written;
        self.rows_returned += rows.len() as u64;
        if let (Some(Arg::Text(id)), true) = (statement.args.first(), written > 0) {
            let kinds = [
                ("INSERT INTO orders", Kind::Placed),
                ("UPDATE orders", Kind::Moved),
                ("DELETE FROM orders", Kind::Closed),
            ];
            let kind = kinds.iter().find(|(start, _)| statement.sql.starts_with(start));
            if let Some((_, kind)) = kind {
                changes.push(Change { kind: *kind, id: id.clone(), row: self.order(id) });
            }
        }
        Ok(rows)
    }

    fn rows(&self, statement: &Statement) -> rusqlite::Result<Vec<Row>> {
        let mut prepared = self.connection.prepare_cached(statement.sql)?;
        let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
        let mut found = prepared.query(params_from_iter(statement.args.iter().map(Bound)))?;
        let mut rows = vec![];
        while let Some(row) = found.next()? {
            let mut map = Map::new();
            for (index, name) in names.iter().enumerate() {
                map.insert(name.clone(), json(row.get_ref(index)?));
            }
            rows.push(map);
        }
        Ok(rows)
    }
}
