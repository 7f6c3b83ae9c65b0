//! A position scale: where a number lies on a canvas, and which round numbers
//! are named. For moments of one trial there is [`crate::axis`].

/// Maps numbers to positions, and back. Whatever range it is made for, both
/// ends are finite and apart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    steps: Steps,
    low: f64,
    high: f64,
    /// Positions of the two ends.
    from: f64,
    to: f64,
}

/// Which numbers are the same distance apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Steps {
    /// Those of the same difference; the scale begins at 0, unless it is
    /// [`Scale::between`] others.
    Linear,
    /// Those of the same ratio; powers of 2 are named.
    Log2,
    /// Those of the same ratio; 1, 2 and 5 times powers of 10 are named.
    Log10,
}

/// A number that is named.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// The number.
    pub(crate) value: f64,
    /// Its name, with the unit.
    pub(crate) text: String,
}

/// Nothing that is measured is beyond this, and its square is still finite.
const MOST: f64 = 1e150;

impl Scale {
    /// A scale on which all of `values` lie that can, from the position
    /// `from` of its low end to the position `to`. What is not finite, and on
    /// a logarithmic scale what is not above 0, widens nothing.
    pub(crate) fn new(
        steps: Steps,
        values: impl IntoIterator<Item = f64>,
        (from, to): (f64, f64),
    ) -> Scale {
        let logarithmic = steps != Steps::Linear;
        let (low, high) = values
            .into_iter()
            .filter(|x| x.is_finite() && (*x > 0.0 || !logarithmic))
            .map(|x| x.clamp(if logarithmic { 1.0 / MOST } else { 0.0 }, MOST))
            .fold((f64::INFINITY, 0.0_f64), |(low, high), x| {
                (low.min(x), high.max(x))
            });
        let (low, high) = match steps {
            Steps::Linear if high < 1.0 / MOST => (0.0, 1.0),
            Steps::Linear => (0.0, high),
            _ if low > high => (1.0, steps.base()),
            _ => apart(low, high, steps.base()),
        };
        Scale { steps, low, high, from, to }
    }

    /// A linear scale from one number to another, which must be finite, above
    /// 0 and farther on.
    pub(crate) fn between(
        (low, high): (f64, f64),
        (from, to): (f64, f64),
    ) -> Scale {
        Scale { steps: Steps::Linear, low, high, from, to }
    }

    /// The same between round numbers.
    #[allow(dead_code, reason = "for charts whose data ends anywhere")]
    pub(crate) fn outward(mut self, limit: usize) -> Scale {
        match self.steps {
            Steps::Linear => {
                let step = step(self.high, limit);
                self.high = (self.high / step - 1e-9).ceil().max(1.0) * step;
            }
            Steps::Log2 | Steps::Log10 => {
                let base = self.steps.base();
                let power = |x: f64| x.ln() / base.ln();
                self.low = base.powf((power(self.low) + 1e-9).floor());
                self.high = base.powf((power(self.high) - 1e-9).ceil());
            }
        }
        self
    }

    /// The same between other positions.
    pub(crate) fn moved(&self, (from, to): (f64, f64)) -> Scale {
        Scale { from, to, ..self.clone() }
    }

    /// Its two ends.
    pub(crate) fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Whether a number lies within.
    pub(crate) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Where a number lies. What is beyond an end lies at that end, and what
    /// is no number at the low one.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let value = if value.is_nan() { self.low } else { value.max(self.low) };
        let (low, high, value) = match self.steps {
            Steps::Linear => (self.low, self.high, value),
            _ => (self.low.ln(), self.high.ln(), value.ln()),
        };
        let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// The number at a position: the inverse of [`Scale::at`].
    #[cfg(test)]
    pub(crate) fn value_at(&self, position: f64) -> f64 {
        let share = (position - self.from) / (self.to - self.from);
        match self.steps {
            Steps::Linear => self.low + share * (self.high - self.low),
            _ => {
                let (low, high) = (self.low.ln(), self.high.ln());
                (low + share * (high - low)).exp()
            }
        }
    }

