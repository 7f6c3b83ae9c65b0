//! Lesson 5's tasks over tokio's stream.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_by_hand::Request;
use ping_core::{Phase, Ping, PingError, Reply};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Connection, address};

/// The client whose streams are waited for by tasks.
pub(crate) type Client = super::Client<TcpStream>;

/// As `lesson_05_async_tasks::ping_all`, with this client. Spawn it, for the
/// same reason.
///
/// # Panics
///
/// If a ping does, which it never should.
pub(crate) async fn ping_all(
    client: &Arc<Client>,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (Arc::clone(client), url.clone());
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
}

pub(crate) async fn ping(client: &Client, url: &str) -> Ping {
    match client.watch.start(url) {
        Ok(started) => {
            let mut phase = Phase::Connect;
            let get = get(client, url, &mut phase);
            let got = timeout(client.timeout, get).await;
            started.finish(got.unwrap_or(Err(PingError::Timeout(phase))))
        }
        Err(cancelled) => cancelled,
    }
}

async fn get(
    client: &Client,
    url: &str,
    phase: &mut Phase,
) -> Result<Reply, PingError> {
    let request = Request::of(url)?;
    let words = |error: io::Error| PingError::from_io(&error);
    let address = address(&request)?;
    let mut connection = match client.idle.take(address) {
        Some(idle) => idle,
        None => {
            let dialled = TcpStream::connect(address).await;
            let stream = dialled.map_err(words)?;
            stream.set_nodelay(true).map_err(words)?;
            Connection::new(stream)
        }
    };
    *phase = Phase::Head;
    let request = request.bytes();
    connection.stream.write_all(&request).await.map_err(words)?;
    loop {
        let Connection { stream, room, answer, .. } = &mut connection;
        let length =
            stream.read(room).await.map_err(|error| answer.broken(&error))?;
        if let Some(whole) = connection.take(length)? {
            if whole.keep {
                client.idle.give_back(address, connection);
            }
            return Ok(whole.reply);
        }
        if connection.answer.in_body() {
            *phase = Phase::Body;
        }
    }
}
