//! One panel of a lesson's chart, in its place.

use crate::curve::{Stand, draw_curves, levels};
use crate::ends::{End, draw_ends, ends_width};
use crate::form::Form;
use crate::frame::{Frame, below_data, names_width};
use crate::lesson::{Formula, Panel};
use crate::palette::Paint;
use crate::points::draw_beyond;
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
    named: Named,
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
const FAR: f64 = 5.0;

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
        let near = |y: &f64| *y >= low / FAR && *y <= high * FAR;
        let guessed = panel.guesses.iter().map(|guess| guess.1).filter(near);
        // A little room above and below.
        let all = known.iter().copied().chain(guessed);
        let roomy = all.flat_map(|y| [y / 1.5, y * 1.25]);
        let y = Scale::new(Steps::Log10, roomy, (0.0, 0.0));
        let across = points()
            .map(|point| point.level)
            .chain(lines().map(|point| point.0));
        let x = Scale::new(Steps::Log10, across, (0.0, 0.0));
        let unit = if named == Named::Whole { panel.unit } else { "" };
        let left = names_width(form, &y, unit);
        let mut fitted = Fitted { panel, x, y, unit, named, left, right: 0.0 };
        fitted.right = if named == Named::Not {
            // Half of the last name below the data.
            1.4 * form.small
        } else {
            let y = fitted.y.moved((330.0, 0.0));
            ends_width(form, &fitted.ends(&y), unit)
        };
        fitted
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
        let ends = draw_curves(scene, &frame, (&x, Stand::Exact), curves, say);
        frame.draw_foot(scene);
        let mut names = Vec::new();
        for (at, guess) in &self.panel.guesses {
            let name = draw_guess(scene, &frame, x.at(*at), *guess);
            let free = |name: &Label| names.iter().all(|n| apart(name, n));
            names.extend(name.filter(free));
        }
        self.name_formulas(form, (&x, &y), data, &ends, &mut names);
        if self.named != Named::Not {
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
        let name = fit(name, form.small, false, right - left);
        let y = data.top - 0.95 * form.small;
        scene.labels.push(Label::new(&name, left, y, form.small).muted());
        let width = right - data.left;
        let across = fit(self.panel.across, form.small, false, width);
        let y = data.bottom + below_data(form) - 0.2 * form.small;
        let across = Label::new(&across, data.left, y, form.small).muted();
        scene.labels.push(across);
    }

    /// Puts the name of each formula beside its line, where no point is and no
    /// other name.
    fn name_formulas(
        &self,
        form: &Form,
        (x, y): (&Scale, &Scale),
        data: Area,
        ends: &[End],
        names: &mut Vec<Label>,
    ) {
        let points = self.panel.curves.iter().flat_map(|curve| &curve.points);
        let measured =
            points.map(|point| (x.at(point.level), y.at(point.middle)));
        let guesses = self.panel.guesses.iter();
        let guesses = guesses.map(|guess| (x.at(guess.0), y.at(guess.1)));
        let taken: Vec<(f64, f64)> = measured
            .chain(guesses)
            .chain(ends.iter().map(|end| end.at))
            .collect();
        for formula in &self.panel.formulas {
            let line: Vec<(f64, f64)> =
                formula.points.iter().map(|p| (x.at(p.0), y.at(p.1))).collect();
            let places = beside(form, formula.name, &line);
            let free = places.into_iter().find(|label| {
                is_free(label, data, &taken, &line, form)
                    && names.iter().all(|other| apart(label, other))
            });
            names.extend(free);
        }
    }
}

/// Places for a name: above and below the line, from its left to its right.
fn beside(form: &Form, name: &str, line: &[(f64, f64)]) -> Vec<Label> {
    let mut places = Vec::new();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        for share in [0.1, 0.3, 0.5, 0.7, 0.9] {
            let x = from.0 + share * (to.0 - from.0);
            let y = from.1 + share * (to.1 - from.1);
            let label = |dx: f64, dy: f64, anchor| {
                let (x, y) = (x + dx * form.small, y + dy * form.small);
                Label::new(name, x, y, form.small).muted().anchored(anchor)
            };
            places.push(label(-0.6, -0.5, Anchor::End));
            places.push(label(0.6, 1.3, Anchor::Start));
            places.push(label(0.6, -0.6, Anchor::Start));
        }
    }
    places
}

/// Whether a name lies inside of the data, over no point and not on its line.
fn is_free(
    label: &Label,
    data: Area,
    taken: &[(f64, f64)],
    line: &[(f64, f64)],
    form: &Form,
) -> bool {
    let area = label.area();
    let inside = area.left >= data.left + 2.0
        && area.right <= data.right - 2.0
        && area.top >= data.top + 2.0
        && area.bottom <= data.bottom - 2.0;
    let reach = form.small;
    let over = |(x, y): &(f64, f64)| {
        (area.left - reach..=area.right + reach).contains(x)
            && (area.top - reach..=area.bottom + reach).contains(y)
    };
    let crossed = line.windows(2).any(|pair| {
        (0..=8).any(|i| {
            let share = f64::from(i) / 8.0;
            let x = pair[0].0 + share * (pair[1].0 - pair[0].0);
            let y = pair[0].1 + share * (pair[1].1 - pair[0].1);
            (area.left..=area.right).contains(&x)
                && (area.top..=area.bottom).contains(&y)
        })
    });
    inside && !crossed && !taken.iter().any(over)
}

fn apart(one: &Label, other: &Label) -> bool {
    let (a, b) = (one.area(), other.area());
    a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top
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

/// A short dashed rule; or where it is beyond the edge, a tip there, and its
/// number, which is returned.
fn draw_guess(
    scene: &mut Scene,
    frame: &Frame<'_>,
    x: f64,
    guess: f64,
) -> Option<Label> {
    let Frame { form, area, y, unit } = frame;
    let half = if form.narrow { 34.0 } else { 17.0 };
    let (from, to) = ((x - half).max(area.left), (x + half).min(area.right));
    if y.holds(guess) {
        let height = y.at(guess);
        let width = 2.0 * form.rule;
        scene.dashes((from, height), (to, height), width, Paint::Ink);
        return None;
    }
    let upwards = guess > y.ends().1;
    let edge = if upwards { area.top } else { area.bottom };
    draw_beyond(scene, form, (x, edge), upwards);
    let text = format!("{}{unit}", say(guess));
    let dy = if upwards { 2.2 } else { -1.3 };
    let mut label = Label::new(&text, x, edge + dy * form.small, form.small)
        .anchored(Anchor::Middle);
    let over = label.area().right - area.right;
    let under = area.left - label.area().left;
    label.x += under.max(0.0) - over.max(0.0);
    Some(label)
}

/// A number in three digits or so.
fn say(value: f64) -> String {
    match value {
        _ if value >= 1e7 => format!("{value:.0e}"),
        _ if value >= 99.5 => format!("{value:.0}"),
        _ if value >= 9.95 => format!("{value:.1}").replace(".0", ""),
        _ if value >= 0.995 => format!("{value:.1}").replace(".0", ""),
        _ if value >= 0.0095 => format!("{value:.2}"),
        _ => "under 0.01".to_owned(),
    }
}

fn ticks(levels: &[f64]) -> Vec<Tick> {
    let tick =
        |level: &f64| Tick { value: *level, text: format!("{level:.0}") };
    levels.iter().map(tick).collect()
}
