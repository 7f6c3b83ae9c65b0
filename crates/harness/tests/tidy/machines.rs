//! The page about what many machines cost says what the committed run
//! measured, and its picture is drawn of that.

use std::path::PathBuf;

use harness::queue_cost::{costs, draw, memory, scaling, verdicts};
use measurement::quantity::{capital, plural};
use measurement::queue_cost::{Machines, MachinesSummary, summarise_machines};
use report::Folder;

use crate::committed::{drawn_as_today, table_of};
use crate::documents::quote;
use crate::{read, root};

const PAGE: &str = "docs/many-machines-speed.md";

fn committed() -> PathBuf {
    root().join("reports/sample/machines")
}

fn measured() -> (Machines, MachinesSummary) {
    let text = read(&committed().join("machines.json"));
    let machines: Machines = serde_json::from_str(&text).unwrap();
    let summary = summarise_machines(&machines);
    (machines, summary)
}

#[test]
fn the_machines_are_drawn_as_the_program_draws_today() {
    let (machines, summary) = measured();
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::create(place.path(), "machines").unwrap();
    draw(&folder, &machines, &summary).unwrap();
    drawn_as_today(&committed(), folder.path());
}

#[test]
fn the_page_quotes_the_committed_run() {
    let (machines, summary) = measured();
    quote(PAGE, "machines", &conditions(&machines));
    let tables = [
        ("costs", costs(&summary)),
        ("scaling", scaling(&summary)),
        ("memory", memory(&summary)),
    ];
    for (name, (header, rows)) in tables {
        assert!(!rows.is_empty(), "the committed run has no {name}");
        quote(PAGE, name, &table_of(&header, &rows));
    }
    let verdicts = verdicts(&summary);
    let verdicts = verdicts.iter().map(|one| format!("- {}.\n", capital(one)));
    quote(PAGE, "counted", &verdicts.collect::<String>());
}

fn conditions(machines: &Machines) -> String {
    let on = machines.environment.processors.map_or(String::new(), |count| {
        format!(", on {}", plural(count, "processor"))
    });
    let queue = machines.queue_version.as_ref();
    let queue = queue
        .map_or(String::new(), |version| format!(", nats-server {version}"));
    // Whatever else the machine had to do.
    let load = machines.environment.load.map_or(String::new(), |load| {
        format!(", load {load:.1} at the beginning")
    });
    format!(
        "{}{on}{queue}{load}, {}.\n",
        plural(machines.rounds as usize, "round"),
        machines.start_utc.split('T').next().unwrap(),
    )
}
