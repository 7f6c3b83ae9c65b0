//! The tables of the page, as headers and cells.

use measurement::record::Act;
use measurement::summary::{Batch, Forecast, Summary};
use measurement::ways;

use super::super::table;
use crate::duration::display;

/// A table with what stands above it.
pub(crate) struct Section {
    pub(crate) heading: String,
    /// A sentence below the heading; may be empty.
    pub(crate) text: String,
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether it is seen before somebody asks for it.
    pub(crate) open: bool,
}

/// Every table of the page, in its order.
pub(super) fn sections(summary: &Summary) -> Vec<Section> {
    let forecast = summary.forecast.as_ref();
    let mut sections: Vec<Section> =
        forecast.map(|f| of_forecast(summary, f)).into_iter().collect();
    sections.extend(summary.batches.iter().map(of_batch));
    sections
}

fn of_batch(batch: &Batch) -> Section {
    let columns: Vec<_> = table::columns(batch).collect();
    let row = |row| columns.iter().map(|column| column.of(row)).collect();
    let named = batch.twins.is_some() || batch.act == Act::Book;
    Section {
        heading: heading(batch),
        text: no_waits(batch).unwrap_or_default().to_owned(),
        headers: columns.iter().map(|column| column.header(batch)).collect(),
        rows: batch.rows.iter().map(row).collect(),
        open: named && batch.act != Act::NoWaits,
    }
}

/// What makes readers of a batch without waits wonder.
fn no_waits(batch: &Batch) -> Option<&'static str> {
    let asked = batch.act == Act::Sweep && batch.bound_ns == 0;
    let several = (batch.act == Act::NoWaits || asked) && batch.concurrency > 1;
    several.then_some(match batch.kept_awake {
        Some(true) => {
            "Nobody waits here, and many at once may be faster than one by \
             one all the same. Meanwhile a process of the lowest priority \
             kept every processor awake: without it, one by one would also \
             wait for a processor to wake up. More of it stands in \
             docs/formulas.md, below F5."
        }
        Some(false) => {
            "The same with processors that may sleep. One by one, a processor \
             that has gone idle must be woken twice for every ping; many at \
             once keep it awake. So these speed-ups may be larger than the \
             number of processors: they tell of idle processors, too."
        }
        None => {
            "Nobody waits here, and many at once may be faster than one by \
             one all the same, even by more than there are processors: \
             nothing kept the processors awake. One by one, a processor that \
             has gone idle must be woken for every ping, and these speed-ups \
             tell of that, too."
        }
    })
}

/// What a batch is, in words.
pub fn heading(batch: &Batch) -> String {
    let Batch { act, kept_awake, requests, concurrency, bound_ns, .. } = batch;
    heading_of(*act, *kept_awake, *requests, *concurrency, *bound_ns)
}

/// The same of a batch that is in several runs.
pub(crate) fn heading_of(
    act: Act,
    kept_awake: Option<bool>,
    requests: usize,
    concurrency: usize,
    bound_ns: u64,
) -> String {
    // A question of one's own may be without waits, too.
    let act = match act {
        Act::Sweep if bound_ns == 0 => Act::NoWaits,
        act => act,
    };
    let what = match act {
        Act::Book => "The book's six URLs",
        Act::Uneven => "Uneven waits",
        Act::Calibration => "One by one, for the forecast",
        Act::NoWaits => "No waits",
        Act::Sweep => "Equal waits",
        Act::Memory => "Memory",
        Act::Lesson => "The lesson",
    };
    let pings = if requests == 1 { "ping" } else { "pings" };
    let awake = awake(act, kept_awake);
    let sizes =
        format!("{what}{awake}: {requests} {pings}, {concurrency} at a time");
    match bound_ns {
        0 => sizes,
        bound => format!("{sizes}, not below {}", display(bound as f64)),
    }
}

/// What is to be known of the processors: those of most acts may sleep.
pub(in crate::report) fn awake(
    act: Act,
    kept_awake: Option<bool>,
) -> &'static str {
    match (act, kept_awake) {
        (_, Some(true)) => ", processors kept awake",
        (Act::NoWaits, Some(false)) => ", processors may sleep",
        _ => "",
    }
}

/// What was said before the sweep, and what came of it.
fn of_forecast(summary: &Summary, forecast: &Forecast) -> Section {
    let batches: Vec<&Batch> =
        summary.of_act(Act::Sweep).filter(|b| b.concurrency > 1).collect();
    let mut headers = vec!["strategy".to_owned(), "CPU per ping".to_owned()];
    headers
        .extend(batches.iter().map(|b| format!("{} at once", b.concurrency)));
    headers.push("CPU limit at".to_owned());
    let lessons = forecast.needs.iter().filter(|needs| {
        batches.iter().any(|batch| {
            batch.rows.iter().any(|row| row.strategy == needs.strategy)
        })
    });
    let rows = lessons.map(|needs| {
        let mut cells =
            vec![ways::name(&needs.strategy).to_owned(), display(needs.cpu_ns)];
        cells.extend(batches.iter().map(|batch| {
            let mut rows = batch.rows.iter();
            let row = rows.find(|row| row.strategy == needs.strategy);
            cell(row).unwrap_or_else(|| "n/a".to_owned())
        }));
        cells.push(format!("{:.0}", needs.knee));
        cells
    });
    Section {
        heading: "The forecast: speed-up forecast, measured, and how far off"
            .to_owned(),
        text: text(forecast),
        headers,
        rows: rows.collect(),
        open: true,
    }
}

/// Such as `64.6× / 60.8× (+6 %)`.
fn cell(row: Option<&measurement::summary::Row>) -> Option<String> {
    let row = row?;
    let predicted = row.predicted?;
    let measured = row.speed_up.as_ref()?.median;
    let error = predicted.error? * 100.0;
    let before = predicted.speed_up;
    Some(format!("{before:.1}× / {measured:.1}× ({error:+.0} %)"))
}

fn text(forecast: &Forecast) -> String {
    let off = forecast.error_below_knee.map_or(String::new(), |error| {
        format!(
            " Below the CPU limit it is {:.0} % off at the median.",
            error * 100.0
        )
    });
    format!(
        "Made before the sweep, by mean value analysis and without a fitted \
         number, from how long the server holds a ping one by one ({}), from \
         the processor time of client and server per ping without waits, and \
         from the number of processors ({}).{off} It knows nothing of bursts: \
         equal waits end together, so that pings queue for a processor.",
        display(forecast.hold_ns),
        forecast.processors
    )
}
