//! When to try again, and when not to.

use std::fmt;
use std::time::{Duration, SystemTime};

use ping_core::{Manners, NoRetry, Ping, PingError, Watch};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy};
use tower::retry::budget::{Budget, TpsBudget};

/// The first backoff is at most this, the second twice as much, and so on.
pub const FIRST_BACKOFF: Duration = Duration::from_millis(100);

/// The longest backoff.
pub const LONGEST_BACKOFF: Duration = Duration::from_secs(10);

/// A server that asks for more patience than this is not asked again.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// How long a ping counts for the budget.
const BUDGET_MEMORY: Duration = Duration::from_secs(60);

/// Decides about every retry of a batch.
pub struct Retries {
    backoff: ExponentialBackoff,
    budget: Option<TpsBudget>,
    /// Retries that need not be earned.
    reserve: u32,
    /// How many more pings earn nothing, since the reserve is for them.
    paid: u32,
}

impl Retries {
    /// Retries as `manners` allow them.
    pub fn new(manners: &Manners) -> Retries {
        // Without tower's own reserve, which is there again every minute.
        let budget = manners
            .retry_share
            .map(|share| TpsBudget::new(BUDGET_MEMORY, 0, no_more_than(share)));
        // The share counts only once it is more than the reserve, so that one
        // more ping is never many more retries.
        let reserve = manners.retry_reserve;
        let paid = manners.retry_share.map_or(0.0, |s| reserve as f32 / s);
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST_BACKOFF, LONGEST_BACKOFF)
            // Anything between zero and the backoff. Without it all pings that
            // failed together come back together.
            .jitter(Jitter::Full)
            .build_with_max_retries(manners.retries);
        Retries { backoff, budget, reserve, paid: paid.ceil() as u32 }
    }

    /// A ping is about to be tried for the first time, and earns its share of
    /// a retry.
    pub fn earn(&mut self) {
        if self.paid > 0 {
            self.paid -= 1;
        } else if let Some(budget) = &self.budget {
            budget.deposit();
        }
    }

    /// How long to wait before another attempt, after these; `None` if there
    /// should be no other. Where one might have helped, `watch` counts it.
    pub fn after(
        &mut self,
        attempts: &[Ping],
        watch: &Watch,
    ) -> Option<Duration> {
        let (ping, earlier) = attempts.split_last()?;
        let retries = u32::try_from(earlier.len()).unwrap_or(u32::MAX);
        let now = SystemTime::now();
        let RetryDecision::Retry { execute_after } =
            self.backoff.should_retry(now, retries)
        else {
            return None;
        };
        if !is_transient(ping) {
            return None;
        }
        let backoff = execute_after.duration_since(now).unwrap_or_default();
        // Both are added: several pings may be asked to wait equally long, and
        // would come back together.
        let asked = retry_after(ping, now).unwrap_or_default();
        let refused = if asked > LONGEST_RETRY_AFTER {
            NoRetry::Patience
        } else if watch.left().is_some_and(|left| asked + backoff >= left) {
            // The wait would be in vain.
            NoRetry::Deadline
        } else if !self.withdraw() {
            // Last, because this question costs a retry.
            NoRetry::Budget
        } else {
            return Some(asked + backoff);
        };
        watch.gave_up(refused);
        None
    }

    fn withdraw(&mut self) -> bool {
        match &self.budget {
            None => true,
            Some(_) if self.reserve > 0 => {
                self.reserve -= 1;
                true
            }
            Some(budget) => budget.withdraw(),
        }
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retries").finish_non_exhaustive()
    }
}

/// The share for tower's budget that is nearest to this one, and not above it.
///
/// In that budget a retry has a price: whole pings for a share up to 1, whole
/// thousandths of a ping above. It rounds the price down: a share of 0.6 has
/// the price `1 / 0.6`, which becomes 1, so all could be retried. Here the
/// price is rounded up. The half keeps clear of the limit between two prices,
/// and the budget cuts it off again.
fn no_more_than(share: f32) -> f32 {
    if share > 1.0 {
        1000.0 / ((1000.0 / share.min(1000.0)).ceil() + 0.5)
    } else if share > 0.0 {
        1.0 / ((1.0 / share).ceil() + 0.5)
    } else {
        // Also for what is not a number.
        0.0
    }
}

/// Whether the same request may well succeed a little later. A GET may be
/// repeated, because it changes nothing (RFC 9110, section 9.2.2); most
/// failures would only be the same again.
pub fn is_transient(ping: &Ping) -> bool {
    match &ping.result {
        // Too many requests; bad gateway, unavailable, gateway timeout.
        Ok(reply) => matches!(reply.status, 429 | 502 | 503 | 504),
        Err(error) => matches!(
            error,
            PingError::Refused
                | PingError::Reset
                | PingError::ClosedEarly
                | PingError::Timeout(_)
        ),
    }
}

/// What the server asked for with `Retry-After`: seconds, or a date (RFC 9110,
/// section 10.2.3). `None` if there is nothing that can be understood.
pub fn retry_after(ping: &Ping, now: SystemTime) -> Option<Duration> {
    let text = ping.result.as_ref().ok()?.retry_after.as_deref()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number too large to fit asks for the most patience.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date in the past asks for no wait.
    Some(date.duration_since(now).unwrap_or_default())
}

/// Marks every attempt but the last one as [`retried`](Ping::retried). The last
/// one does not count if it was never made, because the batch was over.
pub fn last_word(mut attempts: Vec<Ping>) -> Vec<Ping> {
    let unmade = |ping: &mut Ping| {
        matches!(ping.result, Err(PingError::Cancelled | PingError::NotStarted))
    };
    if attempts.len() > 1 {
        attempts.pop_if(unmade);
    }
    if let Some((_, earlier)) = attempts.split_last_mut() {
        earlier.iter_mut().for_each(|ping| ping.retried = true);
    }
    attempts
}

#[cfg(test)]
mod tests;
