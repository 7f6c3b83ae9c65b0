use std::fmt;
use std::io::{self, ErrorKind};

/// What a ping was waiting for when its time was up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A connection: the look-up of the name, TCP, encryption.
    Connect,
    /// The head of the answer, whole.
    Head,
    /// The rest of the body.
    Body,
}

/// Why a ping has no status. The same words for every client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PingError {
    /// The URL is not valid, or not of http or https.
    BadUrl(String),
    /// The host's name has no address.
    NameNotFound,
    /// Nobody listens there.
    Refused,
    /// The network has no way there.
    Unreachable(String),
    /// The whole ping took longer than it may, and this is where it stood.
    Timeout(Phase),
    /// The connection was reset before the head of an answer was whole.
    Reset,
    /// The connection ended before the answer did; a reset in the body is one
    /// such end.
    ClosedEarly,
    /// The process may not open any more files.
    TooManyFiles,
    /// The encrypted connection could not be made or was broken.
    Tls(String),
    /// What came back is not an HTTP answer.
    BadReply(String),
    /// The body is longer than [`BODY_LIMIT`](crate::BODY_LIMIT).
    BodyTooLarge,
    /// Not done when the whole batch had to be over.
    Deadline,
    /// Never started: the batch had to be over before its turn came.
    NotStarted,
    /// Never started: the batch was stopped first.
    Cancelled,
    /// Never started: the system refused a thread for it.
    NoThread(String),
    /// Anything else, in the words of the client.
    Other(String),
}

impl PingError {
    /// A short name for counting, such as `refused`.
    pub fn kind(&self) -> &'static str {
        match self {
            PingError::BadUrl(_) => "bad_url",
            PingError::NameNotFound => "name_not_found",
            PingError::Refused => "refused",
            PingError::Unreachable(_) => "unreachable",
            PingError::Timeout(Phase::Connect) => "timeout_connect",
            PingError::Timeout(Phase::Head) => "timeout_head",
            PingError::Timeout(Phase::Body) => "timeout_body",
            PingError::Reset => "reset",
            PingError::ClosedEarly => "closed_early",
            PingError::TooManyFiles => "too_many_files",
            PingError::Tls(_) => "tls",
            PingError::BadReply(_) => "bad_reply",
            PingError::BodyTooLarge => "body_too_large",
            PingError::Deadline => "deadline",
            PingError::NotStarted => "not_started",
            PingError::Cancelled => "cancelled",
            PingError::NoThread(_) => "no_thread",
            PingError::Other(_) => "other",
        }
    }

    /// An error of the operating system, in our words.
    pub fn from_io(error: &io::Error) -> PingError {
        // EMFILE and ENFILE, the same numbers on every Unix. Windows has its
        // own, WSAEMFILE.
        const TOO_MANY: [i32; 3] = [24, 23, 10024];
        if error.raw_os_error().is_some_and(|code| TOO_MANY.contains(&code)) {
            return PingError::TooManyFiles;
        }
        let inner = error.get_ref();
        // Said already, where it was noticed.
        if let Some(word) = inner.and_then(|inner| inner.downcast_ref()) {
            return PingError::clone(word);
        }
        // rustls has no other way out of a stream than an error of the
        // system's kind with its own inside.
        if let Some(tls) = inner.and_then(|inner| inner.downcast_ref()) {
            return PingError::from_tls(tls);
        }
        match error.kind() {
            ErrorKind::ConnectionRefused => PingError::Refused,
            // A socket's own limit; where that is not the head, the caller
            // knows.
            ErrorKind::TimedOut | ErrorKind::WouldBlock => {
                PingError::Timeout(Phase::Head)
            }
            ErrorKind::ConnectionReset => PingError::Reset,
            ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => PingError::ClosedEarly,
            ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::AddrNotAvailable => {
                PingError::Unreachable(error.to_string())
            }
            // What the system refuses has a number. Without one it is a
            // library that cannot make sense of what it reads, such as a
            // chunk without a length.
            ErrorKind::InvalidData | ErrorKind::InvalidInput
                if error.raw_os_error().is_none() =>
            {
                PingError::BadReply(error.to_string())
            }
            _ => PingError::Other(error.to_string()),
        }
    }

    /// Whether the ping was cut off by a limit of ours. How long it would have
    /// taken nobody knows: its time is a lower bound (it is censored).
    pub fn is_cut_off(&self) -> bool {
        matches!(self, PingError::Timeout(_) | PingError::Deadline)
    }

    /// An error of the encrypted connection, in our words.
    pub fn from_tls(error: &rustls::Error) -> PingError {
        PingError::Tls(error.to_string())
    }

    /// An error met while a body was read. ureq hides its own errors inside
    /// those of `std::io::Read`.
    pub(crate) fn from_body(error: io::Error) -> PingError {
        match error.get_ref().map(|inner| inner.is::<ureq::Error>()) {
            Some(true) => PingError::from(ureq::Error::from(error)).in_body(),
            _ => PingError::from_io(&error).in_body(),
        }
    }

    /// The same, met in a body. There a reset is an end that came too early
    /// like any other: some of the answer is there.
    pub fn in_body(self) -> PingError {
        match self {
            PingError::Reset => PingError::ClosedEarly,
            PingError::Timeout(_) => PingError::Timeout(Phase::Body),
            other => other,
        }
    }
}

