//! The one place through which words leave the program.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::process::Stdio;
use std::sync::OnceLock;
#[cfg(unix)]
use std::{fs::File, os::fd::AsFd};

use safe_text::terminal::lines;

use super::fold::fold;
use super::width::width;

/// Why nothing arrives any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lost {
    /// Nobody reads it: a pipe whose reader has ended, such as `head`, or a
    /// terminal that was closed.
    Reader,
    /// It cannot be written: a disk that is full.
    Broken,
}

/// One of the two standard streams.
struct Stream {
    lost: OnceLock<Lost>,
    /// Whether it was a terminal when it was first written to; one that has
    /// been closed does not say so any more.
    terminal: OnceLock<bool>,
}

static OUT: Stream = Stream::new();
static ERR: Stream = Stream::new();

impl Stream {
    const fn new() -> Stream {
        Stream { lost: OnceLock::new(), terminal: OnceLock::new() }
    }

    /// Writes, unless that has failed before. The error is told once.
    fn write(
        &self,
        mut to: impl Write + IsTerminal,
        text: &str,
    ) -> io::Result<()> {
        let terminal = *self.terminal.get_or_init(|| to.is_terminal());
        if self.lost.get().is_some() {
            return Ok(());
        }
        let written = to.write_all(text.as_bytes()).and_then(|()| to.flush());
        written.or_else(|error| {
            // What a terminal says that has gone away; of a file it would be
            // a damaged disk.
            let closed = terminal && error.raw_os_error() == Some(EIO);
            if closed || error.kind() == ErrorKind::BrokenPipe {
                let _ = self.lost.set(Lost::Reader);
                return Ok(());
            }
            let _ = self.lost.set(Lost::Broken);
            Err(error)
        })
    }
}

/// The same number on every Unix.
const EIO: i32 = 5;

/// Prints a line of results. What a stranger wrote into it is not obeyed.
///
/// A reader that has gone away is no reason to complain, nor to leave
/// undone what is not for the terminal: nothing more is said. Results that
/// cannot be written are a failure ([`failed`]), which is told once.
///
/// A line that is wider than the terminal is broken between its words.
pub fn say(line: impl AsRef<str>) {
    let text = lines(line.as_ref(), console::colors_enabled());
    print(&folded(&text, width()));
}

/// The same of what is copied as it stands, or read by another program: a
/// path, a command of the shell, a document.
pub fn copy(line: impl AsRef<str>) {
    let line = lines(line.as_ref(), console::colors_enabled());
    print(&format!("{line}\n"));
}

/// The lines, none wider than that, each with its end.
fn folded(text: &str, most: usize) -> String {
    let lines = text.split('\n').flat_map(|line| fold(line, most));
    lines.fold(String::new(), |text, line| text + &line + "\n")
}

/// Prints a question; the answer is typed behind it.
pub fn ask(words: &str) {
    print(words);
}

fn print(text: &str) {
    if let Err(error) = results().and_then(|out| OUT.write(out, text)) {
        note(format!("error: cannot write the results: {error}"));
    }
}

/// Prints a line on standard error. Where even that cannot be written, there
/// is nobody left to tell; `eprintln!` would panic.
pub fn note(line: impl AsRef<str>) {
    let line = lines(line.as_ref(), console::colors_enabled_stderr());
    let line = match width_of_notes() {
        Some(most) => folded(&line, most),
        None => format!("{line}\n"),
    };
    let _ = plain(io::stderr()).and_then(|err| ERR.write(err, &line));
}

/// Standard error, for a program of somebody else whose words are not the
/// results that are asked for.
pub fn notes() -> Stdio {
    Stdio::from(io::stderr())
}

/// The width of a line of words on standard error; none where it is no
/// terminal, and a program may look for words in it.
fn width_of_notes() -> Option<usize> {
    let attended = console::user_attended_stderr();
    let (_, columns) = console::Term::stderr().size();
    attended.then(|| usize::from(columns).clamp(60, 120))
}

/// Standard output, for whoever writes more than lines.
///
/// # Errors
///
/// Where the process may open no other file.
pub fn results() -> io::Result<impl Write + IsTerminal> {
    plain(io::stdout())
}

/// The stream as a file: the standard library takes it for written what is
/// sent to a stream that is not open for that.
#[cfg(unix)]
fn plain(stream: impl AsFd) -> io::Result<File> {
    Ok(File::from(stream.as_fd().try_clone_to_owned()?))
}

#[cfg(not(unix))]
fn plain<T: Write + IsTerminal>(stream: T) -> io::Result<T> {
    Ok(stream)
}

/// Whether whoever read the results has gone away.
pub fn reader_left() -> bool {
    OUT.lost.get() == Some(&Lost::Reader)
}

/// Whether words were lost that somebody wanted: the program has failed,
/// whatever else came of it.
pub fn failed() -> bool {
    [&OUT, &ERR].iter().any(|s| s.lost.get() == Some(&Lost::Broken))
}
