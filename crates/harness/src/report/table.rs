//! The table of a batch: on the terminal and on the page.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use measurement::compare::{Comparison, Verdict};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note, Row};

use crate::duration::display;

/// A column: what stands above it, what in it, and whether it is for the
/// terminal as well, where there is less room.
pub(super) struct Column {
    header: &'static str,
    on_terminal: bool,
    cell: fn(&Row) -> Option<String>,
}

/// The columns of the table for people.
pub(super) const COLUMNS: &[Column] = &[
    column("strategy", true, |row| {
        Some(format!("{} · {}", row.strategy, row.client))
    }),
    column("makespan", true, |row| {
        Some(display(row.makespan_ns.as_ref()?.median))
    }),
    column("interval (≥ 95 %)", true, |row| {
        Some(interval(row.makespan_ns.as_ref()?))
    }),
    column("speed-up", false, |row| {
        Some(format!("{:.1}×", row.speed_up.as_ref()?.median))
    }),
    column("of the ideal", true, |row| {
        // Rounded down: 99.96 % is not all of it.
        let percent = (row.efficiency.as_ref()?.median * 100.0).floor();
        Some(format!("{percent:.0} %"))
    }),
    column("beside {reference}", true, |row| Some(beside(row.ratio.as_ref()?))),
    column("seen at once", true, |row| {
        let (least, most) = row.peak_in_flight?;
        Some(match least == most {
            true => least.to_string(),
            false => format!("{least} to {most}"),
        })
    }),
    column("mean at once", false, |row| {
        Some(format!("{:.1}", row.mean_in_flight?))
    }),
    column("overhead per ping", false, |row| {
        Some(display(row.overhead_ns.as_ref()?.median))
    }),
    column("server late", false, |row| Some(display(row.server_late_ns?))),
    column("CPU per ping", true, |row| {
        Some(display(row.cpu_per_request_ns.as_ref()?.median))
    }),
    column("peak memory", true, |row| {
        let bytes = row.peak_rss_bytes.as_ref()?.median;
        Some(format!("{:.1} MiB", bytes / f64::from(1 << 20)))
    }),
    column("threads midway", false, |row| Some(format!("{:.0}", row.threads?))),
    column("notes", false, |row| {
        let notes: Vec<&str> = row.notes.iter().map(|n| note(*n)).collect();
        Some(notes.join(", "))
    }),
];

const fn column(
    header: &'static str,
    on_terminal: bool,
    cell: fn(&Row) -> Option<String>,
) -> Column {
    Column { header, on_terminal, cell }
}

impl Column {
    /// What stands above it. The reference of a batch is a strategy.
    pub(super) fn header(&self, batch: &Batch) -> String {
        let reference = batch.reference.as_deref().unwrap_or_default();
        self.header.replace("{reference}", reference)
    }

    /// What was not measured is "n/a".
    pub(super) fn of(&self, row: &Row) -> String {
        (self.cell)(row).unwrap_or_else(|| "n/a".to_owned())
    }
}

/// The columns that have something to say of this batch.
pub(super) fn columns(batch: &Batch) -> impl Iterator<Item = &'static Column> {
    let rows = &batch.rows;
    COLUMNS.iter().filter(move |column| {
        rows.iter().any(|row| {
            let cell = (column.cell)(row);
            cell.is_some_and(|cell| !cell.is_empty())
        })
    })
}

/// The table of a batch, for a terminal.
pub fn table(batch: &Batch) -> String {
    let columns: Vec<&Column> =
        columns(batch).filter(|column| column.on_terminal).collect();
    let header: Vec<String> =
        columns.iter().map(|column| column.header(batch)).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let rows = batch
        .rows
        .iter()
        .map(|row| columns.iter().map(|column| column.of(row)).collect());
    plain_table(&header, rows, CellAlignment::Right).join("\n")
}

/// The lines of a table without frames; columns after the first are aligned
/// as said.
pub fn plain_table(
    header: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    alignment: CellAlignment,
) -> Vec<String> {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(header);
    for row in rows {
        table.add_row(row);
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(alignment);
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

fn interval(estimate: &Estimate) -> String {
    match &estimate.interval {
        Some(interval) => {
            format!("{} to {}", display(interval.low), display(interval.high))
        }
        None => format!("n = {}: none", estimate.n),
    }
}

/// Such as `2.17×` or `1.02×, no difference we can see`.
fn beside(comparison: &Comparison) -> String {
    let ratio = format!("{:.2}×", comparison.ratio.median);
    match comparison.verdict {
        None | Some(Verdict::Differs) => ratio,
        Some(Verdict::NoDifference) => {
            format!("{ratio}, no difference we can see")
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
