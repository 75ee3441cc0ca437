//! The export against the schema: a table or a column that is added is in it, or named with a
//! reason, or this fails.

use std::collections::BTreeSet;

use anytryon::store::export_rows::{LEFT_OUT, ORDERS, TABLES};

use crate::world::Database;

/// Words of columns that open or prove something.
const SECRET_WORDS: [&str; 6] = ["token", "hash", "secret", "claim", "password", "letter"];

fn strings(database: &Database, sql: &str) -> Vec<String> {
    let mut prepared = database.connection().prepare(sql).unwrap();
    let rows = prepared.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn tables(database: &Database) -> BTreeSet<String> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    strings(database, sql).into_iter().collect()
}

fn columns(database: &Database, table: &str) -> Vec<String> {
    strings(database, &format!("SELECT name FROM pragma_table_info('{table}')"))
}

fn exported() -> BTreeSet<String> {
    TABLES.iter().chain([&ORDERS]).map(|table| table.name.to_owned()).collect()
}

#[test]
fn every_table_is_in_the_export_or_left_out_for_a_reason() {
    let database = Database::new();
    let tables = tables(&database);
    let left: BTreeSet<String> = LEFT_OUT.iter().map(|one| one.what.to_owned()).collect();
    for table in &tables {
        let places = [exported().contains(table), left.contains(table)];
        assert!(
            places[0] != places[1],
            "{table} is in the export or in LEFT_OUT of export_rows.rs"
        );
    }
    assert!(exported().is_subset(&tables), "the export has a table that does not exist");
    for one in &LEFT_OUT {
        assert!(one.why.ends_with('.') && one.why.len() > 20, "{} has no reason", one.what);
        // What is no table is a place, in words.
        assert!(tables.contains(one.what) || one.what.contains(' '), "no table {}", one.what);
    }
}

#[test]
fn a_table_that_names_an_account_is_never_left_out() {
    let database = Database::new();
    let left_out = LEFT_OUT.iter().filter(|one| tables(&database).contains(one.what));
    for one in left_out {
        let columns = columns(&database, one.what);
        assert!(!columns.contains(&"account".to_owned()), "{}", one.what);
        assert!(!columns.contains(&"email".to_owned()), "{}", one.what);
    }
}

#[test]
fn what_opens_something_does_not_leave_and_everything_else_does() {
    let database = Database::new();
    for table in TABLES.iter().chain([&ORDERS]) {
        for column in columns(&database, table.name) {
            let looks_secret = SECRET_WORDS.iter().any(|word| column.contains(word));
            let is_secret = table.secrets.contains(&column.as_str());
            assert_eq!(looks_secret, is_secret, "{}.{column}", table.name);
        }
        let known = columns(&database, table.name);
        assert!(table.secrets.iter().all(|name| known.contains(&(*name).to_owned())));
    }
}
