//! Configuration from the Worker's variables and secrets, read once an instance.

use std::cell::RefCell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use js_sys::{Number, Reflect};
use wasm_bindgen::JsValue;
use worker::Env;

use crate::domain::keyring::{Key, Keyring, SECRET_BYTES_MIN};
use crate::domain::rules::Rules;
use crate::domain::site::{Analytics, Site};
use crate::ports::{Config, Identity, MailRoute};
use crate::provider::models;
use crate::provider::origin::{DEFAULT_RESULT_ORIGINS, ResultOrigins};
use crate::provider::request::API_ORIGIN;

/// Who signs people in unless the operator says otherwise.
const GOOGLE_ISSUER: &str = "https://accounts.google.com";

thread_local! {
    /// Plain data: nothing of a request may outlive it, this may.
    static KNOWN: RefCell<Option<Rc<Config>>> = const { RefCell::new(None) };
}

/// A variable that is missing or not valid: its name and what it must be.
#[derive(Clone, Copy, Debug)]
pub struct Misconfigured(pub &'static str, pub &'static str);

/// The configuration of this instance.
///
/// # Errors
/// [`Misconfigured`] names the first variable that is wrong.
pub fn config(env: &Env) -> Result<Rc<Config>, Misconfigured> {
    if let Some(known) = KNOWN.with_borrow(Clone::clone) {
        return Ok(known);
    }
    let config = Rc::new(read(env)?);
    KNOWN.set(Some(Rc::clone(&config)));
    Ok(config)
}

