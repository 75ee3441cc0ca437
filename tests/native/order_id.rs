//! Ids of orders: each says when it was made and that it was made here.

use anytryon::domain::id::OrderId;
use anytryon::domain::keyring::{Key, Keyring, SECRET_BYTES_MIN};
use anytryon::domain::time::Millis;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::random::Random;

const NOW: Millis = Millis(1_790_000_000_000);

fn secret(seed: u64) -> [u8; SECRET_BYTES_MIN] {
    Random::new(seed).bytes()
}

fn ring(current: u64, previous: Option<u64>) -> Keyring {
    let key = |seed| Key::new(&secret(seed)).unwrap();
    Keyring { current: key(current), previous: previous.map(key) }
}

#[test]
fn an_id_is_40_characters_that_say_when_it_was_made() {
    let (ring, mut random) = (ring(1, None), Random::new(1));
    for _ in 0..2_000 {
        let at = Millis(random.between(0, 2 * NOW.0));
        let bytes = random.bytes();
        let id = OrderId::new(&ring, at, bytes);
        assert_eq!(id.created_at(), at);
        assert_eq!(id.bytes()[6..22], bytes, "128 bits are random");
        assert!(id.is_genuine(&ring));
        let text = id.to_string();
        assert_eq!((text.len(), OrderId::TEXT_LENGTH), (40, 40));
        assert!(text.bytes().all(|one| one.is_ascii_alphanumeric() || b"-_".contains(&one)));
        assert_eq!(OrderId::parse(&text), Some(id));
        assert_eq!(OrderId::parse(&text[1..]), None);
        assert_eq!(OrderId::parse(&format!("{text}A")), None);
        assert_eq!(OrderId::parse(&text.replace(&text[39..], "+")), None);
    }
    for (at, said) in [(-1, 0), (i64::MIN, 0), (i64::MAX, (1 << 48) - 1)] {
        assert_eq!(OrderId::new(&ring, Millis(at), [7; 16]).created_at(), Millis(said));
    }
}

/// The text that bounds a range of the orders table keeps exactly those before it.
#[test]
fn as_text_ids_sort_by_their_moment() {
    let (ring, mut random) = (ring(1, None), Random::new(2));
    for _ in 0..20_000 {
        let near = random.pick(&[1, 100, 1 << 20, 1 << 40]);
        let at = [NOW, NOW.plus(random.between(-near, near))];
        let ids = at.map(|at| OrderId::new(&ring, at, random.bytes()));
        let texts = ids.map(|id| id.to_string());
        if at[0] != at[1] {
            assert_eq!(texts[0] < texts[1], at[0] < at[1]);
        }
        assert_eq!(texts[0] < texts[1], ids[0] < ids[1]);
        for (text, one) in texts.iter().zip(at) {
            let bound = |ms| OrderId::first_text_of(one.plus(ms));
            assert!(bound(0) < *text && *text < bound(1));
        }
    }
}

#[test]
fn every_flipped_bit_of_an_id_is_found() {
    let mut random = Random::new(3);
    for _ in 0..100 {
        let ring = ring(random.next(), Some(random.next()));
        let id = OrderId::new(&ring, NOW, random.bytes());
        assert!(id.is_genuine(&ring));
        for bit in 0..240 {
            let mut bytes = *id.bytes();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert!(!OrderId::from_bytes(bytes).is_genuine(&ring), "bit {bit}");
        }
        assert!(!OrderId::from_bytes(random.bytes()).is_genuine(&ring), "made up");
    }
}

/// The tag is of its own use: neither the bare hash nor another label's is one.
#[test]
fn the_tag_is_the_labelled_hash_of_what_is_before_it() {
    let tag = |label: &[u8], signed: &[u8]| {
        let mac = Hmac::<Sha256>::new_from_slice(&secret(1)).unwrap();
        let whole = mac.chain_update(label).chain_update(signed).finalize().into_bytes();
        <[u8; 8]>::try_from(&whole[..8]).unwrap()
    };
    let id = OrderId::new(&ring(1, None), NOW, [7; 16]);
    let (signed, own) = id.bytes().split_at(22);
    assert_eq!(own, tag(b"order id\0", signed));
    for label in [b"".as_slice(), b"signed link\0"] {
        let other: Vec<u8> = signed.iter().copied().chain(tag(label, signed)).collect();
        let other = OrderId::from_bytes(other.try_into().unwrap());
        assert!(!other.is_genuine(&ring(1, None)));
    }
}

/// Made elsewhere, by another program.
#[test]
fn an_id_is_written_as_it_ever_was() {
    let keyring = Keyring { current: Key::new(&[1; 32]).unwrap(), previous: None };
    let id = OrderId::new(&keyring, NOW, [7; 16]);
    assert_eq!(id.to_string(), "-P23J5k-0kR60kR60kR60kR60kR60mFrUi6ELhHr");
}

#[test]
fn two_keys_are_alive_and_a_third_is_not() {
    let ids = [1, 2, 3].map(|seed| OrderId::new(&ring(seed, None), NOW, [7; 16]));
    let genuine = |ring: &Keyring| ids.map(|id| id.is_genuine(ring));
    assert_eq!(genuine(&ring(1, None)), [true, false, false]);
    assert_eq!(genuine(&ring(2, Some(1))), [true, true, false]);
    assert_eq!(genuine(&ring(3, Some(2))), [false, true, true]);
    assert_eq!(OrderId::new(&ring(2, Some(1)), NOW, [7; 16]), ids[1], "the current key signs");
}
