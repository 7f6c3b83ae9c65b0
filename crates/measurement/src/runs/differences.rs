//! What is not the same in all runs, before any number is compared.

use serde::{Deserialize, Serialize};

use super::read::RunRead;
use crate::environment::Ended;
use crate::quantity::gib;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is, such as `seed`.
    pub what: String,
    /// What each run says of it.
    pub values: Vec<String>,
}

/// What a run says of one thing; none where that is not known.
type Told = fn(&RunRead) -> Option<String>;

/// What is looked at, in this order.
const LOOKED_AT: &[(&str, Told)] = &[
    ("commit", |read| {
        let commit = read.run.environment.commit.as_deref()?;
        Some(commit.trim_end_matches(DIRTY).to_owned())
    }),
    ("source changed since the commit", |read| {
        let commit = read.run.environment.commit.as_deref()?;
        Some(yes_or_no(commit.ends_with(DIRTY)))
    }),
    ("crates", |read| Some(read.run.environment.crates.join(", "))),
    ("compiler", |read| Some(read.run.environment.rustc.clone())),
    ("build", |read| Some(read.run.environment.profile.clone())),
    ("command", |read| Some(command(&read.run.command))),
    ("lesson", |read| Some(read.run.lesson?.to_string())),
    ("rounds", |read| Some(read.run.rounds.to_string())),
    ("seed", |read| Some(read.run.seed.to_string())),
    ("system", |read| Some(read.run.environment.system.clone())),
    ("kernel", |read| read.run.environment.kernel.clone()),
    ("processor", |read| read.run.environment.processor.clone()),
    ("processors", |read| Some(read.run.environment.processors?.to_string())),
    ("virtual machine", |read| {
        read.run.environment.virtual_machine.map(yes_or_no)
    }),
    ("governor", |read| read.run.environment.governor.clone()),
    ("memory", |read| Some(gib(read.run.environment.memory_bytes?))),
    ("open files", |read| Some(read.run.environment.open_files?.to_string())),
    ("load before", |read| Some(format!("{:.2}", read.run.environment.load?))),
    ("ended", |read| {
        let words = match read.run.end?.how {
            Ended::Finished => "finished",
            Ended::Stopped => "stopped",
            Ended::Broken => "broken off",
        };
        Some(words.to_owned())
    }),
    ("trials that count", |read| {
        let trust = &read.summary.trust;
        Some(format!("{} of {}", trust.valid, trust.trials))
    }),
    ("disturbed trials", |read| {
        let trust = &read.summary.trust;
        Some(format!("{} of {}", trust.disturbed, trust.measured))
    }),
];

/// The end of a commit whose source was changed.
const DIRTY: &str = "-dirty";

pub(super) fn differences(runs: &[RunRead]) -> Vec<Difference> {
    LOOKED_AT
        .iter()
        .filter_map(|(what, of)| {
            let told = |read| of(read).unwrap_or_else(|| "not known".into());
            let values: Vec<String> = runs.iter().map(told).collect();
            let first = values.first()?;
            let differs = values.iter().any(|value| value != first);
            differs.then(|| Difference { what: (*what).to_owned(), values })
        })
        .collect()
}

/// The command without its seed, which has a line of its own.
fn command(whole: &str) -> String {
    whole.split(" --seed ").next().unwrap_or_default().to_owned()
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
