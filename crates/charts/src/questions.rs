//! Questions that a reader who sees only the picture should answer rightly.
//! If one cannot, the chart is to be made better, and not the question.

mod acts;
mod costs;
mod sweep;

use measurement::summary::Summary;

/// A question to a chart, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// File name of the chart, without its ending: `speed-up`.
    pub chart: &'static str,
    /// The question.
    pub question: String,
    /// Its answer as one reads it off, and what else counts as right.
    pub answer: String,
}

/// So many questions has a chart.
const EACH: usize = 2;

/// What is asked, and what is right.
type Asked = (String, String);

/// Two questions for each chart of the report that there is data for.
pub fn questions(summary: &Summary) -> Vec<Question> {
    let charts: [(&str, Vec<Asked>); 9] = [
        ("waterfall-live", acts::waterfall_live(summary)),
        ("book-bars", acts::book_bars(summary)),
        ("waterfall", acts::waterfall(summary)),
        ("speed-up", sweep::speed_up(summary)),
        ("efficiency", sweep::efficiency(summary)),
        ("cpu-cost", costs::cpu_cost(summary)),
        ("memory", costs::memory(summary)),
        ("latency", sweep::latency(summary)),
        ("trust", sweep::trust(summary)),
    ];
    let questions =
        charts.into_iter().flat_map(|(chart, asked)| {
            asked.into_iter().take(EACH).map(move |(question, answer)| {
                Question { chart, question, answer }
            })
        });
    questions.collect()
}

/// Nobody reads a position better than this part of it.
const READABLE: f64 = 0.05;

/// `about 58× (55× to 61× counts)`.
fn about(value: f64, say: impl Fn(f64) -> String) -> String {
    around(value, value.abs() * READABLE, say)
}

/// The same with what counts on either side.
fn around(value: f64, off: f64, say: impl Fn(f64) -> String) -> String {
    let (low, high) = (say(value - off), say(value + off));
    let value = say(value);
    if low == high {
        return value;
    }
    format!("about {value} ({low} to {high} counts)")
}

/// The name whose figure is the largest, and any within what can be read
/// beside it: `threads`, `threads or the pool`.
fn most<'a>(figures: impl Iterator<Item = (&'a str, f64)>) -> Option<String> {
    let all: Vec<(&str, f64)> = figures.collect();
    let largest = all.iter().map(|(_, x)| *x).reduce(f64::max)?;
    let near = all.iter().filter(|(_, x)| *x >= largest * (1.0 - READABLE));
    let names: Vec<&str> = near.map(|(name, _)| *name).collect();
    Some(names.join(" or "))
}
