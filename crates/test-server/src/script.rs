//! Faults as scripts: what is written, when, and how the connection ends. The
//! bytes of a fault are a function of the request and of nothing else, but for
//! a date to come again.

use std::time::{Duration, SystemTime};

use measurement::MILLISECOND;
use measurement::fault::Fault;

use crate::answer::{Answer, Content, Persistence};
use crate::body::expected_body;
use crate::status::{self, reason};

/// A step of an answer that goes wrong.
pub(crate) enum Act {
    /// These bytes.
    Send(Vec<u8>),
    /// Nothing for so many nanoseconds.
    Pause(u64),
    /// What is left of these bytes, one by one, and so many nanoseconds after
    /// each. Never what is to be done next: [`Script::next`] takes it apart.
    Drip(std::vec::IntoIter<u8>, u64),
    /// These bytes, the last ones: the request leaves flight before them.
    Last(Vec<u8>),
    End(Ending),
}

/// What becomes of the connection.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    Keep,
    Close,
    Reset,
}

/// What is left of an answer that goes wrong.
pub(crate) struct Script {
    /// The next one last.
    acts: Vec<Act>,
    /// Sent again and again once `acts` are over, instead of `ending`.
    endless: Option<Filler>,
    ending: Ending,
    /// In the end the client has a whole answer.
    whole: bool,
    /// The request has left flight.
    left: bool,
    body_bytes: usize,
}

/// What never ends. It is made when it is sent, so that those whom nobody
/// reads hold no more than what they have in their buffers.
#[derive(Clone, Copy)]
struct Filler {
    before: &'static str,
    length: usize,
    after: &'static str,
}

/// So much of it is made at once, unless memory is short.
const FILLER: usize = 4096;

impl Filler {
    fn make(self) -> Vec<u8> {
        let Self { before, length, after } = self;
        format!("{before}{}{after}", "o".repeat(length)).into_bytes()
    }
}

/// Between two bytes of a body that dribbles, and of a slow head.
const DRIBBLE: u64 = 10 * MILLISECOND;
const SLOW: u64 = 2 * MILLISECOND;

/// Between what an abort leaves and the abort: the client has read it by then.
const BREATH: u64 = 10 * MILLISECOND;

/// Nobody waits so long: ten minutes. Then the connection is closed, so that a
/// client that never leaves is not kept for ever.
const HANG: u64 = 600_000 * MILLISECOND;

/// The status that a fault answers with, where it has one of its own.
pub(crate) fn status_of(fault: Fault) -> Option<u16> {
    match fault {
        Fault::Redirect | Fault::RedirectLoop => Some(302),
        Fault::NotFound => Some(404),
        Fault::ServerError => Some(500),
        _ => fault.refusal(),
    }
}

/// Whether `fault` can befall `answer`. What strikes a body needs one: an
/// answer to HEAD, a 204 or a 304 ends with its head, whatever else it says
/// (RFC 9112, 6.3). And HTTP/1.0 has no chunks (6.1).
pub(crate) fn befalls(fault: Fault, answer: &Answer) -> bool {
    match fault {
        Fault::AbortAfterHeaders
        | Fault::AbortInBody
        | Fault::ResetInBody
        | Fault::HangInBody
        | Fault::Dribble => answer.has_body() && answer.length() > 0,
        Fault::EndlessBody | Fault::HugeLength | Fault::Unframed => {
            answer.has_body()
        }
        Fault::Chunked | Fault::BrokenChunk => answer.has_body() && !answer.old,
        _ => true,
    }
}

impl Script {
    /// What `fault` makes of `answer`, which is that of request `seq`. The
    /// connection ends as the answer says, unless the fault ends it. A body of
    /// more than `most` bytes is replaced by the phrase of its status.
    pub(crate) fn of(
        fault: Fault,
        answer: &Answer,
        seq: u64,
        most: usize,
    ) -> Script {
        let mut script = Script::steps(fault, answer, seq, most);
        let closes = answer.connection == Persistence::Close;
        if closes && matches!(script.ending, Ending::Keep) {
            script.ending = Ending::Close;
        }
        script
    }

