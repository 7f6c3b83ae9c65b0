//! What both of hyper's clients have in common: the head that they send, and
//! how an answer is read.

use std::future::poll_fn;
use std::pin::Pin;

use hyper::body::{Body, Incoming};
use hyper::header::{ACCEPT, AUTHORIZATION, HOST, HeaderValue, USER_AGENT};
use hyper::{Response, Uri};
use ping_async::{admit_bare, classify_cause};
use ping_by_hand::Request;
use ping_core::{PingError, Reply};

/// A GET as hyper takes it, for `uri`, with an empty body.
///
/// # Errors
///
/// [`PingError::BadUrl`] for what hyper does not send.
pub(super) fn get(
    request: &Request<'_>,
    uri: Uri,
) -> Result<hyper::Request<String>, PingError> {
    let value =
        |bytes: &[u8]| HeaderValue::from_bytes(bytes).map_err(|why| bad(&why));
    let mut get = hyper::Request::new(String::new());
    *get.uri_mut() = uri;
    let headers = get.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    let agent = HeaderValue::from_static(ping_core::USER_AGENT);
    headers.insert(USER_AGENT, agent);
    headers.insert(HOST, value(request.authority().as_bytes())?);
    if let Some(authorization) = request.authorization() {
        headers.insert(AUTHORIZATION, value(authorization)?);
    }
    Ok(get)
}

/// What hyper does not send, in our words.
pub(super) fn bad(why: &impl ToString) -> PingError {
    PingError::BadUrl(why.to_string())
}

/// Reads the answer to its end.
///
/// # Errors
///
/// Those of [`admit_bare`], and what reading meets.
pub(super) async fn read(
    response: Response<Incoming>,
) -> Result<Reply, PingError> {
    let mut drain = admit_bare(&response)?;
    let mut body = response.into_body();
    let mut next =
        async || poll_fn(|task| Pin::new(&mut body).poll_frame(task)).await;
    while let Some(frame) = next().await {
        let frame = frame.map_err(|error| classify_cause(&error).in_body())?;
        // Trailers are nothing that a ping reports.
        if let Some(piece) = frame.data_ref() {
            drain.take(piece)?;
        }
    }
    Ok(drain.finish())
}
