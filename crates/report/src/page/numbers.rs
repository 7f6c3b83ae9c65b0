//! The numbers beside the pictures: four columns for each question.

use measurement::compare::Noise;
use measurement::distribution::Distribution;
use measurement::quantity::{
    NOT_APPLICABLE, duration, floor_percent, kib, makespan, number, over,
    speed_up,
};
use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use super::super::columns::{Column, columns};
use super::super::heading::heading;
use super::super::trust::place;
use super::view::kin;

/// Rows of numbers with what stands above them.
pub(super) struct Numbers {
    pub(super) heading: String,
    pub(super) headers: Vec<String>,
    pub(super) lines: Vec<Line>,
}

/// A row of numbers.
pub(super) struct Line {
    /// With whom it is highlighted; empty with nobody.
    pub(super) kin: &'static str,
    pub(super) cells: Vec<String>,
}

/// The row of a strategy.
pub(super) fn line(row: &Row, cells: Vec<String>) -> Line {
    Line { kin: kin(&row.strategy), cells }
}

/// The book's six URLs.
pub(super) fn help(summary: &Summary) -> Option<Numbers> {
    let batch = summary.of_act(Act::Book).next()?;
    Some(of_columns(batch, ["makespan", "speed-up", "seen at once"]))
}

/// Uneven waits, at the level that is drawn.
pub(super) fn sharing(summary: &Summary) -> Option<Numbers> {
    let batch = summary.uneven()?;
    Some(of_columns(batch, ["makespan", "relative", "efficiency"]))
}

/// The speed-up at the three highest levels.
pub(super) fn far(summary: &Summary) -> Option<Numbers> {
    let several = |batch: &&Batch| batch.concurrency > 1;
    let mut levels: Vec<&Batch> =
        summary.of_act(Act::Sweep).filter(several).collect();
    levels.drain(..levels.len().saturating_sub(3));
    let last = levels.last()?;
    let headers = levels
        .iter()
        .map(|batch| format!("{} at once", number(batch.concurrency)));
    // Whoever ran at one level only is in the table of that level.
    let rows = last.rows.iter();
    let lines = rows.map(|row| {
        let cells = levels.iter().map(|batch| {
            let same = |other: &&Row| other.strategy == row.strategy;
            let times = batch.rows.iter().find(same)?.speed_up.as_ref()?;
            Some(speed_up(times.median))
        });
        line(row, named(row).into_iter().chain(cells.map(or_not)).collect())
    });
    Some(Numbers {
        heading: "Speed-up over one by one, with equal waits".to_owned(),
        headers: ["strategy".to_owned()].into_iter().chain(headers).collect(),
        lines: lines.collect(),
    })
}

/// Processor time of a ping, and memory of one more in flight.
pub(super) fn cost(summary: &Summary) -> Option<Numbers> {
    let several = |batch: &&Batch| batch.concurrency > 1;
    let sweep = || summary.of_act(Act::Sweep).filter(several).last();
    let batch = summary.no_waits().or_else(sweep)?;
    let lines = batch.rows.iter().map(|row| {
        let of = |id: &str| {
            summary.memory.iter().find(|memory| memory.strategy == id)
        };
        let cpu = row.cpu_per_request_ns.as_ref();
        let slope = of(&row.strategy).map(|memory| memory.slope_bytes.median);
        let cells = vec![
            ways::name(&row.strategy).to_owned(),
            row.client.clone(),
            or_not(cpu.map(|cpu| duration(cpu.median))),
            or_not(slope.map(|bytes| format!("{} KiB", kib(bytes)))),
        ];
        line(row, cells)
    });
    Some(Numbers {
        heading: format!(
            "CPU: {}. Memory: one more ping in flight",
            heading(batch)
        ),
        headers: ["strategy", "client", "CPU per ping", "memory"]
            .map(str::to_owned)
            .to_vec(),
        lines: lines.collect(),
    })
}

/// How long pings take from their own start, at the level that is drawn.
pub(super) fn caller(summary: &Summary) -> Option<Numbers> {
    let timed = |batch: &&Batch| {
        batch.concurrency > 1 && batch.rows.iter().any(|r| r.service.is_some())
    };
    let sweep = || summary.of_act(Act::Sweep).filter(timed);
    let drawn = sweep().find(|batch| batch.concurrency == 64);
    let batch = drawn.or(sweep().last())?;
    let rows = batch.rows.iter().filter(|row| row.service.is_some());
    let lines = rows.map(|row| {
        let within = |part: f64| {
            let times = row.service.as_ref()?;
            Distribution::quantile(times, part).map(duration)
        };
        let cells = [0.5, 0.9, 0.99].map(|part| or_not(within(part)));
        line(row, named(row).into_iter().chain(cells).collect())
    });
    Some(Numbers {
        heading: format!("A ping from its own start. {}", heading(batch)),
        headers: ["strategy", "half within", "90 % within", "99 % within"]
            .map(str::to_owned)
            .to_vec(),
        lines: lines.collect(),
    })
}

