use std::fmt;
use std::str::FromStr;

use crate::{Kind, QueueError};

/// The name of a batch: its streams and subjects begin with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchName(String);

/// The consumer of its jobs that all workers share.
pub(crate) const WORKERS: &str = "workers";

/// The longest name, in bytes.
const LONGEST: usize = 64;

impl BatchName {
    pub(crate) fn jobs(&self) -> String {
        format!("{self}-jobs")
    }

    pub(crate) fn results(&self) -> String {
        format!("{self}-results")
    }

    /// On it every job is published.
    pub(crate) fn job(&self) -> String {
        format!("{self}.job")
    }

    /// On it the result of one job is published.
    pub(crate) fn result(&self, number: u64) -> String {
        format!("{self}.result.{number}")
    }

    pub(crate) fn every_result(&self) -> String {
        format!("{self}.result.*")
    }

    /// The number of the job that a result on this subject is of.
    pub(crate) fn number(&self, subject: &str) -> Option<u64> {
        let rest = subject.strip_prefix(&self.0)?;
        rest.strip_prefix(".result.")?.parse().ok()
    }
}

impl FromStr for BatchName {
    type Err = QueueError;

    /// # Errors
    ///
    /// If it is not of 1 to 64 letters, digits, `-` and `_`: anything else
    /// would mean something in a subject.
    fn from_str(text: &str) -> Result<BatchName, QueueError> {
        let plain = |byte: u8| {
            byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
        };
        let fits = (1..=LONGEST).contains(&text.len());
        if fits && text.bytes().all(plain) {
            return Ok(BatchName(text.to_owned()));
        }
        Err(QueueError::new(
            Kind::Asked,
            format!(
                "a batch cannot be called so: take 1 to {LONGEST} letters, \
                 digits, - and _"
            ),
        ))
    }
}

impl fmt::Display for BatchName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_token_of_a_subject() {
        for name in ["a", "night-7", "A_b", &"x".repeat(64)] {
            assert_eq!(name.parse::<BatchName>().unwrap().to_string(), name);
        }
        let bad = ["", "a.b", "a b", "*", ">", "$JS", "ä", "a\n"];
        for name in bad.into_iter().chain([&*"x".repeat(65)]) {
            assert!(name.parse::<BatchName>().is_err(), "{name}");
        }
    }

    #[test]
    fn a_result_says_its_job() {
        let name: BatchName = "night".parse().unwrap();
        assert_eq!(name.number(&name.result(17)), Some(17));
        for other in ["night.job", "night.result.", "night.result.x", "day"] {
            assert_eq!(name.number(other), None, "{other}");
        }
    }
}
