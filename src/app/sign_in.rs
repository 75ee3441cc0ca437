//! Signing in with Google: out with a secret of this browser's own, back with a code, and from the
//! code to a person, an account and a session.

use sha2::{Digest, Sha256};

use crate::domain::account::{Account, Theme};
use crate::domain::device::device;
use crate::domain::hex::hex;
use crate::domain::id::{AccountId, AnonSid, SessionId, SessionToken, TOKEN_BYTES};
use crate::domain::language::Language;
use crate::domain::letter::Letter;
use crate::domain::mail_address::MailAddress;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::return_path::ReturnPath;
use crate::domain::session::{Session, token_hash};
use crate::domain::time::{MINUTE_MS, Millis};
use crate::identity::reply::{self, ReplyFault};
use crate::identity::request;
use crate::identity::secrets::SignInSecret;
use crate::identity::token::{Expectation, Person, TokenFault, verify};
use crate::policy::announcements;
use crate::ports::{Level, LogLine, OutsideCall, Row, World};
use crate::store::accounts::{self, Arrival};
use crate::store::decode::{int, text};
use crate::store::{consents, sessions};

use super::Failure;
use super::account_portrait;
use super::claim::claim;
use super::identity_provider::{self, Known, TIMEOUT_MS};
use super::mails::{self, Recipient};

/// The path that Google leads back to.
pub const CALLBACK_PATH: &str = "/auth/google/callback";
/// Longest code that is passed on; Google's have some 80 characters.
const CODE_CHARS_MAX: usize = 1_024;

/// A sign-in that begins.
pub struct Begun {
    /// Where the browser goes.
    pub url: String,
    /// What its cookie holds.
    pub secret: SignInSecret,
}

/// What comes back from Google, with what the browser has.
pub struct Return<'a> {
    /// The query's `state`.
    pub state: &'a str,
    /// The query's `iss`, where the provider sends one (RFC 9207).
    pub issuer: Option<&'a str>,
    /// The query's `code`; `None` when the person or Google said no.
    pub code: Option<&'a str>,
    /// The cookie of the sign-in.
    pub secret: Option<SignInSecret>,
    /// The browser's User-Agent.
    pub user_agent: &'a str,
    /// The browser's language.
    pub language: Language,
    /// The anonymous visitor that the browser was until now.
    pub sid: Option<AnonSid>,
    /// The session that the browser had until now.
    pub old: Option<SessionToken>,
}

/// A sign-in that has ended well.
pub struct Finished {
    /// The session's token, for the cookie.
    pub token: SessionToken,
    /// Where the person wanted to go.
    pub return_to: ReturnPath,
    /// The account's language, for a device that has none yet.
    pub language: Language,
    /// The account's theme, for the same.
    pub theme: Theme,
}

/// Begins a sign-in. With `fresh` the person has to prove to Google once more who it is.
pub async fn begin<W: World>(
    world: &W,
    return_to: &ReturnPath,
    fresh: bool,
) -> Result<Begun, Failure> {
    let known = identity_provider::known(world).await?;
    let secret = SignInSecret::from_bytes(token_bytes(world));
    let begin =
        sessions::begin_sign_in(&state_hash(&secret), return_to.as_str(), fresh, world.now());
    world.database(vec![begin]).await?;
    let client_id = &world.config().identity.client_id;
    let url = request::authorization_url(
        &known.endpoints,
        client_id,
        &callback_url(world),
        &secret,
        fresh,
    );
    Ok(Begun { url, secret })
}

