//! Announcements: in time, shown for their time, on every page.

use anytryon::domain::language::Language;
use anytryon::domain::time::{DAY_MS, Millis};
use anytryon::policy::announcements::{
    ANNOUNCEMENTS, Announcement, Day, VERSIONS, Words, current, is_announced_in_time, version,
};

use crate::pages::html::{Tag, tags};
use crate::pages::samples::every_page;

const WORDS: Words = Words { en: "a", es: "b", de: "c", zh: "d" };

#[test]
fn nothing_holds_before_it_was_announced_for_14_days() {
    let published = Day::new(2026, 12, 20);
    assert!(is_announced_in_time(published, Day::new(2027, 1, 3)));
    assert!(!is_announced_in_time(published, Day::new(2027, 1, 2)));
    assert!(!is_announced_in_time(published, Day::new(2026, 12, 1)));
    for version in VERSIONS.iter().filter(|version| version.number > 1) {
        assert!(is_announced_in_time(version.published, version.effective), "{}", version.number);
        let announced = ANNOUNCEMENTS
            .iter()
            .any(|one| one.published == version.published && one.effective == version.effective);
        assert!(announced, "version {} has no announcement", version.number);
    }
    for one in ANNOUNCEMENTS {
        assert!(is_announced_in_time(one.published, one.effective), "{}", one.id);
    }
}

#[test]
fn a_day_is_that_of_the_calendar() {
    for (day, iso, days) in [
        (Day::new(1970, 1, 1), "1970-01-01", 0),
        (Day::new(2000, 2, 29), "2000-02-29", 11_016),
        (Day::new(2000, 3, 1), "2000-03-01", 11_017),
        (Day::new(2026, 12, 6), "2026-12-06", 20_793),
        (Day::new(2027, 1, 1), "2027-01-01", 20_819),
    ] {
        assert_eq!(day.begins(), Millis(days * DAY_MS), "{iso}");
        assert_eq!(day.iso(), iso);
        assert_eq!(day.begins().rfc3339(), format!("{iso}T00:00:00.000Z"));
    }
}

#[test]
fn an_announcement_is_shown_from_its_publication_until_it_holds() {
    let one = Announcement {
        id: "one",
        published: Day::new(2026, 11, 22),
        effective: Day::new(2026, 12, 6),
        title: WORDS,
        text: WORDS,
    };
    let (from, until) = (one.published.begins(), one.effective.begins());
    for (now, shown) in
        [(from.plus(-1), false), (from, true), (until.plus(-1), true), (until, false)]
    {
        assert_eq!(one.is_shown(now), shown, "{now:?}");
    }
    let accounts = ANNOUNCEMENTS.first().unwrap();
    let now = accounts.published.begins();
    assert_eq!(current(now).map(|one| one.id), Some(accounts.id));
    assert_eq!(current(now.plus(-1)).map(|one| one.id), None);
    assert_eq!(Language::ALL.map(|language| WORDS.of(language)), ["a", "b", "c", "d"]);
}

#[test]
fn the_version_that_is_accepted_is_the_last_one_that_was_published() {
    let number = |now| version(now).unwrap().number;
    for pair in VERSIONS.windows(2) {
        assert_eq!(pair[1].number, pair[0].number + 1);
        let begins = pair[1].published.begins();
        assert_eq!(number(begins.plus(-1)), pair[0].number);
        assert_eq!(number(begins), pair[1].number);
    }
}

#[test]
fn every_page_carries_the_newest_announcement() {
    let newest = ANNOUNCEMENTS.last().unwrap();
    let from = newest.published.begins().0.to_string();
    let until = newest.effective.begins().0.to_string();
    for (name, html) in every_page() {
        let page = tags(&html);
        let named = |tag: &&Tag| tag.get("name") == Some("announcement");
        let meta: Vec<_> = page.iter().filter(named).collect();
        assert_eq!(meta.len(), 1, "{name}");
        assert_eq!(meta[0].get("content"), Some(newest.id), "{name}");
        assert_eq!(meta[0].get("data-from"), Some(from.as_str()), "{name}");
        assert_eq!(meta[0].get("data-until"), Some(until.as_str()), "{name}");
        assert!(html.contains(newest.title.en) && html.contains("announcement__close"), "{name}");
    }
}
