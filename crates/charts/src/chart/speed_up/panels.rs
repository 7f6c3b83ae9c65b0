//! The three panels, from the numbers of a run.

use std::num::NonZeroUsize;

use measurement::record::Act;
use measurement::speed_up::{of_sharing, roof};
use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways::{self, Sharing};

use crate::curve::{Curve, Point, curves, sweep};
use crate::error::ChartError;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Named, Note, Panel, Plot, Side};
use crate::quantity::{duration, from_to, number, speed_up};
use crate::scale::{Scale, Steps, Tick};

/// After a number of this chart.
const UNIT: &str = "×";

/// What is measured of one panel.
struct Regime<'a> {
    batches: Vec<&'a Batch>,
    curves: Vec<Curve>,
}

impl<'a> Regime<'a> {
    /// The rows of these batches that are `wanted`; `None` if there are none.
    fn new(
        batches: Vec<&'a Batch>,
        wanted: impl Fn(&Row) -> bool,
    ) -> Result<Option<Regime<'a>>, ChartError> {
        let point = |_: &Batch, row: &Row, level: usize| {
            let speed_up = row.speed_up.as_ref().filter(|_| wanted(row))?;
            let point = Point::new(level, row, speed_up, 1.0)?;
            // A ratio of nothing has no place on a scale of ratios.
            (point.middle > 0.0).then_some(point)
        };
        match curves(&batches, point) {
            Ok(mut curves) => {
                for curve in &mut curves {
                    let points = &mut curve.points;
                    points.sort_by(|a, b| a.level.total_cmp(&b.level));
                    points.dedup_by(|a, b| a.level == b.level);
                }
                Ok(Some(Regime { batches, curves }))
            }
            Err(ChartError::NothingMeasured) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn points(&self) -> impl Iterator<Item = (&Curve, &Point)> {
        let each = |curve| point_of(curve);
        self.curves.iter().flat_map(each)
    }

    /// Those that ping concurrently.
    fn concurrent(&self) -> impl Iterator<Item = &Curve> {
        let curves = self.curves.iter();
        curves.filter(|curve| !ways::is_one_by_one(&curve.strategy))
    }

    /// The fewest rounds of a point, and the most.
    fn rounds(&self) -> String {
        let counts = || self.points().map(|(_, point)| point.rounds.len());
        let least = counts().min().unwrap_or(0).to_string();
        let most = counts().max().unwrap_or(0).to_string();
        if least == most { most } else { from_to(&least, &most) }
    }
}

fn point_of(curve: &Curve) -> impl Iterator<Item = (&Curve, &Point)> {
    curve.points.iter().map(move |point| (curve, point))
}

/// Every panel that there is data for, and what was measured.
pub(super) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let of_levels = |row: &Row| summary.is_over_levels(&row.strategy);
    let even = Regime::new(sweep(summary), of_levels)?;
    let lesson = |row: &Row| {
        ways::is_concurrent_lesson(&row.strategy)
            || ways::is_one_by_one(&row.strategy)
    };
    let uneven = Regime::new(summary.of_act(Act::Uneven).collect(), |row| {
        !ways::is_by_hand(&row.strategy)
    })?;
    let awake = summary.no_waits().and_then(|batch| batch.kept_awake);
    let none = summary.of_act(Act::NoWaits);
    let none = none.filter(|batch| batch.kept_awake == awake).collect();
    let none = Regime::new(none, lesson)?;
    let all = [&even, &uneven, &none];
    let regimes: Vec<&Regime<'_>> = all.into_iter().flatten().collect();
    if regimes.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let axes = Axes::new(&regimes);
    let mut panels = Vec::new();
    let mut rounds = Vec::new();
    for (regime, kind) in
        all.into_iter().zip([Kind::Even, Kind::Uneven, Kind::None])
    {
        let Some(regime) = regime else { continue };
        // A run of one's own may have asked for no waits.
        let waits =
            regime.batches.first().is_some_and(|b| b.waits != Waits::None);
        let kind = if waits { kind } else { Kind::None };
        rounds.push(format!("{} {}", kind.name(), regime.rounds()));
        panels.push(panel(regime, kind, &axes));
    }
    let subtitle = format!(
        "How many times as many pings a second as one by one; both axes are \
         logarithmic, and the panels have the same. Medians of rounds: {}.",
        rounds.join(", ")
    );
    let key = key(&regimes);
    let plot = Plot { panels, key, one_scale: true, stacked: false };
    Ok((plot, subtitle))
}

/// What a panel is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Even,
    Uneven,
    None,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Even => "even waits",
            Kind::Uneven => "uneven waits",
            Kind::None => "no waits",
        }
    }
}

/// The axes of all panels.
struct Axes {
    most: f64,
    x: Axis,
    y: Axis,
}

