//! Every title that a run of the sweep can call for.

mod fixture;

use charts::{
    ChartError, Footer, Theme, caption_efficiency, caption_latency,
    caption_speed_up, finding_efficiency, finding_speed_up,
};
use fixture::sweep::{self, Machine};
use measurement::record::{Act, Trial};
use measurement::statistics::estimate;
use measurement::summary::{Note, Summary};
use measurement::waits::Waits;

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
                "64 at once, even waits: 62× as fast as one by one, without waits only 2.2×",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            of(&sweep::NOISY),
            [
                "64 at once, even waits: 64× as fast as one by one, without waits only 2.2×",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 13 % at 256",
            ],
        ),
        (
            of(&sweep::TOO_NOISY),
            [
                "64 at once, even waits: 75× as fast as one by one, without waits only 2.2×",
                "The pool ends 5 % after the earliest possible end at 64 in flight, 20 % at 256",
            ],
        ),
        (
            of(&sweep::FEW_ROUNDS),
            [
                "64 at once, even waits: 62× as fast, without waits only 2.2× (2 rounds)",
                "The pool ends 5 % after the earliest possible end at 64 in flight (3 rounds)",
            ],
        ),
        (
            of(&sweep::SLOW_THREADS),
            [
                "64 at once, even waits: 62× as fast as one by one, without waits only 2.2×",
                "At 256 in flight the pool ends 12 % after the earliest possible end, waves 46 %",
            ],
        ),
        (
            with(&disturb(&["async-tasks"])),
            [
                "64 at once, even waits: 62× as fast as one by one, without waits only 2.2×",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            with(&disturb(&["worker-pool"])),
            [
                "64 at once, even waits: 62× as fast, without waits only 2.2× (busy machine)",
                "The pool ends 4 % after the earliest possible end at 64 in flight (busy machine)",
            ],
        ),
        (
            with(&disturb(&sweep::LESSONS)),
            [
                "64 at once, even waits: 62× as fast, without waits only 2.2× (busy machine)",
                "The pool ends 4 % after the earliest possible end at 64 in flight (busy machine)",
            ],
        ),
        (
            with(&useless),
            [
                "64 at once, even waits: 1.0× as fast as one by one, without waits 1.0×",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            with(&alone),
            [
                "64 at once, even waits: 62× as fast as one by one, without waits only 2.2×",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            own(&sweep::OWN_QUESTION),
            [
                "100 at once are 95× as fast as one by one (3 rounds)",
                "The pool ends 7 % after the earliest possible end at 100 in flight (3 rounds)",
            ],
        ),
        (
            own(&long),
            [
                "64 at once are 62× as fast as one by one",
                "The pool ends 5 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            with(&only(Act::Sweep)),
            [
                "64 at once are 62× as fast as one by one",
                "The pool ends 4 % after the earliest possible end at 64 in flight, 12 % at 256",
            ],
        ),
        (
            with(&only(Act::Uneven)),
            ["With uneven waits, waves take 2.1× as long as the pool", none],
        ),
        (
            with(&only(Act::NoWaits)),
            ["Without waits, 64 at once are 2.2× as fast as one by one", none],
        ),
        (with(&only(Act::Book)), [none, none]),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

/// Nobody may read of so many at once that were never there.
#[test]
fn where_few_were_in_flight_the_title_says_how_many() {
    let own = sweep::own_question(&sweep::OWN_QUESTION);
    let seen = |most: u64| {
        move |summary: &mut Summary| {
            let rows = summary.batches.iter_mut().flat_map(|b| &mut b.rows);
            rows.for_each(|row| row.peak_in_flight = Some((1, most)));
        }
    };
    assert_eq!(
        run(own.clone(), seen(49)),
        [
            "Of 100 at once the server saw 49: 95× as fast as one by one (3 rounds)",
            "The pool ends 7 % after the earliest possible end at 100 asked for (3 rounds)",
        ]
    );
    let all = [
        "100 at once are 95× as fast as one by one (3 rounds)",
        "The pool ends 7 % after the earliest possible end at 100 in flight (3 rounds)",
    ];
    assert_eq!(run(own, seen(50)), all);
    let (mut slow, _) = sweep::own_question(&sweep::SLOW_THREADS);
    seen(20)(&mut slow);
    let also = caption_speed_up(&slow).also.join(" ");
    let told = "Of 64 asked for at once, waves take 1.30× as long as the pool.";
    assert!(also.ends_with(told), "{also}");
}

/// A question of one's own may be without waits: the server then sees one at a
/// time, and there is no earliest possible end.
#[test]
fn a_sweep_without_waits_is_called_so() {
    let own = sweep::own_question(&sweep::OWN_QUESTION);
    let no_waits = |summary: &mut Summary| {
        for batch in &mut summary.batches {
            (batch.waits, batch.bound_ns) = (Waits::None, 0);
            batch.kept_awake = Some(false);
            for row in &mut batch.rows {
                row.peak_in_flight = Some((1, 1));
                row.efficiency = None;
            }
        }
    };
    assert_eq!(
        run(own.clone(), no_waits),
        [
            "Without waits, 100 at once are 95× as fast as one by one (3 rounds)",
            "Where nothing waits there is no earliest possible end"
        ]
    );
    let mut summary = own.0;
    no_waits(&mut summary);
    let caption = caption_speed_up(&summary);
    let told = " No waits, processors may sleep, 100 in flight: ";
    assert!(caption.description.contains(told), "{caption:?}");
    assert!(caption.look_for.contains("They may sleep"), "{caption:?}");
    assert!(!caption.look_for.contains("even waits"), "{caption:?}");
    let chart = charts::efficiency(&summary, &Footer::default(), Theme::Auto);
    assert_eq!(chart, Err(ChartError::NothingMeasured));
}

/// Below the chart stands who differs, and what cannot be told.
#[test]
fn what_else_the_sweep_shows() {
    let of = |machine: &Machine| {
        caption_speed_up(&sweep::sweep(machine).0).also.join(" ")
    };
    let slow = |hedge: &str| {
        let at = |level: usize, ratio: &str| {
            format!(
                "With {level} in flight waves take {ratio} as long as the \
                 pool{hedge}."
            )
        };
        format!("{} {}", at(8, "1.30×"), at(64, "1.30×"))
    };
    let none = "Between the strategies no difference is visible.";
    assert_eq!(of(&sweep::QUIET), none);
    assert_eq!(of(&sweep::NOISY), none);
    assert_eq!(of(&sweep::SLOW_THREADS), slow(""));
    assert_eq!(
        of(&sweep::TOO_NOISY),
        "Which strategy is faster: too noisy to tell."
    );
    assert_eq!(
        of(&sweep::FEW_ROUNDS),
        "Which strategy is faster: 3 rounds are too few to tell."
    );
    let (mut busy, _) = sweep::sweep(&sweep::SLOW_THREADS);
    disturb(&["threads"])(&mut busy);
    let also = caption_speed_up(&busy).also.join(" ");
    assert_eq!(also, slow(" (busy machine)"));
}

#[test]
fn the_words_beside_the_pictures_tell_of_what_is_in_them() {
    let (run, _) = sweep::sweep(&sweep::DISTURBED);
    let (own, _) = sweep::own_question(&sweep::OWN_QUESTION);
    let caption = caption_speed_up(&run);
    for told in [
        " Even waits, 64 in flight: threads (waves) 62×, \
         scoped threads (shares) 62×, ",
        " Uneven waits, 8 in flight: threads (waves) 2.8×, \
         scoped threads (shares) 4.7×, worker pool (queue) 6.0× (disturbed), ",
        " No waits, processors kept awake, 64 in flight: \
         threads (waves) 1.6×, ",
    ] {
        assert!(caption.description.contains(told), "{}", caption.description);
    }
    // What the pictures leave out: the pair by hand is at one level, for what a
    // ping costs there.
    let latency = caption_latency(&run);
    for caption in [&caption, &caption_efficiency(&run), &latency] {
        let all = format!("{} {}", caption.description, caption.below());
        assert!(!all.contains("by hand"), "{all}");
    }
    assert!(caption.look_for.contains("kept awake meanwhile"), "{caption:?}");
    let efficiency = caption_efficiency(&own);
    let told = " At 10 in flight: threads (waves) 2 %, ";
    assert!(efficiency.description.contains(told), "{efficiency:?}");
    for caption in [caption_speed_up(&own), efficiency] {
        for missing in ["uneven", "Without waits", "grey"] {
            assert!(!caption.look_for.contains(missing), "{caption:?}");
        }
    }
}
