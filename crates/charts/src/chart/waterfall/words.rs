//! What the uneven batch shows: how the work is shared out decides.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::asked::{Asked, makespan, ratio};
use crate::caption::{Caption, times_of};
use crate::finding::found::{Found, NOTHING, Untold};
use crate::finding::{Said, fitting, hedge, longer, said, subject};
use crate::quantity::{capital, duration, plural};

/// The finding of the uneven batch in a sentence: how much longer waves take
/// than the pool, or that it cannot be said.
///
/// Where one of the two was not measured, the first of the others stands in
/// for it: whoever picks the slowest is shown what chance can do.
pub fn finding_uneven(batch: &Batch) -> String {
    found_uneven(batch).words
}

/// The same, and whether it claims anything.
pub fn found_uneven(batch: &Batch) -> Found {
    let found = match pair(batch) {
        Pair::None => return Found::nothing(NOTHING),
        Pair::Alone(row) => Found::from(format!(
            "{} took {} for {} with uneven waits{}",
            subject(&row.strategy).0,
            duration(median_ns(row)),
            plural(batch.requests, "ping"),
            hedge([row]),
        )),
        Pair::Both(one, reference) => comparison(batch, one, reference),
    };
    found.map(capital)
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
            !ways::is_one_by_one(&row.strategy) && row.makespan_ns.is_some()
        })
    };
    let is_reference =
        |row: &Row| Some(&row.strategy) == batch.reference.as_ref();
    let reference = measured().find(|row| is_reference(row));
    let mut others = measured().filter(|row| !is_reference(row));
    let waves = others.clone().find(|row| row.strategy == ways::WAVES.id);
    match (waves.or_else(|| others.next()), reference) {
        (Some(one), Some(reference)) => Pair::Both(one, reference),
        (Some(row), None) | (None, Some(row)) => Pair::Alone(row),
        (None, None) => Pair::None,
    }
}

fn median_ns(row: &Row) -> f64 {
    row.makespan_ns.as_ref().map_or(0.0, |makespan| makespan.median)
}

fn comparison(batch: &Batch, one: &Row, reference: &Row) -> Found {
    let name = |row: &Row| subject(&row.strategy).0;
    let (this, that) = (name(one), name(reference));
    let said = said(one.ratio.as_ref());
    let words = match said {
        Said::Differs(ratio) => {
            let words = longer(&one.strategy, ratio, &reference.strategy);
            in_uneven(&words, &hedge([one, reference]))
        }
        Said::NoDifference => in_uneven(
            &format!("{this} or {that}: no visible difference"),
            &hedge([one, reference]),
        ),
        Said::Nothing(why) => fitting([
            format!(
                "{this} took {}, {that} {}: {}",
                duration(median_ns(one)),
                duration(median_ns(reference)),
                why.words()
            ),
            format!("{this} or {that}: {}", why.words()),
        ]),
    };
    let untold = match said {
        Said::Nothing(why) => Some(Untold::Which {
            question: "which strategy is faster with uneven waits",
            why,
            floor: batch.twins.as_ref().and_then(|twins| twins.floor),
        }),
        Said::Differs(_) | Said::NoDifference => None,
    };
    Found { words, untold }
}

/// With the words that say where, if there is room for them.
fn in_uneven(found: &str, hedge: &str) -> String {
    fitting([
        format!("with uneven waits, {found}{hedge}"),
        format!("{found}{hedge}"),
    ])
}

/// The words to [`super::waterfall`].
pub fn caption_waterfall(batch: &Batch) -> Caption {
    let description = format!(
        "A waterfall for each strategy: {}, {} at a time, each a bar from \
         its start to its end, in {} slots. {} The earliest possible end is \
         {}.",
        plural(batch.requests, "ping"),
        batch.concurrency,
        batch.concurrency,
        times_of(batch, duration),
        duration(batch.bound_ns as f64),
    );
    Caption {
        title: finding_uneven(batch),
        description,
        look_for: "Look where there is no bar: there a slot had nothing to \
                   do, though other pings were not done yet. The fewer gaps, \
                   the nearer is the end to the dashed rule, the earliest \
                   possible end."
            .to_owned(),
        also: Vec::new(),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let Some(batch) = summary.uneven() else {
        return Vec::new();
    };
    let pool = makespan(batch, ways::POOL.id);
    let slower = |name| {
        let ratio = ratio(batch, name, ways::POOL.id);
        ratio.is_some_and(|ratio| ratio > 1.1)
    };
    vec![
        (
            "Where does a slot have nothing to do, and whom does it wait for?",
            "In the waves before each new wave: all wait for the slowest ping \
             of the wave. In the fixed shares at the end: those whose share is \
             done wait for the largest share.",
            slower(ways::WAVES.id) && slower(ways::SHARES.id),
        ),
        (
            "In the pool, whoever is free takes the next ping. Why does it not \
             end at the dashed rule?",
            "It begins some of the long pings late. While the last of them \
             wait, the other slots find nothing left. If the longest pings \
             came first, less time would be lost.",
            pool.is_some_and(|pool| pool > 1.1 * batch.bound_ns as f64),
        ),
    ]
}