impl From<ureq::Error> for PingError {
    fn from(error: ureq::Error) -> PingError {
        match error {
            ureq::Error::Io(error) => PingError::from_io(&error),
            ureq::Error::Timeout(
                ureq::Timeout::Resolve | ureq::Timeout::Connect,
            ) => PingError::Timeout(Phase::Connect),
            ureq::Error::Timeout(_) => PingError::Timeout(Phase::Head),
            ureq::Error::HostNotFound => PingError::NameNotFound,
            ureq::Error::BadUri(text) => PingError::BadUrl(text),
            ureq::Error::Http(error) => PingError::BadUrl(error.to_string()),
            ureq::Error::Tls(text) => PingError::Tls(text.to_owned()),
            ureq::Error::Rustls(error) => PingError::from_tls(&error),
            ureq::Error::Protocol(error) => {
                PingError::BadReply(error.to_string())
            }
            ureq::Error::LargeResponseHeader(..) => {
                PingError::BadReply("message head is too large".to_owned())
            }
            ureq::Error::BodyStalled => PingError::ClosedEarly,
            error => PingError::Other(error.to_string()),
        }
    }
}

impl fmt::Display for PingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PingError::BadUrl(why) => write!(f, "not a URL to ping: {why}"),
            PingError::NameNotFound => write!(f, "name not found"),
            PingError::Refused => write!(f, "connection refused"),
            PingError::Unreachable(why) => write!(f, "unreachable: {why}"),
            PingError::Timeout(phase) => write!(f, "timed out {phase}"),
            PingError::Reset => write!(f, "connection reset"),
            PingError::ClosedEarly => write!(f, "closed early"),
            PingError::TooManyFiles => write!(f, "too many open files"),
            PingError::Tls(why) => write!(f, "TLS: {why}"),
            PingError::BadReply(why) => write!(f, "bad reply: {why}"),
            PingError::BodyTooLarge => write!(f, "body too large"),
            PingError::Deadline => write!(f, "not done by the deadline"),
            PingError::NotStarted => write!(f, "not started by the deadline"),
            PingError::Cancelled => write!(f, "cancelled"),
            PingError::NoThread(why) => write!(f, "no thread for it: {why}"),
            PingError::Other(why) => write!(f, "{why}"),
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Connect => "before a connection was made",
            Phase::Head => "before there was an answer",
            Phase::Body => "in the body",
        })
    }
}

impl std::error::Error for PingError {}
