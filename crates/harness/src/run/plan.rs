//! What a run consists of, before any of it runs: pure data, so that it can
//! be said how long it will take.

use std::num::NonZeroUsize;
use std::time::Duration;

use measurement::MILLISECOND;
use measurement::bounds::MOST_PINGS;
use measurement::order;
use measurement::record::Act;
use measurement::summary::UNEVEN_AT_ONCE;
use measurement::waits::{BOOK_STATUSES, UNEVEN_WAITS_US, Waits};
use measurement::ways;

use super::cell::Cell;
use super::climb::climb;
use super::options::{Question, RunOptions};
use super::preset::{NO_WAITS_AT_ONCE, Size};
use crate::cli::{PINGS_PER_LANE, Preset};
use crate::limits::has_threads;

#[cfg(test)]
mod tests;

/// At which level of the sweep the pair by hand takes part: a ping that waits
/// wakes somebody up, and so costs more CPU time than one that does not.
const BY_HAND_AT: usize = 64;

/// The wait of the sweep.
const WAIT: Waits = Waits::Fixed(20 * MILLISECOND);

/// Pings in turn cost more where each has to wake somebody up, so a baseline
/// without waits is no longer than this.
const MOST_IN_TURN: usize = 2048;

/// How long the server holds the pings of a memory cell, ns: so long that the
/// last is sent before the first is answered, and not longer than it must.
const MEMORY_HOLD: u64 = 20 * MILLISECOND;
const MEMORY_HOLD_EACH: u64 = MILLISECOND / 5;

/// Rounds of the same cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Rounds {
    pub(super) rounds: u32,
    /// Runs first and last in each round, so that drift within one shows.
    pub(super) baseline: Option<Cell>,
    /// Run between, in another order in each round.
    pub(super) cells: Vec<Cell>,
    /// Run there in the first rounds alone: levels that are only described.
    pub(super) described: Vec<Cell>,
    pub(super) described_rounds: u32,
    /// Run there, too: of each of them one twin.
    pub(super) twins: Vec<Twins>,
}

/// The cells of a batch, one of which runs twice in each round.
#[derive(Debug, Clone)]
pub(super) struct Twins {
    /// The one that the others are compared with.
    reference: Cell,
    others: Vec<Cell>,
}

/// All that a run will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) book: Rounds,
    pub(super) uneven: Rounds,
    pub(super) no_waits: Rounds,
    pub(super) sweep: Rounds,
    pub(super) memory: Rounds,
    /// More and more in flight: the described cells have no connection open
    /// before.
    pub(super) capacity: Rounds,
    /// Levels of the preset that this system has too few open files for.
    pub(super) left_out: Vec<usize>,
}

impl Plan {
    /// The acts of a preset, or a sweep of one's own.
    pub(super) fn of(options: &RunOptions, most_at_once: usize) -> Plan {
        let size = options.preset.size();
        let rounds = |usual: u32| options.rounds.unwrap_or(usual);
        if options.preset == Preset::Capacity {
            let described_rounds = rounds(size.described_rounds);
            let capacity = Rounds {
                rounds: rounds(size.rounds),
                described_rounds: described_rounds.min(size.described_rounds),
                cells: climb(options, Act::Capacity, size.levels),
                described: climb(options, Act::CapacityCold, size.levels),
                ..Rounds::default()
            };
            return Plan { capacity, ..Plan::default() };
        }
        if let Some(question) = &options.question {
            let sweep = asked(options, question, rounds(size.rounds));
            return Plan { sweep, ..Plan::default() };
        }
        if options.preset == Preset::Clients {
            let no_waits = no_waits(options, size, &[]);
            let rounds = rounds(size.rounds);
            let no_waits = Rounds { rounds, ..no_waits };
            return Plan { no_waits, ..Plan::default() };
        }
        let levels = size.levels.iter().chain(size.memory_levels);
        let levels = levels.chain(size.no_waits_levels);
        let mut left_out: Vec<usize> =
            levels.copied().filter(|level| *level > most_at_once).collect();
        left_out.sort_unstable();
        left_out.dedup();
        Plan {
            capacity: Rounds::default(),
            left_out,
            book: book(options),
            uneven: Rounds {
                rounds: rounds(size.uneven_rounds),
                described_rounds: rounds(size.described_rounds),
                ..uneven(options, size.uneven_levels)
            },
            no_waits: Rounds {
                rounds: rounds(size.rounds),
                described_rounds: rounds(size.described_rounds),
                ..no_waits(
                    options,
                    size,
                    &within(size.no_waits_levels, most_at_once),
                )
            },
            sweep: sweep(
                options,
                &within(size.levels, most_at_once),
                size.twins,
                rounds(size.rounds),
            ),
            memory: memory(
                options,
                &within(size.memory_levels, most_at_once),
                rounds(size.memory_rounds),
            ),
        }
    }

