//! The rows of the table of ways that compute for each answer: lesson 11, and
//! what it is compared with.

use super::way::{Kin, Sharing, Way};

/// Lesson 11: tasks that wait, and rayon's threads, which compute.
pub const CPU_WORK: Way = Way {
    id: "cpu-work",
    name: "tasks and rayon",
    short: "rayon",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "tasks wait, a thread per processor computes",
    look: "a free permit starts the next",
    kin: Kin::Pool,
    hollow: true,
};

/// One task, which waits for many and computes alone.
pub const COMPUTING_JOIN_ALL: Way = Way {
    id: "computing-join-all",
    name: "one task (join_all)",
    short: "one task",
    plural: false,
    client: "reqwest",
    sharing: Sharing::Waves,
    shape: "all futures of a wave in one task",
    look: "all wait together, and are computed one by one",
    kin: Kin::Loop,
    hollow: true,
};

/// Threads with a cursor.
pub const COMPUTING_THREADS: Way = Way {
    id: "computing-threads",
    name: "computing threads",
    short: "computing threads",
    plural: true,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "each thread takes the next by a shared cursor",
    look: "whoever is free takes the next",
    kin: Kin::Waves,
    hollow: true,
};

/// Tasks on a runtime with a thread for each processor.
pub const COMPUTING_TASKS: Way = Way {
    id: "computing-tasks",
    name: "computing tasks",
    short: "computing tasks",
    plural: true,
    client: "reqwest",
    sharing: Sharing::Queue,
    shape: "a task per URL, with permits",
    look: "a free permit starts the next",
    kin: Kin::Tasks,
    hollow: true,
};

/// A process for each ping in hand.
pub const COMPUTING_PROCESSES: Way = Way {
    id: "computing-processes",
    name: "processes",
    short: "processes",
    plural: true,
    client: "ureq",
    sharing: Sharing::Queue,
    shape: "each process is told the next",
    look: "whoever is free is told the next",
    kin: Kin::Other,
    hollow: false,
};
