//! A panel for each strategy, below each other on one axis of time.

use measurement::summary::Batch;

use super::content::Strategy;
use super::panel::Panel;
use crate::axis::TimeAxis;
use crate::column::{Name, column_right};
use crate::finding::subject;
use crate::form::{Form, WIDTH};
use crate::header::{axis_height, draw_axis};
use crate::key::{Item, Sample};
use crate::quantity::{duration, factor, number};
use crate::scene::{Anchor, Area, Kind, Label, Scene};
use crate::sheet::Body;
use crate::strategy::look;

/// A lane higher than this is a block.
const HIGHEST_LANE: f64 = 26.0;

/// The strategies of a batch.
pub(super) struct Panels<'a> {
    pub(super) batch: &'a Batch,
    pub(super) strategies: &'a [Strategy],
}

impl Body for Panels<'_> {
    fn key(&self, form: &Form) -> Vec<Item> {
        let pick = |wide: &str, narrow: &str| {
            if form.narrow { narrow } else { wide }.to_owned()
        };
        let item = |sample, wide: &str, narrow: &str| {
            Item::new(sample, pick(wide, narrow))
        };
        let mut items = vec![item(
            Sample::InFlight,
            "ping in flight, as the client saw it",
            "in flight",
        )];
        if !form.narrow {
            let held = "line in a bar: the server holds it";
            items.push(Item::new(Sample::Hold, held));
        }
        items.push(Item::new(Sample::Idle, "slot idle"));
        if form.narrow {
            items.push(Item::new(Sample::Rule, self.earliest_end()));
        }
        let bars = || self.strategies.iter().flat_map(|own| &own.bars.bars);
        if bars().any(|bar| bar.failed) {
            items.push(item(Sample::Failed, "ping failed", "failed"));
        }
        items
    }

    fn height(&self, form: &Form) -> f64 {
        let least = if form.narrow { 96.0 } else { 76.0 };
        let lanes = (self.lanes() as f64 * 3.0).max(least);
        let panel = heading(form) + lanes + gap(form);
        self.rule_name(form)
            + panel * self.strategies.len() as f64
            + axis_height(form)
    }

    fn draw(&self, scene: &mut Scene, form: &Form, room: Area) {
        let axis = self.axis(form);
        let top = room.top + self.rule_name(form);
        let bottom = room.bottom - axis_height(form);
        let slot = (bottom - top) / self.strategies.len() as f64;
        let height = slot - gap(form) - heading(form);
        let pitch = (height / self.lanes() as f64).min(HIGHEST_LANE);
        let axis_top = bottom - gap(form) * 0.6;
        self.name_rule(scene, form, &axis, top);
        for (number, strategy) in (0_u32..).zip(self.strategies) {
            let slot_top = top + f64::from(number) * slot;
            let unused = height - pitch * strategy.bars.lanes as f64;
            let panel = Panel {
                axis: &axis,
                top: slot_top + heading(form) + unused / 2.0,
                pitch,
                bound_ns: self.batch.bound_ns,
                rule_from: if form.narrow {
                    slot_top + heading(form)
                } else {
                    slot_top - if number == 0 { 14.0 } else { gap(form) }
                },
                grid_to: (slot_top + slot).min(axis_top + 2.0),
            };
            let ends = end_labels(self.batch, strategy, form);
            panel.draw(scene, form, strategy, ends);
            let (y, right) = match form.narrow {
                true => (slot_top + 0.85 * form.body, WIDTH - form.margin),
                false => (slot_top + form.body, axis.left - form.body),
            };
            name(strategy).draw(scene, form, y, right);
        }
        draw_axis(scene, form, &axis, axis_top, "since the start");
    }
}

/// Above the lanes of a panel: on a telephone its name.
fn heading(form: &Form) -> f64 {
    if form.narrow { 1.2 * form.body } else { 0.0 }
}

/// Between two panels.
fn gap(form: &Form) -> f64 {
    if form.narrow { 20.0 } else { 16.0 }
}

impl Panels<'_> {
    fn lanes(&self) -> usize {
        let lanes = self.strategies.iter().map(|own| own.bars.lanes);
        lanes.max().unwrap_or(1)
    }

    fn earliest_end(&self) -> String {
        format!("earliest end {}", duration(self.batch.bound_ns as f64))
    }

    /// Where it comes from: ` = all waits ÷ 8 slots`.
    fn why(&self) -> String {
        let slots = self.batch.concurrency as f64;
        let shared = self.batch.sequential_ns as f64 / slots;
        let bound = self.batch.bound_ns as f64;
        match (shared / bound - 1.0).abs() < 0.01 {
            true => format!(" = all waits ÷ {} slots", number(slots as usize)),
            false => " = the longest wait".to_owned(),
        }
    }

    /// Room above the panels for the name of the rule; on a telephone it is in
    /// the key.
    fn rule_name(&self, form: &Form) -> f64 {
        if form.narrow { 0.0 } else { 1.9 * form.small }
    }

    fn name_rule(
        &self,
        scene: &mut Scene,
        form: &Form,
        axis: &TimeAxis,
        top: f64,
    ) {
        if form.narrow {
            return;
        }
        let x = axis.at(self.batch.bound_ns);
        let text = format!("{}{}", self.earliest_end(), self.why());
        let label = Label::new(&text, x + 6.0, top - 6.0, form.small).muted();
        let beyond = label.area().right > WIDTH - form.margin;
        scene.labels.push(if beyond {
            Label { x: x - 6.0, ..label }.anchored(Anchor::End)
        } else {
            label
        });
    }

    fn axis(&self, form: &Form) -> TimeAxis {
        let last = self.strategies.iter().map(|own| own.bars.end_ns).max();
        let span = last.unwrap_or(0).max(self.batch.bound_ns);
        let left = if form.narrow {
            form.margin
        } else {
            column_right(self.strategies.iter().map(name), form)
        };
        // Room for the longest end label, whatever strategy it belongs to.
        let labels = self
            .strategies
            .iter()
            .flat_map(|own| end_labels(self.batch, own, form));
        let widest = labels.map(|label| label.width()).fold(0.0, f64::max);
        let right = WIDTH - 0.8 * form.margin - widest - 0.6 * form.body;
        TimeAxis::new(left, right, span)
    }
}

fn name(strategy: &Strategy) -> Name<'_> {
    Name { strategy: &strategy.name, words: look(&strategy.name) }
}

/// The median makespan, as in the table, and, on a page, how that is relative
/// to the reference and how long slots were idle. Not yet in their places.
fn end_labels(batch: &Batch, strategy: &Strategy, form: &Form) -> Vec<Label> {
    let makespan_ns = strategy.makespan_ns;
    let end = duration(makespan_ns);
    let mut labels = vec![Label::new(&end, 0.0, 0.0, form.body * 1.1).bold()];
    if !form.narrow {
        let small = |text: &str| Label::new(text, 0.0, 0.0, form.small).muted();
        if let (Some(ratio), Some(name)) = (strategy.ratio, &batch.reference) {
            let (other, _) = subject(name);
            labels.push(small(&format!("{} {other}", factor(ratio))));
        }
        let idle = duration(strategy.bars.idle_ns() as f64);
        let slots = number(strategy.bars.lanes);
        labels.push(small(&format!("idle: {idle} in {slots} slots")));
    }
    labels.into_iter().map(|label| label.of_kind(Kind::Answer)).collect()
}
