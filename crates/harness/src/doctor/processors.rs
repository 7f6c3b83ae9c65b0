//! Who else uses the processors, and how many there are.

use std::thread;
use std::time::{Duration, Instant};

use awake::cgroup;
use measurement::environment::Environment;
use measurement::quantity::{duration, percent};
use measurement::record::Host;

use super::finding::{Finding, Trouble};
use crate::system;
use crate::trial::{Used, busy_ns};

const LOAD: &str = "load before";
const OTHERS: &str = "other programs";
const STOLEN: &str = "stolen time";
const PROCESSORS: &str = "processors";
const QUOTA: &str = "quota";
const HYPERVISOR: &str = "hypervisor";

pub(super) fn look(
    environment: &Environment,
    host: &Host,
    others: &Others,
    elapsed: Duration,
) -> Vec<Finding> {
    let online =
        system::text("/sys/devices/system/cpu/online").map(|list| count(&list));
    let allowed = environment.processors.map(|n| n as u64);
    vec![
        processors(allowed, online),
        quota(cgroup::processor_quota(), online.or(allowed)),
        load(environment.load),
        other_programs(others.share(online.or(allowed))),
        stolen(host.stolen_ns, elapsed),
        hypervisor(environment.virtual_machine),
    ]
}

/// What the processors did while this program did nothing.
#[derive(Debug)]
pub(super) struct Others {
    busy_ns: Option<u64>,
    elapsed: Duration,
}

/// Forty ticks of the kernel's clock on each processor.
const SAMPLE: Duration = Duration::from_millis(400);

impl Others {
    pub(super) fn sample() -> Others {
        let (before, ours) = (busy_ns(), Used::now());
        let began = Instant::now();
        while let Some(left) = SAMPLE.checked_sub(began.elapsed())
            && !left.is_zero()
        {
            thread::park_timeout(left);
        }
        let ours = ours.until(&Used::now()).cpu_ns().unwrap_or(0);
        let busy = busy_ns()
            .zip(before)
            .map(|(now, then)| now.saturating_sub(then).saturating_sub(ours));
        Others { busy_ns: busy, elapsed: began.elapsed() }
    }

    /// Of all processors' time, from 0 to 1.
    fn share(&self, processors: Option<u64>) -> Option<f64> {
        let whole = self.elapsed.as_nanos() as f64 * processors? as f64;
        Some((self.busy_ns? as f64 / whole).min(1.0))
    }
}

/// With less than this an idle machine has run a program now and then.
const LOAD_MOST: f64 = 0.5;

fn load(load: Option<f64>) -> Finding {
    match load {
        None => Finding::unknown(LOAD),
        Some(load) if load <= LOAD_MOST => {
            Finding::fine(LOAD, format!("{load:.2} over the last minute"))
        }
        Some(load) => Finding::mind(
            LOAD,
            Trouble::new(
                format!("{load:.2} over the last minute"),
                "what ran then may run again in the middle of a trial",
                "wait a minute and look again",
            ),
        ),
    }
}

/// A trial beside which others use more than this is marked `busy`.
const OTHERS_MOST: f64 = 0.1;

fn other_programs(share: Option<f64>) -> Finding {
    let Some(share) = share else { return Finding::unknown(OTHERS) };
    let found = format!("{} of the processors' time", percent(share));
    if share <= OTHERS_MOST {
        return Finding::fine(OTHERS, found);
    }
    Finding::mend(
        OTHERS,
        Trouble::new(
            found,
            "pings wait for a processor, and whoever has its turn then is slow",
            "end them (`top` shows which they are), or wait until they end",
        ),
    )
}

/// The hundredth from which on a trial is marked `stolen`.
fn stolen(stolen_ns: Option<u64>, elapsed: Duration) -> Finding {
    let Some(stolen) = stolen_ns else { return Finding::unknown(STOLEN) };
    let looked = elapsed.as_secs_f64() * 1e9;
    let found = format!("{} of {}", duration(stolen as f64), duration(looked));
    if u128::from(stolen) <= elapsed.as_nanos() / 100 {
        return Finding::fine(STOLEN, found);
    }
    Finding::mend(
        STOLEN,
        Trouble::new(
            format!("the hypervisor took {found}"),
            "clocks go on while nothing runs: gaps in trials at random",
            "measure when its other guests are quiet, or on a machine of \
             your own",
        ),
    )
}

