use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{
    DefaultResolver, ResolvedSocketAddrs, Resolver,
};
use ureq::unversioned::transport::NextTimeout;

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
}

/// How many addresses ureq's array of them holds.
const PLACES: usize = 16;

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let secure = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        let addresses = match literal.parse() {
            Ok(address) => vec![address],
            Err(_) => match self.get(host) {
                Some(addresses) => addresses,
                None => {
                    let found = look_up(uri, config, timeout)?;
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

fn look_up(
    uri: &Uri,
    config: &Config,
    timeout: NextTimeout,
) -> Result<Vec<IpAddr>, ureq::Error> {
    match DefaultResolver::default().resolve(uri, config, timeout) {
        Ok(found) => Ok(found.iter().map(|address| address.ip()).collect()),
        // The system's resolver says "no such name" as an error of no kind.
        Err(ureq::Error::Io(_)) => Err(ureq::Error::HostNotFound),
        Err(error) => Err(error),
    }
}
