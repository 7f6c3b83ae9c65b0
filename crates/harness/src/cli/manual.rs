//! The arguments of what an installed program brings with it.

use clap::Args;
use clap_complete::Shell;

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  harness completions bash > ~/.local/share/bash-completion/completions/harness
  harness completions fish > ~/.config/fish/completions/harness.fish
  harness completions zsh > ~/.zfunc/_harness

For zsh, ~/.zfunc stands in `fpath` before `compinit`. They complete `harness`,
as `cargo install` gives it.")]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  harness man > ~/.local/share/man/man1/harness.1
  harness man witness > ~/.local/share/man/man1/harness-witness.1")]
pub struct ManArgs {
    /// The page of this command; without it, of them all
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}
