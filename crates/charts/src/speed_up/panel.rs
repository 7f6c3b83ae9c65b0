//! One panel of the speed-up chart, in its place.

use crate::curve::{Stand, draw_curves, draw_point, level_scale, levels};
use crate::ends::{End, draw_ends, ends_width};
use crate::form::Form;
use crate::frame::{Frame, below_data};
use crate::palette::Paint;
use crate::quantity::speed_up;
use crate::scale::{Scale, Tick};
use crate::scene::{Area, Label, Scene};
use crate::speed_up::{Across, Panel};
use crate::text_width::fit;
use measurement::ways;

/// Where a panel is: its data, and the labels to the right of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) data: Area,
    /// Where its labels end.
    pub(crate) right: f64,
}

/// After a number of this chart.
const UNIT: &str = "×";

fn say(ratio: f64) -> String {
    speed_up(ratio).trim_end_matches(UNIT).to_owned()
}

/// Room that the labels of a panel need, with `y` from the lower to the upper
/// edge of the data.
pub(crate) fn labels_width(form: &Form, panel: &Panel, y: &Scale) -> f64 {
    let ends = panel.curves.iter().filter_map(|curve| {
        let middle = curve.points.last()?.middle;
        let strategy = curve.strategy.clone();
        Some(End { strategy, at: (0.0, y.at(middle)), number: say(middle) })
    });
    ends_width(form, &named(ends.collect()), UNIT)
}

/// Those that have a label: the one that pings in turn is at 1 by definition.
fn named(mut ends: Vec<End>) -> Vec<End> {
    if ends.len() > 1 {
        ends.retain(|end| !ways::is_one_by_one(&end.strategy));
    }
    ends
}

/// Room that its titles need above it: its name and what was asked, and
/// nearest to it what the axis measures.
pub(crate) fn titles_height(form: &Form) -> f64 {
    form.line(form.body) + 2.3 * form.small
}

/// Room that the names below it need.
pub(crate) fn below_height(form: &Form) -> f64 {
    below_data(form)
}

/// Draws a panel into the frame, whose area is that of the data.
pub(crate) fn draw(
    scene: &mut Scene,
    frame: &Frame<'_>,
    panel: &Panel,
    place: Place,
    first: bool,
) {
    let (form, data) = (frame.form, place.data);
    frame.draw_rows(scene, first);
    if first {
        scene.labels.push(axis_name(form, data));
    }
    let ends = match panel.x {
        Across::Levels => draw_levels(scene, frame, panel),
        Across::Strategies(_) => draw_strategies(scene, frame, panel),
    };
    frame.draw_foot(scene);
    let room = Area { left: data.right, right: place.right, ..data };
    draw_ends(scene, form, &named(ends), room, UNIT);
    draw_titles(scene, form, panel, place);
}

fn draw_titles(scene: &mut Scene, form: &Form, panel: &Panel, place: Place) {
    let Place { data, right } = place;
    let width = right - data.left;
    let y = data.top - titles_height(form) + 0.85 * form.body;
    let text = if form.narrow { panel.short } else { panel.title };
    let title = fit(text, form.body, true, width);
    let title = Label::new(&title, data.left, y, form.body).bold();
    let beside = (title.area().right + 0.5 * form.body, y);
    scene.labels.push(title);
    let first = data.bottom + 1.35 * form.small;
    let second = first + 1.25 * form.small;
    let (words, words_y, about) = match panel.x {
        Across::Levels if form.narrow => {
            ("in flight".to_owned(), second, beside)
        }
        Across::Levels => ("pings in flight".to_owned(), second, beside),
        Across::Strategies(level) => {
            (format!("{level} in flight"), first, (data.left, second))
        }
    };
    let words = fit(&words, form.small, false, width);
    let label = Label::new(&words, data.left, words_y, form.small);
    scene.labels.push(label.muted());
    let mut abouts = panel
        .about
        .iter()
        .map(|text| Label::new(text, about.0, about.1, form.small).muted());
    let fits = |label: &Label| label.area().right <= right;
    let told = |_: &Label| !form.narrow || !panel.processors.is_empty();
    scene.labels.extend(abouts.find(fits).filter(told));
}

fn draw_levels(
    scene: &mut Scene,
    frame: &Frame<'_>,
    panel: &Panel,
) -> Vec<End> {
    let (form, data) = (frame.form, frame.area);
    let x = level_scale(form, &panel.curves, (data.left, data.right));
    let levels = levels(&panel.curves);
    let ticks: Vec<Tick> = levels
        .iter()
        .map(|level| Tick { value: *level, text: format!("{level:.0}") })
        .collect();
    frame.draw_columns(scene, &x, &ticks);
    let (low, high) = frame.y.ends();
    // As fast as there are pings in flight: straight, where both scales are
    // of ratios.
    if let (Some(first), Some(last)) = (levels.first(), levels.last()) {
        let (from, to) = (first.max(low), last.min(high));
        if from < to {
            let at = |level: f64| (x.at(level), frame.y.at(level));
            scene.dashes(at(from), at(to), form.rule, Paint::Ink);
        }
    }
    draw_curves(scene, frame, (&x, Stand::Exact), &panel.curves, say)
}

/// What the axis measures, above it.
pub(crate) fn axis_name(form: &Form, data: Area) -> Label {
    let name = if form.narrow {
        "speed-up"
    } else {
        "speed-up over one by one, log scale"
    };
    let y = data.top - 0.95 * form.small;
    Label::new(name, form.margin, y, form.small).muted()
}

fn draw_strategies(
    scene: &mut Scene,
    frame: &Frame<'_>,
    panel: &Panel,
) -> Vec<End> {
    let area = frame.area;
    let column = (area.right - area.left) / panel.curves.len().max(1) as f64;
    let mut ends = Vec::new();
    for (number, curve) in (0_u32..).zip(&panel.curves) {
        let x = area.left + (f64::from(number) + 0.5) * column;
        for point in &curve.points {
            let at = (x, frame.y.at(point.middle));
            draw_point(scene, frame, curve, point, at, true);
            let strategy = curve.strategy.clone();
            ends.push(End { strategy, at, number: say(point.middle) });
        }
    }
    ends
}
