//! What a chart says and shows of each strategy by its name. The names come
//! with the data; one that is not known here is drawn in grey.

use measurement::ways;
pub(crate) use measurement::ways::label;

use crate::palette::Paint;
use crate::scene::{Area, Mark, Shape};

/// What it is called in a title, and whether that is a plural.
pub(crate) fn subject(strategy: &str) -> (&str, bool) {
    ways::find(strategy)
        .map_or((strategy, false), |way| (way.short, way.plural))
}

/// What waits for an answer in it: `pool thread`, `task`.
pub(crate) fn waiter(strategy: &str) -> String {
    match ways::find(strategy).map(|way| way.id) {
        Some(id) if [ways::POOL.id, ways::POOL_BY_HAND.id].contains(&id) => {
            "pool thread".to_owned()
        }
        Some(id) if [ways::TASKS.id, ways::TASKS_BY_HAND.id].contains(&id) => {
            "task".to_owned()
        }
        Some(id) if [ways::WAVES.id, ways::SHARES.id].contains(&id) => {
            format!("thread ({})", label(strategy))
        }
        _ => label(strategy).to_owned(),
    }
}

/// What to see in its waterfall; empty if there is nothing to say.
pub(crate) fn look(strategy: &str) -> &str {
    ways::find(strategy).map_or("", |way| way.look)
}

/// The marks of its symbol: nothing is told by its colour alone.
pub(crate) fn symbol(
    strategy: &str,
    centre: (f64, f64),
    size: f64,
) -> Vec<Mark> {
    let paint = Paint::of_strategy(strategy);
    let hollow = ways::find(strategy).is_some_and(|way| way.hollow);
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
        Paint::EventLoop => vec![Shape::Polygon(vec![
            (x, y + half),
            (x - half * 1.1, y - half * 0.9),
            (x + half * 1.1, y - half * 0.9),
        ])],
        Paint::WorkerPool => vec![Shape::Polygon(vec![
            (x, y - half * 1.2),
            (x + half * 1.2, y),
            (x, y + half * 1.2),
            (x - half * 1.2, y),
        ])],
        Paint::AsyncTasks if hollow => {
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
    if paint == Paint::Other || hollow {
        // A ring, not the disc of `sequential`; and not the lesson's square.
        let hole = Shape::Disc { centre, radius: half * 0.5 };
        marks.push(Mark::new(hole, Paint::Background));
    }
    marks
}

#[cfg(test)]
mod tests {
    use measurement::course::LESSONS;

    use super::*;

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
