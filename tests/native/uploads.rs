//! The ledger of uploads against a plain model of it.

use anytryon::domain::rules::Rules;
use anytryon::domain::time::{DAY_MS, MINUTE_MS, Millis};
use anytryon::domain::uploads::{
    Kept, PACE_BYTES, PIECE_BYTES, PIECE_MS_MAX, PIECES_BYTES_MAX, STORING_MS_MAX, TEXTS_MAX,
    Ticket, UPLOADS_BYTES_MAX, UPLOADS_MAX, Uploads,
};
use anytryon::web::headers::FENCE_WRITES;
use anytryon::web::multipart::FILES_BYTES_MAX;

use crate::random::Random;

const MB: u64 = 1024 * 1024;
const FOR_MS: i64 = 6 * MINUTE_MS;

/// What a whole body takes, with its pieces.
fn cost(bytes: u64) -> u64 {
    bytes + PIECES_BYTES_MAX.min(3 * bytes)
}

/// What the ledger should hold.
struct Model {
    ticket: Ticket,
    kept: Kept,
    came: u64,
    since: i64,
}

impl Model {
    fn new(ticket: Ticket, kept: Kept, since: i64) -> Self {
        Self { ticket, kept, came: 0, since }
    }

    /// What it takes when so much of it is here.
    fn taking(&self, came: u64) -> u64 {
        let Kept::Photos(announced) = self.kept else { return 0 };
        announced.min(PIECE_BYTES) + came + (2 * PIECE_BYTES).min(2 * came)
    }

    /// The room that whoever comes must leave to it.
    fn claim(&self, now: i64) -> u64 {
        let Kept::Photos(announced) = self.kept else { return 0 };
        let due = u64::try_from(now - self.since).unwrap() * PACE_BYTES / 1_000;
        let is_apace = due < self.came + PIECE_BYTES;
        self.taking(if is_apace { announced.max(self.came) } else { self.came })
    }
}

/// How many keep photos, what they take and what they claim.
fn photos(model: &[Model], now: i64) -> (usize, u64, u64) {
    let of_photos = || model.iter().filter(|one| one.kept != Kept::Texts);
    let taken = of_photos().map(|one| one.taking(one.came)).sum();
    (of_photos().count(), taken, of_photos().map(|one| one.claim(now)).sum())
}

fn some_bytes(random: &mut Random) -> u64 {
    match random.below(4) {
        0 => random.below(PIECE_BYTES * 2),
        1 => random.below(FILES_BYTES_MAX + 1),
        2 => FILES_BYTES_MAX,
        _ => random.below(4 * MB),
    }
}

/// One random step; whether somebody who came was refused, and whether somebody in the middle was.
fn step(
    random: &mut Random,
    ledger: &mut Uploads,
    model: &mut Vec<Model>,
    now: i64,
) -> (bool, bool) {
    model.retain(|one| now - one.since < FOR_MS);
    let (count, taken, claims) = photos(model, now);
    let at = Millis(now);
    match random.below(10) {
        0..=2 => {
            let bytes = some_bytes(random);
            let kept = Kept::Photos(bytes);
            let fits = count < UPLOADS_MAX && claims + cost(bytes) <= UPLOADS_BYTES_MAX;
            let ticket = ledger.reserve(kept, FOR_MS, at);
            assert_eq!(ticket.is_some(), fits, "at {now}: {claims} and {bytes}");
            model.extend(ticket.map(|ticket| Model::new(ticket, kept, now)));
            (!fits, false)
        }
        3 => {
            let texts = model.iter().filter(|one| one.kept == Kept::Texts).count();
            let ticket = ledger.reserve(Kept::Texts, FOR_MS, at);
            assert_eq!(ticket.is_some(), texts < TEXTS_MAX);
            model.extend(ticket.map(|ticket| Model::new(ticket, Kept::Texts, now)));
            (false, false)
        }
        4..=8 if !model.is_empty() => {
            let one = usize::try_from(random.below(model.len() as u64)).unwrap();
            let one = &mut model[one];
            let came = one.came.max(some_bytes(random));
            let fits = one.kept != Kept::Texts
                && taken - one.taking(one.came) + one.taking(came) <= UPLOADS_BYTES_MAX;
            assert_eq!(ledger.grow(one.ticket, came, at), fits, "at {now}");
            if fits {
                one.came = came;
            }
            (false, !fits)
        }
        _ if !model.is_empty() => {
            let one = usize::try_from(random.below(model.len() as u64)).unwrap();
            let Model { ticket, .. } = model.swap_remove(one);
            assert!(ledger.release(ticket), "it counted");
            assert!(!ledger.release(ticket), "and counts no more");
            assert!(!ledger.grow(ticket, 1, at));
            (false, false)
        }
        _ => (false, false),
    }
}

