use std::collections::BTreeMap;

use comfy_table::CellAlignment;

use crate::course::header::Header;
use crate::course::printed::printed;
use crate::course::program::{Ended, Performance};
use crate::interrupt::Interrupt;
use crate::terminal::{
    Ink, Paint, Panel, lanes, pause, plain_table, say, width, wrapped,
};
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
    pub(super) interrupt: &'a Interrupt,
}

pub(super) fn tell(told: &Told<'_>) {
    let Told { lesson, header, file, .. } = told;
    say(format!("Trap of lesson {lesson}: {}", header.title).ink(Ink::Strong));
    paragraph("Learners think that", &header.think);
    performances(told);
    pause("Why? Say it aloud, then press Enter.", told.interrupt);
    paragraph("Symptom.", &header.symptom);
    paragraph("Where.", &header.place);
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

fn performances(told: &Told<'_>) {
    let named = told.right.map(|right| ("right", right));
    let all: Vec<_> =
        named.into_iter().chain([("wrong", told.wrong)]).collect();
    say("");
    for (side, (_, seen)) in all.iter().filter(|_| told.asked > 0) {
        say(format!("  {side}: {}", answers(seen, told.asked)));
    }
    let other = told.wrong.1.lines.iter().filter(|l| !l.starts_with("http"));
    let other: Vec<_> = other.chain(&told.wrong.1.complaints).collect();
    for line in other.iter().take(COMPLAINTS) {
        say(format!("    {line}").ink(Ink::Muted));
    }
    if other.len() > COMPLAINTS {
        let more = other.len() - COMPLAINTS;
        say(format!("    … and {more} more").ink(Ink::Muted));
    }
    let panels: Vec<Panel> = all
        .iter()
        .filter(|(_, (_, seen))| seen.witness.requests > 0)
        .map(|(_, (name, seen))| panel(&seen.witness, name))
        .collect();
    if !panels.is_empty() {
        say("");
        say("  In flight at the server:");
    }
    for line in lanes(&panels, width() - 4) {
        say(format!("  {line}"));
    }
    if told.asked > 0 {
        counts(told.right.map(|(_, seen)| seen), told.wrong.1);
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
    let results = if pings.len() == 1 { "result" } else { "results" };
    format!("{asked} URLs, {} {results}{what}{ended}", pings.len())
}

/// The most lines that are shown of what a program says besides its pings.
const COMPLAINTS: usize = 8;

/// What counts differ, and those that always matter.
fn counts(right: Option<&Performance>, wrong: &Performance) {
    let of = |seen: &Performance| {
        let server = &seen.witness;
        [
            ("requests", server.requests),
            ("answered", server.done),
            ("peak in flight", server.peak_in_flight),
            ("connections", server.connections),
            ("given up", server.aborted),
            ("threads, most at once", seen.threads.unwrap_or(0)),
        ]
    };
    let all: Vec<_> = right.into_iter().chain([wrong]).map(of).collect();
    let differ =
        |i: &usize| *i < 3 || all.len() < 2 || all[0][*i].1 != all[1][*i].1;
    let rows = (0..all[0].len()).filter(differ).map(|i| {
        let counts = all.iter().map(|counts| counts[i].1.to_string());
        std::iter::once(all[0][i].0.to_owned()).chain(counts).collect()
    });
    let header: &[&str] = match right {
        Some(_) => &["the server saw", "right", "wrong"],
        None => &["the server saw", "wrong"],
    };
    say("");
    for line in plain_table(header, rows, CellAlignment::Right) {
        say(format!("  {line}"));
    }
}
