//! What the static pages say, in every language: that they lead somewhere, that they can be found,
//! and that they promise what the code keeps.

use std::collections::BTreeSet;

use anytryon::app::place::GARMENTS;
use anytryon::domain::image::Limits;
use anytryon::domain::language::Language;
use anytryon::domain::link::{PROVIDER_LIFE_MS, VIEW_LIFE_MS, VIEW_STEP_MS};
use anytryon::domain::options::INSTRUCTIONS_CHARS_MAX;
use anytryon::domain::refusal::{Code, Refusal};
use anytryon::domain::rules::Rules;
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS};
use anytryon::pages::text::{SiteText, Text};
use anytryon::pages::{
    ErrorNotice, Frame, STATIC_PATHS, articles, error_page, home, robots, sitemap,
};
use anytryon::policy::announcements::VERSIONS;
use anytryon::policy::terms::Term;
use anytryon::web::cookies;
use anytryon::web::multipart::FILES_BYTES_MAX;
use anytryon::web::routes::{Match, find};
use http::Method;

use super::html::{Tag, tags};
use super::leads_to_a_company;
use super::samples::{ORIGIN, blank, costs, frame};

fn framed(language: Language) -> Frame<'static> {
    Frame { text: Text::of(language), site: frame().site }
}

/// Every page for everybody in this language, by its path without a language.
fn pages(language: Language) -> Vec<(&'static str, String)> {
    let (frame, prose) = (framed(language), SiteText::of(language));
    let mut pages = vec![("/", home(frame, &blank(), prose))];
    pages.extend(articles(frame, prose, &costs()));
    pages
}

fn ids(page: &[Tag]) -> Vec<String> {
    page.iter().filter_map(|tag| tag.get("id")).map(str::to_owned).collect()
}

#[test]
fn every_page_for_everybody_can_be_found_in_every_language() {
    let mut described = BTreeSet::new();
    for language in Language::ALL {
        let pages = pages(language);
        assert!(pages.iter().map(|(path, _)| path).eq(STATIC_PATHS.iter()), "{language:?}");
        for (path, html) in pages {
            let page = tags(&html);
            let meta = |name: &str| {
                let named = page
                    .iter()
                    .find(|tag| tag.get("name") == Some(name) || tag.get("property") == Some(name));
                named.unwrap_or_else(|| panic!("{path} has no {name}")).get("content").unwrap()
            };
            let length = meta("description").chars().count();
            let shortest = if Text::of(language).language == Language::Zh { 20 } else { 60 };
            assert!((shortest..=160).contains(&length), "{language:?} {path}: {length}");
            assert_eq!(meta("og:description"), meta("description"));
            assert_eq!(meta("og:image"), format!("{ORIGIN}/img/card.jpg"));
            described.insert((path, meta("description").to_owned()));

            let link = |rel: &str| -> Vec<(&str, &str)> {
                let links = page.iter().filter(|tag| tag.get("rel") == Some(rel));
                links
                    .map(|tag| (tag.get("hreflang").unwrap_or(""), tag.get("href").unwrap()))
                    .collect()
            };
            let own = format!("{ORIGIN}{}{path}", framed(language).text.language.path_prefix());
            assert_eq!(link("canonical"), [("", own.as_str())]);
            let all = Language::ALL
                .map(|one| (one.tag(), format!("{ORIGIN}{}{path}", one.path_prefix())));
            for (tag, href) in &all {
                assert!(link("alternate").contains(&(tag, href)), "{path} does not name {tag}");
            }
            assert!(link("alternate").contains(&("x-default", &format!("{ORIGIN}{path}"))));
            let map = sitemap(frame().site);
            assert!(map.contains(&format!("<loc>{own}</loc>")), "{own}");
        }
    }
    let paths: BTreeSet<_> = described.iter().map(|(path, _)| path).collect();
    assert_eq!(paths.len(), STATIC_PATHS.len());
    assert!(robots(frame().site).ends_with(&format!("\nSitemap: {ORIGIN}/sitemap.xml\n")));
    assert!(robots(frame().site).contains("\nDisallow: /de/orders/\n"));
}

#[test]
fn every_link_leads_to_a_page_or_a_route_and_every_anchor_exists() {
    for language in Language::ALL {
        let pages = pages(language);
        for (path, html) in &pages {
            for tag in tags(html).iter().filter(|tag| tag.name == "a" && !tag.in_template) {
                let Some(href) = tag.get("href") else { continue };
                if href.starts_with("mailto:") || leads_to_a_company(tag) {
                    continue;
                }
                let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
                let (_, target) = Language::split(target);
                let target = if target.is_empty() { path } else { target };
                let there = pages.iter().find(|(path, _)| *path == target);
                let routed = matches!(find(&Method::GET, target), Match::Found { .. });
                assert!(there.is_some() || routed, "{path}: {href}");
                if !anchor.is_empty() {
                    let (_, html) = there.unwrap();
                    assert!(ids(&tags(html)).iter().any(|id| id == anchor), "{path}: {href}");
                }
            }
        }
    }
}

