//! Act 1: the book's six URLs.

use measurement::quantity::seconds;
use measurement::record::{Act, Outcome, Trial};
use measurement::waits::{
    BOOK_SEQUENTIAL, BOOK_STATUSES, BOOK_THREADS, BOOK_WAIT,
};
use measurement::ways;
use safe_text::terminal::printable;

use super::end::End;
use super::plan::Rounds;
use super::session::Session;
use super::so_far;
use crate::duration::display;
use crate::terminal::{Ink, Paint, bar, say};
use crate::trial::{LANES, find_python};

/// What the book measured, ns.
const BOOK: [(&str, u64); 2] = [
    ("the book · one after another", BOOK_SEQUENTIAL),
    ("the book · threads", BOOK_THREADS),
];

/// Columns for a name, and for the longest bar.
const NAME: usize = 28;
const BAR: usize = 18;

pub(super) fn act(
    session: &mut Session<'_>,
    book: &Rounds,
    trials: &mut Vec<Trial>,
) -> Result<(), End> {
    let Some(any) = book.cells.first() else { return Ok(()) };
    say("Six pings, as in the book".ink(Ink::Strong));
    say(format!(
        "  the server waits {} before each answer",
        display(BOOK_WAIT as f64)
    ));
    say("");
    // In the order of the lessons, and not in rounds: each is printed as it
    // ends, to be read from the top.
    for (order, cell) in (0..).zip(&book.cells) {
        let trial = session.trial(cell, 0, order)?;
        if order == 0 {
            print_answers(&trial, &session.address());
        }
        print_row(&trial, Ink::Strategy(cell.strategy.way.kin));
        trials.push(trial);
    }
    if let Some(python) = find_python(session.interrupt()) {
        for lane in LANES {
            let order = trials.len() as u32;
            let trial = session.python(any, lane, python, order)?;
            print_row(&trial, Ink::Muted);
            trials.push(trial);
        }
    }
    for (name, took_ns) in BOOK {
        let line = row(name, took_ns as f64, "over the internet");
        say(line.ink(Ink::Muted));
    }
    if let Some(batch) = so_far(trials).of_act(Act::Book).next() {
        say("");
        say(charts::finding_book(batch).ink(Ink::Strong));
    }
    Ok(())
}

/// A line per URL, once: every strategy gets the same answers.
fn print_answers(trial: &Trial, address: &str) {
    let Outcome::Measured(measured) = &trial.outcome else { return };
    let samples = &measured.samples;
    for (i, status) in samples.status.iter().enumerate() {
        let asked = trial.spec.status_of(i);
        let answer = match status {
            Some(status) => {
                format!("{status} {}", test_server::reason(*status))
            }
            None => "no answer".to_owned(),
        };
        let took = samples.end_ns[i].saturating_sub(samples.start_ns[i]);
        say(format!(
            "  http://{address}/{asked}  {answer:<26} {:>9}",
            display(took as f64)
        ));
    }
    say("");
}

fn print_row(trial: &Trial, ink: Ink) {
    let name = ways::name(&trial.spec.strategy);
    let line = match &trial.outcome {
        Outcome::Failed { reason } => {
            let line = format!("  {name:<NAME$} failed: {reason}");
            printable(&line).ink(Ink::Wrong)
        }
        Outcome::Measured(measured) => {
            let seen = format!(
                "server saw {} at once",
                measured.server.peak_in_flight
            );
            row(name, measured.makespan_ns as f64, &seen).ink(ink)
        }
    };
    say(line);
}

/// The bars are to the scale of the slowest: six waits in turn.
fn row(name: &str, ns: f64, beside: &str) -> String {
    let full = BOOK_WAIT as f64 * BOOK_STATUSES.len() as f64;
    let bar = bar(ns, full, BAR);
    format!("  {name:<NAME$} {} {bar:<BAR$}  {beside}", seconds(ns))
}
