//! Addresses become prefixes, prefixes become pseudonyms that change daily.

use std::collections::{BTreeMap, HashSet};

use anytryon::domain::limits::{Gcra, Policy, Rate, Verdict, admit_all};
use anytryon::domain::mac;
use anytryon::domain::network::{Keys, Prefix, keys, prefix_key, useless_from};
use anytryon::domain::time::{DAY_MS, HOUR_MS, MINUTE_MS, Millis};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::random::Random;

const SECRET: &[u8] = b"a secret of the deployment, 32 bytes or more";

#[test]
fn addresses_become_prefixes() {
    let v4 = |a, b, c| Prefix::V4(u32::from_be_bytes([0, a, b, c]));
    let v6 = Prefix::V6(0x2001_0db8_0001_0002);
    let cases = [
        ("203.0.113.7", v4(203, 0, 113)),
        ("203.0.113.255", v4(203, 0, 113)),
        (" 203.0.113.7 ", v4(203, 0, 113)),
        ("::ffff:203.0.113.7", v4(203, 0, 113)),
        ("::FFFF:CB00:7107", v4(203, 0, 113)),
        ("2001:db8:1:2::1", v6),
        ("2001:0DB8:0001:0002:ffff:ffff:ffff:ffff", v6),
        ("::1", Prefix::V6(0)),
        ("", Prefix::Unknown),
        ("unknown", Prefix::Unknown),
        ("203.0.113", Prefix::Unknown),
        ("203.0.113.7:8080", Prefix::Unknown),
        ("203.0.113.7, 198.51.100.1", Prefix::Unknown),
        ("[2001:db8::1]", Prefix::Unknown),
        ("fe80::1%eth0", Prefix::Unknown),
        ("0x7f.1", Prefix::Unknown),
    ];
    for (address, prefix) in cases {
        assert_eq!(Prefix::of(address), prefix, "{address}");
    }
}

#[test]
fn no_two_prefixes_days_or_secrets_share_a_pseudonym() {
    let mut seen = HashSet::new();
    let prefixes =
        (0..256).map(Prefix::V4).chain((0..256).map(Prefix::V6)).chain([Prefix::Unknown]);
    for prefix in prefixes {
        for day in [-1, 0, 1, 20_000, 256 * 20_000] {
            for secret in [SECRET, b"another secret of another deployment"] {
                let text = prefix_key(secret, prefix, day).to_string();
                assert!(seen.insert(text), "{prefix:?} on {day}");
            }
        }
    }
    assert_eq!(seen.len(), 513 * 5 * 2);
}

#[test]
fn a_pseudonym_is_hex_and_hides_from_logs() {
    let key = prefix_key(SECRET, Prefix::V4(0x00cb_0071), 20_000);
    let text = key.to_string();
    assert_eq!(text.len(), 32);
    assert!(text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)), "{text}");
    assert!(!format!("{key:?}").contains(&text[..4]));
}

#[test]
fn the_networks_of_a_day_are_spread_over_its_limiters() {
    let count = |day| {
        let mut counts = BTreeMap::new();
        for bits in 0..1_600 {
            let limiter = prefix_key(SECRET, Prefix::V4(bits), day).limiter();
            *counts.entry(limiter).or_insert(0_u32) += 1;
        }
        counts
    };
    let (today, tomorrow) = (count(20_000), count(20_001));
    assert_eq!((today.len(), tomorrow.len()), (16, 16));
    assert!(today.keys().all(|name| !tomorrow.contains_key(name)), "each day has its own");
    // 100 each on average; five standard deviations are 49.
    assert!(today.values().all(|count| (51..149).contains(count)), "{today:?}");
}

