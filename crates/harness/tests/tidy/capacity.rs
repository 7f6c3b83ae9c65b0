//! What the page about many in flight tells, from its own committed run.

use std::fmt::Write;
use std::fs;

use measurement::quantity::{number, over};
use measurement::summary::{Reach, Summary};
use measurement::ways;
use report::{Folder, TRIALS, draw};

use crate::documents::{quote, summary_of};
use crate::{read, root};

const SAMPLE: &str = "reports/sample/capacity";

#[test]
fn the_page_quotes_its_run() {
    let summary = summary_of(SAMPLE);
    quote("docs/capacity.md", "times", &times(&summary));
    quote("docs/capacity.md", "costs", &costs(&summary));
    quote("docs/capacity.md", "ends", &ends(&summary));
    quote("docs/which.md", "many", &many(&summary));
}

#[test]
fn the_run_is_drawn_as_the_program_draws_today() {
    let copy = tempfile::tempdir().unwrap();
    let sample = root().join(SAMPLE);
    for name in ["run.json", TRIALS] {
        fs::copy(sample.join(name), copy.path().join(name)).unwrap();
    }
    let (folder, run) = Folder::open(copy.path()).unwrap();
    draw(&folder, &run).unwrap();
    for name in [
        "summary.json",
        "charts/capacity-light.svg",
        "charts/capacity-dark.svg",
    ] {
        let (drawn, committed) = (copy.path().join(name), sample.join(name));
        assert!(
            read(&drawn) == read(&committed),
            "{name} is stale; run `harness plot {SAMPLE}`"
        );
    }
}

fn name(reach: &Reach) -> &str {
    ways::name(&reach.strategy)
}

/// A row for each way, a column for each level: the time over the shortest
/// possible.
fn times(summary: &Summary) -> String {
    let mut levels: Vec<usize> = summary
        .capacity
        .iter()
        .flat_map(|reach| &reach.levels)
        .map(|level| level.in_flight)
        .collect();
    levels.sort_unstable();
    levels.dedup();
    let header: Vec<String> = levels.iter().map(|l| number(*l)).collect();
    let mut text = format!(
        "| in flight | {} |\n| --- |{}\n",
        header.join(" | "),
        " ---: |".repeat(levels.len())
    );
    for reach in &summary.capacity {
        let cells = levels.iter().map(|level| {
            let own = reach.levels.iter().find(|l| l.in_flight == *level);
            own.map_or(String::new(), |level| over(level.over.median))
        });
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "| {} | {} |", name(reach), cells.join(" | "));
    }
    text
}

/// All figures at the most that a way goes to.
fn costs(summary: &Summary) -> String {
    let header = report::capacity::header();
    let mut text = format!(
        "| way | {} |\n| --- |{}\n",
        header[1..].join(" | "),
        " ---: |".repeat(header.len() - 1)
    );
    let most = summary.capacity.iter().map(|reach| Reach {
        levels: reach.levels.last().cloned().into_iter().collect(),
        ..reach.clone()
    });
    let most: Vec<Reach> = most.collect();
    for cells in report::capacity::rows(&most) {
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn ends(summary: &Summary) -> String {
    let ends = charts::capacity_ends(summary);
    ends.iter().map(|end| format!("- {end}.\n")).collect()
}

fn many(summary: &Summary) -> String {
    let of = |id: &str| {
        let mut rows = summary.capacity.iter();
        let reach = rows.find(|reach| reach.strategy == id).expect("a row");
        let level = reach.levels.last().expect("a level");
        let kib = level.bytes.as_ref().expect("memory").median / 1024.0;
        (number(level.in_flight), over(level.over.median), kib)
    };
    let told = |id| {
        let (at, time, kib) = of(id);
        format!("{at} in {time} of the shortest time, {kib:.1} KiB each")
    };
    format!(
        "- the event loop of [lesson 9](lessons/09-event-loop.md): {}\n\
         - tasks on reqwest, [lesson 5](lessons/05-async-tasks.md): {}\n\
         - the pool on ureq, [lesson 4](lessons/04-worker-pool.md): {}\n",
        told(ways::EVENT_LOOP.id),
        told(ways::TASKS.id),
        told(ways::POOL.id)
    )
}
