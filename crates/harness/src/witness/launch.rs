use std::process::{Command, ExitCode, ExitStatus};

use anyhow::{Context, Result};

use crate::child;
use crate::secrets::masked_words;
use crate::usage::usage;

/// Where the program takes its address.
const PLACEHOLDER: &str = "{url}";

/// Finds the program, and refuses a command that cannot work.
pub(super) fn prepare(words: &[String]) -> Result<Vec<String>> {
    let Some(name) = words.first() else {
        return Err(usage(format!(
            "there is no program to run; write it after `--`, such as \
             `harness witness -- curl {PLACEHOLDER}`"
        )));
    };
    if !words.iter().any(|word| word.contains(PLACEHOLDER)) {
        return Err(usage(format!(
            "the command has no {PLACEHOLDER}: write it where `{name}` takes \
             its address, such as `harness witness -- {} {PLACEHOLDER}`",
            masked_words(words).join(" ")
        )));
    }
    let path = which::which(name).map_err(|_| {
        usage(format!(
            "there is no program `{name}` to run; is it installed, and is the \
             name spelled as in the shell?"
        ))
    })?;
    let mut command = words.to_vec();
    command[0] = path.to_string_lossy().into_owned();
    Ok(command)
}

/// Runs the program to its end, with the address put in. It has our standard
/// streams.
pub(super) fn run(command: &[String], url: &str) -> Result<ExitStatus> {
    let words: Vec<String> =
        command.iter().map(|word| word.replace(PLACEHOLDER, url)).collect();
    child::program(&words)?
        .status()
        .with_context(|| format!("cannot run {}", words[0]))
}

/// Turns this process into `command`. Returns only where that fails.
pub fn become_program(command: &[String]) -> Result<ExitCode> {
    let mut become_it = Command::new(&command[0]);
    become_it.args(&command[1..]);
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let error = become_it.exec();
        Err(error).with_context(|| format!("cannot run {}", command[0]))
    }
    #[cfg(not(unix))]
    {
        let status = become_it.status()?;
        Ok(ExitCode::from(u8::from(!status.success())))
    }
}
