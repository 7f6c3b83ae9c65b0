//! What may be said of processor time.

use super::*;

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
            "64 at once, no waits: a task costs 20 % more CPU than a thread, on the same GET",
        ),
        (
            costs(is(0.8), is(0.9), is(1.0)),
            "64 at once, no waits: a task costs 41 µs of CPU, a thread 44 µs, on the same GET",
        ),
        // With waits, too.
        (
            and_with_waits(
                costs(is(0.9), is(0.87), is(0.57)),
                (0.69, 6, quiet_twins),
                (0.65, 6, quiet_twins),
            ),
            "With waits, 64 in flight: a task costs 41 µs of CPU, a thread 44 µs, same GET",
        ),
        (
            and_with_waits(
                costs(is(0.9), is(0.87), is(0.57)),
                (0.69, 6, quiet_twins),
                (1.0, 6, quiet_twins),
            ),
            "64 at once, no waits: a task costs 41 µs of CPU, a thread 44 µs, on the same GET",
        ),
        // Without waits nobody can tell; with waits it is clear.
        (
            and_with_waits(
                costs(apart(1.01), apart(0.9), None),
                (0.69, 6, quiet_twins),
                (0.65, 6, quiet_twins),
            ),
            "With waits, 64 in flight: a task costs 41 µs of CPU, a thread 44 µs, same GET",
        ),
        // There is no room for all of it.
        (
            changed(
                and_with_waits(
                    costs(is(0.9), is(0.87), is(0.57)),
                    (0.69, 6, quiet_twins),
                    (0.65, 6, quiet_twins),
                ),
                disturb(&["tasks-by-hand"]),
            ),
            "With waits: a task costs 41 µs of CPU, a thread 44 µs, same GET (busy machine)",
        ),
        // It is the client.
        (
            costs(is(1.4), is(1.0), is(0.57)),
            "No waits, 64 in flight: tasks cost 40 % more CPU than the pool, not seen by hand",
        ),
        (
            costs(noisy(1.4), noisy(1.0), noisy(0.57)),
            "No waits, 64 in flight: tasks cost 40 % more CPU than the pool, not seen by hand",
        ),
        // The pair by hand may differ as much, unseen.
        (
            changed(costs(noisy(1.1), noisy(1.0), None), |summary| {
                let rounds = [0.9, 1.04, 1.05, 1.05, 1.06, 1.16];
                let ratio = estimate(&rounds).unwrap();
                let twins = pair(Some(&NOISY));
                no_waits(summary).by_hand_cpu =
                    Some(compare(ratio, twins.as_ref()));
            }),
            "No waits, 64 in flight: tasks cost 10 % more CPU than the pool, not seen by hand",
        ),
        (
            costs(is(1.4), is(0.9), None),
            "No waits, 64 in flight: tasks cost 40 % more CPU than the pool, by hand less",
        ),
        (
            costs(is(0.9), is(1.1), None),
            "No waits, 64 in flight: tasks cost 10 % less CPU than the pool, by hand more",
        ),
        // The pair by hand does not decide.
        (
            costs(is(1.4), few(1.2), None),
            "64 at once, no waits: tasks on reqwest cost 40 % more CPU than the pool on ureq",
        ),
        (
            costs(is(1.4), apart(1.2), None),
            "64 at once, no waits: tasks on reqwest cost 40 % more CPU than the pool on ureq",
        ),
        // Beyond what the twins do all the same.
        (
            costs(apart(1.4), apart(1.5), None),
            "64 at once, no waits: a task costs 50 % more CPU than a thread, on the same GET",
        ),
        // Clear in each of few rounds.
        (
            costs(few(1.6), few(1.7), None),
            "64 at once, no waits: a task costs 70 % more CPU than a thread, on the same GET",
        ),
        (
            costs(is(1.01), few(1.7), None),
            "64 at once, no waits: a task costs 70 % more CPU than a thread, on the same GET",
        ),
        (
            costs(apart(1.2), is(0.9), None),
            "64 at once, no waits: a task costs 41 µs of CPU, a thread 44 µs, on the same GET",
        ),
        (
            changed(quiet(), only_rows(&["tasks-by-hand", "pool-by-hand"])),
            "With waits, 64 in flight: a task costs 41 µs of CPU, a thread 44 µs, same GET",
        ),
        (
            costs(is(1.4), alone(1.2), None),
            "64 at once, no waits: tasks on reqwest cost 40 % more CPU than the pool on ureq",
        ),
        (
            costs(is(1.4), None, None),
            "64 at once, no waits: tasks on reqwest cost 40 % more CPU than the pool on ureq",
        ),
        (
            changed(
                costs(is(1.4), is(1.2), is(0.5)),
                disturb(&["tasks-by-hand"]),
            ),
            "64, no waits: a task costs 20 % more CPU than a thread, same GET (busy machine)",
        ),
        (
            changed(costs(is(1.4), is(1.2), is(0.5)), only_rows(LESSONS)),
            "64 at once, no waits: tasks on reqwest cost 40 % more CPU than the pool on ureq",
        ),
        // No difference.
        (
            costs(is(1.01), is(0.99), is(0.57)),
            "No waits, 64 in flight: a ping costs 80 µs of CPU, in a pool thread or in a task",
        ),
        (
            costs(is(1.01), is(0.9), None),
            "64 at once, no waits: a task costs 41 µs of CPU, a thread 44 µs, on the same GET",
        ),
        (
            costs(is(1.01), apart(0.9), None),
            "No waits, 64 in flight: a ping costs 80 µs of CPU, by the pool as by tasks",
        ),
        // Nothing may be said of the two.
        (
            costs(few(1.4), few(1.0), few(0.5)),
            "64 at once, no waits: CPU: pool 80 µs, tasks 75 µs; 3 rounds are too few to tell",
        ),
        (
            costs(apart(1.2), apart(1.0), apart(0.5)),
            "No waits, 64 in flight: CPU of the pool 80 µs, of tasks 75 µs; too noisy to tell",
        ),
        (
            costs(alone(1.4), alone(1.0), None),
            "No waits, 64 in flight: CPU unclear; without twins nobody can tell",
        ),
        (
            costs(None, is(1.0), is(0.5)),
            "No waits, 64 in flight: CPU: pool 80 µs, tasks 75 µs; never measured together",
        ),
        (
            changed(
                costs(is(1.4), is(1.2), is(0.5)),
                disturb(&["async-tasks"]),
            ),
            "64 at once, no waits: a task costs 20 % more CPU than a thread, on the same GET",
        ),
        (
            changed(costs(is(1.4), is(1.2), is(0.5)), |summary| {
                disturb(LESSONS)(summary);
                disturb(&["tasks-by-hand", "pool-by-hand"])(summary);
            }),
            "64, no waits: a task costs 20 % more CPU than a thread, same GET (busy machine)",
        ),
        // There are no two to compare.
        (
            changed(quiet(), only_rows(&["threads", "worker-pool"])),
            "With waits, 64 in flight: a ping costs 80 to 109 µs of CPU",
        ),
        (
            changed(quiet(), only_rows(&["worker-pool"])),
            "With waits, 64 in flight: a ping costs 80 µs of CPU",
        ),
        (
            changed(quiet(), only_rows(&["pool-by-hand", "worker-pool"])),
            "With waits, 64 in flight: a ping costs 44 to 80 µs of CPU",
        ),
        // Only the sweep.
        (
            changed(quiet(), only(Act::Sweep)),
            "With waits, 64 in flight: a task costs 41 µs of CPU, a thread 44 µs, same GET",
        ),
        (
            sweep::own_question(&sweep::OWN_QUESTION).0,
            "With waits, 100 in flight: CPU unclear; 3 rounds are too few to tell",
        ),
        (changed(quiet(), only(Act::Uneven)), "No processor time that counts"),
    ];
    let footer = Footer::default();
    for (summary, expected) in cases {
        assert_eq!(finding_cpu_cost(&summary), expected);
        if let Ok(svg) = charts::cpu_cost(&summary, &footer, Theme::Light) {
            let cut = svg
                .wide
                .find('…')
                .map(|at| &svg.wide[at.saturating_sub(60)..at]);
            assert_eq!(cut, None, "{expected}");
        }
    }
}
