//! What a server, a file or a URL says, fit to be shown.

/// Text as one line that is what it looks like: whatever would move the
/// cursor, colour, hide or turn round what follows is written as its number,
/// such as `\u{1b}`.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Whether a character does something to a terminal or to a reader instead of
/// being seen: controls (ESC, newlines, DEL and the second set of them, C1),
/// marks of the direction of writing, and what has no width.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
            | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// The text with every password masked that stands in a URL before its host:
/// `http://me:***@host/`. A name without a password may be a token, and is
/// masked as well.
pub fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("://") {
        shown.push_str(before);
        shown.push_str("://");
        let end = after
            .find(|c: char| {
                matches!(c, '/' | '?' | '#' | '\\' | '"' | '\'')
                    || c.is_whitespace()
            })
            .unwrap_or(after.len());
        let (authority, path) = after.split_at(end);
        match authority.rsplit_once('@') {
            None => shown.push_str(authority),
            Some((user, host)) => {
                if let Some((name, _)) = user.split_once(':') {
                    shown.push_str(name);
                    shown.push(':');
                }
                shown.push_str("***@");
                shown.push_str(host);
            }
        }
        rest = path;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_masked_wherever_a_url_stands() {
        for (text, shown) in [
            ("http://a.example/x@y", "http://a.example/x@y"),
            ("http://me:pass@a/", "http://me:***@a/"),
            ("http://me:p:a@ss@a/", "http://me:***@a/"),
            ("https://token@a?x=1", "https://***@a?x=1"),
            (
                "see http://:b@c and http://d:e@f",
                "see http://:***@c and http://d:***@f",
            ),
            ("://", "://"),
            ("mail me@example.com", "mail me@example.com"),
        ] {
            assert_eq!(masked(text), shown);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_written_out() {
        let text = "a\u{1b}[2J\n\u{9b}\u{7f}\u{202e}\u{200b}\t\u{feff}é";
        assert_eq!(
            printable(text),
            "a\\u{1b}[2J\\u{a}\\u{9b}\\u{7f}\\u{202e}\\u{200b}\\u{9}\\u{feff}é"
        );
    }
}
