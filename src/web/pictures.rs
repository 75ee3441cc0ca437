//! Pictures behind signed links. The token says everything about the picture of an anonymous order,
//! so headers, ranges and conditions are answered without asking anybody; of an account's its row
//! says whether it may still be seen, and where it lies. The bytes go from R2 to the client.

use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use crate::app::Failure;
use crate::app::read::picture_key;
use crate::domain::link::{self, Link, LinkRefusal, Purpose};
use crate::domain::order::gone;
use crate::domain::refusal::Refusal;
use crate::domain::time::SECOND_MS;
use crate::pages::Frame;
use crate::pages::text::Text;
use crate::ports::World;

use super::{
    Answer, Context, FileBody, NoFile, Outgoing, Reply, error, finish, log_line, text_header,
};

/// Nothing in a picture may run, whatever a browser takes it for.
pub(super) const PICTURE_POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// `GET /i/{token}`
pub(super) async fn show<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let mut link = open(context)?;
    if let Some(order) = link.order {
        link.file = picture_key(&context.world, order, &link).await?;
    }
    let etag = format!("\"{}\"", link.file.picture_id(link.offset));
    let size = u64::from(link.size);
    let mut response = match outcome(parts, &etag, size) {
        Outcome::Unchanged => with_status(StatusCode::NOT_MODIFIED, Outgoing::Empty),
        Outcome::Unsatisfiable => unsatisfiable(link.size),
        Outcome::Whole => with_status(StatusCode::OK, body(context, parts, &link, 0, size)),
        Outcome::Part(first, length) => partial(context, parts, &link, first, length),
    };
    let download = asks_download(parts.uri.query());
    describe(response.headers_mut(), context, &link, &etag, download);
    Ok(response)
}

/// What the path's token says; it may carry the extension of its own format.
fn open<W: World>(context: &Context<W>) -> Result<Link, Refusal> {
    let (token, extension) = match context.parameter.split_once('.') {
        Some((token, extension)) => (token, Some(extension)),
        None => (context.parameter.as_str(), None),
    };
    let accepted = [Purpose::View, Purpose::Provider];
    let link = link::open(&context.world.config().link_keys, token, &accepted, context.now)?;
    if extension.is_some_and(|extension| extension != link.format.extension()) {
        return Err(LinkRefusal::Altered.into());
    }
    Ok(link)
}

/// What the conditional and range headers come to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Unchanged,
    Unsatisfiable,
    Whole,
    Part(u64, u64),
}

pub(super) fn outcome(parts: &Parts, etag: &str, size: u64) -> Outcome {
    let headers = &parts.headers;
    let matches = |tags: &str| {
        tags.split(',').map(str::trim).any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
    };
    if text_header(headers, "if-none-match").is_some_and(matches) {
        return Outcome::Unchanged;
    }
    // RFC 9110 defines ranges for GET alone.
    let elsewhere = text_header(headers, "if-range").is_some_and(|tag| tag != etag);
    if elsewhere || parts.method != Method::GET {
        return Outcome::Whole;
    }
    text_header(headers, "range").map_or(Outcome::Whole, |range| part(range, size))
}

/// One byte range (RFC 9110 section 14): first byte and number of bytes, within `size`. Several
/// ranges, or what is no range, get the whole picture.
fn part(range: &str, size: u64) -> Outcome {
    let bounds = range.strip_prefix("bytes=").and_then(|spec| spec.split_once('-'));
    let Some((first, last)) = bounds else { return Outcome::Whole };
    if first.is_empty() {
        return match last.parse::<u64>() {
            Ok(0) => Outcome::Unsatisfiable,
            Ok(length) => Outcome::Part(size - length.min(size), length.min(size)),
            Err(_) => Outcome::Whole,
        };
    }
    let Ok(first) = first.parse::<u64>() else { return Outcome::Whole };
    let last = match last {
        "" => u64::MAX,
        text => match text.parse::<u64>() {
            Ok(last) if last >= first => last,
            Ok(_) | Err(_) => return Outcome::Whole,
        },
    };
    if first >= size {
        return Outcome::Unsatisfiable;
    }
    Outcome::Part(first, last.min(size - 1) - first + 1)
}

