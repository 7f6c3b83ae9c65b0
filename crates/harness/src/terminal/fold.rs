//! Lines that are too wide, broken between words.

use console::measure_text_width;

/// A second column begins no farther right than this: what is continued
/// stands below it.
const COLUMN: usize = 34;

/// The line in lines of at most so many columns, as far as its words allow:
/// no word is broken. What is continued is indented like the line itself, or
/// stands below its second column.
pub(super) fn fold(line: &str, most: usize) -> Vec<String> {
    if measure_text_width(line) <= most {
        return vec![line.to_owned()];
    }
    let indent = " ".repeat(hang(line).min(most / 2));
    let (mut lines, mut current) = (Vec::new(), String::new());
    let (mut blanks, mut has_word) = (0, false);
    for (place, piece) in line.split(' ').enumerate() {
        blanks += usize::from(place > 0);
        let width = measure_text_width(piece);
        // A colour is no word.
        if piece.is_empty() {
            continue;
        }
        let wide = measure_text_width(&current) + blanks + width;
        if has_word && width > 0 && wide > most {
            lines.push(current);
            current = indent.clone();
        } else {
            current.push_str(&" ".repeat(blanks));
        }
        current.push_str(piece);
        blanks = 0;
        has_word |= width > 0;
    }
    lines.push(current);
    lines
}

/// The column below which a line is continued.
fn hang(line: &str) -> usize {
    let plain = console::strip_ansi_codes(line);
    let begin = plain.chars().take_while(|c| *c == ' ').count();
    let rest: Vec<char> = plain.chars().skip(begin).collect();
    let mut column = begin;
    for at in 1..rest.len().saturating_sub(1) {
        let gap = rest[at] == ' ' && rest[at - 1] == ' ';
        if gap && rest[at + 1] != ' ' && begin + at < COLUMN {
            column = begin + at + 1;
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_end_between_words() {
        let cases: [(&str, &[&str]); 6] = [
            ("one two three", &["one two", "three"]),
            ("  one two three", &["  one", "  two", "  three"]),
            ("immeasurable", &["immeasurable"]),
            ("a immeasurable b", &["a", "immeasurable", "b"]),
            ("a  bc de fg", &["a  bc", "   de", "   fg"]),
            ("", &[""]),
        ];
        for (line, folded) in cases {
            assert_eq!(fold(line, 7), folded, "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_loses_no_word(line in "[ a-z]{0,80}", most in 4..40_usize) {
            let folded = fold(&line, most);
            let words: Vec<&str> =
                folded.iter().flat_map(|line| line.split_whitespace()).collect();
            prop_assert_eq!(
                words,
                line.split_whitespace().collect::<Vec<_>>()
            );
            for part in folded {
                let alone = part.split_whitespace().count() < 2;
                prop_assert!(alone || part.len() <= most, "{:?}", part);
            }
        }
    }
}