#[test]
fn live_uploads_never_hold_more_than_the_limit_and_what_is_over_is_free() {
    let mut random = Random::new(11);
    let (mut refused, mut ended, mut fullest) = (0, 0, 0);
    for _ in 0..400 {
        let (mut ledger, mut model) = (Uploads::default(), Vec::new());
        let mut now = random.between(0, DAY_MS);
        for _ in 0..300 {
            now += match random.below(30) {
                0 => random.between(0, 2 * FOR_MS),
                1..=9 => random.between(0, FOR_MS / 40),
                _ => random.between(0, 200),
            };
            let (came, in_the_middle) = step(&mut random, &mut ledger, &mut model, now);
            refused += u32::from(came);
            ended += u32::from(in_the_middle);
            let (_, sum, _) = photos(&model, now);
            let texts = model.iter().filter(|one| one.kept == Kept::Texts).count() as u64;
            assert!(sum <= UPLOADS_BYTES_MAX && texts <= TEXTS_MAX as u64);
            assert_eq!(ledger.bytes(Millis(now)), sum + texts * PIECES_BYTES_MAX, "at {now}");
            fullest = fullest.max(sum);
        }
    }
    assert!(refused > 1_000 && ended > 1_000, "{refused} and {ended}: the limit was met");
    assert!(fullest > UPLOADS_BYTES_MAX - MB, "and nearly filled: {fullest}");
}

#[test]
fn uploads_that_come_apace_are_never_ended_for_want_of_room() {
    let mut random = Random::new(12);
    let (mut let_in, mut whole) = (0, 0);
    for _ in 0..50 {
        let mut ledger = Uploads::default();
        let mut open: Vec<(Ticket, u64, u64)> = Vec::new();
        for now in (0..120_000).step_by(250) {
            let bytes = some_bytes(&mut random);
            let ticket = ledger.reserve(Kept::Photos(bytes), FOR_MS, Millis(now));
            let_in += u32::from(ticket.is_some());
            open.extend(ticket.map(|ticket| (ticket, bytes, 0)));
            for (ticket, bytes, came) in &mut open {
                // Four times a second a quarter of the pace and more.
                let more = PACE_BYTES / 4 + random.below(PACE_BYTES);
                *came = (*came + more).min(*bytes);
                assert!(ledger.grow(*ticket, *came, Millis(now)), "{came} of {bytes} at {now}");
            }
            open.retain(|(ticket, bytes, came)| {
                let goes_on = came < bytes;
                whole += u32::from(!goes_on && ledger.release(*ticket));
                goes_on
            });
        }
    }
    assert!(let_in > 1_000 && whole > 1_000, "{let_in} were let in, {whole} came to their end");
}

#[test]
fn who_announces_and_sends_nothing_keeps_nobody_out_for_longer_than_a_second() {
    let mut ledger = Uploads::default();
    let whole = Kept::Photos(FILES_BYTES_MAX - MB);
    let silent = [0, 1].map(|_| ledger.reserve(whole, FOR_MS, Millis(0)).unwrap());
    assert_eq!(ledger.reserve(whole, FOR_MS, Millis(999)), None, "they may be on their way");
    let later = Millis(1_000);
    assert!(ledger.reserve(whole, FOR_MS, later).is_some());
    assert!(ledger.reserve(whole, FOR_MS, later).is_some());
    // What they send after all is kept while there is room for it.
    let mut came = 0;
    while ledger.grow(silent[0], came + PIECE_BYTES, later) {
        came += PIECE_BYTES;
    }
    assert!(ledger.bytes(later) <= UPLOADS_BYTES_MAX);
    assert!(ledger.bytes(later) > UPLOADS_BYTES_MAX - 2 * PIECE_BYTES);
}

#[test]
fn keeping_everybody_out_with_nothing_takes_more_requests_than_the_fence_lets_through() {
    let mut ledger = Uploads::default();
    let mut silent = [0; 3];
    for second in 0..180 {
        let (minute, at) = (second / 60, Millis(i64::try_from(second).unwrap() * 1_000));
        for bytes in [FILES_BYTES_MAX, FILES_BYTES_MAX - 2 * MB, 12 * MB, 6 * MB, 3 * MB, 2 * MB] {
            while ledger.reserve(Kept::Photos(bytes), PIECE_MS_MAX, at).is_some() {
                silent[minute] += 1;
            }
        }
    }
    assert!(silent.iter().all(|count| *count > FENCE_WRITES), "{silent:?} in each minute");
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
    assert!(ledger.grow(lost, FILES_BYTES_MAX, Millis(0)));
    assert_eq!(ledger.reserve(whole, FOR_MS, Millis(FOR_MS - 1)), None);
    let next = ledger.reserve(whole, FOR_MS, Millis(FOR_MS)).unwrap();
    assert_ne!(lost, next);
    assert!(!ledger.release(lost), "a late end takes nothing from whoever came after");
    assert!(!ledger.grow(lost, 1, Millis(FOR_MS)));
    assert!(ledger.grow(next, FILES_BYTES_MAX, Millis(FOR_MS)));
    assert_eq!(ledger.bytes(Millis(FOR_MS)), cost(FILES_BYTES_MAX));
}

#[test]
fn a_clock_that_steps_back_lets_an_upload_count_once_more_and_no_longer() {
    for back in [1, MINUTE_MS, DAY_MS] {
        let mut ledger = Uploads::default();
        let whole = Kept::Photos(FILES_BYTES_MAX);
        let lost = ledger.reserve(whole, FOR_MS, Millis(0)).unwrap();
        assert!(ledger.grow(lost, FILES_BYTES_MAX, Millis(0)));
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
