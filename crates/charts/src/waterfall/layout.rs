//! Where everything in a waterfall goes.

use measurement::summary::Batch;

use crate::Footer;
use crate::axis::TimeAxis;
use crate::column::{Name, column_right};
use crate::form::{Form, WIDTH, both_forms};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::key::{Item, Sample, draw_key, key_line, key_lines};
use crate::quantity::{duration, factor};
use crate::scene::{Anchor, Label, Scene};
use crate::strategy::look;
use crate::waterfall::Strategy;
use crate::waterfall::panel::Panel;

/// A lane higher than this is a block.
const HIGHEST_LANE: f64 = 26.0;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    batch: &Batch,
    panels: &[Strategy],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(batch, panels, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    batch: &'a Batch,
    strategies: &'a [Strategy],
    form: Form,
    header: Header,
    axis: TimeAxis,
    lanes: usize,
    /// In the key: the earliest possible end, and what a formula says, if one
    /// does.
    earliest_end: String,
    formula: Option<String>,
}

impl<'a> Plan<'a> {
    fn new(
        batch: &'a Batch,
        strategies: &'a [Strategy],
        title: &str,
        form: Form,
    ) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(batch, strategies));
        let last = strategies.iter().map(|strategy| strategy.bars.end_ns).max();
        let formulas = strategies.iter().filter_map(|own| own.formula_ns);
        let formula = formulas.max().unwrap_or(0);
        let span = last.unwrap_or(0).max(batch.bound_ns).max(formula);
        // A prediction widens it a little, but may not squash the bars.
        let predicted = strategies.iter().filter_map(|own| own.predicted_ns);
        let near = predicted.filter(|ns| *ns <= 1.4 * span as f64);
        let span = span.max(near.fold(0.0, f64::max).ceil() as u64);
        let left = if form.narrow {
            form.margin
        } else {
            column_right(strategies.iter().map(name), &form)
        };
        // Room for the longest end label, whatever strategy it belongs to.
        let labels = strategies
            .iter()
            .flat_map(|strategy| end_labels(batch, strategy, span, &form));
        let widest = labels.map(|label| label.width()).fold(0.0, f64::max);
        let right = WIDTH - 0.8 * form.margin - widest - 0.6 * form.body;
        let lanes = strategies.iter().map(|strategy| strategy.bars.lanes).max();
        Plan {
            batch,
            strategies,
            axis: TimeAxis::new(left, right, span),
            header,
            lanes: lanes.unwrap_or(1),
            earliest_end: format!(
                "earliest end {}",
                duration(batch.bound_ns as f64)
            ),
            formula: formula_of(strategies, &form),
            form,
        }
    }

    /// Above the lanes of a panel: on a telephone its name.
    fn heading(&self) -> f64 {
        if self.form.narrow { 1.2 * self.form.body } else { 0.0 }
    }

    fn gap(&self) -> f64 {
        if self.form.narrow { 14.0 } else { 16.0 }
    }

    /// Between the header and the panels.
    fn key_height(&self) -> f64 {
        let line = if self.form.narrow { 1.7 * self.form.small } else { 50.0 };
        line + self.more_lines()
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let lanes = (self.lanes as f64 * 3.0).max(if self.form.narrow {
            64.0
        } else {
            76.0
        });
        let panel = self.heading() + lanes + self.gap();
        self.header.bottom
            + self.key_height()
            + panel * self.strategies.len() as f64
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = self.form.clone();
        let top = self.header.bottom + self.key_height();
        let bottom = height - axis_height(&form) - footer_height(&form, footer);
        let slot = (bottom - top) / self.strategies.len() as f64;
        let room = slot - self.gap() - self.heading();
        let pitch = (room / self.lanes as f64).min(HIGHEST_LANE);
        let axis_top = bottom - self.gap() * 0.6;
        self.draw_key(&mut scene, top);
        for (number, strategy) in (0_u32..).zip(self.strategies) {
            let slot_top = top + f64::from(number) * slot;
            let lanes = strategy.bars.lanes as f64;
            let unused = room - pitch * lanes;
            let panel = Panel {
                axis: &self.axis,
                top: slot_top + self.heading() + unused / 2.0,
                pitch,
                bound_ns: self.batch.bound_ns,
                rule_from: if form.narrow {
                    slot_top + self.heading()
                } else {
                    slot_top - if number == 0 { 14.0 } else { self.gap() }
                },
                grid_to: (slot_top + slot).min(axis_top + 2.0),
            };
            let span = self.axis.span_ns;
            let ends = end_labels(self.batch, strategy, span, &form);
            panel.draw(&mut scene, &form, strategy, ends);
            if form.narrow {
                let y = slot_top + 0.85 * form.body;
                name(strategy).draw(&mut scene, &form, y, WIDTH - form.margin);
            } else {
                let y = slot_top + form.body;
                name(strategy).draw(
                    &mut scene,
                    &form,
                    y,
                    self.axis.left - form.body,
                );
            }
        }
        let name = "since the start";
        draw_axis(&mut scene, &form, &self.axis, axis_top, name);
        draw_footer(&mut scene, &form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn any_failed(&self) -> bool {
        let mut bars =
            self.strategies.iter().flat_map(|strategy| &strategy.bars.bars);
        bars.any(|bar| bar.failed)
    }

    fn any_predicted(&self) -> bool {
        self.strategies.iter().any(|own| own.predicted_ns.is_some())
    }

    fn items(&self) -> Vec<Item> {
        let (mut items, failed, predicted) = if self.form.narrow {
            let items = vec![
                Item::new(Sample::InFlight, "in flight"),
                Item::new(Sample::Idle, "slot idle"),
                Item::new(Sample::Rule, &self.earliest_end),
            ];
            (items, "failed", "you")
        } else {
            let items = vec![
                Item::new(
                    Sample::InFlight,
                    "ping in flight, as the client saw it",
                ),
                Item::new(Sample::Hold, "line in it: the server held it"),
                Item::new(Sample::Idle, "slot idle"),
            ];
            (items, "ping failed", "your prediction")
        };
        items.extend(
            self.any_failed().then_some(Item::new(Sample::Failed, failed)),
        );
        items.extend(
            self.formula
                .as_deref()
                .map(|text| Item::new(Sample::Formula, text)),
        );
        let predicted = Item::new(Sample::Prediction, predicted);
        items.extend(self.any_predicted().then_some(predicted));
        items
    }

    /// What the lines of the key after the first one take.
    fn more_lines(&self) -> f64 {
        let lines = key_lines(&self.form, &self.items()).saturating_sub(1);
        lines as f64 * key_line(&self.form)
    }

    fn draw_key(&self, scene: &mut Scene, top: f64) {
        let form = &self.form;
        let below = if form.narrow { 0.75 * form.small } else { 34.0 };
        let y = top - below - self.more_lines();
        draw_key(scene, form, y, &self.items());
        if form.narrow {
            return;
        }
        let x = self.axis.at(self.batch.bound_ns);
        let text =
            format!("{}: no way of sharing is faster", self.earliest_end);
        let label = Label::new(&text, x + 6.0, top - 6.0, form.small).muted();
        let beyond = label.area().right > WIDTH - form.margin;
        scene.labels.push(if beyond {
            Label { x: x - 6.0, ..label }.anchored(Anchor::End)
        } else {
            label
        });
    }
}

fn formula_of(strategies: &[Strategy], form: &Form) -> Option<String> {
    let mut known = strategies.iter().filter_map(|own| own.formula_ns);
    let ns = duration(known.next()? as f64);
    Some(match form.narrow {
        true => format!("F8 {ns}"),
        false => format!("F8: the largest share, {ns}"),
    })
}

fn name(strategy: &Strategy) -> Name<'_> {
    Name { strategy: &strategy.name, words: look(&strategy.name) }
}

