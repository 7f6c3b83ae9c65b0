//! Completions and pages of the manual: all commands, none that only the
//! program itself calls, and none that only works in a checkout of ours.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use which::which;

use crate::common::{finish, run};

const COMMANDS: [&str; 15] = [
    "run",
    "witness",
    "exam",
    "peers",
    "ping",
    "serve",
    "plot",
    "compare",
    "doctor",
    "lesson",
    "predict",
    "check",
    "list",
    "completions",
    "man",
];

const HIDDEN: [&str; 4] = ["server-process", "keep-awake", "trial", "program"];

#[test]
fn every_shell_completes_every_command_and_its_options() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = run(&["completions", shell]);
        assert_eq!(done.code, Some(0), "{shell}: {}", done.err);
        let words: Vec<&str> = done
            .out
            .split(|c: char| !(c.is_alphanumeric() || "-_".contains(c)))
            .collect();
        for command in COMMANDS {
            assert!(words.contains(&command), "{shell}: {command}");
        }
        assert!(done.out.contains("end-with-stdin"), "{shell}");
        assert!(!done.out.contains("server-process"), "{shell}");
    }
    let done = run(&["completions", "tcsh"]);
    assert_eq!(done.code, Some(2));
    assert!(done.err.contains("bash, elvish, fish"), "{}", done.err);
}

/// In a shell as in life: what is typed, and what is offered.
#[test]
fn bash_offers_what_begins_so() {
    if which("bash").is_err() {
        return;
    }
    let script = run(&["completions", "bash"]).out;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harness.bash");
    fs::write(&path, script).unwrap();
    let offered = |words: &[&str]| {
        let typed = format!(
            "source {}; COMP_WORDS=(harness {}); COMP_CWORD={}; \
             _harness harness '{}' ''; echo \"${{COMPREPLY[*]}}\"",
            path.display(),
            words.join(" "),
            words.len(),
            words[words.len() - 1]
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", &typed]).stdin(Stdio::null());
        finish(bash).out.trim().to_owned()
    };
    assert_eq!(offered(&["se"]), "serve");
    assert_eq!(offered(&["serve", "--end"]), "--end-with-stdin");
    assert_eq!(offered(&["serv-pro"]), "");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let whole = run(&["man"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    for command in COMMANDS {
        assert!(whole.out.contains(&format!("harness\\-{command}(1)")));
        let page = run(&["man", command]).out;
        let title = format!(".TH harness-{command} 1 ");
        assert!(page.contains(&title), "{command}: {page}");
        assert!(!page.contains("cargo run"), "{command}");
    }
    for hidden in HIDDEN {
        assert!(!whole.out.contains(&format!("harness\\-{hidden}(1)")));
        let done = run(&["man", hidden]);
        assert_eq!(done.code, Some(2), "{hidden}");
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(done.err.contains("there are run, witness"), "{}", done.err);
    }
    assert!(!whole.out.contains("cargo run"), "{}", whole.out);
}

/// `groff` complains of nothing, where there is one.
#[test]
fn a_page_is_what_man_reads() {
    if which("groff").is_err() {
        return;
    }
    let page = run(&["man", "serve"]).out;
    let mut groff = Command::new("groff")
        .args(["-man", "-Tascii", "-ww"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = groff.stdin.take().unwrap();
    input.write_all(page.as_bytes()).unwrap();
    drop(input);
    let done = groff.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    let read = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(read.contains("end-with-stdin"), "{read}");
}
