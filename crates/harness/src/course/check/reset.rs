//! `--reset`: an exercise's file as it was handed out.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use super::exercise::Exercise;
use super::workshop::{Place, Whose};
use crate::called::called;
use crate::terminal::{ask, attended, note, say};
use crate::usage::usage;

/// The texts are part of the program, from copies that nobody edits: of what a
/// reader has changed, the text of his file at build time would be a copy.
macro_rules! handed_out {
    ($($name:literal)*) => {
        /// The exercises as they were handed out: name and text.
        pub const HANDED_OUT: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"), "/handed_out/", $name, ".rs"
            )),
        )),*];
    };
}

handed_out! {
    "refused_in_the_list" "one_connection"
    "input_order" "no_thread_left" "in_waves"
    "cursor" "every_panic"
    "first_500" "smallest_hang" "std_channel"
    "input_order_tasks" "one_thread" "blocked_workers"
    "same_peak" "slow_consumer" "count_polls"
    "whole_batch" "cancel_blocking" "hedge"
    "fifty_a_second" "obey_retry_after" "circuit_breaker"
    "keep_alive" "alarms"
    "sleep" "timeout"
    "hashers" "heartbeat"
    "each_worker_dies" "poison_job"
}

/// Restores the file, after asking unless told `yes`, and keeps the reader's
/// beside it.
pub(super) fn reset(
    exercise: &Exercise,
    place: &Place,
    yes: bool,
) -> Result<ExitCode> {
    let name = place.name(exercise, Whose::Readers.file());
    let path = place.folder(exercise).join(Whose::Readers.file());
    let mut texts = HANDED_OUT.iter().filter(|row| row.0 == exercise.name);
    let Some((_, text)) = texts.next() else {
        bail!("nobody knows how {name} was handed out");
    };
    let readers = match fs::read(&path) {
        Ok(readers) => Some(readers),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => {
            Err(error).with_context(|| format!("cannot read {name}"))?
        }
    };
    if let Some(readers) = &readers {
        if readers == text.as_bytes() {
            say(format!(
                "{name} is as it was handed out; nothing was changed."
            ));
            return Ok(ExitCode::SUCCESS);
        }
        let differ = differing(&String::from_utf8_lossy(readers), text);
        let lines = if differ == 1 { "line differs" } else { "lines differ" };
        say(format!("{name}: {differ} {lines} from what was handed out."));
        if !yes && !agreed()? {
            note("nothing was changed");
            return Ok(ExitCode::FAILURE);
        }
        let kept = keep(&path, readers)?;
        let kept = kept.file_name().unwrap_or_default().display();
        say(format!("Yours is kept beside it, as {kept}."));
    }
    write(&path, text).with_context(|| format!("cannot write {name}"))?;
    say("It is as it was handed out again. Edit it, and check it:");
    let (lesson, name) = (exercise.lesson, exercise.name);
    say(format!("  {} check {lesson} {name}", called()));
    Ok(ExitCode::SUCCESS)
}

fn agreed() -> Result<bool> {
    if !attended() {
        return Err(usage(
            "`--reset` asks before it changes a file, and there is no \
             terminal to ask on; say `--reset --yes` if you mean it",
        ));
    }
    ask("Restore it? Yours will be kept beside it. [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).context("cannot hear an answer")?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// How many lines stand between what both begin with and what both end with,
/// in the longer one.
fn differing(one: &str, other: &str) -> usize {
    let (one, other): (Vec<_>, Vec<_>) =
        (one.lines().collect(), other.lines().collect());
    let pairs = one.iter().zip(&other);
    let begin = pairs.take_while(|(one, other)| one == other).count();
    let ends = one[begin..].iter().rev().zip(other[begin..].iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    one.len().max(other.len()) - begin - end
}

/// How often a file may have been kept.
const MOST_KEPT: u32 = 1000;

/// Keeps the reader's file under a name that is still free.
fn keep(path: &Path, readers: &[u8]) -> Result<PathBuf> {
    for number in 1..=MOST_KEPT {
        let ending = match number {
            1 => "rs.before-reset".to_owned(),
            _ => format!("rs.before-reset-{number}"),
        };
        let kept = path.with_extension(ending);
        let file = fs::File::create_new(&kept);
        match file.and_then(|mut file| file.write_all(readers)) {
            Ok(()) => return Ok(kept),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                let name = kept.display();
                return Err(error)
                    .with_context(|| format!("cannot keep yours as {name}"));
            }
        }
    }
    bail!(
        "{} has been kept {MOST_KEPT} times; delete some of the files \
         `*.before-reset*` beside it",
        path.display()
    )
}

/// Beside it first, so that it is never there in part.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let part = path.with_extension("rs.part");
    fs::write(&part, text)?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_differ_between_what_both_share() {
        let cases = [
            ("a\nb\nc\n", "a\nb\nc\n", 0),
            ("a\nx\nc\n", "a\nb\nc\n", 1),
            ("a\nx\ny\nb\nc\n", "a\nb\nc\n", 2),
            ("a\nc\n", "a\nb\nc\n", 1),
            ("", "a\nb\n", 2),
            ("a\na\n", "a\n", 1),
        ];
        for (one, other, lines) in cases {
            assert_eq!(differing(one, other), lines, "{one:?} {other:?}");
            assert_eq!(differing(other, one), lines, "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_was_kept_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("exercise.rs");
        for text in ["one", "two", "three"] {
            let kept = keep(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(kept).unwrap(), text);
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }
}
