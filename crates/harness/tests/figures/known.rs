//! Every figure that the numbers of a run read.

use std::collections::BTreeSet;

use measurement::compare::Comparison;
use measurement::distribution::Distribution;
use measurement::quantity::{
    duration, factor, floor_percent, kib, makespan, mib, percent, speed_up,
};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::waits::{BOOK_SEQUENTIAL, BOOK_THREADS};

use super::page::{Table, figures};

pub(crate) fn known(summary: &Summary, tables: &[Table]) -> BTreeSet<String> {
    let mut texts: Vec<String> = Vec::new();
    for table in tables {
        texts.push(table.heading.clone());
        texts.extend(table.rows.iter().flatten().cloned());
    }
    for batch in &summary.batches {
        of_batch(batch, &mut texts);
    }
    for memory in &summary.memory {
        texts.push(format!("{} KiB", kib(memory.slope_bytes.median)));
        texts.push(format!("{} MiB", mib(memory.base_bytes)));
    }
    let book = [BOOK_SEQUENTIAL, BOOK_THREADS];
    let act = measurement::record::Act::Book;
    texts.extend(book.map(|ns| makespan(act, ns as f64)));
    // What all of it is, and what nearly all of it is.
    texts.extend(["100 %", "95 %"].map(str::to_owned));
    texts.iter().flat_map(|text| figures(text)).collect()
}

fn of_batch(batch: &Batch, texts: &mut Vec<String>) {
    texts.push(makespan(batch.act, batch.bound_ns as f64));
    texts.push(duration(batch.sequential_ns as f64));
    let twins = batch.twins.iter().chain(&batch.cpu_twins);
    texts.extend(twins.filter_map(|t| t.floor).map(floor_percent));
    of_ratio(batch.by_hand_cpu.as_ref(), texts);
    for row in &batch.rows {
        of_row(row, texts);
    }
}

fn of_row(row: &Row, texts: &mut Vec<String>) {
    of_ratio(row.ratio.as_ref(), texts);
    of_ratio(row.cpu_ratio.as_ref(), texts);
    let costs =
        [&row.client_cpu_per_request_ns, &row.server_cpu_per_request_ns];
    let costs = costs.into_iter().flatten().map(|cost| duration(cost.median));
    texts.extend(costs);
    texts.extend(row.speed_up.iter().map(|times| speed_up(times.median)));
    // How much longer than the earliest possible end.
    let longer = |part: &Estimate| percent(1.0 / part.median - 1.0);
    texts.extend(row.efficiency.iter().map(longer));
    for times in [&row.service, &row.sojourn].into_iter().flatten() {
        let of = |part| Distribution::quantile(times, part).map(duration);
        texts.extend([0.05, 0.5, 0.95].into_iter().filter_map(of));
    }
}

/// Of two, either way round: `1.18×`, `18 % longer`, `15 % less`.
fn of_ratio(comparison: Option<&Comparison>, texts: &mut Vec<String>) {
    let Some(Comparison { ratio, .. }) = comparison else { return };
    for ratio in [ratio.median, 1.0 / ratio.median] {
        texts.push(factor(ratio));
        texts.push(percent((ratio - 1.0).abs()));
    }
}
