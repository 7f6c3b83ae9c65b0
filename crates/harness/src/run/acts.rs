use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use measurement::environment::Run;
use measurement::record::Trial;
use report::Drawn;

use super::conclude::conclude;
use super::end::End;
use super::leave::{Left, leave};
use super::options::RunOptions;
use super::plan::Plan;
use super::session::{Opening, Session};
use super::{book, capacity, memory, no_waits, sweep, uneven};
use crate::interrupt::Interrupt;
use crate::limits::Room;
use crate::strategies;
use crate::terminal::{Ink, Paint, note, say, wrapped};
use crate::trial::LANES;

/// A run that has left something.
pub(super) struct Done {
    pub(super) run: Run,
    pub(super) drawn: Drawn,
    /// Whether Ctrl-C ended it early.
    pub(super) stopped: bool,
}

/// Runs the acts, one after the other; each prints its answer. Ctrl-C in any
/// of them keeps what was measured and draws it; none if that is nothing.
pub(super) fn once(
    options: &RunOptions,
    plan: &Plan,
    seed: Option<u64>,
    interrupt: &Interrupt,
) -> Result<Option<Done>> {
    let mut strategies = strategies::all_names();
    strategies.extend(LANES.iter().map(|lane| lane.way.id));
    let opening = Opening {
        reports: &options.reports,
        command: &options.command,
        seed,
        rounds: plan.most_rounds(),
        lesson: None,
        strategies,
    };
    let mut session = Session::begin(&opening, interrupt)?;
    announce(plan);
    let mut trials = Vec::new();
    let acted = acts(&mut session, plan, &mut trials);
    let Left { drawn: Some(drawn), stopped } = leave(&mut session, acted)?
    else {
        return Ok(None);
    };
    conclude(&drawn);
    Ok(Some(Done { run: session.run().clone(), drawn, stopped }))
}

pub(super) fn open_page(page: &Path) {
    if let Err(error) = open::that_detached(page) {
        note(format!("cannot open the page: {error}"));
    }
}

/// An act without cells is passed over. `trials` are those of all acts so far.
fn acts(
    session: &mut Session<'_>,
    plan: &Plan,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    book::act(session, &plan.book, trials)?;
    uneven::act(session, &plan.uneven, trials)?;
    no_waits::act(session, &plan.no_waits, trials)?;
    sweep::act(session, &plan.sweep, trials)?;
    memory::act(session, &plan.memory, trials)?;
    capacity::act(session, &plan.capacity, trials)
}

/// From so many in flight on it is said beforehand what they take.
const MANY: usize = 1000;

fn announce(plan: &Plan) {
    say_how_long(plan.predicted());
    let (most, threads) = plan.most_in_flight();
    if most >= MANY {
        for line in wrapped(&Room::now().announced(most, threads), 0) {
            say(line.ink(Ink::Muted));
        }
    }
    note_left_out(&plan.left_out);
    say("");
}

/// Said before anything long.
pub(super) fn say_how_long(predicted: Duration) {
    let about = about(predicted);
    say(format!(
        "This takes about {about}; Ctrl-C at any time draws what there is."
    )
    .ink(Ink::Muted));
}

/// About how long, as people say it.
pub(super) fn about(time: Duration) -> String {
    match time.as_secs_f64() {
        s if s < 90.0 => format!("{:.0} s", s.max(1.0)),
        s => format!("{:.0} minutes", (s / 60.0).ceil()),
    }
}

/// Which levels this system has too few open files for.
pub(super) fn note_left_out(levels: &[usize]) {
    if levels.is_empty() {
        return;
    }
    let levels: Vec<String> = levels.iter().map(ToString::to_string).collect();
    note(format!(
        "left out: {} in flight at once; this system allows too few open \
         files (`ulimit -n`)",
        levels.join(", ")
    ));
}
