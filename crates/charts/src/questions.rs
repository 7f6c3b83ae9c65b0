//! Questions to the charts, for a reader who has understood what is drawn.

use measurement::summary::Summary;

use crate::chart::CHARTS;

/// A question to a chart, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// File name of the chart, without its ending: `speed-up`.
    pub chart: &'static str,
    /// The question.
    pub question: &'static str,
    /// Its answer in words.
    pub answer: &'static str,
}

/// How many questions a chart has at most.
const EACH: usize = 2;

/// Two questions for each chart of the report that there is data for. One is
/// left out where the run does not show what is asked.
pub fn questions(summary: &Summary) -> Vec<Question> {
    let of = |chart: &crate::chart::Chart| {
        let name = chart.name;
        let asked = (chart.questions)(summary).into_iter();
        let shown = asked.filter(|(.., shown)| *shown).take(EACH);
        let question = move |(question, answer, _)| Question {
            chart: name,
            question,
            answer,
        };
        shown.map(question).collect::<Vec<_>>()
    };
    CHARTS.iter().flat_map(of).collect()
}
