use std::process::{Command, Stdio};

use super::*;

/// Long enough never to end a test that works.
const PATIENT: Duration = Duration::from_secs(60);

/// Why this script is no server.
fn refused(
    script: &str,
    limit: Duration,
    interrupt: &Interrupt,
) -> anyhow::Error {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("sh starts");
    let error = ready(&mut child, limit, interrupt).expect_err("no server");
    end(&mut child);
    assert!(child.try_wait().expect("ours").is_some(), "it has ended");
    error
}

#[test]
fn a_server_that_says_nothing_is_not_waited_for() {
    let limit = Duration::from_millis(50);
    for script in ["read x", "kill -STOP $$"] {
        let error = refused(script, limit, &Interrupt::default());
        let text = format!("{error:#}");
        assert!(text.contains("was not ready within 0.05 s"), "{text}");
    }
}

#[test]
fn ctrl_c_is_heard_while_it_says_nothing() {
    let interrupt = Interrupt::default();
    interrupt.raise();
    let error = refused("read x", PATIENT, &interrupt);
    assert!(error.is::<Interrupted>(), "{error:#}");
}

#[test]
fn a_server_that_says_something_else_is_refused() {
    for script in ["true", "echo hello", "tr '\\0' a </dev/zero", "echo {}"] {
        let error = refused(script, PATIENT, &Interrupt::default());
        let text = format!("{error:#}");
        assert!(text.contains("it ended before it was ready"), "{text}");
    }
}
