//! The counts, from which the witness is made.

use measurement::fault::Fault;
use measurement::witness::{End, Stamp, Witness};

use crate::clock::{self, Used};
use crate::distinct::Distinct;
use crate::stamps::{KeptStamps, Stamps};
use crate::timeline::Timeline;

/// Everything since the last reset. Each reset begins an epoch; a request of
/// an earlier one may still end, and then nothing is counted.
pub(crate) struct Tally {
    epoch: u64,
    /// The plain counters; the rest of it is filled in when it is asked for.
    counts: Witness,
    statuses: Box<[u64; 1000]>,
    distinct: Distinct,
    stamps: Stamps,
    lanes: u64,
    timeline: Timeline,
    /// Requests whose clients went a moment ago.
    gone: Vec<Gone>,
    used_at_reset: Option<Used>,
}

/// What was seen up to one moment.
pub(crate) struct Snapshot {
    /// Without stamps.
    pub(crate) counts: Witness,
    pub(crate) stamps: KeptStamps,
}

/// A request, as the tally knows it.
#[derive(Clone, Copy)]
pub(crate) struct Ticket {
    epoch: u64,
    number: u64,
    /// When it arrived.
    at: u64,
}

/// A request whose client went, for as long as an arrival may become known that
/// came before we noticed.
struct Gone {
    ticket: Ticket,
    /// It was still there.
    since: u64,
    /// When it is taken to have gone.
    at: u64,
}

/// A connection's number, which it is given anew in each epoch, at its first
/// request.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lane(Option<(u64, u64)>);

/// What is to be known of a request when it arrives.
pub(crate) struct Arrival {
    /// When it arrived, which may be before we read it.
    pub(crate) at: u64,
    pub(crate) seq: u64,
    /// The number is ours, and not from its URL.
    pub(crate) by_arrival: bool,
    pub(crate) wait: u64,
    pub(crate) status: u16,
    pub(crate) fault: Option<Fault>,
    /// It was sent before the one before it on its connection was answered.
    pub(crate) pipelined: bool,
}

impl Tally {
    pub(crate) fn new(stamps: usize) -> Self {
        Self {
            epoch: 0,
            counts: Witness::default(),
            statuses: Box::new([0; 1000]),
            distinct: Distinct::default(),
            stamps: Stamps::new(stamps),
            lanes: 0,
            timeline: Timeline::default(),
            gone: Vec::new(),
            used_at_reset: None,
        }
    }

    /// Forgets everything. Must be called on the loop's own thread: what it
    /// uses counts from here.
    pub(crate) fn reset(&mut self) {
        self.epoch += 1;
        self.counts = Witness::default();
        self.statuses.fill(0);
        self.distinct.clear();
        self.stamps.clear();
        self.lanes = 0;
        self.timeline.reset(clock::now());
        self.gone.clear();
        self.used_at_reset = clock::used_by_thread();
    }

    /// How many requests have arrived: the number of the next one.
    pub(crate) fn arrivals(&self) -> u64 {
        self.counts.requests
    }

    pub(crate) fn connected(&mut self) {
        self.counts.connections += 1;
    }

    pub(crate) fn malformed(&mut self) {
        self.counts.malformed += 1;
    }

    /// What is found out from here on happened after `horizon`.
    pub(crate) fn pass(&mut self, horizon: u64) {
        for gone in self.gone.extract_if(.., |gone| gone.at <= horizon) {
            self.timeline.leave(gone.at);
        }
        self.timeline.pass(horizon);
    }

