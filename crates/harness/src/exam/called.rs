//! The program, how it is called, and what it is handed.

use std::path::Path;

use anyhow::Result;
use measurement::exam::Handed;

use crate::child;
use crate::cli::ExamArgs;
use crate::text::secrets;
use crate::usage::usage;

/// Where a program takes one URL.
const URL: &str = "{url}";

/// Where it takes a file of URLs.
const URLS: &str = "{urls}";

/// URLs of a list: enough that some meet something and most do not.
const LISTED: u64 = 24;

/// Calls of a program that takes one URL: the second meets something, those
/// before and after it do not.
const CALLS: u64 = 3;

/// A command that can work.
#[derive(Debug, Clone)]
pub(super) struct Called {
    /// The program's path and its arguments, with the placeholders in them.
    pub(super) words: Vec<String>,
    pub(super) handed: Handed,
    /// How many URLs a scene has.
    pub(super) urls: u64,
}

impl Called {
    /// Finds the program, and refuses a command that cannot work.
    ///
    /// # Errors
    ///
    /// A sentence that says what to write instead.
    pub(super) fn prepare(args: &ExamArgs) -> Result<Called> {
        let words = &args.command;
        let Some(name) = words.first() else {
            return Err(usage(format!(
                "there is no program to examine; write it after `--`, such as \
                 `harness exam -- curl {URL}`"
            )));
        };
        let has = |what: &str| words.iter().any(|word| word.contains(what));
        let shown = secrets::command(words).join(" ");
        let (handed, urls) = match (has(URL), has(URLS)) {
            (true, false) => {
                if args.urls.is_some() {
                    return Err(usage(format!(
                        "--urls is for a program that takes a file, {URLS}; \
                         for one that takes {URL} write --times"
                    )));
                }
                (Handed::One, args.times.unwrap_or(CALLS))
            }
            (false, true) => {
                if args.times.is_some() {
                    return Err(usage(format!(
                        "--times is for a program that takes one {URL}; for \
                         one that takes a file, {URLS}, write --urls"
                    )));
                }
                (Handed::List, args.urls.unwrap_or(LISTED))
            }
            (true, true) => {
                return Err(usage(format!(
                    "the command has both {URL} and {URLS}; write one of them"
                )));
            }
            (false, false) => {
                return Err(usage(format!(
                    "the command has no {URL} and no {URLS}: write {URL} where \
                     `{name}` takes its address, or {URLS} where it takes a \
                     file of them, such as `harness exam -- {shown} {URL}`"
                )));
            }
        };
        let words = child::found(words)?;
        Ok(Called { words, handed, urls })
    }
}

/// The words with the URL in them.
pub(super) fn with_url(words: &[String], url: &str) -> Vec<String> {
    words.iter().map(|word| word.replace(URL, url)).collect()
}

/// The words with the file in them.
pub(super) fn with_list(words: &[String], list: &Path) -> Vec<String> {
    let list = list.to_string_lossy();
    words.iter().map(|word| word.replace(URLS, &list)).collect()
}
