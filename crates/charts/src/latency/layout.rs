//! Where everything in the distributions of the times goes.

use crate::Footer;
use crate::ends::{End, draw_ends, ends_width};
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, above_data, below_data, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key};
use crate::latency::dashes::dashes;
use crate::latency::{Content, Curve, Kind};
use crate::palette::Paint;
use crate::points::{draw_symbol, symbol_size};
use crate::quantity::{duration, milliseconds};
use crate::scale::{Scale, Steps};
use crate::scene::{Area, Label, Mark, Scene};
use crate::text_width::text_width;
use measurement::ways;

/// After a number at a curve.
const UNIT: &str = " ms";

/// After a part of the pings.
const PART: &str = " %";

/// Curves nowhere farther apart than this, in pixels, are one to the eye.
const REACH: f64 = 9.0;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    content: &Content,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(content, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    content: &'a Content,
    form: Form,
    header: Header,
}

impl<'a> Plan<'a> {
    fn new(content: &'a Content, title: &str, form: Form) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(content));
        Plan { content, form, header }
    }

    fn items(&self) -> Vec<Item> {
        let wide = !self.form.narrow;
        let has = |kind| self.content.curves.iter().any(|c| c.kind == kind);
        let mut items = Vec::new();
        for curve in &self.content.curves {
            let item = Item::strategy(&curve.strategy);
            if !items.contains(&item) {
                items.push(item);
            }
        }
        if has(Kind::Service) {
            items.push(Item::new(
                Sample::Line,
                match wide {
                    true => "service: from a ping's own start",
                    false => "service",
                },
            ));
        }
        if has(Kind::Sojourn) {
            items.push(Item::new(
                Sample::Rule,
                match wide {
                    true => "sojourn: from the start of the batch",
                    false => "sojourn",
                },
            ));
        }
        if self.content.curves.iter().any(|curve| curve.disturbed) {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    /// Above the data: the key, what the axis is, and the names of the rooms.
    fn above(&self) -> f64 {
        above_data(&self.form, &self.header, &self.items())
    }

    fn below(&self) -> f64 {
        below_data(&self.form)
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let data = if self.form.narrow { 400.0 } else { 340.0 };
        self.above() + data + self.below() + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let top = self.above();
        let bottom = height - footer_height(form, footer) - self.below();
        let key = self.header.bottom + 1.3 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        let baseline = top - 0.95 * form.small;
        let name = if form.narrow {
            "pings that took no longer"
        } else {
            "part of the pings that took no longer"
        };
        let label = Label::new(name, form.margin, baseline, form.small);
        scene.labels.push(label.muted());
        let y = Scale::new(Steps::Linear, [100.0], (bottom, top));
        let left = form.margin + names_width(form, &y, PART);
        let right = WIDTH - 0.6 * form.margin;
        // Nothing is to the left of the service times, and to the right of
        // the sojourn times: there are their labels.
        let service = self.tags(Kind::Service, &y, None);
        let sojourn = self.tags(Kind::Sojourn, &y, None);
        let inset = room(form, &service);
        let data_right = right - room(form, &sojourn);
        let area = Area { left, top, right: data_right, bottom };
        let times = self.content.curves.iter().flat_map(|c| &c.points);
        let times = times.flat_map(|p| [p.0 / 1.05, p.0 * 1.05]);
        let ends =
            (left + inset + symbol_size(form), data_right - symbol_size(form));
        let x = Scale::new(Steps::Log10, times, ends);
        let frame = Frame { form, area, y: y.clone(), unit: PART };
        frame.draw_rows(&mut scene, true);
        let mut ticks = x.ticks(form.ticks, UNIT);
        // Without labels at the right the last name may have no room.
        ticks.retain(|tick| {
            let half = text_width(&tick.text, form.small, false) / 2.0;
            x.at(tick.value) + half <= right
        });
        frame.draw_columns(&mut scene, &x, &ticks);
        frame.draw_foot(&mut scene);
        let service = self.tags(Kind::Service, &y, Some(&x));
        let sojourn = self.tags(Kind::Sojourn, &y, Some(&x));
        let room = Area { left: data_right, right, ..area };
        let known = scene.labels.len();
        draw_ends(&mut scene, form, &sojourn, room, UNIT);
        draw_heading(&mut scene, form, "sojourn", known, right);
        let room = Area { right: left + inset, ..area };
        let known = scene.labels.len();
        draw_at_left(&mut scene, form, &service, room);
        draw_heading(&mut scene, form, "service", known, room.right);
        self.draw_curves(&mut scene, &x, &y);
        let baseline = bottom + self.below() - 0.2 * form.small;
        let name = if form.narrow {
            "time of a ping"
        } else {
            "time of a ping, log scale"
        };
        let label = Label::new(name, left, baseline, form.small).muted();
        scene.labels.push(label);
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn of_kind(&self, kind: Kind) -> Vec<&'a Curve> {
        let curves = self.content.curves.iter();
        curves.filter(|curve| curve.kind == kind).collect()
    }

    /// The end of a label at each curve, around half of the pings: the same
    /// height for those that coincide.
    fn tags(&self, kind: Kind, y: &Scale, x: Option<&Scale>) -> Vec<End> {
        let groups = groups(self.of_kind(kind), x);
        let pitch = 1.3 * self.form.small;
        let first = (groups.len() as f64 - 1.0) / 2.0;
        let mut ends = Vec::new();
        for (number, group) in (0_u32..).zip(groups) {
            let height = y.at(50.0) + (f64::from(number) - first) * pitch;
            for curve in group {
                let across = |x: &Scale| across(curve, x, y, height);
                let number = milliseconds(curve.middle() * 1e6);
                ends.push(End {
                    strategy: curve.strategy.clone(),
                    at: (x.map_or(0.0, across), height),
                    number,
                });
            }
        }
        ends
    }

    fn draw_curves(&self, scene: &mut Scene, x: &Scale, y: &Scale) {
        let form = &self.form;
        let width = 1.4 * form.rule;
        let (on, off) = if form.narrow { (14.0, 9.0) } else { (7.0, 4.5) };
        let at = |point: &(f64, f64)| (x.at(point.0), y.at(point.1));
        let kinds = [Kind::Sojourn, Kind::Service].map(|k| self.of_kind(k));
        for curves in &kinds {
            let of = curves.len() as f64;
            for (number, curve) in (0_u32..).zip(curves) {
                let paint = Paint::of_strategy(&curve.strategy);
                let points = corners(curve, x, y);
                // Where curves coincide, each shows in the others' gaps.
                let phase = f64::from(number) / of * (on + off);
                let pieces = match curve.kind {
                    Kind::Sojourn => dashes(&points, (on, off), phase),
                    Kind::Service => {
                        points.windows(2).map(|p| (p[0], p[1])).collect()
                    }
                };
                for (from, to) in pieces {
                    scene.line(from, to, width, paint);
                }
            }
        }
        for curves in &kinds {
            let of = curves.len() as f64;
            for (number, curve) in (0_u32..).zip(curves) {
                // Each at a height of its own.
                let percent = 14.0 + 72.0 * (f64::from(number) + 0.5) / of;
                let height = y.at(percent);
                let centre = (across(curve, x, y, height), height);
                let drawn = curve.reaches(percent);
                let centre = if drawn { centre } else { at(&curve.points[0]) };
                let name = &curve.strategy;
                draw_symbol(scene, form, name, centre, curve.disturbed);
            }
        }
    }
}

impl Curve {
    /// The median, or what is known nearest to it, ms.
    fn middle(&self) -> f64 {
        let off = |point: &&(f64, f64)| (point.1 - 50.0).abs();
        let nearest =
            self.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        nearest.map_or(0.0, |point| point.0)
    }

    /// Whether so many percent are between its two ends.
    fn reaches(&self, percent: f64) -> bool {
        let (first, last) = (self.points.first(), self.points.last());
        let ends = first.zip(last);
        ends.is_some_and(|(a, b)| (a.1..=b.1).contains(&percent))
    }
}

/// Where a curve is at that height; beyond its end, where it ends.
fn across(curve: &Curve, x: &Scale, y: &Scale, height: f64) -> f64 {
    let mut points = curve.points.iter();
    let reached = points.find(|point| y.at(point.1) <= height);
    let place = reached.or(curve.points.last());
    x.at(place.map_or(0.0, |point| point.0))
}

/// The corners of a curve: level until the next time that is known, and only
/// there up. It tells of no ping that was not done by then.
fn corners(curve: &Curve, x: &Scale, y: &Scale) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    for (time, part) in &curve.points {
        let (across, up) = (x.at(*time), y.at(*part));
        if let Some(last) = corners.last().copied() {
            corners.push((across, last.1));
        }
        corners.push((across, up));
    }
    corners
}

/// Curves that coincide together, the fastest first. Before there is a scale
/// each is alone: then the labels have at least the room that they need.
fn groups<'a>(
    mut curves: Vec<&'a Curve>,
    x: Option<&Scale>,
) -> Vec<Vec<&'a Curve>> {
    curves.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut groups: Vec<Vec<&Curve>> = Vec::new();
    for curve in curves {
        let same = x.is_none_or(|x| {
            let known = groups.last().and_then(|group| group.first());
            known.is_some_and(|known| apart(known, curve, x) <= REACH)
        });
        match groups.last_mut().filter(|_| same) {
            Some(group) => group.push(curve),
            None => groups.push(vec![curve]),
        }
    }
    groups
}

