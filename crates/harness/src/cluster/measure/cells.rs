//! What is measured, as data.

use measurement::MILLISECOND;
use measurement::queue_cost::{Act, Cell};

use crate::cli::MeasureArgs;

/// Servers of the queue: one, or three with a copy each.
const COPIES: [usize; 2] = [1, 3];

/// Workers that share those in flight, where the server answers at once.
const SHARING: [usize; 3] = [1, 2, 4];

/// Workers that have [`TASKS`] each, where it waits [`WAIT_NS`].
const ADDING: [usize; 4] = [1, 2, 4, 8];
const TASKS: usize = 10;
const WAIT_NS: u64 = 20 * MILLISECOND;

/// Jobs of a batch where the server answers at once: so many that it takes
/// some seconds.
const IN_PROCESS_JOBS: u64 = 100_000;
const SHARED_JOBS: u64 = 30_000;

/// How long a batch takes where it waits, at the earliest, ns.
const SCALING_NS: u64 = 3_000 * MILLISECOND;

/// Workers of a backlog.
const AT_A_BACKLOG: usize = 2;

/// All cells that are asked for.
pub(super) fn cells(args: &MeasureArgs) -> Vec<Cell> {
    let acts = args.acts();
    let chosen = |act| acts.contains(&act);
    let in_flight = args.concurrency.get();
    let jobs = |usual: u64| args.requests.map_or(usual, |n| n.get() as u64);
    let mut cells = Vec::new();
    if chosen(Act::Saturation) {
        let cell = |copies, workers, usual| Cell {
            act: Act::Saturation,
            copies,
            workers,
            concurrency: in_flight,
            wait_ns: 0,
            jobs: jobs(usual),
        };
        cells.push(cell(0, 1, IN_PROCESS_JOBS));
        for copies in COPIES {
            let workers = SHARING.into_iter().filter(|k| *k <= in_flight);
            cells.extend(workers.map(|k| cell(copies, k, SHARED_JOBS)));
        }
    }
    if chosen(Act::Scaling) {
        for (copies, workers) in each(&COPIES, &ADDING) {
            let concurrency = TASKS * workers;
            let usual = concurrency as u64 * SCALING_NS / WAIT_NS;
            let jobs = jobs(usual);
            let (act, wait_ns) = (Act::Scaling, WAIT_NS);
            cells.push(Cell {
                act,
                copies,
                workers,
                concurrency,
                wait_ns,
                jobs,
            });
        }
    }
    if let Some(many) = args.jobs {
        cells.extend(COPIES.map(|copies| Cell {
            act: Act::Backlog,
            copies,
            workers: AT_A_BACKLOG.min(in_flight),
            concurrency: in_flight,
            wait_ns: 0,
            jobs: many.get() as u64,
        }));
    }
    cells
}

fn each(
    copies: &[usize],
    workers: &[usize],
) -> impl Iterator<Item = (usize, usize)> {
    let of = |copies| workers.iter().map(move |workers| (copies, *workers));
    copies.iter().copied().flat_map(of)
}
