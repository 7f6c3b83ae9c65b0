//! What a reader predicted, drawn into a panel: a box of dashes, and for one
//! that is beyond the scale its number at the edge.

use measurement::course::Quantity;

use super::told::Guess;
use crate::plot::{At, Layer, Note, Panel, Side};
use crate::quantity::{duration, mib};

/// A prediction may widen a scale by so much, and not squash the data.
const WIDER: f64 = 1.4;

/// Bytes; more is only said to be more.
const MOST_MEMORY: f64 = 99.0 * 1024.0 * 1024.0 * 1024.0;

impl Guess {
    /// Such as `you: 600 ms`.
    fn words(&self) -> String {
        let value = self.value;
        let what = match self.ask.quantity {
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
        format!("you: {what}")
    }

    /// Around the end of a bar that takes these rows.
    pub(super) fn end_of_bar(
        &self,
        panel: &mut Panel,
        value: f64,
        rows: (f64, f64),
    ) {
        if panel.x.scale.holds(value) {
            panel.layers.push(Layer::GuessedEnd { x: value, rows });
            // Where there is room: a box alone does not say what it is of.
            let at = (value, (rows.0 + rows.1) / 2.0);
            panel.notes.push(Note::new(self.words(), at).rather(Side::Right));
            return;
        }
        let text = format!("{} →", self.words());
        let (_, most) = panel.x.scale.ends();
        let at = (most, (rows.0 + rows.1) / 2.0);
        panel.notes.push(Note::needed(text, at).rather(Side::Left));
    }

    /// Around a point.
    pub(super) fn point(&self, panel: &mut Panel, at: At) {
        if panel.y.scale.holds(at.1) {
            panel.layers.push(Layer::Guess { at });
            panel.notes.push(Note::new(self.words(), at).rather(Side::Right));
        } else {
            let text = format!("{} ↑", self.words());
            let (_, most) = panel.y.scale.ends();
            panel.notes.push(Note::needed(text, (at.0, most)));
        }
    }
}

/// How far a scale reaches with what was predicted, where that is near.
pub(super) fn widened(most: f64, guesses: impl Iterator<Item = f64>) -> f64 {
    let near = guesses.filter(|value| *value <= WIDER * most);
    near.fold(most, f64::max)
}
