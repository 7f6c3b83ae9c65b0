//! What each strategy is: its names, how it shares out the work, what it is
//! drawn as. The one table that records, charts and the program read.

mod clients;
mod computing;
mod machines;
mod table;
mod way;

pub use clients::*;
pub use computing::*;
pub use machines::*;
pub use table::*;
pub use way::{Kin, Sharing, Way};

/// The way of that id; `None` for a stranger, such as somebody else's record.
pub fn find(id: &str) -> Option<&'static Way> {
    all().find(|way| way.id == id)
}

/// Its short name where there is room for one word or two: `pool`; the id of a
/// stranger.
pub fn label(id: &str) -> &str {
    find(id).map_or(id, |way| way.label())
}

/// Every way: the lessons, those by hand, the clients, the variants.
pub fn all() -> impl Iterator<Item = &'static Way> {
    LESSONS.iter().chain(BY_HAND).chain(CLIENTS).chain(VARIANTS)
}

/// What the way of that id is called in charts, tables and sentences; the id of
/// a stranger.
pub fn name(id: &str) -> &str {
    find(id).map_or(id, |way| way.name)
}

/// The client under the way of that id; empty of a stranger.
pub fn client(id: &str) -> &'static str {
    find(id).map_or("", |way| way.client)
}

/// Whether the way of that id is known to ping one by one.
pub fn is_one_by_one(id: &str) -> bool {
    find(id).is_some_and(|way| !way.is_concurrent())
}

/// Whether that is a lesson with more than one ping in flight.
pub fn is_concurrent_lesson(id: &str) -> bool {
    LESSONS.iter().any(|way| way.id == id && way.is_concurrent())
}

/// Whether the GET under the way of that id is written by hand.
pub fn is_by_hand(id: &str) -> bool {
    BY_HAND.iter().any(|way| way.id == id)
}

#[cfg(test)]
mod tests;
