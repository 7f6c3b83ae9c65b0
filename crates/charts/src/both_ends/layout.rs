//! Where everything goes: a panel for each strategy, in it a row for each
//! ping.

use measurement::summary::Batch;

use super::Strategy;
use super::panel::Panel;
use crate::Footer;
use crate::axis::TimeAxis;
use crate::column::{Name, column_right};
use crate::form::{Form, WIDTH, both_forms};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::key::{Item, Sample, draw_key, key_line, key_lines};
use crate::quantity::{capital, count, duration};
use crate::scene::{Anchor, Label, Scene};
use crate::strategy::look;

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
    strategies: &'a [Strategy],
    limit_ns: Option<u64>,
    /// The server's wait of each ping.
    waits: Vec<u64>,
    limit: String,
    form: Form,
    header: Header,
    axis: TimeAxis,
    /// The most rows of a panel.
    rows: usize,
}

impl<'a> Plan<'a> {
    fn new(
        batch: &'a Batch,
        strategies: &'a [Strategy],
        title: &str,
        form: Form,
    ) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(batch, strategies));
        let ends = strategies.iter().map(Strategy::end_ns);
        let span = ends.max().unwrap_or(0).max(batch.limit_ns.unwrap_or(0));
        // A prediction widens it a little, but may not squash the bars.
        let predicted = strategies.iter().flat_map(|own| {
            [own.predicted_ns, own.predicted_busy_ns].into_iter().flatten()
        });
        let near = predicted.filter(|ns| *ns <= 1.4 * span as f64);
        let span = span.max(near.fold(0.0, f64::max).ceil() as u64);
        let rows = strategies.iter().map(|own| own.pings.len()).max();
        let rows = rows.unwrap_or(0).max(1);
        let waits = batch.waits.of(rows);
        let left = match form.narrow {
            true => form.margin,
            false => {
                column_right(strategies.iter().map(name), &form)
                    + widest(row_names(&waits, &form).iter())
                    + 0.8 * form.small
            }
        };
        let labels: Vec<Label> = strategies
            .iter()
            .flat_map(|own| ends_of(own, batch.limit_ns, span, &form))
            .collect();
        let right =
            WIDTH - 0.8 * form.margin - widest(labels.iter()) - 0.7 * form.body;
        Plan {
            strategies,
            limit_ns: batch.limit_ns,
            waits,
            limit: format!(
                "limit {}",
                duration(batch.limit_ns.unwrap_or(0) as f64)
            ),
            axis: TimeAxis::new(left, right, span),
            header,
            rows,
            form,
        }
    }

    /// Above the rows of a panel: on a telephone its name.
    fn heading(&self) -> f64 {
        if self.form.narrow { 1.3 * self.form.body } else { 0.0 }
    }

    fn gap(&self) -> f64 {
        if self.form.narrow { 18.0 } else { 20.0 }
    }

    /// From one row to the next.
    fn least_pitch(&self) -> f64 {
        if self.form.narrow { 34.0 } else { 22.0 }
    }

    fn key_height(&self) -> f64 {
        let lines = key_lines(&self.form, &self.items()) as f64;
        lines * key_line(&self.form) + 0.9 * self.form.small
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let labels = self.strategies.iter().map(|own| {
            let span = self.axis.span_ns;
            let ends = ends_of(own, self.limit_ns, span, &self.form);
            height_of(&ends, &self.form)
        });
        let rows = self.rows as f64 * self.least_pitch();
        let panel = labels.fold(rows, f64::max) + self.heading() + self.gap();
        self.header.bottom
            + self.key_height()
            + panel * self.strategies.len() as f64
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let top = self.header.bottom + self.key_height();
        let bottom = height - axis_height(form) - footer_height(form, footer);
        let slot = (bottom - top) / self.strategies.len() as f64;
        let axis_top = bottom - 0.6 * self.gap();
        let key = self.header.bottom + 1.1 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        for (number, own) in (0_u32..).zip(self.strategies) {
            let slot_top = top + f64::from(number) * slot;
            let panel_top = slot_top + self.heading();
            let room = slot - self.gap() - self.heading();
            let panel = Panel {
                axis: &self.axis,
                top: panel_top,
                pitch: room / self.rows as f64,
                limit_ns: self.limit_ns,
                grid_to: (slot_top + slot - 2.0).min(axis_top + 2.0),
            };
            panel.draw(&mut scene, form, own);
            let ends = ends_of(own, self.limit_ns, self.axis.span_ns, form);
            let mut y =
                panel_top + (room - height_of(&ends, form)).max(0.0) / 2.0;
            for mut end in ends {
                y += form.line(end.size);
                (end.x, end.y) =
                    (self.axis.right + 0.7 * form.body, y - 0.28 * end.size);
                scene.labels.push(end);
            }
            if form.narrow {
                let y = slot_top + 0.85 * form.body;
                name(own).draw(&mut scene, form, y, WIDTH - form.margin);
                continue;
            }
            let names = row_names(&self.waits, form);
            for (row, mut name) in (0_u32..).zip(names) {
                name.x = self.axis.left - 0.8 * form.small;
                name.y = panel.middle(row) + 0.36 * form.small;
                if (row as usize) < own.pings.len() {
                    scene.labels.push(name.anchored(Anchor::End));
                }
            }
            let right = self.axis.left
                - widest(row_names(&self.waits, form).iter())
                - 1.6 * form.small;
            name(own).draw(&mut scene, form, slot_top + form.body, right);
        }
        let name = "since the start";
        draw_axis(&mut scene, form, &self.axis, axis_top, name);
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn items(&self) -> Vec<Item> {
        let pings = || self.strategies.iter().flat_map(|own| &own.pings);
        let short = self.form.narrow;
        let pick = |long, telephone| if short { telephone } else { long };
        let mut items = vec![Item::new(
            Sample::InFlight,
            pick("the client waits", "client"),
        )];
        let missing = pings().any(|ping| !ping.answered);
        items.extend(missing.then_some(Item::new(Sample::Failed, "no answer")));
        items.push(Item::new(
            Sample::Served,
            pick("the server works on it", "server"),
        ));
        let nobody = pick("for nobody any more", "for nobody");
        let left = pings().any(|ping| {
            ping.server.is_some_and(|(_, end)| end > ping.client.1)
        });
        items.extend(left.then_some(Item::new(Sample::ForNobody, nobody)));
        let gone = pick("the server saw the client go", "saw it go");
        let seen = pings().any(|ping| ping.gone);
        items.extend(seen.then_some(Item::new(Sample::Gone, gone)));
        let limit = self.limit_ns.map(|_| Item::new(Sample::Rule, &self.limit));
        items.extend(limit);
        let predicted = self
            .strategies
            .iter()
            .any(|own| own.predicted_ns.or(own.predicted_busy_ns).is_some());
        let you = pick("your prediction", "you");
        items.extend(predicted.then_some(Item::new(Sample::Prediction, you)));
        items
    }
}

