//! The trust line: why the numbers may be believed, in one sentence.

use measurement::summary::Trust;

/// The sentence.
pub fn line(trust: &Trust) -> String {
    let measured = trust.measured;
    let mut parts = vec![if trust.sent == trust.seen {
        format!("sent {} = seen {}", trust.sent, trust.seen)
    } else {
        format!("sent {}, but the server saw {}", trust.sent, trust.seen)
    }];
    parts.push(none_or(trust.duplicates, "twice"));
    parts.push(none_or(trust.lost, "lost"));
    parts.push(format!(
        "peak in flight as asked in {} of {measured} trials",
        trust.peak_as_asked
    ));
    parts.push(match trust.trials - trust.valid {
        0 => format!("all {} trials count", trust.trials),
        void => format!("{void} of {} trials do not count", trust.trials),
    });
    parts.join(" · ")
}

/// Whether nothing is wrong.
pub fn holds(trust: &Trust) -> bool {
    trust.trials == trust.valid
}

fn none_or(count: u64, what: &str) -> String {
    if count == 0 { format!("none {what}") } else { format!("{count} {what}") }
}
