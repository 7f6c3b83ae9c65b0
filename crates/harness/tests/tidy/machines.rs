//! The page about what many machines cost says what the committed run
//! measured, and its picture is drawn of that.

use std::fs;
use std::path::PathBuf;

use harness::queue_cost::{costs, draw, memory, scaling, verdicts};
use measurement::quantity::{capital, plural};
use measurement::queue_cost::{Machines, MachinesSummary, summarise_machines};
use report::Folder;

use crate::documents::quote;
use crate::{files, read, root};

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
    let drawn = files(folder.path(), "");
    assert_eq!(drawn.len(), 7, "{drawn:?}");
    for file in drawn {
        let name = file.strip_prefix(folder.path()).unwrap();
        if name.extension().is_some_and(|ending| ending == "svg") {
            let text = read(&file);
            let picture = roxmltree::Document::parse(&text).unwrap();
            let role = picture.root_element().attribute("role");
            assert_eq!(role, Some("img"), "{}", name.display());
        }
        let committed = committed().join(name);
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(committed.parent().unwrap()).unwrap();
            fs::copy(&file, &committed).unwrap();
        }
        let same =
            fs::read(&committed).is_ok_and(|is| is == fs::read(&file).unwrap());
        assert!(same, "{} is stale; UPDATE=1 rewrites it", committed.display());
    }
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
        quote(PAGE, name, &table(&header, &rows));
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

fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells = cells.join(" | ").replace('\n', " ");
        format!("| {cells} |\n")
    };
    let columns = vec!["---:".to_owned(); header.len() - 1];
    let mut text = line(header);
    text.push_str(&format!("| --- | {} |\n", columns.join(" | ")));
    rows.iter().for_each(|row| text.push_str(&line(row)));
    text
}