#[test]
fn yesterdays_key_is_the_one_that_was_todays() {
    let address = "203.0.113.7";
    for moment in [0, 1, DAY_MS - 1, DAY_MS, 20_000 * DAY_MS + 5, -1] {
        let Keys { today, yesterday } = keys(SECRET, address, Millis(moment));
        assert_ne!(today, yesterday);
        assert_eq!(keys(SECRET, address, Millis(moment - DAY_MS)).today, yesterday);
        assert_eq!(keys(SECRET, "203.0.113.99", Millis(moment)).today, today, "same network");
    }
    let midnight = Millis(20_000 * DAY_MS);
    let before = keys(SECRET, address, midnight.plus(-1));
    assert_eq!(keys(SECRET, address, midnight).yesterday, before.today);
}

/// The rule of the module's documentation over a map of objects: the daily change of the
/// pseudonym admits exactly what one object that never changes would admit.
#[test]
fn limits_run_on_through_midnight() {
    let policies = [
        Policy { name: "hour", rate: Rate::per(20, HOUR_MS) },
        Policy { name: "day", rate: Rate::per(60, DAY_MS) },
    ];
    let mut random = Random::new(7);
    for _ in 0..50 {
        let mut objects = std::collections::HashMap::new();
        let mut one = [Gcra::default(); 2];
        let (mut now, mut refused) = (Millis(20_000 * DAY_MS), 0);
        for _ in 0..1_000 {
            now = now.plus(random.between(0, 10 * MINUTE_MS));
            let Keys { today, yesterday } = keys(SECRET, "2001:db8::1", now);
            let seed = objects.get(&yesterday).copied().unwrap_or_default();
            let state = objects.entry(today).or_insert(seed);
            let joint = admit_all(state, &policies, now);
            assert_eq!(joint, admit_all(&mut one, &policies, now), "at {now:?}");
            refused += i32::from(matches!(joint.verdict, Verdict::Refused { .. }));
        }
        assert!(refused > 100, "the limit must have been at work");
        assert!(objects.len() > 2, "and midnight passed");
    }
}

#[test]
fn a_state_is_kept_exactly_as_long_as_it_can_be_yesterdays() {
    for written in [0, 1, DAY_MS - 1, DAY_MS, 5 * DAY_MS + 77] {
        let end = useless_from(Millis(written));
        let name = keys(SECRET, "::1", Millis(written)).today;
        assert_eq!(keys(SECRET, "::1", end.plus(-1)).yesterday, name);
        assert_ne!(keys(SECRET, "::1", end).yesterday, name);
        assert_ne!(keys(SECRET, "::1", end).today, name);
    }
}

/// Published vectors (RFC 4231, cases 1, 2, 6 and 7): short, other short and longer-than-block keys.
#[test]
fn the_keyed_hash_is_the_standard_one() {
    let hex = |tag: [u8; 32]| tag.map(|byte| format!("{byte:02x}")).concat();
    let long_text: &[u8] = b"This is a test using a larger than block-size key and a larger than \
        block-size data. The key needs to be hashed before being used by the HMAC algorithm.";
    let cases: [(&[u8], &[u8], &str); 4] = [
        (
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            &[0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
        (
            &[0xaa; 131],
            long_text,
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        ),
    ];
    for (key, text, expected) in cases {
        let tag: [u8; 32] = mac::tag(key, &[text]);
        assert_eq!(hex(tag), expected);
        let (head, tail) = text.split_at(3);
        assert_eq!(mac::tag::<32>(key, &[head, tail]), tag);
        assert!(mac::matches(key, &[text], &tag) && mac::matches(key, &[text], &tag[..16]));
        assert!(!mac::matches(key, &[text], &tag[..15]), "15 bytes are too few");
        assert!(!mac::matches(key, &[text], &[tag.as_slice(), &[0]].concat()));
        for bit in 0..256 {
            let mut other = tag;
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(!mac::matches(key, &[text], &other), "bit {bit}");
        }
    }
}

#[test]
fn keys_of_every_length_are_the_standard_ones() {
    for length in 0..=200 {
        let key = vec![0x5a; length];
        let standard = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update("text");
        let standard: [u8; 32] = standard.finalize().into_bytes().into();
        assert_eq!(mac::tag::<32>(&key, &[b"te", b"xt"]), standard, "{length}");
    }
}
