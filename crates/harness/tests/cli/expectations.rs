//! What a program was expected to do, met and missed, each by a program that
//! does it or does not.

use measurement::expectation::Expectation;
use measurement::judgement::Judgement;
use tempfile::TempDir;

use crate::columns::words;
use crate::common::{Done, HARNESS, run, text};

/// Runs `witness` with options and a program.
fn witness(options: &[&str], program: &[&str]) -> Done {
    let reports = TempDir::new().unwrap();
    let fixed = ["witness", "--reports", text(reports.path())];
    run(&[&fixed, options, &["--"], program].concat())
}

/// The document on standard output, which is alone there.
fn document(done: &Done) -> Judgement {
    assert_eq!(done.out.lines().count(), 1, "{}", done.out);
    serde_json::from_str(&done.out).expect("a judgement")
}

/// Six numbered requests, three at a time.
const SIX: [&str; 10] = [
    HARNESS,
    "ping",
    "-c",
    "3",
    "{url}?seq=0",
    "{url}?seq=1",
    "{url}?seq=2",
    "{url}?seq=3",
    "{url}?seq=4",
    "{url}?seq=5",
];

/// The lines of expectations, each with its words in one row.
fn lines(done: &Done) -> Vec<String> {
    let is_one = |line: &&str| {
        line.starts_with("  met  ") || line.starts_with("  missed  ")
    };
    done.out.lines().filter(is_one).map(words).collect()
}

#[test]
fn a_program_that_does_all_of_it() {
    let options = [
        "--wait",
        "200ms",
        "--expect-requests",
        "6",
        "--expect-peak",
        "3",
        "--at-most",
        "3",
        "--expect-connections",
        "3",
        "--each-once",
        "--within",
        "60m",
    ];
    let done = witness(&options, &SIX);
    assert_eq!(done.code, Some(0), "{done:?}");
    let lines = lines(&done);
    assert_eq!(
        lines[..5],
        [
            "met 6 requests the server saw 6",
            "met a peak of 3 the server saw 3 in flight",
            "met at most 3 in flight the server saw 3 in flight",
            "met 3 connections the server saw 3",
            "met each request once the server saw no number twice",
        ]
    );
    assert!(lines[5].starts_with("met within 3600.0 s first to last took "));
    assert!(done.out.contains("\nExpectations: 6 of 6 met\n"), "{}", done.out);
}

#[test]
fn one_that_does_none_of_it() {
    let options = [
        "--wait",
        "200ms",
        "--expect-requests",
        "7",
        "--at-most",
        "2",
        "--expect-connections",
        "4",
        "--each-once",
        "--within",
        "1ms",
    ];
    let done = witness(&options, &[&SIX[..], &["{url}?seq=5"]].concat());
    assert_eq!(done.code, Some(99), "{done:?}");
    let lines = lines(&done);
    assert_eq!(
        lines[..4],
        [
            "met 7 requests the server saw 7",
            "missed at most 2 in flight the server saw 3 in flight",
            "missed 4 connections the server saw 3",
            "missed each request once the server saw 1 again",
        ]
    );
    assert!(lines[4].starts_with("missed within 1.0 ms first to last took "));
    assert!(done.out.contains("\nExpectations: 1 of 5 met\n"), "{}", done.out);
}

/// A single one that is missed suffices, whichever it is.
#[test]
fn each_that_is_missed_is_a_threshold_missed() {
    for (option, value, line) in [
        ("--expect-requests", "5", "missed 5 requests the server saw 6"),
        ("--expect-peak", "4", "missed a peak of 4 the server saw 3 in flight"),
        ("--expect-peak", "2", "missed a peak of 2 the server saw 3 in flight"),
        ("--expect-connections", "2", "missed 2 connections the server saw 3"),
    ] {
        let done = witness(&["--wait", "200ms", option, value], &SIX);
        assert_eq!(done.code, Some(99), "{option} {value}: {done:?}");
        assert_eq!(lines(&done), [line]);
    }
}

