//! `ping --strategy many-machines`: opens a batch on the queue, works on it
//! beside all other workers, and tells the results as they come.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use lesson_12_many_machines::work;
use ping_async::Client;
use ping_core::{Setup, Watch};
use ping_queue::{Asked, Batch, Collector, Role, Terms};
use tokio::task::JoinSet;

use super::output::{Head, Output, Totals};
use super::stopping::stopping;
use super::tally::Tally;
use super::{list, way};
use crate::cli::PingArgs;
use crate::interrupt::INTERRUPTED;
use crate::limits;
use crate::machines::{
    ACK_WAIT_LONGER, name_of_batch, refused, runtime, servers,
};
use crate::strategies::MANY_MACHINES;
use crate::terminal::{Progress, note};
use crate::trial::{Used, peak_rss_bytes};

/// Pings the list and prints what came of it.
pub(super) fn ping(args: &PingArgs) -> Result<ExitCode> {
    let queue = &args.machines.queue;
    let (servers, name) = (servers(queue)?, name_of_batch(queue)?);
    let urls = list::read(args)?;
    let concurrency = way::of_machines(args, &urls)?;
    let urls = whole(urls, args.requests);
    limits::check_open_files(concurrency)?;
    let terms = Terms::new(&urls, args.timeout);
    let asked = Asked {
        concurrency,
        ack_wait: args
            .machines
            .ack_wait
            .unwrap_or(args.timeout + ACK_WAIT_LONGER),
        replicas: args.machines.replicas.unwrap_or(NonZeroUsize::MIN),
    };
    let mut output = Output::open(args)?;
    let watch = Watch::default();
    let interrupt = stopping(&watch, &output)?;
    let runtime = runtime(args.workers)?;
    let (queue, batch) = runtime.block_on(async {
        let queue = servers.connect_as(Role::Ping, &name).await;
        let queue = queue.map_err(refused)?;
        let batch = queue.open(&name, &terms, asked).await;
        batch.map(|batch| (queue, batch)).map_err(refused)
    })?;
    let client = Client::new(&Setup {
        timeout: args.timeout,
        watch: watch.clone(),
        ..Setup::new(concurrency)
    })?;
    let most = concurrency.get().min(urls.len());
    output.head(&Head {
        strategy: MANY_MACHINES,
        concurrency: most,
        requested_concurrency: args.concurrency.map_or(most, Into::into),
    })?;
    if let Some(limit) = args.deadline {
        watch.end_by(Instant::now() + limit);
    }
    let (before, start) = (Used::now(), Instant::now());
    let shared = Shared { batch: &batch, client: &client, urls: &urls };
    let mut tally = Tally::new(&args.expect, false);
    let told = shared.told(concurrency, &mut tally, &mut output, start);
    let told = runtime.block_on(queue.unless_refused(told));
    let workers = told.map_err(refused)??;
    let never_sent = urls.len() as u64 - tally.pings();
    output.totals(&Totals {
        tally: &tally,
        watch: &watch,
        never_sent,
        elapsed: start.elapsed(),
        cpu_ns: before.until(&Used::now()).cpu_ns(),
        peak_rss_bytes: peak_rss_bytes(),
    })?;
    workers.tell();
    if never_sent == 0 {
        runtime.block_on(queue.unless_refused(batch.remove()))??;
    } else {
        note(format!(
            "the batch `{name}` stays on the queue; the same command goes on \
             with it"
        ));
    }
    Ok(if interrupt.raised() {
        ExitCode::from(INTERRUPTED)
    } else if tally.failed() > 0 || never_sent > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The list, gone round until there are so many.
fn whole(urls: Vec<String>, requests: Option<NonZeroUsize>) -> Vec<String> {
    match requests {
        None => urls,
        Some(many) => urls.iter().cycle().take(many.get()).cloned().collect(),
    }
}

/// What all of it is about.
struct Shared<'a> {
    batch: &'a Batch,
    client: &'a Client,
    urls: &'a [String],
}

impl Shared<'_> {
    /// Produces, works in so many tasks, and tells each result; until all are
    /// told, or all that there are when the watch says stop.
    async fn told(
        &self,
        tasks: NonZeroUsize,
        tally: &mut Tally,
        output: &mut Output,
        start: Instant,
    ) -> Result<Workers> {
        let progress = console::user_attended_stderr()
            .then(|| Progress::new(self.urls.len() as u64, "pings"));
        let mut look = tokio::time::interval(Progress::INTERVAL);
        let mut working = pin!(self.working(tasks));
        let mut collector = Collector::after(self.batch, 0);
        let mut workers = Workers::default();
        let (mut told, mut wanted) = (0, None);
        while told < wanted.unwrap_or(self.urls.len()) {
            tokio::select! {
                result = collector.next() => {
                    let result = result.map_err(refused)?;
                    workers.count(&result.worker, result.deliveries);
                    let pings = [result.into_ping(self.urls)];
                    told += 1;
                    tally.count(&pings);
                    if output.wants_pings() {
                        output.pings(&pings, start, tally)?;
                    }
                }
                done = &mut working, if wanted.is_none() => {
                    wanted = Some(done);
                }
                _ = look.tick(), if progress.is_some() => {
                    if let Some(bar) = &progress {
                        bar.at(told as u64);
                        bar.say(&self.in_flight(workers.again).await);
                    }
                }
            }
        }
        Ok(workers)
    }

    /// Puts the jobs on the queue and does some; says how many results there
    /// are when this process is no longer at work.
    async fn working(&self, tasks: NonZeroUsize) -> usize {
        let mut working = JoinSet::new();
        for _ in 0..tasks.get() {
            let (client, batch) = (self.client.clone(), self.batch.clone());
            working.spawn(async move { work(&client, &batch, "here").await });
        }
        self.batch.produce(self.urls, self.client.watch()).await;
        while working.join_next().await.is_some() {}
        self.batch.done().await
    }

    /// What stands beside the bar.
    async fn in_flight(&self, again: u64) -> String {
        match self.batch.progress().await {
            Ok(now) => format!(
                "pings, {} in flight, {again} handed out again",
                now.in_flight
            ),
            Err(_) => "pings, the queue does not answer".to_owned(),
        }
    }
}

/// Who did the jobs.
#[derive(Debug, Default)]
struct Workers {
    jobs: BTreeMap<String, u64>,
    /// Jobs that had to be handed out more than once.
    again: u64,
}

/// More workers are not counted by name: whoever may write results could
/// invent any number.
const MOST: usize = 1000;

impl Workers {
    fn count(&mut self, worker: &str, deliveries: u32) {
        self.again += u64::from(deliveries > 1);
        if self.jobs.len() < MOST || self.jobs.contains_key(worker) {
            *self.jobs.entry(worker.to_owned()).or_default() += 1;
        }
    }

    /// Says it on standard error, where it is no part of the results.
    fn tell(&self) {
        for (worker, jobs) in &self.jobs {
            note(format!("{worker}: {jobs} jobs"));
        }
        if self.again > 0 {
            note(format!("{} jobs were handed out again", self.again));
        }
    }
}
