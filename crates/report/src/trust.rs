//! The trust lines: why the numbers may be believed.

use measurement::check::{disturbs, meaning};
use measurement::compare::Noise;
use measurement::environment::{Ended, RunEnd};
use measurement::quantity::{floor_percent, number, readable};
use measurement::record::Act;
use measurement::summary::{Batch, Summary, Trust};

use super::TRIALS;
use super::heading::awake;

/// The sentences: what was counted, and what the noise is.
pub fn lines(summary: &Summary) -> Vec<String> {
    answers(summary).into_iter().map(|answer| answer.line).collect()
}

/// A sentence of trust, and what it answers.
pub(super) struct Answer {
    pub(super) question: &'static str,
    pub(super) line: String,
    /// The same for who reads such a sentence for the first time; may be
    /// empty.
    pub(super) means: &'static str,
}

/// Each sentence with its question.
pub(super) fn answers(summary: &Summary) -> Vec<Answer> {
    let trust = &summary.trust;
    let answer = |question, line: Option<String>, means| {
        line.map(|line| Answer { question, line, means })
    };
    let answers = [
        answer(
            "Was the same work done?",
            Some(counted(trust)),
            "What each strategy says it sent is compared with what the \
             server saw.",
        ),
        answer(
            "How large is the noise?",
            noise(summary),
            "In some rounds a strategy ran twice. How far the two come apart \
             is noise, and so is every smaller difference.",
        ),
        answer(
            "Was the machine busy?",
            disturbed(trust),
            "A trial is disturbed where something else used the processors \
             meanwhile. It is marked, and counts.",
        ),
        answer(
            "What else is marked?",
            marked(trust),
            "Here the client or the server came later than planned. Such \
             trials count, too.",
        ),
        answer("Is the run whole?", ended(trust), ""),
        answer("Are the records whole?", torn(trust), ""),
    ];
    answers.into_iter().flatten().collect()
}

/// Why there are no more trials, if not all that were planned were made.
fn ended(trust: &Trust) -> Option<String> {
    let trials = trust.trials;
    match trust.end {
        None => Some(format!(
            "The run did not come to its end: it was killed, or still goes \
             on; it has left {trials} trials so far"
        )),
        Some(RunEnd { how: Ended::Finished, .. }) => None,
        Some(RunEnd { how: Ended::Stopped, .. }) => {
            Some(format!("The run was stopped after {trials} trials"))
        }
        Some(RunEnd { how: Ended::Broken, .. }) => {
            Some(format!("The run could not go on after {trials} trials"))
        }
    }
}

/// What of the records was not whole, and is not counted.
pub fn torn(trust: &Trust) -> Option<String> {
    trust.torn.then(|| {
        format!(
            "The last line of {TRIALS}, which is trial {}, was cut off when \
             the run was killed, and is left out",
            trust.trials
        )
    })
}

fn counted(trust: &Trust) -> String {
    let mut parts = vec![if trust.sent == trust.seen {
        format!("sent {} = seen {}", count(trust.sent), count(trust.seen))
    } else {
        let (sent, seen) = (count(trust.sent), count(trust.seen));
        format!("sent {sent}, but the server saw {seen}")
    }];
    parts.push(none_or(trust.duplicates, "twice"));
    parts.push(none_or(trust.lost, "lost"));
    if trust.with_waits > 0 {
        parts.push(format!(
            "peak in flight as asked in {} of {} trials with waits",
            trust.peak_as_asked, trust.with_waits
        ));
    }
    let others = trust.trials.saturating_sub(trust.at_limits);
    parts.push(match others.saturating_sub(trust.valid) {
        0 if trust.at_limits > 0 => format!(
            "{} of {} trials found a limit, all others count",
            trust.at_limits, trust.trials
        ),
        0 => format!("all {} trials count", trust.trials),
        void => format!("{void} of {} trials do not count", trust.trials),
    });
    parts.join(" · ")
}

