//! What a run consists of, before any of it runs: pure data, so that it can
//! be said how long it will take.

use std::num::NonZeroUsize;
use std::time::Duration;

use measurement::MILLISECOND;
use measurement::record::Act;
use measurement::waits::{BOOK_STATUSES, UNEVEN_WAITS_US, Waits};
use measurement::ways;

use super::cell::Cell;
use super::options::{Question, RunOptions};
use super::preset::Size;
#[cfg(test)]
mod tests;

/// Pings of a sweep's trial, as a multiple of those in flight at once: every
/// cell then takes as long, and how long it takes says how far it is from the
/// ideal.
pub const PINGS_PER_LANE: usize = 8;

/// The most in flight at once in the first acts.
const AT_ONCE: usize = 8;

/// How many in flight at once where nothing waits: more than in the other acts
/// that no preset can do without.
pub(super) const NO_WAITS_AT_ONCE: NonZeroUsize =
    NonZeroUsize::new(64).unwrap();

/// The wait of the sweep.
const WAIT: Waits = Waits::Fixed(20 * MILLISECOND);

/// Pings in turn cost more where each has to wake somebody up, so a baseline
/// without waits is no longer than this.
const MOST_IN_TURN: usize = 2048;

/// Rounds of the same cells.
#[derive(Debug, Clone, Default)]
pub(super) struct Rounds {
    pub(super) rounds: u32,
    /// Runs first and last in each round, so that drift within one shows.
    pub(super) baseline: Option<Cell>,
    /// Run between, in another order in each round.
    pub(super) cells: Vec<Cell>,
}

/// All that a run will do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) book: Rounds,
    pub(super) uneven: Rounds,
    pub(super) no_waits: Rounds,
    pub(super) sweep: Rounds,
    pub(super) memory: Rounds,
    /// Levels of the preset that this system has too few open files for.
    pub(super) left_out: Vec<usize>,
}

