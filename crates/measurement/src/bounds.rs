//! What a document of a report folder may hold. A folder may come from
//! anybody, and a number that no run can have made is refused where it is
//! read, by its name: nobody behind that needs to ask whether it fits.

use crate::course::prediction::Prediction;
use crate::distribution::Histogram;
use crate::environment::Run;
use crate::machines::{Machines, Shared};
use crate::record::{
    Cost, Host, MOST_ARRIVALS, Measured, Outcome, SAMPLES_BELOW, Samples, Spec,
    Trial,
};
use crate::waits::Waits;
use crate::witness::Witness;

/// The most pings of a trial, and the most in flight: the server keeps a stamp
/// of so many, and without its stamps a trial could not be checked.
pub const MOST_PINGS: usize = 65_536;

/// The most rounds of an act.
pub const MOST_ROUNDS: u32 = 1000;

/// The most trials of a run: thrice what so many rounds of two levels have.
pub const MOST_TRIALS: usize = 50_000;

/// The most different batches of a run, as many as hundreds of levels make:
/// each of them is summed up by itself.
pub const MOST_BATCHES: usize = 500;

/// The most pings of a run that may be tried again, times their retries: each
/// of them is followed by itself. The sample of lesson 8 has some thousands.
pub const MOST_TRIES: u64 = 1 << 24;

/// The largest time and the largest count: beyond it `jq`, JavaScript and
/// spreadsheets read another number than was written. In nanoseconds it is
/// 104 days.
pub const MOST: u64 = 1 << 53;

/// The largest sum of the times of all pings, and the longest time since a
/// machine was started, ns: 146 years.
pub const LARGEST: u64 = 1 << 62;

/// The longest name, in bytes, and the longest sentence.
const NAME: usize = 200;
const SENTENCE: usize = 4096;

/// The most entries of a list that is not one entry a ping.
const LIST: usize = 1000;

/// All of a job, %.
const WHOLE: u64 = 100;

/// The most retries of a ping.
const RETRIES: u32 = 100;

/// No machine has a load like this.
const LOAD: f64 = 1e6;

/// Which value is out of bounds, and what the bound is, such as
/// "`spec.requests` is 70000, and the most is 65536".
pub type Found = Result<(), String>;

/// Looks at a record.
///
/// # Errors
///
/// Names the first value that no trial can have.
pub fn of_trial(trial: &Trial) -> Found {
    name("run_id", &trial.run_id)?;
    name("start_utc", &trial.start_utc)?;
    most("level", trial.level as u64, MOST_PINGS as u64)?;
    most("round", trial.round.into(), MOST_ROUNDS.into())?;
    of_spec(&trial.spec)?;
    match &trial.outcome {
        Outcome::Failed { reason } => sentence("reason", reason),
        Outcome::Measured(measured) => of_measured(measured),
    }
}

/// Looks at the content of `run.json`.
///
/// # Errors
///
/// Names the first value that no run can have.
pub fn of_run(run: &Run) -> Found {
    let machine = &run.environment;
    name("run_id", &run.run_id)?;
    name("start_utc", &run.start_utc)?;
    sentence("command", &run.command)?;
    most("rounds", run.rounds.into(), MOST_ROUNDS.into())?;
    list("strategies", run.strategies.len(), LIST)?;
    list("environment.crates", machine.crates.len(), LIST)?;
    for text in run.strategies.iter().chain(&machine.crates) {
        name("strategies or crates", text)?;
    }
    if let Some(end) = run.end {
        most("end.trials", end.trials.into(), MOST_TRIALS as u64)?;
    }
    let processors = machine.processors.map(|n| n as u64);
    for (place, number) in [
        ("environment.processors", processors),
        ("environment.memory_bytes", machine.memory_bytes),
        ("environment.somaxconn", machine.somaxconn),
    ] {
        exact(place, number)?;
    }
    // A limit of open files may be none, which is the largest number.
    load("environment.load", machine.load)?;
    for (place, text) in [
        ("environment.kernel", machine.kernel.as_ref()),
        ("environment.processor", machine.processor.as_ref()),
        ("environment.governor", machine.governor.as_ref()),
        ("environment.port_range", machine.port_range.as_ref()),
        ("environment.commit", machine.commit.as_ref()),
        ("environment.system", Some(&machine.system)),
        ("environment.rustc", Some(&machine.rustc)),
        ("environment.profile", Some(&machine.profile)),
    ] {
        name(place, text.map_or("", String::as_str))?;
    }
    Ok(())
}

/// Looks at what a reader predicted.
///
/// # Errors
///
/// Names the first value that nobody can have typed.
pub fn of_prediction(prediction: &Prediction) -> Found {
    name("made_utc", &prediction.made_utc)?;
    list("answers", prediction.answers.len(), LIST)?;
    for answer in prediction.answers.iter().flatten() {
        if !(0.0..=MOST as f64).contains(answer) {
            return Err(format!(
                "an answer is {answer:e}, and they are from 0 to {MOST}"
            ));
        }
    }
    Ok(())
}