    /// About how long it takes.
    pub(super) fn predicted(&self) -> Duration {
        self.acts().map(Rounds::predicted).into_iter().sum()
    }

    /// The rounds of the act that has the most.
    pub(super) fn most_rounds(&self) -> u32 {
        self.acts().map(|act| act.rounds).into_iter().max().unwrap_or(0)
    }

    /// The most that it has in flight at once anywhere, and whether some of
    /// that is a thread each.
    pub(super) fn most_in_flight(&self) -> (usize, bool) {
        let cells = || self.acts().into_iter().flat_map(Rounds::all);
        let most = cells().map(Cell::concurrency).max().unwrap_or(0);
        let threads = |cell: &Cell| {
            cell.concurrency() == most && has_threads(&cell.strategy.way)
        };
        (most, cells().any(threads))
    }

    fn acts(&self) -> [&Rounds; 6] {
        let Plan { book, uneven, no_waits, sweep, memory, capacity, .. } = self;
        [book, uneven, no_waits, sweep, memory, capacity]
    }
}

/// The levels that this system has open files for.
fn within(levels: &[usize], most: usize) -> Vec<usize> {
    levels.iter().copied().filter(|level| *level <= most).collect()
}

fn book(options: &RunOptions) -> Rounds {
    let n = BOOK_STATUSES.len();
    let cell = |strategy| Cell::new(Act::Book, n, n, Waits::Book, strategy);
    let cells = options.lessons(false).into_iter().map(cell).collect();
    Rounds { rounds: 1, cells, ..Rounds::default() }
}

/// The cells of the uneven waits, at these levels, too.
fn uneven(options: &RunOptions, levels: &[usize]) -> Rounds {
    // One after another the waits add up, whoever measures it; a second of
    // everybody's time for that is better spent on another round.
    let pings = UNEVEN_WAITS_US.len();
    let of_level = |level| {
        let cell = move |strategy| {
            Cell::new(Act::Uneven, level, pings, Waits::Uneven, strategy)
        };
        options.lessons(true).into_iter().map(cell)
    };
    let cells: Vec<Cell> = of_level(UNEVEN_AT_ONCE).collect();
    let twins = Twins::of(&cells).into_iter().collect();
    let described = levels.iter().copied().flat_map(of_level).collect();
    Rounds { cells, twins, described, ..Rounds::default() }
}

/// The cells without waits: many at once, and one by one; and the lessons at
/// these levels, too.
fn no_waits(options: &RunOptions, size: &Size, levels: &[usize]) -> Rounds {
    let awake = options.can_keep_awake;
    let kinds: &[bool] =
        if awake && size.asleep_too { &[true, false] } else { &[awake] };
    let (mut cells, mut twins) = (Vec::new(), Vec::new());
    for kept_awake in kinds {
        let cell = |level, n, strategy| Cell {
            kept_awake: *kept_awake,
            ..Cell::new(Act::NoWaits, level, n, Waits::None, strategy)
        };
        let level = NO_WAITS_AT_ONCE.get();
        let at_once = |strategy| cell(level, size.no_waits, strategy);
        let at_once: Vec<Cell> =
            options.concurrent().into_iter().map(at_once).collect();
        twins.extend(Twins::of(&at_once));
        cells.extend(at_once);
        let one = options.sequential();
        cells.extend(one.map(|one| cell(1, size.no_waits_in_turn, one)));
    }
    let of_level = |level: &usize| {
        let (level, n) = (*level, size.no_waits_described);
        let cell = move |strategy| Cell {
            kept_awake: awake,
            ..Cell::new(Act::NoWaits, level, n, Waits::None, strategy)
        };
        options.lessons(true).into_iter().map(cell)
    };
    let described = levels.iter().flat_map(of_level).collect();
    Rounds { cells, twins, described, ..Rounds::default() }
}

fn sweep(
    options: &RunOptions,
    levels: &[usize],
    with_twins: &[usize],
    rounds: u32,
) -> Rounds {
    let of_level = |level: &usize| -> Vec<Cell> {
        let n = level * PINGS_PER_LANE;
        let cell = |strategy| Cell::new(Act::Sweep, *level, n, WAIT, strategy);
        let strategies = match *level {
            BY_HAND_AT => options.concurrent(),
            _ => options.lessons(true),
        };
        strategies.into_iter().map(cell).collect()
    };
    let baseline = options
        .sequential()
        .map(|one| Cell::new(Act::Sweep, 1, PINGS_PER_LANE, WAIT, one));
    let named = levels.iter().filter(|level| with_twins.contains(level));
    let twins = named.filter_map(|level| Twins::of(&of_level(level)));
    let twins = twins.collect();
    let cells = levels.iter().flat_map(of_level).collect();
    Rounds { rounds, baseline, cells, twins, ..Rounds::default() }
}

