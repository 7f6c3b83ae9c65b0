use std::borrow::Cow;
use std::time::Instant;

use ping_core::{Ping, PingError, masked, masked_url};
use safe_text::csv::cell;
use serde::Serialize;

use crate::ping::tally::Verdict;

/// One ping, as JSON and CSV tell it.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    pub(super) url: Cow<'a, str>,
    pub(super) status: Option<u16>,
    pub(super) reason: Option<Cow<'a, str>>,
    pub(super) started_s: f64,
    pub(super) elapsed_s: f64,
    pub(super) bytes: Option<u64>,
    pub(super) error: Option<String>,
    pub(super) outcome: &'static str,
    pub(super) cut_off: bool,
    pub(super) retried: bool,
}

impl<'a> Told<'a> {
    pub(super) fn of(
        ping: &'a Ping,
        start: Instant,
        verdict: Verdict,
    ) -> Told<'a> {
        let reply = ping.result.as_ref().ok();
        let error = ping.result.as_ref().err();
        Told {
            url: masked_url(&ping.url).into(),
            status: reply.map(|reply| reply.status),
            reason: reply.map(|reply| masked(reply.reason())),
            started_s: ping.started.duration_since(start).as_secs_f64(),
            elapsed_s: ping.elapsed.as_secs_f64(),
            bytes: reply.map(|reply| reply.bytes),
            error: error.map(|why| masked(&why.to_string()).into_owned()),
            outcome: match verdict {
                Verdict::Ok => "ok",
                Verdict::Unexpected => "unexpected",
                Verdict::Failed(kind) => kind,
                Verdict::NeverSent => "never_sent",
            },
            cut_off: error.is_some_and(PingError::is_cut_off),
            retried: ping.retried,
        }
    }

    pub(super) fn csv(&self) -> String {
        let number =
            |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        [
            cell(&self.url),
            number(self.status.map(u64::from)),
            cell(self.reason.as_deref().unwrap_or_default()),
            format!("{:.6}", self.started_s),
            format!("{:.6}", self.elapsed_s),
            number(self.bytes),
            cell(self.error.as_deref().unwrap_or_default()),
            self.outcome.to_owned(),
            self.cut_off.to_string(),
            self.retried.to_string(),
        ]
        .join(",")
    }
}
