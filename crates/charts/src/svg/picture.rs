//! The whole picture: both forms of a chart, its title and its description
//! for those who hear it, and the style sheet.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;

use crate::caption::Caption;
use crate::error::ChartError;
use crate::form::WIDTH;
use crate::palette::{Paint, Theme};
use crate::scene::Scene;
use crate::svg::backend::{SCALE, Svg, escape};
use crate::svg::elements::whole;
use crate::svg::motion::Motions;
use crate::svg::style_sheet::{FONTS, style_sheet};

/// What a chart is, beside its scenes.
#[derive(Debug, Clone)]
pub(crate) struct Meta {
    /// Unique on a page; its own ids, classes and motions begin with it.
    pub(crate) id: String,
    /// The finding.
    pub(crate) title: String,
    /// The chart in plain words.
    pub(crate) description: String,
    /// Which side of the palette.
    pub(crate) theme: Theme,
    /// How long a turn of its motions takes, ns; 0 if nothing moves.
    pub(crate) turn_ns: u64,
}

impl Meta {
    /// Of a chart of which nothing moves.
    pub(crate) fn still(id: &str, caption: Caption, theme: Theme) -> Meta {
        let Caption { title, description, .. } = caption;
        let id = id.to_owned();
        Meta { id, title, description, theme, turn_ns: 0 }
    }
}

/// A chart in two forms, each an SVG of its own with its own height. Ids, classes
/// and motions of the two differ, so that one page can hold both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// For 850 CSS pixels and more: below that, its text is too small.
    pub wide: String,
    /// For telephones, and for all widths between.
    pub narrow: String,
}

/// Paints both forms.
pub(crate) fn picture(
    meta: &Meta,
    [wide, narrow]: &[Scene; 2],
) -> Result<Picture, ChartError> {
    let narrow_id = format!("{}-narrow", meta.id);
    Ok(Picture {
        wide: svg(meta, &meta.id, wide)?,
        narrow: svg(meta, &narrow_id, narrow)?,
    })
}

fn svg(meta: &Meta, id: &str, scene: &Scene) -> Result<String, ChartError> {
    let theme = meta.theme;
    let (groups, motions) = paint(scene, theme, Motions::new(meta.turn_ns))?;
    let (width, height) =
        ((WIDTH * SCALE).round(), (scene.height * SCALE).round());
    let (title, description) = (escape(&meta.title), escape(&meta.description));
    let style = style_sheet(id, theme, &used(scene), &motions);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-description\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\">\n\
         <title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-description\">{description}</desc>\n\
         <style>\n{style}</style>\n{groups}</svg>\n"
    ))
}

/// The groups of one form.
fn paint(
    scene: &Scene,
    theme: Theme,
    motions: Motions,
) -> Result<(String, Motions), ChartError> {
    let painting =
        |error: &dyn std::fmt::Display| ChartError::Painting(error.to_string());
    let size = (whole(WIDTH) as u32, whole(scene.height) as u32);
    let svg = Rc::new(RefCell::new(Svg::new(size, theme, motions)));
    {
        let canvas = DrawingArea::<Svg, Shift>::from(&svg);
        for mark in &scene.marks {
            canvas.draw(mark).map_err(|error| painting(&error))?;
        }
        for label in &scene.labels {
            canvas.draw(label).map_err(|error| painting(&error))?;
        }
        canvas.present().map_err(|error| painting(&error))?;
    }
    let svg = Rc::into_inner(svg)
        .ok_or_else(|| painting(&"its canvas is still in use"))?;
    Ok(svg.into_inner().finish())
}

/// The paints of a scene: what no mark has needs no rule.
fn used(scene: &Scene) -> BTreeSet<Paint> {
    let marks = scene.marks.iter().map(|mark| mark.paint);
    marks.chain(scene.labels.iter().map(|label| label.paint)).collect()
}
