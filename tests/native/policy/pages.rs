//! The pages that are written from the map say all of it, in every language.

use std::collections::BTreeSet;

use anytryon::domain::language::Language;
use anytryon::domain::site::{Analytics, Site};
use anytryon::pages::text::{SiteText, Text};
use anytryon::pages::{Frame, articles};
use anytryon::policy::announcements::VERSIONS;
use anytryon::policy::browser::{COOKIES, KEPT, Life};
use anytryon::policy::data_map::{CATEGORIES, Place, Until};
use anytryon::policy::parties::{OUTSIDE_HOSTS, PROCESSORS};
use anytryon::policy::terms::Term;

use crate::pages::html::{Tag, tags};
use crate::pages::samples::{costs, frame};

/// A page of prose on a site where an operator has configured these.
fn page(language: Language, path: &str, analytics: Analytics) -> Vec<Tag> {
    let site = Site { analytics, ..frame().site.clone() };
    let frame = Frame { text: Text::of(language), site: &site };
    let pages = articles(frame, SiteText::of(language), &costs());
    let (_, html) = pages.into_iter().find(|(found, _)| *found == path).unwrap();
    tags(&html)
}

fn everything() -> Analytics {
    Analytics { google: Some("G-ABCDEF1234".to_owned()), clarity: Some("abcdefghij".to_owned()) }
}

/// From a tag on until the one that ends it.
fn inside(page: &[Tag], at: usize) -> &[Tag] {
    let end = format!("/{}", page[at].name);
    let length = page[at..].iter().position(|tag| tag.name == end).unwrap();
    &page[at..at + length]
}

fn texts(page: &[Tag]) -> String {
    page.iter().map(|tag| tag.text.trim()).collect::<Vec<_>>().join(" ")
}

fn figures(text: &str) -> BTreeSet<i64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|run| run.parse().ok()).collect()
}

/// `AnonSid` as an anchor says it.
fn anchor(id: &str) -> String {
    let parts = id.chars().map(|c| {
        if c.is_ascii_uppercase() { format!("-{}", c.to_ascii_lowercase()) } else { c.to_string() }
    });
    format!("data{}", parts.collect::<String>())
}

#[test]
fn every_category_is_told_with_its_terms_places_and_companies() {
    for language in Language::ALL {
        let page = page(language, "/privacy", Analytics::default());
        for category in CATEGORIES {
            let id = anchor(&format!("{:?}", category.id));
            let at = page.iter().position(|tag| tag.get("id") == Some(&id));
            let at = at.unwrap_or_else(|| panic!("{language:?} has no {id}"));
            let card = inside(&page, at);
            let said = texts(card);
            assert!(said.chars().count() > 40, "{language:?} {id}: {said}");
            for until in category.kept {
                let until: &Until = until;
                for term in until.terms() {
                    assert!(figures(&said).contains(&term.amount()), "{language:?} {id}: {term:?}");
                }
            }
            let lines = card.iter().filter(|tag| tag.name == "dd").count();
            assert_eq!(
                lines,
                category.kept.len() + 2 + category.held_in.len(),
                "{language:?} {id}"
            );
            for id in category.processors {
                let name = PROCESSORS.iter().find(|one| one.id == *id).unwrap().name;
                assert!(said.contains(name), "{language:?} {}: {name}", anchor(name));
            }
            if let Some(article) = category.basis.article() {
                assert!(said.contains(article), "{language:?} {id}: {article}");
            }
            for place in category.held_in {
                let names: Vec<&str> = match *place {
                    Place::Columns(table, columns) => [&[table], columns].concat(),
                    Place::Table(name)
                    | Place::Prefix(name)
                    | Place::Object(name)
                    | Place::Cookie(name) => vec![name],
                    Place::Log | Place::RecoveryHistory | Place::Passing => vec![],
                };
                for name in names {
                    assert!(said.contains(name), "{language:?} {id} does not name {name}");
                }
            }
        }
    }
}

