//! The comparison on the terminal, in 80 columns.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use measurement::runs::RunComparison;
use safe_text::terminal::{printable, shortened};

use super::tables::{On, tables};
use super::words::{
    Verdicts, difference, how_to_read, label, partial, quiet, title,
    without_ratios,
};
use crate::terminal::{Ink, Paint, wrapped};

/// No name of ours is longer; those of strangers are cut.
const LONGEST_NAME: usize = 26;

/// All that is printed, line by line. Names come from records, and records
/// from anybody.
pub fn lines(compared: &RunComparison) -> Vec<String> {
    let mut lines = vec![title(compared).ink(Ink::Strong)];
    for (run, head) in compared.runs.iter().enumerate() {
        let name = printable(&head.run_id);
        lines.push(format!("  {}  {name}", label(run)));
    }
    heading(&mut lines, "What differs");
    for one in &compared.differences {
        lines.extend(paragraph(&difference(one)));
    }
    if compared.differences.is_empty() {
        lines.extend(paragraph("Nothing that is recorded."));
    }
    lines.push(String::new());
    lines.extend(paragraph(&quiet(compared)));
    lines.extend(paragraph(&how_to_read(compared.runs.len())));
    for one in tables(compared, On::Terminal) {
        heading(&mut lines, &one.heading);
        lines.extend(rows(one.headers, one.rows));
    }
    verdicts(&mut lines, &Verdicts::of(compared));
    section(&mut lines, "Not in every run", &partial(compared));
    section(&mut lines, "Not compared", &without_ratios(compared));
    lines
}

fn verdicts(lines: &mut Vec<String>, verdicts: &Verdicts) {
    heading(lines, &verdicts.count());
    let all = [
        ("They contradict each other:", &verdicts.contradict, Ink::Wrong),
        ("Only some see a difference:", &verdicts.partly, Ink::Muted),
        ("They agree:", &verdicts.agree, Ink::Muted),
    ];
    for (title, told, ink) in all {
        if told.is_empty() {
            continue;
        }
        lines.push(format!("  {}", title.ink(ink)));
        for one in told {
            lines.extend(wrapped(&printable(one), 4));
        }
    }
}

fn section(lines: &mut Vec<String>, title: &str, told: &[String]) {
    if told.is_empty() {
        return;
    }
    heading(lines, title);
    for one in told {
        lines.extend(paragraph(one));
    }
}

fn heading(lines: &mut Vec<String>, text: &str) {
    lines.push(String::new());
    let text = wrapped(&printable(text), 0);
    lines.extend(text.iter().map(|line| line.ink(Ink::Strong)));
}

fn paragraph(text: &str) -> Vec<String> {
    wrapped(&printable(text), 2)
}

/// The columns that are left out where there is no room; the page has all.
const DISPENSABLE: [&str; 2] = ["efficiency", "speed-up"];

/// The lines of a table, in 80 columns.
fn rows(mut headers: Vec<String>, mut rows: Vec<Vec<String>>) -> Vec<String> {
    let mut lines = table(&headers, &rows);
    let wide = |line: &String| console::measure_text_width(line) > 80;
    for name in DISPENSABLE {
        let place = headers.iter().position(|header| header == name);
        if let Some(place) = place.filter(|_| lines.iter().any(wide)) {
            headers.remove(place);
            rows.iter_mut().for_each(|row| drop(row.remove(place)));
            lines = table(&headers, &rows);
        }
    }
    lines
}

/// A table of which a cell may have two lines.
fn table(headers: &[String], rows: &[Vec<String>]) -> Vec<String> {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(headers);
    for row in rows {
        let mut row = row.clone();
        if let Some(name) = row.first_mut() {
            let parts: Vec<String> =
                name.lines().map(|l| shortened(l, LONGEST_NAME)).collect();
            *name = parts.join("\n");
        }
        table.add_row(row);
    }
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding(if place == 0 { (2, 0) } else { (1, 0) });
        if place > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}
