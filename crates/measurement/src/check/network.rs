//! Whether the network made a tail that no strategy made.
//!
//! The kernel counts segments sent again for everybody in a network
//! namespace, so a count above zero may be the browser next to us. But a lost
//! segment of ours leaves a trace of its own: a request fits into one
//! segment, and so does an answer, and of a single segment nothing is sent
//! again before the smallest retransmission timeout has passed. Its ping then
//! was on its way for at least that long, beyond the time that the server
//! held it. (Where an answer has more segments than one, a hole in it may be
//! mended sooner; what that costs is no tail.) Only with such a ping the
//! trial is void. Without one the others' trouble marks it.
//!
//! A connection that a full backlog refused is such a case, too: its first
//! segment is sent again, and not before a second has passed.

use super::{Check, Evidence, Flag, check, flag};
use crate::MILLISECOND;
use crate::record::Samples;

/// `TCP_RTO_MIN` of Linux, ns. The first segment of a connection waits longer.
const RETRANSMISSION_TIMEOUT: u64 = 200 * MILLISECOND;

pub(super) fn quiet(evidence: &Evidence<'_>) -> Check {
    let (again, refused) = (sent_again(evidence), refused(evidence));
    let way = match longest_way_ns(evidence) {
        Some(way) => format!("at most {way} ns on the way"),
        None => "how long on the way is not known".to_owned(),
    };
    check(
        "network-quiet",
        again.saturating_add(refused) == 0 || elsewhere(evidence),
        format!(
            "{again} segments sent again, {way}, {refused} connections refused"
        ),
    )
}

pub(super) fn retransmission_elsewhere(
    evidence: &Evidence<'_>,
) -> Option<Flag> {
    let (again, refused) = (sent_again(evidence), refused(evidence));
    let some = again.saturating_add(refused) > 0;
    (some && elsewhere(evidence)).then(|| {
        flag(
            "retransmission-elsewhere",
            format!(
                "{again} segments sent again, {refused} connections refused, \
                 no ping waited for one"
            ),
        )
    })
}

fn sent_again(evidence: &Evidence<'_>) -> u64 {
    evidence.host.retransmitted_segments.unwrap_or(0)
}

fn refused(evidence: &Evidence<'_>) -> u64 {
    evidence.host.listen_overflows.unwrap_or(0)
}

/// Whether no ping was on its way for long enough to have lost a segment.
fn elsewhere(evidence: &Evidence<'_>) -> bool {
    longest_way_ns(evidence).is_some_and(|way| way < RETRANSMISSION_TIMEOUT)
}

/// The longest that a ping was on its way; none if it is not known of all.
fn longest_way_ns(evidence: &Evidence<'_>) -> Option<u64> {
    (0..evidence.spec.requests).try_fold(0, |longest: u64, ping| {
        Some(longest.max(way_ns(evidence.samples, ping)?))
    })
}

/// How long a ping was between client and server, there and back: the
/// client's time without the server's hold. None where a stamp is missing.
fn way_ns(samples: &Samples, ping: usize) -> Option<u64> {
    let start = *samples.start_ns.get(ping)?;
    let end = *samples.end_ns.get(ping)?;
    let received = (*samples.received_ns.get(ping)?)?;
    let sent = (*samples.sent_ns.get(ping)?)?;
    let hold = u64::try_from(sent.saturating_sub(received)).unwrap_or(0);
    Some(end.saturating_sub(start).saturating_sub(hold))
}
