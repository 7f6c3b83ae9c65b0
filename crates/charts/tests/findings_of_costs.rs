//! Every title of the two charts of cost that a run can call for.

mod fixture;

use std::sync::LazyLock;

use charts::{
    ChartError, Footer, Theme, caption_cpu_cost, caption_memory,
    finding_cpu_cost, finding_memory,
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
    Some(twins("worker-pool", estimate(of?).unwrap()))
}

fn comparison((ratio, rounds, of): Ratio<'_>) -> Comparison {
    compare(near(ratio, rounds), pair(of).as_ref())
}

fn no_waits(summary: &mut Summary) -> &mut Batch {
    let mut batches = summary.batches.iter_mut();
    let wanted = |b: &&mut Batch| b.act == Act::NoWaits && b.concurrency > 1;
    batches.find(wanted).unwrap()
}

/// A run without waits in which tasks over the pool, tasks by hand over
/// threads by hand, and threads by hand over the pool have these ratios; none
/// stands for never in the same round.
fn costs(
    tasks: Option<Ratio<'_>>,
    by_hand: Option<Ratio<'_>>,
    library: Option<Ratio<'_>>,
) -> Summary {
    let mut summary = quiet();
    let batch = no_waits(&mut summary);
    batch.control_cpu = by_hand.map(comparison);
    batch.cpu_twins = pair(tasks.and_then(|ratio| ratio.2));
    for row in &mut batch.rows {
        match row.strategy.as_str() {
            "async-tasks" => row.cpu_ratio = tasks.map(comparison),
            "control-threads" => row.cpu_ratio = library.map(comparison),
            _ => {}
        }
    }
    summary
}

fn changed(mut summary: Summary, change: impl Fn(&mut Summary)) -> Summary {
    change(&mut summary);
    summary
}

