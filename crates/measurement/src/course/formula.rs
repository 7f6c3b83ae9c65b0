//! The formulas of lessons 1, 2, 4, 8, 11 and 12, for equal waits. F8, for uneven ones,
//! is in [`makespan`](crate::makespan). Times are in nanoseconds; `each` is
//! what one ping takes, the server's wait and our own work together (L + o).

/// F1, one after another: `T = N(L + o)`.
pub fn in_turn(requests: f64, each: f64) -> f64 {
    requests * each
}

/// F2, at most `concurrency` at once: `T = ⌈N/c⌉(L + o)`. A staircase.
pub fn waves(requests: usize, concurrency: usize, each: f64) -> f64 {
    requests.div_ceil(concurrency.max(1)) as f64 * each
}

/// F3, a thread for each ping: `T = N t_spawn + (L + o)`. The last thread is
/// spawned when all others have been, and then waits as long as anybody.
pub fn thread_each(requests: f64, spawn: f64, each: f64) -> f64 {
    requests * spawn + each
}

/// `t_spawn` of F3 from two batches, `(N, T)` each; `None` if both have the
/// same number of pings. The wait, which both have in common, cancels out.
pub fn spawn_from(fewer: (f64, f64), more: (f64, f64)) -> Option<f64> {
    let spawn = (more.1 - fewer.1) / (more.0 - fewer.0);
    spawn.is_finite().then_some(spawn.max(0.0))
}

/// F10, requests that are sent if each attempt fails with probability `p` and
/// is tried again `retries` times at most: `N(1 − p^(r+1))/(1 − p)`, which is
/// N times the sum of `p^k` for k from 0 to r, and at p = 1 `N(r + 1)`.
pub fn with_retries(requests: f64, p: f64, retries: u32) -> f64 {
    if p >= 1.0 {
        return requests * (f64::from(retries) + 1.0);
    }
    let p = p.max(0.0);
    let beyond = p.powf(f64::from(retries) + 1.0);
    requests * (1.0 - beyond) / (1.0 - p)
}

/// F6, Amdahl: how many times as fast c at once are, if the share `f` of each
/// job is done one after another: `1/(f + (1 − f)/c)`.
pub fn amdahl(share: f64, concurrency: f64) -> f64 {
    1.0 / (share + (1.0 - share) / concurrency.max(1.0))
}

/// F11, the ceiling of the processors: if the share `f` of each job needs one
/// of P processors and nothing is done one after another, `min(c, P/f)`.
pub fn ceiling(share: f64, concurrency: f64, processors: f64) -> f64 {
    concurrency.max(1.0).min(processors / share.max(f64::MIN_POSITIVE))
}

/// F12, jobs on a queue, and a worker that dies `killed_at` requests after the
/// start, with jobs in its hands: these are handed out again when the ack wait
/// is over, so `T = t + A + (L + o)`. In turns of `concurrency` jobs they were
/// handed out with the turn of that request, at `t = ⌊(k − 1)/c⌋(L + o)`.
pub fn handed_out_again(
    killed_at: u64,
    concurrency: usize,
    ack_wait: f64,
    each: f64,
) -> f64 {
    let turn = killed_at.saturating_sub(1) / concurrency.max(1) as u64;
    turn as f64 * each + ack_wait + each
}

