//! The records of a run as they are read: `trials.jsonl`, a line a trial, in
//! the order in which they were made.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use measurement::agreement;
use measurement::bounds::{self, MOST_TRIALS};
use measurement::environment::Run;
use measurement::record::Trial;

use super::given;
use super::version;

#[cfg(test)]
mod tests;

/// The file of a report folder that holds its records.
pub const TRIALS: &str = "trials.jsonl";

/// The longest line, in bytes. The largest record, of 2,047 pings that are
/// late by hours and try again, has a third of it (`the_largest_record_fits`).
pub(super) const LONGEST_LINE: u64 = 1 << 20;

/// The longest file, in bytes. A run of 3,000 trials like those of the sample
/// has a fifth of it.
pub(super) const LONGEST_FILE: u64 = 256 << 20;

/// What was read.
#[derive(Debug)]
pub(super) struct Records {
    /// Every record, by its number.
    pub(super) trials: Vec<Trial>,
    /// Whether the last line was cut off, and is left out.
    pub(super) torn: bool,
}

/// Reads every record of the run, line by line.
///
/// # Errors
///
/// Names the trial that is missing, stands twice, is damaged or belongs
/// elsewhere.
pub(super) fn read(path: &Path, run: &Run) -> Result<Records> {
    let Some(file) = given::open(path, LONGEST_FILE)? else {
        return Err(anyhow!(
            "there is no {}, which holds the records; {ADVICE}",
            path.display()
        ));
    };
    let mut lines = Lines::of(file, path);
    let mut records = Records { trials: Vec::new(), torn: false };
    // Where each number was seen.
    let mut places: BTreeMap<u32, usize> = BTreeMap::new();
    while let Some(line) = lines.next()? {
        let at = Place { path, line: line.number };
        let trial = match record(&line.text, &at) {
            Ok(trial) => trial,
            // Only the last line can be without an end.
            Err(Why::Damaged(_)) if !line.ended => {
                records.torn = true;
                break;
            }
            Err(why) => return Err(why.into()),
        };
        bounds::of_trial(&trial).map_err(|why| at.wrong(&why))?;
        let number = trial.trial;
        if trial.run_id != run.run_id {
            return Err(at.wrong(&format!(
                "trial {number} belongs to another run than run.json"
            )));
        }
        if let Some(first) = places.insert(number, line.number) {
            return Err(at.wrong(&format!(
                "trial {number} stands twice, the first time in line {first}"
            )));
        }
        if records.trials.len() == MOST_TRIALS {
            return Err(at.wrong(&format!("no run has {MOST_TRIALS} trials")));
        }
        records.trials.push(trial);
    }
    records.trials.sort_by_key(|trial| trial.trial);
    complete(&records, run, path)?;
    bounds::of_trials(&records.trials)
        .and_then(|()| agreement::of_trials(run, &records.trials))
        .map_err(|why| anyhow!("{}: {why}; {ADVICE}", path.display()))?;
    Ok(records)
}

/// Whether none is missing: none between others, and none at the end, as far
/// as the run said how many it wrote.
fn complete(records: &Records, run: &Run, path: &Path) -> Result<()> {
    let read = records.trials.len() as u32;
    let numbers = records.trials.iter().map(|trial| trial.trial);
    let gap = (0..).zip(numbers).find(|(place, number)| place != number);
    let there = format!("{} holds {read}", path.display());
    let wrote = |what: &str| match run.end {
        Some(end) => anyhow!(
            "{what}: the run wrote {} trials, and {there}; {ADVICE}",
            end.trials
        ),
        None => anyhow!("{what}: {there}, and some after it; {ADVICE}"),
    };
    if let Some((missing, _)) = gap {
        return Err(wrote(&format!("trial {missing} is missing")));
    }
    match run.end {
        Some(end) if read < end.trials && records.torn => {
            Err(wrote(&format!("trial {read} is cut short")))
        }
        Some(end) if read < end.trials => {
            Err(wrote(&format!("trial {read} is missing")))
        }
        Some(end) if read > end.trials => {
            Err(wrote(&format!("trial {} is none of this run", end.trials)))
        }
        _ => Ok(()),
    }
}

/// What helps where records are not what the run wrote.
const ADVICE: &str =
    "bring the file back as the run wrote it, or make the run again";

/// Where a record stands.
struct Place<'a> {
    path: &'a Path,
    line: usize,
}

impl Place<'_> {
    fn wrong(&self, why: &str) -> anyhow::Error {
        let Place { path, line } = self;
        anyhow!("{}, line {line}: {why}; {ADVICE}", path.display())
    }
}

/// Why a line is no record.
enum Why {
    /// Another version wrote it.
    Foreign(anyhow::Error),
    /// Nothing of ours wrote it, or something happened to it.
    Damaged(anyhow::Error),
}

impl From<Why> for anyhow::Error {
    fn from(why: Why) -> anyhow::Error {
        match why {
            Why::Foreign(error) | Why::Damaged(error) => error,
        }
    }
}

fn record(line: &[u8], at: &Place<'_>) -> Result<Trial, Why> {
    let known = version::of(line);
    let place = || format!("{}, line {}", at.path.display(), at.line);
    known.map_or(Ok(()), |known| {
        version::ours(&place(), known).map_err(Why::Foreign)
    })?;
    given::parse(line).map_err(|why| {
        Why::Damaged(at.wrong(&format!("no record of ours ({why})")))
    })
}

/// A line with its number, from 1.
pub(super) struct Line {
    pub(super) number: usize,
    /// Without its end.
    pub(super) text: Vec<u8>,
    /// Whether it had one.
    pub(super) ended: bool,
}

/// The lines of a file of records, one at a time in memory.
pub(super) struct Lines {
    file: BufReader<File>,
    path: PathBuf,
    number: usize,
    /// Bytes read so far: a file may grow while it is read.
    length: u64,
}

impl Lines {
    pub(super) fn of(file: File, path: &Path) -> Lines {
        let file = BufReader::new(file);
        Lines { file, path: path.to_owned(), number: 0, length: 0 }
    }

    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        self.number += 1;
        let number = self.number;
        let mut text = Vec::new();
        (&mut self.file)
            .take(LONGEST_LINE + 1)
            .read_until(b'\n', &mut text)
            .with_context(|| format!("cannot read {}", self.path.display()))?;
        if text.is_empty() {
            return Ok(None);
        }
        self.length += text.len() as u64;
        let longest = [
            (text.len() as u64, LONGEST_LINE, "longer"),
            (self.length, LONGEST_FILE, "the file is longer"),
        ];
        for (length, most, what) in longest {
            if length > most {
                let at = Place { path: &self.path, line: number };
                return Err(at.wrong(&format!("{what} than {most} bytes")));
            }
        }
        let ended = text.last() == Some(&b'\n');
        text.truncate(text.len() - usize::from(ended));
        Ok(Some(Line { number, text, ended }))
    }
}
