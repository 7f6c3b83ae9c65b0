//! When requests arrived at the server: a panel per strategy, and beside it
//! how many there were.

use measurement::course::Quantity;
use measurement::record::ARRIVALS_NS;
use measurement::summary::Row;

use super::content::Guess;
use crate::Footer;
use crate::axis::TimeAxis;
use crate::column::Name;
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, names_width};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::key::{Item, Sample, draw_key, key_line, key_lines};
use crate::palette::Paint;
use crate::points::draw_prediction;
use crate::scale::{Scale, Steps};
use crate::scene::{Anchor, Area, Label, Scene};

/// One panel.
pub(super) struct Strategy<'a> {
    pub(super) row: &'a Row,
    /// Of its median trial, in each [`ARRIVALS_NS`].
    pub(super) arrivals: &'a [u64],
    /// All of that trial.
    pub(super) requests: f64,
    /// How many there should be at most.
    pub(super) limit: Option<Limit>,
    /// What the reader predicted of it.
    pub(super) guesses: Vec<Guess>,
}

/// How many requests something forecasts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) name: &'static str,
    pub(super) requests: f64,
}

/// A panel has so many bars at most; of more, each is the highest of several.
const MOST_BARS: usize = 400;

/// A prediction may widen a scale by so much, and not squash the bars.
const WIDER: f64 = 1.4;

