//! The token endpoint's reply.

use anytryon::identity::reply::{BODY_BYTES_MAX, ReplyFault, decode};

#[test]
fn the_id_token_is_taken_out() {
    let body = br#"{"access_token":"ya29","expires_in":3599,"scope":"openid","token_type":"Bearer",
        "id_token":"a.b.c"}"#;
    assert_eq!(decode(200, body), Ok("a.b.c".to_owned()));
}

#[test]
fn every_other_reply_has_its_fault() {
    use ReplyFault as F;
    let cases = [
        (200, "{}", F::Unreadable),
        (200, r#"{"id_token":null}"#, F::Unreadable),
        (200, r#"{"id_token":{"a":1}}"#, F::Unreadable),
        (200, r#"{"id_token":"a","id_token":"b"}"#, F::Unreadable),
        (200, r#"{"error":"invalid_grant"}"#, F::Unreadable),
        (200, "<html>", F::Unreadable),
        (200, "", F::Unreadable),
        (201, r#"{"id_token":"a.b.c"}"#, F::Unreadable),
        (302, r#"{"id_token":"a.b.c"}"#, F::Unreadable),
        (400, r#"{"error":"invalid_grant","error_description":"Bad Request"}"#, F::CodeRefused),
        (400, r#"{"error":"invalid_grant","id_token":"a.b.c"}"#, F::CodeRefused),
        (400, r#"{"id_token":"a.b.c"}"#, F::Unreadable),
        (400, r#"{"error":"redirect_uri_mismatch"}"#, F::ClientRefused),
        (400, r#"{"error":"unauthorized_client"}"#, F::ClientRefused),
        (400, r#"{"error":"invalid_request"}"#, F::Unreadable),
        (400, r#"{"error":"temporarily_unavailable"}"#, F::Busy),
        (400, r#"{"error":5}"#, F::Unreadable),
        (401, r#"{"error":"invalid_client"}"#, F::ClientRefused),
        (401, "", F::ClientRefused),
        (403, "no", F::Unreadable),
        (404, "", F::Unreadable),
        (408, "", F::Busy),
        (429, "", F::Busy),
        (500, r#"{"id_token":"a.b.c"}"#, F::Busy),
        (503, "<html>", F::Busy),
        (0, "", F::Unreadable),
    ];
    for (status, body, fault) in cases {
        assert_eq!(decode(status, body.as_bytes()), Err(fault), "{status} {body}");
    }
}

#[test]
fn a_reply_has_a_longest_length() {
    let reply = |length: usize| {
        let bare = r#"{"id_token":"a.b.c"}"#;
        format!("{bare}{}", " ".repeat(length - bare.len()))
    };
    assert!(decode(200, reply(BODY_BYTES_MAX).as_bytes()).is_ok());
    let fault = decode(200, reply(BODY_BYTES_MAX + 1).as_bytes());
    assert_eq!(fault, Err(ReplyFault::TooLong));
}
