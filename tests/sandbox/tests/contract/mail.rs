//! The mail service: takes, keeps, shows, and fails when it is told to.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::outside::{Bench, Reply, send};

fn mail() -> Value {
    json!({
        "to": "ada@example.com", "from": "AnyTryOn <post@example.com>", "subject": "Hello, 小雨",
        "text": "Confirm here: http://localhost:8787/confirm?token=a&b=1.",
        "html": "<p>Confirm <a href=\"http://localhost:8787/confirm?token=a\">here</a></p>",
        "headers": {
            "List-Unsubscribe": "<https://example.com/unsubscribe?token=b>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    })
}

async fn post(bench: &Bench, mail: &Value) -> Result<Reply, String> {
    let url = format!("{}/mail", bench.sandbox.mail);
    send("POST", &url, &[("content-type", "application/json")], mail.to_string()).await
}

async fn mails(bench: &Bench, query: &str) -> Vec<Value> {
    let path = format!("mails{query}");
    bench.control("GET", &path, json!({})).await.as_array().unwrap().clone()
}

#[tokio::test]
async fn a_mail_is_kept_as_it_was_sent() {
    let bench = Bench::open().await;
    let reply = post(&bench, &mail()).await.unwrap();
    assert_eq!(reply.status, 200);
    let kept = mails(&bench, "").await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0]["id"], reply.json()["id"]);
    assert!(kept[0]["time_ms"].is_u64());
    for (name, value) in mail().as_object().unwrap() {
        assert_eq!(&kept[0][name], value);
    }
    let mut other = mail();
    other["to"] = json!("ben+x@example.com");
    assert_eq!(post(&bench, &other).await.unwrap().status, 200);
    assert_eq!(mails(&bench, "").await[1]["to"], "ben+x@example.com", "oldest first");
    assert_eq!(mails(&bench, "?to=ben%2Bx@example.com").await.len(), 1);
    assert_eq!(mails(&bench, "?to=nobody@example.com").await.len(), 0);
    bench.control("DELETE", "mails", json!({})).await;
    assert!(mails(&bench, "").await.is_empty());
    assert_eq!(bench.calls().await.iter().filter(|call| call["port"] == "mail").count(), 2);
}

#[tokio::test]
async fn a_mail_that_nobody_could_send_is_refused() {
    let bench = Bench::open().await;
    let wrong = [
        ("to", json!("nobody")),
        ("to", json!("a@example.com, b@example.com")),
        ("to", json!("a@example.com\r\nBcc: b@example.com")),
        ("from", json!("AnyTryOn")),
        ("subject", json!("")),
        ("subject", json!("Hello\r\nBcc: b@example.com")),
        ("text", json!(" ")),
        ("text", Value::Null),
        ("headers", json!({"X-A": "b\nBcc: c@example.com"})),
        ("headers", json!({"X A": "b"})),
        ("headers", json!([])),
        ("bcc", json!("b@example.com")),
    ];
    for (field, value) in wrong {
        let mut mail = mail();
        mail[field] = value;
        let reply = post(&bench, &mail).await.unwrap();
        assert_eq!(reply.status, 422, "{mail}");
        assert!(reply.json()["error"].is_string());
    }
    let mut plain = mail();
    for field in ["html", "headers"] {
        plain.as_object_mut().unwrap().remove(field);
    }
    assert_eq!(post(&bench, &plain).await.unwrap().status, 200, "text alone is a mail");
    let url = format!("{}/mail", bench.sandbox.mail);
    assert_eq!(send("POST", &url, &[], mail().to_string()).await.unwrap().status, 415);
    assert_eq!(send("GET", &url, &[], "").await.unwrap().status, 404);
    assert_eq!(mails(&bench, "").await.len(), 1);
}

#[tokio::test]
async fn the_page_shows_the_newest_first_with_links_and_without_scripts() {
    let bench = Bench::open().await;
    post(&bench, &mail()).await.unwrap();
    let mut second = mail();
    second["subject"] = json!("<script>alert(1)</script>");
    second["html"] = json!("\"><script>alert(2)</script>");
    post(&bench, &second).await.unwrap();
    let url = format!("{}/mailbox", bench.sandbox.mail);
    let reply = send("GET", &url, &[], "").await.unwrap();
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/html; charset=UTF-8"));
    let page = String::from_utf8(reply.body.to_vec()).unwrap();
    assert!(page.contains("<a href=\"http://localhost:8787/confirm?token=a&amp;b=1\">"));
    assert!(page.contains("<a href=\"https://example.com/unsubscribe?token=b\">"));
    assert!(!page.contains("<script"));
    assert!(page.find("alert(1)").unwrap() < page.find("小雨").unwrap());
    bench.control("POST", "reset", json!({})).await;
    assert!(mails(&bench, "").await.is_empty());
}

/// The proof of one fault of `list`.
pub async fn proof(bench: &Bench, name: &str) {
    let with = match name {
        "mail_status" => json!({"status": 429, "retry_after": 9, "to": "ada@"}),
        "mail_slow" | "mail_hangs" => json!({"ms": 200, "to": "ada@"}),
        _ => json!({"to": "ada@"}),
    };
    bench.arm(name, with).await;
    let mut other = mail();
    other["to"] = json!("ben@example.com");
    assert_eq!(post(bench, &other).await.unwrap().status, 200, "another address");
    let start = Instant::now();
    let reply = post(bench, &mail()).await;
    let status = reply.as_ref().map(|reply| reply.status).ok();
    let taken = match name {
        "mail_status" => {
            assert_eq!((status, reply.unwrap().header("retry-after")), (Some(429), "9"));
            0
        }
        "mail_dropped" => {
            assert!(status.is_none());
            0
        }
        "mail_hangs" => {
            assert!(status.is_none() && start.elapsed() >= Duration::from_millis(200));
            0
        }
        "mail_slow" => {
            assert!(status == Some(200) && start.elapsed() >= Duration::from_millis(200));
            1
        }
        "mail_answer_lost" => {
            assert!(status.is_none());
            1
        }
        _ => panic!("no proof for {name}"),
    };
    assert_eq!(mails(bench, "?to=ada@example.com").await.len(), taken, "{name}");
    assert_eq!(bench.calls().await[1]["fault"], name);
    assert_eq!(post(bench, &mail()).await.unwrap().status, 200, "only once");
}
