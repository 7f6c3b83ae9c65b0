//! `harness ping`: the ping test on URLs of the reader's own.

mod batch;
mod list;
mod output;
mod tally;

pub use output::OutputFormat;

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use ping_core::{Setup, Watch};

use crate::cli::PingArgs;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::limits;
use crate::strategies;
use crate::terminal::note;
use crate::trial::{Used, peak_rss_bytes};
use crate::usage::usage;
use batch::Batches;
use output::{Head, Output, Totals};
use tally::Tally;

/// The most in flight at once where nothing is said.
const DEFAULT: NonZeroUsize = NonZeroUsize::new(8).unwrap();

/// Pings the list and prints what came of it.
pub fn ping(args: &PingArgs) -> Result<ExitCode> {
    let urls = list::read(args)?;
    let requests = args.requests.map_or(urls.len(), Into::into);
    let strategy = strategies::find(&args.strategy)
        .ok_or_else(|| usage(format!("no strategy `{}`", args.strategy)))?;
    let asked = args.concurrency.unwrap_or(strategy.effective(DEFAULT));
    let concurrency = strategy.effective(asked);
    limits::check_open_files(concurrency)?;
    if concurrency < asked {
        note(format!(
            "note: `{}` has one ping in flight at a time; -c {asked} changes \
             nothing",
            strategy.name
        ));
    }
    let mut output = Output::open(args)?;

    let watch = Watch::default();
    let interrupt = Interrupt::install({
        let watch = watch.clone();
        move || {
            watch.stop();
            note(
                "stopping; those in flight are awaited (Ctrl-C again: at once)",
            );
        }
    })?;
    let ready = strategy.prepare(&Setup {
        concurrency,
        timeout: args.timeout,
        watch: watch.clone(),
        ..Setup::new(concurrency)
    })?;
    output.head(&Head {
        strategy: strategy.name,
        concurrency: concurrency.get().min(requests),
        requested_concurrency: asked.get(),
    })?;

    let batches = Batches::new(&urls, requests, concurrency);
    let progress = batch::watch_progress(&watch, requests as u64);
    let mut tally = Tally::new(&args.expect);
    // Time and cost of the pings alone: whoever reads the output may be slow.
    let (mut elapsed, mut cpu_ns) = (Duration::ZERO, Some(0));
    for batch in batches {
        if interrupt.raised() {
            break;
        }
        let batch = Arc::new(batch);
        let (before, start) = (Used::now(), Instant::now());
        let pings = ready(&batch, concurrency);
        // As if the batches had followed each other without a pause.
        let zero = start.checked_sub(elapsed).unwrap_or(start);
        elapsed += start.elapsed();
        let used = before.until(&Used::now()).cpu_ns();
        cpu_ns = cpu_ns.zip(used).map(|(sum, used)| sum + used);
        tally.count(&pings);
        if output.wants_pings() {
            output.pings(&batch::in_order(&batch, pings), zero)?;
        }
    }
    drop(progress);
    output.totals(&Totals {
        tally: &tally,
        never_sent: requests as u64 - tally.requests(),
        elapsed,
        cpu_ns,
        peak_rss_bytes: peak_rss_bytes(),
    })?;
    Ok(if interrupt.raised() {
        ExitCode::from(INTERRUPTED)
    } else if tally.failures() > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
