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

    pub fn list(&self, prefix: &str) -> Vec<String> {
        let from = self.0.range(prefix.to_owned()..).map(|(key, _)| key);
        from.take_while(|key| key.starts_with(prefix)).take(KEYS_MAX).cloned().collect()
    }

    pub fn keys(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }
}
