//! Placing an order: check, strip, count, store the inputs, then one batch.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::domain::crc32::crc32;
use crate::domain::fingerprint::fingerprint;
use crate::domain::hex::hex;
use crate::domain::id::{CallbackToken, FileId, OrderId};
use crate::domain::image::{self, Clean, ImageFacts, Metadata};
use crate::domain::limits::{JointVerdict, Policy, Verdict};
use crate::domain::network::PrefixKey;
use crate::domain::options::Options;
use crate::domain::order::{FileKey, Image, Order, Role, State, gone, in_trash, readable_by};
use crate::domain::prompt::PROMPT_VERSION;
use crate::domain::refusal::{Code, Refusal};
use crate::domain::time::Millis;
use crate::ports::{
    Admission, AdmissionAsk, DatabaseError, Level, LimiterKey, LogLine, Nudge, Statement, World,
};
use crate::provider::models;
use crate::store::orders::{self, Idempotency};
use crate::store::trial::{self, Counted};

use super::Failure;
use super::advance::find;
use super::trial::standing_of;
use super::visitor::{Visitor, counted_on, limit_of, trial_exhausted, whole_seconds};

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

/// Places the order, or returns the one that the same request made before.
pub async fn place<W: World>(world: &W, visitor: &Visitor, draft: Draft) -> Result<Order, Failure> {
    let cleaned = check(world, &draft.options, draft.consent, draft.uploads)?;
    let (inputs, file) = hold(world, cleaned).await?;
    let who = visitor.counted();
    // What the browser removed is no part of the fingerprint: it changes nothing about the picture,
    // and a page that is loaded anew no longer knows it when it repeats the request.
    let idempotency = visitor.idempotency.as_ref().map(|key| Idempotency {
        key: hex(&Sha256::digest(format!("{}\0{}", who.visitor, key.as_str()))),
        fingerprint: request_fingerprint(&draft.options, &inputs),
    });
    if let Some(order) = look_before(world, &who, idempotency.as_ref()).await? {
        return Ok(order);
    }
    let ask = AdmissionAsk {
        today: limiter_key(visitor.network.today),
        yesterday: limiter_key(visitor.network.yesterday),
        idempotency: idempotency.as_ref().map(|one| one.key.clone()),
    };
    admit(world, &ask).await?;
    // One moment: the files lie under the hour that the order's id says.
    let now = world.now();
    let key = FileKey::new(now, FileId::from_bytes(world.random()));
    let order = new_order(world, now, visitor, draft.options, (key, inputs), draft.removed);
    match store(world, &order, key, file, idempotency.as_ref()).await {
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

/// What is known of an input as it will be stored: without its metadata.
struct Input {
    role: Role,
    facts: ImageFacts,
    removed: BTreeSet<Metadata>,
    length: usize,
    sha256: [u8; 32],
    crc32: u32,
}

/// Everything that can be refused without asking anybody.
fn check<W: World>(
    world: &W,
    options: &Options,
    consent: bool,
    uploads: Vec<Upload>,
) -> Result<Vec<(Role, Clean)>, Failure> {
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
        cleaned.push((role, image::sanitize(bytes, field_of(role), &limits)?));
    }
    Ok(cleaned)
}

/// Makes one file of the inputs, one after the other.
async fn hold<W: World>(
    world: &W,
    cleaned: Vec<(Role, Clean)>,
) -> Result<(Vec<Input>, W::File), Failure> {
    let (cleaned, parts): (Vec<_>, Vec<_>) = cleaned
        .into_iter()
        .map(|(role, Clean { bytes, facts, removed })| {
            ((role, facts, removed, bytes.len(), crc32(&bytes)), bytes)
        })
        .unzip();
    let (file, digests) = world.hold_file(parts).await?;
    let inputs = cleaned.into_iter().zip(digests);
    let inputs = inputs.map(|((role, facts, removed, length, crc32), sha256)| Input {
        role,
        facts,
        removed,
        length,
        sha256,
        crc32,
    });
    Ok((inputs.collect(), file))
}

const fn field_of(role: Role) -> &'static str {
    match role {
        Role::Person => "person_image",
        Role::Garment | Role::Output => "garment_images",
    }
}

fn request_fingerprint(options: &Options, inputs: &[Input]) -> String {
    let files: Vec<_> = inputs.iter().map(|one| (one.role, one.sha256)).collect();
    hex(&fingerprint(options, true, &files))
}

/// One trip before anything is counted or stored: the same request's order, and the trial. The
/// batch that places the order decides; this spares a refused visitor's upload.
async fn look_before<W: World>(
    world: &W,
    who: &Counted,
    idempotency: Option<&Idempotency>,
) -> Result<Option<Order>, Failure> {
    let rules = &world.config().rules;
    let now = world.now();
    let mut batch = vec![trial::list(who, now, rules.trial_window_ms)];
    batch.extend(idempotency.map(|one| orders::find_by_idempotency(&who.visitor, &one.key)));
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
        return found_before(order, who, now);
    }
    let limit = limit_of(who, rules);
    let trial = standing_of(rows.first().map(Vec::as_slice).unwrap_or_default(), limit, rules)?;
    if trial.used < trial.limit {
        return Ok(None);
    }
    let wait_ms = trial.resets_at.map_or(rules.trial_window_ms, |at| at.since(now));
    Err(trial_exhausted(who, wait_ms).into())
}

