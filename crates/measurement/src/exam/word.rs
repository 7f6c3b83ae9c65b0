//! The words of a judgement, and why each was chosen.

use serde::{Deserialize, Serialize};

/// What a program did in a scene, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// It asked for all there was, and ended by itself.
    CarriesOn,
    /// It ended by itself, and left what it could have had.
    GivesUp,
    /// It had to be ended.
    Hangs,
    /// Something failed, and it told nobody.
    Hides,
    /// It asked again at once and often, or sooner than it was told.
    Storms,
    /// It asked again, and not sooner than it was told.
    Waits,
    /// What was seen does not decide it.
    CannotTell,
}

const WORDS: [(Word, &str, &str); 7] = [
    (Word::CarriesOn, "carries-on", "carries on"),
    (Word::GivesUp, "gives-up", "gives up"),
    (Word::Hangs, "hangs", "hangs"),
    (Word::Hides, "hides", "hides it"),
    (Word::Storms, "storms", "storms"),
    (Word::Waits, "waits", "waits as told"),
    (Word::CannotTell, "cannot-tell", "cannot tell"),
];

impl Word {
    /// Every word.
    pub fn all() -> impl Iterator<Item = Word> {
        WORDS.into_iter().map(|(word, ..)| word)
    }

    /// On the command line and in records, such as `carries-on`.
    pub fn name(self) -> &'static str {
        WORDS[self as usize].1
    }

    /// On a card, such as `carries on`.
    pub fn text(self) -> &'static str {
        WORDS[self as usize].2
    }

    /// What it means, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Word::CarriesOn => "it asked for every URL, and ended by itself",
            Word::GivesUp => "it ended, and left what it could have had",
            Word::Hangs => "it had to be ended: its time was up, or a gibibyte",
            Word::Hides => "something failed, and it spoke as if all were well",
            Word::Storms => "it asked again sooner than told, or without pause",
            Word::Waits => "it was told when to come again, and came then",
            Word::CannotTell => "what was seen does not decide it",
        }
    }

    /// Whether it is nothing that one wants to hear of one's program.
    pub fn accuses(self) -> bool {
        matches!(self, Word::GivesUp | Word::Hangs | Word::Hides | Word::Storms)
    }

    /// The word of that name, or as a card has it.
    pub fn named(name: &str) -> Option<Word> {
        let is = |row: &(Word, &str, &str)| row.1 == name || row.2 == name;
        WORDS.into_iter().find(is).map(|row| row.0)
    }
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// In a word.
    pub word: Word,
    /// Why, as a clause: `it asked again 0 ms after it was told 1 s`.
    pub because: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_json_has_and_leads_back() {
        for (place, word) in Word::all().enumerate() {
            assert_eq!(place, word as usize);
            let json = serde_json::to_string(&word).unwrap();
            assert_eq!(json, format!("\"{}\"", word.name()));
            assert_eq!(Word::named(word.name()), Some(word));
            assert_eq!(Word::named(word.text()), Some(word));
        }
        assert_eq!(Word::named("sings"), None);
    }
}
