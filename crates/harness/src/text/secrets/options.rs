//! Options of a command, and the secrets that they take.

use ping_core::{MASK, masked};

use super::names::{is_secret, is_user};

/// A word behind an option that takes it as a secret.
pub(super) fn option_value(before: Option<&str>, word: &str) -> Option<String> {
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
pub(super) fn own(word: &str) -> String {
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
