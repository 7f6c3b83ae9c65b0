//! What the control port says: `docs/control-port.md`.

use std::io::{self, Write};
use std::sync::Arc;

use measurement::witness::{Stamp, Witness};

use crate::stamps::KeptStamps;
use crate::status;
use crate::tally::Snapshot;

/// Of a long answer, about so many bytes are made at a time: all of it would
/// be ten megabytes for each who asks.
const PIECE: usize = 64 * 1024;

/// What the list of stamps looks like when it is empty, and its name is.
const NO_STAMPS: &str = "\"stamps\":[]";

/// The version of what the control port says and of what it may be asked. It
/// is in the head of each answer, and in each answer that is JSON. A field more
/// is no new version; one that is gone, or means something else, is.
pub const CONTROL_PORT_VERSION: u32 = 1;

/// An answer, of which the bytes are made as they can be written.
pub(super) struct Answer {
    ready: Vec<u8>,
    written: usize,
    /// What comes after: stamps, and what stands behind them.
    rest: Option<Rest>,
}

struct Rest {
    /// Lives as long as the stamps do, to be counted.
    _reader: Arc<()>,
    stamps: KeptStamps,
    is_first: bool,
    tail: Vec<u8>,
}

/// A status, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    /// The line of the head that the status asks for, or nothing.
    pub(super) line: &'static str,
    pub(super) text: String,
}

impl Refusal {
    pub(super) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, line: "", text: text.into() }
    }
}

impl Answer {
    pub(super) fn text(status: u16, text: &str) -> Self {
        Self::refusal(&Refusal::new(status, text))
    }

    pub(super) fn refusal(refusal: &Refusal) -> Self {
        let Refusal { status, line, text } = refusal;
        let content_type = "text/plain; charset=utf-8";
        let mut ready = head(*status, line, content_type, text.len() + 1);
        ready.extend_from_slice(text.as_bytes());
        ready.push(b'\n');
        Self { ready, written: 0, rest: None }
    }

    /// What was asked is done.
    pub(super) fn done() -> Self {
        let body = format!("{{{}}}", version());
        let mut ready = head(200, "", "application/json", body.len());
        ready.extend_from_slice(body.as_bytes());
        Self { ready, written: 0, rest: None }
    }

    /// The witness as JSON: the version, and then what `serde_json` writes of a
    /// whole [`Witness`].
    pub(super) fn witness(
        snapshot: Snapshot,
        reader: Arc<()>,
    ) -> io::Result<Self> {
        let Snapshot { counts, stamps } = snapshot;
        debug_assert!(counts.stamps.is_empty());
        let frame: String = serde_json::to_string::<Witness>(&counts)?;
        let at = frame.find(NO_STAMPS).ok_or_else(|| {
            io::Error::other("the witness has no list of stamps")
        })?;
        let (start, tail) = frame.split_at(at + NO_STAMPS.len() - 1);
        let tail = tail.as_bytes().to_vec();
        let start = start.replacen('{', &format!("{{{},", version()), 1);
        let mut rest = Rest { _reader: reader, stamps, is_first: true, tail };
        let length = start.len() + rest.length()? + rest.tail.len();
        let mut ready = head(200, "", "application/json", length);
        ready.extend_from_slice(start.as_bytes());
        rest.write_piece(&mut ready)?;
        Ok(Self { ready, written: 0, rest: Some(rest) })
    }

    /// Only the head of it.
    pub(super) fn without_body(mut self) -> Self {
        let end = self.ready.windows(4).position(|four| four == b"\r\n\r\n");
        self.ready.truncate(end.map_or(0, |end| end + 4));
        self.rest = None;
        self
    }

    /// Writes what it can; true when all is written.
    pub(super) fn write_to(
        &mut self,
        out: &mut impl Write,
    ) -> io::Result<bool> {
        loop {
            while self.written < self.ready.len() {
                match out.write(&self.ready[self.written..]) {
                    Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                    Ok(length) => self.written += length,
                    Err(error) => match error.kind() {
                        io::ErrorKind::WouldBlock => return Ok(false),
                        io::ErrorKind::Interrupted => {}
                        _ => return Err(error),
                    },
                }
            }
            let Some(rest) = &mut self.rest else { return Ok(true) };
            self.ready.clear();
            self.written = 0;
            if !rest.write_piece(&mut self.ready)? {
                self.rest = None;
            }
        }
    }
}

