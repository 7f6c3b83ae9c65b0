//! How the program is found and run.

use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::child;
use crate::text::secrets;
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
            secrets::command(words).join(" ")
        )));
    }
    child::found(words)
}

/// Runs the program to its end, with the address put in. It has our standard
/// streams, but for its results, which go where they are sent.
pub(super) fn run(
    command: &[String],
    url: &str,
    results: Stdio,
) -> Result<ExitStatus> {
    let words: Vec<String> =
        command.iter().map(|word| word.replace(PLACEHOLDER, url)).collect();
    child::program(&words)?
        .stdout(results)
        .status()
        .with_context(|| format!("cannot run {}", words[0]))
}

/// Turns this process into `command`. Returns only where that fails.
pub fn become_program(command: &[String], nohup: bool) -> Result<ExitCode> {
    #[cfg(not(target_os = "linux"))]
    let _ = nohup;
    let mut become_it = Command::new(&command[0]);
    become_it.args(&command[1..]);
    #[cfg(unix)]
    {
        #[cfg(target_os = "linux")]
        crate::signals::release(!nohup);

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
