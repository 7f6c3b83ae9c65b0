//! The words to the ladder of clients, and what is asked of it.

use measurement::summary::Summary;

use super::rungs::{Rung, ladder};
use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::advice;
use crate::finding::found::NOTHING;
use crate::finding::{fitting, hedge};
use crate::quantity::{factor, microseconds};

/// The finding of the ladder: what the top rung costs over the lowest.
pub fn finding_clients(summary: &Summary) -> String {
    let Some((_, rungs)) = ladder(summary) else { return NOTHING.to_owned() };
    let (Some(low), Some(top)) = (rungs.first(), rungs.last()) else {
        return NOTHING.to_owned();
    };
    let hedge = hedge(rungs.iter().map(|rung| rung.row));
    let cost = |rung: &Rung<'_>| microseconds(rung.cost.median);
    let (under, over) = (low.on(), top.on());
    let [cheap, dear] = [low, top].map(cost);
    if top.adds(low).is_none() {
        return fitting([
            format!(
                "A ping costs {cheap} µs of CPU {under}, {dear} {over}: no \
                 visible difference{hedge}"
            ),
            format!("CPU {under} and {over}: no visible difference{hedge}"),
        ]);
    }
    let times = factor(top.cost.median / low.cost.median);
    let mut claims = Vec::new();
    if let [_, second, .., _] = rungs.as_slice() {
        let (middle, name) = (cost(second), second.on());
        for whose in ["its client ", ""] {
            claims.push(format!(
                "A ping costs {whose}{cheap} µs of CPU {under}, {middle} \
                 {name}, {dear} {over}{hedge}"
            ));
        }
    }
    claims.push(format!(
        "A ping {over} costs {times} the CPU of one {under}{hedge}"
    ));
    fitting(claims)
}

/// The words to [`crate::clients()`].
pub fn caption_clients(summary: &Summary) -> Caption {
    let rungs = ladder(summary).map(|(_, rungs)| rungs).unwrap_or_default();
    let figures: Vec<String> = rungs
        .iter()
        .map(|rung| {
            let cost = microseconds(rung.cost.median);
            format!("{} {cost} µs", rung.client())
        })
        .collect();
    let steps = rungs.windows(2).map(|pair| {
        let (before, rung) = (&pair[0], &pair[1]);
        let name = rung.client();
        match rung.adds(before) {
            Some(ns) => format!("{name} adds {} µs.", microseconds(ns)),
            None => format!("What {name} adds cannot be seen."),
        }
    });
    Caption {
        title: finding_clients(summary),
        description: format!(
            "The client's processor time of a ping, by client: {}.",
            figures.join(", ")
        ),
        look_for: advice(&[
            (
                true,
                "Each bar holds the one above it: what it has more is what its \
                 own layer adds.",
            ),
            (
                true,
                "All four send the same bytes from the same tasks on one \
                 thread, so nothing else differs.",
            ),
        ]),
        also: steps.collect(),
    }
}

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let known = ladder(summary).is_some();
    vec![
        (
            "Which part of the longest bar would be left with the quickest \
             client of all?",
            "About as much as the bar by hand: most of that is the kernel, which \
             sends and receives for every client.",
            known,
        ),
        (
            "Two bars differ. Is that the price of the thread, the task or the \
             client?",
            "Of the client: all have the same tasks on one thread.",
            known,
        ),
    ]
}
