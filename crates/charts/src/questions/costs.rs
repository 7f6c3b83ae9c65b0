//! To the charts of what pings cost.

use measurement::summary::{Memory, Row, Summary};
use measurement::ways;

use crate::cpu_cost::no_waits;
use crate::curve::sweep;
use crate::finding::of_client;
use crate::memory::content;
use crate::quantity::{duration, kib, mib};
use crate::questions::{Asked, about};
use crate::strategy::subject;

fn cost_of(row: &Row, level: usize, waits: &str) -> Option<Asked> {
    let median = row.cpu_per_request_ns.as_ref()?.median;
    let name = of_client(subject(&row.strategy).0, &row.client);
    let question = format!(
        "How much processor time does a ping cost, client and server, \
         {waits}, {level} in flight: {name}?"
    );
    Some((question, about(median, duration)))
}

pub(super) fn cpu_cost(summary: &Summary) -> Vec<Asked> {
    let levels = sweep(summary);
    let floor = no_waits(summary);
    let named = floor.iter().chain(levels.iter().rev());
    let reference = named.filter_map(|b| b.reference.as_deref()).next();
    let floor = floor.into_iter().flat_map(|batch| {
        [ways::POOL.id, ways::POOL_BY_HAND.id].into_iter().filter_map(|name| {
            let mut rows = batch.rows.iter();
            let row = rows.find(|row| row.strategy == name)?;
            cost_of(row, batch.concurrency, "without waits")
        })
    });
    // With waits only the right ends of the lines have a number.
    let highest = levels.last().into_iter().flat_map(|batch| {
        let rows = batch.rows.iter();
        let mut rows: Vec<&Row> =
            rows.filter(|row| !ways::is_one_by_one(&row.strategy)).collect();
        rows.sort_by_key(|row| Some(row.strategy.as_str()) != reference);
        rows.into_iter().filter_map(|row| {
            cost_of(row, batch.concurrency, "with even waits")
        })
    });
    floor.chain(highest).collect()
}

fn slope_of(row: &Memory) -> Asked {
    let name = of_client(subject(&row.strategy).0, &row.client);
    let question =
        format!("How much memory does one more ping in flight take: {name}?");
    let say = |bytes: f64| format!("{} KiB", kib(bytes));
    (question, about(row.slope_bytes.median, say))
}

pub(super) fn memory(summary: &Summary) -> Vec<Asked> {
    if content(summary).is_err() {
        return Vec::new();
    }
    let of = |name: &str| {
        let mut rows = summary.memory.iter();
        rows.find(|row| row.strategy == name)
    };
    let named = [ways::TASKS.id, ways::POOL_BY_HAND.id, ways::POOL.id];
    let slopes = named.into_iter().filter_map(of).map(slope_of);
    let base = summary.memory.first().map(|row| {
        let name = of_client(subject(&row.strategy).0, &row.client);
        let question =
            format!("How much memory is there before the first ping: {name}?");
        let say = |bytes: f64| format!("{} MiB", mib(bytes));
        (question, about(row.base_bytes, say))
    });
    slopes.chain(base).collect()
}
