//! When nothing of a program had anything to do.
//!
//! A pause that the server sees is as long as the program's own at least: on a
//! busy machine it is longer, by the time in which the program worked or waited
//! for a processor. So a short pause accuses by itself, and a long one acquits
//! only as far as it was idle.

/// A time between two looks at a program and at its server, of which some was
/// idle: nothing of them ran or waited for a processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lull {
    /// From here, ns of the server's clock.
    pub from_ns: u64,
    /// Until here.
    pub to_ns: u64,
    /// So much of it was idle, ns; nobody knows where in it.
    pub idle_ns: u64,
}

impl Lull {
    /// How much of the time from `from_ns` to `to_ns` was idle at least.
    fn within(&self, from_ns: u64, to_ns: u64) -> u64 {
        let whole = self.to_ns.saturating_sub(self.from_ns);
        let from = self.from_ns.max(from_ns);
        let shared = self.to_ns.min(to_ns).saturating_sub(from);
        // What was no rest may all lie in the shared part.
        let busy = whole.saturating_sub(self.idle_ns);
        shared.saturating_sub(busy)
    }
}

/// How much of the time from `from_ns` to `to_ns` was idle at least, ns.
pub(super) fn idle(lulls: &[Lull], from_ns: u64, to_ns: u64) -> u64 {
    let within = |lull: &Lull| lull.within(from_ns, to_ns);
    lulls.iter().map(within).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_idle_for_sure_is_counted_and_no_more() {
        let lulls = [
            Lull { from_ns: 0, to_ns: 10, idle_ns: 10 },
            Lull { from_ns: 10, to_ns: 20, idle_ns: 7 },
        ];
        for (from, to, least) in [
            (0, 20, 17),
            (4, 8, 4),
            (10, 20, 7),
            // Of these five, three may have been busy.
            (15, 20, 2),
            (18, 19, 0),
            (20, 90, 0),
            (8, 4, 0),
        ] {
            assert_eq!(idle(&lulls, from, to), least, "{from} to {to}");
        }
    }
}
