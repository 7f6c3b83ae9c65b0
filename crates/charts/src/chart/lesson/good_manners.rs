//! Lesson 8: what retries do to the server, and what manners do to retries.

use measurement::course::formula::with_retries;
use measurement::course::{Failing, Quantity, lesson};
use measurement::record::{ARRIVALS_NS, Act, Measured, Outcome};
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use super::guess::{lanes, widened};
use super::measured::{Cell, S, cells, hedge};
use super::told::{Drawing, Guess, Run, Told};
use super::words::pings;
use crate::error::ChartError;
use crate::finding::{fitting, less};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, duration, mean, plural, whole};
use crate::scale::{Scale, Steps, Tick};
use crate::strategy::label;

pub(super) const TOLD: Told = Told {
    lesson: ways::GOOD_MANNERS.id,
    finding,
    explain,
    draw,
    look_for: "Look at the spikes: in each, pings that failed together come \
               back together. Jitter and a rate spread them out, and with good \
               manners there are fewer of them.",
};

const IN_STEP: &str = ways::IN_STEP.id;
const SPREAD: &str = ways::SPREAD.id;
const GOOD: &str = ways::GOOD_MANNERS.id;

/// What goes wrong in the lesson's cells of this strategy.
fn failing(strategy: &str) -> Option<Failing> {
    let cells = lesson(8)?.cells.iter();
    cells.filter(|cell| cell.strategy == strategy).find_map(|cell| cell.failing)
}

const BUDGET: &str = "budget";

/// How many requests something forecasts.
#[derive(Debug, Clone, Copy)]
struct Limit {
    name: &'static str,
    requests: f64,
}

/// What F10 says, or the budget if that is less.
fn limit(strategy: &str, requests: usize) -> Option<Limit> {
    let failing = failing(strategy)?;
    let n = requests as f64;
    let f10 = with_retries(n, failing.share(), failing.manners.retries);
    let budget = failing.manners.budget_percent;
    let budget = budget.map(|more| n * (1.0 + f64::from(more) / 100.0));
    Some(match budget.filter(|most| *most < f10) {
        Some(most) => Limit { name: BUDGET, requests: most },
        None => Limit { name: "F10", requests: f10 },
    })
}

fn seen(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.requests_seen.as_ref()?.median)
}

/// The most in 10 ms, of all rounds.
fn at_most(cell: &Cell<'_>) -> Option<f64> {
    Some(cell.row.most_arrivals.as_ref()?.max)
}

fn finding(summary: &Summary) -> Option<String> {
    let rude = *cells(summary, IN_STEP).first()?;
    let good = *cells(summary, GOOD).first()?;
    let hedge = hedge(&[rude, good]);
    let pings = pings(rude.batch.requests);
    let (rude, good) = (whole(seen(&rude)?), whole(seen(&good)?));
    Some(fitting([
        format!(
            "If half fail, retries turn {pings} into {rude} requests, \
             good manners into {good}{hedge}"
        ),
        format!(
            "Retries turn {pings} into {rude} requests, good manners \
             into {good}{hedge}"
        ),
        format!("{pings}: {rude} requests, with good manners {good}{hedge}"),
    ]))
}

fn explain(summary: &Summary) -> Option<Vec<String>> {
    let rude = *cells(summary, IN_STEP).first()?;
    let failing = failing(IN_STEP)?;
    let (n, p) = (rude.batch.requests, failing.share());
    let retries = failing.manners.retries;
    let mut lines = vec![format!(
        "F10, N(1 − p^(r+1))/(1 − p): {n} pings, p = {p} and {retries} \
         retries at most make {} requests on average; measured {}.",
        mean(with_retries(rude.n(), p, retries)),
        whole(seen(&rude)?),
    )];
    if let Some((rude, good)) =
        at_most(&rude).zip(cells(summary, GOOD).first().and_then(at_most))
    {
        lines.push(format!(
            "In the busiest 10 ms, {} requests arrive with retries in \
             step, and {} with good manners.",
            whole(rude),
            whole(good)
        ));
    }
    if let Some(spread) = cells(summary, SPREAD).first() {
        lines.push(format!(
            "Jitter and a rate do not change how many requests come, but \
             when: {} of them, in {} instead of {}.",
            whole(seen(spread)?),
            duration(spread.makespan()),
            duration(rude.makespan()),
        ));
    }
    if let Some(good) = cells(summary, GOOD).first() {
        let limit = limit(GOOD, good.batch.requests)?;
        lines.push(format!(
            "The budget allows {} requests; measured {}. A ping that \
             fails after that is not tried again.",
            whole(limit.requests),
            whole(seen(good)?),
        ));
    }
    Some(lines)
}

