//! The pages of the book: all are in it, none is long, no figure is written
//! by hand, no word of the glossary is unused.

use std::collections::BTreeSet;
use std::path::PathBuf;

use measurement::course::LESSONS;
use measurement::waits::{
    BOOK_SEQUENTIAL, BOOK_THREADS, BOOK_WAIT, SLOW_WAIT, USUAL_WAIT, Waits,
};

use crate::{files, lesson_folders, name, read, root};

/// Pages to look things up, or that are signed reports of measurements: their
/// figures have a date, and nobody reads them from top to bottom.
const REFERENCE: [&str; 11] = [
    "methodology.md",
    "numbers.md",
    "mechanisms.md",
    "performance.md",
    "architecture.md",
    "decisions.md",
    "decisions-programs.md",
    "decisions-page.md",
    "decisions-wire.md",
    "chart-questions.md",
    "adding-a-lesson.md",
];

/// The pages of the course.
fn course() -> Vec<PathBuf> {
    let mut pages = files(&root().join("docs"), ".md");
    pages.retain(|page| {
        !REFERENCE.contains(&name(page)) && name(page) != "SUMMARY.md"
    });
    assert!(pages.len() >= 11, "{} pages", pages.len());
    pages
}

#[test]
fn the_summary_names_every_page_once() {
    let docs = root().join("docs");
    let summary = read(&docs.join("SUMMARY.md"));
    let links = summary.split("](").skip(1);
    let named: Vec<&str> =
        links.map(|link| link.split(')').next().unwrap()).collect();
    let once: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), once.len(), "a page is named twice");
    let there: BTreeSet<String> = files(&docs, ".md")
        .iter()
        .map(|page| page.strip_prefix(&docs).unwrap().display().to_string())
        .filter(|page| page != "SUMMARY.md")
        .collect();
    let there: BTreeSet<&str> = there.iter().map(String::as_str).collect();
    assert_eq!(once, there);
}

#[test]
fn a_page_is_read_in_ten_minutes() {
    for page in files(&root().join("docs"), ".md") {
        let text = read(&page);
        let words = text.split_whitespace().count();
        assert!(words <= 1800, "{} has {words} words", page.display());
        let lines = text.lines().count();
        let lesson = page.parent().is_some_and(|p| name(p) == "lessons");
        let most = if lesson { 140 } else { 200 };
        assert!(lines <= most, "{} has {lines} lines", page.display());
    }
}

#[test]
fn no_figure_is_written_by_hand() {
    let known = constants();
    for page in course() {
        for (line, figure) in figures(&prose(&read(&page))) {
            assert!(
                known.contains(&figure),
                "{}: `{figure}` is no constant of the code, in: {line}\n\
                 Quote it between BEGIN and END, or leave it out.",
                page.display()
            );
        }
    }
}

/// The waits of the lessons and the book's own figures, in every form.
fn constants() -> BTreeSet<String> {
    let mut times =
        vec![BOOK_SEQUENTIAL, BOOK_THREADS, BOOK_WAIT, SLOW_WAIT, USUAL_WAIT];
    for cell in LESSONS.iter().flat_map(|lesson| lesson.cells) {
        if let Waits::Fixed(wait) = cell.waits {
            times.push(wait);
        }
    }
    let forms = times.into_iter().flat_map(|ns| {
        [format!("{} ms", ns / 1_000_000), format!("{:.2} s", ns as f64 / 1e9)]
    });
    forms.collect()
}

/// A page without what is quoted and without code.
fn prose(text: &str) -> String {
    let (mut quoted, mut fenced) = (false, false);
    let mut prose = String::new();
    for line in text.lines() {
        if line.starts_with("<!-- BEGIN ") {
            quoted = true;
        } else if line.starts_with("<!-- END ") {
            quoted = false;
        } else if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !quoted && !fenced {
            // Every second piece is inline code.
            prose.extend(line.split('`').step_by(2));
            prose.push('\n');
        }
    }
    prose
}

/// The numbers with a unit, and the lines in which they stand.
fn figures(prose: &str) -> Vec<(&str, String)> {
    const UNITS: [&str; 11] =
        ["ms", "s", "µs", "ns", "KiB", "MiB", "GiB", "kB", "MB", "×", "%"];
    let mut found = Vec::new();
    for line in prose.lines() {
        let mut rest = line;
        while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
            let text = &rest[at..];
            let number = text
                .find(|c: char| !(c.is_ascii_digit() || ".,".contains(c)))
                .map_or(text, |end| &text[..end]);
            rest = &text[number.len()..];
            let unit = rest.trim_start_matches([' ', '\u{a0}', '-']);
            let is_unit = |name: &&str| {
                unit.strip_prefix(*name).is_some_and(|after| {
                    !after.starts_with(char::is_alphanumeric)
                })
            };
            if let Some(name) = UNITS.iter().find(|name| is_unit(name)) {
                found.push((line, format!("{number} {name}")));
            }
        }
    }
    found
}

#[test]
fn figures_are_found_where_they_are() {
    let text = "It takes 5 s, 0.82 s or 30 seconds.\n\
        <!-- BEGIN x -->\n7 ms\n<!-- END x -->\n```\n8 ms\n```\n\
        Lesson 4 is 3× or 12 % of `9 ms`; F2.\n";
    let found: Vec<String> =
        figures(&prose(text)).into_iter().map(|(_, figure)| figure).collect();
    assert_eq!(found, ["5 s", "0.82 s", "3 ×", "12 %"]);
}

#[test]
fn every_word_of_the_glossary_is_used() {
    let glossary = root().join("docs/glossary.md");
    let others: Vec<PathBuf> = files(&root().join("docs"), ".md")
        .into_iter()
        .filter(|page| *page != glossary)
        .chain(lesson_folders().iter().map(|f| f.join("src/lib.rs")))
        .collect();
    let text: String = others.iter().map(|page| read(page)).collect();
    let text = text.to_lowercase().replace('*', "");
    let mut terms: Vec<String> = Vec::new();
    for line in read(&glossary).lines().filter(|l| l.starts_with("**")) {
        let term = line.split("**").nth(1).unwrap().to_lowercase();
        assert!(text.contains(&term), "nobody uses `{term}`");
        assert!(line.contains("]("), "`{term}` is met nowhere");
        let place = format!("<a id=\"{}\"></a>", term.replace(' ', "-"));
        assert!(line.contains(&place), "`{term}` cannot be linked to");
        terms.push(term);
    }
    assert!(terms.len() >= 25, "{} terms", terms.len());
    assert!(terms.is_sorted(), "the glossary is not in order");
}
