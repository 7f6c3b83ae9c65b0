//! Whether the network made a tail that no strategy made.
//!
//! The kernel counts segments sent again, and connections that a full backlog
//! refused, for everybody in a network namespace: they may be the browser's
//! next to us. Which of them were ours, only a ping that took long could tell,
//! and whoever takes out trials that took long makes the rest look quick. So
//! nothing is voided, whoever it was: it is marked.

use super::evidence::Evidence;
use crate::finding::{Flag, flag};

pub(super) fn retransmission(evidence: &Evidence<'_>) -> Option<Flag> {
    let again = evidence.host.retransmitted_segments.unwrap_or(0);
    let refused = evidence.host.listen_overflows.unwrap_or(0);
    (again > 0 || refused > 0).then(|| {
        flag(
            "retransmission",
            format!(
                "{again} segments sent again, {refused} connections refused"
            ),
        )
    })
}
