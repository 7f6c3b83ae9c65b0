//! What the server saw of any program, in one panel.

mod lanes;
pub(crate) mod seen;
mod words;

use measurement::witness::{End, Witness};

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::quantity::{mean, plural};
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
use lanes::Lanes;
use seen::Seen;
pub use words::{caption_witness, finding_witness};

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
    let scenes = scenes(witness, &seen, &caption.title, footer);
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

/// The wide and the narrow scene.
pub(crate) fn scenes(
    witness: &Witness,
    seen: &Seen,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    let subtitle = subtitle(witness, seen);
    Sheet { title, subtitle: &subtitle, footer }.scenes(&Lanes(seen))
}

fn subtitle(witness: &Witness, seen: &Seen) -> String {
    let mut text = format!(
        "What the server saw: a bar from each arrival to its answer. {}",
        plural(witness.connections as usize, "connection")
    );
    if let Some(at_once) = witness.mean_in_flight() {
        let at_once = mean(at_once);
        text.push_str(&format!(", {at_once} in flight on average"));
    }
    text.push('.');
    let (aborted, unfinished) =
        (seen.count(End::Aborted), seen.count(End::InFlight));
    if aborted > 0 {
        text.push_str(&format!(" Hollow and crossed: {aborted} aborted."));
    }
    if seen.count(End::Faulted) > 0 {
        let faulted = seen.count(End::Faulted);
        text.push_str(&format!(" Not in full, on purpose: {faulted}."));
    }
    if unfinished > 0 {
        text.push_str(&format!(" Arrow: {unfinished} not answered yet."));
    }
    let left_out =
        seen.left_out.saturating_add(witness.stamps_dropped as usize);
    if left_out > 0 {
        text.push_str(&format!(" Not drawn: {}.", plural(left_out, "request")));
    }
    text
}
