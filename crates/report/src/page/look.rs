//! What stands below a picture: at most forty words of what to look for, and
//! the rest for whoever asks.

use charts::Caption;

/// What nobody minds reading.
const WORDS: usize = 40;

/// The words of a picture.
pub(super) struct Look {
    /// What to look for first.
    pub(super) first: String,
    /// What else there is to see; may be empty.
    pub(super) more: String,
}

/// Divides the words between two sentences.
pub(super) fn look(caption: &Caption) -> Look {
    let mut first = String::new();
    let mut more = String::new();
    for sentence in caption.look_for.split_inclusive(". ") {
        let words = |text: &str| text.split_whitespace().count();
        let has_room = words(&first) + words(sentence) <= WORDS;
        if more.is_empty() && (has_room || first.is_empty()) {
            first += sentence;
        } else {
            more += sentence;
        }
    }
    Look { first: first.trim().to_owned(), more: more.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looked(text: &str) -> (String, String) {
        let look_for = text.to_owned();
        let Look { first, more } =
            look(&Caption { look_for, ..Caption::default() });
        (first, more)
    }

    #[test]
    fn a_sentence_is_first_where_it_has_room() {
        let ten = "One two three four five six seven eight nine ten.";
        let four = [ten; 4].join(" ");
        assert_eq!(looked(&four), (four.clone(), String::new()));
        let more = format!("{four} And more. {ten}");
        assert_eq!(looked(&more), (four, format!("And more. {ten}")));
        assert_eq!(looked(""), (String::new(), String::new()));
    }
}
