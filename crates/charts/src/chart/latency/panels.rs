//! The two panels, from the numbers of a run.

use measurement::distribution::Distribution;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use super::words::{batch, rows, span};
use crate::curve::turns;
use crate::error::ChartError;
use crate::finding::{elided, is_disturbed};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::quantity::{duration, number};
use crate::scale::{Scale, Steps, Tick};
use crate::strategy;

/// More strategies than this are a table.
const MOST_STRATEGIES: usize = 8;

/// Below the curves each strategy has a row of so many percent.
const ROW: f64 = 9.0;

/// How high the wait for a slot is drawn, in percent.
const WAIT: f64 = 5.0;

/// From when to the end of a ping.
#[derive(Clone, Copy, PartialEq)]
enum Since {
    ItsStart,
    Batch,
}

/// The times of one strategy, counted in one way.
struct Curve<'a> {
    strategy: &'a str,
    /// Times in ms, and the part of the pings, in percent, that took no
    /// longer; both ascending, at least one.
    points: Vec<At>,
    times: &'a Distribution,
    disturbed: bool,
}

impl Since {
    fn title(self) -> &'static str {
        match self {
            Since::ItsStart => "From the start of the ping",
            Since::Batch => "From the start of the batch",
        }
    }

    fn times(self, row: &Row) -> Option<&Distribution> {
        match self {
            Since::ItsStart => row.service.as_ref(),
            Since::Batch => row.sojourn.as_ref(),
        }
    }
}

impl<'a> Curve<'a> {
    fn new(row: &'a Row, since: Since) -> Option<Curve<'a>> {
        let times = since.times(row)?;
        let mut points: Vec<At> = Vec::new();
        for (part, ns) in &times.quantiles {
            let (ms, percent) = (ns / 1e6, part * 100.0);
            let drawn = ms.is_finite() && ms >= 0.0 && percent.is_finite();
            let rises =
                points.last().is_none_or(|p| p.0 <= ms && p.1 <= percent);
            if drawn && rises {
                points.push((ms, percent));
            }
        }
        (!points.is_empty()).then(|| Curve {
            strategy: &row.strategy,
            points,
            times,
            disturbed: is_disturbed(row),
        })
    }

    /// The corners of a curve: level until the next time that is known, and
    /// only there up. It tells of no ping that was not done by then. Where the
    /// scale ends, it goes on level to the edge.
    fn stairs(&self, x: &Scale) -> Vec<At> {
        let mut corners: Vec<At> = Vec::new();
        for (ms, percent) in &self.points {
            let last = corners.last().copied();
            if *ms > x.ends().1 {
                corners.extend(last.map(|last| (x.ends().1, last.1)));
                break;
            }
            corners.extend(last.map(|last| (*ms, last.1)));
            corners.push((*ms, *percent));
        }
        corners
    }

    fn hover(&self, since: Since) -> String {
        let of = |part: f64, name: &str| {
            let time = duration(self.times.quantile(part)?);
            Some(format!("{name} in {time}"))
        };
        let known = [of(0.5, "half"), of(0.95, "95 %")];
        let known: Vec<String> = known.into_iter().flatten().collect();
        format!(
            "{}, {}: {}, {} pings",
            ways::name(self.strategy),
            since.title().to_lowercase(),
            known.join(", "),
            number(usize::try_from(self.times.n).unwrap_or(usize::MAX))
        )
    }
}

/// Those panels for which there is data, and what was measured.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let batch = batch(summary).ok_or(ChartError::NothingMeasured)?;
    let rows: Vec<&Row> = rows(summary, batch).collect();
    if rows.len() > MOST_STRATEGIES {
        let (count, limit) = (rows.len(), MOST_STRATEGIES);
        return Err(ChartError::TooManyStrategies { count, limit });
    }
    let panels: Vec<Panel> = [Since::ItsStart, Since::Batch]
        .into_iter()
        .filter_map(|since| panel(batch, &rows, since))
        .collect();
    if panels.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let names = rows.iter().map(|row| Item::strategy(&row.strategy));
    let mut key: Vec<Item> = names.collect();
    key.push(Item::new(Sample::Rule, "half of the pings"));
    if rows.iter().any(|row| is_disturbed(row)) {
        key.push(Item::disturbed());
    }
    let counts = rows.iter().filter_map(|row| row.service.as_ref());
    let pooled = counts.map(|times| times.n).min().unwrap_or(0);
    let wait = wait_ms(batch).map_or(String::new(), |ms| {
        format!(", each answered after {}", duration(ms * 1e6))
    });
    let subtitle = format!(
        "{} in flight{wait}; at least {} pings of each strategy. Grey: when half \
         are done. Below: a symbol there, and a line to where 95 % are.",
        number(batch.concurrency),
        number(usize::try_from(pooled).unwrap_or(usize::MAX)),
    );
    let key = [key.clone(), key];
    let plot = Plot { panels, key, one_scale: true, stacked: false };
    Ok((plot, subtitle))
}

