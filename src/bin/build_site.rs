//! Renders the pages that are the same for everyone into `build/site/`, or the folder named as the
//! one argument, merged with a copy of `public/`. That folder is the Worker's one assets directory.
//! Style sheets and scripts go into a folder named after their content, `v/<version>/`. Their
//! table, which the Worker reads too, is written beside the folder as `assets.json`.
//!
//! The settings are the Worker's own variables: `PUBLIC_ORIGIN`, `SITE_NAME`, `CONTACT_ADDRESS`,
//! `PROVIDER_MODEL`, whose model decides what the form offers, and `ANALYTICS_GA_ID` and
//! `ANALYTICS_CLARITY_ID`, with which pages of prose ask for consent to analytics.
//!
//! A file whose content is unchanged is not written again and a stale one is removed, so that a
//! running `wrangler dev`, which watches the folder, sees exactly what changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use anytryon::domain::asset::Assets;
use anytryon::domain::language::Language;
use anytryon::domain::refusal::{Code, Refusal};
use anytryon::domain::site::{Analytics, Site};
use anytryon::pages;
use anytryon::pages::text::{SiteText, Text};
use anytryon::pages::{
    Costs, ErrorNotice, FormState, Frame, articles, error_page, home, manifest, offline, robots,
    sitemap,
};
use anytryon::provider::models::{self, DEFAULT_MODEL_ID, MODELS, Model};

/// Folders inside folders of `public/`; deeper is a link that points back up.
const DEPTH_MAX: u32 = 8;
/// The status that the assets binding sends with `404.html`.
const STATUS_NOT_FOUND: u16 = 404;
/// The page that the service worker shows in the place of one that it cannot have.
const OFFLINE: &str = "offline.html";
/// What the asset server sends with each file.
const HEADERS: &str = "_headers";
const SERVICE_WORKER: &str = "service-worker.js";
/// Where the service worker wants the release's name.
const RELEASE_MARK: &str = "{version}";

/// The description of the HTTP interface, but for the server's own address.
const DESCRIPTION: &str = include_str!("../web/openapi.json");
const OWN_ORIGIN: &str = "{own-origin}";

/// Each file's content by its path below the folder.
type Files = BTreeMap<PathBuf, Vec<u8>>;

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = env::args_os().nth(1).map_or_else(|| root.join("build/site"), PathBuf::from);

    let public = read_folder(&root.join("public"))?;
    let site = settings(assets(&public))?;
    let mut files = versioned(public, &site.assets);
    let model = model()?;
    let mut made = vec![
        ("robots.txt".into(), robots(&site)),
        ("sitemap.xml".into(), sitemap(&site)),
        ("openapi.json".into(), DESCRIPTION.replace(OWN_ORIGIN, &site.origin)),
    ];
    made.extend(Language::ALL.into_iter().flat_map(|one| rendered(one, &site, model)));
    if let Some(headers) = files.get_mut(Path::new(HEADERS)) {
        let base = String::from_utf8_lossy(headers);
        *headers = pages::headers(&base, &site.analytics).into_bytes();
    }
    let mut kept = Files::new();
    for (path, text) in made {
        if path.ends_with(OFFLINE) {
            kept.insert(path.clone(), text.clone().into_bytes());
        }
        if files.insert(path.clone(), text.into_bytes()).is_some() {
            let clash = format!("public/ and the pages both make {}", path.display());
            return Err(io::Error::other(clash));
        }
    }

    name_release(&mut files, &kept)?;

    let removed = remove_stale(&target, &files)?;
    let written = write_changed(&target, &files)?;
    let table = serde_json::to_string(&site.assets)?;
    write_changed(
        target.parent().unwrap_or(root),
        &Files::from([("assets.json".into(), table.into_bytes())]),
    )?;
    eprintln!(
        "build-site: {} files in {} ({written} written, {removed} removed)",
        files.len(),
        target.display(),
    );
    Ok(())
}

/// A variable that is set and not empty.
fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn settings(assets: Assets) -> io::Result<Site> {
    let nobody =
        || io::Error::other("CONTACT_ADDRESS is not set, and the pages tell it to visitors");
    Ok(Site {
        name: variable("SITE_NAME").unwrap_or_else(|| "AnyTryOn".to_owned()),
        origin: variable("PUBLIC_ORIGIN").unwrap_or_default(),
        contact: variable("CONTACT_ADDRESS").ok_or_else(nobody)?,
        assets,
        analytics: Analytics {
            google: variable("ANALYTICS_GA_ID"),
            clarity: variable("ANALYTICS_CLARITY_ID"),
        },
    })
}

