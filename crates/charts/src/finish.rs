//! From plotters' SVG to ours: what it leaves out, a reader needs.
//!
//! Puts in a role, a title and a description for those who hear the chart;
//! replaces reserved colours by classes, with the light colours as attributes
//! for viewers without style sheets; gathers what looks alike into groups.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::caption::Caption;
use crate::element::{Element, elements};
use crate::error::ChartError;
use crate::form::WIDTH;
use crate::motion::Motions;
use crate::paint::{self, Reserved, SCALE, reserved};
use crate::palette::{Paint, Theme};
use crate::scene::{Dash, Scene, plain_text};
use crate::style_sheet::{FONTS, style_sheet};

/// This many shapes of one look become one path: a third of the bytes.
const MANY: usize = 64;

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

/// Paints both forms and puts them into one picture.
pub(crate) fn picture(
    meta: &Meta,
    wide: &Scene,
    narrow: &Scene,
) -> Result<String, ChartError> {
    let mut motions = Motions::new(meta.turn_ns);
    let wide_groups = groups(&paint::paint(wide, &mut motions)?, meta.theme)?;
    let narrow_groups =
        groups(&paint::paint(narrow, &mut motions)?, meta.theme)?;
    let (width, height) =
        ((WIDTH * SCALE).round(), (wide.height * SCALE).round());
    let Meta { id, theme, .. } = meta;
    let (title, description) = (escape(&meta.title), escape(&meta.description));
    let style = style_sheet(id, *theme, &used([wide, narrow]), &motions);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-description\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\">\n\
         <title id=\"{id}-title\">{title}</title>\n\
         <desc id=\"{id}-description\">{description}</desc>\n\
         <style>\n{style}</style>\n\
         <g class=\"wide\">\n{wide_groups}</g>\n\
         <g class=\"narrow\" display=\"none\">\n{narrow_groups}</g>\n\
         </svg>\n"
    ))
}

/// The paints of these scenes: what no mark has needs no rule.
fn used(scenes: [&Scene; 2]) -> BTreeSet<Paint> {
    let of_scene = |scene: &Scene| -> Vec<Paint> {
        let marks = scene.marks.iter().map(|mark| mark.paint);
        marks.chain(scene.labels.iter().map(|label| label.paint)).collect()
    };
    scenes.into_iter().flat_map(of_scene).collect()
}

/// Elements that look alike and follow each other share a group.
fn groups(raw: &str, theme: Theme) -> Result<String, ChartError> {
    let mut gathered: Vec<(String, Vec<Written>)> = Vec::new();
    for element in elements(raw)? {
        let (look, written) = write_element(&element, theme)?;
        match gathered.last_mut() {
            Some((last, members)) if *last == look => members.push(written),
            _ => gathered.push((look, vec![written])),
        }
    }
    let mut svg = String::new();
    for (look, members) in gathered {
        let _ = writeln!(svg, "<g {look}>");
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
    Ok(svg)
}

struct Written {
    /// The element.
    whole: String,
    /// The same as a part of a path, if it is one that stands still.
    path: Option<String>,
}

/// What an element shares with those that look like it, and the rest of it.
fn write_element(
    element: &Element,
    theme: Theme,
) -> Result<(String, Written), ChartError> {
    let (fill, stroke) = (element.find("fill"), element.find("stroke"));
    let filled = fill.is_some_and(|fill| fill != "none");
    let colour = if filled { fill } else { stroke };
    let found = colour.and_then(reserved).ok_or_else(|| {
        ChartError::Painting(format!("the colour {colour:?} is not reserved"))
    })?;
    let (class, base) = (found.paint.class(), found.paint.base(theme));
    let mut look = if filled {
        format!("class=\"fill-{class}\" fill=\"{base}\"")
    } else {
        let width = element.find("stroke-width").unwrap_or("4");
        format!(
            "class=\"line-{class}\" fill=\"none\" stroke=\"{base}\" \
             stroke-width=\"{width}\""
        )
    };
    look.push_str(match found.dash {
        Dash::Solid => "",
        Dash::Dashed => " stroke-dasharray=\"20 14\"",
        Dash::Dotted => " stroke-dasharray=\"6 12\"",
    });
    let geometry = geometry(element, &mut look)?;
    let (tag, moving) = (&element.tag, moving(found));
    let mut path = None;
    let whole = if tag == "text" {
        format!("<text{moving} {geometry}>{}</text>\n", element.text)
    } else {
        if found.motion == 0 {
            path = path_of(element)?;
        }
        format!("<{tag}{moving} {geometry}/>\n")
    };
    Ok((look, Written { whole, path }))
}

fn moving(found: Reserved) -> String {
    match found.motion {
        0 => String::new(),
        number => format!(" class=\"moving motion-{number}\""),
    }
}

/// The attributes that say where an element is. Adds to its look what a text
/// shares with others.
fn geometry(
    element: &Element,
    look: &mut String,
) -> Result<String, ChartError> {
    let names: &[&str] = match element.tag.as_str() {
        "rect" => &["x", "y", "width", "height"],
        "circle" => &["cx", "cy", "r"],
        "polyline" | "polygon" => &["points"],
        "text" => {
            let size: f64 = element.get("font-size")?.parse().unwrap_or(0.0);
            let _ = write!(look, " font-size=\"{}\"", size.round());
            if element.find("font-weight").is_some() {
                look.push_str(" font-weight=\"700\"");
            }
            match element.get("text-anchor")? {
                "start" => {}
                other => {
                    let _ = write!(look, " text-anchor=\"{other}\"");
                }
            }
            &["x", "y"]
        }
        other => {
            let reason = format!("an unknown element: {other}");
            return Err(ChartError::Painting(reason));
        }
    };
    let written: Result<Vec<String>, ChartError> = names
        .iter()
        .map(|name| Ok(format!("{name}=\"{}\"", element.get(name)?.trim())))
        .collect();
    Ok(written?.join(" "))
}

/// A rectangle or a line as a part of a path.
fn path_of(element: &Element) -> Result<Option<String>, ChartError> {
    Ok(match element.tag.as_str() {
        "rect" => {
            let (x, y) = (element.get("x")?, element.get("y")?);
            let (width, height) =
                (element.get("width")?, element.get("height")?);
            Some(format!("M{x} {y}h{width}v{height}h-{width}z"))
        }
        "polyline" => Some(format!("M{}", element.get("points")?.trim())),
        _ => None,
    })
}

fn escape(text: &str) -> String {
    let text = plain_text(text);
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