/// Ends a sign-in: a session begins, or a refusal says that it did not. Whatever happens, this
/// state is used up.
pub async fn finish<W: World>(world: &W, back: Return<'_>) -> Result<Finished, Failure> {
    let Some(secret) = back.secret.filter(|secret| secret.matches_state(back.state)) else {
        return Err(refused("no sign-in was begun in this browser, or another one meanwhile"));
    };
    let (return_to, fresh) = take(world, &secret).await?;
    if back.issuer.is_some_and(|issuer| issuer != world.config().identity.issuer) {
        return Err(refused("another provider has answered"));
    }
    let code = back.code.filter(|code| !code.is_empty() && code.len() <= CODE_CHARS_MAX);
    let code = code.ok_or_else(|| refused("Google gave no permission"))?;
    let person = identify(world, &secret, code, fresh).await?;
    let Arrived { account, is_new, portrait_source } =
        arrive(world, &person, back.language).await?;
    let picture = person.picture.as_deref();
    account_portrait::refresh(world, &account, portrait_source.as_deref(), picture).await;
    // Before the session, so that whoever is signed in has them; again with the next sign-in when
    // the database does not answer now.
    if let Some(sid) = back.sid {
        claim(world, sid, account.owner()).await?;
    }
    let told = Recipient::of(&account).filter(|_| !is_new);
    let begins = Begins { user_agent: back.user_agent, is_proof: fresh.is_some(), old: back.old };
    let token = begin_session(world, &account, begins, told).await?;
    Ok(Finished { token, return_to, language: account.language, theme: account.theme })
}

/// Takes the row of a sign-in that this browser has begun: where it leads, and since when Google
/// must have asked who it is, when that was asked for.
async fn take<W: World>(
    world: &W,
    secret: &SignInSecret,
) -> Result<(ReturnPath, Option<Millis>), Failure> {
    let (now, life_ms) = (world.now(), world.config().rules.sign_in_ms);
    let take = sessions::take_sign_in(&state_hash(secret), now, life_ms);
    let rows = world.database(vec![take]).await?;
    let Some(row) = rows.first().and_then(|rows| rows.first()) else {
        return Err(refused("it was used before, or began more than ten minutes ago"));
    };
    let return_to = ReturnPath::parse(text(row, "return_to")?).unwrap_or_default();
    let begun = Millis(int(row, "minute")?.saturating_mul(MINUTE_MS));
    let fresh = int(row, "fresh")? != 0;
    Ok((return_to, fresh.then_some(begun)))
}

/// Exchanges the code for a token and the token for a person.
async fn identify<W: World>(
    world: &W,
    secret: &SignInSecret,
    code: &str,
    fresh_after: Option<Millis>,
) -> Result<Person, Failure> {
    let known = identity_provider::known(world).await?;
    let identity = &world.config().identity;
    let form = request::token_form(
        code,
        &secret.verifier(),
        &identity.client_id,
        &identity.client_secret,
        &callback_url(world),
    );
    let call = OutsideCall {
        url: known.endpoints.token.clone(),
        content_type: Some(request::FORM_TYPE),
        body: Some(form),
        timeout_ms: TIMEOUT_MS,
        bytes_max: reply::BODY_BYTES_MAX + 1,
    };
    let answer = world.call_outside(call).await?;
    let token =
        reply::decode(answer.status, &answer.body).map_err(|fault| not_exchanged(world, fault))?;
    let expected = Expectation {
        issuer: &identity.issuer,
        client_id: &identity.client_id,
        secret,
        now: world.now(),
        fresh_after,
    };
    let fault = match verify(&token, &known.keys, &expected) {
        Ok(person) => return Ok(person),
        // The provider may have changed its keys since they were fetched.
        Err(TokenFault::UnknownKey) => match identity_provider::fetch(world).await {
            Ok(Known { keys, .. }) => match verify(&token, &keys, &expected) {
                Ok(person) => return Ok(person),
                Err(fault) => fault,
            },
            Err(_) => TokenFault::UnknownKey,
        },
        Err(fault) => fault,
    };
    let line = LogLine::new(Level::Warning, "token_refused").with("fault", fault.name());
    world.log(&line);
    Err(refused("Google's answer proves nobody"))
}

