//! An exam in words.

use measurement::exam::{Exam, Word};
use measurement::quantity::{capital, plural};

use crate::caption::Caption;
use crate::finding::{elided, fitting};

/// The words to [`super::exam`].
pub fn caption_exam(exam: &Exam) -> Caption {
    let words: Vec<String> = exam
        .scenes
        .iter()
        .map(|one| {
            format!("{} {}", one.performance.scene, one.verdict.word.text())
        })
        .collect();
    let also = exam
        .scenes
        .iter()
        .filter(|one| one.verdict.word == Word::CannotTell)
        .map(|one| {
            let (scene, why) = (&one.performance.scene, &one.verdict.because);
            format!("{}: {why}.", capital(scene))
        });
    Caption {
        title: title(exam),
        description: format!(
            "A row for each scene, with the requests that the server saw and \
             a word for what the program did. {}.",
            capital(&words.join(", "))
        ),
        look_for: "Look for rows that reach the right edge, which had to be \
                   ended, and for bars of another colour: how soon after the \
                   first request they come is how soon the program asks again."
            .to_owned(),
        also: also.collect(),
    }
}

/// How often each word was said: those first that nobody wants to hear, and of
/// them the most frequent.
pub(super) fn counts(exam: &Exam) -> Vec<(usize, Word)> {
    let count = |word: Word| {
        exam.scenes.iter().filter(|one| one.verdict.word == word).count()
    };
    let mut counts: Vec<(usize, Word)> =
        Word::all().map(|word| (count(word), word)).collect();
    counts.retain(|(count, _)| *count > 0);
    let unknown = |word: Word| word == Word::CannotTell;
    counts.sort_by_key(|(count, word)| {
        (unknown(*word), !word.accuses(), std::cmp::Reverse(*count))
    });
    counts
}

/// What the program is accused of; else what it did.
fn title(exam: &Exam) -> String {
    let name = exam.name();
    let who = elided(if name.is_empty() { "The program" } else { name }, 24);
    let all = plural(exam.scenes.len(), "scene");
    let mut counts = counts(exam);
    counts.retain(|(_, word)| *word != Word::CannotTell);
    if counts.iter().any(|(_, word)| word.accuses()) {
        counts.retain(|(_, word)| word.accuses());
    }
    let clause = |(at, (count, word)): (usize, &(usize, Word))| match at {
        0 => format!("{} in {count} of {all}", word.text()),
        _ => format!("{} in {count}", word.text()),
    };
    // As many words as there is room for, from the first on.
    let clauses: Vec<String> = counts.iter().enumerate().map(clause).collect();
    let sentences = (0..clauses.len())
        .rev()
        .map(|last| format!("{who} {}", clauses[..=last].join(", ")));
    fitting(sentences.chain([format!("{who} in {all}")]))
}
