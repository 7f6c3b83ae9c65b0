//! How a scene becomes SVG: through plotters, to a backend of ours.
//!
//! A mark and a label are elements of plotters, which draw themselves on a
//! drawing area; behind it writes our own backend, which knows what plotters'
//! own one leaves out: classes and groups, a name at each mark, a title and a
//! description, motion and a dark side.

mod backend;
mod elements;
pub(crate) mod motion;
pub(crate) mod picture;
mod style_sheet;
