//! A strip for each act, from the numbers of a run.

use std::collections::{BTreeMap, BTreeSet};

use measurement::compare::Twins;
use measurement::record::Act;
use measurement::summary::{Step, Summary};
use measurement::waits::Waits;

use super::words::highest;
use crate::error::ChartError;
use crate::key::{DISTURBED, Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::quantity::{floor_percent, plural};
use crate::scale::{Scale, Tick};

/// With more of them nobody could tell one from another.
const MOST_STEPS: usize = 1500;

/// So many pairs of twins have room in a strip.
const MOST_PAIRS: usize = 4;

/// How far around 100 % the strips may reach, and the lines of their grid.
const REACHES: [(f64, f64); 4] =
    [(5.0, 4.0), (10.0, 5.0), (20.0, 10.0), (50.0, 25.0)];

/// The trials of one act, and what ran twice in it.
#[derive(Default)]
struct Strip<'a> {
    steps: Vec<&'a Step>,
    pairs: Vec<&'a Twins>,
}

impl Strip<'_> {
    /// How far from 100 % a difference must be, wherever twins ran.
    fn floor(&self) -> Option<f64> {
        let floors = self.pairs.iter().filter_map(|twins| twins.floor);
        floors.filter(|floor| floor.is_finite()).reduce(f64::max)
    }

    fn title(&self, act: Act, waits: bool) -> String {
        let name = match act {
            Act::Book => "The book's six pings",
            Act::Uneven => "Uneven waits",
            Act::NoWaits => "No waits",
            Act::Sweep if waits => "Even waits",
            Act::Sweep => "Own question, no waits",
            Act::Memory => "Memory",
            Act::Lesson => "The lesson",
            Act::Capacity | Act::CapacityCold => "Capacity",
        };
        let trials = plural(self.steps.len(), "trial");
        let disturbed = self.steps.iter().filter(|s| s.disturbed).count();
        match (self.steps.len(), disturbed) {
            (0, _) => name.to_owned(),
            (_, 0) => format!("{name}: {trials}"),
            _ => format!("{name}: {trials}, {disturbed} disturbed"),
        }
    }
}

/// A strip for each act, and what was measured.
pub(super) fn plot(
    summary: &Summary,
    acts: &BTreeMap<u32, Act>,
) -> Result<(Plot, String), ChartError> {
    let strips = strips(summary, acts);
    if strips.is_empty() {
        return Err(ChartError::NothingTwice);
    }
    let (reach, line) = reach(strips.values());
    let spoken = [true, false].map(|waits| highest(summary, waits));
    let count = strips.len();
    let panels = strips.iter().enumerate().map(|(number, (act, strip))| {
        let mut panel = panel(strip, (reach, line), spoken);
        let waits = summary.of_act(*act).any(|b| b.waits != Waits::None);
        panel.title = strip.title(*act, waits);
        if number == 0 {
            panel.y.name = [
                "time of a trial; 100 % is the median of its strategy",
                "100 % is the median of its strategy",
            ]
            .map(str::to_owned);
        }
        if number + 1 == count {
            let name = "trials, in the order in which they ran".to_owned();
            panel.x.name = [name, "trials, as they ran".to_owned()];
        }
        panel.height = Height::Part(if count > 2 { 0.28 } else { 0.5 });
        panel
    });
    let panels = panels.collect();
    let rounds = strips.values().flat_map(|strip| &strip.pairs);
    let rounds = rounds.map(|twins| twins.ratio.n).min();
    let twice = match rounds {
        Some(rounds) => format!(
            "At the right, a strategy that ran twice in each of {rounds} rounds \
             or more: second over first, and the interval of their median. Its \
             farther end is how wide the grey is."
        ),
        None => "No strategy ran twice.".to_owned(),
    };
    let subtitle = format!(
        "Each dot is a trial: its time, where 100 % is the median of its \
         strategy. {twice}"
    );
    let key = key(&strips, reach);
    let plot = Plot { panels, key, one_scale: false, stacked: true };
    Ok((plot, subtitle))
}

/// What there is of each act. A trial alone in its cell is its own median, and
/// tells nothing.
fn strips<'a>(
    summary: &'a Summary,
    acts: &BTreeMap<u32, Act>,
) -> BTreeMap<Act, Strip<'a>> {
    let rows = summary.batches.iter().flat_map(|batch| &batch.rows);
    let alone: BTreeSet<u32> = rows
        .filter(|row| row.valid == 1)
        .filter_map(|row| row.median_trial)
        .collect();
    let all: Vec<(Act, &Step)> = summary
        .trust
        .course
        .iter()
        .filter(|step| !alone.contains(&step.trial))
        .filter(|step| step.ratio.is_finite() && step.ratio >= 0.0)
        .filter_map(|step| Some((*acts.get(&step.trial)?, step)))
        .collect();
    let stride = all.len().div_ceil(MOST_STEPS).max(1);
    let mut strips: BTreeMap<Act, Strip<'_>> = BTreeMap::new();
    for (act, step) in all.into_iter().step_by(stride) {
        strips.entry(act).or_default().steps.push(step);
    }
    for batch in &summary.batches {
        let Some(twins) = &batch.twins else { continue };
        let pairs = &mut strips.entry(batch.act).or_default().pairs;
        if twins.ratio.median.is_finite() && pairs.len() < MOST_PAIRS {
            pairs.push(twins);
        }
    }
    // Where nothing ran twice there is nothing to judge by.
    if strips.values().any(|strip| !strip.pairs.is_empty()) {
        strips.retain(|_, strip| !strip.pairs.is_empty());
    }
    strips
}

