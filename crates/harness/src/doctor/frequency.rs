//! How fast the processors run, and what time costs to look at.

use measurement::environment::Environment;

use super::finding::{Finding, Trouble};
use crate::system;

const GOVERNOR: &str = "governor";
const TURBO: &str = "turbo";
const CLOCK: &str = "clock";

pub(super) fn look(environment: &Environment) -> Vec<Finding> {
    const INTEL: &str = "/sys/devices/system/cpu/intel_pstate/no_turbo";
    const OTHERS: &str = "/sys/devices/system/cpu/cpufreq/boost";
    const SOURCE: &str =
        "/sys/devices/system/clocksource/clocksource0/current_clocksource";
    let off = system::number::<u8>(INTEL).map(|off| off == 0);
    let on = || system::number::<u8>(OTHERS).map(|on| on != 0);
    vec![
        governor(environment.governor.as_deref()),
        turbo(off.or_else(on)),
        clock(system::text(SOURCE).as_deref()),
    ]
}

fn governor(governor: Option<&str>) -> Finding {
    match governor {
        // A virtual machine has none: its host decides.
        None => Finding::unknown(GOVERNOR),
        Some("performance") => Finding::fine(GOVERNOR, "performance"),
        Some(other) => Finding::mind(
            GOVERNOR,
            Trouble::new(
                other,
                "waiting processors are clocked down: who waits more pays \
                 more per ping",
                "`cpupower frequency-set -g performance` while you measure",
            ),
        ),
    }
}

fn turbo(on: Option<bool>) -> Finding {
    match on {
        None => Finding::unknown(TURBO),
        Some(false) => Finding::fine(TURBO, "off"),
        Some(true) => Finding::mind(
            TURBO,
            Trouble::new(
                "on",
                "one busy processor runs faster than two, and a warm one slower",
                "compare within a run; for times to quote switch it off",
            ),
        ),
    }
}

/// Clocks that a program reads without asking the kernel.
const CHEAP: [&str; 5] = [
    "tsc",
    "kvm-clock",
    "hyperv_clocksource_tsc_page",
    "arch_sys_counter",
    "riscv_clocksource",
];

fn clock(source: Option<&str>) -> Finding {
    match source {
        None => Finding::unknown(CLOCK),
        Some(cheap) if CHEAP.contains(&cheap) => Finding::fine(CLOCK, cheap),
        Some(other) => Finding::mend(
            CLOCK,
            Trouble::new(
                other,
                "each look at the clock asks the kernel, several in a ping",
                "boot with a steady `tsc`, or measure on another machine",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_threshold_has_two_sides() {
        let cases = [
            (governor(Some("performance")), "fine"),
            (governor(Some("powersave")), "mind"),
            (governor(None), "unknown"),
            (turbo(Some(false)), "fine"),
            (turbo(Some(true)), "mind"),
            (turbo(None), "unknown"),
            (clock(Some("tsc")), "fine"),
            (clock(Some("kvm-clock")), "fine"),
            (clock(Some("hpet")), "mend"),
            (clock(None), "unknown"),
        ];
        for (finding, verdict) in cases {
            assert_eq!(finding.is(), verdict, "{finding:?}");
        }
    }
}
