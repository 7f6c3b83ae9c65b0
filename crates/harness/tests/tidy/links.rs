//! The commands of a document are ones that cargo and the program understand,
//! and its links lead somewhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::arrows::metadata;
use crate::{files, lesson_folders, name, read, root};
use clap::Parser;
use clap::error::ErrorKind;
use harness::cli::Cli;

fn documents() -> Vec<PathBuf> {
    let mut documents = files(&root().join("docs"), ".md");
    for name in ["README.md", "CONTRIBUTING.md"] {
        documents.push(root().join(name));
    }
    documents
}

/// What a program with many machines is built with.
const FEATURE: &str = " --features many-machines";

/// What stands after each `cargo run` of a document, in blocks and in lines.
fn commands(text: &str) -> Vec<String> {
    let commands = text.split("cargo run ").skip(1);
    let ends = ['\n', '`'];
    let line = |rest: &str| {
        let rest = &rest.replacen(FEATURE, "", 1);
        let line = rest.split(ends).next().unwrap_or_default();
        let line = line.split(" #").next().unwrap_or_default();
        // Stand-ins for what the reader writes there.
        let line = line.replace(" NAME", " join_in_loop");
        format!("{line} ").replace(" N ", " 2 ").trim_end().to_owned()
    };
    commands.map(line).collect()
}

/// What a reader copies must run as it stands: on a line of its own there is
/// no stand-in, and nothing is left out.
#[test]
fn every_line_that_is_a_command_is_whole() {
    let mut found = 0;
    for document in documents() {
        for line in read(&document).lines() {
            let line = line.replacen(FEATURE, "", 1);
            let command = line.trim().trim_start_matches("$ ");
            let Some(rest) = command.strip_prefix("cargo run -p harness")
            else {
                continue;
            };
            let rest = rest.split(" #").next().unwrap_or_default();
            let words = rest.trim().trim_start_matches("--");
            let words = words.split_whitespace();
            let parsed =
                Cli::try_parse_from(std::iter::once("harness").chain(words));
            found += 1;
            if let Err(error) = parsed {
                panic!("{}: `{command}`: {error}", document.display());
            }
        }
    }
    assert!(found >= 3, "{found} commands");
}

#[test]
fn every_command_of_a_document_is_understood() {
    let (examples, programs) = (named("example"), named("bin"));
    let mut found = 0;
    for document in documents() {
        for command in commands(&read(&document)) {
            found += 1;
            let shown = format!("{}: `{command}`", document.display());
            let words = command.split_whitespace();
            if let Some(rest) = command.strip_prefix("-p harness") {
                let words = rest.trim().trim_start_matches("--");
                let words = words.split_whitespace();
                understood(words, &shown);
            } else {
                let after = |word| {
                    let mut words = words.clone();
                    words.find(|found| *found == word).and(words.next())
                };
                let known = match after("--example") {
                    Some(example) => examples.contains(example),
                    None => after("-p").is_some_and(|p| programs.contains(p)),
                };
                assert!(known, "{shown}: there is no such program");
            }
        }
    }
    assert!(found >= 30, "{found} commands");
}

fn understood<'a>(words: impl Iterator<Item = &'a str>, shown: &str) {
    let command = Cli::try_parse_from(std::iter::once("harness").chain(words));
    let Err(error) = command else { return };
    // A sentence may name a subcommand alone.
    let alone = error.kind() == ErrorKind::MissingRequiredArgument;
    assert!(alone, "{shown}: {error}");
}

/// Every example or every program of the workspace, by name.
fn named(kind: &str) -> BTreeSet<String> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let targets = packages.flat_map(|p| p["targets"].as_array().unwrap());
    targets
        .filter(|target| target["kind"][0] == kind)
        .map(|target| target["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_trap_or_an_exercise_that_a_document_names_is_there() {
    for document in documents() {
        for command in commands(&read(&document)) {
            let words: Vec<&str> = command.split_whitespace().collect();
            for pair in words.windows(2) {
                if let ["--trap", trap] = pair {
                    let file = format!("examples/wrong_{trap}.rs");
                    found(&document, &file);
                }
            }
            if let ["-p", "harness", "--", "check", _, exercise, ..] = words[..]
            {
                let file = format!("exercises/{exercise}/exercise.rs");
                found(&document, &file);
            }
        }
    }
}

fn found(document: &Path, file: &str) {
    let there = lesson_folders().iter().any(|f| f.join(file).is_file());
    assert!(there, "{}: no lesson has {file}", document.display());
}

#[test]
fn every_link_leads_somewhere() {
    for document in documents() {
        let folder = document.parent().unwrap();
        let text = read(&document);
        let links = text.split("](").skip(1);
        let sources = text.split("=\"").skip(1).filter(|rest| {
            rest.split('"').next().is_some_and(|s| s.ends_with(".svg"))
        });
        for link in links.chain(sources) {
            let link = link.split([')', '"']).next().unwrap();
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            if path.starts_with("http") {
                continue;
            }
            let shown = format!("{}: {link}", document.display());
            let target = match path {
                "" => document.clone(),
                _ => folder.join(path),
            };
            assert!(target.exists(), "{shown}");
            if !anchor.is_empty() && name(&target).ends_with(".md") {
                let there = anchors(&read(&target)).contains(anchor);
                assert!(there, "{shown}: no such heading");
            }
        }
    }
}

/// What code hosts and mdBook make of the headings of a page, and the places
/// that have a name of their own.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let heading = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = heading
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    let named = text.split("<a id=\"").skip(1);
    let named = named.filter_map(|rest| Some(rest.split_once('"')?.0));
    headings.map(anchor).chain(named.map(str::to_owned)).collect()
}
