//! The kernel's queue, and everything that hangs on it: sockets by their
//! place, those that are idle, and the alarms.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use mio::{Events, Poll};
use ping_by_hand::{Request, Whole};
use ping_core::{Ping, PingError, Reply, Setup, Started, Watch};
use slab::Slab;

use crate::alarms::Alarms;
use crate::hosts::Hosts;
use crate::socket::Socket;

/// What all connections read into, one after another. Each keeps no more than
/// what it has to remember of that.
const ROOM: usize = 64 * 1024;

/// Events that are taken from the kernel at once.
const EVENTS: usize = 1024;

/// How long a connection is kept that nobody uses.
const MAX_IDLE: Duration = Duration::from_secs(90);

/// One thread's connections.
#[derive(Debug)]
pub struct Client {
    poll: Poll,
    events: Events,
    room: Box<[u8]>,
    sockets: Slab<Connection>,
    /// Places whose ping is done, the one used last at the end.
    idle: VecDeque<usize>,
    /// Places that something happened to.
    ready: VecDeque<usize>,
    /// The place that was handed out last.
    handed: Option<usize>,
    /// Places that may have more to read, for the next turn.
    again: Vec<usize>,
    alarms: Alarms,
    hosts: Hosts,
    /// When the kernel was asked last.
    now: Instant,
    most_idle: usize,
    timeout: Duration,
    watch: Watch,
}

