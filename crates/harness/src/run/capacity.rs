//! How far each way goes: more and more in flight, until something ends it.

use comfy_table::CellAlignment;
use measurement::capacity::{HOLD, is_worth};
use measurement::order::shuffled;
use measurement::record::Trial;
use measurement::summary::Summary;
use report::capacity::{header, rows};
use safe_text::terminal::printable;

use super::cell::Cell;
use super::end::End;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::duration::display;
use crate::limits::Room;
use crate::terminal::{Ink, Paint, Progress, plain_table, say, wrapped};

pub(super) fn act(
    session: &mut Session<'_>,
    rounds: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    let Some(first) = rounds.cells.first() else { return Ok(()) };
    let hold = first.waits.list().into_iter().max().unwrap_or(HOLD);
    say("");
    say("Capacity: how many in flight, and what does each cost?"
        .ink(Ink::Strong));
    say(format!(
        "  the server holds each ping for {}, so that all are in flight at once",
        display(hold as f64)
    ));
    say(
        "  KiB and CPU are for each ping; cold is with no connection open before",
    );
    let progress = Progress::lasting(rounds.predicted(), "capacity");
    for round in 0..rounds.rounds {
        let mut order = 0;
        for level in levels(&rounds.between(round)) {
            let seed = session.run().seed ^ level[0].level as u64;
            for i in shuffled(level.len(), seed, round) {
                let cell = &level[i];
                if let Some(trial) = one(session, cell, (round, order), trials)?
                {
                    trials.push(trial);
                    order += 1;
                }
                progress.done(cell.predicted());
            }
        }
        if rounds.rounds > 1 {
            progress.say(&format!("round {} of {}", round + 1, rounds.rounds));
        }
    }
    drop(progress);
    tell(&so_far(trials));
    Ok(())
}

/// The cells of each level, the lowest first, warm before cold: who ended at
/// one is not asked for more.
fn levels(cells: &[Cell]) -> Vec<Vec<Cell>> {
    let mut cells = cells.to_vec();
    cells.sort_by_key(|cell| (cell.level, cell.act));
    let same = |a: &Cell, b: &Cell| (a.level, a.act) == (b.level, b.act);
    cells.chunk_by(same).map(<[Cell]>::to_vec).collect()
}

/// The trial of a cell; none if it is not worth its time.
fn one(
    session: &mut Session<'_>,
    cell: &Cell,
    (round, order): (u32, u32),
    done: &[Trial],
) -> Result<Option<Trial>, End> {
    let way = &cell.strategy.way;
    if !is_worth(done, (cell.act, way.id, cell.level), round) {
        return Ok(None);
    }
    if let Some(why) = Room::now().refusal(way, cell.level) {
        return session.refused(cell, round, order, why).map(Some);
    }
    // With a server of its own no port is taken by the trial before.
    session.new_round()?;
    session.trial(cell, round, order).map(Some)
}

fn tell(summary: &Summary) {
    say("");
    let header = header();
    let table =
        plain_table(&header, rows(&summary.capacity), CellAlignment::Right);
    for line in table {
        say(format!("  {line}"));
    }
    let ends = charts::capacity_ends(summary);
    if !ends.is_empty() {
        say("");
    }
    for end in ends {
        for line in wrapped(&format!("{}.", printable(&end)), 2) {
            say(line);
        }
    }
}
