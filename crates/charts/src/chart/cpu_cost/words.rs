//! The words to the chart of processor time, and what is asked of it.

use measurement::summary::{Batch, Row, Summary};
use measurement::ways::{self, is_by_hand};

use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::{advice, figures};
use crate::chart::cpu_cost::finding::{
    finding_cpu_cost, task_over_thread, with_waits,
};
use crate::curve::sweep;
use crate::finding::{Said, hedge, less, said};
use crate::processors;
use crate::quantity::duration;

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
    let no_waits = summary.no_waits();
    let awake = no_waits.and_then(|batch| batch.kept_awake);
    let drawn = with_waits(summary).into_iter().chain(no_waits);
    let pair = drawn.into_iter().any(has_pair);
    let look_for = advice(&[
        (
            pair,
            "Compare rows that differ in one thing: the two by hand differ \
             only by the way, and the same way on a library and by hand only \
             by the library.",
        ),
        (
            !pair,
            "The rows have different client libraries: without a pair written \
             by hand nobody knows how much of the difference is the \
             library's.",
        ),
        (
            true,
            "Client and server are counted together: on one machine the \
             kernel books some work for one side on the other.",
        ),
        (awake == Some(true), "Without waits the processors were kept awake."),
        (awake == Some(false), "Without waits the processors may sleep."),
    ]);
    let figures = even.into_iter().chain(none);
    let also = by_hand(summary).into_iter();
    let also = also.chain(on_libraries(summary)).chain(library(summary));
    Caption {
        title: finding_cpu_cost(summary),
        description: format!(
            "Processor time of a ping, client and server together (in \
             brackets the server's part).{}",
            figures.collect::<String>(),
        ),
        look_for,
        also: also.collect(),
    }
}

/// What tasks cost over the pool where each has its library, a sentence for
/// pings with waits and one for those without.
fn on_libraries(summary: &Summary) -> Vec<String> {
    let say = |(batch, how): (&Batch, &str)| {
        let ratio = less(task_over_thread(batch)?);
        let pair = [ways::TASKS.id, ways::POOL.id];
        let rows = batch.rows.iter();
        let hedge = hedge(rows.filter(|row| pair.contains(&&*row.strategy)));
        let [tasks, pool] = pair.map(ways::client);
        Some(format!(
            "{how} waits a task on {tasks} costs {ratio} CPU than a pool \
             thread on {pool}{hedge}."
        ))
    };
    with_and_without(summary).filter_map(say).collect()
}

fn with_and_without(
    summary: &Summary,
) -> impl Iterator<Item = (&Batch, &'static str)> {
    let with = with_waits(summary).map(|batch| (batch, "With"));
    with.into_iter().chain(summary.no_waits().map(|b| (b, "Without")))
}

/// What a task costs over a thread where no library is under them, a sentence
/// for pings with waits and one for those without.
fn by_hand(summary: &Summary) -> Vec<String> {
    let both = with_and_without(summary);
    both.filter_map(|(batch, how)| of_pair(batch, how)).collect()
}

/// `With waits a task by hand costs 34 % less CPU than a pool thread.`
fn of_pair(batch: &Batch, how: &str) -> Option<String> {
    let found = match said(batch.by_hand_cpu.as_ref()) {
        Said::Differs(ratio) => {
            format!("costs {} CPU than a pool thread", less(ratio))
        }
        Said::NoDifference => {
            "costs the CPU of a pool thread, as far as can be seen".to_owned()
        }
        Said::Nothing(_) => return None,
    };
    let hedge = hedge(batch.rows.iter().filter(|r| is_by_hand(&r.strategy)));
    Some(format!("{how} waits a task by hand {found}{hedge}."))
}

/// What of the pool's cost is its client library's: `With a GET by hand in
/// place of ureq the pool costs 40 % less.`
fn library(summary: &Summary) -> Option<String> {
    let batch = summary.no_waits()?;
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

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let drawn: Vec<&Batch> =
        with_waits(summary).into_iter().chain(summary.no_waits()).collect();
    let has = |name: &str| {
        let mut rows = drawn.iter().flat_map(|batch| &batch.rows);
        rows.any(|row| row.strategy == name)
    };
    let pair = has(ways::POOL_BY_HAND.id) && has(ways::TASKS_BY_HAND.id);
    vec![
        (
            "Which two rows show what a task costs compared with a thread?",
            "Those by hand: they have the same GET under them. The pool on \
             ureq and the tasks on reqwest differ by their library, too.",
            pair,
        ),
        (
            "Which two rows show what a client library costs?",
            "The same way with the library and by hand, such as the pool on \
             ureq and the pool by hand.",
            pair,
        ),
        (
            "Why are client and server counted together?",
            "On one machine the kernel books some work of one side on the \
             other. Only the sum is sure.",
            !drawn.is_empty(),
        ),
        (
            "The pool and the tasks differ. Is that the price of a thread?",
            "Nobody can tell: they have different client libraries, too.",
            !drawn.is_empty(),
        ),
    ]
}