/// A socket and whom it was dialled for.
#[derive(Debug)]
struct Connection {
    socket: Socket,
    host: usize,
    /// Of its host's addresses, how many were dialled.
    dialled: usize,
    /// When its ping has to be done.
    deadline: Instant,
    idle_since: Option<Instant>,
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
            poll: Poll::new()?,
            events: Events::with_capacity(EVENTS),
            room: vec![0; ROOM].into(),
            sockets: Slab::new(),
            idle: VecDeque::new(),
            ready: VecDeque::new(),
            handed: None,
            again: Vec::new(),
            alarms: Alarms::default(),
            hosts: Hosts::default(),
            now: Instant::now(),
            most_idle: setup.concurrency.get(),
            timeout: setup.timeout,
            watch: setup.watch.clone(),
        })
    }

    /// The watch that every ping of this client asks.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }

    /// Finds a place for a ping of this URL, and what is to be sent there: on a
    /// connection that is idle, or else on one that is dialled now.
    ///
    /// # Errors
    ///
    /// The ping, if it is over already: `BadUrl`, what a look-up of the name
    /// meets, and what the system says of the dial.
    pub fn begin<'a>(
        &mut self,
        watch: &'a Watch,
        url: &'a str,
    ) -> Result<(usize, Started<'a>, Vec<u8>), Ping> {
        let started = watch.start(url)?;
        let begun = Request::of(url).and_then(|request| {
            let place = self.place_for(&request, started.at())?;
            Ok((place, request.bytes()))
        });
        match begun {
            Ok((place, request)) => Ok((place, started, request)),
            Err(error) => Err(started.finish(Err(error))),
        }
    }

    fn place_for(
        &mut self,
        request: &Request<'_>,
        start: Instant,
    ) -> Result<usize, PingError> {
        let left = self.watch.left().unwrap_or(self.timeout);
        let limit = left.min(self.timeout);
        let host = self.hosts.number(request, limit)?;
        let deadline = start + limit;
        let Some(place) = self.take_idle(host) else {
            return self.dial(host, deadline);
        };
        self.sockets[place].deadline = deadline;
        self.alarms.set(place, deadline);
        // Nothing has to happen before it can be written to.
        self.ready.push_front(place);
        Ok(place)
    }

    /// The socket at a place, and the room that it may read into.
    pub fn socket(&mut self, place: usize) -> (&mut Socket, &mut [u8]) {
        (&mut self.sockets[place].socket, &mut self.room)
    }

    /// Waits until something happens to a ping, and names its place: it may
    /// connect, write or read, or its time is up. This is the only place where
    /// the thread sleeps, look-ups of names apart.
    ///
    /// # Panics
    ///
    /// If the system refuses to wait, which it has no reason to.
    pub fn wait(&mut self) -> usize {
        // Who has more to read has its next turn after all others: one that is
        // sent bytes without end holds up nobody.
        if let Some(place) = self.handed.take()
            && let Some(of) = self.sockets.get(place)
            && of.socket.has_more()
        {
            self.again.push(place);
        }
        loop {
            while let Some(place) = self.ready.pop_front() {
                // It may have been closed since.
                let Some(of) = self.sockets.get_mut(place) else { continue };
                if of.idle_since.is_some() {
                    // The server has hung up, or says what nobody asked for.
                    if !of.socket.is_quiet() {
                        self.close(place);
                    }
                } else if !of.socket.has_failed() || !self.dial_next(place) {
                    self.sockets[place].socket.begin_turn();
                    self.handed = Some(place);
                    return place;
                }
            }
            if let Some(place) = self.late() {
                self.sockets[place].socket.end();
                return place;
            }
            self.poll(None);
        }
    }

    /// The ping at this place is done, and the connection is free for others,
    /// if it may be kept.
    pub fn give_back(&mut self, place: usize, whole: Whole) -> Reply {
        let of = &mut self.sockets[place];
        if !whole.keep || !of.socket.is_open() {
            self.close(place);
            return whole.reply;
        }
        self.alarms.clear(place);
        of.idle_since = Some(self.now);
        self.idle.push_back(place);
        if self.idle.len() > self.most_idle
            && let Some(&oldest) = self.idle.front()
        {
            self.close(oldest);
        }
        whole.reply
    }

    /// The ping at this place has failed, and its connection is of no further
    /// use.
    pub fn give_up(&mut self, place: usize, error: PingError) -> PingError {
        self.close(place);
        error
    }

    fn close(&mut self, place: usize) {
        self.alarms.clear(place);
        let gone = self.sockets.remove(place);
        if gone.idle_since.is_some() {
            self.idle.retain(|idle| *idle != place);
        }
        // To close it takes it out of the kernel's queue, too.
        drop(gone);
    }

    /// Drops what was closed while nobody looked, before any ping is sent on
    /// it.
    pub fn look_around(&mut self) {
        self.poll(Some(Duration::ZERO));
        while let Some(place) = self.ready.pop_front() {
            if self.sockets.contains(place) {
                self.close(place);
            }
        }
    }

    /// The connection to this host that was used last. The one that was not
    /// used for longest is left alone, and gets too old.
    fn take_idle(&mut self, host: usize) -> Option<usize> {
        loop {
            let of = |place: &usize| self.sockets[*place].host == host;
            let at = self.idle.iter().rposition(of)?;
            let place = self.idle.remove(at)?;
            let of = &mut self.sockets[place];
            let since = of.idle_since.take();
            let is_young = since.is_some_and(|s| self.now - s < MAX_IDLE);
            // What is closed already would fail, and is not sent twice.
            if is_young && of.socket.is_quiet() {
                return Some(place);
            }
            self.close(place);
        }
    }

    /// Dials the first of this host's addresses that can be.
    fn dial(
        &mut self,
        host: usize,
        deadline: Instant,
    ) -> Result<usize, PingError> {
        let place = self.sockets.vacant_key();
        let mut refused = PingError::NameNotFound;
        for (address, dialled) in self.hosts.addresses(host).iter().zip(1..) {
            match Socket::dial(*address, place, self.poll.registry()) {
                Ok(socket) => {
                    let idle_since = None;
                    self.sockets.insert(Connection {
                        socket,
                        host,
                        dialled,
                        deadline,
                        idle_since,
                    });
                    self.have_patience(place);
                    return Ok(place);
                }
                Err(error) => refused = PingError::from_io(&error),
            }
        }
        Err(refused)
    }

    /// Where nobody answers at one of a host's addresses, another may do.
    /// Whether there was one, which is dialled now.
    fn dial_next(&mut self, place: usize) -> bool {
        let of = &mut self.sockets[place];
        if of.socket.is_connected().is_ok_and(|is| is) {
            return false;
        }
        let addresses = self.hosts.addresses(of.host);
        while let Some(address) = addresses.get(of.dialled) {
            of.dialled += 1;
            let registry = self.poll.registry();
            if let Ok(socket) = Socket::dial(*address, place, registry) {
                of.socket = socket;
                self.have_patience(place);
                return true;
            }
        }
        false
    }

    /// A dial may take its share of the time that is left: the other addresses
    /// of the host have theirs.
    fn have_patience(&mut self, place: usize) {
        let of = &self.sockets[place];
        let now = Instant::now();
        let left = of.deadline.saturating_duration_since(now);
        let others = self.hosts.addresses(of.host).len() - of.dialled;
        let share = left / u32::try_from(others + 1).unwrap_or(u32::MAX);
        self.alarms.set(place, now + share);
    }

    /// A ping whose time is up. Who still dials may have another address, and
    /// who has stopped dialling has all of its time.
    fn late(&mut self) -> Option<usize> {
        while let Some(place) = self.alarms.due(self.now) {
            let deadline = self.sockets[place].deadline;
            if deadline <= self.now {
                return Some(place);
            }
            if !self.dial_next(place) {
                self.alarms.set(place, deadline);
            }
        }
        None
    }

    /// Asks the kernel what has happened, for as long as nothing has; until
    /// the next alarm at most, and not longer than `limit`.
    fn poll(&mut self, limit: Option<Duration>) {
        let next = || {
            let at = self.alarms.next()?;
            Some(at.saturating_duration_since(Instant::now()))
        };
        let limit = match self.again.is_empty() {
            true => limit.or_else(next),
            false => Some(Duration::ZERO),
        };
        match self.poll.poll(&mut self.events, limit) {
            // A signal; whoever waits asks again.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => other.expect("the kernel's queue is there"),
        }
        self.now = Instant::now();
        for event in &self.events {
            let place = event.token().0;
            if let Some(of) = self.sockets.get_mut(place) {
                of.socket.hear(event);
                self.ready.push_back(place);
            }
        }
        self.ready.extend(self.again.drain(..));
    }
}
