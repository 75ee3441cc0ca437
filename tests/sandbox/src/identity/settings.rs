//! What `POST /_control/settings` changes about the provider.

use serde_json::{Value, json};

#[derive(Debug, Clone)]
pub struct Settings {
    /// Who is chosen without a page: a person's short name, or `cancel`.
    pub person: Option<String>,
    /// Addresses to return to, to the letter; `None`: any.
    pub redirect_uris: Option<Vec<String>>,
    pub code_ttl_ms: u64,
    /// Added to the clock of the id tokens.
    pub clock_ms: i64,
    /// How long ago `auth_time` is; `None`: the claim is not sent, as Google does by default.
    pub auth_time_age_s: Option<u64>,
    pub keys_max_age_s: u64,
    pub discovery_max_age_s: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            person: None,
            redirect_uris: None,
            code_ttl_ms: 600_000,
            clock_ms: 0,
            auth_time_age_s: None,
            keys_max_age_s: 21_600,
            discovery_max_age_s: 3_600,
        }
    }
}

impl Settings {
    /// `None`: there is no such setting, or it cannot have this value.
    pub fn change_one(&mut self, name: &str, value: &Value) -> Option<()> {
        match name {
            "identity_person" if value.is_null() => self.person = None,
            "identity_person" => self.person = Some(value.as_str()?.to_owned()),
            "identity_redirect_uris" if value.is_null() => self.redirect_uris = None,
            "identity_redirect_uris" => {
                let uris = value.as_array()?.iter().map(|uri| uri.as_str().map(str::to_owned));
                self.redirect_uris = Some(uris.collect::<Option<_>>()?);
            }
            "identity_code_ttl_ms" => self.code_ttl_ms = value.as_u64()?,
            "identity_clock_ms" => self.clock_ms = value.as_i64()?,
            "identity_auth_time_age_s" if value.is_null() => self.auth_time_age_s = None,
            "identity_auth_time_age_s" => self.auth_time_age_s = Some(value.as_u64()?),
            "identity_keys_max_age_s" => self.keys_max_age_s = value.as_u64()?,
            "identity_discovery_max_age_s" => self.discovery_max_age_s = value.as_u64()?,
            _ => return None,
        }
        Some(())
    }

    /// Adds each setting to a list.
    pub fn list_into(&self, list: &mut Value) {
        list["identity_person"] = json!(self.person);
        list["identity_redirect_uris"] = json!(self.redirect_uris);
        list["identity_code_ttl_ms"] = json!(self.code_ttl_ms);
        list["identity_clock_ms"] = json!(self.clock_ms);
        list["identity_auth_time_age_s"] = json!(self.auth_time_age_s);
        list["identity_keys_max_age_s"] = json!(self.keys_max_age_s);
        list["identity_discovery_max_age_s"] = json!(self.discovery_max_age_s);
    }
}
