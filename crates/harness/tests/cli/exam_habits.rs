//! Programs with known habits, in three languages, are judged rightly, and
//! honest ones accused of nothing.

use std::{env, thread};

use measurement::exam::{Exam, Remark, Scored, Word};

use crate::exam::{accused_of_nothing, exam, plain, words};

/// A language that the programs are written in.
struct Language {
    program: &'static str,
    script: &'static str,
    /// What it needs beside.
    needs: &'static str,
    /// Its connections are for one request.
    connection_each: bool,
    /// It follows a redirect by itself.
    follows: bool,
}

const LANGUAGES: [Language; 3] = [
    Language {
        program: "python3",
        script: concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cli/exam_habits.py"
        ),
        needs: "python3",
        connection_each: true,
        follows: true,
    },
    Language {
        program: "node",
        script: concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cli/exam_habits.mjs"
        ),
        needs: "node",
        connection_each: false,
        follows: false,
    },
    Language {
        program: "sh",
        script: concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/cli/exam_habits.sh"
        ),
        needs: "curl",
        connection_each: true,
        follows: false,
    },
];

/// The languages that are here; where all is to be tested they must all be.
fn languages() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.iter().filter(|language| {
        let here = which::which(language.needs).is_ok();
        assert!(here || env::var_os("CI").is_none(), "CI: {}", language.needs);
        if !here {
            let line = format!("skipped: there is no {} here", language.needs);
            harness::terminal::note(&line);
        }
        here
    })
}

impl Language {
    /// The exam of a habit, in these scenes.
    fn exam(&self, habit: &str, scenes: &str) -> Exam {
        let program = [self.program, self.script, habit, "{urls}"];
        exam(&["-c", "8", "--scene", scenes], &program)
    }

    fn judges(&self, habit: &str, wanted: &[(&str, Word)]) {
        let scenes: Vec<&str> = wanted.iter().map(|row| row.0).collect();
        let exam = self.exam(habit, &scenes.join(","));
        assert_eq!(exam.scenes.len(), wanted.len(), "{exam:?}");
        for (one, (scene, word)) in exam.scenes.iter().zip(wanted) {
            assert_eq!(one.performance.scene, *scene);
            let who = format!("{} {habit}: {one:?}", self.script);
            assert!(is_right(one, *word), "{who}");
        }
    }
}

/// Whether the word is this one; where the machine had no processor for the
/// program for a quarter of its time, nobody need be able to tell.
fn is_right(one: &Scored, wanted: Word) -> bool {
    let did = &one.performance.did;
    let starved = did.starved_ns.is_some_and(|ns| ns > did.wall_ns / 4);
    let word = one.verdict.word;
    word == wanted || (word == Word::CannotTell && starved)
}

/// Scenes in which nobody waits for a time limit.
const QUICK: &str = "plain,uneven,errors,retry-after,too-many-date,overloaded,\
    refused,reset,closed-early,empty-reply,garbage,dribble,redirect,\
    redirect-loop,keep-alive,close-unsaid,wrong-length,chunked";

#[test]
fn honest_programs_are_accused_of_nothing() {
    // Who backs off by itself does not listen to what it is told.
    let untold = "overloaded,reset,garbage";
    for language in languages() {
        for (habit, scenes) in [
            ("pool", QUICK),
            ("waves", "reset"),
            ("patient", "errors,overloaded,reset"),
            ("backs-off", untold),
        ] {
            let who = format!("{} {habit}", language.script);
            accused_of_nothing(&language.exam(habit, scenes), &who);
        }
    }
}

#[test]
fn each_habit_has_its_word() {
    for language in languages() {
        language.judges(
            "storms",
            &[("overloaded", Word::Storms), ("reset", Word::Storms)],
        );
        language.judges(
            "hurries",
            &[("overloaded", Word::Storms), ("empty-reply", Word::Storms)],
        );
        language.judges(
            "deaf",
            &[
                ("retry-after", Word::Storms),
                ("too-many-date", Word::Storms),
                ("empty-reply", Word::CarriesOn),
            ],
        );
        language.judges(
            "patient",
            &[("retry-after-date", Word::Waits), ("too-many", Word::Waits)],
        );
        // Of a redirect that is not followed, there is nothing to tell.
        let in_a_loop = match language.follows {
            true => Word::Hides,
            false => Word::CarriesOn,
        };
        language.judges(
            "hides",
            &[
                ("errors", Word::Hides),
                ("refused", Word::Hides),
                ("closed-early", Word::Hides),
                ("redirect-loop", in_a_loop),
                ("chunked", Word::CarriesOn),
            ],
        );
        language.judges(
            "stops",
            &[("uneven", Word::CarriesOn), ("garbage", Word::GivesUp)],
        );
    }
}

#[test]
fn who_never_gives_up_an_answer_hangs() {
    let hangs = |language: &Language| {
        let program = [language.program, language.script, "hangs", "{urls}"];
        let options = ["--scene", "hang", "--patience", "4s"];
        let exam = exam(&options, &program);
        assert!(is_right(&exam.scenes[0], Word::Hangs), "{exam:?}");
        let now = &exam.scenes[0].performance;
        assert_eq!((now.seen.asked, now.seen.left_in_flight), (24, 1));
    };
    // They wait for most of the time, and can do that together.
    thread::scope(|scope| {
        for language in languages() {
            scope.spawn(move || hangs(language));
        }
    });
}

#[test]
fn what_is_striking_is_remarked() {
    for language in languages() {
        for (habit, wanted) in [
            ("serial", Some(Remark::OneByOne)),
            ("twice", Some(Remark::AsksTwice)),
            ("one-too-many", Some(Remark::TooManyAtOnce)),
            ("leaves", Some(Remark::LeavesProcesses)),
            ("leaks", Some(Remark::ConnectionEach)),
            ("waves", None),
        ] {
            // One curl opens its connections itself, and closes them.
            if habit == "leaks" && language.program == "sh" {
                continue;
            }
            let exam = language.exam(habit, "plain");
            assert_eq!(words(&exam), [("plain", Word::CarriesOn)], "{habit}");
            let mut remarks = plain(&exam).remarks.clone();
            if language.connection_each && habit != "leaks" {
                let place = remarks
                    .iter()
                    .position(|remark| *remark == Remark::ConnectionEach);
                remarks.remove(place.expect("no connection is kept"));
            }
            // Who has one at a time has fewer than it was asked to have.
            remarks.retain(|remark| *remark != Remark::TooFewAtOnce);
            let wanted: Vec<Remark> = wanted.into_iter().collect();
            assert_eq!(remarks, wanted, "{} {habit}", language.script);
        }
    }
}
