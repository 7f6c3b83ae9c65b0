//! What a ping costs in processor time, and whose cost it is: the way's, or
//! the client library's.

use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::finding::found::{Found, Untold};
use crate::finding::levels::named;
use crate::finding::{LONGEST, Said, Why, fitting, hedge, less, said};
use crate::quantity::{capital, duration, from_to, number};

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
    match told(summary) {
        Some(told) => told.found,
        None => Found::nothing("No processor time that counts"),
    }
}

/// A title, and what of the picture it speaks of.
pub(super) struct Told<'a> {
    found: Found,
    /// What was measured.
    pub(super) batch: &'a Batch,
    /// What it compares: a task before a thread. Empty if it compares none.
    pub(super) rows: Vec<&'a Row>,
    /// The cost of the first over that of the second, if it says so.
    pub(super) ratio: Option<f64>,
}

/// What the run tells: of pings that wait, or else of those that do not.
pub(super) fn told(summary: &Summary) -> Option<Told<'_>> {
    let known = |batch: &&Batch| rows(batch).next().is_some();
    let waits = with_waits(summary).filter(known);
    let none = summary.no_waits().filter(known);
    let tells = |batch: &&Batch| task_over_thread(batch).is_some();
    let paired = |batch: &&Batch| batch.by_hand_cpu.is_some();
    let clear = waits.filter(tells).or(none.filter(tells));
    let batch = clear.or(waits.filter(paired)).or(none).or(waits)?;
    let pair =
        |tasks: &str, pool: &str| Some([row(batch, tasks)?, row(batch, pool)?]);
    let libraries = pair(ways::TASKS.id, ways::POOL.id);
    let by_hand = pair(ways::TASKS_BY_HAND.id, ways::POOL_BY_HAND.id);
    Some(match (libraries, by_hand) {
        (Some(two), Some(hand)) => both(batch, two, hand),
        (Some(two), None) => two_clients(batch, two),
        (None, Some(hand)) => alone(batch, hand),
        (None, None) => one(batch),
    })
}

/// The highest level of the sweep that titles speak of.
pub(super) fn with_waits(summary: &Summary) -> Option<&Batch> {
    named(summary).last().copied()
}

/// The rows that have many pings in flight and whose cost is known.
pub(super) fn rows(batch: &Batch) -> impl Iterator<Item = &Row> {
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
pub(super) fn task_over_thread(batch: &Batch) -> Option<f64> {
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

fn direction(ratio: f64) -> &'static str {
    if ratio < 1.0 { "less" } else { "more" }
}

/// Whether pings wait, and how many are in flight.
fn conditions(batch: &Batch) -> [String; 4] {
    let level = number(batch.concurrency);
    let waits = batch.waits != Waits::None;
    let how = if waits { "with waits" } else { "no waits" };
    let comma = if waits { "" } else { "," };
    [
        format!("{}, {level} in flight: ", capital(how)),
        format!("{level} at once{comma} {how}: "),
        format!("{level}{comma} {how}: "),
        format!("{}: ", capital(how)),
    ]
}

/// The first of these claims, which become shorter, that a title has room for
/// with its condition and what it is hedged by.
fn titled(batch: &Batch, claims: &[String], hedge: &str) -> String {
    let [whole, at_once, brief, briefest] = &conditions(batch);
    let with = |how| claims.iter().map(move |claim| (how, claim));
    let nice = claims.iter().flat_map(|one| [(whole, one), (at_once, one)]);
    let words = nice.chain(with(brief)).chain(with(briefest));
    fitting(words.map(|(how, claim)| format!("{how}{claim}{hedge}")))
}

impl<'a> Told<'a> {
    /// Whether this strategy is one of those that it compares.
    pub(super) fn compares(&self, strategy: &str) -> bool {
        self.rows.iter().any(|row| row.strategy == strategy)
    }

    fn new(
        batch: &'a Batch,
        rows: [&'a Row; 2],
        hedge: &str,
        claims: &[String],
    ) -> Told<'a> {
        let found = Found::from(titled(batch, claims, hedge));
        Told { found, batch, rows: rows.to_vec(), ratio: None }
    }

    fn by(self, ratio: f64) -> Told<'a> {
        Told { ratio: Some(ratio), ..self }
    }
}

