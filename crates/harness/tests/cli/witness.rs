use std::path::Path;

use measurement::witness::{Testimony, Witness};
use tempfile::TempDir;

use crate::columns::words;
use crate::common::{Done, HARNESS, only_folder, run, text};

/// Runs `witness` with options and a program.
fn witness(reports: &Path, options: &[&str], program: &[&str]) -> Done {
    let fixed = ["witness", "--reports", text(reports)];
    run(&[&fixed, options, &["--"], program].concat())
}

/// The same, and what it wrote down.
fn seen(options: &[&str], program: &[&str]) -> (Done, Witness) {
    let reports = TempDir::new().unwrap();
    let done = witness(reports.path(), options, program);
    let folder = only_folder(reports.path());
    for file in ["waterfall.svg", "waterfall-narrow.svg"] {
        let svg = std::fs::read_to_string(folder.join(file)).unwrap();
        roxmltree::Document::parse(&svg).expect("a well-formed picture");
    }
    let json = std::fs::read_to_string(folder.join("witness.json")).unwrap();
    let Testimony { witness: seen, .. } = serde_json::from_str(&json).unwrap();
    for file in ["waterfall.svg", "waterfall-narrow.svg", "witness.json"] {
        let path = folder.join(file).display().to_string();
        assert!(done.out.contains(&path), "{}", done.out);
    }
    (done, seen)
}

#[test]
fn one_after_another_is_one_at_a_time() {
    let program = [HARNESS, "ping", "-c", "1", "-n", "4", "{url}"];
    let (done, seen) = seen(&[], &program);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!((seen.requests, seen.peak_in_flight), (4, 1));
    assert!(done.out.contains("peak in flight     1\n"), "{}", done.out);
    // What the program itself printed has come through.
    assert!(done.out.contains("/200: 200 OK ("), "{}", done.out);
    assert!(done.out.contains("it ended with      exit status: 0"));
}

/// What is met on purpose is a function of the request's number.
#[test]
fn faults_are_met_in_turn_and_counted() {
    let program = [HARNESS, "ping", "-c", "1", "-n", "6", "{url}"];
    let options = ["--fault", "none,reset-in-body,unavailable"];
    let (done, seen) = seen(&options, &program);
    let told = "met on purpose     2 × reset-in-body, 2 × unavailable\n";
    assert!(done.out.contains(told), "{}", done.out);
    assert_eq!(seen.faults.values().copied().collect::<Vec<_>>(), [2, 2]);
    // Nothing is lost: requests = answered + cut off.
    assert_eq!((seen.requests, seen.done, seen.faulted), (6, 4, 2));
    assert_eq!(done.out.matches(": closed early").count(), 2, "{}", done.out);
}

#[test]
fn a_server_that_is_full_refuses() {
    let program = [HARNESS, "ping", "-c", "8", "-n", "8", "{url}"];
    let options = ["--capacity", "1", "--queue", "0", "--wait", "300ms"];
    let (done, seen) = seen(&options, &program);
    assert!(seen.statuses[&503] >= 1 && seen.statuses[&200] >= 1, "{done:?}");
    assert_eq!((seen.requests, seen.done), (8, 8));
}