    /// The head of a request has arrived in full: it is in flight.
    pub(crate) fn arrive(&mut self, lane: &mut Lane, new: &Arrival) -> Ticket {
        let at = self.timeline.arrive(new.at);
        self.make_way(at);
        let counts = &mut self.counts;
        counts.requests += 1;
        counts.in_flight += 1;
        counts.pipelined += u64::from(new.pipelined);
        let first = counts.first_received_ns.get_or_insert(at);
        *first = at.min(*first);
        if let Some(fault) = new.fault {
            *counts.faults.entry(fault).or_default() += 1;
        }
        if new.by_arrival {
            // Different from each other by the way they are made. They are
            // not compared with numbers from URLs, which mean another thing.
            counts.numbered_by_arrival += 1;
            counts.distinct += 1;
        } else {
            match self.distinct.insert(new.seq) {
                Some(true) => counts.distinct += 1,
                Some(false) => counts.duplicates += 1,
                // `distinct + duplicates < requests` then, and tells it.
                None => {}
            }
        }
        let number = self.stamps.push(Stamp {
            seq: new.seq,
            connection: lane.number(self.epoch, &mut self.lanes),
            received_ns: at,
            sent_ns: None,
            wait_ns: new.wait,
            status: new.status,
            end: End::InFlight,
        });
        Ticket { epoch: self.epoch, number, at }
    }

    /// A request leaves flight, not before it came: its answer is about to be
    /// written, or since `at` there is nobody left to write it to.
    pub(crate) fn leave(&mut self, ticket: Ticket, status: u16, at: u64) {
        if ticket.epoch != self.epoch {
            return;
        }
        let at = self.timeline.leave(at.max(ticket.at));
        self.left(ticket, status, at);
    }

    /// A request leaves flight because its client went: it was there at `since`
    /// and is known to be gone at `at`. What the client sends instead may have
    /// arrived in between: then the first one left when the second came, and
    /// was never beside it.
    pub(crate) fn vanish(
        &mut self,
        ticket: Ticket,
        status: u16,
        (since, at): (u64, u64),
    ) {
        if ticket.epoch != self.epoch {
            return;
        }
        let since = since.max(ticket.at);
        let newcomer = self.timeline.next_arrival(since);
        let at = newcomer.map_or(at, |other| at.min(other - 1)).max(since);
        self.gone.push(Gone { ticket, since, at });
        self.left(ticket, status, at);
    }

    fn left(&mut self, ticket: Ticket, status: u16, at: u64) {
        self.counts.in_flight -= 1;
        self.counts.last_sent_ns = self.counts.last_sent_ns.max(Some(at));
        if let Some(stamp) = self.stamps.get_mut(ticket.number) {
            stamp.sent_ns = Some(at);
            stamp.status = status;
        }
    }

    /// A request arrived at `at`: those who may have gone before it have.
    fn make_way(&mut self, at: u64) {
        let between = |gone: &&mut Gone| gone.since < at && at <= gone.at;
        for gone in self.gone.iter_mut().filter(between) {
            gone.at = at - 1;
            if let Some(stamp) = self.stamps.get_mut(gone.ticket.number) {
                stamp.sent_ns = Some(gone.at);
            }
        }
    }

    /// After it left flight, its answer was written in full.
    pub(crate) fn done(&mut self, ticket: Ticket, status: u16, bytes: usize) {
        if self.end(ticket, End::Done) {
            self.counts.done += 1;
            self.counts.body_bytes += bytes as u64;
            self.statuses[usize::from(status)] += 1;
        }
    }

    /// After it left flight, its answer could not be written, or not in full.
    pub(crate) fn aborted(&mut self, ticket: Ticket) {
        if self.end(ticket, End::Aborted) {
            self.counts.aborted += 1;
        }
    }

    /// After it left flight, it was left without a whole answer on purpose.
    pub(crate) fn faulted(&mut self, ticket: Ticket) {
        if self.end(ticket, End::Faulted) {
            self.counts.faulted += 1;
        }
    }

    /// False if the request is of an earlier epoch.
    fn end(&mut self, ticket: Ticket, end: End) -> bool {
        if ticket.epoch != self.epoch {
            return false;
        }
        if let Some(stamp) = self.stamps.get_mut(ticket.number) {
            stamp.end = end;
        }
        true
    }

