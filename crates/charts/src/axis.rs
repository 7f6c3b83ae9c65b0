//! A time axis from zero: where a moment lies, and which moments are named.

use measurement::MILLISECOND;

/// Maps moments to positions, and back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeAxis {
    /// Position of moment 0.
    pub(crate) left: f64,
    /// Position of the last moment.
    pub(crate) right: f64,
    /// The last moment, ns; never 0.
    pub(crate) span_ns: u64,
}

/// A moment that the axis names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// The moment, ns.
    pub(crate) ns: u64,
    /// Its name, with the unit.
    pub(crate) text: String,
}

impl TimeAxis {
    /// An axis from 0 to `span_ns`, or to a nanosecond if that is 0: an axis
    /// without length has no positions.
    pub(crate) fn new(left: f64, right: f64, span_ns: u64) -> TimeAxis {
        TimeAxis { left, right, span_ns: span_ns.max(1) }
    }

    /// Where a moment lies. A moment beyond the end lies at the end.
    pub(crate) fn at(&self, ns: u64) -> f64 {
        let share = ns.min(self.span_ns) as f64 / self.span_ns as f64;
        self.left + share * (self.right - self.left)
    }

    /// The moments to name: 0 and multiples of 1, 2 or 5 times a power of
    /// ten, at most `limit` of them (and at least two would be welcome).
    pub(crate) fn ticks(&self, limit: usize) -> Vec<Tick> {
        let step = self.step(limit.max(2) as u64);
        (0..=self.span_ns / step)
            .map(|i| Tick {
                ns: i * step,
                text: name(i * step, step, self.span_ns),
            })
            .collect()
    }

    fn step(&self, limit: u64) -> u64 {
        let mut power = 1_u64;
        loop {
            for factor in [1, 2, 5] {
                let step = power.saturating_mul(factor);
                if self.span_ns / step < limit {
                    return step;
                }
            }
            power = power.saturating_mul(10);
        }
    }
}

/// In the unit that suits the whole axis, with as many decimals as its steps
/// need.
fn name(ns: u64, step: u64, span: u64) -> String {
    const SECOND: u64 = 1000 * MILLISECOND;
    let (unit, divisor) = match span {
        span if span >= SECOND / 2 => ("s", SECOND),
        span if span >= MILLISECOND => ("ms", MILLISECOND),
        span if span >= 1000 => ("µs", 1000),
        _ => ("ns", 1),
    };
    let mut decimals = 0;
    let mut part = divisor;
    while step < part || !step.is_multiple_of(part) {
        part /= 10;
        decimals += 1;
    }
    if ns == 0 {
        return format!("0 {unit}");
    }
    format!("{:.decimals$} {unit}", ns as f64 / divisor as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(span_ns: u64, limit: usize) -> Vec<String> {
        let ticks = TimeAxis::new(0.0, 1.0, span_ns).ticks(limit);
        ticks.into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            texts(331 * MILLISECOND, 8),
            ["0 ms", "50 ms", "100 ms", "150 ms", "200 ms", "250 ms", "300 ms"]
        );
        assert_eq!(texts(1_200 * MILLISECOND, 4), ["0 s", "0.5 s", "1.0 s"]);
        assert_eq!(texts(4_000_000, 3), ["0 ms", "2 ms", "4 ms"]);
        assert_eq!(texts(30_000, 4), ["0 µs", "10 µs", "20 µs", "30 µs"]);
        assert_eq!(texts(0, 4), ["0 ns", "1 ns"]);
    }

    proptest! {
        #[test]
        fn any_span_has_few_ticks_in_order(
            span in any::<u64>(),
            limit in 2_usize..12,
        ) {
            let axis = TimeAxis::new(100.0, 800.0, span);
            let ticks = axis.ticks(limit);
            prop_assert!(!ticks.is_empty() && ticks.len() <= limit);
            for pair in ticks.windows(2) {
                prop_assert!(axis.at(pair[0].ns) < axis.at(pair[1].ns));
            }
            prop_assert!(axis.at(span) <= 800.0);
        }
    }
}
