//! Characters that a terminal or an editor obeys instead of showing them.

/// Whether a terminal or an editor shows nothing for it, but does something:
/// control characters (those of ASCII, DEL and U+0080 to U+009F), ends of
/// lines, marks that turn the order of what is read, and characters without a
/// width.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            // A hyphen that mostly is not there, and joiners without a width.
            '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}'
            // Ends of lines and of paragraphs.
            | '\u{2028}' | '\u{2029}'
            // Marks of direction.
            | '\u{61c}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            // More of both, and operators that are not seen.
            | '\u{2060}'..='\u{206f}'
            // Marks of byte order and of notes, tags, and no characters.
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// The text on one line, without anything that is [obeyed](is_obeyed): that
/// becomes `�`. Text of a server, a file or a URL is shown only through this.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if is_obeyed(c) { '\u{fffd}' } else { c }).collect()
}