fn subtitle(batch: &Batch, strategies: &[Strategy]) -> String {
    let mean = batch.sequential_ns as f64 / batch.requests.max(1) as f64;
    let fewest = strategies.iter().map(|strategy| strategy.rounds).min();
    let trial = match fewest.unwrap_or(0) {
        1 => "one round".to_owned(),
        rounds => format!("the median trial of {rounds} rounds"),
    };
    format!(
        "Each panel: {trial}. The server's waits are {} on \
         average; one after another they add up to {}.",
        duration(mean),
        duration(batch.sequential_ns as f64),
    )
}

/// The median makespan, as in the table, and, on a page, how far that is
/// from the earliest possible one; and what was predicted, if that is beyond
/// the axis. Not yet in their places.
fn end_labels(
    batch: &Batch,
    strategy: &Strategy,
    span_ns: u64,
    form: &Form,
) -> Vec<Label> {
    let makespan_ns = strategy.makespan_ns;
    let end = duration(makespan_ns);
    let mut labels = vec![Label::new(&end, 0.0, 0.0, form.body * 1.1).bold()];
    if !form.narrow && batch.bound_ns > 0 {
        let ratio = factor(makespan_ns / batch.bound_ns as f64);
        let text = format!("{ratio} the earliest end");
        labels.push(Label::new(&text, 0.0, 0.0, form.small).muted());
    }
    let beyond = |ns: &f64| *ns as u64 > span_ns;
    if let Some(ns) = strategy.predicted_ns.filter(beyond) {
        let text = format!("you: {} →", duration(ns));
        labels.push(Label::new(&text, 0.0, 0.0, form.small));
    }
    labels
}
