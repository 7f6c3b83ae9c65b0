//! What cannot be done is refused before anything is started, with exit code
//! 2, in words that say what was wrong and what to write instead.

use std::fs;

use tempfile::TempDir;

use crate::common::{Done, finish, run, shell, text};

/// Refused, with these words.
fn refused(done: &Done, words: &[&str]) {
    assert_eq!(done.code, Some(2), "{done:?}");
    assert_eq!(done.out, "");
    assert!(done.err.starts_with("error: "), "{}", done.err);
    for word in words {
        assert!(done.err.contains(word), "`{word}` is not in:\n{}", done.err);
    }
}

/// Where nothing listens; nothing here is ever sent.
const URL: &str = "http://127.0.0.1:1/";

#[test]
fn of_ping() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["-c", "0", URL], &["'0'", "write 1 or more"]),
        (&["-c", "many", URL], &["`many`", "write one from 1 up"]),
        (&["-n", "0", URL], &["write 1 or more"]),
        (&["-n", "1k", URL], &["`1k` is not a whole number"]),
        (&["--timeout", "5", URL], &["needs a unit", "`5ms` or `5s`"]),
        (&["--timeout", "0s", URL], &["longer than nothing", "write `5s`"]),
        (&["--expect", "20", URL], &["20", "100..=999"]),
        (&["--strategy", "workerpool", URL], &["'worker-pool'"]),
        (&["--strategy", "tasks-by-hand", URL], &["'tasks-by-hand'"]),
        (&["--output-format", "xml", URL], &["text, json, csv"]),
        (&["127.0.0.1:1/200"], &["mean http://127.0.0.1:1/200 ?"]),
        (&["localhost:1/200"], &["mean http://localhost:1/200 ?"]),
        (&["ftp://host/"], &["not of http or https", "http://HOST/PATH"]),
        (&["http://a b/"], &["`http://a b/` has a blank in it"]),
        (&["http://[::1/"], &["is not a URL (invalid IPv6 address)"]),
        (&[], &["nothing to ping", "-f FILE"]),
        (&["-f", "/nowhere/u"], &["/nowhere/u", "one URL on a line"]),
        (&["-o", "/nowhere/o", URL], &["/nowhere/o", "that exists"]),
    ];
    for (args, words) in cases {
        refused(&run(&[&["ping"], *args].concat()), words);
    }
}

#[test]
fn of_a_file_of_urls() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("urls.txt");
    let ping = |content: &str| {
        fs::write(&file, content).unwrap();
        run(&["ping", "-f", text(&file)])
    };
    let name = format!("{}, line 3: ", text(&file));
    refused(
        &ping(&format!("{URL}\n# fine\nexample.org\n")),
        &[&name, "`example.org`", "did you mean http://example.org ?"],
    );
    refused(&ping("# nothing\n\n"), &["nothing to ping"]);
    // A folder is no file.
    let done = run(&["ping", "-f", text(folder.path())]);
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(done.err.contains("one URL on a line"), "{}", done.err);
}

#[test]
fn of_more_at_once_than_there_are_files() {
    // Beyond any limit that a system has.
    let done = run(&["ping", "-c", "2000000000", URL]);
    refused(&done, &["2000000000 in flight", "this system allows"]);
    refused(&done, &["ask for", "at most", "`ulimit -n 2000000032`"]);

    let few = "ulimit -n 64; exec \"$@\"";
    let done = finish(shell(few, &["ping", "-c", "64", URL]));
    refused(&done, &["allows 64;", "ask for 32 at most", "`ulimit -n 96`"]);
    let reports = TempDir::new().unwrap();
    let run = ["run", "-c", "8,64", "--reports", text(reports.path())];
    refused(&finish(shell(few, &run)), &["64 in flight", "32 at most"]);
    // No preset can do without 64 in flight.
    let run = ["run", "--reports", text(reports.path())];
    let few = "ulimit -n 24; exec \"$@\"";
    refused(&finish(shell(few, &run)), &["64 in flight", "`ulimit -n 96`"]);
    assert_eq!(fs::read_dir(reports.path()).unwrap().count(), 0);
}

