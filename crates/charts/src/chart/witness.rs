//! What the server saw of any program, in one panel: a row for each slot.

mod observation;
pub(crate) mod seen;
mod slots;
mod words;

use std::num::NonZeroUsize;

use measurement::witness::End;

use crate::Footer;
use crate::error::ChartError;
use crate::palette::Theme;
use crate::quantity::{mean, number, plural};
use crate::scene::Scene;
use crate::sheet::Sheet;
use crate::svg::picture::{Meta, Picture, picture};
pub use observation::Observation;
use seen::Seen;
use slots::Slots;
pub use words::{caption_witness, earliest_end, finding_witness};

/// What the server saw of a program: a row for each slot that it was asked to
/// use, idle or not, and marked ones for what it had in flight beyond that; in
/// them a bar for each request, from its arrival until it was answered. A
/// request whose client went away is hollow and crossed at its end; one that
/// was never answered has an arrow. The dashed rule is the earliest possible
/// end, where that is known.
///
/// Draws 256 slots and 1,800 requests at most, and says what it left out.
///
/// # Errors
///
/// If the witness has no stamps; but where no request came and some were asked
/// for, their slots are drawn.
pub fn witness_waterfall(
    of: &Observation<'_>,
    footer: &Footer,
    theme: Theme,
) -> Result<Picture, ChartError> {
    let caption = caption_witness(of);
    let seen =
        Seen::new(of.witness, of.asked).ok_or(ChartError::NothingSeen)?;
    let scenes = scenes(of, &seen, &caption.title, footer);
    let id = format!("witness-{}", identifier(of.program));
    picture(&Meta::still(&id, caption, theme), &scenes)
}

/// What may stand in an id and in a selector.
fn identifier(text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    text.chars().take(40).map(plain).collect::<String>().to_lowercase()
}

/// The wide and the narrow scene.
pub(crate) fn scenes(
    of: &Observation<'_>,
    seen: &Seen,
    title: &str,
    footer: &Footer,
) -> [Scene; 2] {
    let subtitle = subtitle(of, seen);
    Sheet { title, subtitle: &subtitle, footer }.scenes(&Slots(seen))
}

fn subtitle(of: &Observation<'_>, seen: &Seen) -> String {
    let witness = of.witness;
    let mut text = format!(
        "What the server saw of {}: a bar for each request, from its arrival \
         to its answer. {}",
        of.program(),
        plural(witness.connections as usize, "connection")
    );
    if let Some(at_once) = witness.mean_in_flight() {
        let at_once = mean(at_once);
        text.push_str(&format!(", {at_once} in flight on average"));
    }
    text.push('.');
    let faulted = seen.count(End::Faulted);
    if faulted > 0 {
        text.push_str(&format!(" Not in full, on purpose: {faulted}."));
    }
    if seen.left_out > 0 {
        let drawn = number(seen.bars.len());
        let all = seen.left_out.saturating_add(seen.bars.len() as u64);
        let all = plural(all as usize, "request");
        text.push_str(&format!(" Drawn: {drawn} of {all}."));
    }
    let slots = seen.asked.map_or(0, NonZeroUsize::get);
    if slots > seen.slots {
        let (drawn, all) = (number(seen.slots), number(slots));
        text.push_str(&format!(" Drawn: {drawn} of {all} slots."));
    }
    text
}
