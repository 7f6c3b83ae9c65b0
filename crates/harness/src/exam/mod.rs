//! `harness exam`: plays scenes before a program, each before a server of its
//! own, and tells in a word how it performed in each.

mod called;
mod inside;
mod keep;
mod list;
mod order;
mod perform;
mod stage;
mod tell;

pub use inside::run as inside;
pub use keep::{draw, name, read};

use std::process::ExitCode;

use anyhow::{Result, bail};
use measurement::environment::Ended;
use measurement::exam::{
    EXAM_VERSION, Exam, PLAIN, Performance, SCENES, Scene, Scored, judge,
    remarks,
};
use report::Folder;
use safe_text::terminal::printable;

use crate::child::Interrupted;
use crate::cli::{ExamArgs, Format};
use crate::clock::{utc_for_file, utc_now};
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::terminal::{copy, note};
use crate::text::{json, secrets};
use crate::usage::MISSED;
use called::Called;
use stage::Stage;

/// Plays the scenes and tells.
pub fn exam(args: &ExamArgs) -> Result<ExitCode> {
    if args.list {
        list::list();
        return Ok(ExitCode::SUCCESS);
    }
    let called = Called::prepare(args)?;
    let interrupt = Interrupt::install(|| {
        note("stopping: the scenes that are done are kept");
    })?;
    let name = format!("exam-{}", utc_for_file());
    let folder = Folder::create(&args.reports, &name)?;
    examine(args, &called, &folder, &interrupt)
        .inspect_err(|_| folder.discard())
}

fn examine(
    args: &ExamArgs,
    called: &Called,
    folder: &Folder,
    interrupt: &Interrupt,
) -> Result<ExitCode> {
    let start_utc = utc_now();
    let wanted = wanted(args);
    let stage = Stage::new(called, args, folder, interrupt)?;
    let (plain, others) = play(&stage, &wanted, &args.command)?;
    let performances: Vec<Performance> =
        [plain].into_iter().chain(others.performances).collect();
    let exam = Exam {
        schema_version: EXAM_VERSION,
        run_id: folder.name(),
        start_utc,
        command: secrets::command(&args.command),
        handed: called.handed,
        urls: called.urls,
        concurrency: args.concurrency.map(|most| most.get() as u64),
        patience_ns: args.patience.as_nanos() as u64,
        scenes: scored(&performances, &wanted, args),
        end: match others.stopped {
            true => Ended::Stopped,
            false => Ended::Finished,
        },
    };
    keep::keep(folder, &exam)?;
    match args.output_format {
        Format::Text => {
            tell::tell(&exam);
            keep::name(folder);
            tell::further(&exam);
        }
        Format::Json => copy(json::line(&exam)),
    }
    let missed = tell::missed(&exam, &args.expect);
    for line in &missed {
        note(printable(line));
    }
    Ok(match (others.stopped, missed.is_empty()) {
        (true, _) => ExitCode::from(INTERRUPTED),
        (_, false) => ExitCode::from(MISSED),
        _ => ExitCode::SUCCESS,
    })
}

/// The scenes that were asked for, by name or because something is expected
/// of them; else all.
fn wanted(args: &ExamArgs) -> Vec<&'static Scene> {
    let all = args.scene.is_empty() && args.expect.is_empty();
    let is_wanted = |scene: &&Scene| {
        all || args.scene.contains(scene)
            || args.expect.iter().any(|one| *one.scene == **scene)
    };
    SCENES.iter().filter(is_wanted).collect()
}

/// What was played after the plain list.
struct Others {
    performances: Vec<Performance>,
    /// By Ctrl-C, before all was played.
    stopped: bool,
}

/// Plays the plain list, with which all others are compared, and then those.
///
/// # Errors
///
/// If the program does not send a request even then; [`Interrupted`] where
/// nothing was played.
fn play(
    stage: &Stage<'_>,
    wanted: &[&'static Scene],
    command: &[String],
) -> Result<(Performance, Others)> {
    // What a program says may be a secret that it was told.
    let discreet = |mut now: Performance| {
        now.did.last_line = secrets::printed(&now.did.last_line, command);
        now
    };
    let (mut plain, _) = stage.play(&[PLAIN], "the plain list")?;
    let Some(plain) = plain.pop() else { return Err(Interrupted.into()) };
    let plain = discreet(plain);
    if plain.seen.requests == 0 {
        let said = match plain.did.last_line.as_str() {
            "" => "it said nothing".to_owned(),
            line => format!("it said: {line}"),
        };
        bail!(
            "the program sent no request to the URLs that it was given \
             ({said}); does the command work when you run it yourself?"
        );
    }
    let rest: Vec<&Scene> =
        wanted.iter().copied().filter(|scene| *scene != PLAIN).collect();
    let (performances, stopped) = stage.play(&rest, "the other scenes")?;
    let performances = performances.into_iter().map(discreet).collect();
    Ok((plain, Others { performances, stopped }))
}

/// Judges those that were asked for, in the order of the table.
fn scored(
    performances: &[Performance],
    wanted: &[&'static Scene],
    args: &ExamArgs,
) -> Vec<Scored> {
    let plain = performances.first();
    let most = args.concurrency.map(|most| most.get() as u64);
    let score = |scene: &&'static Scene| {
        let mut played = performances.iter();
        let now = played.find(|now| now.scene == scene.name)?;
        Some(Scored {
            verdict: judge(scene, now, plain),
            remarks: remarks(now, most),
            performance: now.clone(),
        })
    };
    wanted.iter().filter_map(score).collect()
}
