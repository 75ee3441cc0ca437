//! Every column of the migrated database belongs to one category, or says nothing of a person.

use rusqlite::Connection;

use anytryon::policy::data_map::{CATEGORIES, Place, TECHNICAL};

use super::same;
use crate::world::database::migrations;

/// `table.column` of every table.
fn columns() -> Vec<String> {
    let database = Connection::open_in_memory().unwrap();
    for (name, sql) in migrations() {
        assert_eq!(database.execute_batch(sql), Ok(()), "{name}");
    }
    let sql = "SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    let mut statement = database.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let columns: Vec<_> = rows.map(Result::unwrap).collect();
    assert!(columns.len() > 40, "{columns:?}");
    columns
}

/// `table.column` of everything that the map names.
fn named(columns: &[String]) -> Vec<String> {
    let places = CATEGORIES.iter().flat_map(|category| category.held_in).chain(TECHNICAL);
    let mut named = Vec::new();
    for place in places {
        match *place {
            Place::Columns(table, inside) => {
                named.extend(inside.iter().map(|column| format!("{table}.{column}")));
            }
            Place::Table(table) => {
                let of_it = columns.iter().filter(|one| one.starts_with(&format!("{table}.")));
                let of_it: Vec<_> = of_it.cloned().collect();
                assert!(
                    !of_it.is_empty(),
                    "src/policy names the table {table}, which is not there"
                );
                named.extend(of_it);
            }
            Place::Prefix(_)
            | Place::Object(_)
            | Place::Cookie(_)
            | Place::Log
            | Place::RecoveryHistory
            | Place::Passing => {}
        }
    }
    named
}

#[test]
fn every_column_is_named_once() {
    let columns = columns();
    let named = named(&columns);
    same("a column", columns.iter().map(String::as_str), named.iter().map(String::as_str));
}
