//! The slots of a witness: a row each, and in it a bar from each arrival to
//! its answer.

use measurement::witness::End;

use super::seen::{Seen, SeenBar};
use super::words::{earliest_end, in_the_key};
use crate::axis::TimeAxis;
use crate::form::{Form, WIDTH};
use crate::header::{axis_height, draw_axis};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::points::{draw_arrow, draw_cross};
use crate::quantity::{duration, from_to, number, plural};
use crate::scene::{Anchor, Area, Kind, Label, Mark, Scene, Shape};
use crate::sheet::Body;
use crate::text_width::fit;

/// Two requests one after the other in a slot must stay two to the eye.
const SEAM: f64 = 0.75;

/// A slot higher than this is a block.
const HIGHEST_SLOT: f64 = 40.0;

/// How much of its row a slot takes.
const FILLED: f64 = 0.84;

/// From the slots to the axis.
const CLEAR: f64 = 4.0;

/// Beyond so many bars a pointer is told of slots only: the times of 1,800
/// requests would be half of the file.
const MOST_TOLD: usize = 600;

/// What was seen, in slots.
pub(super) struct Slots<'a>(pub(super) &'a Seen);

/// Where they are.
struct Rows {
    axis: TimeAxis,
    top: f64,
    /// From one to the next.
    pitch: f64,
    /// Where the last one ends.
    bottom: f64,
}

impl Rows {
    /// The part of a slot between two moments.
    fn area(&self, slot: usize, (from, to): (u64, u64)) -> Area {
        let top = self.top + self.pitch * slot as f64;
        let bottom = top + FILLED * self.pitch;
        Area { left: self.axis.at(from), top, right: self.axis.at(to), bottom }
    }
}

impl Body for Slots<'_> {
    fn key(&self, form: &Form) -> Vec<Item> {
        let seen = self.0;
        let pick = |wide: &str, narrow: &str| {
            if form.narrow { narrow } else { wide }.to_owned()
        };
        let mut items = Vec::new();
        if !seen.bars.is_empty() {
            let text = pick("request in flight at the server", "in flight");
            items.push(Item::new(Sample::InFlight, text));
        }
        if let Some(asked) = seen.asked {
            let asked = number(asked.get());
            if seen.bars.iter().any(|bar| seen.is_extra(bar.slot)) {
                let text = format!("beyond the {asked} asked for");
                items.push(Item::new(Sample::Extra, text));
            }
            items.push(Item::new(Sample::Idle, "slot idle"));
        }
        for (end, sample, wide, narrow) in [
            (
                End::Aborted,
                Sample::GivenUp,
                "given up by the program",
                "given up",
            ),
            (
                End::InFlight,
                Sample::Unanswered,
                "not answered yet",
                "unanswered",
            ),
        ] {
            let count = seen.count(end);
            if count > 0 {
                let text = format!("{}: {}", pick(wide, narrow), number(count));
                items.push(Item::new(sample, text));
            }
        }
        if let Some(earliest) = seen.earliest.filter(|_| form.narrow) {
            items.push(Item::new(Sample::Rule, in_the_key(&earliest)));
        }
        items
    }

    fn height(&self, form: &Form) -> f64 {
        let axis = if self.0.bars.is_empty() { 0.0 } else { axis_height(form) };
        let slots = self.pitch(form) * self.0.slots as f64;
        self.rule_name(form) + slots + CLEAR + axis
    }

    fn draw(&self, scene: &mut Scene, form: &Form, room: Area) {
        let rows = self.rows(form, room);
        for slot in 0..self.0.slots {
            let whole = rows.area(slot, (0, self.0.span_ns.max(1)));
            // Nobody has asked for the others.
            if !self.0.is_extra(slot) {
                let idle = Mark::new(Shape::Bar(whole), Paint::Idle);
                scene.marks.push(Mark { hover: self.told(slot), ..idle });
            }
        }
        if self.0.bars.is_empty() {
            self.name_unused(scene, form, &rows);
            return;
        }
        for tick in rows.axis.ticks(form.ticks) {
            let x = rows.axis.at(tick.ns);
            let (from, to) = ((x, rows.top), (x, rows.bottom + CLEAR));
            scene.line(from, to, 0.7 * form.rule, Paint::Grid);
        }
        self.draw_bars(scene, form, &rows);
        self.draw_limit(scene, form, &rows);
        self.draw_earliest(scene, form, &rows);
        self.draw_end(scene, form, &rows);
        self.name_unused(scene, form, &rows);
        draw_axis(scene, form, &rows.axis, rows.bottom + CLEAR, "");
    }
}

