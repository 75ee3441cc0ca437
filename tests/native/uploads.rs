//! The ledger of uploads against a plain model of it.

use anytryon::domain::rules::Rules;
use anytryon::domain::time::{DAY_MS, MINUTE_MS, Millis};
use anytryon::domain::uploads::{
    Kept, PIECE_BYTES, PIECES_BYTES_MAX, STORING_MS_MAX, TEXTS_MAX, Ticket, UPLOADS_BYTES_MAX,
    UPLOADS_MAX, Uploads,
};
use anytryon::web::multipart::FILES_BYTES_MAX;

use crate::random::Random;

const MB: u64 = 1024 * 1024;
const FOR_MS: i64 = 6 * MINUTE_MS;

fn cost(bytes: u64) -> u64 {
    bytes + PIECES_BYTES_MAX.min(3 * bytes)
}

/// What the ledger should hold.
struct Model {
    ticket: Ticket,
    kept: Kept,
    ends: i64,
}

fn photos(model: &[Model]) -> (usize, u64) {
    let bytes = model.iter().filter_map(|one| match one.kept {
        Kept::Photos(bytes) => Some(cost(bytes)),
        Kept::Texts => None,
    });
    bytes.fold((0, 0), |(count, sum), bytes| (count + 1, sum + bytes))
}

fn some_bytes(random: &mut Random) -> u64 {
    match random.below(4) {
        0 => random.below(PIECE_BYTES * 2),
        1 => random.below(FILES_BYTES_MAX + 1),
        2 => FILES_BYTES_MAX,
        _ => random.below(4 * MB),
    }
}

/// One random step; whether it was refused for want of room.
fn step(random: &mut Random, ledger: &mut Uploads, model: &mut Vec<Model>, now: i64) -> bool {
    model.retain(|one| now < one.ends);
    let (count, sum) = photos(model);
    let at = Millis(now);
    match random.below(8) {
        0..=3 => {
            let bytes = some_bytes(random);
            let kept = Kept::Photos(bytes);
            let fits = count < UPLOADS_MAX && sum + cost(bytes) <= UPLOADS_BYTES_MAX;
            let ticket = ledger.reserve(kept, FOR_MS, at);
            assert_eq!(ticket.is_some(), fits, "at {now}: {sum} and {bytes}");
            model.extend(ticket.map(|ticket| Model { ticket, kept, ends: now + FOR_MS }));
            !fits
        }
        4 => {
            let texts = model.iter().filter(|one| one.kept == Kept::Texts).count();
            let ticket = ledger.reserve(Kept::Texts, FOR_MS, at);
            assert_eq!(ticket.is_some(), texts < TEXTS_MAX);
            let kept = Kept::Texts;
            model.extend(ticket.map(|ticket| Model { ticket, kept, ends: now + FOR_MS }));
            false
        }
        5 | 6 if !model.is_empty() => {
            let one = usize::try_from(random.below(model.len() as u64)).unwrap();
            let bytes = some_bytes(random);
            let fits = match model[one].kept {
                Kept::Photos(had) => {
                    bytes <= had || sum - cost(had) + cost(bytes) <= UPLOADS_BYTES_MAX
                }
                Kept::Texts => false,
            };
            assert_eq!(ledger.grow(model[one].ticket, bytes, at), fits, "at {now}");
            if let Kept::Photos(had) = model[one].kept
                && fits
            {
                model[one].kept = Kept::Photos(had.max(bytes));
            }
            false
        }
        _ if !model.is_empty() => {
            let one = usize::try_from(random.below(model.len() as u64)).unwrap();
            let Model { ticket, .. } = model.swap_remove(one);
            assert!(ledger.release(ticket), "it counted");
            assert!(!ledger.release(ticket), "and counts no more");
            assert!(!ledger.grow(ticket, 1, at));
            false
        }
        _ => false,
    }
}

