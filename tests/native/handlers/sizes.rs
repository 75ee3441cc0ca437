//! The limits of an upload, counted on the bytes that come and not on what the client says of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;

use anytryon::web::Disconnected;

use crate::image_fixtures::{jpeg, segment};
use crate::site::{assert_problem, garment, person, post_order, send, send_pieces};
use crate::world::{Answer, Form, World};

const MB: usize = 1024 * 1024;
/// What is read of one body at most: a refused form is read on, for the texts behind its photos.
const BODY_MAX: usize = 64 * MB;
const PIECE: usize = 16 * 1024;

/// A good JPEG of exactly this size: comments fill it.
fn photo_of(bytes: usize) -> Vec<u8> {
    let bare = jpeg(300, 400, &[]).len();
    let mut left = bytes - bare;
    let mut comments = vec![];
    while left > 0 {
        // A segment has four bytes of its own, so fewer must not be left.
        let take = if (65_001..65_004).contains(&left) { 64_000 } else { left.min(65_000) };
        comments.push(segment(0xFE, &vec![b'x'; take - 4]));
        left -= take;
    }
    let photo = jpeg(300, 400, &comments);
    assert_eq!(photo.len(), bytes);
    photo
}

fn with_lengths(form: &Form) -> Vec<Answer> {
    let lengths = [None, Some("0"), Some("1"), Some("99999999999"), Some("many")];
    let world = World::new();
    let answers = lengths.iter().enumerate().map(|(number, length)| {
        let ask =
            post_order(form.clone()).header("cf-connecting-ip", &crate::site::address(number));
        send(
            &world,
            match length {
                Some(length) => ask.header("content-length", length),
                None => ask.header("transfer-encoding", "chunked"),
            },
        )
    });
    answers.collect()
}

#[test]
fn one_photo_may_have_ten_megabytes_and_not_a_byte_more() {
    for answer in with_lengths(&Form::order(&photo_of(10 * MB), &[garment()])) {
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    for answer in with_lengths(&Form::order(&photo_of(10 * MB + 1), &[garment()])) {
        assert_problem(&answer, 413, "image_too_large", Some("person_image"));
    }
    for answer in with_lengths(&Form::order(&person(), &[photo_of(10 * MB + 1)])) {
        assert_problem(&answer, 413, "image_too_large", Some("garment_images"));
    }
}

#[test]
fn all_photos_may_have_24_megabytes_and_not_a_byte_more() {
    let (ten, rest) = (photo_of(10 * MB), photo_of(4 * MB));
    for answer in with_lengths(&Form::order(&ten, &[ten.clone(), rest])) {
        assert_eq!(answer.status, 201, "{}", answer.text());
    }
    for answer in with_lengths(&Form::order(&ten, &[ten.clone(), photo_of(4 * MB + 1)])) {
        assert_problem(&answer, 413, "body_too_large", None);
    }
}

/// A body that begins like this, goes on for ever, and counts what was taken of it.
fn endless(head: Vec<u8>, piece: Vec<u8>) -> (Answer, usize) {
    let taken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&taken);
    let pieces = std::iter::once(head).chain(std::iter::repeat(piece)).map(move |piece| {
        let sum = counter.fetch_add(piece.len(), Ordering::Relaxed);
        assert!(sum < 2 * BODY_MAX, "it is read without an end");
        Ok::<_, Disconnected>(Bytes::from(piece))
    });
    let content_type = Form::content_type();
    let headers = [("content-type", content_type.as_str()), ("content-length", "10")];
    let answer = send_pieces(&World::new(), "/api/orders", &headers, pieces);
    (answer, taken.load(Ordering::Relaxed))
}

/// A form up to the first byte of this field's value.
fn opened(name: &str, is_file: bool) -> Vec<u8> {
    let form = Form::new();
    let form = if is_file { form.file(name, "a.jpg", b"") } else { form.text(name, "") };
    let body = form.body();
    let end = body.windows(4).position(|text| text == b"\r\n\r\n").unwrap() + 4;
    body[..end].to_vec()
}

#[test]
fn an_endless_body_is_read_no_further_than_its_limit() {
    let room = 4 * PIECE;
    let zeros = || vec![0; PIECE];
    let mut headers = opened("person_image", true);
    headers.truncate(headers.len() - 4);
    let (file, text) = (opened("person_image", true), opened("instructions", false));
    for (name, head) in [("a file", file), ("a text", text), ("x", opened("x", false))] {
        let (answer, taken) = endless(head, zeros());
        assert_problem(&answer, 413, "body_too_large", None);
        assert!(taken <= BODY_MAX + room, "{name}: {taken}");
    }
    // What is no part is kept and searched again with each piece, so little of it is taken.
    for (name, head, piece) in [
        ("no boundary", vec![], zeros()),
        ("single bytes", vec![], vec![b'a']),
        ("headers of a part", headers, vec![b'a'; PIECE]),
    ] {
        let (answer, taken) = endless(head, piece);
        assert_problem(&answer, 422, "input_invalid", None);
        assert!(taken <= room, "{name}: {taken}");
    }
    let mut part = Form::new().file("garment_images", "", b"").body();
    part.truncate(part.len() - part.len().min("------FormBoundary7MA4YWxkTrZu0gW--\r\n".len()));
    let (answer, taken) = endless(vec![], part);
    assert_problem(&answer, 422, "input_invalid", None);
    assert!(taken <= room, "parts without an end: {taken}");
}

#[test]
fn a_client_that_goes_away_is_told_to_send_it_again() {
    let body = Form::order(&person(), &[garment()]).body();
    for length in [0, 10, 100, body.len() / 2, body.len() - 3] {
        let pieces = [Ok(Bytes::copy_from_slice(&body[..length])), Err(Disconnected)];
        let content_type = Form::content_type();
        let headers = [("content-type", content_type.as_str())];
        let world = World::new();
        let answer = send_pieces(&world, "/api/orders", &headers, pieces.into_iter());
        assert_problem(&answer, 422, "input_invalid", None);
        assert_eq!(world.with_files(|files| files.keys().count()), 0);
    }
}

#[test]
fn a_body_in_one_piece_is_the_same_body_too() {
    let ten = photo_of(10 * MB);
    let body = Form::order(&ten, std::slice::from_ref(&ten)).text("category", "tops").body();
    let content_type = Form::content_type();
    let headers = [("content-type", content_type.as_str()), ("accept", "application/json")];
    let pieces = std::iter::once(Ok(Bytes::from(body)));
    let answer = send_pieces(&World::new(), "/api/orders", &headers, pieces);
    assert_eq!(answer.json()["options"]["category"], "tops", "{}", answer.text());
}

#[test]
fn a_body_in_single_bytes_is_the_same_body() {
    let body = Form::order(&person(), &[garment()]).text("category", "tops").body();
    let pieces = body.into_iter().map(|byte| Ok(Bytes::from(vec![byte])));
    let content_type = Form::content_type();
    let headers = [("content-type", content_type.as_str()), ("accept", "application/json")];
    let answer = send_pieces(&World::new(), "/api/orders", &headers, pieces);
    assert_eq!(answer.json()["options"]["category"], "tops", "{}", answer.text());
}
