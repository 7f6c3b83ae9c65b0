use std::io;
use std::net::SocketAddr;
use std::process::Child;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, ensure};
use measurement::waits::Plan;
use measurement::witness::Witness;
use serde::{Deserialize, Serialize};
use test_server::{Control, Token};

use super::end;
use super::listen::{Interrupted, READY_WITHIN, Silence, first_line, hear};
use crate::interrupt::Interrupt;

#[cfg(all(test, unix))]
mod tests;

/// The test server in a process of its own. Dropping it ends the process.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// At least one.
    addresses: Vec<SocketAddr>,
    control: Control,
    interrupt: Interrupt,
}

/// The control port has a limit of its own, which is shorter.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// What a server process says when it is ready, on one line: through a pipe,
/// where nobody else can read the token.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Ready {
    pub(crate) addresses: Vec<SocketAddr>,
    pub(crate) control: SocketAddr,
    pub(crate) token: String,
}

impl Server {
    /// Starts one and waits until it listens.
    ///
    /// # Errors
    ///
    /// If it ends before it is ready, or says nothing for too long;
    /// [`Interrupted`] after Ctrl-C, here and in each question to it.
    pub fn start(interrupt: &Interrupt) -> Result<Server> {
        let mut child = super::own("server-process")?
            .spawn()
            .context("cannot start the test server")?;
        let (addresses, control) = ready(&mut child, READY_WITHIN, interrupt)
            .and_then(|ready| {
                let token = Token::chosen(&ready.token)?;
                let control = Control::new(ready.control, token);
                ensure!(!ready.addresses.is_empty(), "it listens nowhere");
                Ok((ready.addresses, control))
            })
            .inspect_err(|_| end(&mut child))
            // A signal to our whole group may meet a child that is just about
            // to leave it: that was no fault of the server.
            .map_err(|why| match interrupt.raised() {
                true => Interrupted.into(),
                false => why,
            })?;
        let interrupt = interrupt.clone();
        Ok(Server { child, addresses, control, interrupt })
    }

    /// Where it answers pings.
    pub fn address(&self) -> SocketAddr {
        self.addresses[0]
    }

    /// The same, and every further port.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Forgets what it saw; from now on it waits by this plan.
    pub fn reset(&self, plan: &Plan) -> Result<()> {
        let plan = plan.clone();
        self.ask(move |control| control.reset(&plan))
    }

    /// What it saw since the last reset.
    pub fn witness(&self) -> Result<Witness> {
        self.ask(Control::witness)
    }

    /// The same for the last time, also after Ctrl-C: what was seen until
    /// then is to be told.
    pub fn last_witness(&self) -> Result<Witness> {
        self.ask_until(&Interrupt::default(), Control::witness)
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Control) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask_until(&self.interrupt, question)
    }

    /// Asks on a thread of its own: a server that was stopped takes as long
    /// as the control port lets it, and Ctrl-C is to be heard meanwhile.
    fn ask_until<T: Send + 'static>(
        &self,
        interrupt: &Interrupt,
        question: impl FnOnce(&Control) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer_tx, answer) = channel();
        let control = self.control.clone();
        thread::Builder::new()
            .spawn(move || answer_tx.send(question(&control)))
            .context("cannot start a thread to ask the test server")?;
        match hear(&answer, ANSWER_WITHIN, interrupt) {
            Ok(answer) => answer
                .context("the test server does not answer; was it killed?"),
            Err(Silence::Interrupted) => Err(Interrupted.into()),
            Err(_) => Err(anyhow!("the test server does not answer")),
        }
    }
}

/// Waits for the line that says that it is ready.
fn ready(
    child: &mut Child,
    limit: Duration,
    interrupt: &Interrupt,
) -> Result<Ready> {
    let line = first_line(child, "the test server", limit, interrupt)?;
    serde_json::from_str(&line)
        .context("cannot start the test server: it ended before it was ready")
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}
