//! The words of a script, as a shell or a program reads them.

use super::options::{option_value, own};
use super::quotes::Quotes;

/// Each word by the rules for words; quotes around one stay.
pub(super) fn masked_words(text: &str) -> String {
    let mut shown = String::new();
    let mut before: Option<&str> = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if is_between(c) {
            shown.push(c);
            rest = &rest[c.len_utf8()..];
            // Another command begins.
            before = before.filter(|_| c.is_whitespace());
            continue;
        }
        let (word, after) = rest.split_at(word_end(rest));
        let bare = unquoted(word);
        match option_value(before, bare) {
            Some(masked) => shown.push_str(&word.replacen(bare, &masked, 1)),
            None => shown.push_str(&masked_word(word, bare)),
        }
        before = Some(bare);
        rest = after;
    }
    shown
}

/// What is quoted may be a script again.
fn masked_word(word: &str, bare: &str) -> String {
    let is_script = bare.contains(is_between);
    match is_script {
        true if bare.len() < word.len() => {
            word.replacen(bare, &masked_words(bare), 1)
        }
        _ if bare.is_empty() => word.to_owned(),
        _ => word.replacen(bare, &own(bare), 1),
    }
}

/// What ends a word outside of quotes, and begins none.
pub(super) fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ';' | '&' | '|' | '(' | ')' | '`')
}

/// Where the first word ends: at the first blank outside of quotes.
fn word_end(text: &str) -> usize {
    let mut quotes = Quotes::default();
    let mut all = text.char_indices();
    let end = all.find(|(_, c)| quotes.read(*c) && is_between(*c));
    end.map_or(text.len(), |(at, _)| at)
}

/// The word without the quotes around it, those of a part that is left open
/// too.
fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}