    /// Everything as it stands now, with so many stamps at most, the newest.
    pub(crate) fn snapshot(&self, stamps: usize) -> Snapshot {
        let mut counts = self.counts.clone();
        // A copy: asking must not change what may still become known.
        let mut timeline = self.timeline.clone();
        for gone in &self.gone {
            timeline.leave(gone.at);
        }
        timeline.settle(clock::now());
        counts.peak_in_flight = timeline.peak();
        counts.in_flight_ns = timeline.in_flight_ns();
        counts.statuses = (0u16..)
            .zip(*self.statuses)
            .filter(|(_, count)| *count > 0)
            .collect();
        let used = clock::used_by_thread()
            .zip(self.used_at_reset)
            .map(|(now, then)| now.since(then));
        counts.cpu_ns = used.map(|used| used.cpu_ns);
        counts.voluntary_switches = used.map(|used| used.voluntary_switches);
        counts.involuntary_switches =
            used.map(|used| used.involuntary_switches);
        counts.stamps_dropped = self.stamps.dropped();
        Snapshot { counts, stamps: self.stamps.newest(stamps) }
    }

    /// Everything in one piece.
    #[cfg(test)]
    fn witness(&mut self) -> Witness {
        let Snapshot { counts, stamps } = self.snapshot(usize::MAX);
        Witness { stamps: stamps.collect(), ..counts }
    }
}

impl Lane {
    fn number(&mut self, epoch: u64, lanes: &mut u64) -> u64 {
        if let Self(Some((known, number))) = *self
            && known == epoch
        {
            return number;
        }
        let number = *lanes;
        *lanes += 1;
        self.0 = Some((epoch, number));
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrival(at: u64, seq: u64) -> Arrival {
        Arrival {
            at,
            seq,
            by_arrival: false,
            wait: 0,
            status: 200,
            fault: None,
            pipelined: false,
        }
    }

    #[test]
    fn the_integral_is_the_sum_of_the_holds() {
        let mut tally = Tally::new(8);
        let lane = &mut Lane::default();
        let a = tally.arrive(lane, &arrival(100, 0));
        let b = tally.arrive(lane, &arrival(130, 1));
        tally.leave(a, 200, 150);
        tally.done(a, 200, 6);
        tally.leave(b, 200, 170);
        tally.aborted(b);
        let witness = tally.witness();
        assert_eq!(witness.in_flight_ns, 50 + 40);
        assert_eq!(witness.span_ns(), Some(70));
        assert_eq!((witness.peak_in_flight, witness.in_flight), (2, 0));
        assert_eq!((witness.done, witness.aborted), (1, 1));
        let holds = witness.stamps.iter().filter_map(Stamp::hold_ns);
        assert_eq!(holds.sum::<u64>(), witness.in_flight_ns);
    }

    #[test]
    fn who_has_gone_makes_way_for_who_came_before_that_was_known() {
        for known_late in [false, true] {
            // One was there at 120 and gone at 200; another came, and when.
            for (came, left, peak) in [(110, 200, 2), (150, 149, 1)] {
                let mut tally = Tally::new(8);
                let lane = &mut Lane::default();
                let one = tally.arrive(lane, &arrival(100, 0));
                let another = arrival(came, 1);
                if known_late {
                    tally.vanish(one, 200, (120, 200));
                    tally.arrive(lane, &another);
                } else {
                    tally.arrive(lane, &another);
                    tally.vanish(one, 200, (120, 200));
                }
                let witness = tally.witness();
                assert_eq!(witness.stamps[0].sent_ns, Some(left));
                assert_eq!(witness.peak_in_flight, peak);
            }
        }
    }

    #[test]
    fn what_began_before_a_reset_ends_unseen() {
        let mut tally = Tally::new(8);
        let lane = &mut Lane::default();
        let old = tally.arrive(lane, &arrival(100, 0));
        tally.reset();
        tally.arrive(lane, &arrival(140, 1));
        tally.leave(old, 200, 150);
        tally.done(old, 200, 6);
        let witness = tally.witness();
        assert_eq!((witness.requests, witness.in_flight), (1, 1));
        assert_eq!((witness.done, witness.last_sent_ns), (0, None));
        assert_eq!(witness.stamps[0].end, End::InFlight);
        assert!(witness.statuses.is_empty());
    }
}
