//! What the server makes of a request: which answer, and when.

use measurement::fault::Fault;
use measurement::waits::Plan;

use crate::answer::{Answer, Content, Persistence};
use crate::request::Head;
use crate::script;
use crate::status;
use crate::target::Place;

/// The longest request body that is read and thrown away, in bytes.
const BODY_LIMIT: u64 = 64 * 1024 * 1024;

/// After how many seconds a fault that refuses says to come again, unless the
/// URL says it.
const RETRY_AFTER: u16 = 1;

const PATHS: &str = "no such path; there are /{code}, such as /200, \
                     /gate/{k} and /\n";

const INDEX: &str = "\
httpstat.us on loopback.

/{code}             answers with that status, 100 to 999
/{code}?sleep=MS    after so many milliseconds, 30000 at most
/{code}?seq=S&nonce=X&bytes=B
                    with a body of B bytes that depends on S and X
/{code}?fault=NAME  with something that goes wrong
/{code}?fault=unavailable&retry-after=S
                    with 503, and asks to come again in S seconds
/gate/{k}           answers when k requests wait here at once
";

/// An answer and its time.
#[derive(Clone, Copy)]
pub(crate) struct Order {
    pub(crate) answer: Answer,
    pub(crate) wait: Wait,
    /// The request's body will not be read.
    pub(crate) refuses_body: bool,
    /// What goes wrong with the answer.
    pub(crate) fault: Option<Fault>,
}

/// What comes before the answer.
#[derive(Clone, Copy)]
pub(crate) enum Wait {
    /// So many nanoseconds since the head arrived.
    For(u64),
    /// The gate of this size.
    Gate(u16),
}

impl Order {
    /// What to do about the request numbered `seq`, of which number so many
    /// have come before.
    pub(crate) fn of(
        head: &Head,
        (seq, attempt): (u64, u32),
        plan: &Plan,
    ) -> Self {
        let target = &head.target;
        let content = match target.bytes {
            Some(bytes) => Content::Lines { seq, nonce: target.nonce, bytes },
            None if head.json => Content::Json,
            None => Content::Phrase,
        };
        let refusal = match head.body {
            None => Some(411),
            Some(length) if length > BODY_LIMIT => Some(413),
            Some(_) => None,
        };
        let now = Wait::For(0);
        let fault = match (refusal, target.place) {
            (None, Place::Status(_)) if !target.absurd => {
                target.fault.or_else(|| plan.fault(seq, attempt))
            }
            _ => None,
        };
        let (status, content, wait) = match (refusal, target.place) {
            (Some(status), _) => (status, Content::Phrase, now),
            _ if target.absurd => (400, Content::Empty, now),
            // No interim answer to HTTP/1.0 (RFC 9110, 15.2).
            (_, Place::Status(status))
                if head.old && status::is_interim(status) =>
            {
                (400, Content::Empty, now)
            }
            (_, Place::Status(status)) => {
                let wait = target.sleep.unwrap_or_else(|| plan.wait(seq));
                let status =
                    fault.and_then(script::status_of).unwrap_or(status);
                (status, content, Wait::For(wait))
            }
            (_, Place::Gate(size)) => (200, content, Wait::Gate(size)),
            (_, Place::Index) => (200, Content::Text(INDEX), now),
            (_, Place::Nowhere) => (404, Content::Text(PATHS), now),
        };
        let closes = refusal.is_some() || status::is_interim(status);
        let connection =
            if closes { Persistence::Close } else { head.connection };
        let answer = Answer {
            status,
            content,
            head_only: head.head_only,
            connection,
            old: head.old,
            retry_after: target.retry_after.unwrap_or(RETRY_AFTER),
            numbered: target.seq.is_some(),
        };
        let fault = fault.filter(|fault| script::befalls(*fault, &answer));
        Self { answer, wait, refuses_body: refusal.is_some(), fault }
    }

    /// What to say to bytes that are no request.
    pub(crate) fn refusal(status: u16) -> Self {
        let answer = Answer {
            status,
            content: Content::Phrase,
            head_only: false,
            connection: Persistence::Close,
            old: false,
            retry_after: RETRY_AFTER,
            numbered: false,
        };
        Self { answer, wait: Wait::For(0), refuses_body: true, fault: None }
    }
}
