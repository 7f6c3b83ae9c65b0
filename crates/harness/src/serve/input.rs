//! Standard input as a lifeline: whoever holds its other end is still there.

use std::io::{self, Read};
use std::thread;

use anyhow::{Context, Result};

/// Calls `then` when standard input ends, from a thread of its own. What comes
/// there meanwhile is thrown away.
///
/// The system closes the other end with the process that holds it, however that
/// ends. So a test that is killed leaves no server behind.
///
/// # Errors
///
/// If there can be no further thread.
pub(super) fn at_its_end(then: impl FnOnce() + Send + 'static) -> Result<()> {
    let waiting = move || {
        let mut chunk = [0; 4096];
        let mut input = io::stdin().lock();
        loop {
            match input.read(&mut chunk) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
        }
        then();
    };
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(waiting)
        .context("cannot watch the standard input")?;
    Ok(())
}
