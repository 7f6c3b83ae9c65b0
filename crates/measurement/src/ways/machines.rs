//! The rows of the table of ways that share a batch over a queue: lesson 12,
//! and what it is compared with.

use super::way::{Kin, Sharing, Way};

/// Lesson 12: worker processes, of which one is killed in its measurement.
pub const MANY_MACHINES: Way = Way {
    id: "many-machines",
    name: "many machines (queue)",
    short: "many machines",
    plural: true,
    client: "reqwest",
    // Without a death.
    sharing: Sharing::Queue,
    shape: "worker processes take jobs from a queue",
    look: "what a dead worker had is done again",
    kin: Kin::Other,
    hollow: false,
};

/// The same while all of them live.
pub const NOBODY_DIES: Way = Way {
    id: "machines-nobody-dies",
    name: "many machines, nobody dies",
    short: "nobody dies",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "worker processes take jobs from a queue",
    look: "whoever is free takes the next",
    kin: Kin::Other,
    hollow: false,
};

/// Lesson 12's wrong way: jobs are acknowledged before they are done.
pub const ACK_FIRST: Way = Way {
    id: "machines-ack-first",
    name: "many machines, ack first",
    short: "ack first",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Retries,
    shape: "worker processes that acknowledge before they ping",
    look: "what a dead worker had is gone",
    kin: Kin::Other,
    hollow: false,
};
