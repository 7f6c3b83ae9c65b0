use hyper::ext::ReasonPhrase;
use hyper::http::Extensions;
use hyper::{HeaderMap, StatusCode, Version};
use ping_core::{Drain, HEAD_LIMIT, PingError, framing};
use reqwest::Response;

/// Makes ready for the body of an answer, if its head is one that both clients
/// take. The blocking client looks at the same as the bytes come in.
///
/// # Errors
///
/// [`PingError::BadReply`] if the head is too large, or does not say in one
/// way only where its body ends.
pub fn admit(response: &Response) -> Result<Drain, PingError> {
    Head {
        version: response.version(),
        status: response.status(),
        headers: response.headers(),
        extensions: response.extensions(),
    }
    .admit()
}

/// The same of an answer that hyper has read, without reqwest around it.
///
/// # Errors
///
/// Those of [`admit`].
pub fn admit_bare<B>(
    response: &hyper::Response<B>,
) -> Result<Drain, PingError> {
    Head {
        version: response.version(),
        status: response.status(),
        headers: response.headers(),
        extensions: response.extensions(),
    }
    .admit()
}

struct Head<'a> {
    version: Version,
    status: StatusCode,
    headers: &'a HeaderMap,
    extensions: &'a Extensions,
}

impl Head<'_> {
    fn admit(&self) -> Result<Drain, PingError> {
        if self.length() > HEAD_LIMIT {
            let why = "message head is too large".to_owned();
            return Err(PingError::BadReply(why));
        }
        let status = self.status.as_u16();
        let lines = self.headers.iter();
        let lines =
            lines.map(|(name, value)| (name.as_str(), value.as_bytes()));
        framing(self.version == Version::HTTP_10, status, lines)?;
        Ok(Drain::new(status))
    }

    /// How many bytes it had, if each of its lines had one blank, as usual.
    fn length(&self) -> usize {
        let said = self.extensions.get::<ReasonPhrase>();
        let usual = self.status.canonical_reason().unwrap_or_default();
        let reason = said.map_or(usual.len(), |reason| reason.as_bytes().len());
        let lines = self.headers.iter().map(|(name, value)| {
            name.as_str().len() + ": ".len() + value.len() + "\r\n".len()
        });
        "HTTP/1.1 200 \r\n\r\n".len() + reason + lines.sum::<usize>()
    }
}