#[test]
fn live_uploads_never_hold_more_than_the_limit_and_what_is_over_is_free() {
    let mut random = Random::new(11);
    let (mut refused, mut fullest) = (0, 0);
    for _ in 0..400 {
        let (mut ledger, mut model) = (Uploads::default(), Vec::new());
        let mut now = random.between(0, DAY_MS);
        for _ in 0..300 {
            now += match random.below(30) {
                0 => random.between(0, 2 * FOR_MS),
                _ => random.between(0, FOR_MS / 40),
            };
            refused += u32::from(step(&mut random, &mut ledger, &mut model, now));
            let (_, sum) = photos(&model);
            let texts = model.iter().filter(|one| one.kept == Kept::Texts).count() as u64;
            assert!(sum <= UPLOADS_BYTES_MAX && texts <= TEXTS_MAX as u64);
            assert_eq!(ledger.bytes(Millis(now)), sum + texts * PIECES_BYTES_MAX, "at {now}");
            fullest = fullest.max(sum);
        }
    }
    assert!(refused > 1_000, "{refused} refusals: the limit was met");
    assert!(fullest > UPLOADS_BYTES_MAX - MB, "and nearly filled: {fullest}");
}

#[test]
fn the_largest_upload_fits_an_idle_instance_and_a_second_beside_it_does_not() {
    let mut ledger = Uploads::default();
    let first = ledger.reserve(Kept::Photos(FILES_BYTES_MAX), FOR_MS, Millis(0)).unwrap();
    assert_eq!(ledger.reserve(Kept::Photos(FILES_BYTES_MAX), FOR_MS, Millis(0)), None);
    assert!(ledger.release(first));
    assert!(ledger.reserve(Kept::Photos(FILES_BYTES_MAX), FOR_MS, Millis(0)).is_some());
}

#[test]
fn an_upload_that_nobody_ends_counts_until_its_time_is_over() {
    let mut ledger = Uploads::default();
    let whole = Kept::Photos(FILES_BYTES_MAX);
    let lost = ledger.reserve(whole, FOR_MS, Millis(0)).unwrap();
    assert_eq!(ledger.reserve(whole, FOR_MS, Millis(FOR_MS - 1)), None);
    let next = ledger.reserve(whole, FOR_MS, Millis(FOR_MS)).unwrap();
    assert_ne!(lost, next);
    assert!(!ledger.release(lost), "a late end takes nothing from whoever came after");
    assert!(!ledger.grow(lost, 1, Millis(FOR_MS)));
    assert_eq!(ledger.bytes(Millis(FOR_MS)), cost(FILES_BYTES_MAX));
}

#[test]
fn a_clock_that_steps_back_lets_an_upload_count_once_more_and_no_longer() {
    for back in [1, MINUTE_MS, DAY_MS] {
        let mut ledger = Uploads::default();
        let whole = Kept::Photos(FILES_BYTES_MAX);
        ledger.reserve(whole, FOR_MS, Millis(0)).unwrap();
        assert_eq!(ledger.reserve(whole, FOR_MS, Millis(-back)), None);
        assert_eq!(ledger.reserve(whole, FOR_MS, Millis(FOR_MS - back - 1)), None);
        assert!(ledger.reserve(whole, FOR_MS, Millis(FOR_MS - back)).is_some());
    }
}

#[test]
fn small_uploads_and_forms_that_keep_texts_are_bounded_in_number() {
    let mut ledger = Uploads::default();
    let mut taken =
        |kept| (0..1_000).filter(|_| ledger.reserve(kept, FOR_MS, Millis(0)).is_some()).count();
    assert_eq!(taken(Kept::Texts), TEXTS_MAX);
    assert_eq!(taken(Kept::Photos(1_000)), UPLOADS_MAX);
    let mut ledger = Uploads::default();
    let texts = ledger.reserve(Kept::Texts, FOR_MS, Millis(0)).unwrap();
    assert!(!ledger.grow(texts, 1, Millis(0)), "no photo is kept for it");
}

/// The arithmetic of the limit: twice the uploads (in memory that never shrinks, and outside) and
/// one photo that is joined leave a sixth of the instance to everything else.
#[test]
fn the_limit_leaves_room_for_everything_else() {
    let instance = 128 * MB;
    let photo = 10 * MB;
    assert!(instance - 2 * UPLOADS_BYTES_MAX - photo >= 22 * MB);
    assert!(cost(FILES_BYTES_MAX) <= UPLOADS_BYTES_MAX);
    // 24 MB at 0.7 Mbit/s.
    let slowest_ms = FILES_BYTES_MAX * 8 / 700;
    let rules = Rules::default();
    assert!(rules.upload_timeout_ms + STORING_MS_MAX > i64::try_from(slowest_ms).unwrap());
}
