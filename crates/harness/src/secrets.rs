//! What of a command line must not be kept or shown.

use ping_core::masked;

/// Headers whose value is a secret.
const HEADERS: [&str; 7] = [
    "authorization:",
    "proxy-authorization:",
    "cookie:",
    "x-api-key:",
    "api-key:",
    "x-auth-token:",
    "x-csrf-token:",
];

/// Options of common programs that take `name:password`, or a secret alone.
const PAIRS: [&str; 8] =
    ["-u", "--user", "-U", "--proxy-user", "-a", "-A", "-P", "--auth"];
const ALONE: [&str; 6] = [
    "-b",
    "--cookie",
    "--oauth2-bearer",
    "--password",
    "--http-password",
    "--token",
];

const MASK: &str = "***";

/// The words of a command with its secrets masked: passwords in URLs, the
/// values of headers such as `Authorization`, and what follows `-u`, `--user`
/// and their like. What else is a secret, such as a key in the query of a URL
/// or in a body, nobody can tell from outside.
pub fn masked_words(words: &[String]) -> Vec<String> {
    let mut before = None;
    let mut masked_word = |word: &String| {
        let shown = of_option(before.take(), word);
        before = Some(word.clone());
        masked(&headers(&shown))
    };
    words
        .iter()
        .map(|word| {
            if !word.contains(char::is_whitespace) {
                return masked_word(word);
            }
            // A header, or a line of shell with words of its own.
            let word = headers(word);
            let (mut line, mut last) = (String::new(), None);
            for piece in word.split_inclusive(char::is_whitespace) {
                let bare = piece.trim_end();
                line += &of_option(last.take(), bare);
                line += &piece[bare.len()..];
                last = Some(bare.to_owned());
            }
            masked_word(&line)
        })
        .collect()
}

/// A word after the one before it, or with an option in front of it.
fn of_option(before: Option<String>, word: &str) -> String {
    if let Some((option, value)) = word.split_once('=')
        && option.starts_with("--")
    {
        return format!("{option}={}", value_of(option, value));
    }
    // curl takes the value in one word with its option, too.
    for option in ["-u", "-U"] {
        if let Some(value) = word.strip_prefix(option)
            && value.contains(':')
        {
            return format!("{option}{}", value_of(option, value));
        }
    }
    before.map_or(word.to_owned(), |option| value_of(&option, word))
}

fn value_of(option: &str, value: &str) -> String {
    if ALONE.contains(&option) && !value.starts_with('-') {
        return MASK.to_owned();
    }
    // Other programs mean something else by these letters; a pair has a colon
    // and is no URL.
    let pair = PAIRS.contains(&option) && !value.contains("://");
    match value.split_once(':') {
        Some((name, _)) if pair => {
            let quote =
                value.chars().next_back().filter(|c| "'\"".contains(*c));
            let quote = quote.map(String::from).unwrap_or_default();
            format!("{name}:{MASK}{quote}")
        }
        _ => value.to_owned(),
    }
}

/// The text with the value of every such header masked, to the end of its
/// quotes or line.
fn headers(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    loop {
        let lower = rest.to_ascii_lowercase();
        let found = HEADERS
            .iter()
            .filter_map(|name| Some(lower.find(name)? + name.len()))
            .min();
        let Some(at) = found else { break };
        let (before, after) = rest.split_at(at);
        let end = after.find(['\'', '"', '\n', '\r']).unwrap_or(after.len());
        shown.push_str(before);
        if !after[..end].trim().is_empty() {
            shown.push(' ');
            shown.push_str(MASK);
        }
        rest = &after[end..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(words: &[&str]) -> Vec<String> {
        let words: Vec<String> =
            words.iter().map(|word| (*word).to_owned()).collect();
        masked_words(&words)
    }

    #[test]
    fn secrets_are_masked_and_nothing_else() {
        for (words, want) in [
            (
                &["-H", "Authorization: Bearer x"][..],
                &["-H", "Authorization: ***"][..],
            ),
            (&["-Hcookie:a=b"], &["-Hcookie: ***"]),
            (&["--header=X-Api-Key: k"], &["--header=X-Api-Key: ***"]),
            (&["Proxy-Authorization:Basic x"], &["Proxy-Authorization: ***"]),
            (&["-H", "Accept: */*"], &["-H", "Accept: */*"]),
            (&["-u", "me:pass"], &["-u", "me:***"]),
            (&["-ume:pass"], &["-ume:***"]),
            (&["--user=me:pass"], &["--user=me:***"]),
            (&["--user", "me:pass"], &["--user", "me:***"]),
            (&["-b", "id=7"], &["-b", "***"]),
            (&["--oauth2-bearer", "t"], &["--oauth2-bearer", "***"]),
            (&["python3", "-u", "mine.py"], &["python3", "-u", "mine.py"]),
            (&["hey", "-a", "me:pass"], &["hey", "-a", "me:***"]),
            (&["-u", "{url}"], &["-u", "{url}"]),
            (&["http://me:pass@a/x"], &["http://me:***@a/x"]),
            (&["--url=http://me:pass@a/"], &["--url=http://me:***@a/"]),
            (
                &["sh", "-c", "curl -u me:pass -H 'Cookie: a=b; c=d' {url}"],
                &["sh", "-c", "curl -u me:*** -H 'Cookie: ***' {url}"],
            ),
            (
                &["sh", "-c", "curl -u \"me:pass\" http://a:b@c"],
                &["sh", "-c", "curl -u \"me:***\" http://a:***@c"],
            ),
        ] {
            assert_eq!(shown(words), want);
        }
    }
}