/// The table of what goes into the versioned folder.
fn assets(public: &Files) -> Assets {
    let named = public.iter().filter_map(|(path, content)| Some((path.to_str()?, &**content)));
    Assets::of(named.filter(|(name, _)| is_versioned(name)))
}

/// The service worker's scope is its own folder, so it stays at the root, with its name for ever.
fn is_versioned(name: &str) -> bool {
    name.starts_with("css/") || name.starts_with("js/")
}

/// The same files, those of the table in its folder.
fn versioned(public: Files, assets: &Assets) -> Files {
    public
        .into_iter()
        .map(|(path, content)| {
            let moved = path.to_str().filter(|name| is_versioned(name)).map(|name| {
                let url = assets.url(name);
                PathBuf::from(url.trim_start_matches('/'))
            });
            (moved.unwrap_or(path), content)
        })
        .collect()
}

/// The configured model; an unset or empty variable is the default, as in the Worker.
fn model() -> io::Result<&'static Model> {
    let named = variable("PROVIDER_MODEL");
    let id = named.as_deref().unwrap_or(DEFAULT_MODEL_ID);
    models::find(id).ok_or_else(|| {
        let known = MODELS.each_ref().map(|model| model.id).join(", ");
        io::Error::other(format!("PROVIDER_MODEL={id} is no model of ours; there are {known}"))
    })
}

/// What a picture of one garment costs at each size.
fn costs(model: &Model) -> Costs {
    let sizes = model.offers().resolutions;
    let milli = sizes.into_iter().filter_map(|one| Some((one, model.price_milli(one, 2)?)));
    Costs { model: model.id, milli: milli.collect() }
}

/// Writes into the service worker which release it is of: a digest of the pages that it keeps,
/// which name all else that it keeps. A browser takes a service worker for a new one when its bytes
/// change.
fn name_release(files: &mut Files, kept: &Files) -> io::Result<()> {
    let named = kept.iter().filter_map(|(path, content)| Some((path.to_str()?, &**content)));
    let version = Assets::of(named).version;
    let script = files.get_mut(Path::new(SERVICE_WORKER));
    let missing = || io::Error::other(format!("{SERVICE_WORKER} has no place for {RELEASE_MARK}"));
    let script = script.ok_or_else(missing)?;
    let text = String::from_utf8_lossy(script);
    if text.matches(RELEASE_MARK).count() != 1 {
        return Err(missing());
    }
    *script = text.replace(RELEASE_MARK, &version).into_bytes();
    Ok(())
}

/// The pages and the manifest of one language: English at the root, the others in a folder of their
/// own.
fn rendered(language: Language, site: &Site, model: &Model) -> Vec<(PathBuf, String)> {
    let frame = Frame { text: Text::of(language), site };
    let folder = Path::new(language.path_prefix().trim_start_matches('/'));
    let not_found = ErrorNotice::of(frame.text, &Refusal::new(Code::NotFound, ""), None);
    let form = FormState::blank(model.offers());
    let prose = SiteText::of(language);
    let mut pages = vec![
        ("index.html".to_owned(), home(frame, &form, prose)),
        ("404.html".to_owned(), error_page(frame, STATUS_NOT_FOUND, &not_found)),
        (OFFLINE.to_owned(), offline(frame, prose)),
        ("manifest.webmanifest".to_owned(), manifest(frame)),
    ];
    let articles = articles(frame, prose, &costs(model)).into_iter();
    pages.extend(articles.map(|(path, html)| (format!("{}.html", path.trim_matches('/')), html)));
    pages.into_iter().map(|(name, html)| (folder.join(name), html)).collect()
}

/// Every file below `folder`, by its path relative to it; empty when there is no such folder.
fn read_folder(folder: &Path) -> io::Result<Files> {
    let mut site = Files::new();
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

fn remove_stale(target: &Path, site: &Files) -> io::Result<usize> {
    let mut removed = 0;
    for path in read_folder(target)?.keys().filter(|path| !site.contains_key(*path)) {
        fs::remove_file(target.join(path))?;
        removed += 1;
    }
    Ok(removed)
}

fn write_changed(target: &Path, site: &Files) -> io::Result<usize> {
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
