//! One panel of the waterfall: the lanes of one strategy.

use measurement::ways::{self, Sharing};

use super::content::Strategy;
use super::gap::longest_gap;
use crate::axis::TimeAxis;
use crate::bars::Bar;
use crate::form::Form;
use crate::palette::Paint;
use crate::scene::{Area, Label, Mark, Scene, Shape};

/// Where a panel is.
pub(crate) struct Panel<'a> {
    pub(crate) axis: &'a TimeAxis,
    /// Where its lanes begin.
    pub(crate) top: f64,
    /// From one lane to the next.
    pub(crate) pitch: f64,
    /// No way of sharing could end before this, ns.
    pub(crate) bound_ns: u64,
    /// Where the rule at the bound begins.
    pub(crate) rule_from: f64,
    /// Where its part of the grid ends.
    pub(crate) grid_to: f64,
}

/// Two pings one after the other in a lane must stay two to the eye.
const SEAM: f64 = 0.75;

impl Panel<'_> {
    /// Draws the trial, its end and the rule at the bound.
    pub(crate) fn draw(
        &self,
        scene: &mut Scene,
        form: &Form,
        strategy: &Strategy,
        ends: Vec<Label>,
    ) {
        let bars = &strategy.bars;
        let bottom = self.top + self.pitch * bars.lanes as f64;
        let ends = self.placed(form, bars.end_ns, bottom, ends);
        self.draw_grid(scene, form);
        for lane in 0..bars.lanes {
            let whole = (0, bars.end_ns);
            scene.bar(self.lane_area(lane, whole, 1.0), Paint::Idle);
        }
        let paint = Paint::of_strategy(&strategy.name);
        for bar in &bars.bars {
            scene.marks.push(self.flight(bar, paint));
        }
        for bar in &bars.bars {
            // Thinner than three pixels, a line in a bar is only noise.
            if let Some(hold) = bar.hold.filter(|_| self.pitch >= 6.0)
                && !form.narrow
            {
                let area = self.lane_area(bar.lane, hold, 0.075);
                scene.bar(area, Paint::Background);
            }
        }
        let bound = self.axis.at(self.bound_ns);
        scene.dashes(
            (bound, self.rule_from),
            (bound, bottom),
            form.rule,
            Paint::Ink,
        );
        if let Some(note) = self.reason(form, strategy) {
            scene.label_on(note, Paint::Idle);
        }
        let end = self.axis.at(bars.end_ns) + form.rule;
        scene.line(
            (end, self.top - 2.0),
            (end, bottom + 1.0),
            1.6 * form.rule,
            Paint::Ink,
        );
        for label in ends {
            scene.label_on_patch(label);
        }
    }

    /// What waves wait for, where they wait longest, if there is room.
    fn reason(&self, form: &Form, strategy: &Strategy) -> Option<Label> {
        let way = ways::find(&strategy.name)?;
        if way.sharing != Sharing::Waves {
            return None;
        }
        let size = form.small;
        let lanes = (1.2 * size / self.pitch).ceil().max(1.0);
        let (lanes, (from, to)) = longest_gap(&strategy.bars, lanes as usize)?;
        let first = self.lane_area(lanes.start, (from, to), 1.0);
        let last = self.lane_area(lanes.end - 1, (from, to), 1.0);
        let middle = (first.top + last.bottom) / 2.0;
        let x = first.left + 0.5 * size;
        let label = |text: &&str| {
            Label::new(text, x, middle + 0.36 * size, size).muted()
        };
        ["all wait for the slowest ping", "all wait for one ping"]
            .iter()
            .map(label)
            .find(|label| label.area().right + 0.5 * size <= first.right)
    }

    fn flight(&self, bar: &Bar, paint: Paint) -> Mark {
        let mut area = self.lane_area(bar.lane, bar.flight, 1.0);
        area.right = (area.right - SEAM).max(area.left + 0.5);
        let shape =
            if bar.failed { Shape::Outline(area) } else { Shape::Bar(area) };
        Mark::new(shape, paint)
    }

    /// The part of a lane between two moments; `share` is how much of its
    /// height is taken.
    fn lane_area(
        &self,
        lane: usize,
        (from, to): (u64, u64),
        share: f64,
    ) -> Area {
        let height = (self.pitch * 0.86) * share;
        let middle = self.top + self.pitch * (lane as f64 + 0.43);
        Area {
            left: self.axis.at(from),
            top: middle - height / 2.0,
            right: self.axis.at(to),
            bottom: middle + height / 2.0,
        }
    }

    /// The labels to the right of the end, and of the rule if that would run
    /// through them.
    fn placed(
        &self,
        form: &Form,
        end_ns: u64,
        bottom: f64,
        mut ends: Vec<Label>,
    ) -> Vec<Label> {
        let gap = 0.6 * form.body;
        let widest = ends.iter().map(Label::width).fold(0.0, f64::max);
        let bound = self.axis.at(self.bound_ns);
        let mut x = self.axis.at(end_ns) + gap;
        if (x - gap..x + widest + gap).contains(&bound) {
            x = bound.max(x - gap) + gap;
        }
        let heights: f64 = ends.iter().map(|label| form.line(label.size)).sum();
        let mut y = (self.top + bottom - heights) / 2.0;
        for label in &mut ends {
            y += form.line(label.size);
            (label.x, label.y) = (x, y - 0.28 * label.size);
        }
        ends
    }

    /// A thin line at each moment that the axis names.
    fn draw_grid(&self, scene: &mut Scene, form: &Form) {
        for tick in self.axis.ticks(form.ticks) {
            let x = self.axis.at(tick.ns);
            let (from, to) = ((x, self.top), (x, self.grid_to));
            scene.line(from, to, form.rule * 0.7, Paint::Grid);
        }
    }
}
