//! The exercise about models: what its table is made of, and what its program
//! says of the sample and of a folder that is no run's.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
#[path = "../examples/forecast.rs"]
#[allow(dead_code, reason = "the program's own `main` is not called here")]
mod program;

use std::path::Path;

use example::{measured, trial};
use measurement::MILLISECOND;
use measurement::forecast::{Cell, Cpu, cells};
use measurement::record::{Act, Trial};
use measurement::summary::summarise;
use measurement::waits::Waits;

const SAMPLE: &str = "../../reports/sample";

/// Trials of an act with so many in flight, each ping of which costs so many
/// microseconds of processor time.
fn of(act: Act, name: &str, c: usize, ms: u64, cpu_us: u64) -> Trial {
    let mut trial = trial(0, name, ms);
    (trial.act, trial.level, trial.spec.concurrency) = (act, c, c);
    trial.spec.requests = 8 * c;
    trial.spec.waits = match act {
        Act::NoWaits => Waits::None,
        _ => Waits::Fixed(19 * MILLISECOND),
    };
    let measured = measured(&mut trial);
    measured.hold_ns = Some(19 * MILLISECOND);
    measured.late_ns = Some(0);
    measured.cost.user_ns = Some(cpu_us * 1000 * 8 * c as u64);
    measured.cost.system_ns = Some(0);
    measured.server.cpu_ns = Some(0);
    trial
}

/// One by one 50 pings a second, of which each costs a millisecond: on two
/// processors the knee is at 2 (19 + 1) / 1 = 40. Measured, eight at once are
/// 320 a second.
fn run() -> Vec<Trial> {
    vec![
        of(Act::Sweep, "sequential", 1, 160, 1000),
        of(Act::NoWaits, "worker-pool", 64, 512, 1000),
        of(Act::Sweep, "worker-pool", 8, 200, 2000),
    ]
}

fn told(trials: &[Trial], cpu: Cpu) -> Result<Vec<Cell>, &'static str> {
    cells(&summarise("run", trials, &["worker-pool"]), 2, cpu)
}

fn assert_near(number: f64, expected: f64) {
    assert!((number - expected).abs() < 1e-6, "{number}, not {expected}");
}

#[test]
fn it_is_given_a_hold_a_cost_and_the_processors() {
    let cells = told(&run(), Cpu::WithoutWaits).unwrap();
    let [cell] = cells[..] else { panic!("{cells:?}") };
    assert_eq!((cell.way.id, cell.level), ("worker-pool", 8));
    assert_near(cell.measured, 320.0);
    assert_near(cell.rule(), 400.0);
    assert_near(cell.error(cell.rule()), 0.25);
    assert_near(cell.demand.knee(), 40.0);
    assert_near(cell.model(), cell.demand.throughput(8));
    assert!(cell.model() < cell.rule());
    let waiting = told(&run(), Cpu::OfTheSweep).unwrap();
    assert_near(waiting[0].demand.cpu_ns, 2e6);
    assert!(waiting[0].model() < cell.model());
}

#[test]
fn what_a_run_lacks_is_said() {
    let without = |act: Act, name: &str| {
        let mut trials = run();
        trials.retain(|t| t.act != act || t.spec.strategy != name);
        trials
    };
    let in_turn = without(Act::Sweep, "sequential");
    let lack = told(&in_turn, Cpu::WithoutWaits).unwrap_err();
    assert_eq!(lack, "no pings with equal waits one by one");
    let no_waits = without(Act::NoWaits, "worker-pool");
    let lack = told(&no_waits, Cpu::WithoutWaits).unwrap_err();
    assert_eq!(lack, "no pings without waits");
    assert!(told(&no_waits, Cpu::OfTheSweep).is_ok());
    let other = of(Act::Sweep, "worker-pool", 8, 200, 2000);
    let mut other = [no_waits, vec![other]].concat();
    other.iter_mut().skip(1).for_each(|t| t.spec.waits = Waits::Fixed(7));
    let lack = told(&other, Cpu::OfTheSweep).unwrap_err();
    assert_eq!(lack, "no processor time of its sweep");
}

#[test]
fn the_program_tells_of_the_sample() {
    let cells = program::read(Path::new(SAMPLE), Cpu::WithoutWaits).unwrap();
    let levels: Vec<usize> = cells.iter().map(|cell| cell.level).collect();
    assert!(levels.is_sorted() && levels.contains(&64), "{levels:?}");
    let table = program::table(&cells);
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), cells.len() + 4, "{table}");
    for line in &lines {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(table.contains("worker pool (queue)"), "{table}");
    let waiting = program::read(Path::new(SAMPLE), Cpu::OfTheSweep).unwrap();
    assert_ne!(program::table(&waiting), table);
}

#[test]
fn the_program_says_why_a_folder_is_no_runs() {
    let says = |folder: &str| {
        program::read(Path::new(folder), Cpu::WithoutWaits).unwrap_err()
    };
    let missing = says("no/such/folder");
    assert!(missing.starts_with("no/such/folder/run.json: "), "{missing}");
    assert!(missing.ends_with("name a report folder: reports/latest"));
    let foreign = says("tests");
    assert!(foreign.starts_with("tests/run.json: "), "{foreign}");
    // A lesson's run has no sweep.
    let lesson = says(&format!("{SAMPLE}/lessons/04"));
    assert!(lesson.contains("no pings with equal waits one by one"));
}
