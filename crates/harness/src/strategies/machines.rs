use super::names;
use measurement::ways;

/// A batch that is shared over a queue, as `ping` calls it: its workers may be
/// on other machines, so nothing of it is ready in one process.
pub const MANY_MACHINES: &str = ways::MANY_MACHINES.id;

/// What `ping` can do: each lesson, and many machines.
pub fn names_to_ping() -> Vec<&'static str> {
    let mut names = names();
    names.push(MANY_MACHINES);
    names
}
