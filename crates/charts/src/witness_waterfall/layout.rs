//! Where everything in the waterfall of a witness goes.

use measurement::witness::{End, Witness};

use crate::Footer;
use crate::axis::TimeAxis;
use crate::form::{Form, NARROW, WIDE, WIDTH};
use crate::header::{
    Header, axis_height, draw_axis, draw_footer, footer_height,
};
use crate::palette::Paint;
use crate::quantity::{mean, plural};
use crate::scene::{Area, Mark, Scene, Shape};
use crate::witness_waterfall::seen::{Seen, SeenBar};

/// Two requests one after the other in a lane must stay two to the eye.
const SEAM: f64 = 0.75;

/// A lane higher than this is a block.
const HIGHEST_LANE: f64 = 64.0;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    witness: &Witness,
    seen: &Seen,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    let plans =
        [WIDE, NARROW].map(|form| Plan::new(witness, seen, title, form));
    let height =
        plans.iter().map(|plan| plan.least_height(footer)).fold(0.0, f64::max);
    plans.map(|plan| plan.draw(height.ceil(), footer))
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    seen: &'a Seen,
    form: Form,
    header: Header,
    axis: TimeAxis,
}

impl<'a> Plan<'a> {
    fn new(
        witness: &Witness,
        seen: &'a Seen,
        title: &str,
        form: Form,
    ) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(witness, seen));
        let right = WIDTH - form.margin - form.body;
        let axis = TimeAxis::new(form.margin, right, seen.span_ns);
        Plan { seen, form, header, axis }
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let lanes = (self.seen.lanes as f64 * 14.0).clamp(60.0, 420.0);
        self.header.bottom
            + 10.0
            + lanes
            + axis_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = self.form.clone();
        let top = self.header.bottom + 10.0;
        let bottom =
            height - axis_height(&form) - footer_height(&form, footer) - 4.0;
        let lanes = self.seen.lanes as f64;
        let pitch = ((bottom - top) / lanes).min(HIGHEST_LANE);
        let top = (top + bottom - pitch * lanes) / 2.0;
        let lanes_end = top + pitch * lanes;
        for lane in 0..self.seen.lanes {
            let lane_top = top + pitch * lane as f64;
            let area = Area {
                left: self.axis.left,
                top: lane_top,
                right: self.axis.right,
                bottom: lane_top + 0.84 * pitch,
            };
            scene.bar(area, Paint::Idle);
        }
        for tick in self.axis.ticks(form.ticks) {
            let x = self.axis.at(tick.ns);
            let (from, to) = ((x, top), (x, lanes_end + 4.0));
            scene.line(from, to, 0.7 * form.rule, Paint::Grid);
        }
        self.draw_bars(&mut scene, top, pitch);
        let name = "";
        draw_axis(&mut scene, &form, &self.axis, lanes_end + 4.0, name);
        draw_footer(&mut scene, &form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// Layer by layer: what looks alike in a row takes little room in the
    /// file.
    fn draw_bars(&self, scene: &mut Scene, top: f64, pitch: f64) {
        let ended =
            |end: End| self.seen.bars.iter().filter(move |bar| bar.end == end);
        let area = |bar: &SeenBar| {
            let top = top + pitch * bar.lane as f64;
            let left = self.axis.at(bar.flight.0);
            let right = self.axis.at(bar.flight.1);
            let right = (right - SEAM).max(left + 0.5);
            Area { left, top, right, bottom: top + 0.84 * pitch }
        };
        let half = (0.36 * pitch).min(6.0);
        let solid = [End::Done, End::InFlight, End::Faulted];
        for bar in solid.into_iter().flat_map(ended) {
            scene.bar(area(bar), Paint::Other);
        }
        for bar in ended(End::InFlight) {
            let Area { right, top, bottom, .. } = area(bar);
            let middle = (top + bottom) / 2.0;
            let arrow = vec![
                (right, middle - half),
                (right + 1.4 * half, middle),
                (right, middle + half),
            ];
            scene.marks.push(Mark::new(Shape::Polygon(arrow), Paint::Ink));
        }
        for bar in ended(End::Aborted) {
            scene.bar(area(bar), Paint::Background);
        }
        for bar in ended(End::Aborted) {
            let outline = Shape::Outline(area(bar));
            scene.marks.push(Mark::new(outline, Paint::Other));
        }
        for bar in ended(End::Aborted) {
            let Area { right, top, bottom, .. } = area(bar);
            let middle = (top + bottom) / 2.0;
            for side in [-1.0, 1.0] {
                let from = (right - half, middle - side * half);
                let to = (right + half, middle + side * half);
                scene.line(from, to, self.form.rule, Paint::Ink);
            }
        }
    }
}

fn subtitle(witness: &Witness, seen: &Seen) -> String {
    let mut text = format!(
        "What the server saw: a bar from each arrival to its answer. {}",
        plural(witness.connections as usize, "connection")
    );
    if let Some(at_once) = witness.mean_in_flight() {
        let at_once = mean(at_once);
        text.push_str(&format!(", {at_once} in flight on average"));
    }
    text.push('.');
    let (aborted, unfinished) =
        (seen.count(End::Aborted), seen.count(End::InFlight));
    if aborted > 0 {
        text.push_str(&format!(" Hollow and crossed: {aborted} aborted."));
    }
    if seen.count(End::Faulted) > 0 {
        let faulted = seen.count(End::Faulted);
        text.push_str(&format!(" Not in full, on purpose: {faulted}."));
    }
    if unfinished > 0 {
        text.push_str(&format!(" Arrow: {unfinished} not answered yet."));
    }
    let left_out =
        seen.left_out.saturating_add(witness.stamps_dropped as usize);
    if left_out > 0 {
        text.push_str(&format!(" Not drawn: {}.", plural(left_out, "request")));
    }
    text
}
