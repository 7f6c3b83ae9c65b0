//! How a figure of several runs is written: what stands above, and what below.

use measurement::runs::Figure;

/// What a figure is a number of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Unit {
    /// Nanoseconds.
    Time,
    /// How many times, with so many digits behind the point.
    Times(usize),
    /// A part of one, in percent, rounded down: 99.96 % is not all of it.
    Percent,
    /// Bytes.
    Bytes,
}

/// A unit at a size at which its numbers are easy to read.
struct Scale {
    /// What a number is divided by.
    by: f64,
    digits: usize,
    name: &'static str,
    floored: bool,
}

impl Unit {
    fn scale(self, typical: f64) -> Scale {
        let scale =
            |by, digits, name| Scale { by, digits, name, floored: false };
        match self {
            Unit::Time if typical >= 1e9 => scale(1e9, 2, " s"),
            Unit::Time if typical >= 1e6 => scale(1e6, 1, " ms"),
            Unit::Time => scale(1e3, 0, " µs"),
            Unit::Times(digits) => scale(1.0, digits, "×"),
            Unit::Percent => {
                Scale { by: 0.01, digits: 0, name: " %", floored: true }
            }
            Unit::Bytes => scale(1024.0, 1, " KiB"),
        }
    }

    /// One number.
    pub(super) fn one(self, number: f64) -> String {
        let scale = self.scale(number);
        format!("{}{}", scale.plain(number), scale.name)
    }
}

impl Scale {
    fn plain(&self, number: f64) -> String {
        let scaled = number / self.by;
        let scaled = if self.floored { scaled.floor() } else { scaled };
        format!("{scaled:.*}", self.digits)
    }

    fn range(&self, low: f64, high: f64) -> String {
        format!("{}–{}", self.plain(low), self.plain(high))
    }
}

/// In two lines: the median, and below it the interval or the range. Of two
/// runs both numbers, in their order; of one its own.
pub(super) fn two_lines(figure: &Figure, unit: Unit) -> String {
    match figure.n {
        1 => unit.one(figure.median),
        2 => {
            let both = figure.values.iter().flatten();
            both.map(|n| unit.one(*n)).collect::<Vec<_>>().join("\n")
        }
        _ => {
            let scale = unit.scale(figure.median);
            let (low, high) = figure.ends();
            let range = scale.range(low, high);
            format!("{}\n{range}", unit.one(figure.median))
        }
    }
}

/// In one line: the median, the interval in brackets if there is one, the range
/// in parentheses.
pub(super) fn one_line(figure: &Figure, unit: Unit) -> String {
    if figure.n < 3 {
        return two_lines(figure, unit).replace('\n', ", ");
    }
    let scale = unit.scale(figure.median);
    let interval = figure.interval.map_or(String::new(), |interval| {
        format!(" [{}]", scale.range(interval.low, interval.high))
    });
    let range = scale.range(figure.min, figure.max);
    format!("{}{interval} ({range})", unit.one(figure.median))
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
            assert_eq!(two_lines(&some(n), Unit::Time), two);
            assert_eq!(one_line(&some(n), Unit::Time), one);
        }
    }

    #[test]
    fn each_unit_as_people_write_it() {
        assert_eq!(Unit::Time.one(1.234e9), "1.23 s");
        assert_eq!(Unit::Time.one(24_400.0), "24 µs");
        assert_eq!(Unit::Times(1).one(61.24), "61.2×");
        assert_eq!(Unit::Times(2).one(1.177), "1.18×");
        assert_eq!(Unit::Percent.one(0.9996), "99 %");
        assert_eq!(Unit::Bytes.one(28_672.0), "28.0 KiB");
        let crossing = of(&[900e3, 1.1e6, 1.2e6]);
        assert_eq!(two_lines(&crossing, Unit::Time), "1.1 ms\n0.9–1.2");
    }
}
