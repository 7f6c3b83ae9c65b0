//! When to try again, and when not to.

use std::fmt;
use std::time::{Duration, SystemTime};

use ping_core::{Manners, NoRetry, Ping, PingError, Watch};
use retry_policies::policies::ExponentialBackoff;
use retry_policies::{Jitter, RetryDecision, RetryPolicy};
use tower::retry::budget::{Budget, TpsBudget};

/// The first backoff is at most this, the second twice as much, and so on.
pub const FIRST_BACKOFF: Duration = Duration::from_millis(100);

/// No backoff is longer.
pub const LONGEST_BACKOFF: Duration = Duration::from_secs(10);

/// Who asks for more patience than this is not asked again.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// How long a ping counts for the budget.
const BUDGET_MEMORY: Duration = Duration::from_secs(60);

/// Decides about every retry of a batch.
pub struct Retries {
    backoff: ExponentialBackoff,
    budget: Option<TpsBudget>,
    /// Retries that need not be earned.
    reserve: u32,
    /// Pings that earn nothing any more, since the reserve is theirs.
    paid: u32,
}

impl Retries {
    /// As these manners have it.
    pub fn new(manners: &Manners) -> Retries {
        // Without a reserve of tower's: that is there again every minute.
        let budget = manners
            .retry_share
            .map(|share| TpsBudget::new(BUDGET_MEMORY, 0, no_more_than(share)));
        // The share counts from where it is more than the reserve, so that
        // one ping more is never many retries more.
        let reserve = manners.retry_reserve;
        let paid = manners.retry_share.map_or(0.0, |s| reserve as f32 / s);
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST_BACKOFF, LONGEST_BACKOFF)
            // Anything between nothing and the backoff. Without it all that
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

    /// How long to wait before another attempt, after these; none if there
    /// should be no other. The watch is told where it might have helped.
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
        // Both: all who were told the same time would come back together.
        let asked = retry_after(ping, now).unwrap_or_default();
        let refused = if asked > LONGEST_RETRY_AFTER {
            NoRetry::Patience
        } else if watch.left().is_some_and(|left| asked + backoff >= left) {
            // It would only be waited for in vain.
            NoRetry::Deadline
        } else if !self.withdraw() {
            // The last question, because to ask it costs a retry.
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

/// The share for tower's budget which comes nearest to this one, and not above.
///
/// Up to 1 that budget prices a retry in whole pings, and above 1 in whole
/// thousandths of one, and rounds the price down: 0.6 of the pings would be
/// `1 / 0.6`, which is 1, and so all of them. Here the price is rounded up. The
/// half stays clear of the limit between two prices, and is cut off again.
fn no_more_than(share: f32) -> f32 {
    if share > 1.0 {
        1000.0 / ((1000.0 / share.min(1000.0)).ceil() + 0.5)
    } else if share > 0.0 {
        1.0 / ((1.0 / share).ceil() + 0.5)
    } else {
        // What is no number, too.
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
/// section 10.2.3). None if it asked for nothing that can be understood.
pub fn retry_after(ping: &Ping, now: SystemTime) -> Option<Duration> {
    let text = ping.result.as_ref().ok()?.retry_after.as_deref()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than fits is more patience, not none.
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    // A date that has passed asks for no more patience.
    Some(date.duration_since(now).unwrap_or_default())
}

/// Marks every attempt but the last one as [`retried`](Ping::retried). An
/// attempt that was not made, because the batch was over by then, is none.
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
