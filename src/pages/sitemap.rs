//! What search engines are told: which pages there are for everybody, and in which languages.

use crate::domain::language::Language;
use crate::domain::site::Site;

/// The pages that are rendered at build time and meant to be found, without a language.
pub const STATIC_PATHS: [&str; 9] = [
    "/",
    "/pricing",
    "/help",
    "/privacy",
    "/security",
    "/subprocessors",
    "/dpa",
    "/changes",
    "/terms",
];

/// What is nobody's but the visitor's, below each language.
const PRIVATE_PATHS: [&str; 3] = ["/api/", "/orders/", "/i/"];

/// `robots.txt`.
pub fn robots(site: &Site) -> String {
    let private = Language::ALL.into_iter().flat_map(|language| {
        PRIVATE_PATHS.map(|path| format!("Disallow: {}{path}\n", language.path_prefix()))
    });
    let rules: String = private.collect();
    format!("User-agent: *\n{rules}\nSitemap: {}/sitemap.xml\n", site.origin)
}

/// `sitemap.xml`: every page in every language, each naming the others. An origin has no `&`, so
/// nothing needs escaping.
pub fn sitemap(site: &Site) -> String {
    let pages = STATIC_PATHS.into_iter().flat_map(|path| {
        let address =
            |language: Language| format!("{}{}{path}", site.origin, language.path_prefix());
        let alternates: String = Language::ALL
            .into_iter()
            .map(|language| alternate(language.tag(), &address(language)))
            .chain([alternate("x-default", &address(Language::En))])
            .collect();
        Language::ALL.map(|language| {
            format!("<url>\n<loc>{}</loc>\n{alternates}</url>\n", address(language))
        })
    });
    let pages: String = pages.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{pages}</urlset>\n"
    )
}

fn alternate(tag: &str, address: &str) -> String {
    format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>\n")
}
