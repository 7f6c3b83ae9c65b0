//! What the levels of the sweep say of its strategies: the figures of one
//! that is named beforehand, and whether the others differ from it.

use measurement::summary::{Batch, Row, Summary};

use crate::curve::sweep;
use crate::finding::{Said, is_disturbed, longer, rounds, said};
use crate::quantity::count;
use crate::strategy::{is_sequential, short_name, subject};

/// The levels at which one strategy runs twice in a plain run.
const NAMED: [usize; 2] = [8, 64];

/// The levels that titles speak of, named before anything was measured: those
/// with twins, else [`NAMED`], else the highest one.
pub(crate) fn named(summary: &Summary) -> Vec<&Batch> {
    let all: Vec<&Batch> = sweep(summary)
        .into_iter()
        .filter(|batch| concurrent(batch).next().is_some())
        .collect();
    let of = |wanted: &dyn Fn(&Batch) -> bool| -> Vec<&Batch> {
        all.iter().filter(|batch| wanted(batch)).copied().collect()
    };
    let with_twins = of(&|batch| batch.twins.is_some());
    let plain = of(&|batch| NAMED.contains(&batch.concurrency));
    let last = all.iter().rev().take(1).copied().collect();
    let choices = [with_twins, plain, last];
    choices.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
}

/// The measured rows that ping concurrently.
pub(crate) fn concurrent(batch: &Batch) -> impl Iterator<Item = &Row> {
    let rows = batch.rows.iter().filter(|row| row.speed_up.is_some());
    rows.filter(|row| !is_sequential(&row.strategy))
}

/// The strategy whose figures the titles give: the reference, or where that
/// is disturbed at a level the first that is nowhere.
pub(crate) fn standard<'a>(levels: &[&'a Batch]) -> Option<&'a str> {
    let first = levels.first()?;
    let sound = |name: &str| {
        levels
            .iter()
            .all(|batch| row(batch, name).is_some_and(|row| !is_disturbed(row)))
    };
    let others = concurrent(first).map(|row| row.strategy.as_str());
    let reference = first.reference.as_deref();
    reference.into_iter().chain(others).find(|name| sound(name))
}

/// The measured row of that name.
pub(crate) fn row<'a>(batch: &'a Batch, name: &str) -> Option<&'a Row> {
    concurrent(batch).find(|row| row.strategy == name)
}

/// What may be said of the strategies at these levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Among {
    /// Only one is left to speak of.
    One,
    /// How many show no difference, and whether the machine was noisy.
    Alike(usize, bool),
    /// Why no more is said, or which differ.
    Words(String),
}

/// Whether the strategies differ at these levels. One difference stands for
/// all: the largest one at the highest level that has any.
pub(crate) fn among(levels: &[&Batch]) -> Among {
    let mut found: Vec<(&Batch, &Row, &Row, Said)> = Vec::new();
    for batch in levels {
        let reference = batch.reference.as_deref();
        let Some(reference) = reference.and_then(|name| row(batch, name))
        else {
            continue;
        };
        let others =
            concurrent(batch).filter(|row| row.strategy != reference.strategy);
        found.extend(others.map(|row| {
            (*batch, row, reference, said(row, reference, row.ratio.as_ref()))
        }));
    }
    let far = |ratio: f64| ratio.max(1.0 / ratio);
    let differing = found.iter().filter_map(|(batch, row, reference, said)| {
        let Said::Differs(ratio) = said else { return None };
        Some((*batch, *row, *reference, *ratio))
    });
    let widest = differing.max_by(|a, b| {
        let level = a.0.concurrency.cmp(&b.0.concurrency);
        level.then(far(a.3).total_cmp(&far(b.3)))
    });
    if let Some((batch, row, reference, ratio)) = widest {
        let (slow, fast) =
            if ratio >= 1.0 { (row, reference) } else { (reference, row) };
        let fast = subject(&fast.strategy).0;
        let words = longer(subject(&slow.strategy), far(ratio), fast);
        return Among::Words(match levels {
            [_] => words,
            _ => format!("at {}, {words}", batch.concurrency),
        });
    }
    let all = found.iter().map(|(.., said)| said);
    let few = all.clone().filter_map(|said| match said {
        Said::TooFewRounds(number) => Some(*number),
        _ => None,
    });
    if let Some(number) = few.min() {
        let rounds = rounds(number);
        return Among::Words(format!("{rounds}: too few to tell apart"));
    }
    if all.clone().any(|said| *said == Said::TooNoisy) {
        return Among::Words("too noisy to tell apart".to_owned());
    }
    if all.clone().any(|said| *said == Said::NoTwins) {
        return Among::Words("not compared, without twins".to_owned());
    }
    let alike = |batch: &&Batch| {
        let mut of_level = found.iter().filter(|(at, ..)| at == batch);
        of_level.any(|(.., said)| *said == Said::NoDifference)
    };
    if found.is_empty() {
        Among::One
    } else if levels.iter().all(alike) {
        let sound = levels.iter().map(|batch| {
            concurrent(batch).filter(|row| !is_disturbed(row)).count()
        });
        Among::Alike(sound.min().unwrap_or(0), is_noisy(levels))
    } else {
        Among::Words("not compared".to_owned())
    }
}

fn is_noisy(levels: &[&Batch]) -> bool {
    use measurement::compare::Noise;
    let mut twins = levels.iter().filter_map(|batch| batch.twins.as_ref());
    twins.any(|twins| twins.noise == Noise::Noisy)
}

impl Among {
    /// After the figures of one strategy: `; no difference we can see`.
    pub(crate) fn words(&self, name_them: bool) -> String {
        match self {
            Among::One => String::new(),
            Among::Alike(number, noisy) => {
                format!("; {}", alike_words(name_them, *number, *noisy))
            }
            Among::Words(words) => format!("; {words}"),
        }
    }
}

/// `no difference we can see between the four in this noise`.
pub(crate) fn alike_words(
    name_them: bool,
    number: usize,
    noisy: bool,
) -> String {
    let who = match name_them && number > 1 {
        true => format!(" between the {}", count(number)),
        false => String::new(),
    };
    let hedge = if noisy { " in this noise" } else { "" };
    format!("no difference we can see{who}{hedge}")
}

/// ` (tasks disturbed)`; empty if none is.
pub(crate) fn disturbed(levels: &[&Batch]) -> String {
    let mut names: Vec<&str> = Vec::new();
    let rows = || levels.iter().flat_map(|batch| concurrent(batch));
    for row in rows() {
        let same = rows().filter(|other| other.strategy == row.strategy);
        let name = short_name(&row.strategy);
        if same.into_iter().any(is_disturbed) && !names.contains(&name) {
            names.push(name);
        }
    }
    disturbed_names(&names)
}

/// ` (tasks disturbed)`; empty if there are no names.
pub(crate) fn disturbed_names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        _ => format!(" ({} disturbed)", names.join(", ")),
    }
}
