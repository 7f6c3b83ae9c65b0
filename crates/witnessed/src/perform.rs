use std::env;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::Duration;

use ping_core::Ping;
use test_server::TestServer;

use crate::within;

/// The exit code of a program whose batch did not come to an end.
pub const GAVE_UP: u8 = 124;

/// How long a batch may take. The longest that is right takes about a second. A
/// client of ours gives a ping up after five: a batch that waits for that comes
/// to its end, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(8);

/// Twelve paths of a server of our own: each waits 100 ms and answers 200.
pub fn twelve() -> Vec<String> {
    (0..12).map(|seq| format!("/200?seq={seq}&sleep=100")).collect()
}

/// The whole of a small program: lets `batch` ping the URLs on the command
/// line, or else these paths of a server of its own, and prints a line for
/// each ping and, of a server of its own, what that saw.
///
/// The exit code is that of a program that panics where the batch does, and
/// [`GAVE_UP`] where it does not come to an end within eight seconds.
pub fn perform(
    paths: &[String],
    batch: impl FnOnce(&[String]) -> Vec<Ping> + Send + 'static,
) -> ExitCode {
    let given: Vec<String> = env::args().skip(1).collect();
    let own = if given.is_empty() { TestServer::start().ok() } else { None };
    let urls = match &own {
        Some(server) => paths.iter().map(|path| server.url(path)).collect(),
        None => given,
    };
    if urls.is_empty() {
        tell(io::stderr(), "cannot start a server; name URLs to ping");
        return ExitCode::FAILURE;
    }
    let asked = urls.len();
    // `within` passes a panic on; its message is on standard error already.
    let done = catch_unwind(AssertUnwindSafe(|| {
        within(PATIENCE, move || batch(&urls))
    }));
    let (code, pings) = match done {
        Ok(Some(pings)) => (ExitCode::SUCCESS, pings),
        Ok(None) => {
            let note = format!(
                "the watchdog gave up: no result after {} s",
                PATIENCE.as_secs()
            );
            tell(io::stderr(), &note);
            (ExitCode::from(GAVE_UP), Vec::new())
        }
        Err(_) => (ExitCode::from(101), Vec::new()),
    };
    for ping in &pings {
        tell(io::stdout(), &ping.to_string());
    }
    if let Some(server) = own {
        let seen = server.witness();
        let text = format!(
            "{asked} URLs, {} results; the server saw {} requests, at most {} \
             at once, on {} connections",
            pings.len(),
            seen.requests,
            seen.peak_in_flight,
            seen.connections
        );
        tell(io::stdout(), &text);
    }
    code
}

/// Prints a line. Where nobody reads it, nobody misses it.
fn tell(mut to: impl Write, line: &str) {
    let _ = writeln!(to, "{line}");
}
