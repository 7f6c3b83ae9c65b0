//! What a ping costs in processor time, and whose cost it is: the way's, or
//! the client library's.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::cpu_cost::no_waits;
use crate::finding::found::{Found, Untold};
use crate::finding::levels::named;
use crate::finding::{Said, Why, fitting, hedge, less, said};
use crate::quantity::{capital, duration, from_to};

/// The finding of the chart of processor time, of client and server together.
///
/// Tasks and the pool have different client libraries, so that what they
/// differ by may be the library's. Only where the pair that is written by
/// hand differs in the same direction does the title speak of a task and a
/// thread.
pub fn finding_cpu_cost(summary: &Summary) -> String {
    found_cpu_cost(summary).words
}

/// The same, and whether it claims anything.
pub fn found_cpu_cost(summary: &Summary) -> Found {
    let known = |batch: &&Batch| rows(batch).next().is_some();
    let none = no_waits(summary).filter(known);
    let waits = with_waits(summary).filter(known);
    let tells = |batch: &&Batch| task_over_thread(batch).is_some();
    let told = none.filter(tells).or(waits.filter(tells));
    let Some(batch) = told.or(none).or(waits) else {
        return Found::nothing("No processor time that counts");
    };
    let waits = none.and(waits);
    let pair =
        |tasks: &str, pool: &str| Some([row(batch, tasks)?, row(batch, pool)?]);
    let libraries = pair(ways::TASKS.id, ways::POOL.id);
    let by_hand = pair(ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id);
    let found = match (libraries, by_hand) {
        (Some(two), Some(hand)) => both(batch, two, hand, waits),
        (Some(two), None) => two_clients(batch, two),
        (None, Some(hand)) => alone(batch, hand),
        (None, None) => Found::from(one(batch)),
    };
    found.map(capital)
}

/// The highest level of the sweep that titles speak of.
pub(crate) fn with_waits(summary: &Summary) -> Option<&Batch> {
    named(summary).last().copied()
}

/// The rows that have many pings in flight and whose cost is known.
fn rows(batch: &Batch) -> impl Iterator<Item = &Row> {
    let rows = batch.rows.iter().filter(|row| row.cpu_per_request_ns.is_some());
    rows.filter(|row| !ways::is_one_by_one(&row.strategy))
}

fn row<'a>(batch: &'a Batch, name: &str) -> Option<&'a Row> {
    rows(batch).find(|row| row.strategy == name)
}

/// `45 µs`.
fn cost(row: &Row) -> String {
    let median = row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median);
    duration(median)
}

/// What a task costs over what a thread costs, with libraries: where the pair
/// by hand differs in the same direction, and it is not the libraries alone.
fn task_over_thread(batch: &Batch) -> Option<f64> {
    let tasks = row(batch, ways::TASKS.id)?;
    let by_hand = said(batch.by_hand_cpu.as_ref());
    match (said(tasks.cpu_ratio.as_ref()), by_hand) {
        (Said::Differs(one), Said::Differs(other)) => {
            alike(one, other).then_some(one)
        }
        _ => None,
    }
}

/// Whether both are more, or both less.
fn alike(one: f64, other: f64) -> bool {
    (one < 1.0) == (other < 1.0)
}

/// Tasks and the pool, with libraries and by hand; and in the other batch, in
/// which pings wait.
fn both(
    batch: &Batch,
    two: [&Row; 2],
    hand: [&Row; 2],
    waits: Option<&Batch>,
) -> Found {
    let hedge = hedge(two.into_iter().chain(hand));
    let libraries = said(two[0].cpu_ratio.as_ref());
    let by_hand = said(batch.by_hand_cpu.as_ref());
    let words = match (libraries, by_hand) {
        (Said::Differs(with), Said::Differs(without))
            if alike(with, without) =>
        {
            let which = match waits {
                Some(waits) if std::ptr::eq(waits, batch) => "with waits ",
                _ => "",
            };
            let with = less(with);
            let found = format!("{which}a task costs {with} CPU than a thread");
            let by_hand = less(without);
            let other = waits.filter(|_| which.is_empty());
            let both = other.and_then(|other| in_both(other, &with, &hedge));
            let own = format!("{found}, both by hand {by_hand}{hedge}");
            let short = format!("{found}{hedge}");
            fitting([both.unwrap_or_else(|| own.clone()), own, short])
        }
        (Said::NoDifference, Said::NoDifference) => format!(
            "a ping costs {} of CPU, whether a thread or a task waits{hedge}",
            cost(two[1])
        ),
        (Said::NoDifference | Said::Nothing(_), Said::Differs(_)) => {
            return alone(batch, hand);
        }
        // It is the client's.
        (Said::Differs(with), Said::Differs(without)) => format!(
            "tasks cost {} CPU than the pool, but by hand {}{hedge}",
            less(with),
            less(without)
        ),
        (Said::Differs(with), Said::NoDifference) => format!(
            "tasks cost {} CPU than the pool, but not visibly by hand{hedge}",
            less(with)
        ),
        (Said::Differs(with), Said::Nothing(_)) => of_clients(with, two),
        (Said::Nothing(why), _) => return untold(batch, "", two, why),
        (Said::NoDifference, Said::Nothing(_)) => {
            return two_clients(batch, two);
        }
    };
    Found::from(words)
}

