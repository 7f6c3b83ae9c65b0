//! How many times as fast more workers are, where the server waits.

use measurement::quantity::{duration, number, plural, speed_up};
use measurement::queue_cost::{Act, CellRow, MachinesSummary, Quantity};
use measurement::ways;

use super::words::servers;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{At, Axis, Height, Layer, Named, Panel};
use crate::scale::{Scale, Steps, Tick};
use crate::scene::Dash;

/// What the dashed line is.
pub(super) const RULE: &str = "as many times as there are workers";

/// The symbol of so many servers: workers are tasks.
fn symbol(copies: usize) -> &'static str {
    if copies <= 1 { ways::TASKS.id } else { "" }
}

fn paint(copies: usize) -> Paint {
    if copies <= 1 { Paint::AsyncTasks } else { Paint::Other }
}

fn at(row: &CellRow) -> Option<At> {
    let times = row.median(Quantity::TimesAsFast)?;
    (times > 0.0).then_some((row.cell.workers as f64, times))
}

/// The panel, its part of the key, and what was measured; none if nothing was.
pub(super) fn panel(
    summary: &MachinesSummary,
) -> Option<(Panel, Vec<Item>, String)> {
    let rows: Vec<&CellRow> =
        summary.of_act(Act::Scaling).filter(|row| at(row).is_some()).collect();
    let first = rows.first()?;
    let mut copies: Vec<usize> =
        rows.iter().map(|row| row.cell.copies).collect();
    copies.sort_unstable();
    copies.dedup();
    let workers = rows.iter().map(|row| row.cell.workers as f64);
    let x = Scale::new(Steps::Log2, workers.clone(), (0.0, 1.0));
    let times = rows.iter().filter_map(|row| Some(at(row)?.1));
    let y = Scale::new(Steps::Log2, workers.chain(times), (0.0, 1.0));
    // Nobody is more times as fast than there are workers.
    let (low, high) = x.ends();
    let (low, high) = (low.max(y.ends().0), high.min(y.ends().1));
    let mut layers = vec![Layer::rule((low, low), (high, high))];
    let mut ends = Vec::new();
    let symbol_of = |copies: &usize| {
        let sample = Sample::Strategy(symbol(*copies).to_owned());
        Item::new(sample, servers(*copies))
    };
    let items = copies.iter().map(symbol_of).collect();
    for copies in copies {
        let own = || rows.iter().filter(|row| row.cell.copies == copies);
        layers.push(Layer::Line {
            points: own().filter_map(|row| at(row)).collect(),
            paint: paint(copies),
            dash: Dash::Solid,
            width: 1.6,
        });
        layers.extend(own().filter_map(|row| mark(row)));
        let last = own().max_by_key(|row| row.cell.workers);
        if let Some((last, at)) = last.and_then(|last| Some((last, at(last)?)))
            && last.cell.workers > 1
        {
            let number = speed_up(at.1);
            ends.push(Named {
                strategy: symbol(copies).to_owned(),
                name: servers(copies),
                at,
                number: number.trim_end_matches('×').to_owned(),
                unit: "×",
            });
        }
    }
    let named = |scale: &Scale, unit: &str| -> Vec<Tick> {
        let of = |row: &&CellRow| {
            let value = row.cell.workers as f64;
            let text = format!("{}{unit}", number(row.cell.workers));
            scale.holds(value).then_some(Tick { value, text })
        };
        let mut ticks: Vec<Tick> = rows.iter().filter_map(of).collect();
        ticks.sort_by(|a, b| a.value.total_cmp(&b.value));
        ticks.dedup();
        ticks
    };
    let (across, upwards) = (named(&x, ""), named(&y, "×"));
    let tasks = first.cell.concurrency / first.cell.workers.max(1);
    let wait = duration(first.cell.wait_ns as f64);
    let about =
        format!("Right: it waits {wait}, {} a worker.", plural(tasks, "task"));
    let panel = Panel {
        title: "More workers".to_owned(),
        about: format!("the server waits {wait}"),
        layers,
        ends,
        share: 1.0,
        ..Panel::new(
            Axis::at("workers", x, across),
            Axis::at("times as fast", y, upwards),
            Height::Part(0.8),
        )
    };
    Some((panel, items, about))
}

fn mark(row: &CellRow) -> Option<Layer> {
    let estimate = row.times_as_fast.as_ref()?;
    let hover = format!(
        "{}, {}: {} as fast as one, {}",
        servers(row.cell.copies),
        plural(row.cell.workers, "worker"),
        speed_up(estimate.median),
        plural(estimate.n, "round")
    );
    let strategy = symbol(row.cell.copies).to_owned();
    Some(Layer::Symbol { strategy, at: at(row)?, disturbed: false, hover })
}
