//! The authorization endpoint: checks what the client asks for, lets somebody be chosen, and sends
//! the browser back with a code.

use std::fmt::Write as _;

use hyper::header::LOCATION;
use serde_json::{Map, Value, json};

use super::{
    Told, faults_log,
    people::Person,
    token::{Grant, granted},
};
use crate::{
    faults::text,
    html,
    world::{Shared, World, now_ms},
};

/// Parameters that Google knows, and `person`, which is the sandbox's.
const KNOWN: [&str; 17] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "max_age",
    "login_hint",
    "hl",
    "hd",
    "access_type",
    "include_granted_scopes",
    "display",
    "person",
];
/// Google's documentation names the first three; `login` is `OpenID`'s own.
const PROMPTS: [&str; 4] = ["none", "consent", "select_account", "login"];
/// base64url of a SHA-256.
const CHALLENGE_LENGTH: usize = 43;

/// What is asked for, checked.
struct Request {
    all: Vec<(String, String)>,
}

impl Request {
    fn read(query: &[u8]) -> Self {
        Self { all: form_urlencoded::parse(query).into_owned().collect() }
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.all.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn scopes(&self) -> impl Iterator<Item = &str> {
        self.get("scope").unwrap_or_default().split(' ').filter(|scope| !scope.is_empty())
    }

    /// Status, error and explanation of what Google shows instead of going back.
    fn refusal(&self, shared: &Shared) -> Option<(u16, &'static str, String)> {
        if self.get("client_id") != Some(shared.config.client_id.as_str()) {
            return Some((401, "invalid_client", "The OAuth client was not found.".to_owned()));
        }
        let uri = self.get("redirect_uri").unwrap_or_default();
        let web = uri.starts_with("http://") || uri.starts_with("https://");
        let listed = shared.world().settings.identity.redirect_uris.clone();
        let registered =
            listed.map_or(web && !uri.contains('#'), |uris| uris.iter().any(|known| known == uri));
        if !registered {
            return Some((400, "redirect_uri_mismatch", format!("Not registered: {uri}")));
        }
        let invalid = |about: String| Some((400, "invalid_request", about));
        for name in ["response_type", "scope", "state", "nonce", "code_challenge"] {
            if self.get(name).is_none() {
                return invalid(format!("Missing required parameter: {name}"));
            }
        }
        if let Some((name, _)) = self
            .all
            .iter()
            .find(|(name, _)| self.all.iter().filter(|(other, _)| other == name).count() > 1)
        {
            return invalid(format!("{name} is there more than once"));
        }
        if self.get("response_type") != Some("code") {
            return invalid("Invalid response_type".to_owned());
        }
        let challenge = self.get("code_challenge").unwrap_or_default();
        let is_digest = challenge.len() == CHALLENGE_LENGTH
            && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if self.get("code_challenge_method") != Some("S256") || !is_digest {
            return invalid("Only a code_challenge of method S256 is taken".to_owned());
        }
        let mut prompts = self.get("prompt").unwrap_or_default().split(' ');
        if let Some(unknown) = prompts.find(|word| !word.is_empty() && !PROMPTS.contains(word)) {
            return invalid(format!("Invalid parameter value for prompt: {unknown}"));
        }
        if self.get("max_age").is_some_and(|seconds| seconds.parse::<u32>().is_err()) {
            return invalid("Invalid parameter value for max_age".to_owned());
        }
        None
    }

    fn log(&self) -> Value {
        let asked: Map<String, Value> =
            self.all.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        let names = self.all.iter().map(|(name, _)| name.as_str());
        let unknown: Vec<&str> = names.filter(|name| !KNOWN.contains(name)).collect();
        json!({"query": asked, "unknown_fields": unknown})
    }
}

/// Answers one visit.
pub fn answer(shared: &Shared, query: &[u8]) -> Told {
    let request = Request::read(query);
    let mut log = request.log();
    let told = match request.refusal(shared) {
        Some((status, error, about)) => Told::error_page(status, error, &about),
        None => choose(shared, &request),
    };
    if let (Some(log), Some(more)) = (log.as_object_mut(), told.log.as_object()) {
        log.extend(more.clone());
    }
    told.logged(log)
}

/// Goes back at once if somebody is chosen already, by the address or by the settings.
fn choose(shared: &Shared, request: &Request) -> Told {
    let mut world = shared.world();
    if let Some(with) = world.faults.take("authorize_error", "") {
        let error = text(&with, "error", "server_error").to_owned();
        return back(&mut world, shared, request, vec![("error", error)])
            .logged(faults_log(&["authorize_error"]));
    }
    let settled = world.settings.identity.person.clone();
    let chosen = request.get("person").map(str::to_owned).or(settled);
    let silent = request.get("prompt").is_some_and(|words| words.split(' ').any(|w| w == "none"));
    match chosen.as_deref() {
        Some("cancel") => {
            back(&mut world, shared, request, vec![("error", "access_denied".to_owned())])
        }
        Some(name) => match world.identity.people.get(name).cloned() {
            Some(person) => consent(&mut world, shared, request, person),
            None => Told::error_page(400, "invalid_request", "There is no such person."),
        },
        None if silent => {
            back(&mut world, shared, request, vec![("error", "interaction_required".to_owned())])
        }
        None => Told::new(200, html::TYPE, choice(&world, shared, request)),
    }
}

/// A code for this person.
fn consent(world: &mut World, shared: &Shared, request: &Request, person: Person) -> Told {
    let grant = Grant {
        person,
        redirect_uri: request.get("redirect_uri").unwrap_or_default().to_owned(),
        challenge: request.get("code_challenge").unwrap_or_default().to_owned(),
        nonce: request.get("nonce").unwrap_or_default().to_owned(),
        scopes: granted(request.scopes()),
        expires_ms: now_ms().saturating_add(world.settings.identity.code_ttl_ms),
        used: false,
    };
    let code = format!("4/0A{}", world.new_id());
    let scope = grant.scopes.join(" ");
    world.identity.add_code(code.clone(), grant);
    let missing = world.faults.take("authorize_code_missing", "").is_some();
    let mut fields = if missing { Vec::new() } else { vec![("code", code)] };
    fields.extend([("scope", scope), ("authuser", "0".to_owned())]);
    fields.push(("prompt", request.get("prompt").unwrap_or("none").to_owned()));
    let told = back(world, shared, request, fields);
    if missing { told.logged(faults_log(&["authorize_code_missing"])) } else { told }
}

/// The way back, with the state and who answers (RFC 9207).
fn back(
    world: &mut World,
    shared: &Shared,
    request: &Request,
    fields: Vec<(&'static str, String)>,
) -> Told {
    let mut taken = Vec::new();
    let mut take = |name: &'static str| {
        let armed = world.faults.take(name, "").is_some();
        taken.extend(armed.then_some(name));
        armed
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !take("authorize_state_missing") {
        let state = request.get("state").unwrap_or_default();
        let wrong = take("authorize_state_wrong").then(|| state.chars().rev().collect::<String>());
        query.append_pair("state", wrong.as_deref().unwrap_or(state));
    }
    if !take("authorize_issuer_missing") {
        let wrong = take("authorize_issuer_wrong");
        query.append_pair(
            "iss",
            if wrong { "https://accounts.example.com" } else { &shared.origins.identity },
        );
    }
    query.extend_pairs(fields);
    let uri = request.get("redirect_uri").unwrap_or_default();
    let joint = if uri.contains('?') { '&' } else { '?' };
    let location = format!("{uri}{joint}{}", query.finish());
    Told::new(302, html::TYPE, "").with(LOCATION, location).logged(faults_log(&taken))
}

/// The page: one button a person, and one to cancel; the request goes along.
fn choice(world: &World, shared: &Shared, request: &Request) -> String {
    let mut hidden = String::new();
    for (name, value) in &request.all {
        let (name, value) = (html::escape(name), html::escape(value));
        let _ = write!(hidden, "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">");
    }
    let hint = request.get("login_hint");
    let mut buttons = String::new();
    for (name, person) in world.identity.people.iter() {
        let (email, shown) = (person.email.as_deref(), person.name.as_deref());
        let focus = if hint.is_some() && hint == email { " autofocus" } else { "" };
        let image = person.picture_url(&shared.origins.identity).map_or(String::new(), |url| {
            format!("<img src=\"{}\" alt=\"\" width=\"48\" height=\"48\">", html::escape(&url))
        });
        let _ = write!(
            buttons,
            "<button name=\"person\" value=\"{}\"{focus}>{image}<span><b>{}</b><br>{}</span>\
             </button>",
            html::escape(name),
            html::escape(shown.unwrap_or("(no name)")),
            html::escape(email.unwrap_or("(no address)")),
        );
    }
    let body = format!(
        "<h1>Choose an account</h1><p>Not Google: a sandbox on this machine.</p>\
         <form method=\"get\" action=\"/o/oauth2/v2/auth\">{hidden}{buttons}\
         <button name=\"person\" value=\"cancel\">Cancel</button></form>"
    );
    html::page("Choose an account", &body)
}
