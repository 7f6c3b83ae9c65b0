//! A process that pings and hashes what it is told to: `processes::serve`. How
//! often each body is hashed stands on its command line.

use std::env;
use std::error::Error;
use std::io;
use std::num::NonZeroUsize;

use lesson_11_cpu_work::processes::serve;
use ping_core::{Agent, Setup};

fn main() -> Result<(), Box<dyn Error>> {
    let hashes = env::args().nth(1).unwrap_or_default();
    let hashes = hashes.parse().map_err(|_| {
        format!(
            "how many hashes? `{hashes}` is no number; write one, like 1000"
        )
    })?;
    let agent = Agent::new(&Setup::new(NonZeroUsize::MIN))?;
    Ok(serve(io::stdin().lock(), io::stdout().lock(), &agent, hashes)?)
}
