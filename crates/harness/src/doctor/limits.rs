//! What the system lets one process have.

use measurement::environment::Environment;
use measurement::ways;

use super::finding::{Finding, Trouble};
use crate::cli::Preset;
use crate::limits::{in_flight_allowed, room_for_threads};

const FILES: &str = "open files";
const THREADS: &str = ways::WAVES.id;

/// The most in flight at once in a run that nobody gave a preset: that many
/// connections, and in the lessons with threads that many of those.
fn at_once() -> u64 {
    Preset::Quick.most_in_flight() as u64
}

/// What runs besides: a runtime, a name look-up, the harness and its server.
const BESIDES: u64 = 64;

pub(super) fn look(environment: &Environment) -> Vec<Finding> {
    vec![open_files(environment.open_files), threads(room_for_threads())]
}

fn open_files(limit: Option<u64>) -> Finding {
    let Some(limit) = limit else { return Finding::unknown(FILES) };
    let allowed = in_flight_allowed(limit);
    if allowed == u64::MAX {
        return Finding::fine(FILES, "no limit");
    }
    let found = format!("{limit}, for {allowed} in flight at once");
    if allowed >= at_once() {
        return Finding::fine(FILES, found);
    }
    Finding::mend(
        FILES,
        Trouble::new(
            found,
            "a run leaves the levels above that out",
            "raise the hard limit (`ulimit -Hn 4096` as root)",
        ),
    )
}

fn threads(room: Option<u64>) -> Finding {
    let Some(room) = room else { return Finding::unknown(THREADS) };
    let found = format!("room for {room} more");
    if room >= at_once() + BESIDES {
        return Finding::fine(THREADS, found);
    }
    Finding::mend(
        THREADS,
        Trouble::new(
            found,
            "a thread for each ping is refused: trials fail",
            "raise `ulimit -u`, or the container's limit of processes",
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_threshold_has_two_sides() {
        let cases = [
            (open_files(Some(512 + 32)), "fine"),
            (open_files(Some(512 + 31)), "mend"),
            (open_files(Some(0)), "mend"),
            (open_files(Some(u64::MAX)), "fine"),
            (open_files(None), "unknown"),
            (threads(Some(576)), "fine"),
            (threads(Some(575)), "mend"),
            (threads(None), "unknown"),
        ];
        for (finding, verdict) in cases {
            assert_eq!(finding.is(), verdict, "{finding:?}");
        }
    }
}
