use std::net::SocketAddr;

use measurement::MILLISECOND;
use measurement::waits::Plan;

/// What a trap shows itself on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Case {
    count: usize,
    /// The status of the first answer, and of the others.
    statuses: (u16, u16),
    /// What else the first URL asks for, and the others.
    more: (&'static str, &'static str),
    /// The server's waits, over and over.
    waits_ms: &'static [u64],
    /// Whether the right program is run on the same URLs; where it would take
    /// long or has nothing to do with it, it is not.
    beside: bool,
}

/// Twelve pings at six in flight: two waves, two turns of a pool.
const USUAL: Case = Case {
    count: 12,
    statuses: (200, 200),
    more: ("", ""),
    waits_ms: &[80],
    beside: true,
};

impl Case {
    /// That of the trap of this name; most show on the same twelve pings.
    pub(super) fn of(trap: &str) -> Case {
        match trap {
            "status_as_error" => Case { statuses: (404, 404), ..USUAL },
            // The first thread is done, with its error, long before the others.
            "early_return" => Case {
                statuses: (500, 200),
                waits_ms: &[20, 160, 170, 180, 190, 200],
                ..USUAL
            },
            "small_backlog" => Case { count: 0, beside: false, ..USUAL },
            // Six do not divide it, and two slow ones are neighbours.
            "chunks" => Case {
                count: 8,
                waits_ms: &[160, 160, 60, 60, 60, 60, 60, 60],
                ..USUAL
            },
            "unlimited_blocking" => {
                Case { count: 600, waits_ms: &[400], beside: false, ..USUAL }
            }
            // The server takes longer than the programs give it, by far.
            "timeout_around_blocking"
            | "timeout_on_spawn_blocking"
            | "limit_per_try" => Case { count: 6, waits_ms: &[900], ..USUAL },
            // Six in the batch, and one after it.
            "timeout_on_handle" => Case { count: 7, waits_ms: &[900], ..USUAL },
            "retry_everything" => Case { statuses: (404, 404), ..USUAL },
            "no_jitter" | "two_layers" => {
                Case { statuses: (502, 502), waits_ms: &[20], ..USUAL }
            }
            // As fast as they are answered, and fifty a second.
            "semaphore_as_rate" => Case { count: 60, waits_ms: &[1], ..USUAL },
            // More than it has room for.
            "one_read_per_edge" => Case { more: ("", "&bytes=9000"), ..USUAL },
            // The right one would wait for its five seconds.
            "no_deadline" => {
                Case { more: ("&fault=hang", ""), beside: false, ..USUAL }
            }
            // More than there are processors, by far.
            "pool_of_64" => Case { count: 64, waits_ms: &[10], ..USUAL },
            // Five that are slow, and they come first.
            "prefetch" => Case {
                waits_ms: &[500, 500, 500, 500, 500, 5, 5, 5, 5, 5, 5, 5],
                ..USUAL
            },
            // Longer than the wrong program's ack wait.
            "short_ack_wait" => Case { count: 6, waits_ms: &[1500], ..USUAL },
            // Nobody is done before the queue's server dies.
            "while_let_ok" => Case { waits_ms: &[300], ..USUAL },
            _ => USUAL,
        }
    }

    /// Whether the right program is run beside it.
    pub(super) fn beside(self) -> bool {
        self.beside
    }

    /// How many pings.
    pub(super) fn count(self) -> usize {
        self.count
    }

    /// The URLs of this server.
    pub(super) fn urls(self, server: SocketAddr) -> Vec<String> {
        let (first, others) = self.statuses;
        let url = |seq| {
            let (status, more) = match seq {
                0 => (first, self.more.0),
                _ => (others, self.more.1),
            };
            format!("http://{server}/{status}?seq={seq}{more}")
        };
        (0..self.count).map(url).collect()
    }

    /// How long the server waits.
    pub(super) fn plan(self) -> Plan {
        let waits = self.waits_ms.iter();
        Plan::waiting(waits.map(|ms| ms * MILLISECOND).collect::<Vec<_>>())
    }
}
