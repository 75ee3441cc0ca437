//! The receipt of a deletion: a compact JWS, signed with Ed25519. It proves what the operator has
//! signed and can no longer change; no signature can prove that bytes are gone. It names nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_simple::algorithms::{Ed25519KeyPair, Ed25519PublicKey, EdDSAKeyPairLike};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::deletion::{Schedule, Tally};
use super::hex::hex;
use super::letter::LAST_WAIT_MS;
use super::time::{DAY_MS, Millis};

/// How long the database's own history can bring rows back (D1 Time Travel).
pub const HISTORY_MS: i64 = 30 * DAY_MS;
/// How long the maker of the pictures keeps a copy of each.
pub const PROVIDER_PICTURES_MS: i64 = 14 * DAY_MS;
/// How long it keeps its logs of them: two months, the longest there are.
pub const PROVIDER_LOGS_MS: i64 = 62 * DAY_MS;
/// How long our own logs are kept.
pub const LOGS_MS: i64 = 30 * DAY_MS;

/// The key's fixed beginning in PKCS #8 (RFC 8410): what follows are the 32 bytes of the seed.
const PKCS8_HEAD: [u8; 16] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
/// What kind of document it is.
const KIND: &str = "deletion-receipt";
/// The same as the type of a token.
const TOKEN_TYPE: &str = "deletion-receipt+jwt";
/// Characters of a key's name.
const KEY_ID_CHARS: usize = 16;

/// What a receipt says beside its constant parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted<'a> {
    /// Whose site it was.
    pub issuer: &'a str,
    /// When it was asked for and due.
    pub schedule: Schedule,
    /// When the last of it was deleted.
    pub done_at: Millis,
    /// Rows by table.
    pub rows: Vec<(&'static str, u64)>,
    /// The objects.
    pub tally: &'a Tally,
    /// What the digests are salted with.
    pub salt: &'a str,
    /// Whether a mail brings it, whose address stays until it has left.
    pub is_mailed: bool,
}

/// A receipt that waits for whoever has its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The receipt, signed.
    pub receipt: String,
    /// Until when.
    pub expires_at: Millis,
}

/// A store that is not emptied at once, and when it will be.
struct Elsewhere {
    store: &'static str,
    holds: &'static str,
    until: Millis,
}

impl Serialize for Elsewhere {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_map(Some(3))?;
        fields.serialize_entry("store", self.store)?;
        fields.serialize_entry("holds", self.holds)?;
        fields.serialize_entry("until", &self.until.rfc3339())?;
        fields.end()
    }
}

/// Where copies may be found after the deletion. Those whose time is over are not named.
fn copies(deleted: &Deleted) -> Vec<Elsewhere> {
    let done_at = deleted.done_at;
    let last = deleted.tally.last_order_at.map(Millis);
    let mail = deleted.is_mailed.then(|| Elsewhere {
        store: "Outbox",
        holds: "the mail address, until the mail with this receipt has left",
        until: done_at.plus(LAST_WAIT_MS),
    });
    let ours = [
        Elsewhere {
            store: "Cloudflare D1 Time Travel",
            holds: "the deleted rows, in the database's own recovery history",
            until: done_at.plus(HISTORY_MS),
        },
        Elsewhere {
            store: "Cloudflare Workers Logs",
            holds: "log lines of requests, without name, address, id or picture",
            until: done_at.plus(LOGS_MS),
        },
    ];
    let provider = last.into_iter().flat_map(|at| {
        [
            Elsewhere {
                store: "Kie AI",
                holds: "the pictures that it made",
                until: at.plus(PROVIDER_PICTURES_MS),
            },
            Elsewhere {
                store: "Kie AI",
                holds: "its logs of the orders",
                until: at.plus(PROVIDER_LOGS_MS),
            },
        ]
    });
    mail.into_iter().chain(ours).chain(provider).filter(|copy| copy.until > done_at).collect()
}

fn payload(deleted: &Deleted) -> String {
    let tally = deleted.tally;
    let rows: serde_json::Map<String, serde_json::Value> =
        deleted.rows.iter().map(|(table, count)| ((*table).to_owned(), (*count).into())).collect();
    let (listed, objects) = (tally.listed.len() as u64, tally.objects);
    json!({
        "document": KIND,
        "version": 1,
        "issuer": deleted.issuer,
        "requested_at": deleted.schedule.asked_at.rfc3339(),
        "unreadable_from": deleted.schedule.due_at.rfc3339(),
        "done_at": deleted.done_at.rfc3339(),
        "rows_deleted": rows,
        "objects_deleted": {
            "count": objects,
            "bytes": tally.bytes,
            "salt": deleted.salt,
            "digests": tally.listed,
            "digests_not_listed": objects.saturating_sub(listed),
            "chain": tally.chain,
            "how": "digest = hex(SHA-256(salt + hex(SHA-256(object)))); chain = hex(SHA-256(chain \
                    before + digest)) over all, the oldest order first",
        },
        "copies_elsewhere": copies(deleted),
        "claim": "The signature proves that the operator stated this and has not changed it since. \
                  It does not prove that no copy of the data exists.",
    })
    .to_string()
}

/// Signs the receipt; `None` for a seed that is no key. The same arguments give the same text.
pub fn sign(seed: &[u8; 32], deleted: &Deleted) -> Option<String> {
    let key = key_pair(seed)?;
    let header = json!({"alg": "EdDSA", "kid": key_id(&key.public_key()), "typ": TOKEN_TYPE});
    let encoded = |text: String| URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", encoded(header.to_string()), encoded(payload(deleted)));
    // The crate's own tokens would add random noise and the time of a clock.
    let signature = key.key_pair().as_ref().sk.sign(&signed, None);
    Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref())))
}

/// The public key with which receipts are verified, as PEM; `None` for a seed that is no key.
pub fn public_key(seed: &[u8; 32]) -> Option<String> {
    Some(key_pair(seed)?.public_key().to_pem())
}

/// What a receipt says, as indented JSON. Nothing is verified: this is for showing one of ours.
pub fn readable(receipt: &str) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.decode(receipt.split('.').nth(1)?).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    serde_json::to_string_pretty(&value).ok()
}

fn key_pair(seed: &[u8; 32]) -> Option<Ed25519KeyPair> {
    Ed25519KeyPair::from_der(&[PKCS8_HEAD.as_slice(), seed].concat()).ok()
}

/// Tells keys apart after a rotation.
fn key_id(key: &Ed25519PublicKey) -> String {
    let mut name = hex(&Sha256::digest(key.to_der()));
    name.truncate(KEY_ID_CHARS);
    name
}
