//! What is asked of the charts, with the answers of the sample.

use std::fmt::Write;

use charts::Question;
use measurement::course::formula::{in_turn, spawn_from};
use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};

use crate::documents::{quote, sample_summary, summary_of};

#[test]
fn the_questions_have_the_answers_of_the_sample() {
    let mut text = String::new();
    let mut chart = "";
    let asked = charts::questions(&sample_summary());
    for Question { chart: of, question, answer } in &asked {
        if of != &chart {
            chart = of;
            heading(&mut text, chart, &format!("charts/{chart}"));
        }
        item(&mut text, question, answer);
    }
    type Ask = fn(&Summary) -> [(&'static str, String); 2];
    let lessons: [(u8, Ask); 3] = [(2, threads), (4, pool), (5, tasks)];
    for (number, ask) in lessons {
        let folder = format!("lessons/{number:02}");
        let of_lesson = summary_of(&format!("reports/sample/{folder}"));
        let chart = format!("{folder}/charts/lesson");
        heading(&mut text, &format!("the chart of lesson {number}"), &chart);
        for (question, answer) in ask(&of_lesson) {
            item(&mut text, question, &answer);
        }
    }
    quote("docs/chart-questions.md", "questions", &text);
}

fn heading(text: &mut String, name: &str, chart: &str) {
    let _ = writeln!(text, "## {name}\n");
    let _ = writeln!(text, "![{name}](../reports/sample/{chart}-light.svg)\n");
}

fn item(text: &mut String, question: &str, answer: &str) {
    let _ = writeln!(text, "- {question}");
    let _ = writeln!(
        text,
        "  <details><summary>answer</summary>{answer}</details>"
    );
}

/// The rows of a strategy with their batches, the fewest at once first.
fn cells<'a>(
    summary: &'a Summary,
    strategy: &str,
) -> Vec<(&'a Batch, &'a Row)> {
    let of = |batch: &'a Batch| {
        let row = batch.rows.iter().find(|row| row.strategy == strategy)?;
        Some((batch, row))
    };
    let mut cells: Vec<_> =
        summary.of_act(Act::Lesson).filter_map(of).collect();
    cells.sort_by_key(|(batch, _)| batch.concurrency);
    assert!(!cells.is_empty(), "{strategy}");
    cells
}

/// Milliseconds, at the median.
fn time((_, row): &(&Batch, &Row)) -> f64 {
    row.makespan_ns.as_ref().expect("a makespan").median / 1e6
}

/// As much as one reads off an axis, and what else counts as right.
fn about(value: f64, unit: &str, off: f64) -> String {
    let (low, high) = (value * (1.0 - off), value * (1.0 + off));
    format!("about {value:.0} {unit} ({low:.0} to {high:.0} counts)")
}

fn threads(summary: &Summary) -> [(&'static str, String); 2] {
    let cells = cells(summary, "threads");
    let (first, last) = (cells[0], cells[cells.len() - 1]);
    let point = |cell: &(&Batch, &Row)| (cell.0.requests as f64, time(cell));
    let spawn = spawn_from(point(&first), point(&last)).expect("two sizes");
    let each = time(&first) - point(&first).0 * spawn;
    let peak = last.1.peak_in_flight.expect("a peak");
    assert_eq!(last.0.requests, 600, "the questions name it");
    [
        (
            "How long would 600 pings take one after another?",
            // A whole decade of this axis is the width of a thumb.
            about(in_turn(600.0, each) / 1e3, "s", 0.3),
        ),
        (
            "Of 600 threads, how many had their ping in flight at once?",
            format!("{}", peak.1),
        ),
    ]
}

fn pool(summary: &Summary) -> [(&'static str, String); 2] {
    let cells = cells(summary, "worker-pool");
    let of = |c| cells.iter().find(|(batch, _)| batch.concurrency == c);
    let rounds = |c: usize| 100_usize.div_ceil(c);
    let enough = (1..=49).find(|c| rounds(*c) == rounds(49));
    let enough = enough.expect("49 itself");
    [
        (
            "How long do 10 workers take?",
            about(time(of(10).expect("10 workers")), "ms", 0.1),
        ),
        (
            "You have 49 workers. How many of them can go home without \
             costing you time?",
            format!("{}: {enough} are as fast", 49 - enough),
        ),
    ]
}

fn tasks(summary: &Summary) -> [(&'static str, String); 2] {
    let tasks = cells(summary, "async-tasks");
    let threads = cells(summary, "threads");
    let mut both = tasks.iter().zip(&threads);
    let apart = both.find(|(task, thread)| time(thread) / time(task) > 1.05);
    let (apart, _) = apart.expect("threads take longer at last");
    let (_, last) = tasks[tasks.len() - 1];
    [
        (
            "At which number of pings can you first see that threads \
             take longer?",
            format!("{}", apart.0.requests),
        ),
        (
            "How many threads has the program with the tasks, at half time?",
            format!("{:.0}", last.threads.expect("threads")),
        ),
    ]
}
