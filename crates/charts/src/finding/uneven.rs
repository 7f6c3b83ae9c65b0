//! What the uneven batch shows: how the work is shared out decides.

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row};

use crate::finding::{Verdict, rounds, verdict};
use crate::quantity::{milliseconds, plural, times};
use crate::strategy::{is_sequential, sharing};

/// The finding of the uneven batch in a sentence: how much longer waves take
/// than a queue, or that it cannot be said.
///
/// Where one of the two was not measured, the slowest and the fastest of the
/// others stand in for them.
pub fn finding_uneven(batch: &Batch) -> String {
    let start = format!(
        "The same {}, {} at a time",
        plural(batch.requests, "ping"),
        batch.concurrency
    );
    let measured: Vec<(&Row, &Estimate)> = batch
        .rows
        .iter()
        .filter(|row| !is_sequential(&row.strategy))
        .filter_map(|row| Some((row, row.makespan_ns.as_ref()?)))
        .collect();
    match measured[..] {
        [] => format!("{start}: no trial that counts"),
        [(row, makespan)] => format!(
            "{start}: {} took {}, with nothing to compare it with",
            sharing(&row.strategy).name,
            milliseconds(makespan.median)
        ),
        _ => format!("{start}: {}", comparison(&measured)),
    }
}

fn comparison(measured: &[(&Row, &Estimate)]) -> String {
    let named = |name: &str| {
        measured.iter().find(|(row, _)| row.strategy == name).copied()
    };
    let (one, other) = match (named("threads"), named("worker-pool")) {
        (Some(waves), Some(queue)) => (waves, queue),
        _ => extremes(measured),
    };
    let (slow, fast) = if one.1.median >= other.1.median {
        (one, other)
    } else {
        (other, one)
    };
    let (slow_name, fast_name) =
        (sharing(&slow.0.strategy), sharing(&fast.0.strategy));
    let need = if slow_name.plural { "need" } else { "needs" };
    let (slow_name, fast_name) = (slow_name.name, fast_name.name);
    match verdict(slow.1, fast.1) {
        Verdict::Differ(ratio) => format!(
            "{slow_name} {need} {} as long as {fast_name}",
            times(ratio)
        ),
        Verdict::Alike => {
            format!("{slow_name} and {fast_name} are within 5 % of each other")
        }
        Verdict::CannotTell => {
            format!("{slow_name} or {fast_name}, no difference we can see")
        }
        Verdict::TooFewRounds(number) => format!(
            "{slow_name} {}, {fast_name} {}; {}: too few to tell apart",
            milliseconds(slow.1.median),
            milliseconds(fast.1.median),
            rounds(number)
        ),
    }
}

/// The slowest and the fastest. Of equals, the first and the last.
fn extremes<'a>(
    measured: &[(&'a Row, &'a Estimate)],
) -> ((&'a Row, &'a Estimate), (&'a Row, &'a Estimate)) {
    let mut sorted = measured.to_vec();
    sorted.sort_by(|a, b| b.1.median.total_cmp(&a.1.median));
    (sorted[0], sorted[sorted.len() - 1])
}
