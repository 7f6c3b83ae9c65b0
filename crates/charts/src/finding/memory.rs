//! What one more ping in flight costs in memory, and whose cost it is: the
//! way's, or the client library's.

use measurement::compare::LEAST_DIFFERENCE;
use measurement::statistics::Estimate;
use measurement::summary::{Memory, Summary};

use crate::finding::{of_client, rounds};
use crate::memory::say_slope;
use crate::quantity::capital;
use crate::strategy::{is_sequential, subject};

/// The finding of the chart of memory.
///
/// Tasks and the pool have different client libraries, so that what they
/// differ by may be the library's. Only where the slopes of the pair that is
/// written by hand differ in the same direction does the title speak of a
/// task and a thread.
///
/// How the machine disturbed a trial is left aside: that costs time, and no
/// memory.
pub fn finding_memory(summary: &Summary) -> String {
    let of = |name: &str| {
        let mut rows = summary.memory.iter();
        rows.find(|memory| memory.strategy == name)
    };
    let threads = ["worker-pool", "threads", "scoped-threads"];
    let threads = threads.into_iter().find_map(of);
    let (Some(tasks), Some(threads)) = (of("async-tasks"), threads) else {
        return alone(summary);
    };
    let control = of("control-tasks").zip(of("control-threads"));
    Pair { tasks, threads, control }.finding()
}

/// What may be said of the first of two, beside the second.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Held {
    More,
    Less,
    /// No difference that can be seen.
    Alike,
    /// Nothing: there are too few rounds; how many.
    TooFewRounds(usize),
}

/// The interval; with too few rounds for one, all that was measured.
fn ends(slopes: &Estimate) -> (f64, f64) {
    match slopes.interval {
        Some(interval) => (interval.low, interval.high),
        None => (slopes.min, slopes.max),
    }
}

/// With six rounds and more their intervals decide, with fewer whether one is
/// beyond the other in every round. Of a single round is told what it showed,
/// and that it was one.
fn held(one: &Estimate, other: &Estimate) -> Held {
    let n = one.n.min(other.n);
    let ((low, high), (other_low, other_high)) = (ends(one), ends(other));
    let largest = one.median.abs().max(other.median.abs());
    let near = (one.median - other.median).abs() <= LEAST_DIFFERENCE * largest;
    if near && (n == 1 || n >= 6) {
        Held::Alike
    } else if low > other_high {
        Held::More
    } else if high < other_low {
        Held::Less
    } else if n < 6 {
        Held::TooFewRounds(n)
    } else {
        Held::Alike
    }
}

struct Pair<'a> {
    tasks: &'a Memory,
    threads: &'a Memory,
    /// Tasks and threads by hand.
    control: Option<(&'a Memory, &'a Memory)>,
}

/// `22 KiB`.
fn slope(memory: &Memory) -> String {
    format!("{} KiB", say_slope(memory.slope_bytes.median))
}

impl Pair<'_> {
    /// `in one round `; empty where the intervals have decided.
    fn hedge(&self) -> String {
        let all = [self.tasks, self.threads].into_iter();
        let control = self.control.into_iter();
        let all = all.chain(control.flat_map(|(one, other)| [one, other]));
        let rounds_of = all.map(|memory| memory.slope_bytes.n);
        match rounds_of.min().unwrap_or(0) {
            number @ 0..6 => format!("in {} ", rounds(number)),
            _ => String::new(),
        }
    }

    /// Whether tasks and threads are farther apart than those by hand can be:
    /// that no difference is seen does not say that there is none.
    fn beyond(&self) -> bool {
        let Some((tasks, threads)) = self.control else { return false };
        let (low, high) = ends(&tasks.slope_bytes);
        let (other_low, other_high) = ends(&threads.slope_bytes);
        let apart =
            self.tasks.slope_bytes.median - self.threads.slope_bytes.median;
        apart < low - other_high || apart > high - other_low
    }

    fn finding(&self) -> String {
        let name = |memory: &Memory| {
            of_client(subject(&memory.strategy).0, &memory.client)
        };
        let (tasks, threads) = (name(self.tasks), name(self.threads));
        let (a, b) = (slope(self.tasks), slope(self.threads));
        let libraries =
            held(&self.tasks.slope_bytes, &self.threads.slope_bytes);
        let control = self
            .control
            .map(|(one, other)| held(&one.slope_bytes, &other.slope_bytes));
        let by_hand = self.control.map_or(String::new(), |(one, other)| {
            format!("by hand {} and {}", slope(one), slope(other))
        });
        let both = format!(
            "each ping in flight takes {a} with {tasks}, {b} with {threads}"
        );
        let finding = match (libraries, control) {
            (Held::More | Held::Less, Some(same)) if same == libraries => {
                let more = match libraries {
                    Held::More => "more",
                    _ => "less",
                };
                format!(
                    "a task takes {more} memory than a thread: {a} with \
                     {tasks}, {b} with {threads}; {by_hand}"
                )
            }
            (Held::More | Held::Less, Some(Held::More | Held::Less)) => {
                format!("{both}; {by_hand}: it is the client")
            }
            (Held::More | Held::Less, Some(Held::Alike)) if self.beyond() => {
                format!(
                    "{both}; by hand no difference we can see: it is the \
                     client"
                )
            }
            (Held::More | Held::Less, Some(Held::Alike)) => format!(
                "{both}; by hand no difference we can see: it may be the \
                 client"
            ),
            (Held::More | Held::Less, Some(Held::TooFewRounds(_))) => {
                format!("{both}; {by_hand}: it may be the client")
            }
            (Held::More | Held::Less, None) => format!(
                "{both}; without the pair by hand, so it may be the client"
            ),
            (Held::Alike, Some(Held::Alike)) => format!(
                "tasks or threads, no difference in memory we can see: {both}"
            ),
            (Held::Alike, Some(Held::More | Held::Less)) => format!(
                "{tasks} or {threads}, no difference in memory we can see, \
                 but {by_hand} for each ping in flight"
            ),
            (Held::Alike, _) => format!(
                "{tasks} or {threads}, no difference in memory we can see: \
                 {a} and {b} for each ping in flight"
            ),
            (Held::TooFewRounds(number), _) => {
                let rounds = rounds(number);
                let words = format!("{both}; {rounds}: too few to tell apart");
                return capital(&words);
            }
        };
        capital(&format!("{}{finding}", self.hedge()))
    }
}

/// Where there are no two to compare: `Each ping in flight takes 19–22 KiB`.
fn alone(summary: &Summary) -> String {
    let rows = summary.memory.iter();
    let rows = rows.filter(|memory| !is_sequential(&memory.strategy));
    let mut slopes: Vec<&Estimate> =
        rows.map(|memory| &memory.slope_bytes).collect();
    slopes.sort_by(|a, b| a.median.total_cmp(&b.median));
    let (Some(least), Some(most)) = (slopes.first(), slopes.last()) else {
        return "No memory that counts".to_owned();
    };
    let number = slopes.iter().map(|slope| slope.n).min().unwrap_or(0);
    let (low, high) = (say_slope(least.median), say_slope(most.median));
    let span = if low == high { high } else { format!("{low}–{high}") };
    let hedge = match number {
        0..6 => format!("in {} ", rounds(number)),
        _ => String::new(),
    };
    capital(&format!(
        "{hedge}each ping in flight takes {span} KiB; not compared"
    ))
}
