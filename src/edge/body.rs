//! Bodies across the boundary: a request's in pieces, a response's as text, events or a stored
//! file.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;
use worker::send::SendWrapper;

use crate::app::watch::{Tick, Watch};
use crate::web::{Disconnected, FileBody, Incoming, NoFile, Outgoing, Reply};

use super::boundary::{self, Packed};
use super::pieces;
use super::world::{Cloud, PLATFORM_TIMEOUT_MS};

#[wasm_bindgen(module = "/src/edge/boundary.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn reader(request: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    async fn read(reader: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    fn events(next: &JsValue, context: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    fn file(bucket: &JsValue, key: &str, offset: f64, length: f64) -> Result<JsValue, JsValue>;
}

/// Quiet ticks after which a comment is sent, so that no proxy takes the silence for the end: 15 s.
/// They must be over in the 30 s that the platform gives to what is finished behind a client who
/// has gone.
const QUIET_TICKS_MAX: u32 = 15;

/// The body of a JavaScript `Request`, read only when somebody asks for it.
pub fn incoming(request: &JsValue) -> Incoming {
    let request = request.clone();
    let pieces = stream::once(async move { reader(&request) }).flat_map(|reader| match reader {
        Ok(reader) if !reader.is_null() => pieces(reader).boxed_local(),
        Ok(_) | Err(_) => stream::empty().boxed_local(),
    });
    OneThread(SendWrapper::new(pieces.boxed_local())).boxed()
}

fn pieces(reader: JsValue) -> impl Stream<Item = Result<Bytes, Disconnected>> {
    stream::unfold(Some(reader), |reader| async move {
        let reader = reader?;
        match read(&reader).await {
            // Null at the end.
            Ok(piece) => match piece.dyn_into::<Uint8Array>() {
                Ok(piece) => Some((Ok(piece.to_vec().into()), Some(reader))),
                Err(_) => None,
            },
            Err(_) => Some((Err(Disconnected), None)),
        }
    })
}

/// The Worker has one thread, so what never leaves it may be called `Send`.
struct OneThread(SendWrapper<LocalBoxStream<'static, Result<Bytes, Disconnected>>>);

impl Stream for OneThread {
    type Item = Result<Bytes, Disconnected>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }
}

/// The JavaScript `Response` of a reply; writes the request's log line.
///
/// # Errors
/// What JavaScript threw.
pub async fn answer(cloud: &Cloud, reply: Reply, context: &JsValue) -> Result<JsValue, JsValue> {
    let Reply { response, log } = reply;
    let (parts, body) = response.into_parts();
    let body = match body {
        Outgoing::Empty => JsValue::NULL,
        Outgoing::Text(text) => JsValue::from_str(&text),
        Outgoing::Events(events) => {
            let (watch, tick) = *events;
            event_stream(cloud.clone(), watch, tick, context)?
        }
        Outgoing::Pieces(body) => pieces::stream(&cloud.bindings().files(), *body, &log)?,
        Outgoing::File(file) => match open(cloud, &file).await {
            Ok(stream) => stream,
            Err(why) => return Box::pin(answer(cloud, (file.otherwise)(why), context)).await,
        },
    };
    super::log(&log);
    Packed::of(parts.status, &parts.headers).response(&body)
}

/// The stored bytes as a stream, which goes to the client without passing through here.
async fn open(cloud: &Cloud, body: &FileBody) -> Result<JsValue, NoFile> {
    let (offset, length) = body.range;
    #[expect(clippy::cast_precision_loss, reason = "objects are far below 2^53 bytes")]
    let (offset, length) = (offset as f64, length as f64);
    let call = file(&cloud.bindings().files(), &body.key, offset, length);
    match cloud.calls().settled(call, PLATFORM_TIMEOUT_MS).await {
        Ok(stream) if stream.is_null() => Err(NoFile::Missing),
        Ok(stream) => Ok(stream),
        Err(_) => Err(NoFile::Failed),
    }
}

/// Asks the listener's watch for the next text each time the client wants more.
fn event_stream(
    cloud: Cloud,
    watch: Watch,
    first: Tick,
    context: &JsValue,
) -> Result<JsValue, JsValue> {
    let state = Rc::new(RefCell::new(Some(Telling { cloud, watch, pending: Some(first) })));
    let next = Closure::<dyn FnMut() -> js_sys::Promise>::new(move || {
        let state = Rc::clone(&state);
        future_to_promise(async move {
            // Taken out while it is used: the platform asks again only after the answer, and a
            // second asker finds nothing and ends.
            let Some(telling) = state.borrow_mut().take() else { return Ok(JsValue::NULL) };
            let (text, telling) = telling.next().await;
            *state.borrow_mut() = telling;
            Ok(text.map_or(JsValue::NULL, |text| JsValue::from_str(&text)))
        })
    });
    events(&next.into_js_value(), context)
}

struct Telling {
    cloud: Cloud,
    watch: Watch,
    pending: Option<Tick>,
}

impl Telling {
    /// The next text and what is left to tell.
    async fn next(mut self) -> (Option<String>, Option<Self>) {
        for _ in 0..QUIET_TICKS_MAX {
            let tick = match self.pending.take() {
                Some(tick) => tick,
                None => self.watch.tick(&self.cloud).await,
            };
            match tick {
                Tick::Changed { view, last } => {
                    return (Some(boundary::event_text(&view)), (!last).then_some(self));
                }
                Tick::Quiet => {}
                Tick::Over => return (None, None),
            }
        }
        (Some(": still here\n\n".to_owned()), Some(self))
    }
}
