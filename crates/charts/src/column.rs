//! The column to the left of a chart: whose bars these are.

use measurement::ways;

use crate::form::{Form, WIDTH};
use crate::scene::{Label, Scene};
use crate::strategy::symbol;
use crate::text_width::{fit, wrap};

/// A strategy's symbol, its name and, on a page, some words.
pub(crate) struct Name<'a> {
    pub(crate) strategy: &'a str,
    /// Empty if there is nothing to say.
    pub(crate) words: &'a str,
}

/// The column is never wider than this share of the picture.
const WIDEST: f64 = 0.4;

impl Name<'_> {
    fn symbol_size(form: &Form) -> f64 {
        0.78 * form.body
    }

    fn text_left(form: &Form) -> f64 {
        form.margin + 1.6 * Name::symbol_size(form)
    }

    fn title(&self, form: &Form, y: f64, right: f64) -> Label {
        let x = Name::text_left(form);
        let name = ways::name(self.strategy);
        let text = fit(name, form.body, true, right - x);
        Label::new(&text, x, y, form.body).bold()
    }

    /// Draws it between the margin and `right`, with the first baseline at
    /// `y`. The words take two lines at most.
    pub(crate) fn draw(
        &self,
        scene: &mut Scene,
        form: &Form,
        y: f64,
        right: f64,
    ) {
        let size = Name::symbol_size(form);
        let centre = (form.margin + size / 2.0, y - 0.36 * form.body);
        scene.marks.extend(symbol(self.strategy, centre, size));
        scene.labels.push(self.title(form, y, right));
        if form.narrow {
            return;
        }
        let x = Name::text_left(form);
        let lines = wrap(self.words, form.small, false, right - x, 2);
        for (number, line) in (1_u8..).zip(lines) {
            let y =
                y + 0.1 * form.body + f64::from(number) * form.line(form.small);
            scene.labels.push(Label::new(&line, x, y, form.small).muted());
        }
    }
}

/// Where a chart may begin to the right of these names.
pub(crate) fn column_right<'a>(
    names: impl Iterator<Item = Name<'a>>,
    form: &Form,
) -> f64 {
    let widest = names
        .map(|name| name.title(form, 0.0, WIDEST * WIDTH).area().right)
        .fold(0.0, f64::max);
    (widest + 1.3 * form.body).min(WIDEST * WIDTH + 1.3 * form.body)
}
