//! Requests to the Worker: those of visitors, and those of the provider (input links, callbacks).

use std::fmt::Write;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream;
use http::{HeaderMap, Request};
use serde_json::Value;

use anytryon::app::watch::{Tick, Watch};
use anytryon::domain::zip::Segment;
use anytryon::ports::{Level, LogLine, World as _};
use anytryon::web::{FileBody, Incoming, NoFile, Outgoing, PiecesBody, Reply, handle};

use super::provider::{self, Task};
use super::{Op, World};

/// Bytes of one piece of a request's body.
const PIECE_BYTES: usize = 16 * 1024;
/// Pauses of the provider before it repeats a callback that was not answered with 200.
const CALLBACK_PAUSES_MS: [i64; 3] = [2_000, 10_000, 30_000];
/// How long after createTask the provider reads the inputs.
const READING_MS: i64 = 150;

/// One request.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Ask {
    pub fn new(method: &str, path: &str) -> Self {
        let (method, path) = (method.to_owned(), path.to_owned());
        Self { method, path, headers: vec![], body: vec![] }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn body(mut self, body: Vec<u8>) -> Self {
        self.body = body;
        self
    }
}

/// One response, its body as a whole.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The Cookie header with which the visitor comes again.
    pub fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }
}

impl World {
    /// Sends a request and lets the world run until it is answered.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let ask = Ask::new(method, path).body(body);
        let ask = headers.iter().fold(ask, |ask, (name, value)| ask.header(name, value));
        self.try_request(ask).unwrap()
    }

    /// The same; `None` when the Worker died over it.
    pub fn try_request(&self, ask: Ask) -> Option<Answer> {
        let world = self.fresh();
        self.block_on(async move { world.send(ask).await })
    }

    /// The request inside a task of the world.
    pub async fn send(&self, ask: Ask) -> Answer {
        let pieces: Vec<_> =
            ask.body.chunks(PIECE_BYTES).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let body: Incoming = stream::iter(pieces).boxed();
        let mut request = Request::builder().method(ask.method.as_str()).uri(ask.path.as_str());
        for (name, value) in &ask.headers {
            request = request.header(name, value);
        }
        // As browsers and programs send it, unless the test has its own idea of the length.
        let told = ["content-length", "transfer-encoding"];
        if !ask.headers.iter().any(|(name, _)| told.contains(&name.as_str())) {
            request = request.header("content-length", ask.body.len());
        }
        let reply = handle(self.clone(), request.body(body).unwrap()).await;
        self.whole(reply).await
    }

    /// The reply with its body to the end.
    pub async fn whole(&self, reply: Reply) -> Answer {
        let Reply { response, log } = reply;
        let (parts, body) = response.into_parts();
        let status = parts.status.as_u16();
        let body = match body {
            Outgoing::Empty => vec![],
            Outgoing::Text(text) => text.into_bytes(),
            Outgoing::Events(events) => {
                let (watch, tick) = *events;
                self.log(&log);
                let body = self.told(watch, tick).await;
                return Answer { status, headers: parts.headers, body };
            }
            Outgoing::Pieces(pieces) => {
                self.log(&log);
                let body = self.poured(*pieces).await;
                return Answer { status, headers: parts.headers, body };
            }
            Outgoing::File(file) => {
                let FileBody { key, range, otherwise } = *file;
                let why = match self.read_file(&key, range).await {
                    Ok(Some(bytes)) => {
                        self.log(&log);
                        return Answer { status, headers: parts.headers, body: bytes };
                    }
                    Ok(None) => NoFile::Missing,
                    Err(()) => NoFile::Failed,
                };
                return Box::pin(self.whole(otherwise(why))).await;
            }
        };
        self.log(&log);
        Answer { status, headers: parts.headers, body }
    }

    /// The bytes, `None` when there is no such file, an error when R2 does not answer.
    async fn read_file(&self, key: &str, range: (u64, u64)) -> Result<Option<Vec<u8>>, ()> {
        let (first, length) = range;
        let read = |world: &Self| Ok(world.with_files(|files| files.range(key, first, length)));
        self.operate(Op::ReadFile, read, |_| Err(())).await
    }

    /// What the client gets of a composed body: all of it, or what came before it broke off.
    async fn poured(&self, pieces: PiecesBody) -> Vec<u8> {
        let mut body = Vec::new();
        for segment in pieces.segments {
            match segment {
                Segment::Bytes(bytes) => body.extend(bytes),
                Segment::File { key, offset, length } => {
                    let Ok(Some(bytes)) = self.read_file(&key, (offset, length)).await else {
                        self.log(&LogLine::new(Level::Error, "zip_broken"));
                        return body;
                    };
                    body.extend(bytes);
                }
            }
        }
        assert_eq!(body.len() as u64, pieces.length, "the length that the client was told");
        body
    }

    /// Everything that a listener is told.
    async fn told(&self, mut watch: Watch, first: Tick) -> Vec<u8> {
        let mut text = String::new();
        let mut tick = first;
        loop {
            match tick {
                Tick::Changed { view, last } => {
                    let data = serde_json::to_string(&view).unwrap();
                    let _ = write!(text, "event: order\ndata: {data}\n\n");
                    if last {
                        return text.into_bytes();
                    }
                }
                Tick::Quiet => {}
                Tick::Over => return text.into_bytes(),
            }
            tick = watch.tick(self).await;
        }
    }

    /// A request that dies with its isolate.
    pub fn spawn_request(&self, future: impl Future<Output = ()> + 'static) -> super::TaskId {
        let task = self.spawn(future);
        let mut requests = self.shared.requests.borrow_mut();
        requests.retain(|task| self.is_alive(*task));
        requests.push(task);
        task
    }

    /// A signed callback about a task as the provider sends it; `body` in place of its own.
    pub fn callback(&self, path: &str, task_id: &str, body: Option<Vec<u8>>) -> Option<Answer> {
        let ask = self.callback_ask(path, task_id, body);
        self.try_request(ask)
    }

    pub fn callback_ask(&self, path: &str, task_id: &str, body: Option<Vec<u8>>) -> Ask {
        let now = self.elapsed_ms();
        let body =
            body.unwrap_or_else(|| self.with_provider(|one| one.callback_body(task_id, now)));
        let key = self.shared.config.borrow().webhook_keys[0].clone();
        let seconds = super::BEGIN.plus(now).seconds();
        let signed = provider::signature(&key, task_id, seconds);
        let ask = Ask::new("POST", path).body(body);
        signed.iter().fold(ask, |ask, (name, value)| ask.header(name, value))
    }

    /// What the provider does about a task: read the inputs, work, call back.
    pub(super) fn begin_task(&self, task: &Task) {
        let (world, read) = (self.fresh(), task.clone());
        self.spawn(async move {
            let task = read;
            world.shared.executor.sleep(READING_MS.min(task.plan.latency_ms)).await;
            for path in &task.input_paths {
                if !world.provider_reads(path).await {
                    world.with_provider(|provider| {
                        if let Some(task) = provider.tasks.get_mut(&task.id) {
                            task.unreadable = true;
                        }
                    });
                }
            }
        });
        for _ in 0..task.plan.calls.times {
            let (world, task) = (self.fresh(), task.clone());
            self.spawn(async move {
                let after_ms = task.plan.latency_ms + task.plan.calls.delay_ms;
                world.shared.executor.sleep(after_ms).await;
                world.provider_calls_back(&task).await;
            });
        }
    }

    async fn provider_reads(&self, path: &str) -> bool {
        let answer = self.sent(Ask::new("GET", path)).await;
        answer.is_some_and(|answer| answer.status == 200 && !answer.body.is_empty())
    }

    async fn provider_calls_back(&self, task: &Task) {
        for pause_ms in CALLBACK_PAUSES_MS {
            let ask = self.callback_ask(&task.callback_path, &task.id, None);
            if self.sent(ask).await.is_some_and(|answer| answer.status == 200) {
                return;
            }
            self.shared.executor.sleep(pause_ms).await;
        }
    }

    /// A request of somebody outside, who does not die with the Worker; `None` when the Worker did.
    pub async fn sent(&self, ask: Ask) -> Option<Answer> {
        let (send, answer) = futures_channel();
        let world = self.fresh();
        self.spawn_request(async move {
            let answer = world.send(ask).await;
            send.put(answer);
        });
        answer.await
    }
}

/// The two ends of one answer: the receiver resolves with `None` when the sender is dropped.
fn futures_channel() -> (Sender, Receiver) {
    let slot = std::rc::Rc::new(std::cell::RefCell::new(Slot::default()));
    (Sender(std::rc::Rc::clone(&slot)), Receiver(slot))
}

#[derive(Default)]
struct Slot {
    answer: Option<Answer>,
    closed: bool,
    waker: Option<std::task::Waker>,
}

struct Sender(std::rc::Rc<std::cell::RefCell<Slot>>);

impl Sender {
    fn put(self, answer: Answer) {
        self.0.borrow_mut().answer = Some(answer);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        let mut slot = self.0.borrow_mut();
        slot.closed = true;
        if let Some(waker) = slot.waker.take() {
            waker.wake();
        }
    }
}

struct Receiver(std::rc::Rc<std::cell::RefCell<Slot>>);

impl Future for Receiver {
    type Output = Option<Answer>;

    fn poll(
        self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        let mut slot = self.0.borrow_mut();
        if slot.closed {
            return std::task::Poll::Ready(slot.answer.take());
        }
        slot.waker = Some(context.waker().clone());
        std::task::Poll::Pending
    }
}
