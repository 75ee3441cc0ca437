//! The provider's keys: RS256, published with their ids, rotated when a test says so. The pairs are
//! fixed, since making one takes seconds; they protect nothing.

use std::{fmt::Write as _, sync::LazyLock};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{
        ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    },
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

static PAIRS: LazyLock<[RsaKeyPair; 3]> = LazyLock::new(|| {
    [
        include_str!("keys/first.pem"),
        include_str!("keys/second.pem"),
        include_str!("keys/third.pem"),
    ]
    .map(pair)
});
static STRANGER: LazyLock<RsaKeyPair> = LazyLock::new(|| pair(include_str!("keys/stranger.pem")));
static CURVE: LazyLock<EcdsaKeyPair> = LazyLock::new(|| {
    let (algorithm, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("randomness");
    EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).expect("a pair just made")
});

/// Id of the key on a curve, which is published only by order.
pub const CURVE_ID: &str = "ec00000000000000000000000000000000000000";
/// What stands before a 2048-bit RSA key to make it a `SubjectPublicKeyInfo`.
const PUBLIC_KEY_START: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0F, 0x00,
];
const PEM_COLUMNS: usize = 64;

fn pair(pem: &str) -> RsaKeyPair {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    let document = STANDARD.decode(lines.collect::<String>()).expect("a key of ours");
    RsaKeyPair::from_pkcs8(&document).expect("a key of ours")
}

/// One of the provider's keys, or the key of somebody who is not the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The provider's, by its turn.
    Turn(usize),
    Stranger,
}

impl Signer {
    fn pair(self) -> &'static RsaKeyPair {
        match self {
            Self::Turn(turn) => &PAIRS[turn % PAIRS.len()],
            Self::Stranger => &STRANGER,
        }
    }

    /// As Google's: 40 hexadecimal digits. A turn never comes back, so neither does its id, though
    /// the pairs take turns.
    pub fn id(self) -> String {
        let name = match self {
            Self::Turn(turn) => format!("turn {turn}"),
            Self::Stranger => "stranger".to_owned(),
        };
        let digest = Sha256::digest(name);
        digest.iter().take(20).fold(String::new(), |mut id, byte| {
            let _ = write!(id, "{byte:02x}");
            id
        })
    }

    pub fn rs256(self, message: &str) -> Vec<u8> {
        let pair = self.pair();
        let mut signature = vec![0; pair.public().modulus_len()];
        pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message.as_bytes(), &mut signature)
            .expect("room for a signature");
        signature
    }

    /// The public half as a JSON Web Key.
    pub fn web_key(self) -> Value {
        let PublicKeyComponents::<Vec<u8>> { n, e } = self.pair().public().into();
        json!({
            "kty": "RSA", "alg": "RS256", "use": "sig", "kid": self.id(),
            "n": URL_SAFE_NO_PAD.encode(n), "e": URL_SAFE_NO_PAD.encode(e),
        })
    }

    /// The public half as it lies in a file: what a confused verifier takes for an HMAC key.
    pub fn public_pem(self) -> String {
        let mut document = PUBLIC_KEY_START.to_vec();
        document.extend(self.pair().public_key().as_ref());
        let text = STANDARD.encode(document);
        let mut pem = "-----BEGIN PUBLIC KEY-----\n".to_owned();
        for line in text.as_bytes().chunks(PEM_COLUMNS) {
            pem.extend(line.iter().copied().map(char::from));
            pem.push('\n');
        }
        pem + "-----END PUBLIC KEY-----\n"
    }
}

pub fn es256(message: &str) -> Vec<u8> {
    let signature = CURVE.sign(&SystemRandom::new(), message.as_bytes()).expect("randomness");
    signature.as_ref().to_vec()
}

/// The public half of the key on a curve.
pub fn curve_web_key() -> Value {
    let point = CURVE.public_key().as_ref();
    let (x, y) = point[1..].split_at(32);
    json!({
        "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": CURVE_ID,
        "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
    })
}

/// Which keys are in use.
#[derive(Debug, Clone, Default)]
pub struct KeyRing {
    signing: usize,
    /// Published are the turns from here on …
    oldest: usize,
    /// … as many as these.
    published: Option<usize>,
}

impl KeyRing {
    pub fn signing(&self) -> Signer {
        Signer::Turn(self.signing)
    }

    /// The next key signs from now on; the older ones stay published. Without `publish` nobody can
    /// know the new key until [`KeyRing::publish`].
    pub fn rotate(&mut self, publish: bool) {
        if !publish && self.published.is_none() {
            self.published = Some(self.signing);
        }
        self.signing += 1;
        if publish {
            self.publish();
        }
    }

    pub fn publish(&mut self) {
        self.published = None;
    }

    /// Only the signing key stays published.
    pub fn drop_old(&mut self) {
        self.oldest = self.signing;
        self.published = None;
    }

    /// Newest last, as a set that nobody may rely on the order of.
    pub fn published(&self) -> Vec<Signer> {
        let newest = self.published.unwrap_or(self.signing);
        (self.oldest..=newest).map(Signer::Turn).collect()
    }

    pub fn list(&self) -> Value {
        let published: Vec<String> = self.published().into_iter().map(Signer::id).collect();
        json!({"signing": self.signing().id(), "published": published})
    }
}
