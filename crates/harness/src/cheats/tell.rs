use comfy_table::CellAlignment;
use measurement::quantity::readable;
use measurement::record::{Measured, Outcome};

use super::heard::{Heard, accuses};
use super::liar::{AT_ONCE, PINGS};
use super::rows::LIARS;
use crate::duration::display;
use crate::terminal::{Ink, Paint, plain_table, say};

pub(super) fn announce() {
    say("");
    say("Planted liars: who catches them".ink(Ink::Strong));
    say(format!(
        "  {PINGS} pings, {AT_ONCE} at a time, each liar in a process of its \
         own against the real server"
    ));
    say("");
}

pub(super) fn tell(heard: &[Heard]) {
    let header =
        ["the lie", "the client said", "the server saw", "what caught it"];
    let rows = heard.iter().map(row);
    for line in plain_table(&header, rows, CellAlignment::Left) {
        say(format!("  {line}").trim_end());
    }
    say("");
    let without = without_a_liar(heard);
    if !without.is_empty() {
        say(format!(
            "  Without a liar, because no client could deceive it: {}",
            without.join(", ")
        ));
        say("");
    }
    let (sentence, ink) = conclusion(heard);
    say(sentence.ink(ink));
}

fn row(heard: &Heard) -> Vec<String> {
    let lie = format!("{}\n{}", heard.liar.name, folded(heard.liar.lie, LIE));
    let cells = match &heard.trial.outcome {
        Outcome::Failed { reason } => {
            [lie, "nothing".to_owned(), String::new(), folded(reason, CAUGHT)]
        }
        Outcome::Measured(measured) => {
            [lie, said(measured), saw(measured), caught(heard)]
        }
    };
    // A line of air below each.
    cells.map(|cell| format!("{cell}\n")).to_vec()
}

/// Columns of what caught a liar.
const CAUGHT: usize = 20;

/// Columns of a lie, and of what either side tells.
const LIE: usize = 19;
const TOLD: usize = 14;

/// The text in lines of so many columns, as far as its words allow.
fn folded(text: &str, columns: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line)
                if line.chars().count() + 1 + word.chars().count()
                    <= columns =>
            {
                *line += &format!(" {word}");
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

fn said(measured: &Measured) -> String {
    let pings = measured.samples.status.iter().flatten().count();
    let each = mean(measured.service_ns, pings as u64);
    let all = display(measured.makespan_ns as f64);
    format!("{}\nin {all}", folded(&format!("{pings} pings of {each}"), TOLD))
}

fn saw(measured: &Measured) -> String {
    let seen = &measured.server;
    let each = mean(seen.in_flight_ns, seen.requests);
    let all = display(seen.span_ns().unwrap_or(0) as f64);
    let peak = seen.peak_in_flight;
    let requests = format!("{} requests of {each}", seen.requests);
    let requests = folded(&requests, TOLD);
    format!("{requests}\n{peak} at once,\nin {all}")
}

fn mean(sum_ns: u64, of: u64) -> String {
    display(sum_ns as f64 / of.max(1) as f64)
}

/// The finding that was expected with its figures, and the names of others
/// that speak of the client.
fn caught(heard: &Heard) -> String {
    let expected = heard.liar.caught_by.map(|finding| finding.name());
    let (named, mut also): (Vec<_>, Vec<_>) = (heard.against.iter())
        .partition(|(name, _)| Some(name.as_str()) == expected);
    also.retain(|(name, _)| accuses(name));
    let mut text = match named.first() {
        Some((name, detail)) => {
            format!("{name}\n{}", folded(&readable(detail), CAUGHT))
        }
        None if expected.is_some() => "got through".to_owned(),
        None => "nothing".to_owned(),
    };
    if !also.is_empty() {
        let names: Vec<&str> =
            also.iter().map(|(name, _)| name.as_str()).collect();
        let also = format!("also {}", names.join(", "));
        text += &format!("\n{}", folded(&also, CAUGHT));
    }
    text
}

/// Checks that are made and that no row names.
fn without_a_liar(heard: &[Heard]) -> Vec<String> {
    let caught: Vec<&str> =
        LIARS.iter().filter_map(|liar| Some(liar.caught_by?.name())).collect();
    let checks = heard.iter().find_map(|heard| match &heard.trial.outcome {
        Outcome::Measured(measured) => Some(&measured.checks),
        Outcome::Failed { .. } => None,
    });
    let names = checks.into_iter().flatten().map(|check| check.name.clone());
    names.filter(|name| !caught.contains(&name.as_str())).collect()
}

fn conclusion(heard: &[Heard]) -> (String, Ink) {
    let liars = heard.iter().filter(|heard| heard.liar.caught_by.is_some());
    let wrong: Vec<&str> = heard
        .iter()
        .filter(|heard| !heard.as_it_should)
        .map(|heard| heard.liar.name)
        .collect();
    if wrong.is_empty() {
        let all = liars.count();
        let sentence = format!(
            "All {all} liars were caught, and nothing spoke against the \
             honest one."
        );
        return (sentence, Ink::Strong);
    }
    let sentence = format!("Not as it should be: {}.", wrong.join(", "));
    (sentence, Ink::Wrong)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_end_between_words() {
        assert_eq!(folded("one two three", 7), "one two\nthree");
        assert_eq!(folded("immeasurable", 7), "immeasurable");
        assert_eq!(folded("", 7), "");
    }

    proptest! {
        #[test]
        fn folding_loses_nothing(text in ".{0,80}", columns in 0..40_usize) {
            let lines = folded(&text, columns);
            prop_assert_eq!(
                lines.replace(['\n', ' '], ""),
                text.replace(['\n', ' '], "")
            );
        }
    }
}
