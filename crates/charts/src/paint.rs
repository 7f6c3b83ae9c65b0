//! The only place that knows plotters. Paints a scene as it is, at four times
//! its size, since plotters' coordinates are whole numbers.
//!
//! What a mark is goes through plotters inside its colour: each paint has a
//! reserved one, which the finisher reads back.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::error::ChartError;
use crate::form::WIDTH;
use crate::motion::{Motion, Motions};
use crate::palette::Paint;
use crate::scene::{Anchor, Dash, Label, Mark, Scene, Shape};

/// Units of the picture to a pixel of the scene.
pub(crate) const SCALE: f64 = 4.0;

/// plotters writes font sizes divided by this.
const FONT_FACTOR: f64 = 1.24;

/// Set in the first byte of the colour of a dashed line, or of a dotted one.
const DASHED: u8 = 0x80;
const DOTTED: u8 = 0x40;

type Canvas<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// What the finisher reads out of a reserved colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reserved {
    pub(crate) paint: Paint,
    pub(crate) dash: Dash,
    /// Number of its motion; 0 for none.
    pub(crate) motion: usize,
}

/// The scene as plotters writes it.
pub(crate) fn paint(
    scene: &Scene,
    motions: &mut Motions,
) -> Result<String, ChartError> {
    let mut raw = String::new();
    let size = (whole(WIDTH) as u32, whole(scene.height) as u32);
    {
        let canvas =
            SVGBackend::with_string(&mut raw, size).into_drawing_area();
        for mark in &scene.marks {
            draw_mark(&canvas, mark, motions).map_err(painting)?;
        }
        for label in &scene.labels {
            draw_label(&canvas, label, motions).map_err(painting)?;
        }
        canvas.present().map_err(painting)?;
    }
    Ok(raw)
}

fn painting(error: impl std::fmt::Display) -> ChartError {
    ChartError::Painting(error.to_string())
}

fn whole(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn point((x, y): (f64, f64)) -> (i32, i32) {
    (whole(x), whole(y))
}

type Drawn<'a> = Result<
    (),
    DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>,
>;

fn draw_mark<'a>(
    canvas: &Canvas<'a>,
    mark: &Mark,
    motions: &mut Motions,
) -> Drawn<'a> {
    let dash = match mark.shape {
        Shape::Line { dash, .. } => dash,
        _ => Dash::Solid,
    };
    let colour = reserved_colour(mark.paint, dash, mark.motion, motions);
    match &mark.shape {
        Shape::Bar(area) => canvas.draw(&Rectangle::new(
            [point((area.left, area.top)), point((area.right, area.bottom))],
            colour.filled(),
        )),
        Shape::Outline(area) => canvas.draw(&Rectangle::new(
            [point((area.left, area.top)), point((area.right, area.bottom))],
            colour.stroke_width(1),
        )),
        Shape::Line { from, to, width, .. } => canvas.draw(&PathElement::new(
            vec![point(*from), point(*to)],
            colour.stroke_width(whole(*width) as u32),
        )),
        Shape::Polygon(points) => canvas.draw(&Polygon::new(
            points.iter().copied().map(point).collect::<Vec<_>>(),
            colour.filled(),
        )),
        Shape::Disc { centre, radius } => canvas.draw(&Circle::new(
            point(*centre),
            whole(*radius),
            colour.filled(),
        )),
    }
}

fn draw_label<'a>(
    canvas: &Canvas<'a>,
    label: &Label,
    motions: &mut Motions,
) -> Drawn<'a> {
    let colour =
        reserved_colour(label.paint, Dash::Solid, label.motion, motions);
    let face = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
    let size = label.size * SCALE * FONT_FACTOR;
    let part = match label.anchor {
        Anchor::Start => HPos::Left,
        Anchor::Middle => HPos::Center,
        Anchor::End => HPos::Right,
    };
    let font = FontDesc::new(FontFamily::SansSerif, size, face);
    let style =
        TextStyle::from(font).color(&colour).pos(Pos::new(part, VPos::Bottom));
    let at = point((label.x, label.y));
    canvas.draw(&Text::new(label.text.as_str(), at, style))
}

fn reserved_colour(
    paint: Paint,
    dash: Dash,
    motion: Option<Motion>,
    motions: &mut Motions,
) -> RGBColor {
    let number = motion.map_or(0, |motion| motions.number(motion));
    let [.., high, low] = number.to_be_bytes();
    let flag = match dash {
        Dash::Solid => 0,
        Dash::Dashed => DASHED,
        Dash::Dotted => DOTTED,
    };
    RGBColor((paint.number() + 1) | flag, high, low)
}

/// Reads a colour as plotters writes it, `#RRGGBB`; none if it is not one of
/// the reserved ones.
pub(crate) fn reserved(colour: &str) -> Option<Reserved> {
    let number = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    let [_, first, high, low] = number.to_be_bytes();
    let number = first & !(DASHED | DOTTED);
    let paint = Paint::numbered(number.checked_sub(1)?)?;
    let dash = match first & (DASHED | DOTTED) {
        0 => Dash::Solid,
        DASHED => Dash::Dashed,
        DOTTED => Dash::Dotted,
        _ => return None,
    };
    let motion = usize::from(u16::from_be_bytes([high, low]));
    Some(Reserved { paint, dash, motion })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reserved_colour_can_be_read_back() {
        let mut motions = Motions::new(1);
        for paint in Paint::all() {
            for dash in [Dash::Solid, Dash::Dashed, Dash::Dotted] {
                let motion = Motion::Appear { at_ns: 7 };
                let RGBColor(r, g, b) =
                    reserved_colour(paint, dash, Some(motion), &mut motions);
                let read = reserved(&format!("#{r:02X}{g:02X}{b:02X}"));
                assert_eq!(read, Some(Reserved { paint, dash, motion: 1 }));
            }
        }
        assert_eq!(reserved("#FFFFFF"), None);
        assert_eq!(reserved("#000000"), None);
        assert_eq!(reserved("none"), None);
    }
}
