use std::process::Command;

use anyhow::Result;

use super::token::TOKEN_VARIABLE;
use crate::usage::usage;

/// These words, which are at least one, with the path of the program in front.
///
/// # Errors
///
/// A sentence that says what to look at, if there is no such program.
pub(crate) fn found(words: &[String]) -> Result<Vec<String>> {
    let name = &words[0];
    let path = which::which(name).map_err(|_| {
        usage(format!(
            "there is no program `{name}` to run; is it installed, and is the \
             name spelled as in the shell?"
        ))
    })?;
    let mut words = words.to_vec();
    words[0] = path.to_string_lossy().into_owned();
    Ok(words)
}

/// Any program, set up to end when the harness does, with all that it has
/// started, and without the token of the server that watches it. On Linux it is
/// started through the harness's own `program` subcommand, which sees to that
/// (`keeper`); that needs no code between fork and exec.
pub fn program(words: &[String]) -> Result<Command> {
    #[cfg(target_os = "linux")]
    {
        use anyhow::Context;

        let executable = std::env::current_exe()
            .context("cannot find the harness's own program")?;
        let mut command = Command::new(executable);
        let parent = std::process::id().to_string();
        command.args(["program", "--parent", &parent, "--"]).args(words);
        command.env_remove(TOKEN_VARIABLE);
        Ok(command)
    }
    #[cfg(not(target_os = "linux"))]
    {
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).env_remove(TOKEN_VARIABLE);
        Ok(command)
    }
}

/// The process number of the program itself, whose keeper is the child `id`.
pub(crate) fn kept_by(id: u32) -> Option<u32> {
    if !cfg!(target_os = "linux") {
        return Some(id);
    }
    children_of(id).first().copied()
}

/// The processes that the main thread of this one has started, the oldest
/// first; none where the system does not tell.
pub(crate) fn children_of(id: u32) -> Vec<u32> {
    children_of_thread(id, id)
}

/// The same, of one of its threads.
pub(crate) fn children_of_thread(id: u32, thread: u32) -> Vec<u32> {
    let list = format!("/proc/{id}/task/{thread}/children");
    let list = std::fs::read_to_string(list).unwrap_or_default();
    list.split_whitespace().flat_map(str::parse).collect()
}

/// The threads of a process; none where the system does not tell.
pub(crate) fn threads_of(id: u32) -> Vec<u32> {
    let entries = std::fs::read_dir(format!("/proc/{id}/task"));
    let entries = entries.into_iter().flatten().flatten();
    let number =
        |entry: std::fs::DirEntry| entry.file_name().to_str()?.parse().ok();
    entries.filter_map(number).collect()
}
