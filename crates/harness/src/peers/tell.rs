//! What came of it, in words and as a table.

use charts::{compare_peers, peer_name};
use comfy_table::CellAlignment;
use measurement::compare::Comparison;
use measurement::peers::{Discrepancy, PeerRow, Peers, PeersSummary};
use measurement::quantity::{
    NOT_APPLICABLE, duration, factor, mib, microseconds, milliseconds, number,
    plural, whole,
};
use measurement::statistics::Estimate;
use safe_text::terminal::{printable, shortened};

use crate::terminal::{Ink, Paint, plain_table, say};

/// Prints it all.
pub(super) fn tell(peers: &Peers, summary: &PeersSummary) {
    let wait = match peers.wait_ns {
        0 => "the server answers at once".to_owned(),
        ns => format!("the server waits {}", duration(ns as f64)),
    };
    say("");
    say(format!(
        "{} in flight, {wait}, {}",
        number(peers.concurrency),
        plural(rounds(summary), "round")
    )
    .ink(Ink::Strong));
    let (header, rows) = table(summary);
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    for line in plain_table(&header, rows.into_iter(), CellAlignment::Right) {
        say(format!("  {line}"));
    }
    say("");
    say("Counted by the server".ink(Ink::Strong));
    for verdict in verdicts(summary) {
        say(format!("  {verdict}"));
    }
    say("");
    say("Ours, and the best of the others".ink(Ink::Strong));
    for line in compare_peers(summary) {
        say(format!("  {line}"));
    }
    say("");
}

/// The rounds that every client has which works at all.
fn rounds(summary: &PeersSummary) -> usize {
    let counts = summary.rows.iter().map(|row| row.valid);
    counts.filter(|valid| *valid > 0).min().unwrap_or(0)
}

/// The header and the rows, those of the least CPU first; a line break in the
/// header is one on the terminal.
pub fn table(summary: &PeersSummary) -> (Vec<String>, Vec<Vec<String>>) {
    let reference = summary.row(&summary.reference).map(peer_name);
    let of = shortened(&reference.unwrap_or_default(), 6);
    let header = [
        String::new(),
        "CPU\nµs".to_owned(),
        format!("of\n{of}"),
        "requests\na second".to_owned(),
        format!("of\n{of}"),
        "server\nµs".to_owned(),
        "MiB".to_owned(),
        "threads".to_owned(),
        "start\nms".to_owned(),
    ];
    let rows = summary.by_cost();
    (header.to_vec(), rows.into_iter().map(cells).collect())
}

fn cells(row: &PeerRow) -> Vec<String> {
    let median = |estimate: &Option<Estimate>, say: fn(f64) -> String| {
        let said = estimate.as_ref().map(|estimate| say(estimate.median));
        said.unwrap_or_else(|| NOT_APPLICABLE.to_owned())
    };
    let ratio = |comparison: &Option<Comparison>| {
        let said = comparison.as_ref().map(|c| factor(c.ratio.median));
        said.unwrap_or_default()
    };
    vec![
        printable(&peer_name(row)),
        median(&row.cpu_per_request_ns, microseconds),
        ratio(&row.cpu_ratio),
        median(&row.requests_per_second, whole),
        ratio(&row.speed_ratio),
        median(&row.server_cpu_per_request_ns, microseconds),
        median(&row.peak_rss_bytes, mib),
        median(&row.threads, whole),
        median(&row.start_cpu_ns, milliseconds),
    ]
}

/// Who did something else than it was asked to, or than it says; and who did
/// not work.
pub fn verdicts(summary: &PeersSummary) -> Vec<String> {
    let (mut lines, mut kept) = (Vec::new(), Vec::new());
    for row in &summary.rows {
        let who = printable(&peer_name(row));
        if let Some(why) = &row.failure {
            lines.push(format!("{who} failed: {}", printable(why)));
        }
        lines.extend(row.found.iter().map(|found| sentence(&who, *found)));
        if row.found.is_empty() && row.failure.is_none() {
            kept.push(who);
        }
    }
    if !kept.is_empty() {
        let kept = kept.join(", ");
        lines.push(format!("As asked and as said, every time: {kept}"));
    }
    lines
}

fn sentence(who: &str, found: Discrepancy) -> String {
    let count = |number: u64| whole(number as f64);
    let (what, trials) = match found {
        Discrepancy::Asked { asked, sent, trials } => {
            let (asked, sent) = (count(asked), count(sent));
            (format!("was asked for {asked} requests, sent {sent}"), trials)
        }
        Discrepancy::Said { said, sent, trials } => {
            (format!("says {}, sent {}", count(said), count(sent)), trials)
        }
        Discrepancy::InFlight { asked, peak, trials } => {
            let (asked, peak) = (count(asked), count(peak));
            (format!("had {peak} in flight, {asked} asked for"), trials)
        }
    };
    format!("{who} {what} ({})", plural(trials, "trial"))
}
