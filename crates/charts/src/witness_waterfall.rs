//! What the server saw of any program, in one panel.

pub(crate) mod layout;
pub(crate) mod seen;

use measurement::witness::Witness;

use crate::Footer;
use crate::caption::caption_witness;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::svg::picture::{Meta, Picture, picture};
use layout::layout;
use seen::Seen;

/// What the server saw of the program called `title_subject`: a bar for each
/// request, from its arrival until it was answered. A request whose client
/// went away is hollow and crossed at its end; one that was never answered
/// has an arrow.
///
/// Draws 64 lanes and 2,000 requests at most, and says what it left out.
///
/// # Errors
///
/// If the witness has no stamps.
pub fn witness_waterfall(
    witness: &Witness,
    title_subject: &str,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_witness(witness, title_subject);
    let seen = Seen::new(witness).ok_or(ChartError::NothingSeen)?;
    let scenes = layout(witness, &seen, &caption.title, footer);
    let meta = Meta {
        id: format!("witness-{}", identifier(title_subject)),
        title: caption.title,
        description: caption.description,
        theme,
        turn_ns: 0,
    };
    picture(&meta, &scenes)
}

/// What may stand in an id and in a selector.
fn identifier(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    text.chars().take(40).map(plain).collect::<String>().to_lowercase()
}
