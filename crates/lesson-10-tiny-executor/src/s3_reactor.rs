//! Step 3: a queue of tasks, and a reactor in the same thread.
//!
//! The thread sleeps in the kernel's queue of events. What comes out of it
//! wakes tasks, on this very thread: no other has to be told, and none has to
//! be waited for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use mio::event::Event;
use mio::net::TcpStream;
use mio::{Events, Interest, Registry, Token};
use slab::Slab;

use crate::alarms::Alarms;

/// Events that are taken from the kernel at once.
const EVENTS: usize = 1024;

/// What the bell is called in the kernel's queue; no place has this number.
const BELL: Token = Token(usize::MAX);

/// The tasks that were woken, and a bell for an executor that sleeps.
#[derive(Debug)]
struct Queue {
    woken: Mutex<Woken>,
    bell: mio::Waker,
}

#[derive(Debug, Default)]
struct Woken {
    numbers: VecDeque<usize>,
    /// Whether a task is among them, by its number.
    queued: Vec<bool>,
    /// Whether the executor sleeps, or is about to.
    asleep: bool,
    bells: u64,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Woken> {
        self.woken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a waker is: the number of a task, and where to say it.
struct Task {
    number: usize,
    queue: Arc<Queue>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut woken = self.queue.lock();
        // One that is queued already is polled anyway. It may also be of a
        // batch that is over.
        let Some(queued @ false) = woken.queued.get_mut(self.number) else {
            return;
        };
        *queued = true;
        woken.numbers.push_back(self.number);
        // The bell is a call of the system. While the executor is awake it
        // looks at the queue by itself.
        if woken.asleep {
            woken.bells += 1;
            // It fails only where the executor's end of it is gone.
            let _ = self.queue.bell.wake();
        }
    }
}

/// The queue of tasks, the kernel's queue, and the alarms of one thread.
#[derive(Debug)]
pub struct Reactor {
    queue: Arc<Queue>,
    registry: Registry,
    kernel: RefCell<Kernel>,
    places: RefCell<Slab<Rc<Source>>>,
    alarms: RefCell<Alarms>,
    /// When the kernel was asked last.
    now: Cell<Instant>,
    /// How many tasks to poll before the kernel is asked again.
    turns: Cell<usize>,
    polls: Cell<u64>,
}

#[derive(Debug)]
struct Kernel {
    poll: mio::Poll,
    events: Events,
}

/// What the kernel said at one place, and who waits there.
///
/// It says once that there is something to read or room to write, when that
/// becomes true (*edge-triggered*). So it is remembered here until the kernel
/// has been found to have no more.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) readable: Cell<bool>,
    pub(crate) writable: Cell<bool>,
    /// The server will send no more than what is there already.
    pub(crate) hung_up: Cell<bool>,
    late: Cell<bool>,
    waiting: RefCell<Option<Waker>>,
}

impl Source {
    fn hear(&self, event: &Event) {
        // An error is found by reading or writing.
        let set = |flag: &Cell<bool>, said| flag.set(flag.get() || said);
        set(&self.readable, event.is_readable() || event.is_error());
        set(&self.writable, event.is_writable() || event.is_error());
        set(&self.hung_up, event.is_read_closed());
        self.wake();
    }

    fn wake(&self) {
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }
}

impl Reactor {
    /// Sets it up.
    ///
    /// # Errors
    ///
    /// If the system has no queue of events to give, as where too many files
    /// are open.
    pub fn new() -> io::Result<Reactor> {
        let poll = mio::Poll::new()?;
        let registry = poll.registry().try_clone()?;
        let bell = mio::Waker::new(&registry, BELL)?;
        let events = Events::with_capacity(EVENTS);
        Ok(Reactor {
            queue: Arc::new(Queue { woken: Mutex::default(), bell }),
            registry,
            kernel: RefCell::new(Kernel { poll, events }),
            places: RefCell::default(),
            alarms: RefCell::default(),
            now: Cell::new(Instant::now()),
            turns: Cell::new(0),
            polls: Cell::new(0),
        })
    }

    /// A waker for each of so many tasks, which are all woken, so that they
    /// begin. Whoever was woken before is forgotten.
    pub fn wakers(&self, count: usize) -> Vec<Waker> {
        let mut woken = self.queue.lock();
        woken.numbers = (0..count).collect();
        woken.queued = vec![true; count];
        drop(woken);
        let task =
            |number| Arc::new(Task { number, queue: Arc::clone(&self.queue) });
        (0..count).map(|number| Waker::from(task(number))).collect()
    }

