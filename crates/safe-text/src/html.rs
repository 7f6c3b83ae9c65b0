//! Text for HTML, for SVG and for their attributes.

use super::terminal::printable;

/// The text, safe inside an element and inside an attribute in `"`. A control
/// character would make the page ill-formed, so it is not shown.
pub fn escape(text: &str) -> String {
    printable(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
