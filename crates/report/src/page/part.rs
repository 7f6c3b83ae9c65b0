//! The parts of the page: a question, its pictures, what else was found of
//! them, and its numbers.

use measurement::course::lesson;

use super::Chart;
use super::Report;
use super::numbers::Numbers;
use super::questions::{QUESTIONS, Question, TRUST};
use super::words::sentence;

/// A part of the page.
pub(super) struct Part<'a> {
    /// Its anchor.
    pub(super) id: &'static str,
    pub(super) question: &'a str,
    /// What was found, but for what is the title of a picture already.
    pub(super) findings: Vec<Said>,
    pub(super) charts: Vec<&'a Chart>,
    pub(super) numbers: Option<Numbers>,
}

/// A sentence, and the picture that it is of.
pub(super) struct Said {
    pub(super) words: String,
    pub(super) chart: &'static str,
}

/// The questions that this run answers.
pub(super) fn parts<'a>(
    report: &Report<'a>,
    charts: &'a [Chart],
) -> Vec<Part<'a>> {
    let parts = QUESTIONS.iter().map(|question| {
        let mut part = part(question, report, charts);
        let asked = report.run.lesson.and_then(lesson);
        if let (Some(lesson), "question") = (asked, part.id) {
            part.question = lesson.question;
        }
        part
    });
    let answered =
        |part: &Part<'_>| !part.charts.is_empty() || part.numbers.is_some();
    parts.filter(answered).collect()
}

/// Whether it can be trusted.
pub(super) fn trust<'a>(report: &Report<'a>, charts: &'a [Chart]) -> Part<'a> {
    part(&TRUST, report, charts)
}

/// What was found that no picture shows: it could not be drawn, or there is
/// none of it.
pub(super) fn elsewhere(report: &Report<'_>, charts: &[Chart]) -> Vec<String> {
    let drawn = |name: &str| charts.iter().any(|chart| chart.name == name);
    let left = report.findings.iter().filter(|finding| {
        !finding.chart.is_some_and(drawn) && finding.words != report.claim()
    });
    left.map(|finding| sentence(&finding.words)).collect()
}

fn part<'a>(
    question: &'static Question,
    report: &Report<'a>,
    charts: &'a [Chart],
) -> Part<'a> {
    let own = |name: &str| charts.iter().find(|chart| chart.name == name);
    let charts: Vec<&Chart> =
        question.charts.iter().filter_map(|name| own(name)).collect();
    let is_title = |words: &str| {
        words == report.claim()
            || charts.iter().any(|chart| chart.caption.title == words)
    };
    let own = |chart: &str| charts.iter().any(|own| own.name == chart);
    let mut findings = Vec::new();
    for finding in report.findings {
        if let Some(chart) = finding.chart.filter(|chart| own(chart))
            && !is_title(&finding.words)
        {
            findings.push(Said { words: sentence(&finding.words), chart });
        }
    }
    for chart in &charts {
        for also in &chart.caption.also {
            if findings.iter().all(|said| said.words != *also) {
                let words = also.clone();
                findings.push(Said { words, chart: chart.name });
            }
        }
    }
    Part {
        id: question.id,
        question: question.words,
        findings,
        charts,
        numbers: (question.numbers)(report.summary),
    }
}
