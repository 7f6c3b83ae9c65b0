//! The words for what can come of a ping are those of the code.

use std::fmt::Write;

use ping_core::{Phase, PingError};

use crate::documents::quote;

#[test]
fn the_page_of_ping_lists_every_word() {
    let mut table = String::from(
        "| word | what happened |\n| --- | --- |\n\
         | `200`, `404`, … | an answer, with this status |\n",
    );
    for error in all() {
        let word = error.kind();
        let _ = writeln!(table, "| `{word}` | {} |", meaning(&error));
    }
    quote("docs/ping.md", "words", &table);
}

/// One of each. Whoever adds a kind is reminded by [`meaning`].
fn all() -> Vec<PingError> {
    let text = String::new;
    vec![
        PingError::NameNotFound,
        PingError::Refused,
        PingError::Unreachable(text()),
        PingError::Timeout(Phase::Connect),
        PingError::Timeout(Phase::Head),
        PingError::Timeout(Phase::Body),
        PingError::Tls(text()),
        PingError::ClosedEarly,
        PingError::Reset,
        PingError::BadReply(text()),
        PingError::BodyTooLarge,
        PingError::Deadline,
        PingError::TooManyFiles,
        PingError::NoThread(text()),
        PingError::BadUrl(text()),
        PingError::Other(text()),
    ]
}

fn meaning(error: &PingError) -> &'static str {
    match error {
        PingError::NameNotFound => "the name of the host has no address",
        PingError::Refused => "nobody listens there",
        PingError::Unreachable(_) => "the network has no way there",
        PingError::Timeout(Phase::Connect) => {
            "its time was up before there was a connection: the look-up of the \
             name, TCP, encryption"
        }
        PingError::Timeout(Phase::Head) => {
            "its time was up before the head of an answer was whole"
        }
        PingError::Timeout(Phase::Body) => "its time was up in the body",
        PingError::Tls(_) => {
            "the encrypted connection could not be made, or broke"
        }
        PingError::ClosedEarly => {
            "the connection ended before the answer did; a reset in the body \
             is such an end, too"
        }
        PingError::Reset => "reset before the head of an answer was whole",
        PingError::BadReply(_) => "what came back is not HTTP",
        PingError::BodyTooLarge => "the body is longer than a ping reads",
        PingError::Deadline => "under way when the time of all pings was up",
        PingError::TooManyFiles => "the process may not open any more files",
        PingError::NoThread(_) => "the system refused a thread for it",
        PingError::BadUrl(_) => "the URL is not valid, or not of http or https",
        PingError::Other(_) => "anything else, in the words of the client",
        PingError::Cancelled | PingError::NotStarted => {
            unreachable!("never sent, and in no count")
        }
    }
}
