//! What is about no order: options, session, the provider's callbacks, health.

use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::receive_callback::{Callback, receive};
use crate::app::session::SignedIn;
use crate::app::{health, place, status, trial};
use crate::domain::account_view::avatar_url;
use crate::domain::credits::Credits;
use crate::domain::image;
use crate::domain::options::{
    AspectRatio, Category, Focus, GarmentPhotoType, INSTRUCTIONS_CHARS_MAX, LookStyle,
    OutputFormat, Resolution,
};
use crate::domain::time::{HOUR_MS, Millis};
use crate::pages;
use crate::ports::World;
use crate::provider::callback as wire;

use super::multipart::FILES_BYTES_MAX;
use super::{
    Answer, Context, Incoming, body, configured_model, cookies, html_response, json_response,
    text_header,
};

/// `GET /api/options`
pub(super) fn options<W: World>(context: &Context<W>) -> Answer {
    let config = context.world.config();
    let model = configured_model(context)?;
    let offer = model.offers();
    let limits = image::Limits::UPLOAD;
    let mut credits = serde_json::Map::new();
    for size in &offer.resolutions {
        if let Some(milli) = model.price_milli(*size, 2) {
            let number = Credits(i64::from(milli)).number();
            credits.insert(size.as_str().to_owned(), number.into());
        }
    }
    let impossible: Vec<Value> = offer
        .impossible
        .iter()
        .map(|(size, ratio)| json!({"resolution": size.as_str(), "aspect_ratio": ratio.as_str()}))
        .collect();
    let body = json!({
        "category": Category::ALL,
        "garment_photo_type": GarmentPhotoType::ALL,
        "look_style": LookStyle::ALL,
        "focus": Focus::ALL,
        "resolution": names(&offer.resolutions, Resolution::as_str),
        "aspect_ratio": names(&offer.ratios, AspectRatio::as_str),
        "output_format": names(&offer.formats, OutputFormat::as_str),
        "impossible": impossible,
        "limits": {
            "image_bytes_max": limits.bytes_max,
            "images_bytes_max": FILES_BYTES_MAX,
            "side_min": limits.side_min,
            "side_max": limits.side_max,
            "pixels_max": limits.pixels_max,
            "garment_images_min": place::GARMENTS.start(),
            "garment_images_max": place::GARMENTS.end(),
            "instructions_chars_max": INSTRUCTIONS_CHARS_MAX,
            "formats": image::Format::ALL.map(image::Format::content_type),
        },
        "prices": {
            "trial_orders": config.rules.trial_orders,
            "trial_window_hours": config.rules.trial_window_ms / HOUR_MS,
            "trial_price": 0,
            "provider": "kie",
            "model": model.id,
            "provider_credits_with_one_garment": credits,
        },
    });
    let mut response = json_response(StatusCode::OK, body.to_string());
    let cached = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(header::CACHE_CONTROL, cached);
    Ok(response)
}

fn names<T: Copy>(values: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    values.iter().map(|value| name(*value)).collect()
}

/// `GET /api/session`
pub(super) async fn session<W: World>(context: &Context<W>, parts: &Parts) -> Answer {
    let known = cookies::anon_sid(&parts.headers);
    let trial = match context.account() {
        Some(account) => trial::standing_of_account(&context.world, account).await?,
        None => trial::standing(&context.world, known).await?,
    };
    let body = json!({
        "account": context.signed_in.as_ref().map(account_view),
        "trial": trial_view(&trial),
        // No token: requests of other sites are told by Sec-Fetch-Site and Origin.
        "csrf": null,
    });
    let mut response = json_response(StatusCode::OK, body.to_string());
    if known.is_none() && context.signed_in.is_none() {
        let sid = cookies::anon_sid_or_new(&context.world, &parts.headers);
        cookies::set(&mut response, sid);
    }
    Ok(response)
}

fn trial_view(trial: &trial::TrialStanding) -> Value {
    json!({
        "limit": trial.limit,
        "used": trial.used,
        "resets_at": trial.resets_at.map(Millis::rfc3339),
    })
}

/// What a page shows of who is signed in.
fn account_view(who: &SignedIn) -> Value {
    let account = &who.account;
    json!({
        "name": account.name,
        "email": account.email,
        "avatar_url": account.portrait.as_ref().map(avatar_url),
    })
}

/// What the provider wants to hear.
const TAKEN: &str = r#"{"code":200,"msg":"success"}"#;

/// `POST /webhooks/kie/{order_token}`
pub(super) async fn callback<W: World>(
    context: &Context<W>,
    parts: &Parts,
    body: Incoming,
) -> Answer {
    let body = body::collect(body, wire::BODY_BYTES_MAX).await?;
    let callback = Callback {
        token: &context.parameter,
        timestamp: text_header(&parts.headers, wire::TIMESTAMP_HEADER),
        signature: text_header(&parts.headers, wire::SIGNATURE_HEADER),
        body: &body,
    };
    receive(&context.world, callback).await?;
    Ok(json_response(StatusCode::OK, TAKEN.to_owned()))
}

/// The answer of `/api/health`.
#[derive(Serialize)]
struct HealthView<'a> {
    database: &'static str,
    provider: &'a str,
    status: &'static str,
    version: &'a str,
}

/// `GET /api/health`
pub(super) async fn health<W: World>(context: &Context<W>) -> Answer {
    let health = health::health(&context.world).await;
    let database = if health.provider.is_some() { "ok" } else { "unavailable" };
    let provider = health.provider.as_deref().unwrap_or("unknown");
    let well = database == "ok" && provider == "ok";
    let body = HealthView {
        database,
        provider,
        status: if well { "ok" } else { "degraded" },
        version: &context.world.config().version,
    };
    let status = if database == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    // Serialising our own plain struct cannot fail.
    Ok(json_response(status, serde_json::to_string(&body).unwrap_or_default()))
}

/// `GET /status`
pub(super) async fn status<W: World>(context: &Context<W>) -> Answer {
    let view = status::status(&context.world).await?;
    let mut response = if context.html {
        html_response(StatusCode::OK, pages::status(context.frame(), &view))
    } else {
        // Serialising our own plain structs cannot fail.
        json_response(StatusCode::OK, serde_json::to_string(&view).unwrap_or_default())
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    // The page's language may come from a cookie.
    headers.insert(header::VARY, HeaderValue::from_static("Accept, Cookie"));
    Ok(response)
}
