//! What a layout makes: marks and labels with positions, and no ink yet.
//! Positions are pixels of a canvas 960 wide, from its upper left.

use crate::palette::Paint;
use crate::svg::motion::Motion;
use crate::text_width::text_width;

/// One form of one chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    /// Height of the canvas.
    pub(crate) height: f64,
    /// From the back to the front.
    pub(crate) marks: Vec<Mark>,
    /// In front of every mark.
    pub(crate) labels: Vec<Label>,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark {
    /// Where, and what form.
    pub(crate) shape: Shape,
    /// In which colour.
    pub(crate) paint: Paint,
    /// How it moves, if it does.
    pub(crate) motion: Option<Motion>,
    /// What a pointer over it is told; nothing if empty.
    pub(crate) hover: String,
}

/// The form of a mark.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A filled rectangle.
    Bar(Area),
    /// The outline of one.
    Outline(Area),
    /// A line between two points.
    Line { from: (f64, f64), to: (f64, f64), width: f64, dash: Dash },
    /// A line through several points.
    #[allow(dead_code, reason = "for curves, which come with the next chart")]
    Path { points: Vec<(f64, f64)>, width: f64, dash: Dash },
    /// A filled polygon.
    Polygon(Vec<(f64, f64)>),
    /// A filled circle.
    Disc { centre: (f64, f64), radius: f64 },
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dash {
    Solid,
    /// A rule that nobody measured.
    Dashed,
    /// What a formula says.
    Dotted,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// What it says.
    pub(crate) text: String,
    /// Where its anchor is.
    pub(crate) x: f64,
    /// Its baseline.
    pub(crate) y: f64,
    /// Font size.
    pub(crate) size: f64,
    /// Whether it is bold.
    pub(crate) bold: bool,
    /// Which part of it lies at `x`.
    pub(crate) anchor: Anchor,
    /// In which colour.
    pub(crate) paint: Paint,
    /// How it comes and goes, if it does.
    pub(crate) motion: Option<Motion>,
    /// What a page may hide of it.
    pub(crate) kind: Kind,
}

/// What a label tells: a reader may want to see the data before the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What is needed to read the data.
    Plain,
    /// The finding.
    Title,
    /// A number that can be read off the data, too.
    Answer,
}

/// Which part of a label lies at its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Scene {
    /// An empty canvas with an opaque background: a transparent one is
    /// unreadable on a page of the wrong colour.
    pub(crate) fn new(width: f64, height: f64) -> Scene {
        let all = Area { left: 0.0, top: 0.0, right: width, bottom: height };
        let background = Mark::new(Shape::Bar(all), Paint::Background);
        Scene { height, marks: vec![background], labels: Vec::new() }
    }

    /// Adds a filled rectangle.
    pub(crate) fn bar(&mut self, area: Area, paint: Paint) {
        self.marks.push(Mark::new(Shape::Bar(area), paint));
    }

    /// Adds a label, and a patch of background behind it, so that no line
    /// drawn before runs through it. The two come together.
    pub(crate) fn label_on_patch(&mut self, label: Label) {
        self.label_on(label, Paint::Background);
    }

    /// The same with a patch of another colour.
    pub(crate) fn label_on(&mut self, label: Label, paint: Paint) {
        let area = label.area();
        let patch =
            Area { left: area.left - 3.0, right: area.right + 3.0, ..area };
        let shape = Shape::Bar(patch);
        let motion = label.motion;
        self.marks.push(Mark { motion, ..Mark::new(shape, paint) });
        self.labels.push(label);
    }

    /// Adds a solid line.
    pub(crate) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        paint: Paint,
    ) {
        let shape = Shape::Line { from, to, width, dash: Dash::Solid };
        self.marks.push(Mark::new(shape, paint));
    }

    /// Adds a dashed line.
    pub(crate) fn dashes(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        paint: Paint,
    ) {
        let shape = Shape::Line { from, to, width, dash: Dash::Dashed };
        self.marks.push(Mark::new(shape, paint));
    }

    /// Adds a dotted line.
    pub(crate) fn dots(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        width: f64,
        paint: Paint,
    ) {
        let shape = Shape::Line { from, to, width, dash: Dash::Dotted };
        self.marks.push(Mark::new(shape, paint));
    }
}

impl Mark {
    /// A mark that stands still.
    pub(crate) fn new(shape: Shape, paint: Paint) -> Mark {
        Mark { shape, paint, motion: None, hover: String::new() }
    }
}

impl Label {
    /// A label in ink that starts at (x, y).
    pub(crate) fn new(text: &str, x: f64, y: f64, size: f64) -> Label {
        Label {
            text: plain_text(text),
            x,
            y,
            size,
            bold: false,
            anchor: Anchor::Start,
            paint: Paint::Ink,
            motion: None,
            kind: Kind::Plain,
        }
    }

    /// The same, bold.
    pub(crate) fn bold(mut self) -> Label {
        self.bold = true;
        self
    }

    /// The same, muted.
    pub(crate) fn muted(mut self) -> Label {
        self.paint = Paint::Muted;
        self
    }

    /// The same, of that kind.
    pub(crate) fn of_kind(mut self, kind: Kind) -> Label {
        self.kind = kind;
        self
    }

    /// The same with another part of it at its position.
    pub(crate) fn anchored(mut self, anchor: Anchor) -> Label {
        self.anchor = anchor;
        self
    }

    /// The same, moving.
    pub(crate) fn moving(mut self, motion: Option<Motion>) -> Label {
        self.motion = motion;
        self
    }

    /// How wide it is at most.
    pub(crate) fn width(&self) -> f64 {
        text_width(&self.text, self.size, self.bold)
    }

    /// The room it takes at most.
    pub(crate) fn area(&self) -> Area {
        let width = self.width();
        let left = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        Area {
            left,
            top: self.y - 0.8 * self.size,
            right: left + width,
            bottom: self.y + 0.25 * self.size,
        }
    }
}

/// The text without what XML may not hold: a name given on a command line can
/// be anything.
pub(crate) fn plain_text(text: &str) -> String {
    let forbidden = |c: char| {
        c.is_control()
            || matches!(
                c,
                // What is no character, what ends a line, and what makes a
                // reader see another order.
                '\u{FFFE}' | '\u{FFFF}' | '\u{2028}' | '\u{2029}'
                    | '\u{61C}' | '\u{200E}' | '\u{200F}'
                    | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            )
    };
    text.chars().map(|c| if forbidden(c) { ' ' } else { c }).collect()
}
