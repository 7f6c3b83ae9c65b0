//! What a ping costs in processor time: over the levels of the sweep, and,
//! without waits, what of it is the client library's.

mod columns;
pub(crate) mod layout;
mod lines;

use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::Footer;
use crate::caption::costs::caption_cpu_cost;
use crate::curve::{Curve, Point, curves, sweep};
use crate::error::ChartError;
use crate::palette::Theme;
use crate::processors::processors;
use crate::quantity::microseconds;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;

/// The processor time of a ping over the levels of the sweep, and
/// without waits beside the pair that is written by hand. A panel whose batch
/// was not measured is left out.
///
/// # Errors
///
/// If no strategy of these batches has a trial that counts, if the system
/// does not tell their processor time, or if there are more than eight
/// strategies.
pub fn cpu_cost(
    summary: &Summary,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_cpu_cost(summary);
    let scenes = layout(&content(summary)?, &caption.title, footer);
    let meta = Meta::still("cpu-cost", caption, theme);
    picture(&meta, &scenes)
}

/// What the chart shows, in microseconds for a ping.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) levels: Option<Levels>,
    pub(crate) columns: Option<Columns>,
}

/// The panel over the levels of the sweep.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Levels {
    pub(crate) client: Vec<Curve>,
    /// What the server needed beside each of them.
    pub(crate) server: Vec<Curve>,
    /// The wait of a ping, ns.
    pub(crate) wait_ns: u64,
}

/// The panel without waits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Columns {
    pub(crate) columns: Vec<Column>,
    /// Pings in flight.
    pub(crate) level: usize,
    /// Pings of a trial.
    pub(crate) requests: usize,
    /// What the processors did meanwhile; empty where that is not known.
    pub(crate) processors: &'static str,
}

/// What a strategy costs without waits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub(crate) strategy: String,
    /// The HTTP client under it.
    pub(crate) client: String,
    pub(crate) point: Point,
    /// What the server needed beside it.
    pub(crate) server: Option<f64>,
}

/// From nanoseconds to the microseconds that are drawn.
pub(crate) const MICROSECONDS: f64 = 1e-3;

/// `63`, of microseconds for a ping.
pub(crate) fn say(cost: f64) -> String {
    microseconds(cost / MICROSECONDS)
}

/// The content of the chart: the panels that there are data for.
pub(crate) fn content(summary: &Summary) -> Result<Content, ChartError> {
    let content =
        Content { levels: levels(summary)?, columns: columns(summary)? };
    if content.levels.is_some() || content.columns.is_some() {
        return Ok(content);
    }
    let mut rows = sweep(summary).into_iter().chain(no_waits(summary));
    let valid = |batch: &Batch| batch.rows.iter().any(|row| row.valid > 0);
    Err(match rows.any(valid) {
        true => ChartError::NotTold { what: "processor time" },
        false => ChartError::NothingMeasured,
    })
}

/// The batch without waits that has many pings in flight.
pub(crate) fn no_waits(summary: &Summary) -> Option<&Batch> {
    summary.no_waits()
}

fn client(_: &Batch, row: &Row, level: usize) -> Option<Point> {
    Point::new(level, row, row.cpu_per_request_ns.as_ref()?, MICROSECONDS)
}

fn server(_: &Batch, row: &Row, level: usize) -> Option<Point> {
    let estimate = row.server_cpu_per_request_ns.as_ref()?;
    Point::new(level, row, estimate, MICROSECONDS)
}

/// None where there are none.
fn known<T>(found: Result<T, ChartError>) -> Result<Option<T>, ChartError> {
    match found {
        Err(ChartError::NothingMeasured) => Ok(None),
        other => other.map(Some),
    }
}

fn levels(summary: &Summary) -> Result<Option<Levels>, ChartError> {
    let batches = sweep(summary);
    let Some(first) = batches.first() else { return Ok(None) };
    let Some(client) = known(curves(&batches, client))? else {
        return Ok(None);
    };
    Ok(Some(Levels {
        client,
        server: known(curves(&batches, server))?.unwrap_or_default(),
        wait_ns: first.waits.list().first().copied().unwrap_or(0),
    }))
}

fn columns(summary: &Summary) -> Result<Option<Columns>, ChartError> {
    let Some(batch) = no_waits(summary) else { return Ok(None) };
    let concurrent = curves(&[batch], |batch, row, level| {
        client(batch, row, level)
            .filter(|_| !ways::is_one_by_one(&row.strategy))
    });
    let Some(concurrent) = known(concurrent)? else { return Ok(None) };
    let column = |curve: Curve| {
        let mut rows = batch.rows.iter();
        let row = rows.find(|row| row.strategy == curve.strategy)?;
        let server = server(batch, row, batch.concurrency);
        Some(Column {
            client: row.client.clone(),
            point: curve.points.into_iter().next()?,
            server: server.map(|point| point.middle),
            strategy: curve.strategy,
        })
    };
    Ok(Some(Columns {
        columns: concurrent.into_iter().filter_map(column).collect(),
        level: batch.concurrency,
        requests: batch.requests,
        processors: processors(batch),
    }))
}

impl Content {
    /// Every number that it shows.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let levels = self.levels.iter().flat_map(|levels| {
            let points = levels.client.iter().flat_map(|curve| &curve.points);
            let server = levels.server.iter().flat_map(|curve| &curve.points);
            let server = server.map(|point| point.middle);
            points.flat_map(|point| point.values()).chain(server)
        });
        let columns = self.columns.iter().flat_map(|panel| &panel.columns);
        let columns = columns
            .flat_map(|column| column.point.values().chain(column.server));
        levels.chain(columns)
    }

    /// Every point of the clients.
    pub(crate) fn points(&self) -> impl Iterator<Item = &Point> + '_ {
        let levels = self.levels.iter().flat_map(|levels| &levels.client);
        let columns = self.columns.iter().flat_map(|panel| &panel.columns);
        levels
            .flat_map(|curve| &curve.points)
            .chain(columns.map(|column| &column.point))
    }

    /// Every strategy, each once.
    pub(crate) fn strategies(&self) -> Vec<&str> {
        let levels = self.levels.iter().flat_map(|levels| &levels.client);
        let columns = self.columns.iter().flat_map(|panel| &panel.columns);
        let all = levels
            .map(|curve| curve.strategy.as_str())
            .chain(columns.map(|column| column.strategy.as_str()));
        let mut names: Vec<&str> = Vec::new();
        for name in all {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}
