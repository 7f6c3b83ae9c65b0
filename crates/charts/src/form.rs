//! The two forms of every chart, and their sizes. Both are drawn on a canvas
//! 960 wide; the narrow one is shown shrunk to a telephone's width, so its
//! text is nearly three times as large.

/// Width of the canvas, in pixels as the wide form is shown.
pub(crate) const WIDTH: f64 = 960.0;

/// Sizes, in pixels of the canvas.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    /// Whether it is for a telephone, where there is room for less.
    pub(crate) narrow: bool,
    /// Whether lines are named at their ends, or only have their number there.
    pub(crate) names: bool,
    /// Free room at each side.
    pub(crate) margin: f64,
    /// Font size of the finding.
    pub(crate) title: f64,
    /// Font size of names and figures.
    pub(crate) body: f64,
    /// Font size of everything else.
    pub(crate) small: f64,
    /// The most moments that an axis names.
    pub(crate) ticks: usize,
    /// Width of a rule.
    pub(crate) rule: f64,
}

/// The sizes of a page.
pub(crate) const WIDE: Form = Form {
    narrow: false,
    names: true,
    margin: 28.0,
    title: 22.0,
    body: 14.0,
    small: 12.5,
    ticks: 9,
    rule: 1.25,
};

/// The sizes of a telephone.
pub(crate) const NARROW: Form = Form {
    narrow: true,
    names: false,
    margin: 26.0,
    title: 36.0,
    body: 31.0,
    small: 28.0,
    ticks: 5,
    rule: 3.0,
};

impl Form {
    /// From one baseline to the next.
    pub(crate) fn line(&self, size: f64) -> f64 {
        size * 1.3
    }
}
