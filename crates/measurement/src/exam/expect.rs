//! What somebody expects of a program: `carries-on:reset`.

use super::document::Scored;
use super::scene::{self, SCENES, Scene};
use super::word::Word;

/// A word for a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expectation {
    /// What is to be judged.
    pub word: Word,
    /// In which scene.
    pub scene: &'static Scene,
}

impl Expectation {
    /// Reads `waits:retry-after`.
    ///
    /// # Errors
    ///
    /// A sentence that says what to write instead.
    pub fn parse(text: &str) -> Result<Expectation, String> {
        let Some((word, name)) = text.split_once(':') else {
            return Err(format!(
                "`{text}` names no scene; write a word and a scene, such as \
                 `carries-on:reset`"
            ));
        };
        let Some(word) = Word::named(word.trim()) else {
            let words: Vec<&str> = Word::all().map(Word::name).collect();
            return Err(format!(
                "there is no word `{word}`; there are {}",
                words.join(", ")
            ));
        };
        let Some(scene) = scene::named(name.trim()) else {
            return Err(unknown(name));
        };
        Ok(Expectation { word, scene })
    }

    /// Whether the scene was judged so.
    pub fn is_met(&self, scored: &[Scored]) -> bool {
        self.of(scored).is_some_and(|one| one.verdict.word == self.word)
    }

    /// What the scene came to, if it was played.
    pub fn of<'a>(&self, scored: &'a [Scored]) -> Option<&'a Scored> {
        scored.iter().find(|one| one.performance.scene == self.scene.name)
    }
}

/// There is no such scene, but others.
pub(super) fn unknown(name: &str) -> String {
    let names: Vec<&str> = SCENES.iter().map(|scene| scene.name).collect();
    format!("there is no scene `{name}`; there are {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_a_scene_are_read_and_all_else_is_told_what_to_write() {
        let read = Expectation::parse("waits:retry-after").unwrap();
        assert_eq!((read.word, read.scene.name), (Word::Waits, "retry-after"));
        for (text, told) in [
            ("reset", "`carries-on:reset`"),
            ("sings:reset", "there are carries-on, gives-up"),
            ("hangs:rest", "there are plain, uneven"),
            ("", "`carries-on:reset`"),
        ] {
            let why = Expectation::parse(text).unwrap_err();
            assert!(why.contains(told), "{text}: {why}");
        }
    }
}
