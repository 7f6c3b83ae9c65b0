//! The one thread's loop: wait for something to happen, do what it allows.

use std::io;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use measurement::MILLISECOND;
use mio::{Events, Interest, Poll, Token, Waker};
use slab::Slab;

use crate::alarm::Alarm;
use crate::connection::{Connection, Next};
use crate::desk::Desk;
use crate::limits::Shares;
use crate::link::{INTEREST, Link};
use crate::listener::Listener;
use crate::mail::{Letter, Mailbox};
use crate::options::Options;
use crate::receive::ask_for_stamps;

const ALARM: Token = Token(0);
const MAIL: Token = Token(1);
/// The connection in slot 0; the others follow.
const FIRST: usize = 2;

/// Listener `n` is told of as the `n`-th token before the last, which is none.
const LAST: usize = usize::MAX - 1;

/// The most listeners, so that no token is both.
const MOST_LISTENERS: usize = 16;

/// Stands for the listeners among those who have a deadline.
const LISTENER: usize = usize::MAX;

/// When no descriptor is left, when to try again at the latest, in
/// nanoseconds. Whoever closes one may be another thread of this process.
const STARVED_PATIENCE: u64 = 50 * MILLISECOND;

/// The most events taken at a time.
const EVENTS: usize = 1024;

/// How many of those whose clients have closed one side are looked after in
/// each turn, before their time.
const LOOKS_PER_TURN: usize = 4;

/// How many deadlines are served before each look at the events.
const DUE_PER_TURN: usize = 4;

pub(crate) struct EventLoop {
    poll: Poll,
    alarm: Alarm,
    /// At least one.
    doors: Vec<Listener>,
    clients: Slab<Box<Connection>>,
    /// So many clients at most; the others wait to be accepted.
    most_clients: usize,
    inbox: Receiver<Letter>,
    /// Connections that had more to do than one turn allows.
    unfinished: Vec<usize>,
    desk: Desk,
}

impl EventLoop {
    /// Listens, and returns the way to talk to it as well.
    pub(crate) fn bind(options: Options) -> io::Result<(Self, Mailbox)> {
        let mut doors = vec![Listener::bind(options.address)?];
        for _ in 0..options.more_ports.min(MOST_LISTENERS - 1) {
            let any_port = SocketAddr::new(options.address.ip(), 0);
            doors.push(Listener::bind(any_port)?);
        }
        let poll = Poll::new()?;
        let registry = poll.registry();
        for (number, door) in doors.iter_mut().enumerate() {
            ask_for_stamps(door.source());
            let token = Token(LAST - number);
            registry.register(door.source(), token, Interest::READABLE)?;
        }
        let alarm = Alarm::new(registry, ALARM)?;
        let (mailbox, inbox) = Mailbox::new(Waker::new(registry, MAIL)?);
        let event_loop = Self {
            poll,
            alarm,
            doors,
            clients: Slab::new(),
            most_clients: usize::MAX,
            inbox,
            unfinished: Vec::new(),
            desk: Desk::new(options.plan, options.stamps),
        };
        Ok((event_loop, mailbox))
    }

    /// Where it listens: what was asked for, and the further ports.
    pub(crate) fn addresses(&self) -> io::Result<Vec<SocketAddr>> {
        self.doors.iter().map(Listener::address).collect()
    }

    /// Takes no more clients than its share.
    pub(crate) fn keep_to(&mut self, shares: Shares) {
        self.most_clients = shares.clients;
    }

    /// Serves until a letter says stop.
    pub(crate) fn run(mut self) -> io::Result<()> {
        self.desk.reset(None);
        let mut events = Events::with_capacity(EVENTS);
        loop {
            let caught_up = self.unfinished.is_empty();
            let asked = self.wait(&mut events)?;
            let all = events.iter().count() < EVENTS;
            self.desk.begin_turn(caught_up && all, asked);
            self.take_note(&events);
            self.look_after_the_doubtful();
            self.wake_the_due(DUE_PER_TURN);
            for event in &events {
                match event.token() {
                    // Read below.
                    ALARM | MAIL => {}
                    Token(token) if token > LAST - MOST_LISTENERS => {
                        self.doors[LAST - token].ready = true;
                    }
                    Token(token) => {
                        self.with(token - FIRST, Connection::advance);
                    }
                }
                self.wake_the_due(1);
                if self.read_mail().is_break() {
                    return Ok(());
                }
            }
            for slot in std::mem::take(&mut self.unfinished) {
                self.with(slot, Connection::advance);
                // Thousands that never read are seconds' work.
                if self.read_mail().is_break() {
                    return Ok(());
                }
            }
            // Last, when all events are dealt with: a slot that was freed in
            // this turn could have an event left, which a new connection in
            // it would take for its own.
            self.accept();
        }
    }