    /// The round numbers to name, at most `limit` (at least two would be
    /// welcome) and at least one, in ascending order.
    pub(crate) fn ticks(&self, limit: usize, unit: &str) -> Vec<Tick> {
        let limit = limit.max(2);
        let tick = |value: f64, number: String| Tick {
            value,
            text: format!("{number}{unit}"),
        };
        match self.steps {
            Steps::Linear => {
                let step = step(self.high - self.low, limit);
                let decimals = -step.log10().floor().min(0.0);
                let decimals = decimals.min(9.0) as usize;
                let first = (self.low / step - 1e-9).ceil() as u32;
                let last = (self.high / step + 1e-9).floor() as u32;
                let values = (first..=last).map(|i| f64::from(i) * step);
                values
                    .map(|x| tick(x, linear_number(x, decimals, self.high)))
                    .collect()
            }
            Steps::Log2 | Steps::Log10 => {
                let values = self.round_ratios(limit);
                values.into_iter().map(|x| tick(x, number(x))).collect()
            }
        }
    }

    /// Round numbers of a logarithmic scale.
    fn round_ratios(&self, limit: usize) -> Vec<f64> {
        let base = self.steps.base();
        let within = |x: &f64| {
            *x >= self.low * (1.0 - 1e-9) && *x <= self.high * (1.0 + 1e-9)
        };
        let power = |x: f64| x.ln() / base.ln();
        let first = (power(self.low) - 1e-9).ceil() as i32;
        let last = (power(self.high) + 1e-9).floor() as i32;
        if self.steps == Steps::Log10 {
            let fine: Vec<f64> = (first - 1..=last)
                .flat_map(|k| [1.0, 2.0, 5.0].map(|f| f * base.powi(k)))
                .filter(within)
                .collect();
            if fine.len() <= limit {
                return fine;
            }
        }
        let count = (last - first + 1).max(1) as usize;
        let stride = count.div_ceil(limit);
        (first..=last)
            .step_by(stride)
            .map(|k| base.powi(k))
            .filter(within)
            .collect()
    }
}

impl Steps {
    fn base(self) -> f64 {
        if self == Steps::Log2 { 2.0 } else { 10.0 }
    }
}

/// The two, or if they are nearer to each other than a step, a step around
/// them: then at least one round number is between them.
fn apart(low: f64, high: f64, base: f64) -> (f64, f64) {
    if high / low >= base {
        return (low, high);
    }
    let (middle, half) = ((low.ln() + high.ln()) / 2.0, base.sqrt());
    (middle.exp() / half, middle.exp() * half)
}

