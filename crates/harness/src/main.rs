//! `cargo run -p harness`: the table of contents of the program.

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use harness::child::{die_with, server_process};
use harness::cli::{ChildArgs, Cli, Command, ProgramArgs};
use harness::strategies::{self, Strategy};
use harness::terminal::{no_color, note, say};
use harness::usage::{USAGE, Usage};
use harness::{cheats, course, doctor, ping, plot, run, serve, trial, witness};
use ping_core::{masked, printable};

fn main() -> ExitCode {
    let cli = Cli::parse();
    if cli.no_color {
        no_color();
    }
    match carry_out(cli.chosen()) {
        Ok(code) => code,
        Err(error) => {
            let said = masked(&format!("{error:#}"));
            // Line breaks are our own: what others say has none left.
            let lines: Vec<String> = said.split('\n').map(printable).collect();
            note(format!("error: {}", lines.join("\n")));
            let usage = error.downcast_ref::<Usage>().is_some();
            ExitCode::from(if usage { USAGE } else { 1 })
        }
    }
}

fn carry_out(command: Command) -> Result<ExitCode> {
    match command {
        Command::Run(args) => run::run(&run::RunOptions::from_args(&args)?),
        Command::Witness(args) => witness::witness(&args),
        Command::Ping(args) => ping::ping(&args),
        Command::Serve(args) => serve::serve(&args),
        Command::Plot(args) => plot::plot(&args.folder),
        Command::Doctor(args) if args.cheats => cheats::cheats(),
        Command::Doctor(_) => doctor::doctor(),
        Command::Lesson(args) => match &args.trap {
            Some(trap) => course::trap(args.lesson, trap),
            None => course::lesson(&args),
        },
        Command::Check(args) => course::check(&args),
        Command::Predict(args) => course::predict(&args),
        Command::List => {
            list();
            Ok(ExitCode::SUCCESS)
        }
        Command::Trial(ChildArgs { parent }) => {
            die_with(parent);
            trial::inside::run(&mut io::stdin().lock(), &mut io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::ServerProcess(ChildArgs { parent }) => {
            die_with(parent);
            server_process()?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Program(ProgramArgs { parent, command }) => {
            die_with(parent);
            witness::become_program(&command)
        }
    }
}

fn list() {
    let row = |strategy: &Strategy, note: &str| {
        let name = format!("{} · {}", strategy.name, strategy.client);
        say(format!("{name:<25} {:<34} {note}", strategy.shape));
    };
    for strategy in strategies::STRATEGIES {
        row(strategy, &strategy.package().unwrap_or_default());
    }
    say("");
    say("Controls, for `run --only` alone: a GET written by hand in place of");
    say("the client library, to tell what a shape costs from what that costs");
    for strategy in strategies::CONTROLS {
        row(strategy, "no lesson");
    }
}
