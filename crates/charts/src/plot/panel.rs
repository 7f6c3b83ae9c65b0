//! One panel in its place: its grid, its names, its layers.

use crate::ends::{End, draw_ends};
use crate::form::Form;
use crate::palette::Paint;
use crate::plot::note::draw_notes;
use crate::plot::{At, Axis, Layer, Named, Panel, Ticks};
use crate::points::{
    draw_farther, draw_interval, draw_prediction, symbol_of, symbol_size,
};
use crate::scale::{Scale, Tick};
use crate::scene::{Anchor, Area, Kind, Label, Mark, Scene, Shape};
use crate::text_width::{fit, text_width};

/// Where a panel is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its data.
    pub(super) data: Area,
    /// Where its names begin at the left, and its labels end at the right.
    pub(super) outer: f64,
    pub(super) end: f64,
}

/// From the edge of the data to a name beside it, in small letters.
const CLEAR: f64 = 0.5;

impl Axis {
    fn named(&self, form: &Form) -> Vec<Tick> {
        match &self.ticks {
            Ticks::Round(unit) => self.scale.ticks(form.ticks, unit),
            Ticks::UpTo(most, unit) => {
                let mut ticks = self.scale.ticks(form.ticks, unit);
                ticks.retain(|tick| tick.value <= *most);
                ticks
            }
            Ticks::At(ticks) | Ticks::Rows(ticks) => ticks.clone(),
        }
    }

    fn name(&self, form: &Form) -> &str {
        &self.name[usize::from(form.narrow)]
    }
}

/// Names of rows are read, those of numbers only looked up.
fn row_name(tick: &Tick, form: &Form, is_row: bool) -> Label {
    let label = Label::new(&tick.text, 0.0, 0.0, form.small);
    let label = label.anchored(Anchor::End);
    if is_row { label } else { label.muted() }
}

impl Panel {
    /// Above the data: its name, and what lies upwards.
    pub(super) fn above(&self, form: &Form) -> f64 {
        let title = match self.title.is_empty() {
            true => 0.0,
            false => form.line(form.body) + 0.3 * form.small,
        };
        let about = match self.about.is_empty() {
            true => 0.0,
            false => form.line(form.small),
        };
        let name = match self.y.name(form).is_empty() {
            true => 0.4 * form.small,
            false => 1.9 * form.small,
        };
        title + about + name
    }

    /// Below the data: its numbers, and what they are.
    pub(super) fn below(&self, form: &Form) -> f64 {
        let name = match self.x.name(form).is_empty() {
            true => 0.0,
            false => 1.3 * form.small,
        };
        self.numbers_height(form) + name
    }

    /// The part of that for the numbers, if there are any.
    fn numbers_height(&self, form: &Form) -> f64 {
        let lines = if self.x.named(form).is_empty() { 0.3 } else { 1.7 };
        lines * form.small
    }

    /// Room for the names at the left.
    pub(super) fn names_width(&self, form: &Form) -> f64 {
        let is_row = matches!(self.y.ticks, Ticks::Rows(_));
        let ticks = self.y.named(form);
        let widths = ticks.iter().map(|t| row_name(t, form, is_row).width());
        let widest = widths.fold(0.0, f64::max);
        if widest > 0.0 { widest + CLEAR * form.small } else { 0.0 }
    }

    /// The upward scale between an upper and a lower edge.
    pub(super) fn upwards(&self, top: f64, bottom: f64) -> Scale {
        let ends = if self.y.down { (top, bottom) } else { (bottom, top) };
        self.y.scale.moved(ends)
    }

