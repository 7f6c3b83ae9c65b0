use std::fmt;
use std::time::{Duration, Instant};

use safe_text::printable;

use crate::{PingError, masked, masked_url};

/// One ping: what was asked, when, for how long, and what came of it.
#[derive(Debug, Clone)]
pub struct Ping {
    /// The URL, as it stood in the list.
    pub url: String,
    /// Just before the request was started.
    pub started: Instant,
    /// From `started` to the last byte of the body, or to the failure.
    pub elapsed: Duration,
    /// A failed ping is data, like any other. So is a 404: its result is a
    /// reply whose status is 404.
    pub result: Result<Reply, PingError>,
    /// Whether another attempt at the same URL followed, so that this one has
    /// not the last word. Only lesson 8 tries again.
    pub retried: bool,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Length of the body in bytes, as received.
    pub bytes: u64,
    /// [`digest`](crate::digest) of the body: enough to compare it, without
    /// keeping it.
    pub digest: u64,
    /// The first 256 bytes of the body at most, as text.
    pub head: Box<str>,
    /// The header `Retry-After` as it was sent; `None` where the client does
    /// not look for it. Only lesson 8 does.
    pub retry_after: Option<Box<str>>,
}

impl Ping {
    /// A ping that was never started.
    pub fn unstarted(url: &str, error: PingError) -> Ping {
        Ping {
            url: url.to_owned(),
            started: Instant::now(),
            elapsed: Duration::ZERO,
            result: Err(error),
            retried: false,
        }
    }

    /// A ping that was never started, because the system has no thread left
    /// for it.
    pub fn no_thread(url: &str) -> Ping {
        let why = "the system has none left".to_owned();
        Ping::unstarted(url, PingError::NoThread(why))
    }

    /// A ping that is under way, and is waited for no longer: the batch is
    /// over. Nothing is said about the work itself, which may go on.
    pub fn given_up(url: &str, started: Instant) -> Ping {
        Ping {
            url: url.to_owned(),
            started,
            elapsed: started.elapsed(),
            result: Err(PingError::Deadline),
            retried: false,
        }
    }
}

impl Reply {
    /// The words that go with the status: its canonical phrase, or else what
    /// the body says after the number (as it does for 524, which no standard
    /// knows). Empty if neither has any.
    pub fn reason(&self) -> &str {
        let canonical = ureq::http::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason());
        let said = || {
            let line = self.head.lines().next().unwrap_or_default();
            line.strip_prefix(&format!("{} ", self.status))
        };
        canonical.or_else(said).unwrap_or_default().trim_matches(' ')
    }
}

/// The status, and the words that go with it where there are any.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = format!("{} {}", self.status, self.reason());
        f.write_str(line.trim_end_matches(' '))
    }
}

/// One line, fit for a terminal: what a server says is not obeyed, and a
/// password in the URL is not shown.
impl fmt::Display for Ping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match &self.result {
            Ok(reply) => reply.to_string(),
            Err(error) => error.to_string(),
        };
        // A server may say the URL back.
        let (url, said) = (masked_url(&self.url), masked(&said));
        write!(f, "{}: {}", printable(&url), printable(&said))?;
        write!(f, " ({:.1} ms)", self.elapsed.as_secs_f64() * 1e3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Drain;

    #[test]
    fn a_status_without_words_leaves_no_gap() {
        for status in 100..=999 {
            for body in ["", "299 ", "599  what it is ", "other words"] {
                let mut drain = Drain::new(status);
                drain.take(body.as_bytes()).unwrap();
                let ping = Ping {
                    result: Ok(drain.finish()),
                    ..Ping::unstarted("http://a/", PingError::Cancelled)
                };
                let line = ping.to_string();
                assert!(!line.contains("  "), "{line}");
                assert!(line.starts_with(&format!("http://a/: {status} ")));
            }
        }
    }
}
