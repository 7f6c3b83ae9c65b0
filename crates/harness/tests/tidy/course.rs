//! The page of a lesson quotes the code, the course's table, the heads of
//! traps and exercises, and the lesson's sample.

use std::fmt::Write;
use std::path::Path;

use harness::course::Header;
use measurement::course::{LESSONS, Lesson};

use crate::documents::{quote, summary_of};
use crate::{files, lesson_folders, name, read, root};

#[test]
fn the_course_has_each_lesson() {
    let folders = lesson_folders();
    let folders: Vec<&str> = folders.iter().map(|path| name(path)).collect();
    let own = LESSONS.iter();
    let own = own.map(|own| format!("lesson-{:02}-{}", own.number, own.name));
    assert_eq!(own.collect::<Vec<_>>(), folders, "the rows of course/table.rs");
}

/// From each page to the next, and from the last one on.
#[test]
fn the_pages_of_the_lessons_are_a_chain() {
    let folders = lesson_folders();
    let pages: Vec<String> = folders.iter().map(|own| page(own)).collect();
    for (own, next) in pages.iter().zip(pages.iter().skip(1)) {
        let text = read(&root().join(own));
        let file = next.rsplit('/').next().unwrap_or_default();
        let last = text.trim_end().lines().last().unwrap_or_default();
        assert!(last.contains(file), "{own} does not end with {file}");
    }
    let last = pages.last().expect("a page");
    let text = read(&root().join(last));
    assert!(text.contains("(../which.md)"), "{last} should end with which.md");
}

#[test]
fn the_page_of_a_lesson_quotes_the_course() {
    for (folder, lesson) in lesson_folders().iter().zip(LESSONS) {
        let page = page(folder);
        quote(&page, "predict", &predict(lesson));
        quote(&page, "core", &core(&read(&folder.join("src/lib.rs"))));
        quote(&page, "chart", &chart(lesson));
        quote(&page, "explain", &explain(lesson));
        quote(&page, "traps", &traps(folder, lesson));
        quote(&page, "exercises", &exercises(folder, lesson));
    }
}

#[test]
fn the_page_of_a_lesson_has_its_parts_in_their_order() {
    for (folder, lesson) in lesson_folders().iter().zip(LESSONS) {
        let page = page(folder);
        let text = read(&root().join(&page));
        let number = lesson.number;
        assert!(text.starts_with(&format!("# {number} ")), "{page}");
        let parts = [
            format!("**{}**", lesson.question),
            "## Predict".to_owned(),
            "## Run".to_owned(),
            format!("{} lesson {number}\n", harness(lesson)),
            "## The core".to_owned(),
            "## The chart".to_owned(),
            "## Explain".to_owned(),
            "## Break it".to_owned(),
            "## Exercises".to_owned(),
            "## In the book".to_owned(),
        ];
        let mut rest = text.as_str();
        for part in parts {
            let after = rest.split_once(&part);
            assert!(after.is_some(), "{page}: no `{part}`, or too early");
            rest = after.map_or("", |(_, after)| after);
        }
    }
}

/// Who reads a page from top to bottom predicts before anything is answered.
#[test]
fn the_answers_of_a_lesson_are_there_to_be_opened() {
    for folder in lesson_folders() {
        let page = page(&folder);
        let text = read(&root().join(&page));
        for quoted in ["chart", "explain"] {
            let begin = format!("<!-- BEGIN {quoted} -->");
            let (before, _) = text.split_once(&begin).expect("a marker");
            let open = before.matches("<details>").count();
            let closed = before.matches("</details>").count();
            assert_eq!(open, closed + 1, "{page}: {quoted} is seen at once");
        }
        // Without an empty line what follows is no Markdown to most readers.
        for summary in text.split("</summary>").skip(1) {
            assert!(summary.starts_with("\n\n"), "{page}: {summary:.40}");
        }
    }
}

/// The page of a lesson, from the checkout.
fn page(folder: &Path) -> String {
    let name = name(folder).trim_start_matches("lesson-");
    format!("docs/lessons/{name}.md")
}

/// What a reader types before a command of that lesson.
fn harness(lesson: &Lesson) -> &'static str {
    match lesson.needs_queue() {
        true => "cargo run -p harness --features many-machines --",
        false => "cargo run -p harness --",
    }
}

