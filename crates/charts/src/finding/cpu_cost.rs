//! What a ping costs in processor time, and whose cost it is: the way's, or
//! the client library's.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::cpu_cost::no_waits;
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
    let highest = named(summary).last().copied();
    let known = |batch: &&Batch| rows(batch).next().is_some();
    let batch = no_waits(summary).into_iter().chain(highest).find(known);
    let Some(batch) = batch else {
        return "No processor time that counts".to_owned();
    };
    let pair =
        |tasks: &str, pool: &str| Some([row(batch, tasks)?, row(batch, pool)?]);
    let libraries = pair(ways::TASKS.id, ways::POOL.id);
    let by_hand = pair(ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id);
    let found = match (libraries, by_hand) {
        (Some(two), Some(hand)) => both(batch, two, hand),
        (Some(two), None) => two_clients(two),
        (None, Some(hand)) => alone(batch, hand),
        (None, None) => one(batch),
    };
    capital(&found)
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

/// Tasks and the pool, with libraries and by hand.
fn both(batch: &Batch, two: [&Row; 2], hand: [&Row; 2]) -> String {
    let hedge = hedge(two.into_iter().chain(hand));
    let libraries = said(two[0].cpu_ratio.as_ref());
    let by_hand = said(batch.by_hand_cpu.as_ref());
    match (libraries, by_hand) {
        (Said::Differs(with), Said::Differs(without))
            if (with < 1.0) == (without < 1.0) =>
        {
            let found =
                format!("a task costs {} CPU than a thread", less(with));
            let by_hand = less(without);
            fitting([
                format!("{found}, by hand {by_hand}{hedge}"),
                format!("{found}{hedge}"),
            ])
        }
        (Said::NoDifference, Said::NoDifference) => format!(
            "a ping costs {} of CPU, whether a thread or a task waits{hedge}",
            cost(two[1])
        ),
        (Said::NoDifference | Said::Nothing(_), Said::Differs(_)) => {
            alone(batch, hand)
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
        (Said::Nothing(why), _) => untold("", two, why),
        (Said::NoDifference, Said::Nothing(_)) => two_clients(two),
    }
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
fn untold(how: &str, [tasks, pool]: [&Row; 2], why: Why) -> String {
    let (pool, tasks, why) = (cost(pool), cost(tasks), why.words());
    fitting([
        format!("CPU{how}: the pool {pool}, tasks {tasks} a ping; {why}"),
        format!("CPU{how}: {why}"),
    ])
}

/// Without the pair by hand nobody knows what is the way's.
fn two_clients(two: [&Row; 2]) -> String {
    let hedge = hedge(two);
    match said(two[0].cpu_ratio.as_ref()) {
        Said::Nothing(why) => untold("", two, why),
        Said::Differs(ratio) => of_clients(ratio, two),
        Said::NoDifference => format!(
            "a ping costs {} of CPU, with the pool as with tasks{hedge}",
            cost(two[1])
        ),
    }
}

/// The pair by hand alone.
fn alone(batch: &Batch, hand: [&Row; 2]) -> String {
    let hedge = hedge(hand);
    match said(batch.by_hand_cpu.as_ref()) {
        Said::Differs(ratio) => format!(
            "by hand a task costs {} CPU than a thread{hedge}",
            less(ratio)
        ),
        Said::NoDifference => format!(
            "by hand a ping costs {} of CPU, on a thread as in a task{hedge}",
            cost(hand[1])
        ),
        Said::Nothing(why) => untold(" by hand", hand, why),
    }
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
