//! The style sheets and scripts of the site: where they are served and what they must be, byte for
//! byte. All lie in one folder that is named after their content, so that they may be kept for
//! ever.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384};

use super::hex::hex;

/// Hexadecimal digits of the folder's name: 48 bits, for a few thousand releases.
const VERSION_DIGITS: usize = 12;
/// Scripts that one script may need, itself included.
const MODULES_MAX: usize = 32;

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// The value of `integrity`: `sha384-…`.
    pub integrity: String,
    /// The modules that it imports by a static `import`, by their own names.
    pub imports: Vec<String>,
}

/// Every style sheet and script, by its path below `public/`: `css/base.css`, `js/page.js`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assets {
    /// The name of the folder.
    pub version: String,
    /// The files.
    pub files: BTreeMap<String, Asset>,
}

impl Assets {
    /// The table of these files, by their paths below `public/`. The version is a digest over all
    /// names and contents.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let mut whole = Sha256::new();
        let mut table = BTreeMap::new();
        for (name, content) in files {
            let digest = Sha384::digest(content);
            whole.update(name);
            whole.update(digest);
            let integrity = format!("sha384-{}", STANDARD.encode(digest));
            let imports = imports(name, &String::from_utf8_lossy(content));
            table.insert(name.to_owned(), Asset { integrity, imports });
        }
        let version = hex(&whole.finalize()).chars().take(VERSION_DIGITS).collect();
        Self { version, files: table }
    }

    /// Where a file is served.
    pub fn url(&self, name: &str) -> String {
        format!("/v/{}/{name}", self.version)
    }

    /// The file's integrity; empty for an unknown file, which then is not loaded by any browser
    /// that is asked to check it.
    pub fn integrity(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |asset| &asset.integrity)
    }

    /// These scripts and every module that they import, each once, sorted.
    pub fn with_imports<'a>(&'a self, names: &[&'a str]) -> BTreeSet<&'a str> {
        let mut open = names.to_vec();
        let mut found = BTreeSet::new();
        while let Some(name) = open.pop() {
            if found.len() < MODULES_MAX
                && found.insert(name)
                && let Some(asset) = self.files.get(name)
            {
                open.extend(asset.imports.iter().map(String::as_str));
            }
        }
        found
    }
}

/// What stands between the quotes of each `from "./…"` of a script; all scripts share one folder.
fn imports(name: &str, content: &str) -> Vec<String> {
    let Some((folder, _)) = name.rsplit_once('/') else { return Vec::new() };
    let found = content.split("from \"./").skip(1).filter_map(|rest| rest.split('"').next());
    let bare = content.split("\nimport \"./").skip(1).filter_map(|rest| rest.split('"').next());
    let mut imports: Vec<_> = found.chain(bare).map(|file| format!("{folder}/{file}")).collect();
    imports.sort_unstable();
    imports.dedup();
    imports
}
