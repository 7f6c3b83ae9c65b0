//! One scene: a server, a program, and what came of it.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitStatus;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use measurement::exam::{
    self, Did, Handed, Mark, Outcome, Performance, Said, Scene, Seen,
};
use measurement::witness::{Stamp, Witness};
use safe_text::terminal::shortened;
use socket2::{Domain, Socket, Type};

use super::called::{with_list, with_url};
use super::order::Order;
use crate::child::Server;
use crate::interrupt::Interrupt;
use crate::launch::{Ended, Heard, Limits, Looks, Ran, watch};
use crate::trial::monotonic::monotonic_ns;

/// The most memory that a program may have, bytes. A body without end would
/// fill all there is in a few seconds.
const MOST_MEMORY: u64 = 1 << 30;

/// Requests that are kept for the picture.
const MOST_MARKS: usize = 200;

/// How long the server may take to notice that a program has gone.
const NOTICE: Duration = Duration::from_millis(300);

/// Characters of the last line.
const LAST_LINE: usize = 200;

/// Plays the scene.
///
/// # Errors
///
/// If the server or the program cannot be started.
pub(super) fn perform(order: &Order) -> Result<Performance> {
    let scene = exam::named(&order.scene).context("there is no such scene")?;
    let interrupt = Interrupt::default();
    let server = Server::start(&interrupt)?;
    let nobody = Nobody::new().context("cannot take a port for nobody")?;
    server.reset(&scene.plan(order.urls))?;
    let before = Scene::before_first(order.urls);
    let url = |number| {
        let address = match scene.is_refused(number, order.urls) {
            true => nobody.address,
            false => server.address(),
        };
        format!("http://{address}/200?seq={}", before + number)
    };
    let urls: Vec<String> = (1..=order.urls).map(url).collect();
    let start_ns = monotonic_ns().unwrap_or(0);
    let mut calls = Calls::begin(order, &server, &interrupt);
    calls.make(order, &urls)?;
    let mut witness = calls.witness.take().map_or_else(
        || server.last_witness(),
        |last| last.context("the server did not tell what it saw"),
    )?;
    for stamp in &mut witness.stamps {
        stamp.seq = stamp.seq.saturating_sub(before);
    }
    let addresses = [server.address().to_string(), nobody.address.to_string()];
    Ok(Performance {
        scene: scene.name.to_owned(),
        urls: order.urls,
        handed: order.handed,
        patience_ns: order.patience_ns,
        seen: Seen::of(
            &witness,
            scene,
            order.urls,
            start_ns,
            calls.looks.lulls(),
        ),
        did: calls.did(&addresses),
        requests: marks(&witness, start_ns),
        requests_left_out: witness
            .requests
            .saturating_sub(witness.stamps.len().min(MOST_MARKS) as u64),
    })
}

/// A port that is taken, and at which nobody listens.
struct Nobody {
    _socket: Socket,
    address: SocketAddr,
}

impl Nobody {
    fn new() -> Result<Nobody> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
        let address = socket.local_addr()?.as_socket();
        let address = address.context("it has no address")?;
        Ok(Nobody { _socket: socket, address })
    }
}

/// The calls of a program, one after another.
struct Calls<'a> {
    server: &'a Server,
    interrupt: &'a Interrupt,
    start: Instant,
    until: Instant,
    ran: Vec<Ran>,
    wall_ns: u64,
    looks: Looks,
    /// What the server had seen at the end of the last one.
    witness: Option<Result<Witness>>,
}

