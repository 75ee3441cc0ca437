//! A mail service that delivers to nobody: what is sent is kept, for tests and for a page.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write as _,
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use hyper::{
    Method, Response,
    header::{CONTENT_TYPE, RETRY_AFTER},
    http::request::Parts,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    faults::number,
    html,
    wire::{Answer, Body, Dropped, full, html_page, json_response, response},
    world::{Shared, now_ms},
};

/// Mails kept; the oldest go first.
const MAX_MAILS: usize = 1_000;
/// What a mail may weigh.
const MAX_BYTES: usize = 1 << 20;
/// RFC 5322: octets of a line, which a subject is one of.
const MAX_LINE: usize = 998;

/// What is sent; a field that is not here is refused, so a slip of the pen is seen.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    to: String,
    from: String,
    subject: String,
    text: String,
    html: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

/// What was sent, oldest first.
#[derive(Default)]
pub struct Mailbox(VecDeque<(String, u64, Mail)>);

impl Mail {
    fn refusal(&self) -> Option<String> {
        let address = |text: &str| {
            let plain = match text.rsplit_once('<') {
                Some((_, rest)) => rest.strip_suffix('>').unwrap_or_default(),
                None => text,
            };
            let parts = plain.rsplit_once('@');
            parts.is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
                && !plain.contains([' ', ',', ';'])
        };
        let one_line = |text: &str| text.len() <= MAX_LINE && !text.contains(char::is_control);
        if self.to.contains('<') || !address(&self.to) || !one_line(&self.to) {
            return Some("\"to\" is not one plain address".to_owned());
        }
        if !address(&self.from) || !one_line(&self.from) {
            return Some("\"from\" is not an address".to_owned());
        }
        if self.subject.trim().is_empty() || !one_line(&self.subject) {
            return Some("\"subject\" is not one line".to_owned());
        }
        if self.text.trim().is_empty() {
            return Some("\"text\" is empty".to_owned());
        }
        for (name, value) in &self.headers {
            let named =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !named || !value.is_ascii() || !one_line(value) {
                return Some(format!("{name:?} is not a header of one line"));
            }
        }
        None
    }
}

impl Mailbox {
    fn add(&mut self, id: String, mail: Mail) {
        self.0.push_back((id, now_ms(), mail));
        while self.0.len() > MAX_MAILS {
            self.0.pop_front();
        }
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// All mails, or those to one address.
    pub fn list(&self, to: Option<&str>) -> Value {
        let wanted = self.0.iter().filter(|(_, _, mail)| to.is_none_or(|to| mail.to == to));
        let listed = wanted.map(|(id, time_ms, mail)| {
            json!({
                "id": id, "time_ms": time_ms, "to": mail.to, "from": mail.from,
                "subject": mail.subject, "text": mail.text, "html": mail.html,
                "headers": mail.headers,
            })
        });
        listed.collect()
    }

    /// The page, newest first.
    fn page(&self) -> String {
        let mut body =
            format!("<h1>Mailbox</h1><p>Mails: {}. None of them was delivered.</p>", self.0.len());
        for (id, _, mail) in self.0.iter().rev() {
            let mut headers = String::new();
            for (name, value) in &mail.headers {
                let _ = writeln!(headers, "{}: {}", html::escape(name), html::linked(value));
            }
            let _ = write!(
                body,
                "<article id=\"{id}\"><h2>{}</h2><p>To {}<br>From {}</p><pre>{headers}</pre>\
                 <pre>{}</pre>",
                html::escape(&mail.subject),
                html::escape(&mail.to),
                html::escape(&mail.from),
                html::linked(&mail.text),
            );
            if let Some(text) = &mail.html {
                // Without scripts, and a link in it opens in a tab of its own.
                let _ = write!(
                    body,
                    "<details><summary>As HTML</summary><iframe sandbox=\"allow-popups \
                     allow-popups-to-escape-sandbox\" srcdoc=\"{}\"></iframe></details>",
                    html::escape(&format!("<base target=\"_blank\">{text}")),
                );
            }
            body += "</article>";
        }
        html::page("Mailbox", &body)
    }
}

/// Answers one request to the mail service.
pub async fn answer(shared: Arc<Shared>, parts: Parts, body: Bytes) -> Answer {
    let path = parts.uri.path().to_owned();
    let call = shared.world().log_call(json!({
        "port": "mail", "method": parts.method.as_str(), "path": path, "time_ms": now_ms(),
        "bytes": body.len(), "http_status": null, "fault": null,
    }));
    let (fault, answer) = match (&parts.method, path.as_str()) {
        (&Method::POST, "/mail") => send(&shared, &parts, &body).await,
        (&Method::GET, "/mailbox") => {
            let page = shared.world().mailbox.page();
            (None, Ok(response(200, html::TYPE, full(page))))
        }
        _ => (None, Ok(html_page(404, "404 Not Found"))),
    };
    let status = answer.as_ref().map(|response| response.status().as_u16()).ok();
    shared.world().amend_call(call, json!({"http_status": status, "fault": fault}));
    answer
}

async fn send(shared: &Shared, parts: &Parts, body: &Bytes) -> (Option<&'static str>, Answer) {
    let mail = match read(parts, body) {
        Ok(mail) => mail,
        Err(refusal) => return (None, Ok(*refusal)),
    };
    let names = ["mail_dropped", "mail_status", "mail_hangs"];
    let instead = names
        .into_iter()
        .find_map(|name| Some((name, shared.world().faults.take_for(name, "to", &mail.to)?)));
    if let Some((name, with)) = instead {
        let answer = match name {
            "mail_status" => Ok(failed(&with)),
            "mail_hangs" => {
                tokio::time::sleep(Duration::from_millis(number(&with, "ms", 120_000))).await;
                Err(Dropped)
            }
            _ => Err(Dropped),
        };
        return (Some(name), answer);
    }
    let (slow, lost, id) = {
        let mut world = shared.world();
        let id = world.new_id();
        let slow = world.faults.take_for("mail_slow", "to", &mail.to);
        let lost = world.faults.take_for("mail_answer_lost", "to", &mail.to);
        world.mailbox.add(id.clone(), mail);
        (slow, lost, id)
    };
    if let Some(with) = &slow {
        tokio::time::sleep(Duration::from_millis(number(with, "ms", 5_000))).await;
    }
    if lost.is_some() {
        return (Some("mail_answer_lost"), Err(Dropped));
    }
    (slow.map(|_| "mail_slow"), Ok(json_response(200, &json!({"id": id}))))
}

/// The mail, or the answer that says why it is none.
fn read(parts: &Parts, body: &Bytes) -> Result<Mail, Box<Response<Body>>> {
    let refused = |status: u16, why: &str| Box::new(json_response(status, &json!({"error": why})));
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
        return Err(refused(415, "not application/json"));
    }
    if body.len() > MAX_BYTES {
        return Err(refused(413, "more than 1 MiB"));
    }
    let mail: Mail =
        serde_json::from_slice(body).map_err(|error| refused(422, &error.to_string()))?;
    match mail.refusal() {
        Some(why) => Err(refused(422, &why)),
        None => Ok(mail),
    }
}

fn failed(with: &Value) -> Response<Body> {
    let status = u16::try_from(number(with, "status", 500)).unwrap_or(500);
    let mut answer = json_response(status, &json!({"error": "failed on purpose"}));
    if let Some(seconds) = with["retry_after"].as_u64() {
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    answer
}
