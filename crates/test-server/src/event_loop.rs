//! The one thread's loop: wait for something to happen, do what it allows.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use mio::event::Event;
use mio::{Events, Interest, Poll, Token, Waker};
use slab::Slab;

use crate::alarm::Alarm;
use crate::connection::{Connection, Next};
use crate::control_port::ControlConnection;
use crate::desk::Desk;
use crate::link::Link;
use crate::listener::Listener;
use crate::options::Options;
use crate::receive::ask_for_stamps;

const DATA: Token = Token(0);
const CONTROL: Token = Token(1);
const ALARM: Token = Token(2);
const STOP: Token = Token(3);
/// The connection in slot 0; the others follow.
const FIRST: usize = 4;

/// The most events taken at a time.
const EVENTS: usize = 1024;

/// How many deadlines are served before each look at the events.
const DUE_PER_TURN: usize = 4;

pub(crate) struct EventLoop {
    poll: Poll,
    alarm: Alarm,
    data: Listener,
    control: Listener,
    peers: Slab<Peer>,
    /// Connections that had more to do than one turn allows.
    unfinished: Vec<usize>,
    desk: Desk,
}

/// Who is at the other end.
enum Peer {
    Client(Box<Connection>),
    Controller(ControlConnection),
}

impl EventLoop {
    pub(crate) fn bind(options: Options) -> io::Result<Self> {
        let mut data = Listener::bind(options.address)?;
        ask_for_stamps(data.source());
        let mut control = Listener::bind(options.control)?;
        let poll = Poll::new()?;
        let registry = poll.registry();
        registry.register(data.source(), DATA, Interest::READABLE)?;
        registry.register(control.source(), CONTROL, Interest::READABLE)?;
        let alarm = Alarm::new(registry, ALARM)?;
        Ok(Self {
            poll,
            alarm,
            data,
            control,
            peers: Slab::new(),
            unfinished: Vec::new(),
            desk: Desk::new(options.plan, options.stamps),
        })
    }

    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.data.address()
    }

    pub(crate) fn control_address(&self) -> io::Result<SocketAddr> {
        self.control.address()
    }

    /// What ends [`EventLoop::run`] from another thread.
    pub(crate) fn stopper(&self) -> io::Result<Waker> {
        Waker::new(self.poll.registry(), STOP)
    }

    /// Serves until the stopper is woken.
    pub(crate) fn run(mut self) -> io::Result<()> {
        self.desk.reset(None);
        let mut events = Events::with_capacity(EVENTS);
        loop {
            self.wait(&mut events)?;
            self.desk.begin_turn();
            self.look_after_the_doubtful();
            self.wake_the_due(DUE_PER_TURN);
            for event in &events {
                match event.token() {
                    DATA => self.data.ready = true,
                    CONTROL => self.control.ready = true,
                    ALARM => {}
                    STOP => return Ok(()),
                    Token(token) => self.attend(token - FIRST, event),
                }
                self.wake_the_due(1);
            }
            for slot in std::mem::take(&mut self.unfinished) {
                self.with(slot, Peer::advance);
            }
            // Last, when all events are dealt with: a slot that was freed in
            // this turn could have an event left, which a new connection in
            // it would take for its own.
            self.accept();
        }
    }

    /// Waits for events, unless there is something to do without them.
    fn wait(&mut self, events: &mut Events) -> io::Result<()> {
        let (earliest, now) = (self.desk.earliest(), self.desk.now);
        let busy =
            !self.unfinished.is_empty() || earliest.is_some_and(|at| at <= now);
        let patience = if busy {
            Some(Duration::ZERO)
        } else {
            self.alarm.set(earliest, now)?
        };
        match self.poll.poll(events, patience) {
            // By a signal. There may be no events, and that is all right.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            result => result,
        }
    }

    fn attend(&mut self, slot: usize, event: &Event) {
        self.with(slot, |peer, desk| {
            peer.note(event);
            peer.advance(desk)
        });
    }

    /// Wakes those whose deadline has passed by the clock as it was last
    /// read, the earliest first.
    ///
    /// A few at a time, between events: answers are due as far apart as their
    /// requests were *read*. Writing all that are due before the next request
    /// is read would have the clients' next ones read in one go, faster than
    /// answers can be written, and the next round would be later than the
    /// last. Taking turns keeps a thousand of them apart by what one costs.
    fn wake_the_due(&mut self, most: usize) {
        let now = self.desk.now;
        for _ in 0..most {
            let Some(slot) = self.desk.deadlines.pop_due(now) else { break };
            self.with(slot, |peer, desk| match peer {
                Peer::Client(client) => client.time_is_up(desk),
                Peer::Controller(_) => Next::Rest,
            });
        }
    }

    /// Looks whether those clients are still there whose time for it has come.
    fn look_after_the_doubtful(&mut self) {
        let now = self.desk.now;
        while let Some(slot) = self.desk.looks.pop_due(now) {
            self.with(slot, Peer::advance);
        }
    }

    /// Lets one connection act, and then those that it has let through a
    /// gate.
    fn with(
        &mut self,
        slot: usize,
        act: impl FnOnce(&mut Peer, &mut Desk) -> Next,
    ) {
        let Some(peer) = self.peers.get_mut(slot) else { return };
        let next = act(peer, &mut self.desk);
        self.follow(slot, next);
        while let Some(slot) = self.desk.released.pop() {
            if let Some(Peer::Client(client)) = self.peers.get_mut(slot) {
                let next = client.pass(&mut self.desk);
                self.follow(slot, next);
            }
        }
    }

    fn follow(&mut self, slot: usize, next: Next) {
        match next {
            Next::Rest => {}
            Next::Again => self.unfinished.push(slot),
            Next::Close => {
                self.peers.remove(slot);
                self.data.has_room();
                self.control.has_room();
            }
        }
    }

    fn accept(&mut self) {
        while self.data.ready {
            let Some(stream) = self.data.accept() else { break };
            self.desk.tally.connected();
            self.admit(Link::new(stream), |link, slot| {
                Peer::Client(Box::new(Connection::new(link, slot)))
            });
        }
        while self.control.ready {
            let Some(stream) = self.control.accept() else { break };
            self.admit(Link::new(stream), |link, _| {
                Peer::Controller(ControlConnection::new(link))
            });
        }
    }

    /// A connection that cannot be set up is closed.
    fn admit(
        &mut self,
        mut link: Link,
        peer: impl FnOnce(Link, usize) -> Peer,
    ) {
        let entry = self.peers.vacant_entry();
        let slot = entry.key();
        // Both interests once and for all: being edge triggered, an interest
        // in writing costs nothing until a write has been short.
        let registered = link.source().set_nodelay(true).and_then(|()| {
            self.poll.registry().register(
                link.source(),
                Token(FIRST + slot),
                Interest::READABLE | Interest::WRITABLE,
            )
        });
        if registered.is_ok() {
            entry.insert(peer(link, slot));
        }
    }
}

impl Peer {
    fn note(&mut self, event: &Event) {
        match self {
            Peer::Client(client) => client.note(event),
            Peer::Controller(controller) => controller.note(event),
        }
    }

    fn advance(&mut self, desk: &mut Desk) -> Next {
        match self {
            Peer::Client(client) => client.advance(desk),
            Peer::Controller(controller) => controller.advance(desk),
        }
    }
}
