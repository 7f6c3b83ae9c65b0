//! Records come from people's folders. Whatever stands in them is read,
//! judged and summed up without a panic, and comes out as it went in.

mod arbitrary;
#[expect(dead_code, reason = "only whole trials are needed here")]
mod example;

use measurement::check::{Evidence, checks, flags};
use measurement::record::{Act, Cost, Outcome, Trial};
use measurement::summary::{Summary, summarise};
use measurement::witness::Witness;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

fn through_json<T: Serialize + DeserializeOwned>(value: &T) -> T {
    let text = serde_json::to_string(value).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Nothing, a little, much, or the most that fits.
fn extreme_u64() -> impl Strategy<Value = u64> {
    prop_oneof![Just(0), 1..9_u64, any::<u64>(), Just(u64::MAX)]
}

#[test]
fn cpu_time_does_not_overflow() {
    let most = Some(u64::MAX);
    let cost = Cost { user_ns: most, system_ns: most, ..Cost::default() };
    assert_eq!(cost.cpu_ns(), most);
}

proptest! {
    #[test]
    fn a_trial_comes_out_of_its_file_as_it_went_in(
        trial in arbitrary::trial(),
    ) {
        prop_assert_eq!(&through_json::<Trial>(&trial), &trial);
    }

    #[test]
    fn a_witness_comes_out_of_its_file_as_it_went_in(
        witness in arbitrary::witness(),
    ) {
        prop_assert_eq!(&through_json::<Witness>(&witness), &witness);
    }

    /// A number that is infinite would come out as null, and not be read.
    #[test]
    fn any_trials_have_a_summary_that_can_be_read_again(
        trials in vec(arbitrary::trial(), 0..6),
    ) {
        let summary = summarise("run", &trials, &["threads", "threads"]);
        prop_assert_eq!(summary.trust.trials, trials.len());
        prop_assert_eq!(&through_json::<Summary>(&summary), &summary);
    }

    /// As many alike as it takes for medians, intervals, and twins.
    #[test]
    fn extreme_sweeps_have_a_finite_summary(
        makespans in vec(extreme_u64(), 12),
        cpu in vec(extreme_u64(), 12),
        memory in vec((extreme_u64(), extreme_u64()), 12),
        hold in extreme_u64(),
        level in prop_oneof![Just(1), Just(8), Just(usize::MAX)],
    ) {
        let acts = [Act::NoWaits, Act::Sweep, Act::Memory];
        let mut trials = Vec::new();
        for act in acts {
            for (i, round) in (0..12_usize).zip([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
            {
                let strategy = if i % 4 == 0 { "threads" } else { "worker-pool" };
                let mut trial = example::trial(i as u32, strategy, 0);
                (trial.act, trial.level, trial.round) = (act, level, round);
                trial.spec.concurrency = level;
                trial.aa_twin = i % 4 == 3;
                let measured = example::measured(&mut trial);
                measured.makespan_ns = makespans[i];
                measured.hold_ns = Some(hold);
                measured.cost.user_ns = Some(cpu[i]);
                measured.cost.peak_rss_bytes = Some(memory[i].0);
                measured.server.peak_in_flight = memory[i].1;
                measured.server.cpu_ns = Some(cpu[i]);
                trials.push(trial);
            }
        }
        let summary = summarise("run", &trials, &["threads", "worker-pool"]);
        prop_assert_eq!(&through_json::<Summary>(&summary), &summary);
    }

    #[test]
    fn any_evidence_can_be_judged(
        trial in arbitrary::trial(),
        witness in arbitrary::witness(),
        wrong_bodies: usize,
    ) {
        if let Outcome::Measured(measured) = &trial.outcome {
            let evidence = Evidence {
                spec: &trial.spec,
                samples: &measured.samples,
                wrong_bodies,
                makespan_ns: measured.makespan_ns,
                witness: &witness,
                host: &measured.host,
            };
            let again = usize::from(trial.spec.manners.retries > 0);
            prop_assert_eq!(checks(&evidence).len(), 11 + again);
            prop_assert!(flags(&evidence).len() <= 6);
        }
    }
}
