//! Placing an order: check, strip, count, store the inputs, then one batch.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::domain::crc32::crc32;
use crate::domain::fingerprint::{IdempotencyKey, fingerprint};
use crate::domain::hex::hex;
use crate::domain::id::{AnonSid, CallbackToken, FileId, OrderId};
use crate::domain::image::{self, Clean, ImageFacts, Metadata};
use crate::domain::limits::{JointVerdict, Policy, Verdict};
use crate::domain::network::{self, PrefixKey};
use crate::domain::options::Options;
use crate::domain::order::{FileKey, Image, Order, Role, State, gone};
use crate::domain::prompt::PROMPT_VERSION;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::SECOND_MS;
use crate::ports::{
    Admission, AdmissionAsk, DatabaseError, Level, LimiterKey, LogLine, Nudge, Statement, World,
};
use crate::provider::models;
use crate::store::orders::{self, Idempotency};
use crate::store::trial;

use super::Failure;
use super::advance::find;
use super::trial::standing_of;

/// Fewest and most garment images of one order.
pub const GARMENTS: std::ops::RangeInclusive<usize> = 1..=4;

/// One uploaded file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Person or garment.
    pub role: Role,
    /// The bytes as sent.
    pub bytes: Vec<u8>,
}

/// A parsed order request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The choices.
    pub options: Options,
    /// Whether the consent box was ticked.
    pub consent: bool,
    /// The files, person first.
    pub uploads: Vec<Upload>,
    /// What the browser says that it removed from them before.
    pub removed: Vec<Metadata>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The cookie's value, also when this answer sets it.
    pub sid: AnonSid,
    /// The Idempotency-Key; `None` also when the visitor came without a cookie, because then
    /// nobody could tell whose key it is.
    pub idempotency: Option<IdempotencyKey>,
    /// Pseudonyms of the visitor's network.
    pub network: network::Keys,
}

/// Who the visitor is to the database: a hash, so that the table holds no cookie.
pub fn visitor_hash(sid: AnonSid) -> String {
    hex(&Sha256::digest([b"visitor\0".as_slice(), sid.bytes()].concat()))
}

/// Places the order, or returns the one that the same request made before.
pub async fn place<W: World>(world: &W, visitor: &Visitor, draft: Draft) -> Result<Order, Failure> {
    let cleaned = check(world, &draft.options, draft.consent, draft.uploads).await?;
    let hash = visitor_hash(visitor.sid);
    // What the browser removed is no part of the fingerprint: it changes nothing about the picture,
    // and a page that is loaded anew no longer knows it when it repeats the request.
    let idempotency = visitor.idempotency.as_ref().map(|key| Idempotency {
        key: hex(&Sha256::digest(format!("{hash}\0{}", key.as_str()))),
        fingerprint: request_fingerprint(&draft.options, &cleaned),
    });
    if let Some(order) = look_before(world, &hash, idempotency.as_ref()).await? {
        return Ok(order);
    }
    let ask = AdmissionAsk {
        today: limiter_key(visitor.network.today),
        yesterday: limiter_key(visitor.network.yesterday),
        idempotency: idempotency.as_ref().map(|one| one.key.clone()),
    };
    admit(world, &ask).await?;
    let (order, files) = new_order(world, hash, draft.options, cleaned, draft.removed);
    match store(world, &order, files, idempotency.as_ref()).await {
        Ok(placed) if placed.id == order.id => Ok(placed),
        // The same request was quicker on another way; this one placed nothing.
        Ok(other) => {
            give_back(world, ask).await;
            Ok(other)
        }
        // It may be accepted and so counts. Asking again with the same key finds it, if it is.
        Err(Unplaced::Perhaps(failure)) => Err(failure),
        Err(Unplaced::Surely(failure)) => {
            give_back(world, ask).await;
            Err(failure)
        }
    }
}

fn limiter_key(key: PrefixKey) -> LimiterKey {
    LimiterKey { limiter: key.limiter(), key: key.to_string() }
}