    fn steps(fault: Fault, answer: &Answer, seq: u64, most: usize) -> Script {
        let (head, body) = parts(answer, most);
        let half = body.len() / 2;
        let bytes = Filler { before: "", length: most.min(FILLER), after: "" };
        let both = |body: &[u8]| [&head[..], body].concat();
        match fault {
            Fault::EmptyReply => broken(Vec::new(), Ending::Close),
            Fault::Reset => broken(Vec::new(), Ending::Reset),
            Fault::AbortInHeaders => {
                broken(head[..head.len() / 2].to_vec(), Ending::Close)
            }
            Fault::AbortAfterHeaders => broken(head, Ending::Close),
            Fault::AbortInBody => broken(both(&body[..half]), Ending::Close),
            Fault::ResetInBody => broken(both(&body[..half]), Ending::Reset),
            Fault::Garbage => broken(expected_body(seq, 0, 256), Ending::Close),
            Fault::BrokenChunk => {
                let chunk = b"so many\r\n".as_slice();
                broken([&chunked(answer), chunk].concat(), Ending::Close)
            }
            Fault::Hang => hanging(Vec::new()),
            Fault::HangInBody => hanging(both(&body[..half])),
            Fault::Dribble => {
                let slow = body.len().saturating_sub(1).min(20);
                let drops = Vec::from(&body[..slow]).into_iter();
                let acts = vec![Act::Send(head), Act::Drip(drops, DRIBBLE)];
                whole(acts, body[slow..].to_vec(), body.len())
            }
            Fault::SlowHeaders => {
                // Where there is no body, the head has the last byte.
                let slow = head.len() - usize::from(body.is_empty());
                let last = [&head[slow..], &body].concat();
                let drops = Vec::from(&head[..slow]).into_iter();
                whole(vec![Act::Drip(drops, SLOW)], last, body.len())
            }
            Fault::EndlessHeaders => {
                let line = Filler {
                    before: "X-Filler: ",
                    length: most.min(1000),
                    after: "\r\n",
                };
                endless(head_with(answer, ""), line)
            }
            Fault::EndlessBody if answer.old => {
                let closing =
                    Answer { connection: Persistence::Close, ..*answer };
                endless(head_with(&closing, "\r\n"), bytes)
            }
            Fault::EndlessBody => {
                let (before, length) = match most {
                    FILLER.. => ("1000\r\n", 0x1000),
                    _ => ("100\r\n", 0x100),
                };
                let chunk = Filler { before, length, after: "\r\n" };
                endless(chunked(answer), chunk)
            }
            Fault::HugeLength => {
                let length = "Content-Length: 10000000000\r\n\r\n";
                endless(head_with(answer, length), bytes)
            }
            Fault::Unframed => {
                let closing =
                    Answer { connection: Persistence::Close, ..*answer };
                let head = head_with(&closing, "\r\n");
                let last = [&head[..], &body].concat();
                let script = whole(Vec::new(), last, body.len());
                Script { ending: Ending::Close, ..script }
            }
            Fault::Chunked => {
                let (first, rest) = body.split_at(half);
                let mut last = chunked(answer);
                for piece in [first, rest].iter().filter(|p| !p.is_empty()) {
                    last.extend(format!("{:x}\r\n", piece.len()).bytes());
                    last.extend_from_slice(piece);
                    last.extend_from_slice(b"\r\n");
                }
                last.extend_from_slice(b"0\r\n\r\n");
                whole(Vec::new(), last, body.len())
            }
            Fault::Surplus => {
                let more = b"and these bytes nobody was told of\r\n";
                let last = [&both(&body)[..], more].concat();
                whole(Vec::new(), last, body.len())
            }
            Fault::Close => {
                let closing =
                    Answer { connection: Persistence::Close, ..*answer };
                let (head, body) = parts(&closing, most);
                let last = [&head[..], &body].concat();
                let script = whole(Vec::new(), last, body.len());
                Script { ending: Ending::Close, ..script }
            }
            Fault::CloseUnsaid => {
                let script = whole(Vec::new(), both(&body), body.len());
                Script { ending: Ending::Close, ..script }
            }
            Fault::Redirect => {
                redirect(answer, &numbered("/200", '?', answer, seq))
            }
            Fault::RedirectLoop => {
                let itself = "/200?fault=redirect-loop";
                redirect(answer, &numbered(itself, '&', answer, seq))
            }
            Fault::NotFound | Fault::ServerError => {
                whole(Vec::new(), both(&body), body.len())
            }
            Fault::Overloaded => {
                let lines = "Content-Length: 0\r\n\r\n";
                whole(Vec::new(), bare(answer, lines), 0)
            }
            Fault::TooManyRequests | Fault::Unavailable => {
                refusal(answer, &answer.retry_after.to_string())
            }
            Fault::TooManyRequestsUntil | Fault::UnavailableUntil => {
                // A date has no parts of a second: with one more, it is never
                // less than what was to be said.
                let seconds = 1 + u64::from(answer.retry_after);
                let until = SystemTime::now() + Duration::from_secs(seconds);
                refusal(answer, &httpdate::fmt_http_date(until))
            }
        }
    }

