//! The rules. Each takes a path from the root and the text of that file.

use super::blank::{code_only, without_comments, without_tests};

/// A line that breaks a rule, and why.
#[derive(Debug)]
pub struct Finding {
    pub line: usize,
    pub reason: String,
}

pub struct Rule {
    pub name: &'static str,
    pub check: fn(path: &str, text: &str) -> Vec<Finding>,
}

pub const RULES: &[Rule] = &[
    Rule { name: "platform", check: platform },
    Rule { name: "sql", check: sql },
    Rule { name: "status", check: status },
    Rule { name: "pure", check: pure },
    Rule { name: "clock", check: clock },
    Rule { name: "provider words", check: provider_words },
    Rule { name: "imports", check: imports },
    Rule { name: "names", check: names },
    Rule { name: "width", check: width },
    Rule { name: "length", check: length },
    Rule { name: "markers", check: markers },
    Rule { name: "lints", check: lints },
    Rule { name: "panics", check: panics },
    Rule { name: "machine", check: machine },
];

/// Words of the provider's wire language.
pub const PROVIDER_WORDS: [&str; 4] = ["createTask", "recordInfo", "resultJson", "callBackUrl"];

/// What people write when they leave something for later; in two pieces, for this file is checked.
pub const MARKERS: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

const WIDTH_MAX: usize = 100;
const LINES_MAX: usize = 500;
const ROOMS: [&str; 10] =
    ["domain", "policy", "provider", "identity", "ports", "store", "app", "pages", "web", "edge"];

fn is_rust_of(path: &str, rooms: &[&str]) -> bool {
    is_source(path) && rooms.iter().any(|room| in_room(path, room))
}

pub fn is_source(path: &str) -> bool {
    path.starts_with("src/") && has_ending(path, "rs")
}

fn has_ending(path: &str, ending: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
}

fn in_room(path: &str, room: &str) -> bool {
    let rest = path.strip_prefix("src/").and_then(|rest| rest.strip_prefix(room));
    rest.is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

fn is_word_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where `needle` stands in `line` without being the end of a longer word.
fn starts_of<'a>(line: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    line.match_indices(needle).map(|(at, _)| at).filter(|at| !line[..*at].ends_with(is_word_part))
}

fn has_start(line: &str, needle: &str) -> bool {
    starts_of(line, needle).next().is_some()
}

fn has_word(line: &str, word: &str) -> bool {
    starts_of(line, word).any(|at| !line[at + word.len()..].starts_with(is_word_part))
}

fn lines_where(text: &str, reason: &str, is_bad: impl Fn(&str) -> bool) -> Vec<Finding> {
    let bad = (1..).zip(text.lines()).filter(|(_, line)| is_bad(line));
    bad.map(|(line, _)| Finding { line, reason: reason.to_owned() }).collect()
}

fn platform(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) || in_room(path, "edge") {
        return Vec::new();
    }
    let reason = "only src/edge knows Cloudflare: put it behind a trait of src/ports.rs and \
                  implement that in src/edge";
    lines_where(&code_only(text), reason, |line| {
        has_start(line, "worker::")
            || ["wasm_bindgen", "js_sys", "web_sys"].iter().any(|word| has_word(line, word))
    })
}

fn sql(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) || in_room(path, "store") {
        return Vec::new();
    }
    let reason = "every SQL statement is a function of src/store";
    let verbs = ["SELECT ", "INSERT INTO", "INSERT OR ", "DELETE FROM", "CREATE TABLE"];
    lines_where(&without_comments(text), reason, |line| {
        // "UPDATE " alone may be prose; a statement goes on with a lower-case table name and SET.
        let update = starts_of(line, "UPDATE ").any(|at| line[at..].contains(" SET"));
        update || verbs.iter().any(|verb| has_start(line, verb))
    })
}

fn status(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) || in_room(path, "web") || in_room(path, "edge") {
        return Vec::new();
    }
    // What others answer is part of their wire language.
    let speaks = ["provider", "identity"].iter().any(|room| in_room(path, room));
    let reason = "HTTP statuses belong to src/web: return a domain::refusal::Code, which \
                  src/web/error.rs maps to a status";
    lines_where(&code_only(text), reason, |line| {
        has_word(line, "StatusCode") || !speaks && names_a_number(line)
    })
}

