//! Requests: the address that the browser is sent to, and the form that exchanges the code.

use form_urlencoded::Serializer;

use super::discovery::Endpoints;
use super::secrets::SignInSecret;

/// `Content-Type` of [`token_form`].
pub const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// Who somebody is, and the mail address, name and picture; access to nothing.
const SCOPE: &str = "openid email profile";

/// Where the browser is sent to sign in: always to choose an account. With `fresh` the provider is
/// asked with `max_age=0` to let the person prove once more who he is (`OpenID` Connect Core,
/// 3.1.2.1). Not with `prompt=login`: Google knows `none`, `consent` and `select_account` alone.
pub fn authorization_url(
    endpoints: &Endpoints,
    client_id: &str,
    redirect_uri: &str,
    secret: &SignInSecret,
    fresh: bool,
) -> String {
    let mut query = Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", client_id)
        .append_pair("redirect_uri", redirect_uri)
        .append_pair("scope", SCOPE)
        .append_pair("state", &secret.state())
        .append_pair("nonce", &secret.nonce())
        .append_pair("code_challenge", &secret.challenge())
        .append_pair("code_challenge_method", "S256");
    query.append_pair("prompt", "select_account");
    if fresh {
        query.append_pair("max_age", "0");
    }
    let address = &endpoints.authorization;
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{}", query.finish())
}

/// The body of the POST to the token endpoint, of type [`FORM_TYPE`]. `redirect_uri` is the one of
/// the authorization, character for character.
pub fn token_form(
    code: &str,
    verifier: &str,
    client_id: &str,
    client_secret: &str,
    redirect_uri: &str,
) -> String {
    Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", code)
        .append_pair("code_verifier", verifier)
        .append_pair("client_id", client_id)
        .append_pair("client_secret", client_secret)
        .append_pair("redirect_uri", redirect_uri)
        .finish()
}
