//! The columns of the table of a batch: on the terminal and on the page.

use measurement::compare::{Comparison, Verdict};
use measurement::quantity::{
    NOT_APPLICABLE, duration, factor, from_to, makespan, mean, mib, percent,
    range, speed_up, whole,
};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note, Row};
use measurement::waits::Waits;
use measurement::ways;

/// A column: what stands above it, what in it, and how dear it is where there
/// is little room, as on a terminal.
#[derive(Debug)]
pub struct Column {
    header: &'static str,
    /// The least is left out first; 0 is for the page alone.
    pub dear: u8,
    cell: fn(&Batch, &Row) -> Option<String>,
}

/// The columns of the table for people.
pub(crate) const COLUMNS: &[Column] = &[
    column("strategy", 9, |_, row| Some(ways::name(&row.strategy).to_owned())),
    column("client", 0, |_, row| Some(row.client.clone())),
    column("makespan", 8, |batch, row| {
        Some(makespan(batch.act, row.makespan_ns.as_ref()?.median))
    }),
    column("interval (≥ 95 %)", 2, |batch, row| {
        Some(interval(batch, row.makespan_ns.as_ref()?))
    }),
    column("speed-up", 0, |_, row| {
        Some(speed_up(row.speed_up.as_ref()?.median))
    }),
    column("efficiency", 6, |_, row| {
        Some(percent(row.efficiency.as_ref()?.median))
    }),
    column("relative to {reference}", 7, |_, row| {
        Some(relative(row.ratio.as_ref()?))
    }),
    column("seen at once", 4, |batch, row| {
        // Answers come back before the next is sent: it says nothing.
        Some(range(row.peak_in_flight.filter(|_| waits(batch))?))
    }),
    column("mean at once", 0, |batch, row| {
        Some(mean(row.mean_in_flight.filter(|_| waits(batch))?))
    }),
    column("overhead per ping", 0, |_, row| {
        Some(duration(row.overhead_ns.as_ref()?.median))
    }),
    column("server late", 0, |batch, row| {
        Some(duration(row.server_late_ns.filter(|_| waits(batch))?))
    }),
    column("CPU per ping", 5, |_, row| {
        Some(duration(row.cpu_per_request_ns.as_ref()?.median))
    }),
    column("peak memory", 1, |_, row| {
        Some(format!("{} MiB", mib(row.peak_rss_bytes.as_ref()?.median)))
    }),
    column("threads midway", 0, |_, row| Some(whole(row.threads?))),
    column("notes", 0, |_, row| {
        let notes: Vec<&str> = row.notes.iter().map(|n| note(*n)).collect();
        Some(notes.join(", "))
    }),
];

const fn column(
    header: &'static str,
    dear: u8,
    cell: fn(&Batch, &Row) -> Option<String>,
) -> Column {
    Column { header, dear, cell }
}

fn waits(batch: &Batch) -> bool {
    batch.waits != Waits::None
}

impl Column {
    /// What stands above it. The reference of a batch is a strategy.
    pub fn header(&self, batch: &Batch) -> String {
        let reference = batch.reference.as_deref().unwrap_or_default();
        let name = ways::find(reference).map_or(reference, |way| way.short);
        self.header.replace("{reference}", name)
    }

    /// Whether it has something to say of this batch.
    pub(super) fn is_of(&self, batch: &Batch) -> bool {
        batch.rows.iter().any(|row| {
            let cell = (self.cell)(batch, row);
            cell.is_some_and(|cell| !cell.is_empty())
        })
    }

    /// What was not measured, or has no meaning, is "n/a".
    pub fn of(&self, batch: &Batch, row: &Row) -> String {
        let cell = (self.cell)(batch, row);
        cell.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
    }
}

/// The columns that have something to say of this batch.
pub fn columns(batch: &Batch) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| column.is_of(batch))
}

fn interval(batch: &Batch, estimate: &Estimate) -> String {
    let end = |ns| makespan(batch.act, ns);
    match &estimate.interval {
        Some(interval) => from_to(&end(interval.low), &end(interval.high)),
        None => format!("no value (n = {})", estimate.n),
    }
}

/// Such as `2.2×` or `1.02×, no visible difference`.
fn relative(comparison: &Comparison) -> String {
    let ratio = factor(comparison.ratio.median);
    match comparison.verdict {
        None | Some(Verdict::Differs) => ratio,
        Some(Verdict::NoDifference) => {
            format!("{ratio}, no visible difference")
        }
        Some(Verdict::TooFewRounds) => format!("{ratio}, too few rounds"),
        Some(Verdict::TooNoisy) => format!("{ratio}, too noisy to tell"),
    }
}

fn note(note: Note) -> &'static str {
    match note {
        Note::Disturbed => "disturbed",
        Note::Unsteady => "unsteady",
        Note::Outlier => "outlier",
        Note::SlowFirst => "slow first trial",
        Note::Short => "short",
    }
}
