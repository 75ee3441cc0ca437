//! Signed links: nothing but the exact token opens, and only in its time and for its purpose.

use anytryon::domain::id::{FileId, OrderId};
use anytryon::domain::image::Format;
use anytryon::domain::keyring::{Key, Keyring, SECRET_BYTES_MIN};
use anytryon::domain::link::{
    Link, LinkRefusal, OWNED_TOKEN_LENGTH, PROVIDER_LIFE_MS, Purpose, TOKEN_LENGTH, VIEW_LIFE_MS,
    VIEW_STEP_MS, open, provider_expiry, sign, view_expiry,
};
use anytryon::domain::order::FileKey;
use anytryon::domain::refusal::{Code, Refusal};
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::random::Random;

const ANY: &[Purpose] = &[Purpose::View, Purpose::Provider];
const NOW: Millis = Millis(1_790_000_000_000);
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn key(seed: u64) -> Key {
    Key::new(&Random::new(seed).bytes::<SECRET_BYTES_MIN>()).unwrap()
}

fn ring(current: u64, previous: Option<u64>) -> Keyring {
    Keyring { current: key(current), previous: previous.map(key) }
}

fn some_link(random: &mut Random) -> Link {
    let order = random.pick(&[false, true]).then(|| OrderId::from_bytes(random.bytes()));
    let file = FileKey {
        hour: u32::try_from(random.below(1 << 32)).unwrap(),
        id: FileId::from_bytes(random.bytes()),
        kept: order.is_some() && random.pick(&[false, true]),
    };
    Link {
        purpose: random.pick(&[Purpose::View, Purpose::Provider]),
        order,
        format: random.pick(&[Format::Jpeg, Format::Png, Format::Webp]),
        file,
        offset: u32::from_be_bytes(random.bytes()),
        size: u32::from_be_bytes(random.bytes()),
        expires_at: Millis((NOW.seconds() + 1 + random.between(0, 100_000)) * 1_000),
    }
}

#[test]
fn a_token_says_what_was_signed() {
    let (ring, mut random) = (ring(1, None), Random::new(1));
    for _ in 0..2_000 {
        let link = some_link(&mut random);
        let token = sign(&ring, &link);
        let length = if link.order.is_some() { OWNED_TOKEN_LENGTH } else { TOKEN_LENGTH };
        assert_eq!(token.len(), length);
        assert!(token.bytes().all(|byte| ALPHABET.contains(&byte)));
        assert_eq!(open(&ring, &token, ANY, NOW), Ok(link));
    }
}

#[test]
fn every_flipped_bit_of_a_thousand_links_is_altered() {
    let mut random = Random::new(2);
    for _ in 0..1_000 {
        let ring = ring(random.next(), Some(random.next()));
        let token = sign(&ring, &some_link(&mut random));
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            let other = URL_SAFE_NO_PAD.encode(other);
            assert_eq!(open(&ring, &other, ANY, NOW), Err(LinkRefusal::Altered), "bit {bit}");
        }
    }
}

/// The row of its order says who may see what is kept.
#[test]
fn a_link_to_what_is_kept_names_its_order() {
    let (ring, mut random) = (ring(1, None), Random::new(13));
    for _ in 0..100 {
        let mut link = some_link(&mut random);
        link.file.kept = true;
        link.order = Some(OrderId::from_bytes(random.bytes()));
        assert_eq!(open(&ring, &sign(&ring, &link), ANY, NOW), Ok(link));
        link.order = None;
        assert_eq!(open(&ring, &sign(&ring, &link), ANY, NOW), Err(LinkRefusal::Altered));
    }
}

#[test]
fn every_replaced_character_is_altered() {
    let (ring, mut random) = (ring(1, Some(2)), Random::new(3));
    for _ in 0..60 {
        let token = sign(&ring, &some_link(&mut random)).into_bytes();
        for at in 0..token.len() {
            // Every ASCII character: the alphabet, its standard twin (+ and /), padding, controls.
            for byte in (0..128).filter(|byte| *byte != token[at]) {
                let mut other = token.clone();
                other[at] = byte;
                let other = String::from_utf8(other).unwrap();
                assert_eq!(open(&ring, &other, ANY, NOW), Err(LinkRefusal::Altered), "{other}");
            }
        }
    }
}

#[test]
fn every_cut_or_grown_token_is_altered() {
    let (ring, mut random) = (ring(1, None), Random::new(4));
    // Many, since the end of a token that was cut is good base64url only once in four times.
    for _ in 0..200 {
        let token = sign(&ring, &some_link(&mut random));
        for end in 0..token.len() {
            assert_eq!(open(&ring, &token[..end], ANY, NOW), Err(LinkRefusal::Altered), "{end}");
        }
        for tail in ["A", "=", "==", "AAAA", " ", "\n"] {
            let grown = format!("{token}{tail}");
            assert_eq!(open(&ring, &grown, ANY, NOW), Err(LinkRefusal::Altered));
        }
    }
    let wide = "é".repeat(TOKEN_LENGTH / 2);
    assert_eq!(open(&ring, &wide, ANY, NOW), Err(LinkRefusal::Altered));
}

#[test]
fn one_part_of_a_token_does_not_fit_another_token() {
    let (ring, mut random) = (ring(1, None), Random::new(5));
    let tokens: Vec<_> = (0..50).map(|_| sign(&ring, &some_link(&mut random))).collect();
    for a in &tokens {
        for b in tokens.iter().filter(|b| *b != a) {
            for cut in [1, 10, 34, 45, 46, 60, 67] {
                let mixed = format!("{}{}", &a[..cut], &b[cut..]);
                if mixed != *a && mixed != *b {
                    assert_eq!(open(&ring, &mixed, ANY, NOW), Err(LinkRefusal::Altered));
                }
            }
        }
    }
}