/// Whether a number from 100 to 599 follows the word "status" with at most a few signs between.
fn names_a_number(line: &str) -> bool {
    line.match_indices("status").any(|(at, word)| {
        let rest = &line[at + word.len()..];
        let digits = rest.trim_start_matches([' ', '(', ')', ':', '=', '!', '<', '>', '_']);
        let number: String = digits.chars().take_while(char::is_ascii_digit).collect();
        number.len() == 3 && ("100"..="599").contains(&number.as_str())
    })
}

fn pure(path: &str, text: &str) -> Vec<Finding> {
    if !is_rust_of(path, &["domain", "policy", "provider", "identity", "store"]) {
        return Vec::new();
    }
    let reason = "this room is pure and waits for nothing: load and act in src/app, decide here";
    lines_where(&code_only(text), reason, |line| has_word(line, "async") || line.contains(".await"))
}

fn clock(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) || in_room(path, "edge") {
        return Vec::new();
    }
    let code = code_only(text);
    let rooms = ["domain", "policy", "provider", "identity", "store", "pages"];
    let pure = is_rust_of(path, &rooms);
    let clocks = "`now` is an argument here; src/app takes it once per event from ports";
    let mut found = lines_where(&code, clocks, |line| {
        line.contains("::now(")
            || pure && line.contains(".now(")
            || has_word(line, "SystemTime")
            || has_word(line, "Instant")
    });
    let dice = "random bytes are an argument, or come from ports in src/app";
    found.extend(lines_where(&code, dice, |line| {
        has_word(line, "getrandom") || has_start(line, "rand::") || line.contains("::new_v4(")
    }));
    found
}

fn provider_words(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) || in_room(path, "provider") {
        return Vec::new();
    }
    let reason = "the provider's wire words belong to src/provider: another provider must be able \
                  to take its place without a change here";
    lines_where(&without_comments(text), reason, |line| {
        PROVIDER_WORDS.iter().any(|word| line.contains(word))
    })
}

/// What the room of `path` may name: edge -> web -> app -> {store, provider, identity, ports} ->
/// domain. Among the four, statements use the types of ports, and its settings those of the
/// provider and of identity. What lies further in may be named too, but a statement is only for
/// app: web never loads or commits.
/// `None` for a file in no room.
pub fn law_of(path: &str) -> Option<&'static [&'static str]> {
    if path == "src/lib.rs" {
        return Some(&ROOMS);
    }
    if path.starts_with("src/bin/") {
        return Some(&["pages", "policy", "provider", "domain"]);
    }
    let room = ROOMS.into_iter().find(|room| in_room(path, room))?;
    Some(match room {
        "domain" => &["domain"],
        "policy" => &["policy", "domain"],
        "provider" => &["provider", "domain"],
        "identity" => &["identity", "domain"],
        "ports" => &["ports", "provider", "identity", "domain"],
        "store" => &["store", "ports", "domain"],
        // A mail is a page that is sent.
        "app" => &["app", "store", "pages", "ports", "policy", "provider", "identity", "domain"],
        "pages" => &["pages", "policy", "domain"],
        "web" => &["web", "pages", "app", "ports", "policy", "provider", "identity", "domain"],
        "edge" => &ROOMS,
        _ => return None,
    })
}

fn imports(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) {
        return Vec::new();
    }
    let Some(law) = law_of(path) else {
        let reason = "there is no room of this name in the house; see src/lib.rs".to_owned();
        return vec![Finding { line: 1, reason }];
    };
    let code = code_only(text);
    let named = rooms_named(&code, path);
    let bad = named.into_iter().filter(|(_, room)| ROOMS.contains(room) && !law.contains(room));
    bad.map(|(at, room)| Finding {
        line: 1 + code[..at].matches('\n').count(),
        reason: format!(
            "dependencies point inward (edge, web, app, store/ports/provider/identity, domain): \
             this file may name {}, not {room}",
            law.join(", ")
        ),
    })
    .collect()
}

/// Every top-level module that the code names, with the place of its path.
fn rooms_named<'a>(code: &'a str, path: &str) -> Vec<(usize, &'a str)> {
    let mut named = Vec::new();
    for root in ["crate::", "anytryon::"] {
        for at in starts_of(code, root) {
            let inside = &code[at + root.len()..];
            named.extend(first_names(inside).into_iter().map(|name| (at, name)));
        }
    }
    let depth = module_depth(path);
    for at in starts_of(code, "super::") {
        let mut rest = &code[at..];
        let mut up = 0;
        while let Some(after) = rest.strip_prefix("super::") {
            up += 1;
            rest = after;
        }
        // Fewer steps end inside the room, and a chain found from its middle has too few.
        if up == depth {
            named.extend(first_names(rest).into_iter().map(|name| (at, name)));
        }
    }
    named
}

