//! `cargo run -p harness`: the table of contents of the program.

use std::env;
use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::builder::StyledStr;
#[cfg(target_os = "linux")]
use harness::child::keep;
use harness::child::{
    Interrupted, die_with, hasher, keep_awake, server_process,
};
use harness::cli::{ChildArgs, Cli, Command, ProgramArgs};
use harness::interrupt::INTERRUPTED;
use harness::strategies::{self, Strategy};
use harness::terminal::{failed, no_color, note, say};
use harness::text::secrets;
use harness::usage::{USAGE, Usage};
use harness::{
    cheats, compare, course, doctor, exam, manual, peers, ping, plot, run,
    serve, signals, trial, witness,
};
use measurement::ways::Way;
use safe_text::terminal::printable;

fn main() -> ExitCode {
    signals::settle();
    let code = match Cli::typed() {
        Ok(cli) => obey(cli),
        Err(answer) => answered(&answer),
    };
    // Whoever wanted the words did not get them.
    if code == ExitCode::SUCCESS && failed() { ExitCode::FAILURE } else { code }
}

fn obey(cli: Cli) -> ExitCode {
    if cli.no_color {
        no_color();
    }
    match carry_out(cli.chosen()) {
        Ok(code) => code,
        Err(error) if error.is::<Interrupted>() => {
            note("stopped");
            ExitCode::from(INTERRUPTED)
        }
        Err(error) => {
            let said = format!("error: {error:#}");
            note(printable(&discreet(&said)));
            ExitCode::from(if error.is::<Usage>() { USAGE } else { 1 })
        }
    }
}

/// What clap has to say: help that was asked for, or what is wrong with the
/// command line. That quotes it, and somebody else may have written it.
fn answered(answer: &clap::Error) -> ExitCode {
    let text = answer.render();
    if answer.use_stderr() {
        let colored = console::colors_enabled_stderr();
        let text = styled(&text, colored);
        note(discreet(text.trim_end()));
    } else {
        let text = styled(&text, console::colors_enabled());
        say(text.trim_end());
    }
    ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(USAGE))
}

/// What is wrong, without the passwords that were typed.
fn discreet(text: &str) -> String {
    let typed = env::args_os().map(|word| word.to_string_lossy().into_owned());
    secrets::said(text, typed)
}

fn styled(text: &StyledStr, colored: bool) -> String {
    if colored { text.ansi().to_string() } else { text.to_string() }
}

fn carry_out(command: Command) -> Result<ExitCode> {
    match command {
        Command::Run(args) => run::run(&run::RunOptions::from_args(&args)?),
        Command::Witness(args) => witness::witness(&args),
        Command::Exam(args) => exam::exam(&args),
        Command::Peers(args) => peers::peers(&args),
        Command::Ping(args) => ping::ping(&args),
        #[cfg(feature = "many-machines")]
        Command::Worker(args) => harness::machines::worker(&args),
        #[cfg(feature = "many-machines")]
        Command::Cluster(args) => harness::cluster::cluster(&args),
        #[cfg(feature = "many-machines")]
        Command::MachinePart(ChildArgs { parent }) => {
            die_with(parent);
            harness::cluster::part(&mut io::stdin().lock(), &mut io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
        #[cfg(not(feature = "many-machines"))]
        Command::Worker(_) | Command::Cluster(_) | Command::MachinePart(_) => {
            Err(harness::usage::without_machines())
        }
        Command::Serve(args) => serve::serve(&args),
        Command::Plot(args) => plot::plot(&args.folder),
        Command::Compare(args) => compare::compare(&args),
        Command::Doctor(args) if args.cheats => cheats::cheats(),
        Command::Doctor(_) => doctor::doctor(),
        Command::Lesson(args) => match &args.trap {
            Some(trap) => course::trap(args.lesson, trap),
            None => course::lesson(&args),
        },
        Command::Check(args) => course::check(&args),
        Command::Predict(args) => course::predict(&args),
        Command::Completions(args) => manual::completions(&args),
        Command::Man(args) => manual::man(&args),
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
        Command::SceneProcess(ChildArgs { parent }) => {
            die_with(parent);
            exam::inside(&mut io::stdout())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::KeepAwake(ChildArgs { parent }) => {
            die_with(parent);
            keep_awake()?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Hasher(args) => {
            die_with(args.parent);
            hasher(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        #[cfg(feature = "many-machines")]
        Command::QueueWorker(args) => {
            die_with(args.parent);
            harness::machines::queue_worker(&args)?;
            Ok(ExitCode::SUCCESS)
        }
        #[cfg(not(feature = "many-machines"))]
        Command::QueueWorker(_) => Err(harness::usage::without_machines()),
        Command::Program(args) => {
            let ProgramArgs { parent, kept, nohup, command } = args;
            #[cfg(target_os = "linux")]
            if !kept {
                keep(parent, &command)?;
            }
            #[cfg(not(target_os = "linux"))]
            let _ = kept;
            die_with(parent);
            witness::become_program(&command, nohup)
        }
    }
}

fn list() {
    let row = |strategy: &Strategy| {
        let Way { id, client, shape, .. } = strategy.way;
        let lesson = match strategy.lesson {
            Some(number) => format!("lesson {number}"),
            None => "no lesson".to_owned(),
        };
        say(format!("{id:<14} {client:<7} {shape:<41}  {lesson}"));
    };
    for strategy in strategies::STRATEGIES {
        row(strategy);
    }
    say("");
    say("The pair by hand, for `run --only` alone: a GET written by hand in");
    say("place of the client library, so that its cost is no strategy's");
    for strategy in strategies::BY_HAND {
        row(strategy);
    }
    say("");
    say("Way by client, for `run --preset clients` and `run --only` alone");
    for strategy in strategies::CLIENTS {
        let Way { id, name, .. } = strategy.way;
        say(format!("{id:<22} {name}"));
    }
}
