//! How a figure of several runs is written: what stands above, and what below.

use measurement::quantity::{
    duration, factor, kib, makespan, percent, speed_up,
};
use measurement::record::Act;
use measurement::runs::Figure;

/// What a figure is a number of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    /// Nanoseconds.
    Time,
    /// The nanoseconds of a batch.
    Makespan,
    /// How many times as fast as one by one.
    SpeedUp,
    /// One over another.
    Factor,
    /// A part of one, in percent.
    Percent,
    /// Bytes.
    Bytes,
}

impl Unit {
    /// One number, of that act.
    pub(super) fn one(self, act: Act, number: f64) -> String {
        match self {
            Unit::Time => duration(number),
            Unit::Makespan => makespan(act, number),
            Unit::SpeedUp => speed_up(number),
            Unit::Factor => factor(number),
            Unit::Percent => percent(number),
            Unit::Bytes => format!("{} KiB", kib(number)),
        }
    }

    /// From the one to the other, without the unit of the number that they
    /// stand beside: `1.0–3.0`.
    fn range(self, act: Act, (low, high): (f64, f64), beside: &str) -> String {
        let (low, high) = (self.one(act, low), self.one(act, high));
        let unit = beside.trim_start_matches(|c: char| !is_unit(c));
        let bare = low.strip_suffix(unit).zip(high.strip_suffix(unit));
        let (low, high) = bare.unwrap_or((&low, &high));
        format!("{low}–{high}")
    }
}

/// Whether the unit begins there, with its blank.
fn is_unit(c: char) -> bool {
    c == ' ' || c == '×'
}

/// In two lines: the median, and below it the interval or the range. Of two
/// runs both numbers, in their order; of one its own.
pub(super) fn two_lines(figure: &Figure, unit: Unit, act: Act) -> String {
    match figure.n {
        1 => unit.one(act, figure.median),
        2 => {
            let both = figure.values.iter().flatten();
            both.map(|n| unit.one(act, *n)).collect::<Vec<_>>().join("\n")
        }
        _ => {
            let median = unit.one(act, figure.median);
            let range = unit.range(act, figure.ends(), &median);
            format!("{median}\n{range}")
        }
    }
}

/// In one line: the median, the interval in brackets if there is one, the range
/// in parentheses.
pub(super) fn one_line(figure: &Figure, unit: Unit, act: Act) -> String {
    if figure.n < 3 {
        return two_lines(figure, unit, act).replace('\n', ", ");
    }
    let median = unit.one(act, figure.median);
    let range = |ends| unit.range(act, ends, &median);
    let interval = figure.interval.map_or(String::new(), |interval| {
        format!(" [{}]", range((interval.low, interval.high)))
    });
    let range = range((figure.min, figure.max));
    format!("{median}{interval} ({range})")
}

#[cfg(test)]
mod tests {
    use measurement::runs::figure;

    use super::*;

    fn of(numbers: &[f64]) -> Figure {
        figure(numbers.iter().copied().map(Some).collect()).unwrap()
    }

    #[test]
    fn as_many_numbers_as_may_be_said() {
        let ms = |n: u32| 1e6 * f64::from(n);
        let some = |n: u32| of(&(1..=n).map(ms).collect::<Vec<_>>());
        for (n, two, one) in [
            (1, "1.0 ms", "1.0 ms"),
            (2, "1.0 ms\n2.0 ms", "1.0 ms, 2.0 ms"),
            (3, "2.0 ms\n1.0–3.0", "2.0 ms (1.0–3.0)"),
            (9, "5.0 ms\n2.0–8.0", "5.0 ms [2.0–8.0] (1.0–9.0)"),
        ] {
            let act = Act::Sweep;
            assert_eq!(two_lines(&some(n), Unit::Time, act), two);
            assert_eq!(one_line(&some(n), Unit::Time, act), one);
        }
    }

    #[test]
    fn each_unit_as_everywhere() {
        for (unit, number, text) in [
            (Unit::Time, 1.234e9, "1.23 s"),
            (Unit::Makespan, 824.3e6, "0.82 s"),
            (Unit::SpeedUp, 61.24, "61×"),
            (Unit::Factor, 1.177, "1.18×"),
            (Unit::Percent, 0.876, "88 %"),
            (Unit::Bytes, 28_672.0, "28 KiB"),
        ] {
            assert_eq!(unit.one(Act::Book, number), text);
        }
        let crossing = of(&[900e3, 1.1e6, 1.2e6]);
        assert_eq!(
            two_lines(&crossing, Unit::Time, Act::Sweep),
            "1.1 ms\n900 µs–1.2 ms"
        );
        let ratios = of(&[1.1, 1.2, 1.3]);
        assert_eq!(
            two_lines(&ratios, Unit::Factor, Act::Sweep),
            "1.20×\n1.10–1.30"
        );
    }
}
