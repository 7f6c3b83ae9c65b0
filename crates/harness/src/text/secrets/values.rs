//! Names and their values, wherever they stand: `TOKEN=x`, `--password=x`,
//! `Authorization: x`, `{"token": "x"}`, `("X-Api-Key", "x")`.

use ping_core::MASK;

use super::names::{is_secret, is_user};
use super::quotes::Quotes;
use super::script::is_between;

/// The text, with `***` for each value whose name tells that it is a secret.
pub(super) fn masked_by_name(text: &str) -> String {
    let mut shown = String::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if !is_of_name(c) {
            shown.push(c);
            at += c.len_utf8();
            continue;
        }
        let rest = &text[at..];
        let end = rest.find(|c| !is_of_name(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        shown.push_str(name);
        at += end;
        let Some(found) = value(text, at, name) else { continue };
        shown.push_str(&text[at..found.start]);
        shown.push_str(found.blank);
        shown.push_str(MASK);
        at = found.end;
    }
    shown
}

/// The same of a word that is no script: if it begins with such a name, all
/// the rest is the value, blanks and all.
pub(super) fn masked_to_the_end(word: &str) -> String {
    if let Some((name, value)) = word.split_once('=')
        && name.chars().all(is_of_name)
        && !value.is_empty()
    {
        let user = is_user(name);
        if is_secret(name) || (user && is_pair_or_token(name, value)) {
            return format!("{name}={MASK}");
        }
    }
    masked_by_name(word)
}

/// `--user=me` may be a token, `user: me` is a name.
fn is_pair_or_token(name: &str, value: &str) -> bool {
    name.starts_with("--") || value.contains(':')
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Where a value stands, and what is put before its mask.
struct Found {
    start: usize,
    end: usize,
    blank: &'static str,
}

/// The value behind this name, which ends here, if it is a secret.
fn value(text: &str, end: usize, name: &str) -> Option<Found> {
    // `-HAuthorization: x`, all in one word.
    let bare = name.strip_prefix("-H").unwrap_or(name);
    let (secret, user) = (is_secret(bare), is_user(bare));
    if !secret && !user {
        return None;
    }
    // `"name"`, `'name'`, `["name"]`, `\"name\"`.
    let rest = &text[end..];
    let behind = rest.trim_start_matches(['"', '\'', ']', '\\']);
    let is_quoted = behind.len() < rest.len();
    let sign = behind.trim_start_matches([' ', '\t']);
    let sign = sign.strip_prefix('+').unwrap_or(sign);
    let mut kind = sign.chars().next()?;
    let mut from = sign.strip_prefix([':', '=', ','])?;
    if kind == ',' && !is_quoted {
        return None;
    }
    // `:=`, `=>`, `==`
    while let Some(more) = from.strip_prefix(['=', '>']) {
        kind = '=';
        from = more;
    }
    let before = &text[..end - name.len()];
    // A name in a URL, and its password, are masked as such.
    let is_url = from.starts_with("//") || before.ends_with("//");
    if (kind == '=' && is_in_query(before)) || (kind == ':' && is_url) {
        return None;
    }
    let is_apart = is_quoted || sign.len() < behind.len() || kind == ':';
    let blanks = from.len() - from.trim_start_matches([' ', '\t']).len();
    // `TOKEN= program` gives nothing to the program.
    if blanks > 0 && !is_apart {
        return None;
    }
    let start = text.len() - from.len() + blanks;
    let whole = &text[start..];
    let is_literal = whole.starts_with(['"', '\'', '\\', '(', '[', '{']);
    if kind == ',' && !is_literal {
        return None;
    }
    let is_line = kind == ':' && !(is_literal && is_quoted);
    let length = match is_line {
        true => line_length(text, start),
        false => word_length(text, start),
    };
    // The place of the address says what the server saw; it is no secret.
    let length = whole[..length].find("{url}").unwrap_or(length);
    let value = whole[..length].trim_end();
    if value.is_empty() || !(secret || is_pair_or_token(bare, value)) {
        return None;
    }
    let blank = if kind == ':' && blanks == 0 { " " } else { "" };
    Some(Found { start, end: start + value.len(), blank })
}

/// Whether this is `?name` or `&name` in the query of a URL.
fn is_in_query(before: &str) -> bool {
    let ends_a_word = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
    let word = before.rsplit(ends_a_word).next().unwrap_or_default();
    word.ends_with(['?', '&']) && word.contains('?')
}

/// The value of a header: to the quote that encloses it, or the line's end.
fn line_length(text: &str, start: usize) -> usize {
    let open = enclosing(text, start);
    let value = &text[start..];
    let ends = |c| c == '\n' || Some(c) == open;
    let end = value.find(ends).unwrap_or(value.len());
    // `\r\n` as it is written in a string.
    let written = ["\\r", "\\n"].into_iter();
    written.filter_map(|mark| value[..end].find(mark)).min().unwrap_or(end)
}

/// A word of a shell or of a program: quotes and brackets belong together.
fn word_length(text: &str, start: usize) -> usize {
    // A quote that stands around all of it ends it.
    let around = enclosing(text, start);
    let (mut quotes, mut depth) = (Quotes::default(), 0_usize);
    let value = &text[start..];
    // A quote within quotes.
    if let Some(rest) = value.strip_prefix("\\\"") {
        return rest.find("\\\"").map_or(value.len(), |at| at + 4);
    }
    for (at, c) in value.char_indices() {
        if quotes.is_outside() && around == Some(c) {
            return at;
        }
        if !quotes.read(c) {
            continue;
        }
        if matches!(c, '(' | '[' | '{') {
            depth += 1;
        } else if matches!(c, ')' | ']' | '}') && depth > 0 {
            depth -= 1;
        } else if depth == 0 && (is_between(c) || matches!(c, ',' | '}' | ']'))
        {
            return at;
        }
    }
    value.len()
}

/// The quote that is open there.
fn enclosing(text: &str, end: usize) -> Option<char> {
    let mut quotes = Quotes::default();
    for c in text[..end].chars() {
        quotes.read(c);
    }
    quotes.open()
}
