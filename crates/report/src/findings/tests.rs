//! On the trials of the committed run, and of worse ones made of them.

use std::path::Path;

use measurement::environment::{Ended, Run, RunEnd};
use measurement::record::{Outcome, Trial};
use measurement::summary::summarise;

use super::*;
use crate::{Folder, read};

fn sample() -> (Run, Vec<Trial>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (folder, run) = Folder::open(&root.join("reports/sample")).unwrap();
    let (trials, _) = read(&folder, &run).unwrap();
    (run, trials)
}

/// What is found in those of the trials, after this was done to each.
fn found_after(
    wanted: impl Fn(&Trial) -> bool,
    change: impl Fn(&mut Trial),
) -> Vec<String> {
    let (run, mut trials) = sample();
    trials.retain(wanted);
    trials.iter_mut().for_each(change);
    let names: Vec<&str> = run.strategies.iter().map(String::as_str).collect();
    let mut summary = summarise("worse", &trials, &names);
    summary.trust.end = Some(RunEnd { how: Ended::Finished, trials: 0 });
    findings(&summary)
}

fn refusals(findings: &[String]) -> Vec<&str> {
    let words = ["too few", "too noisy", "annot tell", "counts"];
    let refuses = |finding: &&str| words.iter().any(|w| finding.contains(w));
    findings.iter().map(String::as_str).filter(refuses).collect()
}

#[test]
fn a_quiet_run_refuses_nothing() {
    let findings = found_after(|_| true, |_| ());
    assert_eq!(refusals(&findings), [""; 0]);
}

#[test]
fn one_round_is_refused_once_and_for_all() {
    // By hand a task and a thread differ by so much that one round shows it.
    let library = |trial: &Trial| !ways::is_by_hand(&trial.spec.strategy);
    let findings = found_after(|t| t.round == 0 && library(t), |_| ());
    let [refusal] = refusals(&findings)[..] else { panic!("{findings:?}") };
    assert_eq!(
        refusal,
        "One round is too few to tell which strategy costs less CPU. Run \
         `--preset quick`"
    );
    assert!(findings.len() > 4, "{findings:?}");
}

#[test]
fn a_question_of_ones_own_gets_advice_of_its_own() {
    let sweep = |trial: &Trial| trial.act == Act::Sweep;
    let findings = found_after(|t| sweep(t) && t.round < 2, |_| ());
    let [refusal] = refusals(&findings)[..] else { panic!("{findings:?}") };
    assert_eq!(
        refusal,
        "2 rounds are too few to tell which strategy is faster. Run it with \
         `--rounds 9`"
    );
}

/// Twins that come three times apart, to either side in turn.
fn apart(trial: &mut Trial) {
    let (twin, even) = (trial.aa_twin, trial.round.is_multiple_of(2));
    let Outcome::Measured(measured) = &mut trial.outcome else { return };
    if twin {
        let times = |ns: &mut u64| *ns = if even { *ns * 3 } else { *ns / 3 };
        times(&mut measured.makespan_ns);
        let client = &mut measured.cost;
        let all = [&mut client.user_ns, &mut client.system_ns];
        all.into_iter().flatten().for_each(times);
        measured.server.cpu_ns.as_mut().map(times);
    }
}

#[test]
fn noise_is_told_once_with_how_much_it_is() {
    let findings = found_after(|_| true, apart);
    let [refusal] = refusals(&findings)[..] else { panic!("{findings:?}") };
    let about = "Cannot tell on this machine now which strategy is faster \
                 with uneven waits, or which strategy costs less CPU: \
                 differences of up to ";
    let apart = refusal.strip_prefix(about).expect(refusal);
    let advice = " % are noise. Close other programs, or run `--preset full`";
    let percent = apart.strip_suffix(advice).expect(refusal);
    assert!((190..260).contains(&percent.parse().unwrap()), "{refusal}");
}

#[test]
fn a_run_of_which_nothing_counts_says_why() {
    let fail = |trial: &mut Trial| {
        let reason = "the server was gone".to_owned();
        trial.outcome = Outcome::Failed { reason };
    };
    let findings = found_after(|_| true, fail);
    assert_eq!(findings, ["No trial counts: the server was gone"]);
}

#[test]
fn one_by_one_alone_is_no_failure() {
    let sweep = |trial: &Trial| trial.act == Act::Sweep;
    let one = |t: &Trial| t.spec.strategy == ways::ONE_BY_ONE.id;
    let findings = found_after(|t| sweep(t) && one(t), |_| ());
    assert_eq!(
        findings,
        ["Nothing was measured with more than one ping in flight"]
    );
}

#[test]
fn where_few_were_in_flight_the_advice_is_to_wait_longer() {
    let sweep = |trial: &Trial| trial.act == Act::Sweep;
    let few = |trial: &mut Trial| {
        let Outcome::Measured(measured) = &mut trial.outcome else { return };
        measured.server.peak_in_flight = 5;
    };
    let findings = found_after(sweep, few);
    assert_eq!(
        findings.last().unwrap(),
        "Waits of 20 ms are over before the last request is sent. To have \
         all of them in flight, ask for longer ones (`--delay 3s`), or for \
         fewer at once"
    );
    assert!(findings[0].contains("the server saw 5"), "{findings:?}");
}
