//! What is said of several runs, on the terminal and on the page alike.

use std::collections::BTreeMap;

use measurement::record::Act;
use measurement::runs::{
    Agreement, CellBatch, Difference, RunComparison, Said, Versus,
};
use measurement::ways;
use report::heading_of;

use crate::called::called;

/// What a run is called here: A, B, C; where letters end, its place.
pub(super) fn label(run: usize) -> String {
    match u8::try_from(run) {
        Ok(place @ 0..26) => char::from(b'A' + place).to_string(),
        _ => format!("#{}", run + 1),
    }
}

fn labels(runs: impl Iterator<Item = usize>) -> String {
    runs.map(label).collect::<Vec<_>>().join(" ")
}

pub(super) fn title(compared: &RunComparison) -> String {
    format!("{} runs, cell by cell", compared.runs.len())
}

/// Each value once, and which runs have it: `7 (A B), 8 (C)`.
pub(super) fn difference(difference: &Difference) -> String {
    let mut seen: Vec<(&str, Vec<usize>)> = Vec::new();
    for (run, value) in difference.values.iter().enumerate() {
        match seen.iter_mut().find(|(known, _)| known == value) {
            Some((_, runs)) => runs.push(run),
            None => seen.push((value, vec![run])),
        }
    }
    let values: Vec<String> = seen
        .into_iter()
        .map(|(value, runs)| format!("{value} ({})", labels(runs.into_iter())))
        .collect();
    format!("{}: {}", difference.what, values.join("; "))
}

/// What stands above a batch.
pub(super) fn heading(batch: &CellBatch) -> String {
    let CellBatch { act, kept_awake, requests, concurrency, bound_ns, .. } =
        batch;
    heading_of(*act, *kept_awake, *requests, *concurrency, *bound_ns)
}

/// What may be said between runs, by how many there are.
pub(super) fn how_to_read(runs: usize) -> String {
    let words = match runs {
        2 => {
            return format!(
                "Two runs: no interval between runs. \"rounds\" is how far the \
                 rounds of one run lie apart; another run may be farther off. \
                 Five make a range: {} run --repeat 5",
                called()
            );
        }
        3..6 => {
            "Of each run the median; here the median of these, and the lowest \
             to the highest run. From six runs on there is an interval."
        }
        _ => {
            "Of each run the median; here the median of these, and where the \
             median of many more such runs would lie (95 % or more; where \
             fewer than six have a cell, the lowest to the highest)."
        }
    };
    words.to_owned()
}

/// Which runs were quiet: only those are quoted.
pub(super) fn quiet(compared: &RunComparison) -> String {
    let runs = compared.runs.iter().enumerate();
    let quiet: Vec<usize> =
        runs.filter(|(_, head)| head.quiet).map(|(run, _)| run).collect();
    let (n, all) = (quiet.len(), compared.runs.len());
    let which = match n {
        0 => "none of them".to_owned(),
        n if n == all => "all of them".to_owned(),
        _ => labels(quiet.into_iter()),
    };
    let enough = match n {
        0..ENOUGH => " A range that is quoted takes five of these.",
        _ => "",
    };
    format!(
        "Quiet runs, all of whose trials count and of which no more than a \
         fifth were disturbed: {which}.{enough}"
    )
}

/// Quiet runs from which a range may be quoted.
const ENOUGH: usize = 5;

/// Every verdict of the runs, beside each other.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    /// Those on which all agree that can tell.
    pub(super) agree: Vec<String>,
    /// Those that cannot all be right.
    pub(super) contradict: Vec<String>,
    /// Those in which only some see a difference.
    pub(super) partly: Vec<String>,
    /// On how many fewer than two runs can tell.
    pub(super) open: usize,
}

impl Verdicts {
    pub(super) fn of(compared: &RunComparison) -> Verdicts {
        let mut verdicts = Verdicts::default();
        for batch in &compared.batches {
            for cell in &batch.cells {
                let name = ways::name(&cell.strategy);
                verdicts.add(batch, name, &TIME, cell.ratio.as_ref());
                verdicts.add(batch, name, &CPU, cell.cpu_ratio.as_ref());
            }
            let by_hand = "tasks by hand, relative to the pool by hand";
            verdicts.add(batch, by_hand, &CPU, batch.by_hand_cpu.as_ref());
        }
        verdicts
    }

    fn add(
        &mut self,
        batch: &CellBatch,
        what: &str,
        words: &Words,
        versus: Option<&Versus>,
    ) {
        let Some(Versus { said, agreement, .. }) = versus else { return };
        // Where no twin ran, no run says anything.
        if said.iter().all(Option::is_none) {
            return;
        }
        let line = || format!("{}, {what}: {}", place(batch), words.say(said));
        match agreement {
            Agreement::Agree => self.agree.push(line()),
            Agreement::Contradict => self.contradict.push(line()),
            Agreement::Partly => self.partly.push(line()),
            Agreement::Open => self.open += 1,
        }
    }

