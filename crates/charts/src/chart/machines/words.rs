//! What the queue of many machines costs, in words.

use measurement::quantity::{count, duration, plural, speed_up, whole};
use measurement::queue_cost::{Act, Cell, CellRow, MachinesSummary, Quantity};

use crate::caption::Caption;
use crate::finding::fitting;

/// What a cell is called in tables and charts.
pub fn cell_name(cell: &Cell) -> String {
    match cell.copies {
        0 => "in one process".to_owned(),
        copies => format!(
            "{}, {}",
            plural(copies, "server"),
            plural(cell.workers, "worker")
        ),
    }
}

/// `three servers`.
pub(super) fn servers(copies: usize) -> String {
    let noun = if copies == 1 { "server" } else { "servers" };
    format!("{} {noun}", count(copies))
}

/// The words to [`super::machines`].
pub fn caption_machines(summary: &MachinesSummary) -> Caption {
    let costs = summary.of_act(Act::Saturation).filter_map(|row| {
        let (cost, speed) = (row.whole_cpu_ns()?, row.median(Quantity::Speed)?);
        let (cost, speed) = (duration(cost), whole(speed));
        let name = cell_name(&row.cell);
        Some(format!("{name} {cost} and {speed} jobs a second"))
    });
    let costs: Vec<String> = costs.collect();
    let scaling: Vec<String> =
        [1, 3].into_iter().filter_map(|c| times(summary, c)).collect();
    let mut description = String::new();
    if !costs.is_empty() {
        description = format!(
            "A row for each way to share the jobs, with its CPU time of a job \
             and its jobs a second: {}.",
            costs.join("; ")
        );
    }
    if !scaling.is_empty() {
        let told = format!("More workers, with waits: {}.", scaling.join("; "));
        description = format!("{description} {told}").trim().to_owned();
    }
    Caption {
        title: title(summary),
        description,
        look_for: "What a job costs in one process is the first row. The dark \
                   piece of each other bar is what the servers of the queue \
                   take: with three, each job is kept three times. Where \
                   points lie on the dashed line, the queue is in nobody's \
                   way."
            .to_owned(),
        also: Vec::new(),
    }
}

/// The cost in one process, and over a queue of one and of three servers.
fn title(summary: &MachinesSummary) -> String {
    let cost = |copies| {
        let row = summary.fastest(Act::Saturation, copies)?;
        Some(duration(row.whole_cpu_ns()?))
    };
    let (alone, one, three) = (cost(0), cost(1), cost(3));
    let of = |words: &str, cost: &Option<String>| {
        cost.as_ref().map(|cost| format!("{cost} {words}"))
    };
    let parts = |words: [&str; 3]| -> Vec<String> {
        let costs = [&alone, &one, &three];
        let parts = words.into_iter().zip(costs);
        parts.filter_map(|(words, cost)| of(words, cost)).collect()
    };
    let long = parts(["in one process", "by one server", "by three"]);
    let short = parts(["alone", "by a server", "by three"]);
    if long.is_empty() {
        let told = [1, 3].into_iter().find_map(|c| times(summary, c));
        let none = "Nothing could be measured of the queue".to_owned();
        let long = "More workers were measured, what they cost was not";
        return told.map_or(none, |told| fitting([told, long.to_owned()]));
    }
    fitting(
        [long, short]
            .map(|parts| format!("CPU of a job: {}", parts.join(", "))),
    )
}

/// `With one server eight workers are 7.6× as fast as one`.
fn times(summary: &MachinesSummary, copies: usize) -> Option<String> {
    let rows = summary.of_act(Act::Scaling);
    let rows = rows.filter(|row| row.cell.copies == copies);
    let known = |row: &&CellRow| {
        row.cell.workers > 1 && row.median(Quantity::TimesAsFast).is_some()
    };
    let most = rows.filter(known).max_by_key(|row| row.cell.workers)?;
    Some(format!(
        "With {} {} workers are {} as fast as one",
        servers(copies),
        count(most.cell.workers),
        speed_up(most.median(Quantity::TimesAsFast)?)
    ))
}
