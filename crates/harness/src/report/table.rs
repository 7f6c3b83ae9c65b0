//! The table of a batch: on the terminal and on the page.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use measurement::compare::{Comparison, Verdict};
use measurement::quantity::{
    NOT_APPLICABLE, duration, factor, from_to, makespan, mean, mib, percent,
    range, speed_up, whole,
};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note, Row};
use measurement::waits::Waits;
use measurement::ways;

use crate::terminal::width;

/// A column: what stands above it, what in it, and how dear it is where there
/// is little room, as on a terminal.
pub(super) struct Column {
    header: &'static str,
    /// The least is left out first; 0 is for the page alone.
    dear: u8,
    cell: fn(&Batch, &Row) -> Option<String>,
}

/// The columns of the table for people.
pub(super) const COLUMNS: &[Column] = &[
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
    pub(super) fn header(&self, batch: &Batch) -> String {
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
    pub(super) fn of(&self, batch: &Batch, row: &Row) -> String {
        let cell = (self.cell)(batch, row);
        cell.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
    }
}

/// The columns that have something to say of this batch.
pub(super) fn columns(batch: &Batch) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(|column| column.is_of(batch))
}

/// The table of a batch, for a terminal: of the columns that have no room,
/// the page has all.
pub fn table(batch: &Batch) -> String {
    let mut columns: Vec<&Column> =
        columns(batch).filter(|column| column.dear > 0).collect();
    loop {
        let lines = of_columns(batch, &columns);
        let least = columns.iter().map(|column| column.dear).min();
        let fits = lines.iter().all(|line| width_of(line) <= room());
        if fits || columns.len() < 2 {
            return lines.join("\n");
        }
        columns.retain(|column| Some(column.dear) != least);
    }
}

/// What a line may be wide: tables are indented by two.
fn room() -> usize {
    width().min(80) - 2
}

fn width_of(line: &str) -> usize {
    line.chars().count()
}

fn of_columns(batch: &Batch, columns: &[&Column]) -> Vec<String> {
    let header: Vec<String> =
        columns.iter().map(|column| column.header(batch)).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let cells =
        |row| columns.iter().map(|column| column.of(batch, row)).collect();
    let rows = batch.rows.iter().map(cells);
    plain_table(&header, rows, CellAlignment::Right)
}

/// A table that is continued below, each time with the first column, where
/// not all columns have room side by side.
pub fn folded_table(header: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let wide = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let widths = cells.chain([&header[at]]).map(|cell| width_of(cell));
        widths.max().unwrap_or(0) + 2
    };
    let mut lines = Vec::new();
    let mut from = 1;
    while from < header.len() {
        let mut to = from + 1;
        let mut used = wide(0) + wide(from);
        while to < header.len() && used + wide(to) <= room() {
            used += wide(to);
            to += 1;
        }
        let part = |row: &[String]| -> Vec<String> {
            let more = row.get(from..to).unwrap_or_default();
            row.iter().take(1).chain(more).cloned().collect()
        };
        if from > 1 {
            lines.push(String::new());
        }
        let names = part(header);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let rows = rows.iter().map(|row| part(row));
        lines.extend(plain_table(&names, rows, CellAlignment::Right));
        from = to;
    }
    lines
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
