//! The languages of the site, and where they stand in a path.

/// A language of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, whose pages lie at the root.
    En,
    /// Spanish.
    Es,
    /// German.
    De,
    /// Simplified Chinese.
    Zh,
}

impl Language {
    /// Every language, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::En, Self::Es, Self::De, Self::Zh];

    /// Its name in paths and in the cookie.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::De => "de",
            Self::Zh => "zh",
        }
    }

    /// BCP 47 tag, for `lang` and `hreflang`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
            Self::De => "de",
            Self::Zh => "zh-Hans",
        }
    }

    /// Its own name for itself.
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
            Self::De => "Deutsch",
            Self::Zh => "简体中文",
        }
    }

    /// What leads the path of its pages: nothing for English, else `/es`.
    pub const fn path_prefix(self) -> &'static str {
        match self {
            Self::En => "",
            Self::Es => "/es",
            Self::De => "/de",
            Self::Zh => "/zh",
        }
    }

    /// Reads a name in a path or cookie; `None` for an unknown one.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.as_str() == name)
    }

    /// Splits `/es/orders/1` into the language that leads it and `/orders/1`; a path without a
    /// language is whole. `/en/…` is understood too, though no page links to it.
    pub fn split(path: &str) -> (Option<Self>, &str) {
        let found = path.strip_prefix('/').and_then(|rest| {
            let (name, _) = rest.split_once('/')?;
            let language = Self::parse(name)?;
            Some((Some(language), rest.get(name.len()..)?))
        });
        found.unwrap_or((None, path))
    }
}
