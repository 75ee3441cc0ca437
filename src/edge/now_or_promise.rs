//! An async handler that answers without a Promise when it never had to wait, and that goes on the
//! moment what it waits for is there. The executor of `js_sys` asks the event loop for a turn each
//! time instead, which costs more here than what the handler then does.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use wasm_bindgen::prelude::*;

/// What a handler ends with: a JS value to return, or a JS value to throw.
pub type Outcome = Result<JsValue, JsValue>;

#[wasm_bindgen]
extern "C" {
    type Deferred;

    #[wasm_bindgen(js_namespace = Promise, js_name = withResolvers)]
    fn with_resolvers() -> Deferred;

    #[wasm_bindgen(method, getter)]
    fn promise(this: &Deferred) -> JsValue;

    #[wasm_bindgen(method)]
    fn resolve(this: &Deferred, value: &JsValue);

    #[wasm_bindgen(method)]
    fn reject(this: &Deferred, reason: &JsValue);
}

type Handler = Pin<Box<dyn Future<Output = Outcome>>>;

/// A handler that has been polled.
enum Task {
    /// It waits, and whoever asked has the promise of its outcome.
    Waiting(Handler, Deferred),
    /// It is being polled. A wake that comes meanwhile is not lost: it is polled once more.
    Running { woken: bool },
}

thread_local! {
    static TASKS: RefCell<BTreeMap<u32, Task>> = const { RefCell::new(BTreeMap::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
}

/// Polls `future`. When it is ready its value is returned as it is, and no Promise ever exists;
/// otherwise a Promise of it.
///
/// # Errors
/// The handler's own error, when it came without waiting; later errors reject the Promise.
pub fn now_or_promise<F>(future: F) -> Outcome
where
    F: Future<Output = Outcome> + 'static,
{
    let number = LAST.get().wrapping_add(1);
    LAST.set(number);
    let mut handler: Handler = Box::pin(future);
    match poll(number, &mut handler) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => {
            let deferred = with_resolvers();
            let promise = deferred.promise();
            let waiting = Task::Waiting(handler, deferred);
            TASKS.with_borrow_mut(|tasks| tasks.insert(number, waiting));
            Ok(promise)
        }
    }
}

/// Polls until it is ready or nobody has woken it in the meantime.
fn poll(number: u32, handler: &mut Handler) -> Poll<Outcome> {
    let waker = Waker::from(Arc::new(Number(number)));
    loop {
        let running = Task::Running { woken: false };
        TASKS.with_borrow_mut(|tasks| tasks.insert(number, running));
        let polled = handler.as_mut().poll(&mut Context::from_waker(&waker));
        let task = TASKS.with_borrow_mut(|tasks| tasks.remove(&number));
        if polled.is_ready() || !matches!(task, Some(Task::Running { woken: true })) {
            return polled;
        }
    }
}

/// Goes on with a handler that waits.
fn resume(number: u32) {
    let task = TASKS.with_borrow_mut(|tasks| match tasks.get_mut(&number) {
        Some(Task::Running { woken }) => {
            *woken = true;
            None
        }
        Some(Task::Waiting(..)) => tasks.remove(&number),
        None => None,
    });
    let Some(Task::Waiting(mut handler, deferred)) = task else { return };
    match poll(number, &mut handler) {
        Poll::Ready(Ok(value)) => deferred.resolve(&value),
        Poll::Ready(Err(reason)) => deferred.reject(&reason),
        Poll::Pending => {
            let waiting = Task::Waiting(handler, deferred);
            TASKS.with_borrow_mut(|tasks| tasks.insert(number, waiting));
        }
    }
}

/// A task's waker. Every waker of a task is the same one, also one that a future keeps from its
/// first poll for ever.
struct Number(u32);

impl Wake for Number {
    fn wake(self: Arc<Self>) {
        resume(self.0);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        resume(self.0);
    }
}