impl Rest {
    /// How many bytes the stamps will take.
    fn length(&self) -> io::Result<usize> {
        let mut counted = Counted(0);
        let mut is_first = true;
        for stamp in self.stamps.clone() {
            write_stamp(&stamp, &mut is_first, &mut counted)?;
        }
        Ok(counted.0)
    }

    /// The next piece; false if there was none.
    fn write_piece(&mut self, out: &mut Vec<u8>) -> io::Result<bool> {
        let before = out.len();
        while out.len() < PIECE {
            match self.stamps.next() {
                Some(stamp) => write_stamp(&stamp, &mut self.is_first, out)?,
                None => {
                    out.append(&mut self.tail);
                    break;
                }
            }
        }
        Ok(out.len() > before)
    }
}

fn write_stamp(
    stamp: &Stamp,
    is_first: &mut bool,
    out: &mut impl Write,
) -> io::Result<()> {
    if !std::mem::take(is_first) {
        out.write_all(b",")?;
    }
    Ok(serde_json::to_writer(out, stamp)?)
}

/// Bytes that are only counted.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The version, as the first field of an answer.
fn version() -> String {
    format!("\"version\":{CONTROL_PORT_VERSION}")
}

/// Everything in it is our own: nothing that was asked stands in a head.
fn head(status: u16, line: &str, content_type: &str, length: usize) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} {}\r\nContent-Type: {content_type}\r\n\
         Content-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Control-Port-Version: {CONTROL_PORT_VERSION}\r\n\
         {line}Connection: close\r\n\r\n",
        status::reason(status),
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use measurement::witness::End;

    use super::*;
    use crate::stamps::Stamps;

    fn stamps(count: u64) -> Stamps {
        let mut stamps = Stamps::new(5000);
        for seq in 0..count {
            stamps.push(Stamp {
                seq,
                connection: seq % 7,
                received_ns: seq * 1_000_003,
                sent_ns: (seq % 3 > 0).then_some(u64::MAX - seq),
                wait_ns: seq % 11,
                status: 200,
                end: End::Faulted,
            });
        }
        stamps
    }

    #[test]
    fn it_is_the_version_and_what_serde_writes_of_the_whole() {
        for count in [0, 1, 2, 5000, 6000] {
            let stamps = stamps(count);
            let counts = Witness {
                requests: count,
                statuses: [(200, count)].into(),
                stamps_dropped: stamps.dropped(),
                ..Witness::default()
            };
            let whole = Witness {
                stamps: stamps.newest(usize::MAX).collect(),
                ..counts.clone()
            };
            let stamps = stamps.newest(usize::MAX);
            let snapshot = Snapshot { counts, stamps };
            let mut answer = Answer::witness(snapshot, Arc::default()).unwrap();
            let mut written = Vec::new();
            assert!(answer.write_to(&mut written).unwrap());
            let json = serde_json::to_string(&whole).unwrap();
            let json = format!("{{\"version\":1,{}", &json[1..]).into_bytes();
            let head = head(200, "", "application/json", json.len());
            assert!(written == [head, json].concat(), "{count}");
        }
    }

    #[test]
    fn little_of_it_is_in_memory_at_once() {
        let counts = Witness::default();
        let stamps = stamps(5000).newest(usize::MAX);
        let snapshot = Snapshot { counts, stamps };
        let mut answer = Answer::witness(snapshot, Arc::default()).unwrap();
        let mut written = 0;
        let mut room = Room(0);
        while !answer.write_to(&mut room).unwrap() {
            assert!(answer.ready.len() < PIECE + 1000);
            written += 1000;
            room.0 = 1000;
        }
        assert!(written > 5 * PIECE, "{written}");
    }

    /// Takes so many bytes more.
    struct Room(usize);

    impl Write for Room {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let length = bytes.len().min(self.0);
            self.0 -= length;
            if length == 0 {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Ok(length)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
