//! `harness peers`: other people's clients beside ours, on one server, which
//! counts what each of them really did.

mod clients;
mod find;
mod keep;
mod said;
mod tell;
mod trial;

pub use clients::names;
pub use keep::{draw, name, read};
pub use tell::{table, verdicts};

use std::process::ExitCode;

use anyhow::Result;
use measurement::environment::Ended;
use measurement::order::{shuffled, twin};
use measurement::peers::{
    Client, Missing, PEERS_VERSION, PeerOutcome, PeerTrial, Peers, summarise,
};
use measurement::quantity::plural;
use measurement::ways;
use report::Folder;

use crate::child::{Interrupted, Server};
use crate::cli::{Format, PeersArgs};
use crate::clock::{utc_for_file, utc_now};
use crate::environment;
use crate::interrupt::{INTERRUPTED, Interrupt};
use crate::run::seed_from_clock;
use crate::terminal::{Progress, copy, note};
use crate::text::json;
use crate::usage::{MISSED, usage};
use find::{Found, look_for};
use trial::{CHECK_WAIT_NS, MOST, Trials};

/// With whom all others are compared, if it is here; else the one of ours
/// that costs least.
const REFERENCES: [&str; 2] = ["wrk", ways::EVENT_LOOP.id];

/// Runs them all, in rounds, and tells.
pub fn peers(args: &PeersArgs) -> Result<ExitCode> {
    let interrupt = Interrupt::install(|| {
        note("stopping: what is measured is kept (Ctrl-C again: at once)");
    })?;
    let name = format!("peers-{}", utc_for_file());
    let folder = Folder::create(&args.reports, &name)?;
    measure(args, &folder, &interrupt).inspect_err(|_| folder.discard())
}

fn measure(
    args: &PeersArgs,
    folder: &Folder,
    interrupt: &Interrupt,
) -> Result<ExitCode> {
    let server = Server::start(interrupt)?;
    let (found, missing) = look_for(&args.only, interrupt)?;
    for Missing { name, install } in &missing {
        note(format!("skipped: {name} is not installed; get it by: {install}"));
    }
    if found.is_empty() {
        return Err(usage("none of these clients is installed"));
    }
    announce(found.len(), args);
    let trials = Trials {
        server: &server,
        interrupt,
        concurrency: args.concurrency.get(),
        seconds: u64::from(args.seconds),
        wait_ns: args.delay.as_nanos() as u64,
    };
    let (clients, mut peers) = begin(args, folder, &trials, found, missing)?;
    let ended = rounds(&clients, &trials, &mut peers, folder);
    let stopped = match ended {
        Ok(()) => false,
        Err(error) if error.is::<Interrupted>() => true,
        Err(error) => return Err(error),
    };
    drop(server);
    peers.end = Some(if stopped { Ended::Stopped } else { Ended::Finished });
    let measured = peers.trials.iter().any(|t| t.measured().is_some());
    if stopped && !measured {
        return Err(Interrupted.into());
    }
    folder.write_json(keep::PEERS, &peers)?;
    let summary = summarise(&peers);
    match args.output_format {
        Format::Text => tell::tell(&peers, &summary),
        Format::Json => copy(json::line(&summary)),
    }
    draw(folder, &peers, &summary)?;
    if args.output_format == Format::Text {
        keep::name(folder);
    }
    let is_wrong = summary.rows.iter().any(|row| {
        row.ours && !(row.found.is_empty() && row.failure.is_none())
    });
    Ok(match (stopped, measured, is_wrong) {
        (true, ..) => ExitCode::from(INTERRUPTED),
        (_, false, _) => ExitCode::FAILURE,
        (_, _, true) => ExitCode::from(MISSED),
        _ => ExitCode::SUCCESS,
    })
}

/// A client, and how many requests its load has.
struct Sized {
    found: Found,
    requests: u64,
}