/// Tasks and the pool, with libraries and by hand.
fn both<'a>(
    batch: &'a Batch,
    two: [&'a Row; 2],
    hand: [&'a Row; 2],
) -> Told<'a> {
    let hedge = hedge(two.into_iter().chain(hand));
    let libraries = said(two[0].cpu_ratio.as_ref());
    match (libraries, said(batch.by_hand_cpu.as_ref())) {
        (Said::Differs(with), Said::Differs(without))
            if alike(with, without) =>
        {
            // Of the two, the pair that differs in one thing.
            alone(batch, hand)
        }
        (Said::NoDifference, Said::NoDifference) => {
            let found = format!("a ping costs {} of CPU, in a", cost(two[1]));
            let claims = ["pool thread or in a task", "thread or a task"]
                .map(|where_| format!("{found} {where_}"));
            Told::new(batch, two, &hedge, &claims)
        }
        (Said::NoDifference | Said::Nothing(_), Said::Differs(_)) => {
            alone(batch, hand)
        }
        // It is the client's.
        (Said::Differs(with), Said::Differs(without)) => {
            let by_hand = less(without);
            let direction = direction(without);
            of_library(
                batch,
                (two, with),
                &hedge,
                [
                    &format!("but by hand {by_hand}"),
                    &format!("by hand {direction}"),
                ],
            )
        }
        (Said::Differs(with), Said::NoDifference) => of_library(
            batch,
            (two, with),
            &hedge,
            ["but not visibly by hand", "not seen by hand"],
        ),
        (Said::Differs(with), Said::Nothing(_)) => of_clients(batch, with, two),
        (Said::Nothing(why), _) => untold(batch, "", two, why),
        (Said::NoDifference, Said::Nothing(_)) => two_clients(batch, two),
    }
}

/// What the library makes them differ by.
fn of_library<'a>(
    batch: &'a Batch,
    (two, ratio): ([&'a Row; 2], f64),
    hedge: &str,
    [by_hand, short]: [&str; 2],
) -> Told<'a> {
    let found = format!("tasks cost {} CPU than the pool", less(ratio));
    let direction = direction(ratio);
    let claims = [
        format!("{found}, {by_hand}"),
        format!("{found}, {short}"),
        format!("tasks cost {direction} CPU than the pool, {short}"),
    ];
    Told::new(batch, two, hedge, &claims).by(ratio)
}

/// Whose it is, nobody can say.
fn of_clients<'a>(batch: &'a Batch, ratio: f64, two: [&'a Row; 2]) -> Told<'a> {
    let [tasks, pool] = two.map(|row| ways::client(&row.strategy));
    let found = less(ratio);
    let direction = direction(ratio);
    let claims = [
        format!("tasks on {tasks} cost {found} CPU than the pool on {pool}"),
        format!("{tasks}'s tasks cost {found} CPU than {pool}'s pool"),
        format!("{tasks}'s tasks cost {direction} CPU than {pool}'s pool"),
    ];
    Told::new(batch, two, &hedge(two), &claims).by(ratio)
}

/// What was measured of two, where nothing may be said of them.
fn untold<'a>(
    batch: &'a Batch,
    how: &str,
    two: [&'a Row; 2],
    why: Why,
) -> Told<'a> {
    let [tasks, pool] = two.map(cost);
    let words = why.words();
    let claims = [
        format!("CPU of the pool{how} {pool}, of tasks {tasks}; {words}"),
        format!("CPU{how}: pool {pool}, tasks {tasks}; {words}"),
        format!("CPU{how} unclear; {words}"),
    ];
    let told = Told::new(batch, two, "", &claims);
    let untold = Untold::Which {
        question: "which strategy costs less CPU",
        why,
        floor: batch.cpu_twins.as_ref().and_then(|twins| twins.floor),
    };
    Told { found: Found { untold: Some(untold), ..told.found }, ..told }
}

