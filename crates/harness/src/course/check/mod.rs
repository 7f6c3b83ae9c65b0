//! `harness check N`: the reader's solution of an exercise, run before the
//! server, which decides.

mod exercise;
mod hedge;
mod lesson_01;
mod lesson_02;
mod lesson_03;
mod lesson_04;
mod lesson_05;
mod lesson_06;
mod lesson_07;
mod lesson_08;
mod lesson_09;
mod lesson_10;
mod lesson_11;
mod lesson_12;
mod reset;
mod retry_after;
mod workshop;

pub use exercise::{Exercise, Finding, Given};
pub use reset::HANDED_OUT;
use workshop::{Place, Whose, Workshop};

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use comfy_table::CellAlignment;
use measurement::course::Lesson;

use super::program::Performance;
use crate::called::called;
use crate::cli::CheckArgs;
use crate::interrupt::INTERRUPTED;
use crate::run::can_be_measured;
use crate::terminal::{
    Ink, Paint, lanes, note, plain_table, say, width, wrapped,
};
use crate::usage::usage;
use crate::witness::panel;

/// The exercises, lesson by lesson.
pub const EXERCISES: &[&[Exercise]] = &[
    lesson_01::ALL,
    lesson_02::ALL,
    lesson_03::ALL,
    lesson_04::ALL,
    lesson_05::ALL,
    lesson_06::ALL,
    lesson_07::ALL,
    lesson_08::ALL,
    lesson_09::ALL,
    lesson_10::ALL,
    lesson_11::ALL,
    lesson_12::ALL,
];

/// Checks every exercise of a lesson, or one of them more closely.
///
/// # Errors
///
/// If there is no such exercise, no checkout, or the program cannot be built.
pub fn check(args: &CheckArgs) -> Result<ExitCode> {
    let place = Place::of(args.lesson)?;
    let Some(name) = &args.name else {
        can_be_measured(args.lesson)?;
        return list(args.lesson, &place);
    };
    let exercise = find(args.lesson, name)?;
    let folder = place.folder(exercise);
    if args.reset {
        return reset::reset(exercise, &place, args.yes);
    }
    if args.hint {
        let hint = fs::read_to_string(folder.join("hint.md"));
        for line in wrapped(&hint.context("there is no hint")?, 0) {
            say(line);
        }
        return Ok(ExitCode::SUCCESS);
    }
    can_be_measured(args.lesson)?;
    let whose = if args.solution { Whose::Ours } else { Whose::Readers };
    let shop = Workshop::open()?;
    let seen = match &args.program {
        Some(program) => shop.run(exercise, program),
        None => shop.perform(exercise, whose, &place),
    };
    match seen {
        Err(_) if shop.interrupt.raised() => Ok(stopped()),
        seen => Ok(tell(exercise, whose, &place, &seen?)),
    }
}

fn stopped() -> ExitCode {
    note("stopped; nothing was decided");
    INTERRUPTED.into()
}

fn find(lesson: &Lesson, name: &str) -> Result<&'static Exercise> {
    let asked = name.replace('-', "_");
    let all = of(lesson);
    all.iter().find(|exercise| exercise.name == asked).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|e| e.name).collect();
        usage(format!(
            "lesson {} has no exercise `{name}`; it has {}",
            lesson.number,
            names.join(", ")
        ))
    })
}

fn of(lesson: &Lesson) -> &'static [Exercise] {
    let mut all = EXERCISES.iter().copied();
    all.find(|some| some.iter().any(|e| e.lesson == lesson.number))
        .unwrap_or_default()
}

fn tell(
    exercise: &Exercise,
    whose: Whose,
    place: &Place,
    seen: &Performance,
) -> ExitCode {
    let findings = exercise.findings(seen);
    let rows = findings.iter().map(|finding| {
        let mark = if finding.holds { "✓" } else { "✗" };
        let Finding { what, saw, should, .. } = finding;
        vec![format!("{mark} {what}"), saw.clone(), should.clone()]
    });
    let header = ["", "was seen", "should have been seen"];
    for line in plain_table(&header, rows, CellAlignment::Left) {
        say(format!("  {line}"));
    }
    say("");
    let (number, name) = (exercise.lesson, exercise.name);
    if findings.iter().all(|finding| finding.holds) {
        let ours = place.name(exercise, Whose::Ours.file());
        let solved = format!("Solved: {}.", exercise.proof);
        for line in wrapped(&solved, 0) {
            say(line.ink(Ink::Strong));
        }
        match whose {
            Whose::Readers => {
                say(format!("Compare it with ours: {ours}"));
            }
            Whose::Ours => say(format!("Our solution: {ours}")),
        }
        ExitCode::SUCCESS
    } else {
        if seen.witness.requests > 0 {
            say("  In flight at the server:");
            let panel = panel(&seen.witness, exercise.name);
            for line in lanes(&[panel], width() - 4) {
                say(format!("  {line}"));
            }
            say("");
        }
        say("Not yet.".ink(Ink::Wrong));
        say(format!(
            "Edit {} and run this again.",
            place.name(exercise, Whose::Readers.file())
        ));
        say(format!(
            "`check {number} {name} --hint` helps, `--reset` restores the file."
        ));
        ExitCode::FAILURE
    }
}

/// The exercises of a lesson: what each asks for, and how far the reader is.
fn list(lesson: &Lesson, place: &Place) -> Result<ExitCode> {
    let shop = Workshop::open()?;
    let mut solved = true;
    for exercise in of(lesson) {
        let state = match shop.perform(exercise, Whose::Readers, place) {
            Ok(seen) => open(&exercise.findings(&seen)),
            Err(_) if shop.interrupt.raised() => return Ok(stopped()),
            Err(error) => Some(format!("{error:#}")),
        };
        let name = exercise.name;
        solved &= state.is_none();
        say(match state {
            None => format!("✓ {name}: solved").ink(Ink::Strong),
            Some(open) => format!("✗ {name}: {open}").ink(Ink::Strong),
        });
        let text = fs::read_to_string(
            place.folder(exercise).join(Whose::Readers.file()),
        );
        for line in wrapped(&task(&text.unwrap_or_default()), 2) {
            say(line);
        }
        say(format!("  {}", place.name(exercise, Whose::Readers.file())));
        say(format!("  {} check {} {name}", called(), exercise.lesson));
        say("");
    }
    Ok(if solved { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The first thing that is not as it should be.
fn open(findings: &[Finding]) -> Option<String> {
    let mut findings = findings.iter();
    let Finding { what, saw, should, .. } = findings.find(|f| !f.holds)?;
    Some(format!("{what}: {saw}, should be {should}"))
}

/// What the head of an exercise's file asks for: its first paragraph below
/// the title.
pub fn task(text: &str) -> String {
    let head = text.lines().map_while(|line| line.strip_prefix("//!"));
    let lines = head.skip(1).map(str::trim);
    let paragraph = lines.skip_while(|line| line.is_empty());
    let paragraph = paragraph.take_while(|line| !line.is_empty());
    paragraph.collect::<Vec<_>>().join(" ")
}
