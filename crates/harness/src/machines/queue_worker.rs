use std::io::{self, Write};
use std::num::NonZeroUsize;

use anyhow::{Context, Result, bail};
use lesson_12_many_machines::work;
use ping_async::Client;
use ping_core::Setup;
use ping_queue::Servers;
use tokio::task::JoinSet;

use super::{ack_first, refused, runtime};
use crate::cli::QueueWorkerArgs;
use crate::trial::READY;

/// The inside of a worker process of a trial: says that it is ready once it
/// has found the batch, and works on it until it is done.
///
/// # Errors
///
/// If there is no such batch, no client, or nobody listens.
pub fn queue_worker(args: &QueueWorkerArgs) -> Result<()> {
    let QueueWorkerArgs { nats, batch, tasks, .. } = args;
    let servers = Servers { urls: vec![nats.clone()], ..Servers::default() };
    runtime(NonZeroUsize::MIN)?.block_on(async {
        let queue = servers.connect().await.map_err(refused)?;
        let name = batch.parse().map_err(refused)?;
        let Some(batch) = queue.join(&name).await.map_err(refused)? else {
            bail!("there is no batch `{batch}` on the queue at {nats}");
        };
        let timeout = batch.terms().timeout;
        let client = Client::new(&Setup { timeout, ..Setup::new(*tasks) })?;
        writeln!(io::stdout(), "{READY}").context("nobody listens")?;
        let mut working = JoinSet::new();
        for _ in 0..tasks.get() {
            let (client, batch) = (client.clone(), batch.clone());
            let (name, ack_first) = (args.name.clone(), args.ack_first);
            working.spawn(async move {
                match ack_first {
                    false => work(&client, &batch, &name).await,
                    true => ack_first::work(&client, &batch, &name).await,
                }
            });
        }
        working.join_all().await;
        Ok(())
    })
}
