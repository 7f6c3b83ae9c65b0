use std::error::Error;
use std::io;

use ping_core::{Phase, PingError};

/// An error of the async client, in the words that the blocking one uses too.
///
/// reqwest says where something went wrong (connect, request, body) and keeps
/// what went wrong at the bottom of the chain of causes, so the chain is
/// searched.
pub fn classify(error: &reqwest::Error) -> PingError {
    let in_body = error.is_body() || error.is_decode();
    if error.is_timeout() {
        return PingError::Timeout(match (error.is_connect(), in_body) {
            (true, _) => Phase::Connect,
            (_, true) => Phase::Body,
            _ => Phase::Head,
        });
    }
    if error.is_builder() {
        return PingError::BadUrl(root_cause(error));
    }
    // Said already, where it was noticed.
    let said = causes(error).find_map(|cause| cause.downcast_ref());
    if let Some(word) = said {
        return PingError::clone(word);
    }
    if error.is_dns() {
        return PingError::NameNotFound;
    }
    let found = classify_cause(error);
    if in_body { found.in_body() } else { found }
}

/// An error of the libraries under reqwest, by what is at the bottom of its
/// chain of causes. Whoever met it knows whether that was in the body.
pub fn classify_cause(error: &(dyn Error + 'static)) -> PingError {
    let found = causes(error).find_map(known);
    found.unwrap_or_else(|| PingError::Other(root_cause(error)))
}

fn known(cause: &(dyn Error + 'static)) -> Option<PingError> {
    if let Some(error) = cause.downcast_ref::<rustls::Error>() {
        return Some(PingError::from_tls(error));
    }
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return if error.is_incomplete_message() {
            Some(PingError::ClosedEarly)
        } else if error.is_parse() {
            Some(PingError::BadReply(root_cause(error)))
        } else {
            None
        };
    }
    let error = cause.downcast_ref::<io::Error>()?;
    // An error of another library may travel inside one of the system's.
    let inner = error.get_ref().map(|inner| inner as &(dyn Error + 'static));
    inner
        .and_then(|inner| causes(inner).find_map(known))
        .or_else(|| Some(PingError::from_io(error)))
}

fn causes<'a>(
    error: &'a (dyn Error + 'static),
) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

fn root_cause(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(String::new, ToString::to_string)
}
