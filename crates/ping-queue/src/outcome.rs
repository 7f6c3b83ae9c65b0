//! A ping as it goes through the queue.

use std::time::{Duration, Instant};

use ping_core::{Phase, Ping, PingError, Reply};
use serde::{Deserialize, Serialize};

/// What came of a job, and who did it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) worker: String,
    pub(crate) deliveries: u32,
    elapsed_ns: u64,
    answer: Option<Answer>,
    failure: Option<Failure>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Answer {
    status: u16,
    bytes: u64,
    digest: u64,
    head: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Failure {
    kind: String,
    why: String,
}

/// The longest explanation that is kept, in characters.
const WHY: usize = 500;

impl Outcome {
    pub(crate) fn of(ping: &Ping, worker: &str, deliveries: u32) -> Outcome {
        let answer = ping.result.as_ref().ok().map(|reply| Answer {
            status: reply.status,
            bytes: reply.bytes,
            digest: reply.digest,
            head: reply.head.to_string(),
        });
        let failure = ping.result.as_ref().err().map(|error| Failure {
            kind: error.kind().to_owned(),
            why: why(error).chars().take(WHY).collect(),
        });
        let elapsed_ns = u64::try_from(ping.elapsed.as_nanos());
        Outcome {
            worker: worker.to_owned(),
            deliveries,
            elapsed_ns: elapsed_ns.unwrap_or(u64::MAX),
            answer,
            failure,
        }
    }

    pub(crate) fn read(bytes: &[u8]) -> Option<Outcome> {
        serde_json::from_slice(bytes).ok()
    }

    /// The ping again. When it was started is known to the other machine's
    /// clock alone: here it is as if it had ended just now.
    pub(crate) fn into_ping(self, url: &str) -> Ping {
        let elapsed = Duration::from_nanos(self.elapsed_ns);
        let now = Instant::now();
        let result = match (self.answer, self.failure) {
            (Some(answer), _) => Ok(Reply {
                status: answer.status,
                bytes: answer.bytes,
                digest: answer.digest,
                head: answer.head.into(),
                retry_after: None,
            }),
            (None, Some(failure)) => Err(failure.into_error()),
            (None, None) => Err(PingError::Other("an empty result".to_owned())),
        };
        Ping {
            url: url.to_owned(),
            started: now.checked_sub(elapsed).unwrap_or(now),
            elapsed,
            result,
            retried: false,
        }
    }
}

fn why(error: &PingError) -> &str {
    match error {
        PingError::BadUrl(why)
        | PingError::Unreachable(why)
        | PingError::Tls(why)
        | PingError::BadReply(why)
        | PingError::NoThread(why)
        | PingError::Other(why) => why,
        _ => "",
    }
}

impl Failure {
    fn into_error(self) -> PingError {
        let Failure { kind, why } = self;
        match kind.as_str() {
            "bad_url" => PingError::BadUrl(why),
            "name_not_found" => PingError::NameNotFound,
            "refused" => PingError::Refused,
            "unreachable" => PingError::Unreachable(why),
            "timeout_connect" => PingError::Timeout(Phase::Connect),
            "timeout_head" => PingError::Timeout(Phase::Head),
            "timeout_body" => PingError::Timeout(Phase::Body),
            "reset" => PingError::Reset,
            "closed_early" => PingError::ClosedEarly,
            "too_many_files" => PingError::TooManyFiles,
            "tls" => PingError::Tls(why),
            "bad_reply" => PingError::BadReply(why),
            "body_too_large" => PingError::BodyTooLarge,
            "deadline" => PingError::Deadline,
            "not_started" => PingError::NotStarted,
            "cancelled" => PingError::Cancelled,
            "no_thread" => PingError::NoThread(why),
            _ => PingError::Other(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(ping: &Ping) -> Ping {
        let outcome = Outcome::of(ping, "here", 2);
        let bytes = serde_json::to_vec(&outcome).unwrap();
        let read = Outcome::read(&bytes).unwrap();
        assert_eq!(read, outcome);
        read.into_ping(&ping.url)
    }

    #[test]
    fn every_error_comes_back_as_it_was() {
        let why = || "because".to_owned();
        let errors = [
            PingError::BadUrl(why()),
            PingError::NameNotFound,
            PingError::Refused,
            PingError::Unreachable(why()),
            PingError::Timeout(Phase::Connect),
            PingError::Timeout(Phase::Head),
            PingError::Timeout(Phase::Body),
            PingError::Reset,
            PingError::ClosedEarly,
            PingError::TooManyFiles,
            PingError::Tls(why()),
            PingError::BadReply(why()),
            PingError::BodyTooLarge,
            PingError::Deadline,
            PingError::NotStarted,
            PingError::Cancelled,
            PingError::NoThread(why()),
            PingError::Other(why()),
        ];
        for error in errors {
            let ping = Ping::unstarted("http://a/", error.clone());
            assert_eq!(through(&ping).result, Err(error));
        }
    }

    #[test]
    fn an_answer_comes_back_as_it_was() {
        let reply = Reply {
            status: 404,
            bytes: 7,
            digest: u64::MAX,
            head: "not \"here\"\n".into(),
            retry_after: None,
        };
        let ping = Ping {
            elapsed: Duration::from_nanos(123_456_789),
            result: Ok(reply.clone()),
            ..Ping::unstarted("http://a/", PingError::Cancelled)
        };
        let back = through(&ping);
        assert_eq!(back.result, Ok(reply));
        assert_eq!(back.elapsed, ping.elapsed);
    }

    #[test]
    fn what_strangers_wrote_is_no_result_and_no_panic() {
        for bytes in [&b""[..], b"{}", b"null", b"\xff", b"{\"worker\":1}"] {
            assert_eq!(Outcome::read(bytes), None);
        }
        let far = r#"{"worker":"w","deliveries":1,"elapsed_ns":
            18446744073709551615,"answer":null,"failure":null}"#;
        let ping = Outcome::read(far.as_bytes()).unwrap().into_ping("a");
        assert!(ping.result.is_err());
    }
}