/// A panel has so many bars at most; of more, each is the highest of several.
const MOST_BARS: usize = 400;

/// Up to so many in 10 ms, each request is a bar of its own.
const FEW: u64 = 6;

/// How many requests came of each strategy, and when.
fn draw(run: &Run<'_>) -> Result<Drawing, ChartError> {
    let batch = run.summary.of_act(Act::Lesson).next();
    let batch = batch.ok_or(ChartError::NothingMeasured)?;
    let found: Vec<(&Row, &Measured)> = batch
        .rows
        .iter()
        .filter_map(|row| Some((row, trial(run, row)?)))
        .collect();
    if found.is_empty() {
        return Err(ChartError::NothingMeasured);
    }
    let bins = found.iter().map(|(_, own)| own.arrivals.len()).max();
    let span = bins.unwrap_or(1).max(1) as f64 * ARRIVALS_NS as f64 * S;
    let mut panels = vec![totals(run, batch, &found)];
    let most = |calm: bool| {
        let most = found.iter().map(|(_, own)| busiest(own));
        most.filter(|most| (*most <= FEW) == calm).max()
    };
    let together = most(false).map(|most| 1.35 * most as f64);
    let few = most(true).map(|most| {
        let guesses = run.all_guesses(Quantity::Arrivals);
        let guesses = guesses.iter().map(|own| own.value);
        let few = guesses.filter(|own| *own <= FEW as f64);
        1.3 * few.fold(most as f64, f64::max)
    });
    let each = found.iter();
    panels.extend(
        each.map(|(row, own)| arrivals(run, (row, own), span, [together, few])),
    );
    let key = vec![
        Item::new(Sample::InFlight, "requests, every attempt counted"),
        Item::new(
            Sample::Formula,
            "forecast: pings, and as many retries as there may be",
        ),
    ];
    let rounds = found.iter().map(|(row, _)| row.valid).min().unwrap_or(0);
    let subtitle = format!(
        "{} to a server that refuses every second attempt. Below: how many \
         requests arrived in each 10 ms. \
         The median trial of {}.",
        capital(&pings(batch.requests)),
        plural(rounds, "round"),
    );
    Ok(run.drawing(panels, true, key, subtitle))
}

/// The median trial, if it was told when requests came.
fn trial<'a>(run: &Run<'a>, row: &Row) -> Option<&'a Measured> {
    let mut trials = run.trials.iter();
    let trial = trials.find(|own| Some(own.trial) == row.median_trial)?;
    let Outcome::Measured(measured) = &trial.outcome else { return None };
    (!measured.arrivals.is_empty()).then_some(measured)
}