    /// Draws it. `named` says whether its rows have names here.
    pub(super) fn draw(
        &self,
        scene: &mut Scene,
        form: &Form,
        place: Place,
        named: bool,
    ) {
        let data = place.data;
        // Symbols at both ends are whole.
        let inset = 0.7 * symbol_size(form);
        let x = self.x.scale.moved((data.left + inset, data.right - inset));
        let y = self.upwards(data.top, data.bottom);
        let at = |(a, b): At| (x.at(a), y.at(b));
        let (fills, others): (Vec<&Layer>, Vec<&Layer>) = self
            .layers
            .iter()
            .partition(|layer| matches!(layer, Layer::Fill { .. }));
        for layer in fills {
            layer.draw(scene, form, &at, data);
        }
        self.draw_rows(scene, form, &y, data, named);
        self.draw_columns(scene, form, &x, place);
        for layer in others {
            layer.draw(scene, form, &at, data);
        }
        self.draw_titles(scene, form, place, named);
        let (ends, unit) = self.ends_at(&at);
        let room = Area { left: data.right, right: place.end, ..data };
        draw_ends(scene, form, &ends, room, unit);
        // With all that is beside the data.
        let whole = Area { left: place.outer, right: place.end, ..data };
        draw_notes(scene, form, &self.notes, &at, (data, whole));
    }

    /// Where the lines that have a name at the right end, and the unit of
    /// their numbers.
    pub(super) fn ends_at(
        &self,
        at: &impl Fn(At) -> (f64, f64),
    ) -> (Vec<End>, &'static str) {
        let end = |named: &Named| End {
            strategy: named.strategy.clone(),
            name: named.name.clone(),
            at: at(named.at),
            number: named.number.clone(),
        };
        let unit = self.ends.first().map_or("", |named| named.unit);
        (self.ends.iter().map(end).collect(), unit)
    }

    fn draw_titles(
        &self,
        scene: &mut Scene,
        form: &Form,
        place: Place,
        named: bool,
    ) {
        let Place { data, outer, end } = place;
        let mut y = data.top - self.above(form);
        let left = if named { outer } else { data.left };
        let width = end - left;
        let mut put = |text: &str, size: f64, bold: bool| {
            if text.is_empty() {
                return;
            }
            y += form.line(size);
            let baseline = y - 0.3 * size;
            let text = fit(text, size, bold, width);
            let label = Label::new(&text, left, baseline, size);
            // A head with a number is a finding, which nobody sees who
            // predicts first.
            let found = text.contains(|c: char| c.is_ascii_digit());
            scene.labels.push(match bold {
                true if found => label.bold().of_kind(Kind::Answer),
                true => label.bold(),
                false => label.muted(),
            });
        };
        put(&self.title, form.body, true);
        put(&self.about, form.small, false);
        let name = self.y.name(form);
        if named && !name.is_empty() {
            let baseline = data.top - 0.75 * form.small;
            let text = fit(name, form.small, false, width);
            let label = Label::new(&text, left, baseline, form.small);
            scene.labels.push(label.muted());
        }
        let name = self.x.name(form);
        if !name.is_empty() {
            let below = self.numbers_height(form) + form.small;
            let baseline = data.bottom + below;
            let text = fit(name, form.small, false, end - data.left);
            let label = Label::new(&text, data.left, baseline, form.small);
            scene.labels.push(label.muted());
        }
    }

    /// A line of the grid at each number of the upward axis; or between rows.
    fn draw_rows(
        &self,
        scene: &mut Scene,
        form: &Form,
        y: &Scale,
        data: Area,
        named: bool,
    ) {
        let is_row = matches!(self.y.ticks, Ticks::Rows(_));
        let thin = 0.7 * form.rule;
        let mut free: Vec<Area> = Vec::new();
        for tick in self.y.named(form) {
            let at = y.at(tick.value);
            let mut name = row_name(&tick, form, is_row);
            name.x = data.left - CLEAR * form.small;
            name.y = at + 0.36 * form.small;
            let area = name.area();
            let collides = free.iter().any(|other| {
                area.top < other.bottom + 1.0 && other.top < area.bottom + 1.0
            });
            if collides {
                continue;
            }
            free.push(area);
            let line = if is_row { y.at(tick.value + 0.5) } else { at };
            let (from, to) = ((data.left, line), (data.right, line));
            scene.line(from, to, thin, Paint::Grid);
            if named && !name.text.trim().is_empty() {
                scene.labels.push(name);
            }
        }
    }

