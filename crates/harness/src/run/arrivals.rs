//! When requests came to the server, for the terminal.

use measurement::record::{ARRIVALS_NS, Outcome, Trial};
use measurement::summary::Batch;

use crate::duration::display;
use crate::strategies;
use crate::terminal::{Ink, Paint, say, width};

/// Says of each strategy's median trial how many requests came when; nothing
/// where none of them was told to try again.
pub(super) fn arrivals(batch: &Batch, trials: &[Trial]) {
    let rows = batch.rows.iter().filter_map(|row| {
        let trial =
            trials.iter().find(|t| Some(t.trial) == row.median_trial)?;
        let Outcome::Measured(measured) = &trial.outcome else { return None };
        let any = !measured.arrivals.is_empty();
        any.then_some((row.strategy.as_str(), measured))
    });
    let rows: Vec<_> = rows.collect();
    let bins = rows.iter().map(|(_, measured)| measured.arrivals.len()).max();
    let Some(bins) = bins else { return };
    let most = rows.iter().flat_map(|(_, m)| &m.arrivals).copied().max();
    let together = bins.div_ceil(width().saturating_sub(4).max(1));
    say("");
    say(format!(
        "  Requests at the server: {} from left to right, {} at most in 10 ms:",
        display((bins as u64 * ARRIVALS_NS) as f64),
        most.unwrap_or(0)
    ));
    for (name, measured) in rows {
        let ink = strategies::find(name)
            .map_or(Ink::Muted, |found| Ink::Strategy(found.way.kin));
        let own = measured.arrivals.iter().max().unwrap_or(&0);
        say("");
        say(format!(
            "  {}: {} requests, {own} at most in 10 ms",
            name.ink(ink),
            measured.server.requests
        ));
        let line = heights(&measured.arrivals, together, most.unwrap_or(0));
        say(format!("  {}", line.ink(ink)));
    }
}

/// A column for so many counts each, as high as the highest of them; blank
/// where nothing came.
fn heights(counts: &[u64], together: usize, full: u64) -> String {
    const EIGHTHS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let column = |counts: &[u64]| match counts.iter().copied().max() {
        None | Some(0) => ' ',
        Some(most) => {
            let share = most as f64 / full.max(1) as f64;
            let eighths = (share * 8.0).ceil().clamp(1.0, 8.0);
            EIGHTHS[eighths as usize - 1]
        }
    };
    counts.chunks(together.max(1)).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::heights;

    #[test]
    fn what_came_is_seen_and_what_did_not_is_blank() {
        assert_eq!(heights(&[100, 0, 50, 1], 1, 100), "█ ▄▁");
        assert_eq!(heights(&[100, 0, 0, 0, 50], 2, 100), "█ ▄");
        assert_eq!(heights(&[], 0, 0), "");
    }
}
