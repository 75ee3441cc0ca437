//! The sandbox as a client: plain HTTP/1.1, one connection a request, everything capped.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{
    Method, Request, Uri,
    header::{CONTENT_TYPE, HOST, LOCATION, USER_AGENT},
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Redirects that are followed, as a browser-like downloader does.
const MAX_REDIRECTS: usize = 5;
/// Bytes read of the answer to a callback; nobody looks at them.
const MAX_CALLBACK_ANSWER: usize = 1 << 16;

/// What came back.
pub struct Fetched {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Bytes,
}

/// Host and port.
type Address = (String, u16);

/// One exchange; the error is a text for the log of the task.
async fn exchange(
    (address, request): (Address, Request<Full<Bytes>>),
    max_bytes: usize,
) -> Result<(Fetched, Option<String>), String> {
    let stream = TcpStream::connect(address).await.map_err(|error| error.to_string())?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(|error| error.to_string())?;
    tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(|error| error.to_string())?;
    let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    let (content_type, location) = (text(CONTENT_TYPE), text(LOCATION));
    let status = response.status().as_u16();
    let body = Limited::new(response.into_body(), max_bytes).collect().await;
    let body = body.map_err(|error| error.to_string())?.to_bytes();
    Ok((Fetched { status, content_type, body }, location))
}

fn request(
    method: Method,
    url: &str,
    headers: &[(&str, String)],
    body: Bytes,
) -> Result<(Address, Request<Full<Bytes>>), String> {
    let uri: Uri = url.parse().map_err(|_| "not a URL".to_owned())?;
    if uri.scheme_str() != Some("http") {
        return Err("not an http URL: the sandbox speaks no TLS".to_owned());
    }
    let authority = uri.authority().ok_or("no host")?;
    let address =
        (authority.host().trim_matches(['[', ']']).to_owned(), authority.port_u16().unwrap_or(80));
    // hyper sends the URI as it is given; a server expects the path alone.
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut builder = Request::builder().method(method).uri(path).header(HOST, authority.as_str());
    builder = builder.header(USER_AGENT, "kie-sandbox");
    for (name, value) in headers {
        builder = builder.header(*name, value);
    }
    let request = builder.body(Full::new(body)).map_err(|error| error.to_string())?;
    Ok((address, request))
}

/// Downloads `url`, following redirects.
pub async fn get(url: &str, timeout: Duration, max_bytes: usize) -> Result<Fetched, String> {
    let follow = async {
        let mut url = url.to_owned();
        for _ in 0..=MAX_REDIRECTS {
            let (fetched, location) =
                exchange(request(Method::GET, &url, &[], Bytes::new())?, max_bytes).await?;
            match location {
                Some(location) if (300..400).contains(&fetched.status) => {
                    url = absolute(&url, &location);
                }
                Some(_) | None => return Ok(fetched),
            }
        }
        Err("too many redirects".to_owned())
    };
    tokio::time::timeout(timeout, follow).await.unwrap_or(Err("timed out".to_owned()))
}

fn absolute(base: &str, location: &str) -> String {
    let origin_length = base.match_indices('/').nth(2).map_or(base.len(), |(at, _)| at);
    if location.starts_with('/') {
        base[..origin_length].to_owned() + location
    } else {
        location.to_owned()
    }
}

/// Posts JSON; the status is all that matters.
pub async fn post_json(
    url: &str,
    headers: &[(&str, String)],
    body: String,
    timeout: Duration,
) -> Result<u16, String> {
    let mut all = vec![("content-type", "application/json".to_owned())];
    all.extend_from_slice(headers);
    let send = async {
        let request = request(Method::POST, url, &all, Bytes::from(body))?;
        let (fetched, _) = exchange(request, MAX_CALLBACK_ANSWER).await?;
        Ok(fetched.status)
    };
    tokio::time::timeout(timeout, send).await.unwrap_or(Err("timed out".to_owned()))
}
