//! Signing in and out: the way to Google and back, each a redirect.

use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, header};

use crate::app::sign_in::Finished;
use crate::app::{session, sign_in};
use crate::domain::return_path::ReturnPath;
use crate::identity::secrets::SignInSecret;
use crate::ports::World;

use super::{Answer, Context, Outgoing, cookies, empty_response, see_other, text_header};

/// The query's field that says where to go afterwards.
const RETURN_TO: &str = "return_to";
/// The query's field that asks for a proof of this very moment.
const FRESH: &str = "fresh";
/// What a browser forgets when somebody signs out: nothing of the person may stay behind.
const CLEAR: &str = "\"cache\", \"cookies\", \"storage\"";

/// `GET /auth/google`
pub(super) async fn begin<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let asked = query(parts, RETURN_TO).and_then(|path| ReturnPath::parse(&path));
    let return_to = asked.or_else(|| ReturnPath::parse(&context.page_path("/history")));
    let fresh = query(parts, FRESH).is_some();
    let begun = sign_in::begin(&context.world, &return_to.unwrap_or_default(), fresh).await?;
    let mut response = see_other(&begun.url);
    let life_ms = context.world.config().rules.sign_in_ms;
    cookies::set_sign_in(&mut response, &begun.secret.to_string(), life_ms);
    Ok(response)
}

/// `GET /auth/google/callback`
pub(super) async fn finish<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let (code, issuer) = (query(parts, "code"), query(parts, "iss"));
    let back = sign_in::Return {
        state: &query(parts, "state").unwrap_or_default(),
        issuer: issuer.as_deref(),
        code: code.as_deref(),
        secret: cookies::sign_in(&parts.headers).and_then(SignInSecret::parse),
        user_agent: text_header(&parts.headers, "user-agent").unwrap_or_default(),
        language: cookies::language(&parts.headers),
        sid: cookies::anon_sid(&parts.headers),
        old: cookies::session(&parts.headers),
    };
    Ok(signed_in(context, parts, &sign_in::finish(&context.world, back).await?))
}

/// The way back into the site, with the session. A device that has chosen a language or a theme
/// keeps its choice.
fn signed_in<W: World>(
    context: &Context<W>,
    parts: &Parts,
    finished: &Finished,
) -> Response<Outgoing> {
    let mut response = see_other(finished.return_to.as_str());
    cookies::drop_sign_in(&mut response);
    let life_ms = context.world.config().rules.session_life_ms;
    cookies::set_session(&mut response, &finished.token, life_ms);
    if !cookies::has(&parts.headers, cookies::LANGUAGE) {
        cookies::set_language(&mut response, finished.language);
    }
    if !cookies::has(&parts.headers, cookies::THEME) {
        cookies::set_theme(&mut response, finished.theme);
    }
    response
}

/// `POST /auth/sign-out`
pub(super) async fn sign_out<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    if let Some(token) = cookies::session(&parts.headers) {
        session::sign_out(&context.world, &token).await?;
    }
    let mut response = if context.html {
        see_other(&context.page_path("/"))
    } else {
        empty_response(StatusCode::NO_CONTENT)
    };
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static(CLEAR));
    cookies::drop_session(&mut response);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The first value of a field of the query.
pub(super) fn query(parts: &Parts, name: &str) -> Option<String> {
    let query = parts.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
