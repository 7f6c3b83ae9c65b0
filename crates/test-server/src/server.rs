//! The server as a whole: beside a test, or as a process of its own.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};

use measurement::waits::Plan;
use measurement::witness::Witness;
use mio::Waker;

use crate::control::Control;
use crate::control_port::ControlPort;
use crate::event_loop::EventLoop;
use crate::limits::{Shares, open_files, raise_file_limit};
use crate::mail::Mailbox;
use crate::options::Options;
use crate::token::Token;

/// A server on threads of its own, for as long as the value lives. Dropping
/// it stops them and closes all its connections.
///
/// For tests. What is to be measured belongs in another process
/// ([`serve`]): here the server's work shows up in the client's numbers, and
/// both draw on one limit of open files.
pub struct TestServer {
    /// At least one.
    addresses: Vec<SocketAddr>,
    control: Control,
    mailbox: Mailbox,
    thread: Option<JoinHandle<io::Result<()>>>,
    // Dropped after the server, which it asks.
    _control_thread: ControlThread,
}

impl TestServer {
    /// Starts a server on free ports of 127.0.0.1. It accepts connections
    /// when this returns.
    ///
    /// # Errors
    ///
    /// As for [`TestServer::start_with`].
    pub fn start() -> io::Result<Self> {
        Self::start_with(Options::default())
    }

    /// Starts a server as told.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if an address is not a loopback address, and whatever
    /// the system says when it will not listen there (`AddrInUse`), with the
    /// address in the text.
    pub fn start_with(options: Options) -> io::Result<Self> {
        let prepared = prepare(options)?;
        let Prepared { event_loop, addresses, control, mailbox, .. } = prepared;
        let control_thread = ControlThread::start(prepared.control_port)?;
        let thread = thread::Builder::new()
            .name("test-server".into())
            .spawn(move || event_loop.run())?;
        Ok(Self {
            addresses,
            control,
            mailbox,
            thread: Some(thread),
            _control_thread: control_thread,
        })
    }

    /// Where requests are answered.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0]
    }

    /// The same, and every further port.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Where the witness is asked.
    pub fn control_address(&self) -> SocketAddr {
        self.control.address()
    }

    /// The URL of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address())
    }

    /// So many URLs of a path, numbered from 0 with `?seq=`. Then a request
    /// waits as the plan says for its number, whenever it arrives, and the
    /// witness counts the different ones and those that came again.
    ///
    /// ```
    /// let server = test_server::TestServer::start()?;
    /// let urls = server.urls("/404", 2);
    /// assert_eq!(urls[1], server.url("/404?seq=1"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn urls(&self, path: &str, count: usize) -> Vec<String> {
        let mark = if path.contains('?') { '&' } else { '?' };
        (0..count)
            .map(|seq| self.url(&format!("{path}{mark}seq={seq}")))
            .collect()
    }

    /// The way to the control port; it can be cloned and sent elsewhere.
    pub fn control(&self) -> &Control {
        &self.control
    }

    /// What the server has seen since the last reset.
    ///
    /// # Panics
    ///
    /// When the server does not answer, which fails the test that asks.
    pub fn witness(&self) -> Witness {
        self.control.witness().expect("the server tells what it saw")
    }

    /// Counts from zero again and closes the gates; the plan stays.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    pub fn reset(&self) {
        self.control.restart().expect("the server starts to count again");
    }

    /// The same with another plan.
    ///
    /// # Panics
    ///
    /// When the server does not answer.
    #[expect(clippy::needless_pass_by_value, reason = "reads better in tests")]
    pub fn plan(&self, plan: Plan) {
        self.control.reset(&plan).expect("the server takes the plan");
    }
}

impl fmt::Debug for TestServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses = &self.addresses;
        f.debug_struct("TestServer")
            .field("addresses", addresses)
            .field("control", &self.control)
            .finish_non_exhaustive()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let stopped = self.mailbox.stop();
        let Some(thread) = self.thread.take() else { return };
        // If it cannot be woken it would never end; do not wait for it.
        if stopped.is_err() {
            return;
        }
        see_to_its_end(thread);
    }
}

/// A server that died must fail the test, but a test that fails already must
/// not be made to abort.
fn see_to_its_end(thread: JoinHandle<io::Result<()>>) {
    let result = thread.join();
    if !thread::panicking() {
        result
            .expect("the server's thread does not panic")
            .expect("the server's loop does not fail");
    }
}

/// The thread of the control port; dropping it ends it.
struct ControlThread {
    stopper: Waker,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl ControlThread {
    fn start(control_port: ControlPort) -> io::Result<Self> {
        let stopper = control_port.stopper()?;
        let thread = thread::Builder::new()
            .name("control-port".into())
            .spawn(move || control_port.run())?;
        Ok(Self { stopper, thread: Some(thread) })
    }
}

impl Drop for ControlThread {
    fn drop(&mut self) {
        let stopped = self.stopper.wake();
        let Some(thread) = self.thread.take() else { return };
        if stopped.is_ok() {
            see_to_its_end(thread);
        }
    }
}

/// Serves on the calling thread until the process ends, and calls `ready`
/// with the data addresses, the one asked for first, and the way to the control
/// port as soon as all listen. The control port has a thread of its own.
///
/// # Errors
///
/// As for [`TestServer::start_with`]; later on only if the system's own means
/// of waiting fail.
pub fn serve(
    options: Options,
    ready: impl FnOnce(&[SocketAddr], &Control),
) -> io::Result<()> {
    let prepared = prepare(options)?;
    let _control_thread = ControlThread::start(prepared.control_port)?;
    ready(&prepared.addresses, &prepared.control);
    prepared.event_loop.run()
}

/// A server that listens already and answers as soon as both parts run.
struct Prepared {
    event_loop: EventLoop,
    control_port: ControlPort,
    addresses: Vec<SocketAddr>,
    control: Control,
    mailbox: Mailbox,
}

fn prepare(options: Options) -> io::Result<Prepared> {
    // A server with fewer files than it might have is still a server.
    let limit = raise_file_limit().unwrap_or(u64::MAX);
    let token = options.token.clone().map_or_else(Token::random, Ok)?;
    let control_address = options.control;
    let (mut event_loop, mailbox) = EventLoop::bind(options)?;
    let mut control_port =
        ControlPort::bind(control_address, token.clone(), mailbox.clone())?;
    let shares = Shares::of(limit, open_files()?);
    event_loop.keep_to(shares);
    control_port.keep_to(shares);
    let addresses = event_loop.addresses()?;
    let control = Control::new(control_port.address(), token);
    Ok(Prepared { event_loop, control_port, addresses, control, mailbox })
}
