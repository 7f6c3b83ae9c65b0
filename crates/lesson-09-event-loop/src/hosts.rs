//! Whose address is what.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::mpsc;
use std::time::Duration;

use ping_by_hand::Request;
use ping_core::{Names, Phase, PingError};

/// The hosts met so far, each with a number of its own.
#[derive(Debug, Default)]
pub struct Hosts {
    numbers: HashMap<String, usize>,
    addresses: Vec<Vec<SocketAddr>>,
    /// The one asked for last, which is often the next one, too.
    last: Option<(String, usize)>,
    names: Names,
}

impl Hosts {
    /// The number of the host that this request goes to. A name that was not
    /// met before is looked up, for as long as `limit`, and **everybody waits
    /// for that**: the system can look names up only by blocking.
    ///
    /// # Errors
    ///
    /// `BadUrl` if it is no host, and what a look-up meets.
    pub fn number(
        &mut self,
        request: &Request<'_>,
        limit: Duration,
    ) -> Result<usize, PingError> {
        let spelled = request.authority();
        if let Some((last, number)) = &self.last
            && last == spelled
        {
            return Ok(*number);
        }
        let number = match self.numbers.get(spelled) {
            Some(number) => *number,
            None => {
                let addresses = self.addresses_of(request, limit)?;
                self.addresses.push(addresses);
                let number = self.addresses.len() - 1;
                self.numbers.insert(spelled.to_owned(), number);
                number
            }
        };
        self.last = Some((spelled.to_owned(), number));
        Ok(number)
    }

    /// Its addresses, at least one.
    pub fn addresses(&self, number: usize) -> &[SocketAddr] {
        &self.addresses[number]
    }

    fn addresses_of(
        &self,
        request: &Request<'_>,
        limit: Duration,
    ) -> Result<Vec<SocketAddr>, PingError> {
        if let Some(address) = request.address()? {
            return Ok(vec![address]);
        }
        let (name, port) = request.host_and_port()?;
        let found = match self.names.get(name) {
            Some(found) => found,
            None => {
                let (tell, told) = mpsc::sync_channel(1);
                // The receiver may have gone.
                Names::look_up(name, move |found| drop(tell.send(found)))?;
                // The system's resolver says "no such name" as an error of no
                // kind.
                let found = match told.recv_timeout(limit) {
                    Err(_) => return Err(PingError::Timeout(Phase::Connect)),
                    Ok(Ok(found)) if !found.is_empty() => found,
                    Ok(_) => return Err(PingError::NameNotFound),
                };
                self.names.insert(name, found.clone());
                found
            }
        };
        Ok(found.into_iter().map(|ip| SocketAddr::new(ip, port)).collect())
    }
}
