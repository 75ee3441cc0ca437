//! What the platform lends the Worker, whom it asks, where files lie and how long anything is kept.

use anytryon::domain::id::FileId;
use anytryon::domain::order::FileKey;
use anytryon::domain::rules::Rules;
use anytryon::policy::data_map::{CATEGORIES, Place, Until};
use anytryon::policy::parties::{BINDINGS, Found, Holds, OUTSIDE_HOSTS, PROCESSORS};
use anytryon::policy::terms::Term;

use serde_json::Value;

use super::{between, files, read, same};

/// `wrangler.toml` without its comments.
fn configuration() -> String {
    let text = read("wrangler.toml");
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_binding_is_named() {
    let text = configuration();
    let mut names = between(&text, "binding = \"", "\"");
    names.extend(between(&text, "{ name = \"", "\""));
    for table in ["ratelimits]]", "send_email]]"] {
        names.extend(between(&text, &format!("{table}\nname = \""), "\""));
    }
    assert!(names.len() > 8, "{names:?}");
    same("a binding", names, BINDINGS.iter().map(|binding| binding.name));
}

#[test]
fn every_object_with_a_memory_is_named() {
    let text = configuration();
    let classes = between(&text, "class_name = \"", "\"");
    let places = CATEGORIES.iter().flat_map(|category| category.held_in);
    let named = places.filter_map(|place| match *place {
        Place::Object(class) => Some(class),
        Place::Columns(..)
        | Place::Table(_)
        | Place::Prefix(_)
        | Place::Cookie(_)
        | Place::Log
        | Place::RecoveryHistory
        | Place::Passing => None,
    });
    let named: Vec<_> = named.collect();
    same("a Durable Object", classes, named.iter().copied());
    let held = BINDINGS.iter().filter_map(|binding| match binding.holds {
        Holds::Object(class) => Some(class),
        Holds::NothingPersonal | Holds::Tables | Holds::Files | Holds::Mails | Holds::Fence => None,
    });
    same("a binding's object", named, held);
}

#[test]
fn every_outside_host_is_named() {
    let production = configuration();
    let mut hosts = between(&production, "https://", "\"");
    let sources = files("src", "rs");
    for (path, text) in &sources {
        // The room itself, whose links are for readers, and the name of a format.
        if path.starts_with("src/policy/") || path == "src/pages/sitemap.rs" {
            continue;
        }
        hosts.extend(addresses(text));
    }
    let policy = read("public/_headers");
    let sources = policy.lines().filter_map(|line| line.split_once("Content-Security-Policy: "));
    for (_, policy) in sources {
        let words = policy.split([' ', ';']).filter_map(|word| word.strip_prefix("https://"));
        hosts.extend(words);
    }
    let hosts = hosts.into_iter().map(|url| url.split(['/', ':', ',', ' ']).next().unwrap());
    let hosts = hosts.filter(|host| host.contains('.') && !host.ends_with("example.com"));
    let configured = OUTSIDE_HOSTS.iter().filter(|host| host.found == Found::Configured);
    same("a host outside", hosts.collect::<Vec<_>>(), configured.map(|host| host.host));
    for host in OUTSIDE_HOSTS {
        assert!(PROCESSORS.iter().any(|one| one.id == host.processor), "{}", host.host);
    }
}

/// The hosts of the addresses in a file's code, without comments and unit tests.
fn addresses(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| between(line, "https://", "\"")).collect()
}

