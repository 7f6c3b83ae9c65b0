//! The three panels, from the numbers of a run.

use measurement::record::Act;
use measurement::speed_up::of_sharing;
use measurement::summary::{Row, Summary};
use measurement::waits::Waits;
use measurement::ways::{self, Sharing};

use super::axes::Axes;
use super::notes::{key, notes, waits};
use super::regime::{Kind, Regime, is_named, level_of};
use super::words::waits_decide;
use crate::curve::{Curve, Point, sweep};
use crate::error::ChartError;
use crate::finding::{Said, said};
use crate::palette::Paint;
use crate::plot::{At, Height, Layer, Panel, Plot};
use crate::quantity::{capital, duration, from_to, number, plural, speed_up};
use crate::scene::Dash;

/// Every panel that there is data for, and what was measured.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
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
    let claim = match waits_decide(summary) {
        true => "More at once helps as far as there is something to wait for.",
        false => "How many times as many pings a second as one by one.",
    };
    let subtitle = format!(
        "{claim} All axes are logarithmic. Medians of {} rounds.",
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
    let least = axes.y.scale.ends().0;
    let in_sight = |point: &&Point| point.middle >= least;
    for curve in &regime.curves {
        let paint = Paint::of_strategy(&curve.strategy);
        let at = |point: &Point| (point.level, point.middle);
        if kind != Kind::Uneven {
            layers.push(Layer::Line {
                points: curve.points.iter().filter(in_sight).map(at).collect(),
                paint,
                dash: Dash::Solid,
                width: if is_named(curve) { 2.2 } else { 1.0 },
            });
        }
    }
    let seen = regime.seen().into_iter();
    let seen = seen.filter(|(_, point)| in_sight(point));
    layers.extend(seen.map(|(curve, point)| symbol(curve, point)));
    let (title, about) = head(regime, kind);
    Panel {
        title,
        about,
        x: axes.x.clone(),
        y: axes.y.clone(),
        layers,
        notes: notes(regime, kind, axes),
        ends: Vec::new(),
        share: 1.0,
        height: Height::Standard,
    }
}

/// What a panel says by itself, and of what.
fn head(regime: &Regime<'_>, kind: Kind) -> (String, String) {
    let level = level_of(regime, kind);
    let batch = regime.batches.iter().find(|batch| {
        batch.concurrency as f64 == level && batch.concurrency > 1
    });
    let told = regime.told(kind);
    let name = capital(kind.name());
    let [first, last] = [told.first(), told.last()]
        .map(|one| one.map(|(_, (_, value))| *value));
    let found = match (first, last) {
        (Some(first), Some(last)) if kind == Kind::Uneven => {
            let ends = [first.min(last), first.max(last)].map(speed_up);
            format!("{name}: {}", from_to(&ends[0], &ends[1]))
        }
        (Some(first), _) if kind == Kind::None && first < level / 4.0 => {
            format!("{name}: only {} as fast", speed_up(first))
        }
        (Some(first), _) => format!("{name}: {} as fast", speed_up(first)),
        _ => name,
    };
    let wait = regime.batches.first().map_or(0.0, |batch| {
        batch.sequential_ns as f64 / batch.requests.max(1) as f64
    });
    let differs = batch.is_some_and(|batch| {
        let mut rows = batch.rows.iter();
        let row = rows.find(|row| row.strategy == ways::WAVES.id);
        let ratio = row.and_then(|row| row.ratio.as_ref());
        matches!(said(ratio), Said::Differs(_))
    });
    let of = match kind {
        Kind::Even => format!("each waits {}", duration(wait)),
        Kind::Uneven if differs => "the way of sharing decides".to_owned(),
        Kind::Uneven => "long and short ones".to_owned(),
        Kind::None => "answered at once".to_owned(),
    };
    (found, format!("{} in flight, {of}", number(level as usize)))
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
    let level = vec![(1.0, 1.0), (most, 1.0)];
    layers.push(Layer::line(level, Paint::Other));
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
