//! One connection of the control port: a request, its answer, the end.

use std::io::{self, Read};
use std::net::Shutdown;
use std::sync::Arc;
use std::time::{Duration, Instant};

use measurement::waits::Plan;
use mio::net::TcpStream;

use super::answer::{Answer, Refusal};
use super::head::{Door, Request, Wanted};
use crate::mail::Mailbox;

/// How long a head may take, and then a body, however it comes: a byte a
/// second is too slow.
const READ_PATIENCE: Duration = Duration::from_secs(5);

/// How long nothing of an answer may be taken, and how long all of it may
/// take.
const IDLE_PATIENCE: Duration = Duration::from_secs(2);
const WRITE_PATIENCE: Duration = Duration::from_secs(30);

/// What still comes when the answer is written is read on for so long and so
/// far: closing at once would reset the connection, and the answer might be
/// lost.
const FAREWELL_PATIENCE: Duration = Duration::from_secs(1);
const FAREWELL_BYTES: usize = 1024 * 1024;

/// How many answers with stamps may be on their way at once: each may keep
/// four megabytes of stamps from being overwritten. Others wait.
const READERS: usize = 8;

/// How long who has shown the token may stay when there is no room for the
/// next: all that the harness asks is done in a tenth of it.
const GRACE: Duration = Duration::from_millis(500);

/// How often to look whether it is one's turn.
const TURN: Duration = Duration::from_millis(50);

/// How much is read at a time.
const CHUNK: usize = 8 * 1024;

pub(super) struct Caller {
    stream: TcpStream,
    since: Instant,
    until: Instant,
    input: Vec<u8>,
    state: State,
}

enum State {
    /// A head is on its way.
    Knocking,
    /// It wants stamps, and others have had many.
    Waiting(Request),
    /// Who has shown the token sends the body.
    Telling(Request),
    /// The answer is being written, until then at the latest.
    Listening { answer: Answer, end: Instant, welcome: bool },
    /// It is written, and more may come that nobody reads.
    Leaving { left: usize },
}

pub(super) enum Next {
    Rest,
    Close,
}

/// What a read brought.
enum Heard {
    Something,
    NothingYet,
    TheEnd,
}

impl Caller {
    pub(super) fn new(stream: TcpStream) -> Self {
        let since = Instant::now();
        Self {
            stream,
            since,
            until: since + READ_PATIENCE,
            input: Vec::new(),
            state: State::Knocking,
        }
    }

