//! What must hold of every picture of how many can be in flight.

use measurement::capacity::Limit;
use measurement::statistics::estimate;
use measurement::summary::{Reach, ReachEnd, ReachLevel, Summary};
use measurement::ways;
use proptest::prelude::*;

use super::{area_of, assert_readable, complaint, fixture, scenes_of};
use crate::chart::capacity::{finding_capacity, plot};
use crate::finding::LONGEST;
use crate::scene::{Anchor, Scene};

const LEVELS: [usize; 4] = [1, 1000, 4000, 8000];

/// A way that goes to the first so many of the levels.
fn reach(strategy: &str, levels: usize, limit: Limit) -> Reach {
    let level = |in_flight: &usize| ReachLevel {
        in_flight: *in_flight,
        hits: 3,
        trials: 3,
        disturbed: 0,
        over: estimate(&[1.3, 1.4, 1.5]).unwrap(),
        cold: None,
        p50_ns: None,
        p99_ns: None,
        late_ns: None,
        bytes: estimate(&[20480.0; 3]),
        cpu_ns: None,
        client_cpu_ns: None,
    };
    let end = LEVELS.get(levels).map(|level| ReachEnd {
        level: *level,
        limit,
        detail: "as it was".to_owned(),
    });
    Reach {
        strategy: strategy.to_owned(),
        client: "ureq".to_owned(),
        levels: LEVELS[..levels].iter().map(level).collect(),
        end,
    }
}

fn of(capacity: Vec<Reach>) -> Summary {
    let (summary, _) = fixture::sweep::sweep(&fixture::sweep::QUIET);
    Summary { capacity, ..summary }
}

fn drawn(summary: &Summary) -> Option<[Scene; 2]> {
    scenes_of(plot(summary), &finding_capacity(summary))
}

fn three() -> Summary {
    of(vec![
        reach(ways::WAVES.id, 2, Limit::Threads),
        reach(ways::POOL.id, 3, Limit::Time),
        reach(ways::TASKS.id, 4, Limit::Other),
    ])
}

#[test]
fn the_title_says_how_far_each_goes() {
    assert_eq!(
        finding_capacity(&three()),
        "Waves hold 1,000 in flight, the pool 4,000, tasks 8,000+"
    );
    let all = [ways::POOL.id, ways::TASKS.id];
    let all = all.map(|name| reach(name, 4, Limit::Time)).to_vec();
    assert_eq!(finding_capacity(&of(all)), "Both hold 8,000+ in flight");
    let one = of(vec![reach(ways::POOL.id, 3, Limit::Time)]);
    assert_eq!(finding_capacity(&one), "The pool holds 4,000 in flight");
}

/// A bar is as long as its number, and what ended it stands beside it.
#[test]
fn each_bar_ends_where_its_way_does_and_says_why() {
    let summary = three();
    let [wide, _] = drawn(&summary).unwrap();
    assert_readable(&drawn(&summary).unwrap());
    let texts = [
        (1000.0, "1,000, then no more threads"),
        (4000.0, "4,000, then too slow"),
        (8000.0, "8,000+"),
    ];
    let bars = wide.marks.iter();
    let bars = bars.filter(|mark| mark.hover.ends_with(" in flight"));
    let bars: Vec<f64> = bars.map(|mark| area_of(mark).right).collect();
    assert_eq!(bars.len(), texts.len());
    let ticks = wide.labels.iter().filter(|l| l.anchor == Anchor::Middle);
    let at = |text: &str| ticks.clone().find(|l| l.text == text).unwrap().x;
    for (right, (number, text)) in bars.iter().zip(texts) {
        let tick = text.split(", ").next().unwrap().trim_end_matches('+');
        assert!((right - at(tick)).abs() < 0.1, "{number}");
        assert!(wide.labels.iter().any(|l| l.text == text), "{text}");
    }
    // What all of them hold is compared.
    let tick = ticks.clone().find(|l| l.text == "20 %").unwrap().x;
    let mut marks = wide.marks.iter();
    let name = "worker pool (queue): 40 %";
    let mark = marks.find(|mark| mark.hover.starts_with(name));
    let bar = area_of(mark.unwrap());
    let found = (bar.right - bar.left) / (tick - bar.left);
    assert!((found - 2.0).abs() < 0.01, "{found}");
    assert!(wide.labels.iter().any(|l| l.text == "with 1,000 in flight"));
}

proptest! {
    #[test]
    fn any_ways_can_be_read(
        ways in proptest::collection::vec(("\\PC{0,30}", 0..5_usize), 0..10),
        busy in any::<bool>(),
    ) {
        let reaches = ways.iter().map(|(name, levels)| {
            let mut reach = reach(name, *levels, Limit::Memory);
            for level in &mut reach.levels {
                level.disturbed = if busy { 3 } else { 0 };
            }
            reach
        });
        let summary = of(reaches.collect());
        let title = finding_capacity(&summary);
        prop_assert!(title.chars().count() <= LONGEST, "{title}");
        for scene in drawn(&summary).iter().flatten() {
            prop_assert_eq!(complaint(scene), None);
        }
    }
}