fn not_exchanged<W: World>(world: &W, fault: ReplyFault) -> Failure {
    let level = match fault {
        ReplyFault::ClientRefused => Level::Error,
        ReplyFault::CodeRefused
        | ReplyFault::Busy
        | ReplyFault::TooLong
        | ReplyFault::Unreadable => Level::Warning,
    };
    world.log(&LogLine::new(level, "code_not_exchanged").with("fault", fault.name()));
    match fault {
        ReplyFault::CodeRefused => refused("Google does not know this code"),
        ReplyFault::ClientRefused
        | ReplyFault::Busy
        | ReplyFault::TooLong
        | ReplyFault::Unreadable => {
            Failure::Unavailable(format!("identity: token {}", fault.name()))
        }
    }
}

/// Who has arrived.
struct Arrived {
    account: Account,
    /// There was no account of this person.
    is_new: bool,
    /// Hash of the address from which the portrait came.
    portrait_source: Option<String>,
}

/// The account of a person, new when there is none, with what is accepted by signing in.
async fn arrive<W: World>(
    world: &W,
    person: &Person,
    language: Language,
) -> Result<Arrived, Failure> {
    let arrival = Arrival {
        issuer: &person.issuer,
        subject: &person.subject,
        name: person.name.as_deref().unwrap_or_default(),
        email: person.email.as_ref().map(MailAddress::as_str),
    };
    let (now, id) = (world.now(), AccountId::from_bytes(world.random()));
    let version = announcements::version(now).map(|one| one.effective.iso());
    let version = version.unwrap_or_default();
    let batch = vec![
        accounts::detach_over(arrival.issuer, arrival.subject, now),
        accounts::arrive(id, &arrival, language, now),
        consents::accept(arrival.issuer, arrival.subject, &version, now),
    ];
    let rows = world.database(batch).await?;
    let row: Option<&Row> = rows.iter().flatten().next();
    let row = row.ok_or_else(|| Failure::Broken("an account was not returned".to_owned()))?;
    let account = accounts::account(row)?;
    let portrait_source = accounts::portrait_source(row)?.map(str::to_owned);
    Ok(Arrived { is_new: account.id == id, account, portrait_source })
}

/// What a session begins with.
struct Begins<'a> {
    user_agent: &'a str,
    /// The sign-in was to prove who it is, and did.
    is_proof: bool,
    /// The session that the browser had before.
    old: Option<SessionToken>,
}

/// A new session of this account; the one that the browser had before ends in the same commit, and
/// a mail that tells of it is queued.
async fn begin_session<W: World>(
    world: &W,
    account: &Account,
    begins: Begins<'_>,
    told: Option<Recipient<'_>>,
) -> Result<SessionToken, Failure> {
    let now = world.now();
    let token = SessionToken::from_bytes(token_bytes(world));
    let session = Session {
        id: SessionId::from_bytes(world.random()),
        device: device(begins.user_agent),
        signed_in_at: now,
        proved_at: begins.is_proof.then_some(now),
        used_at: now,
    };
    let mut batch: Vec<_> =
        begins.old.iter().map(|token| sessions::end(&token_hash(token))).collect();
    batch.push(sessions::insert(&token_hash(&token), account.id, &session));
    batch.push(sessions::drop_most(account.id));
    if let Some(to) = told {
        let letter = Letter::NewSignIn { device: session.device.clone(), at: now };
        batch.push(mails::queue(&to, &letter, &session.id.to_string(), now));
    }
    world.database(batch).await?;
    Ok(token)
}

fn refused(why: &'static str) -> Failure {
    let detail = format!("Signing in did not work: {why}. Please try again.");
    Refusal::new(Code::SignInFailed, detail).into()
}

fn callback_url<W: World>(world: &W) -> String {
    format!("{}{CALLBACK_PATH}", world.config().site.origin)
}

fn state_hash(secret: &SignInSecret) -> String {
    hex(&Sha256::digest(secret.state()))
}

/// The random bytes of a secret.
pub(super) fn token_bytes<W: World>(world: &W) -> [u8; TOKEN_BYTES] {
    let mut bytes = [0; TOKEN_BYTES];
    let random = world.random().into_iter().chain(world.random());
    for (to, from) in bytes.iter_mut().zip(random) {
        *to = from;
    }
    bytes
}
