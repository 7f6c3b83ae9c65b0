//! When to try again, and when not to.

use std::fmt;
use std::time::{Duration, SystemTime};

use ping_core::{Manners, Ping, PingError};
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

/// Decides about every retry of a batch; all its workers share it.
pub struct Retries {
    backoff: ExponentialBackoff,
    budget: Option<TpsBudget>,
}

impl Retries {
    /// As these manners have it.
    pub fn new(manners: &Manners) -> Retries {
        let budget = manners.retry_share.map(|share| {
            TpsBudget::new(BUDGET_MEMORY, 0, share.clamp(0.0, 1000.0))
        });
        let backoff = ExponentialBackoff::builder()
            .retry_bounds(FIRST_BACKOFF, LONGEST_BACKOFF)
            // Anything between nothing and the backoff. Without it all that
            // failed together come back together.
            .jitter(Jitter::Full)
            .build_with_max_retries(manners.retries);
        Retries { backoff, budget }
    }

    /// A ping is about to be tried for the first time, and earns its share of
    /// a retry.
    pub fn earn(&self) {
        if let Some(budget) = &self.budget {
            budget.deposit();
        }
    }

    /// How long to wait before the next attempt, after so many retries; none
    /// if there should be no other.
    pub fn after(&self, ping: &Ping, retries: u32) -> Option<Duration> {
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
        let asked = retry_after(ping, now).unwrap_or_default();
        if asked > LONGEST_RETRY_AFTER {
            return None;
        }
        // The last question, because to ask it costs a retry.
        let budget = self.budget.as_ref();
        budget.is_none_or(Budget::withdraw).then_some(asked + backoff)
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retries").finish_non_exhaustive()
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
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
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
