//! Kie's rate limits as sliding windows: a bucket would admit twice the number around its edge.

use std::collections::VecDeque;

/// At most `calls` admitted calls in any `window_ms`.
#[derive(Debug, Clone)]
pub struct SlidingWindow {
    calls: usize,
    window_ms: u64,
    /// Times of the admitted calls of the last window; at most `calls` long.
    admitted: VecDeque<u64>,
}

impl SlidingWindow {
    pub fn new(calls: usize, window_ms: u64) -> Self {
        Self { calls, window_ms, admitted: VecDeque::new() }
    }

    /// Whether a call at `now_ms` is admitted. A refused call does not count.
    pub fn admit(&mut self, now_ms: u64) -> bool {
        while self.admitted.front().is_some_and(|&first| first + self.window_ms <= now_ms) {
            self.admitted.pop_front();
        }
        if self.admitted.len() >= self.calls {
            return false;
        }
        self.admitted.push_back(now_ms);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::SlidingWindow;

    #[test]
    fn never_more_than_the_limit_in_any_window() {
        let mut window = SlidingWindow::new(20, 10_000);
        let mut admitted = Vec::new();
        // A call each 130 ms is 76 in 10 s, across several windows and their edges.
        for now in (0..60_000).step_by(130) {
            if window.admit(now) {
                admitted.push(now);
            }
        }
        for pair in admitted.windows(21) {
            assert!(pair[20] - pair[0] >= 10_000, "21 calls within {}", pair[20] - pair[0]);
        }
        assert!(admitted.len() >= 100, "the limit itself must be reachable: {}", admitted.len());
    }

    #[test]
    fn a_refused_call_does_not_prolong_the_wait() {
        let mut window = SlidingWindow::new(1, 1_000);
        assert!(window.admit(0));
        assert!(!window.admit(999));
        assert!(window.admit(1_000));
    }
}