/// Looks at what all trials of a run ask for together.
///
/// # Errors
///
/// Says what there is too much of.
pub fn of_trials(trials: &[Trial]) -> Found {
    let batches = crate::summary::batches(trials);
    if batches > MOST_BATCHES {
        return Err(format!(
            "there are {batches} different batches, and the most is \
             {MOST_BATCHES}"
        ));
    }
    let tries = |Spec { requests, manners, .. }: &Spec| {
        (*requests as u64).saturating_mul(manners.retries.into())
    };
    let all = trials.iter().map(|trial| tries(&trial.spec));
    let all = all.fold(0, u64::saturating_add);
    most("pings times retries of all trials", all, MOST_TRIES)
}

fn of_spec(spec: &Spec) -> Found {
    name("spec.strategy", &spec.strategy)?;
    name("spec.client", &spec.client)?;
    let pings = MOST_PINGS as u64;
    most("spec.concurrency", spec.concurrency as u64, pings)?;
    most("spec.requests", spec.requests as u64, pings)?;
    list("spec.statuses", spec.statuses.len(), LIST)?;
    list("spec.faults", spec.faults.len(), LIST)?;
    most("spec.manners.retries", spec.manners.retries.into(), RETRIES.into())?;
    if let Waits::Fixed(wait) = spec.waits {
        exact("spec.waits", Some(wait))?;
    }
    exact("spec.body_bytes", spec.body_bytes.map(|bytes| bytes as u64))?;
    exact("spec.limit_ns", spec.limit_ns)?;
    let consumer = spec.consumer.as_ref();
    exact("spec.consumer.handling_ns", consumer.map(|c| c.handling_ns))?;
    exact("spec.consumer.timeout_ns", consumer.map(|c| c.timeout_ns))?;
    if let Some(machines) = &spec.machines {
        of_machines(machines)?;
    }
    let share = spec.hashing.map_or(0, |own| own.share_percent.into());
    most("spec.hashing.share_percent", share, WHOLE)
}

fn of_machines(machines: &Machines) -> Found {
    let Machines { workers, tasks, ack_wait_ns, .. } = *machines;
    most("spec.machines.workers", workers.into(), LIST as u64)?;
    most("spec.machines.tasks", tasks.into(), MOST_PINGS as u64)?;
    exact("spec.machines.ack_wait_ns", Some(ack_wait_ns))?;
    exact("spec.machines.killed_at", machines.killed_at)
}

fn of_shared(shared: &Shared) -> Found {
    let Shared { worker, deliveries, killed_ns, cut_off } = shared;
    for (place, length) in [
        ("shared.worker", worker.len()),
        ("shared.deliveries", deliveries.len()),
        ("shared.cut_off", cut_off.len()),
    ] {
        list(place, length, SAMPLES_BELOW)?;
    }
    exact("shared.killed_ns", *killed_ns)?;
    let workers = worker.iter().flatten().copied().max();
    most("shared.worker", workers.unwrap_or(0).into(), LIST as u64)?;
    let times = deliveries.iter().flatten().copied().max();
    most("shared.deliveries", times.unwrap_or(0).into(), LIST as u64)?;
    for own in cut_off {
        exact("shared.cut_off.ping", Some(own.ping))?;
        exact(
            "shared.cut_off.received_ns",
            Some(own.received_ns.unsigned_abs()),
        )?;
        exact("shared.cut_off.gone_ns", Some(own.gone_ns.unsigned_abs()))?;
    }
    Ok(())
}

fn of_measured(measured: &Measured) -> Found {
    for (place, number) in [
        ("setup_ns", Some(measured.setup_ns)),
        ("makespan_ns", Some(measured.makespan_ns)),
        ("hold_ns", measured.hold_ns),
        ("late_ns", measured.late_ns),
        ("left_in_flight", measured.left_in_flight),
    ] {
        exact(place, number)?;
    }
    most("service_ns", measured.service_ns, LARGEST)?;
    list("checks", measured.checks.len(), LIST)?;
    for check in &measured.checks {
        name("checks", &check.name)?;
        sentence("checks", &check.detail)?;
    }
    list("flags", measured.flags.len(), LIST)?;
    for flag in &measured.flags {
        name("flags", &flag.name)?;
        sentence("flags", &flag.detail)?;
    }
    list("arrivals", measured.arrivals.len(), MOST_ARRIVALS)?;
    exact("arrivals", measured.arrivals.iter().copied().max())?;
    of_samples(&measured.samples)?;
    if let Some(shared) = &measured.shared {
        of_shared(shared)?;
    }
    if let Some(kept) = &measured.histograms {
        of_histogram("histograms.service", &kept.service)?;
        of_histogram("histograms.sojourn", &kept.sojourn)?;
    }
    of_cost(&measured.cost)?;
    of_witness(&measured.server)?;
    of_host(&measured.host)
}

