//! Renders the pages that are the same for everyone into `build/site/`, or the folder named as the
//! one argument, merged with a copy of `public/`. That folder is the Worker's one assets directory.
//! The form offers what the model of `PROVIDER_MODEL` can make, as the Worker of that setting does.
//!
//! A file whose content is unchanged is not written again and a stale one is removed, so that a
//! running `wrangler dev`, which watches the folder, sees exactly what changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anytryon::domain::options::Offer;
use anytryon::pages::text::{EN, Text};
use anytryon::pages::{ErrorNotice, FormState, error_page, home};
use anytryon::provider::models::{self, DEFAULT_MODEL_ID, MODELS};

/// Folders inside folders of `public/`; deeper is a link that points back up.
const DEPTH_MAX: u32 = 8;
/// The status that the assets binding sends with `404.html`.
const STATUS_NOT_FOUND: u16 = 404;

/// The site: each file's content by its path below the folder.
type Site = BTreeMap<PathBuf, Vec<u8>>;

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = env::args_os().nth(1).map_or_else(|| root.join("build/site"), PathBuf::from);

    let mut site = read_folder(&root.join("public"))?;
    for (path, html) in rendered_pages(&EN, offer()?) {
        if site.insert(path.clone(), html.into_bytes()).is_some() {
            let clash = format!("public/ and the pages both make {}", path.display());
            return Err(io::Error::other(clash));
        }
    }

    let removed = remove_stale(&target, &site)?;
    let written = write_changed(&target, &site)?;
    eprintln!(
        "build-site: {} files in {} ({written} written, {removed} removed)",
        site.len(),
        target.display(),
    );
    Ok(())
}

/// What the configured model offers; an unset or empty variable is the default, as in the Worker.
fn offer() -> io::Result<Offer> {
    let named = env::var("PROVIDER_MODEL").ok().filter(|id| !id.is_empty());
    let id = named.as_deref().unwrap_or(DEFAULT_MODEL_ID);
    let model = models::find(id).ok_or_else(|| {
        let known = MODELS.each_ref().map(|model| model.id).join(", ");
        io::Error::other(format!("PROVIDER_MODEL={id} is no model of ours; there are {known}"))
    })?;
    Ok(model.offers())
}

fn rendered_pages(text: &Text, offer: Offer) -> [(PathBuf, String); 2] {
    let (title, detail) = text.not_found();
    let not_found = ErrorNotice {
        code: "not_found",
        title: Cow::Borrowed(title),
        detail: Cow::Borrowed(detail),
        field: None,
        request_id: None,
    };
    [
        ("index.html".into(), home(text, &FormState::blank(offer))),
        ("404.html".into(), error_page(text, STATUS_NOT_FOUND, &not_found)),
    ]
}

/// Every file below `folder`, by its path relative to it; empty when there is no such folder.
fn read_folder(folder: &Path) -> io::Result<Site> {
    let mut site = Site::new();
    let mut open = vec![(PathBuf::new(), 0)];
    while let Some((relative, depth)) = open.pop() {
        let entries = match fs::read_dir(folder.join(&relative)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && depth == 0 => return Ok(site),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = relative.join(entry.file_name());
            if !entry.file_type()?.is_dir() {
                site.insert(path.clone(), fs::read(folder.join(&path))?);
            } else if depth < DEPTH_MAX {
                open.push((path, depth + 1));
            } else {
                return Err(io::Error::other(format!("{} is too deep", path.display())));
            }
        }
    }
    Ok(site)
}

fn remove_stale(target: &Path, site: &Site) -> io::Result<usize> {
    let mut removed = 0;
    for path in read_folder(target)?.keys().filter(|path| !site.contains_key(*path)) {
        fs::remove_file(target.join(path))?;
        removed += 1;
    }
    Ok(removed)
}

fn write_changed(target: &Path, site: &Site) -> io::Result<usize> {
    let present = read_folder(target)?;
    let mut written = 0;
    for (path, content) in site {
        if present.get(path) == Some(content) {
            continue;
        }
        let file = target.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, content)?;
        written += 1;
    }
    Ok(written)
}
