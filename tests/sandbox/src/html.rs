//! Pages for whoever tries the product by hand.

use std::fmt::Write as _;

pub const TYPE: &str = "text/html; charset=UTF-8";

/// Text that is only text, in elements and in attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Text with its web addresses as links.
pub fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = ["http://", "https://"].iter().filter_map(|s| rest.find(s)).min() {
        let (before, from) = rest.split_at(start);
        let ends = |c: char| c.is_whitespace() || "<>\"'`".contains(c);
        let whole = from.find(ends).map_or(from, |end| &from[..end]);
        let url = whole.trim_end_matches(['.', ',', ';', ':', '!', ')']);
        let shown = escape(url);
        let _ = write!(out, "{}<a href=\"{shown}\">{shown}</a>", escape(before));
        rest = &from[url.len()..];
    }
    out + &escape(rest)
}

/// A whole page; `body` is HTML already.
pub fn page(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title} · Sandbox</title>\
         <style>body{{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;\
         padding:0 1rem}}button{{font:inherit;display:flex;gap:1rem;align-items:center;\
         width:100%;padding:.75rem;margin:.5rem 0;text-align:start;cursor:pointer}}\
         img{{border-radius:50%}}pre{{white-space:pre-wrap;overflow-wrap:anywhere}}\
         iframe{{width:100%;height:24rem;border:1px solid}}article{{border-top:1px solid;\
         padding:1rem 0}}</style></head>\n<body>{body}</body></html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{escape, linked};

    #[test]
    fn text_stays_text_and_addresses_become_links() {
        assert_eq!(escape("<b a=\"1\" b='2'>&"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
        let text = "Go to http://a.example/x?b=1&c=2. Or (https://b.example)\n<i>";
        let expected = "Go to <a href=\"http://a.example/x?b=1&amp;c=2\">\
                        http://a.example/x?b=1&amp;c=2</a>. Or (<a href=\"https://b.example\">\
                        https://b.example</a>)\n&lt;i&gt;";
        assert_eq!(linked(text), expected);
    }
}
