//! Passwords in URLs are for servers, and not for whoever reads a terminal, a
//! log or a record later.

use std::borrow::Cow;

/// Stands for a secret.
pub const MASK: &str = "***";

/// The text, in which the password of each URL is `***`. Where a URL has a
/// name and no password, the name is masked: it may be a token.
pub fn masked(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, from) = rest.split_at(at + "://".len());
        let end = from.find(ends_a_word).unwrap_or(from.len());
        shown.push_str(before);
        let (user, length) = user_masked(&from[..end]);
        shown.push_str(&user);
        rest = &from[length..];
    }
    match shown.is_empty() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(shown + rest),
    }
}

/// The same of a text that is meant to be one URL, and may be none: without a
/// scheme, with a blank in it, with one slash.
pub fn masked_url(text: &str) -> String {
    let start = text.find("://").map(|at| at + "://".len());
    let start = start.or_else(|| behind_scheme(text)).unwrap_or(0);
    if start == 0 && !text.contains('@') {
        return text.to_owned();
    }
    let (before, from) = text.split_at(start);
    let (user, length) = user_masked(from);
    format!("{before}{user}{}", &from[length..])
}

/// What stands around URLs in sentences and in scripts, and in none. A `'` may
/// be part of a password.
fn ends_a_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '`' | '<' | '>')
}

/// Behind `http:` and any slashes.
fn behind_scheme(text: &str) -> Option<usize> {
    let lower = text.get(..6)?.to_ascii_lowercase();
    let mut known = ["http:", "https:"].into_iter();
    let scheme = known.find(|name| lower.starts_with(name))?.len();
    let rest = text[scheme..].trim_start_matches(['/', '\\']);
    Some(text.len() - rest.len())
}

/// The name and the password before a host, masked, and their length before.
fn user_masked(text: &str) -> (String, usize) {
    let end = text.find(['/', '?', '#', '\\']).unwrap_or(text.len());
    let at = text[..end].rfind('@').or_else(|| {
        // A password with a slash in it: what stands for the port is no
        // number.
        let port = text[..end].rsplit_once(':')?.1;
        let port = port.trim_end_matches(['\'', ')', ',', ';', '.']);
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        let is_odd = !is_number && !text.starts_with('[');
        is_odd.then(|| text.rfind('@').unwrap_or(text.len()))
    });
    let user = &text[..at.unwrap_or(0)];
    let shown = match user.split_once(':') {
        _ if user.is_empty() => String::new(),
        Some((_, "")) | None => MASK.to_owned(),
        Some((name, _)) => format!("{name}:{MASK}"),
    };
    (shown, user.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_nothing_else_are_masked() {
        let cases = [
            ("http://me:secret@a/x", "http://me:***@a/x"),
            ("http://:secret@a/", "http://:***@a/"),
            ("http://secret:@a/", "http://***@a/"),
            ("http://secret@a/", "http://***@a/"),
            ("http://me:sec@ret@a/x@y", "http://me:***@a/x@y"),
            ("http://me:sec/ret@a/", "http://me:***@a/"),
            ("socks5://me:secret@[::1]:1/?a@b", "socks5://me:***@[::1]:1/?a@b"),
            ("http://me:sec'ret@a/", "http://me:***@a/"),
            ("http://a/x@2x.png", "http://a/x@2x.png"),
            ("http://a:8080/x@2x.png", "http://a:8080/x@2x.png"),
            ("http://[::1]:80/a@b", "http://[::1]:80/a@b"),
            ("http://a/?b=c:d@e", "http://a/?b=c:d@e"),
            ("http://a", "http://a"),
            ("localhost:x", "localhost:x"),
        ];
        for (text, shown) in cases {
            assert_eq!(masked(text), shown);
            assert_eq!(masked_url(text), shown);
        }
        let twice = "http://a:b@c/http://d:e@f/";
        assert_eq!(masked(twice), "http://a:***@c/http://d:***@f/");
        let quoted = "run 'http://a:8080' and 'http://b'";
        assert_eq!(masked(quoted), quoted);
        let two = "`http://a:b@c/` and 'http://d:e@f'";
        assert_eq!(masked(two), "`http://a:***@c/` and 'http://d:***@f'");
    }

    #[test]
    fn what_is_no_url_keeps_no_password_either() {
        for text in [
            "me:secret@host/",
            "http:me:secret@host/",
            "https:/me:secret@host/",
            "HTTP:\\\\me:secret@host/",
            "http://me:sec secret@host/",
            "http://me:secret",
            "http://me:secret/more",
        ] {
            let shown = masked_url(text);
            assert!(!shown.contains("secret"), "{text}: {shown}");
        }
    }
}
