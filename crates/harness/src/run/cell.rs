//! One trial of a round, before it runs: pure data.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;
use std::time::Duration;

use lesson_08_good_manners::retries::FIRST_BACKOFF;
use measurement::consumer::Consumer;
use measurement::course::{Failing, JOB_NS};
use measurement::hashing::Hashing;
use measurement::machines::Machines;
use measurement::makespan;
use measurement::record::Act;
use measurement::waits::{BOOK_SLOW_STATUSES, BOOK_STATUSES, Waits};
use measurement::ways;

use crate::strategies::Strategy;

/// One trial of each round.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) act: Act,
    pub(super) level: usize,
    pub(super) requests: usize,
    pub(super) waits: Waits,
    /// How long the whole batch may take, ns.
    pub(super) limit_ns: Option<u64>,
    /// Who takes the results, where that takes time.
    pub(super) consumer: Option<Consumer>,
    /// Which processes share it over a queue.
    pub(super) machines: Option<Machines>,
    /// What each ping computes when its answer is there.
    pub(super) hashing: Option<Hashing>,
    pub(super) strategy: &'static Strategy,
    /// Whether it is in the round a second time, under another name.
    pub(super) aa_twin: bool,
    /// What goes wrong, and what is done about it.
    pub(super) failing: Option<Failing>,
    /// Whether the processors are kept awake meanwhile.
    pub(super) kept_awake: bool,
}

impl Cell {
    pub(super) fn new(
        act: Act,
        level: usize,
        requests: usize,
        waits: Waits,
        strategy: &'static Strategy,
    ) -> Cell {
        Cell {
            act,
            level,
            requests,
            waits,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            strategy,
            aa_twin: false,
            failing: None,
            kept_awake: false,
        }
    }

    /// The statuses to ask for, over and over.
    pub(super) fn statuses(&self) -> Vec<u16> {
        match self.act {
            Act::Book => BOOK_STATUSES.to_vec(),
            _ if self.waits == Waits::BookSlow => BOOK_SLOW_STATUSES.to_vec(),
            _ => vec![200],
        }
    }

    /// How long each body is to be; of the book's pings it is what the site
    /// that they pinged answered.
    pub(super) fn body_bytes(&self) -> Option<usize> {
        (self.act != Act::Book).then_some(64)
    }

    /// The most in flight at once that the strategy makes of the level.
    pub(super) fn concurrency(&self) -> usize {
        if self.strategy.way.is_concurrent() { self.level } else { 1 }
    }

    /// About how long it takes.
    pub(super) fn predicted(&self) -> Duration {
        let c = self.concurrency();
        let limit = NonZeroUsize::new(c).unwrap_or(NonZeroUsize::MIN);
        let ideal = makespan::bound(&self.waits.of(self.requests), limit);
        // As measured on two quiet cores, and a little more.
        let ping = if c == 1 { PING_IN_TURN } else { PING_TOGETHER };
        // The more connections, the more a ping costs; without an end on ureq,
        // which looks through them.
        let crowd = 1.0 + c as f64 / CROWD;
        let crowd = match self.strategy.way.client {
            "ureq" => crowd,
            _ => crowd.min(2.0),
        };
        let pings = ping.mul_f64(crowd) * self.requests as u32;
        let awake = if self.kept_awake { AWAKE } else { Duration::ZERO };
        TRIAL
            + awake
            + CONNECTION * c as u32
            + pings
            + Duration::from_nanos(ideal)
            + self.handling()
            + self.computing()
            + self.predicted_again()
            + self.shared()
    }

    /// What it takes to share it over a queue: processes to start, and jobs
    /// that wait until they are handed out again.
    fn shared(&self) -> Duration {
        let Some(machines) = &self.machines else { return Duration::ZERO };
        let wait = machines.killed_at.map_or(0, |_| machines.ack_wait_ns);
        TRIAL * machines.workers + QUEUE + Duration::from_nanos(wait)
    }

    /// How long the results are handled, one after another.
    fn handling(&self) -> Duration {
        let each = self.consumer.map_or(0, |consumer| consumer.handling_ns);
        Duration::from_nanos(each) * self.requests as u32
    }

    /// How long is computed, on as many processors as compute at once.
    fn computing(&self) -> Duration {
        let share = self.hashing.map_or(0, |own| u64::from(own.share_percent));
        let by = match self.strategy.way.id {
            id if id == ways::COMPUTING_JOIN_ALL.id => 1,
            _ => self.level.max(1),
        };
        let by = by.min(available_parallelism().map_or(1, usize::from));
        let each = Duration::from_nanos(JOB_NS / 100 * share);
        each * self.requests as u32 / by as u32
    }

    /// What its retries and its rate add to that, roughly.
    fn predicted_again(&self) -> Duration {
        let Some(failing) = &self.failing else { return Duration::ZERO };
        let manners = failing.manners;
        let backoffs = FIRST_BACKOFF * (2_u32.pow(manners.retries.min(6)) - 1);
        let Some(rate) = manners.per_second else { return backoffs };
        // In the warm-up, and again by the clock.
        backoffs + Duration::from_secs(2 * self.requests as u64) / rate.max(1)
    }
}

/// Starting a trial's process and ending it.
const TRIAL: Duration = Duration::from_millis(20);
/// Starting what keeps the processors awake, and ending it.
const AWAKE: Duration = Duration::from_millis(10);
/// Opening a batch on a queue, and learning that it is over.
const QUEUE: Duration = Duration::from_millis(500);
/// Opening a connection in the warm-up, and closing it.
const CONNECTION: Duration = Duration::from_micros(100);
/// With so many connections a ping costs twice as much.
const CROWD: f64 = 512.0;
/// A ping beyond its wait: one by one, and where others wait meanwhile.
const PING_IN_TURN: Duration = Duration::from_micros(120);
const PING_TOGETHER: Duration = Duration::from_micros(25);
