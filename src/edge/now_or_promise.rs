//! An async handler that answers without a Promise when it never had to wait.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use js_sys::futures::future_to_promise;
use wasm_bindgen::JsValue;

/// What a handler ends with: a JS value to return, or a JS value to throw.
pub type Outcome = Result<JsValue, JsValue>;

/// Polls `future` once. When it is ready its value is returned as it is, and no Promise, task or
/// microtask ever exists; otherwise the rest becomes a Promise.
///
/// # Errors
/// The handler's own error, when it came without waiting; later errors reject the Promise.
pub fn now_or_promise<F>(future: F) -> Outcome
where
    F: Future<Output = Outcome> + 'static,
{
    let relay = Arc::new(Relay::default());
    let waker = Waker::from(Arc::clone(&relay));
    let mut future = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Ok(future_to_promise(Rest { future, relay, waker }).into()),
    }
}

/// The waker of the first poll. Some futures (`worker::Delay`) keep the waker of their first poll
/// for ever, so it must wake whoever polls later. A wake that comes before anybody is known is not
/// lost: the Promise's task always polls once by itself.
#[derive(Default)]
struct Relay(Mutex<Option<Waker>>);

impl Relay {
    fn pass_to(&self, waker: &Waker) {
        let mut later = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !later.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *later = Some(waker.clone());
        }
    }
}

impl Wake for Relay {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let later = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(waker) = later {
            waker.wake();
        }
    }
}

/// A future that was polled once already, still woken through its relay.
struct Rest<F> {
    future: Pin<Box<F>>,
    relay: Arc<Relay>,
    waker: Waker,
}

impl<F: Future> Future for Rest<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.relay.pass_to(cx.waker());
        let waker = self.waker.clone();
        self.future.as_mut().poll(&mut Context::from_waker(&waker))
    }
}
