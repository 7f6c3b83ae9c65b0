//! What shape the work of real programs had. On a busy machine none may be
//! told; a wrong one never is.

use measurement::judgement::Judgement;
use measurement::shape::{Doubt, Shape};
use tempfile::TempDir;

use crate::common::{HARNESS, run, text};

/// Of our own `ping` with these words, by the server's times.
fn shape(waits: &str, ping: &[&str]) -> Shape {
    let reports = TempDir::new().unwrap();
    let witness = [
        "witness",
        "--reports",
        text(reports.path()),
        "--output-format",
        "json",
        "--wait",
        waits,
        "--",
        HARNESS,
        "ping",
    ];
    let done = run(&[&witness, ping].concat());
    assert_eq!(done.code, Some(0), "{done:?}");
    let judgement: Judgement = serde_json::from_str(&done.out).unwrap();
    // The words and the document say the same.
    let word = match judgement.shape {
        Shape::OneByOne => "one by one\n",
        Shape::AllAtOnce => "all at once\n",
        Shape::Waves => "waves: ",
        Shape::Shares => "shares: ",
        Shape::Queue => "a queue: ",
        Shape::CannotTell(_) => "cannot tell: ",
    };
    let line = format!("\n  shape              {word}");
    assert!(done.err.contains(&line), "{}", done.err);
    judgement.shape
}

#[test]
fn one_by_one_and_all_at_once_are_plain() {
    let one = ["-c", "1", "-n", "6", "{url}"];
    assert_eq!(shape("20ms", &one), Shape::OneByOne);
    let one = ["--strategy", "sequential", "-n", "6", "{url}"];
    assert_eq!(shape("20ms", &one), Shape::OneByOne);
    let all = ["-c", "6", "-n", "6", "{url}"];
    assert_eq!(shape("1s", &all), Shape::AllAtOnce);
    let one = ["{url}"];
    assert_eq!(shape("20ms", &one), Shape::CannotTell(Doubt::TooFew));
}

#[test]
fn no_strategy_is_called_by_a_wrong_word() {
    for (strategy, meant) in [
        ("threads", Shape::Waves),
        ("scoped-threads", Shape::Shares),
        ("worker-pool", Shape::Queue),
        ("async-tasks", Shape::Queue),
        ("event-loop", Shape::Queue),
    ] {
        let ping = ["--strategy", strategy, "-c", "8", "-n", "48", "{url}"];
        let said = shape("uneven", &ping);
        let fair = said == meant || matches!(said, Shape::CannotTell(_));
        assert!(fair, "{said:?} is said of {strategy}");
        // With even waits, three shapes may be alike.
        let said = shape("30ms", &ping);
        let fair = said == meant || matches!(said, Shape::CannotTell(_));
        assert!(fair, "{said:?} is said of {strategy}, with even waits");
    }
}