/// A sweep of one's own levels and waits, with a twin at each level.
fn asked(options: &RunOptions, question: &Question, rounds: u32) -> Rounds {
    let wait = question.delay.as_nanos() as u64;
    let waits = if wait == 0 { Waits::None } else { Waits::Fixed(wait) };
    let requests = |level: NonZeroUsize| {
        let usual = (level.get() * PINGS_PER_LANE).min(MOST_PINGS);
        // Without waits so few would be over before they can be timed.
        let usual = match waits {
            Waits::None => usual.max(MOST_IN_TURN),
            _ => usual,
        };
        question.requests.map_or(usual, NonZeroUsize::get)
    };
    // The pair by hand answers another question, unless somebody asks it.
    let strategies = match options.named {
        true => options.concurrent(),
        false => options.lessons(true),
    };
    let cell = |level, n, strategy| Cell {
        kept_awake: question.keep_awake,
        ..Cell::new(Act::Sweep, level, n, waits, strategy)
    };
    let batches = question.levels.iter().map(|level| -> Vec<Cell> {
        let (level, n) = (level.get(), requests(*level));
        let cell = |strategy| cell(level, n, strategy);
        strategies.iter().copied().map(cell).collect()
    });
    let batches: Vec<Vec<Cell>> = batches.collect();
    let in_turn = match waits {
        Waits::None => MOST_IN_TURN,
        _ => PINGS_PER_LANE,
    };
    let n = question.requests.map_or(in_turn, |n| n.get().min(in_turn));
    let baseline = options.sequential().map(|one| cell(1, n, one));
    let twins = batches.iter().filter_map(|cells| Twins::of(cells)).collect();
    let cells = batches.concat();
    Rounds { rounds, baseline, cells, twins, ..Rounds::default() }
}

fn memory(options: &RunOptions, levels: &[usize], rounds: u32) -> Rounds {
    let of_level = |level: &usize| {
        let level = *level;
        let hold = MEMORY_HOLD_EACH * level as u64;
        let waits = Waits::Fixed(hold.max(MEMORY_HOLD));
        let cell =
            |strategy| Cell::new(Act::Memory, level, level, waits, strategy);
        options.concurrent().into_iter().map(cell).collect::<Vec<_>>()
    };
    let cells = levels.iter().flat_map(of_level).collect();
    Rounds { rounds, cells, ..Rounds::default() }
}

impl Twins {
    /// None where there is nothing to compare.
    fn of(cells: &[Cell]) -> Option<Twins> {
        let is_pool = |cell: &Cell| cell.strategy.way == ways::POOL;
        let place = cells.iter().position(is_pool).unwrap_or(0);
        let mut others = cells.to_vec();
        let reference = (cells.len() > 1).then(|| others.remove(place))?;
        Some(Twins { reference, others })
    }

    /// Who runs twice in this round.
    fn in_round(&self, round: u32) -> Cell {
        let turn = order::twin(round, self.others.len());
        let cell = turn.map_or(&self.reference, |turn| &self.others[turn]);
        Cell { aa_twin: true, ..cell.clone() }
    }
}

/// Starting the server.
const ROUND: Duration = Duration::from_millis(15);

impl Rounds {
    /// What runs in a round between its baseline: the cells in the order of
    /// their list, then those that are only described, then twins.
    pub(super) fn between(&self, round: u32) -> Vec<Cell> {
        let described = match round < self.described_rounds {
            true => &self.described[..],
            false => &[],
        };
        let twins = self.twins.iter().map(|twins| twins.in_round(round));
        let cells = self.cells.iter().chain(described);
        cells.cloned().chain(twins).collect()
    }

    /// Every cell that is in any round, twins apart.
    fn all(&self) -> impl Iterator<Item = &Cell> {
        self.baseline.iter().chain(&self.cells).chain(&self.described)
    }

    /// How many trials this round has.
    pub(super) fn in_round(&self, round: u32) -> usize {
        let baseline = 2 * usize::from(self.baseline.is_some());
        baseline + self.between(round).len()
    }

    /// About how long all rounds take.
    pub(super) fn predicted(&self) -> Duration {
        self.predicted_from(0)
    }

    /// About how long the rounds from this one on take.
    pub(super) fn predicted_from(&self, first: u32) -> Duration {
        let around = self.baseline.iter().map(|cell| cell.predicted() * 2);
        let around = ROUND + around.sum::<Duration>();
        let of_round = |round| {
            let cells = self.between(round);
            around + cells.iter().map(Cell::predicted).sum::<Duration>()
        };
        (first..self.rounds).map(of_round).sum()
    }
}
