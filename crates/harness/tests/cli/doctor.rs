//! What the doctor says. What it finds is the machine's affair; the tests of
//! each threshold are beside the code that has it.

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
