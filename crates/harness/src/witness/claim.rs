use std::num::NonZeroUsize;

use measurement::witness::Witness;

/// What was asked of a program, held against what the server saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) holds: bool,
    pub(super) verdict: String,
}

/// Whether it had as many requests in flight as it was asked to.
pub(super) fn judge(seen: &Witness, asked: NonZeroUsize) -> Claim {
    let peak = seen.peak_in_flight;
    let asked = asked.get() as u64;
    let holds = peak == asked;
    let verdict = if seen.requests == 0 {
        format!("you asked for {asked} at once, and the server saw no request")
    } else if holds {
        format!("you asked for {asked} at once, and the server saw {peak}")
    } else if peak < asked {
        let why = match seen.requests {
            1 => " (there was only one request)".to_owned(),
            few if few < asked => format!(" (there were only {few} requests)"),
            _ => String::new(),
        };
        format!(
            "you asked for {asked} at once, the server never saw more than \
             {peak}{why}"
        )
    } else {
        format!(
            "you asked for {asked} at once, the server saw as many as {peak}"
        )
    };
    Claim { holds, verdict }
}
