//! The line that says what solid, pale, dashed and dotted mean; two or three
//! lines where one does not hold it all.

use crate::form::{Form, WIDTH};
use crate::palette::Paint;
use crate::points::{
    draw_arrow, draw_cross, draw_prediction, draw_rounds, draw_symbol,
    symbol_size,
};
use crate::scene::{Area, Label, Mark, Scene, Shape};
use crate::strategy;
use crate::text_width::fit;

/// What is said of a trial during which the machine did something else.
const DISTURBED: &str = "disturbed by other work";

/// A sample of what is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Sample {
    /// A solid bar.
    InFlight,
    /// The same in the colour of a strategy.
    Bar(Paint),
    /// A solid bar with a line in it.
    Hold,
    /// A hollow bar.
    Failed,
    /// A hollow bar, crossed at its end.
    GivenUp,
    /// A solid bar with an arrow.
    Unanswered,
    /// A dark bar: more than was asked for.
    Extra,
    /// A pale bar.
    Idle,
    /// A dashed rule.
    Rule,
    /// A dotted one: what a formula says.
    Formula,
    /// The rounds.
    Rounds,
    /// What the machine disturbed.
    Disturbed,
    /// A thin bar: what the server did.
    Served,
    /// A thin hollow one: what it did for nobody.
    ForNobody,
    /// What a reader predicted.
    Prediction,
    /// The symbol of the strategy of that name.
    Strategy(String),
}

/// A sample and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    sample: Sample,
    text: String,
}

impl Item {
    pub(crate) fn new(sample: Sample, text: impl Into<String>) -> Item {
        Item { sample, text: text.into() }
    }

    /// The mark of a median whose rounds were disturbed.
    pub(crate) fn disturbed() -> Item {
        Item::new(Sample::Disturbed, DISTURBED)
    }

    /// The symbol of a strategy, and its name.
    pub(crate) fn strategy(name: &str) -> Item {
        Item::new(Sample::Strategy(name.to_owned()), strategy::label(name))
    }

    /// Width of the sample.
    fn width(&self, form: &Form) -> f64 {
        match self.sample {
            Sample::Strategy(_) | Sample::Disturbed => 1.1 * symbol_size(form),
            _ => 1.7 * form.small,
        }
    }

    fn draw(&self, scene: &mut Scene, form: &Form, area: Area) {
        let middle = (area.top + area.bottom) / 2.0;
        let centre = ((area.left + area.right) / 2.0, middle);
        let (from, to) = ((area.left, middle), (area.right, middle));
        match &self.sample {
            Sample::InFlight => scene.bar(area, Paint::Other),
            Sample::Bar(paint) => scene.bar(area, *paint),
            Sample::Hold => {
                scene.bar(area, Paint::Other);
                let line = Area {
                    left: area.left + 3.0,
                    top: middle - form.rule / 2.0,
                    right: area.right - 3.0,
                    bottom: middle + form.rule / 2.0,
                };
                scene.bar(line, Paint::Background);
            }
            Sample::Failed => {
                let outline = Shape::Outline(area);
                scene.marks.push(Mark::new(outline, Paint::Other));
            }
            Sample::GivenUp => {
                let half = (area.bottom - area.top) / 2.0;
                let right = area.right - half;
                let outline = Shape::Outline(Area { right, ..area });
                scene.marks.push(Mark::new(outline, Paint::Other));
                draw_cross(scene, form, (right, middle), half);
            }
            Sample::Unanswered => {
                let half = (area.bottom - area.top) / 2.0;
                let right = area.right - 1.4 * half;
                scene.bar(Area { right, ..area }, Paint::Other);
                draw_arrow(scene, (right, middle), half);
            }
            Sample::Extra => scene.bar(area, Paint::Ink),
            Sample::Idle => scene.bar(area, Paint::Idle),
            Sample::Rule => scene.dashes(from, to, form.rule, Paint::Ink),
            Sample::Formula => {
                scene.dots(from, to, 1.6 * form.rule, Paint::Ink);
            }
            Sample::Rounds => {
                for x in [0.2, 0.5, 0.8] {
                    let x = area.left + x * (area.right - area.left);
                    draw_rounds(scene, form, x, [middle], Paint::Other);
                }
            }
            Sample::Disturbed => draw_symbol(scene, form, "", centre, true),
            Sample::Served => scene.bar(thin(area), Paint::Muted),
            Sample::ForNobody => {
                let outline = Shape::Outline(thin(area));
                scene.marks.push(Mark::new(outline, Paint::Muted));
            }
            Sample::Prediction => draw_prediction(scene, form, area),
            Sample::Strategy(name) => {
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

/// From one line of a key to the next.
pub(crate) fn key_line(form: &Form) -> f64 {
    1.45 * form.small
}

/// Draws the samples from the left margin on, with the text's baseline at
/// `y`, and further ones below it.
pub(crate) fn draw_key(scene: &mut Scene, form: &Form, y: f64, items: &[Item]) {
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
pub(crate) fn key_lines(form: &Form, items: &[Item]) -> usize {
    places(form, items).last().map_or(0, |(line, ..)| line + 1)
}

/// The text of a sample that begins at `x`.
fn label(form: &Form, item: &Item, x: f64, y: f64) -> Label {
    let x = x + item.width(form) + 0.5 * form.small;
    let room = WIDTH - 2.0 * form.margin - item.width(form) - form.small;
    let most = if matches!(item.sample, Sample::Strategy(_)) {
        room / 3.0
    } else {
        room
    };
    let text = fit(&item.text, form.small, false, most);
    Label::new(&text, x, y, form.small).muted()
}

/// The line of each sample, and where in it the sample begins.
fn places<'a>(form: &Form, items: &'a [Item]) -> Vec<(usize, f64, &'a Item)> {
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
