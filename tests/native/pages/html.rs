//! A page as a browser's tokenizer reads it.

use std::collections::BTreeMap;

#[derive(Clone, Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// Text up to the next tag.
    pub text: String,
    pub in_template: bool,
}

impl Tag {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    pub fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(name)
    }
}

pub fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// Every opening and closing tag of a page, as an HTML tokenizer finds them.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut templates = 0_u32;
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let (name, mut inside) = split_while(rest, |c| !c.is_whitespace() && c != '>');
        let mut attributes = BTreeMap::new();
        loop {
            inside = inside.trim_start();
            if let Some(after) = inside.strip_prefix('>') {
                rest = after;
                break;
            }
            let (key, after) = split_while(inside, |c| !c.is_whitespace() && c != '=' && c != '>');
            assert!(!key.is_empty() || !after.is_empty(), "unclosed tag <{name}");
            if let Some(quoted) = after.strip_prefix("=\"") {
                let (value, after) = quoted.split_once('"').unwrap();
                attributes.insert(key.to_lowercase(), unescaped(value));
                inside = after;
            } else {
                assert!(!after.starts_with('='), "attribute {key} of <{name} has no quotes");
                attributes.insert(key.to_lowercase(), String::new());
                inside = after;
            }
        }
        let name = name.to_lowercase();
        templates = match name.as_str() {
            "template" => templates + 1,
            "/template" => templates - 1,
            _ => templates,
        };
        let text = unescaped(rest.split('<').next().unwrap().trim());
        tags.push(Tag { name, attributes, text, in_template: templates > 0 });
    }
    tags
}

fn split_while(text: &str, keep: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !keep(c)).unwrap_or(text.len()))
}

/// The tags of an order page that are not inside anything hidden.
pub fn visible(html: &str) -> Vec<Tag> {
    const VOID: [&str; 6] = ["meta", "link", "img", "input", "br", "hr"];
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut seen = Vec::new();
    for tag in tags(html) {
        if let Some(name) = tag.name.strip_prefix('/') {
            while open.pop().is_some_and(|(open_name, _)| open_name != name) {}
            continue;
        }
        let hidden = tag.has("hidden") || tag.in_template || open.iter().any(|(_, hidden)| *hidden);
        if !VOID.contains(&tag.name.as_str()) {
            open.push((tag.name.clone(), hidden));
        }
        if !hidden {
            seen.push(tag);
        }
    }
    seen
}
