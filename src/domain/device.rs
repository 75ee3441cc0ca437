//! What a person calls the browser of a session, made of its User-Agent and of nothing else.

/// Browsers by the sign that names them. The order decides: each claims to be those after it.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems in the same way.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// The device of this User-Agent: `Firefox · Linux`, or one of the two, or nothing. Fixed words
/// only, so that nothing of the header itself is kept.
pub fn device(user_agent: &str) -> String {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = if user_agent.contains("CriOS/") { Some("Chrome") } else { find(&BROWSERS) };
    [browser, find(&SYSTEMS)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
