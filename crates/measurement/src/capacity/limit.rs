//! What ended it.

use serde::{Deserialize, Serialize};

/// What a way met where it goes no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// A process may have no more files open; a connection is one.
    OpenFiles,
    /// The system gives no more threads.
    Threads,
    /// There is no port left to dial from.
    Ports,
    /// There is no memory left.
    Memory,
    /// The first ping was answered before the last was sent: the processors
    /// had no time for more.
    Time,
    /// Something else went wrong.
    Other,
}

/// How each begins where the harness says it beforehand, and what else the
/// clients and the system call it.
const PHRASES: [(Limit, &[&str]); 5] = [
    (Limit::OpenFiles, &["open files: ", "too many open files"]),
    (
        Limit::Threads,
        &[
            "limit of threads: ",
            "no thread for it",
            "the system refused one of the",
        ],
    ),
    (
        Limit::Ports,
        &["ports: ", "Cannot assign requested address", "os error 99"],
    ),
    (
        Limit::Memory,
        &["memory: ", "killed by signal 9", "Cannot allocate memory"],
    ),
    (Limit::Time, &["timed out", "hung: "]),
];

impl Limit {
    /// Which limit a sentence of a record speaks of.
    pub fn of(reason: &str) -> Limit {
        let speaks = |phrases: &&(Limit, &[&str])| {
            phrases.1.iter().any(|phrase| reason.contains(phrase))
        };
        let found = PHRASES.iter().find(speaks);
        found.map_or(Limit::Other, |(limit, _)| *limit)
    }

    /// Its name, for a table.
    pub fn name(self) -> &'static str {
        match self {
            Limit::OpenFiles => "open files",
            Limit::Threads => "limit of threads",
            Limit::Ports => "ports",
            Limit::Memory => "memory",
            Limit::Time => "time",
            Limit::Other => "an error",
        }
    }

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Limit::OpenFiles => {
                "the process may open no more files (`ulimit -n`)"
            }
            Limit::Threads => {
                "the system gives no more threads (`ulimit -u`, or a \
                 container's limit of processes)"
            }
            Limit::Ports => "there is no port left to dial from",
            Limit::Memory => "there is no memory left",
            Limit::Time => {
                "the first ping was answered before the last was sent"
            }
            Limit::Other => "something else went wrong",
        }
    }
}
