//! Signed links: whoever holds the token may read one picture until the token expires. Checking one
//! needs no database; deleting the file is the revocation.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::id::{FileId, ID_BYTES, ORDER_ID_BYTES, OrderId};
use super::image::Format;
use super::keyring::Keyring;
use super::mac;
use super::order::{FileKey, Image, Order};
use super::refusal::{Code, Refusal};
use super::time::{MINUTE_MS, Millis, SECOND_MS};

/// Length of a token for a picture of an anonymous order. 54 bytes are exactly 72 characters of
/// base64url with no bits left over, so every token has one spelling only.
pub const TOKEN_LENGTH: usize = 72;
/// The same of an account's order, whose id it carries: 84 bytes.
pub const OWNED_TOKEN_LENGTH: usize = 112;
/// How long a browser may show a picture of an account without asking again: what its owner deletes
/// is seen nowhere a minute later.
pub const OWNED_CACHE_MS: i64 = MINUTE_MS;
/// Visitors' links end at multiples of this: within one step a file keeps one URL, so that the
/// browser's cache and 304 work.
pub const VIEW_STEP_MS: i64 = 5 * MINUTE_MS;
/// What a visitor's link lives beyond its step; with it a link lives 10 to 15 minutes.
pub const VIEW_LIFE_MS: i64 = 10 * MINUTE_MS;
/// Life of the links that the provider gets. It reads the inputs when the task leaves its own
/// queue, not at createTask, so a link must live as long as we wait for a result: 15 minutes. The
/// 5 minutes above are for our own retry of the call and for a clock that differs from ours.
pub const PROVIDER_LIFE_MS: i64 = 20 * MINUTE_MS;

const VERSION: u8 = 2;
const PAYLOAD_BYTES: usize = 38;
/// 128 bits, and what makes the whole a multiple of 3 bytes.
const TAG_BYTES: usize = 16;
const EXPIRY_SECONDS_MAX: i64 = (1 << 40) - 1;
/// Keeps these tags apart from every other use of the same secret.
const LABEL: &[u8] = b"signed link\0";

