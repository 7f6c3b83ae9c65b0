//! Text for one line of a terminal.

/// Stands for a character that is not shown.
const HIDDEN: char = '\u{fffd}';

/// The text on one line, without anything that a terminal obeys or that makes
/// a reader see another order: control characters, ends of lines and marks of
/// direction become `�`.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if obeyed(c) { HIDDEN } else { c }).collect()
}

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

/// Whether it is not shown, but does something.
fn obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // Ends of lines and of paragraphs.
            '\u{2028}' | '\u{2029}'
            // Marks that turn the order of what is read.
            | '\u{61c}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // A mark of byte order, tags, and what is no character at all.
            | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
            | '\u{fffe}' | '\u{ffff}'
        )
}
