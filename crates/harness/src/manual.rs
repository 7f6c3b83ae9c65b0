//! What an installed program brings with it: completions for shells, pages of
//! the manual. Both are made of the command line itself.

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Command;
use clap_complete::generate;
use clap_mangen::Man;

use crate::called::INSTALLED;
use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::terminal::copy;
use crate::usage::usage;

/// Prints what a shell needs to complete our commands.
///
/// # Errors
///
/// Never: the signature is that of every command.
pub fn completions(args: &CompletionsArgs) -> Result<ExitCode> {
    let mut script = Vec::new();
    generate(args.shell, &mut offered(), INSTALLED, &mut script);
    print(&script)
}

/// Prints a page of the manual, as `man` reads it.
///
/// # Errors
///
/// If there is no such command.
pub fn man(args: &ManArgs) -> Result<ExitCode> {
    let mut command = offered();
    command.build();
    let command = match &args.command {
        None => command,
        Some(name) => command
            .find_subcommand(name)
            .cloned()
            .ok_or_else(|| no_page(name, &command))?,
    };
    let mut page = Vec::new();
    Man::new(command)
        .source(format!("{INSTALLED} {}", env!("CARGO_PKG_VERSION")))
        .render(&mut page)
        .context("cannot write a page of the manual")?;
    print(&page)
}

fn no_page(name: &str, all: &Command) -> anyhow::Error {
    let names: Vec<&str> =
        all.get_subcommands().map(Command::get_name).collect();
    usage(format!(
        "there is no command `{name}`; there are {}",
        names.join(", ")
    ))
}

/// The command line without what only the program itself calls. clap hides
/// that in its help, but would complete it.
fn offered() -> Command {
    let all = Cli::told_as(INSTALLED);
    let shown = all.get_subcommands().filter(|it| !it.is_hide_set());
    Command::new(INSTALLED)
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_subcommand(true)
        .about(all.get_about().cloned().unwrap_or_default())
        .after_help(all.get_after_help().cloned().unwrap_or_default())
        .args(all.get_arguments())
        .subcommands(shown)
}

/// Both are texts of our own.
fn print(text: &[u8]) -> Result<ExitCode> {
    let text = std::str::from_utf8(text)
        .map_err(io::Error::other)
        .context("cannot print it")?;
    copy(text.trim_end());
    Ok(ExitCode::SUCCESS)
}
