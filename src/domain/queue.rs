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

/// Serving order, as places in `waiting`: everybody's first order before anybody's second, and
/// first come first served within a round. Who places ten orders at once delays others by one.
///
/// `taken` names the visitor of each order that the provider already has: that was a turn too.
/// Without it a second order would become a first when the first leaves the queue, and pass those
/// who were shown a place before it.
pub fn fair_order(waiting: &[Waiting], taken: Vec<String>) -> Vec<usize> {
    // One type of key for both orders, since each type that is sorted is a sort of its own.
    let keys = waiting.iter().enumerate().map(|(index, one)| (0, one.created_at, one.id, index));
    let mut keys: Vec<(u32, Millis, OrderId, usize)> = keys.collect();
    keys.sort_unstable();
    let mut rounds: BTreeMap<String, u32> = BTreeMap::new();
    for visitor in taken {
        *rounds.entry(visitor).or_default() += 1;
    }
    for (round, _, id, index) in &mut keys {
        let visitor = waiting.get(*index).and_then(|one| one.visitor.clone());
        let next = rounds.entry(visitor.unwrap_or_else(|| id.to_string())).or_default();
        *round = *next;
        *next += 1;
    }
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, _, index)| index).collect()
}

/// Place of `id` in the queue, 1 = next; `None` when it is not in it.
pub fn position(waiting: &[Waiting], taken: Vec<String>, id: OrderId) -> Option<u32> {
    let own = waiting.iter().position(|one| one.id == id)?;
    let place = fair_order(waiting, taken).into_iter().position(|index| index == own)?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(id: u8, visitor: &str, at: i64) -> Waiting {
        Waiting {
            id: OrderId::from_bytes([id; 30]),
            visitor: Some(visitor.to_owned()),
            created_at: Millis(at),
        }
    }

    #[test]
    fn everybodys_first_order_goes_before_anybodys_second() {
        let queue = vec![waiting(1, "a", 1), waiting(2, "a", 2), waiting(3, "b", 3)];
        assert_eq!(served(&queue, &[]), [1, 3, 2]);
    }

    #[test]
    fn a_turn_that_was_taken_counts_while_the_provider_has_the_order() {
        let queue = vec![waiting(2, "a", 2), waiting(3, "b", 3), waiting(4, "a", 4)];
        assert_eq!(served(&queue, &[]), [2, 3, 4]);
        assert_eq!(served(&queue, &["a"]), [3, 2, 4]);
        assert_eq!(served(&queue, &["a", "b", "b", "b"]), [2, 4, 3]);
    }

    fn served(queue: &[Waiting], taken: &[&str]) -> Vec<u8> {
        let taken = taken.iter().map(|visitor| (*visitor).to_owned()).collect();
        fair_order(queue, taken).into_iter().map(|index| queue[index].id.bytes()[0]).collect()
    }

    #[test]
    fn the_position_is_the_place_in_the_serving_order() {
        let queue = vec![waiting(1, "a", 1), waiting(2, "a", 2), waiting(3, "b", 3)];
        assert_eq!(position(&queue, vec![], OrderId::from_bytes([2; 30])), Some(3));
        assert_eq!(position(&queue, vec![], OrderId::from_bytes([3; 30])), Some(2));
        assert_eq!(position(&queue, vec![], OrderId::from_bytes([9; 30])), None);
    }
}