/// How far each way goes, and what it costs there.
pub(super) fn capacity(summary: &Summary) -> Option<Numbers> {
    let lines = summary.capacity.iter().filter_map(|reach| {
        let level = reach.levels.last()?;
        let memory = level.bytes.as_ref().map(|bytes| kib(bytes.median));
        let cells = vec![
            ways::name(&reach.strategy).to_owned(),
            number(level.in_flight),
            over(level.over.median),
            or_not(memory),
        ];
        Some(Line { kin: kin(&reach.strategy), cells })
    });
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then(|| Numbers {
        heading: "At the most in flight".to_owned(),
        headers: ["strategy", "in flight", "time over ideal", "KiB each"]
            .map(str::to_owned)
            .to_vec(),
        lines,
    })
}

/// Everything that a lesson has run.
pub(super) fn lesson(summary: &Summary) -> Option<Numbers> {
    let batches = summary.of_act(Act::Lesson);
    let lines = batches.flat_map(|batch| {
        batch.rows.iter().map(|row| {
            let time = row.makespan_ns.as_ref();
            let time = time.map(|time| makespan(batch.act, time.median));
            let cells = [
                number(batch.requests),
                number(batch.concurrency),
                or_not(time),
            ];
            line(row, named(row).into_iter().chain(cells).collect())
        })
    });
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then(|| Numbers {
        heading: "What the lesson has run".to_owned(),
        headers: ["strategy", "pings", "at once", "makespan"]
            .map(str::to_owned)
            .to_vec(),
        lines,
    })
}

/// How far a strategy came apart from itself.
pub(super) fn twins(summary: &Summary) -> Option<Numbers> {
    let lines = summary.batches.iter().filter_map(|batch| {
        let twins = batch.twins.as_ref()?;
        let cpu = batch.cpu_twins.as_ref().and_then(|twins| twins.floor);
        let noise = match twins.noise {
            Noise::Quiet => "quiet",
            Noise::Noisy => "noisy",
            Noise::TooNoisy => "too noisy to rank",
            Noise::Unknown => "not known",
        };
        let cells = vec![
            place(batch),
            or_not(twins.floor.map(floor_percent)),
            or_not(cpu.map(floor_percent)),
            noise.to_owned(),
        ];
        Some(Line { kin: "", cells })
    });
    let lines: Vec<Line> = lines.collect();
    (!lines.is_empty()).then(|| Numbers {
        heading: "Up to where differences are noise".to_owned(),
        headers: ["where", "in time", "in CPU", "machine"]
            .map(str::to_owned)
            .to_vec(),
        lines,
    })
}

/// These columns of a batch, beside the names.
fn of_columns(batch: &Batch, wanted: [&str; 3]) -> Numbers {
    let find = |name: &&str| -> Option<&Column> {
        columns(batch).find(|column| column.header(batch).starts_with(*name))
    };
    let own: Vec<&Column> = wanted.iter().filter_map(find).collect();
    let headers = own.iter().map(|column| column.header(batch));
    let lines = batch.rows.iter().map(|row| {
        let cells = own.iter().map(|column| column.of(batch, row));
        line(row, named(row).into_iter().chain(cells).collect())
    });
    Numbers {
        heading: heading(batch),
        headers: ["strategy".to_owned()].into_iter().chain(headers).collect(),
        lines: lines.collect(),
    }
}

fn named(row: &Row) -> [String; 1] {
    [ways::name(&row.strategy).to_owned()]
}

fn or_not(cell: Option<String>) -> String {
    cell.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The committed run, and each of its batches with two at once before it.
    fn at_more_levels() -> Summary {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
        let json = format!("{root}/reports/sample/summary.json");
        let json = fs::read_to_string(json).unwrap();
        let mut summary: Summary = serde_json::from_str(&json).unwrap();
        let two = |batch: &Batch| Batch { concurrency: 2, ..batch.clone() };
        let mut all: Vec<Batch> = summary.batches.iter().map(two).collect();
        all.append(&mut summary.batches);
        Summary { batches: all, ..summary }
    }

    #[test]
    fn beside_the_pictures_stand_the_levels_that_are_told_of() {
        let summary = at_more_levels();
        for (numbers, level) in [
            (sharing(&summary).unwrap(), "8 at a time"),
            (cost(&summary).unwrap(), "64 at a time"),
        ] {
            assert!(numbers.heading.contains(level), "{}", numbers.heading);
        }
    }
}