    /// Waits for events, unless there is something to do without them. Returns
    /// since when it waited.
    fn wait(&mut self, events: &mut Events) -> io::Result<Option<u64>> {
        let (earliest, now) = (self.desk.earliest(), self.desk.now);
        let busy =
            !self.unfinished.is_empty() || earliest.is_some_and(|at| at <= now);
        let patience = if busy {
            Some(Duration::ZERO)
        } else {
            self.alarm.set(earliest, now)?
        };
        let asked = (!busy).then(|| self.desk.tick());
        match self.poll.poll(events, patience) {
            // By a signal. There may be no events, and that is all right.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => result?,
        }
        Ok(asked)
    }

    /// Does what the control port asks.
    fn read_mail(&mut self) -> ControlFlow<()> {
        while let Ok(letter) = self.inbox.try_recv() {
            // Whoever asked may not wait any more.
            match letter {
                Letter::Witness { stamps, reply } => {
                    let _ = reply.send(self.desk.tally.snapshot(stamps));
                }
                Letter::Reset { plan, reply } => {
                    self.desk.reset(plan);
                    self.tell_the_released();
                    let _ = reply.send(());
                }
                Letter::Stop => return ControlFlow::Break(()),
            }
        }
        ControlFlow::Continue(())
    }

    /// Tells all clients' connections what has happened to them, before anything
    /// is done: whoever has gone is not to be answered.
    fn take_note(&mut self, events: &Events) {
        for event in events {
            let slot = event.token().0.checked_sub(FIRST);
            if let Some(client) = slot.and_then(|it| self.clients.get_mut(it)) {
                client.note(event);
            }
        }
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
            if slot == LISTENER {
                self.there_is_room();
            }
            self.with(slot, Connection::time_is_up);
        }
    }

    /// Looks whether those clients are still there whose time for it has come,
    /// and a few of the others in any case: whoever is found to be gone must not
    /// be counted beside a request that comes after it.
    fn look_after_the_doubtful(&mut self) {
        let now = self.desk.now;
        // All of them where it decides what becomes of others.
        let all =
            self.desk.gates.is_any_closed() || self.desk.capacity.is_set();
        let most = if all { usize::MAX } else { LOOKS_PER_TURN };
        let looks = &mut self.desk.looks;
        let mut early = most.min(looks.len());
        // Each once: who listens is put on the list again.
        let doubtful: Vec<usize> = std::iter::from_fn(|| {
            looks.pop_due(now).or_else(|| {
                early = early.checked_sub(1)?;
                looks.pop_due(u64::MAX)
            })
        })
        .collect();
        for slot in doubtful {
            self.with(slot, Connection::look_again);
        }
    }

    /// Lets one connection act, and then those that it has let through a
    /// gate.
    fn with(
        &mut self,
        slot: usize,
        act: impl FnOnce(&mut Connection, &mut Desk) -> Next,
    ) {
        let Some(client) = self.clients.get_mut(slot) else { return };
        let next = act(client, &mut self.desk);
        self.follow(slot, next);
        self.tell_the_released();
    }

    fn tell_the_released(&mut self) {
        while let Some(slot) = self.desk.released.pop() {
            if let Some(client) = self.clients.get_mut(slot) {
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
                self.clients.remove(slot);
                self.there_is_room();
            }
        }
    }

    fn there_is_room(&mut self) {
        for door in &mut self.doors {
            door.has_room();
        }
    }

    fn accept(&mut self) {
        for number in 0..self.doors.len() {
            while self.doors[number].ready
                && self.clients.len() < self.most_clients
                && let Some(stream) = self.doors[number].accept()
            {
                self.desk.tally.connected();
                self.admit(Link::new(stream));
            }
            if self.doors[number].begins_to_starve() {
                let again = self.desk.tick() + STARVED_PATIENCE;
                self.desk.deadlines.insert(again, LISTENER);
            }
        }
    }

    /// A connection that cannot be set up is closed.
    fn admit(&mut self, mut link: Link) {
        let entry = self.clients.vacant_entry();
        let slot = entry.key();
        let registered = link.source().set_nodelay(true).and_then(|()| {
            let place = Token(FIRST + slot);
            self.poll.registry().register(link.source(), place, INTEREST)
        });
        if registered.is_ok() {
            // Before this, nobody would have heard that it has gone.
            let heard_from = self.desk.tick();
            entry.insert(Box::new(Connection::new(link, slot, heard_from)));
        }
    }
}
