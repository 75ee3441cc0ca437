//! News by mail: whom a mailing is for, and the link in it that ends them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::id::{AccountId, ID_BYTES};
use super::keyring::Keyring;
use super::mac::{self, TAG_BYTES_MIN};
use super::time::DAY_MS;

/// Pause between two mailings to the accounts of one language: the switch for them says "at most
/// once a month".
pub const NEWS_PAUSE_MS: i64 = 31 * DAY_MS;

/// Keeps these tags apart from every other use of the same secret.
const LABEL: &[u8] = b"end of news\0";

/// Whom a mailing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Who confirmed an address for the waitlist.
    Waitlist,
    /// Accounts whose owners switched news by mail on.
    Accounts,
    /// Either; an address that is both gets one mail.
    Both,
}

impl Audience {
    const ALL: [Self; 3] = [Self::Waitlist, Self::Accounts, Self::Both];

    /// Its name on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waitlist => "waitlist",
            Self::Accounts => "accounts",
            Self::Both => "both",
        }
    }

    /// Reads the name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether the waitlist is written to.
    pub const fn has_waitlist(self) -> bool {
        match self {
            Self::Waitlist | Self::Both => true,
            Self::Accounts => false,
        }
    }

    /// Whether accounts are written to.
    pub const fn has_accounts(self) -> bool {
        match self {
            Self::Accounts | Self::Both => true,
            Self::Waitlist => false,
        }
    }
}

/// What the link of a mail to an account holds: whoever has it may end the news of this account and
/// nothing else.
pub fn end_token(keyring: &Keyring, account: AccountId) -> String {
    let id = account.bytes();
    let tag: [u8; TAG_BYTES_MIN] = mac::tag(&keyring.current.secret, &[LABEL, id]);
    URL_SAFE_NO_PAD.encode([id.as_slice(), &tag].concat())
}

/// The account whose news the token ends; `None` for one that was not made here.
pub fn read_end_token(keyring: &Keyring, token: &str) -> Option<AccountId> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, tag) = bytes.split_first_chunk::<ID_BYTES>()?;
    let is_ours = tag.len() == TAG_BYTES_MIN
        && keyring.living().any(|key| mac::matches(&key.secret, &[LABEL, id], tag));
    is_ours.then(|| AccountId::from_bytes(*id))
}
