//! The inside of a trial: what the child process does.

use std::collections::HashMap;
use std::io::{self, BufRead, Write};
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use measurement::record::{Cost, Spec};
use ping_core::{Manners, Ping, Rate, Setup};

use super::cost::{Used, grown, peak_rss_bytes, reset_peak_rss};
use super::host::{busy_ns, cpu_of};
use super::message::{FAILED, GO, Order, READY, Told, ToldPing};
use super::monotonic::monotonic_ns;
use super::shared::Handed;
use super::{longest_wait, urls};
use crate::cheats;
#[cfg(feature = "many-machines")]
use crate::machines::produced;
use crate::strategies::{Ready, Urls};

/// Reads the order from `input`, warms up, waits for the start, measures, and
/// tells on `output` the result, or why there is none. What a deadline leaves
/// behind goes on until `input` ends or says another line.
///
/// # Errors
///
/// If nobody listens on `output`.
pub fn run(input: &mut impl BufRead, output: &mut impl Write) -> Result<()> {
    let Err(error) = measure(input, output) else { return Ok(()) };
    say(output, &format!("{FAILED}{error:#}").replace('\n', " "))
}

fn measure(input: &mut impl BufRead, output: &mut impl Write) -> Result<()> {
    let order: Order = serde_json::from_str(&line(input)?)
        .context("cannot understand the order")?;
    let spec = &order.spec;
    let Some(performer) = cheats::performer(&spec.strategy) else {
        bail!("no strategy is called `{}`", spec.strategy);
    };
    ensure!(!order.addresses.is_empty(), "the order names no address");
    let list: Arc<Vec<String>> = Arc::new(urls::of(spec, &order.addresses));

    let building = Instant::now();
    let mut setup = Setup::new(spec.concurrency());
    setup.timeout += longest_wait(spec);
    setup.limit = spec.limit_ns.map(Duration::from_nanos);
    setup.manners = manners(spec);
    setup.hashes = spec.hashing.map_or(0, |own| own.hashes);
    if let Some(consumer) = spec.consumer {
        setup.timeout = Duration::from_nanos(consumer.timeout_ns);
        setup.handling = Duration::from_nanos(consumer.handling_ns);
    }
    let handed = Handed::default();
    let shared = shared(&order, &list, &handed)?;
    let alone = shared.is_none();
    let ready = match shared {
        Some(ready) => ready,
        None => performer.prepare(&setup, spec, &list)?,
    };
    let setup_ns = building.elapsed().as_nanos() as u64;
    // A slow consumer would take the pings at the gate as slowly, and lose as
    // many of them. And workers of their own have clients of their own.
    if spec.consumer.is_none() && !order.cold && alone {
        warm_up(&ready, &order)?;
    }

    // A peak of the whole life would be that of the warm-up.
    let reset = reset_peak_rss();
    let peak = || peak_rss_bytes().filter(|_| reset);
    let base_rss_bytes = peak();
    say(output, READY)?;
    ensure!(line(input)?.trim() == GO, "told something else than {GO}");

    let machine = || (busy_ns(), order.awake.and_then(cpu_of));
    let (busy_before, awake_before) = machine();
    // One way has processes of its own.
    let before = Used::with_children();
    let clock_ns = monotonic_ns();
    let start = Instant::now();
    let pings = ready(&list, spec.concurrency());
    let makespan_ns = start.elapsed().as_nanos() as u64;
    // First of all, or what follows would be part of it.
    let used = before.until(&Used::with_children());
    let cost = Cost { base_rss_bytes, peak_rss_bytes: peak(), ..used };

    let (busy_after, awake_after) = machine();
    let busy_ns = grown(busy_after, busy_before);
    let awake_ns = grown(awake_after, awake_before);

    let mut pings = in_order(&list, &pings, start);
    if !alone {
        unheard(&mut pings, makespan_ns);
    }
    let told = Told {
        setup_ns,
        makespan_ns,
        clock_ns,
        pings,
        cost,
        busy_ns,
        awake_ns,
        handed: if alone { Vec::new() } else { handed.of(list.len()) },
    };
    let told = performer.retell(spec, told);
    say(output, &serde_json::to_string(&told)?)?;
    if spec.limit_ns.is_some() {
        // With this process its threads end, and nobody would see what they
        // do when nobody waits for them any more.
        let _ = line(input);
    }
    Ok(())
}