/// A bar for all requests of each.
fn totals(run: &Run<'_>, batch: &Batch, found: &[(&Row, &Measured)]) -> Panel {
    let limit_of = |row: &Row| limit(&row.strategy, batch.requests);
    let came = |own: &Measured| own.server.requests as f64;
    let most = found.iter().flat_map(|(row, own)| {
        limit_of(row).map(|limit| limit.requests).into_iter().chain([came(own)])
    });
    let most = most.fold(1.0, f64::max);
    let guesses = run.all_guesses(Quantity::Requests);
    let most = widened(most, guesses.iter().map(|own| own.value));
    let names: Vec<String> =
        found.iter().map(|(row, _)| label(&row.strategy).to_owned()).collect();
    // Room for a number behind the longest bar.
    let x = Scale::new(Steps::Linear, [1.2 * most], (0.0, 1.0));
    let x = Axis::up_to(most, "", x, "");
    let height = Height::Rows(found.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    let sent = [IN_STEP, GOOD].map(|name| {
        let cell = *cells(run.summary, name).first()?;
        seen(&cell).filter(|seen| *seen > 0.0)
    });
    panel.title = match sent {
        [Some(rude), Some(good)] => {
            format!("All requests: with good manners {}", less(good / rude))
        }
        _ => "All requests".to_owned(),
    };
    for (row, (own, measured)) in (0_u32..).zip(found) {
        let requests = came(measured);
        let asked = |guess: &Guess| guess.is_of(&own.strategy);
        let [(upper, lower), lane] = lanes(row, &guesses, asked);
        let (from, to) = ((0.0, upper), (requests, lower));
        let paint = Paint::of_strategy(&own.strategy);
        let name = ways::name(&own.strategy);
        let rounds = plural(own.valid, "round");
        let forecast = limit_of(own).map_or(String::new(), |limit| {
            format!(", {} {}", limit.name, mean(limit.requests))
        });
        let hover = format!("{name}: {requests} requests{forecast}, {rounds}");
        panel.layers.push(Layer::Bar { from, to, paint, hover });
        if let Some(limit) = limit_of(own) {
            let at = limit.requests;
            let points = vec![(at, upper - 0.06), (at, lower + 0.06)];
            panel.layers.push(Layer::formula(points, Paint::Ink));
        }
        let text = requests.to_string();
        let at = (requests, f64::midpoint(upper, lower));
        panel.notes.push(Note::number(text, at).rather(Side::Along));
        for guess in guesses.iter().filter(|guess| asked(guess)) {
            guess.bar("requests", &mut panel, guess.value, lane);
        }
    }
    panel
}

/// The most in 10 ms of one trial.
fn busiest(own: &Measured) -> u64 {
    own.arrivals.iter().copied().max().unwrap_or(0).max(1)
}

/// The height of a panel of spikes, and of one in which few come at a time.
const HEIGHTS: [f64; 2] = [0.36, 0.26];

/// When they came. Of all panels of spikes the scale is the same, and of all
/// calm ones, too.
fn arrivals(
    run: &Run<'_>,
    (row, own): (&Row, &Measured),
    span: f64,
    scales: [Option<f64>; 2],
) -> Panel {
    let bin = ARRIVALS_NS as f64 * S;
    let most = busiest(own);
    let calm = most <= FEW;
    let high = scales[usize::from(calm)].unwrap_or(most as f64);
    let x = Scale::new(Steps::Linear, [span], (0.0, 1.0));
    let y = Scale::new(Steps::Linear, [high], (0.0, 1.0));
    let x = Axis::round("", x, " s");
    let ticks = [0, most]
        .map(|value| Tick { value: value as f64, text: value.to_string() });
    let y = Axis::at("", y, ticks.into());
    let height = Height::Part(HEIGHTS[usize::from(calm)]);
    let mut panel = Panel::new(x, y, height);
    let name = capital(label(&row.strategy));
    panel.title = format!("{name}: {most} in the busiest 10 ms");
    if let ([Some(together), Some(few)], true) = (scales, calm) {
        let times = HEIGHTS[1] / few * together / HEIGHTS[0];
        panel.about = format!(
            "each block is one request, {times:.0} times as high as above"
        );
    }
    let paint = Paint::of_strategy(&row.strategy);
    let together = own.arrivals.len().div_ceil(MOST_BARS).max(1);
    let mut highest = (0, 0.0);
    for (i, some) in own.arrivals.chunks(together).enumerate() {
        let count = some.iter().copied().max().unwrap_or(0);
        let left = (i * together) as f64 * bin;
        let right = left + 0.85 * some.len() as f64 * bin;
        if count > highest.0 {
            highest = (count, (left + right) / 2.0);
        }
        // Where there are few, each can be seen.
        let parts = if calm { count } else { count.min(1) };
        for part in 0..parts {
            let (low, high) = match calm {
                true => (part as f64 + 0.06, part as f64 + 0.94),
                false => (0.0, count as f64),
            };
            panel.layers.push(Layer::Bar {
                from: (left, low),
                to: (right, high),
                paint,
                hover: format!("{count} after {}", duration(left / S)),
            });
        }
    }
    if !calm {
        for (at, count, peak) in spikes(&own.arrivals) {
            let at = ((at as f64 + 0.5) * bin, peak as f64);
            panel.notes.push(
                Note::new(format!("{count} together"), at).rather(Side::Right),
            );
        }
    }
    for guess in run.guesses(&row.strategy, Quantity::Arrivals) {
        guess.point("most in 10 ms", &mut panel, (highest.1, guess.value));
    }
    panel
}

/// Where requests came together after a pause: the highest 10 ms of each, how
/// many there were with their neighbours, and how many in the highest.
fn spikes(arrivals: &[u64]) -> Vec<(usize, u64, u64)> {
    const PAUSE: usize = 3;
    let mut spikes: Vec<(usize, u64, u64)> = Vec::new();
    let mut last = None;
    for (at, count) in arrivals.iter().copied().enumerate() {
        if count == 0 {
            continue;
        }
        let goes_on = last.is_some_and(|last| at - last <= PAUSE);
        match spikes.last_mut().filter(|_| goes_on) {
            Some(spike) => {
                spike.1 += count;
                if count > spike.2 {
                    (spike.0, spike.2) = (at, count);
                }
            }
            None => spikes.push((at, count, count)),
        }
        last = Some(at);
    }
    spikes
}
