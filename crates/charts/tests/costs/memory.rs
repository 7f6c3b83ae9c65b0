//! What may be said of memory.

use super::*;

/// Rows of memory with these slopes in KiB, round by round.
fn held(rows: &[(&str, &[f64])]) -> Summary {
    let mut summary = quiet();
    let client = |name: &str| match name {
        "async-tasks" => "reqwest",
        _ if name.ends_with("-by-hand") => "by hand",
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
        ("tasks-by-hand", hand_tasks),
        ("pool-by-hand", hand_threads),
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
            "Tasks take 31 KiB a ping, pool threads 22 KiB, but by hand less (measured once)",
        ),
        (
            four(&[15.0], &[47.0], &[2.2], &[12.0]),
            "One more task takes 15 KiB, one more pool thread 47 KiB (measured once)",
        ),
        (
            four(&[15.0], &[15.1], &[12.0], &[12.0]),
            "One more in flight takes 15 KiB, in a thread or a task (measured once)",
        ),
        // Rounds enough for an interval.
        (
            four(&six(47.0), &six(22.0), &six(12.0), &six(2.2)),
            "One more task in flight takes 47 KiB, one more pool thread 22 KiB",
        ),
        (
            four(&six(47.0), &six(22.0), &wide(10.0), &wide(11.0)),
            "Tasks take 47 KiB a ping, pool threads 22 KiB, but by hand about the same",
        ),
        // By hand they may differ as much, unseen.
        (
            four(&six(26.0), &six(22.0), &wide(10.0), &wide(11.0)),
            "Tasks take 26 KiB a ping, pool threads 22 KiB, but by hand about the same",
        ),
        (
            four(&wide(24.0), &wide(22.0), &six(2.2), &six(12.0)),
            "By hand one more task takes 2.2 KiB, one more thread 12 KiB",
        ),
        (
            four(&six(22.1), &six(22.0), &[9.0, 12.0], &[8.0, 11.0]),
            "One more ping in flight takes 22 KiB, in a pool thread or in a task (2 rounds)",
        ),
        (
            lessons(&six(22.1), &six(22.0)),
            "One more ping in flight takes 22 KiB, in a thread or in a task",
        ),
        // Too few rounds, but one beyond the other in each; or not.
        (
            four(&[31.0, 33.0], &[22.0, 21.0], &[12.0, 9.0], &[8.0, 11.0]),
            "One more task on reqwest takes 32 KiB, one more thread on ureq 22 KiB (2 rounds)",
        ),
        (
            lessons(&[31.0, 33.0, 20.0], &[22.0, 21.0, 23.0]),
            "One more task takes 31 KiB, thread 22 KiB: 3 rounds are too few to tell",
        ),
        (
            four(&six(15.0), &six(47.0), &six(12.0), &six(2.2)),
            "Tasks take 15 KiB a ping, pool threads 47 KiB, but by hand more",
        ),
        // Without the pair by hand.
        (
            lessons(&[31.0], &[22.0]),
            "One more task on reqwest takes 31 KiB, thread on ureq 22 KiB (measured once)",
        ),
        // There are no two to compare.
        (
            held(&[("threads", &[21.0]), ("worker-pool", &[22.0])]),
            "One more ping in flight takes 21 to 22 KiB (measured once)",
        ),
        (
            held(&[("threads", &six(21.0))]),
            "One more ping in flight takes 21 KiB",
        ),
        (held(&[]), "No memory that counts"),
    ];
    let footer = Footer::default();
    for (summary, expected) in cases {
        assert_eq!(finding_memory(&summary), expected);
        if let Ok(svg) = charts::memory(&summary, &footer, Theme::Light) {
            let cut = svg
                .wide
                .find('…')
                .map(|at| &svg.wide[at.saturating_sub(60)..at]);
            assert_eq!(cut, None, "{expected}");
        }
    }
}
