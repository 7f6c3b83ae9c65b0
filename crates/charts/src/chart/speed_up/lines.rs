//! How far one strategy goes with each kind of waits: a line each, on linear
//! axes, on which a factor of 20 looks like one.

use std::num::NonZeroUsize;

use measurement::speed_up::of_sharing;
use measurement::ways;

use super::regime::{Kind, Regime};
use crate::curve::{Curve, Point};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, from_to, number, plural, speed_up};
use crate::scale::{Scale, Steps, Tick};
use crate::scene::Dash;
use crate::strategy::label;

/// Room above the highest symbol, for its label.
const ROOM: f64 = 1.08;

/// The middle of a label in a line is no lower than this part of the scale: it
/// would lie on the axis.
const LOWEST: f64 = 0.06;

/// A formula has no more points than this.
const MOST_OF_A_FORMULA: f64 = 256.0;

/// The lines, up to the level that the title speaks of.
pub(super) struct Lines<'a> {
    most: f64,
    /// The kinds of waits, and the curves that are drawn of each.
    drawn: Vec<(&'a Regime<'a>, Vec<&'a Curve>)>,
}

impl<'a> Lines<'a> {
    /// The strategy that leads, with each kind of waits. Of one kind only,
    /// every strategy.
    pub(super) fn new(regimes: &'a [Regime<'a>]) -> Lines<'a> {
        let levels = regimes.iter().map(Regime::level);
        let drawn = regimes.iter().map(|regime| {
            let curves = match regimes.len() {
                1 => regime.concurrent().collect(),
                _ => regime.lead().into_iter().collect(),
            };
            (regime, curves)
        });
        Lines { most: levels.fold(1.0, f64::max), drawn: drawn.collect() }
    }

    fn curves(&self) -> impl Iterator<Item = (&Regime<'a>, &'a Curve)> {
        let each = |(regime, curves): &'_ (&'a Regime<'a>, Vec<&'a Curve>)| {
            let regime = *regime;
            let curves = curves.clone();
            curves.into_iter().map(move |curve| (regime, curve))
        };
        self.drawn.iter().flat_map(each)
    }

    fn points<'b>(&self, curve: &'b Curve) -> impl Iterator<Item = &'b Point> {
        let most = self.most;
        curve.points.iter().filter(move |point| point.level <= most)
    }

    pub(super) fn panel(&self) -> Panel {
        let most = self.most;
        let points = || self.curves().flat_map(|(_, c)| self.points(c));
        let highest = points().map(|p| p.middle).fold(most, f64::max);
        let ends = (0.0, 1.0);
        let x = Scale::new(Steps::Linear, [1.04 * most], ends);
        let y = Scale::new(Steps::Linear, [ROOM * highest], ends);
        let top = y.ends().1;
        let mut panel =
            Panel::new(self.across(x), self.up(y), Height::Part(1.2));
        panel.share = 1.6;
        panel.title = self.title();
        panel.about = "times as fast as one by one".to_owned();
        panel.layers = limit(most, top, self.waits());
        for (regime, curve) in self.curves() {
            self.draw(&mut panel, regime, curve);
        }
        for (regime, curves) in &self.drawn {
            panel.notes.extend(self.note(regime, curves));
        }
        if self.waits() {
            let high = (0.3 * most, 0.8 * top);
            panel.notes.push(Note::new("impossible", high).on(Paint::Idle));
        }
        panel
    }

    /// Whether what waits is in it: what does not has no such limit.
    fn waits(&self) -> bool {
        self.drawn.iter().any(|(regime, _)| regime.kind != Kind::None)
    }

    fn title(&self) -> String {
        let mut names = self.curves().map(|(_, curve)| &*curve.strategy);
        let first = names.next();
        match first.filter(|first| names.all(|name| name == *first)) {
            Some(name) => {
                let most = number(self.most as usize);
                format!("{}, up to {most} in flight", capital(label(name)))
            }
            None => format!("Up to {} in flight", number(self.most as usize)),
        }
    }

    fn ticks(&self, unit: &str) -> Vec<Tick> {
        let levels = self.curves().flat_map(|(_, c)| self.points(c));
        let mut levels: Vec<f64> = levels.map(|p| p.level).collect();
        levels.extend([self.most, 8.0, 1.0, 32.0]);
        levels.retain(|level| *level <= self.most);
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        // Where not all have room, these stay.
        let first = [self.most, 1.0, 8.0, 32.0, 16.0];
        levels.sort_by_key(|level| {
            first.iter().position(|f| f == level).unwrap_or(first.len())
        });
        let tick = |value: f64| Tick { value, text: format!("{value}{unit}") };
        levels.into_iter().map(tick).collect()
    }

    fn across(&self, scale: Scale) -> Axis {
        Axis::at("pings in flight", scale, self.ticks(""))
    }

    fn up(&self, scale: Scale) -> Axis {
        Axis::at("", scale, self.ticks("×"))
    }

    fn draw(&self, panel: &mut Panel, regime: &Regime<'_>, curve: &Curve) {
        let paint = Paint::of_strategy(&curve.strategy);
        let at = |point: &Point| (point.level, point.middle);
        let formula = match regime.kind {
            Kind::Uneven => computed(regime, curve, self.most),
            _ => Vec::new(),
        };
        if formula.is_empty() {
            let measured = self.points(curve).map(at);
            let points = [(1.0, 1.0)].into_iter().chain(measured).collect();
            let (dash, width) = (Dash::Solid, 2.2);
            panel.layers.push(Layer::Line { points, paint, dash, width });
        } else {
            panel.layers.push(Layer::formula(formula, paint));
        }
        let symbol = |point: &Point| Layer::Symbol {
            strategy: curve.strategy.clone(),
            at: at(point),
            disturbed: point.disturbed,
            hover: hover(regime, curve, point),
        };
        panel.layers.extend(self.points(curve).map(symbol));
    }

    /// The number at the end of a line.
    fn note(&self, regime: &Regime<'_>, curves: &[&Curve]) -> Option<Note> {
        let [curve] = curves else { return None };
        let point = self.points(curve).last()?;
        let times = speed_up(point.middle);
        let text = format!("{} {times}", regime.kind.name());
        let note = Note::number(text, (point.level, point.middle));
        Some(match regime.kind {
            Kind::Even => note.rather(Side::Left).on(Paint::Idle),
            // In its own line: above it there may be no room, and a label
            // beyond the next line would seem to be that one's.
            Kind::None if self.drawn.len() > 1 => {
                let height = point.middle.max(LOWEST * self.most);
                let note = Note { at: (point.level, height), ..note };
                note.rather(Side::Along)
            }
            Kind::Uneven | Kind::None => note,
        })
    }
}

