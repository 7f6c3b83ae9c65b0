use measurement::lanes;
use measurement::record::{Outcome, Trial};

use crate::duration::display;
use crate::strategies::Strategy;
use crate::terminal::{Ink, Panel, Span};

/// What the client saw of a trial, for the terminal's waterfall; none if it
/// failed or kept histograms only.
pub(super) fn panel(strategy: &Strategy, trial: &Trial) -> Option<Panel> {
    let Outcome::Measured(measured) = &trial.outcome else { return None };
    let samples = &measured.samples;
    if samples.start_ns.is_empty() {
        return None;
    }
    let times = samples.flights();
    let lanes =
        lanes::of_pings(strategy.way.id, trial.spec.concurrency(), &times);
    let mut spans = Span::in_lanes(&times, &lanes);
    for (span, status) in spans.iter_mut().zip(&samples.status) {
        span.answered = status.is_some();
    }
    Some(Panel {
        title: format!(
            "{}: {}, {}",
            strategy.way.name,
            strategy.way.shape,
            display(measured.makespan_ns as f64)
        ),
        ink: Ink::Strategy(strategy.way.kin),
        spans,
    })
}