/// Only accepted orders count, and the Idempotency-Key must be free for the next try.
async fn give_back<W: World>(world: &W, ask: AdmissionAsk) {
    if let Err(error) = world.give_back(ask).await {
        let line = LogLine::new(Level::Warning, "give_back_lost");
        world.log(&line.with("error", Failure::from(error).log_text()));
    }
}

/// One input without its metadata, as it will be stored.
struct Cleaned<F> {
    role: Role,
    facts: ImageFacts,
    removed: BTreeSet<Metadata>,
    length: usize,
    sha256: [u8; 32],
    crc32: u32,
    file: F,
}

/// Everything that can be refused without asking anybody.
async fn check<W: World>(
    world: &W,
    options: &Options,
    consent: bool,
    uploads: Vec<Upload>,
) -> Result<Vec<Cleaned<W::File>>, Failure> {
    if !consent {
        return Err(Refusal::field(
            Code::ConsentRequired,
            "consent",
            "Tick the box: you need the right to use every photo, and to be 16 or older.",
        )
        .into());
    }
    let garments = uploads.iter().filter(|upload| upload.role == Role::Garment).count();
    let model = models::find(&world.config().provider_model)
        .ok_or_else(|| Failure::Broken("PROVIDER_MODEL names no known model".to_owned()))?;
    model.check(options, garments)?;
    let mut cleaned = Vec::with_capacity(uploads.len());
    for Upload { role, bytes } in uploads {
        let limits = image::Limits::UPLOAD;
        let Clean { bytes, facts, removed } = image::sanitize(bytes, field_of(role), &limits)?;
        let (length, crc32) = (bytes.len(), crc32(&bytes));
        let (file, sha256) = world.hold_file(bytes).await?;
        cleaned.push(Cleaned { role, facts, removed, length, sha256, crc32, file });
    }
    Ok(cleaned)
}

const fn field_of(role: Role) -> &'static str {
    match role {
        Role::Person => "person_image",
        Role::Garment | Role::Output => "garment_images",
    }
}

fn request_fingerprint<F>(options: &Options, cleaned: &[Cleaned<F>]) -> String {
    let files: Vec<_> = cleaned.iter().map(|one| (one.role, one.sha256)).collect();
    hex(&fingerprint(options, true, &files))
}

/// One trip before anything is counted or stored: the same request's order, and the trial. The
/// batch that places the order decides; this spares a refused visitor's upload.
async fn look_before<W: World>(
    world: &W,
    visitor: &str,
    idempotency: Option<&Idempotency>,
) -> Result<Option<Order>, Failure> {
    let rules = &world.config().rules;
    let now = world.now();
    let mut batch = vec![trial::list(visitor, now, rules.trial_window_ms)];
    batch.extend(idempotency.map(|one| orders::find_by_idempotency(visitor, &one.key)));
    let rows = world.database(batch).await?;
    if let (Some(row), Some(idempotency)) = (rows.get(1).and_then(|rows| rows.first()), idempotency)
    {
        if orders::fingerprint(row)? != Some(idempotency.fingerprint.as_str()) {
            return Err(Refusal::new(
                Code::IdempotencyMismatch,
                "This Idempotency-Key was used for an order with other content. Use a new key.",
            )
            .into());
        }
        let order = orders::order(row)?;
        return if order.is_expired(now) { Err(gone().into()) } else { Ok(Some(order)) };
    }
    let trial = standing_of(rows.first().map(Vec::as_slice).unwrap_or_default(), rules)?;
    if trial.used < trial.limit {
        return Ok(None);
    }
    let wait_ms = trial.resets_at.map_or(rules.trial_window_ms, |at| at.since(now));
    Err(trial_exhausted(wait_ms).into())
}

fn trial_exhausted(wait_ms: i64) -> Refusal {
    let detail = "You have no free tries left. The next one is free later.";
    Refusal::new(Code::TrialExhausted, detail).retry_after(whole_seconds(wait_ms))
}