    /// The same of the other axis, with the names below.
    fn draw_columns(
        &self,
        scene: &mut Scene,
        form: &Form,
        x: &Scale,
        place: Place,
    ) {
        let data = place.data;
        let mut taken: Vec<Area> = Vec::new();
        for tick in self.x.named(form) {
            let at = x.at(tick.value);
            let baseline = data.bottom + 1.45 * form.small;
            let mut name = Label::new(&tick.text, at, baseline, form.small)
                .muted()
                .anchored(Anchor::Middle);
            let half = text_width(&name.text, form.small, false) / 2.0;
            name.x = at.clamp(
                (place.outer + half).min(place.end - half),
                place.end - half,
            );
            let area = name.area();
            let gap = 0.4 * form.small;
            let free = taken.iter().all(|other| {
                area.right + gap <= other.left || other.right + gap <= area.left
            });
            if free && !name.text.trim().is_empty() {
                taken.push(area);
                let (from, to) = ((at, data.top), (at, data.bottom));
                scene.line(from, to, 0.7 * form.rule, Paint::Grid);
                scene.labels.push(name);
            }
        }
        let (from, to) = ((data.left, data.bottom), (data.right, data.bottom));
        scene.line(from, to, form.rule, Paint::Muted);
    }
}

impl Layer {
    fn draw(
        &self,
        scene: &mut Scene,
        form: &Form,
        at: &impl Fn(At) -> (f64, f64),
        data: Area,
    ) {
        match self {
            Layer::Line { points, paint, dash, width } => {
                let points: Vec<(f64, f64)> =
                    points.iter().copied().map(at).collect();
                if points.len() > 1 {
                    let width = width * form.rule;
                    let shape = Shape::Path { points, width, dash: *dash };
                    scene.marks.push(Mark::new(shape, *paint));
                }
            }
            Layer::Fill { corners, paint } => {
                let corners = corners.iter().copied().map(at).collect();
                let shape = Shape::Polygon(corners);
                scene.marks.push(Mark::new(shape, *paint));
            }
            Layer::Bar { from, to, paint, hover } => {
                let mut area = between(at(*from), at(*to));
                // Ever so short, it is there.
                if from.0 != to.0 {
                    area.right = area.right.max(area.left + form.rule);
                }
                let mark = Mark::new(Shape::Bar(area), *paint);
                scene.marks.push(Mark { hover: hover.clone(), ..mark });
            }
            Layer::Hollow { from, to, paint, hover } => {
                let area = between(at(*from), at(*to));
                let mark = Mark::new(Shape::Outline(area), *paint);
                scene.marks.push(Mark { hover: hover.clone(), ..mark });
            }
            Layer::Interval { from, to, paint } => {
                draw_interval(scene, form, at(*from), at(*to), *paint);
            }
            Layer::Rounds { at: places, paint } => {
                let radius = if form.narrow { 5.0 } else { 2.4 };
                let dots = places.iter().map(|place| {
                    let centre = at(*place);
                    Mark::new(Shape::Disc { centre, radius }, *paint)
                });
                scene.marks.extend(dots);
            }
            Layer::Symbol { strategy, at: place, disturbed, hover } => {
                let centre = at(*place);
                let marks = symbol_of(form, strategy, centre, *disturbed);
                let named = marks
                    .into_iter()
                    .map(|m| Mark { hover: hover.clone(), ..m });
                scene.marks.extend(named);
            }
            Layer::Beyond { at: height } => {
                let (_, y) = at((0.0, *height));
                draw_farther(scene, form, (data.right, y));
            }
            Layer::Guess { at: place } => {
                let (x, y) = at(*place);
                let half = 0.9 * symbol_size(form);
                let x = x.clamp(data.left + half, data.right - half);
                let area = Area {
                    left: x - half,
                    top: (y - half).max(data.top),
                    right: x + half,
                    bottom: (y + half).min(data.bottom),
                };
                draw_prediction(scene, form, area);
            }
            Layer::GuessedBar { to, lane } => {
                let area = between(at((0.0, lane.0)), at((*to, lane.1)));
                let right = area.right.max(area.left + 4.0 * form.rule);
                draw_prediction(scene, form, Area { right, ..area });
            }
        }
    }
}

/// The rectangle between two corners.
fn between(a: (f64, f64), b: (f64, f64)) -> Area {
    Area {
        left: a.0.min(b.0),
        top: a.1.min(b.1),
        right: a.0.max(b.0),
        bottom: a.1.max(b.1),
    }
}
