//! A line of prose, cut at what the page fills in.

use super::frame::Frame;
use crate::policy::terms::Term;

/// A piece of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// How long something is, by the rules.
    Number(i64),
    /// A link with its words.
    Link {
        /// Where it leads.
        href: String,
        /// What it says.
        words: &'a str,
    },
}

impl<'a> Frame<'a> {
    /// The pieces of a line, in order. What is no placeholder and no link stays as it is written.
    pub(super) fn prose(&self, line: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = vec![];
        let mut rest = line;
        while let Some(at) = rest.find(['{', '[']) {
            let (before, mark) = rest.split_at(at);
            pieces.push(Piece::Words(before));
            let (piece, after) = self.piece(mark);
            pieces.push(piece);
            rest = after;
        }
        pieces.push(Piece::Words(rest));
        pieces.retain(|piece| *piece != Piece::Words(""));
        pieces
    }

    /// What a line that begins with a mark begins with, and what follows it.
    fn piece(&self, mark: &'a str) -> (Piece<'a>, &'a str) {
        if let Some(after) = mark.strip_prefix("{site}") {
            return (Piece::Words(&self.site.name), after);
        }
        if let Some(after) = mark.strip_prefix("{contact}") {
            let words = self.site.contact.as_str();
            return (Piece::Link { href: format!("mailto:{words}"), words }, after);
        }
        if let Some((words, href, after)) = link(mark) {
            let has_language = href.starts_with('/') && !href.starts_with("/api/");
            let href = if has_language { self.href(href) } else { href.to_owned() };
            return (Piece::Link { href, words }, after);
        }
        if let Some((term, after)) = term(mark) {
            return (Piece::Number(term.amount()), after);
        }
        let (sign, after) = mark.split_at(1);
        (Piece::Words(sign), after)
    }
}

fn term(mark: &str) -> Option<(Term, &str)> {
    let (name, after) = mark.strip_prefix('{')?.split_once('}')?;
    Some((Term::of_mark(name)?, after))
}

fn link(mark: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = mark.strip_prefix('[')?.split_once("](")?;
    let (href, after) = rest.split_once(')')?;
    Some((words, href, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::language::Language;
    use crate::domain::site::Site;
    use crate::pages::text::{EN, Text};

    #[test]
    fn a_line_is_cut_at_links_and_placeholders_and_nowhere_else() {
        const GERMAN: Text = Text { language: Language::De, ..EN };
        let site = Site { name: "Name".into(), contact: "a@b.example".into(), ..Site::default() };
        let frame = Frame { text: &GERMAN, site: &site };
        let mail = Piece::Link { href: "mailto:a@b.example".to_owned(), words: "a@b.example" };
        let help = Piece::Link { href: "/de/help#photos".to_owned(), words: "help" };
        let line = "{site}: see [help](/help#photos) or {contact}.";
        let words = |text| Piece::Words(text);
        let expected = [words("Name"), words(": see "), help, words(" or "), mail, words(".")];
        assert_eq!(frame.prose(line), expected);
        let below = Piece::Link { href: "#table".to_owned(), words: "below" };
        assert_eq!(frame.prose("[below](#table)"), [below]);
        assert_eq!(frame.prose("{trash}"), [Piece::Number(30)]);
        let odd = "{other} [a] (b) [c";
        let whole: String = frame
            .prose(odd)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(text) => text,
                Piece::Link { words, .. } => panic!("{words} is no link"),
                Piece::Number(number) => panic!("{number} is no term"),
            })
            .collect();
        assert_eq!(whole, odd);
        assert_eq!(frame.prose(""), []);
    }
}