#[test]
fn every_prefix_of_a_file_is_named() {
    let mut prefixes = Vec::new();
    let sources = files("src", "rs");
    for (path, text) in &sources {
        if path.starts_with("src/policy/") || path.starts_with("src/pages/") {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap();
        for key in
            between(code, "format!(\"", "\"").into_iter().chain(between(code, "write!(f, \"", "\""))
        {
            let Some((first, rest)) = key.split_once('/') else { continue };
            let is_word = !first.is_empty() && first.chars().all(|c| c.is_ascii_lowercase());
            if is_word && rest.starts_with('{') {
                prefixes.push(format!("{first}/"));
            }
        }
    }
    for (_, text) in sources.iter().filter(|(path, _)| !path.starts_with("src/policy/")) {
        let named = between(text, "PREFIX: &str = \"", "\"").into_iter();
        prefixes.extend(named.filter(|prefix| prefix.ends_with('/')).map(str::to_owned));
    }
    for kept in [false, true] {
        let key = FileKey { hour: 1, id: FileId::from_bytes([1; 16]), kept }.to_string();
        prefixes.extend(key.split_once('/').map(|(first, _)| format!("{first}/")));
    }
    let lifecycle = read(".make/r2-lifecycle.json");
    prefixes.extend(
        between(&lifecycle, "\"prefix\": \"", "\"")
            .into_iter()
            .filter(|prefix| !prefix.is_empty())
            .map(str::to_owned),
    );
    assert!(prefixes.iter().any(|prefix| prefix == "anon/"), "{prefixes:?}");
    let places = CATEGORIES.iter().flat_map(|category| category.held_in);
    let named = places.filter_map(|place| match *place {
        Place::Prefix(prefix) => Some(prefix),
        Place::Columns(..)
        | Place::Table(_)
        | Place::Object(_)
        | Place::Cookie(_)
        | Place::Log
        | Place::RecoveryHistory
        | Place::Passing => None,
    });
    same("a prefix of files", prefixes.iter().map(String::as_str), named.collect::<Vec<_>>());
}

/// The age in days at which the bucket's own rule removes what lies under a prefix.
fn backstop_days(prefix: &str) -> Option<i64> {
    let rules: Value = serde_json::from_str(&read(".make/r2-lifecycle.json")).unwrap();
    let rules = rules["rules"].as_array().unwrap();
    let of = |rule: &&Value| {
        rule["conditions"]["prefix"] == prefix && rule["deleteObjectsTransition"].is_object()
    };
    let rule = rules.iter().find(of)?;
    assert_eq!(rule["enabled"], true, "{prefix}");
    rule["deleteObjectsTransition"]["condition"]["maxAge"].as_i64().map(|age| age / 86_400)
}

#[test]
fn the_buckets_own_rules_come_after_the_terms_and_spare_what_is_kept() {
    for (prefix, hours) in
        [("anon/", Term::AnonymousOrder.amount()), ("exports/", 24 * Term::Export.amount())]
    {
        let days = backstop_days(prefix).unwrap();
        assert!((hours..=hours + 48).contains(&(24 * days)), "{prefix}: {days} days");
    }
    for prefix in ["kept/", "portraits/", ""] {
        assert_eq!(backstop_days(prefix), None, "{prefix} is somebody's until he deletes it");
    }
    let prefixes = CATEGORIES.iter().flat_map(|category| category.held_in);
    let named = prefixes.filter(|place| matches!(place, Place::Prefix(_))).count();
    assert_eq!(named, 4, "each prefix has its rule or is spared here");
}

#[test]
fn the_bucket_has_no_public_address() {
    let text = configuration();
    for word in ["r2.dev", "custom_domain", "public_url"] {
        assert!(!text.contains(word), "wrangler.toml opens something by {word}");
    }
}

#[test]
fn log_lines_go_nowhere_but_to_the_platforms_own_log() {
    let text = configuration();
    let logs: Vec<_> = between(&text, "[observability.logs]\n", "\n\n");
    let [logs] = logs.as_slice() else { panic!("{logs:?}") };
    assert_eq!(*logs, "enabled = true\ninvocation_logs = false");
    // Whoever takes lines elsewhere keeps them as long as he likes.
    for word in ["logpush", "tail_consumers", "destinations", "analytics_engine", "traces"] {
        assert!(!text.contains(word), "wrangler.toml sends lines on by {word}");
    }
    assert!(Term::Log.amount() >= PLATFORM_LOG_DAYS);
    let said = format!("keeps them for {PLATFORM_LOG_DAYS} days");
    assert!(read("README.md").contains(&said), "the README says for how long");
    let category = CATEGORIES.iter().find(|one| one.held_in == [Place::Log]).unwrap();
    assert_eq!(category.kept, [Until::AtMost(Term::Log)]);
}

/// For how many days Cloudflare's Workers Logs keep a line.
const PLATFORM_LOG_DAYS: i64 = 7;

/// Durations of `Rules` after which nothing is forgotten: how long work may take.
const NO_RETENTION: &[&str] = &[
    "create_timeout_ms",
    "record_timeout_ms",
    "result_timeout_ms",
    "grace_ms",
    "deadline_ms",
    "poll_pause_ms",
    "poll_steady_ms",
    "busy_pause_ms",
    "outage_pause_ms",
    "park_pause_ms",
    "upload_timeout_ms",
    "give_up_ms",
    "fresh_ms",
];

/// A rule, how to change it, and the terms that follow it.
type Follows = (&'static str, fn(&mut Rules), &'static [Term]);

const FOLLOWS: &[Follows] = &[
    ("retention_ms", |rules| rules.retention_ms *= 2, &[Term::AnonymousOrder]),
    ("trial_window_ms", |rules| rules.trial_window_ms *= 2, &[Term::TrialWindow, Term::SpentTry]),
    ("trash_ms", |rules| rules.trash_ms *= 2, &[Term::Trash]),
    ("session_idle_ms", |rules| rules.session_idle_ms *= 2, &[Term::SessionIdle]),
    ("session_life_ms", |rules| rules.session_life_ms *= 2, &[Term::SessionAbsolute]),
    ("sign_in_ms", |rules| rules.sign_in_ms *= 2, &[Term::SignIn]),
    ("deletion_delay_ms", |rules| rules.deletion_delay_ms *= 2, &[Term::AccountDeletion]),
    ("export_life_ms", |rules| rules.export_life_ms *= 2, &[Term::Export]),
    ("receipt_life_ms", |rules| rules.receipt_life_ms *= 2, &[Term::Receipt]),
    ("gone_ms", |rules| rules.gone_ms *= 2, &[Term::ClosedOrder]),
];

#[test]
fn every_retention_time_is_a_term_that_follows_it() {
    let text = read("src/domain/rules.rs");
    let (fields, _) = text.split_once("impl Default").unwrap();
    let there = between(fields, "    pub ", ":").into_iter().filter(|name| name.ends_with("_ms"));
    let named = FOLLOWS.iter().map(|(name, ..)| *name).chain(NO_RETENTION.iter().copied());
    same("a duration of Rules", there.collect::<Vec<_>>(), named.collect::<Vec<_>>());
    for (name, change, terms) in FOLLOWS {
        let mut rules = Rules::default();
        change(&mut rules);
        for term in Term::ALL {
            let changed = term.amount_by(&rules) != term.amount();
            assert_eq!(changed, terms.contains(term), "{name}: {term:?}");
        }
    }
}

/// Terms of nothing that this program measures, with their reason.
const BY_WORD: &[(&str, &str)] =
    &[("Preference", "the age of a cookie: `cookies::CHOICE_SECONDS`")];

#[test]
fn no_term_is_a_number_of_its_own() {
    let text = read("src/policy/terms.rs");
    let (_, told) = text.split_once("\nterms! {").unwrap();
    let told = told.split_once("\n}").unwrap().0;
    let lines: Vec<_> = told.lines().filter(|line| line.contains(" = \"")).collect();
    assert_eq!(lines.len(), Term::ALL.len());
    for line in lines {
        let (name, amount) =
            (line.trim().split(' ').next().unwrap(), line.split_once('|').unwrap().1);
        let follows =
            amount.contains("rules.") || amount.contains(|c: char| c.is_ascii_uppercase());
        assert_ne!(follows, BY_WORD.iter().any(|(one, _)| *one == name), "{line}");
    }
}

#[test]
fn terms_have_marks_of_their_own() {
    for term in Term::ALL {
        assert_eq!(Term::of_mark(term.mark()), Some(*term), "{term:?}");
        assert!(term.amount() > 0, "{term:?}");
    }
    assert_eq!(Term::of_mark("contact"), None);
}
