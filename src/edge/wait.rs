//! Waiting for a promise of JavaScript, with a time-out. As a future of `js_sys` each wait makes
//! two functions that JavaScript must free; here one function of the instance is told what became
//! of each promise, by number.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use wasm_bindgen::prelude::*;

use super::now_or_promise::Outcome;

#[wasm_bindgen(module = "/src/edge/boundary.js")]
extern "C" {
    /// The calls of one event, with their time-outs under one timer.
    pub type Calls;

    #[wasm_bindgen(constructor)]
    pub fn new() -> Calls;

    #[wasm_bindgen(method, catch)]
    fn settle(
        this: &Calls,
        promise: &JsValue,
        ms: u32,
        number: u32,
        tell: &JsValue,
    ) -> Result<(), JsValue>;

    /// Forgets the calls that are still open, and their timer.
    #[wasm_bindgen(method)]
    pub fn end(this: &Calls);
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(
        tell: &JsValue,
        ms: u32,
        number: u32,
        fulfilled: bool,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;
}

/// What is known of a promise.
enum State {
    Open(Option<Waker>),
    Settled(Outcome),
}

thread_local! {
    static OPEN: RefCell<BTreeMap<u32, State>> = const { RefCell::new(BTreeMap::new()) };
    static LAST: Cell<u32> = const { Cell::new(0) };
    static TELL: JsValue = Closure::<dyn Fn(u32, bool, JsValue)>::new(told).into_js_value();
}

fn told(number: u32, fulfilled: bool, value: JsValue) {
    let outcome = if fulfilled { Ok(value) } else { Err(value) };
    // Nobody is there any more when the time-out came first, or when the waiting was given up.
    let before = OPEN.with_borrow_mut(|open| {
        open.get_mut(&number).map(|state| std::mem::replace(state, State::Settled(outcome)))
    });
    if let Some(State::Open(Some(waker))) = before {
        waker.wake();
    }
}

impl Calls {
    /// What the promise of a call comes to, or a `TimeoutError` when it has not come after `ms`
    /// milliseconds and at most a second more.
    ///
    /// # Errors
    /// What the call threw, or why its promise was rejected.
    pub async fn settled(&self, call: Outcome, ms: u32) -> Outcome {
        let promise = call?;
        let wait = Wait::begin();
        TELL.with(|tell| self.settle(&promise, ms, wait.0, tell))?;
        wait.await
    }
}

/// Longest pause that a timer can make.
const PAUSE_MS_MAX: u32 = i32::MAX.unsigned_abs();

/// Resolves after so many milliseconds. Not `worker::Delay`, which wakes before it is ready: who
/// polls at once finds it pending and is not woken again.
pub async fn pause(ms: u32) {
    let wait = Wait::begin();
    let timer = TELL.with(|tell| set_timeout(tell, ms.min(PAUSE_MS_MAX), wait.0, true));
    let Ok(_timer) = timer.map(Timer) else { return };
    // A timer has nothing to tell but that it is over.
    let _ = wait.await;
}

/// A timer that nobody waits for any more does not keep the event alive.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        let _ = clear_timeout(&self.0);
    }
}

struct Wait(u32);

impl Wait {
    fn begin() -> Self {
        let number = LAST.get().wrapping_add(1);
        LAST.set(number);
        OPEN.with_borrow_mut(|open| open.insert(number, State::Open(None)));
        Self(number)
    }
}

impl Future for Wait {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Outcome> {
        OPEN.with_borrow_mut(|open| match open.remove(&self.0) {
            Some(State::Settled(outcome)) => Poll::Ready(outcome),
            Some(State::Open(_)) | None => {
                open.insert(self.0, State::Open(Some(cx.waker().clone())));
                Poll::Pending
            }
        })
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(|open| open.remove(&self.0));
    }
}
