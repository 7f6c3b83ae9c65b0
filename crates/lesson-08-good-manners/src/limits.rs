//! Which ping goes next: how fast, how many at once, how many to one host.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::{Duration, Instant};

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ping_core::{Manners, NoRetry, Ping, PingError, Rate, Watch, host_key};

/// The pings of a batch that wait for their turn. While they wait here they
/// use nothing: no place, neither in all nor at a host, no token, and no task.
#[derive(Debug)]
pub struct Line {
    /// Places that are free, of all hosts together.
    free: usize,
    /// Half of all places: at most this many are kept for hosts that are away.
    half: usize,
    /// Hosts whose pings all wait to be tried again. A place is kept for each,
    /// because the hosts that have places now may never give one back.
    away: usize,
    rate: Option<DefaultDirectRateLimiter>,
    /// When the rate allows the next one.
    token: Option<Instant>,
    hosts: Vec<Host>,
    /// The hosts with a ping that waits and a place for it: first the one with
    /// the fewest in flight, and of those the one that has used the least time
    /// so far. So a slow host cannot take the places of a quick one, however
    /// many pings it has.
    open: BTreeSet<(usize, Duration, usize)>,
    /// Pings that come back, by time. The number keeps two of one moment apart.
    later: BTreeMap<(Instant, usize), Turn>,
    postponed: usize,
}

#[derive(Debug)]
struct Host {
    waiting: VecDeque<Turn>,
    /// How many of its pings come back later.
    later: usize,
    free: usize,
    in_flight: usize,
    used: Duration,
}

/// One URL, and its attempts so far.
#[derive(Debug)]
pub struct Turn {
    /// What to ping.
    pub url: String,
    /// In the order in which they were made.
    pub attempts: Vec<Ping>,
    host: usize,
}

impl Line {
    /// All of `urls`, with `concurrency` places and the limits of `manners`.
    pub fn new(
        manners: &Manners,
        concurrency: NonZeroUsize,
        urls: &[String],
    ) -> Line {
        let most = manners.per_host.unwrap_or(concurrency).get();
        let mut numbers = HashMap::new();
        let mut hosts = Vec::new();
        for url in urls {
            let number = *numbers.entry(host_key(url)).or_insert(hosts.len());
            if number == hosts.len() {
                hosts.push(Host::new(most));
            }
            let (url, attempts) = (url.clone(), Vec::new());
            let turn = Turn { url, attempts, host: number };
            hosts[number].waiting.push_back(turn);
        }
        let open = (0..hosts.len()).map(|number| (0, Duration::ZERO, number));
        Line {
            free: concurrency.get(),
            half: concurrency.get() / 2,
            away: 0,
            rate: manners.rate.map(|rate| bucket(rate, manners.catch_up)),
            token: None,
            open: open.collect(),
            hosts,
            later: BTreeMap::new(),
            postponed: 0,
        }
    }

    /// The next ping that may go now, if there is one, with its place and its
    /// token. `None` when the batch is over, which its [`Watch`] knows.
    pub fn next(&mut self, watch: &Watch) -> Option<Turn> {
        let now = Instant::now();
        while let Some(entry) = self.later.first_entry()
            && entry.key().0 <= now
        {
            let turn = entry.remove();
            self.change(turn.host, |host| {
                host.later -= 1;
                host.waiting.push_front(turn);
            });
        }
        if watch.over() {
            return None;
        }
        let host = self.first()?;
        // The token comes last, because it is for now, and not for later.
        if let Some(rate) = &self.rate
            && let Err(later) = rate.check()
        {
            self.token = Some(now + later.wait_time_from(rate.clock().now()));
            return None;
        }
        self.free -= 1;
        self.change(host, |host| {
            (host.free, host.in_flight) = (host.free - 1, host.in_flight + 1);
            host.waiting.pop_front()
        })
    }