fn panel(batch: &Batch, rows: &[&Row], since: Since) -> Option<Panel> {
    let curves: Vec<Curve<'_>> =
        rows.iter().filter_map(|row| Curve::new(row, since)).collect();
    let first = curves.first()?;
    let x = match since {
        Since::ItsStart => magnified(&curves, first),
        Since::Batch => {
            let times = curves.iter().flat_map(|c| &c.points).map(|p| p.0);
            Scale::new(Steps::Linear, times, (0.0, 1.0))
        }
    };
    let (low, _) = x.ends();
    let foot = -ROW * (curves.len() as f64 + 0.7);
    let mut layers = Vec::new();
    let mut notes = Vec::new();
    let medians = || curves.iter().filter_map(|c| c.times.quantile(0.5));
    let least = medians().reduce(f64::min).map(|ns| ns / 1e6);
    let most = medians().reduce(f64::max).map(|ns| ns / 1e6);
    let half = span(rows, |row| since.times(row), (0.5, 0.5));
    if let (Some(least), Some(most), Some(half)) = (least, most, half) {
        let corners =
            [(least, 50.0), (most, 50.0), (most, foot), (least, foot)];
        let (corners, paint) = (corners.to_vec(), Paint::Idle);
        layers.push(Layer::Fill { corners, paint });
        layers.push(Layer::rule((low, 50.0), (most, 50.0)));
        // Below the stairs nothing is in the way.
        notes.push(Note::number(half, (most, 8.0)).rather(Side::Right));
    }
    if since == Since::Batch
        && let Some((alone, done)) = alone(rows).zip(least)
        && alone.1 < done
    {
        let corners = [(alone.0, 50.0), (alone.1, 50.0)];
        let corners =
            [corners[0], corners[1], (alone.1, foot), (alone.0, foot)].to_vec();
        layers.push(Layer::Fill { corners, paint: Paint::Idle });
        // Between the first stair and the axis nothing is in the way.
        let (from, to) = ((alone.1, WAIT), (done, WAIT));
        layers.push(Layer::Interval { from, to, paint: Paint::Muted });
        let middle = (f64::midpoint(alone.1, done), WAIT);
        notes.push(Note::new("the wait for a slot", middle).rather(Side::Over));
    }
    for curve in &curves {
        let paint = Paint::of_strategy(curve.strategy);
        layers.push(Layer::line(curve.stairs(&x), paint));
    }
    let percent = |value: f64| Tick { value, text: format!("{value} %") };
    let mut ticks = [0.0, 25.0, 50.0, 75.0, 100.0].map(percent).to_vec();
    for (number, curve) in (1_u32..).zip(&curves) {
        let value = -ROW * f64::from(number);
        let text = elided(strategy::label(curve.strategy), 14);
        ticks.push(Tick { value, text });
        let [half, most] = [0.5, 0.95]
            .map(|part| curve.times.quantile(part).map(|ns| (ns / 1e6, value)));
        if let (Some(from), Some(to)) = (half, most) {
            let paint = Paint::of_strategy(curve.strategy);
            layers.push(Layer::Interval { from, to, paint });
        }
        layers.extend(half.map(|at| Layer::Symbol {
            strategy: curve.strategy.to_owned(),
            at,
            disturbed: curve.disturbed,
            hover: curve.hover(since),
        }));
    }
    let y = Scale::between((foot, 100.0), (0.0, 1.0));
    Some(Panel {
        title: since.title().to_owned(),
        about: about(batch, since),
        x: Axis::round("", x, " ms"),
        y: Axis::at("pings done", y, ticks),
        layers,
        notes,
        ends: Vec::new(),
        share: if since == Since::Batch { 1.5 } else { 1.0 },
        height: Height::Part(1.0 + 0.06 * curves.len() as f64),
    })
}

/// The medians of pings alone, from the least to the most, ms.
fn alone(rows: &[&Row]) -> Option<(f64, f64)> {
    let half = |row: &&Row| Some(row.service.as_ref()?.quantile(0.5)? / 1e6);
    let all = || rows.iter().filter_map(half);
    Some((all().reduce(f64::min)?, all().reduce(f64::max)?))
}

/// From the quickest ping to all but the slowest hundredth.
fn magnified(curves: &[Curve<'_>], first: &Curve<'_>) -> Scale {
    let start = (first.points[0].0, first.points[0].0);
    let nearly = |point: &&At| point.1 <= 99.0;
    let times = curves.iter().flat_map(|c| c.points.iter().filter(nearly));
    let (low, high) =
        times.fold(start, |(low, high), (ms, _)| (low.min(*ms), high.max(*ms)));
    // Ever so close together, the numbers of the axis must differ.
    let room = (high - low).max(0.15 * high).max(1e-6);
    let low = (low - 0.1 * room).max(0.0);
    Scale::between((low, low + 1.2 * room), (0.0, 1.0))
}

fn about(batch: &Batch, since: Since) -> String {
    match (since, turns(&[batch]), wait_ms(batch)) {
        (Since::ItsStart, ..) => {
            "the ping alone; magnified: not from 0 on".to_owned()
        }
        (Since::Batch, Some(turns @ 2..), Some(ms)) => {
            let wait = duration(ms * 1e6);
            let (all, level) = (batch.requests, batch.concurrency);
            let [all, level] = [all, level].map(number);
            format!(
                "{all} pings on {level} slots: {turns} turns of {wait}, a \
                 stair each"
            )
        }
        (Since::Batch, ..) => "the wait for a slot is in it".to_owned(),
    }
}

/// The wait of a ping, if there is one.
fn wait_ms(batch: &Batch) -> Option<f64> {
    let first = batch.waits.list().first().copied();
    first.filter(|ns| *ns > 0).map(|ns| ns as f64 / 1e6)
}