/// The line of N in flight, N times as fast; above it is what cannot be, where
/// there is something to wait for; below 1 what is slower than one by one.
fn limit(most: f64, top: f64, waits: bool) -> Vec<Layer> {
    let mut layers = Vec::new();
    if waits {
        let corners = vec![(0.0, 0.0), (most, most), (most, top), (0.0, top)];
        layers.push(Layer::Fill { corners, paint: Paint::Idle });
    }
    layers.push(Layer::line(vec![(0.0, 1.0), (most, 1.0)], Paint::Other));
    layers.push(Layer::rule((0.0, 0.0), (most, most)));
    layers
}

/// What follows from the waits alone for the way that work is shared.
fn computed(regime: &Regime<'_>, curve: &Curve, most: f64) -> Vec<At> {
    let most = most.min(MOST_OF_A_FORMULA) as usize;
    let way = ways::find(&curve.strategy);
    let (Some(batch), Some(way)) = (regime.batches.first(), way) else {
        return Vec::new();
    };
    let waits = batch.waits.of(batch.requests);
    let Some(most) = NonZeroUsize::new(most) else { return Vec::new() };
    let points = of_sharing(way.sharing, &waits, most);
    let at = |point: &measurement::speed_up::Point| {
        (point.concurrency.get() as f64, point.speed_up)
    };
    points.iter().map(at).collect()
}

/// What a mark says when it is pointed at.
pub(super) fn hover(
    regime: &Regime<'_>,
    curve: &Curve,
    point: &Point,
) -> String {
    let interval = point.interval.map_or(String::new(), |(low, high)| {
        format!(", interval {}", from_to(&speed_up(low), &speed_up(high)))
    });
    format!(
        "{}, {}, {} in flight: {}{interval}, {}",
        ways::name(&curve.strategy),
        regime.kind.name(),
        number(point.level as usize),
        speed_up(point.middle),
        plural(point.rounds.len(), "round")
    )
}

/// The strategies, and what is dashed and dotted.
pub(super) fn key(lines: &Lines<'_>) -> [Vec<Item>; 2] {
    let mut names: Vec<&str> = Vec::new();
    for (_, curve) in lines.curves() {
        if !names.contains(&&*curve.strategy) {
            names.push(&curve.strategy);
        }
    }
    let mut items: Vec<Item> = names.into_iter().map(Item::strategy).collect();
    items.push(Item::new(Sample::Rule, "N in flight, N× as fast"));
    if lines.curves().any(|(regime, _)| regime.kind == Kind::Uneven) {
        items.push(Item::new(Sample::Formula, "computed from the waits"));
    }
    let mut points = lines.curves().flat_map(|(_, c)| lines.points(c));
    if points.any(|point| point.disturbed) {
        items.push(Item::disturbed());
    }
    [items.clone(), items]
}
