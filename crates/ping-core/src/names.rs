use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration;

use crate::PingError;

/// The addresses of the hosts met so far, so that each name is looked up
/// once. Clones share them.
///
/// ureq looks a name up for every ping, pooled connection or not, and does so
/// on a thread of its own as soon as a total timeout is set: "sequential"
/// would be a thread per request. With this in its place a literal address
/// costs nothing, and a name one such thread at its first use.
#[derive(Debug, Clone, Default)]
pub struct Names(Arc<Mutex<HashMap<String, Vec<IpAddr>>>>);

impl Names {
    /// The addresses of `host`, if it was looked up before.
    pub fn get(&self, host: &str) -> Option<Vec<IpAddr>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(host).cloned()
    }

    /// Remembers what a look-up of `host` found.
    pub fn insert(&self, host: &str, addresses: Vec<IpAddr>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(host.to_owned(), addresses);
    }

    /// Looks `host` up on a thread of its own, since it cannot be given up
    /// otherwise, and hands what was found to `tell` there.
    ///
    /// # Errors
    ///
    /// [`PingError::NoThread`] if the system refuses the thread.
    pub fn look_up(
        host: &str,
        tell: impl FnOnce(io::Result<Vec<IpAddr>>) + Send + 'static,
    ) -> Result<(), PingError> {
        let host = host.to_owned();
        let look_up = move || {
            let found = (host.as_str(), 0).to_socket_addrs();
            tell(found.map(|found| found.map(|at| at.ip()).collect()));
        };
        // `thread::spawn` would panic.
        match thread::Builder::new().spawn(look_up) {
            Ok(_) => Ok(()),
            Err(error) => Err(PingError::NoThread(error.to_string())),
        }
    }
}

/// How many addresses ureq's array of them holds.
const PLACES: usize = 16;

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default();
        if host.is_empty() {
            return Err(ureq::Error::BadUri("empty host".to_owned()));
        }
        let port = port(uri, host)?;
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        let addresses = match literal.parse() {
            Ok(address) => vec![address],
            Err(_) => match self.get(host) {
                Some(addresses) => addresses,
                None => {
                    let found = look_up(host, timeout)?;
                    self.insert(host, found.clone());
                    found
                }
            },
        };
        let mut found = self.empty();
        for address in addresses.into_iter().take(PLACES) {
            found.push(SocketAddr::new(address, port));
        }
        Ok(found)
    }
}

/// The port that the URL names, or that goes with its scheme. One that is no
/// port is an error: `uri.port()` is silent about it, and the ping would go
/// to port 80.
fn port(uri: &Uri, host: &str) -> Result<u16, ureq::Error> {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let (_, after_user) = authority.rsplit_once('@').unwrap_or(("", authority));
    let after_host = after_user.strip_prefix(host).unwrap_or_default();
    match after_host.strip_prefix(':') {
        None | Some("") if uri.scheme_str() == Some("https") => Ok(443),
        None | Some("") => Ok(80),
        Some(port) => port.parse().map_err(|_| {
            ureq::Error::BadUri(format!("`{port}` is not a port number"))
        }),
    }
}

fn look_up(
    host: &str,
    timeout: NextTimeout,
) -> Result<Vec<IpAddr>, ureq::Error> {
    let (tell, told) = mpsc::sync_channel(1);
    // The receiver may have gone.
    Names::look_up(host, move |found| drop(tell.send(found)))
        .map_err(|refused| ureq::Error::Io(io::Error::other(refused)))?;
    let found = match timeout.after {
        Duration::Exact(limit) => told.recv_timeout(limit).map_err(drop),
        Duration::NotHappening => told.recv().map_err(drop),
    };
    match found {
        // The system's resolver says "no such name" as an error of no kind.
        Ok(Err(_)) => Err(ureq::Error::HostNotFound),
        Ok(Ok(found)) if found.is_empty() => Err(ureq::Error::HostNotFound),
        Ok(Ok(found)) => Ok(found),
        // Whichever limit it was, this is where the ping stood.
        Err(()) => Err(ureq::Error::Timeout(ureq::Timeout::Resolve)),
    }
}
