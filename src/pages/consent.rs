//! What the asset server has to send with pages of prose where an operator configured analytics.
//! Every other page keeps the strict policy, and so do these where nothing is configured.

use crate::domain::language::Language;
use crate::domain::site::Analytics;

use super::sitemap::STATIC_PATHS;

const GOOGLE: &[(&str, &str)] = &[
    ("script-src", "https://www.googletagmanager.com"),
    ("img-src", "https://www.googletagmanager.com https://*.google-analytics.com"),
    ("connect-src", "https://www.googletagmanager.com https://*.google-analytics.com"),
];
const CLARITY: &[(&str, &str)] = &[
    ("script-src", "https://www.clarity.ms https://*.clarity.ms"),
    ("img-src", "https://*.clarity.ms"),
    ("connect-src", "https://*.clarity.ms"),
];
/// Others' scripts write addresses of scripts as plain text.
const TRUSTED_TYPES: [&str; 2] = ["require-trusted-types-for", "trusted-types"];
const POLICY: &str = "Content-Security-Policy";
const EMBEDDER: &str = "Cross-Origin-Embedder-Policy";

/// `_headers` with what analytics need on pages of prose; as it is without analytics.
pub fn headers(base: &str, analytics: &Analytics) -> String {
    let strict = base.lines().find_map(|line| line.trim().strip_prefix(POLICY)?.strip_prefix(": "));
    let (true, Some(strict)) = (analytics.is_on(), strict) else { return base.to_owned() };
    let policy = extended(strict, analytics);
    let pages = STATIC_PATHS.iter().filter(|path| **path != "/");
    let rules = pages.flat_map(|path| {
        Language::ALL.map(|language| {
            let prefix = language.path_prefix();
            format!(
                "\n{prefix}{path}\n  ! {POLICY}\n  {POLICY}: {policy}\n  ! {EMBEDDER}\n  \
                 {EMBEDDER}: credentialless\n"
            )
        })
    });
    format!("{base}{}", rules.collect::<String>())
}

fn extended(strict: &str, analytics: &Analytics) -> String {
    let google = analytics.google.iter().flat_map(|_| GOOGLE);
    let clarity = analytics.clarity.iter().flat_map(|_| CLARITY);
    let more: Vec<_> = google.chain(clarity).collect();
    let directives = strict
        .split("; ")
        .filter(|one| !TRUSTED_TYPES.iter().any(|name| one.split(' ').next() == Some(name)));
    let directives = directives.map(|one| {
        let hosts = more.iter().filter(|(name, _)| one.split(' ').next() == Some(name));
        hosts.fold(one.to_owned(), |line, (_, hosts)| format!("{line} {hosts}"))
    });
    directives.collect::<Vec<_>>().join("; ")
}
