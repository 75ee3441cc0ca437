//! The order in which the Dispatcher serves the queue, and what the visitor is told about it: one
//! function for both, so that the position shown is true.

use std::collections::BTreeMap;

use super::id::OrderId;
use super::time::Millis;

/// One order in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The order.
    pub id: OrderId,
    /// Whose turn it takes; an order without a visitor takes its own.
    pub visitor: Option<String>,
    /// When it was placed.
    pub created_at: Millis,
}

/// Serving order: everybody's first order before anybody's second, and first come first served
/// within a round. Who places ten orders at once delays others by one.
///
/// `taken` names the visitor of each order that the provider already has: that was a turn too.
/// Without it a second order would become a first when the first leaves the queue, and pass those
/// who were shown a place before it.
pub fn fair_order(mut waiting: Vec<Waiting>, taken: Vec<String>) -> Vec<Waiting> {
    waiting.sort_by_key(|one| (one.created_at, one.id));
    let mut rounds: BTreeMap<String, u32> = BTreeMap::new();
    for visitor in taken {
        *rounds.entry(visitor).or_default() += 1;
    }
    let mut ranked: Vec<(u32, Waiting)> = Vec::with_capacity(waiting.len());
    for one in waiting {
        let visitor = one.visitor.clone().unwrap_or_else(|| one.id.to_string());
        let round = rounds.entry(visitor).or_default();
        ranked.push((*round, one));
        *round += 1;
    }
    ranked.sort_by_key(|(round, one)| (*round, one.created_at, one.id));
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// Place of `id` in the queue, 1 = next; `None` when it is not in it.
pub fn position(waiting: Vec<Waiting>, taken: Vec<String>, id: OrderId) -> Option<u32> {
    let index = fair_order(waiting, taken).iter().position(|one| one.id == id)?;
    u32::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(id: u8, visitor: &str, at: i64) -> Waiting {
        Waiting {
            id: OrderId::from_bytes([id; 16]),
            visitor: Some(visitor.to_owned()),
            created_at: Millis(at),
        }
    }

    #[test]
    fn everybodys_first_order_goes_before_anybodys_second() {
        let queue = vec![waiting(1, "a", 1), waiting(2, "a", 2), waiting(3, "b", 3)];
        assert_eq!(served(queue, &[]), [1, 3, 2]);
    }

    #[test]
    fn a_turn_that_was_taken_counts_while_the_provider_has_the_order() {
        let queue = vec![waiting(2, "a", 2), waiting(3, "b", 3), waiting(4, "a", 4)];
        assert_eq!(served(queue.clone(), &[]), [2, 3, 4]);
        assert_eq!(served(queue.clone(), &["a"]), [3, 2, 4]);
        assert_eq!(served(queue, &["a", "b", "b", "b"]), [2, 4, 3]);
    }

    fn served(queue: Vec<Waiting>, taken: &[&str]) -> Vec<u8> {
        let taken = taken.iter().map(|visitor| (*visitor).to_owned()).collect();
        fair_order(queue, taken).iter().map(|one| one.id.bytes()[0]).collect()
    }

    #[test]
    fn the_position_is_the_place_in_the_serving_order() {
        let queue = vec![waiting(1, "a", 1), waiting(2, "a", 2), waiting(3, "b", 3)];
        assert_eq!(position(queue.clone(), vec![], OrderId::from_bytes([2; 16])), Some(3));
        assert_eq!(position(queue.clone(), vec![], OrderId::from_bytes([3; 16])), Some(2));
        assert_eq!(position(queue, vec![], OrderId::from_bytes([9; 16])), None);
    }
}
