//! The words to the chart of memory, and what is asked of it.

use measurement::summary::Summary;
use measurement::ways::{self, is_by_hand};

use crate::asked::Asked;
use crate::caption::Caption;
use crate::caption::levels::advice;
use crate::chart::memory::finding::finding_memory;
use crate::quantity::{kib, mib};

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
            "Memory of the client process for one more ping in flight, from \
             the peaks with few and with many. {lines}"
        ),
        look_for: advice(&[
            (
                true,
                "A bar is what one more ping in flight takes; the program \
                 itself is paid once and not in it.",
            ),
            (
                pair,
                "Its coloured part is the same way with a GET by hand, which \
                 is the waiter alone; the grey rest is the client library's.",
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

/// What is asked of it.
pub(crate) fn questions(summary: &Summary) -> Vec<Asked> {
    let has =
        |name: &str| summary.memory.iter().any(|row| row.strategy == name);
    let pair = has(ways::TASKS.id) && has(ways::TASKS_BY_HAND.id);
    vec![
        (
            "What is there before the first ping is in flight, such as the \
             program itself, is in no bar of one more in flight. Why not?",
            "It is paid once. The bar is paid again for each ping in flight.",
            !summary.memory.is_empty(),
        ),
        (
            "Tasks on reqwest and tasks by hand wait in the same way. What is \
             the difference between the two?",
            "The library: its buffers and what it keeps for each request. What \
             is left by hand is the waiter's own.",
            pair,
        ),
        (
            "Which memory of a thread is in none of these bars?",
            "What the kernel keeps for it, and for its socket.",
            !summary.memory.is_empty(),
        ),
    ]
}
