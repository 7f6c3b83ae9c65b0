//! What every chart has around its data: the finding above, what was measured
//! and how, the key, and at the bottom where the data is from.

use crate::Footer;
use crate::caption::Caption;
use crate::error::ChartError;
use crate::form::{Form, NARROW, WIDE, WIDTH};
use crate::header::{Header, draw_footer, footer_height};
use crate::key::{Item, draw_key, key_line, key_lines};
use crate::palette::Theme;
use crate::scene::{Area, Scene};
use crate::svg::picture::{Meta, Picture, picture};

/// The words around the data.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet<'a> {
    /// The finding.
    pub(crate) title: &'a str,
    /// What was measured and how; only on a page.
    pub(crate) subtitle: &'a str,
    pub(crate) footer: &'a Footer,
}

/// What a sheet is around.
pub(crate) trait Body {
    /// The samples of the key.
    fn key(&self, form: &Form) -> Vec<Item>;
    /// How high the room for it must be.
    fn height(&self, form: &Form) -> f64;
    /// Draws it into that room.
    fn draw(&self, scene: &mut Scene, form: &Form, room: Area);
}

/// A chart that stands still: its words around its drawing, which comes with
/// what was measured.
///
/// # Errors
///
/// If a picture cannot be written.
pub(crate) fn still(
    name: &'static str,
    caption: Caption,
    (body, subtitle): (impl Body, String),
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let sheet = Sheet { title: &caption.title, subtitle: &subtitle, footer };
    let scenes = sheet.scenes(&body);
    picture(&Meta::still(name, caption, theme), &scenes)
}

impl Sheet<'_> {
    /// The wide and the narrow scene.
    pub(crate) fn scenes(&self, body: &impl Body) -> [Scene; 2] {
        [WIDE, NARROW].map(|form| self.scene(&form, body))
    }

    fn scene(&self, form: &Form, body: &impl Body) -> Scene {
        let header = Header::new(form, self.title, self.subtitle);
        let items = body.key(form);
        let lines = key_lines(form, &items) as f64;
        let key = header.bottom + 1.3 * form.small;
        let top = header.bottom + lines * key_line(form) + 1.0 * form.small;
        let bottom = top + body.height(form);
        let height = (bottom + footer_height(form, self.footer)).ceil();
        let mut scene = Scene::new(WIDTH, height);
        draw_key(&mut scene, form, key, &items);
        let (left, right) = (form.margin, WIDTH - form.margin);
        let room = Area { left, top, right, bottom };
        body.draw(&mut scene, form, room);
        draw_footer(&mut scene, form, self.footer);
        header.draw(&mut scene);
        scene
    }
}
