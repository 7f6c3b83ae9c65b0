//! Which batch of an act is told of, where the act was measured at several
//! levels: the only place that says so.

use super::{Batch, Summary};
use crate::record::Act;

/// How many in flight at once the uneven waits have of which everything tells.
/// Other levels of that act are for the speed-up over levels alone.
pub const UNEVEN_AT_ONCE: usize = 8;

/// The same where nothing waits.
pub const NO_WAITS_AT_ONCE: usize = 64;

impl Summary {
    /// The uneven waits of which findings, tables and charts tell: those with
    /// [`UNEVEN_AT_ONCE`] in flight, or if there are none, the lowest level.
    pub fn uneven(&self) -> Option<&Batch> {
        named(self.of_act(Act::Uneven), UNEVEN_AT_ONCE).next()
    }

    /// The pings without waits of which findings, tables and charts tell:
    /// those with [`NO_WAITS_AT_ONCE`] in flight, or if there are none, the
    /// lowest level with more than one. Where processors were kept awake and
    /// where they were not, the first.
    pub fn no_waits(&self) -> Option<&Batch> {
        self.no_waits_in_each_condition().next()
    }

    /// The same once for each condition of the processors: kept awake first.
    pub fn no_waits_in_each_condition(&self) -> impl Iterator<Item = &Batch> {
        let all = self.of_act(Act::NoWaits);
        named(all.filter(|batch| batch.concurrency > 1), NO_WAITS_AT_ONCE)
    }
}

/// The batches at this level, or if there are none, at the lowest one.
fn named<'a>(
    batches: impl Iterator<Item = &'a Batch>,
    level: usize,
) -> impl Iterator<Item = &'a Batch> {
    let batches: Vec<&Batch> = batches.collect();
    let levels = batches.iter().map(|batch| batch.concurrency);
    let known = levels.clone().find(|own| *own == level);
    let level = known.or(levels.min());
    let named = batches.into_iter();
    named.filter(move |batch| Some(batch.concurrency) == level)
}
