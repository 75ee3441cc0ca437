//! The message catalogues against each other, line by line as they are written: what compiles is
//! there, but only its words show that somebody translated it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anytryon::domain::language::Language;

/// Lines that are the same in another language on purpose: names, codes and formats.
const SAME: &[&str] =
    &["JPEG", "PNG", "Kie AI", "kie", "pricing", "Cloudflare", "__Host-anon_sid", "lang", "theme"];
/// Words that happen to be spelt alike in one language.
const SAME_IN: &[(&str, &[&str])] = &[
    ("de", &["Look", "Studio", "Status", "System", "Original", "Cookies", "Name", "Problem"]),
    ("es", &["No", "Natural", "Editorial", "Error", "Original", "Cookies"]),
    ("zh", &[]),
];

/// One string literal of a catalogue.
#[derive(Debug)]
struct Line {
    number: usize,
    /// The word before it, as in `id: "…"`.
    field: String,
    text: String,
}

fn folder(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages/text").join(language)
}

fn names(language: &str) -> BTreeSet<String> {
    let files = fs::read_dir(folder(language)).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

/// Every string literal of a file, in order, its line breaks joined as the compiler does.
fn lines(source: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut rest = source;
    let mut number = 1;
    while let Some(at) = rest.find(['"', '/']) {
        number += rest[..at].matches('\n').count();
        if rest[at..].starts_with("//") {
            let end = rest[at..].find('\n').map_or(rest.len(), |end| at + end);
            rest = &rest[end..];
            continue;
        }
        if rest[at..].starts_with('/') {
            rest = &rest[at + 1..];
            continue;
        }
        let before = rest[..at].trim_end().trim_end_matches([':', '(', '[', '&', ' ']);
        let field = before.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
        let length = end_of_literal(&rest[at + 1..]);
        let literal = &rest[at + 1..at + 1 + length];
        found.push(Line { number, field: field.to_owned(), text: joined(literal) });
        number += literal.matches('\n').count();
        rest = &rest[at + length + 2..];
    }
    found
}

fn end_of_literal(text: &str) -> usize {
    let mut escaped = false;
    text.find(|c| {
        let end = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        end
    })
    .unwrap()
}

fn joined(literal: &str) -> String {
    let mut parts = literal.split("\\\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.trim_start())
}

/// What a page fills in, in alphabetical order: languages put it in different places.
fn marks(text: &str) -> Vec<&str> {
    let mut marks: Vec<_> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(mark, _)| mark)
        .collect();
    marks.sort_unstable();
    marks
}

/// A literal that no visitor reads: an anchor, a path, or the name of a thing on the wire.
fn is_code(line: &Line) -> bool {
    let wire = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-/#".contains(c);
    line.field == "id"
        || line.text.starts_with('/')
        || line.text.contains('_') && line.text.chars().all(wire)
}

fn has_letters(text: &str) -> bool {
    let outside_marks: String =
        text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
    outside_marks.chars().any(char::is_alphabetic)
}

/// What is wrong with a line, beside the English one.
fn complaint(english: &Line, other: &Line, spelt_alike: &[&str]) -> Option<String> {
    if is_code(english) || SAME.contains(&&*english.text) {
        return (english.text != other.text).then(|| format!("must be {:?}", english.text));
    }
    if marks(&english.text) != marks(&other.text) {
        return Some(format!("other marks than {:?}", english.text));
    }
    let is_untranslated = !has_letters(&other.text)
        || english.text == other.text && !spelt_alike.contains(&&*english.text);
    (has_letters(&english.text) && is_untranslated)
        .then(|| format!("not translated: {:?}", english.text))
}

#[test]
fn every_language_has_every_line_and_has_it_translated() {
    let mut wrong = Vec::new();
    assert_eq!(SAME_IN.len() + 1, Language::ALL.len());
    for (language, spelt_alike) in SAME_IN {
        assert_eq!(names(language), names("en"), "{language}");
        for name in names("en") {
            let read =
                |language: &str| lines(&fs::read_to_string(folder(language).join(&name)).unwrap());
            let (english, other) = (read("en"), read(language));
            assert_eq!(english.len(), other.len(), "lines of {language}/{name}");
            wrong.extend(english.iter().zip(&other).filter_map(|(english, other)| {
                complaint(english, other, spelt_alike)
                    .map(|what| format!("{language}/{name}:{}: {what}", other.number))
            }));
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_reader_sees_what_is_written() {
    let source = "//! \"not this\"\nconst A: T = T {\n    id: \"a-b\",\n    title: \"One \\\n            \
                  {two} \\\"three\\\"\",\n};\n";
    let found = lines(source);
    assert_eq!(found.len(), 2);
    assert!(is_code(&found[0]) && !is_code(&found[1]));
    assert_eq!((found[1].number, &*found[1].field), (4, "title"));
    assert_eq!(found[1].text, "One {two} \\\"three\\\"");
    assert_eq!(marks(&found[1].text), ["two"]);
    assert!(!has_letters("{name} · {size}") && has_letters("{name}: größer"));
}
