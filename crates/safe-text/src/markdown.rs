//! Text for Markdown as code hosts read it (CommonMark, with tables).

use super::terminal::printable;

/// The text, to be read as text in a paragraph, a heading, a row of a table or
/// an item of a list.
pub fn escape(text: &str) -> String {
    let text = printable(text);
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied();
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // One inside a word, as in `x86_64`, emphasises nothing.
            '_' if in_word(before) && in_word(after) => escaped.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Of a bare address a code host makes a link.
            ':' if after == Some('/') => escaped.push_str("\\:"),
            '.' if ends_with_www(&escaped) => escaped.push_str("\\."),
            '@' => escaped.push_str("&#64;"),
            _ => escaped.push(c),
        }
        before = Some(c);
    }
    begins_nothing(escaped)
}

/// The text as code, such as a command. What code in backticks cannot hold
/// stands in an element instead.
pub fn code(text: &str) -> String {
    let text = printable(text);
    let text = text.trim();
    match text.is_empty() || text.contains(['`', '<', '>', '&', '|']) {
        true => format!("<code>{}</code>", escape(text)),
        false => format!("`{text}`"),
    }
}

fn in_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn ends_with_www(text: &str) -> bool {
    let end = text.len().checked_sub(3).and_then(|from| text.get(from..));
    end.is_some_and(|end| end.eq_ignore_ascii_case("www"))
}

/// A line may begin with what makes a heading, a list or a rule of it.
fn begins_nothing(text: String) -> String {
    let number = text.len() - text.trim_start_matches(numeral).len();
    let (digits, rest) = text.split_at(number);
    let mut rest_chars = rest.chars();
    let (first, second) = (rest_chars.next(), rest_chars.next());
    let marks = match first {
        Some('#' | '=') => number == 0,
        Some('-' | '+') => number == 0 && !in_word(second),
        Some('.' | ')') => number > 0 && !in_word(second),
        _ => false,
    };
    if marks { format!("{digits}\\{rest}") } else { text }
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit()
}
