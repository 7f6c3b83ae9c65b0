//! What the server saw of somebody's program.

use std::num::NonZeroUsize;

use measurement::claim::{Claim, Undecided};
use measurement::earliest::Earliest;
use measurement::witness::Witness;

use super::observation::Observation;
use crate::caption::Caption;
use crate::finding::fitting;
use crate::quantity::{duration, number, plural};

/// What the server saw of a program, in a sentence: the verdict where it was
/// asked to have a number of requests in flight.
pub fn finding_witness(of: &Observation<'_>) -> String {
    let requests = plural(whole(of.witness.requests), "request");
    match of.asked {
        Some(asked) => verdict(of.witness, asked, &requests),
        None => alone(of, &requests),
    }
}

/// The claim, held against what was seen.
fn verdict(seen: &Witness, asked: NonZeroUsize, requests: &str) -> String {
    let peak = number(whole(seen.peak_in_flight));
    let were = if seen.peak_in_flight == 1 { "was" } else { "were" };
    let asked_for = number(asked.get());
    let at_most = format!("At most {peak} of the {asked_for} asked for");
    let short = format!("At most {peak} of {asked_for} in flight");
    let fewer = |rest: &str| {
        [
            format!("{at_most} {were} in flight: {rest}"),
            format!("{at_most} {were} in flight"),
            short.clone(),
        ]
    };
    let untold = |why: String| {
        [
            format!("Cannot tell: at most {peak} of {asked_for} seen{why}"),
            format!("Cannot tell: at most {peak} of {asked_for} seen"),
            format!("Cannot tell: {peak} of {asked_for} seen"),
        ]
    };
    let kept = format!("{asked_for} in flight, as asked");
    fitting(match Claim::judge(seen, asked) {
        Claim::Kept => {
            let both = format!("{kept}: {}", in_time(seen, requests));
            [both, format!("{kept}: {requests}"), kept]
        }
        Claim::MoreThanAsked => {
            let more = format!("{peak} in flight, {asked_for} asked for");
            [more.clone(), more.clone(), more]
        }
        Claim::TooFewRequests => {
            let was = if seen.requests == 1 { "was" } else { "were" };
            fewer(&format!("there {was} only {requests}"))
        }
        Claim::Fewer if seen.peak_in_flight == 1 => fewer("one after another"),
        Claim::Fewer => fewer(&in_time(seen, requests)),
        Claim::Undecided(Undecided::SentBehindOthers(behind)) => {
            let behind = number(whole(behind));
            untold(format!(" in flight, {behind} sent behind others"))
        }
        Claim::Undecided(Undecided::AnsweredWithin(held)) => {
            let held = duration(held as f64);
            untold(format!(" in flight, with answers within {held}"))
        }
        Claim::NothingSeen => {
            let none = "The server saw no request";
            let though = format!("{none}: 0 of the {asked_for} asked for");
            [though, none.to_owned(), none.to_owned()]
        }
    })
}

/// Of a program that was asked for nothing.
fn alone(of: &Observation<'_>, requests: &str) -> String {
    let program = of.program();
    let peak = number(whole(of.witness.peak_in_flight));
    let had = format!("{program} had at most {peak} in flight");
    match of.witness.requests {
        0 => format!("The server saw no request of {program}"),
        1 => format!("{program} sent 1 request"),
        _ if of.witness.peak_in_flight == 1 => {
            format!("{program} sent {requests}, one after another")
        }
        _ => {
            let both = format!("{had}: {}", in_time(of.witness, requests));
            fitting([both, format!("{had}: {requests}"), had])
        }
    }
}

/// `24 requests in 65 ms`, or how many were answered, where not all were.
fn in_time(seen: &Witness, requests: &str) -> String {
    if seen.done < seen.requests {
        let answered = number(whole(seen.done));
        return format!("{requests}, {answered} answered");
    }
    let span = seen.span_ns().map(|span| duration(span as f64));
    let time = span.map(|span| format!(" in {span}"));
    format!("{requests}{}", time.unwrap_or_default())
}

fn whole(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The words to [`super::witness_waterfall`].
pub fn caption_witness(of: &Observation<'_>) -> Caption {
    let seen = of.witness;
    let mut description = format!(
        "A bar for each request that the server saw of {}, from its arrival \
         to its answer: {} on {}, {} in flight at most, {} given up.",
        of.program(),
        plural(whole(seen.requests), "request"),
        plural(whole(seen.connections), "connection"),
        number(whole(seen.peak_in_flight)),
        number(whole(seen.aborted)),
    );
    if let Some(span) = seen.span_ns() {
        let span = duration(span as f64);
        description.push_str(&format!(" First to last took {span}."));
    }
    if let Some(asked) = of.asked {
        let used = whole(seen.peak_in_flight).min(asked.get());
        let (used, slots) = (number(used), plural(asked.get(), "slot"));
        description
            .push_str(&format!(" The server saw {used} of {slots} in use."));
    }
    if let Some(earliest) = Earliest::of(seen, of.asked) {
        description.push(' ');
        description.push_str(&in_full(&earliest));
    }
    Caption {
        title: finding_witness(of),
        description,
        look_for: "Count the bars above each other: that is how many \
                   requests were in flight at once, whatever number the \
                   program was given. A pale row is a slot that nobody used."
            .to_owned(),
        also: of.asked.and_then(|asked| why(seen, asked)).into_iter().collect(),
    }
}

/// Why nothing can be told, and what to do then.
fn why(seen: &Witness, asked: NonZeroUsize) -> Option<String> {
    let Claim::Undecided(why) = Claim::judge(seen, asked) else {
        return None;
    };
    Some(match why {
        Undecided::SentBehindOthers(behind) => format!(
            "{} sent behind another on the same connection, where the server \
             takes one at a time. Let the program use a connection for each \
             request in flight.",
            if behind == 1 {
                "1 request was".to_owned()
            } else {
                format!("{} requests were", number(whole(behind)))
            },
        ),
        Undecided::AnsweredWithin(held) => format!(
            "Half of the requests were answered within {}: the answer was \
             back before the next one was sent. Let the server wait, with \
             `--wait 20ms`.",
            duration(held as f64)
        ),
    })
}

/// The earliest possible end, and what it follows from: `60 ms: 480 ms of
/// waits, 8 at once`.
pub fn earliest_end(earliest: &Earliest) -> String {
    format!(
        "{}: {} of waits, {} at once",
        duration(earliest.end_ns as f64),
        duration(earliest.sum_ns as f64),
        number(earliest.asked),
    )
}

/// In a key.
pub(super) fn in_the_key(earliest: &Earliest) -> String {
    format!("earliest end {}", duration(earliest.end_ns as f64))
}

/// Beside the picture.
fn in_full(earliest: &Earliest) -> String {
    format!(
        "The earliest possible end with {} in flight is {}: the server's \
         waits are {} together, and the longest is {}.",
        number(earliest.asked),
        duration(earliest.end_ns as f64),
        duration(earliest.sum_ns as f64),
        duration(earliest.longest_ns as f64),
    )
}
