//! Every title that the data can call for.

mod fixture;

use charts::{
    ChartError, Footer, Observation, Theme, finding_book, finding_uneven,
};
use fixture::sweep;
use measurement::compare::{Twins, compare, twins};
use measurement::record::Act;
use measurement::statistics::estimate;
use measurement::summary::{Batch, Note, Summary};
use measurement::waits::Waits;
use measurement::witness::Witness;

/// Name, makespans in ms, and the peak that the server saw.
type BookRows<'a> = &'a [(&'a str, &'a [f64], Option<(u64, u64)>)];

/// Name and makespans in ms.
type UnevenRows<'a> = &'a [(&'a str, &'a [f64])];

/// A batch with these rows, and these twins' ratios if it has twins.
fn batch_with(act: Act, rows: BookRows<'_>, pair: Option<&[f64]>) -> Batch {
    let names: Vec<&str> = rows.iter().map(|row| row.0).collect();
    let (waits, size) = match act {
        Act::Book => (Waits::Book, (6, 6)),
        _ => (Waits::Uneven, (48, 8)),
    };
    let (mut batch, _) = fixture::batch(act, &names, waits, size, 1);
    let twins: Option<Twins> =
        pair.map(|pair| twins(&["worker-pool"], estimate(pair).unwrap()));
    let of = |name: &str| rows.iter().find(|row| row.0 == name);
    let over = |name: &str, to: &str| {
        let (of, to) = (of(name)?, of(to)?);
        let both = of.1.iter().zip(to.1);
        estimate(&both.map(|(x, y)| x / y).collect::<Vec<_>>())
    };
    let reference = batch.reference.clone().unwrap_or_default();
    for (row, (name, times, peak)) in batch.rows.iter_mut().zip(rows) {
        let ns: Vec<f64> = times.iter().map(|ms| ms * 1e6).collect();
        row.makespan_ns = estimate(&ns);
        row.peak_in_flight = *peak;
        row.valid = times.len();
        row.ratio = over(name, &reference)
            .filter(|_| reference != *name)
            .map(|ratio| compare(ratio, twins.as_ref()));
        row.speed_up = over("sequential", name);
    }
    batch.twins = twins;
    batch
}

fn batch(act: Act, rows: BookRows<'_>) -> Batch {
    batch_with(act, rows, None)
}

/// Twins that agree.
const AGREE: &[f64] = &[0.99, 1.0, 1.0, 1.0, 1.0, 1.01];
/// Twins that do not.
const APART: &[f64] = &[0.8, 1.0, 1.0, 1.0, 1.0, 1.3];

fn uneven_with(rows: UnevenRows<'_>, pair: Option<&[f64]>) -> String {
    let rows: Vec<_> =
        rows.iter().map(|(n, times)| (*n, *times, None)).collect();
    finding_uneven(&batch_with(Act::Uneven, &rows, pair))
}

fn uneven(rows: UnevenRows<'_>) -> String {
    uneven_with(rows, Some(AGREE))
}

const SLOW: &[f64] = &[330.0, 331.0, 331.0, 331.0, 332.0, 340.0];
const FAST: &[f64] = &[150.0, 151.0, 151.0, 151.0, 152.0, 160.0];
const NEARLY_FAST: &[f64] = &[161.0, 161.5, 161.5, 161.5, 162.0, 163.0];
/// A hair above [`FLAT`], and apart from it.
const SLIGHTLY: &[f64] = &[153.0, 153.0, 153.0, 153.0, 153.0, 153.0];
const FLAT: &[f64] = &[151.0, 151.0, 151.0, 151.0, 151.0, 151.0];

