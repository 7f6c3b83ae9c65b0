//! What only a program is to read of its command line: passwords, tokens,
//! cookies. A record of the command is kept, shown and sent to others.

use std::borrow::Cow;

use ping_core::{MASK, masked, masked_url};

/// The words of a command, each secret in them replaced by `***`:
///
/// - the value of a header, an option or a variable whose name tells that it
///   is one, such as `Authorization: …`, `--oauth2-bearer …`, `TOKEN=…`
/// - the value of `-u`, `-U`, `-a`, `-A`, `-P` and `-E` where it has a colon,
///   that of `-b` and `-C` where it has a `=`: names and passwords, cookies
/// - the password in a URL, and in a proxy without a scheme
///
/// A word with blanks in it, such as a script, is taken word by word. Query
/// strings and what a request sends stay as they are.
pub fn command(words: &[String]) -> Vec<String> {
    let mut before = None;
    let mut masked = Vec::new();
    for word in words {
        masked.push(argument(before, word));
        before = Some(word.as_str());
    }
    masked
}

fn argument(before: Option<&str>, word: &str) -> String {
    let shown = after(before, word);
    let shown = header(&shown.unwrap_or_else(|| word.to_owned()));
    if !shown.contains(char::is_whitespace) {
        return shown;
    }
    script(&shown)
}

/// A word behind another, which may be an option that takes it.
fn after(before: Option<&str>, word: &str) -> Option<String> {
    // The place of the address says what the server saw; it is no secret.
    let is_value = !word.starts_with('-') && !word.contains("{url}");
    match before {
        Some(option) if is_value && takes_secret(option, word) => {
            Some(MASK.to_owned())
        }
        _ => own(word),
    }
}

/// Whether this option takes such a value as a secret.
fn takes_secret(option: &str, value: &str) -> bool {
    if let Some(name) = option.strip_prefix("--") {
        return is_secret(name) || (is_user(name) && value.contains(':'));
    }
    let Some(name) = option.strip_prefix('-') else { return false };
    let (flags, last) = name.split_at(name.len().saturating_sub(1));
    let bundled = flags.bytes().all(is_flag) && is_short(last, value);
    bundled || (name.len() > 1 && is_secret(name))
}

/// Flags of curl that take no value and stand before one that does: `-sSu`.
fn is_flag(byte: u8) -> bool {
    b"fgikLNqsSv".contains(&byte)
}

fn is_short(name: &str, value: &str) -> bool {
    match name {
        "u" | "U" | "a" | "A" | "P" | "E" => {
            value.contains(':') && !value.contains("://")
        }
        "b" | "C" => value.contains('=') && !value.contains("://"),
        _ => false,
    }
}

/// A word that has name and value in it, or a URL.
fn own(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('-');
    if let Some((name, value)) = bare.split_once('=')
        && name.bytes().all(is_of_name)
        && (is_secret(name) || (is_user(name) && value.contains(':')))
    {
        let end = word.len() - value.len();
        return Some(format!("{}{MASK}", &word[..end]));
    }
    let flags = bare.bytes().take_while(|byte| is_flag(*byte)).count();
    if bare.len() + 1 == word.len()
        && let Some((name, value)) = bare[flags..].split_at_checked(1)
        && is_short(name, value)
    {
        return Some(format!("-{}{name}{MASK}", &bare[..flags]));
    }
    let shown = match has_bare_userinfo(word) {
        true => Cow::Owned(masked_url(word)),
        false => masked(word),
    };
    (shown != word).then(|| shown.into_owned())
}

/// `me:secret@host` without a scheme, as proxies are written.
fn has_bare_userinfo(word: &str) -> bool {
    let end = word.find('/').unwrap_or(word.len());
    let user = word[..end].split_once('@').map(|(user, _)| user);
    user.is_some_and(|user| user.contains(':'))
        && !word.contains("://")
        && !word.contains(char::is_whitespace)
}

/// A header by its name, wherever it begins: behind `-H`, behind `--header=`,
/// in quotes within a script. Its value goes to the quote that ends it.
fn header(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(colon) = rest.find(':') {
        let (before, from) = rest.split_at(colon + 1);
        shown.push_str(before);
        rest = from;
        let name = before[..colon].trim_end();
        let start = name.rfind(|c: char| !c.is_ascii() || !of_name(c));
        let start = start.map_or(0, |at| {
            at + name[at..].chars().next().map_or(0, char::len_utf8)
        });
        let (quote, name) = (name[..start].chars().last(), &name[start..]);
        // `-HAuthorization: x`, all in one word.
        let name = name.strip_prefix("-H").unwrap_or(name);
        if from.starts_with("//") || !is_secret(name) {
            continue;
        }
        let quote = quote.filter(|c| matches!(c, '"' | '\''));
        let end = quote.and_then(|quote| from.find(quote));
        shown.push_str(" ***");
        rest = &from[end.unwrap_or(from.len())..];
    }
    shown + rest
}

/// The words of a script, each by the rules for words; quotes around one stay.
fn script(text: &str) -> String {
    let mut shown = String::new();
    let mut before: Option<&str> = None;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let bare = word.trim_matches(['"', '\'']);
        let masked = after(before, bare);
        match masked {
            Some(masked) if !bare.is_empty() => {
                shown.push_str(&piece.replacen(bare, &masked, 1));
            }
            _ => shown.push_str(piece),
        }
        if !bare.is_empty() {
            before = Some(bare);
        }
    }
    shown
}

fn is_of_name(byte: u8) -> bool {
    of_name(char::from(byte))
}

