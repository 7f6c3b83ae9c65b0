//! Connections, those that are idle, and how one is found for a ping.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use ping_by_hand::{Request, Whole};
use ping_core::{PingError, Reply, Setup, Watch};

use crate::hosts::{Host, Hosts};
use crate::s3_reactor::Reactor;
use crate::stream::{Room, Stream};

/// Bytes that are read at once, at most.
const ROOM: usize = 64 * 1024;

/// How long a connection is kept that nobody uses.
const MAX_IDLE: Duration = Duration::from_secs(90);

/// One thread's connections.
#[derive(Debug)]
pub struct Client {
    reactor: Rc<Reactor>,
    room: Room,
    /// Those whose ping is done, the one used last at the end.
    idle: RefCell<VecDeque<Idle>>,
    hosts: Hosts,
    most_idle: usize,
    timeout: Duration,
    watch: Watch,
}

#[derive(Debug)]
struct Idle {
    stream: Stream,
    since: Instant,
}

impl Client {
    /// Sets it up; it connects to nothing yet.
    ///
    /// # Errors
    ///
    /// If the system has no queue of events to give, as where too many files
    /// are open.
    pub fn new(setup: &Setup) -> io::Result<Client> {
        Ok(Client {
            reactor: Rc::new(Reactor::new()?),
            room: Rc::new(RefCell::new(vec![0; ROOM].into())),
            idle: RefCell::default(),
            hosts: Hosts::default(),
            most_idle: setup.concurrency.get(),
            timeout: setup.timeout,
            watch: setup.watch.clone(),
        })
    }

    /// The watch that every ping of this client asks.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// What its tasks wait at.
    pub fn reactor(&self) -> &Rc<Reactor> {
        &self.reactor
    }

    /// A connection for this request: one that is idle, or else a new one. Its
    /// alarm is set to when a ping that began at `start` has to be done.
    ///
    /// # Errors
    ///
    /// `BadUrl` if there is no host in it, and what a look-up of the name or
    /// the dial meets.
    pub async fn connect(
        &self,
        request: &Request<'_>,
        start: Instant,
    ) -> Result<Stream, PingError> {
        let left = self.watch.left().unwrap_or(self.timeout);
        let deadline = start + left.min(self.timeout);
        let host = self.hosts.of(request, deadline, &self.reactor).await?;
        let stream = match self.take_idle(&host) {
            Some(stream) => stream,
            None => self.dial(&host, deadline).await?,
        };
        stream.place.set_alarm(deadline);
        Ok(stream)
    }

    /// Dials one after another of this host's addresses. Each may take its
    /// share of the time that is left: the others have theirs.
    async fn dial(
        &self,
        host: &Host,
        deadline: Instant,
    ) -> Result<Stream, PingError> {
        let mut refused = PingError::NameNotFound;
        for (address, others) in host.iter().zip((1..=host.len()).rev()) {
            let now = Instant::now();
            let left = deadline.saturating_duration_since(now);
            let share = left / u32::try_from(others).unwrap_or(u32::MAX);
            let (host, room) = (Rc::clone(host), Rc::clone(&self.room));
            let until = now + share;
            match Stream::dial(*address, until, &self.reactor, host, room).await
            {
                Ok(stream) => return Ok(stream),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    /// The ping on this connection is done, and it is free for others, if it
    /// may be kept.
    pub fn give_back(&self, stream: Stream, whole: Whole) -> Reply {
        if whole.keep && stream.is_open() {
            stream.place.clear_alarm();
            let since = self.reactor.now();
            let mut idle = self.idle.borrow_mut();
            idle.push_back(Idle { stream, since });
            if idle.len() > self.most_idle {
                idle.pop_front();
            }
        }
        whole.reply
    }

    /// The connection to this host that was used last. The one that was not
    /// used for longest is left alone, and gets too old.
    fn take_idle(&self, host: &Host) -> Option<Stream> {
        let mut idle = self.idle.borrow_mut();
        loop {
            let of = |idle: &Idle| Rc::ptr_eq(idle.stream.host(), host);
            let at = idle.iter().rposition(of)?;
            let Idle { stream, since } = idle.remove(at)?;
            // What is closed already would fail, and is not sent twice.
            if self.reactor.now() - since < MAX_IDLE && stream.is_quiet() {
                return Some(stream);
            }
        }
    }

    /// Drops what was closed while nobody looked, before any ping is sent on
    /// it.
    pub fn look_around(&self) {
        self.reactor.ask(Some(Duration::ZERO));
        self.idle.borrow_mut().retain(|idle| idle.stream.is_quiet());
    }
}