#[test]
fn the_uneven_batch() {
    let cases: [(UnevenRows<'_>, &str); 14] = [
        (
            &[("threads", SLOW), ("worker-pool", FAST)],
            "With uneven waits, waves take 2.2× as long as the pool",
        ),
        (
            &[("threads", FAST), ("worker-pool", SLOW)],
            "With uneven waits, the pool takes 2.2× as long as waves",
        ),
        (
            &[("threads", NEARLY_FAST), ("worker-pool", FLAT)],
            "With uneven waits, waves take 7 % longer than the pool",
        ),
        (
            &[("threads", SLIGHTLY), ("worker-pool", FLAT)],
            "With uneven waits, waves or the pool: no visible difference",
        ),
        (
            &[("threads", FAST), ("worker-pool", FAST)],
            "With uneven waits, waves or the pool: no visible difference",
        ),
        (
            &[("threads", &SLOW[..1]), ("worker-pool", &FAST[..1])],
            "With uneven waits, waves take 2.2× as long as the pool (measured once)",
        ),
        (
            &[("threads", SLOW), ("worker-pool", &FAST[..5])],
            "With uneven waits, waves take 2.2× as long as the pool (5 rounds)",
        ),
        (
            &[("threads", &NEARLY_FAST[..5]), ("worker-pool", &FLAT[..5])],
            "Waves took 162 ms, the pool 151 ms: 5 rounds are too few to tell",
        ),
        (
            &[("threads", &NEARLY_FAST[..1]), ("worker-pool", &FLAT[..1])],
            "Waves took 161 ms, the pool 151 ms: one round is too few to tell",
        ),
        (
            &[("threads", SLOW), ("async-tasks", FAST)],
            "With uneven waits, waves take 2.2× as long as tasks",
        ),
        (
            &[
                ("scoped-threads", NEARLY_FAST),
                ("worker-pool", FLAT),
                ("async-tasks", SLOW),
            ],
            "With uneven waits, shares take 7 % longer than the pool",
        ),
        (
            &[("mine", SLOW), ("worker-pool", FAST)],
            "With uneven waits, mine takes 2.2× as long as the pool",
        ),
        (
            &[("sequential", SLOW), ("worker-pool", FAST)],
            "The pool took 151 ms for 48 pings with uneven waits",
        ),
        (&[("threads", &[]), ("worker-pool", &[])], "No trial that counts"),
    ];
    for (rows, expected) in cases {
        assert_eq!(uneven(rows), expected);
    }
    assert_eq!(uneven(&[]), "No trial that counts");
}

/// Beyond what the same strategy twice comes apart, and clear of it.
#[test]
fn noise_hides_only_what_is_within_it() {
    let clear: UnevenRows<'_> = &[("threads", SLOW), ("worker-pool", FAST)];
    let found = "With uneven waits, waves take 2.2× as long as the pool";
    assert_eq!(uneven_with(clear, Some(APART)), found);
    // Without twins it is clear in every round.
    assert_eq!(uneven_with(clear, None), found);
    let small: UnevenRows<'_> =
        &[("threads", NEARLY_FAST), ("worker-pool", FLAT)];
    assert_eq!(
        uneven_with(small, Some(APART)),
        "Waves took 162 ms, the pool 151 ms: too noisy to tell"
    );
    assert_eq!(
        uneven_with(small, None),
        "Waves took 162 ms, the pool 151 ms: without twins nobody can tell"
    );
}

/// The twins ran in the same rounds, and were disturbed as well.
#[test]
fn a_busy_machine_is_a_hedge_and_no_silence() {
    let of = |times: &'static [f64], verdict: &str| {
        let rows: BookRows<'_> =
            &[("threads", times, None), ("worker-pool", FLAT, None)];
        for disturbed in [0, 1] {
            let mut batch = batch_with(Act::Uneven, rows, Some(AGREE));
            batch.rows[disturbed].notes.push(Note::Disturbed);
            assert_eq!(
                finding_uneven(&batch),
                format!("With uneven waits, {verdict} (busy machine)")
            );
        }
    };
    of(SLOW, "waves take 2.2× as long as the pool");
    of(SLIGHTLY, "waves or the pool: no visible difference");
    let rows: BookRows<'_> =
        &[("threads", SLOW, None), ("worker-pool", FAST, None)];
    let mut apart = batch_with(Act::Uneven, rows, Some(AGREE));
    apart.rows[0].ratio = None;
    assert_eq!(
        finding_uneven(&apart),
        "Waves took 331 ms, the pool 151 ms: never measured together"
    );
}

const TURN: &[f64] = &[826.0, 826.0, 827.0, 827.0, 828.0, 829.0];
const ONCE: &[f64] = &[139.0, 139.0, 140.0, 140.0, 141.0, 142.0];
const SIX: Option<(u64, u64)> = Some((6, 6));
const ONE: Option<(u64, u64)> = Some((1, 1));

