use std::collections::BTreeMap;

use comfy_table::CellAlignment;

use super::Header;
use crate::course::printed::printed;
use crate::course::program::{Ended, Performance};
use crate::report::plain_table;
use crate::terminal::{Ink, Paint, Panel, lanes, say, width, wrapped};
use crate::witness::panel;

/// What is told of a trap.
pub(super) struct Told<'a> {
    pub(super) lesson: u8,
    pub(super) header: &'a Header,
    /// The right program's name and what it did; none for a trap that stands
    /// alone.
    pub(super) right: Option<(&'a str, &'a Performance)>,
    pub(super) wrong: (&'a str, &'a Performance),
    /// How many pings each was given.
    pub(super) asked: usize,
    /// The wrong program's file.
    pub(super) file: String,
}

pub(super) fn tell(told: &Told<'_>) {
    let Told { lesson, header, file, .. } = told;
    say(format!("Trap of lesson {lesson}: {}", header.title).ink(Ink::Strong));
    paragraph("Learners think", &header.think);
    match told.right {
        Some(right) => side_by_side(right, told.wrong, told.asked),
        None => alone(told.wrong.1),
    }
    paragraph("Symptom.", &header.symptom);
    paragraph("Why.", &header.why);
    paragraph("Fix.", &header.fix);
    paragraph("In the lesson.", &header.in_the_lesson);
    say("");
    say(format!("Mend it and run this again: {file}"));
}

fn paragraph(head: &str, text: &str) {
    say("");
    for line in wrapped(&format!("{head} {text}"), 0) {
        // The head is the first thing of the first line.
        say(match line.strip_prefix(head) {
            Some(rest) => head.ink(Ink::Strong) + rest,
            None => line,
        });
    }
}

fn side_by_side(
    right: (&str, &Performance),
    wrong: (&str, &Performance),
    asked: usize,
) {
    say("");
    for (side, (_, seen)) in [("right", right), ("wrong", wrong)] {
        say(format!("  {side}: {}", answers(seen, asked)));
    }
    complaints(wrong.1);
    let panels: Vec<Panel> = [right, wrong]
        .into_iter()
        .filter(|(_, seen)| seen.witness.requests > 0)
        .map(|(name, seen)| panel(&seen.witness, name))
        .collect();
    say("");
    say("  In flight at the server:");
    for line in lanes(&panels, width() - 4) {
        say(format!("  {line}"));
    }
    say("");
    let header = ["the server saw", "right", "wrong"];
    let rows = differences(right.1, wrong.1);
    for line in plain_table(&header, rows.into_iter(), CellAlignment::Right) {
        say(format!("  {line}"));
    }
}

/// What a program printed of its pings, counted, and how it ended.
fn answers(seen: &Performance, asked: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let pings = printed(seen);
    for ping in &pings {
        *counts.entry(ping.outcome).or_default() += 1;
    }
    let counts: Vec<String> = counts
        .into_iter()
        .map(|(outcome, count)| format!("{count} × {outcome}"))
        .collect();
    let ended = match seen.ended {
        Ended::Well => "",
        Ended::Badly => "; it ended with an error",
        Ended::Hung => "; it hung until the watchdog ended it",
    };
    let what = match counts.is_empty() {
        true => String::new(),
        false => format!(": {}", counts.join(", ")),
    };
    format!("{asked} URLs, {} results{what}{ended}", pings.len())
}

/// The most lines of complaint that are shown.
const COMPLAINTS: usize = 4;

fn complaints(seen: &Performance) {
    let lines = &seen.complaints;
    for line in lines.iter().take(COMPLAINTS) {
        say(format!("    {line}").ink(Ink::Muted));
    }
    if let Some(more @ 1..) = lines.len().checked_sub(COMPLAINTS) {
        say(format!("    and {more} lines more").ink(Ink::Muted));
    }
}

/// What counts differ, and those that always matter.
fn differences(right: &Performance, wrong: &Performance) -> Vec<Vec<String>> {
    let threads = |seen: &Performance| seen.threads.unwrap_or(0);
    let (r, w) = (&right.witness, &wrong.witness);
    let all = [
        ("requests", r.requests, w.requests),
        ("peak in flight", r.peak_in_flight, w.peak_in_flight),
        ("connections", r.connections, w.connections),
        ("answered", r.done, w.done),
        ("given up", r.aborted, w.aborted),
        (
            "threads (not the server, the system)",
            threads(right),
            threads(wrong),
        ),
    ];
    let rows = all.into_iter().enumerate();
    rows.filter(|(i, (_, right, wrong))| *i < 2 || right != wrong)
        .map(|(_, (what, right, wrong))| {
            vec![what.to_owned(), right.to_string(), wrong.to_string()]
        })
        .collect()
}

/// A trap with a server of its own tells its story itself.
fn alone(seen: &Performance) {
    say("");
    for line in &seen.lines {
        say(format!("  {line}"));
    }
    complaints(seen);
}
