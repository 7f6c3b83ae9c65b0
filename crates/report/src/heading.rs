//! What a batch is, in words.

use measurement::quantity::{makespan, plural};
use measurement::record::Act;
use measurement::summary::Batch;

/// What a batch is, in words.
pub fn heading(batch: &Batch) -> String {
    let Batch { act, kept_awake, requests, concurrency, bound_ns, .. } = batch;
    heading_of(*act, *kept_awake, *requests, *concurrency, *bound_ns)
}

/// The same of a batch that is in several runs.
pub fn heading_of(
    act: Act,
    kept_awake: Option<bool>,
    requests: usize,
    concurrency: usize,
    bound_ns: u64,
) -> String {
    // A question of one's own may be without waits, too.
    let act = match act {
        Act::Sweep if bound_ns == 0 => Act::NoWaits,
        act => act,
    };
    let what = match act {
        Act::Book => "The book's six URLs",
        Act::Uneven => "Uneven waits",
        Act::NoWaits => "No waits",
        Act::Sweep => "Equal waits",
        Act::Memory => "Memory",
        Act::Lesson => "The lesson",
        Act::Capacity => "Capacity",
        Act::CapacityCold => "Capacity, no connection open before",
    };
    let pings = plural(requests, "ping");
    let awake = awake(act, kept_awake);
    let sizes = format!("{what}{awake}: {pings}, {concurrency} at a time");
    match bound_ns {
        0 => sizes,
        bound => format!("{sizes}, not below {}", makespan(act, bound as f64)),
    }
}

/// What is to be known of the processors: those of most acts may sleep.
pub(crate) fn awake(act: Act, kept_awake: Option<bool>) -> &'static str {
    match (act, kept_awake) {
        (_, Some(true)) => ", processors kept awake",
        (Act::NoWaits, Some(false)) => ", processors may sleep",
        _ => "",
    }
}
