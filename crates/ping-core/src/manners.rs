use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

/// How a server is to be treated. The default asks for nothing: every ping is
/// tried once, as soon as a client has time for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manners {
    /// How often a ping that failed for a while is tried again.
    pub retries: u32,
    /// Retries may be at most this share of the pings, 0.2 being a fifth;
    /// without it, as many as [`retries`](Self::retries) allows.
    pub retry_share: Option<f32>,
    /// So many retries a batch has at least, however few its pings are: the
    /// share begins to count where it is more.
    pub retry_reserve: u32,
    /// How often there is a request, all workers together.
    pub rate: Option<Rate>,
    /// What came late by no more than this is made up for. Nothing is by
    /// default, and then no two requests are ever closer than the rate says.
    pub catch_up: Duration,
    /// Requests in flight at once to one host.
    pub per_host: Option<NonZeroUsize>,
}

/// How often something happens, kept as the time from one to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Duration);

impl Rate {
    /// The longest time from one to the next, a day.
    pub const SLOWEST: Duration = Duration::from_secs(24 * 60 * 60);

    /// The shortest one. No client comes near it.
    pub const FASTEST: Duration = Duration::from_micros(1);

    /// So many a second.
    pub const fn per_second(count: NonZeroU32) -> Rate {
        Rate(Duration::from_nanos(1_000_000_000 / count.get() as u64))
    }

    /// So many in a time; `None` if that is no number, or if one would follow
    /// the other faster than [`FASTEST`](Self::FASTEST) or more slowly than
    /// [`SLOWEST`](Self::SLOWEST).
    pub fn of(count: f64, time: Duration) -> Option<Rate> {
        let interval = time.as_secs_f64() / count;
        let interval = Duration::try_from_secs_f64(interval).ok()?;
        let bounds = Rate::FASTEST..=Rate::SLOWEST;
        bounds.contains(&interval).then_some(Rate(interval))
    }

    /// The time from one to the next.
    pub const fn interval(self) -> Duration {
        self.0
    }
}

impl fmt::Display for Rate {
    /// As often as it happens in a second, such as `50` or `0.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let per_second = 1.0 / self.0.as_secs_f64();
        // Three digits, and no zeros at the end.
        let digits = (2 - per_second.log10().floor() as i32).max(0) as usize;
        let text = format!("{per_second:.digits$}");
        f.write_str(match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.'),
            false => &text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_rate_is_told_as_it_was_asked_for() {
        for (count, time, told) in [
            (50.0, SECOND, "50"),
            (0.5, SECOND, "0.5"),
            (30.0, SECOND * 60, "0.5"),
            (1000.0, SECOND, "1000"),
            (100.0, SECOND, "100"),
            (1.0, SECOND * 3600, "0.000278"),
            (7.0, SECOND, "7"),
            (1e6, SECOND, "1000000"),
        ] {
            assert_eq!(Rate::of(count, time).unwrap().to_string(), told);
        }
        let fifty = Rate::per_second(NonZeroU32::new(50).unwrap());
        assert_eq!(Rate::of(50.0, SECOND), Some(fifty));
    }

    #[test]
    fn what_is_no_rate_is_none() {
        for count in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9, 1e-9, -0.0] {
            assert_eq!(Rate::of(count, SECOND), None, "{count}");
        }
    }
}
