//! The lanes of a witness: a bar from each arrival to its answer.

use measurement::witness::End;

use super::seen::{Seen, SeenBar};
use crate::axis::TimeAxis;
use crate::form::{Form, WIDTH};
use crate::header::{axis_height, draw_axis};
use crate::key::Item;
use crate::palette::Paint;
use crate::scene::{Area, Mark, Scene, Shape};
use crate::sheet::Body;

/// Two requests one after the other in a lane must stay two to the eye.
const SEAM: f64 = 0.75;

/// A lane higher than this is a block.
const HIGHEST_LANE: f64 = 40.0;

/// From the lanes to the axis.
const CLEAR: f64 = 4.0;

/// What was seen, in lanes.
pub(super) struct Lanes<'a>(pub(super) &'a Seen);

impl Lanes<'_> {
    /// From one lane to the next.
    fn pitch(&self, form: &Form) -> f64 {
        let lanes = self.0.lanes as f64;
        let (least, most) =
            if form.narrow { (90.0, 560.0) } else { (60.0, 420.0) };
        let height = (lanes * 1.4 * form.small).clamp(least, most);
        (height / lanes).min(HIGHEST_LANE)
    }
}

impl Body for Lanes<'_> {
    fn key(&self, _: &Form) -> Vec<Item> {
        Vec::new()
    }

    fn height(&self, form: &Form) -> f64 {
        self.pitch(form) * self.0.lanes as f64 + CLEAR + axis_height(form)
    }

    fn draw(&self, scene: &mut Scene, form: &Form, room: Area) {
        let right = WIDTH - form.margin - form.body;
        let axis = TimeAxis::new(room.left, right, self.0.span_ns);
        let pitch = self.pitch(form);
        let end = room.top + pitch * self.0.lanes as f64;
        for lane in 0..self.0.lanes {
            let top = room.top + pitch * lane as f64;
            let bottom = top + 0.84 * pitch;
            let (left, right) = (axis.left, axis.right);
            scene.bar(Area { left, top, right, bottom }, Paint::Idle);
        }
        for tick in axis.ticks(form.ticks) {
            let x = axis.at(tick.ns);
            let (from, to) = ((x, room.top), (x, end + CLEAR));
            scene.line(from, to, 0.7 * form.rule, Paint::Grid);
        }
        self.draw_bars(scene, form, &axis, (room.top, pitch));
        draw_axis(scene, form, &axis, end + CLEAR, "");
    }
}

impl Lanes<'_> {
    /// Layer by layer: what looks alike in a row takes little room in the
    /// file.
    fn draw_bars(
        &self,
        scene: &mut Scene,
        form: &Form,
        axis: &TimeAxis,
        (top, pitch): (f64, f64),
    ) {
        let ended =
            |end: End| self.0.bars.iter().filter(move |bar| bar.end == end);
        let area = |bar: &SeenBar| {
            let top = top + pitch * bar.lane as f64;
            let left = axis.at(bar.flight.0);
            let right = axis.at(bar.flight.1);
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
                scene.line(from, to, form.rule, Paint::Ink);
            }
        }
    }
}
