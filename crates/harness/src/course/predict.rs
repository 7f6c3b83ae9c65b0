use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use measurement::SCHEMA_VERSION;
use measurement::course::prediction::Prediction;
use measurement::course::{Ask, Lesson};

use super::ledger::Ledger;
use super::quantity::{display, parse};
use crate::called::called;
use crate::cli::PredictArgs;
use crate::clock::utc_now;
use crate::terminal::{
    Ink, Paint, ask as ask_for, attended, copy, say, wrapped,
};
use crate::usage::usage;

/// `harness predict N`: asks for the numbers of a lesson before any run may
/// show one, and keeps them.
///
/// # Errors
///
/// If an answer cannot be understood, or they cannot be kept.
pub fn predict(args: &PredictArgs) -> Result<ExitCode> {
    let lesson = args.lesson;
    let mut ledger = Ledger::open(&args.reports)?;
    let answers = if !args.answers.is_empty() {
        given(lesson, &args.answers)?
    } else if attended() {
        // Whoever answers is not to lose it.
        ledger.prove_writable()?;
        announce(lesson);
        match asked(lesson)? {
            Some(answers) => answers,
            None => return Ok(ExitCode::SUCCESS),
        }
    } else {
        list(lesson);
        return Ok(ExitCode::SUCCESS);
    };
    let prediction = made(lesson, answers);
    show(lesson, &prediction);
    ledger.keep(prediction)?;
    say("");
    say(format!("Now see: {} lesson {}", called(), lesson.number));
    Ok(ExitCode::SUCCESS)
}

/// What the reader predicted of a lesson that is about to run: what stands in
/// the ledger, or what is answered now. None where nobody can be asked, or
/// nobody answers.
///
/// # Errors
///
/// If the ledger cannot be read or written.
pub(super) fn before(
    lesson: &Lesson,
    ledger: &mut Ledger,
    skip: bool,
) -> Result<Option<Prediction>> {
    if let Some(known) = ledger.of(lesson.number) {
        say(format!(
            "Your prediction of {} (`predict {}` makes another):",
            known.made_utc.get(..10).unwrap_or("an earlier day"),
            lesson.number
        ));
        show(lesson, known);
        return Ok(Some(known.clone()));
    }
    if skip || !attended() {
        return Ok(None);
    }
    ledger.prove_writable()?;
    announce(lesson);
    let Some(answers) = asked(lesson)? else { return Ok(None) };
    let prediction = made(lesson, answers);
    ledger.keep(prediction.clone())?;
    Ok(Some(prediction))
}

fn announce(lesson: &Lesson) {
    say("Predict first".ink(Ink::Strong));
    say(format!(
        "  {} questions. A wrong number teaches most; Enter passes, Ctrl-D \
         skips them all.",
        lesson.asks.len()
    ));
}

/// Asks every question; none if the input ends first or nothing is answered.
fn asked(lesson: &Lesson) -> Result<Option<Vec<Option<f64>>>> {
    let mut answers = Vec::new();
    for ask in lesson.asks {
        say("");
        for line in wrapped(ask.words, 2) {
            say(line);
        }
        match answer(ask)? {
            Some(answer) => answers.push(answer),
            None => {
                say("");
                return Ok(None);
            }
        }
    }
    say("");
    Ok(answers.iter().any(Option::is_some).then_some(answers))
}

/// One answer, asked for until it can be understood; `Some(None)` if the
/// reader passes, and none at the end of the input.
fn answer(ask: &Ask) -> Result<Option<Option<f64>>> {
    loop {
        ask_for("  > ");
        let mut line = String::new();
        let length = io::stdin().read_line(&mut line);
        if length.context("cannot read your answer")? == 0 {
            return Ok(None);
        }
        if line.trim().is_empty() {
            return Ok(Some(None));
        }
        match parse(line.trim(), ask.quantity) {
            Ok(value) => return Ok(Some(Some(value))),
            Err(why) => say(format!("  {why}").ink(Ink::Wrong)),
        }
    }
}

/// The answers on the command line; `-` passes.
fn given(lesson: &Lesson, answers: &[String]) -> Result<Vec<Option<f64>>> {
    let expected = lesson.asks.len();
    if answers.len() != expected {
        return Err(usage(format!(
            "lesson {} asks {expected} questions and {} answers were given; \
             each is one word, such as `600ms`, and `-` passes one. `predict {}` \
             in a pipe lists them",
            lesson.number,
            answers.len(),
            lesson.number
        )));
    }
    let both = lesson.asks.iter().zip(answers);
    both.map(|(ask, text)| match text.as_str() {
        "-" => Ok(None),
        text => parse(text, ask.quantity).map(Some).map_err(|why| {
            usage(format!("`{text}` does not answer “{}”: {why}", ask.words))
        }),
    })
    .collect()
}

fn made(lesson: &Lesson, answers: Vec<Option<f64>>) -> Prediction {
    Prediction {
        schema_version: SCHEMA_VERSION,
        lesson: lesson.number,
        made_utc: utc_now(),
        answers,
    }
}

fn show(lesson: &Lesson, prediction: &Prediction) {
    for (i, ask) in lesson.asks.iter().enumerate() {
        let answer = match prediction.answer(i) {
            Some(value) => display(value, ask.quantity),
            None => "passed".to_owned(),
        };
        say(format!("  {answer:>9}  {}", ask.words));
    }
}

/// The questions, for somebody who cannot be asked.
fn list(lesson: &Lesson) {
    for ask in lesson.asks {
        say(ask.words);
    }
    say("");
    say("Answer in a terminal, or all at once in this order:");
    copy(format!("  {} predict {} ANSWER ANSWER …", called(), lesson.number));
}
