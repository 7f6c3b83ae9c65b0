//! The frame of one panel of an x/y chart: its grid, the names of round
//! numbers beside and below it, its title, and, horizontal above the axis,
//! what the axis measures.

use crate::form::Form;
use crate::header::Header;
use crate::key::{Item, key_line, key_lines};
use crate::palette::Paint;
use crate::scale::{Scale, Tick};
use crate::scene::{Anchor, Area, Label, Scene};

/// A panel before its data.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'a> {
    pub(crate) form: &'a Form,
    /// Where the data goes.
    pub(crate) area: Area,
    /// Upwards.
    pub(crate) y: Scale,
    /// In the names of `y`, such as `×` or ` ms`.
    pub(crate) unit: &'a str,
}

/// Room that the names of `y` take to the left of the panel.
pub(crate) fn names_width(form: &Form, y: &Scale, unit: &str) -> f64 {
    let ticks = y.ticks(form.ticks, unit);
    let widths = ticks.iter().map(|tick| row_name(form, tick, 0.0).width());
    widths.fold(0.0, f64::max) + 0.5 * form.small
}

/// Room that the names of `x` take below the panel.
pub(crate) fn names_height(form: &Form) -> f64 {
    1.6 * form.small
}

/// Where the data may begin: below the header, the key and what the axis is.
pub(crate) fn above_data(form: &Form, header: &Header, items: &[Item]) -> f64 {
    let lines = key_lines(form, items) as f64;
    header.bottom + lines * key_line(form) + 2.9 * form.small
}

/// Room below the data: the names of `x`, and what they are.
pub(crate) fn below_data(form: &Form) -> f64 {
    names_height(form) + 1.25 * form.small
}

fn row_name(form: &Form, tick: &Tick, right: f64) -> Label {
    Label::new(&tick.text, right, 0.0, form.small).muted().anchored(Anchor::End)
}

impl Frame<'_> {
    /// A thin line at each round number of `y`, and if `named` its name to
    /// the left, where there is room between its neighbours.
    pub(crate) fn draw_rows(&self, scene: &mut Scene, named: bool) {
        let Frame { form, area, .. } = self;
        let mut free_below = f64::INFINITY;
        for tick in self.y.ticks(form.ticks, self.unit) {
            let y = self.y.at(tick.value);
            let (from, to) = ((area.left, y), (area.right, y));
            scene.line(from, to, 0.7 * form.rule, Paint::Grid);
            let mut name = row_name(form, &tick, area.left - 0.5 * form.small);
            name.y = y + 0.36 * form.small;
            if named && name.area().bottom < free_below {
                free_below = name.area().top - 2.0;
                scene.labels.push(name);
            }
        }
    }

    /// A thin line at each of these numbers, and its name below, where there
    /// is room between its neighbours, clear of the names at the left. Where
    /// two collide, the last one stays: it is where the lines end.
    pub(crate) fn draw_columns(
        &self,
        scene: &mut Scene,
        x: &Scale,
        ticks: &[Tick],
    ) {
        let Frame { form, area, .. } = self;
        let mut free_left_of = f64::INFINITY;
        for tick in ticks.iter().rev() {
            let at = x.at(tick.value);
            let (from, to) = ((at, area.top), (at, area.bottom));
            scene.line(from, to, 0.7 * form.rule, Paint::Grid);
            let baseline = area.bottom + 1.35 * form.small;
            let mut name = Label::new(&tick.text, at, baseline, form.small)
                .muted()
                .anchored(Anchor::Middle);
            let least = area.left - 0.3 * form.small;
            name.x += (least - name.area().left).max(0.0);
            if name.area().right < free_left_of {
                free_left_of = name.area().left - 0.35 * form.small;
                scene.labels.push(name);
            }
        }
    }

    /// The line at the foot.
    pub(crate) fn draw_foot(&self, scene: &mut Scene) {
        let Area { left, right, bottom, .. } = self.area;
        let (from, to) = ((left, bottom), (right, bottom));
        scene.line(from, to, self.form.rule, Paint::Muted);
    }
}
