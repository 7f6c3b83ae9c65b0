//! How much there is to run.

use std::num::NonZeroUsize;

use measurement::summary;
use measurement::ways::{self, Way};

use crate::cli::Preset;
use crate::strategies::{self, Strategy};

/// The sizes of a preset.
#[derive(Debug)]
pub(super) struct Size {
    /// Rounds of the uneven waits.
    pub(super) uneven_rounds: u32,
    /// Rounds of the pings without waits, and of the sweep. With nine, one bad
    /// round to either side does not move the interval.
    pub(super) rounds: u32,
    /// How many in flight at once in the sweep.
    pub(super) levels: &'static [usize],
    /// At which of them one strategy of a round runs twice. Only there
    /// anything is called a difference: named beforehand, because of forty
    /// intervals two leave out the truth.
    pub(super) twins: &'static [usize],
    /// Pings of a trial without waits, and of one in turn.
    pub(super) no_waits: usize,
    pub(super) no_waits_in_turn: usize,
    /// Whether these run a second time, with processors that may sleep.
    pub(super) asleep_too: bool,
    /// At which levels the uneven waits are measured, too, and the pings
    /// without waits: for the curves over levels, so without twins, without
    /// verdicts and in fewer rounds.
    pub(super) uneven_levels: &'static [usize],
    pub(super) no_waits_levels: &'static [usize],
    pub(super) described_rounds: u32,
    /// Pings of a trial without waits at these levels.
    pub(super) no_waits_described: usize,
    /// Rounds of the memory cells, and how many in flight.
    pub(super) memory_rounds: u32,
    pub(super) memory_levels: &'static [usize],
}

/// How many in flight at once where nothing waits: more than in the other acts
/// that no preset can do without.
pub(super) const NO_WAITS_AT_ONCE: NonZeroUsize =
    NonZeroUsize::new(summary::NO_WAITS_AT_ONCE).unwrap();

const SMOKE: Size = Size {
    uneven_rounds: 1,
    rounds: 1,
    levels: &[2, 8],
    twins: &[8],
    no_waits: 1000,
    no_waits_in_turn: 500,
    asleep_too: false,
    uneven_levels: &[16],
    no_waits_levels: &[8],
    described_rounds: 1,
    no_waits_described: 500,
    memory_rounds: 1,
    memory_levels: &[1, 64],
};

const QUICK: Size = Size {
    uneven_rounds: 6,
    rounds: 9,
    levels: &[2, 8, 64, 256],
    twins: &[8, 64],
    no_waits: 4000,
    no_waits_in_turn: 2048,
    asleep_too: false,
    uneven_levels: &[16, 48],
    no_waits_levels: &[2, 8, 256],
    described_rounds: 2,
    // Waves at 2 in flight need a millisecond for each ping.
    no_waits_described: 1024,
    memory_rounds: 6,
    memory_levels: &[1, 512],
};

const FULL: Size = Size {
    uneven_rounds: 15,
    rounds: 15,
    levels: &[2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
    twins: &[8, 64],
    no_waits: 8000,
    no_waits_in_turn: 2048,
    asleep_too: true,
    uneven_levels: &[2, 4, 16, 48],
    no_waits_levels: &[2, 8, 256, 1024],
    described_rounds: 6,
    no_waits_described: 2048,
    memory_rounds: 6,
    memory_levels: &[1, 64, 128, 256, 512],
};

/// Way by client, all without waits and with as many in flight.
const CLIENTS: Size = Size {
    uneven_rounds: 0,
    rounds: 9,
    levels: &[],
    twins: &[],
    no_waits: 16_000,
    no_waits_in_turn: 0,
    asleep_too: false,
    uneven_levels: &[],
    no_waits_levels: &[],
    described_rounds: 0,
    no_waits_described: 0,
    memory_rounds: 0,
    memory_levels: &[],
};

/// Of the act of the same name alone.
const CAPACITY: Size = Size {
    uneven_rounds: 0,
    rounds: 6,
    levels: &[1, 1000, 4000, 8000, 16_000],
    twins: &[],
    no_waits: 0,
    no_waits_in_turn: 0,
    asleep_too: false,
    uneven_levels: &[],
    no_waits_levels: &[],
    described_rounds: 2,
    no_waits_described: 0,
    memory_rounds: 0,
    memory_levels: &[],
};

impl Preset {
    /// Those that it measures where none is named.
    pub(super) fn strategies(self) -> Vec<&'static Strategy> {
        if self != Preset::Clients {
            return strategies::usual().collect();
        }
        let ways = ways::BY_CLIENT.iter().flat_map(|(_, ways)| *ways);
        let ways: Vec<&Way> = ways.collect();
        strategies::all().filter(|s| ways.contains(&&s.way)).collect()
    }

    /// The most that its sweep has in flight at once.
    pub(crate) fn most_in_sweep(self) -> usize {
        self.size().levels.iter().copied().max().unwrap_or(0)
    }

    /// The most that it has in flight at once anywhere.
    pub(crate) fn most_in_flight(self) -> usize {
        let memory = self.size().memory_levels.iter().copied().max();
        self.most_in_sweep().max(memory.unwrap_or(0))
    }

    pub(super) fn size(self) -> &'static Size {
        match self {
            Preset::Smoke => &SMOKE,
            Preset::Quick => &QUICK,
            Preset::Full => &FULL,
            Preset::Clients => &CLIENTS,
            Preset::Capacity => &CAPACITY,
        }
    }
}
