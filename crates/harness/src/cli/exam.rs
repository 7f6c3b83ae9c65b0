//! The arguments of `exam`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use measurement::exam::{self, Expectation, SCENES, Scene};

use super::chosen::Format;
use super::parse::positive;
use crate::duration;

/// Arguments of `exam`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cargo run -p harness -- exam -- curl -sS --retry 2 {url}
  cargo run -p harness -- exam -- python3 crawler.py {urls}
  cargo run -p harness -- exam --scene reset -- wget -qO- {url}
  cargo run -p harness -- exam --expect carries-on:reset,waits:retry-after \\
      -- python3 crawler.py {urls}
  cargo run -p harness -- exam --list

{url} stands for one URL, and the program is called --times times in each
scene; {urls} stands for a file of --urls of them, one on a line. Let the
program print what came of each: only so does it not hide it. Each scene has a
server of its own, and all that the program started ends with it. Some
scenes are played at the same time: --at-once 1 if your program must not run
beside itself.

docs/exam.md says what each scene and each word means.

Exit codes: 0 done, 1 failed, 2 not understood, 99 an expectation was not met,
130 stopped by Ctrl-C: the scenes that were done are told and kept.")]
pub struct ExamArgs {
    /// Only these scenes, separated by commas; --list names them
    #[arg(long, value_delimiter = ',', value_name = "NAME,...",
        value_parser = scene)]
    pub scene: Vec<Scene>,

    /// Fail unless these scenes are judged so, such as `carries-on:reset`;
    /// without --scene only these are played
    #[arg(long, value_delimiter = ',', value_name = "WORD:NAME,...",
        value_parser = Expectation::parse)]
    pub expect: Vec<Expectation>,

    /// How long the program has for a scene
    #[arg(long, value_name = "D", value_parser = duration::parse_positive,
        default_value = "10s")]
    pub patience: Duration,

    /// URLs in the file of a scene [default: 24]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64)
        .range(1..=1000))]
    pub urls: Option<u64>,

    /// Calls of a program that takes one URL [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64)
        .range(1..=100))]
    pub times: Option<u64>,

    /// How many you asked the program to have in flight: more, or fewer, is
    /// remarked
    #[arg(short, long, value_name = "K", value_parser = positive)]
    pub concurrency: Option<NonZeroUsize>,

    /// Scenes that are played at the same time
    #[arg(long, value_name = "N", default_value = "4",
        value_parser = clap::value_parser!(u32).range(1..=16))]
    pub at_once: u32,

    /// Name the scenes, and play none
    #[arg(long)]
    pub list: bool,

    /// As what to print
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    pub output_format: Format,

    /// Where the record and the picture go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,

    /// The program and its arguments, after `--`
    #[arg(last = true, value_name = "COMMAND")]
    pub command: Vec<String>,
}

fn scene(text: &str) -> Result<Scene, String> {
    exam::named(text).copied().ok_or_else(|| {
        let names: Vec<&str> = SCENES.iter().map(|one| one.name).collect();
        format!("there is no scene `{text}`; there are {}", names.join(", "))
    })
}
