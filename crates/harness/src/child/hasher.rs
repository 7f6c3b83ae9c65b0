use std::io::{self, BufWriter};
use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::{Context, Result};
use lesson_11_cpu_work::processes::serve;
use ping_core::{Agent, Setup};

use crate::cli::HasherArgs;

/// The inside of one of a trial's own processes: pings and hashes what it is
/// told to, until its standard input ends.
///
/// # Errors
///
/// If there is no client, or nobody listens.
pub fn hasher(args: &HasherArgs) -> Result<()> {
    let timeout = Duration::from_millis(args.timeout_ms);
    let one = Setup::new(NonZeroUsize::MIN);
    let agent = Agent::new(&Setup { timeout, ..one })?;
    let output = BufWriter::new(io::stdout().lock());
    serve(io::stdin().lock(), output, &agent, args.hashes)
        .context("cannot go on hashing")
}
