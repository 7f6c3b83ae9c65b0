//! Draws panels into a sheet: where each of them is, and what is around them.

use crate::ends::ends_width;
use crate::form::Form;
use crate::key::Item;
use crate::plot::panel::Place;
use crate::plot::{Height, Panel, Plot};
use crate::scene::{Area, Scene};
use crate::sheet::Body;

/// The height of the data where nothing asks for another.
fn standard(form: &Form) -> f64 {
    if form.narrow { 420.0 } else { 320.0 }
}

impl Height {
    fn of(self, form: &Form) -> f64 {
        match self {
            Height::Standard => standard(form),
            Height::Part(part) => part * standard(form),
            Height::Rows(rows, lines) => {
                let line = if form.narrow { 32.0 } else { 15.0 };
                rows as f64 * (lines as f64 * line + 0.7 * line)
            }
        }
    }
}

impl Plot {
    /// Whether the panels stand below each other.
    fn is_stacked(&self, form: &Form) -> bool {
        self.stacked || form.narrow
    }

    fn gap(&self, form: &Form) -> f64 {
        if self.is_stacked(form) { 1.2 * form.body } else { 26.0 }
    }

    /// A panel with all that is above and below its data.
    fn height_of(&self, form: &Form, panel: &Panel) -> f64 {
        panel.above(form) + panel.height.of(form) + panel.below(form)
    }

    fn heights(&self, form: &Form) -> impl Iterator<Item = f64> {
        self.panels.iter().map(|panel| self.height_of(form, panel))
    }

    /// Room for the names at the left of a panel.
    fn left_of(&self, form: &Form, number: usize) -> f64 {
        match self.is_named(form, number) {
            true => self.panels[number].names_width(form),
            false => 0.0,
        }
    }

    /// Whether the upward axis of a panel is named there.
    fn is_named(&self, form: &Form, number: usize) -> bool {
        let first = &self.panels[0].y;
        let told = self.one_scale && self.panels[number].y == *first;
        self.is_stacked(form) || number == 0 || !told
    }

    /// Side by side, each with room for its names and labels.
    fn beside(&self, form: &Form, room: Area) -> Vec<Place> {
        let count = self.panels.len();
        // Where panels share a page, names give way to the data.
        let most = match count {
            1 => f64::INFINITY,
            2 => 190.0,
            _ => 150.0,
        };
        let labels = self.panels.iter().map(|panel| panel.ends_width(form));
        let labels: Vec<f64> = labels.map(|width| width.min(most)).collect();
        let lefts: Vec<f64> =
            (0..count).map(|i| self.left_of(form, i)).collect();
        let gaps = self.gap(form) * (count as f64 - 1.0);
        let taken: f64 = labels.iter().chain(&lefts).sum();
        let free = room.right - room.left - gaps - taken;
        let shares: f64 = self.panels.iter().map(|panel| panel.share).sum();
        let above = self.panels.iter().map(|panel| panel.above(form));
        let above = above.fold(0.0, f64::max);
        let below = self.panels.iter().map(|panel| panel.below(form));
        let below = below.fold(0.0, f64::max);
        let mut x = room.left;
        let mut places = Vec::new();
        for (number, panel) in self.panels.iter().enumerate() {
            let left = x + lefts[number];
            let right = left + (free * panel.share / shares).max(1.0);
            let data = Area {
                left,
                top: room.top + above,
                right,
                bottom: room.bottom - below,
            };
            let end = right + labels[number];
            places.push(Place { data, outer: x, end });
            x = end + self.gap(form);
        }
        places
    }

    /// One below the other, with their data between the same two edges.
    fn below_each_other(&self, form: &Form, room: Area) -> Vec<Place> {
        let names = self.panels.iter().map(|panel| panel.names_width(form));
        let left = room.left + names.fold(0.0, f64::max);
        let labels = self.panels.iter().map(|panel| panel.ends_width(form));
        let right = room.right - labels.fold(0.0, f64::max);
        let mut y = room.top;
        let mut places = Vec::new();
        for panel in &self.panels {
            let bottom = y + self.height_of(form, panel);
            let data = Area {
                left,
                top: y + panel.above(form),
                right,
                bottom: bottom - panel.below(form),
            };
            places.push(Place { data, outer: room.left, end: room.right });
            y = bottom + self.gap(form);
        }
        places
    }
}

impl Panel {
    /// Room for what is named at its right.
    fn ends_width(&self, form: &Form) -> f64 {
        let y = self.upwards(0.0, self.height.of(form));
        let (ends, unit) = self.ends_at(&|(_, number)| (0.0, y.at(number)));
        match ends.is_empty() {
            true => 0.0,
            false => ends_width(form, &ends, unit),
        }
    }
}

impl Body for Plot {
    fn key(&self, form: &Form) -> Vec<Item> {
        self.key[usize::from(form.narrow)].clone()
    }

    fn height(&self, form: &Form) -> f64 {
        let gaps = self.gap(form) * (self.panels.len() as f64 - 1.0);
        match self.is_stacked(form) {
            true => self.heights(form).sum::<f64>() + gaps.max(0.0),
            false => self.heights(form).fold(0.0, f64::max),
        }
    }

    fn draw(&self, scene: &mut Scene, form: &Form, room: Area) {
        let stacked = self.is_stacked(form);
        let places = match stacked {
            true => self.below_each_other(form, room),
            false => self.beside(form, room),
        };
        for (number, (panel, place)) in
            self.panels.iter().zip(places).enumerate()
        {
            let named = self.is_named(form, number);
            panel.draw(scene, form, place, named);
        }
    }
}
