use std::env;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::config::Config;
use crate::find::find;
use crate::ports::free_ports;
use crate::process::start_by;

/// A server for one test, with a folder of its own. It is ended when this is
/// dropped.
#[derive(Debug)]
pub struct TestServer {
    program: PathBuf,
    folder: TempDir,
    port: u16,
    by: Vec<OsString>,
    child: Option<Child>,
}

/// How long a server may take until it greets.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a test that needs a server is left out, because this machine has
/// none; a line says so.
///
/// # Panics
///
/// If `CI=true` says that the tests need one.
pub fn skipped() -> bool {
    let needed = env::var("CI").is_ok_and(|value| value == "true");
    match find() {
        Some(_) => false,
        None => {
            assert!(!needed, "CI needs a nats-server, and there is none");
            // Not by a macro: a test's own output is kept from whoever runs it.
            let line = "skipped: no nats-server on this machine (Debian: apt \
                        install nats-server)\n";
            let _ = io::stderr().write_all(line.as_bytes());
            true
        }
    }
}

impl TestServer {
    /// Starts one, with JetStream and without secrets.
    ///
    /// # Panics
    ///
    /// If there is no `nats-server`, or it does not start.
    pub fn start() -> TestServer {
        TestServer::start_with(|_| {})
    }

    /// Starts one with what `change` makes of its configuration.
    ///
    /// # Panics
    ///
    /// As [`start`](Self::start).
    pub fn start_with(change: impl FnOnce(&mut Config)) -> TestServer {
        let port = free_ports(1).expect("a free port")[0];
        TestServer::start_at(port, Vec::new(), change)
    }

    /// Starts it on this port, by the program that these words name if there
    /// are any.
    pub(crate) fn start_at(
        port: u16,
        by: Vec<OsString>,
        change: impl FnOnce(&mut Config),
    ) -> TestServer {
        let program = find().expect("a nats-server");
        let folder = TempDir::new().expect("a temporary folder");
        let mut config = Config::new(port, &folder.path().join("store"));
        change(&mut config);
        config.write(&folder.path().join("nats.conf")).expect("written");
        let mut server = TestServer { program, folder, port, by, child: None };
        server.again();
        server
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// The number of its process; none after it was ended.
    pub fn process(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// Ends it at once, as a crash does.
    ///
    /// # Panics
    ///
    /// If the system does not let us.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("ended");
            child.wait().expect("waited for");
        }
    }

    /// Starts it again, with the streams that it had.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn again(&mut self) {
        self.kill();
        let folder = self.folder.path();
        let (config, log) = (folder.join("nats.conf"), folder.join("log"));
        let child = start_by(&self.by, &self.program, &config, &log);
        self.child = Some(child.expect("started"));
        let end = Instant::now() + PATIENCE;
        while !greets(self.port) {
            let log = std::fs::read_to_string(&log).unwrap_or_default();
            assert!(Instant::now() < end, "it does not greet:\n{log}");
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}

/// Whether a server says its first line on this port of 127.0.0.1.
pub fn greets(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    let wait = Duration::from_secs(1);
    let Ok(mut stream) = TcpStream::connect_timeout(&address, wait) else {
        return false;
    };
    let mut first = [0; 4];
    let _ = stream.set_read_timeout(Some(wait));
    stream.read_exact(&mut first).is_ok() && &first == b"INFO"
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