    pub(super) fn source(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    /// When it came, or its answer was begun.
    pub(super) fn since(&self) -> Instant {
        self.since
    }

    /// Until when it may stay although others want to come in.
    pub(super) fn may_stay(&self) -> Instant {
        self.since
            + match self.state {
                // It is not its fault.
                State::Waiting(_) => READ_PATIENCE,
                _ if self.is_stranger() => Duration::ZERO,
                _ => GRACE,
            }
    }

    /// When its patience, or ours, ends.
    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// It has not shown the token, or is about to go.
    pub(super) fn is_stranger(&self) -> bool {
        match self.state {
            State::Knocking | State::Leaving { .. } => true,
            State::Telling(_) | State::Waiting(_) => false,
            State::Listening { welcome, .. } => !welcome,
        }
    }

    /// Who goes before whom when there is no room.
    pub(super) fn rank(&self) -> u8 {
        match self.state {
            State::Leaving { .. } => 0,
            _ if self.is_stranger() => 1,
            _ => 2,
        }
    }

    /// Does all that can be done now. An error is a caller that is gone.
    pub(super) fn advance(&mut self, door: &Door, mailbox: &Mailbox) -> Next {
        self.step(door, mailbox).unwrap_or(Next::Close)
    }

    /// The deadline has passed.
    pub(super) fn time_is_up(
        &mut self,
        door: &Door,
        mailbox: &Mailbox,
    ) -> Next {
        match self.state {
            State::Waiting(request) => {
                let asked = self.welcome(request, door, mailbox);
                asked.map_or(Next::Close, |()| self.advance(door, mailbox))
            }
            State::Knocking if self.input.is_empty() => Next::Close,
            State::Knocking | State::Telling(_) => {
                let late = "the request took longer than 5 s to come";
                self.refuse(&Refusal::new(408, late));
                self.advance(door, mailbox)
            }
            State::Listening { .. } | State::Leaving { .. } => Next::Close,
        }
    }

    fn step(&mut self, door: &Door, mailbox: &Mailbox) -> io::Result<Next> {
        loop {
            match &mut self.state {
                State::Knocking => {
                    match self.hear()? {
                        Heard::Something => {}
                        Heard::NothingYet => return Ok(Next::Rest),
                        Heard::TheEnd => return Ok(Next::Close),
                    }
                    match door.read(&self.input) {
                        Ok(None) => {}
                        Ok(Some(request)) => {
                            self.welcome(request, door, mailbox)?
                        }
                        Err(refusal) => self.refuse(&refusal),
                    }
                }
                State::Waiting(_) => return Ok(Next::Rest),
                State::Telling(request) => {
                    let whole = request.length + request.body;
                    if self.input.len() >= whole {
                        let reset = self.reset(mailbox)?;
                        self.answer(reset, true);
                        continue;
                    }
                    match self.hear()? {
                        Heard::Something => {}
                        Heard::NothingYet => return Ok(Next::Rest),
                        Heard::TheEnd => return Ok(Next::Close),
                    }
                }
                State::Listening { answer, end, .. } => {
                    let end = *end;
                    if !answer.write_to(&mut self.stream)? {
                        self.until = end.min(Instant::now() + IDLE_PATIENCE);
                        return Ok(Next::Rest);
                    }
                    self.stream.shutdown(Shutdown::Write)?;
                    self.until = Instant::now() + FAREWELL_PATIENCE;
                    self.input = Vec::new();
                    self.state = State::Leaving { left: FAREWELL_BYTES };
                }
                State::Leaving { left } => {
                    let left = *left;
                    match self.hear()? {
                        Heard::Something if self.input.len() < left => {
                            let left = left - self.input.len();
                            self.input.clear();
                            self.state = State::Leaving { left };
                        }
                        Heard::NothingYet => return Ok(Next::Rest),
                        Heard::Something | Heard::TheEnd => {
                            return Ok(Next::Close);
                        }
                    }
                }
            }
        }
    }

    /// A request of somebody who may ask.
    fn welcome(
        &mut self,
        request: Request,
        door: &Door,
        mailbox: &Mailbox,
    ) -> io::Result<()> {
        let answer = match request.wanted {
            Wanted::Index => Answer::text(200, INDEX),
            Wanted::Witness { stamps: 1.. } if self.has_to_wait(door) => {
                self.state = State::Waiting(request);
                return Ok(());
            }
            Wanted::Witness { stamps } => {
                let reader = Arc::clone(&door.readers);
                Answer::witness(mailbox.witness(stamps)?, reader)?
            }
            Wanted::Reset => {
                let arrived = self.input.len() > request.length;
                if request.expects_continue && request.body > 0 && !arrived {
                    // It fits into the socket, where nothing is yet.
                    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
                    io::Write::write_all(&mut self.stream, go_on)?;
                }
                self.until = Instant::now() + READ_PATIENCE;
                self.state = State::Telling(request);
                return Ok(());
            }
        };
        let welcome = request.wanted != Wanted::Index;
        if request.head_only {
            self.answer(answer.without_body(), welcome);
        } else {
            self.answer(answer, welcome);
        }
        Ok(())
    }

    /// Whether it is not yet its turn to be told stamps, and until when.
    fn has_to_wait(&mut self, door: &Door) -> bool {
        let now = Instant::now();
        if now < door.rests_until {
            self.until = door.rests_until;
        } else if Arc::strong_count(&door.readers) > READERS {
            self.until = now + TURN;
        } else {
            return false;
        }
        true
    }

    /// The whole of it is here. Without a body, the plan stays as it is.
    fn reset(&mut self, mailbox: &Mailbox) -> io::Result<Answer> {
        let State::Telling(Request { length, body, .. }) = self.state else {
            return Err(io::Error::other("nothing was asked"));
        };
        let body = &self.input[length..length + body];
        let plan = match body {
            [] => None,
            // A list of a plan's values would pass for one, by their order.
            json if !json.trim_ascii_start().starts_with(b"{") => {
                let why = "no plan: it is an object, such as {\"waits\":[0]}";
                return Ok(Answer::text(400, why));
            }
            json => match serde_json::from_slice::<Plan>(json) {
                Ok(plan) if serves_nobody(&plan) => {
                    let why = "no plan: with at_once or \
                               requests_per_connection 0 nobody is served";
                    return Ok(Answer::text(400, why));
                }
                Ok(plan) => Some(plan),
                Err(error) => {
                    return Ok(Answer::text(400, &format!("no plan: {error}")));
                }
            },
        };
        mailbox.reset(plan)?;
        Ok(Answer::done())
    }

    fn refuse(&mut self, refusal: &Refusal) {
        self.answer(Answer::refusal(refusal), false);
    }

    fn answer(&mut self, answer: Answer, welcome: bool) {
        let now = Instant::now();
        let end = now + WRITE_PATIENCE;
        self.since = now;
        self.until = now + IDLE_PATIENCE;
        self.input = Vec::new();
        self.state = State::Listening { answer, end, welcome };
    }

    fn hear(&mut self) -> io::Result<Heard> {
        let mut chunk = [0; CHUNK];
        loop {
            return match self.stream.read(&mut chunk) {
                Ok(0) => Ok(Heard::TheEnd),
                Ok(length) => {
                    self.input.extend_from_slice(&chunk[..length]);
                    Ok(Heard::Something)
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::Interrupted => continue,
                    io::ErrorKind::WouldBlock => Ok(Heard::NothingYet),
                    _ => Err(error),
                },
            };
        }
    }
}

const INDEX: &str = "\
The control port of a test server. Whoever started the server was told a
token; a request says it: `Authorization: Bearer TOKEN`.

GET /witness            what the server saw since the last reset, as JSON
GET /witness?stamps=N   the same, with the newest N stamps only
POST /reset             counts from zero and waits as before, or as a plan in
                        the body says";

/// Every request would wait for ever, or no connection be good for one.
fn serves_nobody(plan: &Plan) -> bool {
    plan.capacity.is_some_and(|capacity| capacity.at_once == 0)
        || plan.requests_per_connection == Some(0)
}

#[cfg(test)]
mod tests;
