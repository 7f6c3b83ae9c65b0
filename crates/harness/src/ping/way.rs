//! In which way a list is pinged: what was asked for, and towards hosts that
//! are not this machine, what is polite.

use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use anyhow::Result;
use measurement::ways::{self, Kin};
use ping_core::{Manners, Rate, is_this_machine};
use url::Url;

use crate::cli::{OpenArgs, PingArgs};
use crate::strategies::{self, MANY_MACHINES, Strategy};
#[cfg(feature = "many-machines")]
use crate::terminal::note;
use crate::usage::usage;

#[cfg(test)]
mod tests;

/// The most in flight at once where nothing is said.
const AT_ONCE: NonZeroUsize = NonZeroUsize::new(8).unwrap();

/// The strategy where nothing is said, and the one that has manners.
const USUAL: &str = ways::POOL.id;
const POLITE: &str = ways::GOOD_MANNERS.id;

/// What a host that is not this machine is asked at most, where nothing is
/// said. A browser opens six connections to a host.
const POLITE_RATE: Rate = Rate::per_second(NonZeroU32::new(10).unwrap());
const POLITE_PER_HOST: NonZeroUsize = NonZeroUsize::new(4).unwrap();

/// So often a list may be gone round without a word.
const ROUNDS: usize = 10;

/// The share of pings that are tried again at most.
const RETRY_SHARE: f32 = 0.2;

/// So many retries there may be in any case: of few pings, a few more do no
/// harm. It is the share of a hundred pings.
const RETRY_RESERVE: u32 = 20;

/// What is late by no more than this is made up for.
const CATCH_UP: Duration = Duration::from_millis(100);

/// How the list is pinged.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) strategy: &'static Strategy,
    pub(super) manners: Manners,
    /// As asked for, or the default.
    pub(super) asked: NonZeroUsize,
    /// What the strategy makes of it.
    pub(super) concurrency: NonZeroUsize,
    /// What whoever typed it should know.
    pub(super) notes: Vec<String>,
}

impl Way {
    /// Pings that are held in memory at once.
    ///
    /// Between two batches the last of the one must be done before the first of
    /// the next begins; with this many, that is lost in the rest. Threads that
    /// live as long as a batch are born again for each, and that is dearer than
    /// some memory (5 MiB for 16,384 pings), as long as that has an end.
    pub(super) fn batch(&self) -> usize {
        let each = |pings| self.concurrency.get().saturating_mul(pings);
        let least = match (self.strategy.way.id, self.strategy.way.kin) {
            // Where hosts have limits of their own, one that never answers
            // holds up none that stands in the next batch.
            (POLITE, _) => 32_768,
            (_, Kin::Shares | Kin::Pool) => each(256).clamp(16_384, 262_144),
            _ => 4096,
        };
        least.max(each(32))
    }

    /// What to do about `urls`.
    ///
    /// # Errors
    ///
    /// If manners are asked of a strategy that has none, or a list is to be
    /// repeated often towards somebody else's host.
    pub(super) fn of(args: &PingArgs, urls: &[String]) -> Result<Way> {
        let foreign = foreign(args, urls)?;
        let mannered = mannered(args);
        if asks_a_queue(args) {
            return Err(usage(format!(
                "--nats, --batch, --replicas and --ack-wait are of --strategy \
                 {MANY_MACHINES} alone"
            )));
        }
        let name = match &args.strategy {
            Some(name) => name,
            None if mannered || foreign.is_some() => POLITE,
            None => USUAL,
        };
        if mannered && name != POLITE {
            return Err(without_manners(name));
        }
        let strategy = strategies::find(name)
            .ok_or_else(|| usage(format!("no strategy `{name}`")))?;
        let default = match foreign {
            Some(_) if name != POLITE => POLITE_PER_HOST,
            _ => AT_ONCE,
        };
        let asked = args.concurrency.unwrap_or(strategy.effective(default));
        let concurrency = strategy.effective(asked);
        let mut notes = Vec::new();
        if concurrency < asked {
            notes.push(format!(
                "`{name}` has one ping in flight at a time; -c {asked} \
                 changes nothing"
            ));
        }
        let manners = manners(args, foreign.is_some());
        if let Some(host) = foreign {
            notes.push(told(args, &host, name, &manners));
        }
        Ok(Way { strategy, manners, asked, concurrency, notes })
    }
}

