//! The server as a whole: beside a test, or as a process of its own.

use std::io;
use std::net::SocketAddr;
use std::thread::{self, JoinHandle};

use measurement::waits::Plan;
use measurement::witness::Witness;
use mio::Waker;

use crate::control::Control;
use crate::event_loop::EventLoop;
use crate::limits::raise_file_limit;
use crate::options::Options;

/// A server on a thread of its own, for as long as the value lives. Dropping
/// it stops the thread and closes all its connections.
///
/// For tests. What is to be measured belongs in another process
/// ([`serve`]): here the server's work shows up in the client's numbers, and
/// both draw on one limit of open files.
pub struct TestServer {
    address: SocketAddr,
    control: Control,
    stopper: Waker,
    thread: Option<JoinHandle<io::Result<()>>>,
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
        let event_loop = prepare(options)?;
        let address = event_loop.address()?;
        let control = Control::new(event_loop.control_address()?);
        let stopper = event_loop.stopper()?;
        let thread = thread::Builder::new()
            .name("test-server".into())
            .spawn(move || event_loop.run())?;
        Ok(Self { address, control, stopper, thread: Some(thread) })
    }

    /// Where requests are answered.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the witness is asked.
    pub fn control_address(&self) -> SocketAddr {
        self.control.address()
    }

    /// The URL of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
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

impl Drop for TestServer {
    fn drop(&mut self) {
        let stopped = self.stopper.wake();
        let Some(thread) = self.thread.take() else { return };
        // If it cannot be woken it would never end; do not wait for it.
        if stopped.is_err() {
            return;
        }
        let result = thread.join();
        // A server that died must fail the test, but a test that fails
        // already must not be made to abort.
        if !thread::panicking() {
            result
                .expect("the server's thread does not panic")
                .expect("the server's loop does not fail");
        }
    }
}

/// Serves on the calling thread until the process ends, and calls `ready`
/// with the data address and the control address as soon as both listen.
///
/// # Errors
///
/// As for [`TestServer::start_with`]; later on only if the system's own means
/// of waiting fail.
pub fn serve(
    options: Options,
    ready: impl FnOnce(SocketAddr, SocketAddr),
) -> io::Result<()> {
    let event_loop = prepare(options)?;
    ready(event_loop.address()?, event_loop.control_address()?);
    event_loop.run()
}

fn prepare(options: Options) -> io::Result<EventLoop> {
    // A server with fewer files than it might have is still a server.
    let _ = raise_file_limit();
    EventLoop::bind(options)
}
