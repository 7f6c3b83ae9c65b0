use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::Child;

use anyhow::{Context, Result};
use measurement::waits::Plan;
use measurement::witness::Witness;
use serde::{Deserialize, Serialize};
use test_server::{Control, Token};

/// The test server in a process of its own. Dropping it ends the process.
#[derive(Debug)]
pub struct Server {
    child: Child,
    address: SocketAddr,
    control: Control,
}

/// What a server process says when it is ready, on one line: through a pipe,
/// where nobody else can read the token.
#[derive(Serialize, Deserialize)]
pub(crate) struct Ready {
    pub(crate) address: SocketAddr,
    pub(crate) control: SocketAddr,
    pub(crate) token: String,
}

impl Server {
    /// Starts one and waits until it listens.
    pub fn start() -> Result<Server> {
        let mut child = super::own("server-process")?
            .spawn()
            .context("cannot start the test server")?;
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output is piped");
        let heard = BufReader::new(stdout).read_line(&mut line);
        let ready = heard.context("cannot hear from it").and_then(|_| {
            let ready: Ready = serde_json::from_str(&line)
                .context("it ended before it was ready")?;
            let token = Token::chosen(&ready.token)?;
            Ok((ready.address, Control::new(ready.control, token)))
        });
        let (address, control) = ready
            .inspect_err(|_| {
                let _ = child.kill();
                let _ = child.wait();
            })
            .context("cannot start the test server")?;
        Ok(Server { child, address, control })
    }

    /// Where it answers pings.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forgets what it saw; from now on it waits by this plan.
    pub fn reset(&self, plan: &Plan) -> Result<()> {
        self.control
            .reset(plan)
            .context("the test server does not answer; was it killed?")
    }

    /// What it saw since the last reset.
    pub fn witness(&self) -> Result<Witness> {
        self.control
            .witness()
            .context("the test server does not answer; was it killed?")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
