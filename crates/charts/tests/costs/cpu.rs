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
        // The pair by hand may differ as much, unseen.
        (
            changed(costs(noisy(1.1), noisy(1.0), None), |summary| {
                let rounds = [0.9, 1.04, 1.05, 1.05, 1.06, 1.16];
                let ratio = estimate(&rounds).unwrap();
                let twins = pair(Some(&NOISY));
                no_waits(summary).control_cpu =
                    Some(compare(ratio, twins.as_ref()));
            }),
            "Tasks on reqwest use 1.10× the CPU of the pool on ureq; by hand \
             no difference we can see in this noise, so it may be the client",
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
