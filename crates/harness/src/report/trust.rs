//! The trust lines: why the numbers may be believed.

use measurement::compare::Noise;
use measurement::summary::{Summary, Trust};

/// The sentences: what was counted, and what the noise is.
pub fn lines(summary: &Summary) -> Vec<String> {
    let mut lines = vec![counted(&summary.trust)];
    lines.extend(noise(summary));
    lines.extend(disturbed(&summary.trust));
    lines
}

fn counted(trust: &Trust) -> String {
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

/// How far the twins came apart; the batch where that is most speaks for all.
fn noise(summary: &Summary) -> Option<String> {
    let twins = summary.batches.iter().filter_map(|b| b.twins.as_ref());
    let known = twins.filter_map(|twins| Some((twins.floor?, twins)));
    let (floor, twins) = known.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    let percent = floor * 100.0;
    Some(match twins.noise {
        Noise::TooNoisy => format!(
            "too noisy to rank: the same strategy under two names came \
             {percent:.0} % apart somewhere"
        ),
        Noise::Noisy => format!(
            "noisy: twins within {percent:.0} %, and nothing below that is \
             called a difference"
        ),
        Noise::Quiet | Noise::Unknown => format!(
            "twins within {percent:.0} %: nothing below that is called a \
             difference"
        ),
    })
}

fn disturbed(trust: &Trust) -> Option<String> {
    (trust.measured > 0).then(|| match trust.disturbed {
        0 => "no trial was disturbed by the machine".to_owned(),
        some => {
            let causes: Vec<String> = trust
                .flags
                .iter()
                .filter(|(name, _)| is_cause(name))
                .map(|(name, count)| format!("{name} {count}"))
                .collect();
            format!(
                "{some} of {} trials disturbed by the machine ({})",
                trust.measured,
                causes.join(", ")
            )
        }
    })
}

fn is_cause(name: &str) -> bool {
    let detail = String::new();
    measurement::check::Flag { name: name.to_owned(), detail }.disturbs()
}

/// Whether nothing is wrong.
pub fn holds(trust: &Trust) -> bool {
    trust.trials == trust.valid
}

fn none_or(count: u64, what: &str) -> String {
    if count == 0 { format!("none {what}") } else { format!("{count} {what}") }
}
