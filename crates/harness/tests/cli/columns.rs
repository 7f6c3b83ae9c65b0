//! At 80 columns no line is wider, whatever is asked for.

use std::path::Path;

use tempfile::TempDir;

use crate::common::{Done, HARNESS, run, text};

/// The words, one blank between them: where a line ends does not matter.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No line is wider than 80 columns, but for a path, an address or a command
/// to copy, which is not broken.
pub(crate) fn assert_fits(out: &str) {
    for line in out.lines() {
        let line = console::strip_ansi_codes(line);
        let whole = line.split_whitespace().any(|word| word.contains('/'));
        let to_copy = line.trim_start().starts_with("cargo run -p harness");
        let wide = console::measure_text_width(&line);
        assert!(wide <= 80 || whole || to_copy, "{wide} columns: {line}");
    }
}

fn fits(args: &[&str]) -> Done {
    let done = run(args);
    assert!(!done.out.is_empty(), "{args:?}: {done:?}");
    assert_fits(&done.out);
    done
}

#[test]
fn help_and_lists_fit_80_columns() {
    let help = fits(&["--help"]);
    let commands = help.out.split("Commands:").nth(1).unwrap();
    let commands = commands.split("Options:").next().unwrap();
    let commands: Vec<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .collect();
    assert!(commands.len() >= 11, "{commands:?}");
    for command in commands {
        fits(&[command, "--help"]);
        fits(&[command, "-h"]);
    }
    fits(&["list"]);
    for lesson in measurement::course::LESSONS {
        fits(&["predict", &lesson.number.to_string()]);
    }
    fits(&["check", "2", "input_order", "--hint"]);
}

#[test]
fn what_is_found_fits_80_columns() {
    fits(&["doctor"]);
    fits(&["doctor", "--cheats"]);
    let sample =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reports/sample");
    fits(&["compare", text(&sample), text(&sample)]);
    let reports = TempDir::new().unwrap();
    let reports = text(reports.path());
    fits(&["lesson", "3", "--skip", "--reports", reports]);
    fits(&[
        "witness",
        "-c",
        "8",
        "--wait",
        "2ms",
        "--reports",
        reports,
        "--",
        HARNESS,
        "ping",
        "-n",
        "600",
        "-c",
        "8",
        "{url}",
    ]);
}
