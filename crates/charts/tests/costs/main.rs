//! Every title of the three charts of cost that a run can call for.

mod clients;
mod cpu;
#[path = "../fixture/mod.rs"]
mod fixture;
mod memory;

use std::sync::LazyLock;

use charts::{
    ChartError, Footer, Theme, caption_clients, caption_cpu_cost,
    caption_memory, finding_clients, finding_cpu_cost, finding_memory,
};
use fixture::sweep;
use measurement::compare::{Comparison, Twins, compare, twins};
use measurement::record::Act;
use measurement::statistics::{Estimate, estimate};
use measurement::summary::{Batch, Memory, Note, Summary};

/// Made once: it is the same every time.
static QUIET: LazyLock<Summary> =
    LazyLock::new(|| sweep::sweep(&sweep::QUIET).0);

fn quiet() -> Summary {
    QUIET.clone()
}

/// So many rounds near to this.
fn near(middle: f64, rounds: usize) -> Estimate {
    let around = [1.0, 0.996, 1.004, 0.998, 1.002, 1.0];
    estimate(&around.map(|x| x * middle)[..rounds]).unwrap()
}

/// Twins that agree, that come apart, and that come too far apart.
const AGREE: [f64; 6] = [0.99, 1.0, 1.0, 1.0, 1.0, 1.01];
const NOISY: [f64; 6] = [0.93, 1.0, 1.0, 1.0, 1.0, 1.07];
const APART: [f64; 6] = [0.8, 1.0, 1.0, 1.0, 1.0, 1.3];

/// A ratio, its rounds, and the twins beside it.
type Ratio<'a> = (f64, usize, Option<&'a [f64]>);

fn pair(of: Option<&[f64]>) -> Option<Twins> {
    Some(twins(&["worker-pool"], estimate(of?).unwrap()))
}

fn comparison((ratio, rounds, of): Ratio<'_>) -> Comparison {
    compare(near(ratio, rounds), pair(of).as_ref())
}

fn no_waits(summary: &mut Summary) -> &mut Batch {
    let mut batches = summary.batches.iter_mut();
    let wanted = |b: &&mut Batch| b.act == Act::NoWaits && b.concurrency > 1;
    batches.find(wanted).unwrap()
}

/// A run in which tasks over the pool, tasks by hand over threads by hand, and
/// threads by hand over the pool have these ratios without waits; none stands
/// for never in the same round. With waits the pair by hand was not there.
fn costs(
    tasks: Option<Ratio<'_>>,
    by_hand: Option<Ratio<'_>>,
    library: Option<Ratio<'_>>,
) -> Summary {
    let mut summary = quiet();
    let batch = no_waits(&mut summary);
    batch.by_hand_cpu = by_hand.map(comparison);
    batch.cpu_twins = pair(tasks.and_then(|ratio| ratio.2));
    for row in &mut batch.rows {
        match row.strategy.as_str() {
            "async-tasks" => row.cpu_ratio = tasks.map(comparison),
            "pool-by-hand" => row.cpu_ratio = library.map(comparison),
            _ => {}
        }
    }
    with_waits(&mut summary).by_hand_cpu = None;
    summary
}

/// The level of the sweep at which the pair by hand is.
fn with_waits(summary: &mut Summary) -> &mut Batch {
    let mut batches = summary.batches.iter_mut();
    let wanted = |b: &&mut Batch| b.act == Act::Sweep && b.concurrency == 64;
    batches.find(wanted).unwrap()
}

/// The same run, in which these are the first two ratios with waits.
fn and_with_waits(
    mut summary: Summary,
    tasks: Ratio<'_>,
    by_hand: Ratio<'_>,
) -> Summary {
    let batch = with_waits(&mut summary);
    batch.by_hand_cpu = Some(comparison(by_hand));
    let mut rows = batch.rows.iter_mut();
    let row = rows.find(|row| row.strategy == "async-tasks").unwrap();
    row.cpu_ratio = Some(comparison(tasks));
    summary
}

fn changed(mut summary: Summary, change: impl Fn(&mut Summary)) -> Summary {
    change(&mut summary);
    summary
}

