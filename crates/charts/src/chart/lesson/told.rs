//! What each lesson tells: its words, and what its chart is drawn from.

use measurement::course::{Ask, Quantity};
use measurement::record::Trial;
use measurement::summary::Summary;

use crate::ends::YOU;
use crate::error::ChartError;
use crate::key::{Item, Sample};
use crate::plot::{Layer, Panel, Plot};
use crate::strategy::subject;

/// A lesson's words and its chart.
pub(super) struct Told {
    /// The name of the lesson.
    pub(super) lesson: &'static str,
    /// What was found, in a sentence; `None` where what it needs was not
    /// measured.
    pub(super) finding: fn(&Summary) -> Option<String>,
    /// The formula with the measured numbers put in.
    ///
    /// What a formula needs to know is taken from one part of the run, and
    /// what it forecasts is held against another: a line drawn through its own
    /// points proves nothing.
    pub(super) explain: fn(&Summary) -> Option<Vec<String>>,
    pub(super) draw: fn(&Run<'_>) -> Result<Drawing, ChartError>,
    /// What to look for in the chart.
    pub(super) look_for: &'static str,
}

/// A lesson's run, and what its reader predicted of it.
pub(super) struct Run<'a> {
    pub(super) summary: &'a Summary,
    pub(super) trials: &'a [Trial],
    pub(super) guesses: Vec<Guess>,
}

/// A number that the reader predicted, in the unit of its quantity.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) ask: &'static Ask,
    pub(super) value: f64,
}

/// The chart of a lesson, and the line below its title.
pub(super) struct Drawing {
    pub(super) plot: Plot,
    pub(super) subtitle: String,
}

impl Guess {
    /// Whether it is of this strategy.
    pub(super) fn is_of(&self, strategy: &str) -> bool {
        self.ask.strategy == strategy
    }
}

impl Run<'_> {
    /// What was predicted of this quantity of a strategy.
    pub(super) fn guesses(
        &self,
        strategy: &str,
        quantity: Quantity,
    ) -> impl Iterator<Item = Guess> {
        let of = move |guess: &Guess| {
            guess.ask.strategy == strategy && guess.ask.quantity == quantity
        };
        self.guesses.iter().copied().filter(of)
    }

    /// What was predicted of this quantity of any strategy.
    pub(super) fn all_guesses(&self, quantity: Quantity) -> Vec<Guess> {
        let guesses = self.guesses.iter().copied();
        guesses.filter(|guess| guess.ask.quantity == quantity).collect()
    }

    /// These panels, side by side or below each other, with a key.
    pub(super) fn drawing(
        &self,
        panels: Vec<Panel>,
        stacked: bool,
        mut key: Vec<Item>,
        subtitle: String,
    ) -> Drawing {
        let layers = || panels.iter().flat_map(|panel| &panel.layers);
        let ends = || panels.iter().flat_map(|panel| &panel.ends);
        let dashed = |layer: &Layer| {
            matches!(layer, Layer::Guess { .. } | Layer::GuessedBar { .. })
        };
        if let Some((first, others)) = self.guesses.split_first()
            && (layers().any(dashed) || ends().any(|end| end.strategy == YOU))
        {
            let own = first.ask.strategy;
            let of = match others.iter().all(|guess| guess.is_of(own)) {
                true => format!(" of {}", subject(own).0),
                false => String::new(),
            };
            let text = format!("your prediction{of}");
            key.push(Item::new(Sample::Prediction, text));
        }
        let disturbed = |layer: &Layer| {
            matches!(layer, Layer::Symbol { disturbed: true, .. })
        };
        if layers().any(disturbed) {
            key.push(Item::disturbed());
        }
        let key = [key.clone(), key];
        let plot = Plot { panels, key, one_scale: false, stacked };
        Drawing { plot, subtitle }
    }
}
