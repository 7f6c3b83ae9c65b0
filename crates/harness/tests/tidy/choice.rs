//! What pages tell from the sample: the ends of a waterfall, and which way to
//! choose.

use std::fmt::Write;

use measurement::record::Act;
use measurement::summary::{Row, Summary};

use crate::documents::{quote, sample_summary};

#[test]
fn the_pages_quote_the_sample() {
    let summary = sample_summary();
    quote("docs/start.md", "ends", &ends(&summary));
    quote("docs/which.md", "choice", &choice(&summary));
}

fn row<'a>(
    summary: &'a Summary,
    act: Act,
    concurrency: usize,
    strategy: &str,
) -> &'a Row {
    let mut batches = summary.of_act(act);
    let batch = batches.find(|batch| batch.concurrency == concurrency);
    let mut rows = batch.expect("a batch").rows.iter();
    rows.find(|row| row.strategy == strategy).expect("a row")
}

/// Milliseconds, at the median.
fn makespan(row: &Row) -> f64 {
    row.makespan_ns.as_ref().expect("a makespan").median / 1e6
}

fn ends(summary: &Summary) -> String {
    let mut text = String::from(
        "| panel | its end | times the earliest possible |\n\
         | --- | ---: | ---: |\n",
    );
    let batch = summary.of_act(Act::Uneven).next().expect("uneven waits");
    let bound = batch.bound_ns as f64 / 1e6;
    for row in &batch.rows {
        let end = makespan(row);
        let _ = writeln!(
            text,
            "| {} | {end:.0} ms | {:.2} |",
            row.strategy,
            end / bound
        );
    }
    text
}

fn choice(summary: &Summary) -> String {
    let sweep = |strategy| row(summary, Act::Sweep, 8, strategy);
    let faster = |strategy| {
        sweep(strategy).speed_up.as_ref().expect("a speed-up").median
    };
    let book = |strategy| makespan(row(summary, Act::Book, 6, strategy)) / 1e3;
    let uneven = |strategy| makespan(row(summary, Act::Uneven, 8, strategy));
    let no_waits = |strategy| {
        let row = row(summary, Act::NoWaits, 64, strategy);
        row.speed_up.as_ref().expect("a speed-up").median
    };
    let kib = |strategy: &str| {
        let mut memory = summary.memory.iter();
        let found = memory.find(|memory| memory.strategy == strategy);
        found.expect("memory").slope_bytes.median / 1024.0
    };
    let threads = |strategy| {
        let row = row(summary, Act::Book, 6, strategy);
        row.threads.expect("threads")
    };
    let lanes = [
        "Does each ping need the answer of the one before, or are there few?".to_owned(),
        "├─ yes ─→ LESSON 1, a loop".to_owned(),
        format!("│         six pings take {:.2} s; at once {:.2} s, if you may", book("sequential"), book("threads")),
        "└─ no".to_owned(),
        "   Is it waiting that takes the time, or computing?".to_owned(),
        "   ├─ computing ─→ as many threads as processors; none of lessons 1 to 5".to_owned(),
        format!("   │               without waits, 64 at once: threads {:.1}×, pool {:.1}×", no_waits("threads"), no_waits("worker-pool")),
        "   └─ waiting".to_owned(),
        "      Are hundreds or more in flight at once?".to_owned(),
        "      ├─ yes ─→ LESSON 5, async tasks".to_owned(),
        format!("      │         one more waiting takes {:.0} KiB, a thread {:.0} KiB;", kib("async-tasks"), kib("worker-pool")),
        format!("      │         for six pings {:.0} threads in all, the pool has {:.0}", threads("async-tasks"), threads("worker-pool")),
        "      └─ no".to_owned(),
        "         Do the waits differ, or does the list still grow?".to_owned(),
        "         ├─ yes, or I do not know ─→ LESSON 4, a worker pool".to_owned(),
        format!("         │         uneven waits, 8 at a time: pool {:.0} ms,", uneven("worker-pool")),
        format!("         │         shares {:.0} ms, waves {:.0} ms", uneven("scoped-threads"), uneven("threads")),
        "         └─ no, they are alike".to_owned(),
        "            Is there a thread for each to spare, or may they be few?".to_owned(),
        "            ├─ one for each ─→ LESSON 2, threads".to_owned(),
        format!("            │         equal waits, 8 at once: {:.1}× as fast", faster("threads")),
        "            └─ few, that borrow the list ─→ LESSON 3, scoped threads".to_owned(),
        format!("                      equal waits, 8 at once: {:.1}×; the pool {:.1}×", faster("scoped-threads"), faster("worker-pool")),
    ];
    // A finding that a choice is built on: if it no longer holds, the tree
    // must be thought about again.
    assert!(uneven("worker-pool") < uneven("scoped-threads"));
    assert!(uneven("scoped-threads") < uneven("threads"));
    assert!(kib("async-tasks") < kib("worker-pool"));
    assert!(no_waits("worker-pool") < faster("worker-pool"));
    let mut text = String::from("```text\n");
    for line in lanes {
        assert!(line.chars().count() <= 80, "too wide: {line}");
        let _ = writeln!(text, "{line}");
    }
    text + "```\n"
}