impl Axes {
    fn new(regimes: &[&Regime<'_>]) -> Axes {
        let points = || regimes.iter().flat_map(|regime| regime.points());
        let mut levels: Vec<f64> =
            points().map(|(_, point)| point.level).chain([1.0]).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let most = levels.last().copied().unwrap_or(1.0);
        // A little room below the lowest symbol and above the highest.
        let values = points().map(|(_, point)| point.middle);
        let values = values.chain([most, 1.0]);
        let values = values.flat_map(|value| [value / 1.25, value * 1.25]);
        let ends = (0.0, 1.0);
        let x = Scale::new(Steps::Log2, levels.iter().copied(), ends);
        let y = Scale::new(Steps::Log2, values, ends);
        let tick = |value: f64, unit: &str| Tick {
            value,
            text: format!("{value}{unit}"),
        };
        // Where not all have room, these stay.
        let first = [1.0, 8.0, 64.0, most];
        levels.sort_by_key(|level| !first.contains(level));
        let below = [0.5, 0.25, 0.125, 0.0625].into_iter();
        let below = below.filter(|value| *value >= y.ends().0);
        let upwards = levels.iter().copied().chain(below);
        let upwards = upwards.map(|level| tick(level, UNIT)).collect();
        let across = levels.iter().map(|level| tick(*level, "")).collect();
        Axes {
            most,
            x: Axis::at("pings in flight", x, across),
            y: Axis::at("times as fast as one by one", y, upwards),
        }
    }
}

fn panel(regime: &Regime<'_>, kind: Kind, axes: &Axes) -> Panel {
    let mut layers = limit(regime, axes);
    if kind == Kind::Uneven {
        layers.extend(formulas(regime, axes));
    }
    for curve in &regime.curves {
        let paint = Paint::of_strategy(&curve.strategy);
        let at = |point: &Point| (point.level, point.middle);
        if kind != Kind::Uneven {
            layers.push(Layer::line(
                curve.points.iter().map(at).collect(),
                paint,
            ));
        }
    }
    for (curve, point) in regime.points() {
        layers.push(symbol(curve, point));
    }
    let ends = match kind {
        Kind::Uneven => Vec::new(),
        _ => ends(regime),
    };
    Panel {
        title: capital_of(kind.name()),
        about: about(regime, kind),
        x: axes.x.clone(),
        y: axes.y.clone(),
        layers,
        notes: notes(regime, kind, axes),
        ends,
        share: 1.0,
        height: Height::Standard,
    }
}

fn capital_of(name: &str) -> String {
    crate::quantity::capital(name)
}

fn about(regime: &Regime<'_>, kind: Kind) -> String {
    let first = regime.batches.first();
    let wait = first.map_or(0.0, |batch| {
        batch.sequential_ns as f64 / batch.requests.max(1) as f64
    });
    match kind {
        Kind::Even => format!("of {} each", duration(wait)),
        Kind::Uneven => {
            format!("{} on average, how to share decides", duration(wait))
        }
        Kind::None => "only work to overlap".to_owned(),
    }
}

/// The line of N in flight, N times as fast; and above it what cannot be.
fn limit(regime: &Regime<'_>, axes: &Axes) -> Vec<Layer> {
    let most = axes.most;
    let beyond = regime.points().any(|(_, p)| p.middle > 1.02 * p.level);
    let (_, top) = axes.y.scale.ends();
    let mut layers = Vec::new();
    if !beyond {
        let corners = vec![(1.0, 1.0), (most, most), (most, top), (1.0, top)];
        layers.push(Layer::Fill { corners, paint: Paint::Idle });
    }
    layers.push(Layer::rule((1.0, 1.0), (most, most)));
    layers
}

/// What follows from the waits alone, for each way of sharing.
fn formulas(regime: &Regime<'_>, axes: &Axes) -> Vec<Layer> {
    let Some((waits, most)) = waits(regime, axes) else { return Vec::new() };
    let mut known: Vec<Sharing> = Vec::new();
    let mut layers = Vec::new();
    for curve in regime.concurrent() {
        let Some(way) = ways::find(&curve.strategy) else { continue };
        // Tasks with permits are a queue, too: one line for both.
        if known.contains(&way.sharing) {
            continue;
        }
        known.push(way.sharing);
        let points = of_sharing(way.sharing, &waits, most);
        let at = |point: &measurement::speed_up::Point| {
            (point.concurrency.get() as f64, point.speed_up)
        };
        let points: Vec<At> = points.iter().map(at).collect();
        layers
            .push(Layer::formula(points, Paint::of_strategy(&curve.strategy)));
    }
    layers
}

/// Formulas are drawn up to here, and not beyond what was measured elsewhere.
const MOST_OF_A_FORMULA: f64 = 256.0;

fn waits(regime: &Regime<'_>, axes: &Axes) -> Option<(Vec<u64>, NonZeroUsize)> {
    let batch = regime.batches.first()?;
    let waits = batch.waits.of(batch.requests);
    let most = axes.most.min(MOST_OF_A_FORMULA) as usize;
    Some((waits, NonZeroUsize::new(most)?))
}

fn symbol(curve: &Curve, point: &Point) -> Layer {
    let name = ways::name(&curve.strategy);
    let interval = point.interval.map_or(String::new(), |(low, high)| {
        format!(", interval {}", from_to(&speed_up(low), &speed_up(high)))
    });
    let rounds = point.rounds.len();
    let hover = format!(
        "{name}, {} in flight: {}{interval}, {}",
        number(point.level as usize),
        speed_up(point.middle),
        crate::quantity::plural(rounds, "round")
    );
    Layer::Symbol {
        strategy: curve.strategy.clone(),
        at: (point.level, point.middle),
        disturbed: point.disturbed,
        hover,
    }
}

/// What is named at the right: where each line ends.
fn ends(regime: &Regime<'_>) -> Vec<Named> {
    let named = |curve: &Curve| {
        let last = curve.points.last()?;
        let number = speed_up(last.middle);
        let number = number.trim_end_matches(UNIT).to_owned();
        let at = (last.level, last.middle);
        let strategy = curve.strategy.clone();
        Some(Named { strategy, at, number, unit: UNIT })
    };
    regime.concurrent().filter_map(named).collect()
}

/// The level that the title speaks of.
fn level_of(regime: &Regime<'_>, kind: Kind) -> f64 {
    let wanted = match kind {
        Kind::Uneven => measurement::summary::UNEVEN_AT_ONCE,
        _ => measurement::summary::NO_WAITS_AT_ONCE,
    } as f64;
    let levels = regime.concurrent().flat_map(point_of);
    let mut levels: Vec<f64> = levels.map(|(_, p)| p.level).collect();
    levels.sort_by(f64::total_cmp);
    let known = levels.contains(&wanted).then_some(wanted);
    known.or(levels.last().copied()).unwrap_or(1.0)
}

fn notes(regime: &Regime<'_>, kind: Kind, axes: &Axes) -> Vec<Note> {
    let level = level_of(regime, kind);
    let at_level = |curve: &Curve| {
        let mut points = curve.points.iter();
        let point = points.find(|point| point.level == level)?;
        Some((point.level, point.middle))
    };
    let mut notes = Vec::new();
    match kind {
        Kind::Uneven => {
            for curve in regime.concurrent() {
                let Some(at) = at_level(curve) else { continue };
                let way = ways::find(&curve.strategy);
                // One label for those that share in one way.
                if way.is_some_and(|way| way.id == ways::TASKS.id) {
                    continue;
                }
                let name = crate::strategy::label(&curve.strategy);
                let text = format!("{name} {}", speed_up(at.1));
                notes.push(Note::number(text, at).rather(Side::Right));
            }
            if let Some((waits, most)) = waits(regime, axes)
                && let Some(roof) = roof(&waits)
            {
                let text = format!("slowest ping {}", speed_up(roof));
                let at = (most.get() as f64, roof);
                notes.push(Note::new(text, at));
            }
        }
        Kind::Even | Kind::None => {
            let pool =
                regime.curves.iter().find(|c| c.strategy == ways::POOL.id);
            let first = regime.concurrent().next();
            if let Some(at) = pool.or(first).and_then(at_level)
                && at.0 < axes.most
            {
                notes.push(Note::number(speed_up(at.1), at));
            }
        }
    }
    let top = axes.y.scale.ends().1;
    let high = (1.0_f64.max(axes.most.sqrt() / 2.0), top / 1.6);
    notes.push(Note::new("impossible", high).on(Paint::Idle));
    notes
}

fn key(regimes: &[&Regime<'_>]) -> [Vec<Item>; 2] {
    let mut names: Vec<&str> = Vec::new();
    for (curve, _) in regimes.iter().flat_map(|regime| regime.points()) {
        if !names.contains(&curve.strategy.as_str()) {
            names.push(&curve.strategy);
        }
    }
    let disturbed =
        regimes.iter().flat_map(|r| r.points()).any(|(_, p)| p.disturbed);
    let names: Vec<Item> = names.into_iter().map(Item::strategy).collect();
    [true, false].map(|wide| {
        let mut items = names.clone();
        let (rule, formula) = match wide {
            true => ("N in flight, N× as fast", "computed from the waits"),
            false => ("N× as fast", "computed"),
        };
        items.push(Item::new(Sample::Rule, rule));
        items.push(Item::new(Sample::Formula, formula));
        if disturbed {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    })
}