fn of_samples(samples: &Samples) -> Found {
    let Samples { start_ns, end_ns, status, received_ns, sent_ns, ended } =
        samples;
    for (place, length) in [
        ("samples.start_ns", start_ns.len()),
        ("samples.end_ns", end_ns.len()),
        ("samples.status", status.len()),
        ("samples.received_ns", received_ns.len()),
        ("samples.sent_ns", sent_ns.len()),
        ("samples.ended", ended.len()),
    ] {
        list(place, length, SAMPLES_BELOW)?;
    }
    exact("samples.start_ns", start_ns.iter().copied().max())?;
    exact("samples.end_ns", end_ns.iter().copied().max())?;
    let farthest = |times: &[Option<i64>]| {
        times.iter().flatten().map(|ns| ns.unsigned_abs()).max()
    };
    exact("samples.received_ns", farthest(received_ns))?;
    exact("samples.sent_ns", farthest(sent_ns))
}

fn of_histogram(place: &str, histogram: &Histogram) -> Found {
    let (values, counts): (Vec<u64>, Vec<u64>) =
        histogram.0.iter().copied().unzip();
    exact(place, values.into_iter().max())?;
    exact(place, counts.into_iter().max())
}

fn of_cost(cost: &Cost) -> Found {
    for (place, number) in [
        ("cost.user_ns", cost.user_ns),
        ("cost.system_ns", cost.system_ns),
        ("cost.base_rss_bytes", cost.base_rss_bytes),
        ("cost.peak_rss_bytes", cost.peak_rss_bytes),
        ("cost.threads", cost.threads),
        ("cost.voluntary_switches", cost.voluntary_switches),
        ("cost.involuntary_switches", cost.involuntary_switches),
    ] {
        exact(place, number)?;
    }
    Ok(())
}

fn of_witness(server: &Witness) -> Found {
    for (place, number) in [
        ("server.requests", Some(server.requests)),
        ("server.distinct", Some(server.distinct)),
        ("server.duplicates", Some(server.duplicates)),
        ("server.numbered_by_arrival", Some(server.numbered_by_arrival)),
        ("server.pipelined", Some(server.pipelined)),
        ("server.connections", Some(server.connections)),
        ("server.in_flight", Some(server.in_flight)),
        ("server.peak_in_flight", Some(server.peak_in_flight)),
        ("server.done", Some(server.done)),
        ("server.aborted", Some(server.aborted)),
        ("server.faulted", Some(server.faulted)),
        ("server.faults", server.faults.values().copied().max()),
        ("server.malformed", Some(server.malformed)),
        ("server.body_bytes", Some(server.body_bytes)),
        ("server.statuses", server.statuses.values().copied().max()),
        ("server.cpu_ns", server.cpu_ns),
        ("server.voluntary_switches", server.voluntary_switches),
        ("server.involuntary_switches", server.involuntary_switches),
        ("server.stamps_dropped", Some(server.stamps_dropped)),
    ] {
        exact(place, number)?;
    }
    for (place, number) in [
        ("server.in_flight_ns", Some(server.in_flight_ns)),
        ("server.first_received_ns", server.first_received_ns),
        ("server.last_sent_ns", server.last_sent_ns),
    ] {
        most(place, number.unwrap_or(0), LARGEST)?;
    }
    // They are in the samples, and nowhere else.
    list("server.stamps", server.stamps.len(), 0)
}

fn of_host(host: &Host) -> Found {
    for (place, number) in [
        ("host.stolen_ns", host.stolen_ns),
        ("host.retransmitted_segments", host.retransmitted_segments),
        ("host.listen_overflows", host.listen_overflows),
        ("host.processors", host.processors),
        ("host.others_ns", host.others_ns),
        ("host.awake_ns", host.awake_ns),
    ] {
        exact(place, number)?;
    }
    load("host.load", host.load)
}

fn exact(place: &str, number: Option<u64>) -> Found {
    most(place, number.unwrap_or(0), MOST - 1)
}

fn most(place: &str, number: u64, most: u64) -> Found {
    if number > most {
        return Err(format!("`{place}` is {number}, and the most is {most}"));
    }
    Ok(())
}

fn load(place: &str, load: Option<f64>) -> Found {
    match load {
        Some(load) if !(0.0..=LOAD).contains(&load) => {
            Err(format!("`{place}` is {load:e}, and the most is {LOAD}"))
        }
        _ => Ok(()),
    }
}

fn list(place: &str, length: usize, most: usize) -> Found {
    if length > most {
        return Err(format!(
            "`{place}` has {length} entries, and the most is {most}"
        ));
    }
    Ok(())
}

fn name(place: &str, text: &str) -> Found {
    short(place, text, NAME)
}

fn sentence(place: &str, text: &str) -> Found {
    short(place, text, SENTENCE)
}

fn short(place: &str, text: &str, most: usize) -> Found {
    if text.len() > most {
        let length = text.len();
        return Err(format!(
            "`{place}` has {length} bytes, and the most is {most}"
        ));
    }
    Ok(())
}
