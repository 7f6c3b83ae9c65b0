//! One panel of a lesson's chart, in its place.

use super::free::{Taken, apart, beside};
use crate::curve::{Stand, draw_curves, draw_point, levels};
use crate::ends::{End, draw_ends, ends_width};
use crate::form::Form;
use crate::frame::{Frame, below_data, names_width};
use crate::lesson::{Formula, Panel};
use crate::palette::Paint;
use crate::points::{draw_beyond, draw_prediction};
use crate::scale::{Scale, Steps, Tick};
use crate::scene::{Anchor, Area, Label, Scene};
use crate::text_width::fit;

/// A panel with its scales, before it has a place.
pub(super) struct Fitted<'a> {
    pub(super) panel: &'a Panel,
    x: Scale,
    y: Scale,
    /// After a number.
    unit: &'static str,
    /// Room for the names of `y`.
    pub(super) left: f64,
    /// Room for the names of the curves.
    pub(super) right: f64,
}

/// How much a panel has room to say at its right, and at its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Names and numbers with their unit.
    Whole,
    /// Names and numbers; the unit stands above.
    Short,
    /// Nothing; the key has the names.
    Not,
}

/// Where a panel is: its data, and from where to where it may go with names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) data: Area,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// A prediction that is farther off than this many times what was measured
/// stands at the edge, or nothing else could be read.
const FAR: f64 = 2.5;