fn body<W: World>(
    context: &Context<W>,
    parts: &Parts,
    link: &Link,
    first: u64,
    length: u64,
) -> Outgoing {
    if parts.method == Method::HEAD {
        return Outgoing::Empty;
    }
    let range = (u64::from(link.offset) + first, length);
    let otherwise = otherwise(context, parts);
    Outgoing::File(Box::new(FileBody { key: link.file.to_string(), range, otherwise }))
}

/// Makes the reply that goes out in place of the picture.
pub(super) fn otherwise<W: World>(
    context: &Context<W>,
    parts: &Parts,
) -> Box<dyn FnOnce(NoFile) -> Reply> {
    let (world, method) = (context.world.clone(), parts.method.clone());
    let (language, html, started_at) = (context.language, context.html, context.now);
    let (template, request_id) = (context.route.template, context.request_id.clone());
    Box::new(move |why| {
        let failure = match why {
            NoFile::Missing => Failure::Refused(gone()),
            NoFile::Failed => Failure::Unavailable(String::new()),
        };
        let frame = Frame { text: Text::of(language), site: &world.config().site };
        let mut response = error::plain(&failure, &request_id, html.then_some(frame));
        finish(&mut response, &request_id);
        let log = log_line(&world, template, method.as_str(), &response, started_at, &request_id);
        Reply { response, log }
    })
}

fn partial<W: World>(
    context: &Context<W>,
    parts: &Parts,
    link: &Link,
    first: u64,
    length: u64,
) -> Response<Outgoing> {
    let body = body(context, parts, link, first, length);
    let mut response = with_status(StatusCode::PARTIAL_CONTENT, body);
    let range = format!("bytes {first}-{}/{}", first + length - 1, link.size);
    insert(response.headers_mut(), header::CONTENT_RANGE, &range);
    response
}

fn unsatisfiable(size: u32) -> Response<Outgoing> {
    let mut response = with_status(StatusCode::RANGE_NOT_SATISFIABLE, Outgoing::Empty);
    insert(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes */{size}"));
    response
}

fn describe<W: World>(
    headers: &mut HeaderMap,
    context: &Context<W>,
    link: &Link,
    etag: &str,
    download: bool,
) {
    let left_ms = link.expires_at.since(context.now);
    let caching = if link.order.is_some() {
        format!("private, max-age={}", left_ms.min(link::OWNED_CACHE_MS) / SECOND_MS)
    } else {
        format!("private, max-age={}, immutable", left_ms / SECOND_MS)
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(link.format.content_type()));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_POLICY));
    insert(headers, header::ETAG, etag);
    insert(headers, header::CACHE_CONTROL, &caching);
    let disposition = if download { "attachment" } else { "inline" };
    let name = format!("{disposition}; filename=\"try-on.{}\"", link.format.extension());
    insert(headers, header::CONTENT_DISPOSITION, &name);
}

fn asks_download(query: Option<&str>) -> bool {
    let mut pairs = query.unwrap_or_default().split('&');
    pairs.any(|pair| pair == "download" || pair.starts_with("download="))
}

pub(super) fn with_status(status: StatusCode, body: Outgoing) -> Response<Outgoing> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response
}

pub(super) fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_a_part_and_anything_else_the_whole() {
        let table = [
            ("bytes=0-0", Outcome::Part(0, 1)),
            ("bytes=0-99", Outcome::Part(0, 10)),
            ("bytes=9-", Outcome::Part(9, 1)),
            ("bytes=-3", Outcome::Part(7, 3)),
            ("bytes=-30", Outcome::Part(0, 10)),
            ("bytes=-0", Outcome::Unsatisfiable),
            ("bytes=10-", Outcome::Unsatisfiable),
            ("bytes=5-4", Outcome::Whole),
            ("bytes=0-1,3-4", Outcome::Whole),
            ("bytes=a-b", Outcome::Whole),
            ("lines=0-1", Outcome::Whole),
        ];
        for (range, expected) in table {
            assert_eq!(part(range, 10), expected, "{range}");
        }
    }
}
