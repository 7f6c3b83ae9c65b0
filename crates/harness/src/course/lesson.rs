use std::process::ExitCode;

use anyhow::Result;
use comfy_table::CellAlignment;
use measurement::course::Lesson;
use measurement::course::prediction::Prediction;
use report::Drawn;

use super::ledger::Ledger;
use super::predict;
use super::quantity::{display, label};
use super::source::Source;
use super::trap::list_traps;
use crate::called::called;
use crate::cli::LessonArgs;
use crate::interrupt::INTERRUPTED;
use crate::run::{Left, can_be_measured, exit_code, study};
use crate::terminal::{Ink, Paint, copy, plain_table, say, wrapped};

/// `harness lesson N`: the question, the prediction, the run, what came of it
/// and why, and where to go on.
///
/// # Errors
///
/// If the run cannot go on.
pub fn lesson(args: &LessonArgs) -> Result<ExitCode> {
    let lesson = args.lesson;
    can_be_measured(lesson)?;
    let source = Source::of(&lesson.package());
    introduce(lesson, source.as_ref());
    let mut ledger = Ledger::open(&args.reports)?;
    let prediction = predict::before(lesson, &mut ledger, args.skip)?;
    let left = study(lesson, prediction.as_ref(), &args.reports, args.seed)?;
    let Left { drawn: Some(drawn), stopped } = left else {
        return Ok(ExitCode::from(INTERRUPTED));
    };
    compare(lesson, prediction.as_ref(), &drawn);
    explain(&drawn);
    go_on(lesson, source.as_ref(), &drawn);
    Ok(exit_code(&drawn, stopped))
}

fn introduce(lesson: &Lesson, source: Option<&Source>) {
    let Lesson { number, name, question, .. } = lesson;
    say(format!("Lesson {number}: {name}").ink(Ink::Strong));
    say(question);
    if let Some(idea) = source.and_then(Source::idea) {
        say("");
        for line in wrapped(&idea, 2) {
            say(line);
        }
    }
    say("");
}

/// What was asked, said and measured; and by how much the reader was off.
fn compare(lesson: &Lesson, prediction: Option<&Prediction>, drawn: &Drawn) {
    let summary = &drawn.summary;
    let answer = |i| prediction.and_then(|known| known.answer(i));
    say("");
    say("Predicted and measured".ink(Ink::Strong));
    let rows = lesson.asks.iter().enumerate().map(|(i, ask)| {
        let measured = ask.measured(summary);
        let text = |value: Option<f64>, none: &str| {
            value.map_or(none.to_owned(), |v| display(v, ask.quantity))
        };
        vec![text(answer(i), "—"), text(measured, "not measured"), label(ask)]
    });
    let header = ["predicted", "measured", "of"];
    for line in plain_table(&header, rows, CellAlignment::Left) {
        say(format!("  {line}"));
    }
    match prediction.and_then(|known| known.score(lesson, summary)) {
        Some(score) => say(format!(
            "  You were off by a factor of {:.2} on average (score \
             {score:.2}; 0 is exact).",
            score.exp()
        )),
        None => say(format!(
            "  Predict before you look: {} predict {}",
            called(),
            lesson.number
        )
        .ink(Ink::Muted)),
    }
}

/// What was found, and the formula with the numbers put in.
fn explain(drawn: &Drawn) {
    say("");
    for (i, finding) in drawn.findings.iter().enumerate() {
        if i == 0 {
            say(finding.ink(Ink::Strong));
        } else {
            wrapped(finding, 2).iter().for_each(say);
        }
    }
    for missing in &drawn.missing {
        say(format!("  not drawn: {missing}").ink(Ink::Muted));
    }
}

/// The chart, the core, what to break, what to write, where to go.
fn go_on(lesson: &Lesson, source: Option<&Source>, drawn: &Drawn) {
    let number = lesson.number;
    let harness = called();
    say("");
    let page = drawn.page.display();
    copy(format!("The page:  {page}"));
    if let Some(chart) = &drawn.chart {
        copy(format!("The chart: {}", chart.display()));
    }
    if let Some(core) = source.and_then(Source::core) {
        copy(format!("The core:  {core}"));
    }
    if source.is_none() {
        say("Its core, wrong programs to break and exercises to write are in \
             the repository that this program was installed from: clone it, \
             and run this inside the clone.");
    }
    let traps = source.map(Source::traps).unwrap_or_default();
    if !traps.is_empty() {
        say("");
        say("Break it".ink(Ink::Strong));
    }
    list_traps(number, traps);
    let exercises = source.map(Source::exercises).unwrap_or_default();
    if !exercises.is_empty() {
        say("");
        say("Write it".ink(Ink::Strong));
    }
    for name in exercises {
        copy(format!("  {harness} check {number} {name}"));
    }
    say("");
    say(match lesson.next() {
        Some(next) => format!(
            "Next: {harness} lesson {}   {}",
            next.number, next.question
        ),
        None => format!(
            "That was the last lesson. Now a question of your own: {harness} \
             run -c 8,64 --delay 20ms"
        ),
    });
}