    /// How many agree and how many do not, in a sentence.
    pub(super) fn count(&self) -> String {
        let partly = match self.partly.len() {
            0 => String::new(),
            n => format!("; on {n} only some see a difference"),
        };
        let open = match self.open {
            0 => String::new(),
            n => format!("; on {n} fewer than two runs can tell"),
        };
        format!(
            "Verdicts: the runs agree on {} and contradict each other on {}\
             {partly}{open}",
            self.agree.len(),
            self.contradict.len()
        )
    }
}

/// How a verdict on a quantity is put.
struct Words {
    more: &'static str,
    less: &'static str,
    same: &'static str,
}

const TIME: Words =
    Words { more: "slower", less: "faster", same: "no difference" };

const CPU: Words =
    Words { more: "more CPU", less: "less CPU", same: "no difference in CPU" };

impl Words {
    fn one(&self, said: Said) -> &'static str {
        match said {
            Said::More => self.more,
            Said::Less => self.less,
            Said::NoDifference => self.same,
            Said::TooNoisy => "too noisy to tell",
            Said::TooFewRounds => "too few rounds to tell",
        }
    }

    /// Such as `slower (A C), no difference (B)`, or `slower in all 5`.
    fn say(&self, said: &[Option<Said>]) -> String {
        let mut groups: BTreeMap<Said, Vec<usize>> = BTreeMap::new();
        for (run, said) in said.iter().enumerate() {
            if let Some(said) = said {
                groups.entry(*said).or_default().push(run);
            }
        }
        let groups: Vec<String> = groups
            .into_iter()
            .map(|(one, runs)| match runs.len() {
                2 if said.len() == 2 => format!("{} in both", self.one(one)),
                all if all == said.len() => {
                    format!("{} in all {all}", self.one(one))
                }
                _ => {
                    format!("{} ({})", self.one(one), labels(runs.into_iter()))
                }
            })
            .collect();
        groups.join(", ")
    }
}

fn place(batch: &CellBatch) -> String {
    match batch.act {
        Act::Uneven => "uneven waits".to_owned(),
        Act::NoWaits => format!("no waits, {} at once", batch.concurrency),
        _ => format!("{} at once", batch.concurrency),
    }
}

/// The cells that not all runs have, a line for those of a batch that the same
/// runs have.
pub(super) fn partial(compared: &RunComparison) -> Vec<String> {
    let runs = compared.runs.len();
    let mut lines = Vec::new();
    for batch in &compared.batches {
        let cells = batch
            .cells
            .iter()
            .map(|cell| (cell.strategy.as_str(), places(&cell.valid)));
        lines.extend(only_in(&heading(batch), runs, cells));
    }
    let cells = compared
        .memory
        .iter()
        .map(|cell| (cell.strategy.as_str(), places(&cell.slope_bytes.values)));
    lines.extend(only_in(MEMORY, runs, cells));
    lines
}

/// What stands above the slopes of memory.
pub(super) const MEMORY: &str = "Memory of one more ping in flight";

/// Which runs have it.
fn places<T>(values: &[Option<T>]) -> Vec<usize> {
    let known = |(run, value): (usize, &Option<T>)| value.as_ref().map(|_| run);
    values.iter().enumerate().filter_map(known).collect()
}

fn only_in<'a>(
    heading: &str,
    all: usize,
    cells: impl ExactSizeIterator<Item = (&'a str, Vec<usize>)>,
) -> Vec<String> {
    let there = cells.len();
    let mut groups: BTreeMap<Vec<usize>, Vec<&str>> = BTreeMap::new();
    for (strategy, runs) in cells.filter(|(_, runs)| runs.len() < all) {
        groups.entry(runs).or_default().push(ways::name(strategy));
    }
    let lines = groups.into_iter().map(|(runs, names)| {
        let who = match names.len() == there {
            true => "all of it".to_owned(),
            false => names.join(", "),
        };
        format!("{heading}: {who} only in {}", labels(runs.into_iter()))
    });
    lines.collect()
}

/// The batches whose runs compare with different strategies.
pub(super) fn without_ratios(compared: &RunComparison) -> Vec<String> {
    let differ = compared.batches.iter().filter(|b| b.references_differ);
    differ
        .map(|batch| {
            format!(
                "{}: the runs compare with different strategies, so no ratios \
                 and verdicts",
                heading(batch)
            )
        })
        .collect()
}
