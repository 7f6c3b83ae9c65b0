use std::net::SocketAddr;

use ping_core::Names;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

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
                    let found = tokio::net::lookup_host((host, 0)).await?;
                    let found: Vec<_> = found.map(|at| at.ip()).collect();
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