/// A batch that workers share over a queue; none where it is done here.
///
/// # Errors
///
/// If the queue does not take it, or this program has none.
fn shared(
    order: &Order,
    urls: &Urls,
    handed: &Handed,
) -> Result<Option<Ready>> {
    let Order { spec, queue, .. } = order;
    let Some((machines, nats)) = spec.machines.zip(queue.as_ref()) else {
        return Ok(None);
    };
    #[cfg(feature = "many-machines")]
    return produced(nats, spec, machines, urls, handed).map(Some);
    #[cfg(not(feature = "many-machines"))]
    {
        let _ = (machines, nats, urls, handed);
        Err(crate::usage::without_machines())
    }
}

/// The manners of the record, in the words of the clients.
fn manners(spec: &Spec) -> Manners {
    let asked = &spec.manners;
    Manners {
        retries: asked.retries,
        retry_share: asked.budget_percent.map(|part| part as f32 / 100.0),
        rate: asked.per_second.and_then(NonZeroU32::new).map(Rate::per_second),
        per_host: asked
            .per_host
            .map(|_| spec.most_at_once())
            .and_then(NonZeroUsize::new),
        ..Manners::default()
    }
}

/// Opens the connections that the trial will use, outside the clock. Only
/// pings that really overlap get through the gate.
fn warm_up(ready: &Ready, order: &Order) -> Result<()> {
    let gate = Arc::new(urls::gate(&order.spec, &order.addresses));
    let pings = ready(&gate, order.spec.concurrency());
    let through = |ping: &&Ping| {
        ping.result.as_ref().is_ok_and(|reply| reply.status == 200)
    };
    let passed = pings.iter().filter(through).count();
    ensure!(
        passed == gate.len(),
        "the warm-up needs {} pings in flight at once, and {passed} of them \
         passed the gate: {}",
        gate.len(),
        pings.iter().find(|ping| !through(ping)).map_or_else(
            || "the others were lost".to_owned(),
            ToString::to_string
        )
    );
    Ok(())
}

/// Puts the pings into the order of the list. A ping that is missing leaves an
/// entry that says so; of two for one URL the later one stays, and one that was
/// tried again never does.
fn in_order(list: &[String], pings: &[Ping], start: Instant) -> Vec<ToldPing> {
    let last = pings.iter().filter(|ping| !ping.retried);
    let by_url: HashMap<&str, &Ping> =
        last.map(|ping| (ping.url.as_str(), ping)).collect();
    let told = |url: &String| match by_url.get(url.as_str()) {
        Some(ping) => tell(ping, start),
        None => ToldPing {
            start_ns: 0,
            end_ns: 0,
            status: None,
            digest: None,
            error: Some("no result for it".to_owned()),
        },
    };
    list.iter().map(told).collect()
}

/// Of what has no result nobody here knows when it began: it is missing at the
/// end.
fn unheard(pings: &mut [ToldPing], makespan_ns: u64) {
    for ping in pings.iter_mut().filter(|ping| ping.end_ns == 0) {
        (ping.start_ns, ping.end_ns) = (makespan_ns, makespan_ns);
    }
}

fn tell(ping: &Ping, start: Instant) -> ToldPing {
    let start_ns = ping.started.duration_since(start).as_nanos() as u64;
    let reply = ping.result.as_ref();
    ToldPing {
        start_ns,
        end_ns: start_ns + ping.elapsed.as_nanos() as u64,
        status: reply.ok().map(|reply| reply.status),
        digest: reply.ok().map(|reply| reply.digest),
        error: reply.err().map(ToString::to_string),
    }
}

fn line(input: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    let length = input.read_line(&mut line).context("cannot read")?;
    if length == 0 {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof))
            .context("the harness ended");
    }
    Ok(line)
}

fn say(output: &mut impl Write, text: &str) -> Result<()> {
    writeln!(output, "{text}")?;
    Ok(output.flush()?)
}

#[cfg(test)]
mod tests {
    use ping_core::PingError;

    use super::*;

    #[test]
    fn the_last_attempt_has_the_word_wherever_it_stands() {
        let urls = ["a", "b", "c"].map(str::to_owned);
        let of = |url: &str, error, retried| {
            let ping = Ping::unstarted(url, error);
            Ping { retried, ..ping }
        };
        let pings = [
            of("b", PingError::Refused, false),
            of("b", PingError::Reset, true),
            of("a", PingError::Reset, true),
            of("a", PingError::Cancelled, false),
        ];
        let start = Instant::now();
        let errors: Vec<Option<String>> = in_order(&urls, &pings, start)
            .into_iter()
            .map(|told| told.error)
            .collect();
        let said = |error: PingError| Some(error.to_string());
        assert_eq!(
            errors,
            [
                said(PingError::Cancelled),
                said(PingError::Refused),
                Some("no result for it".to_owned())
            ]
        );
    }
}
