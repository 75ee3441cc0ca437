//! What the operator may look at: counts and the notes of what an operator did. Each look is noted.

use crate::domain::id::SessionId;
use crate::domain::mac;
use crate::domain::refusal::{Code, Refusal};
use crate::ports::{Level, LogLine, Row, Statement, World};
use crate::store::operator::{self, Note};

use super::Failure;

/// Notes that one look shows.
pub const NOTES_MAX: usize = 500;

/// Refuses whoever does not show the operator's key. The time that takes says nothing of the key.
pub fn require<W: World>(world: &W, shown: Option<&str>) -> Result<(), Refusal> {
    let key = &world.config().operator_key;
    let wanted: [u8; mac::TAG_BYTES_MAX] = mac::tag(key, &[key]);
    if shown.is_some_and(|shown| mac::matches(key, &[shown.as_bytes()], &wanted)) {
        return Ok(());
    }
    world.log(&LogLine::new(Level::Warning, "operator_refused"));
    let detail = "This is for the operator: send the key as Authorization: Bearer.";
    Err(Refusal::new(Code::SignatureInvalid, detail))
}

/// The note of what an operator does; `detail` names nobody.
pub(super) fn note<W: World>(world: &W, action: &str, detail: String) -> Statement {
    let id = SessionId::from_bytes(world.random()).to_string();
    operator::note(&Note { at: world.now(), id, action: action.to_owned(), detail })
}

/// How many there are of each thing.
pub async fn overview<W: World>(world: &W) -> Result<Row, Failure> {
    let batch = vec![note(world, "overview", String::new()), operator::count(world.now())];
    let rows = world.database(batch).await?;
    let row = rows.into_iter().nth(1).and_then(|rows| rows.into_iter().next());
    row.ok_or_else(|| Failure::Broken("the overview is empty".to_owned()))
}

/// The newest notes, the last one first; this look is one of the next.
pub async fn notes<W: World>(world: &W) -> Result<Vec<Note>, Failure> {
    let now = world.now();
    let most = i64::try_from(NOTES_MAX).unwrap_or(i64::MAX);
    let batch = vec![operator::list_notes(now.plus(1), most), note(world, "log", String::new())];
    let rows = world.database(batch).await?;
    let rows = rows.first().into_iter().flatten();
    Ok(rows.map(operator::read_note).collect::<Result<_, _>>()?)
}
