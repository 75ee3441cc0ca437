//! R2 as the port shows it: a map.

use std::collections::BTreeMap;
use std::rc::Rc;

/// Most keys in one deletion and in one listing.
const KEYS_MAX: usize = 1_000;

/// See the module.
#[derive(Default)]
pub struct Files(BTreeMap<String, Rc<[u8]>>);

impl Files {
    pub fn put(&mut self, key: &str, bytes: Vec<u8>) {
        self.0.insert(key.to_owned(), bytes.into());
    }

    pub fn get(&self, key: &str) -> Option<&Rc<[u8]>> {
        self.0.get(key)
    }

    /// A range of a file; `None` when there is no such file, or when it is too short.
    pub fn range(&self, key: &str, offset: u64, length: u64) -> Option<Vec<u8>> {
        let first = usize::try_from(offset).ok()?;
        let end = first.checked_add(usize::try_from(length).ok()?)?;
        self.get(key)?.get(first..end).map(<[u8]>::to_vec)
    }

    pub fn contains(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Deletes up to `count` of the keys, as far as they exist.
    pub fn delete(&mut self, keys: &[String], count: usize) {
        assert!(keys.len() <= KEYS_MAX, "R2 deletes at most {KEYS_MAX} keys at once");
        for key in keys.iter().take(count) {
            self.0.remove(key);
        }
    }

    pub fn list(&self, prefix: &str, after: &str) -> Vec<String> {
        let from = self.0.range(prefix.to_owned()..).map(|(key, _)| key);
        let under = from.take_while(|key| key.starts_with(prefix));
        under.filter(|key| key.as_str() > after).take(KEYS_MAX).cloned().collect()
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}
