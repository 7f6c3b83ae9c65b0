//! What must hold of every title and of the words beside a chart, whatever the
//! records.

use std::num::NonZeroUsize;

use measurement::compare::{compare, twins};
use measurement::course::LESSONS;
use measurement::record::Act;
use measurement::summary::Summary;
use measurement::ways;
use proptest::prelude::*;

use super::any::{any_summary, numbers};
use super::costs::runs;
use super::fixture;
use crate::caption::Caption;
use crate::finding::LONGEST;
use crate::{
    Observation, caption_cpu_cost, caption_efficiency, caption_latency,
    caption_lesson, caption_memory, caption_speed_up, caption_trust,
    caption_waterfall, caption_waterfall_live, caption_witness,
};

/// Words that nobody understood at one look, and each of them has a better
/// one.
const GONE: [&str; 8] = [
    "foretold",
    "foretell",
    "beside the pool",
    "no difference we can see",
    "need ",
    "needs ",
    "control",
    "nought",
];

fn complaint(caption: &Caption) -> Option<String> {
    let title = &caption.title;
    let length = title.chars().count();
    let hedges = ["(busy machine)", "(measured once)", " rounds)"]
        .map(|hedge| title.matches(hedge).count());
    let all = [title, &caption.description, &caption.look_for];
    let gone = |text: &&String| GONE.iter().any(|word| text.contains(word));
    if length > LONGEST {
        Some(format!("{length} characters: {title}"))
    } else if hedges.iter().sum::<usize>() > 1 {
        Some(format!("hedged twice: {title}"))
    } else {
        all.into_iter().chain(&caption.also).find(gone).cloned()
    }
}

fn captions(summary: &Summary) -> Vec<Caption> {
    let mut all = vec![
        caption_speed_up(summary),
        caption_efficiency(summary),
        caption_latency(summary),
        caption_cpu_cost(summary),
        caption_memory(summary),
        caption_trust(summary),
    ];
    for batch in &summary.batches {
        all.push(caption_waterfall(batch));
        if batch.act == Act::Book {
            all.push(caption_waterfall_live(batch));
        }
    }
    all
}

#[test]
fn every_title_of_a_run_is_short() {
    for caption in runs().iter().flat_map(captions) {
        assert_eq!(complaint(&caption), None);
    }
    let witness = &fixture::witness(5000, 2048);
    let program = &"a-program-of-somebody ".repeat(9);
    for asked in [0, 8, 2048, 9000].map(NonZeroUsize::new) {
        let of = Observation { witness, program, asked };
        assert_eq!(complaint(&caption_witness(&of)), None);
    }
}

#[test]
fn every_title_of_a_lesson_is_short() {
    for lesson in LESSONS {
        let number = lesson.number;
        let (run, trials) = fixture::lesson::run(number);
        let mut all = vec![run, fixture::lesson::disturbed(number).0];
        let parts = fixture::lesson::parts(number);
        all.extend(parts.into_iter().map(|(summary, _)| summary));
        let first = trials.iter().filter(|trial| trial.round == 0);
        let first: Vec<_> = first.cloned().collect();
        all.push(fixture::lesson::summary(&first));
        for summary in &all {
            let caption = caption_lesson(number, summary);
            assert_eq!(complaint(&caption), None, "lesson {number}");
        }
    }
}

/// A run of ours, with figures and verdicts that nobody would expect.
fn any_of_ours() -> impl Strategy<Value = Summary> {
    let ratios = (numbers(), numbers(), any::<bool>());
    (any_summary(), ratios).prop_map(|(mut summary, (hand, pair, ours))| {
        let pair = pair.map(|ratio| twins(&["worker-pool"], ratio));
        for batch in &mut summary.batches {
            let names = ways::BY_HAND.iter().chain(ways::LESSONS.iter().rev());
            for (row, way) in batch.rows.iter_mut().zip(names) {
                if ours {
                    row.strategy = way.id.to_owned();
                }
                row.makespan_ns = row.speed_up.clone();
                row.cpu_per_request_ns = row.efficiency.clone();
                let compared = |ratio| compare(ratio, pair.as_ref());
                row.cpu_ratio = row.speed_up.clone().map(compared);
            }
            let compared = |ratio| compare(ratio, pair.as_ref());
            batch.by_hand_cpu = hand.clone().map(compared);
            batch.reference =
                batch.rows.first().map(|row| row.strategy.clone());
        }
        summary
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_title_of_any_run_is_short(summary in any_of_ours()) {
        for caption in captions(&summary) {
            prop_assert_eq!(complaint(&caption), None);
        }
    }
}
