//! How a trial treats the server, and what the server must therefore see.

use serde::{Deserialize, Serialize};

use crate::fault;
use crate::record::{MOST_REQUESTS, Spec};

/// How the server is to be treated. By default every ping is tried once, as
/// soon as the client has time for it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize,
)]
#[serde(default)]
pub struct Manners {
    /// How often a ping that was refused is tried again.
    #[serde(skip_serializing_if = "is_zero")]
    pub retries: u32,
    /// Retries may be at most so many percent of the pings; without it, as
    /// many as `retries` allows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget_percent: Option<u32>,
    /// Requests per second, all workers together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_second: Option<u32>,
    /// Requests in flight at once to one host.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per_host: Option<u32>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Manners {
    /// Those that ask for nothing.
    pub const NONE: Manners = Manners {
        retries: 0,
        budget_percent: None,
        per_second: None,
        per_host: None,
    };

    /// Whether they ask for nothing.
    pub fn are_none(&self) -> bool {
        *self == Manners::NONE
    }
}

/// From this attempt on all of a ping are alike: its digits are over, however
/// few there are to each place.
const DIGITS: u32 = 64;

impl Spec {
    /// The status that ping `i` of the list is answered at attempt `attempt`,
    /// from 0.
    pub fn status_at(&self, i: usize, attempt: u32) -> u16 {
        self.refusal(i, attempt).unwrap_or_else(|| self.status_of(i))
    }

    fn refusal(&self, i: usize, attempt: u32) -> Option<u16> {
        fault::met(&self.faults, i as u64, attempt)?.refusal()
    }

    /// How many attempts ping `i` of the list needs, the first included, if
    /// no budget ends them early. Only a refusal is tried again.
    pub fn attempts(&self, i: usize) -> u32 {
        let most = self.manners.retries;
        let refused = |attempt: &u32| self.refusal(i, *attempt).is_some();
        let in_a_row = (0..most.min(DIGITS)).take_while(refused).count() as u32;
        if in_a_row == DIGITS && refused(&DIGITS) {
            return most.saturating_add(1);
        }
        1 + in_a_row
    }

    /// The fewest and the most requests that the server may see. Without a
    /// budget they are one number.
    pub fn requests_seen(&self) -> (u64, u64) {
        let pings = self.requests as u64;
        // One that asks for more pings than that is not one of ours, and
        // nobody looks at each of them.
        if self.manners.retries == 0 || self.requests > MOST_REQUESTS {
            return (pings, pings);
        }
        let all = (0..self.requests).map(|i| u64::from(self.attempts(i))).sum();
        match self.manners.budget_percent {
            Some(percent) => {
                let more = pings.saturating_mul(u64::from(percent)) / 100;
                (pings, pings.saturating_add(more).min(all))
            }
            None => (all, all),
        }
    }

    /// The most pings that are in flight at once with these manners.
    pub fn most_at_once(&self) -> usize {
        let per_host = self.manners.per_host.map_or(usize::MAX, |n| n as usize);
        self.concurrency.min(per_host.max(1))
    }
}