impl Plan {
    /// The acts of a preset, or a sweep of one's own.
    pub(super) fn of(options: &RunOptions, most_at_once: usize) -> Plan {
        let size = options.preset.size();
        let rounds = |usual: u32| options.rounds.unwrap_or(usual);
        if let Some(question) = &options.question {
            let sweep = asked(options, question, rounds(size.rounds));
            return Plan { sweep, ..Plan::default() };
        }
        let levels = size.levels.iter().chain(size.memory_levels);
        let mut left_out: Vec<usize> =
            levels.copied().filter(|level| *level > most_at_once).collect();
        left_out.sort_unstable();
        left_out.dedup();
        Plan {
            left_out,
            book: book(options),
            uneven: uneven(options, rounds(size.uneven_rounds)),
            no_waits: no_waits(options, size, rounds(size.rounds)),
            sweep: sweep(
                options,
                &within(size.levels, most_at_once),
                size.twins,
                rounds(size.rounds),
            ),
            memory: memory(
                options,
                size,
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

    fn acts(&self) -> [&Rounds; 5] {
        let Plan { book, uneven, no_waits, sweep, memory, .. } = self;
        [book, uneven, no_waits, sweep, memory]
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
    Rounds { rounds: 1, baseline: None, cells }
}

fn uneven(options: &RunOptions, rounds: u32) -> Rounds {
    // One after another the waits add up, whoever measures it; a second of
    // everybody's time for that is better spent on another round.
    let pings = UNEVEN_WAITS_US.len();
    let cell = |strategy| {
        Cell::new(Act::Uneven, AT_ONCE, pings, Waits::Uneven, strategy)
    };
    let cells = options.lessons(true).into_iter().map(cell).collect();
    Rounds { rounds, baseline: None, cells: with_twin(cells) }
}

/// Without waits; and one by one with the sweep's wait, for the forecast.
fn no_waits(options: &RunOptions, size: &Size, rounds: u32) -> Rounds {
    let awake = options.can_keep_awake;
    let mut cells = no_waits_once(options, size, awake);
    if awake && size.asleep_too {
        cells.extend(no_waits_once(options, size, false));
    }
    if let Some(one) = options.sequential() {
        let n = PINGS_PER_LANE;
        cells.push(Cell::new(Act::Calibration, 1, n, WAIT, one));
    }
    Rounds { rounds, baseline: None, cells }
}

fn no_waits_once(
    options: &RunOptions,
    size: &Size,
    kept_awake: bool,
) -> Vec<Cell> {
    let cell = |level, n, strategy| {
        let plain = Cell::new(Act::NoWaits, level, n, Waits::None, strategy);
        Cell { kept_awake, ..plain }
    };
    let level = NO_WAITS_AT_ONCE.get();
    let at_once = |strategy| cell(level, size.no_waits, strategy);
    let concurrent = options.concurrent().into_iter().map(at_once).collect();
    let mut cells = with_twin(concurrent);
    let one = options.sequential();
    cells.extend(one.map(|one| cell(1, size.no_waits_in_turn, one)));
    cells
}

fn sweep(
    options: &RunOptions,
    levels: &[usize],
    twins: &[usize],
    rounds: u32,
) -> Rounds {
    let of_level = |level: &usize| {
        let n = level * PINGS_PER_LANE;
        let cell = |strategy| Cell::new(Act::Sweep, *level, n, WAIT, strategy);
        let cells = options.lessons(true).into_iter().map(cell).collect();
        if twins.contains(level) { with_twin(cells) } else { cells }
    };
    let baseline = options
        .sequential()
        .map(|one| Cell::new(Act::Sweep, 1, PINGS_PER_LANE, WAIT, one));
    let cells = levels.iter().flat_map(of_level).collect();
    Rounds { rounds, baseline, cells }
}

/// A sweep of one's own levels and waits, with a twin at each level.
fn asked(options: &RunOptions, question: &Question, rounds: u32) -> Rounds {
    let wait = question.delay.as_nanos() as u64;
    let waits = if wait == 0 { Waits::None } else { Waits::Fixed(wait) };
    let requests = |level: NonZeroUsize| {
        let usual = level.get() * PINGS_PER_LANE;
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
    let cells = question.levels.iter().flat_map(|level| {
        let (level, n) = (level.get(), requests(*level));
        let cell = |strategy| cell(level, n, strategy);
        with_twin(strategies.iter().copied().map(cell).collect())
    });
    let in_turn = match waits {
        Waits::None => MOST_IN_TURN,
        _ => PINGS_PER_LANE,
    };
    let n = question.requests.map_or(in_turn, |n| n.get().min(in_turn));
    let baseline = options.sequential().map(|one| cell(1, n, one));
    Rounds { rounds, baseline, cells: cells.collect() }
}

fn memory(
    options: &RunOptions,
    size: &Size,
    levels: &[usize],
    rounds: u32,
) -> Rounds {
    let waits = Waits::Fixed(size.memory_hold_ns);
    let of_level = |level: &usize| {
        let level = *level;
        let cell =
            |strategy| Cell::new(Act::Memory, level, level, waits, strategy);
        options.concurrent().into_iter().map(cell).collect::<Vec<_>>()
    };
    let cells = levels.iter().flat_map(of_level).collect();
    Rounds { rounds, baseline: None, cells }
}

/// The strategy that the others are compared with runs twice; where there is
/// nothing to compare, nothing does.
fn with_twin(mut cells: Vec<Cell>) -> Vec<Cell> {
    let pool = cells.iter().find(|cell| cell.strategy.way == ways::POOL);
    let reference = pool.or(cells.first()).cloned();
    if let Some(reference) = reference.filter(|_| cells.len() > 1) {
        cells.push(Cell { aa_twin: true, ..reference });
    }
    cells
}

/// Starting the server.
const ROUND: Duration = Duration::from_millis(15);

impl Rounds {
    /// The cells of a round in the order of their list, the baseline first.
    pub(super) fn in_a_round(&self) -> impl Iterator<Item = &Cell> {
        self.baseline.iter().chain(&self.cells).chain(&self.baseline)
    }

    /// About how long all rounds take.
    pub(super) fn predicted(&self) -> Duration {
        let cells = self.in_a_round();
        (ROUND + cells.map(Cell::predicted).sum::<Duration>()) * self.rounds
    }
}
