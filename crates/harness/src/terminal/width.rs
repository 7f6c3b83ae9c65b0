//! How wide lines are, and where they are broken.

use super::fold::fold;

/// A line that is written elsewhere than to the terminal, broken between its
/// words where one is as wide as usual.
pub fn folded(line: &str) -> String {
    fold(line, COLUMNS).join("\n")
}

/// The lines of a paragraph, broken for the terminal and indented.
pub fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let most = width().min(COLUMNS).saturating_sub(indent);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line)
                if console::measure_text_width(line)
                    + 1
                    + console::measure_text_width(word)
                    <= most =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.into_iter().map(|line| " ".repeat(indent) + &line).collect()
}

/// The width to draw for, in columns: the terminal's, or 80.
pub fn width() -> usize {
    if !console::user_attended() {
        return COLUMNS;
    }
    let (_, columns) = console::Term::stdout().size();
    usize::from(columns).clamp(60, 120)
}

/// The width of a terminal that nobody has made wider.
const COLUMNS: usize = 80;
