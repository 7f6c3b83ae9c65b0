use super::names;

/// A batch that is shared over a queue: its workers may be on other machines,
/// so it is no [`Strategy`](super::Strategy), which works in one process.
pub const MANY_MACHINES: &str = "many-machines";

/// What `ping` can do: each lesson, and many machines.
pub fn names_to_ping() -> Vec<&'static str> {
    let mut names = names();
    names.push(MANY_MACHINES);
    names
}