/// How far apart two curves are where they are farthest, in pixels, between
/// a tenth and nine tenths of the pings.
fn apart(a: &Curve, b: &Curve, x: &Scale) -> f64 {
    let y = Scale::new(Steps::Linear, [100.0], (100.0, 0.0));
    let heights = [10.0, 25.0, 50.0, 75.0, 90.0];
    let gaps = heights.map(|height| {
        (across(a, x, &y, height) - across(b, x, &y, height)).abs()
    });
    gaps.into_iter().fold(0.0, f64::max)
}

/// Room for these labels.
fn room(form: &Form, ends: &[End]) -> f64 {
    let each = ends
        .iter()
        .map(|end| ends_width(form, std::slice::from_ref(end), UNIT));
    let together = ends_width(form, ends, UNIT);
    let heading = match ends {
        [] => 0.0,
        _ => text_width("sojourn", form.small, true) + 2.5 * form.small,
    };
    each.fold(together, f64::max).max(heading)
}

/// Above the labels from that number on, what they are.
fn draw_heading(
    scene: &mut Scene,
    form: &Form,
    text: &str,
    from: usize,
    right: f64,
) {
    let areas = || scene.labels[from..].iter().map(Label::area);
    let top = areas().map(|area| area.top).reduce(f64::min);
    let left = areas().map(|area| area.left).reduce(f64::min);
    if let (Some(top), Some(left)) = (top, left) {
        let baseline = top - 0.4 * form.small;
        let width = text_width(text, form.small, true) + 0.4 * form.small;
        let left = left.min(right - width);
        let label = Label::new(text, left, baseline, form.small).bold();
        scene.label_on_patch(label);
    }
}

