use std::time::Instant;

use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, DefaultConnector, NextTimeout,
    Transport,
};

/// ureq's own connector, with two things mended.
///
/// A limit that ends while it is at work is a timeout of the connection,
/// whichever limit it is: ureq names the limit, and we want the place. And its
/// connections are [`Punctual`].
#[derive(Debug, Default)]
pub(crate) struct Dialler(DefaultConnector);

impl Connector<()> for Dialler {
    type Out = Punctual;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Punctual>, ureq::Error> {
        let connected = self.0.connect(details, chained);
        let connected = connected.map_err(|error| match error {
            ureq::Error::Timeout(_) => {
                ureq::Error::Timeout(ureq::Timeout::Connect)
            }
            error => error,
        })?;
        Ok(connected.map(Punctual))
    }
}

/// A connection whose reads end when their time is up.
///
/// Linux is up to an eighth late where a read of a socket may take long: its
/// timers are the coarser the longer they run, and five seconds become 5.25.
/// So a long wait is made of several, each for seven eighths of what is left.
#[derive(Debug)]
pub(crate) struct Punctual(Box<dyn Transport>);

/// A wait this short is late by no more than a tick of the kernel's clock.
const EXACT: std::time::Duration = std::time::Duration::from_millis(200);

impl Transport for Punctual {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(
        &mut self,
        amount: usize,
        timeout: NextTimeout,
    ) -> Result<(), ureq::Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(
        &mut self,
        timeout: NextTimeout,
    ) -> Result<bool, ureq::Error> {
        let Duration::Exact(whole) = timeout.after else {
            return self.0.await_input(timeout);
        };
        let begun = Instant::now();
        let mut left = whole;
        loop {
            let wait = if left > EXACT { left / 8 * 7 } else { left };
            let after = Duration::Exact(wait);
            let read = self.0.await_input(NextTimeout { after, ..timeout });
            left = whole.saturating_sub(begun.elapsed());
            match read {
                Err(ureq::Error::Timeout(_)) if !left.is_zero() => {}
                read => return read,
            }
        }
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