async fn admit<W: World>(world: &W, ask: &AdmissionAsk) -> Result<(), Failure> {
    match world.admit(ask.clone()).await? {
        Admission::Admitted => Ok(()),
        Admission::Running => Err(Refusal::new(
            Code::IdempotencyRunning,
            "The first request with this Idempotency-Key is still running. Ask again shortly.",
        )
        .retry_after(1)
        .into()),
        Admission::Refused(verdict) => Err(limited(
            &verdict,
            &world.config().rules.prefix_policies(),
            "Too many orders came from your network. Please wait a little.",
        )),
    }
}

fn limited(verdict: &JointVerdict, policies: &[Policy], detail: &'static str) -> Failure {
    let wait_ms = match verdict.verdict {
        Verdict::Refused { retry_after_ms } => retry_after_ms,
        Verdict::Admitted { .. } => 0,
    };
    let refusal = Refusal::new(Code::RateLimited, detail).retry_after(whole_seconds(wait_ms));
    let standings = policies.iter().copied().zip(verdict.standings.iter().copied()).collect();
    Failure::Limited(refusal, standings)
}

fn whole_seconds(ms: i64) -> u32 {
    let seconds = (ms.max(0) + SECOND_MS - 1) / SECOND_MS;
    u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
}

/// One file on its way to R2.
struct NewFile<F> {
    key: FileKey,
    file: F,
    content_type: &'static str,
}

fn new_order<W: World>(
    world: &W,
    visitor: String,
    options: Options,
    cleaned: Vec<Cleaned<W::File>>,
    mut removed: Vec<Metadata>,
) -> (Order, Vec<NewFile<W::File>>) {
    let now = world.now();
    let mut images = Vec::with_capacity(cleaned.len());
    let mut files = Vec::with_capacity(cleaned.len());
    for one in cleaned {
        let key = FileKey::new(now, FileId::from_bytes(world.random()));
        let (width, height) = one.facts.displayed();
        images.push(Image {
            role: one.role,
            key,
            format: one.facts.format,
            width,
            height,
            bytes: u32::try_from(one.length).unwrap_or(u32::MAX),
            sha256: hex(&one.sha256),
            crc32: one.crc32,
        });
        removed.extend(one.removed);
        let content_type = one.facts.format.content_type();
        files.push(NewFile { key, file: one.file, content_type });
    }
    removed.sort_unstable();
    removed.dedup();
    let order = Order {
        id: OrderId::new(&world.config().link_keys, now, world.random()),
        version: 1,
        state: State::Placed,
        visitor: Some(visitor),
        options,
        prompt_version: PROMPT_VERSION,
        model: world.config().provider_model.clone(),
        images,
        metadata_removed: removed,
        result_key: FileKey::new(now, FileId::from_bytes(world.random())),
        callback_token: CallbackToken::from_bytes(world.random()),
        tasks: 0,
        task_id: None,
        credits_milli: None,
        parked: false,
        error: None,
        problems: None,
        given_back: false,
        created_at: now,
        submitted_at: None,
        completed_at: None,
        expires_at: Some(now.plus(world.config().rules.retention_ms)),
        wake_at: Some(now),
    };
    (order, files)
}

/// Why an order was not placed, as far as anybody can tell.
enum Unplaced {
    /// It is not in the database.
    Surely(Failure),
    /// The database gave no answer to a commit: it may be there.
    Perhaps(Failure),
}

impl<F: Into<Failure>> From<F> for Unplaced {
    fn from(failure: F) -> Self {
        Self::Surely(failure.into())
    }
}

/// Puts the files, counts the order against the global cap, commits. A failure leaves no files,
/// unless nobody can tell whether the order was committed.
async fn store<W: World>(
    world: &W,
    order: &Order,
    files: Vec<NewFile<W::File>>,
    idempotency: Option<&Idempotency>,
) -> Result<Order, Unplaced> {
    let keys: Vec<String> = files.iter().map(|file| file.key.to_string()).collect();
    let stored = async {
        for NewFile { key, file, content_type } in files {
            world.put_file(&key.to_string(), file, content_type).await?;
        }
        // The Dispatcher counts the order and begins to look for it, in one call.
        match world.nudge(Nudge::Placing { order: order.id }).await? {
            Admission::Admitted | Admission::Running => {}
            Admission::Refused(verdict) => {
                return Err(limited(
                    &verdict,
                    &world.config().rules.global_policies(),
                    "Very many orders are being placed at the moment. Please try again shortly.",
                )
                .into());
            }
        }
        commit(world, order, idempotency).await
    };
    match stored.await {
        Ok(placed) if placed.id == order.id => Ok(placed),
        Ok(other) => {
            drop_files(world, keys).await;
            Ok(other)
        }
        // An order without its files would be worse than files without an order, which the hourly
        // listing finds.
        Err(perhaps @ Unplaced::Perhaps(_)) => Err(perhaps),
        Err(surely @ Unplaced::Surely(_)) => {
            drop_files(world, keys).await;
            Err(surely)
        }
    }
}

