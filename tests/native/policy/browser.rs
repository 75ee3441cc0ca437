//! Cookies and everything else that is kept in a browser.

use anytryon::policy::browser::{COOKIES, KEPT, Store};
use anytryon::policy::data_map::{CATEGORIES, Place};

use super::{between, files, read, same};

/// The value of a constant that a script names, or the text itself.
fn text_of<'a>(script: &'a str, argument: &'a str) -> Option<&'a str> {
    let quoted = |text: &'a str| {
        let quote = text.chars().next().filter(|c| "\"`".contains(*c))?;
        text[1..].split(quote).next()
    };
    quoted(argument).or_else(|| {
        let (_, value) = script.split_once(&format!("const {argument} = "))?;
        quoted(value)
    })
}

fn first_arguments<'a>(script: &'a str, call: &str) -> Vec<&'a str> {
    let calls = script.match_indices(call).map(|(at, _)| &script[at + call.len()..]);
    calls.map(|rest| rest.split([',', ')']).next().unwrap()).collect()
}

/// Every script of the site.
fn scripts() -> Vec<(String, String)> {
    files("public", "js")
}

#[test]
fn every_cookie_that_is_set_is_named() {
    let mut set: Vec<String> = Vec::new();
    for (path, text) in files("src/web", "rs") {
        set.extend(between(&text, "\"__Host-", "\"").iter().map(|name| format!("__Host-{name}")));
        if path.starts_with("src/web/cookies") {
            set.extend(between(&text, "&str = \"", "\"").iter().map(|name| (*name).to_owned()));
        }
        assert!(
            !text.contains("SET_COOKIE") || path.starts_with("src/web/cookies"),
            "{path} sets a cookie: that is for src/web/cookies*.rs, where this test looks"
        );
    }
    for (path, text) in scripts() {
        if path != "public/js/site.js" {
            assert!(!text.contains("document.cookie ="), "{path} sets a cookie: site.js does that");
            continue;
        }
        assert_eq!(text.matches("document.cookie =").count(), 1, "{path}: one function sets them");
        let names = first_arguments(&text, " keep(").into_iter().filter(|name| *name != "name");
        set.extend(names.map(|name| name.trim_matches('"').to_owned()));
    }
    assert!(set.iter().any(|name| name == "__Host-anon_sid"), "{set:?}");
    set.extend(read_analytics_cookies());
    same("a cookie", set.iter().map(String::as_str), COOKIES.iter().map(|cookie| cookie.name));
}

/// What others set after consent is known from their own words only.
fn read_analytics_cookies() -> Vec<String> {
    ["_ga", "_clck", "_clsk"].map(str::to_owned).to_vec()
}

#[test]
fn only_what_others_set_waits_for_consent() {
    for cookie in COOKIES {
        let own = !cookie.name.starts_with('_') || cookie.name.starts_with("__Host-");
        assert_eq!(cookie.necessary, own, "{}", cookie.name);
    }
    let places = CATEGORIES.iter().flat_map(|category| category.held_in);
    for place in places {
        let Place::Cookie(name) = place else { continue };
        assert!(COOKIES.iter().any(|cookie| cookie.name == *name), "{name} is no cookie of ours");
    }
}

#[test]
fn everything_that_scripts_keep_in_a_browser_is_named() {
    let calls = [(Store::Cache, "caches.open("), (Store::Local, "localStorage.setItem(")];
    let scripts = scripts();
    for (store, call) in calls {
        let kept = scripts.iter().flat_map(|(_, script)| {
            let arguments = first_arguments(script, call).into_iter();
            // Without a name of its own it is told under the name that the script gives it.
            arguments.map(|argument| text_of(script, argument).unwrap_or(argument))
        });
        let kept: Vec<_> = kept.map(|name| name.split("${").next().unwrap()).collect();
        assert!(!kept.is_empty(), "{call} is nowhere: does this test still look right?");
        let named = KEPT.iter().filter(|one| one.store == store).map(|one| one.name);
        same("something kept in a browser", kept, named);
    }
    for (path, script) in &scripts {
        for other in
            ["sessionStorage", "indexedDB", "localStorage[", "localStorage.theme", "openDatabase"]
        {
            assert!(!script.contains(other), "{path}: {other} is no store that src/policy knows");
        }
    }
    assert!(read("public/service-worker.js").contains("caches.open("));
}