/// Says how long it takes, before it begins.
fn announce(clients: usize, args: &PeersArgs) {
    let trials = (clients as u64 + 1) * u64::from(args.rounds);
    // The check, and what starting takes, are about a second more.
    let seconds = trials * (u64::from(args.seconds) + 1);
    let minutes = seconds.div_ceil(60);
    note(format!(
        "{} of {}, about {}; Ctrl-C at any time keeps what is measured",
        plural(args.rounds as usize, "round"),
        plural(clients, "client"),
        plural(minutes as usize, "minute"),
    ));
}

/// Finds out how many requests each client makes in its time, and begins the
/// records. Who does not work is in them, and takes no further part.
fn begin(
    args: &PeersArgs,
    folder: &Folder,
    trials: &Trials<'_>,
    found: Vec<Found>,
    missing: Vec<Missing>,
) -> Result<(Vec<Sized>, Peers)> {
    let (mut sized, mut clients, mut failed) = (vec![], vec![], vec![]);
    let progress = Progress::new(found.len() as u64, "warming up");
    for found in found {
        let name = found.known.name;
        progress.say(&format!("warming up {name}"));
        let size = match args.requests {
            Some(requests) => Ok((requests.get() as u64).min(MOST)),
            None => trials.size(&found),
        };
        clients.push(Client {
            name: name.to_owned(),
            ours: found.known.is_ours(),
            version: found.version.clone(),
            command: found.shown(trials.job(*size.as_ref().unwrap_or(&0))),
        });
        match size {
            Ok(requests) => sized.push(Sized { found, requests }),
            Err(error) if error.is::<Interrupted>() => return Err(error),
            Err(error) => failed.push(PeerTrial {
                client: name.to_owned(),
                round: 0,
                order: 0,
                aa_twin: false,
                outcome: PeerOutcome::Failed { reason: format!("{error:#}") },
            }),
        }
        progress.step();
    }
    drop(progress);
    let here = |name: &&str| sized.iter().any(|s| s.found.known.name == *name);
    let first = sized.first().map_or("", |one| one.found.known.name);
    let reference = REFERENCES.into_iter().find(here).unwrap_or(first);
    let seed = args.seed.unwrap_or_else(seed_from_clock);
    let peers = Peers {
        schema_version: PEERS_VERSION,
        run_id: folder.name(),
        command: format!("{} --seed {seed}", args.command()),
        start_utc: utc_now(),
        seed,
        rounds: args.rounds,
        concurrency: trials.concurrency,
        wait_ns: trials.wait_ns,
        check_wait_ns: CHECK_WAIT_NS,
        reference: reference.to_owned(),
        clients,
        missing,
        trials: failed,
        end: None,
        environment: environment::capture(trials.interrupt),
    };
    folder.write_json(keep::PEERS, &peers)?;
    Ok((sized, peers))
}

/// Every client once in each round, in an order that the seed gives; and one of
/// them twice, in turn.
fn rounds(
    clients: &[Sized],
    trials: &Trials<'_>,
    peers: &mut Peers,
    folder: &Folder,
) -> Result<()> {
    let name = |at: usize| clients[at].found.known.name;
    let all = clients.len();
    let reference = (0..all).find(|at| name(*at) == peers.reference);
    let Some(reference) = reference else { return Ok(()) };
    let others: Vec<usize> = (0..all).filter(|at| *at != reference).collect();
    let steps = (all as u64 + 1) * u64::from(peers.rounds);
    let progress = Progress::new(steps, "measuring");
    for round in 0..peers.rounds {
        let twin = twin(round, others.len()).map_or(reference, |i| others[i]);
        let mut met = false;
        for (order, at) in (0..).zip(shuffled(all + 1, peers.seed, round)) {
            // The place after the last client is the twin's.
            let at = if at == all { twin } else { at };
            let aa_twin = at == twin && std::mem::replace(&mut met, true);
            let of = format!("round {} of {}", round + 1, peers.rounds);
            progress.say(&format!("{of}, {}", name(at)));
            let Sized { found, requests } = &clients[at];
            let outcome = trials.trial(found, *requests)?;
            peers.trials.push(PeerTrial {
                client: name(at).to_owned(),
                round,
                order,
                aa_twin,
                outcome,
            });
            progress.step();
        }
        folder.write_json(keep::PEERS, peers)?;
    }
    Ok(())
}
