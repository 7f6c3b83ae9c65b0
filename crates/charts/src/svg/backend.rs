//! Writes SVG where plotters would draw pixels.
//!
//! What looks alike and follows each other shares a group. A colour is a class
//! with the light colour as attribute, for viewers without style sheets.

use std::convert::Infallible;
use std::fmt::Write as _;

use plotters::style::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend,
    DrawingErrorKind, FontStyle,
};

use crate::palette::{Paint, Theme};
use crate::scene::{Dash, Kind, plain_text};
use crate::svg::motion::{Motion, Motions};

/// Units of the picture to a pixel of the scene: plotters' coordinates are
/// whole numbers.
pub(crate) const SCALE: f64 = 4.0;

/// This many shapes of one look become one path: a third of the bytes.
const MANY: usize = 64;

/// How the next shape is drawn, beyond what plotters' styles can say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Look {
    pub(crate) paint: Paint,
    pub(crate) dash: Dash,
    pub(crate) motion: Option<Motion>,
    /// What a pointer over it is told; nothing if empty.
    pub(crate) hover: String,
    /// What a text tells.
    pub(crate) kind: Kind,
}

/// One form of a picture, as it is written.
#[derive(Debug)]
pub(crate) struct Svg {
    size: (u32, u32),
    theme: Theme,
    /// Those of both forms: the second goes on with those of the first.
    pub(crate) motions: Motions,
    pub(crate) look: Look,
    groups: Vec<Group>,
}

/// Shapes that look alike.
#[derive(Debug)]
struct Group {
    attributes: String,
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    /// The element.
    whole: String,
    /// The same as a part of a path, if it can be one.
    path: Option<String>,
}

impl Svg {
    pub(crate) fn new(size: (u32, u32), theme: Theme, motions: Motions) -> Svg {
        let look = Look {
            paint: Paint::Ink,
            dash: Dash::Solid,
            motion: None,
            hover: String::new(),
            kind: Kind::Plain,
        };
        Svg { size, theme, motions, look, groups: Vec::new() }
    }

    /// The groups that were written, and the motions for the next form.
    pub(crate) fn finish(self) -> (String, Motions) {
        let mut svg = String::new();
        for Group { attributes, members } in self.groups {
            let _ = writeln!(svg, "<g {attributes}>");
            let paths: Option<String> =
                members.iter().map(|member| member.path.as_deref()).collect();
            match paths.filter(|_| members.len() >= MANY) {
                Some(path) => {
                    let _ = writeln!(svg, "<path d=\"{path}\"/>");
                }
                None => svg.extend(members.iter().map(|m| m.whole.as_str())),
            }
            svg.push_str("</g>\n");
        }
        (svg, self.motions)
    }

    fn fill(&self) -> String {
        let (class, base) =
            (self.look.paint.class(), self.look.paint.base(self.theme));
        format!("class=\"fill-{class}\" fill=\"{base}\"")
    }

    fn stroke(&self, width: u32) -> String {
        let (class, base) =
            (self.look.paint.class(), self.look.paint.base(self.theme));
        let dash = match self.look.dash {
            Dash::Solid => String::new(),
            // As long as the line is wide: on a telephone both are longer.
            Dash::Dashed => dashes(width, 4.0, 2.8),
            Dash::Dotted => dashes(width, 0.8, 1.5),
        };
        format!(
            "class=\"line-{class}\" fill=\"none\" stroke=\"{base}\" \
             stroke-width=\"{width}\"{dash}"
        )
    }

    /// What is of one element alone, and not of all that look like it.
    fn class(&mut self) -> String {
        let kind = match self.look.kind {
            Kind::Plain => None,
            Kind::Title => Some("title".to_owned()),
            Kind::Answer => Some("answer".to_owned()),
        };
        let moving = self.look.motion.map(|motion| {
            format!("moving motion-{}", self.motions.number(motion))
        });
        let classes: Vec<String> = kind.into_iter().chain(moving).collect();
        match classes.is_empty() {
            true => String::new(),
            false => format!(" class=\"{}\"", classes.join(" ")),
        }
    }

    /// Writes an element. `path` is the same as a part of a path.
    fn add(
        &mut self,
        attributes: String,
        (tag, geometry): (&str, &str),
        text: &str,
        path: Option<String>,
    ) {
        let class = self.class();
        let mut inside = escape(text);
        if !self.look.hover.is_empty() {
            let hover = escape(&self.look.hover);
            inside.push_str(&format!("<title>{hover}</title>"));
        }
        let open = format!("<{tag}{class} {geometry}");
        let whole = match inside.is_empty() {
            true => format!("{open}/>\n"),
            false => format!("{open}>{inside}</{tag}>\n"),
        };
        let still = self.look.motion.is_none() && self.look.hover.is_empty();
        let member = Member { whole, path: path.filter(|_| still) };
        match self.groups.last_mut() {
            Some(last) if last.attributes == attributes => {
                last.members.push(member);
            }
            _ => self.groups.push(Group { attributes, members: vec![member] }),
        }
    }
}

fn dashes(width: u32, on: f64, off: f64) -> String {
    let [on, off] = [on, off].map(|part| (f64::from(width) * part).round());
    format!(" stroke-dasharray=\"{on} {off}\"")
}

/// Nothing can go wrong while a text is written.
type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, _: BackendColor) -> Drawn {
        let geometry = format!("x=\"{x}\" y=\"{y}\" width=\"1\" height=\"1\"");
        self.add(self.fill(), ("rect", &geometry), "", None);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (width, height) = (right - x, bottom - y);
        let geometry = format!(
            "x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""
        );
        let path = format!("M{x} {y}h{width}v{height}h-{width}z");
        let attributes = match fill {
            true => self.fill(),
            false => self.stroke(style.stroke_width()),
        };
        self.add(attributes, ("rect", &geometry), "", Some(path));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points = listed(path);
        let geometry = format!("points=\"{points}\"");
        let path = Some(format!("M{points}"));
        let attributes = self.stroke(style.stroke_width());
        self.add(attributes, ("polyline", &geometry), "", path);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let geometry = format!("cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"");
        let attributes = match fill {
            true => self.fill(),
            false => self.stroke(style.stroke_width()),
        };
        self.add(attributes, ("circle", &geometry), "", None);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Drawn {
        let geometry = format!("points=\"{}\"", listed(corners));
        self.add(self.fill(), ("polygon", &geometry), "", None);
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Drawn {
        let mut attributes = self.fill();
        let _ = write!(attributes, " font-size=\"{}\"", style.size().round());
        if matches!(style.style(), FontStyle::Bold) {
            attributes.push_str(" font-weight=\"700\"");
        }
        attributes.push_str(match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        });
        let geometry = format!("x=\"{x}\" y=\"{y}\"");
        self.add(attributes, ("text", &geometry), text, None);
        Ok(())
    }
}

fn listed(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let points = points.into_iter().map(|(x, y)| format!("{x},{y}"));
    points.collect::<Vec<_>>().join(" ")
}

/// The text as XML may hold it.
pub(crate) fn escape(text: &str) -> String {
    let text = plain_text(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
