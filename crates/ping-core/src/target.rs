use std::borrow::Cow;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use percent_encoding::percent_decode_str;
use ureq::http::HeaderValue;

/// A URL as it is asked for: without the name and the password that may stand
/// in it, and these as the header that carries them.
///
/// In one place for both clients, since their libraries decode them
/// differently, and one of them drops what is no UTF-8.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    /// The URL, without a name and a password.
    pub url: Cow<'a, str>,
    /// The value of `Authorization`, if the URL has a name or a password.
    pub authorization: Option<HeaderValue>,
}

impl Target<'_> {
    /// Takes the URL apart. What is no URL stays as it is: to say so is for
    /// the client.
    pub fn of(url: &str) -> Target<'_> {
        let plain = Target { url: Cow::Borrowed(url), authorization: None };
        let Some((scheme, rest)) = url.split_once("://") else { return plain };
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        // The last one: a password may have another.
        let Some((user, host)) = rest[..end].rsplit_once('@') else {
            return plain;
        };
        let url = format!("{scheme}://{host}{}", &rest[end..]);
        let authorization = basic(user);
        Target { url: Cow::Owned(url), authorization }
    }
}

/// `Basic` with a name and a password (RFC 7617): as bytes, for whether they
/// are UTF-8 is for the server to say. None if both are empty.
fn basic(user: &str) -> Option<HeaderValue> {
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    if name.is_empty() && password.is_empty() {
        return None;
    }
    let mut pair: Vec<u8> = percent_decode_str(name).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(password));
    let text = format!("Basic {}", BASE64_STANDARD.encode(pair));
    let mut value = HeaderValue::try_from(text).ok()?;
    // Libraries that print headers leave this one out.
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_password_leave_the_url_for_a_header() {
        for (url, rest, pair) in [
            ("http://me:pw@h/p?q#f", "http://h/p?q#f", "me:pw"),
            ("http://us%40er:p%3Ass@h:1/", "http://h:1/", "us@er:p:ss"),
            ("http://me@h", "http://h", "me:"),
            ("http://me:@h/", "http://h/", "me:"),
            ("http://:pw@h/", "http://h/", ":pw"),
            ("http://me:p:w@h/", "http://h/", "me:p:w"),
            ("http://me:p@w@[::1]/", "http://[::1]/", "me:p@w"),
            ("http://me:%20%zz%@h?a@b", "http://h?a@b", "me: %zz%"),
        ] {
            let target = Target::of(url);
            assert_eq!(target.url, rest);
            let value = target.authorization.expect(url);
            let text = value.to_str().unwrap().strip_prefix("Basic ").unwrap();
            let said = BASE64_STANDARD.decode(text).unwrap();
            assert_eq!(String::from_utf8(said).unwrap(), pair, "{url}");
            assert!(value.is_sensitive());
        }
    }

    #[test]
    fn what_is_no_text_is_sent_as_the_bytes_that_it_is() {
        let value = Target::of("http://%ff:%00@h/").authorization.unwrap();
        let pair = BASE64_STANDARD.encode(b"\xff:\0");
        assert_eq!(value.to_str().unwrap(), format!("Basic {pair}"));
    }

    #[test]
    fn a_url_without_a_name_stays_as_it_is() {
        for url in
            ["http://h/@", "http://h?a@b", "http://h#@", "http://h\\@x/", "@"]
        {
            let target = Target::of(url);
            assert_eq!(target.url, url);
            assert_eq!(target.authorization, None, "{url}");
        }
        for url in ["http://@h/", "http://:@h/"] {
            let target = Target::of(url);
            assert_eq!(target.url, "http://h/");
            assert_eq!(target.authorization, None, "{url}");
        }
    }
}
