use std::env;
use std::process::{self, Command};

use anyhow::{Context, Result};

use super::token::TOKEN_VARIABLE;

/// Any program, set up to end when the harness does, and without the token of
/// the server that watches it. On Linux it is started
/// through the harness's own `program` subcommand, which asks for that and
/// then becomes the program; that needs no code between fork and exec.
pub fn program(words: &[String]) -> Result<Command> {
    if cfg!(target_os = "linux") {
        let executable = env::current_exe()
            .context("cannot find the harness's own program")?;
        let mut command = Command::new(executable);
        let parent = process::id().to_string();
        command.args(["program", "--parent", &parent, "--"]).args(words);
        command.env_remove(TOKEN_VARIABLE);
        Ok(command)
    } else {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env_remove(TOKEN_VARIABLE);
        Ok(command)
    }
}
