//! Names of a zip's entries that every system can unpack, and that stay within the folder into
//! which they are unpacked.

use std::collections::{BTreeMap, BTreeSet};

/// Folders of a name, the file itself counted.
const DEPTH_MAX: usize = 8;
/// Bytes of a file's or folder's name. Systems take 255, of which some count two for one.
const COMPONENT_BYTES_MAX: usize = 120;
/// Bytes of an ending that is kept when a name is cut.
const ENDING_BYTES_MAX: usize = 16;
/// The name of what has none.
const NAMELESS: &str = "file";
/// What Windows does not take, also with an ending; `COM` and `LPT` with a digit as well.
const RESERVED: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
const RESERVED_WITH_DIGIT: [&str; 2] = ["COM", "LPT"];

/// The names that are taken. Systems that do not tell large letters from small ones are many, so
/// all are compared without.
#[derive(Default)]
pub struct Names {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
    /// The last number that a name got.
    numbers: BTreeMap<String, u32>,
}

impl Names {
    /// The name to use for this one, which is taken from now on.
    pub fn claim(&mut self, name: &str) -> String {
        let mut safe = safe(name);
        if folders_of(&key(&safe)).any(|folder| self.files.contains(folder)) {
            // Its folder is a file already, so it goes to the top.
            safe = component(&safe.replace('/', "_")).unwrap_or_else(|| NAMELESS.to_owned());
        }
        let mut free = safe.clone();
        while self.is_taken(&key(&free)) {
            let number = self.numbers.entry(key(&safe)).or_insert(1);
            *number += 1;
            free = numbered(&safe, *number);
        }
        let key = key(&free);
        self.folders.extend(folders_of(&key).map(str::to_owned));
        self.files.insert(key);
        free
    }

    fn is_taken(&self, key: &str) -> bool {
        self.files.contains(key) || self.folders.contains(key)
    }
}

fn key(name: &str) -> String {
    name.to_lowercase()
}

/// Every folder that the name lies in.
fn folders_of(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').filter_map(|(at, _)| name.get(..at))
}

fn safe(name: &str) -> String {
    let components: Vec<String> = name.split(['/', '\\']).filter_map(component).collect();
    let inner = components.len().saturating_sub(DEPTH_MAX);
    let kept = components.get(inner..).unwrap_or_default();
    if kept.is_empty() { NAMELESS.to_owned() } else { kept.join("/") }
}

/// A file's or folder's name; `None` when nothing is left of it, as of `..`.
fn component(text: &str) -> Option<String> {
    let visible = text.chars().filter(|one| !is_invisible(*one));
    let taken: String = visible.map(|one| if is_forbidden(one) { '_' } else { one }).collect();
    let trimmed = taken.trim().trim_end_matches(is_no_end);
    if trimmed.is_empty() {
        return None;
    }
    let cut = with_suffix(&unreserved(trimmed), "");
    // A name may end in what is reserved once its end is cut off.
    Some(unreserved(&cut))
}

/// The name with a number before its ending.
fn numbered(name: &str, number: u32) -> String {
    let (folder, file) = match name.rsplit_once('/') {
        Some((folder, file)) => (format!("{folder}/"), file),
        None => (String::new(), name),
    };
    format!("{folder}{}", with_suffix(file, &format!(" ({number})")))
}

/// The name with the suffix before its ending, the rest cut to what is taken.
fn with_suffix(name: &str, suffix: &str) -> String {
    let (stem, ending) = stem_and_ending(name);
    let room = COMPONENT_BYTES_MAX.saturating_sub(ending.len() + suffix.len());
    let end = stem.floor_char_boundary(room);
    let cut = stem.get(..end).unwrap_or_default();
    let cut = if cut.len() < stem.len() { cut.trim_end_matches(is_no_end) } else { cut };
    let cut = if cut.is_empty() { NAMELESS } else { cut };
    format!("{cut}{suffix}{ending}")
}

/// The ending begins with its dot.
fn stem_and_ending(name: &str) -> (&str, &str) {
    let dot = name.rfind('.').filter(|at| *at > 0 && name.len() - at <= ENDING_BYTES_MAX);
    dot.and_then(|at| name.split_at_checked(at)).unwrap_or((name, ""))
}

/// Control characters, also those that turn the direction of what is shown.
fn is_invisible(one: char) -> bool {
    one.is_control()
        || matches!(one,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}')
}

fn is_forbidden(one: char) -> bool {
    ['/', '\\', '<', '>', ':', '"', '|', '?', '*'].contains(&one)
}

/// What Windows drops from the end of a name.
fn is_no_end(one: char) -> bool {
    one == '.' || one.is_whitespace()
}

fn unreserved(name: &str) -> String {
    if is_reserved(name) { format!("_{name}") } else { name.to_owned() }
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let with_digit = |word: &&str| {
        let rest = stem.strip_prefix(*word);
        rest.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    RESERVED.contains(&stem.as_str()) || RESERVED_WITH_DIGIT.iter().any(with_digit)
}