#[test]
fn anchors_are_unique_and_the_same_in_every_language() {
    let english = pages(Language::En).into_iter().map(|(_, html)| ids(&tags(&html)));
    let english: Vec<_> = english.collect();
    for all in &english {
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }
    for language in Language::ALL {
        let here: Vec<_> = pages(language).into_iter().map(|(_, html)| ids(&tags(&html))).collect();
        assert_eq!(here, english, "{language:?}");
    }
}

#[test]
fn every_error_leads_on_and_is_explained_by_the_help_page() {
    for language in Language::ALL {
        let pages = pages(language);
        let help = &pages.iter().find(|(path, _)| *path == "/help").unwrap().1;
        let explained = ids(&tags(help));
        for code in Code::ALL {
            let notice = ErrorNotice::of(framed(language).text, &Refusal::new(code, "Why."), None);
            let page = tags(&error_page(framed(language), 400, &notice));
            let links: Vec<&str> = page
                .iter()
                .filter(|tag| tag.get("class").is_some_and(|class| class.starts_with("button")))
                .filter_map(|tag| tag.get("href"))
                .collect();
            let [way, more] = links[..] else { panic!("{code:?}: {links:?}") };
            let (_, way) = Language::split(way);
            let (way, anchor) = way.split_once('#').unwrap_or((way, ""));
            let routed = matches!(find(&Method::GET, way), Match::Found { .. });
            let there = STATIC_PATHS.contains(&way) || routed;
            assert!(there, "{code:?} leads to {way}");
            assert!(anchor.is_empty() || explained.iter().any(|id| id == anchor), "{code:?}");
            let (_, anchor) = more.split_once('#').unwrap();
            assert!(explained.iter().any(|id| id == anchor), "{code:?}: {more}");
        }
    }
}

/// The runs of digits of a text.
fn figures(text: &str) -> BTreeSet<u64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect()
}

/// What a visitor reads, without what scripts and styles hold.
fn words(html: &str) -> String {
    let main = html.split("<main").nth(1).unwrap();
    let page = tags(&format!("<main{main}"));
    let shown = page.iter().filter(|tag| !tag.in_template && !tag.name.starts_with("path"));
    shown.map(|tag| &*tag.text).collect::<Vec<_>>().join(" ")
}

/// Every number of the prose, as the code has it, with what it counts.
fn known_figures() -> Vec<(u64, &'static str)> {
    let rules = Rules::default();
    let whole = |ms: i64, unit: i64| u64::try_from(ms / unit).unwrap();
    let limits = Limits::UPLOAD;
    let megabytes = |bytes: u64| bytes / (1024 * 1024);
    vec![
        (whole(rules.retention_ms, HOUR_MS), "hours that an order lives"),
        (u64::from(rules.trial_orders), "free pictures"),
        (whole(rules.trial_window_ms, HOUR_MS), "hours in which they are free"),
        (whole(rules.gone_ms, DAY_MS), "days of \"gone\", and of the recovery history"),
        (whole(rules.deadline_ms, MINUTE_MS), "minutes that a picture may take"),
        (whole(VIEW_STEP_MS + VIEW_LIFE_MS, MINUTE_MS), "minutes that a picture's link lives"),
        (whole(PROVIDER_LIFE_MS, MINUTE_MS), "minutes that the provider's link lives"),
        (megabytes(u64::try_from(limits.bytes_max).unwrap()), "MB of a photo"),
        (megabytes(FILES_BYTES_MAX), "MB of all photos"),
        (u64::from(limits.side_min), "pixels of a side, at least"),
        (u64::from(limits.side_max), "pixels of a side, at most"),
        (limits.pixels_max / 1_000_000, "million pixels"),
        (u64::try_from(INSTRUCTIONS_CHARS_MAX).unwrap(), "characters of instructions"),
        (u64::try_from(*GARMENTS.end()).unwrap(), "garments"),
        (u64::try_from(*GARMENTS.start()).unwrap(), "garment, year, and 1K"),
        (2, "days of a limiter's state, months of the provider's records, and 2K"),
        (14, "days that the provider keeps a result, and of notice before a change"),
        (16, "years of age"),
        (6, "article of the GDPR, and chapter of the lawful bases"),
        (28, "article of the GDPR about processors"),
        (3, "version of OpenSSL, and a part of a receipt"),
        (25_519, "in the name of a curve"),
        (64, "in the name of an encoding"),
    ]
}

