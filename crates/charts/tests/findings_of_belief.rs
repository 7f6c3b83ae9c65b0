//! Every title of the latencies, and of whether a run may be believed.

mod fixture;

use charts::{
    ChartError, Footer, Theme, caption_latency, caption_trust, finding_latency,
    finding_trust,
};
use fixture::sweep;
use measurement::compare::twins;
use measurement::distribution::Distribution;
use measurement::record::Act;
use measurement::statistics::estimate;
use measurement::summary::{Note, Row, Summary};
use measurement::waits::Waits;
use measurement::ways;

/// Twins that are noisy, and too noisy.
const NOISY: &[f64] = &[0.93, 1.0, 1.0, 1.0, 1.0, 1.05];
const TOO_NOISY: &[f64] = &[0.8, 1.0, 1.0, 1.0, 1.0, 1.1];

fn changed(change: impl Fn(&mut Summary)) -> Summary {
    let (mut summary, _) = sweep::sweep(&sweep::QUIET);
    change(&mut summary);
    summary
}

/// The first so many twins of a run come so far apart.
fn apart(summary: &mut Summary, ratios: &[f64], count: usize) {
    let pairs = summary.batches.iter_mut().filter(|b| b.twins.is_some());
    for batch in pairs.take(count) {
        batch.twins = Some(twins(&["worker-pool"], estimate(ratios).unwrap()));
    }
}

fn each_row(change: impl Fn(&mut Row)) -> impl Fn(&mut Summary) {
    move |summary| {
        let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
        rows.for_each(&change);
    }
}

fn only(parts: &[f64]) -> Option<Distribution> {
    let quantiles = parts.iter().map(|part| (*part, 2e7)).collect();
    Some(Distribution { n: 20, quantiles })
}

#[test]
fn the_latencies() {
    let of = |change: &dyn Fn(&mut Summary)| finding_latency(&changed(change));
    let quiet = "The wait for a slot turns a ping of 20 ms into 84 ms";
    assert_eq!(of(&|_| ()), quiet);
    // What the twins do says whether two differ, and that is not asked here.
    assert_eq!(of(&|run| apart(run, TOO_NOISY, 9)), quiet);
    let disturb = |row: &mut Row| row.notes.push(Note::Disturbed);
    let pool = each_row(|row| {
        if row.strategy == "worker-pool" {
            disturb(row);
        }
    });
    let busy =
        "The wait for a slot turns a ping of 20 ms into 84 ms (busy machine)";
    assert_eq!(of(&pool), busy);
    assert_eq!(of(&each_row(disturb)), busy);
    assert_eq!(
        of(&each_row(|row| row.valid = 1)),
        busy.replace("busy machine", "measured once")
    );
    assert_eq!(
        of(&each_row(|row| row.sojourn = None)),
        "The median ping takes 20 ms"
    );
    let too_few = "Too few pings for a median";
    assert_eq!(of(&each_row(|row| row.service = None)), too_few);
    assert_eq!(of(&each_row(|row| row.service = only(&[0.4]))), too_few);
    let most = |change: &dyn Fn(&mut Summary)| {
        caption_latency(&changed(change)).also.join(" ")
    };
    assert_eq!(
        most(&|_| ()),
        "Nine of ten pings of each strategy take 20 to 21 ms, the wait for a \
         slot not counted."
    );
    assert_eq!(most(&each_row(|row| row.service = None)), "");
    assert_eq!(most(&each_row(|row| row.service = only(&[0.5]))), "");
    let none = "No trial that counts";
    assert_eq!(of(&|run| run.batches.clear()), none);
    assert_eq!(
        of(&|run| run.batches.retain(|batch| batch.act != Act::Sweep)),
        none
    );
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    assert!(finding_latency(&own).contains("wait for a slot"));
}

