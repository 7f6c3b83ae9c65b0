//! A table with what stands above it.

use measurement::record::Act;
use measurement::summary::Batch;

/// A table with what stands above it.
#[derive(Debug)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// A sentence below the heading; may be empty.
    pub text: String,
    /// What stands above the columns.
    pub headers: Vec<String>,
    /// The cells, row by row.
    pub rows: Vec<Vec<String>>,
    /// Whether it is seen before somebody asks for it.
    pub open: bool,
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
