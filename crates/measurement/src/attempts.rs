//! What the server must see of a trial, with its faults and its manners.

use crate::fault;
use crate::record::{MOST_REQUESTS, Spec};

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
        if let Some(machines) = self.machines {
            let fewest = pings.saturating_sub(machines.may_lose());
            return (fewest, pings.saturating_add(machines.again()));
        }
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
