//! What only a program is to read of its command line: passwords, tokens,
//! cookies. A record of the command is kept, shown and sent to others.

mod names;
mod quotes;
mod script;
mod values;

#[cfg(test)]
mod tests;

use ping_core::{MASK, masked, masked_url};

use names::{is_secret, is_user};

/// The words of a command, each secret in them replaced by `***`:
///
/// - the value of a header, an option, a variable or a field whose name tells
///   that it is one, such as `Authorization: …`, `--oauth2-bearer …`,
///   `TOKEN=…`, `{"password": "…"}`; that of `--user`, too, and of `-p`
/// - the value of `-u`, `-U`, `-a`, `-A`, `-P` and `-E` where it has a colon,
///   that of `-b` and `-C` where it has a `=`: names and passwords, cookies
/// - the password in a URL, and in a proxy without a scheme
///
/// A word with blanks in it is a script, and is taken word by word as a shell
/// does. Where it is not sure, it is masked. Query strings stay as they are.
pub fn command(words: &[String]) -> Vec<String> {
    let mut before = None;
    let mut masked = Vec::new();
    for word in words {
        masked.push(argument(before, word));
        before = Some(word.as_str());
    }
    masked
}

/// What is said of a command line, and may quote a word of it: one that is
/// meant to be a URL, and has a blank in it, cannot be told from the rest.
pub fn said(text: &str, typed: impl Iterator<Item = String>) -> String {
    let mut shown = text.to_owned();
    for word in typed.filter(|word| word.contains('@')) {
        let value = word.split_once('=').map(|(_, value)| value);
        let behind_letter = word.get(2..).filter(|_| word.starts_with('-'));
        for part in [Some(&*word), value, behind_letter].into_iter().flatten() {
            if part.contains(char::is_whitespace) {
                shown = shown.replace(part, &masked_url(part));
            }
        }
    }
    masked(&shown).into_owned()
}

fn argument(before: Option<&str>, word: &str) -> String {
    if let Some(shown) = option_value(before, word) {
        return shown;
    }
    let is_script = before.is_some_and(takes_script) || word.contains("{url}");
    let named = match is_script {
        true => values::masked_by_name(word),
        false => values::masked_to_the_end(word),
    };
    if named.contains(char::is_whitespace) {
        script::masked_words(&named)
    } else {
        own(&named)
    }
}

/// `-c`, `-lc`, `-e`: a shell's or an interpreter's.
fn takes_script(option: &str) -> bool {
    let short = option.starts_with('-') && !option.starts_with("--");
    short && option.ends_with(['c', 'e']) || option == "--eval"
}

/// A word behind an option that takes it as a secret.
fn option_value(before: Option<&str>, word: &str) -> Option<String> {
    // The place of the address says what the server saw; it is no secret.
    let is_value = !word.starts_with('-') && !word.contains("{url}");
    let is_taken = is_value && takes_secret(before?, word);
    is_taken.then(|| MASK.to_owned())
}

/// Whether this option takes such a value as a secret.
fn takes_secret(option: &str, value: &str) -> bool {
    if let Some(name) = option.strip_prefix("--") {
        return is_secret(name) || is_user(name);
    }
    let Some(name) = option.strip_prefix('-') else { return false };
    let (flags, last) = match name.char_indices().next_back() {
        Some((at, _)) => name.split_at(at),
        None => return false,
    };
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
        "p" => true,
        _ => false,
    }
}

/// Options of one word that begin like `-p` and its value.
const LIKE_P: [&str; 14] = [
    "pass",
    "path",
    "parallel",
    "payload",
    "period",
    "perm",
    "pings",
    "port",
    "print",
    "print0",
    "processes",
    "profile",
    "proxy",
    "prune",
];

/// `-ps3cret`, but not `-print`, nor the flags `-pe`.
fn is_like_p(bare: &str) -> bool {
    let name = bare.split('=').next().unwrap_or_default();
    let is_flags =
        bare.len() <= 3 && bare.bytes().all(|byte| byte.is_ascii_lowercase());
    bare.starts_with('p') && (is_flags || LIKE_P.contains(&name))
}

/// A word that has an option and its value in it, or a URL.
fn own(word: &str) -> String {
    let bare = word.strip_prefix('-').unwrap_or_default();
    let flags = bare.bytes().take_while(|byte| is_flag(*byte)).count();
    if let Some((name, value)) = bare[flags..].split_at_checked(1)
        && !value.is_empty()
        && is_short(name, value)
        && !(name == "p" && flags > 0)
        && !is_like_p(bare)
    {
        return format!("-{}{name}{MASK}", &bare[..flags]);
    }
    masked(word).into_owned()
}