#[test]
fn what_the_server_cannot_see_is_missed() {
    // No number in the URLs.
    let program = [HARNESS, "ping", "-n", "3", "{url}"];
    let done = witness(&["--each-once"], &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    let said = words(&done.out);
    let why = "missed each request once cannot tell: 3 requests have no \
               number; write ?seq=0, ?seq=1, ... at the end of their URLs";
    assert!(said.contains(why), "{said}");
    // No request at all.
    let options = ["--each-once", "--within", "1m"];
    let done = witness(&options, &["true", "{url}"]);
    assert_eq!(done.code, Some(99), "{done:?}");
    assert_eq!(done.out.matches("the server saw no request\n").count(), 2);
}

/// Whatever was expected: the code tells that the program failed, or that a
/// threshold was missed, and the words tell both.
#[test]
fn a_program_that_fails_does_not_pass_unseen() {
    let fails = ["sh", "-c", "exit 3", "{url}"];
    let done = witness(&["--expect-requests", "0"], &fails);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert_eq!(lines(&done), ["met 0 requests the server saw 0"]);
    assert!(done.out.contains("\nThe program failed: exit status: 3\n"));

    let done = witness(&["--expect-requests", "1"], &fails);
    assert_eq!(done.code, Some(99), "{done:?}");
    assert_eq!(lines(&done), ["missed 1 request the server saw 0"]);
    assert!(done.out.contains("\nThe program failed: exit status: 3\n"));

    let done = witness(&["--output-format", "json"], &fails);
    assert_eq!(done.code, Some(1), "{done:?}");
    let judgement = document(&done);
    assert!(!judgement.succeeded);
    assert_eq!(judgement.exit_code, 1);
    assert_eq!(judgement.testimony.ended, "exit status: 3");
}

#[test]
fn json_is_alone_on_standard_output() {
    let script = "echo mine; echo more >&2; \"$0\" ping -n 2 -c 1 \"$1\"";
    let program = ["sh", "-c", script, HARNESS, "{url}"];
    let options = ["--output-format", "json", "-c", "4", "--at-most", "3"];
    let done = witness(&options, &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    let judgement = document(&done);
    assert_eq!(judgement.exit_code, 99);
    assert!(judgement.succeeded);
    assert_eq!(judgement.asked, Some(4));
    assert_eq!(judgement.testimony.witness.requests, 2);
    assert_eq!(judgement.testimony.witness.stamps_dropped, 2);
    let outcome = judgement.expectations[0];
    assert_eq!(outcome.expected, Expectation::AtMost(3));
    assert_eq!((outcome.seen, outcome.met), (Some(1), true));
    // Everything else: what the program printed on both, and the words.
    for line in [
        "mine\n",
        "more\n",
        "/200: 200 OK (",
        "What the server saw of sh\n",
        "Verdict: At most 1 of the 4 asked for was in flight",
        "  met     at most 3 in flight    the server saw 1 in flight\n",
        "waterfall.svg\n",
    ] {
        assert!(done.err.contains(line), "{line:?} is not in:\n{}", done.err);
    }
    assert!(done.err.contains(&judgement.folder));
}

/// With `-c`, beside the verdict.
#[test]
fn how_near_it_came_is_told() {
    // Nobody can be earlier than the waits allow: 6 of 200 ms, 3 at once.
    let options = ["--wait", "200ms", "-c", "3"];
    let json = [&options[..], &["--output-format", "json"]].concat();
    let judgement = document(&witness(&json, &SIX));
    assert_eq!(judgement.earliest_end_ns, Some(400_000_000));
    let makespan = judgement.makespan_ns.unwrap();
    assert!(makespan >= 400_000_000, "{makespan}");
    let efficiency = judgement.efficiency.unwrap();
    let off = efficiency - 400_000_000.0 / makespan as f64;
    assert!(off.abs() < 1e-9, "{efficiency} of {makespan}");

    let done = witness(&options, &SIX);
    let end = "  earliest end       400 ms: 1.20 s of waits, 3 at once\n";
    assert!(done.out.contains(end), "{}", done.out);
    let near = " %: the earliest possible end over the ";
    assert!(words(&done.out).contains(near), "{}", done.out);

    let done = witness(&["--wait", "none", "-c", "3"], &SIX);
    let none = "  earliest end       n/a: nothing waited\n";
    assert!(done.out.contains(none), "{}", done.out);
    let done = witness(&[], &SIX);
    assert!(!done.out.contains("earliest end"), "{}", done.out);
}
