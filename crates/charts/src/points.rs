//! What stands for a measured number: a symbol, its interval, its rounds; how
//! one sees that the machine disturbed it; and how a request ended that had no
//! answer.

use crate::form::Form;
use crate::palette::Paint;
use crate::scene::{Area, Dash, Mark, Scene, Shape};
use crate::strategy::symbol;

/// Draws the symbol of a strategy at a point.
pub(crate) fn draw_symbol(
    scene: &mut Scene,
    form: &Form,
    strategy: &str,
    centre: (f64, f64),
    disturbed: bool,
) {
    scene.marks.extend(symbol_of(form, strategy, centre, disturbed));
}

/// The symbol of a strategy at a point. Where the machine disturbed it, the
/// symbol is struck through.
pub(crate) fn symbol_of(
    form: &Form,
    strategy: &str,
    centre: (f64, f64),
    disturbed: bool,
) -> Vec<Mark> {
    let size = symbol_size(form);
    let mut marks = symbol(strategy, centre, size);
    if disturbed {
        // Not hollow as well: that is another strategy.
        let (x, y) = centre;
        let reach = 0.75 * size;
        let (from, to) = ((x - reach, y + reach), (x + reach, y - reach));
        let (width, dash) = (form.rule, Dash::Solid);
        let line = Shape::Line { from, to, width, dash };
        marks.push(Mark::new(line, Paint::Ink));
    }
    marks
}

/// How large the symbol at a point is.
pub(crate) fn symbol_size(form: &Form) -> f64 {
    if form.narrow { 17.0 } else { 9.0 }
}

/// A line with a cap at both ends, upright or level.
pub(crate) fn draw_interval(
    scene: &mut Scene,
    form: &Form,
    from: (f64, f64),
    to: (f64, f64),
    paint: Paint,
) {
    let level = (from.1 - to.1).abs() < (from.0 - to.0).abs();
    scene.line(from, to, form.rule, paint);
    let cap = 2.0 * form.rule;
    for (x, y) in [from, to] {
        let (dx, dy) = if level { (0.0, cap) } else { (cap, 0.0) };
        scene.line((x - dx, y - dy), (x + dx, y + dy), form.rule, paint);
    }
}

/// Every round as a small dot at `x`.
pub(crate) fn draw_rounds(
    scene: &mut Scene,
    form: &Form,
    x: f64,
    heights: impl IntoIterator<Item = f64>,
    paint: Paint,
) {
    let radius = if form.narrow { 2.6 } else { 1.4 };
    let dots =
        heights.into_iter().map(|y| Shape::Disc { centre: (x, y), radius });
    scene.marks.extend(dots.map(|shape| Mark::new(shape, paint)));
}

/// Beside the right edge, for what is beyond it.
pub(crate) fn draw_farther(
    scene: &mut Scene,
    form: &Form,
    (edge, y): (f64, f64),
) {
    let size = 0.9 * symbol_size(form);
    let half = size / 2.0;
    let corners = vec![(edge, y - half), (edge + size, y), (edge, y + half)];
    scene.marks.push(Mark::new(Shape::Polygon(corners), Paint::Ink));
}

/// What a reader predicted: a hollow box of dashes, which is no symbol of
/// anything measured.
pub(crate) fn draw_prediction(scene: &mut Scene, form: &Form, area: Area) {
    let Area { left, top, right, bottom } = area;
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    for (i, from) in corners.into_iter().enumerate() {
        let to = corners[(i + 1) % 4];
        scene.dashes(from, to, 1.4 * form.rule, Paint::Ink);
    }
}

/// At the end of a request that goes on.
pub(crate) fn draw_arrow(scene: &mut Scene, (x, y): (f64, f64), half: f64) {
    let tip = (x + 1.4 * half, y);
    let arrow = Shape::Polygon(vec![(x, y - half), tip, (x, y + half)]);
    scene.marks.push(Mark::new(arrow, Paint::Ink));
}

/// At the end of a request that was given up.
pub(crate) fn draw_cross(
    scene: &mut Scene,
    form: &Form,
    (x, y): (f64, f64),
    half: f64,
) {
    for side in [-1.0, 1.0] {
        let from = (x - half, y - side * half);
        let to = (x + half, y + side * half);
        scene.line(from, to, form.rule, Paint::Ink);
    }
}
