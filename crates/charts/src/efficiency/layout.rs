//! Where everything in the distance from the ideal goes.

use crate::Footer;
use crate::curve::{Curve, Stand, draw_curves, level_scale, levels};
use crate::efficiency::Content;
use crate::ends::{End, draw_ends, ends_width};
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, above_data, below_data, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key};
use crate::palette::Paint;
use crate::quantity::{duration, percent};
use crate::scale::{Scale, Steps, Tick};
use crate::scene::{Area, Label, Scene};
use measurement::ways;

/// After a number of this chart.
const UNIT: &str = " %";

/// The data is at least so high.
const DATA_HEIGHT: f64 = 310.0;

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
    y: Scale,
}

impl<'a> Plan<'a> {
    fn new(content: &'a Content, title: &str, form: Form) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(content));
        let points = content.curves.iter().flat_map(|curve| &curve.points);
        let values = points.flat_map(|point| point.values()).chain([105.0]);
        let y = Scale::new(Steps::Linear, values, (0.0, 0.0));
        Plan { content, header, y, form }
    }

    fn items(&self) -> Vec<Item> {
        let curves = &self.content.curves;
        let points = || curves.iter().flat_map(|curve| &curve.points);
        let wide = !self.form.narrow;
        let mut items = Vec::new();
        let names = curves.iter().map(|curve| curve.strategy.as_str());
        // On a page only the one that has no line to write its name at.
        let names = names.filter(|name| !wide || ways::is_one_by_one(name));
        items.extend(names.map(Item::strategy));
        items.push(Item::new(Sample::Rule, "earliest possible end"));
        if !self.content.noise.is_empty() {
            items.push(Item::new(
                Sample::Idle,
                match wide {
                    true => "noise: the same strategy twice",
                    false => "noise",
                },
            ));
        }
        if wide {
            items.push(Item::new(Sample::Rounds, "each round"));
            if points().any(|point| point.interval.is_some()) {
                items.push(Item::new(
                    Sample::Interval,
                    "interval of the median",
                ));
            }
        }
        if points().any(|point| point.disturbed) {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    /// Above the data: the key, and what the axis is.
    fn above(&self) -> f64 {
        above_data(&self.form, &self.header, &self.items())
    }

    fn below(&self) -> f64 {
        below_data(&self.form)
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let data = if self.form.narrow { 360.0 } else { 340.0 };
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
        let name = "part of what the waits alone allow";
        let label = Label::new(name, form.margin, baseline, form.small);
        scene.labels.push(label.muted());
        let left = form.margin + names_width(form, &self.y, UNIT);
        let right = WIDTH - 0.6 * form.margin;
        let data_right = right - self.labels_width();
        let area = Area { left, top, right: data_right, bottom };
        let y = self.y.moved((bottom, top));
        let frame = Frame { form, area, y, unit: UNIT };
        let ends = self.draw_data(&mut scene, &frame);
        let room = Area { left: data_right, right, ..area };
        draw_ends(&mut scene, form, &ends, room, UNIT);
        let baseline = bottom + self.below() - 0.2 * form.small;
        let label =
            Label::new("pings in flight", left, baseline, form.small).muted();
        scene.labels.push(label);
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    fn labels_width(&self) -> f64 {
        let y = self.y.moved((DATA_HEIGHT, 0.0));
        let ends = lines(&self.content.curves).filter_map(|curve| {
            let strategy = curve.strategy.clone();
            let number = say(curve.points.last()?.middle);
            let height = y.at(curve.points.last()?.middle);
            Some(End { strategy, at: (0.0, height), number })
        });
        ends_width(&self.form, &ends.collect::<Vec<_>>(), UNIT)
    }

    fn draw_data(&self, scene: &mut Scene, frame: &Frame<'_>) -> Vec<End> {
        let Frame { form, area, y, .. } = frame;
        let curves = &self.content.curves;
        let x = level_scale(form, curves, (area.left, area.right));
        for noise in &self.content.noise {
            let half = if form.narrow { 26.0 } else { 20.0 };
            let middle = x.at(noise.level);
            let band = Area {
                left: (middle - half).max(area.left),
                top: y.at(noise.high),
                right: (middle + half).min(area.right),
                bottom: y.at(noise.low),
            };
            scene.bar(band, Paint::Idle);
        }
        let ticks: Vec<Tick> = levels(curves)
            .iter()
            .map(|level| Tick { value: *level, text: format!("{level:.0}") })
            .collect();
        frame.draw_rows(scene, true);
        frame.draw_columns(scene, &x, &ticks);
        let rule = y.at(100.0);
        let (from, to) = ((area.left, rule), (area.right, rule));
        scene.dashes(from, to, form.rule, Paint::Ink);
        let mut ends =
            draw_curves(scene, frame, (&x, Stand::Beside), curves, say);
        let named =
            |end: &End| lines(curves).any(|c| c.strategy == end.strategy);
        ends.retain(named);
        frame.draw_foot(scene);
        ends
    }
}

/// The curves that have their name at the right end: the one that pings in
/// turn ends at the left, unless there is no other.
fn lines(curves: &[Curve]) -> impl Iterator<Item = &Curve> {
    let alone = curves.len() == 1;
    curves.iter().filter(move |c| alone || !ways::is_one_by_one(&c.strategy))
}

fn say(part: f64) -> String {
    percent(part / 100.0).trim_end_matches(UNIT).to_owned()
}

fn subtitle(content: &Content) -> String {
    let pings = match content.turns {
        Some(turns) => format!("{turns} pings for each one in flight, "),
        None => String::new(),
    };
    format!(
        "100 % is the earliest possible end: as long as the waits alone, and \
         no more. {pings}each answered after {}. Medians of {} rounds.",
        duration(content.wait_ns as f64),
        content.rounds,
    )
}
