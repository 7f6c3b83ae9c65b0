//! How much of the ideal is left at the levels of the sweep.

use measurement::summary::{Batch, Summary};

use crate::curve::sweep;
use crate::finding::is_disturbed;
use crate::finding::levels::{
    Among, alike_words, among, concurrent, disturbed, named, row, standard,
};
use crate::quantity::{capital, percent};
use crate::strategy::subject;

/// The finding of the efficiency chart in a sentence: what one strategy,
/// named beforehand, keeps of the ideal, and whether the others differ.
pub fn finding_efficiency(summary: &Summary) -> String {
    let levels = named(summary);
    if levels.is_empty() {
        return "No trial that counts".to_owned();
    }
    let Some(standard) = standard(&levels) else {
        return "The machine disturbed every strategy".to_owned();
    };
    let mut figures = String::new();
    let spoken_of = spoken_of(summary, &levels);
    for batch in &spoken_of {
        let Some(efficiency) = row(batch, standard)
            .filter(|row| !is_disturbed(row))
            .and_then(|row| row.efficiency.as_ref())
        else {
            continue;
        };
        let (kept, level) = (percent(efficiency.median), batch.concurrency);
        figures.push_str(&match figures.is_empty() {
            true => {
                let (name, plural) = subject(standard);
                let keep = if plural { "keep" } else { "keeps" };
                format!(
                    "at {level} in flight {name} {keep} {kept} of the ideal"
                )
            }
            false => format!(", {kept} at {level}"),
        });
    }
    if figures.is_empty() {
        return "No trial that counts".to_owned();
    }
    let words = match among(&levels) {
        // Nothing is known of what is beyond.
        Among::Alike(number, noisy) => {
            let until = levels.last().map_or(0, |batch| batch.concurrency);
            let beyond = spoken_of.len() > 1;
            let until = beyond.then(|| format!("up to {until} "));
            let alike = alike_words(true, number, noisy);
            format!("; {}{alike}", until.unwrap_or_default())
        }
        other => other.words(true),
    };
    capital(&format!("{figures}{words}{}", disturbed(&levels)))
}

/// The last of the named levels, and the highest one.
fn spoken_of<'a>(summary: &'a Summary, levels: &[&'a Batch]) -> Vec<&'a Batch> {
    let mut spoken_of: Vec<&Batch> =
        levels.last().copied().into_iter().collect();
    let mut sweep = sweep(summary).into_iter();
    let highest = sweep.rfind(|b| concurrent(b).next().is_some());
    let is_named = |batch: &&Batch| {
        spoken_of.iter().any(|known| known.concurrency >= batch.concurrency)
    };
    let further = highest.filter(|batch| !is_named(batch));
    spoken_of.extend(further);
    spoken_of
}
