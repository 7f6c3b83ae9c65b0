use hyper::ext::ReasonPhrase;
use ping_core::{Drain, HEAD_LIMIT, PingError, framing};
use reqwest::{Response, Version};

/// Makes ready for the body of an answer, if its head is one that both clients
/// take. The blocking client looks at the same as the bytes come in.
///
/// # Errors
///
/// [`PingError::BadReply`] if the head is too large, or does not say in one
/// way only where its body ends.
pub fn admit(response: &Response) -> Result<Drain, PingError> {
    if head_length(response) > HEAD_LIMIT {
        let why = "message head is too large".to_owned();
        return Err(PingError::BadReply(why));
    }
    let status = response.status().as_u16();
    let headers = response.headers().iter();
    let lines = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
    framing(response.version() == Version::HTTP_10, status, lines)?;
    Ok(Drain::new(status))
}

/// How many bytes the head had, if each of its lines had one blank, as usual.
fn head_length(response: &Response) -> usize {
    let said = response.extensions().get::<ReasonPhrase>();
    let usual = response.status().canonical_reason().unwrap_or_default();
    let reason = said.map_or(usual.len(), |reason| reason.as_bytes().len());
    let lines = response.headers().iter();
    let lines = lines.map(|(name, value)| {
        name.as_str().len() + ": ".len() + value.len() + "\r\n".len()
    });
    "HTTP/1.1 200 \r\n\r\n".len() + reason + lines.sum::<usize>()
}