/// Without the pair by hand nobody knows what is the way's.
fn two_clients<'a>(batch: &'a Batch, two: [&'a Row; 2]) -> Told<'a> {
    match said(two[0].cpu_ratio.as_ref()) {
        Said::Nothing(why) => untold(batch, "", two, why),
        Said::Differs(ratio) => of_clients(batch, ratio, two),
        Said::NoDifference => {
            let cost = cost(two[1]);
            let claims = [format!(
                "a ping costs {cost} of CPU, by the pool as by tasks"
            )];
            Told::new(batch, two, &hedge(two), &claims)
        }
    }
}

/// Whether the medians differ in the direction of the ratio, which is of the
/// same rounds: then they tell it more plainly.
fn told_by_medians(hand: [&Row; 2], ratio: f64) -> bool {
    let [task, thread] = hand
        .map(|row| row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median));
    (ratio < 1.0) == (task < thread) && cost(hand[0]) != cost(hand[1])
}

/// The pair by hand alone.
fn alone<'a>(batch: &'a Batch, hand: [&'a Row; 2]) -> Told<'a> {
    let hedge = hedge(hand);
    match said(batch.by_hand_cpu.as_ref()) {
        Said::Differs(ratio) if told_by_medians(hand, ratio) => {
            let [task, thread] = hand.map(cost);
            let found = format!("a task costs {task} of CPU, a");
            let claims = [
                format!("{found} pool thread {thread}, on the same GET"),
                format!("{found} thread {thread}, on the same GET"),
                format!("{found} thread {thread}, same GET"),
            ];
            let told = Told::new(batch, hand, &hedge, &claims);
            if told.found.words.chars().count() <= LONGEST {
                return told;
            }
            let shorter = [format!("{found} thread {thread}")];
            Told::new(batch, hand, &hedge, &shorter)
        }
        Said::Differs(ratio) => {
            let found = format!("a task costs {} CPU than a", less(ratio));
            let direction = direction(ratio);
            let claims = [
                format!("{found} pool thread, on the same GET"),
                format!("{found} thread, on the same GET"),
                format!("{found} thread, same GET"),
                format!("a task costs {direction} CPU than a thread, same GET"),
            ];
            Told::new(batch, hand, &hedge, &claims).by(ratio)
        }
        Said::NoDifference => {
            let cost = cost(hand[1]);
            let claims = [format!(
                "the same GET costs {cost} of CPU, in a thread or a task"
            )];
            Told::new(batch, hand, &hedge, &claims)
        }
        Said::Nothing(why) => untold(batch, " by hand", hand, why),
    }
}

/// Where there are no two to compare.
fn one(batch: &Batch) -> Told<'_> {
    let median =
        |row: &&Row| row.cpu_per_request_ns.as_ref().map_or(0.0, |e| e.median);
    let by_cost = |a: &&Row, b: &&Row| median(a).total_cmp(&median(b));
    let (least, most) =
        (rows(batch).min_by(by_cost), rows(batch).max_by(by_cost));
    let ends: Vec<&Row> = least.into_iter().chain(most).collect();
    let (low, high) = (
        least.map_or_else(String::new, cost),
        most.map_or_else(String::new, cost),
    );
    let span = if low == high { low } else { from_to(&low, &high) };
    let claims = [format!("a ping costs {span} of CPU")];
    let words = titled(batch, &claims, &hedge(ends.iter().copied()));
    let found = Found::from(words);
    Told { found, batch, rows: Vec::new(), ratio: None }
}