/// The same two of pings that wait, beside what they are `without`.
fn in_both(batch: &Batch, without: &str, hedged: &str) -> Option<String> {
    let with = less(task_over_thread(batch)?);
    let ids = [
        ways::TASKS.id,
        ways::POOL.id,
        ways::TASKS_BY_HAND.id,
        ways::POOL_BY_HAND.id,
    ];
    let hedge = match hedged {
        "" => hedge(ids.into_iter().filter_map(|id| row(batch, id))),
        _ => hedged.to_owned(),
    };
    Some(format!(
        "a task costs {with} CPU than a thread with waits, {without} \
         without{hedge}"
    ))
}

/// Whose it is, nobody can say.
fn of_clients(ratio: f64, two: [&Row; 2]) -> String {
    let client = |row: &Row| ways::client(&row.strategy);
    format!(
        "tasks on {} cost {} CPU than the pool on {}{}",
        client(two[0]),
        less(ratio),
        client(two[1]),
        hedge(two)
    )
}

/// What was measured of two, where nothing may be said of them.
fn untold(
    batch: &Batch,
    how: &str,
    [tasks, pool]: [&Row; 2],
    why: Why,
) -> Found {
    let (pool, tasks, words) = (cost(pool), cost(tasks), why.words());
    let words = fitting([
        format!("CPU{how}: the pool {pool}, tasks {tasks} a ping; {words}"),
        format!("CPU{how}: {words}"),
    ]);
    let untold = Untold::Which {
        question: "which strategy costs less CPU",
        why,
        floor: batch.cpu_twins.as_ref().and_then(|twins| twins.floor),
    };
    Found { words, untold: Some(untold) }
}

/// Without the pair by hand nobody knows what is the way's.
fn two_clients(batch: &Batch, two: [&Row; 2]) -> Found {
    let hedge = hedge(two);
    let words = match said(two[0].cpu_ratio.as_ref()) {
        Said::Nothing(why) => return untold(batch, "", two, why),
        Said::Differs(ratio) => of_clients(ratio, two),
        Said::NoDifference => format!(
            "a ping costs {} of CPU, with the pool as with tasks{hedge}",
            cost(two[1])
        ),
    };
    Found::from(words)
}

/// The pair by hand alone.
fn alone(batch: &Batch, hand: [&Row; 2]) -> Found {
    let hedge = hedge(hand);
    let words = match said(batch.by_hand_cpu.as_ref()) {
        Said::Differs(ratio) => format!(
            "by hand a task costs {} CPU than a thread{hedge}",
            less(ratio)
        ),
        Said::NoDifference => format!(
            "by hand a ping costs {} of CPU, on a thread as in a task{hedge}",
            cost(hand[1])
        ),
        Said::Nothing(why) => return untold(batch, " by hand", hand, why),
    };
    Found::from(words)
}

/// Where there are no two to compare.
fn one(batch: &Batch) -> String {
    let median =
        |row: &&Row| row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median);
    let by_cost = |a: &&Row, b: &&Row| median(a).total_cmp(&median(b));
    let (Some(least), Some(most)) =
        (rows(batch).min_by(by_cost), rows(batch).max_by(by_cost))
    else {
        return "no processor time that counts".to_owned();
    };
    let hedge = hedge([least, most]);
    let (low, high) = (cost(least), cost(most));
    match low == high {
        true => format!("a ping costs {low} of CPU{hedge}"),
        false => {
            format!("a ping costs {} of CPU{hedge}", from_to(&low, &high))
        }
    }
}
