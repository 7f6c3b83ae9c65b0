//! What a reader predicted, drawn into a panel: a bar or a box of dashes, and
//! for one that is beyond the scale its number at the edge.

use measurement::course::Quantity;

use super::told::Guess;
use crate::plot::{At, Layer, Note, Panel, Side};
use crate::quantity::{duration, mib};

/// A prediction may widen a scale by so much, and not squash the data.
const WIDER: f64 = 1.4;

/// Bytes; more is only said to be more.
const MOST_MEMORY: f64 = 99.0 * 1024.0 * 1024.0 * 1024.0;

impl Guess {
    /// Such as `you, shares: 600 ms`, with of what it is.
    pub(super) fn words(&self, of: &str) -> String {
        let value = self.value;
        let number = match self.ask.quantity {
            Quantity::Makespan | Quantity::Cpu | Quantity::ServerBusy => {
                duration(value)
            }
            Quantity::Memory if value > MOST_MEMORY => ">99 GiB".to_owned(),
            Quantity::Memory => format!("{} MiB", mib(value)),
            _ if value > 99_999.0 => ">99,999".to_owned(),
            Quantity::Threads
            | Quantity::Requests
            | Quantity::Arrivals
            | Quantity::Lost => {
                format!("{value:.0}")
            }
        };
        // Where all are of one thing, the key says of which.
        let of = if of.is_empty() { String::new() } else { format!(", {of}") };
        format!("you{of}: {number}")
    }

    /// A bar in a lane of its own, so that it hides nothing.
    pub(super) fn bar(
        &self,
        of: &str,
        panel: &mut Panel,
        to: f64,
        lane: (f64, f64),
    ) {
        let words = self.words(of);
        let (_, most) = panel.x.scale.ends();
        let holds = panel.x.scale.holds(to);
        if holds {
            panel.layers.push(Layer::GuessedBar { to, lane });
        }
        let (text, end) =
            if holds { (words, to) } else { (format!("{words} →"), most) };
        let at = (end, f64::midpoint(lane.0, lane.1));
        panel.notes.push(Note::needed(text, at).rather(Side::Along));
    }

    /// Beside a point, at its own height.
    pub(super) fn point(&self, of: &str, panel: &mut Panel, at: At) {
        let text = self.mark(of, panel, at);
        let (_, most) = panel.y.scale.ends();
        panel.notes.push(Note::needed(text, (at.0, at.1.min(most))));
    }

    /// A point without its words, which are to be written elsewhere.
    pub(super) fn mark(&self, of: &str, panel: &mut Panel, at: At) -> String {
        if panel.y.scale.holds(at.1) {
            panel.layers.push(Layer::Guess { at });
            self.words(of)
        } else {
            format!("{} ↑", self.words(of))
        }
    }

    /// Only its number, near the lower edge: of one that is hardly more than
    /// nothing where more is higher.
    pub(super) fn below(&self, of: &str, panel: &mut Panel, at: At) {
        let text = format!("{} ↓", self.words(of));
        panel.notes.push(Note::needed(text, at));
    }
}

/// Of a row, what its bar takes, and the lane below it for a prediction. All
/// bars of a panel with predictions are as thin, and of a row without one the
/// bar is in its middle.
pub(super) fn lanes(
    row: u32,
    guesses: &[Guess],
    own: impl Fn(&Guess) -> bool,
) -> [(f64, f64); 2] {
    let row = f64::from(row);
    let of = |upper: f64, lower: f64| (row + upper, row + lower);
    if guesses.is_empty() {
        [of(0.15, 0.85); 2]
    } else if guesses.iter().any(own) {
        [of(0.08, 0.5), of(0.57, 0.93)]
    } else {
        [of(0.29, 0.71); 2]
    }
}

/// How far a scale reaches with what was predicted, where that is near.
pub(super) fn widened(most: f64, guesses: impl Iterator<Item = f64>) -> f64 {
    let near = guesses.filter(|value| *value <= WIDER * most);
    near.fold(most, f64::max)
}
