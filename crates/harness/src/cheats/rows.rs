use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;

use measurement::makespan;
use ping_core::{Agent, Setup, ping};

use super::liar::Finding::{Check, Flag};
use super::liar::{AT_ONCE, Liar};

/// Does what it says, and goes through the same door as the liars: nothing may
/// speak against it.
pub const HONEST: Liar = Liar {
    name: "cheat-not-at-all",
    lie: "none: an honest worker pool",
    caught_by: None,
    wait_ms: 200,
    statuses: &[200],
    early: |_| Vec::new(),
    ping_all: |job| job.pool(&job.urls),
    retell: |_, _| (),
};

/// What all liars have in common: apart from their lie they are honest.
const LIAR: Liar = Liar { wait_ms: 20, ..HONEST };

/// The liars, a row each: first those that do something else than they say,
/// then those that say something else than they did.
pub static LIARS: &[Liar] = &[
    Liar {
        name: "cheat-drops-one",
        lie: "makes up an answer it never asked for",
        caught_by: Some(Check("seen-equals-sent")),
        ping_all: |job| {
            let last = job.urls.len() - 1;
            let mut pings = vec![job.made_up(last)];
            pings.extend(job.pool(&job.urls[..last]));
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-begins-early",
        lie: "has its first answers before the start",
        caught_by: Some(Check("seen-equals-sent")),
        early: |job| job.pool(&job.urls[..AT_ONCE]),
        ping_all: |job| {
            let mut pings = job.before.take();
            pings.extend(job.pool(&job.urls[pings.len()..]));
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-sends-twice",
        lie: "asks twice, to be sure of an answer",
        caught_by: Some(Check("each-once")),
        ping_all: |job| {
            let mut urls = job.urls.to_vec();
            urls.push(urls[0].clone());
            job.pool(&urls)
        },
        ..LIAR
    },
    Liar {
        name: "cheat-swaps",
        lie: "asks one twice, another not at all",
        caught_by: Some(Check("each-once")),
        ping_all: |job| {
            let last = job.urls.len() - 1;
            let mut urls = job.urls.to_vec();
            urls[last] = urls[0].clone();
            let mut pings = vec![job.made_up(last)];
            pings.extend(job.pool(&urls));
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-retries",
        lie: "hangs up and asks again, silently",
        caught_by: Some(Check("none-left")),
        wait_ms: 100,
        ping_all: |job| {
            job.give_up(0);
            job.pool(&job.urls)
        },
        ..LIAR
    },
    Liar {
        name: "cheat-hangs-up",
        lie: "does not wait for an answer it can guess",
        caught_by: Some(Check("none-left")),
        wait_ms: 100,
        ping_all: |job| {
            job.give_up(0);
            let mut pings = vec![job.made_up(0)];
            pings.extend(job.pool(&job.urls[1..]));
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-doubles",
        lie: "has twice as many in flight as it may",
        caught_by: Some(Check("peak-within")),
        wait_ms: 100,
        ping_all: |job| {
            let twice =
                job.at_once.saturating_mul(NonZeroUsize::MIN.saturating_add(1));
            lesson_04_worker_pool::ping_all(&job.agent, &job.urls, twice)
        },
        ..LIAR
    },
    Liar {
        name: "cheat-takes-turns",
        lie: "looks like a pool, and holds a lock while it waits",
        caught_by: Some(Flag("client-limited")),
        ping_all: |job| {
            let (agent, queue) = (&job.agent, Mutex::new(job.urls.iter()));
            let pings = Mutex::new(Vec::new());
            thread::scope(|scope| {
                for _ in 0..job.at_once.get() {
                    scope.spawn(|| {
                        // The lock is held until the end of the block, and so
                        // through the ping.
                        while let Ok(mut queue) = queue.lock()
                            && let Some(url) = queue.next()
                            && let Ok(mut pings) = pings.lock()
                        {
                            pings.push(ping(agent, url));
                        }
                    });
                }
            });
            pings.into_inner().unwrap_or_default()
        },
        ..LIAR
    },
    Liar {
        name: "cheat-dials",
        lie: "throws its warm connections away",
        caught_by: Some(Flag("dialled")),
        ping_all: |job| match Agent::new(&Setup::new(job.at_once)) {
            Ok(cold) => {
                lesson_04_worker_pool::ping_all(&cold, &job.urls, job.at_once)
            }
            Err(_) => Vec::new(),
        },
        ..LIAR
    },
    Liar {
        name: "cheat-caches",
        lie: "gives the first answer to whoever asks",
        caught_by: Some(Check("bodies")),
        ping_all: |job| {
            let mut pings = job.pool(&job.urls);
            let first = pings[0].result.clone();
            for ping in &mut pings {
                ping.result.clone_from(&first);
            }
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-likes-200",
        lie: "calls every status 200",
        caught_by: Some(Check("statuses")),
        statuses: &[200, 404],
        ping_all: |job| {
            let mut pings = job.pool(&job.urls);
            for reply in pings.iter_mut().flat_map(|ping| &mut ping.result) {
                reply.status = 200;
            }
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-loses-one",
        lie: "mislays an answer, and says nothing",
        caught_by: Some(Check("answered")),
        ping_all: |job| {
            let mut pings = job.pool(&job.urls);
            pings.pop();
            pings
        },
        ..LIAR
    },
    Liar {
        name: "cheat-stops-early",
        lie: "stops its clock before the waits are over",
        caught_by: Some(Check("not-below-bound")),
        retell: |spec, told| {
            let waits = spec.waits.of(spec.requests);
            let bound = makespan::bound(&waits, spec.concurrency());
            told.makespan_ns = bound / 10 * 9;
        },
        ..LIAR
    },
    Liar {
        name: "cheat-shortens",
        lie: "halves what a ping took",
        caught_by: Some(Check("pings-cover-holds")),
        retell: |spec, told| {
            let waits = spec.waits.of(spec.requests);
            for (ping, wait) in told.pings.iter_mut().zip(waits) {
                ping.end_ns = ping.start_ns + wait / 2;
            }
        },
        ..LIAR
    },
    Liar {
        name: "cheat-stretches",
        lie: "says that all its pings took all the time",
        caught_by: Some(Check("within-capacity")),
        retell: |_, told| {
            for ping in &mut told.pings {
                (ping.start_ns, ping.end_ns) = (0, told.makespan_ns);
            }
        },
        ..LIAR
    },
];
