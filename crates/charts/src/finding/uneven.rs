//! What the uneven batch shows: how the work is shared out decides.

use measurement::summary::{Batch, Row};

use crate::finding::{Said, longer, rounds, said};
use crate::quantity::{milliseconds, plural};
use crate::strategy::{is_sequential, sharing};

/// The finding of the uneven batch in a sentence: how much longer waves take
/// than a queue, or that it cannot be said.
///
/// Where one of the two was not measured, the first of the others stands in
/// for it: whoever picks the slowest is shown what chance can do.
pub fn finding_uneven(batch: &Batch) -> String {
    let start = format!(
        "The same {}, {} at a time",
        plural(batch.requests, "ping"),
        batch.concurrency
    );
    match pair(batch) {
        Pair::None => format!("{start}: no trial that counts"),
        Pair::Alone(row) => format!(
            "{start}: {} took {}, with nothing to compare it with",
            sharing(&row.strategy).name,
            milliseconds(median_ns(row))
        ),
        Pair::Both(one, reference) => {
            format!("{start}: {}", comparison(one, reference))
        }
    }
}

/// The same in few words, beside other findings; none if there is no such
/// pair.
pub(crate) fn in_short(batch: &Batch) -> Option<String> {
    let Pair::Both(one, reference) = pair(batch) else { return None };
    Some(match said(one, reference, one.ratio.as_ref()) {
        Said::Differs(ratio) => differ(one, reference, ratio),
        Said::NoDifference => "no difference we can see".to_owned(),
        Said::TooFewRounds(_) => "too few rounds to tell".to_owned(),
        Said::TooNoisy => "too noisy to tell".to_owned(),
        Said::NoTwins => "not compared, without twins".to_owned(),
        Said::Disturbed => "disturbed".to_owned(),
        Said::Never => "not compared".to_owned(),
    })
}

/// The two that the finding is about.
enum Pair<'a> {
    None,
    Alone(&'a Row),
    /// The second is the reference of the batch.
    Both(&'a Row, &'a Row),
}

fn pair(batch: &Batch) -> Pair<'_> {
    let measured = || {
        batch.rows.iter().filter(|row| {
            !is_sequential(&row.strategy) && row.makespan_ns.is_some()
        })
    };
    let is_reference =
        |row: &Row| Some(&row.strategy) == batch.reference.as_ref();
    let reference = measured().find(|row| is_reference(row));
    let mut others = measured().filter(|row| !is_reference(row));
    let waves = others.clone().find(|row| row.strategy == "threads");
    match (waves.or_else(|| others.next()), reference) {
        (Some(one), Some(reference)) => Pair::Both(one, reference),
        (Some(row), None) | (None, Some(row)) => Pair::Alone(row),
        (None, None) => Pair::None,
    }
}

fn median_ns(row: &Row) -> f64 {
    row.makespan_ns.as_ref().map_or(0.0, |makespan| makespan.median)
}

fn differ(one: &Row, reference: &Row, ratio: f64) -> String {
    let (slow, fast) =
        if ratio >= 1.0 { (one, reference) } else { (reference, one) };
    let (slow, fast) = (sharing(&slow.strategy), sharing(&fast.strategy));
    let ratio = ratio.max(1.0 / ratio);
    longer((&slow.name, slow.plural), ratio, &fast.name)
}

fn comparison(one: &Row, reference: &Row) -> String {
    let (slow, fast) = if median_ns(one) >= median_ns(reference) {
        (one, reference)
    } else {
        (reference, one)
    };
    let name = |row: &Row| sharing(&row.strategy).name;
    let why_not = match said(one, reference, one.ratio.as_ref()) {
        Said::Differs(ratio) => return differ(one, reference, ratio),
        Said::NoDifference => {
            let (slow, fast) = (name(slow), name(fast));
            return format!("{slow} or {fast}, no difference we can see");
        }
        Said::TooFewRounds(number) => {
            format!("{}: too few to tell apart", rounds(number))
        }
        Said::TooNoisy => "too noisy to tell apart".to_owned(),
        Said::NoTwins => "without twins not told apart".to_owned(),
        Said::Disturbed => "disturbed, and not compared".to_owned(),
        Said::Never => "never in the same round".to_owned(),
    };
    format!(
        "{} {}, {} {}; {why_not}",
        name(slow),
        milliseconds(median_ns(slow)),
        name(fast),
        milliseconds(median_ns(fast)),
    )
}