    /// The next step. A script that never ends goes on with what it repeats.
    pub(crate) fn next(&mut self) -> Act {
        match self.acts.pop() {
            Some(Act::Drip(mut drops, pause)) => match drops.next() {
                Some(drop) => {
                    self.acts.push(Act::Drip(drops, pause));
                    self.acts.push(Act::Pause(pause));
                    Act::Send(vec![drop])
                }
                None => self.next(),
            },
            Some(act) => {
                self.left |= matches!(act, Act::Last(_));
                act
            }
            None => match self.endless {
                Some(filler) => Act::Send(filler.make()),
                None => Act::End(self.ending),
            },
        }
    }

    /// Whether the request has left flight: its last bytes are on their way.
    pub(crate) fn has_left(&self) -> bool {
        self.left
    }

    /// Whether the client has a whole answer once the script is over.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// The length of that answer's body.
    pub(crate) fn body_bytes(&self) -> usize {
        self.body_bytes
    }
}

impl Default for Script {
    fn default() -> Script {
        whole(Vec::new(), Vec::new(), 0)
    }
}

/// A script of these steps and one more, after which the connection stays.
fn whole(mut acts: Vec<Act>, last: Vec<u8>, body_bytes: usize) -> Script {
    acts.push(Act::Last(last));
    acts.reverse();
    let ending = Ending::Keep;
    Script { acts, endless: None, ending, whole: true, left: false, body_bytes }
}

/// So much is written, read by whoever is quick, and then it is over.
fn broken(bytes: Vec<u8>, ending: Ending) -> Script {
    let acts = match bytes.is_empty() {
        true => Vec::new(),
        false => vec![Act::Send(bytes), Act::Pause(BREATH)],
    };
    Script { ending, whole: false, ..whole(acts, Vec::new(), 0) }
}

fn hanging(bytes: Vec<u8>) -> Script {
    let acts = vec![Act::Send(bytes), Act::Pause(HANG)];
    let ending = Ending::Close;
    Script { ending, whole: false, ..whole(acts, Vec::new(), 0) }
}

fn endless(first: Vec<u8>, again: Filler) -> Script {
    let acts = vec![Act::Send(first)];
    Script { acts, endless: Some(again), whole: false, ..Script::default() }
}

/// Another place to go to.
fn redirect(answer: &Answer, to: &str) -> Script {
    let lines = format!("Location: {to}\r\nContent-Length: 0\r\n\r\n");
    whole(Vec::new(), bare(answer, &lines), 0)
}

/// The path with the number that the request's own URL had, if it had one: so
/// it is seen who follows.
fn numbered(path: &str, mark: char, answer: &Answer, seq: u64) -> String {
    match answer.numbered {
        true => format!("{path}{mark}seq={seq}"),
        false => path.to_owned(),
    }
}

/// Not now, but then.
fn refusal(answer: &Answer, when: &str) -> Script {
    let lines = format!("Retry-After: {when}\r\nContent-Length: 0\r\n\r\n");
    whole(Vec::new(), bare(answer, &lines), 0)
}

/// The head of an answer, and its body.
fn parts(answer: &Answer, most: usize) -> (Vec<u8>, Vec<u8>) {
    let small = match answer.content {
        Content::Lines { bytes, .. } => bytes <= most,
        _ => true,
    };
    let content = if small { answer.content } else { Content::Phrase };
    let mut head = Vec::new();
    let (length, _) = Answer { content, ..*answer }.write(&mut head, most);
    let body = head.split_off(head.len() - length);
    (head, body)
}

/// A status line, what the connection is to become, and these lines.
fn bare(answer: &Answer, lines: &str) -> Vec<u8> {
    let (status, reason) = (answer.status, reason(answer.status));
    let connection = answer.connection.line();
    format!("HTTP/1.1 {status} {reason}\r\n{connection}{lines}").into_bytes()
}

/// The same with what goes with the status.
fn head_with(answer: &Answer, lines: &str) -> Vec<u8> {
    let own = status::extra_headers(answer.status);
    bare(answer, &format!("{own}{lines}"))
}

/// The head of an answer in chunks.
fn chunked(answer: &Answer) -> Vec<u8> {
    head_with(answer, "Transfer-Encoding: chunked\r\n\r\n")
}