/// Labels to the left of their curves, on the grid.
fn draw_at_left(scene: &mut Scene, form: &Form, ends: &[End], room: Area) {
    let mut made = Scene::new(WIDTH, scene.height);
    draw_ends(&mut made, form, ends, room, UNIT);
    let marks = made.marks.into_iter().skip(1);
    let symbols: Vec<Mark> =
        marks.filter(|mark| mark.paint != Paint::Other).collect();
    for label in &made.labels {
        let area = label.area();
        let height = label.y - 0.36 * form.small;
        let reach = 0.6 * form.small;
        let beside = |end: &&End| (end.at.1 - height).abs() <= reach;
        for end in ends.iter().filter(beside) {
            let from = (area.right + 0.3 * form.small, height);
            scene.line(from, end.at, 0.5 * form.rule, Paint::Other);
        }
        let left = room.left + 0.3 * form.small;
        scene.bar(Area { left, ..area }, Paint::Background);
    }
    scene.marks.extend(symbols);
    scene.labels.extend(made.labels);
}

fn subtitle(content: &Content) -> String {
    let of = |sequential: bool| {
        let curves = content.curves.iter();
        let counts = curves
            .filter(|c| ways::is_one_by_one(&c.strategy) == sequential)
            .map(|c| c.n);
        counts.min()
    };
    let pooled = of(false).or(of(true)).unwrap_or(0);
    format!(
        "{} in flight, {} pings a trial, each answered after {}; of all \
         rounds together at least {pooled} pings a strategy. A curve ends \
         where fewer than five pings are beyond.",
        content.level,
        content.requests,
        duration(content.wait_ns as f64),
    )
}