#[test]
fn a_plain_python_loop_is_one_at_a_time() {
    let Ok(python) = which::which("python3") else {
        harness::terminal::note("skipped: there is no python3 here");
        return;
    };
    let source = "import sys, urllib.request\n\
                  for i in range(3):\n    \
                  urllib.request.urlopen(sys.argv[1] + str(i)).read()\n";
    let program = [text(&python), "-c", source, "{url}?seq="];
    let (done, seen) = seen(&["-c", "3"], &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    assert_eq!((seen.requests, seen.peak_in_flight), (3, 1));
    assert_eq!(seen.numbered_by_arrival, 0);
}

#[test]
fn a_claim_that_holds() {
    let program = [HARNESS, "ping", "-c", "4", "-n", "40", "{url}"];
    let (done, seen) = seen(&["-c", "4", "--wait", "50ms"], &program);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!((seen.requests, seen.peak_in_flight), (40, 4));
    let verdict = "Verdict: 4 in flight, as asked: 40 requests in ";
    assert!(done.out.contains(verdict), "{}", done.out);
}

#[test]
fn a_claim_that_does_not_hold_is_a_threshold_missed() {
    let program = [HARNESS, "ping", "-c", "2", "-n", "12", "{url}"];
    let (done, _) = seen(&["-c", "8", "--wait", "50ms"], &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    let verdict = "Verdict: At most 2 of the 8 asked for were in flight: 12 \
                   requests in ";
    assert!(done.out.contains(verdict), "{}", done.out);

    let program = [HARNESS, "ping", "-c", "8", "-n", "2", "{url}"];
    let (done, _) = seen(&["-c", "8"], &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    let said = words(&done.out);
    assert!(said.contains("there were only 2 requests"), "{said}");

    let program = [HARNESS, "ping", "-c", "3", "-n", "9", "{url}"];
    let (done, _) = seen(&["-c", "2", "--wait", "200ms"], &program);
    assert_eq!(done.code, Some(99), "{done:?}");
    let verdict = "Verdict: 3 in flight, 2 asked for\n";
    assert!(done.out.contains(verdict), "{}", done.out);
}

#[test]
fn a_request_sent_twice_is_counted() {
    let twice = "{url}?seq=1";
    let program = [HARNESS, "ping", twice, twice, "{url}?seq=2"];
    let (done, seen) = seen(&["--wait", "none"], &program);
    assert_eq!(done.code, Some(0), "{done:?}");
    assert_eq!((seen.requests, seen.distinct, seen.duplicates), (3, 2, 1));
    assert!(done.out.contains("asked twice        1\n"), "{}", done.out);
    assert!(done.out.contains("3 (numbered by its ?seq=)"), "{}", done.out);
}

#[test]
fn what_the_program_gave_up_is_left_unfinished() {
    let program = [HARNESS, "ping", "--timeout", "1s", "{url}?sleep=20000"];
    let (done, seen) = seen(&[], &program);
    assert_eq!(done.code, Some(1), "the program itself failed: {done:?}");
    assert_eq!((seen.requests, seen.done), (1, 0));
    // Whether the server has noticed yet is its own affair.
    assert_eq!(seen.aborted + seen.in_flight, 1);
    assert!(done.out.contains("left unfinished    1 ("), "{}", done.out);
    assert!(done.out.contains("exit status: 1"), "{}", done.out);
}

#[test]
fn the_exit_code_of_the_program_is_told() {
    let reports = TempDir::new().unwrap();
    let program = ["sh", "-c", "echo mine; exit 3", "{url}"];
    let done = witness(reports.path(), &[], &program);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.out.starts_with("mine\n"), "{}", done.out);
    assert!(done.out.contains("exit status: 3"), "{}", done.out);
    assert!(done.out.contains("requests           0 "), "{}", done.out);
    // Nothing was seen, so there is a record and no picture. Where slots were
    // asked for, they are shown.
    let folder = only_folder(reports.path());
    assert!(folder.join("witness.json").exists());
    assert!(!folder.join("waterfall.svg").exists());

    let reports = TempDir::new().unwrap();
    let done = witness(reports.path(), &["-c", "2"], &["true", "{url}"]);
    assert_eq!(done.code, Some(99), "{done:?}");
    let title = "The server saw no request: 0 of the 2 asked for";
    assert!(done.out.contains(&format!("Verdict: {title}\n")), "{}", done.out);
    let svg = only_folder(reports.path()).join("waterfall.svg");
    let svg = std::fs::read_to_string(svg).unwrap();
    assert!(svg.contains(&format!(">{title}</title>")), "{svg}");
}

#[test]
fn the_address_goes_into_longer_words_and_many_of_them() {
    let reports = TempDir::new().unwrap();
    let script = "echo \"$0\" \"$1\"";
    let program = ["sh", "-c", script, "--to={url}/x", "{url},{url}"];
    let done = witness(reports.path(), &[], &program);
    let words: Vec<&str> =
        done.out.lines().next().unwrap().split(' ').collect();
    let url = words[0].strip_prefix("--to=").unwrap();
    let url = url.strip_suffix("/x").unwrap();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert_eq!(words[1], format!("{url},{url}"));
}