impl<'a> Fitted<'a> {
    pub(super) fn new(
        panel: &'a Panel,
        form: &Form,
        named: Named,
    ) -> Fitted<'a> {
        let points = || panel.curves.iter().flat_map(|curve| &curve.points);
        let lines = || panel.formulas.iter().flat_map(|line| &line.points);
        let known: Vec<f64> = points()
            .flat_map(|point| point.values())
            .chain(lines().map(|point| point.1))
            .filter(|value| *value > 0.0 && value.is_finite())
            .collect();
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let high = known.iter().copied().fold(0.0, f64::max);
        let linear = panel.steps == Steps::Linear;
        let near = |y: &f64| (linear || *y >= low / FAR) && *y <= high * FAR;
        let guesses = || panel.guesses.iter().map(|guess| guess.1);
        // A little room above and below, and more for the tip of one that is
        // beyond.
        let above = match guesses().any(|guess| guess > high * FAR) {
            true if linear => 1.35,
            true => 2.5,
            false if linear => 1.08,
            false => 1.25,
        };
        let roomy = known.iter().flat_map(|y| [y / 1.5, y * above]);
        let all = roomy.chain(
            guesses()
                .filter(near)
                .flat_map(|y| [y / 1.2, y * if linear { 1.08 } else { 1.2 }]),
        );
        let y = Scale::new(panel.steps, all, (0.0, 0.0));
        let across = points()
            .map(|point| point.level)
            .chain(lines().map(|point| point.0));
        let x = Scale::new(panel.steps, across, (0.0, 0.0));
        let unit = if named == Named::Whole { panel.unit } else { "" };
        let left = names_width(form, &y, unit);
        let mut fitted = Fitted { panel, x, y, unit, left, right: 0.0 };
        if named != Named::Not {
            let y = fitted.y.moved((330.0, 0.0));
            let ends = fitted.ends(&y);
            fitted.right = ends_width(form, &ends, unit);
        }
        fitted
    }

    fn named(&self) -> bool {
        self.right > 0.0
    }

    fn ends(&self, y: &Scale) -> Vec<End> {
        let ends = self.panel.curves.iter().filter_map(|curve| {
            let last = curve.points.last()?.middle;
            let strategy = curve.strategy.clone();
            Some(End { strategy, at: (0.0, y.at(last)), number: say(last) })
        });
        ends.collect()
    }

    pub(super) fn draw(&self, scene: &mut Scene, form: &Form, place: Place) {
        let Place { data, left, right } = place;
        let inset = if form.narrow { 16.0 } else { 12.0 };
        let x = self.x.moved((data.left + inset, data.right - inset));
        let y = self.y.moved((data.bottom, data.top));
        let unit = self.unit;
        let frame = Frame { form, area: data, y: y.clone(), unit };
        frame.draw_rows(scene, true);
        let curves = &self.panel.curves;
        frame.draw_columns(scene, &x, &ticks(&levels(curves)));
        for formula in &self.panel.formulas {
            draw_formula(scene, form, (&x, &y), formula);
        }
        let ends = self.draw_measured(scene, &frame, &x);
        frame.draw_foot(scene);
        let mut taken = self.taken((&x, &y));
        let mut names: Vec<Label> = Vec::new();
        for (at, guess) in &self.panel.guesses {
            let at = (x.at(*at), *guess);
            let Some(places) = draw_guess(scene, &frame, at, self.panel.unit)
            else {
                continue;
            };
            // Its number is said at any rate, if need be over a line.
            let clear = |label: &&Label| taken.leaves(label.area(), data, form);
            let apart = |label: &&Label| {
                let area = label.area();
                taken.names.iter().all(|other| apart(&area, other))
            };
            let mut labels = places.iter();
            let place = labels.find(clear).or(places.iter().find(apart));
            taken.names.extend(place.map(Label::area));
            names.extend(place.cloned());
        }
        names.extend(self.names(form, (&x, &y), data, taken));
        if self.named() {
            let room = Area { left: data.right, right, ..data };
            draw_ends(scene, form, &ends, room, unit);
        }
        for name in names {
            scene.label_on_patch(name);
        }
        self.draw_names(scene, form, data, (left, right));
    }

    /// What lies upwards, above the data, and to the right, below it.
    fn draw_names(
        &self,
        scene: &mut Scene,
        form: &Form,
        data: Area,
        (left, right): (f64, f64),
    ) {
        let name = match form.narrow {
            true => self.panel.short,
            false => self.panel.name,
        };
        let log = !form.narrow && self.panel.steps == Steps::Log10;
        let name = format!("{name}{}", if log { ", log scale" } else { "" });
        let name = fit(&name, form.small, false, right - left);
        let y = data.top - 0.95 * form.small;
        scene.labels.push(Label::new(&name, left, y, form.small).muted());
        let width = right - data.left;
        let across = fit(self.panel.across, form.small, false, width);
        let y = data.bottom + below_data(form) - 0.2 * form.small;
        let across = Label::new(&across, data.left, y, form.small).muted();
        scene.labels.push(across);
    }

    /// Draws what was measured, and tells where it ends.
    fn draw_measured(
        &self,
        scene: &mut Scene,
        frame: &Frame<'_>,
        x: &Scale,
    ) -> Vec<End> {
        let Panel { curves, joined, step, .. } = self.panel;
        if let Some((ends, _)) = step {
            let [from, to] = ends.map(|(c, t)| (x.at(c), frame.y.at(t)));
            scene.line(from, to, 3.0 * frame.form.rule, Paint::Ink);
        }
        if *joined {
            return draw_curves(scene, frame, (x, Stand::Exact), curves, say);
        }
        let mut ends = Vec::new();
        for curve in curves {
            for (number, point) in curve.points.iter().enumerate() {
                let at = (x.at(point.level), frame.y.at(point.middle));
                draw_point(scene, frame, curve, point, at, true);
                if number + 1 == curve.points.len() {
                    let strategy = curve.strategy.clone();
                    ends.push(End { strategy, at, number: say(point.middle) });
                }
            }
        }
        ends
    }

    /// Where no name may be.
    fn taken(&self, (x, y): (&Scale, &Scale)) -> Taken {
        let place = |at: &(f64, f64)| (x.at(at.0), y.at(at.1));
        let Panel { curves, joined, formulas, guesses, step, .. } = self.panel;
        let measured = curves.iter().map(|curve| {
            let points = curve.points.iter();
            points.map(|p| place(&(p.level, p.middle))).collect::<Vec<_>>()
        });
        let measured: Vec<Vec<(f64, f64)>> = measured.collect();
        let guessed = guesses.iter().map(place);
        let points = measured.iter().flatten().copied().chain(guessed);
        let points = points.collect();
        let formulas = formulas
            .iter()
            .map(|formula| formula.points.iter().map(place).collect());
        let step = step.iter().map(|(ends, _)| ends.map(|p| place(&p)).into());
        let mut lines: Vec<Vec<(f64, f64)>> = formulas.chain(step).collect();
        if *joined {
            lines.extend(measured);
        }
        Taken { points, lines, names: Vec::new() }
    }

    /// The name of each formula beside its line, and of the step, where there
    /// is nothing else.
    fn names(
        &self,
        form: &Form,
        (x, y): (&Scale, &Scale),
        data: Area,
        mut taken: Taken,
    ) -> Vec<Label> {
        let formulas = self.panel.formulas.iter();
        let formulas = formulas.map(|line| (line.name, &line.points[..]));
        let step = self.panel.step.iter();
        let step = step.map(|(ends, text)| (&text[..], &ends[..]));
        let mut labels = Vec::new();
        for (name, line) in step.chain(formulas) {
            let line: Vec<(f64, f64)> =
                line.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
            let free = beside(form, name, &line)
                .into_iter()
                .find(|label| taken.leaves(label.area(), data, form));
            taken.names.extend(free.as_ref().map(Label::area));
            labels.extend(free);
        }
        labels
    }
}

