//! Analytics: nothing of them where nothing is configured; where it is, only prose asks for
//! consent, both answers weigh the same, and the policy opens no further than it must.

use anytryon::domain::language::Language;
use anytryon::domain::site::{Analytics, Site};
use anytryon::pages::text::{EN_SITE, SiteText, Text};
use anytryon::pages::{Frame, STATIC_PATHS, articles, headers, home, order};

use super::read;
use crate::pages::html::tags;
use crate::pages::samples::{STATUSES, blank, costs, frame, view};

fn configured() -> Analytics {
    Analytics { google: Some("G-ABCDEF1234".to_owned()), clarity: Some("abcdefghij".to_owned()) }
}

fn site(analytics: Analytics) -> Site {
    Site { analytics, ..frame().site.clone() }
}

#[test]
fn without_a_configuration_nothing_of_it_is_there() {
    let base = read("public/_headers");
    assert_eq!(headers(&base, &Analytics::default()), base);
    let site = site(Analytics::default());
    for language in Language::ALL {
        let frame = Frame { text: Text::of(language), site: &site };
        for (path, html) in articles(frame, SiteText::of(language), &costs()) {
            assert!(!html.contains("consent-banner") && !html.contains("consent.js"), "{path}");
            assert!(!html.contains("clarity") && !html.contains("google-analytics"), "{path}");
        }
    }
}

#[test]
fn only_prose_ever_asks_for_consent() {
    let site = site(configured());
    let framed = Frame { text: frame().text, site: &site };
    for (path, html) in articles(framed, &EN_SITE, &costs()) {
        let page = tags(&html);
        let banner = page.iter().find(|tag| tag.name == "consent-banner").unwrap();
        assert!(banner.has("hidden"), "{path}: shown before a script asks");
        assert_eq!(banner.get("data-google"), Some("G-ABCDEF1234"));
        assert_eq!(banner.get("data-clarity"), Some("abcdefghij"));
        let answers: Vec<_> = page.iter().filter(|tag| tag.has("data-answer")).collect();
        let looks = answers.iter().map(|tag| tag.get("class")).collect::<Vec<_>>();
        assert_eq!(looks, [Some("button"), Some("button")], "{path}: one answer weighs more");
        assert_eq!(answers[0].get("data-answer"), Some("no"));
        assert!(html.contains("18 or older"), "{path}: who is recorded is an adult");
        for tag in page.iter().filter(|tag| tag.name == "script") {
            assert!(tag.get("src").is_some_and(|src| src.starts_with("/v/")), "{path}: {tag:?}");
        }
    }
    let mut with_photos = vec![home(framed, &blank(), &EN_SITE)];
    with_photos.extend(STATUSES.map(|status| order(framed, &view(status))));
    for html in with_photos {
        assert!(!html.contains("consent-banner") && !html.contains("js/consent.js"));
        assert!(!html.contains("ABCDEF1234") && !html.contains("abcdefghij"));
    }
}

#[test]
fn the_policy_opens_for_prose_only_and_for_whom_is_configured() {
    let base = read("public/_headers");
    let only_google = Analytics { clarity: None, ..configured() };
    let text = headers(&base, &only_google);
    let added = text.strip_prefix(&base).unwrap();
    assert!(!added.contains("clarity") && added.contains("https://www.googletagmanager.com"));
    let text = headers(&base, &configured());
    let added = text.strip_prefix(&base).unwrap();
    let paths: Vec<_> = added.lines().filter(|line| line.starts_with('/')).collect();
    assert_eq!(paths.len(), (STATIC_PATHS.len() - 1) * Language::ALL.len());
    assert!(paths.contains(&"/de/privacy") && paths.contains(&"/privacy"));
    assert!(!paths.iter().any(|path| path.contains("order") || path.ends_with('/')));
    let policies: Vec<_> = added.lines().filter(|line| line.contains("script-src")).collect();
    assert_eq!(policies.len(), paths.len());
    for policy in policies {
        assert!(policy.contains("script-src 'self' https://"), "{policy}");
        assert!(policy.contains("default-src 'none'") && policy.contains("base-uri 'none'"));
        assert!(!policy.contains("unsafe") && !policy.contains(" * "), "{policy}");
    }
    // What a rule adds to is what it first takes away, or both would be sent.
    assert_eq!(added.matches("! Content-Security-Policy").count(), paths.len());
}

#[test]
fn a_browser_that_says_no_to_everybody_is_not_asked() {
    let script = read("public/js/consent.js");
    let (before, _) = script.split_once("this.#show(!answer)").unwrap();
    assert!(before.contains("globalPrivacyControl) return;"));
}
