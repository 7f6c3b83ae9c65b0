//! How `obey_retry_after` is decided: by when each of those who were sent away
//! came back, beside what each of them had been asked for.

use std::collections::BTreeMap;

use measurement::MILLISECOND;
use measurement::fault::Fault;
use measurement::waits::Plan;
use measurement::witness::Stamp;

use super::exercise::{Finding, Given};

const SECOND: u64 = 1000 * MILLISECOND;

/// What each number is asked for at first, in seconds; nothing is no header.
/// Those who are to wait longest are answered first, so that whoever waits
/// equally long after all answers comes back in the wrong order.
const ASKED: [(u64, Option<u64>); 6] = [
    (1, Some(3)),
    (2, Some(3)),
    (3, Some(1)),
    (4, Some(1)),
    (5, None),
    (6, None),
];

pub(super) fn given() -> Given {
    // A first request meets what stands at its number, and each further one
    // of the same number what stands at 0.
    let faults = [None; 8].into_iter().zip(0..).map(|(none, seq)| {
        let asked = ASKED.iter().find(|(number, _)| *number == seq);
        asked.map_or(none, |(_, asked)| {
            Some(asked.map_or(Fault::Overloaded, |_| Fault::Unavailable))
        })
    });
    let waits = [0, 0, 0, 200, 200, 400, 400, 0].map(|ms| ms * MILLISECOND);
    let path = |(seq, asked): &(u64, Option<u64>)| match asked {
        Some(asked) => format!("/200?seq={seq}&retry-after={asked}"),
        None => format!("/200?seq={seq}"),
    };
    Given {
        paths: ASKED.iter().map(path).collect(),
        plan: Plan {
            faults: faults.collect(),
            waits: waits.to_vec(),
            ..Plan::default()
        },
    }
}

pub(super) fn findings(stamps: &[Stamp]) -> Vec<Finding> {
    let returns = returns(stamps);
    let early = returns
        .iter()
        .filter(|(asked, waited)| *waited < asked.saturating_mul(SECOND));
    let in_turn: Vec<u64> = returns.iter().map(|(asked, _)| *asked).collect();
    vec![
        Finding::exactly("came back too early", early.count(), 0),
        Finding::exactly(
            "asked for, s, as they came back",
            words(&in_turn),
            words(&[0, 0, 1, 1, 3, 3]),
        ),
    ]
}

/// Of each that came back, in that order: the seconds that it had been asked
/// for, and how long after its answer it came, ns.
fn returns(stamps: &[Stamp]) -> Vec<(u64, u64)> {
    let asked: BTreeMap<u64, Option<u64>> = ASKED.into_iter().collect();
    let mut answered = BTreeMap::new();
    let mut returns = Vec::new();
    for stamp in stamps {
        let Some(asked) = asked.get(&stamp.seq) else { continue };
        let sent = stamp.sent_ns.unwrap_or(u64::MAX);
        // Of a third request nothing is asked here.
        match answered.get_mut(&stamp.seq) {
            None => {
                answered.insert(stamp.seq, Some(sent));
            }
            Some(first) => {
                if let Some(first) = first.take() {
                    let waited = stamp.received_ns.saturating_sub(first);
                    returns.push((asked.unwrap_or(0), waited));
                }
            }
        }
    }
    returns
}

fn words(seconds: &[u64]) -> String {
    let words: Vec<String> = seconds.iter().map(u64::to_string).collect();
    words.join(" ")
}
