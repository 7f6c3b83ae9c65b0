//! What one more ping in flight costs in memory, and whose cost it is: the
//! way's, or the client library's.

use measurement::compare::LEAST_DIFFERENCE;
use measurement::statistics::Estimate;
use measurement::summary::{Memory, Summary};
use measurement::ways;

use crate::finding::found::{Found, Untold};
use crate::finding::{Why, few, fitting};
use crate::quantity::kib;

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
    found_memory(summary).words
}

/// The same, and whether it claims anything.
pub fn found_memory(summary: &Summary) -> Found {
    let of = |name: &str| {
        let mut rows = summary.memory.iter();
        rows.find(|memory| memory.strategy == name)
    };
    let threads = [ways::POOL.id, ways::WAVES.id, ways::SHARES.id];
    let threads = threads.into_iter().find_map(of);
    let (Some(tasks), Some(threads)) = (of(ways::TASKS.id), threads) else {
        return alone(summary);
    };
    let by_hand = of(ways::TASKS_BY_HAND.id).zip(of(ways::POOL_BY_HAND.id));
    Pair { tasks, threads, by_hand }.finding()
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
    by_hand: Option<(&'a Memory, &'a Memory)>,
}

/// `22 KiB`.
fn slope(memory: &Memory) -> String {
    format!("{} KiB", kib(memory.slope_bytes.median))
}

/// ` (measured once)`; empty where the intervals have decided.
fn hedge<'a>(rows: impl Iterator<Item = &'a Memory>) -> String {
    few(rows.map(|memory| memory.slope_bytes.n).min().unwrap_or(0))
}

impl Pair<'_> {
    fn finding(&self) -> Found {
        let (a, b) = (slope(self.tasks), slope(self.threads));
        let hand =
            self.by_hand.into_iter().flat_map(|(one, other)| [one, other]);
        let hedge = hedge([self.tasks, self.threads].into_iter().chain(hand));
        let libraries =
            held(&self.tasks.slope_bytes, &self.threads.slope_bytes);
        let by_hand = self
            .by_hand
            .map(|(one, other)| held(&one.slope_bytes, &other.slope_bytes));
        let which = match self.threads.strategy == ways::POOL.id {
            true => "pool thread",
            false => "thread",
        };
        let both = format!("Tasks take {a} a ping, pool threads {b}");
        let words = match (libraries, by_hand) {
            (Held::More | Held::Less, Some(same)) if same == libraries => {
                one_more([("task", &a), (which, &b)], &hedge)
            }
            // Whose it is, only the pair by hand can say.
            (Held::More | Held::Less, Some(Held::TooFewRounds(_)) | None) => {
                let client = |memory: &Memory| ways::client(&memory.strategy);
                let task = format!("task on {}", client(self.tasks));
                let thread = format!("thread on {}", client(self.threads));
                one_more([(&task, &a), (&thread, &b)], &hedge)
            }
            // It is the client's.
            (Held::More | Held::Less, Some(Held::Alike)) => {
                format!("{both}, but by hand about the same{hedge}")
            }
            (Held::More, Some(_)) => format!("{both}, but by hand less{hedge}"),
            (Held::Less, Some(_)) => format!("{both}, but by hand more{hedge}"),
            (_, Some(Held::More | Held::Less)) => self.by_hand_alone(&hedge),
            (Held::Alike, _) => fitting([
                format!(
                    "One more ping in flight takes {a}, in a {which} or in a \
                     task{hedge}"
                ),
                format!(
                    "One more in flight takes {a}, in a thread or a task{hedge}"
                ),
            ]),
            (Held::TooFewRounds(number), _) => {
                let why = Why::TooFewRounds(number);
                let why_words = why.words();
                let words = fitting([
                    format!("One more task takes {a}, thread {b}: {why_words}"),
                    format!("One more in flight: {why_words}"),
                ]);
                let question = "which strategy takes less memory";
                let untold = Untold::Which { question, why, floor: None };
                return Found { words, untold: Some(untold) };
            }
        };
        Found::from(words)
    }

    /// Where only the pair by hand shows what the libraries hide.
    fn by_hand_alone(&self, hedge: &str) -> String {
        let Some((task, thread)) = self.by_hand else { return String::new() };
        let (a, b) = (slope(task), slope(thread));
        format!("By hand one more task takes {a}, one more thread {b}{hedge}")
    }
}

/// `One more task in flight takes 28 KiB, one more pool thread 49 KiB`.
fn one_more(two: [(&str, &str); 2], hedge: &str) -> String {
    let [(task, a), (thread, b)] = two;
    fitting([
        format!(
            "One more {task} in flight takes {a}, one more {thread} {b}{hedge}"
        ),
        format!("One more {task} takes {a}, one more {thread} {b}{hedge}"),
        format!("One more {task} takes {a}, {thread} {b}{hedge}"),
    ])
}

/// Where there are no two to compare: `One more ping in flight takes 19 to 22
/// KiB`.
fn alone(summary: &Summary) -> Found {
    let rows = summary.memory.iter();
    let rows: Vec<&Memory> =
        rows.filter(|row| !ways::is_one_by_one(&row.strategy)).collect();
    let mut slopes: Vec<&Estimate> =
        rows.iter().map(|memory| &memory.slope_bytes).collect();
    slopes.sort_by(|a, b| a.median.total_cmp(&b.median));
    let (Some(least), Some(most)) = (slopes.first(), slopes.last()) else {
        return Found::nothing("No memory that counts");
    };
    let (low, high) = (kib(least.median), kib(most.median));
    let span = if low == high { high } else { format!("{low} to {high}") };
    let hedge = hedge(rows.into_iter());
    Found::from(format!("One more ping in flight takes {span} KiB{hedge}"))
}
