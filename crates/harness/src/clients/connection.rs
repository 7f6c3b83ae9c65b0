//! hyper's own connection, with a list of those that are idle, and nothing
//! else around it.

use std::net::SocketAddr;
use std::time::Duration;

use hyper::Uri;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use ping_async::classify_cause;
use ping_by_hand::Request;
use ping_core::{Phase, Ping, PingError, Reply, Setup, Watch};
use tokio::net::TcpStream;

use super::AsyncClient;
use super::read::{bad, get, read};
use crate::by_hand::address;
use crate::by_hand::tasks::in_time;
use crate::idle::Idle;

/// The client over hyper's connections.
#[derive(Debug)]
pub(crate) struct Connections {
    timeout: Duration,
    watch: Watch,
    idle: Idle<SendRequest<String>>,
}

impl Connections {
    /// Sets it up; it connects to nothing yet.
    pub(crate) fn new(setup: &Setup) -> Connections {
        Connections {
            timeout: setup.timeout,
            watch: setup.watch.clone(),
            idle: Idle::default(),
        }
    }

    async fn get(
        &self,
        url: &str,
        phase: &mut Phase,
    ) -> Result<Reply, PingError> {
        let request = Request::of(url)?;
        let address = address(&request)?;
        let uri = Uri::try_from(&*request.path());
        let uri = uri.map_err(|why| bad(&why))?;
        let mut get = get(&request, uri)?;
        let (mut sender, response) = loop {
            let (mut sender, is_new) = match self.kept(address).await {
                Some(kept) => (kept, false),
                None => (dial(address).await?, true),
            };
            *phase = Phase::Head;
            match sender.try_send_request(get).await {
                Ok(response) => break (sender, response),
                Err(mut error) => match error.take_message() {
                    // It never left: its connection had just ended.
                    Some(unsent) if !is_new => get = unsent,
                    _ => return Err(classify_cause(error.error())),
                },
            }
        };
        *phase = Phase::Body;
        let reply = read(response).await?;
        // Not one that the answer has ended.
        if sender.ready().await.is_ok() {
            self.idle.give_back(address, sender);
        }
        Ok(reply)
    }

    /// A connection that was kept and has not ended meanwhile.
    async fn kept(&self, address: SocketAddr) -> Option<SendRequest<String>> {
        loop {
            let mut sender = self.idle.take(address)?;
            if sender.ready().await.is_ok() {
                return Some(sender);
            }
        }
    }
}

async fn dial(address: SocketAddr) -> Result<SendRequest<String>, PingError> {
    let dialled = TcpStream::connect(address).await;
    let words = |error| PingError::from_io(&error);
    let stream = dialled.map_err(words)?;
    stream.set_nodelay(true).map_err(words)?;
    let shaken = handshake(TokioIo::new(stream)).await;
    let (sender, connection) =
        shaken.map_err(|error| classify_cause(&error))?;
    // Reads and writes, until its sender is dropped or the other side ends it.
    // What goes wrong on it is told to whoever waits for the answer.
    tokio::spawn(connection);
    Ok(sender)
}

impl AsyncClient for Connections {
    async fn ping(&self, url: &str) -> Ping {
        let get = async |phase: &mut Phase| self.get(url, phase).await;
        in_time(&self.watch, self.timeout, url, Phase::Connect, get).await
    }
}
