//! The processes of a run: producer, worker, collector.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use lesson_12_many_machines::work;
use ping_async::Client;
use ping_core::{Setup, Watch};
use ping_queue::{Asked, Batch, BatchName, Collector, Kind, Queue, Servers};
use signal_hook::consts::SIGTERM;
use signal_hook::iterator::Signals;
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::order::{Line, Order, Role};

/// What the batch is called.
pub(crate) const BATCH: &str = "kills";

/// Before something is asked again.
const PAUSE: Duration = Duration::from_millis(50);

/// A paced producer is so many times ahead of what may be in flight.
const AHEAD: usize = 4;

/// Does what the order says, to its end.
///
/// # Errors
///
/// If it cannot.
pub(crate) fn act(order: &Order) -> Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let urls = order.nats.clone();
        let servers = Servers { urls, ..Servers::default() };
        let queue = servers.connect().await?;
        match &order.role {
            Role::Producer { paced, gate } => {
                produce(order, &queue, *paced, gate.as_deref()).await
            }
            Role::Worker { name } => take_jobs(order, &queue, name).await,
            Role::Collector { file } => collect(order, &queue, file).await,
        }
    })
}

async fn produce(
    order: &Order,
    queue: &Queue,
    paced: bool,
    gate: Option<&Path>,
) -> Result<()> {
    let (urls, watch) = (order.urls(), Watch::default());
    let asked = Asked {
        concurrency: count(order.size.concurrency)?,
        ack_wait: Duration::from_millis(order.size.ack_wait_ms),
        replicas: count(crate::scene::SERVERS as u64)?,
    };
    let (name, terms) = (name()?, order.terms());
    let batch = loop {
        match queue.open(&name, &terms, asked).await {
            Ok(batch) => break batch,
            // The servers are just choosing a leader.
            Err(error) if error.kind() == Kind::Other => sleep(PAUSE).await,
            Err(error) => return Err(error.into()),
        }
    };
    let ahead = AHEAD * asked.concurrency.get();
    let mut wanted = 0;
    while paced && wanted < urls.len() {
        let may = gate.map_or(urls.len(), lets_through).min(urls.len());
        wanted = may.min(batch.done().await + ahead);
        batch.produce(&urls[..wanted], &watch).await;
        sleep(PAUSE / 10).await;
    }
    batch.produce(&urls, &watch).await;
    Ok(())
}

/// How many jobs there may be by now.
fn lets_through(gate: &Path) -> usize {
    let text = fs::read_to_string(gate).unwrap_or_default();
    text.parse().unwrap_or(0)
}

async fn take_jobs(order: &Order, queue: &Queue, worker: &str) -> Result<()> {
    let watch = Watch::default();
    let mut signals = Signals::new([SIGTERM])?;
    thread::spawn({
        let watch = watch.clone();
        move || signals.forever().for_each(|_| watch.stop())
    });
    let batch = opened(queue).await?;
    let tasks = count(order.size.tasks)?;
    let timeout = batch.terms().timeout;
    let client = Client::new(&Setup { timeout, watch, ..Setup::new(tasks) })?;
    let mut working = JoinSet::new();
    for _ in 0..tasks.get() {
        let (client, batch) = (client.clone(), batch.clone());
        let worker = worker.to_owned();
        working.spawn(async move { work(&client, &batch, &worker).await });
    }
    working.join_all().await;
    Ok(())
}

/// The batch, once the producer has opened it.
async fn opened(queue: &Queue) -> Result<Batch> {
    let name = name()?;
    loop {
        match queue.join(&name).await {
            Ok(Some(batch)) => return Ok(batch),
            Ok(None) => {}
            Err(error) if error.kind() == Kind::Other => {}
            Err(error) => return Err(error.into()),
        }
        sleep(PAUSE).await;
    }
}

/// The file is the progress: what was cut off in the middle of a line is
/// asked for again.
async fn collect(order: &Order, queue: &Queue, path: &Path) -> Result<()> {
    let batch = opened(queue).await?;
    let urls = order.urls();
    let mut options = OpenOptions::new();
    let options = options.read(true).write(true).create(true).truncate(false);
    let mut file = options.open(path)?;
    let (mut told, last) = whole_lines(&mut file)?;
    let mut collector = Collector::after(&batch, last);
    while told < order.jobs {
        let result = collector.next().await?;
        let (sequence, number) = (result.sequence, result.number);
        let deliveries = result.deliveries;
        let reply = result.into_ping(&urls).result;
        let good = reply.is_ok_and(|reply| reply.status == 200);
        let line = Line { sequence, number, deliveries, good };
        let text = serde_json::to_string(&line)? + "\n";
        file.write_all(text.as_bytes())?;
        told += 1;
    }
    Ok(())
}

/// How many there are, and the sequence of the last one; the file is cut off
/// after it.
fn whole_lines(file: &mut File) -> Result<(u64, u64)> {
    let (mut lines, mut last, mut end) = (0, 0, 0);
    let mut reader = BufReader::new(&mut *file);
    let mut text = String::new();
    while reader.read_line(&mut text)? > 0 && text.ends_with('\n') {
        let line: Line = serde_json::from_str(&text)
            .with_context(|| format!("no line of a collector: {text}"))?;
        (lines, last, end) =
            (lines + 1, line.sequence, end + text.len() as u64);
        text.clear();
    }
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    Ok((lines, last))
}

fn name() -> Result<BatchName> {
    Ok(BATCH.parse()?)
}

fn count(number: u64) -> Result<NonZeroUsize> {
    NonZeroUsize::new(usize::try_from(number)?).context("a size is 0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_cut_off_is_written_again() {
        let mut file = tempfile::tempfile().unwrap();
        let line = |sequence| {
            let line = Line { sequence, number: 7, deliveries: 1, good: true };
            serde_json::to_string(&line).unwrap() + "\n"
        };
        let whole = line(1) + &line(2);
        file.write_all(whole.as_bytes()).unwrap();
        file.write_all(&line(3).as_bytes()[..9]).unwrap();
        file.rewind().unwrap();
        assert_eq!(whole_lines(&mut file).unwrap(), (2, 2));
        assert_eq!(file.metadata().unwrap().len(), whole.len() as u64);
        assert_eq!(file.stream_position().unwrap(), whole.len() as u64);
    }
}
