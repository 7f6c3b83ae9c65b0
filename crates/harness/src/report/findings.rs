use measurement::record::Act;
use measurement::summary::{Batch, Row, Summary};

/// What a run has found, a sentence each.
pub fn findings(summary: &Summary) -> Vec<String> {
    summary.batches.iter().flat_map(of_batch).collect()
}

fn of_batch(batch: &Batch) -> Vec<String> {
    match batch.act {
        Act::Book => [Some(charts::finding_book(batch)), languages(batch)]
            .into_iter()
            .flatten()
            .collect(),
        Act::Uneven => [Some(charts::finding_uneven(batch)), threads(batch)]
            .into_iter()
            .flatten()
            .collect(),
        _ => vec![],
    }
}

/// Waiting takes as long in every language.
fn languages(batch: &Batch) -> Option<String> {
    let rust = makespan(batch, "sequential")?;
    let python = makespan(batch, "python-sequential")?;
    let took = format!(
        "One after another, Rust takes {:.2} s for {} pings and Python {:.2} s",
        rust / 1e9,
        batch.requests,
        python / 1e9
    );
    // Below a tenth the difference is start-up and habit, not waiting.
    Some(if (rust / python - 1.0).abs() < 0.1 {
        took + ": waiting is no faster in another language"
    } else {
        took + ", in one round"
    })
}

/// What it takes to have so many in flight.
fn threads(batch: &Batch) -> Option<String> {
    let pool = row(batch, "worker-pool")?.threads?;
    let tasks = row(batch, "async-tasks")?.threads?;
    Some(format!(
        "To have {} in flight the worker pool keeps {pool:.0} threads and the \
         tasks {tasks:.0}, the main one included",
        batch.concurrency
    ))
}

fn makespan(batch: &Batch, strategy: &str) -> Option<f64> {
    Some(row(batch, strategy)?.makespan_ns.as_ref()?.median)
}

fn row<'a>(batch: &'a Batch, strategy: &str) -> Option<&'a Row> {
    batch.rows.iter().find(|row| row.strategy == strategy)
}