/// How far the twins came apart, batch by batch.
fn noise(summary: &Summary) -> Option<String> {
    let known: Vec<String> = summary
        .batches
        .iter()
        .filter_map(|batch| {
            let twins = batch.twins.as_ref()?;
            let noisy = match twins.noise {
                Noise::TooNoisy => ", too noisy to rank",
                Noise::Noisy => ", noisy",
                Noise::Quiet | Noise::Unknown => "",
            };
            let floor = floor_percent(twins.floor?);
            let cpu = batch.cpu_twins.as_ref().and_then(|twins| twins.floor);
            let cpu = cpu.map_or(String::new(), |floor| {
                format!(" (CPU {})", floor_percent(floor))
            });
            Some(format!("{} within {floor}{cpu}{noisy}", place(batch)))
        })
        .collect();
    (!known.is_empty()).then(|| {
        format!(
            "Twins, a strategy under two names: {}; nothing below that is \
             called a difference",
            known.join(" · ")
        )
    })
}

/// Where twins ran.
pub(super) fn place(batch: &Batch) -> String {
    match batch.act {
        Act::Uneven => "uneven waits".to_owned(),
        Act::NoWaits => {
            format!("no waits{}", awake(batch.act, batch.kept_awake))
        }
        _ => format!("{} at once", batch.concurrency),
    }
}

fn disturbed(trust: &Trust) -> Option<String> {
    (trust.measured > 0).then(|| match trust.disturbed {
        0 => "No trial was disturbed by the machine".to_owned(),
        some => {
            let causes: Vec<String> = trust
                .flags
                .iter()
                .filter(|(name, _)| disturbs(name))
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

/// The flags that say what the client or the server did.
fn marked(trust: &Trust) -> Option<String> {
    let flags = trust.flags.iter().filter(|(name, _)| !disturbs(name));
    let marked: Vec<String> = flags
        .map(|(name, count)| match meaning(name) {
            Some(words) => format!("{name} {count} ({words})"),
            None => format!("{name} {count}"),
        })
        .collect();
    (!marked.is_empty()).then(|| {
        format!("Marked, and not disturbed by it: {}", marked.join(", "))
    })
}

/// Whether nothing is wrong.
pub fn holds(trust: &Trust) -> bool {
    trust.trials == trust.valid.saturating_add(trust.at_limits)
}

/// What was wrong with which trial, as people write it.
pub fn problems(trust: &Trust) -> impl ExactSizeIterator<Item = (u32, String)> {
    let problems = trust.problems.iter();
    problems.map(|(trial, problem)| (*trial, readable(problem)))
}

/// How far the numbers may be believed, as a class of the page: `holds` where
/// fewer than 1 in 20 trials were disturbed, `doubtful` below 1 in 5, and
/// `broken` beyond, or where a trial does not count.
pub(super) fn belief(trust: &Trust) -> &'static str {
    let Trust { disturbed, measured, .. } = *trust;
    if !holds(trust) || measured == 0 || disturbed * 5 >= measured {
        "broken"
    } else if disturbed * 20 >= measured {
        "doubtful"
    } else {
        "holds"
    }
}

fn count(of: u64) -> String {
    number(usize::try_from(of).unwrap_or(usize::MAX))
}

fn none_or(count: u64, what: &str) -> String {
    if count == 0 { format!("none {what}") } else { format!("{count} {what}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colour_is_what_the_badge_says() {
        for (disturbed, valid, class) in [
            (0, 100, "holds"),
            (4, 100, "holds"),
            (5, 100, "doubtful"),
            (19, 100, "doubtful"),
            (20, 100, "broken"),
            (0, 99, "broken"),
        ] {
            let (trials, measured) = (100, 100);
            let trust = Trust {
                trials,
                measured,
                disturbed,
                valid,
                ..Trust::default()
            };
            assert_eq!(belief(&trust), class, "{disturbed} {valid}");
        }
    }
}
