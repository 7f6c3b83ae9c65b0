use std::fmt;

/// What went wrong with the queue, in one line: what was tried, on what, and
/// what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueError {
    kind: Kind,
    text: String,
}

/// What kind of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was asked for cannot be.
    Asked,
    /// Nobody answers there.
    NoServer,
    /// The server does not take these credentials.
    Credentials,
    /// The server's certificate is of nobody that we know.
    Certificate,
    /// The server does not let this user do it.
    Rights,
    /// The server has no JetStream.
    NoJetStream,
    /// The batch of this name was begun with another list, or otherwise.
    OtherTerms,
    /// The batch is not there any more.
    Gone,
    /// Anything else, in the words of the client or the server.
    Other,
}

impl QueueError {
    pub(crate) fn new(kind: Kind, text: impl Into<String>) -> QueueError {
        QueueError { kind, text: text.into() }
    }

    /// What kind of thing it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

impl fmt::Display for QueueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for QueueError {}
