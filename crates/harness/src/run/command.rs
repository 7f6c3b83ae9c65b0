//! `harness run`, once or as often as was asked for.

use std::process::ExitCode;

use anyhow::Result;

use super::acts::{Done, once, open_page};
use super::leave::{exit_code, interrupt};
use super::options::RunOptions;
use super::plan::Plan;
use super::repeat::repeat;
use crate::interrupt::INTERRUPTED;
use crate::limits;

/// Runs the acts, once or as often as was asked for.
pub fn run(options: &RunOptions) -> Result<ExitCode> {
    let interrupt = interrupt()?;
    let plan = Plan::of(options, limits::most_in_flight());
    if let Some(runs) = options.repeat {
        return repeat(options, &plan, runs, &interrupt);
    }
    let Some(Done { drawn, stopped, .. }) =
        once(options, &plan, options.seed, &interrupt)?
    else {
        return Ok(ExitCode::from(INTERRUPTED));
    };
    if options.open {
        open_page(&drawn.page);
    }
    Ok(exit_code(&drawn, stopped))
}
