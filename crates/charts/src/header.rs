//! What stands above and below every chart.

use crate::Footer;
use crate::axis::TimeAxis;
use crate::form::{Form, WIDTH};
use crate::scene::{Anchor, Kind, Label, Scene};
use crate::text_width::{wrap, wrap_sentence};

/// No text comes nearer than this to the edge of the canvas.
const EDGE: f64 = 6.0;

/// The lines above a chart, before it is known how high the chart will be.
pub(crate) struct Header {
    labels: Vec<Label>,
    /// Where what is below may begin.
    pub(crate) bottom: f64,
}

impl Header {
    /// The finding, and on a page what was measured and how.
    pub(crate) fn new(form: &Form, title: &str, subtitle: &str) -> Header {
        let width = WIDTH - 2.0 * form.margin;
        let mut labels = Vec::new();
        let mut y = form.margin + 0.1 * form.title;
        let (size, lines) = title_lines(form, title, width);
        for line in lines {
            y += if labels.is_empty() {
                0.8 * size
            } else {
                form.line(size) * 0.95
            };
            let label = Label::new(&line, form.margin, y, size).bold();
            labels.push(label.of_kind(Kind::Title));
        }
        if !form.narrow {
            y += 0.25 * form.body;
            for line in wrap_sentence(subtitle, form.body, false, width, 3) {
                y += form.line(form.body);
                let label = Label::new(&line, form.margin, y, form.body);
                labels.push(label.muted());
            }
        }
        Header { labels, bottom: y + 0.5 * form.body }
    }

    /// Puts the lines into a scene.
    pub(crate) fn draw(self, scene: &mut Scene) {
        scene.labels.extend(self.labels);
    }
}

/// A title has so many lines at most.
const TITLE_LINES: usize = 3;

/// The finding in three lines, set smaller if it is long, and cut off only if
/// it is too long for that.
fn title_lines(form: &Form, title: &str, width: f64) -> (f64, Vec<String>) {
    let broken = |share: f64| {
        let size = share * form.title;
        (size, wrap_sentence(title, size, true, width, TITLE_LINES))
    };
    let whole = |(_, lines): &(f64, Vec<String>)| {
        lines.join(" ").split_whitespace().eq(title.split_whitespace())
    };
    let sizes = [1.0, 0.92, 0.85, 0.78].map(broken);
    let last = sizes[3].clone();
    sizes.into_iter().find(whole).unwrap_or(last)
}

/// The lines of the footer: one on a page, up to three on a telephone.
fn footer_lines(form: &Form, footer: &Footer) -> Vec<String> {
    let width = WIDTH - 2.0 * form.margin;
    let limit = if form.narrow { 3 } else { 1 };
    wrap(&footer.text, form.small, false, width, limit)
}

/// The room that the footer takes.
pub(crate) fn footer_height(form: &Form, footer: &Footer) -> f64 {
    let lines = footer_lines(form, footer).len() as f64;
    0.8 * form.margin + 0.4 * form.small + lines * form.line(form.small)
}

/// Where the data is from, at the bottom.
pub(crate) fn draw_footer(scene: &mut Scene, form: &Form, footer: &Footer) {
    let mut y = scene.height - 0.8 * form.margin;
    for line in footer_lines(form, footer).iter().rev() {
        scene.labels.push(Label::new(line, form.margin, y, form.small).muted());
        y -= form.line(form.small);
    }
}

/// The room that the names of the moments take.
pub(crate) fn axis_height(form: &Form) -> f64 {
    1.9 * form.small
}

/// The names of the moments, in a row below `y`. The axis says what it
/// measures to the left of its zero, if there is room.
pub(crate) fn draw_axis(
    scene: &mut Scene,
    form: &Form,
    axis: &TimeAxis,
    y: f64,
    name: &str,
) {
    let baseline = y + 1.35 * form.small;
    let mut free_from = 0.0;
    for tick in axis.ticks(form.ticks) {
        let mut label =
            Label::new(&tick.text, axis.at(tick.ns), baseline, form.small)
                .muted()
                .anchored(Anchor::Middle);
        if label.area().left < EDGE {
            label = label.anchored(Anchor::Start);
        }
        let area = label.area();
        if area.left < free_from || area.right > WIDTH - EDGE {
            continue;
        }
        free_from = area.right + 0.5 * form.small;
        scene.labels.push(label);
    }
    let title =
        Label::new(name, axis.left - 2.5 * form.small, baseline, form.small)
            .muted()
            .anchored(Anchor::End);
    if !form.narrow && title.area().left >= form.margin {
        scene.labels.push(title);
    }
}
