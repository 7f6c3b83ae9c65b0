//! What may be said of memory.

use super::*;

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
        // By hand they may differ as much, unseen.
        (
            four(&six(26.0), &six(22.0), &wide(10.0), &wide(11.0)),
            "Each ping in flight takes 26 KiB with tasks on reqwest, 22 KiB \
             with the pool on ureq; by hand no difference we can see: it may \
             be the client",
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
