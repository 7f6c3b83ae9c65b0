//! How connections come about.

use std::io::ErrorKind;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Instant;

use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, RustlsConnector,
};

use crate::punctual::Punctual;
use crate::room::Room;
use crate::strict::Strict;

/// Dials for an agent: TCP of ours, ureq's TLS above it where the URL asks for
/// that, and above both what looks at the answers.
///
/// Clones share the authorities, which are loaded once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialler(Arc<RustlsConnector>);

impl Connector<()> for Dialler {
    type Out = Strict;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Strict>, ureq::Error> {
        let connected = self.connect_either(details);
        // A limit that ends here is a timeout of the connection, whichever
        // limit it is: ureq names the limit, and we want the place.
        connected.map(Some).map_err(|error| match error {
            ureq::Error::Timeout(_) => {
                ureq::Error::Timeout(ureq::Timeout::Connect)
            }
            error => error,
        })
    }
}

impl Dialler {
    fn connect_either(
        &self,
        details: &ConnectionDetails<'_>,
    ) -> Result<Strict, ureq::Error> {
        let stream = dial(details)?;
        stream.set_nodelay(true)?;
        let (input, output) = (
            details.config.input_buffer_size(),
            details.config.output_buffer_size(),
        );
        let punctual = Punctual::new(stream, Room::new(input, output));
        (details.register_shutdown)(punctual.shutdown_handle())?;
        if !details.needs_tls() {
            return Ok(Strict::new(Box::new(punctual)));
        }
        let encrypted = self.0.connect(details, Some(punctual))?;
        let encrypted = encrypted.ok_or(ureq::Error::ConnectionFailed)?;
        Ok(Strict::new(Box::new(encrypted)))
    }
}

/// Dials one address after the other until somebody accepts. Each has its share
/// of the time that is left.
fn dial(details: &ConnectionDetails<'_>) -> Result<TcpStream, ureq::Error> {
    let begun = Instant::now();
    let mut refused = ureq::Error::HostNotFound;
    let mut others = details.addrs.iter();
    while let Some(address) = others.next() {
        let connected = match details.timeout.after {
            Limit::NotHappening => TcpStream::connect(address),
            Limit::Exact(whole) => {
                let left = whole.saturating_sub(begun.elapsed());
                let share = left.div_f64(1.0 + others.len() as f64);
                // The system takes no wait of no length.
                if share.is_zero() {
                    return Err(ureq::Error::Timeout(details.timeout.reason));
                }
                TcpStream::connect_timeout(address, share)
            }
        };
        refused = match connected {
            Ok(stream) => return Ok(stream),
            Err(error) if error.kind() == ErrorKind::TimedOut => {
                ureq::Error::Timeout(ureq::Timeout::Connect)
            }
            Err(error) => error.into(),
        };
    }
    Err(refused)
}
