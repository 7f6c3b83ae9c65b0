use std::path::Path;

use measurement::bounds;
use measurement::distribution::Histogram;
use measurement::fault::Fault;
use measurement::record::{
    Histograms, MOST_ARRIVALS, Measured, Outcome, SAMPLES_BELOW, Samples, Trial,
};
use measurement::witness::End;

use super::{LONGEST_FILE, LONGEST_LINE, TRIALS};

fn sample() -> Vec<Trial> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../reports/sample")
        .join(TRIALS);
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A healthy record, with this change of what was measured.
fn changed(change: impl FnOnce(&mut Measured)) -> Trial {
    let mut trial = sample().swap_remove(0);
    trial.spec.faults = Fault::all().map(Some).collect();
    match &mut trial.outcome {
        Outcome::Measured(measured) => {
            // A minute of arrivals, each as many as a server can answer.
            measured.arrivals = vec![1_000_000; MOST_ARRIVALS];
            change(measured);
        }
        Outcome::Failed { reason } => panic!("{reason}"),
    }
    trial
}

fn length(trial: &Trial) -> u64 {
    assert_eq!(bounds::of_trial(trial), Ok(()));
    serde_json::to_string(trial).unwrap().len() as u64
}

/// As many pings as a record keeps, each late by a day; or so many that it
/// keeps histograms, whose times have nothing in common.
#[test]
fn the_largest_record_fits() {
    let day = 86_400 * 1_000_000_000;
    let pings = SAMPLES_BELOW - 1;
    let kept = changed(|measured| {
        measured.samples = Samples {
            start_ns: vec![day; pings],
            end_ns: vec![day; pings],
            status: vec![Some(200); pings],
            received_ns: vec![Some(-(day as i64)); pings],
            sent_ns: vec![Some(-(day as i64)); pings],
            ended: vec![Some(End::InFlight); pings],
        };
    });
    let apart = (0..bounds::MOST_PINGS as u64).map(|i| day * i / 65_536);
    let apart = Histogram::of(apart.chain((0..47).map(|bit| 1 << bit)));
    let many = changed(|measured| {
        measured.samples = Samples::default();
        measured.histograms =
            Some(Histograms { service: apart.clone(), sojourn: apart });
    });
    for record in [kept, many] {
        let length = length(&record);
        assert!(length * 3 < LONGEST_LINE, "{length} bytes");
    }
}

#[test]
fn three_thousand_trials_fit() {
    let trials = sample();
    let all: u64 = trials.iter().map(length).sum();
    let each = all / trials.len() as u64;
    assert!(3000 * each * 5 < LONGEST_FILE, "{each} bytes each");
}
