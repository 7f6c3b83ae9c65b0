//! When a program had nothing to do, by the system's accounts.

use std::collections::BTreeMap;
use std::fs;
use std::process;
use std::time::Duration;

use measurement::exam::Lull;

use crate::child::{children_of_thread, threads_of};
use crate::trial::monotonic::monotonic_ns;

/// The most lulls that are kept: what is not known to be idle is taken to be
/// work.
const MOST_LULLS: usize = 1 << 16;

/// Looks at everything below this process, a program and its server.
#[derive(Debug, Default)]
pub(crate) struct Looks {
    before: Option<Look>,
    lulls: Vec<Lull>,
    starved_ns: u64,
    /// Whether the system tells.
    told: bool,
}

/// What one look saw.
#[derive(Debug)]
struct Look {
    at_ns: u64,
    threads: BTreeMap<u32, Thread>,
}

/// The accounts of a thread. They are brought up to date when it stops.
#[derive(Debug, Clone, Copy, Default)]
struct Thread {
    /// It had a processor so long, ns.
    ran_ns: u64,
    /// It waited for one so long, ns.
    waited_ns: u64,
    /// It waits for something else than a processor or a disk.
    rests: bool,
}

impl Looks {
    /// Looks again. What lies between two calls of a program, between
    /// `forget` and the first look after it, is not looked at.
    pub(crate) fn look(&mut self) {
        let Some(now) = Look::take() else { return };
        if let Some(before) = self.before.take() {
            self.told = true;
            let (idle_ns, starved_ns) = before.until(&now);
            self.starved_ns += starved_ns;
            if idle_ns > 0 && self.lulls.len() < MOST_LULLS {
                let (from_ns, to_ns) = (before.at_ns, now.at_ns);
                self.lulls.push(Lull { from_ns, to_ns, idle_ns });
            }
        }
        self.before = Some(now);
    }

    /// The program has ended.
    pub(crate) fn forget(&mut self) {
        self.before = None;
    }

    /// When it was idle, if the system tells.
    pub(crate) fn lulls(&self) -> Option<&[Lull]> {
        self.told.then_some(&self.lulls[..])
    }

    /// How long it wanted a processor and had none, ns, if the system tells.
    pub(crate) fn starved_ns(&self) -> Option<u64> {
        self.told.then_some(self.starved_ns)
    }
}

impl Look {
    /// None where the system does not tell.
    fn take() -> Option<Look> {
        let at_ns = monotonic_ns()?;
        let mut threads = BTreeMap::new();
        let mut processes = vec![process::id()];
        while let Some(id) = processes.pop() {
            for thread in threads_of(id) {
                processes.extend(children_of_thread(id, thread));
                let below = id != process::id();
                if let Some(found) =
                    below.then(|| Thread::of(id, thread)).flatten()
                {
                    threads.insert(thread, found);
                }
            }
        }
        (!threads.is_empty()).then_some(Look { at_ns, threads })
    }

    /// How much of the time from here to `now` was idle at least, and how much
    /// of it all that could have run had to wait.
    fn until(&self, now: &Look) -> (u64, u64) {
        let long = now.at_ns.saturating_sub(self.at_ns);
        let (mut ran, mut waited) = (0_u64, 0_u64);
        for (id, thread) in &now.threads {
            let before = self.threads.get(id).copied().unwrap_or_default();
            ran += thread.ran_ns.saturating_sub(before.ran_ns);
            waited += thread.waited_ns.saturating_sub(before.waited_ns);
        }
        // Of a thread that has begun or ended meanwhile, or has not stopped,
        // the accounts are not complete.
        let complete = self.threads.keys().eq(now.threads.keys())
            && [self, now].iter().all(|look| look.rests());
        let wanted = (ran + waited).min(long);
        let idle = if complete { long - wanted } else { 0 };
        (idle, wanted - ran.min(wanted))
    }

    fn rests(&self) -> bool {
        self.threads.values().all(|thread| thread.rests)
    }
}

impl Thread {
    /// None if it has ended, or the system does not tell.
    fn of(process: u32, thread: u32) -> Option<Thread> {
        let read = |file: &str| {
            fs::read_to_string(format!("/proc/{process}/task/{thread}/{file}"))
        };
        let accounts = read("schedstat").ok()?;
        let mut accounts = accounts.split_whitespace();
        let mut next = || accounts.next()?.parse().ok();
        let (ran_ns, waited_ns) = (next()?, next()?);
        let stat = read("stat").ok()?;
        // number (name) state …; a name may hold anything.
        let (_, state) = stat.rsplit_once(')')?;
        let busy = state.trim_start().starts_with(['R', 'D']);
        Some(Thread { ran_ns, waited_ns, rests: !busy })
    }
}

/// How long not to look after one that took so long: a twentieth of the time
/// is spent with looking, as far as the pauses do not get too long for it.
pub(super) fn pause(look: Duration, usual: Duration) -> Duration {
    (look * 20).clamp(usual, 5 * usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(at_ns: u64, threads: &[(u32, u64, u64, bool)]) -> Look {
        let thread =
            |(id, ran_ns, waited_ns, rests): &(u32, u64, u64, bool)| {
                let (ran_ns, waited_ns, rests) = (*ran_ns, *waited_ns, *rests);
                (*id, Thread { ran_ns, waited_ns, rests })
            };
        Look { at_ns, threads: threads.iter().map(thread).collect() }
    }

    #[test]
    fn idle_is_what_nobody_ran_or_waited_for_a_processor() {
        let first = look(100, &[(1, 10, 5, true), (2, 0, 0, true)]);
        for (threads, idle, starved) in [
            (&[(1, 10, 5, true), (2, 0, 0, true)][..], 50, 0),
            (&[(1, 14, 5, true), (2, 0, 16, true)], 30, 16),
            // More than one at once.
            (&[(1, 40, 5, true), (2, 40, 20, true)], 0, 0),
            // One that runs, that is new, that has gone.
            (&[(1, 10, 5, false), (2, 0, 0, true)], 0, 0),
            (&[(1, 10, 5, true), (2, 0, 0, true), (3, 1, 1, true)], 0, 1),
            (&[(1, 10, 5, true)], 0, 0),
        ] {
            let now = look(150, threads);
            assert_eq!(first.until(&now), (idle, starved), "{threads:?}");
        }
    }
}
