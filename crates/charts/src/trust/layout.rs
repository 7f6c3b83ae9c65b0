//! Where the two panels of the trust chart go.

use crate::Footer;
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{Frame, above_data, below_data, names_width};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key};
use crate::scale::Scale;
use crate::scene::{Area, Label, Scene};
use crate::text_width::fit;
use crate::trust::panels::{draw_course, draw_pairs};
use crate::trust::{Content, Pair};

/// After a number of this chart.
pub(crate) const UNIT: &str = " %";

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
        let Content { course, pairs, reach, .. } = self.content;
        let wide = !self.form.narrow;
        let mut items = Vec::new();
        if !course.is_empty() {
            items.push(Item::new(Sample::Trial, "a trial"));
        }
        let hollow = course.iter().any(|step| step.disturbed);
        if hollow {
            items.push(Item::new(Sample::Hollow, "disturbed"));
        }
        if course.iter().any(|s| (s.percent - 100.0).abs() > *reach) {
            items.push(Item::new(
                Sample::Beyond,
                match wide {
                    true => "beyond the edge",
                    false => "beyond",
                },
            ));
        }
        if pairs.iter().any(|pair| pair.floor.is_some()) {
            items.push(Item::new(
                Sample::Idle,
                match wide {
                    true => "floor: smaller differences do not count",
                    false => "no difference",
                },
            ));
        }
        if wide && !pairs.is_empty() {
            items.push(Item::new(Sample::Rounds, "a round"));
            if pairs.iter().any(|pair| pair.interval.is_some()) {
                items.push(Item::new(
                    Sample::Interval,
                    "interval of the median",
                ));
            }
        }
        let mut names: Vec<&str> = Vec::new();
        for Pair { strategy, .. } in pairs {
            if !names.contains(&strategy.as_str()) {
                names.push(strategy);
            }
        }
        items.extend(names.into_iter().map(Item::strategy));
        if pairs.iter().any(|pair| pair.disturbed) && !hollow {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    /// Above the data: the key, and what each panel is.
    fn above(&self) -> f64 {
        above_data(&self.form, &self.header, &self.items())
    }

    fn below(&self) -> f64 {
        below_data(&self.form)
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        let data = if self.form.narrow { 400.0 } else { 330.0 };
        self.above() + data + self.below() + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let top = self.above();
        let bottom = height - footer_height(form, footer) - self.below();
        let key = self.header.bottom + 1.3 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        let reach = self.content.reach;
        let y = Scale::between((100.0 - reach, 100.0 + reach), (bottom, top));
        let left = form.margin + names_width(form, &y, UNIT);
        let right = WIDTH - 0.6 * form.margin;
        let areas = self.areas(Area { left, top, right, bottom });
        for (number, panel) in (0_u32..).zip(&areas) {
            let Panel { area, name, course } = panel;
            let frame = Frame { form, area: *area, y: y.clone(), unit: UNIT };
            let from = if number == 0 { form.margin } else { area.left };
            let room = match number {
                0 if areas.len() > 1 => areas[1].area.left - from - form.small,
                _ => right - from,
            };
            let name = fit(name, form.small, false, room);
            let baseline = top - 0.95 * form.small;
            let label = Label::new(&name, from, baseline, form.small).muted();
            scene.labels.push(label);
            let named = number == 0;
            match course {
                true => draw_course(&mut scene, &frame, self.content, named),
                false => draw_pairs(&mut scene, &frame, self.content, named),
            }
        }
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// Those panels for which there is something to draw.
    fn areas(&self, all: Area) -> Vec<Panel> {
        let form = &self.form;
        let Content { course: steps, pairs, .. } = self.content;
        let names = match form.narrow {
            true => ["trial, of its median", "the same twice"],
            false => [
                "makespan of each trial, relative to its cell's median",
                "a strategy twice in each round, relative to itself",
            ],
        };
        let course = |area| Panel { area, name: names[0], course: true };
        let twice = |area| Panel { area, name: names[1], course: false };
        match (steps.is_empty(), pairs.as_slice()) {
            (true, _) => vec![twice(all)],
            (false, []) => vec![course(all)],
            (false, pairs) => {
                let each = if form.narrow { 112.0 } else { 92.0 };
                let width = (each * pairs.len() as f64).max(4.0 * each);
                let gap = if form.narrow { 34.0 } else { 30.0 };
                let middle = all.right - width;
                let first = Area { right: middle - gap, ..all };
                let second = Area { left: middle, ..all };
                vec![course(first), twice(second)]
            }
        }
    }
}

struct Panel {
    area: Area,
    name: &'static str,
    course: bool,
}

fn subtitle(content: &Content) -> String {
    let Content { course, stride, pairs, .. } = content;
    let mut told = Vec::new();
    if !course.is_empty() {
        let trials = course.len();
        told.push(match stride {
            1 => format!(
                "{trials} trials that ran more than once, in run order."
            ),
            _ => format!("One in {stride} of the trials, in run order."),
        });
    }
    if let Some(rounds) = pairs.iter().map(|p| p.rounds.len()).min() {
        told.push(format!(
            "What runs twice is the same program: how far it comes apart from \
             itself in {rounds} rounds or more is the machine's doing."
        ));
    } else {
        told.push("No strategy ran twice.".to_owned());
    }
    told.join(" ")
}
