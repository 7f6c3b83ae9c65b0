use std::net::SocketAddr;

use measurement::record::Spec;

/// The URLs of a trial, in the order of their sequence numbers. Everything
/// that the server needs to know of a ping stands in its URL, so that the
/// lessons stay plain.
pub(crate) fn of(spec: &Spec, addresses: &[SocketAddr]) -> Vec<String> {
    (0..spec.requests)
        .map(|seq| {
            let address = address(spec, addresses, seq);
            let status = spec.status_of(seq);
            let nonce = spec.nonce;
            let url =
                format!("http://{address}/{status}?seq={seq}&nonce={nonce}");
            match spec.body_bytes {
                Some(bytes) => format!("{url}&bytes={bytes}"),
                None => url,
            }
        })
        .collect()
}

/// Where as many pings as are ever in flight wait for each other: what they leave behind
/// is exactly that many open connections, and the proof that they overlapped.
pub(crate) fn gate(spec: &Spec, addresses: &[SocketAddr]) -> Vec<String> {
    let places = spec.most_at_once();
    let url = |place| {
        let address = address(spec, addresses, place);
        format!("http://{address}/gate/{places}")
    };
    (0..places).map(url).collect()
}

/// So many connections to one address find a free port at once, on a system
/// that has 28,000: once the half of them is in use, each `connect` searches.
const EASY_PORTS: usize = 8192;

/// Where ping `seq` of a trial goes. Only where each ping has a place of its
/// own do they go to several addresses, taking turns: as many connections are
/// open to each as pings go there, and none is dialled inside the clock.
fn address(spec: &Spec, addresses: &[SocketAddr], seq: usize) -> SocketAddr {
    let needed = match spec.requests == spec.most_at_once() {
        true => spec.requests.div_ceil(EASY_PORTS),
        false => 1,
    };
    addresses[seq % needed.clamp(1, addresses.len())]
}

/// The body that the server is to send to ping `seq`.
pub(crate) fn body(spec: &Spec, seq: usize) -> Vec<u8> {
    let status = spec.status_of(seq);
    match spec.body_bytes {
        Some(bytes) => {
            test_server::expected_body(seq as u64, spec.nonce, bytes)
        }
        None => {
            format!("{status} {}", test_server::reason(status)).into_bytes()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use measurement::manners::Manners;
    use measurement::waits::Waits;
    use proptest::prelude::*;

    use super::*;

    fn spec(concurrency: usize, requests: usize) -> Spec {
        Spec {
            strategy: "event-loop".to_owned(),
            client: "by hand".to_owned(),
            concurrency,
            requests,
            waits: Waits::None,
            statuses: vec![200],
            body_bytes: None,
            nonce: 0,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            faults: Vec::new(),
            manners: Manners::NONE,
            kept_awake: None,
        }
    }

    /// How many of these go to each port.
    fn ports(urls: &[String]) -> BTreeMap<&str, usize> {
        let mut ports = BTreeMap::new();
        for url in urls {
            let port = url.split(['/', ':']).nth(4).unwrap();
            *ports.entry(port).or_default() += 1;
        }
        ports
    }

    proptest! {
        /// As many pings go to each address as the warm-up has opened
        /// connections to it, and never so many that a port is hard to find;
        /// where a place does several pings, all go to one.
        #[test]
        fn each_connection_of_the_warm_up_is_of_use(
            concurrency in 1..20_000_usize,
            more in prop_oneof![Just(0), 1..9_usize],
        ) {
            let addresses =
                [1, 2, 3].map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
            let spec = spec(concurrency, concurrency + more);
            let (pings, gate) = (of(&spec, &addresses), gate(&spec, &addresses));
            let (pings, gate) = (ports(&pings), ports(&gate));
            if more > 0 {
                prop_assert_eq!((pings.len(), gate.len()), (1, 1));
            } else {
                prop_assert!(pings.values().all(|pings| *pings <= EASY_PORTS));
                prop_assert_eq!(pings, gate);
            }
        }
    }
}
