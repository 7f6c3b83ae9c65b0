use std::net::SocketAddr;

use ping_core::Names;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

/// Looks each name up once, like the blocking client does.
#[derive(Debug, Default)]
pub(crate) struct AsyncNames(Names);

impl Resolve for AsyncNames {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.0.clone();
        Box::pin(async move {
            let host = name.as_str();
            let addresses = match names.get(host) {
                Some(addresses) => addresses,
                None => {
                    // Not on one of the runtime's own threads, which panics
                    // where the system refuses one.
                    let (tell, told) = oneshot::channel();
                    Names::look_up(host, |found| drop(tell.send(found)))?;
                    let found = told.await??;
                    names.insert(host, found.clone());
                    found
                }
            };
            // reqwest puts the port of the URL in the place of 0.
            let addresses =
                addresses.into_iter().map(|ip| SocketAddr::new(ip, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}
