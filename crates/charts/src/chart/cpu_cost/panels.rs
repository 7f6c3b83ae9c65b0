//! The two panels, from the numbers of a run: a row for each strategy on its
//! client, with waits and without.

use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note as Flag, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::chart::cpu_cost::finding::{Told, rows, told, with_waits};
use crate::error::ChartError;
use crate::finding::{elided, less};
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::processors::processors;
use crate::quantity::{
    capital, duration, from_to, microseconds, number, plural,
};
use crate::scale::{Scale, Steps};
use crate::strategy::label;

/// More rows than this are a table.
const MOST_ROWS: usize = 8;

/// With more dots than this, nobody could see one.
const MOST_ROUNDS: usize = 1500;

/// How far down a row its symbol is: above it is a line of text.
const SYMBOL: f64 = 0.66;

/// How far down it is.
const TEXT: f64 = 0.23;

/// It begins so far to the left of its symbol, as a part of the scale: in the
/// full width of a page, and in half of it.
const LEFT: [f64; 2] = [0.09, 0.19];

/// Room at the ends of the scale, as a factor: for what is written there.
const ROOM: [f64; 2] = [2.2, 2.1];

/// A panel before it is known what is beside it.
struct Part<'a> {
    batch: &'a Batch,
    rows: Vec<&'a Row>,
}

/// Every panel that there is data for, and what was measured.
pub(super) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let both = [with_waits(summary), summary.no_waits()];
    let parts: Vec<Part<'_>> =
        both.into_iter().flatten().filter_map(Part::new).collect();
    let all = || parts.iter().flat_map(|part| part.rows.iter().copied());
    let told = told(summary);
    let names = names(all(), &told);
    match names.len() {
        0 => return Err(missing(summary)),
        count if count > MOST_ROWS => {
            let limit = MOST_ROWS;
            return Err(ChartError::TooManyStrategies { count, limit });
        }
        _ => {}
    }
    let values = all().flat_map(|row| values(row).collect::<Vec<_>>());
    let values = values.flat_map(|cost| [cost / ROOM[0], cost * ROOM[1]]);
    let x = Scale::new(Steps::Log10, values, (0.0, 1.0));
    let x = Axis::round("CPU for each ping, µs; logarithmic", x, "");
    let labels: Vec<String> = names.iter().map(|name| name.label()).collect();
    let y = Axis::rows(&labels);
    let (low, high) = x.scale.ends();
    let shift = (high / low).powf(LEFT[usize::from(parts.len() > 1)]);
    let panel = |part: &Part<'_>| part.panel(&names, (&x, &y), &told, shift);
    let panels = parts.iter().map(panel);
    let plot = Plot {
        panels: panels.collect(),
        key: key(all()),
        one_scale: true,
        stacked: false,
    };
    Ok((plot, subtitle(&parts)))
}

fn missing(summary: &Summary) -> ChartError {
    let both = [with_waits(summary), summary.no_waits()];
    let valid = |batch: &Batch| batch.rows.iter().any(|row| row.valid > 0);
    match both.into_iter().flatten().any(valid) {
        true => ChartError::NotTold { what: "processor time" },
        false => ChartError::NothingMeasured,
    }
}

/// Whose row it is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Name<'a> {
    strategy: &'a str,
    client: &'a str,
}

impl Name<'_> {
    /// `pool on ureq`, `tasks by hand`.
    fn label(&self) -> String {
        let way = elided(label(self.strategy), 16);
        match ways::is_by_hand(self.strategy) || self.client.trim().is_empty() {
            true => way,
            false => format!("{way} on {}", elided(self.client, 9)),
        }
    }
}

fn name(row: &Row) -> Name<'_> {
    Name { strategy: &row.strategy, client: &row.client }
}

/// Every strategy, each once; those that the title compares first.
fn names<'a>(
    rows: impl Iterator<Item = &'a Row>,
    told: &Option<Told<'_>>,
) -> Vec<Name<'a>> {
    let mut names: Vec<Name<'_>> = Vec::new();
    for row in rows.map(name) {
        if names.iter().all(|known| known.strategy != row.strategy) {
            names.push(row);
        }
    }
    names.sort_by_key(|name| {
        !told.as_ref().is_some_and(|told| told.compares(name.strategy))
    });
    names
}

fn micro(estimate: &Estimate) -> f64 {
    estimate.median / 1e3
}

fn cost(row: &Row) -> Option<&Estimate> {
    let estimate = row.cpu_per_request_ns.as_ref()?;
    // What is nothing has no place on a scale of ratios.
    (estimate.median.is_finite() && estimate.median > 0.0).then_some(estimate)
}

/// Every number that its row shows, µs.
fn values(row: &Row) -> impl Iterator<Item = f64> {
    let estimate = cost(row).into_iter();
    estimate.flat_map(|estimate| {
        let rounds = estimate.values.iter().map(|cost| cost / 1e3);
        rounds.filter(|cost| *cost > 0.0).chain([micro(estimate)])
    })
}

impl<'a> Part<'a> {
    /// `None` if nothing is known of its rows.
    fn new(batch: &'a Batch) -> Option<Part<'a>> {
        let rows: Vec<&Row> =
            rows(batch).filter(|row| cost(row).is_some()).collect();
        (!rows.is_empty()).then_some(Part { batch, rows })
    }

    /// `even waits` or `no waits`.
    fn name(&self) -> &'static str {
        match self.batch.waits {
            Waits::None => "no waits",
            _ => "with waits",
        }
    }

