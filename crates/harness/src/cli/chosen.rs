//! Words that may be typed for a choice.

use clap::ValueEnum;

/// How much to run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// One round of everything, to see that it works: ten seconds
    Smoke,
    /// Six to nine rounds: an answer in a good minute
    Quick,
    /// Fifteen rounds and more levels, past the limit of the processors
    Full,
    /// What a ping costs on each client in each way: a minute
    Clients,
    /// How many in flight each way goes to, 1 to 16,000, held for 2 s
    Capacity,
}

/// As what to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// A line per ping, then totals
    Text,
    /// One document
    Json,
    /// A row per ping
    Csv,
}

/// As what something is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: words and tables, 80 columns wide
    Text,
    /// For programs: one document
    Json,
}
