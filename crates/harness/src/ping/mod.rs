//! `harness ping`: the ping test on URLs of the reader's own.

mod batch;
mod list;
#[cfg(feature = "many-machines")]
mod machines;
mod output;
mod percentiles;
mod stopping;
mod tally;
mod way;

pub(crate) use output::Target;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use ping_core::{Setup, Watch};

use crate::cli::PingArgs;
use crate::interrupt::INTERRUPTED;
use crate::limits;
use crate::strategies::MANY_MACHINES;
use crate::terminal::note;
use crate::trial::{Used, peak_rss_bytes};
#[cfg(not(feature = "many-machines"))]
use crate::usage::without_machines;
use batch::Batches;
use output::{Head, Output, Totals};
use stopping::stopping;
use tally::Tally;
use way::Way;

/// Pings the list and prints what came of it.
pub fn ping(args: &PingArgs) -> Result<ExitCode> {
    if args.strategy.as_deref() == Some(MANY_MACHINES) {
        #[cfg(feature = "many-machines")]
        return machines::ping(args);
        #[cfg(not(feature = "many-machines"))]
        return Err(without_machines());
    }
    let urls = list::read(args)?;
    let requests = args.requests.map_or(urls.len(), Into::into);
    let way = Way::of(args, &urls)?;
    let batch = way.batch();
    let Way { strategy, manners, asked, concurrency, notes } = way;
    limits::check_open_files(concurrency)?;
    let mut output = Output::open(args)?;

    let watch = Watch::default();
    let interrupt = stopping(&watch, &output)?;
    for text in notes {
        note(format!("note: {text}"));
    }
    let ready = strategy.prepare(&Setup {
        concurrency,
        timeout: args.timeout,
        workers: args.workers,
        watch: watch.clone(),
        manners,
        ..Setup::new(concurrency)
    })?;
    output.head(&Head {
        strategy: strategy.way.id,
        concurrency: concurrency.get().min(requests),
        requested_concurrency: asked.get(),
    })?;

    let batches = Batches::new(&urls, requests, batch);
    let progress = batch::watch_progress(&watch, requests as u64);
    let mut tally = Tally::new(&args.expect, args.retries.is_some());
    if let Some(limit) = args.deadline {
        watch.end_by(Instant::now() + limit);
    }
    // Time and cost of the pings alone: whoever reads the output may be slow.
    let (mut elapsed, mut cpu_ns) = (Duration::ZERO, Some(0));
    for batch in batches {
        if watch.over() {
            break;
        }
        let (before, start) = (Used::now(), Instant::now());
        let pings = ready(&batch, concurrency);
        // As if the batches had followed each other without a pause.
        let zero = start.checked_sub(elapsed).unwrap_or(start);
        elapsed += start.elapsed();
        let used = before.until(&Used::now()).cpu_ns();
        cpu_ns = cpu_ns.zip(used).map(|(sum, used)| sum + used);
        tally.count(&pings);
        if output.wants_pings() {
            output.pings(&batch::in_order(&batch, pings), zero, &tally)?;
        }
    }
    drop(progress);
    let never_sent = requests as u64 - tally.pings();
    output.totals(&Totals {
        tally: &tally,
        watch: &watch,
        never_sent,
        elapsed,
        cpu_ns,
        peak_rss_bytes: peak_rss_bytes(),
    })?;
    Ok(if interrupt.raised() {
        ExitCode::from(INTERRUPTED)
    } else if tally.failed() > 0 || never_sent > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}
