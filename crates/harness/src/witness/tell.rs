//! What the server saw, on the terminal.

use std::path::Path;

use charts::Observation;
use measurement::earliest::Earliest;
use measurement::judgement::Judgement;
use measurement::lanes;
use measurement::quantity::mean;
use measurement::ways::Kin;
use measurement::witness::{End, Stamp, Testimony, Witness};

use super::voice::Voice;
use super::words;
use crate::duration::display;
use crate::interrupt::INTERRUPTED;
use crate::terminal::{Ink, Paint, Panel, Span, legend, waterfall, width};

/// Says what the server saw, and what follows from it.
pub(super) fn tell(
    testimony: &Testimony,
    of: &Observation<'_>,
    judgement: &Judgement,
    voice: Voice,
) {
    let (seen, program) = (&testimony.witness, of.program);
    voice.say("");
    voice.say(format!("What the server saw of {program}").ink(Ink::Strong));
    for (name, value) in
        lines(testimony).into_iter().chain(follows(testimony, of, judgement))
    {
        voice.say(format!("  {name:<18} {value}"));
    }
    if seen.requests > 0 {
        voice.say("");
        let title =
            "in flight at the server, from the first request to the last";
        if let Some(legend) = legend() {
            voice.say(format!("  {legend}").ink(Ink::Muted));
        }
        for line in waterfall(&[panel(seen, title)], width() - 4) {
            voice.say(format!("  {line}"));
        }
    }
    verdicts(of, judgement, voice);
}

/// What was asked of the program and expected, and whether it did it.
fn verdicts(of: &Observation<'_>, judgement: &Judgement, voice: Voice) {
    let ink = |missed| if missed { Ink::Wrong } else { Ink::Strong };
    if let Some(claim) = judgement.claim {
        let verdict = charts::caption_witness(of);
        let title = format!("Verdict: {}", verdict.title);
        voice.say("");
        voice.say(title.ink(ink(claim.is_missed())));
        for sentence in verdict.also {
            voice.say(sentence);
        }
    }
    let missed = judgement.expectations.iter().filter(|e| !e.met).count();
    if !judgement.expectations.is_empty() {
        let all = judgement.expectations.len();
        let title = format!("Expectations: {} of {all} met", all - missed);
        voice.say("");
        voice.say(title.ink(ink(missed > 0)));
        for outcome in &judgement.expectations {
            voice.say(words::outcome(outcome).ink(ink(!outcome.met)));
        }
    }
    let stopped = judgement.exit_code == INTERRUPTED;
    if !judgement.succeeded && !stopped {
        let ended = &judgement.testimony.ended;
        voice.say("");
        voice.say(format!("The program failed: {ended}").ink(Ink::Wrong));
    }
    voice.say("");
}

/// The rows that follow from what was seen.
fn follows(
    testimony: &Testimony,
    of: &Observation<'_>,
    judgement: &Judgement,
) -> Vec<(&'static str, String)> {
    let seen = &testimony.witness;
    let mut rows = Vec::new();
    if of.asked.is_some() {
        let earliest = Earliest::of(seen, of.asked);
        let [end, near] = words::nearness(earliest, seen);
        rows.extend([("earliest end", end), ("efficiency", near)]);
    }
    rows.push(("shape", words::shape(judgement.shape, testimony)));
    rows
}

/// A program without its path.
pub(super) fn short_name(program: &str) -> &str {
    let name = Path::new(program).file_name().and_then(|name| name.to_str());
    name.unwrap_or(program)
}

fn lines(testimony: &Testimony) -> Vec<(&'static str, String)> {
    let seen = &testimony.witness;
    let numbering = match seen.numbered_by_arrival {
        0 if seen.requests == 0 => "none at all".to_owned(),
        0 => "numbered by its ?seq=".to_owned(),
        all if all == seen.requests => {
            "numbered by arrival: its URLs have no ?seq=".to_owned()
        }
        some => format!("{some} of them numbered by arrival"),
    };
    let at_once = seen.mean_in_flight().unwrap_or(0.0);
    let statuses: Vec<String> = (seen.statuses.iter())
        .map(|(status, count)| format!("{count} × {status}"))
        .collect();
    let mut lines = vec![
        ("requests", format!("{} ({numbering})", seen.requests)),
        ("peak in flight", seen.peak_in_flight.to_string()),
        ("mean in flight", mean(at_once)),
        ("connections", seen.connections.to_string()),
        ("asked twice", seen.duplicates.to_string()),
        ("answered", format!("{} ({})", seen.done, statuses.join(", "))),
        (
            "left unfinished",
            format!(
                "{} ({} given up by the program, {} still running at its end)",
                seen.aborted + seen.in_flight,
                seen.aborted,
                seen.in_flight
            ),
        ),
    ];
    if !seen.faults.is_empty() {
        let met = seen.faults.iter();
        let met =
            met.map(|(fault, count)| format!("{count} × {}", fault.name()));
        let met = met.collect::<Vec<_>>().join(", ");
        lines.push(("met on purpose", met));
        lines.push(("not in full", format!("{}, on purpose", seen.faulted)));
    }
    if seen.pipelined > 0 {
        let behind = seen.pipelined;
        let how = "taken one at a time, and counted so";
        lines.push(("sent behind others", format!("{behind} ({how})")));
    }
    if seen.malformed > 0 {
        lines.push(("not HTTP", seen.malformed.to_string()));
    }
    if let Some(span) = seen.span_ns() {
        lines.push(("first to last", display(span as f64)));
    }
    lines.push(("it ended with", testimony.ended.clone()));
    lines
}

/// What was in flight at the server, on its own scale.
pub(crate) fn panel(seen: &Witness, title: &str) -> Panel {
    let zero = seen.first_received_ns.unwrap_or(0);
    let last = seen.stamps.iter().filter_map(|stamp| stamp.sent_ns).max();
    let now = last.or(seen.last_sent_ns).unwrap_or(zero);
    let in_flight = |stamp: &Stamp| {
        // What is still running has no end yet: it goes on to the edge.
        let end_ns = match stamp.end {
            End::InFlight => now.max(stamp.received_ns + 1),
            _ => stamp.sent_ns.unwrap_or(now),
        };
        (stamp.received_ns.saturating_sub(zero), end_ns.saturating_sub(zero))
    };
    let times: Vec<(u64, u64)> = seen.stamps.iter().map(in_flight).collect();
    let left_out = match seen.stamps_dropped {
        0 => String::new(),
        dropped => format!(" (the first {dropped} left out)"),
    };
    Panel {
        title: format!("{title}{left_out}"),
        ink: Ink::Strategy(Kin::Waves),
        spans: Span::in_lanes(&times, &lanes::assign(&times)),
    }
}
