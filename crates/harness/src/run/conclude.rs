//! The last act: what was found, whether to believe it, where to read on.

use report::{Drawn, trust};
use safe_text::terminal::printable;

use crate::called::checkout;
use crate::terminal::{Ink, Paint, copy, say, wrapped};

/// How many problems stand on the terminal.
const PROBLEMS: usize = 10;

pub(super) fn conclude(drawn: &Drawn) {
    say("");
    say("What was found".ink(Ink::Strong));
    for finding in &drawn.findings {
        // The advice of one that cannot tell is longer than a line.
        for line in wrapped(&format!("{}.", printable(finding)), 2) {
            say(line);
        }
    }
    may_i_believe_it(drawn);
    for missing in &drawn.missing {
        say(format!("  not drawn: {missing}").ink(Ink::Muted));
    }
    say("");
    copy(format!("The page:  {}", drawn.page.display()));
    if let Some(lesson) = &drawn.next_lesson {
        let of_what = match checkout() {
            Some(_) => "",
            None => " of the repository",
        };
        say(format!("Read next: crates/{lesson}/src/lib.rs{of_what}"));
    }
}

pub(super) fn may_i_believe_it(drawn: &Drawn) {
    let trust = &drawn.summary.trust;
    let ink = if trust::holds(trust) { Ink::Strong } else { Ink::Wrong };
    say("");
    say("Can I trust it?".ink(Ink::Strong));
    for line in trust::lines(&drawn.summary) {
        say_wrapped(&line, ink);
    }
    let problems = trust::problems(trust);
    let more = problems.len().checked_sub(PROBLEMS);
    for (trial, problem) in problems.take(PROBLEMS) {
        let line = printable(&format!("trial {trial}: {problem}"));
        say_wrapped(&line, Ink::Wrong);
    }
    if let Some(more @ 1..) = more {
        say(format!("  and {more} more, on the page").ink(Ink::Wrong));
    }
}

fn say_wrapped(text: &str, ink: Ink) {
    for line in wrapped(text, 2) {
        say(line.ink(ink));
    }
}