    fn about(&self) -> String {
        let level = format!("{} in flight", number(self.batch.concurrency));
        let more = match self.batch.waits {
            Waits::None if self.batch.kept_awake == Some(true) => {
                "the server answers at once".to_owned()
            }
            Waits::None => processors(self.batch).to_owned(),
            waits => {
                let wait = waits.list().first().copied().unwrap_or(0);
                format!("the server waits {}", duration(wait as f64))
            }
        };
        if more.is_empty() { level } else { format!("{level}, {more}") }
    }

    fn panel(
        &self,
        names: &[Name<'_>],
        (x, y): (&Axis, &Axis),
        told: &Option<Told<'_>>,
        shift: f64,
    ) -> Panel {
        let mut layers = Vec::new();
        let mut notes = Vec::new();
        let dots: usize = self.rows.iter().map(|row| values(row).count()).sum();
        for row in &self.rows {
            let place = names.iter().position(|n| n.strategy == row.strategy);
            let y = place.unwrap_or(0) as f64 + SYMBOL;
            if dots <= MOST_ROUNDS {
                let at = values(row).map(|cost| (cost, y)).collect();
                layers.push(Layer::Rounds { at, paint: Paint::Other });
            }
            // Both parts of all rows would be a table; the others have theirs
            // on hover.
            let told = told.as_ref();
            if told.is_none_or(|told| {
                told.rows.is_empty() || told.compares(&row.strategy)
            }) {
                notes.extend(apart(row, y, shift));
            }
            let told = told.filter(|told| {
                told.rows.iter().any(|other| std::ptr::eq(*other, *row))
            });
            layers.extend(self.symbol(row, y));
            notes.extend(sum(row, y, told));
        }
        // The symbols are in front of all dots.
        layers.sort_by_key(|layer| matches!(layer, Layer::Symbol { .. }));
        Panel {
            title: capital(self.name()),
            about: self.about(),
            x: x.clone(),
            y: y.clone(),
            layers,
            notes,
            ends: Vec::new(),
            share: 1.0,
            height: Height::Rows(names.len(), 2),
        }
    }

    fn symbol(&self, row: &Row, y: f64) -> Option<Layer> {
        let estimate = cost(row)?;
        let interval = estimate.interval.map_or(String::new(), |interval| {
            let [low, high] = [interval.low, interval.high].map(duration);
            format!(", interval {}", from_to(&low, &high))
        });
        let parts = parts(row).map_or(String::new(), |of| format!(" ({of})"));
        let hover = format!(
            "{} on {}, {}, {} in flight: {} for each ping{interval}{parts}, {}",
            ways::name(&row.strategy),
            row.client,
            self.name(),
            number(self.batch.concurrency),
            duration(estimate.median),
            plural(estimate.n, "round")
        );
        Some(Layer::Symbol {
            strategy: row.strategy.clone(),
            at: (micro(estimate), y),
            disturbed: is_disturbed(row),
            hover,
        })
    }
}

fn is_disturbed(row: &Row) -> bool {
    row.notes.contains(&Flag::Disturbed)
}

/// The number of a row, to the right of all that is drawn of it; bold if the
/// title speaks of it, and then with what it says.
fn sum(row: &Row, y: f64, told: Option<&Told<'_>>) -> Option<Note> {
    let estimate = cost(row)?;
    let right = values(row).fold(0.0, f64::max);
    let text = duration(estimate.median);
    let Some(told) = told else {
        return Some(Note::new(text, (right, y)).rather(Side::Along));
    };
    let first =
        told.rows.first().is_some_and(|first| std::ptr::eq(*first, row));
    let text = match told.ratio.filter(|_| first) {
        Some(ratio) => format!("{text}: {}", less(ratio)),
        None => text,
    };
    Some(Note::number(text, (right, y)).rather(Side::Along))
}

/// Its two parts, above all that is drawn of it; their text begins left of the
/// symbol by that factor.
fn apart(row: &Row, y: f64, shift: f64) -> Option<Note> {
    let at = (micro(cost(row)?) / shift, y - SYMBOL + TEXT);
    Some(Note::new(parts(row)?, at).rather(Side::Along))
}

/// `client 26, server 14`, in µs.
fn parts(row: &Row) -> Option<String> {
    let client = row.client_cpu_per_request_ns.as_ref()?;
    let server = row.server_cpu_per_request_ns.as_ref()?;
    let [client, server] = [client, server].map(|e| microseconds(e.median));
    Some(format!("client {client}, server {server}"))
}

fn key<'a>(rows: impl Iterator<Item = &'a Row>) -> [Vec<Item>; 2] {
    let mut items = vec![Item::new(
        Sample::Rounds,
        "every round, client and server together",
    )];
    if rows.into_iter().any(is_disturbed) {
        items.push(Item::disturbed());
    }
    [items.clone(), items]
}

fn subtitle(parts: &[Part<'_>]) -> String {
    let rounds = |part: &Part<'_>| {
        let counts = part.rows.iter().filter_map(|row| Some(cost(row)?.n));
        counts.min().unwrap_or(0)
    };
    let mut counts = parts.iter().map(rounds);
    let first = counts.next().unwrap_or(0);
    let rounds: Vec<String> = match counts.all(|count| count == first) {
        true => vec![first.to_string()],
        false => parts
            .iter()
            .map(|part| format!("{} ({})", rounds(part), part.name()))
            .collect(),
    };
    format!(
        "By hand: the same GET of our own for pool and tasks; ureq and \
         reqwest are client libraries. Client and server are added up: the \
         kernel books some work of the server on the client. Medians of {} \
         rounds.",
        rounds.join(", "),
    )
}
