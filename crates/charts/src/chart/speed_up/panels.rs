//! The three panels, from the numbers of a run.

use measurement::record::Act;
use measurement::speed_up::of_sharing;
use measurement::summary::{Row, Summary};
use measurement::waits::Waits;
use measurement::ways::{self, Sharing};

use super::axes::{Axes, UNIT};
use super::notes::{key, notes, waits};
use super::regime::{Kind, Regime};
use crate::curve::{Curve, Point, sweep};
use crate::error::ChartError;
use crate::palette::Paint;
use crate::plot::{At, Height, Layer, Named, Panel, Plot};
use crate::quantity::{capital, duration, from_to, number, plural, speed_up};

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
        rounds.push(format!("{} ({})", regime.rounds(), kind.name()));
        panels.push(panel(regime, kind, &axes));
    }
    let subtitle = format!(
        "How many times as many pings a second as one by one; all panels \
         have the same logarithmic axes. Medians of {} rounds.",
        rounds.join(", ")
    );
    let key = key(&regimes);
    let plot = Plot { panels, key, one_scale: true, stacked: false };
    Ok((plot, subtitle))
}

fn panel(regime: &Regime<'_>, kind: Kind, axes: &Axes) -> Panel {
    let mut layers = limit(kind, axes);
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
    let is_told = |curve: &Curve| curve.strategy == ways::POOL.id;
    let mut points: Vec<_> = regime.points().collect();
    // That of which the title speaks is in front.
    points.sort_by_key(|(curve, _)| is_told(curve));
    layers
        .extend(points.into_iter().map(|(curve, point)| symbol(curve, point)));
    let ends = match kind {
        Kind::Uneven => Vec::new(),
        _ => ends(regime),
    };
    Panel {
        title: capital(kind.name()),
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

fn about(regime: &Regime<'_>, kind: Kind) -> String {
    let first = regime.batches.first();
    let wait = first.map_or(0.0, |batch| {
        batch.sequential_ns as f64 / batch.requests.max(1) as f64
    });
    match kind {
        Kind::Even => format!("of {} each", duration(wait)),
        Kind::Uneven => {
            let waits = first.map(|batch| batch.waits.of(batch.requests));
            let waits = waits.unwrap_or_default();
            let ends = [waits.iter().min(), waits.iter().max()];
            let [low, high] = ends.map(|end| end.copied().unwrap_or(0) as f64);
            format!("of {}", from_to(&duration(low), &duration(high)))
        }
        Kind::None => "the server answers at once".to_owned(),
    }
}

/// The line of N in flight, N times as fast; and above it what cannot be. Where
/// nothing waits it can: client and server work at the same time.
fn limit(kind: Kind, axes: &Axes) -> Vec<Layer> {
    let most = axes.most;
    let (_, top) = axes.y.scale.ends();
    let mut layers = Vec::new();
    if kind != Kind::None {
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
        plural(rounds, "round")
    );
    Layer::Symbol {
        strategy: curve.strategy.clone(),
        at: (point.level, point.middle),
        disturbed: point.disturbed,
        hover,
    }
}