/// 1, 2 or 5 times a power of ten, at most `limit` of which, with 0, are in
/// `span`.
fn step(span: f64, limit: usize) -> f64 {
    let most = limit.max(2) as f64 - 1.0;
    let power = 10_f64.powf((span / most).log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let fits = |step: &f64| span / step < most + 1.0 - 1e-9;
    steps.into_iter().find(fits).unwrap_or(10.0 * power)
}

fn linear_number(value: f64, decimals: usize, high: f64) -> String {
    if (1e-6..1e7).contains(&high) {
        format!("{value:.decimals$}")
    } else {
        number(value)
    }
}

/// A number in as few characters as it needs: `64`, `0.25`.
fn number(value: f64) -> String {
    match value {
        0.0 => "0".to_owned(),
        _ if !(1e-4..1e7).contains(&value) => format!("{value:.1e}"),
        _ if value >= 0.995 => format!("{value:.0}"),
        _ => {
            let text = format!("{value:.4}");
            text.trim_end_matches('0').to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(steps: Steps, values: &[f64], limit: usize) -> Vec<String> {
        let scale = Scale::new(steps, values.to_vec(), (0.0, 1.0));
        let ticks = scale.ticks(limit, "");
        ticks.into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            texts(Steps::Linear, &[105.0], 7),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            texts(Steps::Linear, &[0.5, 0.6], 4),
            ["0.0", "0.2", "0.4", "0.6"]
        );
        assert_eq!(
            texts(Steps::Log2, &[2.0, 256.0], 5),
            ["2", "8", "32", "128"]
        );
        assert_eq!(texts(Steps::Log2, &[0.3, 4.0], 9), ["0.5", "1", "2", "4"]);
        assert_eq!(
            texts(Steps::Log10, &[3.0, 60.0], 9),
            ["5", "10", "20", "50"]
        );
        assert_eq!(
            texts(Steps::Log10, &[1e-3, 1e6], 5),
            ["0.001", "0.1", "10", "1000", "100000"]
        );
    }

    #[test]
    fn a_scale_around_a_hundred_has_round_ticks() {
        let scale = Scale::between((95.0, 105.0), (10.0, 0.0));
        let ticks = scale.ticks(6, " %");
        let texts: Vec<&str> = ticks.iter().map(|t| &t.text[..]).collect();
        assert_eq!(texts, ["96 %", "98 %", "100 %", "102 %", "104 %"]);
        assert_eq!(scale.at(100.0), 5.0);
        assert_eq!(scale.at(300.0), 0.0);
    }

    #[test]
    fn a_range_without_width_is_given_one() {
        assert_eq!(texts(Steps::Log2, &[8.0], 9), ["8"]);
        assert_eq!(texts(Steps::Linear, &[], 3), ["0.0", "0.5", "1.0"]);
        assert_eq!(texts(Steps::Log2, &[f64::NAN, -1.0], 9), ["1", "2"]);
        let flat = Scale::new(Steps::Linear, [0.0], (0.0, 8.0));
        assert_eq!(flat.ends(), (0.0, 1.0));
    }

    #[test]
    fn outward_ends_are_round() {
        let scale = |steps, values: [f64; 2]| {
            Scale::new(steps, values, (0.0, 1.0)).outward(6).ends()
        };
        assert_eq!(scale(Steps::Log2, [0.9, 130.0]), (0.5, 256.0));
        assert_eq!(scale(Steps::Log2, [1.0, 64.0]), (1.0, 64.0));
        assert_eq!(scale(Steps::Linear, [3.0, 93.0]), (0.0, 100.0));
    }

    fn steps() -> impl Strategy<Value = Steps> {
        prop_oneof![Just(Steps::Linear), Just(Steps::Log2), Just(Steps::Log10)]
    }

    proptest! {
        #[test]
        fn any_range_has_few_ticks_in_order(
            steps in steps(),
            values in proptest::collection::vec(any::<f64>(), 0..5),
            limit in 2_usize..12,
            outward in any::<bool>(),
        ) {
            let mut scale = Scale::new(steps, values.clone(), (700.0, 100.0));
            if outward {
                scale = scale.outward(limit);
            }
            let (low, high) = scale.ends();
            prop_assert!(low.is_finite() && high.is_finite() && low < high);
            let ticks = scale.ticks(limit, "×");
            prop_assert!(!ticks.is_empty() && ticks.len() <= limit, "{ticks:?}");
            for pair in ticks.windows(2) {
                prop_assert!(scale.at(pair[0].value) > scale.at(pair[1].value));
                prop_assert!(pair[0].text != pair[1].text);
            }
            for value in values {
                prop_assert!((100.0..=700.0).contains(&scale.at(value)));
            }
        }

        #[test]
        fn a_position_goes_back_to_its_number(
            steps in steps(),
            value in 1e-3..1e6_f64,
            other in 1e-3..1e6_f64,
        ) {
            let scale = Scale::new(steps, [value, other], (40.0, 900.0));
            let back = scale.value_at(scale.at(value));
            prop_assert!((back / value - 1.0).abs() < 1e-6, "{back}");
        }
    }
}