    /// Waits until a task is woken, and names it, to be polled. This is the
    /// only place where the thread sleeps.
    ///
    /// # Panics
    ///
    /// If the system refuses to wait, which it has no reason to.
    pub fn next(&self) -> usize {
        loop {
            // A task that wakes itself without end holds up nobody: now and
            // then the kernel is asked all the same.
            if self.turns.get() > 0 {
                let mut woken = self.queue.lock();
                if let Some(number) = woken.numbers.pop_front() {
                    // Before the poll: what happens during it is another
                    // reason to poll.
                    woken.queued[number] = false;
                    self.turns.set(self.turns.get() - 1);
                    self.polls.set(self.polls.get() + 1);
                    return number;
                }
            }
            self.ask(None);
            self.turns.set(self.queue.lock().numbers.len());
        }
    }

    /// How many times a task was named, to be polled.
    pub fn polls(&self) -> u64 {
        self.polls.get()
    }

    /// How many times the bell was rung, to wake this thread from another.
    pub fn bells(&self) -> u64 {
        self.queue.lock().bells
    }

    /// When the kernel was asked last.
    pub(crate) fn now(&self) -> Instant {
        self.now.get()
    }

    /// Asks the kernel what has happened, and wakes those that waited for it.
    /// It waits until something has; until the next alarm at most, not longer
    /// than `limit`, and not at all if a task was woken meanwhile.
    pub(crate) fn ask(&self, limit: Option<Duration>) {
        let next = || {
            let at = self.alarms.borrow().next()?;
            Some(at.saturating_duration_since(Instant::now()))
        };
        let limit = limit.or_else(next);
        let mut woken = self.queue.lock();
        let limit = match woken.numbers.is_empty() {
            true => limit,
            false => Some(Duration::ZERO),
        };
        // In one step with the look at the queue: else a thread could wake a
        // task in between, and nobody would hear it.
        woken.asleep = limit != Some(Duration::ZERO);
        drop(woken);
        let Kernel { poll, events } = &mut *self.kernel.borrow_mut();
        let asked = poll.poll(events, limit);
        // Before anybody is woken: else each of them would ring the bell.
        self.queue.lock().asleep = false;
        match asked {
            // A signal; whoever waits asks again.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => other.expect("the kernel's queue is there"),
        }
        self.now.set(Instant::now());
        let places = self.places.borrow();
        for event in &*events {
            if let Some(source) = places.get(event.token().0) {
                source.hear(event);
            }
        }
        let mut alarms = self.alarms.borrow_mut();
        while let Some(place) = alarms.due(self.now.get()) {
            if let Some(source) = places.get(place) {
                source.late.set(true);
                source.wake();
            }
        }
    }
}

/// A place where a task can wait: for its socket, if it has one, and for its
/// alarm.
#[derive(Debug)]
pub struct Place {
    reactor: Rc<Reactor>,
    number: usize,
    pub(crate) source: Rc<Source>,
}

impl Place {
    /// A place without a socket.
    pub fn new(reactor: &Rc<Reactor>) -> Place {
        let source = Rc::new(Source::default());
        let number = reactor.places.borrow_mut().insert(Rc::clone(&source));
        Place { reactor: Rc::clone(reactor), number, source }
    }

    /// From now on the kernel says what happens to this socket: both
    /// interests, once, until the connection ends.
    pub(crate) fn register(&self, tcp: &mut TcpStream) -> io::Result<()> {
        let both = Interest::READABLE | Interest::WRITABLE;
        self.reactor.registry.register(tcp, Token(self.number), both)
    }

    /// Whoever waits here is woken at `deadline` at the latest.
    pub fn set_alarm(&self, deadline: Instant) {
        self.source.late.set(false);
        self.reactor.alarms.borrow_mut().set(self.number, deadline);
    }

    /// Nobody is.
    pub fn clear_alarm(&self) {
        self.reactor.alarms.borrow_mut().clear(self.number);
    }

    /// Whether the alarm has rung.
    pub fn is_late(&self) -> bool {
        self.source.late.get()
    }

    /// Leaves word whom to wake when something happens here. The waker is kept
    /// that was given last: a future may be polled by somebody else next time.
    pub fn wait<T>(&self, context: &Context<'_>) -> Poll<T> {
        self.source.waiting.replace(Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.clear_alarm();
        self.reactor.places.borrow_mut().remove(self.number);
    }
}
