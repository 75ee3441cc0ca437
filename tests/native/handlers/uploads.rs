//! Uploads beyond what one instance can hold, and uploads that do not end.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Request;

use anytryon::domain::rules::Rules;
use anytryon::domain::time::{MINUTE_MS, SECOND_MS};
use anytryon::domain::uploads::{
    Kept, PIECE_BYTES, PIECE_MS_MAX, STORING_MS_MAX, TEXTS_MAX, UPLOADS_BYTES_MAX,
};
use anytryon::ports::World as _;
use anytryon::web::multipart::FILES_BYTES_MAX;
use anytryon::web::{Incoming, handle};

use crate::image_fixtures::{jpeg, png};
use crate::site::{assert_problem, order_form, post_order, send};
use crate::world::{Answer, Ask, Form, TaskId, World};

/// The status of an upload's answer, when there is one.
type Told = Rc<RefCell<Option<u16>>>;

/// Begins an upload of so many bytes and sends no more than its first part.
fn begin(world: &World, length: Option<u64>, accept: &str) -> (TaskId, Told) {
    let whole = order_form().body();
    let first = Bytes::copy_from_slice(&whole[..whole.len() / 2]);
    let body = stream::iter([Ok(first)]).chain(stream::pending()).boxed();
    let mut request = Request::post("/api/orders")
        .header("content-type", Form::content_type())
        .header("accept", accept);
    if let Some(length) = length {
        request = request.header("content-length", length);
    }
    let (event, told) = (world.fresh(), Told::default());
    let answer = Rc::clone(&told);
    let task = world.spawn_request(async move {
        let reply = handle(event, request.body(body).unwrap()).await;
        *answer.borrow_mut() = Some(reply.response.status().as_u16());
    });
    world.advance_time(0);
    (task, told)
}

/// Uploads of 2 MB until one is refused; all but that one.
fn fill(world: &World) -> Vec<(TaskId, Told)> {
    let mut open = vec![];
    loop {
        let (task, told) = begin(world, Some(2 * 1024 * 1024), "application/json");
        let status = *told.borrow();
        match status {
            None => open.push((task, told)),
            Some(status) => {
                assert_eq!(status, 503);
                return open;
            }
        }
        assert!(open.len() < 100, "all of them are let in");
    }
}

fn large_order() -> Ask {
    post_order(order_form()).header("content-length", &FILES_BYTES_MAX.to_string())
}

fn assert_full(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert_eq!(answer.header("retry-after"), "2");
}

fn held(world: &World) -> u64 {
    let now = world.now();
    world.with_uploads(|uploads| uploads.bytes(now))
}

#[test]
fn whoever_comes_beyond_the_limit_is_told_to_come_again_and_nothing_is_lost() {
    let world = World::new();
    let open = fill(&world);
    assert_eq!(open.len(), 17, "48 MB hold 17 of 2 MB with their pieces");
    assert!(held(&world) <= UPLOADS_BYTES_MAX);
    let refused = send(&world, large_order());
    assert_problem(&refused, 503, "unavailable", None);
    assert_eq!(refused.json()["retryable"], true);
    assert_full(&refused);
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
    assert!(world.logs().iter().any(|line| line["event"] == "uploads_full"));
    // Those that were let in go on, and whoever comes again when one has ended is let in.
    assert!(open.iter().all(|(_, told)| told.borrow().is_none()));
    world.kill(open[0].0);
    let again = post_order(order_form()).header("content-length", "2000000");
    assert_eq!(send(&world, again).status, 201);
}

#[test]
fn a_form_without_a_script_comes_back_with_its_texts() {
    let world = World::new();
    let _open = fill(&world);
    let form = || order_form().text("instructions", "Keep the hat.").text("category", "outerwear");
    let ask = || {
        let ask = post_order(form()).header("content-length", "3000000");
        Ask {
            headers: ask.headers.into_iter().filter(|(name, _)| name != "accept").collect(),
            ..ask
        }
    };
    let page = send(&world, ask().header("accept", "text/html"));
    assert_full(&page);
    assert!(page.header("content-type").starts_with("text/html"));
    assert!(page.text().contains("Keep the hat."), "its texts come behind its photos");
    assert!(page.text().contains("You can try again in a few seconds."));
    assert_eq!(world.with_files(|files| files.keys().count()), 0);
    // Reading on takes memory too; where too many do, the page comes at once and without them.
    let before = held(&world);
    for _ in 0..TEXTS_MAX {
        assert_eq!(*begin(&world, Some(3_000_000), "text/html").1.borrow(), None);
    }
    assert!(held(&world) > before);
    let page = send(&world, ask().header("accept", "text/html"));
    assert_full(&page);
    assert!(!page.text().contains("Keep the hat."));
}

#[test]
fn every_end_of_an_upload_gives_its_room_back() {
    let world = World::new();
    for (ask, status) in [
        (post_order(order_form()), 201),
        (post_order(order_form().text("category", "x")), 422),
        (post_order(Form::new()), 422),
        (post_order(order_form()).header("sec-fetch-site", "cross-site"), 403),
    ] {
        assert_eq!(send(&world, ask).status, status);
        assert_eq!(held(&world), 0, "after {status}");
    }
}

