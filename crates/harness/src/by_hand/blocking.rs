//! Lesson 4's worker pool over the standard library's stream.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use crossbeam::{channel, thread};
use ping_by_hand::Request;
use ping_core::{Phase, Ping, PingError, Reply};

use super::{Connection, address};

/// The client whose streams block.
pub(crate) type Client = super::Client<Patient>;

/// As `lesson_04_worker_pool::ping_all`, with this client.
///
/// # Panics
///
/// If a ping does, which it never should.
pub(crate) fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            let work = move |_: &_| {
                for url in job_rx {
                    let ping = ping(client, url);
                    ping_tx.send(ping).expect("the receiver is below");
                }
            };
            // Where the system has no thread left, fewer do the same work.
            if scope.builder().spawn(work).is_err() {
                break;
            }
        }
        for url in urls {
            job_tx.send(url).expect("one receiver is still here");
        }
        drop(job_tx);
    })
    .expect("a ping never panics");
    drop(ping_tx);
    // Where there was no worker at all, the jobs are still in the queue.
    let left = job_rx.into_iter().map(Ping::no_thread);
    ping_rx.into_iter().chain(left).collect()
}

fn ping(client: &Client, url: &str) -> Ping {
    match client.watch.start(url) {
        Ok(started) => started.finish(get(client, url)),
        Err(cancelled) => cancelled,
    }
}

fn get(client: &Client, url: &str) -> Result<Reply, PingError> {
    let deadline = Instant::now() + client.timeout;
    let request = Request::of(url)?;
    let words = |error| PingError::from_io(&error);
    let address = address(&request)?;
    let mut connection = match client.idle.take(address) {
        Some(idle) => idle,
        None => {
            let dialled = Patient::dial(address, client.timeout);
            let words = |error| match words(error) {
                PingError::Timeout(_) => PingError::Timeout(Phase::Connect),
                error => error,
            };
            Connection::new(dialled.map_err(words)?)
        }
    };
    let request = request.bytes();
    connection.stream.tcp.write_all(&request).map_err(words)?;
    loop {
        let Connection { stream, room, answer, .. } = &mut connection;
        let length = stream
            .read_until(deadline, room)
            .map_err(|error| answer.broken(&error))?;
        if let Some(whole) = connection.take(length)? {
            if whole.keep {
                client.idle.give_back(address, connection);
            }
            return Ok(whole.reply);
        }
    }
}

/// A stream and how long its next read may take.
#[derive(Debug)]
pub(crate) struct Patient {
    tcp: TcpStream,
    patience: Duration,
}

/// A call to the system for a smaller difference would be all that it buys.
const CLOSE_ENOUGH: Duration = Duration::from_millis(1);

impl Patient {
    fn dial(address: SocketAddr, timeout: Duration) -> io::Result<Patient> {
        let tcp = TcpStream::connect_timeout(&address, timeout)?;
        tcp.set_nodelay(true)?;
        tcp.set_write_timeout(Some(timeout))?;
        tcp.set_read_timeout(Some(timeout))?;
        Ok(Patient { tcp, patience: timeout })
    }

    fn read_until(
        &mut self,
        deadline: Instant,
        room: &mut [u8],
    ) -> io::Result<usize> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            if self.patience.abs_diff(left) > CLOSE_ENOUGH {
                self.tcp.set_read_timeout(Some(left))?;
                self.patience = left;
            }
            match self.tcp.read(room) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    #[test]
    fn a_read_may_take_what_is_left_of_its_ping_and_the_next_all_of_its_own() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let [whole, half] = [60, 30].map(Duration::from_secs);
        let address = listener.local_addr().unwrap();
        let mut stream = Patient::dial(address, whole).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        for (left, least) in [(half, Duration::ZERO), (whole, half)] {
            server.write_all(b"x").unwrap();
            let read = stream.read_until(Instant::now() + left, &mut [0]);
            assert_eq!(read.unwrap(), 1);
            let set = stream.tcp.read_timeout().unwrap().unwrap();
            assert!(least < set && set <= left, "{set:?} of {left:?}");
        }
        let over = stream.read_until(Instant::now(), &mut [0]).unwrap_err();
        assert_eq!(over.kind(), ErrorKind::TimedOut);
    }
}
