//! The cells of a run that looks how many in flight each way goes to.

use measurement::capacity::HOLD;
use measurement::record::Act;
use measurement::waits::Waits;
use measurement::ways;

use super::cell::Cell;
use super::options::RunOptions;
use crate::strategies::{self, Strategy};

/// Who takes part where nobody is named: each shape that goes far, and waves
/// and the pool, to see where threads end.
const CLIMBERS: [&str; 6] = [
    ways::WAVES.id,
    ways::POOL.id,
    ways::TASKS.id,
    ways::SHAPES.id,
    ways::EVENT_LOOP.id,
    ways::TASKS_BY_HAND.id,
];

/// As many pings as are in flight, each held for so long that all overlap.
pub(super) fn climb(
    options: &RunOptions,
    act: Act,
    usual: &[usize],
) -> Vec<Cell> {
    let asked = options.question.as_ref();
    let hold = asked.map_or(HOLD, |asked| asked.delay.as_nanos() as u64);
    let levels = match asked {
        Some(asked) => asked.levels.iter().map(|c| c.get()).collect(),
        None => usual.to_vec(),
    };
    let strategies: Vec<&'static Strategy> = match options.named {
        true => options.concurrent(),
        false => CLIMBERS.into_iter().filter_map(strategies::find).collect(),
    };
    let of_level = |level: usize| {
        let cell = move |strategy: &&'static Strategy| {
            Cell::new(act, level, level, Waits::Fixed(hold), strategy)
        };
        strategies.iter().map(cell).collect::<Vec<Cell>>()
    };
    levels.into_iter().flat_map(of_level).collect()
}
