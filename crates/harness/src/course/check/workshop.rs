//! Where the exercises are, and where their programs are built and run.

use std::path::{Path, PathBuf};

use anyhow::Result;
use measurement::course::Lesson;

use super::exercise::Exercise;
use crate::child::Server;
use crate::course::program::{Performance, build};
use crate::course::source::Source;
use crate::interrupt::Interrupt;
use crate::terminal::{Ink, Paint, say};

/// The cargo feature without which no exercise is built.
const FEATURE: &str = "exercises";

/// Where the exercises of a lesson are.
pub(super) struct Place {
    pub(super) source: Source,
    package: String,
}

impl Place {
    pub(super) fn of(lesson: &Lesson) -> Result<Place> {
        let source = Source::needed(lesson)?;
        Ok(Place { source, package: lesson.package() })
    }

    pub(super) fn folder(&self, exercise: &Exercise) -> PathBuf {
        self.source.path("exercises").join(exercise.name)
    }

    pub(super) fn name(&self, exercise: &Exercise, file: &str) -> String {
        self.source.file(&format!("exercises/{}/{file}", exercise.name))
    }
}

/// Whose program is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The one that the reader edits.
    Readers,
    /// Our solution.
    Ours,
}

impl Whose {
    pub(super) fn file(self) -> &'static str {
        match self {
            Whose::Readers => "exercise.rs",
            Whose::Ours => "solution.rs",
        }
    }

    pub(super) fn program(self, exercise: &Exercise) -> String {
        match self {
            Whose::Readers => exercise.name.to_owned(),
            Whose::Ours => format!("{}_solution", exercise.name),
        }
    }
}

/// Where programs are built and run.
pub(super) struct Workshop {
    server: Server,
    pub(super) interrupt: Interrupt,
}

impl Workshop {
    pub(super) fn open() -> Result<Workshop> {
        let interrupt = Interrupt::install(|| ())?;
        Ok(Workshop { server: Server::start(&interrupt)?, interrupt })
    }

    /// Builds a program, and runs it on what the exercise gives.
    pub(super) fn perform(
        &self,
        exercise: &Exercise,
        whose: Whose,
        place: &Place,
    ) -> Result<Performance> {
        let root = place.source.root();
        let name = whose.program(exercise);
        let names = [name.as_str()];
        let built = build(
            root,
            &place.package,
            &names,
            Some(FEATURE),
            &self.interrupt,
        )?;
        self.run(exercise, &built[0])
    }

    /// Runs a program on what the exercise gives.
    pub(super) fn run(
        &self,
        exercise: &Exercise,
        program: &Path,
    ) -> Result<Performance> {
        let seen = exercise.run(program, &self.server, &self.interrupt)?;
        for line in &seen.complaints {
            say(format!("  {line}").ink(Ink::Muted));
        }
        Ok(seen)
    }
}
