//! What shape the work of a program had, by when its requests came and left.
//!
//! Only the server's times are used. A word is said where no other shape could
//! have left these times; everywhere else it is [`Shape::CannotTell`]. Where
//! all waits are the same, waves, shares and a queue look alike.

mod dealt;
mod groups;

use serde::{Deserialize, Serialize};

use crate::claim::LEAST_HOLD;
use crate::statistics::higher_median;
use crate::witness::{End, Witness};
use dealt::{Dealt, Pick};
use groups::Groups;

/// How a program shared out its requests among those that it had in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", content = "why", rename_all = "kebab-case")]
pub enum Shape {
    /// Each was sent when the one before it had been answered.
    OneByOne,
    /// All of them were in flight together.
    AllAtOnce,
    /// Some at once, and the next ones when all of those had been answered.
    Waves,
    /// Each slot had a fixed part of the requests: one that was done early
    /// stood idle while others went on.
    Shares,
    /// Whatever slot was free took the next request.
    Queue,
    /// Its times do not decide.
    CannotTell(Doubt),
}

/// Why the times of a program do not tell its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// There were fewer than two requests.
    TooFew,
    /// There were more requests than the server keeps the times of.
    TooMany,
    /// Some were sent behind others on one connection, where the server takes
    /// one at a time.
    SentBehindOthers,
    /// Some were not answered in full.
    Unanswered,
    /// Half of them were answered within a millisecond: how soon the next one
    /// followed tells nothing.
    AnsweredAtOnce,
    /// More than one shape looks like this, as all do with even waits.
    Alike,
    /// No shape looks like this: slots stood idle in no order.
    NoPattern,
}

/// So many signs that a slot stood idle are needed: fewer may be chance, or
/// one thread that came late.
const SIGNS: usize = 3;

impl Shape {
    /// What the server's times tell.
    pub fn of(seen: &Witness) -> Shape {
        if seen.requests < 2 {
            return Shape::CannotTell(Doubt::TooFew);
        }
        if seen.stamps.len() as u64 != seen.requests {
            return Shape::CannotTell(Doubt::TooMany);
        }
        if seen.pipelined > 0 {
            return Shape::CannotTell(Doubt::SentBehindOthers);
        }
        let times = |stamp: &crate::witness::Stamp| {
            let done = stamp.end == End::Done;
            Some((stamp.received_ns, stamp.sent_ns.filter(|_| done)?))
        };
        match seen.stamps.iter().map(times).collect::<Option<Vec<_>>>() {
            Some(flights) => Shape::of_flights(&flights),
            None => Shape::CannotTell(Doubt::Unanswered),
        }
    }

    /// The same of requests that were all answered, from when to when each of
    /// them was in flight, ns. One that ends before it starts is taken for an
    /// empty one.
    pub fn of_flights(flights: &[(u64, u64)]) -> Shape {
        let mut flights: Vec<(u64, u64)> =
            flights.iter().map(|(from, to)| (*from, *to.max(from))).collect();
        flights.sort_unstable();
        if flights.len() < 2 {
            return Shape::CannotTell(Doubt::TooFew);
        }
        let slots = most_at_once(&flights);
        if slots == flights.len() {
            return Shape::AllAtOnce;
        }
        let hold = median_hold(&flights);
        if hold < LEAST_HOLD {
            return Shape::CannotTell(Doubt::AnsweredAtOnce);
        }
        if slots == 1 {
            return Shape::OneByOne;
        }
        // A slot that is refilled sooner than this did not stand idle.
        let soon = hold / 4;
        let groups = Groups::of(&flights, slots);
        if groups.are_several() {
            return if groups.are_no_stall() && groups.idle(soon) >= SIGNS {
                Shape::Waves
            } else {
                Shape::CannotTell(Doubt::Alike)
            };
        }
        shared_out(&flights, soon, hold)
    }
}

/// Of a program that did not wait for all of some requests before the next.
fn shared_out(flights: &[(u64, u64)], soon: u64, hold: u64) -> Shape {
    let deal = |pick| Dealt::of(flights, pick, soon);
    let newest = deal(Pick::Newest);
    if flights.len() < 2 * newest.slots() {
        return Shape::CannotTell(Doubt::Alike);
    }
    if newest.idle_at_last.is_empty() {
        // However the refills are told apart, the slots had such parts as
        // nobody deals beforehand.
        let others = [Pick::Oldest, Pick::Fewest].map(deal);
        let free = Dealt::is_taken_by_whoever_is_free;
        return if free(&newest) && others.iter().all(free) {
            Shape::Queue
        } else {
            Shape::CannotTell(Doubt::Alike)
        };
    }
    let fixed = deal(Pick::FewestOfLate);
    // For long, and more than one of many: one may be a thread that comes late.
    let idle = fixed.idle_at_last.iter().filter(|idle| *idle / 2 > hold);
    let stood = idle.count() > usize::from(fixed.slots() > 2);
    let passed = fixed.passed >= SIGNS;
    if fixed.are_fixed() && stood && passed {
        Shape::Shares
    } else {
        Shape::CannotTell(Doubt::NoPattern)
    }
}

/// How many overlap at most, of those in the order of their starts.
fn most_at_once(flights: &[(u64, u64)]) -> usize {
    let mut ends: Vec<u64> = flights.iter().map(|(_, to)| *to).collect();
    ends.sort_unstable();
    let (mut ended, mut most) = (0, 0);
    for (begun, (from, _)) in (1..).zip(flights) {
        while ends[ended] <= *from && ended + 1 < begun {
            ended += 1;
        }
        most = most.max(begun - ended);
    }
    most
}

fn median_hold(flights: &[(u64, u64)]) -> u64 {
    let holds = flights.iter().map(|(from, to)| to - from);
    higher_median(holds.collect()).unwrap_or(0)
}
