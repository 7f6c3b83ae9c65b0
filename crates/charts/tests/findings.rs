//! Every title that the data can call for.

mod fixture;

use charts::{
    ChartError, Footer, Theme, finding_book, finding_efficiency, finding_live,
    finding_speed_up, finding_uneven, finding_witness,
};
use fixture::sweep::{self, Machine};
use measurement::compare::{Twins, compare, twins};
use measurement::record::{Act, Trial};
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

/// Both titles of a run, changed.
fn run(
    (summary, _): (Summary, Vec<Trial>),
    change: impl Fn(&mut Summary),
) -> [String; 2] {
    let mut summary = summary;
    change(&mut summary);
    [finding_speed_up(&summary), finding_efficiency(&summary)]
}

fn same(_: &mut Summary) {}

fn only(act: Act) -> impl Fn(&mut Summary) {
    move |summary| summary.batches.retain(|batch| batch.act == act)
}

/// Marks the rows of these strategies as disturbed.
fn disturb(names: &'static [&'static str]) -> impl Fn(&mut Summary) {
    move |summary| {
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        for row in rows.filter(|r| names.contains(&r.strategy.as_str())) {
            row.notes.push(Note::Disturbed);
        }
    }
}

#[test]
fn the_sweep() {
    let quiet = sweep::sweep(&sweep::QUIET);
    let of = |machine| run(sweep::sweep(machine), same);
    let own = |machine| run(sweep::own_question(machine), same);
    let with = |change: &dyn Fn(&mut Summary)| run(quiet.clone(), change);
    let long = Machine { twins: false, ..sweep::QUIET };
    let useless = |summary: &mut Summary| {
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        for row in rows {
            row.speed_up = estimate(&[0.9, 1.0, 1.0, 1.0, 1.1, 1.1]);
        }
    };
    let alone = |summary: &mut Summary| {
        let batches = summary.batches.iter_mut();
        for batch in batches.filter(|batch| batch.act == Act::Sweep) {
            batch.rows.retain(|row| row.strategy == "worker-pool");
        }
    };
    let none = "No trial that counts";
    let cases: [([String; 2], [&str; 2]); 16] = [
        (
            with(&same),
            [
                "8.0× as fast at 8 in flight, 62× at 64; no difference we can \
                 see. Uneven waits: waves need 2.1× as long as a queue. No \
                 waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; no difference we can see between the four",
            ],
        ),
        (
            of(&sweep::NOISY),
            [
                "7.8× as fast at 8 in flight, 60× at 64; no difference we can \
                 see in this noise. Uneven waits: waves need 2.1× as long as \
                 a queue. No waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 90 % of the ideal, 87 % at \
                 256; no difference we can see between the four in this noise",
            ],
        ),
        (
            of(&sweep::TOO_NOISY),
            [
                "The pool is 7.0× as fast at 8 in flight, 55× at 64; too \
                 noisy to tell apart. Uneven waits: too noisy to tell. No \
                 waits: 1.5–2.2×",
                "At 64 in flight the pool keeps 70 % of the ideal, 76 % at \
                 256; too noisy to tell apart",
            ],
        ),
        (
            of(&sweep::FEW_ROUNDS),
            [
                "The pool is 8.0× as fast at 8 in flight, 62× at 64; 3 \
                 rounds: too few to tell apart. Uneven waits: too few rounds \
                 to tell. No waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 96 % of the ideal, 90 % at \
                 256; 3 rounds: too few to tell apart",
            ],
        ),
        (
            of(&sweep::SLOW_THREADS),
            [
                "The pool is 8.0× as fast at 8 in flight, 62× at 64; at 64, \
                 threads need 1.3× as long as the pool. Uneven waits: waves \
                 need 2.1× as long as a queue. No waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; at 64, threads need 1.3× as long as the pool",
            ],
        ),
        (
            with(&disturb(&["async-tasks"])),
            [
                "8.0× as fast at 8 in flight, 62× at 64; no difference we can \
                 see (tasks disturbed). Uneven waits: waves need 2.1× as long \
                 as a queue. No waits: 1.6–2.2×",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; no difference we can see between the three (tasks \
                 disturbed)",
            ],
        ),
        (
            with(&disturb(&["worker-pool"])),
            [
                "Threads are 8.0× as fast at 8 in flight, 62× at 64; not \
                 compared (pool disturbed). Uneven waits: disturbed. No \
                 waits: 1.6–2.3×",
                "At 64 in flight threads keep 96 % of the ideal, 89 % at 256; \
                 not compared (pool disturbed)",
            ],
        ),
        (
            with(&disturb(&sweep::LESSONS)),
            [
                "The machine disturbed every strategy. Uneven waits: \
                 disturbed. No waits: disturbed",
                "The machine disturbed every strategy",
            ],
        ),
        (
            with(&useless),
            [
                "1.0× as fast at 8 in flight, 1.0× at 64; no difference we \
                 can see. Uneven waits: waves need 2.1× as long as a queue. \
                 No waits: no gain we can see",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; no difference we can see between the four",
            ],
        ),
        (
            with(&alone),
            [
                "The pool is 8.0× as fast at 8 in flight, 62× at 64. Uneven \
                 waits: waves need 2.1× as long as a queue. No waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at 256",
            ],
        ),
        (
            own(&sweep::OWN_QUESTION),
            [
                "The pool is 95× as fast at 100 in flight; 3 rounds: too few \
                 to tell apart",
                "At 100 in flight the pool keeps 94 % of the ideal; 3 rounds: \
                 too few to tell apart",
            ],
        ),
        (
            own(&long),
            [
                "The pool is 8.0× as fast at 8 in flight, 62× at 64; not \
                 compared, without twins",
                "At 64 in flight the pool keeps 96 % of the ideal, 90 % at \
                 256; not compared, without twins",
            ],
        ),
        (
            with(&only(Act::Sweep)),
            [
                "8.0× as fast at 8 in flight, 62× at 64; no difference we can \
                 see",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; no difference we can see between the four",
            ],
        ),
        (
            with(&only(Act::Uneven)),
            ["Uneven waits: waves need 2.1× as long as a queue", none],
        ),
        (with(&only(Act::NoWaits)), ["No waits: 1.6–2.3×", none]),
        (with(&only(Act::Book)), [none, none]),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
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
