//! What a request may be sent to: the forms of a target and of a host (RFC
//! 9112, 3.2; RFC 3986, 3.2).

/// Whether this is one of the four forms that a target has. A tunnel, the
/// fourth, is refused before.
pub(crate) fn is_target(method: &str, text: &str) -> bool {
    if text.contains('#') {
        return false;
    }
    match absolute(text) {
        _ if text == "*" => method == "OPTIONS",
        _ if text.starts_with('/') => true,
        // Of another scheme, nothing is known, and nothing is here.
        Some((scheme, _)) if !is_http(scheme) => true,
        Some((_, rest)) => {
            let authority = &rest[..end_of_authority(rest)];
            is_host(authority.as_bytes())
                && !authority.is_empty()
                && !authority.starts_with(':')
        }
        None => false,
    }
}

/// What a proxy is sent has the scheme and the host in it (absolute-form). We
/// are every host, and take what is behind.
pub(crate) fn without_authority(text: &str) -> &str {
    match absolute(text) {
        Some((scheme, rest)) if is_http(scheme) => {
            &rest[end_of_authority(rest)..]
        }
        _ => text,
    }
}

/// The scheme, and what is behind the `://`.
fn absolute(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_scheme = scheme
        .starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some((scheme, rest))
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn end_of_authority(rest: &str) -> usize {
    rest.find(['/', '?']).unwrap_or(rest.len())
}

/// Whether this can name a host and a port, as far as its letters and brackets
/// go. A user is none of it. Nobody named is allowed.
pub(crate) fn is_host(value: &[u8]) -> bool {
    let port = value.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let without = &value[..value.len() - port.count()];
    let host = without.strip_suffix(b":").unwrap_or(value);
    let (name, more) = match host.strip_prefix(b"[") {
        Some(b"]") => return false,
        Some(literal) => (literal.strip_suffix(b"]").unwrap_or(b"/"), ":"),
        None => (host, ""),
    };
    name.iter().all(|byte| {
        byte.is_ascii_alphanumeric()
            || b"-._~%!$&'()*+,;=".contains(byte)
            || more.as_bytes().contains(byte)
    })
}
