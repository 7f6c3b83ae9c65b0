//! To the charts over the levels of the sweep, and of the whole run.

use measurement::summary::{Batch, Row, Summary};

use crate::curve;
use crate::finding::levels::{concurrent, named, row};
use crate::quantity::{duration, percent, speed_up as times};
use crate::questions::{Asked, about, around};
use crate::strategy::subject;

/// The strategy that is asked about: the reference, or else the first.
fn asked_about(batch: &Batch) -> Option<&Row> {
    let reference = batch.reference.as_deref();
    let reference = reference.and_then(|name| row(batch, name));
    reference.or_else(|| concurrent(batch).next())
}

/// The levels of the sweep, those first that titles speak of.
fn levels(summary: &Summary) -> Vec<&Batch> {
    let mut levels = named(summary);
    levels.reverse();
    for batch in curve::sweep(summary).into_iter().rev() {
        let known = |other: &&Batch| other.concurrency == batch.concurrency;
        if !levels.iter().any(known) && concurrent(batch).next().is_some() {
            levels.push(batch);
        }
    }
    levels
}

pub(super) fn speed_up(summary: &Summary) -> Vec<Asked> {
    let of = |batch: &Batch, waits: &str| {
        let row = asked_about(batch)?;
        let (name, plural) = subject(&row.strategy);
        let are = if plural { "are" } else { "is" };
        let level = batch.concurrency;
        let question = format!(
            "How many times as fast as one by one {are} {name} with {level} \
             in flight and {waits}?"
        );
        Some((question, about(row.speed_up.as_ref()?.median, times)))
    };
    let even = levels(summary);
    let first = even.first().and_then(|batch| of(batch, "even waits"));
    let floor = crate::cpu_cost::no_waits(summary);
    let floor = floor.and_then(|batch| of(batch, "no waits"));
    let more = even.iter().skip(1).filter_map(|b| of(b, "even waits"));
    first.into_iter().chain(floor).chain(more).collect()
}

pub(super) fn efficiency(summary: &Summary) -> Vec<Asked> {
    let of = |batch: &&Batch| {
        let row = asked_about(batch)?;
        let (name, plural) = subject(&row.strategy);
        let have = if plural { "do" } else { "does" };
        let level = batch.concurrency;
        let question = format!(
            "What efficiency {have} {name} have with {level} in flight?"
        );
        let kept = row.efficiency.as_ref()?.median;
        // Two points of a hundred.
        Some((question, around(kept, 0.02, percent)))
    };
    let mut levels = levels(summary);
    // The second is where the lines end, and have their numbers.
    if let Some(highest) =
        (1..levels.len()).max_by_key(|i| levels[*i].concurrency)
    {
        levels.swap(1, highest);
    }
    levels.iter().filter_map(of).collect()
}

/// The level whose times are drawn, or else the highest.
const LATENCY_LEVEL: usize = 64;

/// To the median of both curves: half of the pings are answered by then.
pub(super) fn latency(summary: &Summary) -> Vec<Asked> {
    let mut levels = levels(summary);
    levels.sort_by_key(|batch| {
        let level = batch.concurrency;
        (level != LATENCY_LEVEL, std::cmp::Reverse(level))
    });
    let found = levels.into_iter().find_map(|batch| {
        let row = asked_about(batch)?;
        Some((batch.concurrency, row))
    });
    let Some((level, row)) = found else { return Vec::new() };
    let (name, _) = subject(&row.strategy);
    let service = row.service.as_ref().and_then(|d| d.quantile(0.5));
    let sojourn = row.sojourn.as_ref().and_then(|d| d.quantile(0.5));
    let service = service.map(|time| {
        let question = format!(
            "With {level} in flight, how long at most did half of the pings \
             take from their start to their answer: {name}?"
        );
        (question, about(time, duration))
    });
    let sojourn = sojourn.map(|time| {
        let question = format!(
            "And how long after the start of the whole batch was half of the \
             pings answered: {name}?"
        );
        (question, about(time, duration))
    });
    service.into_iter().chain(sojourn).collect()
}

pub(super) fn trust(summary: &Summary) -> Vec<Asked> {
    let trust = &summary.trust;
    if trust.course.is_empty() {
        return Vec::new();
    }
    let disturbed = (
        "How many trials did the machine disturb?".to_owned(),
        match trust.disturbed {
            few @ 0..=9 => few.to_string(),
            many => about(many as f64, |number| format!("{number:.0}")),
        },
    );
    let twins = levels(summary).into_iter().find_map(|batch| {
        let twins = batch.twins.as_ref()?;
        let name = match &twins.strategies[..] {
            [one] => subject(one).0,
            _ => "each strategy",
        };
        let level = batch.concurrency;
        let question = format!(
            "How many percent away from 100 does the interval of {name} over \
             itself reach, with {level} in flight?"
        );
        let interval = twins.ratio.interval?;
        let reach = (1.0 - interval.low).max(interval.high - 1.0);
        let say = |part: f64| format!("{:.0} %", part.max(0.0) * 100.0);
        // A point of a hundred.
        Some((question, around(reach, 0.01, say)))
    });
    let counts = (
        "How many trials count?".to_owned(),
        about(trust.valid as f64, |number| format!("{number:.0}")),
    );
    [disturbed].into_iter().chain(twins).chain([counts]).collect()
}
