//! Text for one line of a terminal.

use std::borrow::Cow;

use crate::printable::is_obeyed;
pub use crate::printable::printable;

/// As [`printable`], and no longer than `most` characters; what was cut off is
/// told by `…`.
pub fn shortened(text: &str, most: usize) -> String {
    let mut shown = printable(text);
    if let Some((end, _)) = shown.char_indices().nth(most) {
        shown.truncate(end);
        shown.pop();
        shown.push('…');
    }
    shown
}

/// Lines of our own, in which strangers may have a word. Ends of lines stay,
/// and so do the inks of this program, where colours are `inked`; all else that
/// a terminal obeys becomes `�`.
pub fn lines(text: &str, inked: bool) -> Cow<'_, str> {
    if !text.chars().any(|c| is_obeyed(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ink = ink_at(rest).filter(|_| inked);
        let (taken, length) = match ink {
            Some(ink) => (ink, ink.len()),
            None if is_obeyed(c) && c != '\n' => ("\u{fffd}", c.len_utf8()),
            None => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        shown.push_str(taken);
        rest = &rest[length..];
    }
    Cow::Owned(shown)
}

/// The colour or weight that is switched on or off here.
fn ink_at(text: &str) -> Option<&str> {
    let end = text.strip_prefix("\u{1b}[")?.find('m')? + "\u{1b}[".len();
    let ours = match &text["\u{1b}[".len()..end] {
        "0" | "1" | "2" | "4" | "31" | "32" | "33" => true,
        color => color.strip_prefix("38;5;").is_some_and(|number| {
            number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
        }),
    };
    ours.then(|| &text[..=end])
}
