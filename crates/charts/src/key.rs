//! The one line that says what solid, pale and dashed mean.

use crate::form::Form;
use crate::palette::Paint;
use crate::scene::{Area, Label, Mark, Scene, Shape};

/// A sample and what it stands for.
pub(crate) enum Item<'a> {
    /// A solid bar.
    InFlight(&'a str),
    /// A solid bar with a line in it.
    Hold(&'a str),
    /// A hollow bar.
    Failed(&'a str),
    /// A pale bar.
    Idle(&'a str),
    /// A dashed rule.
    Rule(&'a str),
}

/// Draws the samples from the left margin on, with the text's baseline at
/// `y`.
pub(crate) fn draw_key(
    scene: &mut Scene,
    form: &Form,
    y: f64,
    items: &[Item<'_>],
) {
    let mut x = form.margin;
    let (width, height) = (1.7 * form.small, 0.72 * form.small);
    for item in items {
        let top = y - height + 0.02 * form.small;
        let area =
            Area { left: x, top, right: x + width, bottom: top + height };
        let middle = top + height / 2.0;
        let text = match item {
            Item::InFlight(text) => {
                scene.bar(area, Paint::Other);
                text
            }
            Item::Hold(text) => {
                scene.bar(area, Paint::Other);
                let line = Area {
                    left: x + 3.0,
                    top: middle - form.rule / 2.0,
                    right: x + width - 3.0,
                    bottom: middle + form.rule / 2.0,
                };
                scene.bar(line, Paint::Background);
                text
            }
            Item::Failed(text) => {
                let outline = Shape::Outline(area);
                scene.marks.push(Mark::new(outline, Paint::Other));
                text
            }
            Item::Idle(text) => {
                scene.bar(area, Paint::Idle);
                text
            }
            Item::Rule(text) => {
                let to = (x + width, middle);
                scene.dashes((x, middle), to, form.rule, Paint::Ink);
                text
            }
        };
        let label =
            Label::new(text, x + width + 0.5 * form.small, y, form.small)
                .muted();
        x = label.area().right + 1.6 * form.small;
        scene.labels.push(label);
    }
}
