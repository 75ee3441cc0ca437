//! Answers as bytes: Kie's envelope, and bodies that misbehave on purpose.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, combinators::BoxBody};
use hyper::{
    Response, StatusCode,
    body::{Body as HttpBody, Frame},
    header::{CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// Body of every answer; an error in it cuts the connection.
pub type Body = BoxBody<Bytes, io::Error>;

/// The connection is closed without an answer.
#[derive(Debug)]
pub struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped on purpose")
    }
}

impl std::error::Error for Dropped {}

/// An answer, or none.
pub type Answer = Result<Response<Body>, Dropped>;

/// Kie's `{code, msg, data}`; the code is the truth, the HTTP status is 200.
#[derive(Debug, Clone)]
pub struct Envelope {
    pub code: i64,
    pub msg: String,
    pub data: Value,
}

impl Envelope {
    pub fn success(data: Value) -> Self {
        Self { code: 200, msg: "success".to_owned(), data }
    }

    pub fn error(code: i64, msg: impl Into<String>) -> Self {
        Self { code, msg: msg.into(), data: Value::Null }
    }

    pub fn text(&self, message_field: &str) -> String {
        json!({"code": self.code, message_field: self.msg, "data": self.data}).to_string()
    }
}

/// A body of known length.
pub fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).map_err(|never| match never {}).boxed()
}

/// A body whose pieces come from a channel; without a Content-Length header it goes out chunked.
pub struct Pieces(mpsc::Receiver<io::Result<Bytes>>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}

/// Sender and body; the sender's drop ends the body, an error in it cuts the connection.
pub fn pieces() -> (mpsc::Sender<io::Result<Bytes>>, Body) {
    let (sender, receiver) = mpsc::channel(1);
    (sender, Pieces(receiver).boxed())
}

/// A body that is sent chunked, as Kie's gateway does.
pub fn chunked(bytes: impl Into<Bytes>) -> Body {
    let (sender, body) = pieces();
    // Capacity 1 and an empty channel: this cannot fail while the receiver lives, and it does.
    let _ = sender.try_send(Ok(bytes.into()));
    body
}

pub fn response(status: u16, content_type: &str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Ok(value) = HeaderValue::from_str(content_type) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}

/// Plain JSON with a status that means it: control interface and upload service.
pub fn json_response(status: u16, value: &Value) -> Response<Body> {
    response(status, "application/json", full(value.to_string()))
}

/// The page that stands between a client and a service that is down.
pub fn html_page(status: u16, title: &str) -> Response<Body> {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{title}</title></head>\n\
         <body><center><h1>{title}</h1></center><hr><center>cloudflare</center></body></html>\n"
    );
    response(status, "text/html; charset=UTF-8", full(page))
}
