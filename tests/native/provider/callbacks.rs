//! Callbacks: who is believed.

use anytryon::domain::time::Millis;
use anytryon::provider::callback::{
    BODY_BYTES_MAX, CallbackRefusal, TOLERANCE_MS, task_id, verify,
};
use serde_json::json;

const KEY: &[u8] = b"test-hmac-key";
const ID: &str = "ee9c2715375b7837f8bb51d641ff5863";
const TIME: &str = "1757000000";
const SIGNATURE: &str = "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKo=";
const NOW: Millis = Millis(1_757_000_000_000);

fn check(keys: &[&[u8]], id: &str, time: &str, signature: &str) -> Result<(), CallbackRefusal> {
    verify(keys, id, Some(time), Some(signature), NOW, TOLERANCE_MS)
}

#[test]
fn the_known_vector_is_believed() {
    assert_eq!(check(&[KEY], ID, TIME, SIGNATURE), Ok(()));
}

#[test]
fn both_keys_of_a_rotation_are_tried() {
    assert_eq!(check(&[b"other", KEY], ID, TIME, SIGNATURE), Ok(()));
    assert_eq!(check(&[KEY, b"other"], ID, TIME, SIGNATURE), Ok(()));
    let wrong = Err(CallbackRefusal::SignatureWrong);
    assert_eq!(check(&[b"other", b"older"], ID, TIME, SIGNATURE), wrong);
    assert_eq!(check(&[b"other", b"older", KEY], ID, TIME, SIGNATURE), wrong, "a third key");
}

#[test]
fn without_a_key_nothing_is_believed() {
    // Refused for the lack of a key and not for the signature: anybody can sign with the empty one.
    assert_eq!(check(&[], ID, TIME, SIGNATURE), Err(CallbackRefusal::NoKey));
    assert_eq!(check(&[b""], ID, TIME, SIGNATURE), Err(CallbackRefusal::NoKey));
    assert_eq!(check(&[b"", KEY], ID, TIME, SIGNATURE), Ok(()));
}

/// `text` with each of its bits flipped in turn, as far as the result is text again.
fn flipped(text: &str) -> Vec<String> {
    let flip = |bit: usize| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        String::from_utf8(bytes).ok()
    };
    let all: Vec<_> = (0..text.len() * 8).filter_map(flip).collect();
    assert_eq!(all.len(), text.len() * 7, "the high bit alone is not ASCII");
    all
}

#[test]
fn every_flipped_bit_is_refused() {
    for signature in flipped(SIGNATURE) {
        let refusal = check(&[KEY], ID, TIME, &signature);
        assert_eq!(refusal, Err(CallbackRefusal::SignatureWrong), "{signature}");
    }
    for id in flipped(ID) {
        let refusal = check(&[KEY], &id, TIME, SIGNATURE);
        assert_eq!(refusal, Err(CallbackRefusal::SignatureWrong), "{id}");
    }
    for time in flipped(TIME) {
        // A wide tolerance, so that the signature has to refuse what the clock does not.
        let refusal = verify(&[KEY], ID, Some(&time), Some(SIGNATURE), NOW, i64::MAX);
        let digits = time.bytes().all(|byte| byte.is_ascii_digit());
        let expected = if digits {
            CallbackRefusal::SignatureWrong
        } else {
            CallbackRefusal::TimestampUnreadable
        };
        assert_eq!(refusal, Err(expected), "{time}");
    }
    for bit in 0..KEY.len() * 8 {
        let mut key = KEY.to_vec();
        key[bit / 8] ^= 1 << (bit % 8);
        let refusal = check(&[&key], ID, TIME, SIGNATURE);
        assert_eq!(refusal, Err(CallbackRefusal::SignatureWrong));
    }
}

#[test]
fn other_spellings_of_the_signature_are_refused() {
    let spellings = [
        "",
        "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKo",
        "t0h0spXcE9ZopPc-qcgGXSJvKcqKV8VZAe_QsdcRqKo=",
        " t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKo=",
        "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKo=\n",
        // The same 32 bytes with other filler bits, and the first 30 of them.
        "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcRqKp=",
        "t0h0spXcE9ZopPc+qcgGXSJvKcqKV8VZAe/QsdcR",
    ];
    for signature in spellings {
        let refusal = check(&[KEY], ID, TIME, signature);
        assert_eq!(refusal, Err(CallbackRefusal::SignatureWrong), "{signature:?}");
    }
}

#[test]
fn the_time_of_signing_must_be_near_on_both_sides() {
    let at = |ms: i64| {
        let now = Millis(NOW.0 + ms);
        verify(&[KEY], ID, Some(TIME), Some(SIGNATURE), now, TOLERANCE_MS)
    };
    assert_eq!(TOLERANCE_MS, 300_000);
    for near in [-300_000, -1, 0, 1, 300_000] {
        assert_eq!(at(near), Ok(()), "{near}");
    }
    for far in [-300_001, 300_001, i64::MIN / 2, i64::MAX / 2] {
        assert_eq!(at(far), Err(CallbackRefusal::Stale), "{far}");
    }
}

#[test]
fn missing_and_odd_headers_are_refused() {
    let with = |time, signature| verify(&[KEY], ID, time, signature, NOW, TOLERANCE_MS);
    assert_eq!(with(None, Some(SIGNATURE)), Err(CallbackRefusal::Unsigned));
    assert_eq!(with(Some(TIME), None), Err(CallbackRefusal::Unsigned));
    assert_eq!(with(None, None), Err(CallbackRefusal::Unsigned));
    for odd in ["", "+1757000000", "-1", "1757000000.0", "1757000000000", "1757000000 ", "１"] {
        let refusal = with(Some(odd), Some(SIGNATURE));
        assert_eq!(refusal, Err(CallbackRefusal::TimestampUnreadable), "{odd:?}");
    }
}

#[test]
fn the_task_id_is_found_in_every_documented_place() {
    let found = |body: serde_json::Value| task_id(body.to_string().as_bytes());
    let bodies = [
        json!({"code": 200, "msg": "ok", "data": {"taskId": ID, "state": "success"}}),
        json!({"code": 200, "data": {"task_id": ID}}),
        json!({"taskId": ID}),
        json!({"task_id": ID}),
        json!({"data": null, "taskId": ID}),
        json!({"data": {"taskId": ID}, "taskId": "another"}),
    ];
    for body in bodies {
        assert_eq!(found(body.clone()).as_deref(), Some(ID), "{body}");
    }
    let none = [
        json!({}),
        json!({"data": {}}),
        json!({"data": {"taskId": ""}}),
        json!({"data": {"taskId": "a".repeat(65)}}),
        json!({"data": {"taskId": "a.1757000000"}}),
        json!({"data": {"taskId": "ä"}}),
        json!({"data": {"taskId": 12}}),
        json!([ID]),
    ];
    for body in none {
        assert_eq!(found(body.clone()), None, "{body}");
    }
    assert_eq!(task_id(b""), None);
    assert_eq!(task_id(b"taskId=a"), None);
}

#[test]
fn a_body_over_the_limit_is_not_read() {
    let mut body = json!({"taskId": ID}).to_string().into_bytes();
    body.resize(BODY_BYTES_MAX, b' ');
    assert_eq!(task_id(&body).as_deref(), Some(ID));
    body.push(b' ');
    assert_eq!(task_id(&body), None);
}
