//! The inside of a process that plays a part in a batch.

use std::cell::RefCell;
use std::io::{BufRead, Write};
use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use lesson_06_async_shapes::ping_all;
use ping_async::Client;
use ping_core::{Ping, Setup, Watch};
use ping_queue::{
    Asked, Batch, BatchName, Collector, Produced, Queue, Servers, Terms,
};

use super::order::{AT, DONE, GO, Order, READY, Role, STEP};
use crate::limits;
use crate::machines::{ACK_WAIT_LONGER, at_work, refused, runtime};
use crate::trial::FAILED;

/// The batch: its servers are for it alone.
const BATCH: &str = "measured";

/// Threads under the tasks where all is in one process, as everywhere else
/// where tasks are measured.
const THREADS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

/// Reads the order, plays the part, and tells when it is over; then waits for
/// the end of its input, so that its figures can be read until then.
///
/// # Errors
///
/// If nobody listens.
pub fn part(input: &mut impl BufRead, output: &mut impl Write) -> Result<()> {
    let Err(error) = play(input, output) else { return Ok(()) };
    say(output, &format!("{FAILED}{error:#}").replace('\n', " "))
}

fn play(input: &mut impl BufRead, output: &mut impl Write) -> Result<()> {
    let order: Order = serde_json::from_str(&line(input)?)
        .context("cannot understand the order")?;
    let mut talk = Talk { input, output };
    let good = match order.role {
        Role::Alone => alone(&order, &mut talk)?,
        _ => runtime(NonZeroUsize::MIN)?.block_on(shared(&order, &mut talk))?,
    };
    say(talk.output, &format!("{DONE}{good}"))?;
    // The end of the input is the end of this process.
    while !line(talk.input)?.is_empty() {}
    Ok(())
}

/// Whom we talk with.
struct Talk<'a, I, O> {
    input: &'a mut I,
    output: &'a mut O,
}

impl<I: BufRead, O: Write> Talk<'_, I, O> {
    fn wait_for_go(&mut self) -> Result<()> {
        say(self.output, READY)?;
        ensure!(line(self.input)?.trim() == GO, "nobody says {GO}");
        Ok(())
    }

    /// Says now and then how far it is.
    fn at(&mut self, jobs: u64) -> Result<()> {
        if jobs.is_multiple_of(STEP) {
            say(self.output, &format!("{AT}{jobs}"))?;
        }
        Ok(())
    }
}

fn line(input: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    input.read_line(&mut line).context("cannot hear the parent")?;
    Ok(line)
}

fn say(output: &mut impl Write, line: &str) -> Result<()> {
    writeln!(output, "{line}")
        .and_then(|()| output.flush())
        .context("nobody listens")
}

/// A part in a batch on the queue.
async fn shared<I: BufRead, O: Write>(
    order: &Order,
    talk: &mut Talk<'_, I, O>,
) -> Result<u64> {
    let servers = Servers { urls: order.queue.clone(), ..Servers::default() };
    let queue = servers.connect().await.map_err(refused)?;
    match order.role {
        Role::Producer => {
            let batch = opened(&queue, order).await?;
            talk.wait_for_go()?;
            produce(&batch, order, talk).await
        }
        Role::Worker => {
            let batch = joined(&queue).await?;
            let client = client(order.tasks)?;
            talk.wait_for_go()?;
            at_work(&batch, &client, tasks(order.tasks)?).await;
            Ok(client.watch().done() as u64)
        }
        _ => {
            let batch = joined(&queue).await?;
            let mut collector = Collector::after(&batch, 0);
            talk.wait_for_go()?;
            let mut good = 0;
            for number in 1..=order.jobs {
                let result = collector.next().await.map_err(refused)?;
                good += u64::from(is_good(&result.into_ping(&[])));
                talk.at(number)?;
            }
            Ok(good)
        }
    }
}

fn is_good(ping: &Ping) -> bool {
    ping.result.as_ref().is_ok_and(|reply| reply.status == 200)
}

async fn opened(queue: &Queue, order: &Order) -> Result<Batch> {
    let timeout = Setup::new(NonZeroUsize::MIN).timeout;
    let urls = (0..order.jobs).map_while(|job| order.url_of(job));
    let terms = Terms::of_each(urls, timeout);
    let asked = Asked {
        concurrency: tasks(order.concurrency)?,
        ack_wait: timeout + ACK_WAIT_LONGER,
        replicas: tasks(order.copies)?,
    };
    queue.open(&name()?, &terms, asked).await.map_err(refused)
}

async fn joined(queue: &Queue) -> Result<Batch> {
    let joined = queue.join(&name()?).await.map_err(refused)?;
    joined.context("the batch is not there")
}

fn name() -> Result<BatchName> {
    BATCH.parse().map_err(refused)
}

async fn produce<I: BufRead, O: Write>(
    batch: &Batch,
    order: &Order,
    talk: &mut Talk<'_, I, O>,
) -> Result<u64> {
    // One that goes on after an error asks again for what it had.
    let talk = RefCell::new(talk);
    let url = |job| {
        talk.borrow_mut().at(job).ok()?;
        order.url_of(job)
    };
    match batch.produce_each(url, &Watch::default()).await {
        Produced::All => Ok(order.jobs),
        Produced::Stopped => bail!("the batch is gone"),
    }
}

/// All jobs in this process, by the tasks of lesson 6.
fn alone<I: BufRead, O: Write>(
    order: &Order,
    talk: &mut Talk<'_, I, O>,
) -> Result<u64> {
    let urls: Vec<String> =
        (0..order.jobs).map_while(|job| order.url_of(job)).collect();
    let client = client(order.tasks)?;
    let runtime = runtime(THREADS)?;
    talk.wait_for_go()?;
    // The results are used up as fast as they come.
    let all = ping_all(&client, &urls, tasks(order.tasks)?, Duration::ZERO);
    let pings = runtime.block_on(all);
    Ok(pings.iter().filter(|ping| is_good(ping)).count() as u64)
}

fn client(most: usize) -> Result<Client> {
    let most = tasks(most)?;
    limits::check_open_files(most)?;
    Ok(Client::new(&Setup::new(most))?)
}

fn tasks(number: usize) -> Result<NonZeroUsize> {
    NonZeroUsize::new(number).context("the order names no number of tasks")
}
