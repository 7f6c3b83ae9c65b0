//! What the system has for connections to and from this machine.

use std::env;

use measurement::environment::Environment;

use super::finding::{Finding, Trouble};
use crate::system;

const BACKLOG: &str = "backlog";
const PORTS: &str = "ports";
const CLOSING: &str = "closing";
const PROXIES: &str = "proxies";

pub(super) fn look(environment: &Environment) -> Vec<Finding> {
    let ports = system::text("/proc/sys/net/ipv4/ip_local_port_range")
        .and_then(|range| ports_in(&range));
    let closing = system::text("/proc/net/sockstat")
        .and_then(|sockets| waiting_in(&sockets));
    let named: Vec<&str> = PROXY_NAMES
        .into_iter()
        .filter(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
        .collect();
    vec![
        backlog(environment.somaxconn),
        new_connections(ports),
        closing_connections(closing, ports),
        proxies(&named),
    ]
}

/// What the test server asks for when it listens.
const ASKED: u64 = 4096;

/// As many connections are opened at once in the warm-up of a usual run.
const AT_ONCE: u64 = 512;

fn backlog(somaxconn: Option<u64>) -> Finding {
    let Some(most) = somaxconn else { return Finding::unknown(BACKLOG) };
    if most >= ASKED {
        return Finding::fine(BACKLOG, format!("{most} (somaxconn)"));
    }
    let trouble = Trouble::new(
        format!("{most} (somaxconn), and the server asks for {ASKED}"),
        "of more connections at once some wait a second to be tried again",
        format!("`sysctl -w net.core.somaxconn={ASKED}`"),
    );
    if most >= AT_ONCE {
        Finding::mind(BACKLOG, trouble)
    } else {
        Finding::mend(BACKLOG, trouble)
    }
}

/// A closed connection keeps its port for this long (`TIME_WAIT` on Linux), s.
const KEPT: u64 = 60;

/// Connections that a sweep opens in a second: those of a trial are kept from
/// ping to ping, but each trial has its own.
const NEEDED: u64 = 250;

fn new_connections(ports: Option<u64>) -> Finding {
    let Some(ports) = ports else { return Finding::unknown(PORTS) };
    let a_second = ports / KEPT;
    let found = format!("{ports}: {a_second} new connections a second");
    if a_second >= NEEDED {
        return Finding::fine(PORTS, found);
    }
    Finding::mend(
        PORTS,
        Trouble::new(
            found,
            "the ports run out in the middle of a run, and trials fail",
            "`sysctl -w net.ipv4.ip_local_port_range=\"32768 60999\"`",
        ),
    )
}

/// Half of the ports are left.
fn closing_connections(closing: Option<u64>, ports: Option<u64>) -> Finding {
    let Some(closing) = closing else { return Finding::unknown(CLOSING) };
    let found = format!("{closing} connections keep a port (TIME_WAIT)");
    if ports.is_none_or(|ports| closing <= ports / 2) {
        return Finding::fine(CLOSING, found);
    }
    Finding::mend(
        CLOSING,
        Trouble::new(
            found,
            "the ports run out in the middle of a run, and trials fail",
            "wait a minute: whatever opened them has just ended",
        ),
    )
}

const PROXY_NAMES: [&str; 6] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
];

/// Never what they say: a proxy's address may hold a password.
fn proxies(named: &[&str]) -> Finding {
    let found = match named {
        [] => "none named".to_owned(),
        [one] => format!("{one} is set; every client here ignores it"),
        all => {
            format!(
                "{} are set; every client here ignores them",
                all.join(", ")
            )
        }
    };
    Finding::fine(PROXIES, found)
}

/// How many ports a range such as `32768 60999` has.
fn ports_in(range: &str) -> Option<u64> {
    let mut words = range.split_whitespace();
    let first: u64 = words.next()?.parse().ok()?;
    let last: u64 = words.next()?.parse().ok()?;
    last.checked_sub(first)?.checked_add(1)
}

/// The figure after `tw` in the line `TCP: inuse 1 orphan 0 tw 3 …`.
fn waiting_in(sockets: &str) -> Option<u64> {
    let line = sockets.lines().find(|line| line.starts_with("TCP:"))?;
    let mut words = line.split_whitespace().skip_while(|word| *word != "tw");
    words.nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_threshold_has_two_sides() {
        let cases = [
            (backlog(Some(4096)), "fine"),
            (backlog(Some(4095)), "mind"),
            (backlog(Some(512)), "mind"),
            (backlog(Some(511)), "mend"),
            (backlog(None), "unknown"),
            (new_connections(Some(15_000)), "fine"),
            (new_connections(Some(14_999)), "mend"),
            (new_connections(None), "unknown"),
            (closing_connections(Some(14_000), Some(28_000)), "fine"),
            (closing_connections(Some(14_001), Some(28_000)), "mend"),
            (closing_connections(Some(14_001), None), "fine"),
            (closing_connections(None, Some(28_000)), "unknown"),
            (proxies(&[]), "fine"),
            (proxies(&["http_proxy"]), "fine"),
        ];
        for (finding, verdict) in cases {
            assert_eq!(finding.is(), verdict, "{finding:?}");
        }
    }

    #[test]
    fn reads_what_the_kernel_writes() {
        assert_eq!(ports_in("32768\t60999"), Some(28_232));
        assert_eq!(ports_in("60999 32768"), None);
        assert_eq!(ports_in("32768"), None);
        let sockets = "sockets: used 11\nTCP: inuse 1 orphan 0 tw 3 alloc 1\n";
        assert_eq!(waiting_in(sockets), Some(3));
        assert_eq!(waiting_in("TCP: inuse 1 tw"), None);
        assert_eq!(waiting_in("UDP: tw 3"), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), numbers in "[0-9 ]{0,60}") {
            let _ = (ports_in(&text), ports_in(&numbers));
            let _ = (waiting_in(&text), waiting_in(&format!("TCP: tw {text}")));
        }
    }
}
