//! What a chart's title says, and whether it claims anything: whoever gathers
//! several tells a refusal once, and not once for each.

use crate::finding::Why;

/// The title of a chart for which nothing was measured.
pub(crate) const NOTHING: &str = "No trial that counts";

/// A title, and what it could not tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The title.
    pub words: String,
    /// Why it claims nothing, if it does not.
    pub untold: Option<Untold>,
}

/// What cannot be told, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Untold {
    /// No trial of it counts.
    Nothing,
    /// Of two strategies.
    Which {
        /// The question: `which of them costs less CPU`.
        question: &'static str,
        /// What is in the way of an answer.
        why: Why,
        /// How far the same strategy twice came apart, if that is known.
        floor: Option<f64>,
    },
}

impl Found {
    pub(crate) fn nothing(words: &str) -> Found {
        Found { words: words.to_owned(), untold: Some(Untold::Nothing) }
    }

    /// The same with other words.
    pub(crate) fn map(self, words: impl FnOnce(&str) -> String) -> Found {
        Found { words: words(&self.words), ..self }
    }
}

impl From<String> for Found {
    fn from(words: String) -> Found {
        let untold = (words == NOTHING).then_some(Untold::Nothing);
        Found { words, untold }
    }
}
