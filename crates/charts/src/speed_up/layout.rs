//! Where everything in the three panels of the speed-up goes.

use crate::Footer;
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key, key_line, key_lines};
use crate::scale::{Scale, Steps};
use crate::scene::{Area, Scene};
use crate::speed_up::panel::{
    Place, below_height, draw, labels_width, titles_height,
};
use crate::speed_up::{Across, Panel};
use measurement::ways;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    panels: &[Panel],
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(panels, title, form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    panels: &'a [Panel],
    form: Form,
    header: Header,
    y: Scale,
}

impl<'a> Plan<'a> {
    fn new(panels: &'a [Panel], title: &str, form: Form) -> Plan<'a> {
        let header = Header::new(&form, title, &subtitle(panels));
        let values = panels.iter().flat_map(values);
        let y = Scale::new(Steps::Log2, values, (0.0, 0.0));
        Plan { panels, header, y, form }
    }

    fn items(&self) -> Vec<Item> {
        let points = || {
            self.panels
                .iter()
                .flat_map(|panel| &panel.curves)
                .flat_map(|curve| curve.points.iter().map(move |p| (curve, p)))
        };
        let mut items = Vec::new();
        if self.form.narrow {
            let mut names: Vec<&str> = Vec::new();
            for (curve, _) in points() {
                if !names.contains(&curve.strategy.as_str()) {
                    names.push(&curve.strategy);
                }
            }
            items.extend(names.into_iter().map(Item::strategy));
        } else if let Some((curve, _)) =
            points().find(|(c, _)| ways::is_one_by_one(&c.strategy))
        {
            items.push(Item::strategy(&curve.strategy));
        }
        let wide = !self.form.narrow;
        if self.panels.iter().any(|p| p.x == Across::Levels) {
            items.push(Item::new(
                Sample::Rule,
                match wide {
                    true => "N in flight, N× as fast",
                    false => "N× as fast",
                },
            ));
        }
        if wide {
            items.push(Item::new(Sample::Rounds, "each round"));
            if points().any(|(_, point)| point.interval.is_some()) {
                items.push(Item::new(
                    Sample::Interval,
                    "interval of the median",
                ));
            }
        }
        if points().any(|(_, point)| point.disturbed) {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    fn key_height(&self) -> f64 {
        let lines = key_lines(&self.form, &self.items()) as f64;
        lines * key_line(&self.form) + 0.9 * self.form.small
    }

    /// Above the panels: the key, what the axis is, and their titles.
    fn above(&self) -> f64 {
        self.header.bottom
            + self.key_height()
            + 0.6 * self.form.small
            + titles_height(&self.form)
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let data = if self.form.narrow { 300.0 } else { 340.0 };
        self.above()
            + data
            + below_height(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = self.form.clone();
        let top = self.above();
        let bottom =
            height - footer_height(&form, footer) - below_height(&form);
        let y = self.y.moved((bottom, top));
        let key = self.header.bottom + 1.3 * form.small;
        draw_key(&mut scene, &form, key, &self.items());
        let places = self.places(&y, (top, bottom));
        for (number, (panel, place)) in
            self.panels.iter().zip(places).enumerate()
        {
            let (area, y) = (place.data, y.clone());
            let frame = Frame { form: &form, area, y, unit: "×" };
            draw(&mut scene, &frame, panel, place, number == 0);
        }
        draw_footer(&mut scene, &form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// Side by side, as wide as what they show.
    fn places(&self, y: &Scale, (top, bottom): (f64, f64)) -> Vec<Place> {
        let form = &self.form;
        let left = form.margin + names_width(form, y, "×");
        let gap = if form.narrow { 16.0 } else { 22.0 };
        // Where panels share a page, names give way to the data.
        let alone = self.panels.len() == 1 || form.narrow;
        let most = if alone { f64::INFINITY } else { 165.0 };
        let widths = self.panels.iter().map(|p| labels_width(form, p, y));
        let labels: Vec<f64> = widths.map(|width| width.min(most)).collect();
        let gaps = gap * (self.panels.len() as f64 - 1.0);
        let taken = labels.iter().sum::<f64>() + gaps;
        let free = WIDTH - 0.6 * form.margin - left - taken;
        let weight = |panel: &Panel| match panel.x {
            Across::Levels => 3.6,
            Across::Strategies(_) => 0.8,
        };
        let weights: f64 = self.panels.iter().map(weight).sum();
        let mut x = left;
        let mut places = Vec::new();
        for (panel, labels) in self.panels.iter().zip(labels) {
            let right = x + free * weight(panel) / weights;
            let data = Area { left: x, top, right, bottom };
            places.push(Place { data, right: right + labels });
            x = right + labels + gap;
        }
        places
    }
}

/// Every number that a panel shows.
fn values(panel: &Panel) -> impl Iterator<Item = f64> + '_ {
    let points = panel.curves.iter().flat_map(|curve| &curve.points);
    let ideal = points.clone().map(|point| point.level);
    let ideal = ideal.filter(|_| panel.x == Across::Levels);
    let values = points.flat_map(|point| point.values()).chain(ideal);
    // A little room above and below.
    values.chain([1.0]).flat_map(|value| [value / 1.2, value * 1.2])
}

fn subtitle(panels: &[Panel]) -> String {
    let rounds: Vec<String> = panels
        .iter()
        .map(|panel| {
            let processors = match panel.processors {
                "" => String::new(),
                words => format!(" ({words})"),
            };
            format!("{} {}{processors}", panel.title, panel.rounds)
        })
        .collect();
    format!(
        "How many times as many pings a second as one by one, in the same \
         round. Medians; rounds: {}.",
        rounds.join(", ")
    )
}