/// The rows that have these names.
fn only_rows(names: &'static [&'static str]) -> impl Fn(&mut Summary) {
    move |summary| {
        let keep = |name: &str| names.contains(&name);
        for batch in &mut summary.batches {
            batch.rows.retain(|row| keep(&row.strategy));
        }
    }
}

fn disturb(names: &'static [&'static str]) -> impl Fn(&mut Summary) {
    move |summary| {
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        for row in rows.filter(|r| names.contains(&r.strategy.as_str())) {
            row.notes.push(Note::Disturbed);
        }
    }
}

fn only(act: Act) -> impl Fn(&mut Summary) {
    move |summary| summary.batches.retain(|batch| batch.act == act)
}

const LESSONS: &[&str] =
    &["threads", "scoped-threads", "worker-pool", "async-tasks"];

#[test]
fn the_words_beside_the_pictures_tell_of_what_is_in_them() {
    let run = quiet();
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let cpu = caption_cpu_cost(&run);
    for told in [
        " Even waits, 64 in flight: threads (waves) 109 µs (17 µs), ",
        " No waits, processors kept awake, 64 in flight: \
         threads (waves) 109 µs (17 µs), ",
        "async tasks, GET by hand 41 µs (17 µs)",
    ] {
        assert!(cpu.description.contains(told), "{}", cpu.description);
    }
    assert!(cpu.look_for.contains("by hand only by the library"));
    assert_eq!(
        cpu.also[..3],
        [
            "With waits a task by hand costs 7 % less CPU than a pool thread.",
            "Without waits a task by hand costs 7 % less CPU than a pool \
             thread.",
            "With waits a task on reqwest costs 6 % less CPU than a pool \
             thread on ureq."
        ]
    );
    let own_cpu = caption_cpu_cost(&own);
    for missing in ["only by the way", "kept awake"] {
        assert!(!own_cpu.look_for.contains(missing), "{own_cpu:?}");
    }
    let without = changed(quiet(), only_rows(LESSONS));
    let look_for = caption_cpu_cost(&without).look_for;
    assert!(look_for.contains("nobody knows"), "{look_for}");
    let held = caption_memory(&run);
    let told = "worker pool (queue) 5.2 MiB and 22 KiB, ";
    assert!(held.description.contains(told), "{}", held.description);
    assert!(held.look_for.contains("The kernel's own memory for threads"));
    assert!(held.look_for.contains("is in no figure here"));
    assert!(caption_memory(&own).description.contains("No trial counts"));
}

#[test]
fn what_cannot_be_drawn_says_what_is_missing() {
    let footer = Footer::default();
    let cpu = |run: &Summary| charts::cpu_cost(run, &footer, Theme::Auto).err();
    let held = |run: &Summary| charts::memory(run, &footer, Theme::Auto).err();
    let nothing = Some(ChartError::NothingMeasured);
    let run = quiet();
    assert_eq!((cpu(&run), held(&run)), (None, None));
    // The part that there is.
    for act in [Act::Sweep, Act::NoWaits] {
        assert_eq!(cpu(&changed(run.clone(), only(act))), None);
    }
    assert_eq!(cpu(&changed(run.clone(), only(Act::Uneven))), nothing);
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    assert_eq!((cpu(&own), held(&own)), (None, nothing));
    let untold = changed(run.clone(), |run| {
        run.memory.clear();
        for row in run.batches.iter_mut().flat_map(|b| &mut b.rows) {
            row.cpu_per_request_ns = None;
            row.peak_rss_bytes = None;
        }
    });
    let not_told = |what| Some(ChartError::NotTold { what });
    assert_eq!(cpu(&untold), not_told("processor time"));
    assert_eq!(held(&untold), not_told("resident memory"));
    assert!(cpu(&untold).unwrap().to_string().contains("processor time"));
    let many = changed(run, |run| {
        for number in 0..4 {
            let mut more = run.memory[0].clone();
            more.strategy = format!("mine-{number}");
            run.memory.push(more);
        }
    });
    let limit = ChartError::TooManyStrategies { count: 10, limit: 8 };
    assert_eq!(held(&many), Some(limit));
}