    /// The host that has the next place, if there is one for it.
    fn first(&self) -> Option<usize> {
        let (in_flight, _, host) = *self.open.first()?;
        let kept = if in_flight == 0 { 0 } else { self.away.min(self.half) };
        (self.free > kept).then_some(host)
    }

    /// The last attempt of this turn is done, and its place is free.
    pub fn leave(&mut self, turn: &Turn) {
        let took = turn.attempts.last().map_or(Duration::ZERO, |p| p.elapsed);
        self.free += 1;
        self.change(turn.host, |host| {
            (host.free, host.in_flight) = (host.free + 1, host.in_flight - 1);
            host.used += took;
        });
    }

    /// This turn comes back after `wait`. Until then it has no place.
    pub fn again(&mut self, turn: Turn, wait: Duration) {
        self.postponed += 1;
        self.change(turn.host, |host| host.later += 1);
        self.later.insert((Instant::now() + wait, self.postponed), turn);
    }

    /// Whether no ping waits.
    pub fn is_empty(&self) -> bool {
        self.later.is_empty() && self.hosts.iter().all(Host::is_empty)
    }

    /// How long until a ping may go that waits for nothing but time.
    pub fn wait(&self) -> Duration {
        let back = self.later.keys().next().map(|(at, _)| *at);
        let token = self.token.filter(|_| self.first().is_some());
        let first = back.into_iter().chain(token).min();
        first.map_or(LONG, |at| at.saturating_duration_since(Instant::now()))
    }

    /// The attempts of all that still wait, when the batch is over.
    pub fn rest(self, watch: &Watch) -> Vec<Vec<Ping>> {
        let waiting = self.hosts.into_iter().flat_map(|host| host.waiting);
        let turns = self.later.into_values().chain(waiting);
        let attempts = turns.map(|mut turn| {
            if turn.attempts.is_empty() {
                let why = match watch.stopped() {
                    true => PingError::Cancelled,
                    false => PingError::NotStarted,
                };
                turn.attempts.push(Ping::unstarted(&turn.url, why));
            } else {
                watch.gave_up(match watch.stopped() {
                    true => NoRetry::Stopped,
                    false => NoRetry::Deadline,
                });
            }
            turn.attempts
        });
        attempts.collect()
    }

    /// Changes a host, which may then have another place among the open ones.
    fn change<T>(
        &mut self,
        number: usize,
        change: impl FnOnce(&mut Host) -> T,
    ) -> T {
        let host = &mut self.hosts[number];
        self.open.remove(&(host.in_flight, host.used, number));
        self.away -= usize::from(host.is_away());
        let changed = change(host);
        self.away += usize::from(host.is_away());
        if host.free > 0 && !host.is_empty() {
            self.open.insert((host.in_flight, host.used, number));
        }
        changed
    }
}

impl Host {
    fn new(free: usize) -> Host {
        let (waiting, used) = (VecDeque::new(), Duration::ZERO);
        Host { waiting, later: 0, free, in_flight: 0, used }
    }

    fn is_away(&self) -> bool {
        self.later > 0 && self.in_flight == 0 && self.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

/// Practically for ever: something else happens before.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// A bucket with a token for now, and room for the tokens that come while a
/// ping is late. Timers are a millisecond coarse and never early, so that
/// without this room 200 a second would be 160.
fn bucket(rate: Rate, catch_up: Duration) -> DefaultDirectRateLimiter {
    // For at least one, unless the rate is so slow that one does not matter.
    let room = catch_up.div_duration_f64(rate.interval()) + 0.9;
    let room = room as u32;
    let quota = Quota::with_period(rate.interval())
        .expect("an interval of a rate is not nothing")
        .allow_burst(NonZeroU32::MIN.saturating_add(room));
    let bucket = RateLimiter::direct(quota);
    // A bucket begins full, and would let all of these through at once.
    if let Some(room) = NonZeroU32::new(room) {
        let _ = bucket.check_n(room);
    }
    bucket
}

#[cfg(test)]
mod tests;
