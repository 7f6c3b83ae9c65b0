//! The page says what the record says; `UPDATE=1` writes it anew.
#![cfg(unix)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use kill_runs::{Kind, Record, Scene, table};

const BEGIN: &str = "<!-- BEGIN kills -->\n";
const END: &str = "<!-- END kills -->";

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap().to_owned()
}

fn record() -> Record {
    let path = root().join("reports/sample/machines/kills.json");
    Record::read(&path).unwrap()
}

#[test]
fn the_page_quotes_the_record() {
    let path = root().join("docs/many-machines-kills.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("a BEGIN marker");
    let (quoted, after) = rest.split_once(END).expect("an END marker");
    let current = table(&record());
    if env::var_os("UPDATE").is_some() {
        let text = format!("{before}{BEGIN}{current}{END}{after}");
        fs::write(&path, text).unwrap();
    } else {
        assert_eq!(quoted, current, "UPDATE=1 writes it anew");
    }
}

#[test]
fn the_record_is_of_a_hundred_runs_as_their_seeds_say() {
    let Record { size, runs, seed, .. } = record();
    assert!(runs.len() >= 100, "{} runs", runs.len());
    for (run, seed) in runs.iter().zip(seed..) {
        let scene = Scene::of(seed, &size);
        let as_said = (run.seed, run.kind, run.jobs);
        assert_eq!(as_said, (seed, scene.kind, scene.jobs));
        assert_eq!(run.strikes.len(), scene.strikes.len(), "{run:#?}");
        for (struck, strike) in run.strikes.iter().zip(&scene.strikes) {
            assert_eq!((struck.blow, struck.at), (strike.blow, strike.at));
            assert!(struck.requests >= struck.at, "{run:#?}");
        }
        // What broke another bound is listed on the page.
        let each_once = (run.results, run.distinct);
        assert_eq!(each_once, (run.jobs, run.jobs), "seed {seed}");
    }
    for kind in Kind::ALL {
        let of = runs.iter().filter(|run| run.kind == kind);
        assert!(of.count() >= 5, "{kind:?}");
    }
}
