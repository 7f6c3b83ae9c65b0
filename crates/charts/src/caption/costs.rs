//! The words to the charts of what pings cost.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways::{self, is_by_hand};

use crate::caption::Caption;
use crate::caption::levels::{advice, figures};
use crate::cpu_cost::no_waits;
use crate::curve::sweep;
use crate::finding::cpu_cost::with_waits;
use crate::finding::{Said, hedge, less, said};
use crate::processors;
use crate::quantity::{duration, kib, mib};
use crate::{finding_cpu_cost, finding_memory};

/// The words to [`crate::cpu_cost()`].
pub fn caption_cpu_cost(summary: &Summary) -> Caption {
    let cost = |row: &Row| {
        let both = duration(row.cpu_per_request_ns.as_ref()?.median);
        let server = row.server_cpu_per_request_ns.as_ref()?.median;
        Some(format!("{both} ({})", duration(server)))
    };
    let levels = sweep(summary);
    let even: Vec<String> = levels
        .iter()
        .filter_map(|batch| figures("Even waits,", batch, cost))
        .collect();
    let none: Vec<String> = summary
        .no_waits_in_each_condition()
        .filter_map(|b| figures(&processors::no_waits(b), b, cost))
        .collect();
    let awake = no_waits(summary).and_then(|batch| batch.kept_awake);
    let pair = no_waits(summary).is_some_and(has_pair);
    let look_for = advice(&[
        (
            !even.is_empty(),
            "Look whether the lines rise to the right: along a level line a \
             ping costs the same, however many others are in flight.",
        ),
        (
            pair,
            "Compare columns that differ in one thing: the two by hand differ \
             only by the way, and the same way on a library and by hand only \
             by the library.",
        ),
        (
            !none.is_empty() && !pair,
            "The columns have different client libraries: without a pair \
             written by hand nobody knows how much of the difference is the \
             library's.",
        ),
        (
            true,
            "Client and server are counted together: on the loopback the \
             system books work for one side on the other.",
        ),
        (awake == Some(true), "Without waits the processors were kept awake."),
        (awake == Some(false), "Without waits the processors may sleep."),
    ]);
    let figures = even.into_iter().chain(none);
    Caption {
        title: finding_cpu_cost(summary),
        description: format!(
            "Processor time of a ping, client and server together (in \
             brackets the server's part).{}",
            figures.collect::<String>(),
        ),
        look_for,
        also: by_hand(summary).into_iter().chain(library(summary)).collect(),
    }
}

/// What a task costs over a thread where no library is under them, a sentence
/// for pings without waits and one for those with.
fn by_hand(summary: &Summary) -> Vec<String> {
    let without = no_waits(summary).map(|batch| (batch, "Without"));
    let with = with_waits(summary).map(|batch| (batch, "With"));
    let both = without.into_iter().chain(with);
    both.filter_map(|(batch, how)| of_pair(batch, how)).collect()
}

/// `With waits a task by hand costs 34 % less CPU than a thread.`
fn of_pair(batch: &Batch, how: &str) -> Option<String> {
    let found = match said(batch.by_hand_cpu.as_ref()) {
        Said::Differs(ratio) => {
            format!("costs {} CPU than a thread", less(ratio))
        }
        Said::NoDifference => {
            "costs the CPU of a thread, as far as can be seen".to_owned()
        }
        Said::Nothing(_) => return None,
    };
    let hedge = hedge(batch.rows.iter().filter(|r| is_by_hand(&r.strategy)));
    Some(format!("{how} waits a task by hand {found}{hedge}."))
}

/// What of the pool's cost is its client library's: `With a GET by hand in
/// place of ureq the pool costs 40 % less.`
fn library(summary: &Summary) -> Option<String> {
    let batch = no_waits(summary)?;
    let row = |name: &str| batch.rows.iter().find(|r| r.strategy == name);
    let (hand, pool) = (row(ways::POOL_BY_HAND.id)?, row(ways::POOL.id)?);
    let Said::Differs(ratio) = said(hand.cpu_ratio.as_ref()) else {
        return None;
    };
    Some(format!(
        "Without waits and with a GET by hand in place of {}, the pool costs \
         {}{}.",
        pool.client,
        less(ratio),
        hedge([hand, pool])
    ))
}

fn has_pair(batch: &Batch) -> bool {
    batch.rows.iter().any(|row| is_by_hand(&row.strategy))
}

/// The words to [`crate::memory()`].
pub fn caption_memory(summary: &Summary) -> Caption {
    let lines: Vec<String> = summary
        .memory
        .iter()
        .map(|memory| {
            format!(
                "{} {} MiB and {} KiB",
                ways::name(&memory.strategy),
                mib(memory.base_bytes),
                kib(memory.slope_bytes.median),
            )
        })
        .collect();
    let lines = match lines.is_empty() {
        true => "No trial counts.".to_owned(),
        false => format!(
            "A base, and what each ping in flight adds: {}.",
            lines.join(", ")
        ),
    };
    let pair = summary.memory.iter().any(|row| is_by_hand(&row.strategy));
    Caption {
        title: finding_memory(summary),
        description: format!(
            "Peak of resident memory of the client process over the pings in \
             flight. {lines}"
        ),
        look_for: advice(&[
            (
                true,
                "Look how steep a line is, and not how high it begins: the \
                 base is paid once, the slope for every ping in flight.",
            ),
            (
                pair,
                "Hollow symbols are requests written by hand: what the same \
                 way takes beyond that on a library, the library takes.",
            ),
            (
                true,
                "The kernel's own memory for threads and sockets is in no \
                 figure here.",
            ),
        ]),
        also: Vec::new(),
    }
}