#[test]
fn of_run() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["--preset", "smok"], &["'smok'", "'smoke'"]),
        (&["--preset", "all"], &["smoke, quick, full"]),
        (&["--rounds", "0"], &["'0'", "from 1 to 1000"]),
        (&["--rounds", "1001"], &["from 1 to 1000"]),
        (&["-c", "0"], &["write 1 or more"]),
        (&["-c", "8,"], &["write one from 1 up"]),
        (&["-c", "8", "--delay", "20"], &["write `20ms` or `20s`"]),
        (&["--delay", "20ms"], &["--concurrency"]),
        (&["-n", "10"], &["--concurrency"]),
        (&["-c", "1", "-n", "99999999"], &["65536 pings at most"]),
        (&["--only", "thread"], &["'thread'", "'threads'"]),
        (&["--seed", "now"], &["'now'"]),
        (&["fast"], &["'fast'"]),
    ];
    let reports = TempDir::new().unwrap();
    for (args, words) in cases {
        let reports = ["run", "--reports", text(reports.path())];
        refused(&run(&[&reports, *args].concat()), words);
    }
    let left = fs::read_dir(reports.path()).unwrap().count();
    assert_eq!(left, 0, "a folder was left behind");
}

#[test]
fn of_witness() {
    let cases: &[(&[&str], &[&str])] = &[
        (&[], &["no program to run", "harness witness -- curl {url}"]),
        (&["--"], &["no program to run"]),
        (&["--", "true"], &["no {url}", "harness witness -- true {url}"]),
        (&["--", "nosuchprogram", "{url}"], &["`nosuchprogram`", "installed"]),
        (&["--", "/nowhere/x", "{url}"], &["no program `/nowhere/x`"]),
        (&["-c", "0", "--", "true", "{url}"], &["write 1 or more"]),
        (&["--wait", "20", "--", "true", "{url}"], &["`20ms`", "`uneven`"]),
        (&["true", "{url}"], &["'true'"]),
        (&["--at-most", "few", "--", "true", "{url}"], &["from 0 up"]),
        (&["--expect-peak", "-1", "--", "true", "{url}"], &["'-1'"]),
        (&["--expect-requests", "2.5", "--", "true", "{url}"], &["`2.5`"]),
        (&["--expect-connections", "", "--", "true", "{url}"], &["`` is not"]),
        (&["--within", "2", "--", "true", "{url}"], &["`2ms` or `2s`"]),
        (&["--each-once=yes", "--", "true", "{url}"], &["'yes'"]),
        (&["--output-format", "xml", "--", "true", "{url}"], &["text, json"]),
        (
            &["--expect-peak", "8", "--at-most", "4", "--", "true", "{url}"],
            &["8 in flight", "at most 4", "8 twice"],
        ),
        (
            &[
                "--expect-peak",
                "8",
                "--expect-requests",
                "3",
                "--",
                "true",
                "{url}",
            ],
            &["of 3 requests", "from 1 to 3"],
        ),
    ];
    let reports = TempDir::new().unwrap();
    for (args, words) in cases {
        let reports = ["witness", "--reports", text(reports.path())];
        refused(&run(&[&reports, *args].concat()), words);
    }
    let left = fs::read_dir(reports.path()).unwrap().count();
    assert_eq!(left, 0, "a folder was left behind");
}

#[test]
fn of_the_rest() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["runn"], &["'runn'", "'run'"]),
        (&["plot"], &["<DIR>"]),
        (&["serve", "--port", "70000"], &["70000"]),
        (&["serve", "--wait", "soon"], &["`uneven`"]),
        (&["serve", "--fault", "rset"], &["`rset`", "reset-in-body"]),
        (&["list", "--all"], &["'--all'"]),
    ];
    for (args, words) in cases {
        refused(&run(args), words);
    }
}

#[test]
fn of_a_place_for_reports_that_is_none() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    // A file as a parent stops everybody, root too.
    let place = file.join("reports");
    let words =
        ["cannot make the folder", "name another place with --reports DIR"];
    refused(&run(&["run", "--reports", text(&place)]), &words);
    let witness = ["witness", "--reports", text(&place), "--", "true", "{url}"];
    refused(&run(&witness), &words);
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}
