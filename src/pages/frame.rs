//! What surrounds every page: whose site it is, in which language, and what the browser has to
//! load.

use askama::Template;

use crate::domain::language::Language;
use crate::domain::site::Site;
use crate::policy::announcements::{ANNOUNCEMENTS, Announcement};

use super::text::Text;

/// What every page is told before anything else.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The words of the page's language.
    pub text: &'a Text,
    /// Whose site it is.
    pub site: &'a Site,
}

/// A file to load and what it must be.
pub(super) struct Loaded<'a> {
    pub(super) url: String,
    pub(super) integrity: &'a str,
}

/// One language in the list of languages.
pub(super) struct Alternate {
    pub(super) language: Language,
    pub(super) path: String,
    pub(super) current: bool,
}

/// Style sheets of every page, in the order of their layers.
const STYLES: [&str; 3] = ["css/tokens.css", "css/base.css", "css/components.css"];

/// The canvas of `tokens.css` as the browser's own bar wants it, since no custom property reaches
/// there.
pub(super) const CANVAS_LIGHT: &str = "#fbf9f5";
/// The same for the dark theme.
pub(super) const CANVAS_DARK: &str = "#171512";

#[derive(Template)]
#[template(path = "layout_loads.html", config = "src/pages/askama.toml")]
pub(super) struct Loads<'a> {
    frame: Frame<'a>,
    styles: &'a [&'a str],
    scripts: &'a [&'a str],
}

#[derive(Template)]
#[template(path = "layout_header.html", config = "src/pages/askama.toml")]
pub(super) struct Header<'a> {
    frame: Frame<'a>,
    text: &'a Text,
    path: &'a str,
}

#[derive(Template)]
#[template(path = "layout_footer.html", config = "src/pages/askama.toml")]
pub(super) struct Footer<'a> {
    frame: Frame<'a>,
    text: &'a Text,
}

/// The newest announcement. Pages are the same at any time, so every page carries it, and a script
/// shows it when its time has come.
pub(super) fn news() -> Option<&'static Announcement> {
    ANNOUNCEMENTS.last()
}

#[derive(Template)]
#[template(path = "layout_announcement.html", config = "src/pages/askama.toml")]
pub(super) struct News<'a> {
    frame: Frame<'a>,
    text: &'a Text,
}

impl<'a> Frame<'a> {
    /// What the head of a page loads: these style sheets after those of every page, these scripts.
    pub(super) const fn loads(self, styles: &'a [&'a str], scripts: &'a [&'a str]) -> Loads<'a> {
        Loads { frame: self, styles, scripts }
    }

    /// What stands above the page at `path`, as for [`Frame::href`].
    pub(super) const fn header(self, path: &'a str) -> Header<'a> {
        Header { frame: self, text: self.text, path }
    }

    /// What stands between, while it is news.
    pub(super) const fn announcement(self) -> News<'a> {
        News { frame: self, text: self.text }
    }

    /// What stands below every page.
    pub(super) const fn footer(self) -> Footer<'a> {
        Footer { frame: self, text: self.text }
    }

    /// A path of the site in the page's language; `/` is the home page.
    pub(super) fn href(&self, path: &str) -> String {
        format!("{}{path}", self.text.language.path_prefix())
    }

    /// The full address of a path in the page's language.
    pub(super) fn canonical(&self, path: &str) -> String {
        format!("{}{}", self.site.origin, self.href(path))
    }

    /// The same page in every language; `path` as for [`Frame::href`].
    pub(super) fn alternates(&self, path: &str) -> Vec<Alternate> {
        Language::ALL
            .into_iter()
            .map(|language| Alternate {
                language,
                path: format!("{}{path}", language.path_prefix()),
                current: language == self.text.language,
            })
            .collect()
    }

    /// Where a file of `public/css` or `public/js` is served.
    pub(super) fn asset(&self, name: &str) -> String {
        self.site.assets.url(name)
    }

    pub(super) fn integrity(&self, name: &str) -> &'a str {
        self.site.assets.integrity(name)
    }

    /// The style sheets of every page, then those of this one.
    pub(super) fn styles(&self, own: &[&str]) -> Vec<Loaded<'a>> {
        STYLES.iter().chain(own).map(|name| self.loaded(name)).collect()
    }

    /// The scripts of a page, which run.
    pub(super) fn scripts(&self, names: &[&str]) -> Vec<Loaded<'a>> {
        names.iter().map(|name| self.loaded(name)).collect()
    }

    /// The modules that those scripts import. They are named too, since an `import` has no place
    /// for an integrity, and so that the browser need not read one to learn of the next.
    pub(super) fn imports(&self, scripts: &[&str]) -> Vec<Loaded<'a>> {
        let all = self.site.assets.with_imports(scripts);
        all.into_iter()
            .filter(|name| !scripts.contains(name))
            .map(|name| self.loaded(name))
            .collect()
    }

    /// What a script of the page may ask for later: a module and all that it imports beyond what
    /// the page has loaded.
    pub(super) fn later(&self, module: &str, scripts: &[&str]) -> Vec<Loaded<'a>> {
        let present = self.site.assets.with_imports(scripts);
        let wanted = self.site.assets.with_imports(&[module]);
        wanted.difference(&present).map(|name| self.loaded(name)).collect()
    }

    fn loaded(&self, name: &str) -> Loaded<'a> {
        Loaded { url: self.asset(name), integrity: self.integrity(name) }
    }
}