/// The figures above are those built in, so an operator's own must not differ from them.
#[test]
fn a_rule_that_the_pages_tell_is_named_when_it_is_another() {
    let told = Rules::default();
    let untold = |change: fn(&mut Rules)| {
        let mut rules = told.clone();
        change(&mut rules);
        rules.first_untold()
    };
    assert_eq!(untold(|_| {}), None);
    assert_eq!(untold(|rules| rules.retention_ms -= 1), Some("RETENTION_MS"));
    assert_eq!(untold(|rules| rules.trial_orders += 1), Some("TRIAL_ORDERS"));
    assert_eq!(untold(|rules| rules.trial_window_ms += 1), Some("TRIAL_WINDOW_MS"));
    assert_eq!(untold(|rules| rules.deadline_ms += 1), Some("DEADLINE_MS"));
    assert_eq!(untold(|rules| rules.gone_ms += 1), Some("GONE_MS"));
    assert_eq!(untold(|rules| rules.prefix_orders_hour += 1), None);
}

#[test]
fn no_page_names_a_figure_that_the_code_does_not_have() {
    let terms = Term::ALL.iter().map(|term| u64::try_from(term.amount()).unwrap());
    let known: BTreeSet<u64> =
        known_figures().into_iter().map(|(figure, _)| figure).chain(terms).collect();
    let days = VERSIONS.iter().flat_map(|one| [one.published.iso(), one.effective.iso()]);
    let dated: BTreeSet<u64> = days.flat_map(|day| figures(&day)).collect();
    for language in Language::ALL {
        for (path, html) in pages(language).into_iter().filter(|(path, _)| *path != "/") {
            let costs = costs();
            let per_size = costs.milli.iter().flat_map(|(size, milli)| {
                let credits = f64::from(*milli) / 1_000.0;
                let size = (size.as_str().trim_end_matches('K')).parse::<u64>().unwrap();
                figures(&credits.to_string()).into_iter().chain([size, size * 1_024])
            });
            let priced: BTreeSet<u64> = per_size.chain(figures(costs.model)).collect();
            let named = figures(&words(&html));
            let unknown: Vec<_> = named
                .difference(&known)
                .filter(|figure| path != "/pricing" || !priced.contains(figure))
                .filter(|figure| path != "/changes" || !dated.contains(figure))
                .collect();
            assert!(unknown.is_empty(), "{language:?} {path} names {unknown:?}");
        }
    }
}

#[test]
fn the_privacy_page_names_every_term_and_every_cookie() {
    let rules = Rules::default();
    let terms = [
        rules.retention_ms / HOUR_MS,
        rules.trial_window_ms / HOUR_MS,
        rules.gone_ms / DAY_MS,
        (VIEW_STEP_MS + VIEW_LIFE_MS) / MINUTE_MS,
        PROVIDER_LIFE_MS / MINUTE_MS,
        14,
        16,
    ];
    for language in Language::ALL {
        let pages = pages(language);
        let said = words(&pages.iter().find(|(path, _)| *path == "/privacy").unwrap().1);
        for cookie in [cookies::NAME, cookies::LANGUAGE, "theme"] {
            assert!(said.split_whitespace().any(|word| word == cookie), "{language:?} {cookie}");
        }
        for term in terms {
            let term = u64::try_from(term).unwrap();
            assert!(figures(&said).contains(&term), "{language:?} does not say {term}");
        }
    }
}

#[test]
fn the_help_page_explains_each_choice_by_the_name_it_has_in_the_form() {
    for language in Language::ALL {
        let pages = pages(language);
        let help = tags(&pages.iter().find(|(path, _)| *path == "/help").unwrap().1);
        let explained: BTreeSet<&str> =
            help.iter().filter(|tag| tag.name == "dt").map(|tag| tag.text.trim()).collect();
        let form = tags(&pages[0].1);
        let form = form.iter().filter(|tag| !tag.in_template);
        let offered = form.filter(|tag| {
            let select = ["garment_photo_type", "resolution", "aspect_ratio", "output_format"];
            tag.get("class").is_some_and(|class| class.contains("choice__legend"))
                || tag.get("for").is_some_and(|id| id == "instructions" || select.contains(&id))
        });
        let offered: BTreeSet<String> = offered.map(|tag| tag.text.trim().to_owned()).collect();
        assert!(offered.len() >= 4, "{offered:?}");
        for name in &offered {
            assert!(explained.contains(name.as_str()), "{language:?}: {name}, of {explained:?}");
        }
    }
}
