//! A ping over tokio's stream.

use std::io;
use std::time::Duration;

use ping_by_hand::Request;
use ping_core::{Phase, Ping, PingError, Reply, Watch};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Connection, address};

/// The client whose streams are waited for by tasks.
pub(crate) type Client = super::Client<TcpStream>;

/// Sends one GET to `url` and reads the answer to its end.
pub(crate) async fn ping(client: &Client, url: &str) -> Ping {
    let Client { watch, timeout, .. } = client;
    let get = async |phase: &mut Phase| get(client, url, phase).await;
    in_time(watch, *timeout, url, Phase::Connect, get).await
}

/// A ping of `url` by `get`, which moves the phase on from the one where it
/// begins; what has taken too long is named by the phase that it was in.
pub(crate) async fn in_time(
    watch: &Watch,
    limit: Duration,
    url: &str,
    mut phase: Phase,
    get: impl AsyncFnOnce(&mut Phase) -> Result<Reply, PingError>,
) -> Ping {
    match watch.start(url) {
        Ok(started) => {
            let got = timeout(limit, get(&mut phase)).await;
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