fn read(env: &Env) -> Result<Config, Misconfigured> {
    let text = |name: &'static str| variable(env, name);
    let provider_model =
        text("PROVIDER_MODEL").unwrap_or_else(|| models::DEFAULT_MODEL_ID.to_owned());
    if models::find(&provider_model).is_none() {
        return Err(Misconfigured("PROVIDER_MODEL", "a model that the README lists"));
    }
    let origins = text("RESULT_ORIGINS").unwrap_or_else(|| DEFAULT_RESULT_ORIGINS.to_owned());
    let webhook_keys = [text("KIE_WEBHOOK_KEY"), text("KIE_WEBHOOK_KEY_PREVIOUS")];
    let (site, rules) = (site(env)?, rules(env)?);
    // Tests have hours of seconds; what visitors are told is true wherever there can be any.
    if site.origin.starts_with("https:")
        && let Some(name) = rules.first_untold()
    {
        return Err(Misconfigured(name, "no value of its own: the pages tell the one built in"));
    }
    Ok(Config {
        site,
        provider_url: text("PROVIDER_URL").unwrap_or_else(|| API_ORIGIN.to_owned()),
        provider_model,
        result_origins: ResultOrigins::parse(&origins)
            .ok_or(Misconfigured("RESULT_ORIGINS", "origins separated by commas"))?,
        provider_key: text("KIE_API_KEY")
            .ok_or(Misconfigured("KIE_API_KEY", "the provider's API key"))?,
        webhook_keys: webhook_keys.into_iter().flatten().collect(),
        link_keys: keyring(text("LINK_KEY"), text("LINK_KEY_PREVIOUS"))?,
        address_key: text("ADDRESS_KEY")
            .filter(|key| key.len() >= SECRET_BYTES_MIN)
            .ok_or(Misconfigured("ADDRESS_KEY", "at least 32 characters"))?
            .into_bytes(),
        identity: identity(env)?,
        mail: MailRoute {
            from: text("MAIL_FROM")
                .ok_or(Misconfigured("MAIL_FROM", "the address that mails come from"))?,
            url: text("MAIL_URL"),
        },
        receipt_seed: text("RECEIPT_KEY")
            .and_then(|seed| URL_SAFE_NO_PAD.decode(seed).ok()?.try_into().ok())
            .ok_or(Misconfigured("RECEIPT_KEY", "32 random bytes as base64url"))?,
        operator_key: text("OPERATOR_KEY")
            .filter(|key| key.len() >= SECRET_BYTES_MIN)
            .ok_or(Misconfigured("OPERATOR_KEY", "at least 32 characters"))?
            .into_bytes(),
        rules,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

fn identity(env: &Env) -> Result<Identity, Misconfigured> {
    Ok(Identity {
        issuer: variable(env, "IDENTITY_ISSUER").unwrap_or_else(|| GOOGLE_ISSUER.to_owned()),
        client_id: variable(env, "GOOGLE_CLIENT_ID")
            .ok_or(Misconfigured("GOOGLE_CLIENT_ID", "the client id of Google's console"))?,
        client_secret: variable(env, "GOOGLE_CLIENT_SECRET")
            .ok_or(Misconfigured("GOOGLE_CLIENT_SECRET", "the secret of that client id"))?,
    })
}

fn site(env: &Env) -> Result<Site, Misconfigured> {
    let assets = Reflect::get(&js_sys::global(), &JsValue::from_str("siteAssets"))
        .ok()
        .and_then(|table| table.as_string())
        .and_then(|table| serde_json::from_str(&table).ok())
        .ok_or(Misconfigured("siteAssets", "the table that the site's build writes"))?;
    Ok(Site {
        name: variable(env, "SITE_NAME").unwrap_or_else(|| "AnyTryOn".to_owned()),
        origin: variable(env, "PUBLIC_ORIGIN")
            .filter(|origin| origin.starts_with("http") && !origin.ends_with('/'))
            .ok_or(Misconfigured("PUBLIC_ORIGIN", "an origin such as https://example.com"))?,
        contact: variable(env, "CONTACT_ADDRESS")
            .ok_or(Misconfigured("CONTACT_ADDRESS", "a mail address that visitors may write to"))?,
        assets,
        analytics: Analytics {
            google: variable(env, "ANALYTICS_GA_ID"),
            clarity: variable(env, "ANALYTICS_CLARITY_ID"),
        },
    })
}

fn keyring(current: Option<String>, previous: Option<String>) -> Result<Keyring, Misconfigured> {
    let key = |secret: String| Key::new(secret.as_bytes());
    let current =
        current.and_then(key).ok_or(Misconfigured("LINK_KEY", "at least 32 characters"))?;
    Ok(Keyring { current, previous: previous.and_then(key) })
}

/// Each rule may be set by a variable of its name; a rule that is not set has its production value.
fn rules(env: &Env) -> Result<Rules, Misconfigured> {
    let mut rules = Rules::default();
    let Rules {
        retention_ms,
        trial_orders,
        account_orders,
        trial_window_ms,
        create_timeout_ms,
        record_timeout_ms,
        result_timeout_ms,
        result_bytes_max,
        grace_ms,
        deadline_ms,
        poll_pause_ms,
        poll_steady_ms,
        busy_pause_ms,
        outage_pause_ms,
        park_pause_ms,
        give_up_ms,
        trash_ms,
        gone_ms,
        upload_timeout_ms,
        prefix_orders_hour,
        prefix_orders_day,
        global_orders_hour,
        session_idle_ms,
        session_life_ms,
        fresh_ms,
        sign_in_ms,
        deletion_delay_ms,
        export_life_ms,
        receipt_life_ms,
    } = &mut rules;
    set(env, "RETENTION_MS", retention_ms)?;
    set(env, "TRIAL_ORDERS", trial_orders)?;
    set(env, "ACCOUNT_ORDERS", account_orders)?;
    set(env, "TRIAL_WINDOW_MS", trial_window_ms)?;
    set(env, "CREATE_TIMEOUT_MS", create_timeout_ms)?;
    set(env, "RECORD_TIMEOUT_MS", record_timeout_ms)?;
    set(env, "RESULT_TIMEOUT_MS", result_timeout_ms)?;
    set(env, "RESULT_BYTES_MAX", result_bytes_max)?;
    set(env, "GRACE_MS", grace_ms)?;
    set(env, "DEADLINE_MS", deadline_ms)?;
    set(env, "POLL_PAUSE_MS", poll_pause_ms)?;
    set(env, "POLL_STEADY_MS", poll_steady_ms)?;
    set(env, "BUSY_PAUSE_MS", busy_pause_ms)?;
    set(env, "OUTAGE_PAUSE_MS", outage_pause_ms)?;
    set(env, "PARK_PAUSE_MS", park_pause_ms)?;
    set(env, "GIVE_UP_MS", give_up_ms)?;
    set(env, "TRASH_MS", trash_ms)?;
    set(env, "GONE_MS", gone_ms)?;
    set(env, "UPLOAD_TIMEOUT_MS", upload_timeout_ms)?;
    set(env, "PREFIX_ORDERS_HOUR", prefix_orders_hour)?;
    set(env, "PREFIX_ORDERS_DAY", prefix_orders_day)?;
    set(env, "GLOBAL_ORDERS_HOUR", global_orders_hour)?;
    set(env, "SESSION_IDLE_MS", session_idle_ms)?;
    set(env, "SESSION_LIFE_MS", session_life_ms)?;
    set(env, "FRESH_MS", fresh_ms)?;
    set(env, "SIGN_IN_MS", sign_in_ms)?;
    set(env, "DELETION_DELAY_MS", deletion_delay_ms)?;
    set(env, "EXPORT_LIFE_MS", export_life_ms)?;
    set(env, "RECEIPT_LIFE_MS", receipt_life_ms)?;
    Ok(rules)
}

fn set<T: std::str::FromStr>(
    env: &Env,
    name: &'static str,
    rule: &mut T,
) -> Result<(), Misconfigured> {
    if let Some(text) = variable(env, name) {
        *rule = text.parse().map_err(|_| Misconfigured(name, "a whole number"))?;
    }
    Ok(())
}

/// A variable or secret; an empty one counts as not set. A number in wrangler.toml stays a number.
fn variable(env: &Env, name: &str) -> Option<String> {
    let value = Reflect::get(env, &JsValue::from_str(name)).ok()?;
    let written = |number| Number::from(number).to_string_with_radix(10).ok().map(String::from);
    let text = value.as_string().or_else(|| value.as_f64().and_then(written))?;
    (!text.is_empty()).then_some(text)
}
