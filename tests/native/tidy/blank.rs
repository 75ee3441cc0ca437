//! Rust text without what is no code. Blanked characters become spaces, so lines stay where they
//! were.

/// The text without comments; strings stay.
pub fn without_comments(text: &str) -> String {
    blanked(text, true)
}

/// The text without comments and without what stands inside strings and characters.
pub fn code_only(text: &str) -> String {
    blanked(text, false)
}

/// The code without the items under `#[cfg(test)]`.
pub fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut rest = code;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(MARK) {
        let end = item_end(after);
        kept.push_str(before);
        kept.extend(after[..end].chars().filter(|c| *c == '\n'));
        rest = &after[end..];
    }
    kept + rest
}

/// Where the first item of `code` ends: at its `;`, or at the brace that closes its first one.
fn item_end(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && (c == ';' || c == '}') {
            return at + 1;
        }
    }
    code.len()
}

fn blanked(text: &str, keep_strings: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let word_before = out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (length, keep) = if let Some(length) = comment(rest) {
            (length, false)
        } else if let Some(length) = string(rest, word_before) {
            (length, keep_strings)
        } else {
            (c.len_utf8(), true)
        };
        let (piece, after) = rest.split_at(length);
        out.extend(piece.chars().map(|c| if keep || c == '\n' { c } else { ' ' }));
        rest = after;
    }
    out
}

/// Length of the comment that `rest` begins with.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    Some(rest.len())
}

/// Length of the string or character literal that `rest` begins with.
fn string(rest: &str, word_before: bool) -> Option<usize> {
    if let Some(body) = rest.strip_prefix('"') {
        return Some(1 + quoted(body, '"'));
    }
    if let Some(body) = rest.strip_prefix('\'') {
        // `'a` without a closing quote two characters on is a lifetime.
        let mut chars = body.chars();
        let is_char = chars.next() == Some('\\') || chars.next() == Some('\'');
        return is_char.then(|| 1 + quoted(body, '\''));
    }
    if word_before {
        return None;
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    let body = raw[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close).map_or(body.len(), |at| at + close.len());
    Some(rest.len() - body.len() + end)
}

/// Length of a quoted body with its closing quote; a backslash covers the next character.
fn quoted(body: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        if !escaped && c == quote {
            return at + c.len_utf8();
        }
        escaped = !escaped && c == '\\';
    }
    body.len()
}

#[test]
fn comments_and_strings_are_blanked_and_nothing_else() {
    let cases = [
        ("a // b\nc", "a     \nc", "a     \nc"),
        ("a /* b /* c */ d */ e", "a                   e", "a                   e"),
        (r#"f("x // y", z)"#, r#"f("x // y", z)"#, "f(        , z)"),
        (
            r#"f("\"", 'a', '"', '\'') // g"#,
            r#"f("\"", 'a', '"', '\'')     "#,
            "f(    ,    ,    ,     )     ",
        ),
        ("r#\"a \" b\"# c", "r#\"a \" b\"# c", "           c"),
        ("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)"),
        ("number\"x\"", "number\"x\"", "number   "),
        ("b'x' br\"y\" z", "b'x' br\"y\" z", "b          z"),
    ];
    for (text, commentless, code) in cases {
        assert_eq!(without_comments(text), commentless, "{text}");
        assert_eq!(code_only(text), code, "{text}");
    }
}

#[test]
fn tests_are_cut_out_and_lines_keep_their_numbers() {
    let code = "a\n#[cfg(test)]\nmod t {\n f() {}\n}\nb\n#[cfg(test)]\nuse x;\nc";
    let kept = without_tests(code);
    assert_eq!(kept.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(kept.lines().count(), code.lines().count());
}
