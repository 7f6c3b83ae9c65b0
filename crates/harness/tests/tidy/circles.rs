//! No file takes names from a file that takes names from it, be it by a
//! detour: whoever reads one would have to read all of them at once.
//!
//! `mod x;` and `pub use x::Name` are a face that a module gives to what is in
//! it, and no import. A name that a face shows belongs to the file that it is
//! written in. Unit tests do not count.

mod names;
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use names::Crate;

use crate::arrows::metadata;
use crate::root;

/// Which names a file takes from which other file.
type Ties = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

#[test]
fn no_file_imports_what_imports_it() {
    let mut told = Vec::new();
    let mut looked_at = 0;
    for package in metadata()["packages"].as_array().unwrap() {
        for target in package["targets"].as_array().unwrap() {
            let kind = target["kind"][0].as_str().unwrap();
            if kind == "lib" || kind == "bin" {
                let path = target["src_path"].as_str().unwrap();
                let ties = Crate::read(Path::new(path), &on_disk).ties();
                looked_at += ties.len();
                told.extend(circles(&ties));
            }
        }
    }
    assert!(told.is_empty(), "import circles:\n{}", told.join("\n"));
    assert!(looked_at > 100, "{looked_at} files import something");
}

fn on_disk(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// Each circle, with the names that tie it.
fn circles(ties: &Ties) -> Vec<String> {
    let reached: BTreeMap<&Path, BTreeSet<&Path>> =
        ties.keys().map(|file| (&**file, reach(ties, file))).collect();
    let reaches = |from: &Path, to: &Path| {
        reached.get(from).is_some_and(|found| found.contains(to))
    };
    let mut known = BTreeSet::new();
    let mut circles = Vec::new();
    for file in ties.keys() {
        if known.contains(&**file) || !reaches(file, file) {
            continue;
        }
        let on_circle = |other: &&Path| reaches(other, file);
        let members: BTreeSet<&Path> =
            reached[&**file].iter().copied().filter(on_circle).collect();
        circles.push(told(ties, &members));
        known.extend(members);
    }
    circles
}

/// The files that one imports, and those that these import, and so on.
fn reach<'a>(ties: &'a Ties, from: &Path) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for to in ties.get(file).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(&**to) {
                next.push(to);
            }
        }
    }
    found
}

fn told(ties: &Ties, members: &BTreeSet<&Path>) -> String {
    let root = root();
    let shown = |file: &Path| {
        file.strip_prefix(&root).unwrap_or(file).display().to_string()
    };
    let mut lines = vec![format!("a circle of {} files", members.len())];
    for file in members {
        for (to, names) in &ties[*file] {
            if members.contains(&**to) {
                let names: Vec<&str> =
                    names.iter().map(String::as_str).collect();
                let (file, to) = (shown(file), shown(to));
                lines.push(format!("  {file} -> {to}: {}", names.join(", ")));
            }
        }
    }
    lines.join("\n")
}

/// What is found in a crate of these files.
fn found_in(files: &[(&str, &str)]) -> Vec<String> {
    let read = |path: &Path| {
        let named = files.iter().find(|(name, _)| Path::new(name) == path);
        named.map(|(_, text)| (*text).to_owned())
    };
    circles(&Crate::read(Path::new("lib.rs"), &read).ties())
}

#[test]
fn a_circle_is_told_with_the_names_that_tie_it() {
    let found = found_in(&[
        ("lib.rs", "mod a; mod b; mod c; pub use a::A;"),
        ("a.rs", "use crate::b::b; pub struct A; fn f() { b() }"),
        ("b.rs", "pub fn b() -> usize { super::c::C.len() }"),
        ("c.rs", "pub const C: &str = \"\"; fn g() { dbg!(crate::A) }"),
    ]);
    let all = "a circle of 3 files\n  a.rs -> b.rs: b\n  b.rs -> c.rs: C\n  \
               c.rs -> a.rs: A";
    assert_eq!(found, [all]);
}

#[test]
fn a_parent_that_uses_its_child_is_no_face() {
    let parent = "mod child; pub use child::part; pub struct Whole;";
    let child = ("m/child.rs", "use super::Whole; pub fn part(_: Whole) {}");
    let lib = ("lib.rs", "mod m;");
    assert_eq!(found_in(&[lib, ("m.rs", parent), child]), [""; 0]);
    let uses = format!("{parent} fn f() {{ part(Whole) }}");
    let found = found_in(&[lib, ("m/mod.rs", &uses), child]);
    assert_eq!(found.len(), 1, "{found:?}");
    let tests = format!("{parent} #[cfg(test)] mod t {{ use super::part; }}");
    assert_eq!(found_in(&[lib, ("m.rs", &tests), child]), [""; 0]);
}
