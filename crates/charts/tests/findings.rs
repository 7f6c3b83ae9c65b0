//! Every title that the data can call for.

mod fixture;

use charts::{
    ChartError, Footer, Theme, finding_book, finding_live, finding_uneven,
    finding_witness,
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
        pair.map(|pair| twins("worker-pool", estimate(pair).unwrap()));
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
    let finding = finding_uneven(&batch_with(Act::Uneven, &rows, pair));
    let start = "The same 48 pings, 8 at a time: ";
    finding.strip_prefix(start).unwrap().to_owned()
}

fn uneven(rows: UnevenRows<'_>) -> String {
    uneven_with(rows, Some(AGREE))
}

const SLOW: &[f64] = &[330.0, 331.0, 331.0, 331.0, 332.0, 340.0];
const FAST: &[f64] = &[150.0, 151.0, 151.0, 151.0, 152.0, 160.0];
const NEARLY_FAST: &[f64] = &[161.0, 161.5, 161.5, 161.5, 162.0, 163.0];
/// A hair above [`FAST`], and apart from it.
const HAIR: &[f64] = &[154.1, 154.1, 154.1, 154.1, 154.1, 154.1];
/// The same, where more is needed to be seen.
const SLIGHTLY: &[f64] = &[153.0, 153.0, 153.0, 153.0, 153.0, 153.0];
const FLAT: &[f64] = &[151.0, 151.0, 151.0, 151.0, 151.0, 151.0];

