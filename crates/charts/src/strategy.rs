//! What a chart says and shows of each strategy by its name. The names come
//! with the data; one that is not known here is drawn in grey.

use measurement::course::LESSONS;

use crate::palette::Paint;
use crate::scene::{Area, Mark, Shape};

/// How it shares out the work: the shape that its waterfall shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sharing {
    /// In a title: `waves`, `a queue`.
    pub(crate) name: String,
    /// Whether the verb after it is in the plural.
    pub(crate) plural: bool,
    /// Beside a panel; empty if there is nothing to say.
    pub(crate) words: &'static str,
}

/// How the strategy of that name shares out the work.
pub(crate) fn sharing(strategy: &str) -> Sharing {
    let (name, plural, words) = match strategy {
        "sequential" => ("one after another", false, "one after another"),
        "threads" => ("waves", true, "waves: each waits for its slowest"),
        "scoped-threads" => {
            ("fixed shares", true, "fixed shares: one runs long")
        }
        "worker-pool" => {
            ("a queue", false, "queue: whoever is free takes the next")
        }
        "scoped-cursor" => {
            ("a shared cursor", false, "cursor: whoever is free takes the next")
        }
        "async-tasks" => {
            ("tasks", true, "tasks: a free permit starts the next")
        }
        "deadlines-polling" => {
            ("polling", false, "threads, and 500 looks at them")
        }
        "deadlines-channel" => {
            ("a channel", false, "workers: nobody receives after the limit")
        }
        "deadlines" => {
            ("tasks with a deadline", true, "tasks: dropped at the limit")
        }
        "retries-in-step" => {
            ("retries in step", true, "in step: all retry together")
        }
        "retries-spread" => {
            ("spread retries", true, "spread: each retries when it may")
        }
        "good-manners" => {
            ("good manners", true, "tasks: each waits until it may go")
        }
        "control-threads" => ("threads by hand", true, ""),
        "control-tasks" => ("tasks by hand", true, ""),
        other => (other, false, ""),
    };
    Sharing { name: name.to_owned(), plural, words }
}

/// What it is called in a sentence about it, and whether that is a plural.
pub(crate) fn subject(strategy: &str) -> (&str, bool) {
    match strategy {
        "worker-pool" => ("the pool", false),
        "scoped-threads" => ("scoped threads", true),
        "async-tasks" => ("tasks", true),
        "threads" | "control-threads" | "control-tasks" => {
            (short_name(strategy), true)
        }
        other => (other, false),
    }
}

/// Its name where there is little room.
pub(crate) fn short_name(strategy: &str) -> &str {
    match strategy {
        "scoped-threads" => "scoped",
        "scoped-cursor" => "cursor",
        "worker-pool" => "pool",
        "async-tasks" => "tasks",
        "deadlines-polling" => "polling",
        "deadlines-channel" => "channel",
        "retries-in-step" => "in step",
        "retries-spread" => "spread",
        "good-manners" => "manners",
        "control-threads" => "threads by hand",
        "control-tasks" => "tasks by hand",
        other => other,
    }
}

/// Whether it is one of the lessons that have many requests in flight.
pub(crate) fn is_concurrent_lesson(strategy: &str) -> bool {
    LESSONS.iter().any(|lesson| lesson.name == strategy)
        && !is_sequential(strategy)
}

/// Whether it is one of the pair with one request written by hand, which is
/// drawn in the hue of its kin, but hollow.
pub(crate) fn is_control(strategy: &str) -> bool {
    matches!(strategy, "control-threads" | "control-tasks")
}

/// Whether it is drawn in the hue of its kin, but hollow.
fn is_hollow(strategy: &str) -> bool {
    is_control(strategy)
        || strategy == "scoped-cursor"
        || strategy.starts_with("deadlines")
}

/// Whether the strategy has one request in flight at a time.
pub(crate) fn is_sequential(strategy: &str) -> bool {
    matches!(strategy, "sequential" | "python-sequential")
}

/// The marks of its symbol: nothing is told by its colour alone.
pub(crate) fn symbol(
    strategy: &str,
    centre: (f64, f64),
    size: f64,
) -> Vec<Mark> {
    let paint = Paint::of_strategy(strategy);
    let (x, y) = centre;
    let half = size / 2.0;
    let square = |half_width: f64, half_height: f64| {
        Shape::Bar(Area {
            left: x - half_width,
            top: y - half_height,
            right: x + half_width,
            bottom: y + half_height,
        })
    };
    let shapes = match paint {
        Paint::Threads => vec![square(half * 0.9, half * 0.9)],
        Paint::ScopedThreads => vec![Shape::Polygon(vec![
            (x, y - half),
            (x + half * 1.1, y + half * 0.9),
            (x - half * 1.1, y + half * 0.9),
        ])],
        Paint::WorkerPool => vec![Shape::Polygon(vec![
            (x, y - half * 1.2),
            (x + half * 1.2, y),
            (x, y + half * 1.2),
            (x - half * 1.2, y),
        ])],
        Paint::AsyncTasks if is_hollow(strategy) => {
            // A cross has no room for a hole.
            vec![
                square(half * 1.05, half * 0.62),
                square(half * 0.62, half * 1.05),
            ]
        }
        Paint::AsyncTasks => {
            vec![square(half * 1.1, half * 0.4), square(half * 0.4, half * 1.1)]
        }
        _ => vec![Shape::Disc { centre, radius: half }],
    };
    let mut marks: Vec<Mark> =
        shapes.into_iter().map(|shape| Mark::new(shape, paint)).collect();
    if paint == Paint::Other || is_hollow(strategy) {
        // A ring, not the disc of `sequential`; and not the lesson's square.
        let hole = Shape::Disc { centre, radius: half * 0.5 };
        marks.push(Mark::new(hole, Paint::Background));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A colour may be grey, but beside its panel stands how it shares.
    #[test]
    fn how_each_lesson_shares_out_the_work_is_said() {
        for lesson in LESSONS {
            let name = lesson.name;
            let said = !sharing(name).words.is_empty();
            assert!(said, "`sharing` in strategy.rs has no row for {name}");
        }
    }

    /// Who has a colour has a symbol of its own.
    #[test]
    fn nothing_is_told_by_colour_alone() {
        let mut seen: Vec<(Paint, Vec<Shape>)> = Vec::new();
        for lesson in LESSONS {
            let paint = Paint::of_strategy(lesson.name);
            if paint == Paint::Other {
                continue;
            }
            let marks = symbol(lesson.name, (0.0, 0.0), 9.0);
            let shapes: Vec<Shape> =
                marks.into_iter().map(|mark| mark.shape).collect();
            let same = seen.iter().find(|(_, other)| *other == shapes);
            let name = lesson.name;
            assert!(
                same.is_none(),
                "`symbol` in strategy.rs has none for {name}"
            );
            seen.push((paint, shapes));
        }
    }
}
