use std::net::SocketAddr;

use measurement::MILLISECOND;
use measurement::waits::Plan;

/// What a trap shows itself on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    status: u16,
    count: usize,
    wait_ms: u64,
}

/// Twelve pings at six in flight: two waves, two turns of a pool.
const USUAL: Case = Case { status: 200, count: 12, wait_ms: 80 };

impl Case {
    /// That of the trap of this name; most show on the same twelve pings.
    pub(super) fn of(trap: &str) -> Case {
        match trap {
            "status_as_error" => Case { status: 404, ..USUAL },
            "small_backlog" => Case { count: 0, ..USUAL },
            // Six threads asked for, five made.
            "chunks" => Case { count: 9, ..USUAL },
            "unlimited_blocking" => Case { count: 600, wait_ms: 300, ..USUAL },
            _ => USUAL,
        }
    }

    /// Whether it needs no server of ours.
    pub(super) fn alone(self) -> bool {
        self.count == 0
    }

    /// How many pings.
    pub(super) fn count(self) -> usize {
        self.count
    }

    /// The URLs of this server.
    pub(super) fn urls(self, server: SocketAddr) -> Vec<String> {
        let url = |seq| format!("http://{server}/{}?seq={seq}", self.status);
        (0..self.count).map(url).collect()
    }

    /// How long the server waits.
    pub(super) fn plan(self) -> Plan {
        Plan { waits: vec![self.wait_ms * MILLISECOND] }
    }
}
