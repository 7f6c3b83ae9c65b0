//! How every run is stopped, and what it leaves.

use std::process::ExitCode;

use anyhow::Result;
use measurement::environment::Ended;
use report::{Drawn, draw, trust};

use super::end::End;
use super::session::Session;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::terminal::note;

/// What a run has left.
#[derive(Debug)]
pub struct Left {
    /// What was drawn; none if it was stopped before anything was measured.
    pub drawn: Option<Drawn>,
    /// Whether Ctrl-C ended it early.
    pub stopped: bool,
}

/// From now on Ctrl-C stops the run, and says so.
pub(super) fn interrupt() -> Result<Interrupt> {
    Interrupt::install(|| {
        note("stopping; what was measured is kept (Ctrl-C again: at once)");
    })
}

/// Draws what was measured, or discards the folder if nothing was.
///
/// # Errors
///
/// What broke the run, or else what could not be drawn of it.
pub(super) fn leave(
    session: &mut Session<'_>,
    acted: Result<(), End>,
) -> Result<Left> {
    let stopped = matches!(acted, Err(End::Stopped(_)));
    let broken = match acted {
        Err(End::Broken(error)) => Some(error),
        Err(End::GaveUp(why)) => {
            note(why);
            None
        }
        _ => None,
    };
    let folder = session.folder();
    if session.trials() == 0 {
        folder.discard();
        if stopped {
            note("nothing was measured yet, so there is nothing to keep");
        }
        return broken.map_or(Ok(Left { drawn: None, stopped }), Err);
    }
    let how = match (stopped, &broken) {
        (true, _) => Ended::Stopped,
        (false, Some(_)) => Ended::Broken,
        (false, None) => Ended::Finished,
    };
    let closed = session.close(how);
    let drawn = closed.and_then(|()| draw(session.folder(), session.run()));
    // A table that could not be written does not take the page away.
    let page = session.folder().path().join("index.html");
    let is_there = page.is_file();
    #[cfg(unix)]
    if is_there && let Err(error) = report::mark_latest(session.folder().path())
    {
        note(format!("note: {error:#}"));
    }
    if is_there && (broken.is_some() || drawn.is_err()) {
        let page = page.display();
        note(format!("what was measured until then is in {page}"));
    }
    if let Some(error) = broken {
        // What broke the run matters more than what could not be drawn of it.
        return Err(error);
    }
    Ok(Left { drawn: Some(drawn?), stopped })
}

/// How the program ends after a run that left something.
pub fn exit_code(drawn: &Drawn, stopped: bool) -> ExitCode {
    match (stopped, trust::holds(&drawn.summary.trust)) {
        (true, _) => ExitCode::from(INTERRUPTED),
        (false, true) => ExitCode::SUCCESS,
        (false, false) => ExitCode::FAILURE,
    }
}
