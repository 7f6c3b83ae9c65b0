//! The line that says what solid, pale, dashed and dotted mean; two or three
//! lines where one does not hold it all.

use crate::form::{Form, WIDTH};
use crate::palette::Paint;
use crate::points::{
    draw_beyond, draw_interval, draw_prediction, draw_rounds, draw_symbol,
    draw_trial, symbol_size,
};
use crate::scene::{Area, Label, Mark, Scene, Shape};
use crate::strategy;
use crate::text_width::fit;

/// A sample and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Item<'a> {
    /// A solid bar.
    InFlight(&'a str),
    /// A solid bar with a line in it.
    Hold(&'a str),
    /// A hollow bar.
    Failed(&'a str),
    /// A pale bar.
    Idle(&'a str),
    /// A solid line.
    Line(&'a str),
    /// A dashed rule.
    Rule(&'a str),
    /// A dotted one: what a formula says.
    Formula(&'a str),
    /// An interval.
    Interval(&'a str),
    /// The rounds.
    Rounds(&'a str),
    /// What the machine disturbed.
    Disturbed(&'a str),
    /// A trial among many.
    Trial(&'a str),
    /// One that the machine disturbed.
    Hollow(&'a str),
    /// What is beyond the edge.
    Beyond(&'a str),
    /// A thin bar: what the server did.
    Served(&'a str),
    /// A thin hollow one: what it did for nobody.
    ForNobody(&'a str),
    /// A cross: where it saw a client go.
    Gone(&'a str),
    /// What a reader predicted.
    Prediction(&'a str),
    /// The symbol of the strategy of that name.
    Strategy(&'a str),
}

impl<'a> Item<'a> {
    fn text(&self) -> &'a str {
        match self {
            Item::Strategy(name) => strategy::label(name),
            Item::InFlight(text)
            | Item::Hold(text)
            | Item::Failed(text)
            | Item::Idle(text)
            | Item::Line(text)
            | Item::Rule(text)
            | Item::Formula(text)
            | Item::Interval(text)
            | Item::Rounds(text)
            | Item::Disturbed(text)
            | Item::Trial(text)
            | Item::Hollow(text)
            | Item::Beyond(text)
            | Item::Served(text)
            | Item::ForNobody(text)
            | Item::Gone(text)
            | Item::Prediction(text) => text,
        }
    }

    /// Width of the sample.
    fn width(&self, form: &Form) -> f64 {
        match self {
            Item::Strategy(_) | Item::Disturbed(_) | Item::Interval(_) => {
                1.1 * symbol_size(form)
            }
            Item::Trial(_)
            | Item::Hollow(_)
            | Item::Beyond(_)
            | Item::Gone(_) => symbol_size(form),
            _ => 1.7 * form.small,
        }
    }

    fn draw(&self, scene: &mut Scene, form: &Form, area: Area) {
        let middle = (area.top + area.bottom) / 2.0;
        let centre = ((area.left + area.right) / 2.0, middle);
        let (from, to) = ((area.left, middle), (area.right, middle));
        match self {
            Item::InFlight(_) => scene.bar(area, Paint::Other),
            Item::Hold(_) => {
                scene.bar(area, Paint::Other);
                let line = Area {
                    left: area.left + 3.0,
                    top: middle - form.rule / 2.0,
                    right: area.right - 3.0,
                    bottom: middle + form.rule / 2.0,
                };
                scene.bar(line, Paint::Background);
            }
            Item::Failed(_) => {
                let outline = Shape::Outline(area);
                scene.marks.push(Mark::new(outline, Paint::Other));
            }
            Item::Idle(_) => scene.bar(area, Paint::Idle),
            Item::Line(_) => scene.line(from, to, form.rule, Paint::Ink),
            Item::Rule(_) => scene.dashes(from, to, form.rule, Paint::Ink),
            Item::Formula(_) => {
                scene.dots(from, to, 1.6 * form.rule, Paint::Ink);
            }
            Item::Interval(_) => {
                let ends = (area.bottom, area.top);
                draw_interval(scene, form, centre.0, ends, Paint::Other);
            }
            Item::Rounds(_) => {
                for x in [0.2, 0.5, 0.8] {
                    let x = area.left + x * (area.right - area.left);
                    draw_rounds(scene, form, x, [middle], Paint::Other);
                }
            }
            Item::Disturbed(_) => draw_symbol(scene, form, "", centre, true),
            Item::Trial(_) => draw_trial(scene, form, centre, false),
            Item::Hollow(_) => draw_trial(scene, form, centre, true),
            Item::Beyond(_) => {
                let tip = (centre.0, area.top);
                draw_beyond(scene, form, tip, true);
            }
            Item::Served(_) => scene.bar(thin(area), Paint::Muted),
            Item::ForNobody(_) => {
                let outline = Shape::Outline(thin(area));
                scene.marks.push(Mark::new(outline, Paint::Muted));
            }
            Item::Gone(_) => draw_cross(scene, form, centre),
            Item::Prediction(_) => draw_prediction(scene, form, area),
            Item::Strategy(name) => {
                draw_symbol(scene, form, name, centre, false);
            }
        }
    }
}

/// The middle half of it.
fn thin(area: Area) -> Area {
    let quarter = (area.bottom - area.top) / 4.0;
    Area { top: area.top + quarter, bottom: area.bottom - quarter, ..area }
}

/// A cross: here somebody was seen to go.
pub(crate) fn draw_cross(scene: &mut Scene, form: &Form, (x, y): (f64, f64)) {
    let half = 0.42 * symbol_size(form);
    for side in [-1.0, 1.0] {
        let from = (x - half, y - side * half);
        let to = (x + half, y + side * half);
        scene.line(from, to, 1.4 * form.rule, Paint::Ink);
    }
}

/// From one line of a key to the next.
pub(crate) fn key_line(form: &Form) -> f64 {
    1.45 * form.small
}

/// Draws the samples from the left margin on, with the text's baseline at
/// `y`, and further ones below it.
pub(crate) fn draw_key(
    scene: &mut Scene,
    form: &Form,
    y: f64,
    items: &[Item<'_>],
) {
    for (line, x, item) in places(form, items) {
        let y = y + line as f64 * key_line(form);
        let height = 0.72 * form.small;
        let top = y - height + 0.02 * form.small;
        let (right, bottom) = (x + item.width(form), top + height);
        item.draw(scene, form, Area { left: x, top, right, bottom });
        scene.labels.push(label(form, item, x, y));
    }
}

/// How many lines these samples take.
pub(crate) fn key_lines(form: &Form, items: &[Item<'_>]) -> usize {
    places(form, items).last().map_or(0, |(line, ..)| line + 1)
}

/// The text of a sample that begins at `x`.
fn label(form: &Form, item: &Item<'_>, x: f64, y: f64) -> Label {
    let x = x + item.width(form) + 0.5 * form.small;
    let room = WIDTH - 2.0 * form.margin - item.width(form) - form.small;
    let most =
        if matches!(item, Item::Strategy(_)) { room / 3.0 } else { room };
    let text = fit(item.text(), form.small, false, most);
    Label::new(&text, x, y, form.small).muted()
}

/// The line of each sample, and where in it the sample begins.
fn places<'a, 'b>(
    form: &Form,
    items: &'b [Item<'a>],
) -> Vec<(usize, f64, &'b Item<'a>)> {
    let (mut line, mut x) = (0, form.margin);
    let mut placed = Vec::new();
    for item in items {
        let right = label(form, item, x, 0.0).area().right;
        if right > WIDTH - form.margin && x > form.margin {
            (line, x) = (line + 1, form.margin);
        }
        placed.push((line, x, item));
        x = label(form, item, x, 0.0).area().right + 1.6 * form.small;
    }
    placed
}