/// How many jobs are in flight at once over all machines, where that is asked
/// for; what whoever typed it should know is said.
///
/// # Errors
///
/// As of [`Way::of`].
#[cfg(feature = "many-machines")]
pub(super) fn of_machines(
    args: &PingArgs,
    urls: &[String],
) -> Result<NonZeroUsize> {
    let foreign = foreign(args, urls)?;
    if mannered(args) {
        return Err(without_manners(MANY_MACHINES));
    }
    if let Some(host) = &foreign {
        let manners = manners(args, true);
        note(format!("note: {}", told(args, host, MANY_MACHINES, &manners)));
    }
    let default = if foreign.is_some() { POLITE_PER_HOST } else { AT_ONCE };
    Ok(args.concurrency.unwrap_or(default))
}

fn mannered(args: &PingArgs) -> bool {
    args.retries.is_some() || args.rate.is_some() || args.per_host.is_some()
}

fn asks_a_queue(args: &PingArgs) -> bool {
    let OpenArgs { queue, replicas, ack_wait } = &args.machines;
    !queue.nats.is_empty()
        || queue.batch.is_some()
        || replicas.is_some()
        || ack_wait.is_some()
}

fn without_manners(name: &str) -> anyhow::Error {
    usage(format!(
        "`{name}` knows no --retries, --rate and --per-host; leave --strategy \
         out, or say --strategy {POLITE}"
    ))
}

/// A host in the list that is not this machine; refused if it is to be asked
/// the same again and again.
fn foreign(args: &PingArgs, urls: &[String]) -> Result<Option<String>> {
    let requests = args.requests.map_or(urls.len(), Into::into);
    let foreign = urls.iter().find_map(|url| foreign_host(url));
    if let Some(host) = &foreign
        && requests > urls.len().saturating_mul(ROUNDS)
        && !args.allow_repeats
    {
        return Err(usage(format!(
            "-n {requests} would go round the list more than {ROUNDS} times, \
             and {host} is not this machine; if its owner agrees, say \
             --allow-repeats"
        )));
    }
    Ok(foreign)
}

fn manners(args: &PingArgs, foreign: bool) -> Manners {
    Manners {
        retries: args.retries.unwrap_or(0),
        retry_share: Some(RETRY_SHARE),
        retry_reserve: RETRY_RESERVE,
        rate: args.rate.or(foreign.then_some(POLITE_RATE)),
        catch_up: CATCH_UP,
        per_host: args.per_host.or(foreign.then_some(POLITE_PER_HOST)),
    }
}

/// What is done about a host that is not this machine.
fn told(args: &PingArgs, host: &str, name: &str, manners: &Manners) -> String {
    if name != POLITE {
        return format!(
            "{host} is not this machine, and `{name}` keeps to no rate; \
             without --strategy it would be asked {POLITE_RATE} times a \
             second"
        );
    }
    let rate = manners.rate.unwrap_or(POLITE_RATE);
    let most = manners.per_host.unwrap_or(POLITE_PER_HOST);
    let how = match (args.rate, args.per_host) {
        (Some(_), Some(_)) => "",
        _ => " (--rate and --per-host say otherwise)",
    };
    format!(
        "{host} is not this machine: at most {rate} requests a second, {most} \
         at once to a host{how}"
    )
}

/// The host of a URL, if it is not this machine by its name or its address.
fn foreign_host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    (!is_this_machine(host)).then(|| host.to_owned())
}
