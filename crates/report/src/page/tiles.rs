//! The four figures at the top, each the way to its picture.

use charts::{few_in_flight, found_memory, found_uneven};
use measurement::quantity::{factor, kib, number, plural, seconds, speed_up};
use measurement::record::Act;
use measurement::summary::{Batch, Memory, Row, Summary};
use measurement::ways;

/// A figure and what it is.
pub(super) struct Tile {
    /// The picture that shows it.
    pub(super) chart: &'static str,
    pub(super) figure: String,
    pub(super) words: String,
}

/// What was measured of the four, and may be claimed.
pub(super) fn tiles(summary: &Summary) -> Vec<Tile> {
    let tiles = [
        summary.of_act(Act::Book).next().and_then(book),
        summary.uneven().and_then(uneven),
        level(summary).and_then(sweep),
        memory(summary),
    ];
    tiles.into_iter().flatten().collect()
}

fn book(batch: &Batch) -> Option<Tile> {
    let time = |row: &Row| Some(seconds(row.makespan_ns.as_ref()?.median));
    let one_by_one = time(row(batch, ways::ONE_BY_ONE.id)?)?;
    let at_once = time(reference(batch)?)?;
    Some(Tile {
        chart: "waterfall-live",
        figure: format!("{one_by_one} → {at_once}"),
        words: format!(
            "{}, one by one and {} at once",
            plural(batch.requests, "ping"),
            number(batch.concurrency)
        ),
    })
}

fn uneven(batch: &Batch) -> Option<Tile> {
    let claims = found_uneven(batch).untold.is_none();
    let waves = row(batch, ways::WAVES.id).filter(|_| claims)?;
    let reference = ways::find(batch.reference.as_deref()?)?;
    Some(Tile {
        chart: "waterfall",
        figure: factor(waves.ratio.as_ref()?.ratio.median),
        words: format!(
            "as long with {} as with {}, where waits are uneven",
            ways::WAVES.short,
            reference.short
        ),
    })
}

fn sweep(batch: &Batch) -> Option<Tile> {
    let row = reference(batch)?;
    // Of what was not in flight nothing can be said.
    if few_in_flight(batch, row).is_some() {
        return None;
    }
    Some(Tile {
        chart: "speed-up",
        figure: speed_up(row.speed_up.as_ref()?.median),
        words: format!(
            "as fast with {} at once as one by one",
            number(batch.concurrency)
        ),
    })
}

fn memory(summary: &Summary) -> Option<Tile> {
    let of = |id: &str| -> Option<&Memory> {
        summary.memory.iter().find(|memory| memory.strategy == id)
    };
    let claims = found_memory(summary).untold.is_none();
    let tasks = of(ways::TASKS.id).filter(|_| claims)?;
    let threads = of(ways::POOL.id)?;
    let slope = |memory: &Memory| kib(memory.slope_bytes.median);
    Some(Tile {
        chart: "memory",
        figure: format!("{} / {} KiB", slope(tasks), slope(threads)),
        words: "for one more ping in flight: a task, a thread".to_owned(),
    })
}

/// The level that titles speak of: the highest one with twins.
fn level(summary: &Summary) -> Option<&Batch> {
    let of_sweep = || summary.of_act(Act::Sweep);
    let with_twins = of_sweep().filter(|batch| batch.twins.is_some());
    with_twins.last().or(of_sweep().last())
}

fn reference(batch: &Batch) -> Option<&Row> {
    row(batch, batch.reference.as_deref()?)
}

fn row<'a>(batch: &'a Batch, id: &str) -> Option<&'a Row> {
    batch.rows.iter().find(|row| row.strategy == id)
}
