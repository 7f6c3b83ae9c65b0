use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;

use ping_core::{PingError, Target, URL_LIMIT, USER_AGENT};

/// A GET for one URL: to whom it goes, and its bytes.
#[derive(Debug)]
pub struct Request<'a> {
    target: Target<'a>,
    /// Of the URL: the host with its port, as both are spelled there.
    authority: Range<usize>,
}

/// The port of http where a URL names none.
const HTTP: u16 = 80;

impl Request<'_> {
    /// The request for this URL.
    ///
    /// # Errors
    ///
    /// [`PingError::BadUrl`] for what is no URL, is longer than [`URL_LIMIT`],
    /// or is not of http: nothing is encrypted here.
    pub fn of(url: &str) -> Result<Request<'_>, PingError> {
        if url.len() > URL_LIMIT {
            return Err(bad("too long"));
        }
        // To the end and without a way out, so that the processor looks at
        // many bytes at once: this is done for each ping.
        let (mut graphic, mut names_somebody) = (true, false);
        for byte in url.bytes() {
            graphic &= byte.is_ascii_graphic();
            names_somebody |= byte == b'@';
        }
        // A line end in a URL would be one in the request.
        if !graphic {
            return Err(bad("a character that a URL cannot have"));
        }
        // Most URLs have nothing to take out, and are not searched for it.
        let target = match names_somebody {
            true => Target::of(url),
            false => Target { url: url.into(), authorization: None },
        };
        let authority = authority(&target.url)?;
        Ok(Request { target, authority })
    }

    /// The host and its port, as the URL spells them: `127.0.0.1:8080`.
    pub fn authority(&self) -> &str {
        &self.target.url[self.authority.clone()]
    }

    /// The host, a name or an address, and the port.
    ///
    /// # Errors
    ///
    /// [`PingError::BadUrl`] if it is neither, or the port is no number.
    pub fn host_and_port(&self) -> Result<(&str, u16), PingError> {
        let authority = self.authority();
        let (host, port) = match authority.rsplit_once(':') {
            // The last colon of an address may be its own.
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (authority, ""),
        };
        let port = match port {
            "" => HTTP,
            // Or `+80` would be one.
            port if port.bytes().all(|byte| byte.is_ascii_digit()) => {
                port.parse().map_err(|_| bad("a port that is no number"))?
            }
            _ => return Err(bad("a port that is no number")),
        };
        let v6 = host.strip_prefix('[').and_then(|v6| v6.strip_suffix(']'));
        let is_name = |host: &str| {
            let may = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
            !host.is_empty() && host.bytes().all(may)
        };
        match v6 {
            Some(v6) if v6.parse::<IpAddr>().is_ok_and(|ip| ip.is_ipv6()) => {
                Ok((v6, port))
            }
            None if is_name(host) => Ok((host, port)),
            _ => Err(bad(&format!("`{host}` is not a host"))),
        }
    }

    /// The address, if the host is one and no name.
    ///
    /// # Errors
    ///
    /// Those of [`host_and_port`](Self::host_and_port).
    pub fn address(&self) -> Result<Option<SocketAddr>, PingError> {
        let (host, port) = self.host_and_port()?;
        Ok(host.parse().ok().map(|ip| SocketAddr::new(ip, port)))
    }

    /// What of the URL the request names: the path and the query.
    pub fn path(&self) -> Cow<'_, str> {
        let path = &self.target.url[self.authority.end..];
        let path = path.split_once('#').map_or(path, |(path, _)| path);
        match path.starts_with('/') {
            true => Cow::Borrowed(path),
            false => Cow::Owned(format!("/{path}")),
        }
    }

    /// The value of `Authorization`, if the URL has a name or a password.
    pub fn authorization(&self) -> Option<&[u8]> {
        self.target.authorization.as_ref().map(|value| value.as_bytes())
    }

    /// The bytes that are sent: those of both real clients, in one order of
    /// theirs.
    pub fn bytes(&self) -> Vec<u8> {
        let path = &*self.path();
        let mut bytes = Vec::with_capacity(path.len() + 128);
        for part in [
            "GET ",
            path,
            " HTTP/1.1\r\naccept: */*\r\nuser-agent: ",
            USER_AGENT,
            "\r\nhost: ",
            self.authority(),
        ] {
            bytes.extend_from_slice(part.as_bytes());
        }
        if let Some(authorization) = self.authorization() {
            bytes.extend_from_slice(b"\r\nauthorization: ");
            bytes.extend_from_slice(authorization);
        }
        bytes.extend_from_slice(b"\r\n\r\n");
        bytes
    }
}

