//! What follows from what the server saw, in words.

use charts::earliest_end;
use measurement::claim::Undecided;
use measurement::earliest::Earliest;
use measurement::expectation::{Expectation, Outcome, Unseen};
use measurement::quantity::{
    NOT_APPLICABLE, duration, number, percent, plural,
};
use measurement::shape::{Doubt, Shape};
use measurement::waits::Waits;
use measurement::witness::{Testimony, Witness};

/// How it shared out its work; with what to do where that cannot be told.
pub(super) fn shape(shape: Shape, testimony: &Testimony) -> String {
    let doubt = match shape {
        Shape::OneByOne => return "one by one".to_owned(),
        Shape::AllAtOnce => return "all at once".to_owned(),
        Shape::Waves => {
            return "waves: the next began when all before had ended"
                .to_owned();
        }
        Shape::Shares => {
            return "shares: slots that were done early stood idle".to_owned();
        }
        Shape::Queue => {
            return "a queue: whichever slot was free took the next".to_owned();
        }
        Shape::CannotTell(doubt) => doubt,
    };
    let uneven = testimony.waits == Waits::Uneven;
    format!(
        "cannot tell: {}",
        match doubt {
            Doubt::TooFew => "there were fewer than two requests",
            Doubt::TooMany => "the server keeps no times of so many requests",
            Doubt::SentBehindOthers => {
                "requests were sent behind others on one connection"
            }
            Doubt::Unanswered => "not every request was answered in full",
            Doubt::AnsweredAtOnce => {
                "answers came at once; let the server wait, with \
                 `--wait uneven`"
            }
            Doubt::Alike if uneven => {
                "more than one shape looks like this; send more requests"
            }
            Doubt::Alike => {
                "with even waits several shapes look like this; try \
                 `--wait uneven`"
            }
            Doubt::NoPattern if uneven => {
                "slots stood idle in no order; is the machine busy?"
            }
            Doubt::NoPattern => {
                "slots stood idle in no order; try `--wait uneven`"
            }
        }
    )
}

/// The earliest possible end, and how near the program came.
pub(super) fn nearness(
    earliest: Option<Earliest>,
    seen: &Witness,
) -> [String; 2] {
    let not = |why: &str| format!("{NOT_APPLICABLE}: {why}");
    let Some(earliest) = earliest else {
        let why = if seen.done < seen.requests || seen.requests == 0 {
            "not every request was answered in full"
        } else if seen.stamps_dropped > 0 {
            "the server keeps no times of so many requests"
        } else {
            "nothing waited"
        };
        return [not(why), NOT_APPLICABLE.to_owned()];
    };
    let near = match earliest.efficiency(seen) {
        Some(part) => {
            let span = duration(seen.span_ns().unwrap_or(0) as f64);
            let end = "the earliest possible end";
            format!("{}: {end} over the {span} it took", percent(part))
        }
        None => not("more were in flight than asked for"),
    };
    [earliest_end(&earliest), near]
}

/// An expectation, and what the server saw.
pub(super) fn outcome(outcome: &Outcome) -> String {
    let met = if outcome.met { "met" } else { "missed" };
    let expected = expected(outcome.expected);
    format!("  {met:<6}  {expected:<21}  {}", saw(outcome))
}

fn expected(expectation: Expectation) -> String {
    match expectation {
        Expectation::Requests(n) => plural(whole(n), "request"),
        Expectation::Peak(n) => format!("a peak of {}", number(whole(n))),
        Expectation::AtMost(n) => {
            format!("at most {} in flight", number(whole(n)))
        }
        Expectation::Connections(n) => plural(whole(n), "connection"),
        Expectation::EachOnce => "each request once".to_owned(),
        Expectation::Within(ns) => format!("within {}", duration(ns as f64)),
    }
}

fn saw(outcome: &Outcome) -> String {
    let seen = outcome.seen.unwrap_or(0);
    let count = number(whole(seen));
    let saw = match outcome.expected {
        Expectation::Requests(_) | Expectation::Connections(_) => {
            format!("the server saw {count}")
        }
        Expectation::Peak(_) | Expectation::AtMost(_) => {
            format!("the server saw {count} in flight")
        }
        Expectation::EachOnce => match seen {
            0 => "the server saw no number twice".to_owned(),
            _ => format!("the server saw {count} again"),
        },
        Expectation::Within(_) => {
            format!("first to last took {}", duration(seen as f64))
        }
    };
    match outcome.unseen {
        None => saw,
        Some(Unseen::NoRequest) => "the server saw no request".to_owned(),
        Some(Unseen::NotNumbered(n)) => format!(
            "cannot tell: {} no number; write ?seq=0, ?seq=1, ... at the end \
             of their URLs",
            have(n)
        ),
        Some(Unseen::Unanswered(n)) => {
            format!("{} not been answered when the program ended", have(n))
        }
        Some(Unseen::LowPeak(Undecided::AnsweredWithin(ns))) => format!(
            "{saw}; cannot tell, with answers within {}: let the server wait, \
             with `--wait 20ms`",
            duration(ns as f64)
        ),
        Some(Unseen::LowPeak(Undecided::SentBehindOthers(n))) => format!(
            "{saw}; cannot tell, with {} sent behind others: let the program \
             use a connection for each in flight",
            number(whole(n))
        ),
    }
}

fn have(requests: u64) -> String {
    let has = if requests == 1 { "has" } else { "have" };
    format!("{} {has}", plural(whole(requests), "request"))
}

fn whole(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
