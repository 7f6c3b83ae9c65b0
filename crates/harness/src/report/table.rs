//! The table of a run: on the terminal, on the page, as CSV.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};

use crate::duration::display;

/// The columns of the table for people.
pub(super) const HEADERS: [&str; 8] = [
    "strategy",
    "makespan",
    "interval (≥ 95 %)",
    "of the bound",
    "seen at once",
    "CPU per ping",
    "peak memory",
    "threads midway",
];

/// The table of a batch, for a terminal.
pub fn table(batch: &Batch) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(HEADERS);
    for row in &batch.rows {
        table.add_row(cells(row));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The cells of a row. What was not measured is "n/a".
pub(super) fn cells(row: &Row) -> [String; 8] {
    let or_na = |text: Option<String>| text.unwrap_or_else(|| "n/a".to_owned());
    let makespan = row.makespan_ns.as_ref();
    [
        format!("{} · {}", row.strategy, row.client),
        or_na(makespan.map(|makespan| display(makespan.median))),
        or_na(makespan.map(interval)),
        or_na(row.efficiency.as_ref().map(|e| {
            // Rounded down: 99.96 % is not all of it.
            format!("{:.0} %", (e.median * 100.0).floor())
        })),
        or_na(row.peak_in_flight.map(|(least, most)| {
            if least == most {
                least.to_string()
            } else {
                format!("{least} to {most}")
            }
        })),
        or_na(row.cpu_per_request_ns.as_ref().map(|cpu| display(cpu.median))),
        or_na(row.peak_rss_bytes.as_ref().map(|bytes| {
            format!("{:.1} MiB", bytes.median / f64::from(1 << 20))
        })),
        or_na(row.threads.map(|threads| format!("{threads:.0}"))),
    ]
}

fn interval(estimate: &Estimate) -> String {
    match &estimate.interval {
        Some(interval) => {
            format!("{} to {}", display(interval.low), display(interval.high))
        }
        None => format!("n = {}: none", estimate.n),
    }
}

/// Every row of every batch, in plain numbers.
pub(super) fn csv(summary: &Summary) -> String {
    let mut csv = String::from(
        "act,concurrency,requests,strategy,client,trials,valid,\
         makespan_median_ns,makespan_low_ns,makespan_high_ns,bound_ns,\
         model_ns,efficiency_median,peak_in_flight_min,peak_in_flight_max,\
         mean_in_flight,cpu_per_request_ns,peak_rss_bytes,threads\n",
    );
    for batch in &summary.batches {
        for row in &batch.rows {
            csv += &csv_row(batch, row).join(",");
            csv.push('\n');
        }
    }
    csv
}

fn csv_row(batch: &Batch, row: &Row) -> Vec<String> {
    let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
    let makespan = row.makespan_ns.as_ref();
    let interval = makespan.and_then(|makespan| makespan.interval);
    let peak = row.peak_in_flight;
    vec![
        format!("{:?}", batch.act).to_lowercase(),
        batch.concurrency.to_string(),
        batch.requests.to_string(),
        row.strategy.clone(),
        row.client.clone(),
        row.trials.to_string(),
        row.valid.to_string(),
        number(makespan.map(|makespan| makespan.median)),
        number(interval.map(|interval| interval.low)),
        number(interval.map(|interval| interval.high)),
        batch.bound_ns.to_string(),
        row.model_ns.map(|ns| ns.to_string()).unwrap_or_default(),
        number(row.efficiency.as_ref().map(|e| e.median)),
        peak.map(|(least, _)| least.to_string()).unwrap_or_default(),
        peak.map(|(_, most)| most.to_string()).unwrap_or_default(),
        number(row.mean_in_flight),
        number(row.cpu_per_request_ns.as_ref().map(|cpu| cpu.median)),
        number(row.peak_rss_bytes.as_ref().map(|bytes| bytes.median)),
        number(row.threads),
    ]
}
