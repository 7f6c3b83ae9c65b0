//! The tables in plain numbers, for other programs.

use std::fmt::Write;

use measurement::lanes;
use measurement::record::{Act, Trial};
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use safe_text::csv::cell;
use serde_json::Value;

/// A column of `summary.csv`. Names come from records, and records from
/// anybody, so they are made [`cell`]s; numbers stay numbers.
type Column = (&'static str, fn(&Batch, &Row) -> Option<String>);

const COLUMNS: &[Column] = &[
    ("act", |batch, _| Some(act(batch.act))),
    ("concurrency", |batch, _| Some(batch.concurrency.to_string())),
    ("requests", |batch, _| Some(batch.requests.to_string())),
    ("kept_awake", |batch, _| Some(batch.kept_awake?.to_string())),
    ("strategy", |_, row| Some(cell(&row.strategy))),
    ("client", |_, row| Some(cell(&row.client))),
    ("trials", |_, row| Some(row.trials.to_string())),
    ("valid", |_, row| Some(row.valid.to_string())),
    ("disturbed", |_, row| Some(row.disturbed.to_string())),
    ("makespan_median_ns", |_, row| median(&row.makespan_ns)),
    ("makespan_low_ns", |_, row| low(row.makespan_ns.as_ref())),
    ("makespan_high_ns", |_, row| high(row.makespan_ns.as_ref())),
    ("bound_ns", |batch, _| Some(batch.bound_ns.to_string())),
    ("model_ns", |_, row| Some(row.model_ns?.to_string())),
    ("throughput_median", |_, row| median(&row.throughput)),
    ("speed_up_median", |_, row| median(&row.speed_up)),
    ("speed_up_low", |_, row| low(row.speed_up.as_ref())),
    ("speed_up_high", |_, row| high(row.speed_up.as_ref())),
    ("efficiency_median", |_, row| median(&row.efficiency)),
    ("efficiency_low", |_, row| low(row.efficiency.as_ref())),
    ("efficiency_high", |_, row| high(row.efficiency.as_ref())),
    ("reference", |batch, _| batch.reference.as_deref().map(cell)),
    ("ratio_median", |_, row| {
        Some(row.ratio.as_ref()?.ratio.median.to_string())
    }),
    ("ratio_low", |_, row| low(Some(&row.ratio.as_ref()?.ratio))),
    ("ratio_high", |_, row| high(Some(&row.ratio.as_ref()?.ratio))),
    ("verdict", |_, row| {
        let verdict = row.ratio.as_ref()?.verdict?;
        match serde_json::to_value(verdict).ok()? {
            Value::String(word) => Some(word),
            _ => None,
        }
    }),
    ("floor", |batch, _| Some(batch.twins.as_ref()?.floor?.to_string())),
    ("overhead_ns", |_, row| median(&row.overhead_ns)),
    ("server_late_ns", |_, row| Some(row.server_late_ns?.to_string())),
    ("peak_in_flight_min", |_, row| Some(row.peak_in_flight?.0.to_string())),
    ("peak_in_flight_max", |_, row| Some(row.peak_in_flight?.1.to_string())),
    ("mean_in_flight", |_, row| Some(row.mean_in_flight?.to_string())),
    ("client_in_flight", |_, row| Some(row.client_in_flight?.to_string())),
    ("cpu_per_request_ns", |_, row| median(&row.cpu_per_request_ns)),
    ("cpu_low_ns", |_, row| low(row.cpu_per_request_ns.as_ref())),
    ("cpu_high_ns", |_, row| high(row.cpu_per_request_ns.as_ref())),
    ("client_cpu_per_request_ns", |_, row| {
        median(&row.client_cpu_per_request_ns)
    }),
    ("server_cpu_per_request_ns", |_, row| {
        median(&row.server_cpu_per_request_ns)
    }),
    ("switches_per_request", |_, row| {
        Some(row.switches_per_request?.to_string())
    }),
    ("server_switches_per_request", |_, row| {
        Some(row.server_switches_per_request?.to_string())
    }),
    ("peak_rss_bytes", |_, row| median(&row.peak_rss_bytes)),
    ("threads", |_, row| Some(row.threads?.to_string())),
];

/// Every row of every batch. An empty cell was not measured.
pub(super) fn summary(summary: &Summary) -> String {
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let mut csv = names.join(",");
    csv.push('\n');
    for batch in &summary.batches {
        for row in &batch.rows {
            let cells: Vec<String> = COLUMNS
                .iter()
                .map(|(_, of)| of(batch, row).unwrap_or_default())
                .collect();
            csv += &cells.join(",");
            csv.push('\n');
        }
    }
    csv
}

/// What one more ping in flight costs, a line per strategy.
pub(super) fn memory(summary: &Summary) -> String {
    let mut csv = String::from(
        "strategy,client,slope_bytes,slope_low,slope_high,base_bytes\n",
    );
    for row in &summary.memory {
        let slope = &row.slope_bytes;
        let _ = writeln!(
            csv,
            "{},{},{},{},{},{}",
            cell(&row.strategy),
            cell(&row.client),
            slope.median,
            low(Some(slope)).unwrap_or_default(),
            high(Some(slope)).unwrap_or_default(),
            row.base_bytes,
        );
    }
    csv
}

/// One line per ping, of every trial that keeps its pings: first the columns
/// that oha writes, in seconds, then ours. No name is looked up and nothing is
/// dialled inside the clock; when the first byte came is not measured.
pub(super) fn requests(trials: &[Trial]) -> String {
    let mut csv = String::from(
        "request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,\
         status,act,level,round,trial,strategy,client,ping,lane\n",
    );
    for trial in trials {
        let Some(measured) = trial.valid() else { continue };
        let samples = &measured.samples;
        let times: Vec<(u64, u64)> = (samples.start_ns.iter().copied())
            .zip(samples.end_ns.iter().copied())
            .collect();
        let spec = &trial.spec;
        let lanes = lanes::of_pings(&spec.strategy, spec.concurrency(), &times);
        let bytes = spec.body_bytes.map(|b| b.to_string()).unwrap_or_default();
        let same = format!(
            "{},{},{},{},{},{}",
            act(trial.act),
            trial.level,
            trial.round,
            trial.trial,
            cell(&spec.strategy),
            cell(&spec.client)
        );
        for (ping, ((start, end), lane)) in times.iter().zip(lanes).enumerate()
        {
            let status = samples.status.get(ping).copied().flatten();
            let _ = writeln!(
                csv,
                "{},0,0,,{},{bytes},{},{same},{ping},{lane}",
                seconds(*start),
                seconds(end.saturating_sub(*start)),
                status.map(|s| s.to_string()).unwrap_or_default(),
            );
        }
    }
    csv
}

/// To the microsecond: the records have the rest.
fn seconds(ns: u64) -> String {
    format!("{:.6}", ns as f64 / 1e9)
}

fn act(act: Act) -> String {
    match serde_json::to_value(act) {
        Ok(Value::String(name)) => name,
        _ => String::new(),
    }
}

fn median(estimate: &Option<Estimate>) -> Option<String> {
    Some(estimate.as_ref()?.median.to_string())
}

fn low(estimate: Option<&Estimate>) -> Option<String> {
    Some(estimate?.interval?.low.to_string())
}

fn high(estimate: Option<&Estimate>) -> Option<String> {
    Some(estimate?.interval?.high.to_string())
}
