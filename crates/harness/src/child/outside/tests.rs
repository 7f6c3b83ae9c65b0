use super::*;

/// Long enough never to end a test that works.
const PATIENT: Duration = Duration::from_secs(60);

/// What comes of asking a script.
fn asked(
    script: &str,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<(ExitStatus, Vec<u8>)> {
    let mut command = Command::new("sh");
    command.args(["-c", script]);
    ask(command, "the script", limit, interrupt)
}

#[test]
fn tells_what_was_printed_and_how_it_ended() {
    let asked = asked("echo said; exit 3", PATIENT, &Interrupt::default());
    let (status, text) = asked.expect("it ends");
    assert_eq!((status.code(), &text[..]), (Some(3), &b"said\n"[..]));
}

/// One that hangs, has closed its output, talks without end, or leaves its
/// output to somebody else.
#[test]
fn whoever_does_not_end_is_ended() {
    for script in
        ["exec sleep 600", "exec >&-; exec sleep 600", "exec yes", "sleep 3 &"]
    {
        let limit = Duration::from_millis(50);
        let error = asked(script, limit, &Interrupt::default())
            .expect_err("it does not end");
        let text = format!("{error:#}");
        assert!(
            text.contains("the script did not end within 0.05 s"),
            "{script}: {text}"
        );
    }
}

#[test]
fn ctrl_c_is_heard() {
    let interrupt = Interrupt::default();
    interrupt.raise();
    for script in ["exec sleep 600", "exec >&-; exec sleep 600"] {
        let error = asked(script, PATIENT, &interrupt).expect_err("no end");
        assert!(error.is::<Interrupted>(), "{error:#}");
    }
}