#[test]
fn a_body_without_a_length_is_counted_as_it_comes() {
    let world = World::new();
    let now = world.now();
    let large = world.with_uploads(|all| {
        let large = all.reserve(Kept::Photos(FILES_BYTES_MAX), MINUTE_MS, now).unwrap();
        assert!(all.grow(large, FILES_BYTES_MAX, now));
        large
    });
    let open: Vec<_> = (0..20).map(|_| begin(&world, None, "application/json")).collect();
    let let_in = open.iter().filter(|(_, told)| told.borrow().is_none()).count();
    assert_eq!(let_in, 20, "each has sent a few bytes");
    let photo = vec![0xFF; 9 * 1024 * 1024];
    let body = Form::order(&photo, std::slice::from_ref(&photo));
    let ask = post_order(body).header("transfer-encoding", "chunked");
    let full = send(&world, ask);
    assert_problem(&full, 503, "unavailable", None);
    assert_full(&full);
    for (task, _) in open {
        world.kill(task);
    }
    assert!(world.with_uploads(|all| all.release(large)));
    assert_eq!(held(&world), 0);
}

#[test]
fn an_upload_that_goes_silent_is_ended_and_tells_so() {
    let world = World::new();
    let open = fill(&world);
    world.advance_time(PIECE_MS_MAX - 1);
    assert!(open.iter().all(|(_, told)| told.borrow().is_none()));
    world.advance_time(1);
    assert!(open.iter().all(|(_, told)| *told.borrow() == Some(503)));
    assert_eq!(held(&world), 0);
}

/// Pieces on their way, and whoever waits for the next.
type Wire = Arc<Mutex<(VecDeque<Bytes>, Option<Waker>)>>;

/// A body of so many pieces as they come over the wire.
fn body_of(wire: Wire, mut pieces: usize) -> Incoming {
    let body = stream::poll_fn(move |context| {
        let (arrived, waiting) = &mut *wire.lock().unwrap();
        if pieces == 0 {
            return Poll::Ready(None);
        }
        *waiting = Some(context.waker().clone());
        let Some(piece) = arrived.pop_front() else { return Poll::Pending };
        pieces -= 1;
        Poll::Ready(Some(Ok(piece)))
    });
    body.boxed()
}

/// How an order of so many pieces is answered of which one comes each `pause_ms`, and after how long.
fn trickle(count: usize, piece: usize, pause_ms: i64) -> (i64, Answer) {
    let world = World::new();
    let began = world.now();
    let person = [jpeg(300, 400, &[]), vec![0; (count - 1) * piece]].concat();
    let whole = Form::order(&person, &[png(256, 300, &[], &[])]).body();
    let pieces: Vec<_> = whole.chunks(piece).map(<[u8]>::to_vec).collect();
    let wire = Wire::default();
    let body = body_of(Arc::clone(&wire), pieces.len());
    let clock = world.fresh();
    world.spawn_request(async move {
        for piece in pieces {
            clock.sleep(pause_ms).await;
            let waiting = {
                let (arrived, waiting) = &mut *wire.lock().unwrap();
                arrived.push_back(Bytes::from(piece));
                waiting.take()
            };
            if let Some(waker) = waiting {
                waker.wake();
            }
        }
    });
    let request = Request::post("/api/orders")
        .header("content-type", Form::content_type())
        .header("accept", "application/json")
        .body(body)
        .unwrap();
    let event = world.fresh();
    let answer = world.block_on(async move {
        let answer = event.whole(handle(event.clone(), request).await).await;
        (event.now().since(began), answer)
    });
    answer.unwrap()
}

#[test]
fn a_slow_upload_is_taken_as_long_as_it_goes_on_and_does_not_take_too_long() {
    let piece = usize::try_from(PIECE_BYTES).unwrap();
    let (took_ms, answer) = trickle(6, piece, PIECE_MS_MAX - SECOND_MS);
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert!(took_ms >= 6 * (PIECE_MS_MAX - SECOND_MS));
    for (count, piece, pause_ms, ended_ms) in [
        (6, piece, PIECE_MS_MAX + SECOND_MS, PIECE_MS_MAX),
        (20, piece, PIECE_MS_MAX - SECOND_MS, Rules::default().upload_timeout_ms),
        (200, 1_000, SECOND_MS, PIECE_MS_MAX),
    ] {
        let (took_ms, answer) = trickle(count, piece, pause_ms);
        assert_problem(&answer, 503, "unavailable", None);
        assert!(answer.text().contains("too slowly"), "{}", answer.text());
        assert_eq!(took_ms, ended_ms);
    }
}

#[test]
fn whoever_announces_photos_and_sends_none_keeps_nobody_out() {
    let world = World::new();
    let silent = [0, 1].map(|_| begin(&world, Some(23 * 1024 * 1024), "application/json"));
    assert_full(&send(&world, large_order()));
    // When it is told to come again.
    world.advance_time(2 * SECOND_MS);
    assert_eq!(send(&world, large_order()).status, 201);
    assert!(silent.iter().all(|(_, told)| told.borrow().is_none()));
}

#[test]
fn a_request_that_the_platform_dropped_without_a_word_holds_nothing_for_ever() {
    let world = World::new();
    let (now, timeout_ms) = (world.now(), world.config().rules.upload_timeout_ms);
    let for_ms = timeout_ms + STORING_MS_MAX;
    world.with_uploads(|all| {
        let lost = all.reserve(Kept::Photos(FILES_BYTES_MAX), for_ms, now).unwrap();
        assert!(all.grow(lost, FILES_BYTES_MAX, now));
    });
    assert_full(&send(&world, large_order()));
    world.advance_time(for_ms - SECOND_MS);
    assert_full(&send(&world, large_order()));
    world.advance_time(SECOND_MS);
    assert_eq!(send(&world, large_order()).status, 201);
}
