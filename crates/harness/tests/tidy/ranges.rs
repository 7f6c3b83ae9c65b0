//! What the README quotes is what several quiet runs measured, not one.

use measurement::quantity::{factor, from_to, kib, percent, speed_up};
use measurement::record::Act;
use measurement::runs::{Cell, CellBatch, Figure, RunComparison, Versus};

use crate::documents::quote;
use crate::{read, root};

/// The runs of which the sample is one: over all cells the nearest to their
/// medians.
fn five_runs() -> RunComparison {
    let text = read(&root().join("reports/sample/five-runs.json"));
    serde_json::from_str(&text).expect("a comparison")
}

#[test]
fn the_readme_quotes_the_range_of_five_quiet_runs() {
    let runs = five_runs();
    assert!(runs.runs.len() >= 5 && runs.runs.iter().all(|run| run.quiet));
    let run = read(&root().join("reports/sample/run.json"));
    let sample = runs.runs.iter().any(|one| run.contains(&one.run_id));
    assert!(sample, "the sample is none of the five runs");
    quote("README.md", "ranges", &ranges(&runs));
}

fn ranges(runs: &RunComparison) -> String {
    let sweep = batch(runs, Act::Sweep, 64);
    let none = batch(runs, Act::NoWaits, 64);
    let uneven = batch(runs, Act::Uneven, 8);
    let pool = |batch| cell(batch, "worker-pool").speed_up.as_ref().unwrap();
    let tasks = cell(sweep, "async-tasks").cpu_ratio.as_ref();
    let memory = |name: &str| {
        let mut cells = runs.memory.iter();
        &cells.find(|cell| cell.strategy == name).unwrap().slope_bytes
    };
    let less = |versus: Option<&Versus>| {
        let Figure { min, max, .. } = of(versus);
        from_to(&percent(1.0 - max), &percent(1.0 - min))
    };
    let waves = of(cell(uneven, "threads").ratio.as_ref());
    let hand = ["tasks-by-hand", "pool-by-hand"].map(memory);
    let rows = [
        (
            "uneven waits: time of waves over time of the pool",
            range(waves, factor),
        ),
        (
            "64 at once: times as fast as one by one",
            range(pool(sweep), speed_up),
        ),
        ("the same without waits", range(pool(none), speed_up)),
        ("CPU that a task saves of a thread's", less(tasks)),
        ("the same with the GET by hand", less(sweep.by_hand_cpu.as_ref())),
        (
            "memory of one more task; thread",
            both([memory("async-tasks"), memory("worker-pool")]),
        ),
        ("the same with the GET by hand", both(hand)),
    ];
    let mut text = String::from(
        "| | five quiet runs, lowest to highest |\n| --- | ---: |\n",
    );
    for (what, range) in rows {
        text.push_str(&format!("| {what} | {range} |\n"));
    }
    text
}

fn batch(runs: &RunComparison, act: Act, level: usize) -> &CellBatch {
    let mut batches = runs.batches.iter();
    batches.find(|b| b.act == act && b.concurrency == level).unwrap()
}

fn cell<'a>(batch: &'a CellBatch, name: &str) -> &'a Cell {
    let mut cells = batch.cells.iter();
    cells.find(|cell| cell.strategy == name).unwrap()
}

fn of(versus: Option<&Versus>) -> &Figure {
    &versus.expect("a comparison").ratio
}

fn both(figures: [&Figure; 2]) -> String {
    figures.map(|figure| range(figure, bytes)).join("; ")
}

fn bytes(bytes: f64) -> String {
    format!("{} KiB", kib(bytes))
}

fn range(figure: &Figure, say: impl Fn(f64) -> String) -> String {
    from_to(&say(figure.min), &say(figure.max))
}
