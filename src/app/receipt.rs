//! Whoever has the claim code of a deletion gets its receipt.

use crate::domain::deletion::ClaimCode;
use crate::domain::receipt::{self, Kept};
use crate::domain::refusal::{Code, Refusal};
use crate::ports::World;
use crate::store::receipts;

use super::Failure;

/// The receipt that this code opens, as long as it waits.
pub async fn claim<W: World>(world: &W, code: &str) -> Result<Kept, Failure> {
    let code = ClaimCode::parse(code).ok_or_else(|| {
        let detail = "A claim code has 32 digits and letters from a to f.";
        Refusal::field(Code::InputInvalid, "claim", detail)
    })?;
    let rows = world.database(vec![receipts::find(&code.hash(), world.now())]).await?;
    let row = rows.first().and_then(|rows| rows.first()).ok_or_else(|| {
        Refusal::new(
            Code::NotFound,
            "There is no receipt for this code. It comes once everything is deleted, a few minutes \
             after the countdown has ended, and waits for 30 days.",
        )
    })?;
    Ok(receipts::kept(row)?)
}

/// The public key with which receipts are verified, as PEM.
pub fn public_key<W: World>(world: &W) -> Result<String, Failure> {
    receipt::public_key(&world.config().receipt_seed)
        .ok_or_else(|| Failure::Broken("RECEIPT_KEY is no key".to_owned()))
}
