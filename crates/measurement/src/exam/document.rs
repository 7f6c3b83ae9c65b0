//! What is kept of an exam: `exam.json` of a folder that `harness exam`
//! leaves.

use serde::{Deserialize, Serialize};

use super::record::{Handed, Performance};
use super::remark::Remark;
use super::word::Verdict;
use crate::environment::Ended;

/// The version of `exam.json`.
pub const EXAM_VERSION: u32 = 2;

/// An exam: a program, and how it performed in each scene.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Exam {
    /// [`EXAM_VERSION`] of the writer.
    pub schema_version: u32,
    /// The name of the folder.
    pub run_id: String,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// The program and its arguments as typed, with `{url}` or `{urls}` in
    /// them.
    pub command: Vec<String>,
    /// What the program takes.
    pub handed: Handed,
    /// URLs of each scene.
    pub urls: u64,
    /// How many it was asked to have in flight, if that was said.
    pub concurrency: Option<u64>,
    /// The limit of each scene, ns.
    pub patience_ns: u64,
    /// In the order of the scenes; those that were not played are left out.
    pub scenes: Vec<Scored>,
    /// How it ended.
    pub end: Ended,
}

/// A performance and its judgement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// What happened.
    pub performance: Performance,
    /// What is to be said of it.
    pub verdict: Verdict,
    /// What else is striking.
    pub remarks: Vec<Remark>,
}

/// Programs that run another one, which is meant.
const INTERPRETERS: [&str; 12] = [
    "bash", "bun", "deno", "java", "node", "perl", "php", "python", "python3",
    "ruby", "sh", "uv",
];

impl Exam {
    /// What people call the program: its file without the folder, and of a
    /// script its own and not that of its interpreter.
    pub fn name(&self) -> &str {
        let file = |word: &'_ str| -> usize {
            word.rfind(['/', '\\']).map_or(0, |at| at + 1)
        };
        let first = self.command.first().map_or("", String::as_str).trim();
        let program = &first[file(first)..];
        if INTERPRETERS.contains(&program) {
            // A path with an ending, and no code.
            let is_script = |word: &&String| {
                let of_a_path = |c: char| {
                    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/')
                };
                let option = word.starts_with('-');
                word.contains('.') && !option && word.chars().all(of_a_path)
            };
            let mut words = self.command.iter().skip(1);
            if let Some(script) = words.find(is_script) {
                return &script[file(script)..];
            }
        }
        program
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_called_by_its_own_name() {
        let named = |command: &[&str]| {
            let command = command.iter().map(|word| (*word).to_owned());
            let exam = Exam {
                schema_version: EXAM_VERSION,
                run_id: String::new(),
                start_utc: String::new(),
                command: command.collect(),
                handed: Handed::One,
                urls: 3,
                concurrency: None,
                patience_ns: 1,
                scenes: Vec::new(),
                end: Ended::Finished,
            };
            exam.name().to_owned()
        };
        for (command, name) in [
            (&["/usr/bin/curl", "-sS", "{url}"][..], "curl"),
            (&["python3", "-u", "bin/crawl.py", "{urls}"], "crawl.py"),
            (&["python3", "-c", "print('a.b')", "{url}"], "python3"),
            (&["target/debug/", "x.py"], ""),
            (&[], ""),
        ] {
            assert_eq!(named(command), name);
        }
    }
}
