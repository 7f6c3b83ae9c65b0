//! What only a program is to read of its command line: passwords, tokens,
//! cookies. A record of the command is kept, shown and sent to others.

mod names;
mod options;
mod quotes;
mod script;
mod values;

#[cfg(test)]
mod tests;

use ping_core::{masked, masked_url};

use options::{option_value, own};

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

/// What a program has printed that was started by this command, without the
/// secrets of the command and the passwords of URLs.
pub fn printed(text: &str, words: &[String]) -> String {
    let mut shown = text.to_owned();
    for (word, masked) in words.iter().zip(command(words)) {
        if let Some(secret) = hidden(word, &masked) {
            shown = shown.replace(secret, "***");
        }
    }
    masked(&shown).into_owned()
}

/// What of a word is not in its masked form: that lies between what the two
/// begin and end with alike.
fn hidden<'a>(word: &'a str, masked: &str) -> Option<&'a str> {
    let (before, after) = masked.split_once("***")?;
    let rest = word.strip_prefix(before)?;
    // Of several, all from the first to the last.
    let after = after.rsplit("***").next().unwrap_or(after);
    rest.strip_suffix(after).filter(|secret| !secret.is_empty())
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
