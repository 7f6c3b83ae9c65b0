//! Where everything in a lesson's chart goes: its panels side by side.

use crate::Footer;
use crate::form::{Form, WIDTH, both_forms};
use crate::frame::{above_data, below_data};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, Sample, draw_key};
use crate::lesson::Content;
use crate::lesson::panel::{Fitted, Named, Place};
use crate::scene::{Area, Scene};

/// The data is at least so high.
const DATA_HEIGHT: f64 = 330.0;

/// The wide and the narrow scene, equally high.
pub(crate) fn layout(
    content: &Content,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    both_forms(
        |form| Plan::new(content, title, &form),
        |plan| plan.least_height(footer),
        |plan, height| plan.draw(height, footer),
    )
}

/// One form of the chart, before its height is known.
struct Plan<'a> {
    panels: Vec<Fitted<'a>>,
    form: Form,
    header: Header,
}

impl<'a> Plan<'a> {
    fn new(content: &'a Content, title: &str, form: &Form) -> Plan<'a> {
        let header = Header::new(form, title, &content.subtitle);
        // Three panels with names at their ends would have no room for data;
        // the key above has them.
        let names = form.names && content.panels.len() < 3;
        let form = Form { names, ..form.clone() };
        // A telephone has room for one panel with names at its right.
        let named = match (content.panels.len(), form.narrow) {
            (1, _) | (2, false) => Named::Whole,
            (_, false) => Named::Short,
            (_, true) => Named::Not,
        };
        let panels = content.panels.iter();
        let panels = panels.map(|panel| Fitted::new(panel, &form, named));
        Plan { panels: panels.collect(), header, form }
    }

    fn items(&self) -> Vec<Item> {
        let mut items = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        let curves = self.panels.iter().flat_map(|panel| &panel.panel.curves);
        for curve in curves.clone() {
            if !names.contains(&curve.strategy.as_str()) {
                names.push(&curve.strategy);
            }
        }
        if self.form.narrow || names.len() > 1 {
            items.extend(names.into_iter().map(Item::strategy));
        }
        let mut panels = self.panels.iter().map(|panel| panel.panel);
        if panels.clone().any(|panel| !panel.formulas.is_empty()) {
            items.push(Item::new(Sample::Formula, "formula"));
        }
        if panels.any(|panel| !panel.guesses.is_empty()) {
            items.push(Item::new(Sample::Prediction, "your prediction"));
        }
        let mut points = curves.flat_map(|curve| &curve.points);
        if points.any(|point| point.disturbed) {
            items.push(Item::new(Sample::Disturbed, "disturbed"));
        }
        items
    }

    fn above(&self) -> f64 {
        above_data(&self.form, &self.header, &self.items())
    }

    fn least_height(&self, footer: &Footer) -> f64 {
        self.above()
            + DATA_HEIGHT
            + below_data(&self.form)
            + footer_height(&self.form, footer)
    }

    fn draw(self, height: f64, footer: &Footer) -> Scene {
        let mut scene = Scene::new(WIDTH, height);
        let form = &self.form;
        let top = self.above();
        let bottom = height - footer_height(form, footer) - below_data(form);
        let key = self.header.bottom + 1.3 * form.small;
        draw_key(&mut scene, form, key, &self.items());
        for (panel, place) in self.panels.iter().zip(self.places(top, bottom)) {
            panel.draw(&mut scene, form, place);
        }
        draw_footer(&mut scene, form, footer);
        self.header.draw(&mut scene);
        scene
    }

    /// Side by side, all data equally wide.
    fn places(&self, top: f64, bottom: f64) -> Vec<Place> {
        let form = &self.form;
        let gap = if form.narrow { 30.0 } else { 24.0 };
        let taken: f64 =
            self.panels.iter().map(|panel| panel.left + panel.right).sum();
        let many = self.panels.len() as f64;
        let free = WIDTH
            - (if form.narrow { 2.3 } else { 1.6 }) * form.margin
            - gap * (many - 1.0)
            - taken;
        let wide = (free / many).max(1.0);
        let mut x = form.margin;
        let mut places = Vec::new();
        for panel in &self.panels {
            let left = x + panel.left;
            let data = Area { left, top, right: left + wide, bottom };
            let right = data.right + panel.right;
            places.push(Place { data, left: x, right });
            x = right + gap;
        }
        places
    }
}