fn processors(allowed: Option<u64>, online: Option<u64>) -> Finding {
    let Some(allowed) = allowed else { return Finding::unknown(PROCESSORS) };
    let of = match online {
        Some(online) if online > allowed => format!(" of {online}"),
        _ => String::new(),
    };
    if allowed < 2 {
        return Finding::mend(
            PROCESSORS,
            Trouble::new(
                format!("{allowed}{of}, for client and server together"),
                "the two take turns: each ping costs two changes of process",
                "allow two (`taskset -p`, the settings of the container)",
            ),
        );
    }
    if of.is_empty() {
        return Finding::fine(PROCESSORS, format!("{allowed}, all of them"));
    }
    Finding::mind(
        PROCESSORS,
        Trouble::new(
            format!("{allowed}{of} allowed"),
            "results are those of the smaller machine",
            "nothing, if it is meant; else `taskset -p` or the container",
        ),
    )
}

/// A quota below what the machine has.
fn quota(quota: Option<f64>, online: Option<u64>) -> Finding {
    match quota {
        None => Finding::fine(QUOTA, "no limit of processor time is told"),
        Some(quota) if online.is_some_and(|all| quota >= all as f64) => {
            Finding::fine(QUOTA, format!("{quota:.1} processors, all there is"))
        }
        Some(quota) => Finding::mend(
            QUOTA,
            Trouble::new(
                format!("{quota:.1} processors' time, by a control group"),
                "who has used it up stands still until the next period",
                "give the container whole processors instead of a quota",
            ),
        ),
    }
}

fn hypervisor(virtual_machine: Option<bool>) -> Finding {
    match virtual_machine {
        None => Finding::unknown(HYPERVISOR),
        Some(false) => Finding::fine(HYPERVISOR, "none"),
        Some(true) => Finding::mind(
            HYPERVISOR,
            Trouble::new(
                "this is a virtual machine",
                "its host may take the processors away, or clock them down",
                "compare within a run, not across machines or days",
            ),
        ),
    }
}

/// How many processors a list such as `0-3,8` names.
fn count(list: &str) -> u64 {
    let of = |range: &str| -> Option<u64> {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let first: u64 = first.trim().parse().ok()?;
        let last: u64 = last.trim().parse().ok()?;
        last.checked_sub(first)?.checked_add(1)
    };
    list.split(',').filter_map(of).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_threshold_has_two_sides() {
        let second = Duration::from_secs(1);
        let cases = [
            (load(Some(0.5)), "fine"),
            (load(Some(0.51)), "mind"),
            (load(None), "unknown"),
            (other_programs(Some(0.1)), "fine"),
            (other_programs(Some(0.11)), "mend"),
            (other_programs(None), "unknown"),
            (stolen(Some(10_000_000), second), "fine"),
            (stolen(Some(10_000_001), second), "mend"),
            (stolen(None, second), "unknown"),
            (processors(Some(1), Some(1)), "mend"),
            (processors(Some(1), Some(8)), "mend"),
            (processors(Some(2), Some(2)), "fine"),
            (processors(Some(2), Some(3)), "mind"),
            (processors(Some(2), None), "fine"),
            (processors(None, Some(2)), "unknown"),
            (quota(None, Some(2)), "fine"),
            (quota(Some(2.0), Some(2)), "fine"),
            (quota(Some(1.9), Some(2)), "mend"),
            (quota(Some(1.9), None), "mend"),
            (hypervisor(Some(false)), "fine"),
            (hypervisor(Some(true)), "mind"),
            (hypervisor(None), "unknown"),
        ];
        for (finding, verdict) in cases {
            assert_eq!(finding.is(), verdict, "{finding:?}");
        }
    }

    #[test]
    fn a_share_is_of_all_processors() {
        let half = Others {
            busy_ns: Some(400_000_000),
            elapsed: Duration::from_millis(400),
        };
        assert_eq!(half.share(Some(2)), Some(0.5));
        assert_eq!(half.share(Some(1)), Some(1.0));
        assert_eq!(half.share(None), None);
    }

    #[test]
    fn counts_a_list_of_processors() {
        let cases = [("0-1", 2), ("0-3,8,10-11", 7), ("0", 1), ("", 0)];
        for (list, processors) in cases {
            assert_eq!(count(list), processors, "{list}");
        }
    }

    proptest! {
        #[test]
        fn counts_anything(list in "[0-9,-]{0,60}") {
            let _ = count(&list);
        }
    }
}
