//! A table with what stands above it, and what a batch is called.

use measurement::quantity::{makespan, plural};
use measurement::record::Act;
use measurement::summary::Batch;

/// A table with what stands above it.
pub(crate) struct Section {
    pub(crate) heading: String,
    /// A sentence below the heading; may be empty.
    pub(crate) text: String,
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether it is seen before somebody asks for it.
    pub(crate) open: bool,
}

/// What makes readers of a batch without waits wonder.
pub(super) fn no_waits(batch: &Batch) -> Option<&'static str> {
    let asked = batch.act == Act::Sweep && batch.bound_ns == 0;
    let several = (batch.act == Act::NoWaits || asked) && batch.concurrency > 1;
    several.then_some(match batch.kept_awake {
        Some(true) => {
            "Nobody waits here, and many at once may be faster than one by \
             one all the same. Meanwhile a process of the lowest priority \
             kept every processor awake: without it, one by one would also \
             wait for a processor to wake up. More of it stands in \
             docs/formulas.md, below F5."
        }
        Some(false) => {
            "The same with processors that may sleep. One by one, a processor \
             that has gone idle must be woken twice for every ping; many at \
             once keep it awake. So these speed-ups may be larger than the \
             number of processors: they tell of idle processors, too."
        }
        None => {
            "Nobody waits here, and many at once may be faster than one by \
             one all the same, even by more than there are processors: \
             nothing kept the processors awake. One by one, a processor that \
             has gone idle must be woken for every ping, and these speed-ups \
             tell of that, too."
        }
    })
}

/// What a batch is, in words.
pub fn heading(batch: &Batch) -> String {
    let Batch { act, kept_awake, requests, concurrency, bound_ns, .. } = batch;
    heading_of(*act, *kept_awake, *requests, *concurrency, *bound_ns)
}

/// The same of a batch that is in several runs.
pub(crate) fn heading_of(
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
pub(in crate::report) fn awake(
    act: Act,
    kept_awake: Option<bool>,
) -> &'static str {
    match (act, kept_awake) {
        (_, Some(true)) => ", processors kept awake",
        (Act::NoWaits, Some(false)) => ", processors may sleep",
        _ => "",
    }
}