macro_rules! coded {
    ($(#[$doc:meta])* $name:ident {
        $($(#[$vdoc:meta])* $variant:ident = $code:literal),+ $(,)?
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl $name {
            const fn code(self) -> u8 {
                match self { $(Self::$variant => $code),+ }
            }

            const fn of_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// What a link is for. A link for one purpose is no link for another.
    Purpose {
        /// A visitor looks at the picture.
        View = 1,
        /// The provider reads an input.
        Provider = 2,
    }
}

coded! {
    /// Where the file lies, and so how long it is kept.
    Namespace {
        /// Anonymous: the storage's own lifecycle rule is the backstop.
        Anon = 1,
        /// An account's: kept until deleted.
        Kept = 2,
    }
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// What the link is for.
    pub purpose: Purpose,
    /// The order, when it is an account's: its row says whether the picture may still be seen, and
    /// where it lies by now. Without it the token says all.
    pub order: Option<OrderId>,
    /// The picture's format, hence its content type and extension.
    pub format: Format,
    /// Which file, and where it lay when the link was signed.
    pub file: FileKey,
    /// Where in the file the picture begins, in bytes. What lies before it and after it is somebody
    /// else's to show.
    pub offset: u32,
    /// Size of the picture in bytes.
    pub size: u32,
    /// The first moment at which the link is no longer good. Signed in whole seconds, rounded down.
    pub expires_at: Millis,
}

impl Link {
    /// A link to a picture that nobody is asked about again: for the provider, and of an anonymous
    /// order.
    pub const fn to(image: &Image, purpose: Purpose, expires_at: Millis) -> Self {
        Self {
            purpose,
            order: None,
            format: image.format,
            file: image.key,
            offset: image.offset,
            size: image.bytes,
            expires_at,
        }
    }

    /// A visitor's link to a picture of this order.
    pub fn view(order: &Order, image: &Image, expires_at: Millis) -> Self {
        let id = order.account.map(|_| order.id);
        Self { order: id, ..Self::to(image, Purpose::View, expires_at) }
    }

    const fn namespace(&self) -> Namespace {
        if self.file.kept { Namespace::Kept } else { Namespace::Anon }
    }
}

/// Why a token is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRefusal {
    /// Not a token, altered, signed by no living key, or for another purpose.
    Altered,
    /// Rightly signed, but its time is over.
    Expired,
}

impl From<LinkRefusal> for Refusal {
    fn from(refusal: LinkRefusal) -> Self {
        match refusal {
            LinkRefusal::Altered => Self::new(
                Code::LinkInvalid,
                "This link is not valid. Open the order again to get a new one.",
            ),
            LinkRefusal::Expired => Self::new(
                Code::Gone,
                "This link has expired. Open the order again to get a new one.",
            ),
        }
    }
}

/// The token of a link: 72 characters of base64url, or 112 with an order. Bytes 0 to 37 are
/// version, key id, purpose, namespace, format, hour (4), file id (16), offset (4), size (4) and
/// expiry in seconds (5), all big-endian; the order's id (30) follows, if there is one; the last 16
/// are the first bytes of the HMAC-SHA256 over a label and them. An expiry outside the years 1970
/// to 36812 is cut to that range.
pub fn sign(keyring: &Keyring, link: &Link) -> String {
    let key = &keyring.current;
    let seconds = link.expires_at.seconds().clamp(0, EXPIRY_SECONDS_MAX);
    let [_, _, _, expiry @ ..] = seconds.to_be_bytes();
    let codes =
        [VERSION, key.id, link.purpose.code(), link.namespace().code(), format_code(link.format)];
    let mut token = Vec::with_capacity(PAYLOAD_BYTES + ORDER_ID_BYTES + TAG_BYTES);
    token.extend(codes);
    token.extend(link.file.hour.to_be_bytes());
    token.extend(link.file.id.bytes());
    token.extend(link.offset.to_be_bytes());
    token.extend(link.size.to_be_bytes());
    token.extend(expiry);
    token.extend(link.order.iter().flat_map(OrderId::bytes));
    let tag: [u8; TAG_BYTES] = mac::tag(&key.secret, &[LABEL, &token]);
    token.extend(tag);
    URL_SAFE_NO_PAD.encode(token)
}

/// What a token says, when a living key signed it for one of the purposes in `accepted` and `now`
/// is before its expiry: at the very moment of expiry it is expired. An altered token is refused as
/// altered whatever its expiry says.
pub fn open(
    keyring: &Keyring,
    token: &str,
    accepted: &[Purpose],
    now: Millis,
) -> Result<Link, LinkRefusal> {
    let link = verified(keyring, token).ok_or(LinkRefusal::Altered)?;
    if !accepted.contains(&link.purpose) {
        return Err(LinkRefusal::Altered);
    }
    if now >= link.expires_at {
        return Err(LinkRefusal::Expired);
    }
    Ok(link)
}

fn verified(keyring: &Keyring, token: &str) -> Option<Link> {
    if token.len() != TOKEN_LENGTH && token.len() != OWNED_TOKEN_LENGTH {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (signed, tag) = bytes.split_last_chunk::<TAG_BYTES>()?;
    let (payload, order) = signed.split_first_chunk::<PAYLOAD_BYTES>()?;
    let [version, key_id, ..] = *payload;
    if version != VERSION {
        return None;
    }
    let genuine = keyring
        .living()
        .filter(|key| key.id == key_id)
        .any(|key| mac::matches(&key.secret, &[LABEL, signed], tag));
    if genuine { decode(payload, order) } else { None }
}

/// `order` is the bytes of an order's id, or none. What is kept is shown by its order alone.
fn decode(payload: &[u8; PAYLOAD_BYTES], order: &[u8]) -> Option<Link> {
    let order = match order {
        [] => None,
        id => Some(OrderId::from_bytes(id.try_into().ok()?)),
    };
    let [_, _, purpose, namespace, format, rest @ ..] = payload;
    let kept = match Namespace::of_code(*namespace)? {
        Namespace::Anon => false,
        Namespace::Kept => order.is_some().then_some(true)?,
    };
    let (hour, rest) = rest.split_first_chunk::<4>()?;
    let (id, rest) = rest.split_first_chunk::<ID_BYTES>()?;
    let (offset, rest) = rest.split_first_chunk::<4>()?;
    let (size, expiry) = rest.split_first_chunk::<4>()?;
    let seconds = expiry.iter().fold(0, |seconds, byte| seconds << 8 | i64::from(*byte));
    Some(Link {
        purpose: Purpose::of_code(*purpose)?,
        order,
        format: format_of_code(*format)?,
        file: FileKey { hour: u32::from_be_bytes(*hour), id: FileId::from_bytes(*id), kept },
        offset: u32::from_be_bytes(*offset),
        size: u32::from_be_bytes(*size),
        expires_at: Millis(seconds * SECOND_MS),
    })
}

const fn format_code(format: Format) -> u8 {
    match format {
        Format::Jpeg => 1,
        Format::Png => 2,
        Format::Webp => 3,
    }
}

const fn format_of_code(code: u8) -> Option<Format> {
    match code {
        1 => Some(Format::Jpeg),
        2 => Some(Format::Png),
        3 => Some(Format::Webp),
        _ => None,
    }
}

/// When a visitor's link made at `now` expires: the next 5-minute boundary plus 10 minutes, but
/// never after the order itself.
pub fn view_expiry(now: Millis, order_expires_at: Option<Millis>) -> Millis {
    let boundary = now.0.div_euclid(VIEW_STEP_MS).saturating_add(1).saturating_mul(VIEW_STEP_MS);
    not_after(Millis(boundary).plus(VIEW_LIFE_MS), order_expires_at)
}

/// When a provider's link made at `now` expires: after [`PROVIDER_LIFE_MS`], but never after the
/// order itself.
pub fn provider_expiry(now: Millis, order_expires_at: Option<Millis>) -> Millis {
    not_after(now.plus(PROVIDER_LIFE_MS), order_expires_at)
}

fn not_after(moment: Millis, limit: Option<Millis>) -> Millis {
    limit.map_or(moment, |limit| moment.min(limit))
}
