//! What each check and each flag says, in a plain line.

/// The checks, in the order in which they are made.
pub const CHECKS: &[(&str, &str)] = &[
    ("answered", "every ping has its answer, as far as a limit leaves it one"),
    ("statuses", "every answer has the status that was asked for"),
    ("bodies", "every body is the one that the server sent"),
    ("seen-equals-sent", "the server saw as many requests as were sent"),
    ("each-once", "the server saw each ping once, or as often as it was tried"),
    ("none-left", "the server ended every request, and none is left in flight"),
    ("peak-within", "no more were in flight at once than allowed"),
    ("not-below-bound", "the batch took no less than the waits alone take"),
    ("littles-law", "counted by time and by request, as much was in flight"),
    ("pings-cover-holds", "the pings took no less than the server held them"),
    ("within-capacity", "the pings had room in the slots that there are"),
    ("attempts", "each ping was tried as often as its faults say"),
];

/// The flags, which mark a trial and keep it.
pub const FLAGS: &[(&str, &str)] = &[
    ("client-limited", "fewer in flight than asked for"),
    ("dialled", "connections were opened inside the clock"),
    ("server-late", "the server answered late at the median"),
    ("stolen", "the hypervisor took the processors"),
    ("busy", "other programs used the processors"),
    ("retransmission", "the network sent again or refused"),
];

/// What the check or the flag of that name says; none of a stranger.
pub fn meaning(name: &str) -> Option<&'static str> {
    let mut all = CHECKS.iter().chain(FLAGS);
    all.find(|(known, _)| *known == name).map(|(_, words)| *words)
}
