//! What is promised about data, held against what there is: whoever adds a column, a cookie, a
//! binding, a host or a term has to say in `src/policy` what it is for and until when it is kept.

mod analytics;
mod announcements;
mod browser;
mod claims;
mod configuration;
mod pages;
mod schema;

use std::fs;
use std::path::{Path, PathBuf};

/// What `src/policy` names ahead of its time: what is announced and not there yet. An entry goes
/// when it is.
const COMING: &[&str] = &["exports/"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &str) -> String {
    let text = fs::read_to_string(root().join(path));
    assert!(text.is_ok(), "{path}: {text:?}");
    text.unwrap()
}

/// Every file with this ending below a folder, by its path from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no .{ending} in {folder}");
    found
}

/// What stands between two signs, each time.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    let starts = text.match_indices(open).map(|(at, _)| &text[at + open.len()..]);
    starts.filter_map(|rest| rest.split_once(close)).map(|(inside, _)| inside).collect()
}

/// Both sides name the same, but for what is still to come.
fn same<'a>(
    what: &str,
    there: impl IntoIterator<Item = &'a str>,
    named: impl IntoIterator<Item = &'a str>,
) {
    let mut there: Vec<_> = there.into_iter().collect();
    let mut named: Vec<_> = named.into_iter().collect();
    named.sort_unstable();
    there.sort_unstable();
    there.dedup();
    let unnamed: Vec<_> = there.iter().filter(|one| !named.contains(one)).collect();
    assert!(
        unnamed.is_empty(),
        "{what} that src/policy does not name: {unnamed:?}. Say there what it is for, and until \
         when it is kept"
    );
    let stale: Vec<_> =
        named.iter().filter(|one| !there.contains(one) && !COMING.contains(one)).collect();
    assert!(stale.is_empty(), "{what} that src/policy names and that is not there: {stale:?}");
    let mut once = named.clone();
    once.dedup();
    assert_eq!(once, named, "{what}: named twice");
}
