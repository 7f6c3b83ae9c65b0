//! The program in a terminal of its own.

use std::fs::File;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rexpect::session::{PtySession, spawn_command};
use tempfile::TempDir;

use crate::common::{HARNESS, PATIENCE, read_to_end, until};

/// Starts the program as a shell does, in the foreground of a terminal, whose
/// Ctrl-C reaches every process of that group. The program and whatever it
/// starts hold a pipe besides: it ends when all of them have.
const SHELL: &str = r#"trap : INT; eval "$SETUP"; "$0" "$@" 9>"$HELD_BY_ALL"
       echo "exit code <$?>""#;

pub(crate) struct Terminal {
    session: PtySession,
    all_ended: Receiver<()>,
    ended: bool,
    _folder: TempDir,
}

impl Terminal {
    /// Starts the program there.
    pub(crate) fn start(args: &[&str]) -> Terminal {
        Terminal::set_up("", args)
    }

    /// The same, after these words of shell.
    pub(crate) fn set_up(setup: &str, args: &[&str]) -> Terminal {
        let folder = TempDir::new().unwrap();
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo is everywhere").success());
        let mut command = Command::new("sh");
        command.args(["-c", SHELL, HARNESS]).args(args);
        command.env("HELD_BY_ALL", &pipe).env("TERM", "xterm");
        command.env("SETUP", setup);
        let (ended_tx, all_ended) = channel();
        thread::spawn(move || {
            read_to_end(File::open(pipe).expect("somebody opens it too"));
            let _ = ended_tx.send(());
        });
        let patience = PATIENCE.as_millis() as u64;
        let session = spawn_command(command, Some(patience)).expect("a pty");
        Terminal { session, all_ended, ended: false, _folder: folder }
    }

    /// Waits for this text, of ASCII: the terminal is read byte by byte.
    pub(crate) fn shows(&mut self, text: &str) {
        if let Err(error) = self.session.exp_string(text) {
            panic!("waited in vain for {text:?}: {error}");
        }
    }

    /// Types a line.
    pub(crate) fn types(&mut self, line: &str) {
        self.session.send_line(line).expect("the terminal is open");
    }

    /// Presses Ctrl-C.
    pub(crate) fn ctrl_c(&mut self) {
        self.session.send_control('c').expect("the terminal is open");
    }

    /// Closes the terminal. Waits for the end of the program and of all that
    /// it started.
    pub(crate) fn hang_up(self) {
        let Terminal { session, all_ended, .. } = self;
        drop(session);
        all_ended.recv_timeout(PATIENCE).expect("a process is left");
    }

    /// Presses Ctrl-C, slowly, until the program and all that it started have
    /// ended: what comes at once with the first is no second.
    pub(crate) fn ctrl_c_until_it_ends(&mut self) {
        const SLOWLY: Duration = Duration::from_millis(300);
        until("Ctrl-C again ends it", || {
            self.ctrl_c();
            self.all_ended.recv_timeout(SLOWLY).ok()
        });
        self.ended = true;
    }

    /// Waits for the end of the program and of all that it started. Its exit
    /// code.
    pub(crate) fn end(mut self) -> i32 {
        let (_, code) =
            self.session.exp_regex("exit code <[0-9]+>").expect("an end");
        if !self.ended {
            let all = self.all_ended.recv_timeout(PATIENCE);
            all.expect("a process is left");
        }
        let digits = code.trim_matches(|c: char| !c.is_ascii_digit());
        digits.parse().expect("a number")
    }
}