async fn drop_files<W: World>(world: &W, keys: Vec<String>) {
    if let Err(error) = world.delete_files(keys).await {
        let line = LogLine::new(Level::Warning, "files_left");
        world.log(&line.with("error", Failure::from(error).log_text()));
    }
}

/// Tries to commit one order. The id is chosen before, so a repeated insert cannot make a second.
const COMMIT_TRIES: usize = 3;
/// Pause before the next try: a database that is overloaded must not be pressed.
const COMMIT_PAUSE_MS: i64 = 100;

async fn commit<W: World>(
    world: &W,
    order: &Order,
    idempotency: Option<&Idempotency>,
) -> Result<Order, Unplaced> {
    let (mut unknown, mut reason) = (false, String::new());
    for _ in 0..COMMIT_TRIES {
        let failure = match world.database(placing(world, order, idempotency)).await {
            Ok(_) => return Ok(order.clone()),
            Err(DatabaseError::Constraint(text)) => {
                match after_constraint(world, order, idempotency).await {
                    Ok(Some(order)) => return Ok(order),
                    // What stood in the way is gone: a try was given back meanwhile.
                    Ok(None) => {
                        (unknown, reason) = (false, text);
                        continue;
                    }
                    Err(failure) => failure,
                }
            }
            Err(DatabaseError::Transient(text)) => {
                (unknown, reason) = (true, text);
                world.sleep(COMMIT_PAUSE_MS).await;
                continue;
            }
            Err(error @ DatabaseError::Broken(_)) => error.into(),
        };
        // The constraint may be our own earlier commit, as long as reading back has not said no.
        return Err(match failure {
            Failure::Unavailable(_) | Failure::Broken(_) if unknown => Unplaced::Perhaps(failure),
            Failure::Unavailable(_)
            | Failure::Broken(_)
            | Failure::Refused(_)
            | Failure::Limited(..) => Unplaced::Surely(failure),
        });
    }
    if !unknown {
        return Err(Unplaced::Surely(Failure::Broken(format!("placing: {reason}"))));
    }
    let failure = Failure::Unavailable(format!("commit unknown: {reason}"));
    // One look settles what the lost answers left open.
    match find(world, order.id).await {
        Ok(Some(committed)) => Ok(committed),
        Ok(None) => Err(Unplaced::Surely(failure)),
        Err(_) => Err(Unplaced::Perhaps(failure)),
    }
}

fn placing<W: World>(
    world: &W,
    order: &Order,
    idempotency: Option<&Idempotency>,
) -> Vec<Statement> {
    let rules = &world.config().rules;
    let mut batch = vec![];
    if let Some(visitor) = &order.visitor {
        let (limit, window_ms) = (rules.trial_orders, rules.trial_window_ms);
        batch.push(trial::require(visitor, order.created_at, limit, window_ms));
    }
    batch.push(orders::insert(order, idempotency));
    batch
}

/// A constraint stopped the batch: our own earlier commit whose answer was lost, the same request
/// in parallel, or the trial. `None` when it would not stop it again.
async fn after_constraint<W: World>(
    world: &W,
    order: &Order,
    idempotency: Option<&Idempotency>,
) -> Result<Option<Order>, Failure> {
    if let Some(committed) = find(world, order.id).await? {
        return Ok(Some(committed));
    }
    let visitor = order.visitor.as_deref().unwrap_or_default();
    look_before(world, visitor, idempotency).await
}
