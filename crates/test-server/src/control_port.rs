//! The server's side of the control port: a thread and a loop of its own, so
//! that whoever asks does not make the pings late. What it tells is still of
//! one moment: it asks the loop that serves the pings ([`crate::mail`]), and
//! writes the answer itself.
//!
//! One request a connection. Whoever has not shown the token holds a head's
//! worth of memory, for seconds, and makes room for the next.

mod answer;
mod caller;
mod head;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mio::{Events, Interest, Poll, Token as Place, Waker};
use slab::Slab;

pub use self::answer::CONTROL_PORT_VERSION;
use self::caller::{Caller, Next};
use self::head::Door;
use crate::limits::Shares;
use crate::listener::Listener;
use crate::mail::Mailbox;
use crate::token::Token;

const LISTENER: Place = Place(0);
const STOP: Place = Place(1);
/// The caller in slot 0; the others follow.
const FIRST: usize = 2;

/// The most events taken at a time.
const EVENTS: usize = 64;

/// When no descriptor is left, when to try again.
const STARVED_PATIENCE: Duration = Duration::from_millis(50);

/// After work of this length or more there is a rest of so many times that
/// before the next long answer is begun: whoever asks for all stamps over and
/// over is not to take the pings their processor.
const MUCH: Duration = Duration::from_millis(1);
const REST: u32 = 3;

pub(crate) struct ControlPort {
    poll: Poll,
    listener: Listener,
    callers: Slab<Caller>,
    /// So many callers at most.
    most: usize,
    door: Door,
    mailbox: Mailbox,
    /// When to try again after descriptors or the room ran out.
    try_again: Option<Instant>,
    /// More knocked than could be taken in at a time.
    more_knock: bool,
}

impl ControlPort {
    pub(crate) fn bind(
        address: SocketAddr,
        token: Token,
        mailbox: Mailbox,
    ) -> io::Result<Self> {
        let mut listener = Listener::bind(address)?;
        let poll = Poll::new()?;
        poll.registry().register(
            listener.source(),
            LISTENER,
            Interest::READABLE,
        )?;
        let address = listener.address()?;
        let readers = Arc::default();
        let door =
            Door { address, token, readers, rests_until: Instant::now() };
        Ok(Self {
            poll,
            listener,
            callers: Slab::new(),
            most: 1,
            door,
            mailbox,
            try_again: None,
            more_knock: false,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.door.address
    }

    /// What ends [`ControlPort::run`] from another thread.
    pub(crate) fn stopper(&self) -> io::Result<Waker> {
        Waker::new(self.poll.registry(), STOP)
    }

    /// Holds no more callers than its share.
    pub(crate) fn keep_to(&mut self, shares: Shares) {
        self.most = shares.callers;
    }

    /// Answers until the stopper is woken.
    pub(crate) fn run(mut self) -> io::Result<()> {
        let mut events = Events::with_capacity(EVENTS);
        loop {
            match self.poll.poll(&mut events, self.patience()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => result?,
            }
            for event in &events {
                match event.token() {
                    LISTENER => self.listener.ready = true,
                    STOP => return Ok(()),
                    Place(place) => self.attend(place - FIRST, Caller::advance),
                }
            }
            self.attend_the_late();
            // Last, when all events are dealt with: one that is left could
            // be taken for that of a new caller in the same slot.
            self.accept();
        }
    }

    /// Until the first deadline.
    fn patience(&self) -> Option<Duration> {
        if self.more_knock {
            return Some(Duration::ZERO);
        }
        let deadlines = self.callers.iter().map(|(_, caller)| caller.until());
        let first = deadlines.chain(self.try_again).min()?;
        // Up to a whole millisecond, which is what the poll can wait.
        let left = first.saturating_duration_since(Instant::now());
        Some(left + Duration::from_millis(1))
    }

    fn attend_the_late(&mut self) {
        let now = Instant::now();
        if self.try_again.is_some_and(|at| at <= now) {
            self.try_again = None;
            self.listener.has_room();
        }
        let mut late = Vec::from_iter(&self.callers);
        late.retain(|(_, caller)| caller.until() <= now);
        // First come, first served.
        late.sort_by_key(|(_, caller)| caller.since());
        let late: Vec<usize> = late.into_iter().map(|(slot, _)| slot).collect();
        for slot in late {
            self.attend(slot, Caller::time_is_up);
        }
    }

    fn attend(
        &mut self,
        slot: usize,
        act: impl FnOnce(&mut Caller, &Door, &Mailbox) -> Next,
    ) {
        let Some(caller) = self.callers.get_mut(slot) else { return };
        let began = Instant::now();
        match act(caller, &self.door, &self.mailbox) {
            Next::Rest => {}
            Next::Close => self.close(slot),
        }
        let spent = began.elapsed();
        if spent > MUCH {
            let rests_until = self.door.rests_until.max(began + spent);
            self.door.rests_until = rests_until + REST * spent;
        }
    }

    fn close(&mut self, slot: usize) {
        self.callers.remove(slot);
        self.listener.has_room();
    }

    /// Takes in whoever knocks. If there is no room, somebody makes way
    /// ([`ControlPort::make_room`]).
    ///
    /// Half of them at a time: those who are here have their turn even if
    /// others never cease to knock.
    fn accept(&mut self) {
        self.more_knock = false;
        let mut left = self.most.div_ceil(2);
        while self.listener.ready {
            self.more_knock = left == 0;
            if self.more_knock {
                break;
            }
            left -= 1;
            let full = self.callers.len() >= self.most;
            if full && !self.somebody_may_go() {
                return;
            }
            let Some(stream) = self.listener.accept() else { break };
            // Not before: nobody makes way for nobody.
            if full {
                self.make_room();
            }
            self.admit(Caller::new(stream));
        }
        if self.listener.begins_to_starve() {
            self.try_again = Some(Instant::now() + STARVED_PATIENCE);
        }
    }

    /// If not, it is tried again when somebody may.
    fn somebody_may_go(&mut self) -> bool {
        let stay = self.callers.iter().map(|(_, it)| it.may_stay());
        let first = stay.min().filter(|first| *first > Instant::now());
        self.try_again = first.or(self.try_again);
        first.is_none()
    }

    /// Somebody makes way: whoever has not shown the token goes at once, first
    /// those who have their answer and then the first one that came, so that
    /// saying nothing keeps nobody out; and whoever has shown it only after a
    /// while.
    ///
    /// Nobody goes unheard: a request may have come since the last look.
    fn make_room(&mut self) {
        let now = Instant::now();
        loop {
            let may_go =
                self.callers.iter().filter(|(_, it)| it.may_stay() <= now);
            let first = may_go.min_by_key(|(_, it)| (it.rank(), it.since()));
            let Some((slot, first)) = first else { return };
            let (rank, since) = (first.rank(), first.since());
            self.attend(slot, Caller::advance);
            match self.callers.get(slot) {
                // It has got on, and another may be before it now.
                Some(it) if (it.rank(), it.since()) != (rank, since) => {}
                Some(_) => return self.close(slot),
                None => return,
            }
        }
    }

    /// A connection that cannot be set up is closed.
    fn admit(&mut self, mut caller: Caller) {
        let entry = self.callers.vacant_entry();
        let registered = self.poll.registry().register(
            caller.source(),
            Place(FIRST + entry.key()),
            Interest::READABLE | Interest::WRITABLE,
        );
        if registered.is_ok() {
            // What it has said already makes an event, too.
            entry.insert(caller);
        }
    }
}
