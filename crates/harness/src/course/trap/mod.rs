//! `harness lesson N --trap NAME`: a wrong program beside the right one, on
//! the same URLs: the same answers, another picture.

mod case;
mod list;
mod tell;

pub(super) use list::list_traps;

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow};
use measurement::course::Lesson;

use super::header::Header;
use super::program::{Performance, build, perform};
use super::source::Source;
use crate::child::Server;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::run::can_be_measured;
use crate::terminal::note;
use crate::usage::usage;
use case::Case;

/// Runs the wrong program of that name beside the lesson's own; without a
/// name, lists what there is.
///
/// # Errors
///
/// If there is no such trap, or the programs cannot be built or run.
pub fn trap(lesson: &Lesson, name: &str) -> Result<ExitCode> {
    can_be_measured(lesson)?;
    let source = Source::needed(lesson)?;
    if name.is_empty() {
        list_traps(lesson.number, source.traps());
        return Ok(ExitCode::SUCCESS);
    }
    let name = known(lesson, &source, name)?;
    let file = format!("examples/wrong_{name}.rs");
    let text = fs::read_to_string(source.path(&file))
        .with_context(|| format!("cannot read {}", source.file(&file)))?;
    let header = Header::parse(&text)
        .map_err(|why| anyhow!("{}: {why}", source.file(&file)))?;
    let right = format!("lesson-{:02}", lesson.number);
    let wrong = format!("wrong_{name}");
    let interrupt = Interrupt::install(|| ())?;
    let programs = [right.as_str(), &wrong];
    let built =
        build(source.root(), &lesson.package(), &programs, None, &interrupt)?;
    let case = Case::of(&name);
    let server = Server::start(&interrupt)?;
    let run = |program| -> Result<Performance> {
        let urls = case.urls(server.address());
        perform(program, &urls, &server, &case.plan(), &interrupt)
    };
    let both = || -> Result<_> {
        let right = case.beside().then(|| run(&built[0])).transpose()?;
        Ok((right, run(&built[1])?))
    };
    let (right_seen, wrong_seen) = match both() {
        Err(_) if interrupt.raised() => {
            note("stopped");
            return Ok(INTERRUPTED.into());
        }
        both => both?,
    };
    tell::tell(&tell::Told {
        lesson: lesson.number,
        header: &header,
        right: right_seen.as_ref().map(|seen| (right.as_str(), seen)),
        wrong: (&wrong, &wrong_seen),
        asked: case.count(),
        file: source.file(&file),
        interrupt: &interrupt,
    });
    Ok(ExitCode::SUCCESS)
}

/// The name of a trap of this lesson, as its file spells it.
fn known(lesson: &Lesson, source: &Source, name: &str) -> Result<String> {
    let spelled = name.replace('-', "_");
    let asked = spelled.strip_prefix("wrong_").unwrap_or(&spelled);
    let names: Vec<String> =
        source.traps().into_iter().map(|(name, _)| name).collect();
    if names.iter().any(|known| known == asked) {
        return Ok(asked.to_owned());
    }
    Err(usage(format!(
        "lesson {} has no trap `{name}`; it has {}",
        lesson.number,
        names.join(", ")
    )))
}
