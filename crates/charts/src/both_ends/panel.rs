//! One panel: a row for each ping of a strategy.

use super::{Ping, Strategy};
use crate::axis::TimeAxis;
use crate::form::Form;
use crate::key::draw_cross;
use crate::palette::Paint;
use crate::points::draw_prediction;
use crate::scene::{Area, Mark, Scene, Shape};

/// Where a panel is.
pub(super) struct Panel<'a> {
    pub(super) axis: &'a TimeAxis,
    /// Where its rows begin.
    pub(super) top: f64,
    /// From one row to the next.
    pub(super) pitch: f64,
    /// When the batch is to be over.
    pub(super) limit_ns: Option<u64>,
    /// Where its part of the grid ends.
    pub(super) grid_to: f64,
}

/// What of a row the client's bar takes, the server's below it, and where
/// that begins.
const CLIENT: f64 = 0.42;
const SERVER_FROM: f64 = 0.5;
const SERVER_TO: f64 = 0.78;

impl Panel<'_> {
    /// The middle of a row's two bars.
    pub(super) fn middle(&self, row: u32) -> f64 {
        self.top + self.pitch * (f64::from(row) + SERVER_TO / 2.0)
    }

    /// Draws the grid, the rows, the limit and what was predicted.
    pub(super) fn draw(
        &self,
        scene: &mut Scene,
        form: &Form,
        strategy: &Strategy,
    ) {
        for tick in self.axis.ticks(form.ticks) {
            let x = self.axis.at(tick.ns);
            let (from, to) = ((x, self.top), (x, self.grid_to));
            scene.line(from, to, form.rule * 0.7, Paint::Grid);
        }
        let paint = Paint::of_strategy(&strategy.name);
        for (row, ping) in (0_u32..).zip(&strategy.pings) {
            self.draw_ping(scene, form, row, ping, paint);
        }
        let rows = strategy.pings.len() as f64;
        let bottom =
            self.top + self.pitch * rows - (1.0 - SERVER_TO) * self.pitch;
        if let Some(limit) = self.limit_ns {
            let x = self.axis.at(limit);
            let (from, to) = ((x, self.top - 2.0), (x, bottom + 2.0));
            scene.dashes(from, to, form.rule, Paint::Ink);
        }
        // One beyond the axis is among the labels.
        let whole = (self.top - 2.0, bottom + 2.0);
        self.draw_guess(scene, form, strategy.predicted_ns, whole);
        let last = self.last_row(strategy);
        self.draw_guess(scene, form, strategy.predicted_busy_ns, last);
    }

    fn draw_ping(
        &self,
        scene: &mut Scene,
        form: &Form,
        row: u32,
        ping: &Ping,
        paint: Paint,
    ) {
        let (began, ended) = ping.client;
        let client = self.area(row, (began, ended), (0.0, CLIENT));
        let shape = match ping.answered {
            true => Shape::Bar(client),
            false => Shape::Outline(client),
        };
        scene.marks.push(Mark::new(shape, paint));
        let Some((received, sent)) = ping.server else { return };
        let height = (SERVER_FROM, SERVER_TO);
        let waited = self.area(row, (received, sent.min(ended)), height);
        scene.bar(waited, Paint::Muted);
        if sent > ended && !ping.answered {
            let alone = self.area(row, (received.max(ended), sent), height);
            let outline = Shape::Outline(alone);
            scene.marks.push(Mark::new(outline, Paint::Muted));
        }
        if ping.gone {
            let middle = (waited.top + waited.bottom) / 2.0;
            draw_cross(scene, form, (self.axis.at(sent), middle));
        }
    }

    fn draw_guess(
        &self,
        scene: &mut Scene,
        form: &Form,
        predicted_ns: Option<f64>,
        (top, bottom): (f64, f64),
    ) {
        let predicted = predicted_ns.map(|ns| ns as u64);
        if let Some(ns) = predicted.filter(|ns| *ns <= self.axis.span_ns) {
            let (x, half) = (self.axis.at(ns), 3.5 * form.rule);
            let (left, right) = (x - half, x + half);
            let area = Area { left, top, right, bottom };
            draw_prediction(scene, form, area);
        }
    }

    /// Upper and lower edge of the row that the server was busy with last.
    fn last_row(&self, strategy: &Strategy) -> (f64, f64) {
        let sent = |ping: &Ping| ping.server.map_or(0, |(_, sent)| sent);
        let rows = (0_u32..).zip(&strategy.pings);
        let last = rows.max_by_key(|(_, ping)| sent(ping));
        let row = last.map_or(0, |(row, _)| row);
        let middle = self.middle(row);
        let half = SERVER_TO * self.pitch / 2.0 + 2.0;
        (middle - half, middle + half)
    }

    /// The part of a row between two moments; and of its height, from where
    /// to where.
    fn area(
        &self,
        row: u32,
        (from, to): (u64, u64),
        (upper, lower): (f64, f64),
    ) -> Area {
        let top = self.top + self.pitch * f64::from(row);
        let left = self.axis.at(from);
        Area {
            left,
            top: top + upper * self.pitch,
            right: self.axis.at(to).max(left + 0.5),
            bottom: top + lower * self.pitch,
        }
    }
}
