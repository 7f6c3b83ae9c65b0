use std::net::SocketAddr;

use measurement::record::Spec;

/// The URLs of a trial, in the order of their sequence numbers. Everything
/// that the server needs to know of a ping stands in its URL, so that the
/// lessons stay plain.
pub(crate) fn of(spec: &Spec, address: SocketAddr) -> Vec<String> {
    (0..spec.requests)
        .map(|seq| {
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
pub(crate) fn gate(spec: &Spec, address: SocketAddr) -> Vec<String> {
    let places = spec.most_at_once();
    vec![format!("http://{address}/gate/{places}"); places]
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