#[test]
fn the_book() {
    let cases: [(BookRows<'_>, &str); 11] = [
        (
            &[("sequential", TURN, ONE), ("threads", ONCE, SIX)],
            "Six pings take 0.83 s one by one, 0.14 s at once",
        ),
        (
            &[("sequential", TURN, ONE), ("threads", ONCE, Some((5, 6)))],
            "Six pings take 0.83 s one by one, 0.14 s at once",
        ),
        (
            &[("sequential", TURN, ONE), ("threads", TURN, ONE)],
            "Of six pings at once the server never saw more than one",
        ),
        (
            &[("sequential", &TURN[..1], ONE), ("threads", &ONCE[..1], SIX)],
            "Six pings take 0.83 s one by one, 0.14 s at once (measured once)",
        ),
        (
            &[("sequential", &TURN[..3], ONE), ("threads", &ONCE[..3], SIX)],
            "Six pings take 0.83 s one by one, 0.14 s at once (3 rounds)",
        ),
        (
            &[
                ("sequential", &[820.0, 826.0, 830.0], ONE),
                ("threads", &[139.0, 140.0, 825.0], None),
            ],
            "Six pings take 0.83 s one by one, 0.14 s at once (3 rounds)",
        ),
        (
            &[("sequential", ONCE, ONE), ("threads", TURN, None)],
            "Six pings take 0.14 s one by one, 0.83 s at once",
        ),
        (&[("sequential", TURN, ONE)], "Six pings take 0.83 s one by one"),
        (
            &[("sequential", &[], None), ("async-tasks", ONCE, SIX)],
            "Six pings take 0.14 s at once",
        ),
        (&[("python-threads", ONCE, SIX)], "No trial that counts"),
        (
            &[("sequential", FLAT, ONE), ("threads", FLAT, SIX)],
            "Six pings take 0.15 s one by one, 0.15 s at once",
        ),
    ];
    for (rows, expected) in cases {
        assert_eq!(finding_book(&batch(Act::Book, rows)), expected);
    }
    let rows: BookRows<'_> =
        &[("sequential", TURN, ONE), ("threads", ONCE, Some((3, 3)))];
    let mut few = batch(Act::Book, rows);
    few.concurrency = 3;
    assert_eq!(
        finding_book(&few),
        "Six pings take 0.83 s one by one, 0.14 s three at a time"
    );
}

#[test]
fn what_cannot_be_drawn_says_what_is_missing() {
    let footer = Footer::default();
    let (batch, trials) = fixture::uneven();
    let drawn = |batch: &Batch, trials: &[_]| {
        charts::waterfall(batch, trials, &footer, Theme::Auto).map(|_| ())
    };
    assert_eq!(drawn(&batch, &trials), Ok(()));
    let error = drawn(&batch, &trials[..2]).unwrap_err();
    assert!(matches!(error, ChartError::NoTrial { .. }));
    assert!(error.to_string().contains("threads"));
    let mut none = batch.clone();
    none.rows.clear();
    assert_eq!(drawn(&none, &trials), Err(ChartError::NothingMeasured));
    let mut many = batch.clone();
    many.rows = batch.rows.iter().cycle().take(9).cloned().collect();
    let limit = ChartError::TooManyStrategies { count: 9, limit: 8 };
    assert_eq!(drawn(&many, &trials), Err(limit));
    let (mut summary, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let both = |summary: &Summary| {
        let (theme, footer) = (Theme::Auto, Footer::default());
        let speed_up = charts::speed_up(summary, &footer, theme);
        let efficiency = charts::efficiency(summary, &footer, theme);
        [speed_up.map(|_| ()), efficiency.map(|_| ())]
    };
    assert_eq!(both(&summary), [Ok(()), Ok(())]);
    let rows = summary.batches[1].rows.clone();
    for number in 0..5 {
        let mut more = rows[0].clone();
        more.strategy = format!("mine-{number}");
        summary.batches[1].rows.push(more);
    }
    // One by one nothing is later than it must be.
    let limit = |count| ChartError::TooManyStrategies { count, limit: 8 };
    assert_eq!(both(&summary), [Err(limit(10)), Err(limit(9))]);
    summary.batches.clear();
    let nothing = ChartError::NothingMeasured;
    assert_eq!(both(&summary), [Err(nothing.clone()), Err(nothing)]);
    let of = Observation {
        witness: &Witness::default(),
        program: "hey",
        asked: None,
    };
    let nothing = charts::witness_waterfall(&of, &footer, Theme::Auto);
    assert_eq!(nothing, Err(ChartError::NothingSeen));
}