fn draw_formula(
    scene: &mut Scene,
    form: &Form,
    (x, y): (&Scale, &Scale),
    formula: &Formula,
) {
    let at = |point: &(f64, f64)| (x.at(point.0), y.at(point.1));
    for pair in formula.points.windows(2) {
        scene.dots(at(&pair[0]), at(&pair[1]), 1.4 * form.rule, Paint::Ink);
    }
}

/// A hollow box; where it is beyond the edge, a tip, and where its number may
/// be.
fn draw_guess(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (x, guess): (f64, f64),
    unit: &str,
) -> Option<Vec<Label>> {
    let Frame { form, area, y, .. } = frame;
    if y.holds(guess) {
        let (wide, high) = if form.narrow { (15.0, 11.0) } else { (9.0, 6.5) };
        let middle = y.at(guess);
        let (left, right) = (x - wide, x + wide);
        // The names of the axes are near.
        let top = (middle - high).max(area.top - 2.0);
        let bottom = (middle + high).min(area.bottom + 2.0);
        draw_prediction(scene, form, Area { left, top, right, bottom });
        return None;
    }
    let upwards = guess > y.ends().1;
    let edge = if upwards { area.top } else { area.bottom };
    draw_beyond(scene, form, (x, edge), upwards);
    let text = format!("{}{unit}", say(guess));
    let inwards = if upwards { 1.0 } else { -1.0 };
    let first = if upwards { 2.2 } else { -1.3 };
    let place = |(line, dx): (f64, f64)| {
        let dy = first + 1.3 * inwards * line;
        let (x, y) = (x + dx * form.small, edge + dy * form.small);
        let label =
            Label::new(&text, x, y, form.small).anchored(Anchor::Middle);
        let over = label.area().right - area.right;
        // Left of the data are the names of the rows.
        let under = area.left + 0.4 * form.small - label.area().left;
        let x = x + under.max(0.0) - over.max(0.0);
        Label { x, ..label }
    };
    let lines = [0.0, 1.0, 2.0, 3.0].into_iter();
    let places = lines.flat_map(|l| [0.0, -3.0, 3.0].map(|dx| (l, dx)));
    Some(places.map(place).collect())
}

/// A number in three digits or so.
fn say(value: f64) -> String {
    match value {
        _ if value >= 1e7 => format!("{value:.0e}"),
        _ if value >= 9.95 => format!("{value:.0}"),
        _ if value >= 0.995 => format!("{value:.1}").replace(".0", ""),
        _ => format!("{value:.2}"),
    }
}

fn ticks(levels: &[f64]) -> Vec<Tick> {
    let tick =
        |level: &f64| Tick { value: *level, text: format!("{level:.0}") };
    levels.iter().map(tick).collect()
}
