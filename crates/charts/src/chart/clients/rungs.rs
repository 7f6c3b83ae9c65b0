//! The rungs of the ladder, from the numbers of a run, and their picture.

use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::processors::processors;
use crate::quantity::{from_to, microseconds, number, plural};
use crate::scale::{Scale, Steps};

/// Room at the right for the number beside the longest bar, as a factor.
const ROOM: f64 = 1.22;

/// A client, and what it is known to cost.
pub(super) struct Rung<'a> {
    pub(super) row: &'a Row,
    /// The client's CPU of a ping, ns.
    pub(super) cost: &'a Estimate,
    /// What it does that the one before it does not.
    layer: &'static str,
}

/// What each rung of the ladder adds, in its order.
const LAYERS: [&str; 4] = [
    "nothing but the bytes, tokio and the kernel",
    "HTTP: heads, framing, a second task",
    "a pool and a dialler",
    "URLs, headers, redirects, encryption",
];

/// Whether the batch has two clients at least of which one is around the
/// other, in the same shape, and tells what they cost.
pub fn has_ladder(batch: &Batch) -> bool {
    rungs(batch).len() > 1
}

fn rungs(batch: &Batch) -> Vec<Rung<'_>> {
    let rung = |(way, layer): (&ways::Way, &'static str)| {
        let row = batch.rows.iter().find(|row| row.strategy == way.id)?;
        let cost = row.client_cpu_per_request_ns.as_ref()?;
        let known = cost.median.is_finite() && cost.median > 0.0;
        known.then_some(Rung { row, cost, layer })
    };
    ways::LADDER.iter().zip(LAYERS).filter_map(rung).collect()
}

/// The ladder of a run: without waits, or else of its own question.
pub(super) fn ladder(summary: &Summary) -> Option<(&Batch, Vec<Rung<'_>>)> {
    let asked = summary.of_act(Act::Sweep);
    let all = summary.no_waits().into_iter().chain(asked);
    let batch = all.into_iter().find(|batch| has_ladder(batch))?;
    Some((batch, rungs(batch)))
}

impl Rung<'_> {
    pub(super) fn client(&self) -> &'static str {
        ways::client(&self.row.strategy)
    }

    /// `by hand`, `on hyper`.
    pub(super) fn on(&self) -> String {
        match self.row.strategy == ways::WORKERS_BY_HAND.id {
            true => self.client().to_owned(),
            false => format!("on {}", self.client()),
        }
    }

    /// What it costs more than the one before it, ns; `None` where the rounds
    /// do not keep them apart.
    pub(super) fn adds(&self, before: &Rung<'_>) -> Option<f64> {
        let (low, _) = ends(self.cost);
        let (_, high) = ends(before.cost);
        (low > high).then_some(self.cost.median - before.cost.median)
    }

    fn hover(&self) -> String {
        let interval = self.cost.interval.map_or(String::new(), |interval| {
            let [low, high] = [interval.low, interval.high].map(microseconds);
            format!(", interval {} µs", from_to(&low, &high))
        });
        format!(
            "{}: {} µs{interval}, {}",
            ways::name(&self.row.strategy),
            microseconds(self.cost.median),
            plural(self.cost.n, "round")
        )
    }
}

/// The interval; with too few rounds for one, all that was measured.
fn ends(cost: &Estimate) -> (f64, f64) {
    match cost.interval {
        Some(interval) => (interval.low, interval.high),
        None => (cost.min, cost.max),
    }
}

/// The picture, and what was measured.
pub(super) fn plot(batch: &Batch, rungs: &[Rung<'_>]) -> (Plot, String) {
    let most = rungs.iter().map(|rung| ends(rung.cost).1.max(rung.cost.median));
    let most = most.map(|ns| ROOM * ns / 1e3);
    let x = Scale::new(Steps::Linear, most, (0.0, 1.0));
    let names: Vec<String> =
        rungs.iter().map(|rung| rung.client().to_owned()).collect();
    let x = Axis::round("CPU of the client for each ping, µs", x, "");
    let height = Height::Rows(rungs.len(), 2);
    let mut panel = Panel::new(x, Axis::rows(&names), height);
    let mut before = None;
    for (row, rung) in (0_u32..).zip(rungs) {
        of_rung(&mut panel, f64::from(row), rung, before);
        before = Some(rung);
    }
    let key = vec![
        Item::new(Sample::Bar(Paint::AsyncTasks), "what this layer adds"),
        Item::new(Sample::Idle, "the layers under it"),
    ];
    let plot = Plot {
        panels: vec![panel],
        key: [key.clone(), key],
        one_scale: true,
        stacked: false,
    };
    (plot, subtitle(batch, rungs))
}

fn of_rung(
    panel: &mut Panel,
    row: f64,
    rung: &Rung<'_>,
    before: Option<&Rung<'_>>,
) {
    let (top, bottom) = (row + 0.46, row + 0.86);
    let own = rung.cost.median / 1e3;
    let under = before.map_or(0.0, |rung| rung.cost.median / 1e3).min(own);
    let bar = |from: f64, to: f64, paint: Paint| Layer::Bar {
        from: (from, top),
        to: (to, bottom),
        paint,
        hover: rung.hover(),
    };
    if before.is_some() {
        panel.layers.push(bar(0.0, under, Paint::Idle));
    }
    panel.layers.push(bar(under, own, Paint::AsyncTasks));
    let middle = (top + bottom) / 2.0;
    let (low, high) = ends(rung.cost);
    let [from, to] = [low, high].map(|ns| (ns / 1e3, middle));
    panel.layers.push(Layer::Interval { from, to, paint: Paint::Ink });
    let text = format!("{} µs", microseconds(rung.cost.median));
    let right = (to.0.max(own), middle);
    panel.notes.push(Note::number(text, right).rather(Side::Along));
    let adds = match before.map(|before| rung.adds(before)) {
        None => rung.layer.to_owned(),
        Some(Some(ns)) => format!("+{} µs: {}", microseconds(ns), rung.layer),
        Some(None) => format!("no visible difference: {}", rung.layer),
    };
    let at = (0.0, row + 0.22);
    panel.notes.push(Note::needed(adds, at).rather(Side::Along));
}

fn subtitle(batch: &Batch, rungs: &[Rung<'_>]) -> String {
    let wait = match batch.waits {
        Waits::None => "the server answers at once",
        _ => "the server waits",
    };
    let about = match processors(batch) {
        "" => String::new(),
        about => format!(", {about}"),
    };
    let rounds = rungs.iter().map(|rung| rung.cost.n).min();
    format!(
        "{} worker tasks on one thread take the next URL by a cursor; {wait}\
         {about}. Each client is the layer under the next. Medians of {}, with \
         intervals.",
        number(batch.concurrency),
        plural(rounds.unwrap_or(0), "round"),
    )
}
