//! A person's name as it is shown: one line that looks like what it is.

use super::refusal::{Code, Refusal};

/// Longest name, in characters.
pub const NAME_CHARS_MAX: usize = 100;

/// One line of at most [`NAME_CHARS_MAX`] characters; `None` when nothing is left.
pub fn shown_name(name: &str) -> Option<String> {
    let cut: String = one_line(name).chars().take(NAME_CHARS_MAX).collect();
    let name = cut.trim_end();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The same of what a person types, who is told when it does not fit.
pub fn typed_name(name: &str) -> Result<String, Refusal> {
    let visible = one_line(name);
    if name.chars().count() <= NAME_CHARS_MAX && !visible.is_empty() {
        return Ok(visible);
    }
    let detail = format!("A name has 1 to {NAME_CHARS_MAX} characters.");
    Err(Refusal::field(Code::InputInvalid, "name", detail))
}

/// What somebody types as one line that looks like what it is.
pub fn one_line(text: &str) -> String {
    let visible = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let visible: String = visible.filter(|c| !is_hidden(*c)).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Control characters, and those that are not seen and turn the text around them: with them a name
/// can look like another. The joiners of scripts and pictograms (U+200C, U+200D) stay.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
        || matches!(c, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}
