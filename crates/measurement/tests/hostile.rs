//! Records come from people's folders. Whatever stands in them is read,
//! judged and summed up without a panic, and comes out as it went in.

mod arbitrary;

use measurement::check::{Evidence, checks, flags};
use measurement::record::{Cost, Outcome, Trial};
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
            prop_assert_eq!(checks(&evidence).len(), 12);
            prop_assert!(flags(&evidence).len() <= 6);
        }
    }
}