#[test]
fn the_uneven_batch() {
    let cases: [(UnevenRows<'_>, &str); 12] = [
        (
            &[("threads", SLOW), ("worker-pool", FAST)],
            "waves need 2.2× as long as a queue",
        ),
        (
            &[("threads", FAST), ("worker-pool", SLOW)],
            "a queue needs 2.2× as long as waves",
        ),
        (
            &[("threads", NEARLY_FAST), ("worker-pool", FLAT)],
            "waves need 7 % longer than a queue",
        ),
        (
            &[("threads", SLIGHTLY), ("worker-pool", FLAT)],
            "waves or a queue, no difference we can see",
        ),
        (
            &[("threads", FAST), ("worker-pool", FAST)],
            "waves or a queue, no difference we can see",
        ),
        (
            &[("threads", &SLOW[..1]), ("worker-pool", &FAST[..1])],
            "waves 330 ms, a queue 150 ms; one round: too few to tell apart",
        ),
        (
            &[("threads", SLOW), ("worker-pool", &FAST[..5])],
            "waves 331 ms, a queue 151 ms; 5 rounds: too few to tell apart",
        ),
        (
            &[("threads", SLOW), ("async-tasks", FAST)],
            "waves need 2.2× as long as tasks",
        ),
        (
            &[
                ("scoped-threads", NEARLY_FAST),
                ("worker-pool", FLAT),
                ("async-tasks", SLOW),
            ],
            "fixed shares need 7 % longer than a queue",
        ),
        (
            &[("mine", SLOW), ("worker-pool", FAST)],
            "mine needs 2.2× as long as a queue",
        ),
        (
            &[("sequential", SLOW), ("worker-pool", FAST)],
            "a queue took 151 ms, with nothing to compare it with",
        ),
        (&[("threads", &[]), ("worker-pool", &[])], "no trial that counts"),
    ];
    for (rows, expected) in cases {
        assert_eq!(uneven(rows), expected);
    }
    assert_eq!(uneven(&[]), "no trial that counts");
}

#[test]
fn what_the_machine_leaves_untold() {
    let rows: UnevenRows<'_> = &[("threads", SLOW), ("worker-pool", FAST)];
    assert_eq!(
        uneven_with(rows, Some(APART)),
        "waves 331 ms, a queue 151 ms; too noisy to tell apart"
    );
    assert_eq!(
        uneven_with(rows, None),
        "waves 331 ms, a queue 151 ms; without twins not told apart"
    );
    let rows: Vec<_> = rows.iter().map(|(n, t)| (*n, *t, None)).collect();
    for disturbed in [0, 1] {
        let mut batch = batch_with(Act::Uneven, &rows, Some(AGREE));
        batch.rows[disturbed].notes.push(Note::Disturbed);
        assert!(
            finding_uneven(&batch).ends_with(
                "waves 331 ms, a queue 151 ms; disturbed, and not compared"
            ),
            "{}",
            finding_uneven(&batch)
        );
    }
    let mut apart = batch_with(Act::Uneven, &rows, Some(AGREE));
    apart.rows[0].ratio = None;
    assert!(finding_uneven(&apart).ends_with("never in the same round"));
}

const TURN: &[f64] = &[826.0, 826.0, 827.0, 827.0, 828.0, 829.0];
const ONCE: &[f64] = &[139.0, 139.0, 140.0, 140.0, 141.0, 142.0];
const SIX: Option<(u64, u64)> = Some((6, 6));
const ONE: Option<(u64, u64)> = Some((1, 1));

#[test]
fn the_book() {
    let cases: [(BookRows<'_>, &str); 12] = [
        (
            &[("sequential", TURN, ONE), ("threads", ONCE, SIX)],
            "Six at once finish 5.9× sooner than six in turn; the server saw \
             6 in flight",
        ),
        (
            &[("sequential", TURN, ONE), ("threads", ONCE, Some((5, 6)))],
            "Six at once finish 5.9× sooner than six in turn; the server saw \
             5–6 in flight",
        ),
        (
            &[("sequential", TURN, ONE), ("threads", TURN, ONE)],
            "Six at once or six in turn: no difference we can see, but the \
             server never saw more than 1 in flight",
        ),
        (
            &[("sequential", &TURN[..1], ONE), ("threads", &ONCE[..1], SIX)],
            "Six in turn took 0.83 s, six at once 0.14 s, in one round; the \
             server saw 6 in flight",
        ),
        (
            &[("sequential", &TURN[..3], ONE), ("threads", &ONCE[..3], SIX)],
            "Six in turn took 0.83 s, six at once 0.14 s, longer in each of \
             3 rounds; the server saw 6 in flight",
        ),
        (
            &[
                ("sequential", &[820.0, 826.0, 830.0], ONE),
                ("threads", &[139.0, 140.0, 825.0], None),
            ],
            "Six in turn took 0.83 s, six at once 0.14 s; 3 rounds: too few \
             to tell apart",
        ),
        (
            &[("sequential", ONCE, ONE), ("threads", TURN, None)],
            "Six in turn took 0.14 s, six at once 0.83 s: no gain",
        ),
        (&[("sequential", TURN, ONE)], "Six in turn took 0.83 s"),
        (
            &[("sequential", &[], None), ("async-tasks", ONCE, SIX)],
            "Six at once took 0.14 s; the server saw 6 in flight",
        ),
        (
            &[("python-threads", ONCE, SIX)],
            "Six pings, and no trial that counts",
        ),
        (
            &[("sequential", FLAT, ONE), ("threads", FLAT, SIX)],
            "Six at once or six in turn: no difference we can see; the \
             server saw 6 in flight",
        ),
        (
            &[("sequential", HAIR, ONE), ("threads", FLAT, SIX)],
            "Six at once or six in turn: no difference we can see; the \
             server saw 6 in flight",
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
        "Six, three at a time, finish 5.9× sooner than six in turn; the \
         server saw 3 in flight"
    );
}

#[test]
fn the_living_chart() {
    let cases: [(BookRows<'_>, &str); 4] = [
        (
            &[("sequential", TURN, ONE), ("threads", ONCE, SIX)],
            "Six pings one after another: 0.83 s. Six at once: 0.14 s",
        ),
        (&[("sequential", TURN, ONE)], "Six pings one after another: 0.83 s"),
        (&[("worker-pool", ONCE, SIX)], "Six at once: 0.14 s"),
        (&[], "Six pings, and no trial that counts"),
    ];
    for (rows, expected) in cases {
        assert_eq!(finding_live(&batch(Act::Book, rows)), expected);
    }
}

#[test]
fn the_witness() {
    let saw = |requests, peak_in_flight| {
        let witness =
            Witness { requests, peak_in_flight, ..Witness::default() };
        finding_witness(&witness, "hey")
    };
    assert_eq!(saw(0, 0), "hey: the server saw no request");
    assert_eq!(saw(1, 1), "hey: 1 request");
    assert_eq!(saw(6, 1), "hey: 6 requests, never more than 1 in flight");
    assert_eq!(saw(50, 8), "hey: 50 requests, up to 8 in flight");
    assert_eq!(
        finding_witness(&Witness::default(), " "),
        "The program: the server saw no request"
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
    for number in 0..4 {
        let mut more = rows[0].clone();
        more.strategy = format!("mine-{number}");
        summary.batches[1].rows.push(more);
    }
    let limit = ChartError::TooManyStrategies { count: 9, limit: 8 };
    assert_eq!(both(&summary), [Err(limit.clone()), Err(limit)]);
    summary.batches.clear();
    let nothing = ChartError::NothingMeasured;
    assert_eq!(both(&summary), [Err(nothing.clone()), Err(nothing)]);
    let nothing = charts::witness_waterfall(
        &Witness::default(),
        "hey",
        &footer,
        Theme::Auto,
    );
    assert_eq!(nothing, Err(ChartError::NothingSeen));
}