#[test]
fn whether_to_believe_it() {
    let of = |change: &dyn Fn(&mut Summary)| finding_trust(&changed(change));
    let below =
        |floor: &str| format!("Differences below {floor} can be chance");
    assert_eq!(of(&|_| ()), below("2 %"));
    // 0.93 is as far from 1 as 1.075: nothing may stay below the floor.
    assert_eq!(of(&|run| apart(run, NOISY, 9)), below("8 %"));
    // Of several places with waits the worst is told.
    assert_eq!(
        of(&|run| apart(run, NOISY, 1)),
        format!("{} without waits, below 8 % with waits", below("2 %"))
    );
    assert_eq!(of(&|run| apart(run, TOO_NOISY, 2)), below("25 %"));
    let far = |run: &mut Summary| {
        run.batches.retain(|b| b.waits != Waits::None);
        apart(run, &[0.05; 6], 9);
    };
    assert_eq!(of(&far), "Even a tenfold difference can be chance");
    assert_eq!(
        of(&|run| apart(run, &NOISY[..3], 9)),
        "3 rounds: too few to know what is noise"
    );
    assert_eq!(
        of(&|run| run.batches.iter_mut().for_each(|b| b.twins = None)),
        "No strategy ran twice, so nobody knows what is noise"
    );
    let left = |disturbed: usize, void: usize| {
        let run = changed(|run| {
            run.trust.disturbed = disturbed;
            run.trust.valid = run.trust.trials - void;
        });
        caption_trust(&run).also.join(" ")
    };
    assert_eq!(left(0, 0), "");
    assert_eq!(
        left(34, 2),
        "34 of 294 trials were disturbed. 2 of 294 trials do not count."
    );
    assert_eq!(
        left(1, 1),
        "1 of 294 trials was disturbed. 1 of 294 trials does not count."
    );
    assert_eq!(
        of(&|run| {
            run.batches.clear();
            run.trust.course.clear();
        }),
        "No trial that counts"
    );
}

#[test]
fn what_there_is_is_drawn_and_told() {
    let drawn = |run: &Summary| {
        let footer = Footer::default();
        [
            charts::latency(run, &footer, Theme::Auto).map(|_| ()),
            charts::trust(run, &footer, Theme::Auto).map(|_| ()),
        ]
    };
    let nothing = Err(ChartError::NothingMeasured);
    let nothing_twice = Err(ChartError::NothingTwice);
    let without_pairs =
        changed(|run| run.batches.iter_mut().for_each(|b| b.twins = None));
    assert_eq!(drawn(&without_pairs), [Ok(()), nothing_twice.clone()]);
    let without_course = changed(|run| run.trust.course.clear());
    assert_eq!(drawn(&without_course), [Ok(()), Ok(())]);
    let empty = changed(|run| {
        run.batches.clear();
        run.trust.course.clear();
    });
    assert_eq!(drawn(&empty), [nothing, nothing_twice]);
    let many = changed(each_batch_with_nine);
    let limit = ChartError::TooManyStrategies { count: 9, limit: 8 };
    assert_eq!(drawn(&many), [Err(limit), Ok(())]);
    let run = changed(|_| ());
    let told = caption_latency(&run).description;
    assert!(
        told.contains("threads (waves): half of them in 20 ms, "),
        "{told}"
    );
    let told = caption_trust(&run).description;
    let floor =
        " Twice worker pool (queue), even waits, 64 in flight: a floor of 2 %.";
    assert!(told.contains(floor), "{told}");
}

fn each_batch_with_nine(run: &mut Summary) {
    for batch in run.batches.iter_mut().filter(|b| b.concurrency > 1) {
        let row = batch.rows[0].clone();
        // Nor is the pair by hand one of them, which is at one level alone.
        batch.rows.retain(|row| !ways::is_by_hand(&row.strategy));
        for number in batch.rows.len()..9 {
            let mut more = row.clone();
            more.strategy = format!("mine-{number}");
            batch.rows.push(more);
        }
    }
}
