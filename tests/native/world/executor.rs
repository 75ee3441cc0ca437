//! A deterministic executor with a virtual clock: one thread, no wall time. Which of the ready tasks
//! runs next is drawn from a seed, so that every interleaving can be replayed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::LocalBoxFuture;

use crate::random::Random;

/// Names a task; never used twice.
pub type TaskId = u64;

/// Polls without the clock moving that no honest program needs.
const POLLS_AT_ONE_MOMENT_MAX: u64 = 200_000;

struct ReadyMark {
    id: TaskId,
    ready: Arc<Mutex<Vec<TaskId>>>,
}

impl Wake for ReadyMark {
    fn wake(self: Arc<Self>) {
        let mut ready = self.ready.lock().unwrap();
        if !ready.contains(&self.id) {
            ready.push(self.id);
        }
    }
}

struct Task {
    /// Taken out while it is polled.
    future: Option<LocalBoxFuture<'static, ()>>,
    waker: Waker,
}

/// See the module. Time is in milliseconds since the executor began and never steps back.
pub struct Executor {
    now: Cell<i64>,
    tasks: RefCell<BTreeMap<TaskId, Task>>,
    ready: Arc<Mutex<Vec<TaskId>>>,
    timers: RefCell<BTreeMap<(i64, u64), Waker>>,
    next_id: Cell<u64>,
    current: Cell<Option<TaskId>>,
    random: RefCell<Random>,
    polls_at_this_moment: Cell<u64>,
}

impl Executor {
    pub fn new(seed: u64) -> Rc<Self> {
        Rc::new(Self {
            now: Cell::new(0),
            tasks: RefCell::default(),
            ready: Arc::default(),
            timers: RefCell::default(),
            next_id: Cell::new(0),
            current: Cell::new(None),
            random: RefCell::new(Random::new(seed)),
            polls_at_this_moment: Cell::new(0),
        })
    }

    pub fn now(&self) -> i64 {
        self.now.get()
    }

    fn fresh_id(&self) -> u64 {
        let id = self.next_id.get();
        self.next_id.set(id + 1);
        id
    }

    /// The task that is being polled.
    pub fn current(&self) -> Option<TaskId> {
        self.current.get()
    }

    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) -> TaskId {
        let id = self.fresh_id();
        let mark = Arc::new(ReadyMark { id, ready: Arc::clone(&self.ready) });
        let task = Task { future: Some(Box::pin(future)), waker: Waker::from(mark) };
        task.waker.wake_by_ref();
        self.tasks.borrow_mut().insert(id, task);
        id
    }

    pub fn is_alive(&self, id: TaskId) -> bool {
        self.tasks.borrow().contains_key(&id)
    }

    /// Drops a task where it stands; the one that is being polled as soon as it awaits.
    pub fn kill(&self, id: TaskId) {
        let task = self.tasks.borrow_mut().remove(&id);
        drop(task);
    }

    /// Drops every task: they hold the world, which holds them.
    pub fn clear(&self) {
        let tasks = std::mem::take(&mut *self.tasks.borrow_mut());
        drop(tasks);
    }

    /// Polls one ready task; `false` when none is ready.
    pub fn step(&self) -> bool {
        let id = {
            let mut ready = self.ready.lock().unwrap();
            if ready.is_empty() {
                return false;
            }
            let index = self.random.borrow_mut().below(ready.len() as u64);
            ready.swap_remove(usize::try_from(index).unwrap())
        };
        let taken = self.tasks.borrow_mut().get_mut(&id).and_then(|task| {
            let future = task.future.take()?;
            Some((future, task.waker.clone()))
        });
        let Some((mut future, waker)) = taken else { return true };
        let polls = self.polls_at_this_moment.get() + 1;
        self.polls_at_this_moment.set(polls);
        assert!(polls < POLLS_AT_ONE_MOMENT_MAX, "livelock: time does not move any more");
        self.current.set(Some(id));
        let poll = future.as_mut().poll(&mut Context::from_waker(&waker));
        self.current.set(None);
        match poll {
            Poll::Ready(()) => self.kill(id),
            Poll::Pending => {
                if let Some(task) = self.tasks.borrow_mut().get_mut(&id) {
                    task.future = Some(future);
                }
            }
        }
        true
    }

    /// Moves the clock to the next timer, if it is not after `limit`; `false` when there is none.
    pub fn skip_to_next_timer(&self, limit: i64) -> bool {
        let next = self.timers.borrow().keys().next().map(|(at, _)| *at);
        let Some(at) = next.filter(|at| *at <= limit) else { return false };
        self.set_now(at);
        loop {
            let mut timers = self.timers.borrow_mut();
            let Some(entry) = timers.first_entry().filter(|entry| entry.key().0 <= at) else {
                return true;
            };
            let waker = entry.remove();
            drop(timers);
            waker.wake();
        }
    }

    /// Runs everything up to and including this moment.
    pub fn run_until(&self, moment: i64) {
        loop {
            while self.step() {}
            if !self.skip_to_next_timer(moment) {
                break;
            }
        }
        self.set_now(moment.max(self.now.get()));
    }

    fn set_now(&self, at: i64) {
        if at > self.now.get() {
            self.now.set(at);
            self.polls_at_this_moment.set(0);
        }
    }

    pub fn sleep(self: &Rc<Self>, ms: i64) -> Sleep {
        Sleep { executor: Rc::clone(self), until: self.now.get() + ms.max(0), key: None }
    }
}

/// Resolves when the clock has come to its moment; forgets its timer when it is dropped.
pub struct Sleep {
    executor: Rc<Executor>,
    until: i64,
    key: Option<(i64, u64)>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.executor.now.get() >= self.until {
            return Poll::Ready(());
        }
        let key = self.key.unwrap_or_else(|| (self.until, self.executor.fresh_id()));
        self.key = Some(key);
        self.executor.timers.borrow_mut().insert(key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.executor.timers.borrow_mut().remove(&key);
        }
    }
}