/// The most requests that one ping can become, if so many layers try again so
/// often each, and none of them knows of the others; at most `u64::MAX`.
pub fn most_with_layers(retries: u32, layers: u32) -> u64 {
    (u64::from(retries) + 1).saturating_pow(layers)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_book_measured_what_f1_and_f2_say() {
        // 0.82 s one after another and 0.14 s at once, of six URLs.
        let each = 0.82e9 / 6.0;
        assert_eq!(in_turn(6.0, each), 0.82e9);
        let speed_up = in_turn(6.0, each) / 0.14e9;
        assert!((5.8..=6.0).contains(&speed_up), "{speed_up}");
        assert_eq!(waves(6, 6, each), each);
    }

    #[test]
    fn one_worker_more_saves_a_quarter_and_the_next_fifteen_nothing() {
        let takes = |c| waves(100, c, 50.0);
        assert_eq!([1, 3, 10, 33].map(takes), [5000.0, 1700.0, 500.0, 200.0]);
        assert!((34..=49).all(|c| takes(c) == 150.0));
        assert_eq!([50, 99, 100, 1000].map(takes), [100.0, 100.0, 50.0, 50.0]);
    }

    #[test]
    fn half_of_a_hundred_fail_and_half_of_those_again() {
        assert_eq!(with_retries(100.0, 0.5, 3), 187.5);
        assert_eq!(with_retries(100.0, 0.0, 3), 100.0);
        assert_eq!(with_retries(100.0, 1.0, 3), 400.0);
    }

    #[test]
    fn eight_at_once_meet_two_ceilings() {
        let rounded = |s: f64| (10.0 * s).round() / 10.0;
        let shares = [0.1, 0.5, 0.9, 1.0];
        let serial = shares.map(|f| rounded(amdahl(f, 8.0)));
        assert_eq!(serial, [4.7, 1.8, 1.1, 1.0]);
        let two = shares.map(|f| rounded(ceiling(f, 8.0, 2.0)));
        assert_eq!(two, [8.0, 4.0, 2.2, 2.0]);
        let alone = shares.map(|f| rounded(ceiling(f, 8.0, 1.0)));
        assert_eq!(alone, [8.0, 2.0, 1.1, 1.0]);
    }

    #[test]
    fn a_dead_workers_jobs_wait_for_the_ack_wait_and_then_take_a_turn() {
        // The 24th request is of the second turn of twelve.
        let over = |killed_at| handed_out_again(killed_at, 12, 2000.0, 105.0);
        assert_eq!(over(1), 2105.0);
        assert_eq!(over(12), 2105.0);
        assert_eq!(over(24), 2210.0);
        assert_eq!(over(30), 2315.0);
        assert_eq!(handed_out_again(0, 0, 1.0, 1.0), 2.0);
    }

    #[test]
    fn layers_multiply() {
        assert_eq!(most_with_layers(3, 1), 4);
        assert_eq!(most_with_layers(2, 2), 9);
        assert_eq!(most_with_layers(3, 3), 64);
        assert_eq!(most_with_layers(u32::MAX, u32::MAX), u64::MAX);
    }

    proptest! {
        /// One thread that computes is never quicker than one processor could
        /// be, and where nothing is computed both are c.
        #[test]
        fn amdahl_is_below_the_ceiling_of_one_processor(
            share in 0.0..=1.0_f64,
            concurrency in 1.0..1e4_f64,
            processors in 1.0..1e3_f64,
        ) {
            let serial = amdahl(share, concurrency);
            let one = ceiling(share, concurrency, 1.0);
            let all = ceiling(share, concurrency, processors);
            prop_assert!(serial <= one * (1.0 + 1e-9), "{serial} {one}");
            prop_assert!(one <= all && serial >= 1.0 - 1e-9);
            prop_assert!((amdahl(0.0, concurrency) / concurrency - 1.0).abs() < 1e-9);
        }

        #[test]
        fn f10_is_the_sum_of_its_attempts(
            requests in 1.0..1e6_f64,
            p in 0.0..0.999_f64,
            retries in 0_u32..20,
        ) {
            let sum: f64 = (0..=retries as i32).map(|k| p.powi(k)).sum();
            let sent = with_retries(requests, p, retries);
            prop_assert!((sent / (requests * sum) - 1.0).abs() < 1e-9);
            let most = with_retries(requests, 1.0, retries);
            prop_assert!(sent <= most * (1.0 + 1e-9));
            let near = with_retries(requests, 1.0 - 1e-9, retries);
            prop_assert!((near / most - 1.0).abs() < 1e-6);
        }

        #[test]
        fn two_batches_give_back_the_spawn_that_made_them(
            spawn in 0.0..1e6_f64,
            each in 0.0..1e9_f64,
            fewer in 1_u32..1000,
            more in 1_u32..1000,
        ) {
            let batch = |n: u32| {
                let n = f64::from(n);
                (n, thread_each(n, spawn, each))
            };
            let found = spawn_from(batch(fewer), batch(fewer + more));
            prop_assert!((found.unwrap() - spawn).abs() <= 1e-6 * each + 1e-6);
            prop_assert_eq!(spawn_from(batch(fewer), batch(fewer)), None);
        }
    }
}