#[test]
fn every_company_is_told_in_every_language() {
    for (language, path) in Language::ALL
        .into_iter()
        .flat_map(|language| ["/privacy", "/subprocessors", "/dpa"].map(|path| (language, path)))
    {
        let (none, all) = (Analytics::default(), everything());
        let (without, with) = (page(language, path, none.clone()), page(language, path, all));
        let (without, with) = (texts(&without), page_and_links(&with));
        for one in PROCESSORS {
            assert!(with.contains(one.name), "{language:?} {path}: {}", one.name);
            assert!(with.contains(one.terms_url), "{language:?} {path}: {}", one.terms_url);
            let expected = one.when.is_possible(&none);
            assert_eq!(without.contains(one.name), expected, "{language:?} {path}: {}", one.name);
            for term in one.keeps {
                assert!(figures(&with).contains(&term.amount()), "{language:?} {path}: {term:?}");
            }
        }
        for host in OUTSIDE_HOSTS {
            assert!(with.contains(host.host), "{language:?} {path}: {}", host.host);
        }
    }
}

fn page_and_links(page: &[Tag]) -> String {
    let links: Vec<_> = page.iter().filter_map(|tag| tag.get("href")).collect();
    format!("{} {}", texts(page), links.join(" "))
}

#[test]
fn every_cookie_and_store_is_told_in_every_language() {
    for language in Language::ALL {
        for analytics in [Analytics::default(), everything()] {
            let page = page(language, "/privacy", analytics.clone());
            let rows: Vec<&[Tag]> = (0..page.len())
                .filter(|at| page[*at].name == "tr")
                .map(|at| inside(&page, at))
                .collect();
            for cookie in COOKIES {
                let row = rows.iter().find(|row| row.iter().any(|tag| tag.text == cookie.name));
                let possible = cookie.when.is_possible(&analytics);
                assert_eq!(row.is_some(), possible, "{language:?} {}", cookie.name);
                let Some(row) = row else { continue };
                let life = match cookie.life {
                    Life::Term(term) => term.amount(),
                    Life::Days(days) => days,
                };
                assert!(figures(&texts(row)).contains(&life), "{language:?} {}", cookie.name);
            }
            let kept = |when: &[_]| {
                when.iter()
                    .any(|when: &anytryon::policy::parties::When| when.is_possible(&analytics))
            };
            let cookies = COOKIES.iter().filter(|one| one.when.is_possible(&analytics)).count();
            let stores = KEPT.iter().filter(|one| kept(one.when)).count();
            // Each table has a row of heads.
            assert_eq!(rows.len(), cookies + stores + 2, "{language:?}");
        }
    }
}

#[test]
fn every_term_and_every_version_is_told_in_every_language() {
    for language in Language::ALL {
        let security = page(language, "/security", Analytics::default());
        let rows: Vec<String> = (0..security.len())
            .filter(|at| security[*at].name == "tr")
            .map(|at| texts(inside(&security, at)))
            .collect();
        assert_eq!(rows.len(), Term::ALL.len() + 1, "{language:?}");
        for (term, row) in Term::ALL.iter().zip(&rows[1..]) {
            assert!(figures(row).contains(&term.amount()), "{language:?} {term:?}: {row}");
        }
        let changes = texts(&page(language, "/changes", Analytics::default()));
        for version in VERSIONS {
            for day in [version.published, version.effective] {
                assert!(changes.contains(&day.iso()), "{language:?}: {}", day.iso());
            }
            for change in version.changes {
                assert!(changes.contains(change.of(language)), "{language:?}");
            }
        }
    }
}

/// What a visitor has to find on the privacy page, in each language.
#[test]
fn every_language_says_what_is_promised() {
    let promises = [
        (Language::En, ["trained", "16", "sold", "14 days"]),
        (Language::De, ["trainiert", "16", "verkauft", "14 Tage"]),
        (Language::Es, ["entrena", "16", "vende", "14 días"]),
        (Language::Zh, ["训练", "16", "出售", "14 天"]),
    ];
    for (language, words) in promises {
        let said = texts(&page(language, "/privacy", Analytics::default()));
        for word in words {
            assert!(said.contains(word), "{language:?} does not say {word}");
        }
    }
}

#[test]
fn no_mark_is_left_unfilled() {
    for language in Language::ALL {
        for path in ["/privacy", "/security", "/subprocessors", "/dpa", "/changes"] {
            let page = page(language, path, everything());
            let prose = page.iter().filter(|tag| tag.name != "code");
            let left: Vec<_> = prose.filter(|tag| tag.text.contains(['{', '}'])).collect();
            assert!(left.is_empty(), "{language:?} {path}: {left:?}");
        }
    }
}