/// Where in this URL its host and port are, if it is of http.
fn authority(url: &str) -> Result<Range<usize>, PingError> {
    const SCHEME: &str = "http://";
    let scheme = url.get(..SCHEME.len()).unwrap_or_default();
    if scheme.eq_ignore_ascii_case(SCHEME) {
        let rest = &url.as_bytes()[SCHEME.len()..];
        let ends = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        return Ok(SCHEME.len()..SCHEME.len() + length);
    }
    Err(bad(match url.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => {
            "a GET by hand encrypts nothing; take a strategy with a client \
             library for https"
        }
        Some(_) => "not of http",
        None => "no scheme",
    }))
}

fn bad(why: &str) -> PingError {
    PingError::BadUrl(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_whom_to_ask_and_for_what() {
        for (url, host, port, first) in [
            ("http://127.0.0.1:8080/200?a=b#c", "127.0.0.1", 8080, "/200?a=b"),
            ("HTTP://127.0.0.1", "127.0.0.1", 80, "/"),
            ("http://h:/", "h", 80, "/"),
            ("http://a-b.c_d.?x", "a-b.c_d.", 80, "/?x"),
            ("http://[::1]:81/x", "::1", 81, "/x"),
            ("http://[::1]#x", "::1", 80, "/"),
            ("http://me:p:w@h:1/a@b", "h", 1, "/a@b"),
        ] {
            let request = Request::of(url).unwrap();
            assert_eq!(request.host_and_port(), Ok((host, port)), "{url}");
            let bytes = String::from_utf8(request.bytes()).unwrap();
            let expected = format!("GET {first} HTTP/1.1\r\n");
            assert!(bytes.starts_with(&expected), "{url}: {bytes}");
            assert!(bytes.ends_with("\r\n\r\n"));
            let host = format!("\r\nhost: {}\r\n", request.authority());
            assert!(bytes.contains(&host), "{url}: {bytes}");
            let secret = url.contains("me:");
            assert_eq!(bytes.contains("authorization: Basic "), secret);
            assert!(!bytes.contains("p:w"));
        }
    }

    #[test]
    fn an_address_is_known_without_asking_anybody() {
        for (url, address) in [
            ("http://127.0.0.1/", Some("127.0.0.1:80")),
            ("http://[::1]:7/", Some("[::1]:7")),
            ("http://localhost:7/", None),
        ] {
            let known = Request::of(url).unwrap().address().unwrap();
            assert_eq!(known.map(|a| a.to_string()).as_deref(), address);
        }
    }

    #[test]
    fn what_is_no_url_or_not_of_http_is_refused() {
        let long = format!("http://h/{}", "x".repeat(URL_LIMIT));
        for url in [
            "",
            "/200",
            "127.0.0.1",
            "http://",
            "http:///200",
            "http://:1/",
            "http://h:99999/",
            "http://h:+1/",
            "http://h:x/",
            "http://[::1/",
            "http://::1/",
            "http://[127.0.0.1]/",
            "http://[::1%25lo]/",
            "http://h/a b",
            "http://h/a\r\nHost: b",
            "http://h\\@x/",
            "http://\u{e4}/",
            "https://127.0.0.1:1/",
            "ftp://127.0.0.1/",
            &long,
        ] {
            let refused = Request::of(url)
                .and_then(|request| request.host_and_port().map(drop));
            let kind = refused.map_err(|error| error.kind());
            assert_eq!(kind, Err("bad_url"), "{url:.40}");
        }
    }
}
