//! A bar for each strategy on its client, from the numbers of a run.

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::chart::cpu_cost::finding::{Told, rows, told, with_waits};
use crate::error::ChartError;
use crate::finding::{elided, is_disturbed, less};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, MeasuredBar, Panel, Plot, Ticks};
use crate::quantity::{duration, from_to, microseconds, number, plural};
use crate::scale::{Scale, Steps};
use crate::strategy;

/// More rows than this are a table.
const MOST_ROWS: usize = 8;

/// With more dots than this, nobody could see one.
const MOST_ROUNDS: usize = 1500;

/// Room at the right of the longest bar for what is written there, as a
/// factor.
const ROOM: f64 = 1.3;

/// What stands above the rows without a client library, and those with one.
const TITLES: [&str; 2] =
    ["The same GET, without a client library", "With a client library"];

/// The rows, and what was measured. Those that the title compares come first.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let told = told(summary).ok_or_else(|| missing(summary))?;
    let batch = told.batch;
    let mut all: Vec<&Row> =
        rows(batch).filter(|row| cost(row).is_some()).collect();
    match all.len() {
        0 => return Err(missing(summary)),
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    // Those of the title in its order, then the others.
    all.sort_by_key(|row| {
        let mut rows = told.rows.iter();
        rows.position(|other| std::ptr::eq(*other, *row)).unwrap_or(usize::MAX)
    });
    let by_hand = |row: &&&Row| ways::is_by_hand(&row.strategy);
    let first = all.iter().take_while(by_hand).count();
    let longest = all.iter().filter_map(|row| cost(row)).map(micro);
    let longest = ROOM * longest.fold(0.0, f64::max);
    let values = all.iter().flat_map(|row| values_of(row)).chain([longest]);
    let x = Scale::new(Steps::Linear, values, (0.0, 1.0));
    let dots: usize = all.iter().map(|row| values_of(row).count()).sum();
    let (by_hand, others) = all.split_at(first);
    let both = !by_hand.is_empty() && !others.is_empty();
    let mut panels = Vec::new();
    for (rows, title) in [by_hand, others].into_iter().zip(TITLES) {
        if rows.is_empty() {
            continue;
        }
        let name = "CPU for each ping, µs";
        let mut x = Axis::round(name, x.clone(), "");
        let is_last = rows.last().map(|row| &row.strategy)
            == all.last().map(|row| &row.strategy);
        if !is_last {
            x = Axis { ticks: Ticks::At(Vec::new()), ..x };
            x.name = [String::new(), String::new()];
        }
        let mut panel = panel(batch, rows, x, &told, dots <= MOST_ROUNDS);
        if both {
            panel.title = title.to_owned();
        }
        panels.push(panel);
    }
    let dot = "a round, client and server together";
    let key = vec![Item::new(Sample::Rounds, dot)];
    let key = [key.clone(), key];
    let plot = Plot { panels, key, one_scale: true, stacked: true };
    Ok((plot, subtitle(&all)))
}

/// A row for each.
fn panel(
    batch: &Batch,
    rows: &[&Row],
    x: Axis,
    told: &Told<'_>,
    dots: bool,
) -> Panel {
    let names: Vec<String> = rows.iter().map(|row| label(row)).collect();
    let height = Height::Rows(rows.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    for (row, of) in rows.iter().enumerate() {
        let is_told = told.compares(&of.strategy);
        panel.add(MeasuredBar {
            row,
            length: cost(of).map_or(0.0, micro),
            rounds: values_of(of).filter(|_| dots).collect(),
            paint: match is_told {
                true => Paint::of_strategy(&of.strategy),
                false => Paint::Other,
            },
            text: text(of, told),
            told: is_told,
            hover: hover(batch, of),
        });
    }
    panel
}

fn missing(summary: &Summary) -> ChartError {
    let both = [with_waits(summary), summary.no_waits()];
    let valid = |batch: &Batch| batch.rows.iter().any(|row| row.valid > 0);
    match both.into_iter().flatten().any(valid) {
        true => ChartError::NotTold { what: "processor time" },
        false => ChartError::NothingMeasured,
    }
}

/// `pool thread, same GET`, `task, reqwest`.
fn label(row: &Row) -> String {
    let waiter = elided(&strategy::waiter(&row.strategy), 16);
    let client = match ways::is_by_hand(&row.strategy) {
        true => "same GET".to_owned(),
        false => elided(row.client.trim(), 9),
    };
    if client.is_empty() { waiter } else { format!("{waiter}, {client}") }
}

fn micro(estimate: &Estimate) -> f64 {
    estimate.median / 1e3
}

fn cost(row: &Row) -> Option<&Estimate> {
    let estimate = row.cpu_per_request_ns.as_ref()?;
    // What is nothing has no place on a scale of ratios.
    (estimate.median.is_finite() && estimate.median > 0.0).then_some(estimate)
}

/// Every number that its row shows, µs.
fn values_of(row: &Row) -> impl Iterator<Item = f64> {
    let estimate = cost(row).into_iter();
    estimate.flat_map(|estimate| {
        let rounds = estimate.values.iter().map(|cost| cost / 1e3);
        rounds.filter(|cost| *cost > 0.0).chain([micro(estimate)])
    })
}

/// The number of a row; where the title says by how much two differ, that, too.
fn text(row: &Row, told: &Told<'_>) -> String {
    let text = cost(row).map_or(String::new(), |cost| duration(cost.median));
    let first = told.rows.first();
    let first = first.is_some_and(|first| std::ptr::eq(*first, row));
    let more = told.ratio.filter(|_| first);
    let more = more.map_or(String::new(), |r| format!(": {}", less(r)));
    let hedge = if is_disturbed(row) { " (disturbed)" } else { "" };
    format!("{text}{more}{hedge}")
}

fn hover(batch: &Batch, row: &Row) -> String {
    let Some(estimate) = cost(row) else { return String::new() };
    let interval = estimate.interval.map_or(String::new(), |interval| {
        let [low, high] = [interval.low, interval.high].map(duration);
        format!(", interval {}", from_to(&low, &high))
    });
    let parts = parts(row).map_or(String::new(), |of| format!(" ({of})"));
    let waits = match batch.waits {
        Waits::None => "no waits",
        _ => "with waits",
    };
    format!(
        "{} on {}, {waits}, {} in flight: {} for each ping{interval}{parts}, {}",
        ways::name(&row.strategy),
        row.client,
        number(batch.concurrency),
        duration(estimate.median),
        plural(estimate.n, "round")
    )
}

/// `client 26, server 14`, in µs.
fn parts(row: &Row) -> Option<String> {
    let client = row.client_cpu_per_request_ns.as_ref()?;
    let server = row.server_cpu_per_request_ns.as_ref()?;
    let [client, server] = [client, server].map(|e| microseconds(e.median));
    Some(format!("client {client}, server {server}"))
}

fn subtitle(rows: &[&Row]) -> String {
    let rounds = rows.iter().filter_map(|row| Some(cost(row)?.n)).min();
    let pair = match rows.iter().any(|row| ways::is_by_hand(&row.strategy)) {
        true => "With the same GET only the thread or task differs. ",
        false => "The rows have different client libraries. ",
    };
    format!("{pair}Medians of {} rounds.", rounds.unwrap_or(0))
}