/// The wide and the narrow scene, equally high.
pub(super) fn layout(
    strategies: &[Strategy<'_>],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(strategies, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    strategies: &'a [Strategy<'a>],
    form: Form,
    header: Header,
    axis: TimeAxis,
    /// Arrivals in 10 ms, and all requests.
    scales: [Scale; 2],
    /// Where the column of all requests stands.
    column: (f64, f64),
}

impl<'a> Plan<'a> {
    fn new(
        strategies: &'a [Strategy<'a>],
        title: &str,
        mut form: Form,
    ) -> Plan<'a> {
        let rounds = strategies.iter().map(|own| own.row.valid).min();
        let trial = match rounds.unwrap_or(0) {
            1 => "one round".to_owned(),
            rounds => format!("the median trial of {rounds} rounds"),
        };
        let subtitle = format!(
            "Requests that arrived at the server in each 10 ms since the \
             start, every attempt counted; in the column at the right all of \
             them. Each panel: {trial}."
        );
        let header = Header::new(&form, title, &subtitle);
        form.ticks = if form.narrow { 3 } else { 4 };
        let scales = [Quantity::Arrivals, Quantity::Requests]
            .map(|quantity| scale(strategies, quantity));
        let left = form.margin + names_width(&form, &scales[0], "");
        let right = WIDTH - form.margin;
        let width = if form.narrow { 96.0 } else { 64.0 };
        let column = (right - width, right);
        let bins = strategies.iter().map(|own| own.arrivals.len()).max();
        let span = bins.unwrap_or(1).max(1) as u64 * ARRIVALS_NS;
        let axis = TimeAxis::new(left, column.0 - 2.4 * form.small, span);
        Plan { strategies, form, header, axis, scales, column }
    }

    fn items(&self) -> Vec<Item> {
        let wide = !self.form.narrow;
        let mut items = vec![
            Item::new(
                Sample::InFlight,
                if wide { "requests in 10 ms" } else { "in 10 ms" },
            ),
            Item::new(
                Sample::Formula,
                match wide {
                    true => "all of them as F10 or the budget has it",
                    false => "F10, budget",
                },
            ),
        ];
        let any = self.strategies.iter().any(|own| !own.guesses.is_empty());
        let yours = if wide { "your prediction" } else { "you" };
        items.extend(any.then_some(Item::new(Sample::Prediction, yours)));
        items
    }

    fn key_height(&self) -> f64 {
        let lines = key_lines(&self.form, &self.items()) as f64;
        lines * key_line(&self.form) + 0.6 * self.form.small
    }

    /// A line for predictions that are far beyond, where there are any.
    fn far_height(&self) -> f64 {
        let far = self
            .strategies
            .iter()
            .any(|own| own.guesses.iter().any(|guess| !self.is_near(guess)));
        if far { 1.4 * self.form.small } else { 0.0 }
    }

    /// Above the bars of a panel: whose they are, and how many.
    fn heading(&self) -> f64 {
        let clear = if self.form.narrow { 20.0 } else { 13.0 };
        1.1 * self.form.body + self.far_height() + clear
    }

    fn gap(&self) -> f64 {
        if self.form.narrow { 26.0 } else { 18.0 }
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let bars = if self.form.narrow { 96.0 } else { 92.0 };
        let panel = self.heading() + bars + self.gap();
        self.header.bottom
            + self.key_height()
            + panel * self.strategies.len() as f64
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let key = self.header.bottom + 1.1 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        let top = self.header.bottom + self.key_height();
        let bottom = height - axis_height(form) - footer_height(form, footer);
        let slot = (bottom - top) / self.strategies.len() as f64;
        for (number, own) in (0_u32..).zip(self.strategies) {
            let slot_top = top + f64::from(number) * slot;
            let area = Area {
                left: self.axis.left,
                top: slot_top + self.heading(),
                right: self.axis.right,
                bottom: slot_top + slot - self.gap(),
            };
            self.draw_heading(&mut scene, own, slot_top);
            self.draw_bars(&mut scene, own, area);
            let (left, right) = self.column;
            self.draw_column(&mut scene, own, Area { left, right, ..area });
        }
        let foot = bottom - self.gap() + 2.0;
        draw_axis(&mut scene, form, &self.axis, foot, "");
        let middle = (self.column.0 + self.column.1) / 2.0;
        let baseline = foot + 1.35 * form.small;
        let all = Label::new("all", middle, baseline, form.small).muted();
        scene.labels.push(all.anchored(Anchor::Middle));
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn draw_heading(&self, scene: &mut Scene, own: &Strategy<'_>, top: f64) {
        let form = &self.form;
        let right = self.column.1;
        let y = top + 0.9 * form.body;
        let requests = format!("{:.0} requests", own.requests);
        let limit = own.limit.map(|limit| {
            let decimals = usize::from(limit.requests.fract() != 0.0);
            format!(" · {}: {:.decimals$}", limit.name, limit.requests)
        });
        let text = format!("{requests}{}", limit.unwrap_or_default());
        let figures =
            Label::new(&text, right, y, form.body).anchored(Anchor::End);
        let name = Name { strategy: &own.row.strategy, words: "" };
        name.draw(scene, form, y, figures.area().left - form.body);
        scene.labels.push(figures);
        let y = y + 1.4 * form.small;
        for guess in own.guesses.iter().filter(|guess| !self.is_near(guess)) {
            let what = number(guess.value);
            let (x, anchor, text) = match guess.ask.quantity {
                Quantity::Requests => {
                    (right, Anchor::End, format!("you: {what} requests"))
                }
                _ => (
                    form.margin,
                    Anchor::Start,
                    format!("you: {what} in 10 ms"),
                ),
            };
            let label = Label::new(&text, x, y, form.small);
            scene.labels.push(label.anchored(anchor));
        }
    }

    fn draw_bars(&self, scene: &mut Scene, own: &Strategy<'_>, area: Area) {
        let form = &self.form;
        let y = self.scales[0].moved((area.bottom, area.top));
        let frame = Frame { form, area, y: y.clone(), unit: "" };
        frame.draw_rows(scene, true);
        let paint = Paint::of_strategy(&own.row.strategy);
        let together = own.arrivals.len().div_ceil(MOST_BARS).max(1);
        let mut highest = (0, area.left);
        for (i, some) in own.arrivals.chunks(together).enumerate() {
            let most = some.iter().copied().max().unwrap_or(0);
            if most == 0 {
                continue;
            }
            let from = (i * together) as u64 * ARRIVALS_NS;
            let to = from + some.len() as u64 * ARRIVALS_NS;
            let (left, right) = (self.axis.at(from), self.axis.at(to));
            // A little apart where there is room.
            let apart = (0.15 * (right - left)).min(1.0);
            let bar = Area {
                left,
                top: y.at(most as f64),
                right: right - apart,
                bottom: area.bottom,
            };
            scene.bar(bar, paint);
            if most > highest.0 {
                highest = (most, (left + right) / 2.0);
            }
        }
        frame.draw_foot(scene);
        let half = 3.0 * form.rule + 3.0;
        let middle = highest.1.max(area.left + half);
        let across = (middle - half, (middle + half).min(area.right));
        self.draw_guess(scene, own, (Quantity::Arrivals, &y), across, area);
    }

    fn draw_column(&self, scene: &mut Scene, own: &Strategy<'_>, area: Area) {
        let form = &self.form;
        let y = self.scales[1].moved((area.bottom, area.top));
        let inset = 0.2 * (area.right - area.left);
        let bar = Area {
            left: area.left + inset,
            top: y.at(own.requests),
            right: area.right - inset,
            bottom: area.bottom,
        };
        scene.bar(bar, Paint::of_strategy(&own.row.strategy));
        let foot = (area.left, area.bottom);
        scene.line(foot, (area.right, area.bottom), form.rule, Paint::Muted);
        if let Some(limit) = own.limit {
            let at = y.at(limit.requests);
            let (from, to) = ((area.left, at), (area.right, at));
            scene.dots(from, to, 1.6 * form.rule, Paint::Ink);
        }
        let across = (bar.left - 0.5 * inset, bar.right + 0.5 * inset);
        self.draw_guess(scene, own, (Quantity::Requests, &y), across, area);
    }

    /// The boxes of dashes around what was predicted of this quantity.
    fn draw_guess(
        &self,
        scene: &mut Scene,
        own: &Strategy<'_>,
        (quantity, y): (Quantity, &Scale),
        (left, right): (f64, f64),
        area: Area,
    ) {
        let near = own.guesses.iter().filter(|guess| {
            guess.ask.quantity == quantity && self.is_near(guess)
        });
        let half = 2.0 * self.form.rule + 2.0;
        for guess in near {
            let at = y.at(guess.value).min(area.bottom - half);
            let (top, bottom) = (at - half, at + half);
            let around = Area { left, top, right, bottom };
            draw_prediction(scene, &self.form, around);
        }
    }

    fn is_near(&self, guess: &Guess) -> bool {
        let [arrivals, requests] = &self.scales;
        match guess.ask.quantity {
            Quantity::Requests => requests.holds(guess.value),
            _ => arrivals.holds(guess.value),
        }
    }
}

/// The scale of a quantity, which all panels share.
fn scale(strategies: &[Strategy<'_>], quantity: Quantity) -> Scale {
    let of = |own: &Strategy<'_>| match quantity {
        Quantity::Requests => {
            own.requests.max(own.limit.map_or(0.0, |limit| limit.requests))
        }
        _ => own.arrivals.iter().max().map_or(0.0, |most| *most as f64),
    };
    let most = strategies.iter().map(of).fold(1.0, f64::max);
    let guesses = strategies.iter().flat_map(|own| &own.guesses);
    let near = guesses.filter(|guess| {
        guess.ask.quantity == quantity && guess.value <= WIDER * most
    });
    let values = near.map(|guess| guess.value).chain([most]);
    Scale::new(Steps::Linear, values, (0.0, 0.0))
}

/// As somebody would say it, and not longer.
fn number(value: f64) -> String {
    if value > 99_999.0 {
        "over 99,999".to_owned()
    } else {
        format!("{value:.0}")
    }
}
