//! What all connections share.

use measurement::MILLISECOND;
use measurement::waits::Plan;

use crate::answer::PIECE;
use crate::attempts::Attempts;
use crate::capacity::Counter;
use crate::clock;
use crate::deadlines::Deadlines;
use crate::gate::Gates;
use crate::link::Arrived;
use crate::peer::Peers;
use crate::tally::Tally;

/// Whether a client that closed its side still listens is looked at again at the
/// latest after so many nanoseconds.
pub(crate) const LAST_LOOK: u64 = 100 * MILLISECOND;

/// Between a reading of the clock and the kernel's look for events lies less
/// than this, in nanoseconds: what takes longer was a wait.
const FETCHING: u64 = MILLISECOND;

/// How much is read at a time, in bytes.
const SCRATCH: usize = 16 * 1024;

/// How much the buffers of all connections may hold together, in bytes: what
/// was read and is not dealt with, and what is not yet taken. Beyond it, each
/// may hold [`CROWDED`] only either way, so that thousands of half-sent heads
/// and of clients that do not read fit into little memory.
const HELD: usize = 16 * 1024 * 1024;
const CROWDED: usize = 1024;

pub(crate) struct Desk {
    pub(crate) plan: Plan,
    pub(crate) tally: Tally,
    pub(crate) attempts: Attempts,
    pub(crate) gates: Gates,
    pub(crate) capacity: Counter,
    pub(crate) deadlines: Deadlines,
    /// When to look again whether a client is still there.
    pub(crate) looks: Deadlines,
    pub(crate) peers: Peers,
    /// Connections that a gate or the queue has let pass and that were not
    /// told yet.
    pub(crate) released: Vec<usize>,
    /// Where bytes land first; nothing stays in it.
    pub(crate) scratch: Box<[u8]>,
    /// What the buffers of all connections hold.
    pub(crate) held: usize,
    /// When the clock was last read.
    pub(crate) now: u64,
    /// When this turn began.
    pub(crate) turn_ns: u64,
    /// What is found out in this turn happened after that.
    pub(crate) horizon: u64,
    /// When this turn and the last one asked for events, or earlier.
    turns: [u64; 2],
    /// How far the wall clock is ahead of ours, if arrivals are stamped by it.
    wall_ahead: Option<i64>,
}

impl Desk {
    pub(crate) fn new(plan: Plan, stamps: usize) -> Self {
        Self {
            tally: Tally::new(stamps),
            attempts: Attempts::default(),
            gates: Gates::default(),
            capacity: Counter::default(),
            deadlines: Deadlines::default(),
            looks: Deadlines::default(),
            peers: Peers::new(),
            released: Vec::new(),
            scratch: vec![0; SCRATCH].into(),
            held: 0,
            now: clock::now(),
            turn_ns: 0,
            horizon: 0,
            turns: [0; 2],
            wall_ahead: None,
            plan,
        }
    }

    /// Reads the clock.
    pub(crate) fn tick(&mut self) -> u64 {
        self.now = clock::now();
        self.now
    }

    /// A turn of the loop begins. Whatever is read in it was not there to be
    /// read two turns ago: what had arrived by then has been read since. A turn
    /// that did not look at everything (`caught_up`) is none for that.
    ///
    /// Of those in doubt, it becomes known later that they have gone.
    ///
    /// Where it really `waited`, nothing had happened until then: else there
    /// would have been no wait.
    pub(crate) fn begin_turn(&mut self, caught_up: bool, waited: Option<u64>) {
        // What comes while the events are fetched is not among them.
        let asked = self.now;
        let last_turn = self.turn_ns;
        let now = self.tick();
        self.turn_ns = now;
        if caught_up {
            let [last, before] = self.turns;
            let waited = waited.filter(|since| now - since > FETCHING);
            let lately = last_turn.saturating_sub(FETCHING);
            self.horizon = waited.unwrap_or(before.max(lately));
            self.turns = [asked, last];
            let doubt = if self.looks.len() == 0 { 0 } else { LAST_LOOK };
            self.tally.pass(before.saturating_sub(doubt));
        }
        // Not known of this moment: as it was the last time.
        self.wall_ahead = clock::wall_ahead(now).or(self.wall_ahead);
    }

    /// How much one connection may hold of what it was sent.
    pub(crate) fn share(&self) -> usize {
        self.at_most(SCRATCH)
    }

    /// How much of a large answer one connection may hold.
    pub(crate) fn piece(&self) -> usize {
        self.at_most(PIECE)
    }

    /// So much, or less where all hold much.
    fn at_most(&self, usual: usize) -> usize {
        if self.held < HELD { usual } else { CROWDED }
    }

    /// When something is to be done without an event, if ever.
    pub(crate) fn earliest(&self) -> Option<u64> {
        let both = [self.deadlines.earliest(), self.looks.earliest()];
        both.into_iter().flatten().min()
    }

    /// When something had arrived that is read now, on our clock.
    pub(crate) fn arrived(&self, Arrived(stamp): Arrived) -> u64 {
        let at = stamp.zip(self.wall_ahead).map(|(at, ahead)| at - ahead);
        at.map_or(self.now, |at| (at.max(0) as u64).min(self.now))
    }

    /// How many requests with this number in their URL have come before, as
    /// far as anything depends on it. This one counts for the next.
    pub(crate) fn attempts(&mut self, seq: Option<u64>) -> u32 {
        match seq {
            Some(seq) if !self.plan.faults.is_empty() => {
                self.attempts.count(seq)
            }
            _ => 0,
        }
    }

    /// Begins anew, with another plan if there is one.
    pub(crate) fn reset(&mut self, plan: Option<Plan>) {
        self.tally.reset();
        self.attempts.clear();
        self.gates.close_all();
        if let Some(plan) = plan {
            self.plan = plan;
        }
        let queued = self.capacity.reset(self.plan.capacity);
        self.released.extend(queued);
    }
}
