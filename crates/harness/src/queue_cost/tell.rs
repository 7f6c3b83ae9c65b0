//! What came of it, in words and as tables.

use charts::cell_name;
use comfy_table::CellAlignment;
use measurement::quantity::{
    NOT_APPLICABLE, duration, factor, mib, microseconds, number, plural, whole,
};
use measurement::queue_cost::{
    Act, Cell, CellRow, MachinesSummary, Miscount, Quantity,
};
use measurement::statistics::Estimate;
use safe_text::terminal::printable;

use crate::terminal::{Ink, Paint, plain_table, say};

/// A header and its rows; a line break in the header is one on the terminal.
type Table = (Vec<String>, Vec<Vec<String>>);

/// Prints it all.
pub fn tell(summary: &MachinesSummary) {
    let tables = [
        ("Without waits: CPU µs of a job", costs(summary)),
        ("Workers of ten tasks, the server waits", scaling(summary)),
        ("A great many jobs: the most memory, MiB", memory(summary)),
    ];
    for (title, (header, rows)) in tables {
        if rows.is_empty() {
            continue;
        }
        say("");
        say(title.ink(Ink::Strong));
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        for line in plain_table(&header, rows.into_iter(), CellAlignment::Right)
        {
            say(format!("  {line}"));
        }
    }
    say("");
    say("Counted by the server that is pinged".ink(Ink::Strong));
    for verdict in verdicts(summary) {
        say(format!("  {verdict}"));
    }
    say("");
}

/// What a batch is called beside others of its kind.
pub fn batch_name(cell: &Cell) -> String {
    let name = cell_name(cell);
    match cell.act {
        Act::Backlog => {
            format!("{name}, {} jobs", number(cell.jobs as usize))
        }
        Act::Scaling => {
            format!("{name}, waits {}", duration(cell.wait_ns as f64))
        }
        Act::Saturation => name,
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn median(row: &CellRow, quantity: Quantity, say: fn(f64) -> String) -> String {
    let said = row.median(quantity).map(say);
    said.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
}

/// What a job costs where the server answers at once.
pub fn costs(summary: &MachinesSummary) -> Table {
    let header = words(&[
        "",
        "jobs\na second",
        "workers",
        "servers",
        "both",
        "to put\nit in",
        "collector",
    ]);
    let row = |row: &CellRow| {
        let micro = |quantity| median(row, quantity, microseconds);
        let both = row.shared_cpu_ns().map(microseconds);
        vec![
            cell_name(&row.cell),
            median(row, Quantity::Speed, whole),
            micro(Quantity::Workers),
            micro(Quantity::Brokers),
            both.unwrap_or_else(|| NOT_APPLICABLE.to_owned()),
            micro(Quantity::Producing),
            micro(Quantity::Collector),
        ]
    };
    (header, summary.of_act(Act::Saturation).map(row).collect())
}

/// Whether more workers are faster.
pub fn scaling(summary: &MachinesSummary) -> Table {
    let header = words(&[
        "",
        "jobs\na second",
        "times\nas fast",
        "workers\nCPU µs",
        "servers\nCPU µs",
    ]);
    let row = |row: &CellRow| {
        vec![
            cell_name(&row.cell),
            median(row, Quantity::Speed, whole),
            median(row, Quantity::TimesAsFast, factor),
            median(row, Quantity::Workers, microseconds),
            median(row, Quantity::Brokers, microseconds),
        ]
    };
    (header, summary.of_act(Act::Scaling).map(row).collect())
}

/// What a great many jobs take of memory: all of it, and below without what
/// all processes of a program share.
pub fn memory(summary: &MachinesSummary) -> Table {
    let header = words(&[
        "",
        "jobs",
        "put in\na second",
        "done\na second",
        "producer",
        "worker",
        "collector",
        "each\nserver",
    ]);
    let said = |estimate: &Option<Estimate>, say: fn(f64) -> String| {
        let said = estimate.as_ref().map(|estimate| say(estimate.median));
        said.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
    };
    let rows = |row: &CellRow| {
        let all = [&row.producer, &row.worker, &row.collector, &row.broker];
        let peaks = all.map(|memory| said(&memory.peak_bytes, mib));
        let owns = all.map(|memory| said(&memory.own_bytes, mib));
        let begin = vec![
            plural(row.cell.copies, "server"),
            number(row.cell.jobs as usize),
            said(&row.produced_per_second, whole),
            said(&row.jobs_per_second, whole),
        ];
        let below = words(&["of it own", "", "", ""]);
        [[begin, peaks.to_vec()].concat(), [below, owns.to_vec()].concat()]
    };
    (header, summary.of_act(Act::Backlog).flat_map(rows).collect())
}

/// Where a count is not what it must be, and what failed; or that all is as
/// asked for.
pub fn verdicts(summary: &MachinesSummary) -> Vec<String> {
    let mut lines = Vec::new();
    let mut batches = 0;
    for row in &summary.rows {
        let cell = batch_name(&row.cell);
        if let Some(why) = &row.failure {
            lines.push(format!("{cell} failed: {}", printable(why)));
        }
        lines.extend(row.found.iter().map(|found| sentence(&cell, *found)));
        batches += row.valid;
    }
    if lines.is_empty() {
        lines.push(format!(
            "in all {} as many requests as jobs, all different, and no more in \
             flight than asked for",
            match batches {
                1 => "1 batch".to_owned(),
                _ => format!("{} batches", number(batches)),
            }
        ));
    }
    lines
}

fn sentence(cell: &str, found: Miscount) -> String {
    let count = |number: u64| whole(number as f64);
    let (what, trials) = match found {
        Miscount::Requests { jobs, seen, trials } => {
            let (jobs, seen) = (count(jobs), count(seen));
            (format!("{seen} requests for {jobs} jobs"), trials)
        }
        Miscount::Distinct { jobs, seen, trials } => {
            let (jobs, seen) = (count(jobs), count(seen));
            (format!("{seen} different jobs of {jobs}"), trials)
        }
        Miscount::Collected { jobs, seen, trials } => {
            let (jobs, seen) = (count(jobs), count(seen));
            (format!("{seen} good results of {jobs} jobs"), trials)
        }
        Miscount::InFlight { asked, peak, trials } => {
            let (asked, peak) = (count(asked), count(peak));
            (format!("{peak} in flight, {asked} asked for"), trials)
        }
    };
    let trials = plural(trials, "trial");
    format!("{cell}: {what} ({trials})")
}
