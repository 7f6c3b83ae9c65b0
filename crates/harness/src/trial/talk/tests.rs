use std::process::Stdio;

use super::*;

/// Long enough never to end a test that works.
const PATIENT: Duration = Duration::from_secs(60);

fn shell(script: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

fn talk(
    command: Command,
    interrupt: &Interrupt,
    watchdog: Duration,
) -> Talk<'_> {
    Talk::start(command, interrupt, watchdog, 1, Whose::Own).expect("sh starts")
}

/// What is said when this script is asked for a line.
fn asked(script: &str, watchdog: Duration) -> String {
    let interrupt = Interrupt::default();
    let mut talk = talk(shell(script), &interrupt, watchdog);
    match talk.say("GO").and_then(|()| talk.hear()) {
        Ok(line) => format!("said {line}"),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn hears_the_answer() {
    assert_eq!(asked("read x; echo \"$x!\"", PATIENT), "said GO!\n");
}

#[test]
fn a_child_that_ends_leaves_its_exit_code() {
    let why = asked("read x; exit 7", PATIENT);
    assert_eq!(why, "ended before its result: exit status: 7");
}

#[test]
fn a_child_that_is_killed_leaves_its_signal() {
    let why = asked("read x; kill -9 $$", PATIENT);
    assert_eq!(why, "ended before its result: killed by signal 9");
}

#[test]
fn a_child_that_fails_tells_its_own_reason() {
    let why = asked("read x; echo 'FAILED the gate stayed shut'", PATIENT);
    assert_eq!(why, "the gate stayed shut");
}

#[test]
fn a_child_that_never_answers_is_ended_by_the_watchdog() {
    let why = asked("read x; read y", Duration::from_millis(50));
    assert_eq!(why, "hung: ended by the watchdog without an answer");
}

#[test]
fn a_child_that_closes_its_output_and_goes_on_is_not_waited_for() {
    let why = asked("read x; exec >&-; read y", Duration::from_millis(300));
    assert_eq!(why, "hung: it closed its output and went on");
}

#[test]
fn rubbish_that_is_no_text_is_an_error() {
    let why = asked("read x; printf '\\377\\376\\n'", PATIENT);
    assert!(why.starts_with("cannot hear it: "), "{why}");
}

/// A line without an end is no line, and one after the other must wait.
#[test]
fn a_child_that_never_stops_talking_is_heard_in_bounds() {
    let interrupt = Interrupt::default();
    for script in ["tr '\\0' a </dev/zero", "yes"] {
        let mut talk = talk(shell(script), &interrupt, PATIENT);
        let line = talk.hear().expect("something is said");
        assert!(line.len() as u64 <= longest_line(1), "{}", line.len());
    }
}

#[test]
fn an_interrupt_ends_the_wait() {
    let interrupt = Interrupt::default();
    let mut talk = talk(shell("read x; read y"), &interrupt, PATIENT);
    talk.say("GO").expect("it reads");
    interrupt.raise();
    let why = talk.hear().expect_err("it never answers").to_string();
    assert_eq!(why, "interrupted");
}

#[cfg(target_os = "linux")]
#[test]
fn the_child_ends_with_the_talk() {
    let interrupt = Interrupt::default();
    let talk = talk(shell("read x"), &interrupt, PATIENT);
    let process = format!("/proc/{}", talk.performer().expect("it runs"));
    assert!(std::path::Path::new(&process).exists());
    drop(talk);
    assert!(!std::path::Path::new(&process).exists());
}
