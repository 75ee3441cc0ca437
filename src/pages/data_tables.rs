//! The data map as it is read: parts of prose pages that are written from `policy` and not by hand.

use askama::Template;

use super::frame::Frame;
use super::message::rendered;
use super::order::fill;
use super::prose::Piece;
use super::text::{Counted, DataText};
use crate::policy::announcements::{Day, PolicyVersion, VERSIONS, Words};
use crate::policy::browser::{COOKIES, Cookie, KEPT, Kept, Life};
use crate::policy::data_map::{CATEGORIES, Category, CategoryId, Group, Place, Until};
use crate::policy::parties::{OUTSIDE_HOSTS, PROCESSORS, Processor, ProcessorId};
use crate::policy::terms::{Term, Unit};

/// One category.
struct Card {
    anchor: String,
    title: &'static str,
    purpose: &'static str,
    until: Vec<String>,
    basis: String,
    handled_by: String,
    places: Vec<PlaceLine>,
}

/// Where a part of a category lies: words, and the names of columns.
struct PlaceLine {
    words: String,
    columns: &'static [&'static str],
}

/// One company.
struct Party {
    name: &'static str,
    role: &'static str,
    gets: &'static str,
    place: &'static str,
    keeps: String,
    hosts: Vec<&'static str>,
    terms_url: &'static str,
}

/// A row of a table: a name as scripts write it, what it is for, how long it lives.
struct Row {
    name: &'static str,
    purpose: String,
    life: String,
}

#[derive(Template)]
#[template(path = "data_cards.html", config = "src/pages/askama.toml")]
struct Cards<'a> {
    frame: Frame<'a>,
    words: &'a DataText,
    told: Vec<Card>,
}

#[derive(Template)]
#[template(path = "data_parties.html", config = "src/pages/askama.toml")]
struct Parties<'a> {
    frame: Frame<'a>,
    words: &'a DataText,
    told: Vec<Party>,
}

#[derive(Template)]
#[template(path = "data_rows.html", config = "src/pages/askama.toml")]
struct Rows<'a> {
    head: [&'a str; 3],
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "data_terms.html", config = "src/pages/askama.toml")]
struct Terms<'a> {
    words: &'a DataText,
    terms: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "data_versions.html", config = "src/pages/askama.toml")]
struct Versions {
    versions: Vec<VersionCard>,
}

/// A version of the policy, in words.
struct VersionCard {
    number: u32,
    title: String,
    published: (String, String),
    effective: (String, String),
    changes: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "data_summary.html", config = "src/pages/askama.toml")]
struct Summary<'a> {
    words: &'a DataText,
    rows: Vec<(&'static str, Vec<String>)>,
}

/// Every category of a group.
pub(super) fn categories(frame: Frame, words: &DataText, group: Group) -> String {
    let of_group = CATEGORIES.iter().filter(|category| category.group == group);
    let told = of_group.map(|category| card(words, category)).collect();
    rendered(&Cards { frame, words, told })
}

/// The anchor of a category.
pub(super) fn anchor(id: CategoryId) -> String {
    let mut name = String::from("data");
    for c in format!("{id:?}").chars() {
        if c.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(c.to_ascii_lowercase());
    }
    name
}

fn card(words: &DataText, category: &Category) -> Card {
    let text = words.categories.of(category.id);
    let basis = (words.basis)(category.basis);
    let basis = category.basis.article().map_or_else(
        || basis.to_owned(),
        |article| {
            let named = fill(words.article, "article", &article);
            format!("{basis} · {named}")
        },
    );
    let names = category.processors.iter().filter_map(|id| processor(*id));
    Card {
        anchor: anchor(category.id),
        title: text.title,
        purpose: text.purpose,
        until: category.kept.iter().map(|until| kept_until(words, *until)).collect(),
        basis,
        handled_by: names.map(|one| one.name).collect::<Vec<_>>().join(" · "),
        places: category.held_in.iter().map(|place| place_line(words, *place)).collect(),
    }
}

fn processor(id: ProcessorId) -> Option<&'static Processor> {
    PROCESSORS.iter().find(|one| one.id == id)
}

fn place_line(words: &DataText, place: Place) -> PlaceLine {
    let texts = &words.places;
    let (words, name, columns): (_, _, &'static [&'static str]) = match place {
        Place::Columns(table, columns) => (texts.columns, table, columns),
        Place::Table(table) => (texts.table, table, &[]),
        Place::Prefix(prefix) => (texts.files, prefix, &[]),
        Place::Object(class) => (texts.object, class, &[]),
        Place::Cookie(cookie) => (texts.cookie, cookie, &[]),
        Place::Log => (texts.log, "", &[]),
        Place::RecoveryHistory => (texts.recovery, "", &[]),
        Place::Passing => (texts.nowhere, "", &[]),
    };
    PlaceLine { words: fill(words, "name", &name), columns }
}

