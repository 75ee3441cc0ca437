//! A session: one browser in which a person is signed in. Its token is in a cookie, its hash in the
//! database.

use sha2::{Digest, Sha256};

use super::hex::hex;
use super::id::{SessionId, SessionToken};
use super::rules::Rules;
use super::time::{HOUR_MS, Millis};

/// A use is noted at most this often: each note is a row written.
pub const TOUCH_MS: i64 = HOUR_MS;

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its name on the account page.
    pub id: SessionId,
    /// Browser and system in words.
    pub device: String,
    /// When Google last said who it is; a session begins with that.
    pub signed_in_at: Millis,
    /// When it began, if that was asked for as a proof of who it is and Google gave one.
    pub proved_at: Option<Millis>,
    /// When it was last used, to the hour.
    pub used_at: Millis,
}

impl Session {
    /// Whether it may still be used: not idle for too long, and not too old.
    pub fn is_alive(&self, now: Millis, rules: &Rules) -> bool {
        now.since(self.used_at) < rules.session_idle_ms
            && now.since(self.signed_in_at) < rules.session_life_ms
    }

    /// Whether the person has just proved who it is, which what cannot be undone asks for.
    pub fn is_fresh(&self, now: Millis, rules: &Rules) -> bool {
        self.proved_at.is_some_and(|at| now.since(at) < rules.fresh_ms)
    }

    /// Whether this use is to be noted.
    pub fn wants_touch(&self, now: Millis) -> bool {
        now.since(self.used_at) >= TOUCH_MS
    }
}

/// What the database keeps of a token.
pub fn token_hash(token: &SessionToken) -> String {
    hex(&Sha256::digest(token.bytes()))
}
