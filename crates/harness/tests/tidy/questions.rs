//! What is asked of the charts. Each answer holds for the sample: what a
//! question takes for granted is looked up there.

use std::fmt::Write;

use charts::Question;
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
    let _ = writeln!(text, "![{name}](sample/{chart}-light.svg)\n");
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
    assert!(cells.len() > 1, "{strategy}");
    cells
}

/// Milliseconds, at the median.
fn time((_, row): &(&Batch, &Row)) -> f64 {
    row.makespan_ns.as_ref().expect("a makespan").median / 1e6
}

fn threads(summary: &Summary) -> [(&'static str, String); 2] {
    let cells = cells(summary, "threads");
    let (first, last) = (cells[0], cells[cells.len() - 1]);
    assert!(time(&last) > 1.1 * time(&first), "the points do not rise");
    let peak = last.1.peak_in_flight.expect("a peak");
    assert_eq!(peak.1 as usize, last.0.concurrency, "not all were in flight");
    [
        (
            "Where do the points of the threads begin to rise, and what takes \
             time there?",
            "Where making the threads takes a time that is no longer small \
             beside the wait. One thread after another is made, so the last \
             ping starts late."
                .to_owned(),
        ),
        (
            "Here all pings were in flight at once. What would have happened \
             if the server had seen fewer?",
            "The first pings would have been answered before the last thread \
             was made. More threads would then not have been more at once."
                .to_owned(),
        ),
    ]
}

fn pool(summary: &Summary) -> [(&'static str, String); 2] {
    let cells = cells(summary, "worker-pool");
    let of = |c| cells.iter().find(|(batch, _)| batch.concurrency == c);
    let rounds = |c: usize| 100_usize.div_ceil(c);
    let enough = (1..=49).find(|c| rounds(*c) == rounds(49));
    let enough = enough.expect("49 itself");
    let [few, more] = [enough, 49].map(|c| time(of(c).expect("measured")));
    assert!((few / more - 1.0).abs() < 0.05, "{few} and {more} ms");
    [
        (
            "You have 49 workers. How many of them can go home without \
             costing you time?",
            format!("{}: {enough} are as fast.", 49 - enough),
        ),
        (
            "Where would you stop adding workers?",
            "At the left end of a step that is low enough. Along a step more \
             workers save nothing; the next step begins where they save a \
             whole turn."
                .to_owned(),
        ),
    ]
}

fn tasks(summary: &Summary) -> [(&'static str, String); 2] {
    let tasks = cells(summary, "async-tasks");
    let threads = cells(summary, "threads");
    let both: Vec<f64> = tasks
        .iter()
        .zip(&threads)
        .map(|(task, thread)| time(thread) / time(task))
        .collect();
    assert!((0.95..1.05).contains(&both[0]), "{both:?}");
    assert!(both[both.len() - 1] > 1.05, "{both:?}");
    [
        (
            "In the panel of the times, what do threads and tasks both wait for while \
             they are together, and what parts them?",
            "They wait for the server, and no wait is shorter in a task. What \
             parts them is that threads are made one after another, which \
             takes longer than making tasks."
                .to_owned(),
        ),
        (
            "Two things change between the full symbols of threads and tasks. \
             Which, and what do the hollow ones tell you?",
            "The thread becomes a task, and ureq becomes reqwest. The hollow \
             ones have the same GET by hand, so what parts them is no \
             library's."
                .to_owned(),
        ),
    ]
}