fn of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// `user`, `proxy-user`: what curl takes as `name:password`.
fn is_user(name: &str) -> bool {
    name.to_ascii_lowercase().split(['-', '_']).next_back() == Some("user")
}

/// Whether a name tells that its value is a secret.
fn is_secret(name: &str) -> bool {
    const WHOLE: [&str; 6] =
        ["auth", "pass", "pwd", "cookies", "credentials", "signature"];
    const ENDS: [&str; 11] = [
        "session",
        "jwt",
        "authorization",
        "authentication",
        "password",
        "passwd",
        "passphrase",
        "secret",
        "token",
        "bearer",
        "cookie",
    ];
    const KEYS: [&str; 5] =
        ["apikey", "accesskey", "secretkey", "authkey", "privatekey"];
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.split(['-', '_']).collect();
    let is_one = |part: &&str| {
        WHOLE.contains(part) || ENDS.iter().any(|end| part.ends_with(end))
    };
    // `--key FILE` names a file, `X-Api-Key` a key.
    let joined: String = parts.concat();
    let is_key = KEYS.iter().any(|key| joined.ends_with(key));
    parts.iter().any(is_one) || is_key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked_line(line: &[&str]) -> String {
        let words: Vec<String> = line.iter().map(|w| (*w).into()).collect();
        command(&words).join(" | ")
    }

    /// What real programs take, each with the secret `s3cret`.
    const HIDDEN: [&[&str]; 49] = [
        &["-sSu", "me:s3cret"],
        &["-su", "me:s3cret", "{url}"],
        &["-sume:s3cret"],
        &["-H", "X-Session-Id: s3cret"],
        &["--jwt", "s3cret"],
        &["-H", "Authorization: Bearer s3cret"],
        &["-H", "authorization:s3cret"],
        &["-HAuthorization: s3cret"],
        &["-H", "Authorization : s3cret"],
        &["--header", "Cookie: a=s3cret; b=s3cret"],
        &["--header=Cookie: a=s3cret"],
        &["--header=Proxy-Authorization: Basic s3cret"],
        &["--header", "X-Api-Key: s3cret"],
        &["-H", "X-API-Key:s3cret"],
        &["-H", "apikey: s3cret"],
        &["-H", "X-Auth-Token: s3cret"],
        &["-H", "Private-Token: s3cret"],
        &["-H", "X-Amz-Security-Token: s3cret"],
        &["Authorization:Bearer s3cret"],
        &["-u", "me:s3cret"],
        &["-ume:s3cret"],
        &["--user", "me:s3cret"],
        &["--user=me:s3cret"],
        &["-U", "me:s3cret"],
        &["--proxy-user", "me:s3cret"],
        &["--oauth2-bearer", "s3cret"],
        &["--oauth2-bearer=s3cret"],
        &["-a", "me:s3cret"],
        &["-A", "me:s3cret"],
        &["-P", "me:s3cret"],
        &["-E", "cert.pem:s3cret"],
        &["--pass", "s3cret"],
        &["--proxy-pass", "s3cret"],
        &["--http-password=s3cret"],
        &["-password", "s3cret"],
        &["-b", "session=s3cret"],
        &["-bsession=s3cret"],
        &["-C", "session=s3cret"],
        &["--cookie", "session=s3cret"],
        &["API_KEY=s3cret"],
        &["GITHUB_TOKEN=s3cret", "program"],
        &["password=s3cret"],
        &["http://me:s3cret@host/"],
        &["--proxy=http://me:s3cret@host/"],
        &["-x", "me:s3cret@host:3128"],
        &["sh", "-c", "curl -H 'Authorization: Bearer s3cret' {url}"],
        &["sh", "-c", "curl -H \"Cookie: a=s3cret\" -u me:s3cret {url}"],
        &["sh", "-c", "env TOKEN=s3cret curl --oauth2-bearer s3cret {url}"],
        &["sh", "-c", "curl -u 'me:s3cret' http://me:s3cret@host {url}"],
    ];

    #[test]
    fn no_secret_is_left() {
        for line in HIDDEN {
            let shown = masked_line(line);
            assert!(!shown.contains("s3cret"), "{line:?}: {shown}");
            assert!(shown.contains("***"), "{line:?}: {shown}");
            let whole = line.join(" ").contains("{url}");
            assert!(!whole || shown.contains("{url}"), "{line:?}: {shown}");
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for line in [
            &["curl", "-s", "-H", "Accept: text/html", "{url}"][..],
            &["python3", "-u", "ping.py", "{url}", "--threads=8"],
            &["curl", "-A", "Mozilla/5.0", "--user-agent=me", "{url}"],
            &["hey", "-n", "100", "-c", "8", "-m", "GET", "{url}?token=1"],
            &["curl", "-o", "/dev/null", "--key", "file.pem", "{url}"],
            &["ffuf", "-u", "http://127.0.0.1:1/{url}"],
            &["sh", "-c", "for i in 1 2; do curl -s \"$1\"; done", "{url}"],
            &["git", "clone", "git@example.org:a/b", "{url}"],
            &["wget", "--user=me", "--passes=3", "--auth", "{url}"],
            &["x", "-d", "{\"a\": 1, \"b\": [2]}", "12:30:00", "C:\\x"],
        ] {
            assert_eq!(masked_line(line), line.join(" | "));
        }
    }

    proptest::proptest! {
        /// Whatever stands in it, the words stay as many, and it ends.
        #[test]
        fn any_command_is_taken(
            words in proptest::collection::vec(
                proptest::prelude::any::<String>(), 0..6)
        ) {
            proptest::prop_assert_eq!(command(&words).len(), words.len());
        }
    }
}