#[test]
fn a_link_is_good_for_its_purpose_only() {
    let (ring, mut random) = (ring(1, None), Random::new(6));
    let link = Link { purpose: Purpose::Provider, ..some_link(&mut random) };
    let token = sign(&ring, &link);
    assert_eq!(open(&ring, &token, &[Purpose::Provider], NOW), Ok(link));
    assert_eq!(open(&ring, &token, &[Purpose::View], NOW), Err(LinkRefusal::Altered));
    assert_eq!(open(&ring, &token, &[], NOW), Err(LinkRefusal::Altered));
    let late = link.expires_at;
    assert_eq!(open(&ring, &token, &[Purpose::View], late), Err(LinkRefusal::Altered));
}

#[test]
fn a_link_ends_at_the_moment_of_its_expiry() {
    let (ring, mut random) = (ring(1, None), Random::new(7));
    let link = some_link(&mut random);
    let token = sign(&ring, &link);
    let at = |ms| open(&ring, &token, ANY, link.expires_at.plus(ms));
    assert_eq!(at(-1), Ok(link));
    assert_eq!(at(0), Err(LinkRefusal::Expired), "48 h 0 s is too late");
    assert_eq!(at(1_000), Err(LinkRefusal::Expired));
    // Whole seconds, rounded down: never later than asked for.
    let odd = Link { expires_at: link.expires_at.plus(999), ..link };
    assert_eq!(open(&ring, &sign(&ring, &odd), ANY, NOW), Ok(link));
    for (far, read) in [(i64::MAX, ((1 << 40) - 1) * 1_000), (i64::MIN, 0)] {
        let link = Link { expires_at: Millis(far), ..link };
        let opened = open(&ring, &sign(&ring, &link), ANY, Millis(-1));
        assert_eq!(opened.map(|link| link.expires_at), Ok(Millis(read)));
    }
}

#[test]
fn two_keys_are_alive_and_a_third_is_not() {
    let mut random = Random::new(8);
    let link = some_link(&mut random);
    let tokens = [1, 2, 3].map(|seed| sign(&ring(seed, None), &link));
    let good = |ring: &Keyring| tokens.each_ref().map(|token| open(ring, token, ANY, NOW).is_ok());
    assert_eq!(good(&ring(1, None)), [true, false, false]);
    assert_eq!(good(&ring(2, Some(1))), [true, true, false]);
    assert_eq!(good(&ring(3, Some(2))), [false, true, true]);
    assert_eq!(sign(&ring(2, Some(1)), &link), tokens[1], "the current key signs");
    assert!(Key::new(&[7; SECRET_BYTES_MIN - 1]).is_none());
    assert!(!format!("{:?}", ring(1, Some(2))).contains("secret"));
}

#[test]
fn two_keys_with_one_id_are_both_tried() {
    let mut random = Random::new(9);
    let link = some_link(&mut random);
    let id = |seed| URL_SAFE_NO_PAD.decode(sign(&ring(seed, None), &link)).unwrap()[1];
    let twin = (2..5_000).find(|seed| id(*seed) == id(1)).unwrap();
    let both = ring(twin, Some(1));
    for seed in [1, twin] {
        assert!(open(&both, &sign(&ring(seed, None), &link), ANY, NOW).is_ok(), "{seed}");
    }
    assert!(open(&ring(twin, None), &sign(&ring(1, None), &link), ANY, NOW).is_err());
}

#[test]
fn views_end_at_a_step_plus_ten_minutes_and_never_after_the_order() {
    let mut random = Random::new(10);
    for _ in 0..20_000 {
        let now = Millis(random.between(-DAY_MS, NOW.0));
        let end = view_expiry(now, None);
        assert_eq!((end.0 - VIEW_LIFE_MS).rem_euclid(VIEW_STEP_MS), 0);
        let life = end.since(now);
        assert!(life > VIEW_LIFE_MS && life <= VIEW_LIFE_MS + VIEW_STEP_MS, "{life}");
        assert_eq!(provider_expiry(now, None).since(now), PROVIDER_LIFE_MS);
        let order = now.plus(random.between(-HOUR_MS, HOUR_MS));
        assert_eq!(view_expiry(now, Some(order)), end.min(order));
        assert_eq!(provider_expiry(now, Some(order)), now.plus(PROVIDER_LIFE_MS).min(order));
    }
    let step = Millis(6 * VIEW_STEP_MS);
    let of = |ms| view_expiry(step.plus(ms), None);
    assert_eq!(of(0), of(VIEW_STEP_MS - 1), "one URL within a step");
    assert_eq!(of(VIEW_STEP_MS), of(0).plus(VIEW_STEP_MS));
    const { assert!(PROVIDER_LIFE_MS > 15 * MINUTE_MS, "a result is awaited for 15 minutes") };
}

#[test]
fn a_link_names_its_object_and_its_refusal_a_code() {
    let id = FileId::from_bytes([0; 16]);
    let file = FileKey { hour: 497_222, id, kept: false };
    assert_eq!(file.to_string(), "anon/497222/AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(file.in_place(true).to_string(), "kept/497222/AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(Refusal::from(LinkRefusal::Altered).code, Code::LinkInvalid);
    assert_eq!(Refusal::from(LinkRefusal::Expired).code, Code::Gone);
}
