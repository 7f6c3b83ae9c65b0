//! Tables without frames, as wide as the terminal allows.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use measurement::summary::Batch;
use report::{Column, columns};

use super::width::width;

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
