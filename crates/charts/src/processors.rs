//! What is to be known of the processors where nothing waits: whether they
//! could go idle decides more than how the pings are shared out.

use measurement::summary::Batch;

/// `processors kept awake`; empty where that was not recorded.
pub(crate) fn processors(batch: &Batch) -> &'static str {
    match batch.kept_awake {
        Some(true) => "processors kept awake",
        Some(false) => "processors may sleep",
        None => "",
    }
}

/// `No waits, processors kept awake,`, before the figures of a batch.
pub(crate) fn no_waits(batch: &Batch) -> String {
    match processors(batch) {
        "" => "No waits,".to_owned(),
        words => format!("No waits, {words},"),
    }
}
