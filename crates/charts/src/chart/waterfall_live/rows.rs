//! A group of bars for each strategy, and when each of them comes.

use measurement::summary::Batch;
use measurement::waits::{BOOK_SEQUENTIAL, BOOK_THREADS};
use measurement::ways;

use super::content::{Group, last_ns};
use crate::axis::TimeAxis;
use crate::bars::Bar;
use crate::column::{Name, column_right};
use crate::form::{Form, WIDTH};
use crate::header::{axis_height, draw_axis};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::quantity::{duration, range, seconds};
use crate::scene::{Area, Kind, Label, Mark, Scene, Shape};
use crate::sheet::Body;
use crate::svg::motion::Motion;

/// The groups below each other.
pub(super) struct Rows<'a> {
    pub(super) batch: &'a Batch,
    pub(super) groups: &'a [Group],
}

impl Body for Rows<'_> {
    fn key(&self, form: &Form) -> Vec<Item> {
        let book = match form.narrow {
            true => "the book: 0.14 s and 0.82 s",
            false => {
                "the book's Python, over the internet: 0.14 s with threads, \
                 0.82 s one after another"
            }
        };
        vec![Item::new(Sample::Rule, book)]
    }

    fn height(&self, form: &Form) -> f64 {
        self.slot(form) * self.groups.len() as f64 + axis_height(form)
    }

    fn draw(&self, scene: &mut Scene, form: &Form, room: Area) {
        let names = self.groups.iter().map(|group| name(group, ""));
        let left = match form.narrow {
            true => room.left,
            false => column_right(names, form),
        };
        let labels = self.groups.iter().flat_map(|g| end_labels(g, form));
        let widest = labels.map(|label| label.width()).fold(0.0, f64::max);
        let right = room.right - widest - 0.6 * form.body;
        let span = last_ns(self.groups).max(BOOK_SEQUENTIAL);
        let axis = TimeAxis::new(left, right, span);
        let axis_top = room.bottom - axis_height(form);
        for (number, group) in (0_u32..).zip(self.groups) {
            let top = room.top + f64::from(number) * self.slot(form);
            self.draw_group(scene, form, &axis, (group, top));
        }
        draw_clock(scene, form, &axis, axis_top);
        draw_axis(scene, form, &axis, axis_top, "in real time");
    }
}

impl Rows<'_> {
    /// From one group to the next.
    fn slot(&self, form: &Form) -> f64 {
        let pings = self.groups.iter().map(|group| group.bars.lanes).max();
        let least = if form.narrow { 74.0 } else { 42.0 };
        let bars = (pings.unwrap_or(1) as f64 * 3.0).max(least);
        heading(form) + bars + 0.9 * form.body
    }

    fn draw_group(
        &self,
        scene: &mut Scene,
        form: &Form,
        axis: &TimeAxis,
        (group, top): (&Group, f64),
    ) {
        let words = overlapping(self.batch);
        let name = name(group, &words);
        if form.narrow {
            let y = top + 0.9 * form.body;
            name.draw(scene, form, y, WIDTH - form.margin);
        }
        let height = self.slot(form) - heading(form) - 0.9 * form.body;
        let top = top + heading(form);
        let pitch = height / group.bars.lanes.max(1) as f64;
        draw_grid(scene, form, axis, (top, top + height + 0.6 * form.body));
        for bar in &group.bars.bars {
            scene.marks.push(moving_bar(group, bar, axis, (top, pitch)));
        }
        let ends = end_labels(group, form);
        let lines: f64 = ends.iter().map(|end| form.line(end.size)).sum();
        let mut y = top + (height - lines) / 2.0;
        for mut end in ends {
            y += form.line(end.size);
            (end.x, end.y) = (
                axis.at(group.bars.end_ns) + 0.6 * form.body,
                y - 0.3 * end.size,
            );
            scene.label_on_patch(end);
        }
        if !form.narrow {
            let y = top + height / 2.0 - 0.19 * form.body;
            name.draw(scene, form, y, axis.left - form.body);
        }
    }
}

/// Round moments, and those of the book: on a telephone not behind the names.
fn draw_grid(
    scene: &mut Scene,
    form: &Form,
    axis: &TimeAxis,
    (top, bottom): (f64, f64),
) {
    for tick in axis.ticks(form.ticks) {
        let x = axis.at(tick.ns);
        scene.line((x, top), (x, bottom), 0.7 * form.rule, Paint::Grid);
    }
    for rule in [BOOK_THREADS, BOOK_SEQUENTIAL] {
        let x = axis.at(rule);
        scene.dashes((x, top), (x, bottom), form.rule, Paint::Muted);
    }
}

/// Above the bars of a group: on a telephone its name.
fn heading(form: &Form) -> f64 {
    if form.narrow { 1.4 * form.body } else { 0.0 }
}

/// A ping, which grows as long as it was waited for.
fn moving_bar(
    group: &Group,
    bar: &Bar,
    axis: &TimeAxis,
    (top, pitch): (f64, f64),
) -> Mark {
    let (from_ns, to_ns) = bar.flight;
    let top = top + pitch * bar.lane as f64;
    let left = axis.at(from_ns);
    let right = axis.at(to_ns).max(left + 0.5);
    let area = Area { left, top, right, bottom: top + 0.72 * pitch };
    let shape =
        if bar.failed { Shape::Outline(area) } else { Shape::Bar(area) };
    let long = duration(to_ns.saturating_sub(from_ns) as f64);
    Mark {
        motion: Some(Motion::Grow { from_ns, to_ns }),
        hover: format!("{}: a ping of {long}", ways::name(&group.name)),
        ..Mark::new(shape, Paint::of_strategy(&group.name))
    }
}

/// A line along the axis that grows with the time.
fn draw_clock(scene: &mut Scene, form: &Form, axis: &TimeAxis, y: f64) {
    let bottom = y + 2.0 * form.rule;
    let area = Area { left: axis.left, top: y, right: axis.right, bottom };
    let motion = Motion::Grow { from_ns: 0, to_ns: axis.span_ns };
    let clock = Mark::new(Shape::Bar(area), Paint::Ink);
    scene.marks.push(Mark { motion: Some(motion), ..clock });
}

/// What is said of a strategy that overlaps.
fn overlapping(batch: &Batch) -> String {
    if batch.concurrency >= batch.requests {
        "all at once".to_owned()
    } else {
        format!("{} at a time", batch.concurrency)
    }
}

fn name<'a>(group: &'a Group, overlapping: &'a str) -> Name<'a> {
    let words = if ways::is_one_by_one(&group.name) {
        "one after another"
    } else {
        overlapping
    };
    Name { strategy: &group.name, words }
}

/// What a group took, and what the server saw meanwhile; they come when the
/// group has ended. Not yet in their places.
fn end_labels(group: &Group, form: &Form) -> Vec<Label> {
    let at_ns = group.bars.end_ns;
    let time = Label::new(&seconds(group.said_ns), 0.0, 0.0, 1.3 * form.body);
    let seen = group.seen.map(|peak| {
        let text = format!("server saw {} at once", range(peak));
        Label::new(&text, 0.0, 0.0, form.small).muted()
    });
    let labels = [Some(time.bold()), seen].into_iter().flatten();
    let appear = Some(Motion::Appear { at_ns });
    let answer = |label: Label| label.of_kind(Kind::Answer).moving(appear);
    labels.map(answer).collect()
}