/// The order of a repeated request, as long as whoever repeats it may read it.
fn found_before(order: Order, who: &Counted, now: Millis) -> Result<Option<Order>, Failure> {
    if order.is_expired(now) {
        return Err(gone().into());
    }
    readable_by(&order, who.account)?;
    if order.trashed_at.is_some() { Err(in_trash().into()) } else { Ok(Some(order)) }
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

fn new_order<W: World>(
    world: &W,
    now: Millis,
    visitor: &Visitor,
    options: Options,
    (key, inputs): (FileKey, Vec<Input>),
    mut removed: Vec<Metadata>,
) -> Order {
    let mut images = Vec::with_capacity(inputs.len());
    let mut offset: u32 = 0;
    for one in inputs {
        let (width, height) = one.facts.displayed();
        let bytes = u32::try_from(one.length).unwrap_or(u32::MAX);
        images.push(Image {
            role: one.role,
            key,
            offset,
            format: one.facts.format,
            width,
            height,
            bytes,
            sha256: hex(&one.sha256),
            crc32: one.crc32,
        });
        offset = offset.saturating_add(bytes);
        removed.extend(one.removed);
    }
    removed.sort_unstable();
    removed.dedup();
    Order {
        id: OrderId::new(&world.config().link_keys, now, world.random()),
        version: 1,
        state: State::Placed,
        visitor: Some(visitor.counted().visitor),
        account: visitor.account.map(|owner| owner.id),
        counted: visitor.account.is_none_or(|owner| owner.counted),
        trashed_at: None,
        preview: None,
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
        expires_at: visitor.account.is_none().then(|| now.plus(world.config().rules.retention_ms)),
        wake_at: Some(now),
    }
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

/// Puts the inputs, counts the order against the global cap, commits. A failure leaves no file,
/// unless nobody can tell whether the order was committed.
async fn store<W: World>(
    world: &W,
    order: &Order,
    key: FileKey,
    file: W::File,
    idempotency: Option<&Idempotency>,
) -> Result<Order, Unplaced> {
    let key = key.to_string();
    let stored = async {
        world.put_file(&key, file).await?;
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
        commit(world, order, &key, idempotency).await
    };
    match stored.await {
        Ok(placed) if placed.id == order.id => Ok(placed),
        Ok(other) => {
            drop_file(world, key).await;
            Ok(other)
        }
        // An order without its inputs would be worse than a file without an order, which the hourly
        // listing finds.
        Err(perhaps @ Unplaced::Perhaps(_)) => Err(perhaps),
        Err(surely @ Unplaced::Surely(_)) => {
            drop_file(world, key).await;
            Err(surely)
        }
    }
}

async fn drop_file<W: World>(world: &W, key: String) {
    if let Err(error) = world.delete_files(vec![key]).await {
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
    key: &str,
    idempotency: Option<&Idempotency>,
) -> Result<Order, Unplaced> {
    let (mut unknown, mut reason) = (false, String::new());
    for _ in 0..COMMIT_TRIES {
        // A blind second insert could bring back an order that was placed and deleted meanwhile.
        if unknown {
            match placed_before(world, order, key).await {
                Ok(Some(placed)) => return Ok(placed),
                Ok(None) => {}
                Err(_) => {
                    world.sleep(COMMIT_PAUSE_MS).await;
                    continue;
                }
            }
        }
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
    match placed_before(world, order, key).await {
        Ok(Some(placed)) => Ok(placed),
        Ok(None) => Err(Unplaced::Surely(failure)),
        Err(_) => Err(Unplaced::Perhaps(failure)),
    }
}

/// The order, when a commit whose answer was lost has placed it. A closed one has left no row, but
/// its inputs went before it.
async fn placed_before<W: World>(
    world: &W,
    order: &Order,
    key: &str,
) -> Result<Option<Order>, Failure> {
    if let Some(placed) = find(world, order.id).await? {
        return Ok(Some(placed));
    }
    let is_closed = !world.has_file(key).await?;
    Ok(is_closed.then(|| order.clone()))
}

fn placing<W: World>(
    world: &W,
    order: &Order,
    idempotency: Option<&Idempotency>,
) -> Vec<Statement> {
    let rules = &world.config().rules;
    let mut batch = vec![];
    if let Some(who) = counted_on(order) {
        let (limit, window_ms) = (limit_of(&who, rules), rules.trial_window_ms);
        batch.push(trial::require(&who, order.created_at, limit, window_ms));
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
    let Some(who) = counted_on(order) else { return Ok(None) };
    look_before(world, &who, idempotency).await
}
