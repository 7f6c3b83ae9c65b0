//! Marks and labels as elements of plotters, drawn on our backend.

use plotters::element::{Drawable, PointCollection};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    BLACK, Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle,
};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use crate::scene::{Anchor, Area, Dash, Kind, Label, Mark, Shape};
use crate::svg::backend::{Look, SCALE, Svg};

type Drawn = Result<(), DrawingErrorKind<<Svg as DrawingBackend>::ErrorType>>;

pub(super) fn whole(pixels: f64) -> i32 {
    (pixels * SCALE).round() as i32
}

fn point((x, y): (f64, f64)) -> BackendCoord {
    (whole(x), whole(y))
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Mark {
    type Point = BackendCoord;
    type IntoIter = std::vec::IntoIter<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        let corners = |area: &Area| {
            vec![(area.left, area.top), (area.right, area.bottom)]
        };
        let points = match &self.shape {
            Shape::Bar(area) | Shape::Outline(area) => corners(area),
            Shape::Line { from, to, .. } => vec![*from, *to],
            Shape::Path { points, .. } | Shape::Polygon(points) => {
                points.clone()
            }
            Shape::Disc { centre, .. } => vec![*centre],
        };
        points.into_iter().map(point).collect::<Vec<_>>().into_iter()
    }
}

impl Drawable<Svg> for Mark {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        svg: &mut Svg,
        _: (u32, u32),
    ) -> Drawn {
        let (width, dash) = match self.shape {
            Shape::Line { width, dash, .. }
            | Shape::Path { width, dash, .. } => (whole(width) as u32, dash),
            // An outline is a pixel wide.
            _ => (whole(1.0) as u32, Dash::Solid),
        };
        svg.look = Look {
            paint: self.paint,
            dash,
            motion: self.motion,
            hover: self.hover.clone(),
            kind: Kind::Plain,
        };
        let style = stroke(width);
        let filled = !matches!(self.shape, Shape::Outline(_));
        match &self.shape {
            Shape::Bar(_) | Shape::Outline(_) => {
                match (points.next(), points.next()) {
                    (Some(from), Some(to)) => {
                        svg.draw_rect(from, to, &style, filled)
                    }
                    _ => Ok(()),
                }
            }
            Shape::Line { .. } | Shape::Path { .. } => {
                svg.draw_path(points, &style)
            }
            Shape::Polygon(_) => svg.fill_polygon(points, &style),
            Shape::Disc { radius, .. } => match points.next() {
                Some(centre) => {
                    let radius = whole(*radius) as u32;
                    svg.draw_circle(centre, radius, &style, filled)
                }
                None => Ok(()),
            },
        }
    }
}

/// Its colour is the look's, which has two sides.
fn stroke(width: u32) -> ShapeStyle {
    BLACK.stroke_width(width)
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Label {
    type Point = BackendCoord;
    type IntoIter = std::iter::Once<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(point((self.x, self.y)))
    }
}

impl Drawable<Svg> for Label {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        svg: &mut Svg,
        _: (u32, u32),
    ) -> Drawn {
        svg.look = Look {
            paint: self.paint,
            dash: Dash::Solid,
            motion: self.motion,
            hover: String::new(),
            kind: self.kind,
        };
        let face = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        let part = match self.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font =
            FontDesc::new(FontFamily::SansSerif, self.size * SCALE, face);
        let style = TextStyle::from(font).pos(Pos::new(part, VPos::Bottom));
        for at in points {
            svg.draw_text(&self.text, &style, at)?;
        }
        Ok(())
    }
}