fn predict(lesson: &Lesson) -> String {
    let mut text = String::new();
    for (ask, i) in lesson.asks.iter().zip(1..) {
        let _ = writeln!(text, "{i}. {}", ask.words);
    }
    let number = lesson.number;
    let _ =
        writeln!(text, "\n```sh\n{} predict {number}\n```", harness(lesson));
    text
}

/// What stands between the marks, without the indentation that all share.
fn core(text: &str) -> String {
    let lines = text.lines().map(str::trim_end);
    let lines: Vec<&str> = lines
        .skip_while(|line| line.trim() != "// ANCHOR: core")
        .skip(1)
        .take_while(|line| line.trim() != "// ANCHOR_END: core")
        .collect();
    let depth = |line: &&str| line.len() - line.trim_start().len();
    let written = lines.iter().filter(|line| !line.is_empty());
    let shared = written.map(depth).min().expect("a core");
    let mut quoted = String::from("```rust,ignore\n");
    for line in lines {
        quoted += line.get(shared..).unwrap_or_default();
        quoted.push('\n');
    }
    quoted + "```\n"
}

/// The lesson's folder in the sample, from the checkout.
fn sample(lesson: &Lesson) -> String {
    format!("reports/sample/lessons/{:02}", lesson.number)
}

fn chart(lesson: &Lesson) -> String {
    if !root().join(sample(lesson)).join("charts").is_dir() {
        return "The run draws it, and says where it is.\n".to_owned();
    }
    // The book's own copy.
    let charts = format!("../sample/lessons/{:02}/charts", lesson.number);
    format!(
        "<picture>\n\
         <source media=\"(prefers-color-scheme: dark)\" \
         srcset=\"{charts}/lesson-dark.svg\">\n\
         <img width=\"960\" alt=\"{}\" \
         src=\"{charts}/lesson-light.svg\">\n\
         </picture>\n",
        charts::finding_lesson(lesson.number, &summary_of(&sample(lesson)))
    )
}

fn explain(lesson: &Lesson) -> String {
    let folder = sample(lesson);
    if !root().join(&folder).is_dir() {
        return "The run puts your numbers in.\n".to_owned();
    }
    let lines = charts::explain_lesson(lesson.number, &summary_of(&folder));
    assert!(!lines.is_empty(), "{folder} explains nothing");
    lines.iter().map(|line| format!("- {line}\n")).collect()
}

fn traps(folder: &Path, lesson: &Lesson) -> String {
    let mut text = String::from(
        "| learners think that | the program | both waterfalls, and why |\n\
         | --- | --- | --- |\n",
    );
    for path in files(&folder.join("examples"), ".rs") {
        let file = name(&path);
        let Some(trap) = file.strip_prefix("wrong_") else { continue };
        let header = Header::parse(&read(&path)).expect("a trap's head");
        let _ = writeln!(
            text,
            "| {} | [{}](../../crates/{}/examples/{file}) | \
             `{} lesson {} --trap {}` |",
            header.think.trim_end_matches('.'),
            header.title,
            name(folder),
            harness(lesson),
            lesson.number,
            trap.trim_end_matches(".rs")
        );
    }
    text
}

fn exercises(folder: &Path, lesson: &Lesson) -> String {
    let mut text = String::new();
    let paths = files(&folder.join("exercises"), "exercise.rs");
    let first = paths.first().and_then(|path| path.parent());
    let first = name(first.expect("an exercise")).to_owned();
    for path in paths {
        let exercise = name(path.parent().expect("a folder"));
        let source = read(&path);
        let head = source.lines().map_while(|l| l.strip_prefix("//!"));
        let head: Vec<&str> = head.map(str::trim).collect();
        let title = head[0].strip_prefix("# Exercise: ").expect("a title");
        let task = head.iter().skip(2).take_while(|line| !line.is_empty());
        let task: Vec<&str> = task.copied().collect();
        let _ = writeln!(
            text,
            "- **{}.** {} `{} check {} {exercise}`",
            capitalised(title),
            task.join(" "),
            harness(lesson),
            lesson.number
        );
    }
    let _ = writeln!(
        text,
        "\n`--hint` gives a hint, `--solution` checks ours instead. To begin \
         again: `{} check {} {first} --reset`.",
        harness(lesson),
        lesson.number
    );
    text
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}