impl Slots<'_> {
    /// From one slot to the next.
    fn pitch(&self, form: &Form) -> f64 {
        let slots = self.0.slots as f64;
        let (least, most) =
            if form.narrow { (90.0, 620.0) } else { (60.0, 520.0) };
        let height = (slots * 1.4 * form.small).clamp(least, most);
        (height / slots).min(HIGHEST_SLOT)
    }

    /// Room above the slots for the name of the rule; on a telephone it is in
    /// the key.
    fn rule_name(&self, form: &Form) -> f64 {
        let above = self.0.earliest.is_some() && !form.narrow;
        if above { 1.9 * form.small } else { 0.0 }
    }

    fn rows(&self, form: &Form, room: Area) -> Rows {
        let end = self.end(form).map_or(0.0, |label| label.width());
        let right = room.right - form.body.max(end + 0.6 * form.body);
        let earliest = self.0.earliest.map_or(0, |earliest| earliest.end_ns);
        let axis =
            TimeAxis::new(room.left, right, self.0.span_ns.max(earliest));
        let (top, pitch) = (room.top + self.rule_name(form), self.pitch(form));
        let bottom = top + pitch * self.0.slots as f64;
        Rows { axis, top, pitch, bottom }
    }

    /// Layer by layer: what looks alike in a row takes little room in the
    /// file.
    fn draw_bars(&self, scene: &mut Scene, form: &Form, rows: &Rows) {
        let ended =
            |end: End| self.0.bars.iter().filter(move |bar| bar.end == end);
        let area = |bar: &SeenBar| {
            let area = rows.area(bar.slot, bar.flight);
            let right = (area.right - SEAM).max(area.left + 0.5);
            Area { right, ..area }
        };
        let paint = |bar: &SeenBar| {
            if self.0.is_extra(bar.slot) { Paint::Ink } else { Paint::Other }
        };
        let few = self.0.bars.len() <= MOST_TOLD;
        let told = |bar: &SeenBar| if few { hover(bar) } else { String::new() };
        let half = (0.36 * rows.pitch).min(0.5 * form.small);
        let solid = [End::Done, End::InFlight, End::Faulted];
        for bar in solid.into_iter().flat_map(ended) {
            let mark = Mark::new(Shape::Bar(area(bar)), paint(bar));
            scene.marks.push(Mark { hover: told(bar), ..mark });
        }
        for bar in ended(End::InFlight) {
            let Area { right, top, bottom, .. } = area(bar);
            draw_arrow(scene, (right, f64::midpoint(top, bottom)), half);
        }
        for bar in ended(End::Aborted) {
            let mark = Mark::new(Shape::Bar(area(bar)), Paint::Background);
            scene.marks.push(Mark { hover: told(bar), ..mark });
        }
        for bar in ended(End::Aborted) {
            let outline = Shape::Outline(area(bar));
            scene.marks.push(Mark::new(outline, paint(bar)));
        }
        for bar in ended(End::Aborted) {
            let Area { right, top, bottom, .. } = area(bar);
            let tip = (right, f64::midpoint(top, bottom));
            draw_cross(scene, form, tip, half);
        }
    }

    /// A line below the last slot that was asked for, where there are more.
    fn draw_limit(&self, scene: &mut Scene, form: &Form, rows: &Rows) {
        let asked = self.0.asked.map_or(0, |asked| asked.get());
        if asked == 0 || asked >= self.0.slots {
            return;
        }
        let gap = (1.0 - FILLED) / 2.0;
        let y = rows.top + rows.pitch * (asked as f64 - gap);
        let end = rows.axis.at(self.0.span_ns.max(1));
        scene.line((rows.axis.left, y), (end, y), form.rule, Paint::Ink);
    }

    fn draw_earliest(&self, scene: &mut Scene, form: &Form, rows: &Rows) {
        let Some(earliest) = self.0.earliest else { return };
        let x = rows.axis.at(earliest.end_ns);
        let above = if form.narrow { 0.0 } else { 14.0 };
        let (from, to) = ((x, rows.top - above), (x, rows.bottom));
        scene.dashes(from, to, form.rule, Paint::Ink);
        if form.narrow {
            return;
        }
        // To the right, or where it would not end in time, where more room is.
        let (before, after) =
            (x - 6.0 - form.margin, WIDTH - form.margin - x - 6.0);
        let name = format!("earliest possible end {}", earliest_end(&earliest));
        let whole = Label::new(&name, x, rows.top - 6.0, form.small);
        let left = whole.width() > after && before > after;
        let room = if left { before } else { after };
        let text = fit(&whole.text, form.small, false, room);
        let label = Label { text, ..whole }.muted();
        scene.labels.push(if left {
            Label { x: x - 6.0, ..label }.anchored(Anchor::End)
        } else {
            Label { x: x + 6.0, ..label }
        });
    }

    /// What stands at the end, not yet in its place.
    fn end(&self, form: &Form) -> Option<Label> {
        let end = duration(self.0.end_ns()? as f64);
        let label = Label::new(&end, 0.0, 0.0, form.body * 1.1).bold();
        Some(label.of_kind(Kind::Answer))
    }

    /// The line at the end, and when that was; to the right of the rule if
    /// that would run through it.
    fn draw_end(&self, scene: &mut Scene, form: &Form, rows: &Rows) {
        let Some(label) = self.end(form) else { return };
        let end = rows.axis.at(self.0.span_ns) + form.rule;
        let (from, to) = ((end, rows.top - 2.0), (end, rows.bottom + 1.0));
        scene.line(from, to, 1.6 * form.rule, Paint::Ink);
        let gap = 0.6 * form.body;
        let earliest = self.0.earliest.map(|earliest| earliest.end_ns);
        let rule = earliest.map_or(0.0, |ns| rows.axis.at(ns));
        let mut x = end + gap;
        if (x - gap..x + label.width() + gap).contains(&rule) {
            x = rule.max(end) + gap;
        }
        let y = f64::midpoint(rows.top, rows.bottom) + 0.36 * label.size;
        scene.label_on_patch(Label { x, y, ..label });
    }

    /// In the slots that nobody used, if they are high enough.
    fn name_unused(&self, scene: &mut Scene, form: &Form, rows: &Rows) {
        let unused = self.0.unused();
        let height = rows.pitch * unused as f64;
        if height < 1.8 * form.small {
            return;
        }
        let text = format!("{} not used", plural(unused, "slot"));
        let y = rows.bottom - height / 2.0 + 0.3 * form.small;
        let end = rows.axis.at(self.0.span_ns.max(1));
        let label = Label::new(&text, 0.0, y, form.small).muted();
        let (width, gap) = (label.width(), 0.6 * form.body);
        let mut x = (f64::midpoint(rows.axis.left, end) - width / 2.0)
            .max(rows.axis.left + gap);
        // Not across the rule.
        let earliest = self.0.earliest.map(|earliest| earliest.end_ns);
        let rule = earliest.map_or(0.0, |ns| rows.axis.at(ns));
        if (x - gap..x + width + gap).contains(&rule) {
            x = rule + gap;
        }
        let label = Label { x, ..label }.of_kind(Kind::Answer);
        if label.area().right < end {
            scene.label_on(label, Paint::Idle);
        }
    }

    /// What a pointer over a slot is told.
    fn told(&self, slot: usize) -> String {
        let own = || self.0.bars.iter().filter(|bar| bar.slot == slot);
        let busy = own().map(|bar| bar.flight.1 - bar.flight.0);
        let idle = self.0.span_ns.saturating_sub(busy.sum());
        let requests = plural(own().count(), "request");
        let idle = duration(idle as f64);
        format!("slot {}: {requests}, idle for {idle}", number(slot + 1))
    }
}

/// What a pointer over a request is told.
fn hover(bar: &SeenBar) -> String {
    let (from, to) = bar.flight;
    let time = from_to(&duration(from as f64), &duration(to as f64));
    let end = match bar.end {
        End::Done => format!("answered {}", bar.status),
        End::Faulted => "not answered in full, on purpose".to_owned(),
        End::Aborted => "given up by the program".to_owned(),
        End::InFlight => "not answered yet".to_owned(),
    };
    format!("request {}: {time}, {end}", bar.seq)
}