/// How far around 100 % nearly all of it lies: a few spikes shall not hide the
/// rest, but each floor shall be seen.
fn reach<'a>(strips: impl Iterator<Item = &'a Strip<'a>>) -> (f64, f64) {
    let mut wanted = 0.0_f64;
    let mut off: Vec<f64> = Vec::new();
    for strip in strips {
        off.extend(strip.steps.iter().map(|s| 100.0 * (s.ratio - 1.0).abs()));
        wanted = wanted.max(100.0 * strip.floor().unwrap_or(0.0));
    }
    off.sort_by(f64::total_cmp);
    let nearly = off.get((off.len() * 97 / 100).min(off.len().max(1) - 1));
    let wanted = wanted.max(nearly.copied().unwrap_or(0.0));
    let fits = |(reach, _): &(f64, f64)| *reach >= 1.05 * wanted;
    REACHES.into_iter().find(fits).unwrap_or(REACHES[3])
}

fn panel(
    strip: &Strip<'_>,
    (reach, line): (f64, f64),
    spoken: [Option<f64>; 2],
) -> Panel {
    let steps = || strip.steps.iter().map(|step| f64::from(step.trial));
    let first = steps().reduce(f64::min).unwrap_or(0.0);
    let last = steps().reduce(f64::max).unwrap_or(0.0).max(first + 1.0);
    // At the right there is room for the twins.
    let span = last - first;
    let pairs = strip.pairs.len() as f64;
    let end =
        if pairs > 0.0 { last + span * (0.06 * pairs + 0.16) } else { last };
    let (low, high) = (100.0 - reach, 100.0 + reach);
    let inside = |percent: f64| percent.clamp(low, high);
    let mut layers = Vec::new();
    if let Some(floor) = strip.floor() {
        // As ratios: the farther end of the interval is at its edge.
        let (from, to) = (100.0 / (1.0 + floor), 100.0 * (1.0 + floor));
        let (from, to) = (inside(from), inside(to));
        let corners = vec![(first, from), (end, from), (end, to), (first, to)];
        layers.push(Layer::Fill { corners, paint: Paint::Idle });
    }
    layers.push(Layer::rule((first, 100.0), (last, 100.0)));
    // Those of one look together, which is fewer bytes.
    for hollow in [false, true] {
        let same = strip.steps.iter().filter(|s| s.disturbed == hollow);
        let at = |step: &&Step| (f64::from(step.trial), 100.0 * step.ratio);
        let at: Vec<At> = same.map(at).collect();
        if !at.is_empty() {
            layers.push(Layer::Trials { at, hollow });
        }
    }
    let mut beside = last;
    for (number, twins) in (0_u32..).zip(&strip.pairs) {
        let x = last + span * (0.06 * f64::from(number) + 0.04);
        beside = x;
        if let Some(interval) = twins.ratio.interval {
            let ends = [interval.low, interval.high];
            let [from, to] = ends.map(|end| (x, inside(100.0 * end)));
            layers.push(Layer::Interval { from, to, paint: Paint::Ink });
        }
        let at = vec![(x, inside(100.0 * twins.ratio.median))];
        layers.push(Layer::Rounds { at, paint: Paint::Ink });
    }
    let note = strip.floor().map(|floor| {
        let (text, at) = (floor_percent(floor), (beside, 100.0));
        let note = match spoken.contains(&Some(floor)) {
            true => Note::number(text, at),
            false => Note::new(text, at),
        };
        let note = note.rather(Side::Along).on(Paint::Idle);
        Note { needed: true, ..note }
    });
    let tick = |value: f64| Tick { value, text: format!("{value} %") };
    let ticks = [100.0, 100.0 - line, 100.0 + line].map(tick).to_vec();
    Panel {
        title: String::new(),
        about: String::new(),
        x: Axis::at("", Scale::between((first, end), (0.0, 1.0)), Vec::new()),
        y: Axis::at("", Scale::between((low, high), (0.0, 1.0)), ticks),
        layers,
        notes: note.into_iter().collect(),
        ends: Vec::new(),
        share: 1.0,
        height: Height::Standard,
    }
}

fn key(strips: &BTreeMap<Act, Strip<'_>>, reach: f64) -> [Vec<Item>; 2] {
    let steps = || strips.values().flat_map(|strip| &strip.steps);
    let beyond = |step: &Step| 100.0 * (step.ratio - 1.0).abs() >= reach;
    let twice = strips.values().any(|strip| !strip.pairs.is_empty());
    let floor = strips.values().any(|strip| strip.floor().is_some());
    [true, false].map(|wide| {
        let mut items = Vec::new();
        let mut add = |there: bool, sample, long: &str, short: &str| {
            if there {
                let text = if wide { long } else { short };
                items.push(Item::new(sample, text));
            }
        };
        add(steps().any(|s| !s.disturbed), Sample::Trial, "a trial", "a trial");
        let hollow = steps().any(|step| step.disturbed);
        add(hollow, Sample::Hollow, DISTURBED, DISTURBED);
        let any = steps().any(|step| beyond(step));
        add(any, Sample::Beyond, "beyond", "beyond");
        add(twice, Sample::Twice, "one strategy, run twice", "one run twice");
        let long = "a difference as small as this does not count";
        add(floor, Sample::Idle, long, "no difference");
        items
    })
}
