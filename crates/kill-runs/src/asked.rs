//! What the program is asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};

/// Its arguments.
pub(crate) struct Asked {
    /// How many runs.
    pub(crate) runs: u64,
    /// The seed of the first.
    pub(crate) seed: u64,
    /// Where the record goes.
    pub(crate) record: PathBuf,
}

/// A campaign of the page.
const RUNS: u64 = 100;
const SEED: u64 = 1;
const RECORD: &str = "reports/sample/machines/kills.json";

const OPTIONS: &str = "say --runs N, --seed S or --record FILE";

impl Asked {
    /// Reads them.
    ///
    /// # Errors
    ///
    /// If they ask for something else.
    pub(crate) fn read(words: &[OsString]) -> Result<Asked> {
        let record = PathBuf::from(RECORD);
        let mut asked = Asked { runs: RUNS, seed: SEED, record };
        for pair in words.chunks(2) {
            let name = pair[0].to_string_lossy();
            let value = pair.get(1).ok_or_else(|| {
                anyhow!("`{name}` is no option, or lacks its value; {OPTIONS}")
            })?;
            let number = || {
                let text = value.to_string_lossy();
                text.parse().with_context(|| {
                    format!("{name} takes a number, and `{text}` is none")
                })
            };
            match &*name {
                "--runs" => asked.runs = number()?,
                "--seed" => asked.seed = number()?,
                "--record" => asked.record = value.into(),
                _ => bail!("there is no option `{name}`; {OPTIONS}"),
            }
        }
        if asked.runs == 0 || asked.seed.checked_add(asked.runs).is_none() {
            bail!("--runs is from 1, and the last seed a number of 64 bits");
        }
        Ok(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Asked> {
        Asked::read(&words.iter().map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn what_is_not_said_is_the_campaign_of_the_page() {
        let asked = read(&[]).unwrap();
        assert_eq!((asked.runs, asked.seed), (RUNS, SEED));
        let asked = read(&["--seed", "7", "--runs", "2", "--record", "a"]);
        let asked = asked.unwrap();
        assert_eq!((asked.runs, asked.seed), (2, 7));
        assert_eq!(asked.record, PathBuf::from("a"));
    }

    #[test]
    fn anything_else_is_refused_in_a_line() {
        let last = u64::MAX.to_string();
        let cases: [&[&str]; 7] = [
            &["--help"],
            &["--what", "1"],
            &["--runs"],
            &["--runs", "0"],
            &["--runs", "many"],
            &["--runs", "-1"],
            &["--seed", &last],
        ];
        for words in cases {
            let said = read(words).err().expect("an error");
            let said = format!("{said:#}");
            assert_eq!(said.lines().count(), 1, "{said}");
        }
    }
}
