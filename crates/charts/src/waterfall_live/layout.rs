//! Where everything in the living chart goes, and when it comes.

use measurement::summary::Batch;
use measurement::ways;

use crate::Footer;
use crate::axis::TimeAxis;
use crate::caption::caption_waterfall_live;
use crate::column::{Name, column_right};
use crate::form::{Form, WIDTH, both_forms};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::palette::Paint;
use crate::quantity::{duration, seconds};
use crate::scene::{Area, Label, Mark, Scene, Shape};
use crate::svg::motion::Motion;
use crate::waterfall::bars::Bar;
use crate::waterfall_live::{Group, last_ns};

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    batch: &Batch,
    groups: &[Group],
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(batch, groups, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    groups: &'a [Group],
    form: Form,
    header: Header,
    axis: TimeAxis,
    pings: usize,
    overlapping: String,
}

impl<'a> Plan<'a> {
    fn new(batch: &Batch, groups: &'a [Group], form: Form) -> Plan<'a> {
        let title = caption_waterfall_live(batch).title;
        let header = Header::new(&form, &title, &subtitle(batch, groups));
        let names = groups.iter().map(|g| name(g, ""));
        let left = column_right(names, &form);
        let labels = groups.iter().map(|group| end_label(group, &form));
        let widest = labels.map(|label| label.width()).fold(0.0, f64::max);
        let right = WIDTH - 0.8 * form.margin - widest - 0.6 * form.body;
        let pings = groups.iter().map(|group| group.bars.lanes).max();
        Plan {
            groups,
            axis: TimeAxis::new(left, right, last_ns(groups)),
            header,
            pings: pings.unwrap_or(1),
            overlapping: overlapping(batch),
            form,
        }
    }

    fn gap(&self) -> f64 {
        20.0
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let bars = (self.pings as f64 * 3.0).max(46.0);
        self.header.bottom
            + 10.0
            + (bars + self.gap()) * self.groups.len() as f64
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = self.form.clone();
        let top = self.header.bottom + 10.0;
        let bottom = height - axis_height(&form) - footer_height(&form, footer);
        let slot = (bottom - top) / self.groups.len() as f64;
        let pitch = (slot - self.gap()) / self.pings as f64;
        let axis_top = bottom - 0.5 * self.gap();
        self.draw_grid(&mut scene, top - 4.0, axis_top);
        for (number, group) in (0_u32..).zip(self.groups) {
            let height = pitch * group.bars.lanes as f64;
            let middle =
                top + f64::from(number) * slot + (slot - self.gap()) / 2.0;
            let top = middle - height / 2.0;
            for bar in &group.bars.bars {
                scene.marks.push(self.bar(group, bar, top, pitch));
            }
            let mut label = end_label(group, &form);
            label.x = self.axis.at(group.bars.end_ns) + 0.6 * form.body;
            label.y = middle + 0.36 * label.size;
            scene.label_on_patch(label);
            let y =
                if form.narrow { middle } else { middle - 0.55 * form.body };
            let right = self.axis.left - form.body;
            name(group, &self.overlapping).draw(
                &mut scene,
                &form,
                y + 0.36 * form.body,
                right,
            );
        }
        self.draw_clock(&mut scene, axis_top);
        draw_axis(&mut scene, &form, &self.axis, axis_top, "in real time");
        draw_footer(&mut scene, &form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn bar(&self, group: &Group, bar: &Bar, top: f64, pitch: f64) -> Mark {
        let (from_ns, to_ns) = bar.flight;
        let top = top + pitch * bar.lane as f64;
        let left = self.axis.at(from_ns);
        let area = Area {
            left,
            top,
            right: self.axis.at(to_ns).max(left + 0.5),
            bottom: top + 0.72 * pitch,
        };
        let shape =
            if bar.failed { Shape::Outline(area) } else { Shape::Bar(area) };
        Mark {
            shape,
            paint: Paint::of_strategy(&group.name),
            motion: Some(Motion::Grow { from_ns, to_ns }),
            hover: String::new(),
        }
    }

    fn draw_grid(&self, scene: &mut Scene, top: f64, bottom: f64) {
        for tick in self.axis.ticks(self.form.ticks) {
            let x = self.axis.at(tick.ns);
            let width = 0.7 * self.form.rule;
            scene.line((x, top), (x, bottom), width, Paint::Grid);
        }
    }

    /// A line along the axis that grows with the time.
    fn draw_clock(&self, scene: &mut Scene, y: f64) {
        let area = Area {
            left: self.axis.left,
            top: y,
            right: self.axis.right,
            bottom: y + 2.0 * self.form.rule,
        };
        let to_ns = self.axis.span_ns;
        scene.marks.push(Mark {
            shape: Shape::Bar(area),
            paint: Paint::Ink,
            motion: Some(Motion::Grow { from_ns: 0, to_ns }),
            hover: String::new(),
        });
    }
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

/// What a group took; it comes when the group has ended. Not yet in its
/// place.
fn end_label(group: &Group, form: &Form) -> Label {
    let at_ns = group.bars.end_ns;
    Label::new(&seconds(group.said_ns), 0.0, 0.0, 1.45 * form.body)
        .bold()
        .moving(Some(Motion::Appear { at_ns }))
}

fn subtitle(batch: &Batch, groups: &[Group]) -> String {
    let fewest = groups.iter().map(|group| group.rounds).min().unwrap_or(0);
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let trial = match fewest {
        1 => "One round.".to_owned(),
        _ => format!("The median trial of {fewest} rounds."),
    };
    format!(
        "In real time: a bar is a ping, which the server answers after {}. \
         {trial}",
        duration(mean),
    )
}
