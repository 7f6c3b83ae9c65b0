//! What the doctor says. What it finds is the machine's affair; the tests of
//! each threshold are beside the code that has it. And that whoever lies is
//! caught.

use harness::cheats::{HONEST, LIARS};

use crate::common::run;

/// Everything that is looked at, on any system.
const TOPICS: [&str; 17] = [
    "processors",
    "quota",
    "load before",
    "other programs",
    "stolen time",
    "hypervisor",
    "governor",
    "turbo",
    "clock",
    "open files",
    "threads",
    "backlog",
    "ports",
    "closing",
    "proxies",
    "build",
    "server",
];

#[test]
fn the_doctor_looks_at_everything_and_says_what_to_do_first() {
    let done = run(&["doctor"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    for topic in TOPICS.into_iter().chain(["timer", "timer at 64"]) {
        let named = done.out.lines().filter(|line| names(line, topic));
        assert_eq!(named.count(), 1, "{topic}: {}", done.out);
    }
    let last = done.out.lines().last().unwrap();
    if cfg!(debug_assertions) {
        // A build that nobody should measure with, and it knows.
        assert!(last.starts_with("Mend first: "), "{last}");
        assert!(last.contains("build"), "{last}");
        assert!(done.out.contains("`cargo run -p harness`"), "{}", done.out);
    } else {
        let begins = ["Mend first: ", "Ready"];
        assert!(begins.iter().any(|b| last.starts_with(b)), "{last}");
    }
}

/// A line such as `  ok    ports           28232: …`.
fn names(line: &str, topic: &str) -> bool {
    let marks = ["  ok    ", "  –     ", "  mind  ", "  mend  "];
    let rest = marks.iter().find_map(|mark| line.strip_prefix(mark));
    rest.is_some_and(|rest| {
        rest.strip_prefix(&format!("{topic:<15} "))
            .is_some_and(|text| !text.starts_with(' ') && !text.is_empty())
    })
}

#[test]
fn every_liar_is_caught_by_the_check_that_its_row_names() {
    let done = run(&["doctor", "--cheats"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""), "{done:?}");
    for liar in LIARS {
        let catch = liar.caught_by.expect("a liar").name();
        let line = line_of(&done.out, liar.name);
        assert!(line.ends_with(&format!("  {catch}")), "{line}");
    }
    let line = line_of(&done.out, HONEST.name);
    assert!(line.ends_with("  nothing"), "{line}");
    // A check that is new wants a liar of its own.
    let without = done.out.lines().find(|line| line.contains("Without"));
    let names = without.and_then(|line| line.rsplit_once(": "));
    assert_eq!(names.unwrap().1, "littles-law");
    let all = format!("All {} liars were caught", LIARS.len());
    assert!(done.out.lines().last().unwrap().starts_with(&all));
}

#[test]
fn no_command_offers_a_liar() {
    let name = LIARS[0].name;
    for args in [
        &["run", "--only", name][..],
        &["ping", "--strategy", name, "http://127.0.0.1:1/200"],
    ] {
        let done = run(args);
        assert_eq!(done.code, Some(2), "{done:?}");
        let (_, offered) = done.err.split_once("possible values").unwrap();
        assert!(!offered.contains("cheat-"), "{}", done.err);
    }
}

fn line_of<'a>(out: &'a str, name: &str) -> &'a str {
    let line = out.lines().find(|line| line.split(' ').any(|w| w == name));
    line.unwrap_or_else(|| panic!("no {name} in {out}"))
}
