//! The rows, from the numbers of a run.

use measurement::summary::{Batch, Note as Remark, Row, Summary};
use measurement::ways;

use super::words::{farthest, longer, spoken_of};
use crate::curve::{sweep, turns};
use crate::error::ChartError;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Plot, Side};
use crate::quantity::{duration, from_to, number, percent, plural};
use crate::scale::{Scale, Steps};
use crate::strategy;

/// More strategies than this are a table.
const MOST_STRATEGIES: usize = 8;

/// More rows than this are not read.
const MOST_ROWS: usize = 8;

/// Where there are more levels, these have a row before others.
const FIRST: [usize; 4] = [2, 8, 64, 256];

/// With more dots than this, nobody could see one.
const MOST_ROUNDS: usize = 1500;

/// What a strategy has at a level, in percent longer than the earliest
/// possible end.
struct Cell<'a> {
    strategy: &'a str,
    middle: f64,
    interval: Option<(f64, f64)>,
    /// Ascending.
    rounds: Vec<f64>,
    disturbed: bool,
}

/// What was measured with so many in flight.
struct Level<'a> {
    batch: &'a Batch,
    cells: Vec<Cell<'a>>,
    /// What is within is not called different from the reference.
    same: Option<(f64, f64)>,
}

impl<'a> Cell<'a> {
    fn new(row: &'a Row) -> Option<Cell<'a>> {
        let efficiency = row.efficiency.as_ref()?;
        let late = |part: f64| 100.0 * longer(part).max(0.0);
        let middle = late(efficiency.median);
        let mut rounds: Vec<f64> =
            efficiency.values.iter().copied().map(late).collect();
        rounds.retain(|round| round.is_finite());
        rounds.sort_by(f64::total_cmp);
        let interval = efficiency.interval.map(|i| (late(i.high), late(i.low)));
        middle.is_finite().then(|| Cell {
            strategy: &row.strategy,
            middle,
            interval: interval.filter(|(_, high)| high.is_finite()),
            rounds,
            disturbed: row.notes.contains(&Remark::Disturbed),
        })
    }

    fn hover(&self, level: usize) -> String {
        let late = |value: f64| percent(value / 100.0);
        let interval = self.interval.map_or(String::new(), |(low, high)| {
            format!(", interval {}", from_to(&late(low), &late(high)))
        });
        format!(
            "{}, {} in flight: {} longer{interval}, {}",
            ways::name(self.strategy),
            number(level),
            late(self.middle),
            plural(self.rounds.len(), "round"),
        )
    }
}

impl<'a> Level<'a> {
    fn new(summary: &Summary, batch: &'a Batch) -> Option<Level<'a>> {
        let concurrent = batch.rows.iter().filter(|row| {
            !ways::is_one_by_one(&row.strategy)
                && summary.is_over_levels(&row.strategy)
        });
        let cells: Vec<Cell<'_>> = concurrent.filter_map(Cell::new).collect();
        let reference = batch.reference.as_deref();
        let like = cells.iter().find(|c| Some(c.strategy) == reference);
        let floor = batch.twins.as_ref().and_then(|twins| twins.floor);
        let same = like.zip(floor).map(|(cell, floor)| {
            let whole = 1.0 + cell.middle / 100.0;
            let late = |end: f64| 100.0 * (end - 1.0).max(0.0);
            (late(whole / (1.0 + floor)), late(whole * (1.0 + floor)))
        });
        let same = same.filter(|(_, high)| high.is_finite());
        (!cells.is_empty()).then_some(Level { batch, cells, same })
    }

    fn name(&self) -> String {
        format!("{} in flight", number(self.batch.concurrency))
    }
}

/// Where each strategy has its line in every row.
struct Lines(Vec<String>);

impl Lines {
    fn new(levels: &[Level<'_>]) -> Lines {
        let mut names: Vec<String> = Vec::new();
        for cell in levels.iter().flat_map(|level| &level.cells) {
            if !names.iter().any(|name| name == cell.strategy) {
                names.push(cell.strategy.to_owned());
            }
        }
        Lines(names)
    }

    /// The middle of the line, where the row with that number is one high.
    fn at(&self, row: usize, strategy: &str) -> f64 {
        let number = self.0.iter().position(|name| name == strategy);
        let lines = self.0.len() as f64 + 0.7;
        row as f64 + (number.unwrap_or(0) as f64 + 0.85) / lines
    }
}

/// At most so many levels, those first that titles speak of.
fn chosen<'a>(mut levels: Vec<Level<'a>>, spoken: &[usize]) -> Vec<Level<'a>> {
    let last = levels.last().map(|level| level.batch.concurrency);
    levels.sort_by_key(|level| {
        let level = level.batch.concurrency;
        let first = spoken.contains(&level) || Some(level) == last;
        (!first, !FIRST.contains(&level), std::cmp::Reverse(level))
    });
    levels.truncate(MOST_ROWS);
    levels.sort_by_key(|level| level.batch.concurrency);
    levels
}

/// The rows, and what was measured.
pub(crate) fn plot(summary: &Summary) -> Result<(Plot, String), ChartError> {
    let batches = sweep(summary);
    let spoken: Vec<(&Batch, &Row)> = spoken_of(summary);
    let at: Vec<usize> = spoken.iter().map(|(b, _)| b.concurrency).collect();
    let levels = batches.iter().filter_map(|b| Level::new(summary, b));
    let levels = chosen(levels.collect(), &at);
    let lines = Lines::new(&levels);
    let count = lines.0.len();
    let first = levels.first().ok_or(ChartError::NothingMeasured)?;
    if count > MOST_STRATEGIES {
        let limit = MOST_STRATEGIES;
        return Err(ChartError::TooManyStrategies { count, limit });
    }
    let x = across(&levels, &at);
    let names: Vec<String> = levels.iter().map(Level::name).collect();
    let mut layers = Vec::new();
    for (row, level) in levels.iter().enumerate() {
        if let Some((low, high)) = level.same {
            let (top, bottom) = (row as f64 + 0.06, row as f64 + 0.94);
            let corners =
                vec![(low, top), (high, top), (high, bottom), (low, bottom)];
            layers.push(Layer::Fill { corners, paint: Paint::Idle });
        }
    }
    layers.push(Layer::rule((0.0, 0.0), (0.0, levels.len() as f64)));
    let mut notes = Vec::new();
    let farthest = farthest(summary);
    for (row, level) in levels.iter().enumerate() {
        let standard = spoken
            .iter()
            .find(|(batch, _)| batch.concurrency == level.batch.concurrency)
            .map(|(_, row)| row.strategy.as_str());
        for cell in &level.cells {
            let y = lines.at(row, cell.strategy);
            layers.extend(marks(level, cell, y, &x, &levels));
            let far = farthest.is_some_and(|(batch, [_, far])| {
                let same = batch.concurrency == level.batch.concurrency;
                same && far.strategy == cell.strategy
            });
            let told = far || standard == Some(cell.strategy);
            notes.extend(note(level, cell, y, &x, (standard.is_some(), told)));
        }
    }
    let mut x_axis =
        Axis::round("longer than the earliest possible end", x, " %");
    x_axis.name[1] = "longer than the earliest end".to_owned();
    let panel = Panel {
        title: String::new(),
        about: String::new(),
        x: x_axis,
        y: Axis::rows(&names),
        layers,
        notes,
        ends: Vec::new(),
        share: 1.0,
        height: Height::Rows(levels.len(), count),
    };
    let subtitle = subtitle(&levels, first, turns(&batches));
    let key = key(&levels, &lines);
    let plot =
        Plot { panels: vec![panel], key, one_scale: false, stacked: true };
    Ok((plot, subtitle))
}

/// From nothing to the farthest that has to be seen; what exhausts the machine
/// lies at the edge.
fn across(levels: &[Level<'_>], spoken: &[usize]) -> Scale {
    let most = spoken.iter().copied().max().unwrap_or(usize::MAX);
    let seen = levels.iter().filter(|l| l.batch.concurrency <= most);
    let values = seen.flat_map(|level| {
        let cells = level.cells.iter();
        let of_cells = cells
            .flat_map(|cell| cell.rounds.iter().copied().chain([cell.middle]));
        of_cells.chain(level.same.map(|(_, high)| high))
    });
    // The farthest has its label at the right, too.
    let values = values.map(|value| 1.12 * value);
    Scale::new(Steps::Linear, values, (0.0, 1.0))
}

fn marks(
    level: &Level<'_>,
    cell: &Cell<'_>,
    y: f64,
    x: &Scale,
    levels: &[Level<'_>],
) -> Vec<Layer> {
    let paint = Paint::of_strategy(cell.strategy);
    let all = levels.iter().flat_map(|level| &level.cells);
    let few = all.map(|c| c.rounds.len()).sum::<usize>() <= MOST_ROUNDS;
    let rounds = cell.rounds.iter().filter(|round| few && x.holds(**round));
    let at = rounds.map(|round| (*round, y)).collect();
    let mut layers = vec![
        Layer::Rounds { at, paint },
        Layer::Symbol {
            strategy: cell.strategy.to_owned(),
            at: (cell.middle, y),
            disturbed: cell.disturbed,
            hover: cell.hover(level.batch.concurrency),
        },
    ];
    if !x.holds(cell.middle) {
        layers.push(Layer::Beyond { at: y });
    }
    layers
}

/// What is printed beside a symbol: what the title speaks of, in its rows what is
/// not the same as the reference, and everywhere what is beyond the edge.
fn note(
    level: &Level<'_>,
    cell: &Cell<'_>,
    y: f64,
    x: &Scale,
    (of_level, of_cell): (bool, bool),
) -> Option<Note> {
    let (_, most) = x.ends();
    let short = strategy::label(cell.strategy);
    let text = format!("{short} {}", percent(cell.middle / 100.0));
    if !x.holds(cell.middle) {
        let note = Note::new(text, (most, y)).rather(Side::Left);
        return Some(Note { needed: true, ..note });
    }
    let (low, high) = level.same.unwrap_or((f64::INFINITY, 0.0));
    let inside = (low..=high).contains(&cell.middle);
    let from = if inside { high } else { cell.middle };
    if of_cell {
        return Some(Note::number(text, (from, y)).rather(Side::Along));
    }
    let told = of_level && !inside;
    told.then(|| Note::new(text, (from, y)).rather(Side::Along))
}

fn subtitle(
    levels: &[Level<'_>],
    first: &Level<'_>,
    turns: Option<usize>,
) -> String {
    let pings = match turns {
        Some(turns) => format!("{turns} pings for each slot"),
        None => "Pings".to_owned(),
    };
    let wait = first.batch.waits.list().first().copied().unwrap_or(0);
    let cells = levels.iter().flat_map(|level| &level.cells);
    let counts: Vec<usize> = cells.map(|cell| cell.rounds.len()).collect();
    let least = counts.iter().min().copied().unwrap_or(0).to_string();
    let most = counts.iter().max().copied().unwrap_or(0).to_string();
    format!(
        "0 % is the earliest possible end: every slot waits for an answer all \
         the time, and nothing else takes time. {pings}, each answered after \
         {}. Symbols are medians of {} rounds.",
        duration(wait as f64),
        from_to(&least, &most),
    )
}

/// At which levels it is known what is too near, unless at all:
/// ` (tested at 8, 64)`.
fn known(levels: &[Level<'_>]) -> String {
    let with: Vec<String> = levels
        .iter()
        .filter(|level| level.same.is_some())
        .map(|level| number(level.batch.concurrency))
        .collect();
    match with.len() == levels.len() {
        true => String::new(),
        false => format!(" (tested at {})", with.join(", ")),
    }
}

fn key(levels: &[Level<'_>], lines: &Lines) -> [Vec<Item>; 2] {
    let cells = || levels.iter().flat_map(|level| &level.cells);
    let reference = levels.iter().find(|level| level.same.is_some());
    let reference = reference.and_then(|l| l.batch.reference.as_deref());
    [true, false].map(|wide| {
        let names = lines.0.iter().map(String::as_str);
        let mut items: Vec<Item> = names.map(Item::strategy).collect();
        items.push(Item::new(Sample::Rounds, "each round"));
        if let Some(reference) = reference {
            let (name, _) = crate::finding::subject(reference);
            items.push(Item::new(
                Sample::Idle,
                match wide {
                    true => {
                        format!(
                            "no visible difference from {name}{}",
                            known(levels)
                        )
                    }
                    false => format!("like {name}"),
                },
            ));
        }
        if cells().any(|cell| cell.disturbed) {
            items.push(Item::disturbed());
        }
        items
    })
}