fn name(strategy: &Strategy) -> Name<'_> {
    Name { strategy: &strategy.name, words: look(&strategy.name) }
}

fn widest<'a>(labels: impl Iterator<Item = &'a Label>) -> f64 {
    labels.map(Label::width).fold(0.0, f64::max)
}

fn height_of(labels: &[Label], form: &Form) -> f64 {
    labels.iter().map(|label| form.line(label.size)).sum()
}

/// The server's wait of each ping, not yet in its place.
fn row_names(waits: &[u64], form: &Form) -> Vec<Label> {
    let label = |wait: &u64| {
        let text = duration(*wait as f64);
        Label::new(&text, 0.0, 0.0, form.small).muted()
    };
    waits.iter().map(label).collect()
}

/// To the right of a panel: when the batch was over, by how much that is
/// beyond the limit, how long the server was busy, and what was predicted
/// beyond the axis. Not yet in their places.
fn ends_of(
    own: &Strategy,
    limit_ns: Option<u64>,
    span_ns: u64,
    form: &Form,
) -> Vec<Label> {
    let small = |text: &str| Label::new(text, 0.0, 0.0, form.small);
    let end = duration(own.makespan_ns);
    let mut labels = vec![Label::new(&end, 0.0, 0.0, form.body * 1.1).bold()];
    let late = limit_ns.map_or(0.0, |limit| own.makespan_ns - limit as f64);
    if !form.narrow && late > 0.0 {
        let text = format!("{} late", duration(late));
        labels.push(small(&text).muted());
    }
    labels.extend(
        own.busy_ns
            .map(|busy| small(&format!("server {}", duration(busy))).muted()),
    );
    for ns in [own.predicted_ns, own.predicted_busy_ns].into_iter().flatten() {
        if ns as u64 > span_ns {
            labels.push(small(&format!("you: {} →", duration(ns))));
        }
    }
    labels
}

fn subtitle(batch: &Batch, strategies: &[Strategy]) -> String {
    let waits = batch.waits.list();
    let waits: Vec<String> = waits
        .iter()
        .take(batch.requests.min(8))
        .map(|wait| duration(*wait as f64))
        .collect();
    let fewest = strategies.iter().map(|strategy| strategy.rounds).min();
    let trial = match fewest.unwrap_or(0) {
        1 => "one round".to_owned(),
        rounds => format!("the median trial of {rounds} rounds"),
    };
    let pings = match batch.requests {
        1 => "One ping".to_owned(),
        n => format!("{} pings at once", capital(&count(n))),
    };
    format!(
        "{pings}; the server waits {} before its answers. Each panel: {trial}.",
        waits.join(", "),
    )
}
