//! Every title that a run of the sweep can call for.

mod fixture;

use charts::{
    caption_efficiency, caption_speed_up, finding_efficiency, finding_speed_up,
};
use fixture::sweep::{self, Machine};
use measurement::record::{Act, Trial};
use measurement::statistics::estimate;
use measurement::summary::{Note, Summary};

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
                 256; up to 64 no difference we can see between the four",
            ],
        ),
        (
            of(&sweep::NOISY),
            [
                "7.8× as fast at 8 in flight, 60× at 64; no difference we can \
                 see in this noise. Uneven waits: waves need 2.1× as long as \
                 a queue. No waits: 1.6–2.3×",
                "At 64 in flight the pool keeps 90 % of the ideal, 87 % at \
                 256; up to 64 no difference we can see between the four in this noise",
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
                 as a queue. No waits: 1.6–2.2× (tasks disturbed)",
                "At 64 in flight the pool keeps 95 % of the ideal, 90 % at \
                 256; up to 64 no difference we can see between the three (tasks \
                 disturbed)",
            ],
        ),
        (
            with(&disturb(&["worker-pool"])),
            [
                "Threads are 8.0× as fast at 8 in flight, 62× at 64; not \
                 compared (pool disturbed). Uneven waits: disturbed. No \
                 waits: 1.6–2.3× (pool disturbed)",
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
                 256; up to 64 no difference we can see between the four",
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
                 256; up to 64 no difference we can see between the four",
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
fn the_words_beside_the_pictures_tell_of_what_is_in_them() {
    let (run, _) = sweep::sweep(&sweep::DISTURBED);
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let caption = caption_speed_up(&run);
    for told in [
        " Even waits, 64 in flight: threads 62×, scoped-threads 62×, ",
        " Uneven waits, 8 in flight: threads 2.8×, scoped-threads 4.7×, \
         worker-pool 6.0× (disturbed), ",
        " No waits, 64 in flight: threads 1.6×, ",
    ] {
        assert!(caption.description.contains(told), "{}", caption.description);
    }
    // What the picture leaves out.
    assert!(!caption.description.contains("control-"));
    for caption in [caption, caption_efficiency(&run)] {
        for unknown in ["bursts", "locks", "scheduler"] {
            assert!(caption.look_for.contains(unknown), "{caption:?}");
        }
    }
    let efficiency = caption_efficiency(&own);
    let told = " Of it at 10 in flight: threads 98 %, ";
    assert!(efficiency.description.contains(told), "{efficiency:?}");
    for caption in [caption_speed_up(&own), efficiency] {
        for missing in ["uneven", "Without waits", "grey", "forecast"] {
            assert!(!caption.look_for.contains(missing), "{caption:?}");
        }
    }
}
