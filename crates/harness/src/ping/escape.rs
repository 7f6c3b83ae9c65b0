//! What servers and lists say, as JSON and CSV may show it.

use ping_core::{is_hidden, printable};

/// JSON in which everything that a terminal or a reader might mistake is
/// written as its number. It means the same.
pub(super) fn json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        // JSON itself has escaped the first set of controls; those that are
        // left are its own line breaks.
        if is_hidden(c) && c >= '\u{7f}' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A field of CSV: on one line, no formula, quoted where RFC 4180 asks for it.
pub(super) fn csv(field: &str) -> String {
    let mut field = printable(field);
    // A spreadsheet would compute what begins like this.
    let begins = field.trim_start().chars().next();
    if begins.is_some_and(|c| "=+-@＝＋－＠".contains(c)) {
        field.insert(0, '\'');
    }
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_where_the_format_asks_for_it() {
        let cases = [
            ("http://a/200", "http://a/200"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\nlines", "two\\u{a}lines"),
            ("=1+1", "'=1+1"),
            (" -1", "' -1"),
            ("@x,\"", "\"'@x,\"\"\""),
            ("\t=1", "\\u{9}=1"),
        ];
        for (field, row) in cases {
            assert_eq!(csv(field), row);
        }
    }

    /// Reads one row, as RFC 4180 has it.
    fn read(row: &str) -> Vec<String> {
        let (mut fields, mut quoted) = (vec![String::new()], false);
        let mut chars = row.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    fields.last_mut().unwrap().push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                c => fields.last_mut().unwrap().push(c),
            }
        }
        fields
    }

    proptest! {
        #[test]
        fn csv_is_read_back_and_no_cell_is_a_formula(
            fields in prop::collection::vec(any::<String>(), 1..5),
        ) {
            let cells: Vec<String> = fields.iter().map(|f| csv(f)).collect();
            let row = cells.join(",");
            prop_assert!(!row.chars().any(is_hidden));
            for (cell, field) in read(&row).iter().zip(&fields) {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@']));
                let shown = printable(field);
                prop_assert_eq!(cell.strip_prefix('\'').filter(
                    |_| !shown.starts_with('\'')).unwrap_or(cell), &shown);
            }
            prop_assert_eq!(read(&row).len(), fields.len());
        }

        #[test]
        fn json_means_the_same(text in any::<String>()) {
            let shown = json(&serde_json::json!(text).to_string());
            prop_assert!(!shown.chars().any(is_hidden));
            let again: String = serde_json::from_str(&shown).unwrap();
            prop_assert_eq!(again, text);
        }
    }
}
