use measurement::exam::{SCENES, Word};

use crate::terminal::say;

/// Names the scenes and the words.
pub(super) fn list() {
    say("The scenes, for --scene: what the server does");
    say(scenes());
    say("The words, for --expect: what the program does");
    for word in Word::all() {
        say(format!("  {:<17} {}", word.name(), word.meaning()));
    }
}

/// A line for each scene.
pub(super) fn scenes() -> String {
    let line = |(name, title)| format!("  {name:<17} {title}\n");
    let rows = SCENES.iter().map(|scene| line((scene.name, scene.title)));
    rows.collect()
}
