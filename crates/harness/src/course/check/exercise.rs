use std::path::Path;

use anyhow::Result;
use measurement::waits::Plan;

use crate::child::Server;
use crate::course::program::{Ended, Performance, perform};
use crate::interrupt::Interrupt;

/// A small program for the reader to mend, and what decides whether it is.
#[derive(Debug, Clone, Copy)]
pub struct Exercise {
    /// The lesson that it belongs to.
    pub lesson: u8,
    /// The folder's name in the lesson's `exercises/`, and the cargo
    /// example's.
    pub name: &'static str,
    /// What was seen of a program that passes, as the proof that it does what
    /// was asked for.
    pub proof: &'static str,
    /// What the program is run on.
    pub given: fn() -> Given,
    /// What was seen of it, beside what should have been seen.
    pub judge: fn(&Performance) -> Vec<Finding>,
}

/// What a program is run on.
#[derive(Debug, Clone)]
pub struct Given {
    /// Paths of the server, or whole URLs that lead elsewhere.
    pub paths: Vec<String>,
    /// How long the server waits.
    pub plan: Plan,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub what: &'static str,
    /// What was seen.
    pub saw: String,
    /// What should have been seen.
    pub should: String,
    /// Whether it was.
    pub holds: bool,
}

impl Given {
    /// So many requests, numbered from 0, each of which waits this long.
    pub(super) fn numbered(count: usize, wait_ms: u64) -> Given {
        Given {
            paths: (0..count).map(|seq| format!("/200?seq={seq}")).collect(),
            plan: Plan::waiting(vec![wait_ms * 1_000_000]),
        }
    }
}

impl Finding {
    /// That this is exactly that.
    #[expect(clippy::needless_pass_by_value, reason = "reads better in tables")]
    pub(super) fn exactly<T: PartialEq + ToString>(
        what: &'static str,
        saw: T,
        should: T,
    ) -> Finding {
        let holds = saw == should;
        let (saw, should) = (saw.to_string(), should.to_string());
        Finding { what, saw, should, holds }
    }

    /// That this is at most that.
    pub(super) fn at_most(what: &'static str, saw: u64, most: u64) -> Finding {
        let should = format!("at most {most}");
        Finding { what, saw: saw.to_string(), should, holds: saw <= most }
    }
}

impl Exercise {
    /// Judges what a program did. Beyond what the exercise looks at, it must
    /// have come to a good end.
    pub fn findings(&self, performance: &Performance) -> Vec<Finding> {
        let mut findings = (self.judge)(performance);
        let end = match performance.ended {
            Ended::Well => "by itself",
            Ended::Badly => "with an error",
            Ended::Hung => "never: the watchdog ended it",
        };
        findings.push(Finding::exactly("it ended", end, "by itself"));
        findings
    }

    /// Runs `program` on what the exercise gives, before `server`.
    ///
    /// # Errors
    ///
    /// As for [`perform`].
    pub fn run(
        &self,
        program: &Path,
        server: &Server,
        interrupt: &Interrupt,
    ) -> Result<Performance> {
        let given = (self.given)();
        let url = |path: &String| match path.strip_prefix('/') {
            Some(_) => format!("http://{}{path}", server.address()),
            None => path.clone(),
        };
        let urls: Vec<String> = given.paths.iter().map(url).collect();
        perform(program, &urls, server, &given.plan, interrupt)
    }
}
