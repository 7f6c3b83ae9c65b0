use measurement::exam::{SCENES, Word};

use crate::terminal::say;

/// Names the scenes and the words.
pub(super) fn list() {
    say(scenes());
    say("The words, for --expect:");
    let words: Vec<&str> = Word::all().map(Word::name).collect();
    say(format!("  {}", words.join(", ")));
}

/// A line for each scene.
pub(super) fn scenes() -> String {
    let line = |(name, title)| format!("  {name:<17} {title}\n");
    let rows = SCENES.iter().map(|scene| line((scene.name, scene.title)));
    rows.collect()
}
