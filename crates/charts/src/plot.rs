//! Panels of x and y, as data: what lies in them, from the back to the front,
//! in the units of what was measured. Where on the canvas that is, [`draw`]
//! works out; no chart that is made of these knows a pixel.

mod draw;
mod note;
mod panel;

use crate::key::Item;
use crate::palette::Paint;
use crate::scale::{Scale, Tick};
use crate::scene::Dash;

/// Panels beside each other on a page, and below each other on a telephone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plot {
    pub(crate) panels: Vec<Panel>,
    /// The samples of the key on a page, and on a telephone.
    pub(crate) key: [Vec<Item>; 2],
    /// Whether an upward axis that is also that of the first panel is named
    /// only there on a page.
    pub(crate) one_scale: bool,
    /// Whether the panels stand below each other on a page, too.
    pub(crate) stacked: bool,
}

/// One panel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    /// Its name; empty if it needs none.
    pub(crate) title: String,
    /// A remark beside the name.
    pub(crate) about: String,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
    /// From the back to the front.
    pub(crate) layers: Vec<Layer>,
    /// Texts inside it.
    pub(crate) notes: Vec<Note>,
    /// What is named at the right, beside where its line ends.
    pub(crate) ends: Vec<Named>,
    /// Its part of the width, beside the others.
    pub(crate) share: f64,
    pub(crate) height: Height,
}

/// How high the data of a panel is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Height {
    /// As high as in every other chart.
    Standard,
    /// So many rows, of which each holds so many lines.
    Rows(usize, usize),
    /// A part of the standard.
    Part(f64),
}

/// What lies along one side.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    /// What it measures, on a page and on a telephone; may be empty.
    pub(crate) name: [String; 2],
    pub(crate) scale: Scale,
    pub(crate) ticks: Ticks,
    /// Whether it grows downwards: for rows.
    pub(crate) down: bool,
}

/// What is named along an axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ticks {
    /// Round numbers, followed by this.
    Round(&'static str),
    /// The same up to a number, beyond which there is only room for labels.
    UpTo(f64, &'static str),
    /// These, with a line of the grid each. Of two that would collide the
    /// earlier one in this list stays.
    At(Vec<Tick>),
    /// These without lines: rows.
    Rows(Vec<Tick>),
}

/// A place, in the units of the two axes.
pub(crate) type At = (f64, f64);

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Layer {
    /// A line through these places, so many rules wide.
    Line { points: Vec<At>, paint: Paint, dash: Dash, width: f64 },
    /// A filled area.
    Fill { corners: Vec<At>, paint: Paint },
    /// A rectangle between two corners.
    Bar { from: At, to: At, paint: Paint, hover: String },
    /// The outline of one.
    Hollow { from: At, to: At, paint: Paint, hover: String },
    /// A line with a cap at both ends.
    Interval { from: At, to: At, paint: Paint },
    /// Small dots: every round.
    Rounds { at: Vec<At>, paint: Paint },
    /// What stands for a number.
    Symbol { strategy: String, at: At, disturbed: bool, hover: String },
    /// At that height something lies beyond the right edge.
    Beyond { at: f64 },
    /// What the reader predicted.
    Guess { at: At },
    /// A bar that the reader predicted, between these heights.
    GuessedBar { to: f64, lane: (f64, f64) },
}

/// A text inside a panel, which stands beside its place where nothing else is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) at: At,
    pub(crate) bold: bool,
    /// Whether a panel is wrong without it: it then stands in front of what is
    /// drawn, where no place is free.
    pub(crate) needed: bool,
    pub(crate) side: Side,
    /// What is behind it.
    pub(crate) on: Paint,
}

/// Where a note stands rather than elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Above,
    Right,
    Left,
    /// Exactly there: in a bar.
    Over,
    /// Nowhere but at its height, rather at the right: a row below or above
    /// is another one.
    Along,
}

/// A bar in a row of its own, its number beside its end, and below it a dot for
/// each round.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MeasuredBar {
    /// Which row, from above.
    pub(crate) row: usize,
    pub(crate) length: f64,
    pub(crate) rounds: Vec<f64>,
    pub(crate) paint: Paint,
    pub(crate) text: String,
    /// Whether the title speaks of it.
    pub(crate) told: bool,
    pub(crate) hover: String,
}

/// Where the line of a strategy ends, and its number there without the unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Named {
    pub(crate) strategy: String,
    /// What it is called there.
    pub(crate) name: String,
    pub(crate) at: At,
    pub(crate) number: String,
    pub(crate) unit: &'static str,
}

impl Axis {
    /// An axis of round numbers, followed by `unit`.
    pub(crate) fn round(name: &str, scale: Scale, unit: &'static str) -> Axis {
        let name = [name.to_owned(), name.to_owned()];
        Axis { name, scale, ticks: Ticks::Round(unit), down: false }
    }