/// How many modules lie between the crate's root and the inside of this file.
fn module_depth(path: &str) -> usize {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    inner.split('/').filter(|part| *part != "mod").count()
}

/// The first names of a path or of a group of paths: `a` of `a::b`, `a` and `c` of `{a::b, c}`.
fn first_names(path: &str) -> Vec<&str> {
    let Some(group) = path.strip_prefix('{') else { return vec![first_word(path)] };
    let mut depth = 0;
    let mut names = vec![first_word(group)];
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_word(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    text.split(|c| !is_word_part(c)).next().unwrap_or_default()
}

fn names(path: &str, _: &str) -> Vec<Finding> {
    let empty = ["util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"];
    let house = ["src/", "tests/", "public/"].iter().any(|folder| path.starts_with(folder));
    let bad = path.split(['/', '.', '_', '-']).any(|word| empty.contains(&word));
    let reason = "the name says nothing: name the file after what is inside".to_owned();
    if house && bad { vec![Finding { line: 1, reason }] } else { Vec::new() }
}

fn width(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) {
        return Vec::new();
    }
    let reason = format!("more than {WIDTH_MAX} columns");
    lines_where(text, &reason, |line| line.chars().count() > WIDTH_MAX)
}

fn length(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().count();
    if !is_source(path) || lines <= LINES_MAX {
        return Vec::new();
    }
    let reason =
        format!("{lines} lines, more than {LINES_MAX}: find the second thing in this file");
    vec![Finding { line: LINES_MAX, reason }]
}

fn markers(path: &str, text: &str) -> Vec<Finding> {
    if !["src/", "tests/", "public/", "migrations/"].iter().any(|folder| path.starts_with(folder)) {
        return Vec::new();
    }
    lines_where(text, "finish it, or leave it out", |line| {
        MARKERS.iter().any(|marker| has_word(line, marker))
    })
}

fn lints(path: &str, text: &str) -> Vec<Finding> {
    if !has_ending(path, "rs") {
        return Vec::new();
    }
    let needles = [["#[", "allow("].concat(), ["#![", "allow("].concat()];
    let reason = "write #[expect(lint, reason = \"…\")], which fails once it is no longer needed";
    lines_where(&code_only(text), reason, |line| {
        needles.iter().any(|needle| line.contains(needle.as_str()))
    })
}

fn panics(path: &str, text: &str) -> Vec<Finding> {
    if !is_source(path) {
        return Vec::new();
    }
    let reason = "one panic fails every request in flight: return a Result";
    let calls = [".unwrap()", ".unwrap_err()", ".expect(", ".expect_err("];
    let macros = ["panic!", "unreachable!", "unimplemented!", concat!("to", "do!")];
    lines_where(&without_tests(&code_only(text)), reason, |line| {
        calls.iter().any(|call| line.contains(call)) || macros.iter().any(|m| has_start(line, m))
    })
}

/// Folders of one person's machine and hosts of package registries, assembled from pieces because
/// this file is checked too. A lock file needs no host to find the registry that is configured.
pub fn machine_words() -> Vec<String> {
    let folders = ["root", "tmp", "work", "home"].map(|folder| ["/", folder, "/"].concat());
    let hosts = [
        ["registry.", "npmjs."],
        ["registry.", "yarnpkg."],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["pypi", ".org"],
        ["pythonhos", "ted.org"],
        ["deb.deb", "ian.org"],
        ["security.deb", "ian.org"],
        ["proxy.", "golang.org"],
    ];
    folders.into_iter().chain(hosts.map(|host| host.concat())).collect()
}

fn machine(_: &str, text: &str) -> Vec<Finding> {
    let words = machine_words();
    let reason = "a place of one machine, or a package registry: whoever clones has others";
    lines_where(text, reason, |line| words.iter().any(|word| names_place(line, word)))
}

/// A folder must be the beginning of a path; the same letters inside a URL are somebody's page.
fn names_place(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let inside = line[..at].ends_with(|c: char| is_word_part(c) || ".-/*}~".contains(c));
        !word.starts_with('/') || !inside
    })
}