/// The rows of the batch without waits that have these names.
fn only_rows(names: &'static [&'static str]) -> impl Fn(&mut Summary) {
    move |summary| {
        let keep = |name: &str| names.contains(&name);
        no_waits(summary).rows.retain(|row| keep(&row.strategy));
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
fn processor_time() {
    let quiet_twins = Some(&AGREE[..]);
    let is = |ratio| Some((ratio, 6, quiet_twins));
    let noisy = |ratio| Some((ratio, 6, Some(&NOISY[..])));
    let apart = |ratio| Some((ratio, 6, Some(&APART[..])));
    let alone = |ratio| Some((ratio, 6, None));
    let few = |ratio| Some((ratio, 3, quiet_twins));
    let cases: Vec<(Summary, &str)> = vec![
        // Both differ, in the same direction.
        (
            costs(is(1.4), is(1.2), is(0.57)),
            "Tasks use more CPU than threads: 1.4× on reqwest against the \
             pool on ureq, 1.2× by hand. By hand a ping costs 0.57× that of \
             the pool",
        ),
        (
            costs(is(0.8), is(0.9), is(1.0)),
            "Tasks use less CPU than threads: 0.80× on reqwest against the \
             pool on ureq, 0.90× by hand",
        ),
        // It is the client.
        (
            costs(is(1.4), is(1.0), is(0.57)),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             no difference we can see: it is the client. By hand a ping costs \
             0.57× that of the pool",
        ),
        (
            costs(noisy(1.4), noisy(1.0), noisy(0.57)),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             no difference we can see in this noise: it is the client. By \
             hand a ping costs 0.57× that of the pool",
        ),
        (
            costs(is(1.4), is(0.9), None),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq, but by \
             hand tasks use 0.90× that of threads: it is the client",
        ),
        (
            costs(is(0.9), is(1.1), None),
            "Tasks on reqwest use 0.90× the CPU of the pool on ureq, but by \
             hand tasks use 1.10× that of threads: it is the client",
        ),
        // The pair by hand does not decide.
        (
            costs(is(1.4), few(1.2), None),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand 3 \
             rounds: too few to tell apart, so it may be the client",
        ),
        (
            costs(is(1.4), apart(1.2), None),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             too noisy to tell apart, so it may be the client",
        ),
        (
            costs(is(1.4), alone(1.2), None),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             not compared, without twins, so it may be the client",
        ),
        (
            costs(is(1.4), None, None),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             never in the same round, so it may be the client",
        ),
        (
            changed(
                costs(is(1.4), is(1.2), is(0.5)),
                disturb(&["control-tasks"]),
            ),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; by hand \
             disturbed, and not compared, so it may be the client. By hand a \
             ping costs 0.50× that of the pool",
        ),
        (
            changed(costs(is(1.4), is(1.2), is(0.5)), only_rows(LESSONS)),
            "Tasks on reqwest use 1.4× the CPU of the pool on ureq; without \
             the pair by hand, so it may be the client",
        ),
        // No difference.
        (
            costs(is(1.01), is(0.99), is(0.57)),
            "Tasks or threads, no difference we can see in CPU: neither tasks \
             on reqwest against the pool on ureq, nor by hand. By hand a ping \
             costs 0.57× that of the pool",
        ),
        (
            costs(is(1.01), is(0.9), None),
            "Tasks on reqwest or the pool on ureq, no difference we can see \
             in CPU, but by hand tasks use 0.90× that of threads",
        ),
        (
            costs(is(1.01), apart(0.9), None),
            "Tasks on reqwest or the pool on ureq, no difference we can see \
             in CPU; by hand too noisy to tell apart",
        ),
        // Nothing may be said of the two.
        (
            costs(few(1.4), few(1.0), few(0.5)),
            "1,000 pings cost tasks on reqwest 58 ms of CPU, the pool on ureq \
             63 ms; 3 rounds: too few to tell apart",
        ),
        (
            costs(apart(1.4), apart(1.0), apart(0.5)),
            "1,000 pings cost tasks on reqwest 58 ms of CPU, the pool on ureq \
             63 ms; too noisy to tell apart",
        ),
        (
            costs(alone(1.4), alone(1.0), None),
            "1,000 pings cost tasks on reqwest 58 ms of CPU, the pool on ureq \
             63 ms; not compared, without twins",
        ),
        (
            costs(None, is(1.0), is(0.5)),
            "1,000 pings cost tasks on reqwest 58 ms of CPU, the pool on ureq \
             63 ms; never in the same round; by hand no difference we can see",
        ),
        (
            changed(
                costs(is(1.4), is(1.2), is(0.5)),
                disturb(&["async-tasks"]),
            ),
            "1,000 pings cost tasks on reqwest 58 ms of CPU, the pool on ureq \
             63 ms; disturbed, and not compared; by hand tasks use 1.2× that \
             of threads",
        ),
        (
            changed(costs(is(1.4), is(1.2), is(0.5)), |summary| {
                disturb(LESSONS)(summary);
                disturb(&["control-tasks", "control-threads"])(summary);
            }),
            "The machine disturbed every strategy",
        ),
        // There are no two to compare.
        (
            changed(quiet(), only_rows(&["threads", "worker-pool"])),
            "1,000 pings cost 63–92 ms of CPU; not compared",
        ),
        (
            changed(quiet(), only_rows(&["worker-pool"])),
            "1,000 pings cost the pool on ureq 63 ms of CPU",
        ),
        (
            changed(quiet(), only_rows(&["control-threads", "worker-pool"])),
            "1,000 pings cost 27–63 ms of CPU; not compared. By hand a ping \
             costs 0.43× that of the pool",
        ),
        // Only the sweep.
        (
            changed(quiet(), only(Act::Sweep)),
            "At 64 in flight tasks on reqwest use 0.92× the CPU of the pool \
             on ureq; without the pair by hand, so it may be the client",
        ),
        (
            sweep::own_question(&sweep::OWN_QUESTION).0,
            "At 100 in flight 1,000 pings cost tasks on reqwest 58 ms of CPU, \
             the pool on ureq 63 ms; 3 rounds: too few to tell apart",
        ),
        (changed(quiet(), only(Act::Uneven)), "No processor time that counts"),
    ];
    let footer = Footer::default();
    for (summary, expected) in cases {
        assert_eq!(finding_cpu_cost(&summary), expected);
        if let Ok(svg) = charts::cpu_cost(&summary, &footer, Theme::Light) {
            let cut = svg.find('…').map(|at| &svg[at.saturating_sub(60)..at]);
            assert_eq!(cut, None, "{expected}");
        }
    }
}

/// Rows of memory with these slopes in KiB, round by round.
fn held(rows: &[(&str, &[f64])]) -> Summary {
    let mut summary = quiet();
    let client = |name: &str| match name {
        "async-tasks" => "reqwest",
        _ if name.starts_with("control-") => "by hand",
        _ => "ureq",
    };
    let row = |(name, slopes): &(&str, &[f64])| Memory {
        strategy: (*name).to_owned(),
        client: client(name).to_owned(),
        slope_bytes: estimate(
            &slopes.iter().map(|kib| kib * 1024.0).collect::<Vec<_>>(),
        )
        .unwrap(),
        base_bytes: 5e6,
        points: vec![(1, 5_000_000), (512, 9_000_000)],
    };
    summary.memory = rows.iter().map(row).collect();
    summary
}

/// Of tasks, of the pool, and of tasks and threads by hand.
fn four(
    tasks: &[f64],
    pool: &[f64],
    hand_tasks: &[f64],
    hand_threads: &[f64],
) -> Summary {
    held(&[
        ("async-tasks", tasks),
        ("worker-pool", pool),
        ("control-tasks", hand_tasks),
        ("control-threads", hand_threads),
    ])
}

#[test]
fn memory() {
    let six = |middle: f64| near(middle, 6).values;
    let wide = |middle: f64| {
        [0.7, 0.8, 0.9, 1.1, 1.2, 1.3].map(|x| x * middle).to_vec()
    };
    let lessons =
        |a: &[f64], b: &[f64]| held(&[("async-tasks", a), ("threads", b)]);
    let cases: Vec<(Summary, &str)> = vec![
        // The plain run: one round.
        (
            quiet(),
            "In one round each ping in flight takes 31 KiB with tasks on \
             reqwest, 22 KiB with the pool on ureq; by hand 2.2 KiB and \
             11 KiB: it is the client",
        ),
        (
            four(&[15.0], &[47.0], &[2.2], &[12.0]),
            "In one round a task takes less memory than a thread: 15 KiB with \
             tasks on reqwest, 47 KiB with the pool on ureq; by hand 2.2 KiB and 12 KiB",
        ),
        (
            four(&[15.0], &[15.1], &[12.0], &[12.0]),
            "In one round tasks or threads, no difference in memory we can \
             see: each ping in flight takes 15 KiB with tasks on reqwest, 15 \
             KiB with the pool on ureq",
        ),
        // Rounds enough for an interval.
        (
            four(&six(47.0), &six(22.0), &six(12.0), &six(2.2)),
            "A task takes more memory than a thread: 47 KiB with tasks on \
             reqwest, 22 KiB with the pool on ureq; by hand 12 KiB and \
             2.2 KiB",
        ),
        (
            four(&six(47.0), &six(22.0), &wide(10.0), &wide(11.0)),
            "Each ping in flight takes 47 KiB with tasks on reqwest, 22 KiB \
             with the pool on ureq; by hand no difference we can see: it is \
             the client",
        ),
        (
            four(&wide(24.0), &wide(22.0), &six(2.2), &six(12.0)),
            "Tasks on reqwest or the pool on ureq, no difference in memory we \
             can see, but by hand 2.2 KiB and 12 KiB for each ping \
             in flight",
        ),
        (
            four(&six(22.1), &six(22.0), &[9.0, 12.0], &[8.0, 11.0]),
            "In 2 rounds tasks on reqwest or the pool on ureq, no difference \
             in memory we can see: 22 KiB and 22 KiB for each ping in flight",
        ),
        (
            lessons(&six(22.1), &six(22.0)),
            "Tasks on reqwest or threads on ureq, no difference in memory we \
             can see: 22 KiB and 22 KiB for each ping in flight",
        ),
        // Too few rounds, but one beyond the other in each; or not.
        (
            four(&[31.0, 33.0], &[22.0, 21.0], &[12.0, 9.0], &[8.0, 11.0]),
            "In 2 rounds each ping in flight takes 32 KiB with tasks on \
             reqwest, 22 KiB with the pool on ureq; by hand 10 KiB and \
             9.5 KiB: it may be the client",
        ),
        (
            lessons(&[31.0, 33.0, 20.0], &[22.0, 21.0, 23.0]),
            "Each ping in flight takes 31 KiB with tasks on reqwest, 22 KiB \
             with threads on ureq; 3 rounds: too few to tell apart",
        ),
        // Without the control pair.
        (
            lessons(&[31.0], &[22.0]),
            "In one round each ping in flight takes 31 KiB with tasks on \
             reqwest, 22 KiB with threads on ureq; without the pair by hand, \
             so it may be the client",
        ),
        // There are no two to compare.
        (
            held(&[("threads", &[21.0]), ("worker-pool", &[22.0])]),
            "In one round each ping in flight takes 21–22 KiB; not compared",
        ),
        (
            held(&[("threads", &six(21.0))]),
            "Each ping in flight takes 21 KiB; not compared",
        ),
        (held(&[]), "No memory that counts"),
    ];
    let footer = Footer::default();
    for (summary, expected) in cases {
        assert_eq!(finding_memory(&summary), expected);
        if let Ok(svg) = charts::memory(&summary, &footer, Theme::Light) {
            let cut = svg.find('…').map(|at| &svg[at.saturating_sub(60)..at]);
            assert_eq!(cut, None, "{expected}");
        }
    }
}

#[test]
fn the_words_beside_the_pictures_tell_of_what_is_in_them() {
    let run = quiet();
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let cpu = caption_cpu_cost(&run);
    for told in [
        " Even waits, 64 in flight: threads 92 + 17 ms, ",
        " No waits, 64 in flight: threads 92 + 17 ms, ",
        "control-tasks 24 + 17 ms",
    ] {
        assert!(cpu.description.contains(told), "{}", cpu.description);
    }
    assert!(cpu.look_for.contains("by hand by the library alone"));
    let own_cpu = caption_cpu_cost(&own);
    for missing in ["by hand", "columns"] {
        assert!(!own_cpu.look_for.contains(missing), "{own_cpu:?}");
    }
    let without = changed(quiet(), only_rows(LESSONS));
    let look_for = caption_cpu_cost(&without).look_for;
    assert!(look_for.contains("nobody knows"), "{look_for}");
    let held = caption_memory(&run);
    let told = "worker-pool on ureq 5.2 MiB and 22 KiB, ";
    assert!(held.description.contains(told), "{}", held.description);
    assert!(held.look_for.contains("What the kernel holds for threads"));
    assert!(held.look_for.contains("it is in no figure here"));
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