    /// The same, named up to a number only.
    pub(crate) fn up_to(
        most: f64,
        name: &str,
        scale: Scale,
        unit: &'static str,
    ) -> Axis {
        let ticks = Ticks::UpTo(most, unit);
        Axis { ticks, ..Axis::round(name, scale, unit) }
    }

    /// An axis that names these numbers.
    pub(crate) fn at(name: &str, scale: Scale, ticks: Vec<Tick>) -> Axis {
        let name = [name.to_owned(), name.to_owned()];
        Axis { name, scale, ticks: Ticks::At(ticks), down: false }
    }

    /// A row for each of these names, from above; the middle of row `i` is at
    /// `i + 0.5`.
    pub(crate) fn rows(names: &[String]) -> Axis {
        let tick = |(row, name): (u32, &String)| Tick {
            value: f64::from(row) + 0.5,
            text: name.clone(),
        };
        Axis {
            name: [String::new(), String::new()],
            scale: Scale::between((0.0, names.len().max(1) as f64), (0.0, 1.0)),
            ticks: Ticks::Rows((0..).zip(names).map(tick).collect()),
            down: true,
        }
    }
}

impl Panel {
    /// One in which nothing is yet.
    pub(crate) fn new(x: Axis, y: Axis, height: Height) -> Panel {
        Panel {
            title: String::new(),
            about: String::new(),
            x,
            y,
            layers: Vec::new(),
            notes: Vec::new(),
            ends: Vec::new(),
            share: 1.0,
            height,
        }
    }

    /// Adds a bar in its row. A round beyond the scale is an arrow at its edge.
    pub(crate) fn add(&mut self, bar: MeasuredBar) {
        let MeasuredBar { row, length, rounds, paint, text, told, hover } = bar;
        let row = row as f64;
        // What the title does not speak of is thin; without dots below it a bar
        // is in the middle of its row.
        let (top, bottom) = match (rounds.is_empty(), told) {
            (true, true) => (0.24, 0.76),
            (true, false) => (0.38, 0.62),
            (false, true) => (0.1, 0.6),
            (false, false) => (0.24, 0.46),
        };
        let (from, to) = ((0.0, row + top), (length, row + bottom));
        self.layers.push(Layer::Bar { from, to, paint, hover });
        let (_, most) = self.x.scale.ends();
        let below = row + 0.8;
        let (on, beyond): (Vec<f64>, Vec<f64>) =
            rounds.into_iter().partition(|value| *value <= most);
        let at = on.into_iter().map(|value| (value, below)).collect();
        let paint = if told { Paint::Ink } else { Paint::Other };
        self.layers.push(Layer::Rounds { at, paint });
        if !beyond.is_empty() {
            self.layers.push(Layer::Beyond { at: below });
        }
        let end = (length, row + f64::midpoint(top, bottom));
        let text = match told {
            true => Note::number(text, end),
            false => Note::needed(text, end),
        };
        self.notes.push(text.rather(Side::Along));
    }
}

impl Layer {
    /// A thin solid line.
    pub(crate) fn line(points: Vec<At>, paint: Paint) -> Layer {
        Layer::Line { points, paint, dash: Dash::Solid, width: 1.3 }
    }

    /// A filled rectangle that says nothing on hover.
    pub(crate) fn bar(from: At, to: At, paint: Paint) -> Layer {
        Layer::Bar { from, to, paint, hover: String::new() }
    }

    /// A rule that nobody measured.
    pub(crate) fn rule(from: At, to: At) -> Layer {
        let (points, paint) = (vec![from, to], Paint::Ink);
        Layer::Line { points, paint, dash: Dash::Dashed, width: 1.0 }
    }

    /// What a formula says.
    pub(crate) fn formula(points: Vec<At>, paint: Paint) -> Layer {
        Layer::Line { points, paint, dash: Dash::Dotted, width: 1.6 }
    }
}

impl Note {
    /// One that may be left out.
    pub(crate) fn new(text: impl Into<String>, at: At) -> Note {
        let (text, side) = (text.into(), Side::Above);
        Note {
            text,
            at,
            bold: false,
            needed: false,
            side,
            on: Paint::Background,
        }
    }

    /// A number that the title speaks of, too.
    pub(crate) fn number(text: impl Into<String>, at: At) -> Note {
        Note { bold: true, needed: true, ..Note::new(text, at) }
    }

    /// One that the panel is wrong without.
    pub(crate) fn needed(text: impl Into<String>, at: At) -> Note {
        Note { needed: true, ..Note::new(text, at) }
    }

    /// The same on a filled area.
    pub(crate) fn on(self, on: Paint) -> Note {
        Note { on, ..self }
    }

    /// The same, rather at that side.
    pub(crate) fn rather(self, side: Side) -> Note {
        Note { side, ..self }
    }
}
