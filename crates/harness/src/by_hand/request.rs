//! What is sent, and to whom.

use std::net::{IpAddr, SocketAddr};

use ping_core::{PingError, USER_AGENT};

/// A GET for one URL.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) address: SocketAddr,
    /// The bytes that both real clients send, in one order of theirs.
    pub(super) text: String,
}

impl Request {
    /// The request for this URL.
    ///
    /// # Errors
    ///
    /// [`PingError::BadUrl`] for whatever is not `http`, on loopback, and by
    /// address.
    pub(super) fn of(url: &str) -> Result<Request, PingError> {
        let bad = |why: &str| PingError::BadUrl(why.to_owned());
        // A line end in a URL would be one in the request.
        if !url.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(bad("a character that a URL cannot have"));
        }
        let (scheme, rest) =
            url.split_once("://").ok_or_else(|| bad("no scheme"))?;
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(bad("the pair by hand speaks http only"));
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, rest) = rest.split_at(end);
        let address = address(host)
            .filter(|address| address.ip().is_loopback())
            .ok_or_else(|| bad("the pair by hand knows loopback only"))?;
        let (target, _) = rest.split_once('#').unwrap_or((rest, ""));
        let slash = if target.starts_with('/') { "" } else { "/" };
        let text = format!(
            "GET {slash}{target} HTTP/1.1\r\n\
             accept: */*\r\n\
             user-agent: {USER_AGENT}\r\n\
             host: {host}\r\n\r\n"
        );
        Ok(Request { address, text })
    }
}

/// The address that `host` is, with the port of http if it names none.
fn address(host: &str) -> Option<SocketAddr> {
    let ip = || {
        let v6 = host.strip_prefix('[').and_then(|v6| v6.strip_suffix(']'));
        match v6 {
            Some(v6) => v6.parse().map(IpAddr::V6),
            None => host.parse().map(IpAddr::V4),
        }
    };
    let with_port = || Some(SocketAddr::new(ip().ok()?, 80));
    host.parse().ok().or_else(with_port)
}