impl<'a> Calls<'a> {
    fn begin(
        order: &Order,
        server: &'a Server,
        interrupt: &'a Interrupt,
    ) -> Calls<'a> {
        let start = Instant::now();
        let until = start + Duration::from_nanos(order.patience_ns);
        Calls {
            server,
            interrupt,
            start,
            until,
            ran: Vec::new(),
            wall_ns: 0,
            looks: Looks::default(),
            witness: None,
        }
    }

    fn make(&mut self, order: &Order, urls: &[String]) -> Result<()> {
        match order.handed {
            Handed::List => {
                let mut text = urls.join("\n");
                text.push('\n');
                fs::write(&order.list, text).with_context(|| {
                    format!("cannot write {}", order.list.display())
                })?;
                self.call(&with_list(&order.words, &order.list))
            }
            Handed::One => {
                for url in urls {
                    self.call(&with_url(&order.words, url))?;
                    if !matches!(
                        self.ran.last().map(|ran| ran.ended),
                        Some(Ended::Alone(_))
                    ) {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    fn call(&mut self, words: &[String]) -> Result<()> {
        let time = self.until.saturating_duration_since(Instant::now());
        let limits = Limits { time, memory: Some(MOST_MEMORY) };
        let server = self.server;
        let at_the_end = || settled(server);
        let looks = Some(&mut self.looks);
        let (ran, witness) =
            watch(words, limits, self.interrupt, looks, at_the_end)?;
        self.wall_ns = self.start.elapsed().as_nanos() as u64;
        self.ran.push(ran);
        self.witness = Some(witness);
        Ok(())
    }

    fn did(&self, addresses: &[String]) -> Did {
        let sum = |of: fn(&Ran) -> Option<u64>| {
            self.ran.iter().map(of).sum::<Option<u64>>()
        };
        let outcome = match self.ran.last().map(|ran| ran.ended) {
            Some(Ended::TimeUp) => Outcome::TimeUp,
            Some(Ended::TooLarge) => Outcome::TooLarge,
            _ => Outcome::Ended,
        };
        let exits: Vec<i32> =
            self.ran.iter().filter_map(|ran| exit(ran.ended)).collect();
        Did {
            outcome,
            exits,
            wall_ns: self.wall_ns,
            cpu_ns: sum(|ran| Some(ran.user_ns? + ran.system_ns?)),
            starved_ns: self.looks.starved_ns(),
            peak_rss_bytes: self
                .ran
                .iter()
                .filter_map(|ran| ran.peak_rss_bytes)
                .max(),
            left_processes: self.ran.iter().map(|ran| ran.left as u64).sum(),
            last_line: last_line(&self.ran),
            said: said(&self.ran, addresses),
        }
    }
}

/// What the server has seen, once it has noticed whoever has gone.
fn settled(server: &Server) -> Result<Witness> {
    let until = Instant::now() + NOTICE;
    loop {
        let witness = server.last_witness()?;
        if witness.in_flight == 0 || Instant::now() >= until {
            return Ok(witness);
        }
        thread::park_timeout(Duration::from_millis(20));
    }
}

/// The exit code of a program, as shells give it: 128 and the signal, if one
/// ended it. None if we did.
fn exit(ended: Ended) -> Option<i32> {
    let Ended::Alone(status) = ended else { return None };
    Some(status.code().unwrap_or_else(|| 128 + signal(status)))
}

fn signal(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    {
        std::os::unix::process::ExitStatusExt::signal(&status).unwrap_or(0)
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        0
    }
}

/// The last line of the last call that failed, or else of the last one: what
/// it says of an error, and else what it says.
fn last_line(ran: &[Ran]) -> String {
    let failed = |ran: &&Ran| exit(ran.ended) != Some(0);
    let of = ran.iter().rev().find(failed).or(ran.last());
    let Some(of) = of else { return String::new() };
    let streams = match failed(&of) {
        true => [&of.err, &of.out],
        false => [&of.out, &of.err],
    };
    let last = |heard: &Heard| {
        let text = heard.tail.as_ref().unwrap_or(&heard.text);
        let mut lines = text.split(['\n', '\r']).map(str::trim).rev();
        let line = lines.find(|line| !line.is_empty())?;
        Some(shortened(line, LAST_LINE))
    };
    streams.into_iter().find_map(last).unwrap_or_default()
}

/// All that it said, if it was not too much.
fn said(ran: &[Ran], addresses: &[String]) -> Option<Said> {
    let heard = || ran.iter().flat_map(|ran| [&ran.out, &ran.err]);
    if heard().any(|heard| heard.tail.is_some()) {
        return None;
    }
    let texts: Vec<&str> = heard().map(|heard| heard.text.as_str()).collect();
    Some(Said::of(&texts.join("\n"), addresses))
}

fn marks(witness: &Witness, start_ns: u64) -> Vec<Mark> {
    let mut stamps: Vec<&Stamp> = witness.stamps.iter().collect();
    stamps.sort_by_key(|stamp| stamp.received_ns);
    let mut known = std::collections::BTreeSet::new();
    let since = |ns: u64| ns.saturating_sub(start_ns);
    let mark = |stamp: &Stamp| Mark {
        url: stamp.seq,
        from_ns: since(stamp.received_ns),
        to_ns: stamp.sent_ns.map(since),
        status: stamp.status,
        end: stamp.end,
        again: !known.insert(stamp.seq),
    };
    stamps.into_iter().take(MOST_MARKS).map(mark).collect()
}
