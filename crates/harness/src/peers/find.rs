//! Who is here, and in which version.

use std::env;
use std::process::ExitStatus;
use std::time::Duration;

use anyhow::{Context, Result};
use measurement::peers::Missing;

use super::clients::{KNOWN, Known, Program};
use crate::child::Interrupted;
use crate::interrupt::Interrupt;
use crate::launch::{Ran, run};
use crate::trial::find_python;

/// How long it may take to say who it is: an interpreter has to load its
/// modules.
const TELLS_WITHIN: Duration = Duration::from_secs(20);

/// A client that is here.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) known: &'static Known,
    /// How it is started, before its arguments.
    start: Vec<String>,
    /// The same for people, without where it lies.
    shown: Vec<String>,
    pub(super) version: Option<String>,
}

/// Those of `only`, or all of them if it is empty: who is here, and who is
/// not.
///
/// # Errors
///
/// [`Interrupted`] after Ctrl-C.
pub(super) fn look_for(
    only: &[String],
    interrupt: &Interrupt,
) -> Result<(Vec<Found>, Vec<Missing>)> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let python = find_python(interrupt);
    let wanted = |known: &&Known| {
        only.is_empty() || only.iter().any(|name| name == known.name)
    };
    for known in KNOWN.iter().filter(wanted) {
        match of(known, python, interrupt)? {
            Some(one) => found.push(one),
            None => missing.push(Missing {
                name: known.name.to_owned(),
                install: known.install.to_owned(),
            }),
        }
    }
    Ok((found, missing))
}

fn of(
    known: &'static Known,
    python: Option<&str>,
    interrupt: &Interrupt,
) -> Result<Option<Found>> {
    Ok(match &known.program {
        Program::Ours => {
            let own = env::current_exe()
                .context("cannot find the harness's own program")?;
            let start = vec![own.to_string_lossy().into_owned()];
            let shown = vec!["harness".to_owned()];
            Some(Found { known, start, shown, version: None })
        }
        Program::Named(name) => match which::which(name) {
            Err(_) => None,
            Ok(path) => {
                let start = vec![path.to_string_lossy().into_owned()];
                let shown = vec![(*name).to_owned()];
                let version = match known.version {
                    None => None,
                    Some(words) => {
                        let words = [&start[..], &owned(words)].concat();
                        let told = asked(&words, interrupt)?;
                        told.and_then(|(_, ran)| {
                            version(&(ran.out.text + &ran.err.text))
                        })
                    }
                };
                Some(Found { known, start, shown, version })
            }
        },
        Program::Python { module, file, source } => {
            let Some(python) = python else { return Ok(None) };
            let ask = format!(
                "import sys, {module}; print(sys.executable); \
                 print({module}.__version__, 'on', sys.version.split()[0])"
            );
            let told = asked(&owned(&[python, "-c", &ask]), interrupt)?;
            let told = told.filter(|(status, _)| status.success());
            // The interpreter itself: what stands for it on the path may be a
            // script, which costs something to start.
            told.and_then(|(_, told)| {
                let text = told.out.text.trim();
                let (executable, version) = text.split_once('\n')?;
                let start = owned(&[executable, "-c", source]);
                let shown = owned(&[python, file]);
                let version = Some(version.trim().to_owned());
                Some(Found { known, start, shown, version })
            })
        }
    })
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Runs it; none if that fails.
fn asked(
    words: &[String],
    interrupt: &Interrupt,
) -> Result<Option<(ExitStatus, Ran)>> {
    match run(words, TELLS_WITHIN, interrupt) {
        Ok(ran) => Ok(Some(ran)),
        Err(error) if error.is::<Interrupted>() => Err(error),
        Err(_) => Ok(None),
    }
}

/// The first thing in a text that looks like a version: `4.1.0`.
fn version(text: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut parts = text.split(|c: char| !is_part(c));
    let looks = |part: &&str| {
        let digits = part.starts_with(|c: char| c.is_ascii_digit());
        digits && part.trim_end_matches('.').contains('.')
    };
    let part = parts.find(looks)?;
    Some(part.trim_end_matches('.').to_owned())
}

/// What a client is to do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Job {
    pub(super) requests: u64,
    pub(super) concurrency: usize,
    pub(super) seconds: u64,
}

impl Found {
    /// The command for the shell of the system.
    pub(super) fn command(&self, job: Job, url: &str) -> Vec<String> {
        [&self.start[..], &self.words(job, url)].concat()
    }

    /// The same for people.
    pub(super) fn shown(&self, job: Job) -> Vec<String> {
        [&self.shown[..], &self.words(job, "{url}")].concat()
    }

    fn words(&self, job: Job, url: &str) -> Vec<String> {
        let word = |word: &&str| {
            word.replace("{n}", &job.requests.to_string())
                .replace("{c}", &job.concurrency.to_string())
                .replace("{s}", &job.seconds.to_string())
                .replace("{name}", self.known.name)
                .replace("{url}", url)
        };
        self.known.words.iter().map(word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn a_version_is_found_in_what_each_prints() {
        for (text, found) in [
            ("wrk debian/4.1.0-3+b2 [epoll] Copyright (C) 2012", Some("4.1.0")),
            ("This is ApacheBench, Version 2.3 <$Rev$>", Some("2.3")),
            ("h2load nghttp2/1.52.0\n", Some("1.52.0")),
            ("autocannon v9.0.0\nnode v20.20.2", Some("9.0.0")),
            ("oha 1.16.0", Some("1.16.0")),
            ("It is from 2012. No more.", None),
            ("", None),
        ] {
            assert_eq!(version(text).as_deref(), found, "{text}");
        }
    }
}
