use std::num::NonZeroUsize;
use std::process::{self, ExitCode};
use std::time::Duration;

use anyhow::Result;
use lesson_12_many_machines::work;
use ping_async::Client;
use ping_core::{Setup, Watch};
use ping_queue::{Batch, BatchName, Kind, Queue, Role};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::{name_of_batch, refused, runtime, servers};
use crate::cli::WorkerArgs;
use crate::interrupt::Interrupt;
use crate::limits;
use crate::system;
use crate::terminal::note;

/// How often it is looked whether the batch has been opened.
const LOOK: Duration = Duration::from_millis(200);

/// Works on a batch until it is done or somebody says stop.
pub fn worker(args: &WorkerArgs) -> Result<ExitCode> {
    let servers = servers(&args.queue)?;
    let name = name_of_batch(&args.queue)?;
    limits::check_open_files(args.concurrency)?;
    let watch = Watch::default();
    let _interrupt = Interrupt::install({
        let watch = watch.clone();
        move || {
            watch.stop();
            note("stopping; the jobs in hand are finished");
        }
    })?;
    runtime(NonZeroUsize::MIN)?.block_on(async {
        let queue = servers.connect_as(Role::Worker, &name).await;
        let queue = queue.map_err(refused)?;
        let Some(batch) = opened(&queue, &name, &watch).await? else {
            note("stopped before there was a job");
            return Ok(ExitCode::SUCCESS);
        };
        let jobs = batch.terms().jobs;
        note(format!("at work on `{name}`, a batch of {jobs} jobs"));
        let client = Client::new(&Setup {
            timeout: batch.terms().timeout,
            watch: watch.clone(),
            ..Setup::new(args.concurrency)
        })?;
        let working = at_work(&batch, &client, args.concurrency);
        queue.unless_refused(working).await.map_err(refused)?;
        let done = watch.done();
        note(format!("did {done} of the {jobs} jobs of `{name}`"));
        Ok(ExitCode::SUCCESS)
    })
}

/// The batch, once somebody has opened it; none if somebody says stop before.
async fn opened(
    queue: &Queue,
    name: &BatchName,
    watch: &Watch,
) -> Result<Option<Batch>> {
    let mut told = false;
    while !watch.over() {
        match queue.join(name).await {
            Ok(Some(batch)) => return Ok(Some(batch)),
            Ok(None) => {}
            // Servers that are just choosing a leader say nothing.
            Err(error) if error.kind() == Kind::Other => {}
            Err(error) => return Err(refused(error)),
        }
        if !told {
            note(format!("waiting for somebody to open the batch `{name}`"));
            told = true;
        }
        sleep(LOOK).await;
    }
    Ok(None)
}

/// Works in so many tasks until there is no more to do.
pub(crate) async fn at_work(
    batch: &Batch,
    client: &Client,
    tasks: NonZeroUsize,
) {
    let worker = name();
    let mut working = JoinSet::new();
    for _ in 0..tasks.get() {
        let (client, batch) = (client.clone(), batch.clone());
        let worker = worker.clone();
        working.spawn(async move { work(&client, &batch, &worker).await });
    }
    working.join_all().await;
}

/// What this worker is called in the results: its machine and its process.
fn name() -> String {
    let machine = system::text("/proc/sys/kernel/hostname");
    let machine = machine.unwrap_or_else(|| "worker".to_owned());
    format!("{machine}-{}", process::id())
}