/// Until when, in words.
fn kept_until(words: &DataText, until: Until) -> String {
    let mut line = (words.until)(until).to_owned();
    for term in until.terms() {
        line = fill(&line, "time", &time(words, term));
    }
    with_terms(&line)
}

/// How long, in words.
fn time(words: &DataText, term: Term) -> String {
    counted(words, term.unit(), term.amount())
}

fn counted(words: &DataText, unit: Unit, amount: i64) -> String {
    let Counted { one, other } = (words.amount)(unit);
    if amount == 1 { one.to_owned() } else { fill(other, "count", &amount) }
}

/// The line with the number of each term that it names.
fn with_terms(line: &str) -> String {
    Term::ALL.iter().fold(line.to_owned(), |line, term| fill(&line, term.mark(), &term.amount()))
}

/// Every company that can take part on this site.
pub(super) fn parties(frame: Frame, words: &DataText) -> String {
    let possible = PROCESSORS.iter().filter(|one| one.when.is_possible(&frame.site.analytics));
    let party = |one: &Processor| {
        let text = (words.processor)(one.id);
        let hosts = OUTSIDE_HOSTS.iter().filter(|host| host.processor == one.id);
        Party {
            name: one.name,
            role: text.role,
            gets: text.gets,
            place: text.place,
            keeps: with_terms(text.keeps),
            hosts: hosts.map(|host| host.host).collect(),
            terms_url: one.terms_url,
        }
    };
    rendered(&Parties { frame, words, told: possible.map(party).collect() })
}

/// Every cookie that this site can set.
pub(super) fn cookies(frame: Frame, words: &DataText) -> String {
    let possible = COOKIES.iter().filter(|one| one.when.is_possible(&frame.site.analytics));
    let row = |cookie: &Cookie| {
        let purpose = (words.cookie)(cookie.id);
        let life = match cookie.life {
            Life::Term(term) => time(words, term),
            Life::Days(days) => counted(words, Unit::Days, days),
        };
        let purpose = if cookie.necessary {
            purpose.to_owned()
        } else {
            format!("{purpose}. {}", words.needs_consent)
        };
        Row { name: cookie.name, purpose, life }
    };
    let head = [words.name, words.purpose, words.how_long];
    rendered(&Rows { head, rows: possible.map(row).collect() })
}

/// Everything else that this site can keep in a browser.
pub(super) fn browser_stores(frame: Frame, words: &DataText) -> String {
    let analytics = &frame.site.analytics;
    let possible =
        KEPT.iter().filter(|one| one.when.iter().any(|when| when.is_possible(analytics)));
    let row = |one: &Kept| {
        let text = (words.kept)(one.id);
        let purpose = format!("{} {}", text.purpose, (words.store)(one.store));
        Row { name: text.title, purpose, life: words.until_forgotten.to_owned() }
    };
    let head = [words.what, words.purpose, words.how_long];
    rendered(&Rows { head, rows: possible.map(row).collect() })
}

/// Every term.
pub(super) fn terms(words: &DataText) -> String {
    let terms = Term::ALL.iter().map(|term| ((words.term)(*term), time(words, *term)));
    rendered(&Terms { words, terms: terms.collect() })
}

/// Every version of the policy, newest first.
pub(super) fn versions(frame: Frame, words: &DataText) -> String {
    let card = |version: &PolicyVersion| {
        let dated = |line, day: Day| (day.iso(), fill(line, "date", &day.iso()));
        let in_language = |change: &Words| change.of(frame.text.language);
        VersionCard {
            number: version.number,
            title: fill(words.version, "number", &version.number),
            published: dated(words.published, version.published),
            effective: dated(words.effective, version.effective),
            changes: version.changes.iter().map(in_language).collect(),
        }
    };
    rendered(&Versions { versions: VERSIONS.iter().rev().map(card).collect() })
}

/// What is kept and until when, in one table.
pub(super) fn summary(words: &DataText) -> String {
    let row = |category: &Category| {
        let until = category.kept.iter().map(|until| kept_until(words, *until));
        let lines = until.collect::<Vec<_>>();
        (words.categories.of(category.id).title, lines)
    };
    rendered(&Summary { words, rows: CATEGORIES.iter().map(row).collect() })
}
