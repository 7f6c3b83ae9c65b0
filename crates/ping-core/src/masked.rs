//! Passwords in URLs are for servers, and not for whoever reads a terminal, a
//! log or a record later.

use std::borrow::Cow;

/// Stands for a secret.
pub const MASK: &str = "***";

/// The text, in which the password of each URL is `***`, and of what was meant
/// to be one: `//me:secret@host`, `me:secret@host/x`, `http;//me:secret@host`.
/// Where a URL has a name and no password, the name is masked: it may be a
/// token.
pub fn masked(text: &str) -> Cow<'_, str> {
    let words = text.split_inclusive(ends_a_word).map(|piece| {
        let word = piece.trim_end_matches(ends_a_word);
        word_masked(word, false) + &piece[word.len()..]
    });
    let shown: String = words.collect();
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// The same of a text that is meant to be one URL, and may be none: with a
/// blank in it, without a scheme.
pub fn masked_url(text: &str) -> String {
    word_masked(text, true)
}

/// What stands around URLs in sentences and in scripts, and in none. A `'` may
/// be part of a password.
fn ends_a_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '`' | '<' | '>')
}

fn word_masked(word: &str, is_url: bool) -> String {
    let scheme = word.split_once("://").map(|(scheme, _)| scheme);
    // A password, too, may have `://` in it.
    let is_scheme = |text: &str| {
        text.ends_with(|c: char| c.is_ascii_alphanumeric())
            && colon(text).is_none()
            && !text.contains([';', '/', '\\', '@'])
    };
    let is_none = last_at(word).is_none();
    if !scheme.is_some_and(|scheme| is_none || is_scheme(scheme)) {
        return loosely_masked(word, is_url);
    }
    let mut shown = String::new();
    let mut rest = word;
    while let Some(at) = rest.find("://") {
        let (before, from) = rest.split_at(at);
        let (user, length) = user_masked(from);
        shown.push_str(before);
        shown.push_str(&user);
        rest = &from[length..];
    }
    shown + rest
}

/// Without a scheme nothing tells where a password ends, so all up to the last
/// `@` is one. A sentence may hold an address of mail, which has no colon.
fn loosely_masked(word: &str, is_url: bool) -> String {
    let start = behind_scheme(word);
    let Some(at) = last_at(&word[start..]) else {
        let (user, length) = match start {
            0 => return word.to_owned(),
            _ => user_masked(&word[start..]),
        };
        return format!("{}{user}{}", &word[..start], &word[start + length..]);
    };
    let (user, host) = word[start..].split_at(at);
    if colon(user).is_none() && !is_url {
        return word.to_owned();
    }
    format!("{}{}{host}", &word[..start], pair_masked(user))
}

/// A name, and a password where there is one.
fn pair_masked(user: &str) -> String {
    match colon(user).map(|colon| user.split_at(colon)) {
        _ if user.is_empty() => String::new(),
        Some((_, ":")) | None => MASK.to_owned(),
        Some((name, _)) => format!("{name}:{MASK}"),
    }
}

/// The length of `http:` and its like at the beginning, and of any slashes.
fn behind_scheme(text: &str) -> usize {
    let known = ["https", "http"].into_iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        let is_it = start.eq_ignore_ascii_case(scheme)
            && rest.starts_with([':', ';', '/', '\\']);
        is_it.then(|| rest.strip_prefix([':', ';']).unwrap_or(rest))
    });
    let rest = known.unwrap_or(text).trim_start_matches(['/', '\\']);
    text.len() - rest.len()
}

/// The last `@`, percent-encoded or not.
fn last_at(text: &str) -> Option<usize> {
    text.rfind('@').max(text.rfind("%40"))
}

/// The first `:`, percent-encoded or not.
fn colon(text: &str) -> Option<usize> {
    let all = [text.find(':'), text.find("%3A"), text.find("%3a")];
    all.into_iter().flatten().min()
}

/// The name and the password behind `://`, masked, and the length of both
/// before.
fn user_masked(text: &str) -> (String, usize) {
    let from = text.strip_prefix("://").unwrap_or(text);
    let from = from.trim_start_matches(['/', '\\']);
    let start = text.len() - from.len();
    let end = from.find(['/', '?', '#', '\\']).unwrap_or(from.len());
    let authority = &from[..end];
    let at = last_at(authority).or_else(|| {
        // A password with a slash in it: what stands for the port is no
        // number.
        let later = last_at(from);
        let none = authority.ends_with(':') && later.is_some();
        let before =
            authority.trim_end_matches([':', '\'', ')', ',', ';', '.']);
        let port = before.rsplit_once(':').map_or("", |(_, port)| port);
        let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
        let is_odd = (none || !is_number) && !from.starts_with('[');
        is_odd.then(|| later.unwrap_or(from.len()))
    });
    let user = &from[..at.unwrap_or(0)];
    (format!("{}{}", &text[..start], pair_masked(user)), start + user.len())
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
    fn sentences_stay() {
        for text in [
            "error: me@host.org, git@host.org:a/b: no such user @ 12:30",
            "urls.txt, line 3: `localhost:8080/x` is not a URL (a: b); c",
            "1:2 // 3 :4",
            "",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn what_is_no_url_keeps_no_password_either() {
        for text in [
            "me:secret@host/",
            "me:12/secret@host/x",
            "//me:secret@host",
            "////me:secret@host",
            "://me:secret@host",
            "http;//me:secret@host/",
            "http//me:secret@host/",
            "http:/me:secret@host",
            "http:\\\\me:secret@host",
            "http:////me:secret@host/",
            "http://me:/secret@host/",
            "http://me:a://secret@host/",
            "http://me%3Asecret%40host/",
            "http%3A%2F%2Fme%3Asecret%40host%2F",
            "me%3asecret@host",
            "me:secret%40host",
            "//me:secret@http://host/",
            "http:me:secret@host/",
            "https:/me:secret@host/",
            "HTTP:\\\\me:secret@host/",
            "http://me:sec secret@host/",
            "http://me:secret",
            "http://:/secret@host/",
            "x://:\\secret\\@host/",
            "http://me:secret/more",
        ] {
            let shown = masked_url(text);
            assert!(!shown.contains("secret"), "{text}: {shown}");
            assert_eq!(masked_url(&shown), shown, "{text}");
            if !text.contains(' ') {
                let said = format!("cannot read '{text}': (`{text}`)");
                assert!(!masked(&said).contains("secret"), "{said}");
            }
        }
        assert_eq!(masked_url("//secret@host"), "//***@host");
    }
}
